//! Reductions along one axis: sums, products, scalar products, folds.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::layout::Layout;
#[cfg(doc)]
use crate::layout::error::AccessError;
use crate::layout::error::ShapeError;
use crate::layout::shape::MAX_RANK;
use crate::numeric::along::Along;
use crate::panicking::or_panic;
use crate::view::source::{Source, SourceParts};
use crate::view::{Axis, Strided};
use core::ops::{Deref, Mul};
use num_traits::{One, Zero};

/// # Axis reductions
///
/// The result is a row-major array without the axis, with the default growth policy,
/// [`Growth::DOUBLE`](crate::Growth::DOUBLE). An array has at least one axis, so a view of one axis
/// has no reduction along it: use the method without `_axis`, and `fold` of an iterator instead of
/// `fold_axis`.
///
/// Rounding, overflow and NaN are as in reductions [over all elements](Self::sum), applied to the
/// elements along the axis. Elements are read in memory order for all strides, unless there are few
/// elements.
///
/// # Cost
///
/// O(1) per element, and one allocation for the result. Temporary blocks have at most
/// 2048 log₂ *k* + 2048 elements of the type of the result, where *k* is the length of the axis.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Sums the elements along an axis. Empty sums are zero.
    ///
    /// # Panics
    ///
    /// If the axis does not exist or is the only one, if the capacity of the result overflows, or if
    /// an allocation fails. [`try_sum_axis`](Self::try_sum_axis) returns the error.
    ///
    /// # Cost
    ///
    /// O(1) per element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().sum_axis(Axis(0)).as_slice(), [5, 7, 9]);
    /// assert_eq!(array.view::<2>().sum_axis(Axis(1)).as_slice(), [6, 15]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn sum_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + Zero,
    {
        self.sum_axis_of(axis, T::clone)
    }

    /// Sums the elements along an axis like [`sum_axis`](Self::sum_axis), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::OnlyAxis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AccessError, Axis, Error, View};
    ///
    /// let line = View::from_slice([3], &[1, 2, 3])?;
    /// assert_eq!(line.try_sum_axis(Axis(0)), Err(Error::Access(AccessError::OnlyAxis)));
    /// assert_eq!(line.sum(), 6);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn try_sum_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero,
    {
        self.try_sum_axis_of(axis, T::clone)
    }

    /// Sums `f(x)` along an axis, for example in a wider type. Empty sums are zero.
    ///
    /// # Panics
    ///
    /// As [`sum_axis`](Self::sum_axis), and if `f` panics.
    /// [`try_sum_axis_of`](Self::try_sum_axis_of) returns the error.
    ///
    /// # Cost
    ///
    /// One call of `f` per element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[200_u8, 100], [200, 50]]);
    /// let sums = array.view::<2>().sum_axis_of(Axis(0), |&x| u32::from(x));
    /// assert_eq!(sums.as_slice(), [400, 150]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn sum_axis_of<A: Clone + Zero>(&self, axis: Axis, f: impl Fn(&T) -> A) -> GrowableNd<A> {
        or_panic(self.along(axis).and_then(|along| along.sum(f))).into_array()
    }

    /// Sums `f(x)` along an axis like [`sum_axis_of`](Self::sum_axis_of), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sum_axis`](Self::try_sum_axis).
    ///
    /// # Panics
    ///
    /// Only if `f` or the addition panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.view::<2>().try_sum_axis_of(Axis(1), |x| x * x)?.as_slice(), [5, 25]);
    /// assert!(array.view::<2>().try_sum_axis_of(Axis(2), |x| x * x).is_err());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn try_sum_axis_of<A: Clone + Zero>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        Ok(self.along(axis)?.sum(f)?.into_array())
    }

    /// Multiplies the elements along an axis. Empty products are one.
    ///
    /// # Panics
    ///
    /// As [`sum_axis`](Self::sum_axis). [`try_product_axis`](Self::try_product_axis) returns the
    /// error.
    ///
    /// # Cost
    ///
    /// O(1) per element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().product_axis(Axis(0)).as_slice(), [4, 10, 18]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias("prod", "multiply"))]
    pub fn product_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + One,
    {
        or_panic(self.along(axis).and_then(|along| along.product())).into_array()
    }

    /// Multiplies the elements along an axis like [`product_axis`](Self::product_axis), or returns
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sum_axis`](Self::try_sum_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.view::<2>().try_product_axis(Axis(2)).is_err());
    /// ```
    pub fn try_product_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + One,
    {
        Ok(self.along(axis)?.product()?.into_array())
    }

    /// Computes scalar products along an axis: the sums of the products of elements at equal
    /// indices of this view and of an array or a view.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ, and the errors of
    /// [`try_sum_axis`](Self::try_sum_axis).
    ///
    /// # Cost
    ///
    /// O(1) per pair. Allocates as [`sum_axis`](Self::sum_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let a = GrowableNd::from([[1, 2], [3, 4]]);
    /// let b = GrowableNd::from([[5, 6], [7, 8]]);
    /// let (a, b) = (a.view::<2>(), b.view::<2>());
    /// assert_eq!(a.dot_axis(b, Axis(1))?.as_slice(), [5 + 12, 21 + 32]);
    /// assert_eq!(a.dot_axis(b.t(), Axis(1))?.as_slice(), [5 + 14, 18 + 32]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("inner", "vecdot"))]
    pub fn dot_axis(&self, other: impl Source<Elem = T>, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        let layout = other.layout_of_shape(self.layout.shape())?;
        Ok(self.along(axis)?.dot((other.elements(), &layout))?.into_array())
    }

    /// Folds the elements along an axis, starting at index 0.
    ///
    /// The first call of `f` gets `init` and the element at index 0, the next call gets the result
    /// and the element at index 1. Calls for different lines along the axis may alternate.
    ///
    /// # Panics
    ///
    /// As [`sum_axis`](Self::sum_axis), and if `f` or a clone of `init` panics.
    /// [`try_fold_axis`](Self::try_fold_axis) returns the error.
    ///
    /// # Cost
    ///
    /// One call of `f` per element, one clone of `init` per element of the result.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let append = |text: &String, x: &i32| format!("{text}{x}");
    /// let texts = array.view::<2>().fold_axis(Axis(0), String::new(), append);
    /// assert_eq!(texts.as_slice(), ["14", "25", "36"]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias("reduce", "map_axis", "apply_along_axis"))]
    pub fn fold_axis<A: Clone>(&self, axis: Axis, init: A, f: impl FnMut(&A, &T) -> A) -> GrowableNd<A> {
        or_panic(self.along(axis).and_then(|along| along.fold(init, f))).into_array()
    }

    /// Folds the elements along an axis like [`fold_axis`](Self::fold_axis), with a function that
    /// can fail.
    ///
    /// # Errors
    ///
    /// The first error of `f`, after which `f` is not called again, or the errors of
    /// [`try_sum_axis`](Self::try_sum_axis), converted to `E`.
    ///
    /// # Panics
    ///
    /// Only if `f` or a clone of `init` panics.
    ///
    /// # Cost
    ///
    /// As [`fold_axis`](Self::fold_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, Error, GrowableNd};
    ///
    /// #[derive(Debug, PartialEq)]
    /// enum Failed {
    ///     Overflow,
    ///     Array(Error),
    /// }
    ///
    /// impl From<Error> for Failed {
    ///     fn from(error: Error) -> Failed {
    ///         Failed::Array(error)
    ///     }
    /// }
    ///
    /// let array = GrowableNd::from([[200_u8, 100], [50, 200]]);
    /// let add = |sum: &u8, x: &u8| sum.checked_add(*x).ok_or(Failed::Overflow);
    /// let view = array.view::<2>();
    /// assert_eq!(view.slice((.., ..1)).try_fold_axis(Axis(0), 0, add)?.as_slice(), [250]);
    /// assert_eq!(view.try_fold_axis(Axis(0), 0, add), Err(Failed::Overflow));
    /// assert!(matches!(view.try_fold_axis(Axis(2), 0, add), Err(Failed::Array(_))));
    /// # Ok::<(), Failed>(())
    /// ```
    pub fn try_fold_axis<A: Clone, E: From<Error>>(
        &self,
        axis: Axis,
        init: A,
        f: impl FnMut(&A, &T) -> Result<A, E>,
    ) -> Result<GrowableNd<A>, E> {
        Ok(self.along(axis)?.try_fold(init, f)??.into_array())
    }

    /// Divides the elements along an axis.
    #[inline]
    pub(super) fn along(&self, axis: Axis) -> Result<Along<'_, T, N>, Error> {
        Along::new(&self.data, &self.layout, axis)
    }
}

