//! Equality and cloning. Arrays and views are equal if shape and elements are; strides, capacity,
//! growth policy and counters do not count.

use crate::array::GrowableNd;
use crate::array::nested_array::NestedArray;
use crate::kernels::compare::{equal, slices_equal};
use crate::layout::Layout;
use crate::layout::shape::shapes_equal;
use crate::view::Strided;
use alloc::vec::Vec;
use core::ops::Deref;

/// Compares shape and elements.
impl<T: PartialEq<U>, U> PartialEq<GrowableNd<U>> for GrowableNd<T> {
    #[inline]
    fn eq(&self, other: &GrowableNd<U>) -> bool {
        shapes_equal(self.shape(), other.shape()) && slices_equal(self.as_slice(), other.as_slice())
    }
}

impl<T: Eq> Eq for GrowableNd<T> {}

/// Compares shape and elements, whatever the strides.
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

/// Compares shape and elements, whatever the strides.
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

/// Compares shape and elements, whatever the strides.
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

/// Compares shape and elements. The elements of the nested array must have the same type.
///
/// # Examples
///
/// ```
/// use growable_nd::{Axis, GrowableNd};
///
/// let array = GrowableNd::from([[1, 2], [3, 4]]);
/// assert_eq!(array, [[1, 2], [3, 4]]);
/// assert_eq!(array.sum_axis(Axis(0)), [4, 6]);
/// assert_ne!(array, [[1, 2, 3, 4]]);
/// ```
impl<T: PartialEq, R: NestedArray<T>, const N: usize> PartialEq<[R; N]> for GrowableNd<T> {
    #[inline]
    fn eq(&self, other: &[R; N]) -> bool {
        self.rows() == N
            && shapes_equal(self.inner_shape(), R::SHAPE)
            && slices_equal(self.as_slice(), R::as_elements(other))
    }
}

/// Compares shape and elements.
impl<T: PartialEq, R: NestedArray<T>, const N: usize> PartialEq<GrowableNd<T>> for [R; N] {
    #[inline]
    fn eq(&self, other: &GrowableNd<T>) -> bool {
        other == self
    }
}

/// Views and nested arrays, one line per number of axes, so that the two element types may differ.
macro_rules! nested_arrays {
    ($($(#[$doc:meta])* $rank:literal: $row:ty => $($axis:ident)*;)*) => {$(
        /// Compares shape and elements, whatever the strides.
        $(#[$doc])*
        impl<S, T: PartialEq<U>, U, $(const $axis: usize),*> PartialEq<[$row; A]> for Strided<S, $rank>
        where
            S: Deref<Target = [T]>,
        {
            #[inline]
            fn eq(&self, other: &[$row; A]) -> bool {
                equals_row_major(self, [$($axis),*], || <$row as NestedArray<U>>::as_elements(other))
            }
        }

        /// Compares shape and elements, whatever the strides.
        impl<S, T: PartialEq<U>, U, $(const $axis: usize),*> PartialEq<Strided<S, $rank>> for [$row; A]
        where
            S: Deref<Target = [T]>,
        {
            #[inline]
            fn eq(&self, other: &Strided<S, $rank>) -> bool {
                other == self
            }
        }
    )*};
}

nested_arrays! {
    1: U => A;
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.view::<2>().t(), [[1, 3], [2, 4]]);
    /// assert_eq!(array.view().slice((.., 1)), [2, 4]);
    /// ```
    2: [U; B] => A B;
    3: [[U; C]; B] => A B C;
    4: [[[U; D]; C]; B] => A B C D;
    5: [[[[U; E]; D]; C]; B] => A B C D E;
    6: [[[[[U; F]; E]; D]; C]; B] => A B C D E F;
    7: [[[[[[U; G]; F]; E]; D]; C]; B] => A B C D E F G;
    8: [[[[[[[U; H]; G]; F]; E]; D]; C]; B] => A B C D E F G H;
}

/// Slices and vectors, which are equal to arrays and views of one axis only.
macro_rules! slices {
    ($($slice:ty)*) => {$(
        /// Compares the elements. An array with more than one axis is not equal.
        impl<T: PartialEq<U>, U> PartialEq<$slice> for GrowableNd<T> {
            #[inline]
            fn eq(&self, other: &$slice) -> bool {
                self.inner_shape().is_empty() && self.as_slice() == &other[..]
            }
        }

        /// Compares the elements. An array with more than one axis is not equal.
        impl<T: PartialEq<U>, U> PartialEq<GrowableNd<T>> for $slice {
            #[inline]
            fn eq(&self, other: &GrowableNd<T>) -> bool {
                other == self
            }
        }

        /// Compares the elements, whatever the strides.
        impl<S: Deref<Target = [T]>, T: PartialEq<U>, U> PartialEq<$slice> for Strided<S, 1> {
            #[inline]
            fn eq(&self, other: &$slice) -> bool {
                equals_row_major(self, [other.len()], || &other[..])
            }
        }

        /// Compares the elements, whatever the strides.
        impl<S: Deref<Target = [T]>, T: PartialEq<U>, U> PartialEq<Strided<S, 1>> for $slice {
            #[inline]
            fn eq(&self, other: &Strided<S, 1>) -> bool {
                other == self
            }
        }
    )*};
}

slices! { [U] &[U] Vec<U> }

/// Returns whether a view has this shape and these elements. Calls `elements` only if the shapes
/// are equal: a nested array of zero-sized elements may have more elements than a slice can.
#[inline]
fn equals_row_major<'a, S, T: PartialEq<U>, U: 'a, const N: usize>(
    view: &Strided<S, N>,
    shape: [usize; N],
    elements: impl FnOnce() -> &'a [U],
) -> bool
where
    S: Deref<Target = [T]>,
{
    shapes_equal(view.layout.shape(), &shape)
        && equal((&view.data, &view.layout), (elements(), &Layout::row_major_within(shape)))
}

/// Clones the rows and the growth policy. The clone has a capacity of exactly its rows, and
/// counters at zero.
///
/// # Panics
///
/// If the allocation fails; [`from_rows`](GrowableNd::from_rows)`(array.inner_shape(), &array)`
/// returns the error. Also if the clone of an element panics.
impl<T: Clone> Clone for GrowableNd<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        self.clone_or_panic()
    }

    /// Replaces the array by a clone of `source`. Reuses the block if it is large enough.
    ///
    /// If the allocation of a larger block fails, or if the clone of an element for it panics, the
    /// array is as it was. If the clone of an element for the reused block panics, the array is
    /// left without rows and capacity.
    #[track_caller]
    fn clone_from(&mut self, source: &Self) {
        if self.capacity_in_elements() < source.as_slice().len() {
            *self = source.clone();
        } else {
            self.clone_in_place(source);
        }
    }
}
