//! Mutable iteration lane by lane over a view that has gaps or reversed axes.
//!
//! Safe code can split a mutable slice only into ranges. The parts along an axis are in disjoint
//! ranges of the slice if one step along the axis exceeds the total reach of the axes after it. So
//! each axis has a slice, from which its parts are split off at either end, and each part is the
//! slice of the next axis. For a reversed axis the two ends are exchanged.

use crate::layout::{Lane, Layout};
use crate::view::lane_by_lane::with_long_lanes;
use core::iter::{self, FusedIterator};
use core::mem;

/// The mutable elements of a view, lane by lane.
///
/// A plane is all lanes along one more axis. Taking the next lane of the first or last plane needs
/// no function call.
pub(super) struct LanesMut<'a, T, const N: usize> {
    /// Axes of the starts of planes, outermost first.
    axes: [Nesting; N],
    plane: Nesting,
    lane: Nesting,
    /// Number of lanes of a plane and of elements of a lane.
    plane_len: usize,
    lane_len: usize,
    /// Number of untouched planes, and their slices.
    planes: usize,
    rests: Rests<'a, T, N>,
    /// The rests of the first and the last plane, and of the lanes before and after these planes.
    first_plane: &'a mut [T],
    last_plane: &'a mut [T],
    first: &'a mut [T],
    last: &'a mut [T],
}

/// The rest of the slice of each axis: its untouched parts. In the order of iteration, parts in
/// `front` come before parts in `back`. Parts of inner axes come first in `front` and last in
/// `back`.
struct Rests<'a, T, const N: usize> {
    front: [&'a mut [T]; N],
    back: [&'a mut [T]; N],
}

impl<T, const N: usize> Default for Rests<'_, T, N> {
    #[inline]
    fn default() -> Self {
        Rests { front: [(); N].map(|()| Default::default()), back: [(); N].map(|()| Default::default()) }
    }
}

/// Where the parts along an axis are in a slice, which begins and ends with a part.
#[derive(Clone, Copy)]
struct Nesting {
    /// Distance from one part to the next.
    step: usize,
    /// Length of a part. A gap of `step - span` elements follows it.
    span: usize,
    reversed: bool,
}

impl Nesting {
    const WHOLE: Nesting = Nesting { step: 1, span: 1, reversed: false };

    /// Nests parts of this length along an axis, and computes their total length with gaps.
    fn new(span: usize, Lane { len, stride }: Lane) -> (Self, usize) {
        // The stride of an axis with a single part is arbitrary.
        let step = if len == 1 { span } else { stride.unsigned_abs() };
        (Nesting { step, span, reversed: stride < 0 }, (len - 1) * step + span)
    }

    /// Splits off the first part, if there is one.
    #[inline]
    fn first<'a, T>(self, slice: &mut &'a mut [T]) -> Option<&'a mut [T]> {
        if self.reversed { self.highest(slice) } else { self.lowest(slice) }
    }

    /// Splits off the last part, if there is one.
    #[inline]
    fn last<'a, T>(self, slice: &mut &'a mut [T]) -> Option<&'a mut [T]> {
        if self.reversed { self.lowest(slice) } else { self.highest(slice) }
    }

    #[inline]
    fn lowest<'a, T>(self, slice: &mut &'a mut [T]) -> Option<&'a mut [T]> {
        let whole = mem::take(slice);
        if whole.len() <= self.span {
            return (!whole.is_empty()).then_some(whole);
        }
        let (part, others) = whole.split_at_mut(self.step);
        *slice = others;
        part.get_mut(..self.span)
    }

    #[inline]
    fn highest<'a, T>(self, slice: &mut &'a mut [T]) -> Option<&'a mut [T]> {
        let whole = mem::take(slice);
        if whole.len() <= self.span {
            return (!whole.is_empty()).then_some(whole);
        }
        let (others, part) = whole.split_at_mut(whole.len() - self.span);
        let gap = self.step - self.span;
        *slice = others.get_mut(..others.len() - gap)?;
        Some(part)
    }

    /// Splits off the first part, if there is one. Parts are single elements.
    #[inline]
    fn first_element<'a, T>(self, slice: &mut &'a mut [T]) -> Option<&'a mut T> {
        if self.reversed { self.highest_element(slice) } else { self.lowest_element(slice) }
    }

    /// Splits off the last part, if there is one. Parts are single elements.
    #[inline]
    fn last_element<'a, T>(self, slice: &mut &'a mut [T]) -> Option<&'a mut T> {
        if self.reversed { self.lowest_element(slice) } else { self.highest_element(slice) }
    }

    #[inline]
    fn lowest_element<'a, T>(self, slice: &mut &'a mut [T]) -> Option<&'a mut T> {
        let (element, others) = mem::take(slice).split_first_mut()?;
        *slice = others.get_mut(self.step - 1..).unwrap_or_default();
        Some(element)
    }

    #[inline]
    fn highest_element<'a, T>(self, slice: &mut &'a mut [T]) -> Option<&'a mut T> {
        let (element, others) = mem::take(slice).split_last_mut()?;
        let left = others.len().saturating_sub(self.step - 1);
        *slice = others.get_mut(..left).unwrap_or_default();
        Some(element)
    }

    /// Number of parts of a slice.
    #[inline]
    fn count(self, len: usize) -> usize {
        len.div_ceil(self.step)
    }
}

