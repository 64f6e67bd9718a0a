//! Numbers out of views: sums, means, extrema, comparison.

use crate::kernels::reduce::{Reduction, reduce, reduce_pairs};
use crate::layout::error::ShapeError;
use crate::layout::shape::Indices;
use crate::view::{Strided, View};
use core::ops::{Deref, Mul};
#[cfg(any(feature = "std", feature = "libm"))]
use num_traits::Float;
use num_traits::{One, Zero};

/// Sums and products. Elements are taken in the order of memory.
///
/// # Rounding
///
/// Sums of floats are pairwise: no element takes part in more than *d* = 150 + log₂ *n* additions, where *n* is the
/// number of elements. So the error of a sum is at most *d u* / (1 − *d u*) times the sum of all absolute values, *u*
/// being half the distance from 1 to the next float: 2⁻⁵³ for `f64`, 2⁻²⁴ for `f32`. (Higham, Accuracy and Stability
/// of Numerical Algorithms, 2nd edition, section 4.2.) Added one by one, *d* would be *n* − 1. For more digits of `f32`
/// than that there is `sum_of(|&x| f64::from(x))`.
///
/// # Overflow
///
/// Integers overflow as in `+` and `*`: with a panic or silently, as the program was compiled, also where only a
/// part of a sum is out of range. [`sum_of`](Self::sum_of) and [`sum_axis_of`](Self::sum_axis_of) add in a wider type.
///
/// # Cost
///
/// O(1) for each element, and no allocation. Elements without gaps are added as fast as they come out of memory.
impl<T, const N: usize> View<'_, T, N> {
    /// The sum of all elements; zero if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().slice((.., 1..)).sum(), 2 + 3 + 5 + 6);
    /// assert_eq!(array.view::<2>().slice((.., ..0)).sum(), 0);
    /// ```
    pub fn sum(&self) -> T
    where
        T: Clone + Zero,
    {
        self.sum_of(T::clone)
    }

    /// The sum of `f` of all elements; zero if there are none. For sums of squares, or in another type.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[100_u8, 200], [250, 255]]);
    /// assert_eq!(array.view::<2>().sum_of(|&x| u32::from(x)), 805);
    ///
    /// let lengths = GrowableNd::from([[3.0, 4.0]]);
    /// assert_eq!(lengths.view::<2>().sum_of(|x| x * x), 25.0);
    /// ```
    pub fn sum_of<A: Clone + Zero>(&self, f: impl Fn(&T) -> A) -> A {
        reduce(self.data, &self.layout, &Reduction { identity: A::zero(), map: f, op: A::add })
    }

    /// The product of all elements; one if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// assert_eq!(View::from_slice([2, 2], &[1, 2, 3, 4])?.product(), 24);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "prod")]
    pub fn product(&self) -> T
    where
        T: Clone + One,
    {
        reduce(self.data, &self.layout, &Reduction { identity: T::one(), map: T::clone, op: T::mul })
    }
}

/// The scalar product.
impl<T> View<'_, T, 1> {
    /// The sum of the products of the elements at the same index, of two views of one axis.
    ///
    /// For views of more axes there is [`dot_axis`](View::dot_axis). This crate has no matrix product.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other view has another extent.
    ///
    /// # Cost
    ///
    /// O(1) for each pair, and no allocation. The rounding error is that of the [sum](View::sum) of all products,
    /// with one more operation for each.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let a = View::from_slice([3], &[1, 2, 3])?;
    /// let b = View::from_slice([3], &[4, 5, 6])?;
    /// assert_eq!(a.dot(&b)?, 4 + 10 + 18);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn dot<S: Deref<Target = [T]>>(&self, other: &Strided<S, 1>) -> Result<T, ShapeError>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        ShapeError::check_same(&self.shape(), &other.shape())?;
        let map = |x: &T, y: &T| x.clone() * y.clone();
        let reduction = Reduction { identity: T::zero(), map, op: T::add };
        Ok(reduce_pairs((self.data, &self.layout), (&other.data, &other.layout), &reduction))
    }
}

