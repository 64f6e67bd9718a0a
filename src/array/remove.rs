//! The verbs that remove rows. The inner shape stays, and so does the room unless the rule of growth gives it
//! back.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::layout::error::AccessError;
use crate::layout::shape::Shape;
use crate::memory::vec_with_capacity;
use crate::panicking::or_panic;
use alloc::vec::Vec;

/// Removing rows.
impl<T> GrowableNd<T> {
    /// Removes the last row and returns it, or `None` if there are no rows.
    ///
    /// # Panics
    ///
    /// If there is no memory for the row that is returned;
    /// [`try_remove_row`](Self::try_remove_row) returns the error.
    ///
    /// # Cost
    ///
    /// O(*m*) and one allocation, amortized if the rule of growth [gives room back](crate::Growth::with_shrink). To
    /// drop the row use [`truncate`](Self::truncate).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.pop_row(), Some(vec![3, 4]));
    /// assert_eq!(array.pop_row(), Some(vec![1, 2]));
    /// assert_eq!(array.pop_row(), None);
    /// ```
    #[track_caller]
    pub fn pop_row(&mut self) -> Option<Vec<T>> {
        let last = self.rows().checked_sub(1)?;
        Some(self.remove_row(last))
    }

    /// Removes row `row` and returns it. The rows behind move up.
    ///
    /// # Panics
    ///
    /// If there is no such row, or no memory for the row that is returned;
    /// [`try_remove_row`](Self::try_remove_row) returns the error.
    ///
    /// # Cost
    ///
    /// O(*n m*): all rows behind move. [`swap_remove_row`](Self::swap_remove_row) is O(*m*).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// assert_eq!(array.remove_row(0), [1, 2]);
    /// assert_eq!(array.as_slice(), [3, 4, 5, 6]);
    /// ```
    #[track_caller]
    pub fn remove_row(&mut self, row: usize) -> Vec<T> {
        or_panic(self.try_remove_row(row))
    }

    /// [`remove_row`](Self::remove_row), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if there is no such row, [`Error::Reserve`] if there is no memory for the row that is
    /// returned.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Error, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2]]);
    /// let error = array.try_remove_row(1).unwrap_err();
    /// assert!(matches!(error, Error::Access(_)));
    /// assert_eq!(error.to_string(), "index 1 is out of bounds for axis 0 of length 1");
    /// ```
    pub fn try_remove_row(&mut self, row: usize) -> Result<Vec<T>, Error> {
        self.check_row(row)?;
        let mut removed = vec_with_capacity(self.row_len())?;
        let elements = self.elements_of(row..row + 1);
        removed.extend(self.data.drain(elements));
        self.shape.set_rows(self.shape.rows() - 1);
        self.check();
        self.give_back();
        Ok(removed)
    }

    /// Removes row `row` and returns it. The last row takes its place.
    ///
    /// # Panics
    ///
    /// If there is no such row, or no memory for the row that is returned;
    /// [`try_swap_remove_row`](Self::try_swap_remove_row) returns the error.
    ///
    /// # Cost
    ///
    /// O(*m*) and one allocation, amortized if the rule of growth [gives room back](crate::Growth::with_shrink).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// assert_eq!(array.swap_remove_row(0), [1, 2]);
    /// assert_eq!(array.as_slice(), [5, 6, 3, 4]);
    /// ```
    #[track_caller]
    pub fn swap_remove_row(&mut self, row: usize) -> Vec<T> {
        or_panic(self.try_swap_remove_row(row))
    }

    /// [`swap_remove_row`](Self::swap_remove_row), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// As [`try_remove_row`](Self::try_remove_row).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2]]);
    /// assert!(array.try_swap_remove_row(1).is_err());
    /// ```
    pub fn try_swap_remove_row(&mut self, row: usize) -> Result<Vec<T>, Error> {
        self.check_row(row)?;
        let mut removed = vec_with_capacity(self.row_len())?;
        let last = self.rows() - 1;
        self.try_swap_rows(row, last)?;
        removed.extend(self.data.drain(self.row_start(last)..));
        self.shape.set_rows(last);
        self.check();
        self.give_back();
        Ok(removed)
    }

