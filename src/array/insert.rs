//! Inserting and swapping rows.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::row::Row;
use crate::layout::error::AccessError;
use crate::memory::vec_with_capacity;
use crate::panicking::or_panic;

/// Maximum bytes of inserted rows for which `rotate_right` of std has a buffer on the stack.
const SHORT_ROW: usize = 32 * size_of::<usize>();

/// A splice is faster than a rotation if at least this many elements move per inserted element.
const MUCH_LONGER: usize = 8;

/// Rows appended to an array that are not in their final position yet.
///
/// Drop guard: drops them unless `keep_at` is called. So the array is as it was if the source of
/// rows fails or panics.
struct Added<'a, T> {
    array: &'a mut GrowableNd<T>,
    /// Number of rows in the array before the appended ones.
    before: usize,
}

impl<T> Added<'_, T> {
    /// Keeps the rows and moves them to `index`.
    fn keep_at(mut self, index: usize) {
        let added = self.array.rows() - self.before;
        self.before += added;
        self.array.move_last_rows_to(index, added);
    }
}

impl<T> Drop for Added<'_, T> {
    fn drop(&mut self) {
        let elements = self.array.row_start(self.before);
        self.array.shape.set_rows(self.before);
        self.array.data.truncate(elements);
    }
}

/// # Inserting and swapping rows
impl<T> GrowableNd<T> {
    /// Inserts `row` before row `index`, or after the last row if `index` is the number of rows.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if `index` is greater than the number of rows, otherwise as
    /// [`push_row`](Self::push_row).
    ///
    /// # Panics
    ///
    /// Only if the row panics, or the clone of one of its elements; the array is as it was.
    ///
    /// # Cost
    ///
    /// O(*n m*): all rows from `index` on move.
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
    #[doc(alias = "insert")]
    pub fn insert_row<R: Row<T>>(&mut self, index: usize, row: R) -> Result<(), Error> {
        self.check_position(index)?;
        self.push_row(row).map_err(|error| match error {
            Error::Row { error, .. } => Error::Row { row: index, error },
            error => error,
        })?;
        self.move_last_rows_to(index, 1);
        Ok(())
    }

    /// Inserts all rows that `rows` yields before row `index`, or none if a row fails. If `index`
    /// is the number of rows, appends them.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if `index` is greater than the number of rows, [`Error::Row`] for the
    /// first row that does not fit, [`Error::Reserve`] if the array cannot grow. The array is as it
    /// was.
    ///
    /// # Panics
    ///
    /// Only if `rows` or one of its rows panics; the array is as it was.
    ///
    /// # Cost
    ///
    /// O((*n* + *k*) *m*) for *k* rows, with any factor greater than 1: all rows from `index` on move
    /// once.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [7, 8]]);
    /// array.insert_rows(1, [[3, 4], [5, 6]])?;
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4, 5, 6, 7, 8]);
    ///
    /// let error = array.insert_rows(0, [vec![0, 0], vec![0]]).unwrap_err();
    /// assert_eq!(error.to_string(), "row 1: expected 2 elements, found 1");
    /// assert_eq!(array.rows(), 4);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias = "splice")]
    #[doc(alias = "prepend")]
    pub fn insert_rows<I>(&mut self, index: usize, rows: I) -> Result<(), Error>
    where
        I: IntoIterator<Item: Row<T>>,
    {
        self.check_position(index)?;
        let added = Added { before: self.rows(), array: self };
        added.array.extend_rows(rows).map_err(|error| match error {
            Error::Row { row, error } => Error::Row { row: row - added.before + index, error },
            error => error,
        })?;
        added.keep_at(index);
        Ok(())
    }

    /// Moves the last `rows` rows so that they start at row `index`.
    fn move_last_rows_to(&mut self, index: usize, rows: usize) {
        let (start, len) = (self.row_start(index), rows * self.row_len());
        let last = self.data.len() - len;
        // A rotation by few bytes shifts the other elements at memory speed; a longer one swaps
        // them. A splice always shifts, but first copies the last rows to another block. That pays
        // only if the other elements are many more.
        let is_short = len * size_of::<T>() <= SHORT_ROW;
        if !is_short && len <= (last - start) / MUCH_LONGER {
            if let Ok(mut moved) = vec_with_capacity(len) {
                moved.extend(self.data.drain(last..));
                self.data.splice(start..start, moved);
                return;
            }
        }
        self.data[start..].rotate_right(len);
    }

    /// Swaps two rows.
    ///
    /// # Panics
    ///
    /// If one of them is out of bounds; [`try_swap_rows`](Self::try_swap_rows) returns the error.
    ///
    /// # Cost
    ///
    /// O(*m*).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// array.swap_rows(0, 2);
    /// assert_eq!(array.as_slice(), [5, 6, 3, 4, 1, 2]);
    /// ```
    #[track_caller]
    #[doc(alias = "swap")]
    pub fn swap_rows(&mut self, a: usize, b: usize) {
        or_panic(self.try_swap_rows(a, b));
    }

    /// Swaps two rows like [`swap_rows`](Self::swap_rows), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Index`] if one of the rows is out of bounds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.try_swap_rows(0, 2).is_err());
    /// ```
    pub fn try_swap_rows(&mut self, a: usize, b: usize) -> Result<(), AccessError> {
        self.check_row(a)?;
        self.check_row(b)?;
        self.swap_two_rows(a, b);
        Ok(())
    }

    /// Swaps two rows that exist.
    #[inline]
    pub(super) fn swap_two_rows(&mut self, a: usize, b: usize) {
        if a != b {
            let low = self.elements_of(a.min(b)..a.min(b) + 1);
            let high = self.row_start(a.max(b));
            let (before, after) = self.data.split_at_mut(high);
            before[low].swap_with_slice(&mut after[..self.shape.row_len()]);
        }
    }
}
