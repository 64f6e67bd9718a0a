//! Sums and means along several axes at once.
//!
//! The axes are reduced one after the other, the longest first: few elements are left after it, so
//! the other axes cost little. Adjacent axes of a contiguous block are merged into one.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::map::append_mapped;
use crate::layout::Layout;
use crate::layout::error::{AccessError, ShapeError};
use crate::layout::shape::MAX_RANK;
use crate::numeric::along::Along;
use crate::numeric::means::{Floating, divide};
use crate::panicking::or_panic;
use crate::view::{Axis, Strided};
use alloc::vec::Vec;
use core::ops::Deref;
use num_traits::Zero;

/// # Reductions along several axes
///
/// The axes are given as an array, a slice or a vector of [`Axis`], in any order. The result has
/// the other axes in their order, and the default growth policy,
/// [`Growth::DOUBLE`](crate::Growth::DOUBLE). If no axes are given, each sum has a single element.
///
/// # Rounding
///
/// Let *a* be the number of summed axes and *n* the number of elements in each sum. Then no element
/// takes part in more than *d* = 150 *a* + log₂ *n* additions. [`Strided::sum`] states the error
/// bound that follows from *d*. Integers overflow as in [`sum`](Self::sum).
///
/// # Cost
///
/// O(1) per element, and one allocation for the result. During the reduction the blocks of
/// [`sum_axis`](Self::sum_axis), and at most two blocks of partial sums. Each has at most the
/// number of elements of the view divided by the length of the longest summed axis. If no axes are
/// given, results are collected as by [`map`](Self::map).
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Sums the elements along several axes. Empty sums are zero.
    ///
    /// # Panics
    ///
    /// If an axis does not exist or is given twice, if no axis would be left (use
    /// [`sum`](Self::sum)), or if an allocation fails. [`try_sum_axes`](Self::try_sum_axes) returns
    /// the error.
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
    /// let array = GrowableNd::<i32>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    /// let view = array.view::<3>();
    /// assert_eq!(view.sum_axes([Axis(0), Axis(2)]).as_slice(), [1 + 2 + 5 + 6, 3 + 4 + 7 + 8]);
    /// assert_eq!(view.sum_axes([Axis(1)]), view.sum_axis(Axis(1)));
    /// ```
    #[must_use]
    #[track_caller]
    pub fn sum_axes(&self, axes: impl AsRef<[Axis]>) -> GrowableNd<T>
    where
        T: Clone + Zero,
    {
        or_panic(self.try_sum_axes_of(axes, T::clone))
    }

    /// Sums the elements along several axes like [`sum_axes`](Self::sum_axes), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::RepeatedAxis`], [`AccessError::AllAxes`],
    /// [`ShapeError::NoAxes`] for a view without axes, or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::<i32>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    /// let error = array.view::<3>().try_sum_axes([Axis(1), Axis(1)]).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 1 is given twice");
    /// ```
    pub fn try_sum_axes(&self, axes: impl AsRef<[Axis]>) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero,
    {
        self.try_sum_axes_of(axes, T::clone)
    }

    /// Sums `f(x)` along several axes, for example in a wider type.
    ///
    /// # Panics
    ///
    /// As [`sum_axes`](Self::sum_axes), and if `f` panics.
    /// [`try_sum_axes_of`](Self::try_sum_axes_of) returns the error.
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
    /// let array = GrowableNd::<u8>::from([[[100, 200], [50, 50]], [[250, 255], [1, 2]]]);
    /// let sums = array.view::<3>().sum_axes_of([Axis(0), Axis(2)], |&x| u32::from(x));
    /// assert_eq!(sums.as_slice(), [805, 103]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn sum_axes_of<A: Clone + Zero>(
        &self,
        axes: impl AsRef<[Axis]>,
        f: impl Fn(&T) -> A,
    ) -> GrowableNd<A> {
        or_panic(self.try_sum_axes_of(axes, f))
    }

    /// Sums `f(x)` along several axes like [`sum_axes_of`](Self::sum_axes_of), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sum_axes`](Self::try_sum_axes).
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
    /// let array = GrowableNd::<u8>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    /// assert!(array.view::<3>().try_sum_axes_of([Axis(3)], |&x| u32::from(x)).is_err());
    /// ```
    pub fn try_sum_axes_of<A: Clone + Zero>(
        &self,
        axes: impl AsRef<[Axis]>,
        f: impl Fn(&T) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        let axes = Axes::new(self.layout.shape(), axes.as_ref())?;
        axes.array_of(self.sums(&axes, f)?)
    }

    /// Averages the elements along several axes.
    ///
    /// # Panics
    ///
    /// As [`sum_axes`](Self::sum_axes), and if one of the axes has no indices.
    /// [`try_mean_axes`](Self::try_mean_axes) returns the error.
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
    /// let array = GrowableNd::<f64>::from([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]);
    /// assert_eq!(array.view::<3>().mean_axes([Axis(0), Axis(1)]).as_slice(), [4.0, 5.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "average")]
    pub fn mean_axes(&self, axes: impl AsRef<[Axis]>) -> GrowableNd<T>
    where
        T: Floating,
    {
        or_panic(self.try_mean_axes_of(axes, T::clone))
    }

    /// Averages the elements along several axes like [`mean_axes`](Self::mean_axes), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sum_axes`](Self::try_sum_axes), and [`AccessError::TooShort`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::<f64>::new([2, 3]);
    /// let error = array.view::<3>().try_mean_axes([Axis(0), Axis(1)]).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 0, expected at least 1");
    /// ```
    pub fn try_mean_axes(&self, axes: impl AsRef<[Axis]>) -> Result<GrowableNd<T>, Error>
    where
        T: Floating,
    {
        self.try_mean_axes_of(axes, T::clone)
    }

    /// Averages `f(x)` along several axes, for example to average integers as floats.
    ///
    /// # Panics
    ///
    /// As [`mean_axes`](Self::mean_axes), and if `f` panics.
    /// [`try_mean_axes_of`](Self::try_mean_axes_of) returns the error.
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
    /// // The mean colour of an image of two by one pixels.
    /// let array = GrowableNd::<u8>::from([[[0, 10, 255]], [[255, 20, 0]]]);
    /// let colour = array.view::<3>().mean_axes_of([Axis(0), Axis(1)], |&x| f64::from(x));
    /// assert_eq!(colour.as_slice(), [127.5, 15.0, 127.5]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "average")]
    pub fn mean_axes_of<F: Floating>(&self, axes: impl AsRef<[Axis]>, f: impl Fn(&T) -> F) -> GrowableNd<F> {
        or_panic(self.try_mean_axes_of(axes, f))
    }

    /// Averages `f(x)` along several axes like [`mean_axes_of`](Self::mean_axes_of), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_mean_axes`](Self::try_mean_axes).
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
    /// let array = GrowableNd::<u8>::from([[[0, 10, 255]], [[255, 20, 0]]]);
    /// assert!(array.view::<3>().try_mean_axes_of([Axis(0), Axis(0)], |&x| f64::from(x)).is_err());
    /// ```
    pub fn try_mean_axes_of<F: Floating>(
        &self,
        axes: impl AsRef<[Axis]>,
        f: impl Fn(&T) -> F,
    ) -> Result<GrowableNd<F>, Error> {
        let axes = Axes::new(self.layout.shape(), axes.as_ref())?;
        let count = axes.count()?;
        let mut means = self.sums(&axes, f)?;
        divide(&mut means, count);
        axes.array_of(means)
    }

    /// Computes the sums of `f(x)` along several axes, in row-major order.
    fn sums<A: Clone + Zero>(&self, axes: &Axes, f: impl Fn(&T) -> A) -> Result<Vec<A>, Error> {
        if let Some(elements) = self.as_view().as_slice() {
            return axes.sums(elements, f);
        }
        match axes.longest() {
            None => mapped(&self.data, &self.layout, f),
            Some(axis) => {
                let sums = self.along(Axis(axis))?.sum(f)?.elements;
                axes.without(axis).sums_of(sums)
            }
        }
    }
}