    /// Drops all rows but the first `rows`. Does nothing if there are no more.
    ///
    /// # Cost
    ///
    /// O(*m*) for each row dropped, amortized if the rule of growth [gives room back](crate::Growth::with_shrink);
    /// constant for elements that need no drop if it does not.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// array.truncate(1);
    /// assert_eq!(array.shape(), [1, 2]);
    /// ```
    pub fn truncate(&mut self, rows: usize) {
        if rows < self.rows() {
            let elements = self.row_start(rows);
            // The count first: the vector also counts first, should an element panic in its drop.
            self.shape.set_rows(rows);
            self.data.truncate(elements);
            self.check();
            self.give_back();
        }
    }

    /// Drops all rows. The inner shape stays, and so does the room unless the [rule of
    /// growth](crate::Growth::with_shrink) gives it back.
    ///
    /// # Cost
    ///
    /// As [`truncate`](Self::truncate).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.clear();
    /// assert_eq!(array.shape(), [0, 2]);
    /// assert!(array.push_row(&vec![1, 2, 3]).is_err());
    /// ```
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// Keeps the rows for which `keep` says so, in their order, and drops the others.
    ///
    /// # Panics
    ///
    /// Only if `keep` does; then the rows that it refused before are gone and all others are there.
    ///
    /// # Cost
    ///
    /// O(*n m*), and *n* calls of `keep`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6], [7, 8]]);
    /// array.retain_rows(|row| row[0] % 4 == 3);
    /// assert_eq!(array.as_slice(), [3, 4, 7, 8]);
    /// ```
    pub fn retain_rows(&mut self, mut keep: impl FnMut(&[T]) -> bool) {
        let mut sieve = Sieve { data: &mut self.data, shape: &mut self.shape, kept: 0, seen: 0 };
        while sieve.seen < sieve.shape.rows() {
            let keeps = keep(sieve.row());
            sieve.advance(keeps);
        }
        let all_kept = sieve.kept == sieve.seen;
        drop(sieve);
        self.check();
        if !all_kept {
            self.give_back();
        }
    }

    /// Removes the rows from `at` on and returns them as an array, which grows by the same rule.
    ///
    /// # Panics
    ///
    /// If `at` is above the number of rows, or if there is no memory for the array that is returned;
    /// [`try_split_off`](Self::try_split_off) returns the error.
    ///
    /// # Cost
    ///
    /// O(*m*) for each row returned, and one allocation of exactly these rows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// let rest = array.split_off(1);
    /// assert_eq!(array.as_slice(), [1, 2]);
    /// assert_eq!(rest.as_slice(), [3, 4, 5, 6]);
    /// ```
    #[must_use = "to drop the rows use `truncate`"]
    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> Self {
        or_panic(self.try_split_off(at))
    }

    /// [`split_off`](Self::split_off), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if `at` is above the number of rows, [`Error::Reserve`] if there is no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2]]);
    /// assert!(array.try_split_off(2).is_err());
    /// ```
    pub fn try_split_off(&mut self, at: usize) -> Result<Self, Error> {
        let rows = self.rows();
        if at > rows {
            return Err(AccessError::Position { axis: 0, at, len: rows }.into());
        }
        let mut rest = Self::try_with_capacity(self.inner_shape(), rows - at)?;
        rest.growth = self.growth;
        rest.data.extend(self.data.drain(self.row_start(at)..));
        rest.shape.set_rows(rows - at);
        self.shape.set_rows(at);
        self.check();
        rest.check();
        if at < rows {
            self.give_back();
        }
        Ok(rest)
    }
}

/// Rows on their way through a predicate: `..kept` stay, `kept..seen` go, `seen..` are still to be asked.
/// Those that go are dropped with the sieve, so also when the predicate panics.
struct Sieve<'a, T> {
    data: &'a mut Vec<T>,
    shape: &'a mut Shape,
    kept: usize,
    seen: usize,
}

impl<T> Sieve<'_, T> {
    /// The row that is to be asked next.
    fn row(&self) -> &[T] {
        let row_len = self.shape.row_len();
        &self.data[self.seen * row_len..][..row_len]
    }

    fn advance(&mut self, keeps: bool) {
        if keeps {
            if self.kept < self.seen {
                let row_len = self.shape.row_len();
                let (before, after) = self.data.split_at_mut(self.seen * row_len);
                before[self.kept * row_len..][..row_len].swap_with_slice(&mut after[..row_len]);
            }
            self.kept += 1;
        }
        self.seen += 1;
    }
}

impl<T> Drop for Sieve<'_, T> {
    fn drop(&mut self) {
        let row_len = self.shape.row_len();
        self.shape.set_rows(self.shape.rows() - (self.seen - self.kept));
        self.data.drain(self.kept * row_len..self.seen * row_len);
    }
}
