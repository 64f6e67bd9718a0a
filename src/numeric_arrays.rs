//! Numbers out of arrays: what views do, for all elements of an array, or along one of its axes.

use crate::error::{Error, ReserveError, ViewError};
use crate::growable::GrowableNd;
use crate::layout::Layout;
use crate::shape::MAX_RANK;
use crate::view::{Axis, Strided, View, check_same_shape};
use core::ops::{Add, Mul};
#[cfg(any(feature = "std", feature = "libm"))]
use num_traits::Float;
use num_traits::{One, Zero};

/// Of all elements. What is promised, and what it costs, is said at the methods of the same names of [`View`].
impl<T> GrowableNd<T> {
    /// The sum of all elements, see [`View::sum`]; zero if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.sum(), 21);
    /// ```
    pub fn sum(&self) -> T
    where
        T: Clone + Zero,
    {
        self.line().sum()
    }

    /// The sum of `f` of all elements, see [`View::sum_of`]; zero if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[200_u8, 200], [0, 1]]);
    /// assert_eq!(array.sum_of(|&x| u32::from(x)), 401);
    /// ```
    pub fn sum_of<A: Clone + Zero>(&self, f: impl Fn(&T) -> A) -> A {
        self.line().sum_of(f)
    }

    /// The product of all elements, see [`View::product`]; one if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.product(), 720);
    /// ```
    pub fn product(&self) -> T
    where
        T: Clone + One,
    {
        self.line().product()
    }

    /// The scalar product with another array; both must have one axis. See [`View::dot`].
    ///
    /// # Errors
    ///
    /// [`ViewError::Rank`] if one of them has another number of axes, [`ViewError::Mismatch`] if they have different
    /// extents.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let a = GrowableNd::<i32>::from([1, 2, 3]);
    /// let b = GrowableNd::from([4, 5, 6]);
    /// assert_eq!(a.dot(&b)?, 32);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn dot(&self, other: &Self) -> Result<T, ViewError>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        self.try_view::<1>()?.dot(&other.try_view::<1>()?)
    }

    /// The least element, or NaN if there is one, see [`View::min`]; `None` if there are no elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.min(), Some(1));
    /// ```
    pub fn min(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.line().min()
    }

    /// The greatest element, or NaN if there is one, see [`View::max`]; `None` if there are no elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.max(), Some(6));
    /// ```
    pub fn max(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.line().max()
    }

    /// Where the least element is, see [`View::argmin`]; `N` must be the number of axes. `None` if there are no elements.
    ///
    /// # Panics
    ///
    /// If the array has another number of axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.argmin(), Some([0, 1]));
    /// ```
    #[track_caller]
    pub fn argmin<const N: usize>(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.view().argmin()
    }

    /// Where the greatest element is, see [`View::argmax`]; `N` must be the number of axes. `None` if there are no elements.
    ///
    /// # Panics
    ///
    /// If the array has another number of axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.argmax(), Some([0, 0]));
    /// ```
    #[track_caller]
    pub fn argmax<const N: usize>(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.view().argmax()
    }
}

/// Means and spreads of all elements, of floats: see [`View`].
#[cfg(any(feature = "std", feature = "libm"))]
impl<T> GrowableNd<T> {
    /// The mean of all elements, see [`View::mean`]; `None` if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.mean(), Some(3.0));
    /// ```
    pub fn mean(&self) -> Option<T>
    where
        T: Float,
    {
        self.line().mean()
    }

    /// The mean of `f` of all elements, see [`View::mean_of`]; `None` if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let pixels = GrowableNd::from([[0_u8, 255], [255, 255]]);
    /// assert_eq!(pixels.mean_of(|&x| f64::from(x)), Some(191.25));
    /// ```
    pub fn mean_of<F: Float>(&self, f: impl Fn(&T) -> F) -> Option<F> {
        self.line().mean_of(f)
    }