/// # Reductions along several axes
///
/// See [`Strided::sum_axes`].
impl<T> GrowableNd<T> {
    /// Sums the elements along several axes, see [`Strided::sum_axes`]. Empty sums are zero.
    ///
    /// # Panics
    ///
    /// If an axis does not exist or is given twice, if no axis would be left (use
    /// [`sum`](Self::sum)), or if an allocation fails. [`try_sum_axes`](Self::try_sum_axes) returns
    /// the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::<i32>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    /// assert_eq!(array.sum_axes([Axis(0), Axis(2)]).as_slice(), [1 + 2 + 5 + 6, 3 + 4 + 7 + 8]);
    /// assert_eq!(array.sum_axes([Axis(1)]), array.sum_axis(Axis(1)));
    /// ```
    #[must_use]
    #[track_caller]
    pub fn sum_axes(&self, axes: impl AsRef<[Axis]>) -> GrowableNd<T>
    where
        T: Clone + Zero,
    {
        or_panic(self.try_sum_axes_of(axes, T::clone))
    }

    /// Sums the elements along several axes like [`sum_axes`](Self::sum_axes), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::RepeatedAxis`], [`AccessError::AllAxes`] or
    /// [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::<i32>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    /// let error = array.try_sum_axes([Axis(1), Axis(1)]).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 1 is given twice");
    /// ```
    pub fn try_sum_axes(&self, axes: impl AsRef<[Axis]>) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero,
    {
        self.try_sum_axes_of(axes, T::clone)
    }

