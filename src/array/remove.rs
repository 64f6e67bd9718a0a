//! Removing rows.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::layout::shape::Shape;
use crate::memory::{ReserveError, vec_with_capacity};
use crate::panicking::or_panic;
use alloc::vec::Vec;

/// # Removing rows
///
/// Each of these methods releases memory if the growth policy
/// [shrinks](crate::Growth::with_shrink).
impl<T> GrowableNd<T> {
    /// Removes the last row and returns it, or `None` if there are no rows.
    ///
    /// # Panics
    ///
    /// If the allocation for the returned row fails; [`try_pop_row`](Self::try_pop_row) returns the
    /// error.
    ///
    /// # Cost
    ///
    /// O(*m*) and one allocation; amortized if the growth policy shrinks. To drop the row use
    /// [`truncate`](Self::truncate).
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
    #[doc(alias = "pop")]
    pub fn pop_row(&mut self) -> Option<Vec<T>> {
        or_panic(self.try_pop_row())
    }

    /// Removes the last row like [`pop_row`](Self::pop_row), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`ReserveError`] if the allocation for the returned row fails. The array is as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.try_pop_row()?, Some(vec![3, 4]));
    /// # Ok::<(), growable_nd::ReserveError>(())
    /// ```
    pub fn try_pop_row(&mut self) -> Result<Option<Vec<T>>, ReserveError> {
        let Some(last) = self.rows().checked_sub(1) else { return Ok(None) };
        self.take_row(last).map(Some)
    }

    /// Removes row `row` and returns it. The rows after it move up by one.
    ///
    /// # Panics
    ///
    /// If `row` is out of bounds, or if the allocation for the returned row fails;
    /// [`try_remove_row`](Self::try_remove_row) returns the error.
    ///
    /// # Cost
    ///
    /// O(*n m*): all rows after it move. [`swap_remove_row`](Self::swap_remove_row) is O(*m*).
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
    #[doc(alias = "remove")]
    #[doc(alias = "delete")]
    pub fn remove_row(&mut self, row: usize) -> Vec<T> {
        or_panic(self.try_remove_row(row))
    }

    /// Removes a row like [`remove_row`](Self::remove_row), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if `row` is out of bounds, [`Error::Reserve`] if the allocation for the
    /// returned row fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2]]);
    /// let error = array.try_remove_row(1).unwrap_err();
    /// assert_eq!(error.to_string(), "index 1 is out of bounds for axis 0 of length 1");
    /// ```
    pub fn try_remove_row(&mut self, row: usize) -> Result<Vec<T>, Error> {
        self.check_row(row)?;
        Ok(self.take_row(row)?)
    }

    /// Removes a row that exists.
    fn take_row(&mut self, row: usize) -> Result<Vec<T>, ReserveError> {
        let mut removed = vec_with_capacity(self.row_len())?;
        let elements = self.elements_of(row..row + 1);
        removed.extend(self.data.drain(elements));
        self.shape.set_rows(self.shape.rows() - 1);
        self.check();
        self.shrink_by_policy();
        Ok(removed)
    }

    /// Removes row `row` and returns it. The last row takes its place.
    ///
    /// # Panics
    ///
    /// If `row` is out of bounds, or if the allocation for the returned row fails;
    /// [`try_swap_remove_row`](Self::try_swap_remove_row) returns the error.
    ///
    /// # Cost
    ///
    /// O(*m*) and one allocation; amortized if the growth policy shrinks.
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
    #[doc(alias = "swap_remove")]
    pub fn swap_remove_row(&mut self, row: usize) -> Vec<T> {
        or_panic(self.try_swap_remove_row(row))
    }