    /// The variance of all elements, see [`View::var`]; `None` unless there are more than `ddof`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.var(0), Some(3.5));
    /// ```
    pub fn var(&self, ddof: usize) -> Option<T>
    where
        T: Float,
    {
        self.line().var(ddof)
    }

    /// The standard deviation of all elements, see [`View::std`]; `None` unless there are more than `ddof`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.std(0), Some(3.5_f64.sqrt()));
    /// ```
    pub fn std(&self, ddof: usize) -> Option<T>
    where
        T: Float,
    {
        self.line().std(ddof)
    }

    /// Whether each element is close to that at the same index of another array, see [`View::all_close`].
    ///
    /// # Errors
    ///
    /// [`ViewError::Mismatch`] if the other array has another shape.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// let other = array.map(|x| x + 1e-9);
    /// assert!(array.all_close(&other, 1e-5, 1e-8)?);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn all_close(&self, other: &Self, rtol: T, atol: T) -> Result<bool, ViewError>
    where
        T: Float,
    {
        check_same_shape(self.shape(), other.shape())?;
        self.line().all_close(&other.line(), rtol, atol)
    }
}

/// Along an axis. The result is an array without that axis. What is promised, and what it costs, is said at the methods
/// of the same names of [`View`].
impl<T> GrowableNd<T> {
    /// The sums along an axis, see [`View::sum_axis`]; zero where there are no elements.
    ///
    /// # Errors
    ///
    /// [`ViewError::Axis`], in [`Error::View`], if there is no such axis, [`ViewError::OnlyAxis`] if it is the only one,
    /// [`Error::Reserve`] if there is no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.sum_axis(Axis(0))?.as_slice(), [5, 7, 9]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn sum_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero,
    {
        self.along(axis, |view| view.sum_axis(Axis(1)))
    }

    /// The products along an axis, see [`View::product_axis`]; one where there are no elements.
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.product_axis(Axis(1))?.as_slice(), [6, 120]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn product_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + One,
    {
        self.along(axis, |view| view.product_axis(Axis(1)))
    }

    /// The least elements along an axis, or NaN where there is one, see [`View::min_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`ViewError::TooFew`] if there are no elements along the axis.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.min_axis(Axis(1))?.as_slice(), [1, 4]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn min_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        self.along(axis, |view| view.min_axis(Axis(1)))
    }

    /// The greatest elements along an axis, or NaN where there is one, see [`View::max_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`ViewError::TooFew`] if there are no elements along the axis.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.max_axis(Axis(0))?.as_slice(), [4, 5, 6]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn max_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        self.along(axis, |view| view.max_axis(Axis(1)))
    }

    /// The indices along an axis of its least elements, see [`View::argmin_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`ViewError::TooFew`] if there are no elements along the axis.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.argmin_axis(Axis(0))?.as_slice(), [0, 0, 0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn argmin_axis(&self, axis: Axis) -> Result<GrowableNd<usize>, Error>
    where
        T: PartialOrd,
    {
        self.along(axis, |view| view.argmin_axis(Axis(1)))
    }

    /// The indices along an axis of its greatest elements, see [`View::argmax_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`ViewError::TooFew`] if there are no elements along the axis.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.argmax_axis(Axis(1))?.as_slice(), [2, 2]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn argmax_axis(&self, axis: Axis) -> Result<GrowableNd<usize>, Error>
    where
        T: PartialOrd,
    {
        self.along(axis, |view| view.argmax_axis(Axis(1)))
    }

    /// The sums along an axis of the products of the elements at the same index, see [`View::dot_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`ViewError::Mismatch`] if the other array has another shape.
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
    pub fn dot_axis(&self, other: &Self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        check_same_shape(self.shape(), other.shape())?;
        self.along(axis, |view| view.dot_axis(&other.three_axes(axis)?, Axis(1)))
    }

    /// Folds the elements along an axis into one, see [`View::fold_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let odd = array.fold_axis(Axis(1), 0, |count, x| count + x % 2)?;
    /// assert_eq!(odd.as_slice(), [2, 1]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn fold_axis<A: Clone>(
        &self,
        axis: Axis,
        init: A,
        f: impl FnMut(&A, &T) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        self.along(axis, |view| view.fold_axis(Axis(1), init, f))
    }

    /// The running sums along an axis, in an array of the same shape, see [`View::cumulative_sum`].
    ///
    /// # Errors
    ///
    /// [`ViewError::Axis`], in [`Error::View`], if there is no such axis, [`Error::Reserve`] if there is no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.cumulative_sum(Axis(0))?.as_slice(), [1, 2, 3, 5, 7, 9]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn cumulative_sum(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Add<Output = T>,
    {
        let sums = self.three_axes(axis)?.cumulative_sum(Axis(1))?;
        Ok(sums.with_shape(self.shape))
    }
}

