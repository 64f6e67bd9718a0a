//! Equality and clone. Shape and elements count; strides, capacity, growth policy and counters
//! do not.

use crate::array::GrowableNd;
use crate::kernels::compare::{equal, slices_equal};
use crate::layout::Layout;
use crate::layout::shape::shapes_equal;
use crate::view::Strided;
use core::ops::Deref;

/// Equal if shape and elements are.
impl<T: PartialEq<U>, U> PartialEq<GrowableNd<U>> for GrowableNd<T> {
    #[inline]
    fn eq(&self, other: &GrowableNd<U>) -> bool {
        shapes_equal(self.shape(), other.shape()) && slices_equal(self.as_slice(), other.as_slice())
    }
}

impl<T: Eq> Eq for GrowableNd<T> {}

/// Equal if shape and elements are, whatever the strides.
impl<S, R, T: PartialEq<U>, U, const N: usize> PartialEq<Strided<R, N>> for Strided<S, N>
where
    S: Deref<Target = [T]>,
    R: Deref<Target = [U]>,
{
    #[inline]
    fn eq(&self, other: &Strided<R, N>) -> bool {
        shapes_equal(self.layout.shape(), other.layout.shape())
            && equal((&self.data, &self.layout), (&other.data, &other.layout))
    }
}

impl<S: Deref<Target = [T]>, T: Eq, const N: usize> Eq for Strided<S, N> {}

/// Equal if shape and elements are, whatever the strides.
impl<S, T: PartialEq<U>, U, const N: usize> PartialEq<GrowableNd<U>> for Strided<S, N>
where
    S: Deref<Target = [T]>,
{
    #[inline]
    fn eq(&self, other: &GrowableNd<U>) -> bool {
        shapes_equal(self.layout.shape(), other.shape()) && {
            let layout = Layout::row_major_within(*self.layout.shape());
            equal((&self.data, &self.layout), (other.as_slice(), &layout))
        }
    }
}

/// Equal if shape and elements are, whatever the strides.
impl<S, T: PartialEq<U>, U, const N: usize> PartialEq<Strided<S, N>> for GrowableNd<T>
where
    S: Deref<Target = [U]>,
{
    #[inline]
    fn eq(&self, other: &Strided<S, N>) -> bool {
        shapes_equal(self.shape(), other.layout.shape()) && {
            let layout = Layout::row_major_within(*other.layout.shape());
            equal((self.as_slice(), &layout), (&other.data, &other.layout))
        }
    }
}

/// A clone has the rows and the growth policy of the array, a capacity of exactly its rows, and
/// counters at zero.
///
/// # Panics
///
/// If the allocation fails, or if the clone of an element panics.
impl<T: Clone> Clone for GrowableNd<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        self.clone_or_panic()
    }

    /// Replaces the array by a clone of `source`, in the present block if it is large enough.
    ///
    /// If the allocation of a larger block fails, or if the clone of an element for it panics, the
    /// array is as it was. If the clone of an element for the present block panics, the array is left
    /// without rows and capacity.
    #[track_caller]
    fn clone_from(&mut self, source: &Self) {
        if self.capacity_in_elements() < source.as_slice().len() {
            *self = source.clone();
        } else {
            self.clone_in_place(source);
        }
    }
}
