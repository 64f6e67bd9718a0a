//! Minima and maxima, and their indices: of all elements, and along one axis.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::best::best_of;
use crate::kernels::find::{find_in_line, is_nan, place_of};
use crate::kernels::reduce::{Reduction, SHORT, reduce};
use crate::layout::error::AccessError;
use crate::layout::indices::Indices;
use crate::panicking::or_panic;
use crate::view::{Axis, Strided};
use core::ops::Deref;

/// # Minima and maxima
///
/// Elements may be of any ordered type.
///
/// NaN propagates, as in `NumPy`: if any element is NaN, the minimum and the maximum are NaN, and
/// their index is that of the first NaN.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Returns the minimum, or NaN if there is one. `None` if there are no elements.
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
    /// assert_eq!(View::from_slice([3], &[3.0, 1.0, 2.0])?.min(), Some(1.0));
    /// assert!(View::from_slice([3], &[3.0, f64::NAN, 2.0])?.min().is_some_and(f64::is_nan));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "amin")]
    #[inline(always)]
    pub fn min(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.select(keeps_minimum, T::lt)
    }

    /// Returns the maximum, or NaN if there is one. `None` if there are no elements.
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
    /// assert_eq!(View::from_slice([3], &[2, 3, 1])?.max(), Some(3));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "amax")]
    #[inline(always)]
    pub fn max(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.select(keeps_maximum, T::gt)
    }

    /// Returns the index of the minimum, or of NaN if there is one. If there are several, it is the
    /// first in row-major order. `None` if there are no elements.
    ///
    /// # Cost
    ///
    /// O(1) per element, which is read at most twice. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.view().argmin(), Some([0, 1]));
    /// ```
    #[must_use]
    pub fn argmin(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.find(keeps_minimum, T::lt)
    }

    /// Returns the index of the maximum, or of NaN if there is one. If there are several, it is the
    /// first in row-major order. `None` if there are no elements.
    ///
    /// # Cost
    ///
    /// O(1) per element, which is read at most twice. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [4, 3]]);
    /// assert_eq!(array.view().argmax(), Some([1, 0]));
    /// ```
    #[must_use]
    pub fn argmax(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.find(keeps_maximum, T::gt)
    }

    /// Selects the best element. `keeps(a, b)` tells whether the best element so far remains `a`
    /// after a comparison with `b`. `beats(a, b)` tells whether `a` is better than `b`; it is false
    /// if one of the two is NaN.
    #[inline(always)]
    fn select(&self, keeps: impl Fn(&T, &T) -> bool, beats: impl Fn(&T, &T) -> bool) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        if self.layout.len() >= SHORT {
            if let Some(line) = self.in_memory_order() {
                return best_of(line, beats);
            }
        }
        // Combining an element twice changes nothing.
        let identity = self.data.get(self.layout.offset()).filter(|_| !self.layout.is_empty())?.clone();
        let op = |a: T, b: T| if keeps(&a, &b) { a } else { b };
        let reduction = Reduction { identity, map: |x: &T, &(): &()| x.clone(), op };
        Some(reduce(&self.data, &self.layout, &reduction))
    }

    /// Returns all elements as a slice, if they are contiguous in any order.
    #[inline]
    pub(super) fn in_memory_order(&self) -> Option<&[T]> {
        if self.layout.is_contiguous() {
            return Some(&self.data[self.layout.offset()..][..self.layout.len()]);
        }
        let ordered = self.layout.memory_order();
        ordered.is_contiguous().then(|| &self.data[ordered.offset()..][..ordered.len()])
    }

    /// Finds the index of the first element that equals the result of `select`.
    #[inline]
    fn find(&self, keeps: impl Fn(&T, &T) -> bool, beats: impl Fn(&T, &T) -> bool) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        let place = match self.as_view().as_slice() {
            Some([]) => None,
            Some(line) if line.len() < SHORT => Some(find_in_line(line, &keeps)),
            Some(line) => place_of(line, &best_of(line, beats)?),
            None => {
                let selected = self.select(keeps, beats)?;
                let mut elements = self.as_view().iter();
                if is_nan(&selected) {
                    elements.position(is_nan)
                } else {
                    elements.position(|element| *element == selected)
                }
            }
        };
        Indices::new(*self.layout.shape()).nth(place?)
    }
}

