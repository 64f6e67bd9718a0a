//! Numbers out of arrays, along one of their axes: what views do, in any number of axes.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::layout::Layout;
use crate::layout::error::{AccessError, ShapeError};
use crate::layout::shape::MAX_RANK;
use crate::memory::ReserveError;
use crate::view::{Axis, Strided, View};
use core::ops::{Add, Mul};
#[cfg(any(feature = "std", feature = "libm"))]
use num_traits::Float;
use num_traits::{One, Zero};

/// Along an axis. The result is an array without that axis. What is promised, and what it costs, is said at the methods
/// of the same names of [`View`].
impl<T> GrowableNd<T> {
    /// The sums along an axis, see [`View::sum_axis`]; zero where there are no elements.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], in [`Error::Access`], if there is no such axis, [`AccessError::OnlyAxis`]
    /// if it is the only one, [`Error::Reserve`] if there is no memory.
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

    /// The sums of `f` of the elements along an axis, see [`View::sum_axis_of`]; zero where there are no elements.
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
    /// let array = GrowableNd::from([[200_u8, 100], [200, 50]]);
    /// let sums = array.sum_axis_of(Axis(0), |&x| u32::from(x))?;
    /// assert_eq!(sums.as_slice(), [400, 150]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn sum_axis_of<A: Clone + Zero>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        self.along(axis, |view| view.sum_axis_of(Axis(1), f))
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
    /// As [`sum_axis`](Self::sum_axis), and [`AccessError::TooShort`] if there are no elements along the axis.
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
    /// As [`sum_axis`](Self::sum_axis), and [`AccessError::TooShort`] if there are no elements along the axis.
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
    /// As [`sum_axis`](Self::sum_axis), and [`AccessError::TooShort`] if there are no elements along the axis.
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
    /// As [`sum_axis`](Self::sum_axis), and [`AccessError::TooShort`] if there are no elements along the axis.
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
    /// As [`sum_axis`](Self::sum_axis), and [`ShapeError::Mismatch`] if the other array has another shape.
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
        ShapeError::check_same(self.shape(), other.shape())?;
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
    /// [`AccessError::Axis`], in [`Error::Access`], if there is no such axis, [`Error::Reserve`] if
    /// there is no memory.
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
    #[doc(alias = "cumsum")]
    pub fn cumulative_sum(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Add<Output = T>,
    {
        let sums = self.three_axes(axis)?.cumulative_sum(Axis(1))?;
        GrowableNd::from_parts(self.inner_shape(), self.rows(), sums.into_vec())
    }
}

/// Means and spreads along an axis, of floats: see [`View`].
#[cfg(any(feature = "std", feature = "libm"))]
impl<T> GrowableNd<T> {
    /// The means along an axis, see [`View::mean_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`AccessError::TooShort`] if there are no elements along the axis.
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
    pub fn mean_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Float,
    {
        self.along(axis, |view| view.mean_axis(Axis(1)))
    }

    /// The means of `f` of the elements along an axis, see [`View::mean_axis_of`].
    ///
    /// # Errors
    ///
    /// As [`mean_axis`](Self::mean_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// // The mean image of two images of two pixels.
    /// let images = GrowableNd::from([[0_u8, 255], [255, 255]]);
    /// let mean = images.mean_axis_of(Axis(0), |&x| f64::from(x))?;
    /// assert_eq!(mean.as_slice(), [127.5, 255.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn mean_axis_of<F: Float>(&self, axis: Axis, f: impl Fn(&T) -> F) -> Result<GrowableNd<F>, Error> {
        self.along(axis, |view| view.mean_axis_of(Axis(1), f))
    }

    /// The variances along an axis, see [`View::var_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`AccessError::TooShort`] unless the extent of the axis is above `ddof`.
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
    pub fn var_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error>
    where
        T: Float,
    {
        self.along(axis, |view| view.var_axis(Axis(1), ddof))
    }

    /// The standard deviations along an axis, see [`View::std_axis`].
    ///
    /// # Errors
    ///
    /// As [`sum_axis`](Self::sum_axis), and [`AccessError::TooShort`] unless the extent of the axis is above `ddof`.
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
    pub fn std_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error>
    where
        T: Float,
    {
        self.along(axis, |view| view.std_axis(Axis(1), ddof))
    }
}

/// An array has no gaps: along an axis it has three axes, those before, this one, and those behind.
impl<T> GrowableNd<T> {
    /// The axes before one, that one, and those behind it.
    fn three_axes(&self, axis: Axis) -> Result<View<'_, T, 3>, AccessError> {
        let extents = self.shape();
        let Some((&extent, behind)) = extents.get(axis.0..).and_then(<[usize]>::split_first) else {
            return Err(AccessError::Axis { axis: axis.0, rank: extents.len() });
        };
        // No product overflows, also beside a zero: see the invariants of `Shape`.
        let shape = [extents[..axis.0].iter().product(), extent, behind.iter().product()];
        Ok(Strided { data: self.as_slice(), layout: Layout::row_major_within(shape) })
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
        let &mut [rows, ref inner @ .., _] = extents else { return Err(AccessError::OnlyAxis.into()) };
        let without = GrowableNd::<A>::try_new(inner)?;
        let reduced = reduce(view).map_err(|error| match error {
            Error::Access(AccessError::TooShort { expected, found, .. }) => {
                AccessError::TooShort { axis: axis.0, expected, found }.into()
            }
            Error::Reserve(ReserveError::Overflow { element_bytes, .. }) => {
                ReserveError::Overflow { rows, row_len: without.row_len(), element_bytes }.into()
            }
            error => error,
        })?;
        GrowableNd::from_parts(without.inner_shape(), rows, reduced.into_vec())
    }
}
