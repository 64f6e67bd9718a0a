//! Iterators over rows: shared, mutable, by value and draining. The number of rows is counted apart from
//! the elements, so that rows without elements are rows, too.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::layout::shape::Shape;
use crate::memory::vec_with_capacity;
use crate::panicking::or_panic;
use alloc::vec::{self, Vec};
use core::fmt;
use core::iter::FusedIterator;
use core::mem;
use core::ops::RangeBounds;

/// Iterating over rows.
impl<T> GrowableNd<T> {
    /// All rows, as flat slices in row-major order.
    ///
    /// # Cost
    ///
    /// Constant for each row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let sums: Vec<i32> = array.iter_rows().map(|row| row.iter().sum()).collect();
    /// assert_eq!(sums, [3, 7]);
    /// ```
    #[inline]
    pub fn iter_rows(&self) -> Rows<'_, T> {
        Rows { elements: &self.data, row_len: self.row_len(), rows: self.rows() }
    }

    /// All rows, as flat slices to be changed.
    ///
    /// # Cost
    ///
    /// Constant for each row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[2, 1], [4, 3]]);
    /// array.iter_rows_mut().for_each(|row| row.sort());
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// ```
    #[inline]
    pub fn iter_rows_mut(&mut self) -> RowsMut<'_, T> {
        RowsMut { row_len: self.row_len(), rows: self.rows(), elements: &mut self.data }
    }
}

/// The rows of an array, from [`GrowableNd::iter_rows`].
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Rows<'a, T> {
    elements: &'a [T],
    row_len: usize,
    rows: usize,
}

impl<T> Clone for Rows<'_, T> {
    fn clone(&self) -> Self {
        Rows { ..*self }
    }
}

impl<'a, T> Iterator for Rows<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        self.rows = self.rows.checked_sub(1)?;
        let (row, rest) = self.elements.split_at(self.row_len);
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rows, Some(self.rows))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        let skipped = n.min(self.rows);
        self.rows -= skipped;
        self.elements = &self.elements[skipped * self.row_len..];
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        self.rows
    }

    #[inline]
    fn last(mut self) -> Option<&'a [T]> {
        self.next_back()
    }
}

impl<T> DoubleEndedIterator for Rows<'_, T> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows = self.rows.checked_sub(1)?;
        let (rest, row) = self.elements.split_at(self.rows * self.row_len);
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.rows -= n.min(self.rows);
        self.elements = &self.elements[..self.rows * self.row_len];
        self.next_back()
    }
}

impl<T> ExactSizeIterator for Rows<'_, T> {}
impl<T> FusedIterator for Rows<'_, T> {}

/// The rows of an array, to be changed, from [`GrowableNd::iter_rows_mut`].
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct RowsMut<'a, T> {
    elements: &'a mut [T],
    row_len: usize,
    rows: usize,
}

impl<'a, T> Iterator for RowsMut<'a, T> {
    type Item = &'a mut [T];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T]> {
        self.rows = self.rows.checked_sub(1)?;
        let (row, rest) = mem::take(&mut self.elements).split_at_mut(self.row_len);
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rows, Some(self.rows))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a mut [T]> {
        let skipped = n.min(self.rows);
        self.rows -= skipped;
        self.elements = &mut mem::take(&mut self.elements)[skipped * self.row_len..];
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        self.rows
    }

    #[inline]
    fn last(mut self) -> Option<&'a mut [T]> {
        self.next_back()
    }
}

impl<T> DoubleEndedIterator for RowsMut<'_, T> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows = self.rows.checked_sub(1)?;
        let (rest, row) = mem::take(&mut self.elements).split_at_mut(self.rows * self.row_len);
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.rows -= n.min(self.rows);
        self.elements = &mut mem::take(&mut self.elements)[..self.rows * self.row_len];
        self.next_back()
    }
}

impl<T> ExactSizeIterator for RowsMut<'_, T> {}
impl<T> FusedIterator for RowsMut<'_, T> {}

/// Rows taken out of an iterator over elements, each into a vector of its own.
#[derive(Clone, Debug)]
struct OwnedRows<I> {
    elements: I,
    row_len: usize,
    rows: usize,
}

impl<T, I: DoubleEndedIterator<Item = T>> OwnedRows<I> {
    fn next(&mut self) -> Option<Vec<T>> {
        let mut row = self.room_for_row()?;
        row.extend(self.elements.by_ref().take(self.row_len));
        Some(row)
    }

    fn next_back(&mut self) -> Option<Vec<T>> {
        let mut row = self.room_for_row()?;
        row.extend(self.elements.by_ref().rev().take(self.row_len));
        row.reverse();
        Some(row)
    }

    /// The room first, then the count: if memory is refused, the row is still there.
    fn room_for_row(&mut self) -> Option<Vec<T>> {
        let left = self.rows.checked_sub(1)?;
        let room = or_panic(vec_with_capacity(self.row_len));
        self.rows = left;
        Some(room)
    }
}

/// The rows of an array by value, each in a vector of its own, from `into_iter`.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct IntoRows<T>(OwnedRows<vec::IntoIter<T>>);

impl<T> Iterator for IntoRows<T> {
    type Item = Vec<T>;

    fn next(&mut self) -> Option<Vec<T>> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.rows, Some(self.0.rows))
    }

    fn count(self) -> usize {
        self.0.rows
    }

    fn last(mut self) -> Option<Vec<T>> {
        self.0.next_back()
    }
}

impl<T> DoubleEndedIterator for IntoRows<T> {
    fn next_back(&mut self) -> Option<Vec<T>> {
        self.0.next_back()
    }
}

