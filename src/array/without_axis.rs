//! The results of a reduction along an axis, before they become an array.

use crate::array::GrowableNd;
use crate::array::capacity::block_size;
use crate::layout::shape::Shape;
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;

/// The elements of an array that has the shape of another array without one axis.
///
/// Functions that can fail return this rather than the array, which is several times as large to
/// move.
pub(crate) struct WithoutAxis<'a, T> {
    /// In row-major order.
    pub(crate) elements: Vec<T>,
    /// Extents of the other array or view.
    extents: &'a [usize],
    axis: usize,
}

impl<'a, T> WithoutAxis<'a, T> {
    /// Allocates the elements. There are at least two `extents`, and `axis` is one of their
    /// indices.
    #[inline]
    pub(crate) fn allocate(extents: &'a [usize], axis: usize) -> Result<Self, ReserveError> {
        let mut results = WithoutAxis { elements: Vec::new(), extents, axis };
        results.elements = vec_with_capacity(results.count()).map_err(|error| {
            // If the size overflows, that is the cause.
            let mut shape = Shape::EMPTY;
            shape.set_without(extents, axis);
            block_size::<T>(&shape, shape.rows()).err().unwrap_or(error)
        })?;
        Ok(results)
    }

    /// Returns the number of elements that the array will have.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        // Cannot overflow: the product of all nonzero extents does not.
        self.extents[..self.axis].iter().chain(&self.extents[self.axis + 1..]).product()
    }

    /// Creates the array. There are [`count`](Self::count) elements.
    #[inline]
    pub(crate) fn into_array(self) -> GrowableNd<T> {
        let mut array = GrowableNd { data: self.elements, ..GrowableNd::EMPTY };
        array.shape.set_without(self.extents, self.axis);
        array.check();
        array
    }
}