/// # Axis reductions
///
/// See [`Strided::sum_axis`].
impl<T> GrowableNd<T> {
    /// Sums the elements along an axis, see [`Strided::sum_axis`]. Empty sums are zero.
    ///
    /// # Panics
    ///
    /// If the axis does not exist or is the only one, if the capacity of the result overflows, or if
    /// an allocation fails. [`try_sum_axis`](Self::try_sum_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.sum_axis(Axis(0)).as_slice(), [5, 7, 9]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn sum_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + Zero,
    {
        self.sum_axis_of(axis, T::clone)
    }

    /// Sums the elements along an axis like [`sum_axis`](Self::sum_axis), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::OnlyAxis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AccessError, Axis, Error, GrowableNd};
    ///
    /// let error = GrowableNd::<i32>::from([1, 2, 3]).try_sum_axis(Axis(0)).unwrap_err();
    /// assert_eq!(error, Error::Access(AccessError::OnlyAxis));
    /// ```
    pub fn try_sum_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero,
    {
        self.try_sum_axis_of(axis, T::clone)
    }

    /// Sums `f(x)` along an axis, see [`Strided::sum_axis_of`]. Empty sums are zero.
    ///
    /// # Panics
    ///
    /// As [`sum_axis`](Self::sum_axis), and if `f` panics.
    /// [`try_sum_axis_of`](Self::try_sum_axis_of) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[200_u8, 100], [200, 50]]);
    /// let sums = array.sum_axis_of(Axis(0), |&x| u32::from(x));
    /// assert_eq!(sums.as_slice(), [400, 150]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn sum_axis_of<A: Clone + Zero>(&self, axis: Axis, f: impl Fn(&T) -> A) -> GrowableNd<A> {
        or_panic(self.along(axis).and_then(|along| along.sum(f))).into_array()
    }

    /// Sums `f(x)` along an axis like [`sum_axis_of`](Self::sum_axis_of), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sum_axis`](Self::try_sum_axis).
    ///
    /// # Panics
    ///
    /// Only if `f` or the addition panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.try_sum_axis_of(Axis(1), |x| x * x)?.as_slice(), [5, 25]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn try_sum_axis_of<A: Clone + Zero>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        Ok(self.along(axis)?.sum(f)?.into_array())
    }

    /// Multiplies the elements along an axis, see [`Strided::product_axis`]. Empty products are
    /// one.
    ///
    /// # Panics
    ///
    /// As [`sum_axis`](Self::sum_axis). [`try_product_axis`](Self::try_product_axis) returns the
    /// error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.product_axis(Axis(1)).as_slice(), [6, 120]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias("prod", "multiply"))]
    pub fn product_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + One,
    {
        or_panic(self.along(axis).and_then(|along| along.product())).into_array()
    }

    /// Multiplies the elements along an axis like [`product_axis`](Self::product_axis), or returns
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sum_axis`](Self::try_sum_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.try_product_axis(Axis(2)).is_err());
    /// ```
    pub fn try_product_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + One,
    {
        Ok(self.along(axis)?.product()?.into_array())
    }

    /// Computes scalar products along an axis of this array and an array or a view, see
    /// [`Strided::dot_axis`].
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ, and the errors of
    /// [`try_sum_axis`](Self::try_sum_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.dot_axis(&array, Axis(1))?.as_slice(), [14, 77]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("inner", "vecdot"))]
    pub fn dot_axis(&self, other: impl Source<Elem = T>, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        ShapeError::check_same(self.shape(), other.extents())?;
        if let Some(other) = other.contiguous() {
            return Ok(self.along(axis)?.dot_contiguous(other)?.into_array());
        }
        let [left, right]: [Layout<MAX_RANK>; 2] = [self.layout_padded(), other.layout_padded()];
        let along = Along::padded(self.as_slice(), left, self.shape(), axis)?;
        Ok(along.dot((other.elements(), &right))?.into_array())
    }

    /// Folds the elements along an axis, starting at index 0, see [`Strided::fold_axis`].
    ///
    /// # Panics
    ///
    /// As [`sum_axis`](Self::sum_axis), and if `f` or a clone of `init` panics.
    /// [`try_fold_axis`](Self::try_fold_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let odd = array.fold_axis(Axis(1), 0, |count, x| count + x % 2);
    /// assert_eq!(odd.as_slice(), [2, 1]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias("reduce", "map_axis", "apply_along_axis"))]
    pub fn fold_axis<A: Clone>(&self, axis: Axis, init: A, f: impl FnMut(&A, &T) -> A) -> GrowableNd<A> {
        or_panic(self.along(axis).and_then(|along| along.fold(init, f))).into_array()
    }

    /// Folds the elements along an axis with a function that can fail, see
    /// [`Strided::try_fold_axis`].
    ///
    /// # Errors
    ///
    /// The first error of `f`, or the errors of [`try_sum_axis`](Self::try_sum_axis), converted to
    /// `E`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let texts = GrowableNd::from([["1", "2"], ["3", "x"]]);
    /// let sums = texts.try_fold_axis(Axis(0), 0, |sum, text| {
    ///     Ok::<_, Box<dyn std::error::Error>>(sum + text.parse::<i32>()?)
    /// });
    /// assert_eq!(sums.unwrap_err().to_string(), "invalid digit found in string");
    /// ```
    pub fn try_fold_axis<A: Clone, E: From<Error>>(
        &self,
        axis: Axis,
        init: A,
        f: impl FnMut(&A, &T) -> Result<A, E>,
    ) -> Result<GrowableNd<A>, E> {
        Ok(self.along(axis)?.try_fold(init, f)??.into_array())
    }

    /// Divides the elements along an axis.
    #[inline]
    pub(super) fn along(&self, axis: Axis) -> Result<Along<'_, T, 3>, Error> {
        Along::contiguous(self.as_slice(), self.shape(), axis)
    }
}
