//! Means, variances and standard deviations: of all elements, and along one axis.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::without_axis::WithoutAxis;
use crate::kernels::find::is_nan;
#[cfg(doc)]
use crate::layout::error::AccessError;
use crate::numeric::along::Along;
use crate::panicking::or_panic;
use crate::view::{Axis, Strided};
use core::ops::{Deref, Neg};
use num_traits::{Num, NumCast};

/// A number type whose values can be averaged, such as a float.
///
/// With the feature `std` or `libm`, every [`num_traits::Float`] is `Floating`; without them, `f32`
/// and `f64` are. (`Float` needs one of these features, for functions such as the square root.
/// Means do not need these functions.) For other types whose quotients are not rounded to integers,
/// one line is enough: `impl Floating for Fixed {}`.
///
/// [`NumCast::from`] must convert every count of elements, exactly or rounded. Otherwise methods for
/// means and variances panic.
///
/// # Examples
///
/// ```
/// use growable_nd::{Axis, Floating, GrowableNd, View};
///
/// fn mean_row<T: Floating>(rows: View<'_, T, 2>) -> GrowableNd<T> {
///     rows.mean_axis(Axis(0))
/// }
///
/// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
/// assert_eq!(mean_row(array.view()).as_slice(), [2.0, 4.0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a floating-point number",
    note = "`mean_of` and `mean_axis_of` convert elements: `array.mean_of(|&x| f64::from(x))`"
)]
pub trait Floating: Num + NumCast + Neg<Output = Self> + PartialOrd + Copy {
    /// Returns the absolute value.
    #[doc(hidden)]
    #[inline]
    fn magnitude(self) -> Self {
        if self > -self { self } else { -self }
    }

    /// Returns whether the value is neither NaN nor infinite.
    #[doc(hidden)]
    #[inline]
    #[expect(clippy::eq_op, reason = "the difference of two infinities is NaN")]
    fn is_number(self) -> bool {
        !is_nan(&(self - self))
    }
}

#[cfg(any(feature = "std", feature = "libm"))]
impl<T: num_traits::Float> Floating for T {
    // One instruction; the default implementation takes two.
    #[inline]
    fn magnitude(self) -> Self {
        self.abs()
    }

    #[inline]
    fn is_number(self) -> bool {
        self.is_finite()
    }
}

#[cfg(not(any(feature = "std", feature = "libm")))]
impl Floating for f32 {}

#[cfg(not(any(feature = "std", feature = "libm")))]
impl Floating for f64 {}

/// # Means and variances
///
/// The mean of integers is rarely an integer; [`mean_of`](Self::mean_of) converts them:
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let pixels = GrowableNd::from([[0_u8, 255], [255, 255]]);
/// assert_eq!(pixels.view::<2>().mean_of(|&x| f64::from(x)), Some(191.25));
/// ```
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Averages all elements: divides their [sum](Self::sum) by their number. `None` if there are
    /// no elements.
    ///
    /// # Cost
    ///
    /// O(1) per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(array.view::<2>().mean(), Some(2.5));
    /// assert_eq!(array.view::<2>().slice((..0, ..)).mean(), None);
    /// ```
    #[must_use]
    #[doc(alias = "average")]
    pub fn mean(&self) -> Option<T>
    where
        T: Floating,
    {
        self.mean_of(T::clone)
    }

    /// Averages `f(x)` over all elements, for example to average integers as floats. `None` if
    /// there are no elements.
    ///
    /// # Cost
    ///
    /// One call of `f` per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// // The fraction of elements above 2.
    /// let view = View::from_slice([4], &[1, 2, 3, 4])?;
    /// assert_eq!(view.mean_of(|&x| if x > 2 { 1.0 } else { 0.0 }), Some(0.5));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "average")]
    pub fn mean_of<F: Floating>(&self, f: impl Fn(&T) -> F) -> Option<F> {
        if self.layout.is_empty() { None } else { Some(self.sum_of(f) / float(self.layout.len())) }
    }

    /// Computes the variance: the sum of the squared distances from the [mean](Self::mean), divided
    /// by the number of elements minus `ddof`. `None` unless there are more than `ddof` elements.
    ///
    /// `ddof` is `NumPy`'s name for "delta degrees of freedom". With 0, the result is the variance
    /// of these elements. With 1, it is an unbiased estimate of the variance of the population from
    /// which the elements are sampled.
    ///
    /// # Cost
    ///
    /// O(1) per element, which is read twice. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let view = View::from_slice([4], &[1.0, 3.0, 5.0, 7.0])?;
    /// assert_eq!(view.var(0), Some(5.0));
    /// assert_eq!(view.var(1), Some(20.0 / 3.0));
    /// assert_eq!(view.var(4), None);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "variance")]
    pub fn var(&self, ddof: usize) -> Option<T>
    where
        T: Floating,
    {
        let freedom = self.layout.len().checked_sub(ddof).filter(|&freedom| freedom > 0)?;
        let mean = self.mean()?;
        Some(self.sum_of(|&x| (x - mean) * (x - mean)) / float(freedom))
    }

    /// Computes the standard deviation: the square root of the [variance](Self::var). `None` unless
    /// there are more than `ddof` elements.
    ///
    /// # Cost
    ///
    /// As [`var`](Self::var).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let view = View::from_slice([4], &[2.0, 4.0, 4.0, 6.0])?;
    /// assert_eq!(view.std(0), Some(2.0_f64.sqrt()));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[cfg(any(feature = "std", feature = "libm"))]
    #[must_use]
    #[doc(alias("std_dev", "standard_deviation"))]
    pub fn std(&self, ddof: usize) -> Option<T>
    where
        T: num_traits::Float,
    {
        self.var(ddof).map(T::sqrt)
    }
}

