//! The capacity of an array: choosing it by the growth policy, reserving it, releasing it.

use crate::array::GrowableNd;
use crate::growth::Growth;
use crate::growth::request::Request;
use crate::growth::stats::GrowthStats;
use crate::layout::shape::Shape;
use crate::memory::{ReserveError, vec_with_capacity};
use crate::panicking::or_panic;
use alloc::vec::Vec;
use core::mem;

/// # Capacity
///
/// Capacity counts rows.
impl<T> GrowableNd<T> {
    /// Returns the number of rows that the array can hold without growing.
    ///
    /// Rows of zero bytes never make the array grow: the capacity is then the maximum number of
    /// rows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::<f64>::with_capacity([4, 3], 10);
    /// assert_eq!(array.capacity(), 10);
    /// ```
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> usize {
        // From the vector, whose allocator may have provided more than requested.
        if self.rows_take_memory() { self.data.capacity() / self.row_len() } else { self.max_rows() }
    }

    /// Returns the growth policy.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth};
    ///
    /// assert_eq!(GrowableNd::<f64>::new([3]).growth(), Growth::DOUBLE);
    /// ```
    #[inline]
    #[must_use]
    pub fn growth(&self) -> Growth {
        self.growth
    }

    /// Sets the growth policy for later growths and removals. The capacity does not change.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth};
    ///
    /// let mut array = GrowableNd::with_capacity([3], 100);
    /// array.set_growth(Growth::NINE_EIGHTHS);
    /// array.resize(101, 0.0);
    /// assert_eq!(array.capacity(), 113);
    /// ```
    #[inline]
    pub fn set_growth(&mut self, growth: Growth) {
        self.growth = growth;
    }

    /// Returns counters of what growing has cost so far.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::with_capacity([3], 10);
    /// array.resize(11, 0.0);
    /// assert_eq!(array.growth_stats().growths, 1);
    /// ```
    #[inline]
    #[must_use]
    pub fn growth_stats(&self) -> GrowthStats {
        self.stats
    }

    /// Reserves capacity for at least `additional` more rows.
    ///
    /// The growth policy chooses the capacity, so a call before every batch of rows keeps the
    /// amortized cost per row.
    ///
    /// # Panics
    ///
    /// If the capacity overflows or the allocation fails; [`try_reserve`](Self::try_reserve) returns
    /// the error.
    ///
    /// # Cost
    ///
    /// O(*n m*) if the array grows, otherwise constant.
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

    /// Reserves capacity like [`reserve`](Self::reserve), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`ReserveError`] if the capacity overflows or the allocation fails.
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
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), ReserveError> {
        self.reserve_by_policy(additional)
    }

    /// Reserves capacity for exactly `additional` more rows, unless it is available already.
    ///
    /// A call before every push makes the cost of filling the array quadratic; with
    /// [`reserve`](Self::reserve) it stays linear.
    ///
    /// # Panics
    ///
    /// If the capacity overflows or the allocation fails;
    /// [`try_reserve_exact`](Self::try_reserve_exact) returns the error.
    ///
    /// # Cost
    ///
    /// O(*n m*) if the array grows, otherwise constant.
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

    /// Reserves exact capacity like [`reserve_exact`](Self::reserve_exact), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`ReserveError`] if the capacity overflows or the allocation fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([3]);
    /// assert!(array.try_reserve_exact(usize::MAX).is_err());
    /// ```
    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), ReserveError> {
        self.reserve_rows(self.rows().saturating_add(additional))
    }

    /// Shrinks the capacity to the number of rows.
    ///
    /// # Cost
    ///
    /// O(*n m*) where the allocator copies; constant where it shortens the block in place.
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

    /// Shrinks the capacity to `rows`, or to the number of rows if that is greater. Does nothing if
    /// the capacity is already smaller.
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
}

/// How the capacity is chosen and reserved.
impl<T> GrowableNd<T> {
    /// Reserves capacity for `additional` more rows by the growth policy.
    #[inline]
    pub(crate) fn reserve_by_policy(&mut self, additional: usize) -> Result<(), ReserveError> {
        if self.has_capacity_for(additional) { Ok(()) } else { self.grow(additional) }
    }

    /// Reserves capacity for the number of rows that an iterator hints at. The hint may be wrong:
    /// a failed reservation is ignored.
    pub(crate) fn reserve_hint(&mut self, rows: usize) {
        let _ = self.reserve_by_policy(rows);
    }

    /// Returns the capacity of the block in elements.
    pub(crate) fn capacity_in_elements(&self) -> usize {
        self.data.capacity()
    }

    /// Returns whether `additional` more rows fit. Avoids the division of `capacity()`.
    #[inline]
    fn has_capacity_for(&self, additional: usize) -> bool {
        if self.rows_take_memory() {
            let elements = additional.checked_mul(self.row_len());
            elements.is_some_and(|elements| elements <= self.data.capacity() - self.data.len())
        } else {
            additional <= self.max_rows() - self.rows()
        }
    }

