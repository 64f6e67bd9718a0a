//! Comparison of floats within tolerances.

use crate::array::GrowableNd;
use crate::kernels::reduce::{Reduction, reduce_pairs};
use crate::layout::Layout;
use crate::layout::error::ShapeError;
use crate::layout::shape::MAX_RANK;
use crate::numeric::means::Floating;
use crate::view::Strided;
use crate::view::source::{Source, SourceParts};
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;

/// Pairs per block, which are compared without a branch for each.
const BLOCK: usize = 256;

/// # Comparison of floats
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Returns whether each element is close to the element at the same index of an array or a
    /// view.
    ///
    /// Elements *a* of this view and *b* of `other` are close if |*a* − *b*| ≤ `atol` + `rtol`
    /// |*b*|. As in `NumPy`, an infinity is close only to an equal infinity (an infinite tolerance
    /// can make an infinite *a* close to a finite *b*, not the reverse), and NaN is close to nothing. `NumPy`'s default tolerances are `rtol` = 10⁻⁵ and
    /// `atol` = 10⁻⁸; this method has no defaults.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ.
    ///
    /// # Cost
    ///
    /// O(1) per pair. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let a = View::from_slice([2], &[0.1 + 0.2, 1e10])?;
    /// let b = View::from_slice([2], &[0.3, 1.00001e10])?;
    /// assert!(a.all_close(b, 1e-5, 1e-8)?);
    /// assert!(!a.all_close(b, 1e-6, 1e-8)?);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias("allclose", "isclose", "abs_diff_eq"))]
    pub fn all_close(&self, other: impl Source<Elem = T>, rtol: T, atol: T) -> Result<bool, ShapeError>
    where
        T: Floating,
    {
        let layout = other.layout_of_shape(self.layout.shape())?;
        Ok(are_close((&self.data, &self.layout), (other.elements(), &layout), rtol, atol))
    }

    /// Finds the first index, in row-major order, at which an element is not close to the element
    /// of an array or a view. Returns the index and both elements, or `None` if
    /// [`all_close`](Self::all_close) is true.
    ///
    /// In tests, `assert_eq!(a.first_difference(b, rtol, atol)?, None)` shows the difference. NaN
    /// differs from everything, even from NaN.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ.
    ///
    /// # Cost
    ///
    /// O(1) per pair. If both operands are contiguous, the search stops at the difference.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let a = GrowableNd::from([[1.0, 2.0], [3.0, 4.0]]);
    /// let b = GrowableNd::from([[1.0, 3.0], [2.5, 4.0]]);
    /// assert_eq!(a.view::<2>().first_difference(b.view::<2>().t(), 0.0, 0.5)?, None);
    /// let difference = a.view::<2>().first_difference(&b, 0.0, 0.5)?;
    /// assert_eq!(difference.unwrap().to_string(), "2 and 3 differ at [0, 1]");
    /// # Ok::<(), growable_nd::ShapeError>(())
    /// ```
    #[doc(alias("assert_allclose", "assert_abs_diff_eq"))]
    pub fn first_difference(
        &self,
        other: impl Source<Elem = T>,
        rtol: T,
        atol: T,
    ) -> Result<Option<Difference<T>>, ShapeError>
    where
        T: Floating,
    {
        let layout = other.layout_of_shape(self.layout.shape())?;
        let far = first_far((&self.data, &self.layout), (other.elements(), &layout), rtol, atol);
        Ok(far.map(|far| far.at(self.layout.shape())))
    }
}

/// # Comparison of floats
impl<T> GrowableNd<T> {
    /// Returns whether each element is close to the element at the same index of an array or a
    /// view, see [`Strided::all_close`].
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// let other = array.map(|x| x + 1e-9);
    /// assert!(array.all_close(&other, 1e-5, 1e-8)?);
    /// # Ok::<(), growable_nd::ShapeError>(())
    /// ```
    #[doc(alias("allclose", "isclose", "abs_diff_eq"))]
    pub fn all_close(&self, other: impl Source<Elem = T>, rtol: T, atol: T) -> Result<bool, ShapeError>
    where
        T: Floating,
    {
        ShapeError::check_same(self.shape(), other.extents())?;
        if let Some(other) = other.contiguous() {
            let line = Layout::row_major_within([other.len()]);
            return Ok(are_close((self.as_slice(), &line), (other, &line), rtol, atol));
        }
        let layouts: [Layout<MAX_RANK>; 2] = [self.layout_padded(), other.layout_padded()];
        Ok(are_close((self.as_slice(), &layouts[0]), (other.elements(), &layouts[1]), rtol, atol))
    }

