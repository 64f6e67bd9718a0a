//! Slice arguments: `view.slice((..))` has one part for each axis, an index, a range, a range with
//! a step, or a new axis. The compiler counts the axes of the result.

use crate::layout::Layout;
use crate::layout::error::AccessError;
use crate::layout::rank::{InsertAxis, Rank};
use crate::layout::shape::range_within;
use core::ops::{Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

/// A new axis of extent 1 in a [slice](crate::Strided::slice).
///
/// # Examples
///
/// ```
/// use growable_nd::{NewAxis, View};
///
/// let view = View::from_slice([3], &[1, 2, 3])?;
/// assert_eq!(view.slice((.., NewAxis)).shape(), [3, 1]);
/// # Ok::<(), growable_nd::ViewError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[doc(alias = "newaxis")]
pub struct NewAxis;

/// A range of indices of one axis: any range expression, such as `a..b`, `..` or `a..=b`.
///
/// Indices are `usize` and count from the beginning. Instead of a negative index write
/// `extent - k`:
///
/// ```compile_fail,E0277
/// # let array = growable_nd::GrowableNd::from([[1, 2], [3, 4]]);
/// let last = array.view::<2>().slice((-1, ..));
/// ```
///
/// ```
/// # let array = growable_nd::GrowableNd::from([[1, 2], [3, 4]]);
/// let view = array.view::<2>();
/// let last = view.slice((view.shape()[0] - 1, ..));
/// assert!(last.iter().eq(&[3, 4]));
/// ```
// The compiler reports this trait if a part of a slice has none of the known types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a part of a slice",
    label = "not an index (`usize`), a range of indices, or `NewAxis`",
    note = "a part is an index `5`, a range like `..` or `2..5`, a range with a step, or `NewAxis`",
    note = "other integers are converted: `usize::from(i)`, `usize::try_from(i)?`; indices count from the beginning: write `extent - k` for the `k`-th from the end",
    note = "a step is written `(0..9).step(2)`, not `step_by`, with the trait `AxisRange` in scope"
)]
pub trait AxisRange: RangeBounds<usize> + sealed::Sealed + Sized {
    /// Takes every `step`-th index of the range, starting with the first.
    ///
    /// With a step of zero, [`slice`](crate::Strided::slice) panics and
    /// [`try_slice`](crate::Strided::try_slice) returns an error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AxisRange, View};
    ///
    /// let view = View::from_slice([7], &[0, 1, 2, 3, 4, 5, 6])?;
    /// assert_eq!(view.slice(((1..7).step(2),)), View::from_slice([3], &[1, 3, 5])?);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    fn step(self, step: usize) -> Stepped<Self> {
        Stepped { range: self, step }
    }
}

/// A range with a step, from [`AxisRange::step`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stepped<R> {
    range: R,
    step: usize,
}

/// A part of a slice: an index (`usize`), a [range](AxisRange), a range with a
/// [step](AxisRange::step), or a [`NewAxis`].
pub trait AxisSlice: sealed::Sealed {
    /// Number of axes of the view, given the number for the parts after this one.
    type In<Rest: InsertAxis>: InsertAxis;
    /// Number of axes of the result, given the number for the parts after this one.
    type Out<Rest: InsertAxis>: InsertAxis;
}

impl AxisSlice for usize {
    type In<Rest: InsertAxis> = Rest::Larger;
    type Out<Rest: InsertAxis> = Rest;
}

impl<R: AxisRange> AxisSlice for R {
    type In<Rest: InsertAxis> = Rest::Larger;
    type Out<Rest: InsertAxis> = Rest::Larger;
}

impl<R: AxisRange> AxisSlice for Stepped<R> {
    type In<Rest: InsertAxis> = Rest::Larger;
    type Out<Rest: InsertAxis> = Rest::Larger;
}

impl AxisSlice for NewAxis {
    type In<Rest: InsertAxis> = Rest;
    type Out<Rest: InsertAxis> = Rest::Larger;
}

