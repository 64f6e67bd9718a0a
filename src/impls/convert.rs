//! `From` and `TryFrom` for views of slices and arrays, for generic code.

use crate::array::GrowableNd;
use crate::layout::error::AccessError;
use crate::panicking::or_panic;
use crate::view::{View, ViewMut};

/// Creates a view with one axis. [`View::from_slice`] creates views with more axes.
///
/// # Panics
///
/// For more than `isize::MAX` elements, which is possible only for elements of size zero;
/// [`View::from_slice`] returns the error.
///
/// # Examples
///
/// ```
/// use growable_nd::View;
///
/// assert_eq!(View::from(&[1, 2, 3][..]).sum(), 6);
/// ```
impl<'a, T> From<&'a [T]> for View<'a, T, 1> {
    #[inline]
    #[track_caller]
    fn from(slice: &'a [T]) -> Self {
        or_panic(View::from_slice([slice.len()], slice))
    }
}

/// Creates a mutable view with one axis. [`ViewMut::from_slice`] creates views with more axes.
///
/// # Panics
///
/// For more than `isize::MAX` elements, which is possible only for elements of size zero;
/// [`ViewMut::from_slice`] returns the error.
impl<'a, T> From<&'a mut [T]> for ViewMut<'a, T, 1> {
    #[inline]
    #[track_caller]
    fn from(slice: &'a mut [T]) -> Self {
        or_panic(ViewMut::from_slice([slice.len()], slice))
    }
}

/// Returns a view of all elements, as [`GrowableNd::try_view`].
///
/// # Errors
///
/// [`AccessError::Rank`] if the array has another number of axes.
impl<'a, T, const N: usize> TryFrom<&'a GrowableNd<T>> for View<'a, T, N> {
    type Error = AccessError;

    #[inline]
    fn try_from(array: &'a GrowableNd<T>) -> Result<Self, AccessError> {
        array.try_view()
    }
}

/// Returns a mutable view of all elements, as [`GrowableNd::try_view_mut`].
///
/// # Errors
///
/// [`AccessError::Rank`] if the array has another number of axes.
impl<'a, T, const N: usize> TryFrom<&'a mut GrowableNd<T>> for ViewMut<'a, T, N> {
    type Error = AccessError;

    #[inline]
    fn try_from(array: &'a mut GrowableNd<T>) -> Result<Self, AccessError> {
        array.try_view_mut()
    }
}
