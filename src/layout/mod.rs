//! Index arithmetic: shapes, strides and offsets. Independent of element type and allocation.
//!
//! Imports nothing. Read this file first: it has [`Layout`], which maps the indices of a view to
//! offsets in a slice. `axes`, `parts` and `reshape` derive layouts from a layout, `broadcast`
//! brings several layouts to one shape, and `offsets` iterates over the offsets of a layout.
//! `shape` has the shape of an array, whose number of axes is known only at run time, and `indices`
//! iterates over its indices. `rank` and `slice` count axes at compile time. `error` has the errors
//! of the whole folder.

pub(crate) mod axes;
pub(crate) mod broadcast;
pub(crate) mod error;
pub(crate) mod indices;
pub(crate) mod offsets;
pub(crate) mod parts;
pub(crate) mod rank;
pub(crate) mod reshape;
pub(crate) mod shape;
pub(crate) mod slice;

use crate::layout::broadcast::extent;
use crate::layout::error::{AccessError, ShapeError, ViewError};
use crate::layout::shape::{MAX_RANK, panic_index, row_major_strides, signed, span};
use core::ops::Range;

/// Shape, strides and offset: the element at `[i, j, …]` is at
/// `offset + i * strides[0] + j * strides[1] + …` in a slice. The *reach* of an axis is the
/// distance from its first to its last element: the stride times one less than the extent.
///
/// Invariants:
/// 1. The product of the extents that are not zero is at most `isize::MAX`.
/// 2. If no extent is zero, the offset of every index below the extents is in the slice that the
///    layout was made for, and at most `isize::MAX`. So no sum of products of indices and strides
///    overflows, in any order of its terms.
/// 3. If an extent is zero, there are no elements, and the strides are not used. The offset is
///    still in the slice or at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(unnameable_types, reason = "the trait that seals `Source` returns it")]
pub struct Layout<const N: usize> {
    shape: [usize; N],
    /// In elements.
    strides: [isize; N],
    offset: usize,
}

/// Constructors.
impl<const N: usize> Layout<N> {
    /// Lays out a shape in row-major order, starting at the first element of a slice.
    pub(crate) fn row_major(shape: [usize; N]) -> Result<Self, ShapeError> {
        span_of_view(&shape)?;
        Ok(Self::row_major_within(shape))
    }

    /// Lays out extents in row-major order. They fulfil invariant 1.
    pub(crate) fn row_major_within(shape: [usize; N]) -> Self {
        Layout { shape, strides: row_major_strides(&shape), offset: 0 }
    }

    /// Lays out at most `N` extents in row-major order, after as many axes of extent 1 as are
    /// missing. The extents fulfil invariant 1.
    #[inline]
    pub(crate) fn row_major_padded(extents: &[usize]) -> Self {
        let mut shape = [1; N];
        for axis in 0..N {
            shape[axis] = extent(extents, axis, N);
        }
        Self::row_major_within(shape)
    }

    /// Creates a layout after checking that all elements are in a slice of `len` elements.
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

    /// Returns whether the lowest and the highest offset are in a slice of `len` elements.
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
        // Slices of more than isize::MAX elements exist, if elements have size zero: invariant 2
        // excludes larger offsets.
        low.is_some() && high.is_some_and(|high| high < len && isize::try_from(high).is_ok())
    }
}

/// Queries.
impl<const N: usize> Layout<N> {
    #[inline]
    pub(crate) const fn shape(&self) -> &[usize; N] {
        &self.shape
    }

    #[inline]
    pub(crate) const fn strides(&self) -> &[isize; N] {
        &self.strides
    }

    /// Offset of the element at index 0, if there is one.
    #[inline]
    pub(crate) const fn offset(&self) -> usize {
        self.offset
    }

    /// Number of elements.
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

    /// Offset of the element at `index`, if there is one.
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

    /// Offset of the element at `index`. Each axis has a check and a panic of its own: see
    /// `Shape::place_or_panic`.
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

    /// Returns whether the elements are one range of the slice, in row-major order.
    #[inline]
    pub(crate) const fn is_contiguous(&self) -> bool {
        let (mut contiguous, mut len, mut axis) = (true, 1, N);
        while axis > 0 {
            axis -= 1;
            contiguous &= self.shape[axis] == 1 || self.strides[axis] == signed(len);
            len *= self.shape[axis];
        }
        contiguous || len == 0
    }

