//! What may stand in `view.slice((..))`, one part for each axis: an index, a range, a range with a step, a new
//! axis. The number of axes that are left is counted at compile time.

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewAxis;

/// A range of indices of one axis: any of the ranges of the language.
///
/// As everywhere in Rust they are half-open, or closed with `..=`, and count from the beginning. There are no
/// negative indices; `extent - k` is what they would mean.
// The compiler asks for this trait where a part of a slice is none of those it knows.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a part of a slice",
    note = "a part is an index `5`, a range like `..` or `2..5`, a range with a step `(0..9).step(2)`, or `NewAxis`",
    note = "indices are `usize` and count from the beginning: write `extent - k` for the `k`-th from the end"
)]
pub trait AxisRange: RangeBounds<usize> + sealed::Sealed + Sized {
    /// Every `step`-th index of the range, from its first on.
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
    fn step(self, step: usize) -> Stepped<Self> {
        Stepped { range: self, step }
    }
}

/// Every so many-th index of a range, from [`AxisRange::step`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stepped<R> {
    range: R,
    step: usize,
}

/// One part of a slice: an index (`usize`), a [range](AxisRange), a range with a [step](AxisRange::step), or a
/// [`NewAxis`].
pub trait AxisSlice: sealed::Sealed {
    /// The axes before this part, and the one that it is about, if any.
    type In<Before: InsertAxis>: InsertAxis;
    /// The axes that are left of those, and the new one.
    type Out<Before: InsertAxis>: InsertAxis;
}

impl AxisSlice for usize {
    type In<Before: InsertAxis> = Before::Larger;
    type Out<Before: InsertAxis> = Before;
}

impl<R: AxisRange> AxisSlice for R {
    type In<Before: InsertAxis> = Before::Larger;
    type Out<Before: InsertAxis> = Before::Larger;
}

impl<R: AxisRange> AxisSlice for Stepped<R> {
    type In<Before: InsertAxis> = Before::Larger;
    type Out<Before: InsertAxis> = Before::Larger;
}

impl AxisSlice for NewAxis {
    type In<Before: InsertAxis> = Before;
    type Out<Before: InsertAxis> = Before::Larger;
}

/// The argument of [`slice`](crate::Strided::slice): a tuple of up to eight [parts](AxisSlice), one for each
/// axis, and one for each new axis. A single part is written with a comma: `(2..5,)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a slice of a view",
    note = "a slice is a tuple with one part for each axis, like `(3, .., (0..10).step(2))`; for one axis write `(2..5,)`"
)]
pub trait SliceArg: sealed::SealedArg {
    /// How many axes a view must have to be sliced like this.
    type In: InsertAxis;
    /// How many axes the result has.
    type Out: InsertAxis;
}

/// What a part of a slice does.
#[derive(Clone, Copy, Debug)]
#[expect(unnameable_types, reason = "the sealed traits speak of it")]
pub enum Part {
    /// Takes one index of an axis, which is gone then.
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

    #[expect(unnameable_types, reason = "nobody else can implement it")]
    pub trait Sealed {
        fn part(self) -> Part;
    }

    #[expect(unnameable_types, reason = "nobody else can implement it")]
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

/// Tuples of each length: what the first part does to the axes of those behind it.
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

/// The part of a layout that a slice takes. `N` is `In` and `M` is `Out`.
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
                let extent = layout.shape()[axis];
                let range = range_within(&range, extent)
                    .map_err(|Range { start, end }| AccessError::Range { axis, start, end, len: extent })?;
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
