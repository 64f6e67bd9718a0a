//! Reductions over all elements: sums, products, the scalar product.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::combine::{Plus, Times};
use crate::kernels::reduce::{Reduction, reduce, reduce_pairs, reduce_slices};
use crate::layout::error::{AccessError, ShapeError};
use crate::view::Strided;
use crate::view::source::Source;
use core::ops::{Deref, Mul};
use num_traits::{One, Zero};

/// # Sums and products
///
/// Elements are read in memory order. They are combined in another order, which assumes that the
/// operation is associative and commutative, like `+` and `*` of numbers, or nearly so. For others,
/// such as products of matrices, use [`View::iter`](crate::View::iter) and `fold`, or
/// [`fold_axis`](Self::fold_axis).
///
/// # Rounding
///
/// Sums of floats are pairwise. Let *n* be the number of elements. Then no element takes part in
/// more than *d* = 150 + log₂ *n* additions. So the error of a sum is at most *d u* / (1 − *d u*)
/// times the sum of all absolute values, where *u* is half the distance from 1 to the next float:
/// 2⁻⁵³ for `f64`, 2⁻²⁴ for `f32`. (Higham, Accuracy and Stability of Numerical Algorithms, 2nd
/// edition, section 4.2.) In a plain loop *d* is *n* − 1. For more accurate sums of `f32` use
/// `sum_of(|&x| f64::from(x))`.
///
/// # Overflow
///
/// Integers overflow as in `+` and `*`: with a panic or silently, depending on how the program was
/// compiled. A partial sum may overflow even if the total does not.
/// [`sum_of`](Self::sum_of) and [`sum_axis_of`](Self::sum_axis_of) can add in a wider type.
///
/// The panic of [`sum`](Self::sum), [`sum_of`](Self::sum_of) and [`product`](Self::product) names
/// the line of the caller if the elements are contiguous or few. Otherwise it names a line of this
/// crate; `RUST_BACKTRACE=1` shows the line of the caller.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Sums all elements. Zero if there are none.
    ///
    /// # Cost
    ///
    /// O(1) per element, at memory speed where the elements are contiguous. No allocation.
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
    #[must_use]
    #[track_caller]
    #[doc(alias = "add")]
    #[inline(always)]
    pub fn sum(&self) -> T
    where
        T: Clone + Zero,
    {
        // Not `sum_of`, whose closures take longer than the sum without optimization.
        let reduction = Reduction { identity: T::zero(), map: |x: &T, &(): &()| x.clone(), op: Plus };
        reduce(&self.data, &self.layout, &reduction)
    }

    /// Sums `f(x)` over all elements, for example in a wider type. Zero if there are none.
    ///
    /// # Cost
    ///
    /// One call of `f` per element. No allocation.
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
    #[must_use]
    #[track_caller]
    #[inline(always)]
    pub fn sum_of<A: Clone + Zero>(&self, f: impl Fn(&T) -> A) -> A {
        let reduction = Reduction { identity: A::zero(), map: |x: &T, &(): &()| f(x), op: Plus };
        reduce(&self.data, &self.layout, &reduction)
    }

    /// Multiplies all elements. One if there are none.
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
    /// assert_eq!(View::from_slice([2, 2], &[1, 2, 3, 4])?.product(), 24);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias("prod", "multiply"))]
    #[inline(always)]
    pub fn product(&self) -> T
    where
        T: Clone + One,
    {
        let reduction = Reduction { identity: T::one(), map: |x: &T, &(): &()| x.clone(), op: Times };
        reduce(&self.data, &self.layout, &reduction)
    }
}

/// The scalar product of views of one axis. Integers overflow as in [`sum`](Strided::sum).
impl<S: Deref<Target = [T]>, T> Strided<S, 1> {
    /// Computes the scalar product: the sum of the products of elements at equal indices of this
    /// view and of an array or a view.
    ///
    /// For more axes use [`dot_axis`](Strided::dot_axis). This crate has no matrix product.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ.
    ///
    /// # Cost
    ///
    /// O(1) per pair. No allocation. The rounding error is that of the [sum](Strided::sum) of all
    /// products, with one more operation for each product.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let a = View::from_slice([3], &[1, 2, 3])?;
    /// let b = View::from_slice([3], &[4, 5, 6])?;
    /// assert_eq!(a.dot(b)?, 4 + 10 + 18);
    ///
    /// let columns = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// assert_eq!(a.dot(columns.view::<2>().slice((.., 1)))?, 2 + 8 + 18);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias("inner", "vdot"))]
    #[inline(always)]
    pub fn dot(&self, other: impl Source<Elem = T>) -> Result<T, ShapeError>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        let map = |x: &T, y: &T| x.clone() * y.clone();
        let reduction = Reduction { identity: T::zero(), map, op: Plus };
        ShapeError::check_same(self.layout.shape(), other.extents())?;
        if let (Some(left), Some(right)) = (self.as_view().as_slice(), other.contiguous()) {
            return Ok(reduce_slices(left, right, &reduction));
        }
        let right = (other.elements(), &other.layout_padded());
        Ok(reduce_pairs((&self.data, &self.layout), right, &reduction))
    }
}

/// # Sums and products
///
/// See [`Strided::sum`] for rounding and overflow.
impl<T> GrowableNd<T> {
    /// Sums all elements, see [`Strided::sum`]. Zero if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.sum(), 21);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias = "add")]
    #[inline]
    pub fn sum(&self) -> T
    where
        T: Clone + Zero,
    {
        self.line().sum()
    }

    /// Sums `f(x)` over all elements, see [`Strided::sum_of`]. Zero if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[200_u8, 200], [0, 1]]);
    /// assert_eq!(array.sum_of(|&x| u32::from(x)), 401);
    /// ```
    #[must_use]
    #[track_caller]
    #[inline]
    pub fn sum_of<A: Clone + Zero>(&self, f: impl Fn(&T) -> A) -> A {
        self.line().sum_of(f)
    }

    /// Multiplies all elements, see [`Strided::product`]. One if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.product(), 720);
    /// ```
    #[must_use]
    #[track_caller]
    #[doc(alias("prod", "multiply"))]
    #[inline]
    pub fn product(&self) -> T
    where
        T: Clone + One,
    {
        self.line().product()
    }

    /// Computes the scalar product of this array, which must have one axis, and an array or a view,
    /// see [`Strided::dot`].
    ///
    /// # Errors
    ///
    /// [`AccessError::Rank`] if this array has more than one axis, [`ShapeError::Mismatch`] if the
    /// shapes differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let a = GrowableNd::<i32>::from([1, 2, 3]);
    /// let b = GrowableNd::from([4, 5, 6]);
    /// assert_eq!(a.dot(&b)?, 32);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("inner", "vdot"))]
    #[inline]
    pub fn dot(&self, other: impl Source<Elem = T>) -> Result<T, Error>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        match self.shape().len() {
            1 => Ok(self.line().dot(other)?),
            found => Err(AccessError::Rank { expected: 1, found }.into()),
        }
    }
}
