//! Rows that arrive in pieces, for streams.

use crate::array::GrowableNd;
use crate::memory::ReserveError;
use alloc::vec::Vec;

/// An array whose vector may end in elements that are not a whole row yet.
///
/// Drop guard: drops the elements after the rows counted so far.
pub(crate) struct PartialRows<'a, T> {
    array: &'a mut GrowableNd<T>,
}

impl<'a, T> PartialRows<'a, T> {
    pub(crate) fn new(array: &'a mut GrowableNd<T>) -> Self {
        PartialRows { array }
    }

    /// Returns the array with the rows counted so far.
    pub(crate) fn array(&self) -> &GrowableNd<T> {
        self.array
    }

    /// Reserves capacity for one more row by the growth policy.
    pub(crate) fn reserve_row(&mut self) -> Result<(), ReserveError> {
        self.array.reserve_by_policy(1)
    }

    /// Returns the vector, for appending elements. The elements of counted rows must not change.
    pub(crate) fn elements(&mut self) -> &mut Vec<T> {
        &mut self.array.data
    }

    /// Returns the number of elements of the rows counted.
    pub(crate) fn counted(&self) -> usize {
        self.array.row_start(self.array.rows())
    }

    /// Counts `rows` more rows, whose elements are in the vector.
    pub(crate) fn count(&mut self, rows: usize) {
        self.array.shape.set_rows(self.array.rows() + rows);
        debug_assert!(self.counted() <= self.array.data.len(), "the rows are there");
    }
}

impl<T> Drop for PartialRows<'_, T> {
    fn drop(&mut self) {
        let counted = self.counted();
        self.array.data.truncate(counted);
        self.array.check();
    }
}