/// The argument of [`slice`](crate::Strided::slice): a tuple of at most eight [parts](AxisSlice),
/// one for each axis of the view and one for each new axis. A tuple of a single part ends with a
/// comma: `(2..5,)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a slice of a view",
    label = "not a tuple of parts",
    note = "a slice is a tuple with one part for each axis, like `(3, .., (0..10).step(2))`; for one axis write `(2..5,)`"
)]
pub trait SliceArg: sealed::SealedArg {
    /// The number of axes of the view.
    type In: InsertAxis;
    /// The number of axes of the result.
    type Out: InsertAxis;
}

/// The effect of a part of a slice.
#[derive(Clone, Copy, Debug)]
#[expect(unnameable_types, reason = "the traits that seal public ones return it")]
pub enum Part {
    /// Takes one index of an axis, and removes the axis.
    Index(usize),
    /// Takes every `step`-th index of a range of an axis.
    Range { range: (Bound<usize>, Bound<usize>), step: usize },
    /// Adds an axis.
    NewAxis,
}

fn range_part(range: &impl RangeBounds<usize>, step: usize) -> Part {
    Part::Range { range: (range.start_bound().cloned(), range.end_bound().cloned()), step }
}

mod sealed {
    use super::Part;

    #[expect(unnameable_types, reason = "seals a public trait")]
    pub trait Sealed {
        fn part(self) -> Part;
    }

    #[expect(unnameable_types, reason = "seals a public trait")]
    pub trait SealedArg {
        fn parts(self) -> impl AsRef<[Part]>;
    }
}

impl sealed::Sealed for usize {
    #[inline]
    fn part(self) -> Part {
        Part::Index(self)
    }
}

impl sealed::Sealed for NewAxis {
    #[inline]
    fn part(self) -> Part {
        Part::NewAxis
    }
}

impl<R: AxisRange> sealed::Sealed for Stepped<R> {
    #[inline]
    fn part(self) -> Part {
        range_part(&self.range, self.step)
    }
}

macro_rules! ranges {
    ($($range:ty)*) => {$(
        impl AxisRange for $range {}

        impl sealed::Sealed for $range {
            #[inline]
            fn part(self) -> Part {
                range_part(&self, 1)
            }
        }
    )*};
}

ranges! {
    Range<usize> RangeFrom<usize> RangeFull RangeInclusive<usize> RangeTo<usize> RangeToInclusive<usize>
}

impl SliceArg for () {
    type In = Rank<0>;
    type Out = Rank<0>;
}

impl sealed::SealedArg for () {
    #[inline]
    fn parts(self) -> impl AsRef<[Part]> {
        []
    }
}

/// Implements tuples of each length: the first part adds its axes to those of the other parts.
macro_rules! tuples {
    ($($first:ident $($other:ident)*;)*) => {$(
        impl<$first: AxisSlice $(, $other: AxisSlice)*> SliceArg for ($first, $($other,)*) {
            type In = $first::In<<($($other,)*) as SliceArg>::In>;
            type Out = $first::Out<<($($other,)*) as SliceArg>::Out>;
        }

        impl<$first: AxisSlice $(, $other: AxisSlice)*> sealed::SealedArg for ($first, $($other,)*) {
            #[inline]
            #[allow(non_snake_case)]
            fn parts(self) -> impl AsRef<[Part]> {
                let ($first, $($other,)*) = self;
                [$first.part() $(, $other.part())*]
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

/// Applies a slice argument to a layout. `N` is `In` and `M` is `Out`.
#[inline]
pub(crate) fn sliced<S: SliceArg, const N: usize, const M: usize>(
    layout: &Layout<N>,
    slice: S,
) -> Result<Layout<M>, AccessError> {
    let mut taken = *layout;
    let mut kept = [None; M];
    let (mut axis, mut new) = (0, 0);
    for &part in slice.parts().as_ref() {
        match part {
            Part::Index(index) => {
                taken = taken.index_axis(axis, index)?;
                axis += 1;
            }
            Part::Range { range, step } => {
                let range = range_within(&range, axis, layout.shape()[axis])?;
                taken = taken.stepped(axis, range, step)?;
                kept[new] = Some(axis);
                axis += 1;
                new += 1;
            }
            Part::NewAxis => new += 1,
        }
    }
    Ok(taken.select(kept))
}
