//! `DrainRows`, which removes a range of rows and returns them.

use crate::array::GrowableNd;
use crate::array::iter::OwnedRows;
use crate::layout::error::AccessError;
use crate::layout::shape::Shape;
use crate::panicking::or_panic;
use alloc::vec::{self, Vec};
use core::fmt;
use core::iter::FusedIterator;
use core::ops::RangeBounds;

/// An iterator over the rows removed by [`GrowableNd::drain_rows`], each as a vector.
///
/// Rows that are not taken are dropped with the iterator. If the iterator is leaked, the drained
/// rows are leaked, and the array keeps the rows before them only. If the growth policy
/// [shrank](crate::Growth::with_shrink) the block, the array also keeps the rows after them.
pub struct DrainRows<'a, T> {
    drained: Drained<'a, T>,
    /// Ends before the drained rows until the gap is closed.
    shape: &'a mut Shape,
    rows_after: usize,
}

/// The block that holds the drained rows.
#[derive(Debug)]
enum Drained<'a, T> {
    /// The block of the array.
    InPlace(OwnedRows<vec::Drain<'a, T>>),
    /// The block that the array has replaced by a smaller one.
    OldBlock(OwnedRows<vec::IntoIter<T>>),
}

impl<T> Drained<'_, T> {
    #[track_caller]
    fn next(&mut self) -> Option<Vec<T>> {
        match self {
            Drained::InPlace(rows) => rows.next(),
            Drained::OldBlock(rows) => rows.next(),
        }
    }

    #[track_caller]
    fn next_back(&mut self) -> Option<Vec<T>> {
        match self {
            Drained::InPlace(rows) => rows.next_back(),
            Drained::OldBlock(rows) => rows.next_back(),
        }
    }

    fn rows(&self) -> usize {
        match self {
            Drained::InPlace(rows) => rows.rows,
            Drained::OldBlock(rows) => rows.rows,
        }
    }
}

impl<T> Iterator for DrainRows<'_, T> {
    type Item = Vec<T>;

    #[track_caller]
    fn next(&mut self) -> Option<Vec<T>> {
        self.drained.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.drained.rows(), Some(self.drained.rows()))
    }

    fn count(self) -> usize {
        self.drained.rows()
    }

    #[track_caller]
    fn last(mut self) -> Option<Vec<T>> {
        self.drained.next_back()
    }
}

impl<T> DoubleEndedIterator for DrainRows<'_, T> {
    #[track_caller]
    fn next_back(&mut self) -> Option<Vec<T>> {
        self.drained.next_back()
    }
}

impl<T> ExactSizeIterator for DrainRows<'_, T> {}
impl<T> FusedIterator for DrainRows<'_, T> {}

impl<T: fmt::Debug> fmt::Debug for DrainRows<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DrainRows").field(&self.drained).finish()
    }
}

impl<T> Drop for DrainRows<'_, T> {
    fn drop(&mut self) {
        // The elements after the gap move up when `drained` is dropped, right after this function,
        // even if the drop of a remaining element panics.
        self.shape.set_rows(self.shape.rows() + self.rows_after);
    }
}

/// # Draining rows
impl<T> GrowableNd<T> {
    /// Removes a range of rows and returns an iterator over them.
    ///
    /// Each row is returned as a vector. When the iterator is dropped, the rows not taken are
    /// dropped, and the rows after the range move up.
    ///
    /// If the growth policy [shrinks](crate::Growth::with_shrink), the rows that stay move to a
    /// smaller block at once, and the old block lives as long as the iterator.
    ///
    /// # Panics
    ///
    /// If the range ends before it starts or is out of bounds;
    /// [`try_drain_rows`](Self::try_drain_rows) returns the error.
    /// The iterator panics if the allocation of a row fails.
    ///
    /// # Cost
    ///
    /// O(*m*) per row removed and one allocation per row taken, O(*n m*) for the rows after the
    /// range. Amortized if the growth policy shrinks.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6], [7, 8]]);
    /// let drained: Vec<Vec<i32>> = array.drain_rows(1..3).collect();
    /// assert_eq!(drained, [[3, 4], [5, 6]]);
    /// assert_eq!(array.as_slice(), [1, 2, 7, 8]);
    /// ```
    #[doc(alias = "drain")]
    #[track_caller]
    pub fn drain_rows(&mut self, rows: impl RangeBounds<usize>) -> DrainRows<'_, T> {
        or_panic(self.try_drain_rows(rows))
    }

    /// Drains rows like [`drain_rows`](Self::drain_rows), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Range`] if the range ends before it starts or is out of bounds.
    ///
    /// # Panics
    ///
    /// The iterator panics if the allocation of a row fails, and keeps the row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.try_drain_rows(1..3).is_err());
    /// ```
    pub fn try_drain_rows(&mut self, rows: impl RangeBounds<usize>) -> Result<DrainRows<'_, T>, AccessError> {
        let range = self.row_range(&rows)?;
        let elements = self.elements_of(range.clone());
        let row_len = self.row_len();
        let rows = range.len();
        let rows_kept = self.rows() - rows;
        // The gap is closed when `drained` is dropped, after all code of this crate: a policy that
        // shrinks must shrink now.
        let block = if rows > 0 { self.smaller_block(rows_kept) } else { None };
        if let Some(mut block) = block {
            block.extend(self.data.drain(..elements.start));
            block.extend(self.data.drain(elements.len()..));
            self.shape.set_rows(rows_kept);
            let elements = self.replace_block(block).into_iter();
            let drained = Drained::OldBlock(OwnedRows { elements, row_len, rows });
            return Ok(DrainRows { drained, shape: &mut self.shape, rows_after: 0 });
        }
        self.shape.set_rows(range.start);
        let drained = Drained::InPlace(OwnedRows { elements: self.data.drain(elements), row_len, rows });
        Ok(DrainRows { drained, shape: &mut self.shape, rows_after: rows_kept - range.start })
    }
}
