//! Sums on several threads: of all elements, and along one axis.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::without_axis::WithoutAxis;
use crate::kernels::reduce::SHORT;
use crate::layout::Layout;
use crate::layout::error::AccessError;
use crate::panicking::or_panic;
use crate::parallel::along::par_sum_axis;
use crate::parallel::halves::{Sum, par_sum};
use crate::parallel::{SERIAL, SERIAL_OF};
use crate::view::{Axis, Strided};
use core::ops::Deref;
use num_traits::Zero;

/// # Sums on several threads
///
/// Requires the feature `rayon`.
///
/// The result has the same bits as the sum on one thread, whatever the number and the speed of the
/// threads: elements are cut in half at positions that depend only on shape and strides. (Sign and
/// payload of a NaN are not specified, as everywhere in Rust.) See [`sum`](Self::sum) for rounding
/// and overflow.
///
/// # Cost
///
/// Work O(*k*), time O(*k* / *threads* + log *k*) for *k* elements. For at most 4 MiB of elements
/// `par_sum` and `par_sum_axis` use the calling thread only: in the caches one thread is as fast.
/// The methods that take a function, whose cost is unknown, use the calling thread only for at most
/// 32768 elements. To choose the number of threads, call the methods in a thread pool of your own:
/// [`rayon::ThreadPool::install`](https://docs.rs/rayon/latest/rayon/struct.ThreadPool.html#method.install).
impl<S: Deref<Target = [T]>, T: Sync, const N: usize> Strided<S, N> {
    /// Sums all elements like [`sum`](Self::sum), on several threads. Zero if there are none.
    ///
    /// `par_sum() / len as f64`, where `len` is the number of elements, has the same bits as
    /// [`mean`](Self::mean).
    ///
    /// # Panics
    ///
    /// Only if the addition panics, as for integers that overflow in debug builds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from_fn([3, 250_000], |[i, j]| 1.0 / (i * j + 1) as f64);
    /// let view = array.view::<2>();
    /// assert_eq!(view.t().par_sum().to_bits(), view.t().sum().to_bits());
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "par_add")]
    pub fn par_sum(&self) -> T
    where
        T: Clone + Zero + Send,
    {
        par_sum(&self.data, &self.layout, &plain())
    }

    /// Sums `f(x)` over all elements like [`sum_of`](Self::sum_of), on several threads. Zero if
    /// there are none.
    ///
    /// # Panics
    ///
    /// Only if `f` or the addition panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[100_u8, 200], [250, 255]]);
    /// assert_eq!(array.view::<2>().par_sum_of(|&x| u32::from(x)), 805);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn par_sum_of<A: Clone + Zero + Send>(&self, f: impl Fn(&T) -> A + Sync) -> A {
        par_sum(&self.data, &self.layout, &of(f))
    }

    /// Sums along an axis like [`sum_axis`](Self::sum_axis), on several threads. Zero where there
    /// are no elements.
    ///
    /// # Panics
    ///
    /// If the axis does not exist or is the only one, or if an allocation fails.
    /// [`try_par_sum_axis`](Self::try_par_sum_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().par_sum_axis(Axis(0)).as_slice(), [5, 7, 9]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn par_sum_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + Zero + Send,
    {
        or_panic(self.try_par_sum_axis(axis))
    }

    /// Sums along an axis on several threads like [`par_sum_axis`](Self::par_sum_axis), or returns
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist, [`AccessError::OnlyAxis`] if it is the
    /// only one, [`Error::Reserve`] if an allocation fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_par_sum_axis(Axis(2)).is_err());
    /// ```
    pub fn try_par_sum_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero + Send,
    {
        sum_axis((&self.data, &self.layout, axis.0), (self.layout.shape(), axis), &plain())
    }

    /// Sums `f(x)` along an axis like [`sum_axis_of`](Self::sum_axis_of), on several threads. Zero
    /// where there are no elements.
    ///
    /// # Panics
    ///
    /// As [`par_sum_axis`](Self::par_sum_axis), and if `f` panics.
    /// [`try_par_sum_axis_of`](Self::try_par_sum_axis_of) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[200_u8, 100], [200, 50]]);
    /// let sums = array.view::<2>().par_sum_axis_of(Axis(0), |&x| u32::from(x));
    /// assert_eq!(sums.as_slice(), [400, 150]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn par_sum_axis_of<A: Clone + Zero + Send>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> A + Sync,
    ) -> GrowableNd<A> {
        or_panic(self.try_par_sum_axis_of(axis, f))
    }

    /// Sums `f(x)` along an axis on several threads like
    /// [`par_sum_axis_of`](Self::par_sum_axis_of), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_par_sum_axis`](Self::try_par_sum_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.view::<2>().try_par_sum_axis_of(Axis(1), |x| x * x)?.as_slice(), [5, 25]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn try_par_sum_axis_of<A: Clone + Zero + Send>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> A + Sync,
    ) -> Result<GrowableNd<A>, Error> {
        sum_axis((&self.data, &self.layout, axis.0), (self.layout.shape(), axis), &of(f))
    }
}