    /// Removes a row like [`swap_remove_row`](Self::swap_remove_row), or returns an error instead
    /// of panicking.
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
        self.swap_two_rows(row, last);
        removed.extend(self.data.drain(self.row_start(last)..));
        self.shape.set_rows(last);
        self.check();
        self.shrink_by_policy();
        Ok(removed)
    }

    /// Drops all rows except the first `rows`. Does nothing if the array has no more than `rows`
    /// rows.
    ///
    /// # Cost
    ///
    /// O(*m*) per row dropped, amortized if the growth policy shrinks. Constant if the policy
    /// does not shrink and elements need no drop.
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
            // The count changes first, as in `Vec::truncate`, in case the drop of an element
            // panics.
            self.shape.set_rows(rows);
            self.data.truncate(elements);
            self.check();
            self.shrink_by_policy();
        }
    }

    /// Drops all rows. The inner shape stays. The capacity stays unless the growth policy
    /// [shrinks](crate::Growth::with_shrink).
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

    /// Keeps the rows for which `keep` returns `true`, in their order, and drops the others.
    ///
    /// # Panics
    ///
    /// Only if `keep` panics. The rows rejected before are dropped, all others are kept.
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
    #[doc(alias = "retain")]
    #[doc(alias = "compress")]
    pub fn retain_rows(&mut self, mut keep: impl FnMut(&[T]) -> bool) {
        self.retain_rows_mut(|row| keep(row));
    }

    /// Keeps the rows for which `keep` returns `true`, as [`retain_rows`](Self::retain_rows), and
    /// lets `keep` change them.
    ///
    /// # Panics
    ///
    /// As [`retain_rows`](Self::retain_rows).
    ///
    /// # Cost
    ///
    /// As [`retain_rows`](Self::retain_rows).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // Age and lifetime of particles.
    /// let mut particles = GrowableNd::from([[0, 3], [4, 5], [1, 9]]);
    /// particles.retain_rows_mut(|particle| {
    ///     particle[0] += 1;
    ///     particle[0] < particle[1]
    /// });
    /// assert_eq!(particles.as_slice(), [1, 3, 2, 9]);
    /// ```
    #[doc(alias = "retain_mut")]
    pub fn retain_rows_mut(&mut self, mut keep: impl FnMut(&mut [T]) -> bool) {
        self.sift(|sieve| {
            let (_, row) = sieve.split();
            keep(row)
        });
    }

    /// Drops each row that equals the row before it. In a sorted array this leaves each distinct
    /// row once.
    ///
    /// # Panics
    ///
    /// Only if a comparison panics, as [`retain_rows`](Self::retain_rows).
    ///
    /// # Cost
    ///
    /// O(*n m*).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [1, 2], [3, 4], [1, 2]]);
    /// array.dedup_rows();
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4, 1, 2]);
    /// ```
    #[doc(alias = "dedup")]
    #[doc(alias = "unique")]
    pub fn dedup_rows(&mut self)
    where
        T: PartialEq,
    {
        if self.row_len() == 0 {
            return self.truncate(1);
        }
        self.dedup_rows_by(|row, before| row == before);
    }

    /// Drops each row for which `same(row, before)` returns `true`, where `before` is the last row
    /// that was kept. The order of the arguments is that of [`Vec::dedup_by`]. Both rows can be
    /// changed, for example to add a row to the one before it.
    ///
    /// # Panics
    ///
    /// Only if `same` panics. The duplicates found before are dropped, all other rows are kept.
    ///
    /// # Cost
    ///
    /// O(*n m*), and *n* − 1 calls of `same`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // A key and a count: add up the counts of equal keys.
    /// let mut counts = GrowableNd::from([[1, 10], [1, 5], [2, 1], [2, 2], [1, 7]]);
    /// counts.dedup_rows_by(|row, before| {
    ///     let same = row[0] == before[0];
    ///     if same {
    ///         before[1] += row[1];
    ///     }
    ///     same
    /// });
    /// assert_eq!(counts.as_slice(), [1, 15, 2, 3, 1, 7]);
    /// ```
    #[doc(alias = "dedup_by")]
    #[doc(alias = "dedup_by_key")]
    pub fn dedup_rows_by(&mut self, mut same: impl FnMut(&mut [T], &mut [T]) -> bool) {
        self.sift(|sieve| match sieve.split() {
            (Some(before), row) => !same(row, before),
            (None, _) => true,
        });
    }

    /// Keeps the rows for which `keeps` returns `true`.
    #[inline]
    fn sift(&mut self, mut keeps: impl FnMut(&mut Sieve<'_, T>) -> bool) {
        let mut sieve = Sieve { data: &mut self.data, shape: &mut self.shape, kept: 0, seen: 0 };
        while sieve.seen < sieve.shape.rows() {
            let keeps = keeps(&mut sieve);
            sieve.advance(keeps);
        }
        let all_kept = sieve.kept == sieve.seen;
        drop(sieve);
        self.check();
        if !all_kept {
            self.shrink_by_policy();
        }
    }

    /// Removes the rows from `at` on and returns them as an array with the same growth policy.
    ///
    /// # Panics
    ///
    /// If `at` is greater than the number of rows, or if the allocation for the returned array
    /// fails; [`try_split_off`](Self::try_split_off) returns the error.
    ///
    /// # Cost
    ///
    /// O(*m*) per row returned, amortized if the growth policy shrinks, and one allocation of
    /// exactly these rows.
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

    /// Removes the rows from `at` on like [`split_off`](Self::split_off), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if `at` is greater than the number of rows, [`Error::Reserve`] if the
    /// allocation fails. The array is as it was.
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
        self.check_position(at)?;
        let rows = self.rows();
        let mut rest = Self::try_with_capacity(self.inner_shape(), rows - at)?;
        rest.growth = self.growth;
        rest.data.extend(self.data.drain(self.row_start(at)..));
        rest.shape.set_rows(rows - at);
        self.shape.set_rows(at);
        self.check();
        rest.check();
        if at < rows {
            self.shrink_by_policy();
        }
        Ok(rest)
    }
}

/// A pass over the rows: rows `..kept` stay, rows `kept..seen` are to be dropped, rows `seen..` are
/// not tested yet.
///
/// Drop guard: drops the rejected rows, also when the predicate panics.
struct Sieve<'a, T> {
    data: &'a mut Vec<T>,
    shape: &'a mut Shape,
    kept: usize,
    seen: usize,
}

impl<T> Sieve<'_, T> {
    /// Returns the last row that stays, if there is one, and the next row to test.
    #[inline]
    fn split(&mut self) -> (Option<&mut [T]>, &mut [T]) {
        let row_len = self.shape.row_len();
        let (before, after) = self.data.split_at_mut(self.seen * row_len);
        let last = self.kept.checked_sub(1).map(|last| &mut before[last * row_len..][..row_len]);
        (last, &mut after[..row_len])
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
