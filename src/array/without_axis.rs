//! The elements of an array that has the shape of another without one of its axes.

use crate::array::GrowableNd;
use crate::array::capacity::block_size;
use crate::layout::shape::Shape;
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;

/// Elements that are not an array yet. An array is large to move: it is made when nothing can fail
/// any more.
pub(crate) struct WithoutAxis<'a, T> {
    /// In row-major order, as many as the shape wants.
    pub(crate) elements: Vec<T>,
    /// Those of an array or a view.
    extents: &'a [usize],
    axis: usize,
}

impl<'a, T> WithoutAxis<'a, T> {
    /// Allocates the elements of an array of these extents, except that of an axis. There are at
    /// least two axes.
    #[inline]
    pub(crate) fn allocate(extents: &'a [usize], axis: usize) -> Result<Self, ReserveError> {
        let mut results = WithoutAxis { elements: Vec::new(), extents, axis };
        match vec_with_capacity(results.count()) {
            Ok(elements) => results.elements = elements,
            Err(refused) => {
                // A size that overflows is refused as well, with less to say.
                let mut shape = Shape::EMPTY;
                shape.set_without(extents, axis);
                block_size::<T>(&shape, shape.rows())?;
                return Err(refused);
            }
        }
        Ok(results)
    }

    /// Returns the number of elements that the shape wants.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        // Cannot overflow: the product of all extents that are not zero does not.
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