impl<T> ExactSizeIterator for IntoRows<T> {}
impl<T> FusedIterator for IntoRows<T> {}

/// Rows on their way out of an array, each in a vector of its own, from [`GrowableNd::drain_rows`].
///
/// Rows that are not taken are dropped with it. If it is leaked instead, the array ends where the drained
/// rows began, and is whole; the rows behind are lost with the drained ones, unless the array
/// [gave room back](crate::Growth::with_shrink) for them.
#[must_use = "rows that are not taken are dropped at once"]
pub struct DrainRows<'a, T> {
    drained: Drained<'a, T>,
    /// Says that the array ends where the drained rows begin, until the gap is closed.
    shape: &'a mut Shape,
    rows_behind: usize,
}

/// Where the drained rows are.
#[derive(Debug)]
enum Drained<'a, T> {
    /// In the block of the array.
    InPlace(OwnedRows<vec::Drain<'a, T>>),
    /// In the block that the array has left for a smaller one.
    LeftBehind(OwnedRows<vec::IntoIter<T>>),
}

impl<T> Drained<'_, T> {
    fn next(&mut self) -> Option<Vec<T>> {
        match self {
            Drained::InPlace(rows) => rows.next(),
            Drained::LeftBehind(rows) => rows.next(),
        }
    }

    fn next_back(&mut self) -> Option<Vec<T>> {
        match self {
            Drained::InPlace(rows) => rows.next_back(),
            Drained::LeftBehind(rows) => rows.next_back(),
        }
    }

    fn rows(&self) -> usize {
        match self {
            Drained::InPlace(rows) => rows.rows,
            Drained::LeftBehind(rows) => rows.rows,
        }
    }
}

impl<T> Iterator for DrainRows<'_, T> {
    type Item = Vec<T>;

    fn next(&mut self) -> Option<Vec<T>> {
        self.drained.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.drained.rows(), Some(self.drained.rows()))
    }

    fn count(self) -> usize {
        self.drained.rows()
    }

    fn last(mut self) -> Option<Vec<T>> {
        self.drained.next_back()
    }
}

impl<T> DoubleEndedIterator for DrainRows<'_, T> {
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
        // The elements behind move up when `drained` is dropped, right after this and even if an element
        // that was not taken panics in its own drop.
        self.shape.set_rows(self.shape.rows() + self.rows_behind);
    }
}

/// Draining rows.
impl<T> GrowableNd<T> {
    /// Removes a range of rows and gives them out, each in a vector of its own. When the iterator is dropped,
    /// the rest of the range goes with it and the rows behind move up.
    ///
    /// If the rule of growth [gives room back](crate::Growth::with_shrink) for the rows that stay, they move to a
    /// smaller block at once, and the old block lives as long as the iterator.
    ///
    /// # Panics
    ///
    /// If the range is out of bounds; [`try_drain_rows`](Self::try_drain_rows) returns the error.
    ///
    /// # Cost
    ///
    /// O(*m*) and one allocation for each row taken, O(*n m*) for the rows behind.
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
    #[track_caller]
    pub fn drain_rows(&mut self, rows: impl RangeBounds<usize>) -> DrainRows<'_, T> {
        or_panic(self.try_drain_rows(rows))
    }

    /// [`drain_rows`](Self::drain_rows), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if the range is out of bounds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.try_drain_rows(1..3).is_err());
    /// ```
    pub fn try_drain_rows(&mut self, rows: impl RangeBounds<usize>) -> Result<DrainRows<'_, T>, Error> {
        let range = self.row_range(&rows)?;
        let elements = self.elements_of(range.clone());
        let row_len = self.row_len();
        let rows = range.len();
        let rows_kept = self.rows() - rows;
        // The gap is closed when the rows are dropped; then nothing of ours is left to run, so if the array is to give
        // room back it does so now.
        let block = if rows > 0 { self.smaller_block(rows_kept) } else { None };
        if let Some(mut block) = block {
            block.extend(self.data.drain(..elements.start));
            block.extend(self.data.drain(elements.len()..));
            self.shape.set_rows(rows_kept);
            let elements = self.take_block(block).into_iter();
            let drained = Drained::LeftBehind(OwnedRows { elements, row_len, rows });
            return Ok(DrainRows { drained, shape: &mut self.shape, rows_behind: 0 });
        }
        self.shape.set_rows(range.start);
        let drained = Drained::InPlace(OwnedRows { elements: self.data.drain(elements), row_len, rows });
        Ok(DrainRows { drained, shape: &mut self.shape, rows_behind: rows_kept - range.start })
    }
}

/// The rows, each in a vector of its own. To have the elements in one vector, use
/// [`into_vec`](GrowableNd::into_vec); to read rows without allocating, iterate over a reference.
impl<T> IntoIterator for GrowableNd<T> {
    type Item = Vec<T>;
    type IntoIter = IntoRows<T>;

    fn into_iter(self) -> IntoRows<T> {
        let (row_len, rows) = (self.row_len(), self.rows());
        IntoRows(OwnedRows { elements: self.data.into_iter(), row_len, rows })
    }
}

impl<'a, T> IntoIterator for &'a GrowableNd<T> {
    type Item = &'a [T];
    type IntoIter = Rows<'a, T>;

    fn into_iter(self) -> Rows<'a, T> {
        self.iter_rows()
    }
}

impl<'a, T> IntoIterator for &'a mut GrowableNd<T> {
    type Item = &'a mut [T];
    type IntoIter = RowsMut<'a, T>;

    fn into_iter(self) -> RowsMut<'a, T> {
        self.iter_rows_mut()
    }
}
