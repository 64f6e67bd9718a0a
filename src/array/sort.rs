//! Sorting, reversing and rotating rows.

use crate::array::GrowableNd;
use crate::layout::error::AccessError;
use crate::memory::{ReserveError, vec_with_capacity};
use crate::panicking::or_panic;
use core::cmp::Ordering;
use core::slice;

/// # Ordering rows
impl<T> GrowableNd<T> {
    /// Sorts the rows by `compare`. The sort is stable: equal rows keep their order.
    ///
    /// # Panics
    ///
    /// If `compare` panics, and perhaps if it is not a total order, as [`slice::sort_by`]. No row
    /// is lost then, but rows of one element may be in another order. Also if the allocation of one
    /// index per row fails; [`try_sort_rows_by`](Self::try_sort_rows_by) returns the error.
    ///
    /// # Cost
    ///
    /// O(*n* log *n*) comparisons, fewer if there are runs of sorted rows. Then fewer than *n*
    /// swaps of rows: O(*n m*). Memory for at most 2 *n* indices, or for *n* elements if a row has
    /// one element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::from([[3.0, 0.1], [1.0, 0.2], [2.0, 0.3]]);
    /// array.sort_rows_by(|a, b| a[0].total_cmp(&b[0]));
    /// assert_eq!(array.as_slice(), [1.0, 0.2, 2.0, 0.3, 3.0, 0.1]);
    /// ```
    #[track_caller]
    #[doc(alias = "sort")]
    #[doc(alias = "sort_by")]
    #[doc(alias = "argsort")]
    #[doc(alias = "lexsort")]
    pub fn sort_rows_by(&mut self, compare: impl FnMut(&[T], &[T]) -> Ordering) {
        or_panic(self.try_sort_rows_by(compare));
    }

    /// Sorts the rows like [`sort_rows_by`](Self::sort_rows_by), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`ReserveError`] if the allocation of one index per row fails; the array is as it was.
    ///
    /// # Panics
    ///
    /// Only if `compare` panics, and perhaps if it is not a total order; no row is lost then, see
    /// [`sort_rows_by`](Self::sort_rows_by).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[3, 1], [1, 2]]);
    /// array.try_sort_rows_by(|a, b| a.cmp(b))?;
    /// assert_eq!(array.as_slice(), [1, 2, 3, 1]);
    /// # Ok::<(), growable_nd::ReserveError>(())
    /// ```
    pub fn try_sort_rows_by(
        &mut self,
        mut compare: impl FnMut(&[T], &[T]) -> Ordering,
    ) -> Result<(), ReserveError> {
        match self.row_len() {
            // All rows are equal.
            0 => return Ok(()),
            // Sorts the elements themselves, which is faster than sorting indices.
            1 => {
                self.data.sort_by(|a, b| compare(slice::from_ref(a), slice::from_ref(b)));
                return Ok(());
            }
            _ => {}
        }
        let rows = self.rows();
        let mut order = vec_with_capacity(rows)?;
        order.extend(0..rows);
        order.sort_by(|&a, &b| compare(self.row(a), self.row(b)));
        self.permute_rows(&mut order);
        Ok(())
    }

    /// Sorts the rows by the key that `key` returns. The sort is stable: rows with equal keys keep
    /// their order.
    ///
    /// # Panics
    ///
    /// If `key` or the comparison of two keys panics, and otherwise as
    /// [`sort_rows_by`](Self::sort_rows_by).
    /// [`try_sort_rows_by_key`](Self::try_sort_rows_by_key) returns the error of a failed
    /// allocation.
    ///
    /// # Cost
    ///
    /// As [`sort_rows_by`](Self::sort_rows_by), with two calls of `key` per comparison.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[3, 1], [1, 2], [2, 3]]);
    /// array.sort_rows_by_key(|row| row[0]);
    /// assert_eq!(array.as_slice(), [1, 2, 2, 3, 3, 1]);
    /// ```
    #[track_caller]
    #[doc(alias = "sort_by_key")]
    pub fn sort_rows_by_key<K: Ord>(&mut self, key: impl FnMut(&[T]) -> K) {
        or_panic(self.try_sort_rows_by_key(key));
    }