    /// Sums `f(x)` along several axes, for example in a wider type, see [`Strided::sum_axes_of`].
    ///
    /// # Panics
    ///
    /// As [`sum_axes`](Self::sum_axes), and if `f` panics.
    /// [`try_sum_axes_of`](Self::try_sum_axes_of) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::<u8>::from([[[100, 200], [50, 50]], [[250, 255], [1, 2]]]);
    /// let sums = array.sum_axes_of([Axis(0), Axis(2)], |&x| u32::from(x));
    /// assert_eq!(sums.as_slice(), [805, 103]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn sum_axes_of<A: Clone + Zero>(
        &self,
        axes: impl AsRef<[Axis]>,
        f: impl Fn(&T) -> A,
    ) -> GrowableNd<A> {
        or_panic(self.try_sum_axes_of(axes, f))
    }

    /// Sums `f(x)` along several axes like [`sum_axes_of`](Self::sum_axes_of), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sum_axes`](Self::try_sum_axes).
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
    /// let array = GrowableNd::<u8>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    /// assert!(array.try_sum_axes_of([Axis(3)], |&x| u32::from(x)).is_err());
    /// ```
    pub fn try_sum_axes_of<A: Clone + Zero>(
        &self,
        axes: impl AsRef<[Axis]>,
        f: impl Fn(&T) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        let axes = Axes::new(self.shape(), axes.as_ref())?;
        axes.array_of(axes.sums(self.as_slice(), f)?)
    }

    /// Averages the elements along several axes, see [`Strided::mean_axes`].
    ///
    /// # Panics
    ///
    /// As [`sum_axes`](Self::sum_axes), and if one of the axes has no indices.
    /// [`try_mean_axes`](Self::try_mean_axes) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::<f64>::from([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]);
    /// assert_eq!(array.mean_axes([Axis(0), Axis(1)]).as_slice(), [4.0, 5.0]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "average")]
    pub fn mean_axes(&self, axes: impl AsRef<[Axis]>) -> GrowableNd<T>
    where
        T: Floating,
    {
        or_panic(self.try_mean_axes_of(axes, T::clone))
    }

    /// Averages the elements along several axes like [`mean_axes`](Self::mean_axes), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_sum_axes`](Self::try_sum_axes), and [`AccessError::TooShort`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::<f64>::new([2, 3]);
    /// let error = array.try_mean_axes([Axis(0), Axis(1)]).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 0 has length 0, expected at least 1");
    /// ```
    pub fn try_mean_axes(&self, axes: impl AsRef<[Axis]>) -> Result<GrowableNd<T>, Error>
    where
        T: Floating,
    {
        self.try_mean_axes_of(axes, T::clone)
    }

    /// Averages `f(x)` along several axes, for example to average integers as floats, see
    /// [`Strided::mean_axes_of`].
    ///
    /// # Panics
    ///
    /// As [`mean_axes`](Self::mean_axes), and if `f` panics.
    /// [`try_mean_axes_of`](Self::try_mean_axes_of) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// // The mean colour of an image of two by one pixels.
    /// let array = GrowableNd::<u8>::from([[[0, 10, 255]], [[255, 20, 0]]]);
    /// let colour = array.mean_axes_of([Axis(0), Axis(1)], |&x| f64::from(x));
    /// assert_eq!(colour.as_slice(), [127.5, 15.0, 127.5]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "average")]
    pub fn mean_axes_of<F: Floating>(&self, axes: impl AsRef<[Axis]>, f: impl Fn(&T) -> F) -> GrowableNd<F> {
        or_panic(self.try_mean_axes_of(axes, f))
    }

    /// Averages `f(x)` along several axes like [`mean_axes_of`](Self::mean_axes_of), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_mean_axes`](Self::try_mean_axes).
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
    /// let array = GrowableNd::<u8>::from([[[0, 10, 255]], [[255, 20, 0]]]);
    /// assert!(array.try_mean_axes_of([Axis(0), Axis(0)], |&x| f64::from(x)).is_err());
    /// ```
    pub fn try_mean_axes_of<F: Floating>(
        &self,
        axes: impl AsRef<[Axis]>,
        f: impl Fn(&T) -> F,
    ) -> Result<GrowableNd<F>, Error> {
        let axes = Axes::new(self.shape(), axes.as_ref())?;
        let count = axes.count()?;
        let mut means = axes.sums(self.as_slice(), f)?;
        divide(&mut means, count);
        axes.array_of(means)
    }
}

