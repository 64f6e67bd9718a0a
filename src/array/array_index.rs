//! `ArrayIndex`, the index of an element of an array.

use alloc::vec::Vec;
use sealed::Sealed;

/// The index of an element: one number for each axis of the array.
///
/// Implemented for arrays, as in `[i, j]`, and references to them. If the number of axes is known at run time only, use a
/// slice `&[usize]` or a `&Vec<usize>`. The trait cannot be implemented for other types.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1, 2], [3, 4]]);
/// assert_eq!(array[[1, 0]], 3);
///
/// let index: Vec<usize> = "1,0".split(',').filter_map(|number| number.parse().ok()).collect();
/// assert_eq!(array[&index], 3);
/// assert_eq!(array.get(&index[..1]), None);
/// ```
///
/// A tuple is not an index, nor is a single number:
///
/// ```compile_fail,E0277
/// let array = growable_nd::GrowableNd::from([[1, 2], [3, 4]]);
/// assert_eq!(array[(1, 0)], 3);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an index of an element",
    label = "expected one `usize` per axis, as in `[i, j]`",
    note = "an index is an array of `usize` that counts from the beginning: `a[[i, j]]`, or `a[[i]]` for one axis",
    note = "if the number of axes is known at run time only, an index is a slice: `a[&index[..]]`",
    note = "`a.row(i)` is a row, `a.column(j)` a column, `a.view::<2>().slice((.., 2..5))` a part"
)]
pub trait ArrayIndex: Copy + Sealed {}

impl<const N: usize> ArrayIndex for [usize; N] {}
impl<const N: usize> ArrayIndex for &[usize; N] {}
impl ArrayIndex for &[usize] {}
impl ArrayIndex for &Vec<usize> {}

mod sealed {
    #[expect(unnameable_types, reason = "seals a public trait")]
    pub trait Sealed {
        /// The numbers, outermost axis first.
        fn numbers(&self) -> &[usize];
    }
}

impl<const N: usize> Sealed for [usize; N] {
    // Always inlined, so that it costs nothing without optimization either.
    #[inline(always)]
    fn numbers(&self) -> &[usize] {
        self
    }
}

impl<const N: usize> Sealed for &[usize; N] {
    #[inline(always)]
    fn numbers(&self) -> &[usize] {
        *self
    }
}

impl Sealed for &[usize] {
    #[inline(always)]
    fn numbers(&self) -> &[usize] {
        self
    }
}

impl Sealed for &Vec<usize> {
    #[inline(always)]
    fn numbers(&self) -> &[usize] {
        self
    }
}