/// # Minima and maxima along an axis
///
/// Elements may be of any ordered type. See [`sum_axis`](Self::sum_axis) for the shape of the
/// result and the cost.
///
/// NaN propagates: where any element along the axis is NaN, the minimum and the maximum are NaN,
/// and their index is that of the first NaN.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Returns the minimum along an axis, or NaN where there is one.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_min_axis`](Self::try_min_axis) returns the error.
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
    /// let array = GrowableNd::from([[1.0, 5.0], [4.0, 2.0]]);
    /// assert_eq!(array.view::<2>().min_axis(Axis(0)).as_slice(), [1.0, 2.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "amin")]
    pub fn min_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.select(minimum))).into_array()
    }

    /// Returns the minimum along an axis like [`min_axis`](Self::min_axis), or an error instead of
    /// panicking.
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
    /// let error = empty.view::<2>().try_min_axis(Axis(0)).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 0, expected at least 1");
    /// ```
    pub fn try_min_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.select(minimum)?.into_array())
    }

    /// Returns the maximum along an axis, or NaN where there is one.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_max_axis`](Self::try_max_axis) returns the error.
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
    /// let array = GrowableNd::from([[1.0, 5.0], [4.0, 2.0]]);
    /// assert_eq!(array.view::<2>().max_axis(Axis(1)).as_slice(), [5.0, 4.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "amax")]
    pub fn max_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.select(maximum))).into_array()
    }

    /// Returns the maximum along an axis like [`max_axis`](Self::max_axis), or an error instead of
    /// panicking.
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
    /// let error = empty.view::<2>().try_max_axis(Axis(0)).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 0, expected at least 1");
    /// ```
    pub fn try_max_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.select(maximum)?.into_array())
    }

    /// Returns the index of the minimum along an axis, or of NaN where there is one. If there are
    /// several, it is the first.
    ///
    /// # Panics
    ///
    /// As [`min_axis`](Self::min_axis). [`try_argmin_axis`](Self::try_argmin_axis) returns the
    /// error.
    ///
    /// # Cost
    ///
    /// O(1) per element, and one allocation for the result. During the reduction at most one more
    /// block, with a clone of an element for each element of the result.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 5.0], [4.0, 2.0]]);
    /// assert_eq!(array.view::<2>().argmin_axis(Axis(0)).as_slice(), [0, 1]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "argmin")]
    pub fn argmin_axis(&self, axis: Axis) -> GrowableNd<usize>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.find(keeps_minimum))).into_array()
    }

    /// Returns the index of the minimum along an axis like [`argmin_axis`](Self::argmin_axis), or
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_min_axis`](Self::try_min_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.view::<2>().try_argmin_axis(Axis(2)).is_err());
    /// ```
    pub fn try_argmin_axis(&self, axis: Axis) -> Result<GrowableNd<usize>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.find(keeps_minimum)?.into_array())
    }

    /// Returns the index of the maximum along an axis, or of NaN where there is one. If there are
    /// several, it is the first.
    ///
    /// # Panics
    ///
    /// As [`max_axis`](Self::max_axis). [`try_argmax_axis`](Self::try_argmax_axis) returns the
    /// error.
    ///
    /// # Cost
    ///
    /// O(1) per element, and one allocation for the result. During the reduction at most one more
    /// block, with a clone of an element for each element of the result.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 5.0], [4.0, 2.0]]);
    /// assert_eq!(array.view::<2>().argmax_axis(Axis(1)).as_slice(), [1, 0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "argmax")]
    pub fn argmax_axis(&self, axis: Axis) -> GrowableNd<usize>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.find(keeps_maximum))).into_array()
    }

    /// Returns the index of the maximum along an axis like [`argmax_axis`](Self::argmax_axis), or
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_max_axis`](Self::try_max_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.view::<2>().try_argmax_axis(Axis(2)).is_err());
    /// ```
    pub fn try_argmax_axis(&self, axis: Axis) -> Result<GrowableNd<usize>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.find(keeps_maximum)?.into_array())
    }
}

/// # Minima and maxima
///
/// See [`Strided::min`].
impl<T> GrowableNd<T> {
    /// Returns the minimum, or NaN if there is one, see [`Strided::min`]. `None` if there are no
    /// elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.min(), Some(1));
    /// ```
    #[must_use]
    #[doc(alias = "amin")]
    pub fn min(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.line().min()
    }

    /// Returns the maximum, or NaN if there is one, see [`Strided::max`]. `None` if there are no
    /// elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.max(), Some(6));
    /// ```
    #[must_use]
    #[doc(alias = "amax")]
    pub fn max(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.line().max()
    }

    /// Returns the index of the minimum, see [`Strided::argmin`]. `None` if there are no elements.
    ///
    /// `N` is the number of axes of the array.
    ///
    /// # Panics
    ///
    /// If the array does not have `N` axes; [`try_argmin`](Self::try_argmin) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.argmin(), Some([0, 1]));
    /// println!("{:?}", array.argmin::<2>()); // where nothing else determines `N`
    /// ```
    #[must_use]
    #[track_caller]
    pub fn argmin<const N: usize>(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.view().argmin()
    }

