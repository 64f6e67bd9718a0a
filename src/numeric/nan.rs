//! Reductions that skip NaN: sums, means, minima and maxima, of all elements and along one axis.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::without_axis::WithoutAxis;
use crate::kernels::best::best_number;
use crate::kernels::find::is_nan;
use crate::kernels::reduce::{Reduction, reduce};
use crate::layout::Layout;
#[cfg(doc)]
use crate::layout::error::AccessError;
use crate::numeric::along::Along;
use crate::numeric::means::Floating;
use crate::panicking::or_panic;
use crate::view::{Axis, Strided};
use core::ops::Deref;
use num_traits::Zero;

/// Maximum length of a slice that is added one by one.
const FEW: usize = 8;

/// Maximum length of a slice that is read twice: it is still in the nearest cache the second time.
const NEAR: usize = 2048;

/// # Reductions that skip NaN
///
/// NaN is an element that differs from itself: `x != x`. The other elements are reduced as by the
/// methods that propagate NaN, with the rounding bound of [`sum`](Self::sum).
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Sums all elements that are not NaN. Zero if there are none.
    ///
    /// # Cost
    ///
    /// O(1) per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let view = View::from_slice([4], &[1.0, f64::NAN, 3.0, f64::NAN])?;
    /// assert_eq!(view.nan_sum(), 4.0);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "nansum")]
    #[inline]
    pub fn nan_sum(&self) -> T
    where
        T: Clone + Zero + PartialEq,
    {
        self.sum_of(or_zero)
    }

    /// Averages all elements that are not NaN. `None` if there are none.
    ///
    /// # Cost
    ///
    /// O(1) per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let view = View::from_slice([4], &[1.0, f64::NAN, 3.0, f64::NAN])?;
    /// assert_eq!(view.nan_mean(), Some(2.0));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "nanmean")]
    pub fn nan_mean(&self) -> Option<T>
    where
        T: Floating,
    {
        let (sum, count) = match self.in_memory_order() {
            Some(elements) => sum_and_count(elements),
            None => (self.sum_of(or_zero), self.sum_of(one_or_zero)),
        };
        (count > T::zero()).then(|| sum / count)
    }

    /// Returns the minimum of all elements that are not NaN. `None` if there are none.
    ///
    /// # Cost
    ///
    /// O(1) per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let view = View::from_slice([4], &[1.0, f64::NAN, 3.0, f64::NAN])?;
    /// assert_eq!(view.nan_min(), Some(1.0));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "nanmin")]
    #[inline]
    pub fn nan_min(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.select_number(T::lt)
    }

    /// Returns the maximum of all elements that are not NaN. `None` if there are none.
    ///
    /// # Cost
    ///
    /// O(1) per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let view = View::from_slice([4], &[1.0, f64::NAN, 3.0, f64::NAN])?;
    /// assert_eq!(view.nan_max(), Some(3.0));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "nanmax")]
    #[inline]
    pub fn nan_max(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.select_number(T::gt)
    }

    /// Selects the number that beats all others.
    #[inline]
    fn select_number(&self, beats: impl Fn(&T, &T) -> bool) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        if let Some(line) = self.in_memory_order() {
            return best_number(line, beats);
        }
        let first = self.as_view().iter().find(|element| !is_nan(*element))?;
        // Replaces NaN by a number that is already an element, which changes nothing.
        let map = |x: &T, &(): &()| if is_nan(x) { first.clone() } else { x.clone() };
        let op = |a: T, b: T| if beats(&b, &a) { b } else { a };
        let reduction = Reduction { identity: first.clone(), map, op };
        Some(reduce(&self.data, &self.layout, &reduction))
    }
}

