//! Inserting and swapping rows.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::row::Row;
use crate::layout::error::AccessError;
use crate::memory::vec_with_capacity;
use crate::panicking::or_panic;

/// Maximum bytes of a row that the rotation of std keeps on the stack.
const SHORT_ROW: usize = 32 * size_of::<usize>();

/// # Inserting and swapping rows
impl<T> GrowableNd<T> {
    /// Inserts `row` before row `index`, or after the last row if `index` is the number of rows.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if `index` is greater than the number of rows, otherwise as
    /// [`push_row`](Self::push_row).
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
        self.move_last_row_to(index);
        Ok(())
    }

    fn move_last_row_to(&mut self, index: usize) {
        let (start, row_len) = (self.row_start(index), self.row_len());
        let last = self.data.len() - row_len;
        // A rotation moves the rows between at the speed of memory if the row is short, and otherwise
        // swaps them. Splicing never does, but the row must be elsewhere meanwhile.
        if row_len * size_of::<T>() > SHORT_ROW && start < last {
            if let Ok(mut row) = vec_with_capacity(row_len) {
                row.extend(self.data.drain(last..));
                self.data.splice(start..start, row);
                return;
            }
        }
        self.data[start..].rotate_right(row_len);
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

    /// Swaps two rows. The twin of [`swap_rows`](Self::swap_rows) that returns the error.
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
        if a != b {
            let low = self.elements_of(a.min(b)..a.min(b) + 1);
            let high = self.row_start(a.max(b));
            let (before, after) = self.data.split_at_mut(high);
            before[low].swap_with_slice(&mut after[..self.shape.row_len()]);
        }
        Ok(())
    }
}