    /// Returns the index of the minimum like [`argmin`](Self::argmin), or an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Rank`] if the array does not have `N` axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.try_argmin(), Ok(Some([0, 1])));
    /// assert!(array.try_argmin::<3>().is_err());
    /// ```
    pub fn try_argmin<const N: usize>(&self) -> Result<Option<[usize; N]>, AccessError>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.try_view()?.argmin())
    }

    /// Returns the index of the maximum, see [`Strided::argmax`]. `None` if there are no elements.
    ///
    /// `N` is the number of axes of the array.
    ///
    /// # Panics
    ///
    /// If the array does not have `N` axes; [`try_argmax`](Self::try_argmax) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.argmax(), Some([0, 0]));
    /// ```
    #[must_use]
    #[track_caller]
    pub fn argmax<const N: usize>(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.view().argmax()
    }

    /// Returns the index of the maximum like [`argmax`](Self::argmax), or an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Rank`] if the array does not have `N` axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.try_argmax(), Ok(Some([0, 0])));
    /// assert!(array.try_argmax::<3>().is_err());
    /// ```
    pub fn try_argmax<const N: usize>(&self) -> Result<Option<[usize; N]>, AccessError>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.try_view()?.argmax())
    }
}

/// # Minima and maxima along an axis
///
/// See [`Strided::min_axis`].
impl<T> GrowableNd<T> {
    /// Returns the minimum along an axis, see [`Strided::min_axis`].
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_min_axis`](Self::try_min_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.min_axis(Axis(1)).as_slice(), [1, 4]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "amin")]
    pub fn min_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.select(minimum))).into_array()
    }

    /// Returns the minimum along an axis like [`min_axis`](Self::min_axis), or an error instead of
    /// panicking.
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
    /// let error = empty.try_min_axis(Axis(0)).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 0, expected at least 1");
    /// ```
    pub fn try_min_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.select(minimum)?.into_array())
    }

    /// Returns the maximum along an axis, see [`Strided::max_axis`].
    ///
    /// # Panics
    ///
    /// If the axis does not exist, is the only one, or has no indices, or if an allocation fails.
    /// [`try_max_axis`](Self::try_max_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.max_axis(Axis(0)).as_slice(), [4, 5, 6]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "amax")]
    pub fn max_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.select(maximum))).into_array()
    }

    /// Returns the maximum along an axis like [`max_axis`](Self::max_axis), or an error instead of
    /// panicking.
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
    /// let error = empty.try_max_axis(Axis(0)).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 0, expected at least 1");
    /// ```
    pub fn try_max_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.select(maximum)?.into_array())
    }

    /// Returns the index of the minimum along an axis, see [`Strided::argmin_axis`].
    ///
    /// # Panics
    ///
    /// As [`min_axis`](Self::min_axis). [`try_argmin_axis`](Self::try_argmin_axis) returns the
    /// error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.argmin_axis(Axis(0)).as_slice(), [0, 0, 0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "argmin")]
    pub fn argmin_axis(&self, axis: Axis) -> GrowableNd<usize>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.find(keeps_minimum))).into_array()
    }

    /// Returns the index of the minimum along an axis like [`argmin_axis`](Self::argmin_axis), or
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_min_axis`](Self::try_min_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.try_argmin_axis(Axis(2)).is_err());
    /// ```
    pub fn try_argmin_axis(&self, axis: Axis) -> Result<GrowableNd<usize>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.find(keeps_minimum)?.into_array())
    }

    /// Returns the index of the maximum along an axis, see [`Strided::argmax_axis`].
    ///
    /// # Panics
    ///
    /// As [`max_axis`](Self::max_axis). [`try_argmax_axis`](Self::try_argmax_axis) returns the
    /// error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.argmax_axis(Axis(1)).as_slice(), [2, 2]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "argmax")]
    pub fn argmax_axis(&self, axis: Axis) -> GrowableNd<usize>
    where
        T: Clone + PartialOrd,
    {
        or_panic(self.along(axis).and_then(|along| along.find(keeps_maximum))).into_array()
    }

    /// Returns the index of the maximum along an axis like [`argmax_axis`](Self::argmax_axis), or
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_max_axis`](Self::try_max_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.try_argmax_axis(Axis(2)).is_err());
    /// ```
    pub fn try_argmax_axis(&self, axis: Axis) -> Result<GrowableNd<usize>, Error>
    where
        T: Clone + PartialOrd,
    {
        Ok(self.along(axis)?.find(keeps_maximum)?.into_array())
    }
}

/// Returns whether `a` is the minimum of two. NaN counts as the minimum.
fn keeps_minimum<T: PartialOrd>(a: &T, b: &T) -> bool {
    a <= b || is_nan(a)
}

/// Returns whether `a` is the maximum of two. NaN counts as the maximum.
fn keeps_maximum<T: PartialOrd>(a: &T, b: &T) -> bool {
    a >= b || is_nan(a)
}

/// Returns the minimum of two, or NaN. Only `b`, the newer value, is checked for NaN, so the check
/// need not wait for `a`.
#[inline]
fn minimum<T: PartialOrd>(a: T, b: T) -> T {
    if b < a || is_nan(&b) { b } else { a }
}

/// Returns the maximum of two, or NaN.
#[inline]
fn maximum<T: PartialOrd>(a: T, b: T) -> T {
    if b > a || is_nan(&b) { b } else { a }
}
