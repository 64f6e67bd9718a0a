//! Appending many rows: from iterators, slices, other arrays, and by resizing.

use crate::array::GrowableNd;
use crate::array::error::{Error, ResultsError};
use crate::array::row::Row;
use crate::layout::error::ShapeError;
use crate::memory::ReserveError;
use crate::panicking::or_panic;
use alloc::vec::Vec;
use core::ops::RangeBounds;

/// Maximum bytes of an item that is passed through the closures of its iterator. Internal iteration
/// is faster, but without optimization each closure keeps a copy of the item on the stack.
const SMALL_ROW: usize = 1024;

/// # Appending many rows
impl<T> GrowableNd<T> {
    /// Appends all rows that `rows` yields, one by one.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] for the first row that does not fit, [`Error::Reserve`] if the array cannot
    /// grow. The rows before it are kept; `row` in [`Error::Row`] is the index that the failed row
    /// would have had. An iterator passed by [`Iterator::by_ref`] continues after the
    /// failed row.
    ///
    /// # Panics
    ///
    /// Only if the iterator or a row panics; the rows before it are kept.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized per row with any factor greater than 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::new([2]);
    /// let mut rows = vec![vec![1, 2], vec![3, 4], vec![5], vec![6, 7]].into_iter();
    /// let error = array.extend_rows(rows.by_ref()).unwrap_err();
    /// assert_eq!(error.to_string(), "row 2: expected 2 elements, found 1");
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// assert_eq!(rows.next(), Some(vec![6, 7]));
    /// ```
    #[doc(alias = "extend")]
    #[doc(alias = "concatenate")]
    pub fn extend_rows<I>(&mut self, rows: I) -> Result<(), Error>
    where
        I: IntoIterator<Item: Row<T>>,
    {
        let mut rows = rows.into_iter();
        self.reserve_hint(rows.size_hint().0);
        if size_of::<I::Item>() <= SMALL_ROW {
            return rows.try_for_each(|row| self.push_row(row));
        }
        for row in rows {
            self.push_row(row)?;
        }
        Ok(())
    }

    /// Appends all rows of a source whose items are `Result`s, one by one.
    ///
    /// # Errors
    ///
    /// [`ResultsError::Row`] with the first error of the source, [`ResultsError::Array`] for the
    /// errors of [`extend_rows`](Self::extend_rows). The rows before the error are kept.
    ///
    /// # Panics
    ///
    /// Only if the iterator or a row panics; the rows before it are kept.
    ///
    /// # Cost
    ///
    /// As [`extend_rows`](Self::extend_rows).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::new([2]);
    /// let readings = [Ok([1, 2]), Ok([3, 4]), Err("sensor disconnected")];
    /// assert!(array.extend_results(readings).is_err());
    /// assert_eq!(array.rows(), 2);
    /// ```
    pub fn extend_results<I, R, E>(&mut self, rows: I) -> Result<(), ResultsError<E>>
    where
        I: IntoIterator<Item = Result<R, E>>,
        R: Row<T>,
    {
        let rows = rows.into_iter();
        self.reserve_hint(rows.size_hint().0);
        for row in rows {
            let row = row.map_err(|error| ResultsError::Row { row: self.rows(), error })?;
            self.push_row(row)?;
        }
        Ok(())
    }

    /// Appends clones of the elements of a slice, which must be whole rows in row-major order. For
    /// other chunks use [`RowBuffer`](crate::RowBuffer).
    ///
    /// # Errors
    ///
    /// [`Error::PartialRow`] if the elements are not a whole number of rows, [`Error::Reserve`] if
    /// the array cannot grow.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element panics; the array is as it was.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized per row with any factor greater than 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2]]);
    /// array.extend_from_slice(&[3, 4, 5, 6])?;
    /// assert_eq!(array.shape(), [3, 2]);
    /// assert!(array.extend_from_slice(&[7]).is_err());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn extend_from_slice(&mut self, elements: &[T]) -> Result<(), Error>
    where
        T: Clone,
    {
        // One row is the common case in loops, and needs no division.
        if elements.len() == self.row_len() && !elements.is_empty() {
            return self.push_row(elements);
        }
        let rows = self.whole_rows(elements.len())?;
        Ok(self.append_rows(rows, |data| data.extend_from_slice(elements))?)
    }