impl<'a, T, const N: usize> LanesMut<'a, T, N> {
    /// Iterates over a layout whose axes are nested: no axis interleaves with axes after it.
    #[inline]
    pub(super) fn new(data: &'a mut [T], layout: &Layout<N>) -> Self {
        let (starts, lane_layout) = with_long_lanes(*layout).lanes();
        let (starts, plane_layout) = starts.lanes();
        let (lane, span) = Nesting::new(1, lane_layout);
        let (plane, mut span) = Nesting::new(span, plane_layout);
        let mut axes = [Nesting::WHOLE; N];
        for axis in (0..N).rev() {
            (axes[axis], span) = Nesting::new(span, starts.lane_along(axis));
        }
        let mut lanes = LanesMut {
            axes,
            plane,
            lane,
            plane_len: plane_layout.len,
            lane_len: lane_layout.len,
            planes: 0,
            rests: Rests::default(),
            first_plane: &mut [],
            last_plane: &mut [],
            first: &mut [],
            last: &mut [],
        };
        let (low, _) = layout.bounds().unwrap_or_default();
        let data = &mut data[low..][..span];
        match (starts.len(), lanes.rests.front.first_mut()) {
            (planes @ 2.., Some(outermost)) => (lanes.planes, *outermost) = (planes, data),
            // A single plane needs no call to split planes off.
            _ => lanes.first_plane = data,
        }
        lanes
    }

    /// Refills `first` with the next lane, or with the rest of the last lane. `first` is empty.
    #[inline]
    fn refill_first(&mut self) {
        if self.first_plane.is_empty() {
            if let Some(planes) = self.planes.checked_sub(1) {
                self.planes = planes;
                (self.first_plane, self.rests) = mem::take(&mut self.rests).split_first(self.axes);
            } else {
                self.first_plane = mem::take(&mut self.last_plane);
            }
        }
        let lane = self.plane.first(&mut self.first_plane);
        self.first = lane.unwrap_or_else(|| mem::take(&mut self.last));
    }

    /// Refills `last` with the last lane, or with the rest of the first lane. `last` is empty.
    #[inline]
    fn refill_last(&mut self) {
        if self.last_plane.is_empty() {
            if let Some(planes) = self.planes.checked_sub(1) {
                self.planes = planes;
                (self.last_plane, self.rests) = mem::take(&mut self.rests).split_last(self.axes);
            } else {
                self.last_plane = mem::take(&mut self.first_plane);
            }
        }
        let lane = self.plane.last(&mut self.last_plane);
        self.last = lane.unwrap_or_else(|| mem::take(&mut self.first));
    }
}