    /// Sorts the rows by a key like [`sort_rows_by_key`](Self::sort_rows_by_key), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sort_rows_by`](Self::try_sort_rows_by).
    ///
    /// # Panics
    ///
    /// Only if `key` or the comparison of two keys panics, and perhaps if the keys have no total
    /// order; no row is lost then, see [`sort_rows_by`](Self::sort_rows_by).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[3, 1], [1, 2]]);
    /// array.try_sort_rows_by_key(|row| row[1])?;
    /// assert_eq!(array.as_slice(), [3, 1, 1, 2]);
    /// # Ok::<(), growable_nd::ReserveError>(())
    /// ```
    pub fn try_sort_rows_by_key<K: Ord>(
        &mut self,
        mut key: impl FnMut(&[T]) -> K,
    ) -> Result<(), ReserveError> {
        self.try_sort_rows_by(|a, b| key(a).cmp(&key(b)))
    }

    /// Moves row `order[k]` to place `k`, for each `k`. `order` is a permutation of the rows.
    fn permute_rows(&mut self, order: &mut [usize]) {
        for start in 0..order.len() {
            let mut place = start;
            // Along a cycle each swap brings one row to its place.
            while order[place] != start {
                let from = order[place];
                self.swap_two_rows(place, from);
                order[place] = place;
                place = from;
            }
            order[place] = place;
        }
    }

    /// Reverses the order of the rows.
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
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// array.reverse_rows();
    /// assert_eq!(array.as_slice(), [5, 6, 3, 4, 1, 2]);
    /// ```
    #[doc(alias = "reverse")]
    #[doc(alias = "flip")]
    #[doc(alias = "flipud")]
    pub fn reverse_rows(&mut self) {
        if self.row_len() == 0 {
            return;
        }
        let mut rows = self.iter_rows_mut();
        while let (Some(front), Some(back)) = (rows.next(), rows.next_back()) {
            front.swap_with_slice(back);
        }
    }

    /// Rotates the rows so that row `rows` becomes the first. The rows before it go to the end.
    ///
    /// # Panics
    ///
    /// If `rows` is greater than the number of rows;
    /// [`try_rotate_rows_left`](Self::try_rotate_rows_left) returns the error.
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
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// array.rotate_rows_left(1);
    /// assert_eq!(array.as_slice(), [3, 4, 5, 6, 1, 2]);
    /// ```
    #[track_caller]
    #[doc(alias = "rotate_left")]
    #[doc(alias = "roll")]
    pub fn rotate_rows_left(&mut self, rows: usize) {
        or_panic(self.try_rotate_rows_left(rows));
    }

    /// Rotates the rows like [`rotate_rows_left`](Self::rotate_rows_left), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Position`] if `rows` is greater than the number of rows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let error = GrowableNd::from([[1, 2]]).try_rotate_rows_left(2).unwrap_err();
    /// assert_eq!(error.to_string(), "position 2 is out of bounds for axis 0 of length 1");
    /// ```
    pub fn try_rotate_rows_left(&mut self, rows: usize) -> Result<(), AccessError> {
        self.check_position(rows)?;
        let elements = self.row_start(rows);
        self.data.rotate_left(elements);
        Ok(())
    }

    /// Rotates the rows so that the first becomes row `rows`. The last `rows` rows go to the front.
    ///
    /// # Panics
    ///
    /// If `rows` is greater than the number of rows;
    /// [`try_rotate_rows_right`](Self::try_rotate_rows_right) returns the error.
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
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// array.rotate_rows_right(1);
    /// assert_eq!(array.as_slice(), [5, 6, 1, 2, 3, 4]);
    /// ```
    #[track_caller]
    #[doc(alias = "rotate_right")]
    #[doc(alias = "roll")]
    pub fn rotate_rows_right(&mut self, rows: usize) {
        or_panic(self.try_rotate_rows_right(rows));
    }

    /// Rotates the rows like [`rotate_rows_right`](Self::rotate_rows_right), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_rotate_rows_left`](Self::try_rotate_rows_left).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([[1, 2]]).try_rotate_rows_right(2).is_err());
    /// ```
    pub fn try_rotate_rows_right(&mut self, rows: usize) -> Result<(), AccessError> {
        self.check_position(rows)?;
        let elements = self.row_start(rows);
        self.data.rotate_right(elements);
        Ok(())
    }
}