/// # Means and variances along an axis
///
/// See [`sum_axis`](Self::sum_axis) for the shape of the result and the cost.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Averages the elements along an axis.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_mean_axis`](Self::try_mean_axis) returns the error.
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
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.view::<2>().mean_axis(Axis(0)).as_slice(), [2.0, 4.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "average")]
    pub fn mean_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Floating,
    {
        self.mean_axis_of(axis, T::clone)
    }

    /// Averages the elements along an axis like [`mean_axis`](Self::mean_axis), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::OnlyAxis`], [`AccessError::TooShort`] or
    /// [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let empty = GrowableNd::<f64>::new([3]);
    /// let error = empty.view::<2>().try_mean_axis(Axis(0)).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 0, expected at least 1");
    /// ```
    pub fn try_mean_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Floating,
    {
        self.try_mean_axis_of(axis, T::clone)
    }

    /// Averages `f(x)` along an axis, for example to average integers as floats.
    ///
    /// # Panics
    ///
    /// As [`mean_axis`](Self::mean_axis), and if `f` panics.
    /// [`try_mean_axis_of`](Self::try_mean_axis_of) returns the error.
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
    /// // The mean of two images of two pixels.
    /// let images = GrowableNd::from([[0_u8, 255], [255, 255]]);
    /// let mean = images.view::<2>().mean_axis_of(Axis(0), |&x| f64::from(x));
    /// assert_eq!(mean.as_slice(), [127.5, 255.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "average")]
    pub fn mean_axis_of<F: Floating>(&self, axis: Axis, f: impl Fn(&T) -> F) -> GrowableNd<F> {
        or_panic(self.along(axis).and_then(|along| means(&along, f))).into_array()
    }

    /// Averages `f(x)` along an axis like [`mean_axis_of`](Self::mean_axis_of), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_mean_axis`](Self::try_mean_axis).
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
    /// assert!(array.view::<2>().try_mean_axis_of(Axis(2), |&x| f64::from(x)).is_err());
    /// ```
    pub fn try_mean_axis_of<F: Floating>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> F,
    ) -> Result<GrowableNd<F>, Error> {
        Ok(means(&self.along(axis)?, f)?.into_array())
    }

    /// Computes the variance along an axis, see [`var`](Self::var).
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has at most `ddof` indices, or if an
    /// allocation fails. [`try_var_axis`](Self::try_var_axis) returns the error.
    ///
    /// # Cost
    ///
    /// O(1) per element, which is read twice. Allocates as [`sum_axis`](Self::sum_axis), and during
    /// the operation one more block for the means.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.view::<2>().var_axis(Axis(0), 1).as_slice(), [2.0, 8.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "variance")]
    pub fn var_axis(&self, axis: Axis, ddof: usize) -> GrowableNd<T>
    where
        T: Floating,
    {
        or_panic(self.along(axis).and_then(|along| variances(&along, ddof))).into_array()
    }

    /// Computes the variance along an axis like [`var_axis`](Self::var_axis), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::OnlyAxis`], [`AccessError::TooShort`] or
    /// [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// let error = array.view::<2>().try_var_axis(Axis(0), 2).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 2, expected at least 3");
    /// ```
    pub fn try_var_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error>
    where
        T: Floating,
    {
        Ok(variances(&self.along(axis)?, ddof)?.into_array())
    }

    /// Computes the standard deviation along an axis: the square root of the
    /// [variance](Self::var_axis).
    ///
    /// # Panics
    ///
    /// As [`var_axis`](Self::var_axis). [`try_std_axis`](Self::try_std_axis) returns the error.
    ///
    /// # Cost
    ///
    /// As [`var_axis`](Self::var_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.view::<2>().std_axis(Axis(0), 0).as_slice(), [1.0, 2.0]);
    /// ```
    #[cfg(any(feature = "std", feature = "libm"))]
    #[must_use]
    #[track_caller]
    #[doc(alias("std_dev", "standard_deviation"))]
    pub fn std_axis(&self, axis: Axis, ddof: usize) -> GrowableNd<T>
    where
        T: num_traits::Float,
    {
        or_panic(self.along(axis).and_then(|along| deviations(&along, ddof))).into_array()
    }

    /// Computes the standard deviation along an axis like [`std_axis`](Self::std_axis), or returns
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_var_axis`](Self::try_var_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert!(array.view::<2>().try_std_axis(Axis(0), 2).is_err());
    /// ```
    #[cfg(any(feature = "std", feature = "libm"))]
    pub fn try_std_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error>
    where
        T: num_traits::Float,
    {
        Ok(deviations(&self.along(axis)?, ddof)?.into_array())
    }
}