// By value: calls by reference would keep the iterator in memory, even that of a contiguous view.
impl<'a, T, const N: usize> Rests<'a, T, N> {
    /// Splits off the first plane.
    #[inline(never)]
    fn split_first(mut self, axes: [Nesting; N]) -> (&'a mut [T], Self) {
        (split_off(&axes, &mut self.front, &mut self.back, Nesting::first), self)
    }

    /// Splits off the last plane.
    #[inline(never)]
    fn split_last(mut self, axes: [Nesting; N]) -> (&'a mut [T], Self) {
        (split_off(&axes, &mut self.back, &mut self.front, Nesting::last), self)
    }
}

/// Splits off the plane at one end, or an empty slice if there are no planes. The plane comes from
/// the innermost axis with parts left at the near end, otherwise from the outermost with parts left
/// at the far end.
#[inline]
fn split_off<'a, T, const N: usize>(
    axes: &[Nesting; N],
    near: &mut [&'a mut [T]; N],
    far: &mut [&'a mut [T]; N],
    split: impl Fn(Nesting, &mut &'a mut [T]) -> Option<&'a mut [T]>,
) -> &'a mut [T] {
    let found = (0..N)
        .rev()
        .find_map(|axis| Some((axis, split(axes[axis], &mut near[axis])?)))
        .or_else(|| (0..N).find_map(|axis| Some((axis, split(axes[axis], &mut far[axis])?))));
    let (outer, mut part) = found.unwrap_or_default();
    for axis in outer + 1..N {
        near[axis] = part;
        part = split(axes[axis], &mut near[axis]).unwrap_or_default();
    }
    part
}

impl<'a, T, const N: usize> Iterator for LanesMut<'a, T, N> {
    type Item = &'a mut T;

    #[inline]
    fn next(&mut self) -> Option<&'a mut T> {
        if self.first.is_empty() {
            self.refill_first();
        }
        self.lane.first_element(&mut self.first)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let planes = self.plane.count(self.first_plane.len()) + self.plane.count(self.last_plane.len());
        let rests = self.lane.count(self.first.len()) + self.lane.count(self.last.len());
        let len = (self.planes * self.plane_len + planes) * self.lane_len + rests;
        (len, Some(len))
    }

    #[inline]
    fn fold<B, F: FnMut(B, &'a mut T) -> B>(mut self, init: B, mut f: F) -> B {
        let mut folded = init;
        loop {
            if self.first.is_empty() {
                self.refill_first();
            }
            let lane = mem::take(&mut self.first);
            if lane.is_empty() {
                return folded;
            }
            folded = fold_lane(lane, self.lane, folded, &mut f);
        }
    }
}

/// Folds a lane, which is not empty.
#[inline]
fn fold_lane<'a, T, B>(
    mut lane: &'a mut [T],
    nesting: Nesting,
    init: B,
    f: &mut impl FnMut(B, &'a mut T) -> B,
) -> B {
    if nesting.step == 1 {
        let elements = lane.iter_mut();
        return if nesting.reversed { elements.rev().fold(init, f) } else { elements.fold(init, f) };
    }
    let mut folded = init;
    if !nesting.reversed {
        // All elements but the last are the start of a whole chunk. Zipping with a range makes the
        // compiler count chunks instead of shortening a slice.
        let before = nesting.count(lane.len()) - 1;
        let (chunks, last) = lane.split_at_mut(before * nesting.step);
        for (chunk, _) in iter::zip(chunks.chunks_exact_mut(nesting.step), 0..before) {
            folded = f(folded, &mut chunk[0]);
        }
        lane = last;
    }
    while let Some(element) = nesting.first_element(&mut lane) {
        folded = f(folded, element);
    }
    folded
}

impl<T, const N: usize> DoubleEndedIterator for LanesMut<'_, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.last.is_empty() {
            self.refill_last();
        }
        self.lane.last_element(&mut self.last)
    }
}

impl<T, const N: usize> ExactSizeIterator for LanesMut<'_, T, N> {}
impl<T, const N: usize> FusedIterator for LanesMut<'_, T, N> {}
