//! Scans: running sums along an axis.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::copy::append_clones;
use crate::layout::error::AccessError;
use crate::panicking::or_panic;
use crate::view::{Axis, Strided};
use core::ops::{Add, Deref};

/// Minimum length of a line that is added as a slice: for shorter lines the setup takes longer.
const SHORT: usize = 8;

/// # Running sums
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Computes the running sums along an axis: at each index, the sum of all elements up to that
    /// index.
    ///
    /// The result is an array of the same shape with the default growth policy,
    /// [`Growth::DOUBLE`](crate::Growth::DOUBLE). Elements are added one by one: the error of the
    /// *k*-th sum of floats is that of *k* − 1 additions. Integers overflow as in `+`: with a panic
    /// or silently, depending on how the program was compiled.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, if the capacity overflows, or if the allocation fails.
    /// [`try_cumulative_sum`](Self::try_cumulative_sum) returns the error.
    ///
    /// # Cost
    ///
    /// O(1) per element, one allocation. If the axes are permuted, clones of elements with a
    /// destructor may be buffered, as by [`map`](Self::map).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().cumulative_sum(Axis(0)).as_slice(), [1, 2, 3, 5, 7, 9]);
    /// assert_eq!(array.view::<2>().cumulative_sum(Axis(1)).as_slice(), [1, 3, 6, 4, 9, 15]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias("cumsum", "accumulate_axis_inplace", "scan", "prefix_sum"))]
    pub fn cumulative_sum(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + Add<Output = T>,
    {
        or_panic(self.try_cumulative_sum(axis))
    }

    /// Computes the running sums like [`cumulative_sum`](Self::cumulative_sum), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.view::<2>().try_cumulative_sum(Axis(2)).is_err());
    /// ```
    pub fn try_cumulative_sum(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Add<Output = T>,
    {
        let shape = self.layout.shape();
        self.layout.check_axis(axis.0)?;
        let mut sums =
            GrowableNd::from_shape_with(shape, |data| append_clones(data, &self.data, &self.layout))?;
        accumulate(sums.as_mut_slice(), &shape[axis.0..]);
        Ok(sums)
    }
}

/// # Running sums
///
/// See [`Strided::cumulative_sum`]. Integers overflow as in `+`.
impl<T> GrowableNd<T> {
    /// Computes the running sums along an axis, see [`Strided::cumulative_sum`].
    ///
    /// # Panics
    ///
    /// If the axis does not exist, if the capacity overflows, or if the allocation fails.
    /// [`try_cumulative_sum`](Self::try_cumulative_sum) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.cumulative_sum(Axis(0)).as_slice(), [1, 2, 3, 5, 7, 9]);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias("cumsum", "accumulate_axis_inplace", "scan", "prefix_sum"))]
    pub fn cumulative_sum(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + Add<Output = T>,
    {
        or_panic(self.try_cumulative_sum(axis))
    }

    /// Computes the running sums like [`cumulative_sum`](Self::cumulative_sum), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.try_cumulative_sum(Axis(2)).is_err());
    /// ```
    pub fn try_cumulative_sum(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Add<Output = T>,
    {
        let shape = self.shape();
        AccessError::check_axis(axis.0, shape.len())?;
        let mut sums =
            GrowableNd::with_shape(self.shape_by_value(), |data| data.extend_from_slice(self.as_slice()))?;
        accumulate(sums.as_mut_slice(), &shape[axis.0..]);
        Ok(sums)
    }
}

/// Adds to each element the sum before it along an axis. `shape` is the lengths of this axis and of
/// the axes after it.
fn accumulate<T: Clone + Add<Output = T>>(elements: &mut [T], shape: &[usize]) {
    let stride = shape[1..].iter().product::<usize>();
    let len = shape.iter().product::<usize>();
    for slab in elements.chunks_exact_mut(len.max(1)) {
        if stride == 1 {
            let mut total = slab[0].clone();
            for sum in &mut slab[1..] {
                total = total + sum.clone();
                *sum = total.clone();
            }
            continue;
        }
        if stride < SHORT {
            for k in stride..len {
                slab[k] = slab[k - stride].clone() + slab[k].clone();
            }
            continue;
        }
        let (mut before, mut rest) = slab.split_at_mut(stride);
        while !rest.is_empty() {
            let (line, next) = rest.split_at_mut(stride);
            line.iter_mut().zip(&*before).for_each(|(sum, before)| *sum = before.clone() + sum.clone());
            (before, rest) = (line, next);
        }
    }
}