    /// Appends clones of a range of the rows.
    ///
    /// # Panics
    ///
    /// If the range ends before it starts or is out of bounds, or the array cannot grow;
    /// [`try_extend_from_within`](Self::try_extend_from_within) returns the error. Also if the
    /// clone of an element panics. The array is as it was.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized per row with any factor greater than 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// array.extend_from_within(..2);
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4, 5, 6, 1, 2, 3, 4]);
    /// ```
    #[track_caller]
    pub fn extend_from_within(&mut self, rows: impl RangeBounds<usize>)
    where
        T: Clone,
    {
        or_panic(self.try_extend_from_within(rows));
    }

    /// Appends clones of rows like [`extend_from_within`](Self::extend_from_within), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if the range ends before it starts or is out of bounds, [`Error::Reserve`]
    /// if the array cannot grow.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element panics; the array is as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.try_extend_from_within(1..3).is_err());
    /// ```
    pub fn try_extend_from_within(&mut self, rows: impl RangeBounds<usize>) -> Result<(), Error>
    where
        T: Clone,
    {
        let range = self.row_range(&rows)?;
        let elements = self.elements_of(range.clone());
        Ok(self.append_rows(range.len(), |data| data.extend_from_within(elements))?)
    }

    /// Moves all rows of `other` to the end of this array. `other` keeps its inner shape and its
    /// capacity, unless its growth policy shrinks.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] if the inner shapes differ, [`Error::Reserve`] if the array cannot grow.
    /// Both arrays are as they were.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized per row of `other` with any factor greater than 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2]]);
    /// let mut other = GrowableNd::from([[3, 4], [5, 6]]);
    /// array.append(&mut other)?;
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4, 5, 6]);
    /// assert_eq!(other.rows(), 0);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn append(&mut self, other: &mut Self) -> Result<(), Error> {
        ShapeError::check_same(self.inner_shape(), other.inner_shape())?;
        self.append_rows(other.rows(), |data| data.append(&mut other.data))?;
        if other.rows() > 0 {
            other.shape.set_rows(0);
            other.shrink_by_policy();
        }
        Ok(())
    }

    /// Returns the number of rows with `elements` elements in total, or an error if a row is
    /// incomplete.
    pub(crate) fn whole_rows(&self, elements: usize) -> Result<usize, Error> {
        let row_len = self.row_len();
        let rows = elements.checked_div(row_len).unwrap_or(0);
        if rows * row_len != elements {
            Err(Error::PartialRow { row_len, found: elements })
        } else if rows > self.max_rows() {
            Err(self.overflow(rows).into())
        } else {
            Ok(rows)
        }
    }
}

/// # Resizing
impl<T> GrowableNd<T> {
    /// Resizes the array to `rows` rows: drops the last rows, or appends rows filled with clones of
    /// `value`.
    ///
    /// # Panics
    ///
    /// If the array cannot grow; [`try_resize`](Self::try_resize) returns the error. Also if the
    /// clone of `value` panics. The array is as it was.
    ///
    /// # Cost
    ///
    /// As [`truncate`](Self::truncate) for rows dropped; O(*m*) amortized per row appended with any
    /// factor greater than 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2]]);
    /// array.resize(3, 0);
    /// assert_eq!(array.as_slice(), [1, 2, 0, 0, 0, 0]);
    /// ```
    #[track_caller]
    pub fn resize(&mut self, rows: usize, value: T)
    where
        T: Clone,
    {
        or_panic(self.try_resize(rows, value));
    }

