//! Where the elements of a view stand in a slice: shape, strides and offset. Arithmetic only; knows nothing
//! of elements.

pub(crate) mod axes;
pub(crate) mod error;
pub(crate) mod indices;
pub(crate) mod offsets;
pub(crate) mod rank;
pub(crate) mod reshape;
pub(crate) mod shape;
pub(crate) mod slice;

use crate::layout::error::{AccessError, ShapeError, ViewError};
use crate::layout::shape::{MAX_RANK, panic_index, row_major_strides, signed, span};
use core::array;
use core::ops::Range;

/// The index `[i, j, …]` is at `offset + i * strides[0] + j * strides[1] + …`.
///
/// Invariants:
/// 1. The product of the extents that are not zero is at most `isize::MAX`.
/// 2. If no extent is zero, every index below the extents is within the slice that the layout was made for,
///    and the slice has at most `isize::MAX` elements that a layout can reach. So no sum of these products
///    overflows, whichever of its parts comes first.
/// 3. If an extent is zero, there are no elements and nothing follows the strides. The offset then stays where
///    it was, within the slice or at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(unnameable_types, reason = "the trait that seals `Source` returns it")]
pub struct Layout<const N: usize> {
    shape: [usize; N],
    /// In elements.
    strides: [isize; N],
    offset: usize,
}

/// Making layouts.
impl<const N: usize> Layout<N> {
    /// A slice from its first element on, in row-major order.
    pub(crate) fn row_major(shape: [usize; N]) -> Result<Self, ShapeError> {
        span_of_view(&shape)?;
        Ok(Self::row_major_within(shape))
    }

    /// The same for extents that are known to fulfil invariant 1.
    pub(crate) fn row_major_within(shape: [usize; N]) -> Self {
        Layout { shape, strides: row_major_strides(&shape), offset: 0 }
    }

    /// A slice from its first element on, in row-major order, with axes of extent 1 before the others if
    /// there are fewer than `N` extents. The extents fulfil invariant 1.
    #[inline]
    pub(crate) fn row_major_padded(extents: &[usize]) -> Self {
        let mut shape = [1; N];
        shape.iter_mut().rev().zip(extents.iter().rev()).for_each(|(to, &extent)| *to = extent);
        Self::row_major_within(shape)
    }

    /// Any strides, in a slice of `len` elements.
    pub(crate) fn strided(
        shape: [usize; N],
        strides: [isize; N],
        offset: usize,
        len: usize,
    ) -> Result<Self, ViewError> {
        span_of_view(&shape)?;
        let layout = Layout { shape, strides, offset };
        let inside = if layout.is_empty() { offset <= len } else { layout.reaches_within(len) };
        if inside {
            Ok(layout)
        } else {
            let (shape, strides) = (shape.into(), strides.into());
            Err(ViewError::OutOfBounds { shape, strides, offset, len })
        }
    }

    /// Whether the lowest and the highest offset are those of a slice of `len` elements.
    fn reaches_within(&self, len: usize) -> bool {
        let mut low = Some(self.offset);
        let mut high = Some(self.offset);
        for (&extent, &stride) in self.shape.iter().zip(&self.strides) {
            let reach = stride.unsigned_abs().checked_mul(extent - 1);
            let end = if stride < 0 { &mut low } else { &mut high };
            *end = match (*end, reach) {
                (Some(end), Some(reach)) if stride < 0 => end.checked_sub(reach),
                (Some(end), Some(reach)) => end.checked_add(reach),
                _ => None,
            };
        }
        // Beyond isize::MAX there are only elements without size.
        low.is_some() && high.is_some_and(|high| high < len && isize::try_from(high).is_ok())
    }
}

/// A lane by itself.
impl Layout<1> {
    pub(crate) fn of_lane(start: usize, lane: Lane) -> Self {
        Layout { shape: [lane.len], strides: [lane.stride], offset: start }
    }
}

/// Looking at a layout.
impl<const N: usize> Layout<N> {
    #[inline]
    pub(crate) const fn shape(&self) -> &[usize; N] {
        &self.shape
    }

    #[inline]
    pub(crate) const fn strides(&self) -> &[isize; N] {
        &self.strides
    }

    /// Where the element at index 0 is, if there is one.
    #[inline]
    pub(crate) const fn offset(&self) -> usize {
        self.offset
    }

    /// How many elements there are.
    #[inline]
    pub(crate) const fn len(&self) -> usize {
        let (mut len, mut axis) = (1, 0);
        while axis < N {
            len *= self.shape[axis];
            axis += 1;
        }
        len
    }

