//! Building arrays that have the shape of another array without one of its axes.

use crate::array::GrowableNd;
use crate::array::capacity::block_size;
use crate::layout::shape::Shape;
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;

/// The elements of such an array. An array is large to move, so it is built when nothing can fail
/// any more.
pub(crate) struct WithoutAxis<'a, T> {
    /// In row-major order.
    pub(crate) elements: Vec<T>,
    /// Extents of the other array or view.
    extents: &'a [usize],
    axis: usize,
}

impl<'a, T> WithoutAxis<'a, T> {
    /// Allocates the elements of an array of shape `extents` without `axis`. There must be at least
    /// two axes.
    #[inline]
    pub(crate) fn allocate(extents: &'a [usize], axis: usize) -> Result<Self, ReserveError> {
        let mut results = WithoutAxis { elements: Vec::new(), extents, axis };
        match vec_with_capacity(results.count()) {
            Ok(elements) => results.elements = elements,
            Err(refused) => {
                // The cause may be an overflow of the size, which is a more precise error.
                let mut shape = Shape::EMPTY;
                shape.set_without(extents, axis);
                block_size::<T>(&shape, shape.rows())?;
                return Err(refused);
            }
        }
        Ok(results)
    }

    /// Returns the number of elements that the array will have.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        // Cannot overflow: the product of all nonzero extents does not.
        self.extents[..self.axis].iter().chain(&self.extents[self.axis + 1..]).product()
    }

    #[inline]
    pub(crate) fn into_array(self) -> GrowableNd<T> {
        let mut array = GrowableNd { data: self.elements, ..GrowableNd::EMPTY };
        array.shape.set_without(self.extents, self.axis);
        array.check();
        array
    }
}