    /// Returns whether, in memory order, each stride exceeds the total reach of the axes after it,
    /// not counting axes of extent 1. Then no two indices have the same offset, and the axes are
    /// nested, not interleaved. True if there are no elements.
    pub(crate) fn is_nested(&self) -> bool {
        self.memory_order().interleaved_axis().is_none()
    }

    /// Finds the first axis of two or more indices whose stride does not exceed the total reach of the axes after it. If
    /// there is none, parts at different indices of an axis are in disjoint ranges of the slice.
    pub(crate) fn interleaved_axis(&self) -> Option<usize> {
        let interleaved = |&axis: &usize| !self.reaches_beyond(axis, axis + 1..N);
        if self.is_empty() { None } else { (0..N).find(interleaved) }
    }

    /// Returns whether every index of an axis splits the elements into two ranges of the slice.
    pub(crate) fn is_outermost(&self, axis: usize) -> bool {
        self.is_empty() || self.reaches_beyond(axis, 0..N)
    }

    /// Returns whether `axis` has extent 1, or its stride exceeds the total reach of the axes
    /// `others`. The layout is not empty.
    fn reaches_beyond(&self, axis: usize, others: Range<usize>) -> bool {
        let others = others.filter(|&other| other != axis);
        let reach = |other: usize| self.strides[other].unsigned_abs() * (self.shape[other] - 1);
        self.shape[axis] == 1 || self.strides[axis].unsigned_abs() > others.map(reach).sum()
    }

    /// Lowest and highest offset of the elements, if there are any.
    pub(crate) fn bounds(&self) -> Option<(usize, usize)> {
        if self.is_empty() {
            return None;
        }
        let mut bounds = (self.offset, self.offset);
        for (&extent, &stride) in self.shape.iter().zip(&self.strides) {
            let end = if stride.is_negative() { &mut bounds.0 } else { &mut bounds.1 };
            *end = moved(*end, stride, extent - 1);
        }
        Some(bounds)
    }

    pub(crate) fn check_axis(&self, axis: usize) -> Result<(), AccessError> {
        AccessError::check_axis(axis, N)
    }
}

/// Lanes: the elements along one axis at each index of the others.
impl<const N: usize> Layout<N> {
    /// Divides the layout into lanes along the innermost axis: returns a layout of their starts,
    /// and the length and stride of each lane.
    ///
    /// The axes of the starts are one of extent 1, then all axes but the innermost. A layout
    /// without axes is one lane of one element. An empty layout has no lanes.
    #[inline]
    pub(crate) fn lanes(&self) -> (Self, Lane) {
        match N.checked_sub(1) {
            Some(last) => {
                let mut axes = [None; N];
                for axis in 1..N {
                    axes[axis] = Some(axis - 1);
                }
                let mut starts = self.select(axes);
                starts.shape[0] = self.shape[last].min(1);
                (starts, self.lane_along(last))
            }
            None => (*self, Lane { len: 1, stride: 1 }),
        }
    }

    /// Divides several layouts into [`lanes`](Self::lanes).
    #[inline]
    pub(crate) fn lanes_of<const K: usize>(layouts: [Self; K]) -> ([Self; K], [Lane; K]) {
        let (mut starts, mut lanes) = (layouts, [Lane { len: 1, stride: 1 }; K]);
        for k in 0..K {
            (starts[k], lanes[k]) = layouts[k].lanes();
        }
        (starts, lanes)
    }

    /// Layout of the starts of the lanes along an axis: an axis of extent 1, then the other axes.
    #[inline]
    pub(crate) fn starts_along(&self, axis: usize) -> Self {
        let mut axes = [None; N];
        for to in 1..N {
            axes[to] = Some(if to <= axis { to - 1 } else { to });
        }
        self.select(axes)
    }

    /// Length and stride of the lanes along an axis.
    #[inline]
    pub(crate) fn lane_along(&self, axis: usize) -> Lane {
        Lane { len: self.shape[axis], stride: self.strides[axis] }
    }
}

/// Computes the [`span`] of the extents of a view. More than [`MAX_RANK`] extents do not compile.
fn span_of_view<const N: usize>(shape: &[usize; N]) -> Result<usize, ShapeError> {
    const { assert!(N <= MAX_RANK, "a view has at most 8 axes") };
    span(shape)
}

/// Moves an offset by `steps` strides. Does not overflow between elements of a slice (invariant 2).
/// A negative stride is added as its two's complement.
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