/// Means and spreads along an axis, of floats: see [`View`].
#[cfg(any(feature = "std", feature = "libm"))]
impl<T: Float> GrowableNd<T> {
    /// The means along an axis, see [`View::mean_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`ViewError::TooFew`] if there are no elements along the axis.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.mean_axis(Axis(0))?.as_slice(), [2.0, 4.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn mean_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error> {
        self.along(axis, |view| view.mean_axis(Axis(1)))
    }

    /// The variances along an axis, see [`View::var_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`ViewError::TooFew`] unless the extent of the axis is above `ddof`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.var_axis(Axis(0), 1)?.as_slice(), [2.0, 8.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn var_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error> {
        self.along(axis, |view| view.var_axis(Axis(1), ddof))
    }

    /// The standard deviations along an axis, see [`View::std_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`ViewError::TooFew`] unless the extent of the axis is above `ddof`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.std_axis(Axis(0), 0)?.as_slice(), [1.0, 2.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn std_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error> {
        self.along(axis, |view| view.std_axis(Axis(1), ddof))
    }
}

/// An array has no gaps: along an axis it has three axes, those before, this one, and those behind.
impl<T> GrowableNd<T> {
    /// The axes before one, that one, and those behind it.
    fn three_axes(&self, axis: Axis) -> Result<View<'_, T, 3>, ViewError> {
        let extents = self.shape();
        let Some((&extent, behind)) = extents.get(axis.0..).and_then(<[usize]>::split_first) else {
            return Err(ViewError::Axis { axis: axis.0, rank: extents.len() });
        };
        // No product overflows, also beside a zero: see the invariants of `Shape`.
        let shape = [extents[..axis.0].iter().product(), extent, behind.iter().product()];
        Ok(Strided { data: &self.data, layout: Layout::row_major_within(shape) })
    }

    /// What `reduce` makes of the three axes of [`three_axes`](Self::three_axes), an array of the two outer ones, in
    /// the shape of this array without the axis.
    fn along<A>(
        &self,
        axis: Axis,
        reduce: impl FnOnce(View<'_, T, 3>) -> Result<GrowableNd<A>, Error>,
    ) -> Result<GrowableNd<A>, Error> {
        let view = self.three_axes(axis)?;
        let mut extents = [0; MAX_RANK];
        let extents = &mut extents[..self.shape().len()];
        extents.copy_from_slice(self.shape());
        // The axis that goes comes last.
        extents[axis.0..].rotate_left(1);
        let &mut [rows, ref inner @ .., _] = extents else { return Err(ViewError::OnlyAxis.into()) };
        let mut without = GrowableNd::<A>::try_new(inner)?;
        let reduced = reduce(view).map_err(|error| match error {
            Error::View(ViewError::TooFew { expected, found, .. }) => {
                ViewError::TooFew { axis: axis.0, expected, found }.into()
            }
            Error::Reserve(ReserveError::Overflow { element_bytes, .. }) => {
                ReserveError::Overflow { rows, row_len: without.row_len(), element_bytes }.into()
            }
            error => error,
        })?;
        without.shape.set_rows(rows);
        Ok(reduced.with_shape(without.shape))
    }
}