    /// Finds the first index, in row-major order, at which an element is not close to the element
    /// of an array or a view, see [`Strided::first_difference`].
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// let mut other = array.clone();
    /// assert_eq!(array.first_difference(&other, 1e-5, 1e-8)?, None);
    ///
    /// other[[1, 0]] = 3.5;
    /// let difference = array.first_difference(&other, 1e-5, 1e-8)?.unwrap();
    /// assert_eq!((difference.index, difference.left, difference.right), (vec![1, 0], 3.0, 3.5));
    /// # Ok::<(), growable_nd::ShapeError>(())
    /// ```
    #[doc(alias("assert_allclose", "assert_abs_diff_eq"))]
    pub fn first_difference(
        &self,
        other: impl Source<Elem = T>,
        rtol: T,
        atol: T,
    ) -> Result<Option<Difference<T>>, ShapeError>
    where
        T: Floating,
    {
        ShapeError::check_same(self.shape(), other.extents())?;
        let far = if let Some(other) = other.contiguous() {
            let line = Layout::row_major_within([other.len()]);
            first_far((self.as_slice(), &line), (other, &line), rtol, atol)
        } else {
            let layouts: [Layout<MAX_RANK>; 2] = [self.layout_padded(), other.layout_padded()];
            first_far((self.as_slice(), &layouts[0]), (other.elements(), &layouts[1]), rtol, atol)
        };
        Ok(far.map(|far| far.at(self.shape())))
    }
}

/// Two elements at one index that differ, from [`Strided::first_difference`] and
/// [`GrowableNd::first_difference`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Difference<T> {
    /// The index of both elements, one per axis.
    pub index: Vec<usize>,
    /// The element of the array or view whose method was called.
    pub left: T,
    /// The element of the other array or view.
    pub right: T,
}

impl<T: fmt::Display> fmt::Display for Difference<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { index, left, right } = self;
        write!(f, "{left} and {right} differ at {index:?}")
    }
}

/// Two elements that are not close, and their number in row-major order.
struct Far<T> {
    number: usize,
    left: T,
    right: T,
}

impl<T> Far<T> {
    fn at(self, shape: &[usize]) -> Difference<T> {
        let mut number = self.number;
        let mut index = shape.to_vec();
        for extent in index.iter_mut().rev() {
            // No extent is zero where an element is.
            (*extent, number) = (number % *extent, number / *extent);
        }
        Difference { index, left: self.left, right: self.right }
    }
}

/// Finds the first pair of elements that is not close. The shapes are equal.
fn first_far<T: Floating, const N: usize>(
    left: (&[T], &Layout<N>),
    right: (&[T], &Layout<N>),
    rtol: T,
    atol: T,
) -> Option<Far<T>> {
    let close = closeness(rtol, atol);
    if let Some((left, right)) = slices(left, right) {
        return first_far_of_slices(left, right, close);
    }
    // Checked first: the search takes several times as long.
    if are_close(left, right, rtol, atol) {
        return None;
    }
    let offsets = left.1.offsets().zip(right.1.offsets());
    let pairs = offsets.map(|(l, r)| (left.0[l], right.0[r]));
    let (number, (left, right)) = pairs.enumerate().find(|(_, (a, b))| !close(a, b))?;
    Some(Far { number, left, right })
}

/// Returns whether all pairs of elements at the same index are close. The shapes are equal.
fn are_close<T: Floating, const N: usize>(
    left: (&[T], &Layout<N>),
    right: (&[T], &Layout<N>),
    rtol: T,
    atol: T,
) -> bool {
    let close = closeness(rtol, atol);
    match slices(left, right) {
        Some((left, right)) if left.len() <= BLOCK => block_is_close(left, right, &close),
        Some((left, right)) => first_far_of_slices(left, right, close).is_none(),
        None => reduce_pairs(left, right, &Reduction { identity: true, map: close, op: |a, b| a & b }),
    }
}

/// Returns the elements of both operands as slices, if both are contiguous.
fn slices<'a, T, const N: usize>(
    left: (&'a [T], &Layout<N>),
    right: (&'a [T], &Layout<N>),
) -> Option<(&'a [T], &'a [T])> {
    let slice = |(data, layout): (&'a [T], &Layout<N>)| &data[layout.offset()..][..layout.len()];
    (left.1.is_contiguous() && right.1.is_contiguous()).then(|| (slice(left), slice(right)))
}

/// Finds the first pair that is not close in two slices of equal length.
fn first_far_of_slices<T: Copy>(left: &[T], right: &[T], close: impl Fn(&T, &T) -> bool) -> Option<Far<T>> {
    let mut blocks = left.chunks(BLOCK).zip(right.chunks(BLOCK)).enumerate();
    let (block, (left, right)) = blocks.find(|(_, (left, right))| !block_is_close(left, right, &close))?;
    let (number, (&left, &right)) = left.iter().zip(right).enumerate().find(|(_, (a, b))| !close(a, b))?;
    Some(Far { number: block * BLOCK + number, left, right })
}

/// Returns whether all pairs are close. Without branches, so that the compiler vectorizes the loop.
#[inline]
fn block_is_close<T>(left: &[T], right: &[T], close: &impl Fn(&T, &T) -> bool) -> bool {
    left.iter().zip(right).fold(true, |all, (a, b)| all & close(a, b))
}

/// Returns a function that tells whether two elements are close. Without branches, so that the
/// compiler vectorizes loops.
#[inline]
fn closeness<T: Floating>(rtol: T, atol: T) -> impl Fn(&T, &T) -> bool {
    move |&a, &b| (a == b) | b.is_number() & ((a - b).magnitude() <= atol + rtol * b.magnitude())
}