    /// Resizes the array like [`resize`](Self::resize), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`ReserveError`] if the array cannot grow. The array is as it was.
    ///
    /// # Panics
    ///
    /// Only if the clone of `value` panics; the array is as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2]]);
    /// assert!(array.try_resize(usize::MAX, 0).is_err());
    /// assert_eq!(array.rows(), 1);
    /// ```
    pub fn try_resize(&mut self, rows: usize, value: T) -> Result<(), ReserveError>
    where
        T: Clone,
    {
        self.resize_by(rows, |data, len| data.resize(len, value))
    }

    /// Resizes the array to `rows` rows: drops the last rows, or appends rows filled with results
    /// of `element` in row-major order.
    ///
    /// # Panics
    ///
    /// If the array cannot grow; [`try_resize_with`](Self::try_resize_with) returns the error. Also
    /// if `element` panics. The array is as it was.
    ///
    /// # Cost
    ///
    /// As [`resize`](Self::resize).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::new([2]);
    /// let mut count = 0;
    /// array.resize_with(2, || {
    ///     count += 1;
    ///     count
    /// });
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// ```
    #[track_caller]
    pub fn resize_with(&mut self, rows: usize, element: impl FnMut() -> T) {
        or_panic(self.resize_by(rows, |data, len| data.resize_with(len, element)));
    }

    /// Resizes the array with a closure that can fail.
    ///
    /// # Errors
    ///
    /// The first error of `element`, or [`Error::Reserve`] converted to `E` if the array cannot
    /// grow. The array is as it was.
    ///
    /// # Panics
    ///
    /// Only if `element` panics; the array is as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Error, GrowableNd};
    ///
    /// let mut array = GrowableNd::<f64>::new([2]);
    /// let result = array.try_resize_with(usize::MAX, || Ok::<_, Error>(0.0));
    /// assert!(result.is_err());
    ///
    /// let mut lines = "1.5 2.5 three".split(' ');
    /// let result = array.try_resize_with::<Box<dyn std::error::Error>>(2, || {
    ///     Ok(lines.next().ok_or("no more lines")?.parse()?)
    /// });
    /// assert_eq!(result.unwrap_err().to_string(), "invalid float literal");
    /// assert_eq!(array.rows(), 0);
    /// ```
    pub fn try_resize_with<E: From<Error>>(
        &mut self,
        rows: usize,
        mut element: impl FnMut() -> Result<T, E>,
    ) -> Result<(), E> {
        if rows <= self.rows() {
            self.truncate(rows);
            return Ok(());
        }
        let additional = rows - self.rows();
        let added = additional.saturating_mul(self.row_len());
        self.reserve_by_policy(additional).map_err(Error::from)?;
        self.try_append_rows(additional, |data| {
            let len = data.len() + added;
            while data.len() < len {
                data.push(element()?);
            }
            Ok(())
        })
    }

    /// Resizes to `rows` rows. `fill` appends elements up to the given length of the vector.
    fn resize_by(&mut self, rows: usize, fill: impl FnOnce(&mut Vec<T>, usize)) -> Result<(), ReserveError> {
        match rows.checked_sub(self.rows()) {
            Some(additional) => {
                let added = additional.saturating_mul(self.row_len());
                self.append_rows(additional, |data| fill(data, data.len() + added))
            }
            None => {
                self.truncate(rows);
                Ok(())
            }
        }
    }
}

/// Appends rows one by one, as [`extend_rows`](GrowableNd::extend_rows), which returns the error.
///
/// # Panics
///
/// If a row does not fit or the array cannot grow. The rows before it are kept.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let mut array = GrowableNd::new([2]);
/// array.extend([[1, 2], [3, 4]]);
/// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
/// ```
impl<T, R: Row<T>> Extend<R> for GrowableNd<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = R>>(&mut self, rows: I) {
        or_panic(self.extend_rows(rows));
    }
}