/// # Means and variances
///
/// See [`Strided::mean`].
impl<T> GrowableNd<T> {
    /// Averages all elements, see [`Strided::mean`]. `None` if there are no elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.mean(), Some(3.0));
    /// ```
    #[must_use]
    #[doc(alias = "average")]
    pub fn mean(&self) -> Option<T>
    where
        T: Floating,
    {
        self.line().mean()
    }

    /// Averages `f(x)` over all elements, see [`Strided::mean_of`]. `None` if there are no
    /// elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let pixels = GrowableNd::from([[0_u8, 255], [255, 255]]);
    /// assert_eq!(pixels.mean_of(|&x| f64::from(x)), Some(191.25));
    /// ```
    #[must_use]
    #[doc(alias = "average")]
    pub fn mean_of<F: Floating>(&self, f: impl Fn(&T) -> F) -> Option<F> {
        self.line().mean_of(f)
    }

    /// Computes the variance of all elements, see [`Strided::var`]. `None` unless there are more
    /// than `ddof` elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.var(0), Some(3.5));
    /// ```
    #[must_use]
    #[doc(alias = "variance")]
    pub fn var(&self, ddof: usize) -> Option<T>
    where
        T: Floating,
    {
        self.line().var(ddof)
    }

    /// Computes the standard deviation of all elements, see [`Strided::std`]. `None` unless there
    /// are more than `ddof` elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.std(0), Some(3.5_f64.sqrt()));
    /// ```
    #[cfg(any(feature = "std", feature = "libm"))]
    #[must_use]
    #[doc(alias("std_dev", "standard_deviation"))]
    pub fn std(&self, ddof: usize) -> Option<T>
    where
        T: num_traits::Float,
    {
        self.line().std(ddof)
    }
}