/// The axes of a view or an array, some of which are summed.
#[derive(Clone, Copy)]
struct Axes {
    extents: [usize; MAX_RANK],
    /// A bit for each axis.
    summed: u8,
    rank: usize,
}

impl Axes {
    const NONE: Axes = Axes { extents: [1; MAX_RANK], summed: 0, rank: 0 };

    /// Checks the axes to be summed, and stores them with all extents.
    fn new(extents: &[usize], summed: &[Axis]) -> Result<Self, Error> {
        let mut axes = Axes::NONE;
        extents.iter().for_each(|&extent| axes.push(extent, false));
        for &Axis(axis) in summed {
            AccessError::check_axis(axis, axes.rank)?;
            if axes.is_summed(axis) {
                return Err(AccessError::RepeatedAxis { axis }.into());
            }
            axes.summed |= 1 << axis;
        }
        match axes.rank {
            0 => Err(ShapeError::NoAxes.into()),
            rank if rank == summed.len() => Err(AccessError::AllAxes { rank }.into()),
            _ => Ok(axes),
        }
    }

    fn is_summed(&self, axis: usize) -> bool {
        self.summed & 1 << axis != 0
    }

    fn push(&mut self, extent: usize, summed: bool) {
        self.extents[self.rank] = extent;
        self.summed |= u8::from(summed) << self.rank;
        self.rank += 1;
    }

