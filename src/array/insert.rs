//! More verbs that add rows: in the middle, many at once, from the array itself.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::row::Row;
use crate::layout::error::{AccessError, ShapeError};
use crate::panicking::or_panic;
use alloc::vec::Vec;
use core::ops::RangeBounds;

/// Adding rows.
impl<T> GrowableNd<T> {
    /// Puts `row` before row `index`, or behind the last row if `index` is the number of rows.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if `index` is above the number of rows, otherwise as [`push_row`](Self::push_row).
    ///
    /// # Cost
    ///
    /// O(*n m*): all rows behind move.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [5, 6]]);
    /// array.insert_row(1, [3, 4])?;
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4, 5, 6]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn insert_row<R: Row<T>>(&mut self, index: usize, row: R) -> Result<(), Error> {
        let rows = self.rows();
        if index > rows {
            return Err(AccessError::Position { axis: 0, at: index, len: rows }.into());
        }
        self.push_row(row).map_err(|error| match error {
            Error::Row { error, .. } => Error::Row { row: index, error },
            error => error,
        })?;
        let (start, row_len) = (self.row_start(index), self.row_len());
        self.data[start..].rotate_right(row_len);
        Ok(())
    }

    /// Puts clones of all elements of `elements`, which must be a whole number of rows in row-major order,
    /// behind the last row.
    ///
    /// # Errors
    ///
    /// [`Error::PartialRow`] if the elements are not a whole number of rows, [`Error::Reserve`] if there is no
    /// memory.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element does; then the array is as it was.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized for each row with any factor above 1.
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
    pub fn extend_from_slice(&mut self, elements: &[T]) -> Result<(), Error>
    where
        T: Clone,
    {
        let rows = self.whole_rows(elements.len())?;
        Ok(self.add_rows(rows, |data| data.extend_from_slice(elements))?)
    }

    /// Puts clones of a range of the rows behind the last row.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if the range is out of bounds, [`Error::Reserve`] if there is no memory.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element does; then the array is as it was.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized for each row with any factor above 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// array.extend_from_within(..2)?;
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4, 5, 6, 1, 2, 3, 4]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn extend_from_within(&mut self, rows: impl RangeBounds<usize>) -> Result<(), Error>
    where
        T: Clone,
    {
        let range = self.row_range(&rows)?;
        let elements = self.elements_of(range.clone());
        Ok(self.add_rows(range.len(), |data| data.extend_from_within(elements))?)
    }

    /// Moves all rows of `other` behind the last row. `other` keeps its inner shape and its room.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] if the rows of `other` have another shape, [`Error::Reserve`] if there is no
    /// memory. Both arrays are as they were.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized for each row of `other` with any factor above 1.
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
    /// assert!(other.is_empty());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn append(&mut self, other: &mut Self) -> Result<(), Error> {
        if self.inner_shape() != other.inner_shape() {
            let (expected, found) = (self.inner_shape().into(), other.inner_shape().into());
            return Err(ShapeError::Mismatch { expected, found }.into());
        }
        self.add_rows(other.rows(), |data| data.append(&mut other.data))?;
        if !other.is_empty() {
            other.shape.set_rows(0);
            other.give_back();
        }
        Ok(())
    }

    /// Makes `rows` rows of the array: drops the last ones, or adds rows filled with clones of `value`.
    ///
    /// # Panics
    ///
    /// If there is no memory; [`try_resize`](Self::try_resize) returns the error. If the clone of `value` does;
    /// then the array is as it was.
    ///
    /// # Cost
    ///
    /// O(*m*) for each row dropped, O(*m*) amortized for each row added.
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

    /// [`resize`](Self::resize), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Reserve`] if there is no memory for so many rows.
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
    pub fn try_resize(&mut self, rows: usize, value: T) -> Result<(), Error>
    where
        T: Clone,
    {
        self.resize_by(rows, |data, len| data.resize(len, value))
    }

    /// Makes `rows` rows of the array: drops the last ones, or adds rows whose elements `element` yields, in
    /// row-major order.
    ///
    /// # Panics
    ///
    /// If there is no memory; [`try_resize_with`](Self::try_resize_with) returns the error. If `element`
    /// does; then the array is as it was.
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
        or_panic(self.try_resize_with(rows, element));
    }

    /// [`resize_with`](Self::resize_with), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Reserve`] if there is no memory for so many rows.
    ///
    /// # Panics
    ///
    /// Only if `element` does; then the array is as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([2]);
    /// assert!(array.try_resize_with(usize::MAX, f64::default).is_err());
    /// ```
    pub fn try_resize_with(&mut self, rows: usize, element: impl FnMut() -> T) -> Result<(), Error> {
        self.resize_by(rows, |data, len| data.resize_with(len, element))
    }

    /// `fill` makes the data as long as it is told.
    fn resize_by(&mut self, rows: usize, fill: impl FnOnce(&mut Vec<T>, usize)) -> Result<(), Error> {
        match rows.checked_sub(self.rows()) {
            Some(additional) => {
                let added = additional.saturating_mul(self.row_len());
                Ok(self.add_rows(additional, |data| fill(data, data.len() + added))?)
            }
            None => {
                self.truncate(rows);
                Ok(())
            }
        }
    }
}