    /// Returns whether one more row of `len` elements fits. `len` may be a constant.
    #[inline]
    pub(super) fn has_capacity_for_row(&self, len: usize) -> bool {
        // Memory runs out before the number of such rows overflows.
        let take_memory = len > 0 && size_of::<T>() > 0;
        len <= self.data.capacity() - self.data.len()
            && (take_memory || self.shape.rows() < self.shape.max_rows())
    }

    /// Chooses the next capacity and reserves it.
    ///
    /// Unused capacity never causes an error. A capacity that no block can have is replaced by
    /// twice what is needed. If the allocation fails, the unused part is halved, down to zero.
    /// Without unused capacity every further push would grow, at quadratic cost: so it is not
    /// dropped at once.
    #[cold]
    #[inline(never)]
    pub(super) fn grow(&mut self, additional: usize) -> Result<(), ReserveError> {
        let needed = self.rows().saturating_add(additional);
        if needed > self.max_rows() {
            return Err(self.overflow(needed));
        }
        let requested = self.growth.next_capacity(self.request(needed));
        let mut rows = usize::try_from(requested).unwrap_or(usize::MAX);
        loop {
            match self.reserve_rows(rows) {
                Err(ReserveError::Overflow { .. }) if rows / 2 > needed => rows = 2 * needed,
                Err(_) if rows > needed => rows = needed + (rows - needed) / 2,
                result => return result,
            }
        }
    }

    /// Returns the request to the growth policy when `rows` rows are needed or remain.
    fn request(&self, rows: usize) -> Request {
        // `usize` has at most 64 bits.
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Request::new(count(self.capacity()), count(rows)).with_row_bytes(count(self.row_bytes()))
    }

    /// Enlarges the block to exactly `rows` rows if it is smaller. No other function enlarges it.
    pub(super) fn reserve_rows(&mut self, rows: usize) -> Result<(), ReserveError> {
        let old_capacity = self.capacity();
        if rows <= old_capacity {
            return Ok(());
        }
        let (elements, bytes) = block_size::<T>(&self.shape, rows)?;
        let old_address = self.data.as_ptr();
        self.data
            .try_reserve_exact(elements - self.data.len())
            .map_err(|_| ReserveError::Allocation { bytes })?;
        let moved = old_capacity > 0 && self.data.as_ptr() != old_address;
        self.stats.record(self.rows(), old_capacity, self.capacity(), moved);
        Ok(())
    }

    #[inline]
    fn rows_take_memory(&self) -> bool {
        self.row_len() > 0 && size_of::<T>() > 0
    }

    /// Releases memory if the growth policy shrinks: the last step of every method that removes
    /// rows.
    #[inline]
    pub(super) fn shrink_by_policy(&mut self) {
        if let Some(mut block) = self.smaller_block(self.rows()) {
            block.append(&mut self.data);
            self.replace_block(block);
        }
    }

    /// Allocates the smaller block that the growth policy requests for `rows` remaining rows.
    /// `None` if it requests none or the allocation fails.
    // Not `Vec::shrink_to`, which aborts if the allocation fails.
    #[inline]
    pub(super) fn smaller_block(&self, rows: usize) -> Option<Vec<T>> {
        if !self.rows_take_memory() || !self.growth.shrinks() {
            return None;
        }
        let capacity = usize::try_from(self.growth.shrunk_capacity(self.request(rows))?).ok()?;
        // Cannot overflow: the block is smaller than the present one.
        vec_with_capacity(capacity * self.row_len()).ok()
    }

    /// Replaces the block by `block`, to which the elements were moved. Returns the old block.
    pub(super) fn replace_block(&mut self, block: Vec<T>) -> Vec<T> {
        let old_capacity = self.capacity();
        let old = mem::replace(&mut self.data, block);
        self.stats.record(self.rows(), old_capacity, self.capacity(), true);
        self.check();
        old
    }
}

/// Returns the numbers of elements and bytes in a block of `rows` rows.
#[inline]
pub(super) fn block_size<T>(shape: &Shape, rows: usize) -> Result<(usize, usize), ReserveError> {
    // Only rows without elements need `max_rows`, which divides.
    let elements = match shape.row_len() {
        0 if rows > shape.max_rows() => None,
        row_len => rows.checked_mul(row_len).filter(|&elements| isize::try_from(elements).is_ok()),
    };
    let bytes = elements.and_then(|elements| elements.checked_mul(size_of::<T>()));
    match (elements, bytes) {
        (Some(elements), Some(bytes)) if isize::try_from(bytes).is_ok() => Ok((elements, bytes)),
        _ => {
            let (row_len, element_bytes) = (shape.row_len(), size_of::<T>());
            Err(ReserveError::Overflow { rows, row_len, element_bytes })
        }
    }
}