/// # Sums on several threads
///
/// Requires the feature `rayon`.
///
/// The results have the same bits as the sums on one thread, whatever the number of threads. See
/// [`Strided::par_sum`] for the cost, and for the size below which one thread sums.
impl<T: Sync> GrowableNd<T> {
    /// Sums all elements on several threads, see [`Strided::par_sum`]. Zero if there are none.
    ///
    /// # Panics
    ///
    /// Only if the addition panics, as for integers that overflow in debug builds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from_fn([1000, 1000], |[i, j]| (i as f32).sin() * j as f32);
    /// assert_eq!(array.par_sum().to_bits(), array.sum().to_bits());
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "par_add")]
    pub fn par_sum(&self) -> T
    where
        T: Clone + Zero + Send,
    {
        par_sum(self.as_slice(), &self.par_line(), &plain())
    }

    /// Sums `f(x)` over all elements on several threads, see [`Strided::par_sum_of`]. Zero if there
    /// are none.
    ///
    /// # Panics
    ///
    /// Only if `f` or the addition panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[200_u8, 200], [0, 1]]);
    /// assert_eq!(array.par_sum_of(|&x| u32::from(x)), 401);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn par_sum_of<A: Clone + Zero + Send>(&self, f: impl Fn(&T) -> A + Sync) -> A {
        par_sum(self.as_slice(), &self.par_line(), &of(f))
    }

    /// Sums along an axis on several threads, see [`Strided::par_sum_axis`]. Zero where there are
    /// no elements.
    ///
    /// # Panics
    ///
    /// If the axis does not exist or is the only one, or if an allocation fails.
    /// [`try_par_sum_axis`](Self::try_par_sum_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.par_sum_axis(Axis(1)).as_slice(), [6, 15]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn par_sum_axis(&self, axis: Axis) -> GrowableNd<T>
    where
        T: Clone + Zero + Send,
    {
        or_panic(self.try_par_sum_axis(axis))
    }

    /// Sums along an axis on several threads like [`par_sum_axis`](Self::par_sum_axis), or returns
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist, [`AccessError::OnlyAxis`] if it is the
    /// only one, [`Error::Reserve`] if an allocation fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AccessError, Axis, Error, GrowableNd};
    ///
    /// let error = GrowableNd::<i32>::from([1, 2, 3]).try_par_sum_axis(Axis(0)).unwrap_err();
    /// assert_eq!(error, Error::Access(AccessError::OnlyAxis));
    /// ```
    pub fn try_par_sum_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero + Send,
    {
        self.par_sum_axis_by(axis, &plain())
    }

    /// Sums `f(x)` along an axis on several threads, see [`Strided::par_sum_axis_of`]. Zero where
    /// there are no elements.
    ///
    /// # Panics
    ///
    /// As [`par_sum_axis`](Self::par_sum_axis), and if `f` panics.
    /// [`try_par_sum_axis_of`](Self::try_par_sum_axis_of) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[200_u8, 100], [200, 50]]);
    /// let sums = array.par_sum_axis_of(Axis(0), |&x| u32::from(x));
    /// assert_eq!(sums.as_slice(), [400, 150]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn par_sum_axis_of<A: Clone + Zero + Send>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> A + Sync,
    ) -> GrowableNd<A> {
        or_panic(self.try_par_sum_axis_of(axis, f))
    }

    /// Sums `f(x)` along an axis on several threads like
    /// [`par_sum_axis_of`](Self::par_sum_axis_of), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_par_sum_axis`](Self::try_par_sum_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.try_par_sum_axis_of(Axis(1), |x| x * x)?.as_slice(), [5, 25]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn try_par_sum_axis_of<A: Clone + Zero + Send>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> A + Sync,
    ) -> Result<GrowableNd<A>, Error> {
        self.par_sum_axis_by(axis, &of(f))
    }

    /// A contiguous array is summed as if it had three axes: the axes before, the axis, the axes
    /// after.
    fn par_sum_axis_by<A: Clone + Zero + Send>(
        &self,
        axis: Axis,
        sum: &Sum<impl Fn(&T) -> A + Sync>,
    ) -> Result<GrowableNd<A>, Error> {
        let extents = self.shape();
        let (before, after) = (extents.iter().take(axis.0), extents.iter().skip(axis.0).skip(1));
        let len = extents.get(axis.0).copied().unwrap_or(0);
        // No product overflows, even if another extent is zero: invariant 1 of `Layout`.
        let three = Layout::row_major_within([before.product(), len, after.product()]);
        sum_axis((self.as_slice(), &three, 1), (extents, axis), sum)
    }

    fn par_line(&self) -> Layout<1> {
        Layout::row_major_within([self.len()])
    }
}

/// Returns the sum of the elements. Fewer than `SHORT` are always summed on one thread, whose loops
/// combine them in another order.
fn plain<T: Clone>() -> Sum<impl Fn(&T) -> T + Sync> {
    Sum { f: T::clone, serial: (SERIAL / size_of::<T>().max(1)).max(SHORT) }
}

/// Returns the sum of a function of the elements.
fn of<F>(f: F) -> Sum<F> {
    Sum { f, serial: SERIAL_OF }
}

/// Sums along `axis` of a layout. The caller knows it as axis `of_caller` of the shape `extents`.
fn sum_axis<T: Sync, A: Clone + Zero + Send, const N: usize>(
    (data, layout, axis): (&[T], &Layout<N>, usize),
    (extents, of_caller): (&[usize], Axis),
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> Result<GrowableNd<A>, Error> {
    AccessError::check_other_axes(of_caller.0, extents.len())?;
    let mut sums = WithoutAxis::allocate(extents, of_caller.0)?;
    sums.elements.resize(sums.count(), A::zero());
    par_sum_axis((data, layout), axis, &mut sums.elements, sum)?;
    Ok(sums.into_array())
}