/// # Means and variances along an axis
///
/// See [`Strided::mean_axis`].
impl<T> GrowableNd<T> {
    /// Averages the elements along an axis, see [`Strided::mean_axis`].
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_mean_axis`](Self::try_mean_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.mean_axis(Axis(0)).as_slice(), [2.0, 4.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "average")]
    pub fn mean_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Floating,
    {
        self.mean_axis_of(axis, T::clone)
    }

    /// Averages the elements along an axis like [`mean_axis`](Self::mean_axis), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::OnlyAxis`], [`AccessError::TooShort`] or
    /// [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let empty = GrowableNd::<f64>::new([3]);
    /// let error = empty.try_mean_axis(Axis(0)).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 0, expected at least 1");
    /// ```
    pub fn try_mean_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Floating,
    {
        self.try_mean_axis_of(axis, T::clone)
    }

    /// Averages `f(x)` along an axis, for example to average integers as floats, see
    /// [`Strided::mean_axis_of`].
    ///
    /// # Panics
    ///
    /// As [`mean_axis`](Self::mean_axis), and if `f` panics.
    /// [`try_mean_axis_of`](Self::try_mean_axis_of) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// // The mean of two images of two pixels.
    /// let images = GrowableNd::from([[0_u8, 255], [255, 255]]);
    /// let mean = images.mean_axis_of(Axis(0), |&x| f64::from(x));
    /// assert_eq!(mean.as_slice(), [127.5, 255.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "average")]
    pub fn mean_axis_of<F: Floating>(&self, axis: Axis, f: impl Fn(&T) -> F) -> GrowableNd<F> {
        or_panic(self.along(axis).and_then(|along| means(&along, f))).into_array()
    }

    /// Averages `f(x)` along an axis like [`mean_axis_of`](Self::mean_axis_of), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_mean_axis`](Self::try_mean_axis).
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
    /// assert!(array.try_mean_axis_of(Axis(2), |&x| f64::from(x)).is_err());
    /// ```
    pub fn try_mean_axis_of<F: Floating>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> F,
    ) -> Result<GrowableNd<F>, Error> {
        Ok(means(&self.along(axis)?, f)?.into_array())
    }

    /// Computes the variance along an axis, see [`Strided::var_axis`].
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has at most `ddof` indices, or if an
    /// allocation fails. [`try_var_axis`](Self::try_var_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.var_axis(Axis(0), 1).as_slice(), [2.0, 8.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "variance")]
    pub fn var_axis(&self, axis: Axis, ddof: usize) -> GrowableNd<T>
    where
        T: Floating,
    {
        or_panic(self.along(axis).and_then(|along| variances(&along, ddof))).into_array()
    }

    /// Computes the variance along an axis like [`var_axis`](Self::var_axis), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::OnlyAxis`], [`AccessError::TooShort`] or
    /// [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// let error = array.try_var_axis(Axis(0), 2).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 2, expected at least 3");
    /// ```
    pub fn try_var_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error>
    where
        T: Floating,
    {
        Ok(variances(&self.along(axis)?, ddof)?.into_array())
    }

    /// Computes the standard deviation along an axis: the square root of the
    /// [variance](Self::var_axis), see [`Strided::std_axis`].
    ///
    /// # Panics
    ///
    /// As [`var_axis`](Self::var_axis). [`try_std_axis`](Self::try_std_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.std_axis(Axis(0), 0).as_slice(), [1.0, 2.0]);
    /// ```
    #[cfg(any(feature = "std", feature = "libm"))]
    #[must_use]
    #[track_caller]
    #[doc(alias("std_dev", "standard_deviation"))]
    pub fn std_axis(&self, axis: Axis, ddof: usize) -> GrowableNd<T>
    where
        T: num_traits::Float,
    {
        or_panic(self.along(axis).and_then(|along| deviations(&along, ddof))).into_array()
    }

    /// Computes the standard deviation along an axis like [`std_axis`](Self::std_axis), or returns
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_var_axis`](Self::try_var_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert!(array.try_std_axis(Axis(0), 2).is_err());
    /// ```
    #[cfg(any(feature = "std", feature = "libm"))]
    pub fn try_std_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error>
    where
        T: num_traits::Float,
    {
        Ok(deviations(&self.along(axis)?, ddof)?.into_array())
    }
}

/// Computes the means of `f(x)` along an axis.
#[inline]
fn means<'a, T, F: Floating, const N: usize>(
    along: &Along<'a, T, N>,
    f: impl Fn(&T) -> F,
) -> Result<WithoutAxis<'a, F>, Error> {
    let count = along.check_len(1)?;
    let mut means = along.sum(f)?;
    divide(&mut means.elements, count);
    Ok(means)
}

/// Computes the variances along an axis.
fn variances<'a, T: Floating, const N: usize>(
    along: &Along<'a, T, N>,
    ddof: usize,
) -> Result<WithoutAxis<'a, T>, Error> {
    let count = along.check_len(ddof.saturating_add(1))?;
    let means = means(along, T::clone)?;
    let mut variances = along.sum_with(&means.elements, |&x, &mean| (x - mean) * (x - mean))?;
    divide(&mut variances.elements, count - ddof);
    Ok(variances)
}

/// Computes the square roots of the variances along an axis.
#[cfg(any(feature = "std", feature = "libm"))]
fn deviations<'a, T: num_traits::Float, const N: usize>(
    along: &Along<'a, T, N>,
    ddof: usize,
) -> Result<WithoutAxis<'a, T>, Error> {
    let mut deviations = variances(along, ddof)?;
    deviations.elements.iter_mut().for_each(|x| *x = x.sqrt());
    Ok(deviations)
}

pub(super) fn divide<T: Floating>(sums: &mut [T], count: usize) {
    let count = float(count);
    sums.iter_mut().for_each(|sum| *sum = *sum / count);
}

/// Converts a count to a float, rounded.
fn float<T: Floating>(count: usize) -> T {
    let Some(float) = <T as NumCast>::from(count) else {
        panic!("the number of elements, {count}, cannot be converted to the type of the mean")
    };
    float
}

#[cfg(all(test, any(feature = "std", feature = "libm")))]
mod tests {
    use super::*;

    /// In this crate, since tests without `std` run its unit tests only.
    #[test]
    fn spread_of_a_few_numbers() {
        let x = GrowableNd::from([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!((x.mean(), x.var(0), x.std(0)), (Some(5.0), Some(4.0), Some(2.0)));
    }
}
