//! Comparison of floats within tolerances.

use crate::array::GrowableNd;
use crate::kernels::reduce::{Reduction, reduce_pairs};
use crate::layout::Layout;
use crate::layout::error::ShapeError;
use crate::layout::shape::MAX_RANK;
use crate::numeric::means::Floating;
use crate::view::Strided;
use crate::view::source::{Source, SourceParts};
use core::ops::Deref;

/// # Comparison of floats
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Returns whether each element is close to the element at the same index of an array or a
    /// view.
    ///
    /// Elements *a* of this view and *b* of the other are close if |*a* − *b*| ≤ `atol` + `rtol`
    /// |*b*|. As in `NumPy` an infinity is close to an equal infinity only (unless a tolerance is
    /// infinite), and NaN is close to nothing. `NumPy`'s default tolerances are `rtol` = 10⁻⁵ and
    /// `atol` = 10⁻⁸; here there are no defaults.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other shape differs.
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
}

/// # Comparison of floats
impl<T> GrowableNd<T> {
    /// Returns whether each element is close to the element at the same index of an array or a
    /// view, see [`Strided::all_close`].
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other shape differs.
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
}

/// Whether all pairs of elements at the same index are close. The shapes are equal.
fn are_close<T: Floating, const N: usize>(
    left: (&[T], &Layout<N>),
    right: (&[T], &Layout<N>),
    rtol: T,
    atol: T,
) -> bool {
    // Without branches, so that the compiler vectorizes the loop.
    let close =
        |&a: &T, &b: &T| (a == b) | b.is_number() & ((a - b).magnitude() <= atol + rtol * b.magnitude());
    reduce_pairs(left, right, &Reduction { identity: true, map: close, op: |a, b| a & b })
}
