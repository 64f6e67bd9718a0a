//! Asking for room ahead of time, and giving it back.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::memory::vec_with_room;
use crate::panicking::or_panic;
use alloc::vec::Vec;
use core::mem;

/// Room for rows that are still to come.
impl<T> GrowableNd<T> {
    /// Makes room for at least `additional` more rows, by the rule of growth: calling it before every batch
    /// of rows is amortized, too.
    ///
    /// # Panics
    ///
    /// If there is no memory for so many rows; [`try_reserve`](Self::try_reserve) returns the error.
    ///
    /// # Cost
    ///
    /// O(*n m*) if the array grows, else constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([3]);
    /// array.reserve(100);
    /// assert!(array.capacity() >= 100);
    /// ```
    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        or_panic(self.try_reserve(additional));
    }

    /// [`reserve`](Self::reserve), with an error instead of a panic.
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
    /// let mut array = GrowableNd::<f64>::new([3]);
    /// assert!(array.try_reserve(usize::MAX).is_err());
    /// assert!(array.try_reserve(5).is_ok());
    /// ```
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), Error> {
        Ok(self.make_room(additional)?)
    }

    /// Makes room for exactly `additional` more rows, unless there is more already.
    ///
    /// Called before every push it makes a build quadratic; [`reserve`](Self::reserve) does not.
    ///
    /// # Panics
    ///
    /// If there is no memory for so many rows; [`try_reserve_exact`](Self::try_reserve_exact) returns the
    /// error.
    ///
    /// # Cost
    ///
    /// O(*n m*) if the array grows, else constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([3]);
    /// array.reserve_exact(100);
    /// assert_eq!(array.capacity(), 100);
    /// ```
    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        or_panic(self.try_reserve_exact(additional));
    }

    /// [`reserve_exact`](Self::reserve_exact), with an error instead of a panic.
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
    /// let mut array = GrowableNd::<f64>::new([3]);
    /// assert!(array.try_reserve_exact(usize::MAX).is_err());
    /// ```
    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), Error> {
        Ok(self.reserve_rows(self.rows().saturating_add(additional))?)
    }

    /// Gives back the room of rows that are not there.
    ///
    /// # Cost
    ///
    /// O(*n m*) where the allocator copies; constant where it shortens a block in place.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::with_capacity([3], 100);
    /// array.push_row([1.0, 2.0, 3.0])?;
    /// array.shrink_to_fit();
    /// assert_eq!(array.capacity(), 1);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn shrink_to_fit(&mut self) {
        self.data.shrink_to_fit();
    }

    /// Gives back the room of rows that are not there, but for `rows` in all. Does nothing if there is less
    /// room.
    ///
    /// # Cost
    ///
    /// As [`shrink_to_fit`](Self::shrink_to_fit).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::with_capacity([3], 100);
    /// array.shrink_to(10);
    /// assert_eq!(array.capacity(), 10);
    /// array.shrink_to(50);
    /// assert_eq!(array.capacity(), 10);
    /// ```
    pub fn shrink_to(&mut self, rows: usize) {
        self.data.shrink_to(rows.saturating_mul(self.row_len()));
    }

    /// Gives back room if the rule of growth says so: the last step of every verb that removes rows.
    #[inline]
    pub(crate) fn give_back(&mut self) {
        if let Some(mut block) = self.smaller_block(self.rows()) {
            block.append(&mut self.data);
            self.take_block(block);
        }
    }

    /// An empty block as small as the rule of growth wants it when `rows` rows are left, if it wants a smaller one
    /// and there is memory for it.
    // Not `Vec::shrink_to`, which aborts if memory is refused.
    #[inline]
    pub(crate) fn smaller_block(&self, rows: usize) -> Option<Vec<T>> {
        let takes_memory = self.row_len() > 0 && size_of::<T>() > 0;
        if !takes_memory || !self.growth.shrinks() {
            return None;
        }
        let capacity = usize::try_from(self.growth.shrunk_capacity(self.request(rows))?).ok()?;
        // Cannot overflow: it is smaller than the block that the array has.
        vec_with_room(capacity * self.row_len()).ok()
    }

    /// From now on the array is in `block`, to which the rule of growth has moved its elements. What is left in the
    /// old block is returned.
    pub(crate) fn take_block(&mut self, block: Vec<T>) -> Vec<T> {
        let old_capacity = self.capacity();
        let left = mem::replace(&mut self.data, block);
        self.stats.record(self.rows(), old_capacity, self.capacity(), true);
        self.check();
        left
    }
}