/// # Reductions along an axis that skip NaN
///
/// See [`sum_axis`](Self::sum_axis) for the shape of the result and the cost.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Sums the elements that are not NaN along an axis. Zero where all are NaN.
    ///
    /// # Panics
    ///
    /// If the axis does not exist or is the only one, or if an allocation fails.
    /// [`try_nan_sum_axis`](Self::try_nan_sum_axis) returns the error.
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert_eq!(array.view::<2>().nan_sum_axis(Axis(0)).as_slice(), [4.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "nansum")]
    pub fn nan_sum_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + Zero + PartialEq,
    {
        or_panic(self.along(axis).and_then(|along| along.sum(or_zero))).into_array()
    }

    /// Sums the elements along an axis like [`nan_sum_axis`](Self::nan_sum_axis), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::OnlyAxis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert!(array.view::<2>().try_nan_sum_axis(Axis(2)).is_err());
    /// ```
    pub fn try_nan_sum_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero + PartialEq,
    {
        Ok(self.along(axis)?.sum(or_zero)?.into_array())
    }

    /// Averages the elements that are not NaN along an axis. NaN where all are NaN.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_nan_mean_axis`](Self::try_nan_mean_axis) returns the error.
    ///
    /// # Cost
    ///
    /// O(1) per element, which is read twice. During the operation one more block, with a number
    /// for each element of the result.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert_eq!(array.view::<2>().nan_mean_axis(Axis(0)).as_slice(), [2.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "nanmean")]
    pub fn nan_mean_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Floating,
    {
        or_panic(self.along(axis).and_then(|along| means(&along))).into_array()
    }

    /// Averages the elements along an axis like [`nan_mean_axis`](Self::nan_mean_axis), or returns
    /// an error instead of panicking.
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert!(array.view::<2>().try_nan_mean_axis(Axis(2)).is_err());
    /// ```
    pub fn try_nan_mean_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Floating,
    {
        Ok(means(&self.along(axis)?)?.into_array())
    }

    /// Returns the minimum along an axis of the elements that are not NaN. NaN where all are NaN.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_nan_min_axis`](Self::try_nan_min_axis) returns the error.
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert_eq!(array.view::<2>().nan_min_axis(Axis(0)).as_slice(), [1.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "nanmin")]
    pub fn nan_min_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.select(minimum))).into_array()
    }

    /// Returns the minimum along an axis like [`nan_min_axis`](Self::nan_min_axis), or an error
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert!(array.view::<2>().try_nan_min_axis(Axis(2)).is_err());
    /// ```
    pub fn try_nan_min_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.select(minimum)?.into_array())
    }

    /// Returns the maximum along an axis of the elements that are not NaN. NaN where all are NaN.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_nan_max_axis`](Self::try_nan_max_axis) returns the error.
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert_eq!(array.view::<2>().nan_max_axis(Axis(0)).as_slice(), [3.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "nanmax")]
    pub fn nan_max_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.select(maximum))).into_array()
    }

    /// Returns the maximum along an axis like [`nan_max_axis`](Self::nan_max_axis), or an error
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert!(array.view::<2>().try_nan_max_axis(Axis(2)).is_err());
    /// ```
    pub fn try_nan_max_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.select(maximum)?.into_array())
    }
}

/// # Reductions that skip NaN
///
/// See [`Strided::nan_sum`].
impl<T> GrowableNd<T> {
    /// Sums all elements that are not NaN, see [`Strided::nan_sum`]. Zero if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([1.0, f64::NAN, 3.0, f64::NAN]);
    /// assert_eq!(array.nan_sum(), 4.0);
    /// ```
    #[must_use]
    #[doc(alias = "nansum")]
    #[inline]
    pub fn nan_sum(&self) -> T
    where
        T: Clone + Zero + PartialEq,
    {
        self.line().nan_sum()
    }

    /// Averages all elements that are not NaN, see [`Strided::nan_mean`]. `None` if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([1.0, f64::NAN, 3.0, f64::NAN]);
    /// assert_eq!(array.nan_mean(), Some(2.0));
    /// ```
    #[must_use]
    #[doc(alias = "nanmean")]
    pub fn nan_mean(&self) -> Option<T>
    where
        T: Floating,
    {
        self.line().nan_mean()
    }

    /// Returns the minimum of all elements that are not NaN, see [`Strided::nan_min`]. `None` if
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([1.0, f64::NAN, 3.0, f64::NAN]);
    /// assert_eq!(array.nan_min(), Some(1.0));
    /// ```
    #[must_use]
    #[doc(alias = "nanmin")]
    #[inline]
    pub fn nan_min(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.line().nan_min()
    }

    /// Returns the maximum of all elements that are not NaN, see [`Strided::nan_max`]. `None` if
    /// there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([1.0, f64::NAN, 3.0, f64::NAN]);
    /// assert_eq!(array.nan_max(), Some(3.0));
    /// ```
    #[must_use]
    #[doc(alias = "nanmax")]
    #[inline]
    pub fn nan_max(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.line().nan_max()
    }
}

/// # Reductions along an axis that skip NaN
///
/// See [`Strided::nan_sum_axis`].
impl<T> GrowableNd<T> {
    /// Sums the elements that are not NaN along an axis, see [`Strided::nan_sum_axis`]. Zero where
    /// all are NaN.
    ///
    /// # Panics
    ///
    /// If the axis does not exist or is the only one, or if an allocation fails.
    /// [`try_nan_sum_axis`](Self::try_nan_sum_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert_eq!(array.nan_sum_axis(Axis(0)).as_slice(), [4.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "nansum")]
    pub fn nan_sum_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + Zero + PartialEq,
    {
        or_panic(self.along(axis).and_then(|along| along.sum(or_zero))).into_array()
    }

    /// Sums the elements along an axis like [`nan_sum_axis`](Self::nan_sum_axis), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::OnlyAxis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert!(array.try_nan_sum_axis(Axis(2)).is_err());
    /// ```
    pub fn try_nan_sum_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero + PartialEq,
    {
        Ok(self.along(axis)?.sum(or_zero)?.into_array())
    }