/// Means and spreads, of floats.
///
/// Of other numbers a mean is rarely one of them; [`mean_of`](Self::mean_of) converts them on the way:
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let pixels = GrowableNd::from([[0_u8, 255], [255, 255]]);
/// assert_eq!(pixels.view::<2>().mean_of(|&x| f64::from(x)), Some(191.25));
/// ```
///
/// # Cost
///
/// O(1) for each element, and no allocation. The elements are read once for a mean, twice for a variance.
#[cfg(any(feature = "std", feature = "libm"))]
impl<T, const N: usize> View<'_, T, N> {
    /// The mean of all elements: their [sum](Self::sum), divided by their number. `None` if there are none.
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
    pub fn mean(&self) -> Option<T>
    where
        T: Float,
    {
        self.mean_of(T::clone)
    }

    /// The mean of `f` of all elements. `None` if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// // How many of them are above 2?
    /// let view = View::from_slice([4], &[1, 2, 3, 4])?;
    /// assert_eq!(view.mean_of(|&x| if x > 2 { 1.0 } else { 0.0 }), Some(0.5));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn mean_of<F: Float>(&self, f: impl Fn(&T) -> F) -> Option<F> {
        if self.is_empty() { None } else { Some(self.sum_of(f) / F::from(self.len())?) }
    }

    /// The variance: the sum of the squares of all distances from the [mean](Self::mean), divided by the number of
    /// elements less `ddof`, as `NumPy` calls it: "delta degrees of freedom". `None` if that is not above zero.
    ///
    /// With 0 it is the variance of these elements; with 1, an estimate, without bias, of the variance of what they
    /// are a sample of.
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
    pub fn var(&self, ddof: usize) -> Option<T>
    where
        T: Float,
    {
        let freedom = self.len().checked_sub(ddof).filter(|&freedom| freedom > 0)?;
        let mean = self.mean()?;
        Some(self.sum_of(|&x| (x - mean) * (x - mean)) / T::from(freedom)?)
    }

    /// The standard deviation: the square root of the [variance](Self::var).
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
    pub fn std(&self, ddof: usize) -> Option<T>
    where
        T: Float,
    {
        self.var(ddof).map(T::sqrt)
    }

    /// Whether each element is close to the one at the same index of another view: nearer than `atol + rtol * |b|`,
    /// or as near, where *b* is the element of the other view.
    ///
    /// As in `NumPy` an infinity is close to itself only (unless a tolerance is infinite, too), and NaN to nothing. What
    /// is `rtol` = 10⁻⁵ and `atol` = 10⁻⁸ there, unless it is given, must be given here.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other view has another shape.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let a = View::from_slice([2], &[0.1 + 0.2, 1e10])?;
    /// let b = View::from_slice([2], &[0.3, 1.00001e10])?;
    /// assert!(a.all_close(&b, 1e-5, 1e-8)?);
    /// assert!(!a.all_close(&b, 1e-6, 1e-8)?);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "allclose")]
    pub fn all_close<S: Deref<Target = [T]>>(
        &self,
        other: &Strided<S, N>,
        rtol: T,
        atol: T,
    ) -> Result<bool, ShapeError>
    where
        T: Float,
    {
        ShapeError::check_same(&self.shape(), &other.shape())?;
        let close = |&a: &T, &b: &T| a == b || b.is_finite() && (a - b).abs() <= atol + rtol * b.abs();
        let reduction = Reduction { identity: true, map: close, op: |a, b| a & b };
        Ok(reduce_pairs((self.data, &self.layout), (&other.data, &other.layout), &reduction))
    }
}

/// The least and the greatest element.
///
/// NaN is passed on, as in `NumPy`: if any element is NaN, so is the result, and its index is that of the first NaN.
///
/// # Cost
///
/// O(1) for each element, and no allocation.
impl<T, const N: usize> View<'_, T, N> {
    /// The least element, or NaN if there is one; `None` if there are no elements.
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
    pub fn min(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.pick(least)
    }

    /// The greatest element, or NaN if there is one; `None` if there are no elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// assert_eq!(View::from_slice([3], &[2, 3, 1])?.max(), Some(3));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn max(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.pick(greatest)
    }

    /// Where the least element is, or NaN if there is one: the first in row-major order, if there are several. `None`
    /// if there are no elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.view().argmin(), Some([0, 1]));
    /// ```
    pub fn argmin(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.find(&self.min()?)
    }

    /// Where the greatest element is, or NaN if there is one: the first in row-major order, if there are several.
    /// `None` if there are no elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [4, 3]]);
    /// assert_eq!(array.view().argmax(), Some([1, 0]));
    /// ```
    pub fn argmax(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.find(&self.max()?)
    }

    fn pick(&self, op: impl Fn(T, T) -> T) -> Option<T>
    where
        T: Clone,
    {
        // The element that is combined with others once more changes nothing.
        let identity = self.data.get(self.layout.offset()).filter(|_| !self.is_empty())?.clone();
        Some(reduce(self.data, &self.layout, &Reduction { identity, map: T::clone, op }))
    }

    /// The first index of a value, or if that is NaN, of NaN.
    fn find(&self, value: &T) -> Option<[usize; N]>
    where
        T: PartialOrd,
    {
        let number = if is_nan(value) {
            self.iter().position(is_nan)
        } else {
            self.iter().position(|element| element == value)
        };
        Indices::new(self.shape()).nth(number?)
    }
}

#[expect(clippy::eq_op, reason = "this is how NaN is told from all else")]
pub(crate) fn is_nan<T: PartialOrd>(value: &T) -> bool {
    value != value
}

/// The lesser of two, or NaN if one of them is.
pub(crate) fn least<T: PartialOrd>(a: T, b: T) -> T {
    if a <= b || is_nan(&a) { a } else { b }
}

/// The greater of two, or NaN if one of them is.
pub(crate) fn greatest<T: PartialOrd>(a: T, b: T) -> T {
    if a >= b || is_nan(&a) { a } else { b }
}