    #[inline]
    pub(crate) const fn is_empty(&self) -> bool {
        let mut axis = 0;
        while axis < N {
            if self.shape[axis] == 0 {
                return true;
            }
            axis += 1;
        }
        false
    }

    /// Where the element at `index` is, if there is one.
    #[inline]
    pub(crate) fn offset_of(&self, index: [usize; N]) -> Option<usize> {
        let mut offset = self.offset;
        for axis in 0..N {
            if index[axis] >= self.shape[axis] {
                return None;
            }
            offset = moved(offset, self.strides[axis], index[axis]);
        }
        Some(offset)
    }

    /// Where the element at `index` is. Written as `Shape::place_or_panic` is, and for the same reasons.
    #[inline]
    #[track_caller]
    pub(crate) fn offset_or_panic(&self, index: [usize; N]) -> usize {
        let mut offset = self.offset;
        for axis in 0..N {
            if index[axis] >= self.shape[axis] {
                panic_index(axis, index[axis], self.shape[axis]);
            }
            offset = moved(offset, self.strides[axis], index[axis]);
        }
        offset
    }

    /// Whether the elements are one range of the slice, in row-major order.
    pub(crate) fn is_contiguous(&self) -> bool {
        let (_, lane) = self.merged().lanes();
        lane.stride == 1 && lane.len == self.len() || self.len() <= 1
    }

    /// Whether each stride reaches beyond all elements that the smaller strides lead to: then no two indices are
    /// at one place, and the axes are nested, not interleaved.
    pub(crate) fn is_nested(&self) -> bool {
        let ordered = self.memory_order();
        self.is_empty() || (0..N).all(|axis| ordered.reaches_beyond(axis, axis + 1..N))
    }

    /// Whether all elements before any index of this axis stand on one side of all elements from it on.
    pub(crate) fn is_outermost(&self, axis: usize) -> bool {
        self.is_empty() || self.reaches_beyond(axis, 0..N)
    }

    /// Whether one step along `axis` is longer than all steps along the others together. There are elements.
    fn reaches_beyond(&self, axis: usize, others: Range<usize>) -> bool {
        let others = others.filter(|&other| other != axis);
        let reach = |other: usize| self.strides[other].unsigned_abs() * (self.shape[other] - 1);
        self.shape[axis] == 1 || self.strides[axis].unsigned_abs() > others.map(reach).sum()
    }

    /// The lowest and the highest place of an element, if there are any.
    pub(crate) fn bounds(&self) -> Option<(usize, usize)> {
        if self.is_empty() {
            return None;
        }
        let mut bounds = (self.offset, self.offset);
        for (&extent, &stride) in self.shape.iter().zip(&self.strides) {
            let end = if stride < 0 { &mut bounds.0 } else { &mut bounds.1 };
            *end = moved(*end, stride, extent - 1);
        }
        Some(bounds)
    }

    pub(crate) fn check_axis(&self, axis: usize) -> Result<(), AccessError> {
        if axis < N { Ok(()) } else { Err(AccessError::Axis { axis, rank: N }) }
    }
}

/// Walking: the innermost axis is a lane, the others say where lanes start.
impl<const N: usize> Layout<N> {
    /// The starts of all lanes, as a layout of the other axes behind one of extent 1, and what the lanes have in
    /// common. A layout without axes is one lane of one element; lanes of no elements are none.
    #[inline]
    pub(crate) fn lanes(&self) -> (Self, Lane) {
        match N.checked_sub(1) {
            Some(last) => {
                let mut starts = self.select(array::from_fn(|axis| axis.checked_sub(1)));
                starts.shape[0] = self.shape[last].min(1);
                (starts, self.lane_along(last))
            }
            None => (*self, Lane { len: 1, stride: 1 }),
        }
    }

    /// What the lanes along any axis have in common.
    pub(crate) fn lane_along(&self, axis: usize) -> Lane {
        Lane { len: self.shape[axis], stride: self.strides[axis] }
    }
}

/// [`span`], for the extents of a view. Those of too many axes do not compile.
fn span_of_view<const N: usize>(shape: &[usize; N]) -> Result<usize, ShapeError> {
    const { assert!(N <= MAX_RANK, "a view has at most 8 axes") };
    span(shape)
}

/// `steps` strides further. Cannot overflow between elements of a slice (invariant 2); a negative stride is
/// added as its two's complement.
#[inline]
pub(crate) fn moved(offset: usize, stride: isize, steps: usize) -> usize {
    offset.wrapping_add_signed(stride.wrapping_mul(signed(steps)))
}

/// Length and stride of a lane, in elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lane {
    pub(crate) len: usize,
    pub(crate) stride: isize,
}