    /// Averages the elements that are not NaN along an axis, see [`Strided::nan_mean_axis`]. NaN
    /// where all are NaN.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_nan_mean_axis`](Self::try_nan_mean_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert_eq!(array.nan_mean_axis(Axis(0)).as_slice(), [2.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "nanmean")]
    pub fn nan_mean_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Floating,
    {
        or_panic(self.along(axis).and_then(|along| means(&along))).into_array()
    }

    /// Averages the elements along an axis like [`nan_mean_axis`](Self::nan_mean_axis), or returns
    /// an error instead of panicking.
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert!(array.try_nan_mean_axis(Axis(2)).is_err());
    /// ```
    pub fn try_nan_mean_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Floating,
    {
        Ok(means(&self.along(axis)?)?.into_array())
    }

    /// Returns the minimum along an axis of the elements that are not NaN, see
    /// [`Strided::nan_min_axis`]. NaN where all are NaN.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_nan_min_axis`](Self::try_nan_min_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert_eq!(array.nan_min_axis(Axis(0)).as_slice(), [1.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "nanmin")]
    pub fn nan_min_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.select(minimum))).into_array()
    }

    /// Returns the minimum along an axis like [`nan_min_axis`](Self::nan_min_axis), or an error
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert!(array.try_nan_min_axis(Axis(2)).is_err());
    /// ```
    pub fn try_nan_min_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.select(minimum)?.into_array())
    }

    /// Returns the maximum along an axis of the elements that are not NaN, see
    /// [`Strided::nan_max_axis`]. NaN where all are NaN.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_nan_max_axis`](Self::try_nan_max_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert_eq!(array.nan_max_axis(Axis(0)).as_slice(), [3.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "nanmax")]
    pub fn nan_max_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.select(maximum))).into_array()
    }

    /// Returns the maximum along an axis like [`nan_max_axis`](Self::nan_max_axis), or an error
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
    /// let array = GrowableNd::from([[1.0, f64::NAN], [3.0, 2.0]]);
    /// assert!(array.try_nan_max_axis(Axis(2)).is_err());
    /// ```
    pub fn try_nan_max_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.select(maximum)?.into_array())
    }
}

/// Returns the element, or zero for NaN.
#[inline]
fn or_zero<T: Clone + Zero + PartialEq>(element: &T) -> T {
    if is_nan(element) { T::zero() } else { element.clone() }
}

/// Returns one, or zero for NaN.
#[inline]
fn one_or_zero<T: Floating>(element: &T) -> T {
    if is_nan(element) { T::zero() } else { T::one() }
}

/// Returns the sum and the count of the elements of a slice that are not NaN.
// The count is a float, exact in `f32` up to 2²⁴: a vector register holds as many counts as
// elements.
#[inline]
fn sum_and_count<T: Floating>(elements: &[T]) -> (T, T) {
    if elements.len() > FEW {
        return sum_and_count_many(elements);
    }
    let add = |total: (T, T), x: &T| (total.0 + or_zero(x), total.1 + one_or_zero(x));
    elements.iter().fold((T::zero(), T::zero()), add)
}

fn sum_and_count_many<T: Floating>(elements: &[T]) -> (T, T) {
    if elements.len() <= NEAR {
        let line = Strided { data: elements, layout: Layout::row_major_within([elements.len()]) };
        return (line.sum_of(or_zero), line.sum_of(one_or_zero));
    }
    let (front, back) = elements.split_at(elements.len() / 2);
    let (front, back) = (sum_and_count_many(front), sum_and_count_many(back));
    (front.0 + back.0, front.1 + back.1)
}

/// Computes the means along an axis.
fn means<'a, T: Floating, const N: usize>(along: &Along<'a, T, N>) -> Result<WithoutAxis<'a, T>, Error> {
    along.check_len(1)?;
    let mut means = along.sum(or_zero)?;
    let counts = along.sum(one_or_zero)?;
    means.elements.iter_mut().zip(&counts.elements).for_each(|(mean, &count)| *mean = *mean / count);
    Ok(means)
}

/// Returns the minimum of two: NaN only if both are.
// Two selections. The first is a single instruction for floats.
#[inline]
fn minimum<T: Clone + PartialOrd>(a: T, b: T) -> T {
    let (skipped, smaller) = (is_nan(&a), if b < a { b.clone() } else { a });
    if skipped { b } else { smaller }
}

/// Returns the maximum of two: NaN only if both are.
#[inline]
fn maximum<T: Clone + PartialOrd>(a: T, b: T) -> T {
    let (skipped, larger) = (is_nan(&a), if b > a { b.clone() } else { a });
    if skipped { b } else { larger }
}