    /// The longest axis to be summed: after it the fewest elements are left. The first if there are
    /// several, since long adjacent lanes are summed faster than separate short ones.
    fn longest(&self) -> Option<usize> {
        let summed = (0..self.rank).filter(|&axis| self.is_summed(axis));
        summed.reduce(|best, axis| if self.extents[axis] > self.extents[best] { axis } else { best })
    }

    /// All axes except one.
    fn without(&self, axis: usize) -> Self {
        let mut axes = Axes::NONE;
        let others = (0..self.rank).filter(|&other| other != axis);
        others.for_each(|axis| axes.push(self.extents[axis], self.is_summed(axis)));
        axes
    }

    /// Merges adjacent axes of a contiguous block that are all summed, or all kept.
    fn merged(&self) -> Self {
        let mut merged = Axes::NONE;
        for axis in 0..self.rank {
            let (extent, summed) = (self.extents[axis], self.is_summed(axis));
            match merged.rank.checked_sub(1) {
                // Cannot overflow: the product of all extents that are not zero does not.
                Some(last) if merged.is_summed(last) == summed => merged.extents[last] *= extent,
                _ => merged.push(extent, summed),
            }
        }
        merged
    }

    /// The number of elements in each sum, or an error if it is zero.
    fn count(&self) -> Result<usize, AccessError> {
        let mut count = 1;
        for axis in (0..self.rank).filter(|&axis| self.is_summed(axis)) {
            if self.extents[axis] == 0 {
                return Err(AccessError::TooShort { axis, expected: 1, found: 0 });
            }
            count *= self.extents[axis];
        }
        Ok(count)
    }

    /// Makes an array of the results, without the axes that are summed.
    fn array_of<A>(&self, results: Vec<A>) -> Result<GrowableNd<A>, Error> {
        let mut left = Axes::NONE;
        let others = (0..self.rank).filter(|&axis| !self.is_summed(axis));
        others.for_each(|axis| left.push(self.extents[axis], false));
        GrowableNd::from_parts(&left.extents[1..left.rank], left.extents[0], results)
    }

    /// Sums `f(x)` over a contiguous block, along all axes to be summed.
    fn sums<T, A: Clone + Zero>(&self, elements: &[T], f: impl Fn(&T) -> A) -> Result<Vec<A>, Error> {
        let axes = self.merged();
        let Some(axis) = axes.longest() else {
            return mapped(elements, &Layout::row_major_within([elements.len()]), f);
        };
        axes.without(axis).sums_of(axes.sum(elements, axis, f)?)
    }

    /// Sums the elements of a contiguous block, along all axes to be summed.
    fn sums_of<A: Clone + Zero>(&self, elements: Vec<A>) -> Result<Vec<A>, Error> {
        let (mut axes, mut sums) = (*self, elements);
        while axes.summed != 0 {
            axes = axes.merged();
            let Some(axis) = axes.longest() else { break };
            sums = axes.sum(&sums, axis, A::clone)?;
            axes = axes.without(axis);
        }
        Ok(sums)
    }

    /// Sums `f(x)` over a contiguous block, along one of at least two axes.
    fn sum<T, A: Clone + Zero>(
        &self,
        elements: &[T],
        axis: usize,
        f: impl Fn(&T) -> A,
    ) -> Result<Vec<A>, Error> {
        Ok(Along::contiguous(elements, &self.extents[..self.rank], Axis(axis))?.sum(f)?.elements)
    }
}

/// Collects `f(x)` for each element, in row-major order.
fn mapped<T, A, const N: usize>(
    elements: &[T],
    layout: &Layout<N>,
    f: impl Fn(&T) -> A,
) -> Result<Vec<A>, Error> {
    let append = |results: &mut Vec<A>| append_mapped(results, elements, layout, f);
    Ok(GrowableNd::from_shape_with(&[layout.len()], append)?.into_vec())
}
