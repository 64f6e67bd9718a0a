//! Reductions along one axis, for each index of the other axes, in memory order.
//!
//! Few elements are reduced in row-major order. Otherwise, if the axis is the innermost in memory,
//! each line along it is reduced separately; if not, `slabs` combines slabs, the parts of the
//! layout at each index of the axis. The rounding bound is that of `reduce`.

use crate::kernels::combine::Combine;
use crate::kernels::plane::{Plane, for_each_plane};
use crate::kernels::reduce::{NOTHING, Reduction, SHORT, reduce_lane, reduce_slices};
use crate::kernels::slabs::reduce_slabs;
use crate::layout::shape::signed;
use crate::layout::{Layout, moved};
use crate::memory::ReserveError;
use core::convert::Infallible;

/// Minimum length of adjacent lines that are reduced with several accumulators: for shorter lines, combining
/// the accumulators takes longer.
const FEW: usize = 16;

/// Layouts of one shape, divided along an axis. `slabs` refer to the elements at index 0 of the
/// axis, `out` to the results, which are in row-major order in a slice. All have one shape, and
/// their axes are in the memory order of the first slab.
#[derive(Clone, Copy)]
pub(crate) struct Along<const N: usize, const K: usize> {
    /// Number of elements along the axis.
    pub(crate) len: usize,
    /// Strides along the axis.
    pub(crate) strides: [isize; K],
    pub(crate) slabs: [Layout<N>; K],
    pub(crate) out: Layout<N>,
    /// Whether the results of each lane of a slab are written in reverse order: if the lane of the
    /// slab was inverted, so that reading and writing go forwards.
    reversed: bool,
}

impl<const N: usize> Along<N, 1> {
    /// Divides a layout. The axis is not empty.
    pub(crate) fn one(layout: &Layout<N>, axis: usize) -> Self {
        let Along { len, strides: [stride, _], slabs: [slab, _], out, reversed } =
            Along::new([*layout; 2], axis);
        Along { len, strides: [stride], slabs: [slab], out, reversed }
    }
}

impl<const N: usize> Along<N, 2> {
    /// Divides two layouts, after inverting the axis if its stride in the left one is negative. The
    /// axis is not empty.
    pub(crate) fn forwards(layouts: [Layout<N>; 2], axis: usize) -> Self {
        let backwards = layouts[0].strides()[axis] < 0;
        Along::new(if backwards { layouts.map(|layout| layout.inverted(axis)) } else { layouts }, axis)
    }

    /// Divides two layouts. The axis is not empty.
    pub(crate) fn new(layouts: [Layout<N>; 2], axis: usize) -> Self {
        let [left, right] = [layouts[0].with_extent(axis, 1), layouts[1].with_extent(axis, 1)];
        let out = Layout::row_major_within(*left.shape());
        let [left, right, mut out] = Layout::merge(left.memory_order_of([left, right, out]));
        let reversed = out.lanes().1.stride == -1;
        if reversed {
            out = out.inverted(N - 1);
        }
        let strides = [layouts[0].strides()[axis], layouts[1].strides()[axis]];
        Along { len: layouts[0].shape()[axis], strides, slabs: [left, right], out, reversed }
    }
}

impl<const N: usize, const K: usize> Along<N, K> {
    /// Returns whether the lines along the axis follow each other without gaps in all slices, in
    /// the order of the innermost axis of a slab.
    pub(crate) fn are_adjacent(&self) -> bool {
        let (_, target) = self.out.lanes();
        target.stride == 1 && self.slabs.iter().all(|slab| slab.lanes().1.stride == signed(self.len))
    }

    /// Returns the start of the first slab and the length of each, if slabs follow each other
    /// without gaps and are in the order of the results.
    #[inline]
    pub(crate) fn adjacent_slabs(&self) -> Option<(usize, usize)> {
        let ((starts, lane), (_, target)) = (self.slabs[0].lanes(), self.out.lanes());
        let adjacent = starts.len() == 1
            && (lane.stride, target.stride) == (1, 1)
            && self.strides[0] == signed(lane.len);
        adjacent.then(|| (starts.offset(), lane.len))
    }

    /// Calls `f` for each lane of each slab, with the index of the slab and the starts of the lane
    /// in the slab and in the results.
    #[inline]
    pub(crate) fn try_for_each_lane<E>(
        &self,
        mut f: impl FnMut(usize, usize, usize) -> Result<(), E>,
    ) -> Result<(), E> {
        let (starts, targets) = (self.slabs[0].lanes().0, self.out.lanes().0);
        let start_at = |start: usize, index: usize| moved(start, self.strides[0], index);
        if starts.len() == 1 {
            return (0..self.len)
                .try_for_each(|index| f(index, start_at(starts.offset(), index), targets.offset()));
        }
        (0..self.len).try_for_each(|index| {
            let mut lanes = starts.offsets().zip(targets.offsets());
            lanes.try_for_each(|(start, to)| f(index, start_at(start, index), to))
        })
    }

    /// Calls `f`, which does not fail, like [`try_for_each_lane`](Self::try_for_each_lane).
    #[inline]
    pub(crate) fn for_each_lane(&self, mut f: impl FnMut(usize, usize, usize)) {
        let Ok(()) = self.try_for_each_lane(|index, start, to| {
            f(index, start, to);
            Ok::<(), Infallible>(())
        });
    }

    /// Returns whether elements along the axis are nearer to each other in memory than those of a
    /// slab.
    pub(crate) fn is_innermost(&self) -> bool {
        let (_, lane) = self.slabs[0].lanes();
        // Wraps for stride 0: repeated elements count as far from each other.
        let distance = |stride: isize| stride.unsigned_abs().wrapping_sub(1);
        lane.len <= 1 || distance(self.strides[0]) < distance(lane.stride)
    }

    /// Brings the results from row-major order to the order in which they are written, or back.
    pub(crate) fn reverse_lanes<A>(&self, out: &mut [A]) {
        if self.reversed {
            let (targets, target) = self.out.lanes();
            targets.offsets().for_each(|start| out[start..][..target.len].reverse());
        }
    }
}

/// Combines the values of all pairs of elements along an axis with the elements of `out`, which are
/// in row-major order of the layouts without the axis.
///
/// The elements of `out` are the identity. If there is none, they are values that change nothing
/// when they are combined again.
#[inline]
pub(crate) fn reduce_axis<T, U: Clone, A: Clone, const N: usize>(
    left: (&[T], &Layout<N>),
    right: (&[U], &Layout<N>),
    axis: usize,
    reduction: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Combine<A>>,
    out: &mut [A],
) -> Result<(), ReserveError> {
    match left.1.len() {
        0 => Ok(()),
        // In row-major order: for few elements, finding the memory order takes longer.
        1..SHORT => for_each_plane([left.1, right.1], axis, out, |[x, y], out| {
            reduce_plane((left.0, x), (right.0, y), reduction, out);
            Ok(())
        }),
        _ => reduce_many(left, right, axis, reduction, out),
    }
}

#[inline(never)]
fn reduce_many<T, U: Clone, A: Clone, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    axis: usize,
    reduction: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Combine<A>>,
    out: &mut [A],
) -> Result<(), ReserveError> {
    let along = Along::forwards([*left_layout, *right_layout], axis);
    if reduction.identity.is_none() {
        along.reverse_lanes(out);
    }
    if along.is_innermost() {
        reduce_lines(left, right, &along, reduction, out);
    } else {
        reduce_slabs(left, right, &along, reduction, out)?;
    }
    along.reverse_lanes(out);
    Ok(())
}

/// Reduces the lanes of two planes, each into one element of `out`.
#[inline]
fn reduce_plane<T, U, A: Clone>(
    (left, x): (&[T], Plane),
    (right, y): (&[U], Plane),
    Reduction { map, op, .. }: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Combine<A>>,
    out: &mut [A],
) {
    let len = x.along.len;
    if (x.across.stride, y.across.stride) == (1, 1) {
        // Adjacent lanes side by side, which fill vector registers.
        for index in 0..len {
            let (left, right) = (&left[x.at(0, index)..][..out.len()], &right[y.at(0, index)..][..out.len()]);
            for ((out, x), y) in out.iter_mut().zip(left).zip(right) {
                *out = op.combine(out.clone(), map(x, y));
            }
        }
        return;
    }
    for (line, out) in out.iter_mut().enumerate() {
        let (left_start, right_start) = (x.at(line, 0), y.at(line, 0));
        if (x.along.stride, y.along.stride) == (1, 1) {
            let pairs = left[left_start..][..len].iter().zip(&right[right_start..][..len]);
            *out = pairs.fold(out.clone(), |total, (x, y)| op.combine(total, map(x, y)));
        } else {
            let reduction = Reduction { identity: out.clone(), map, op: *op };
            let (left, right) = ((left, left_start, x.along.stride), (right, right_start, y.along.stride));
            *out = reduce_lane(left, right, len, &reduction);
        }
    }
}

/// Reduces each line along the axis separately.
pub(crate) fn reduce_lines<T, U, A: Clone, const N: usize>(
    left: &[T],
    right: &[U],
    along: &Along<N, 2>,
    reduction: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Combine<A>>,
    out: &mut [A],
) {
    let Reduction { map, op, .. } = reduction;
    let &Along { len, strides: [left_stride, right_stride], .. } = along;
    match (left_stride, right_stride) {
        (1, 1) if len < FEW && along.are_adjacent() => {
            let ([left_starts, right_starts], _) = Layout::lanes_of(along.slabs);
            let (targets, target) = along.out.lanes();
            let starts = left_starts.offsets().zip(right_starts.offsets());
            for ((left_start, right_start), to) in starts.zip(targets.offsets()) {
                let all = target.len * len;
                let lines = (&left[left_start..][..all], &right[right_start..][..all]);
                reduce_adjacent(lines, len, reduction, &mut out[to..][..target.len]);
            }
        }
        (1, 1) => for_each_line(along, out, |left_start, right_start, to| {
            let reduction = Reduction { identity: to.clone(), map, op: *op };
            *to = reduce_slices(&left[left_start..][..len], &right[right_start..][..len], &reduction);
        }),
        // One value of the right operand for the whole line.
        (1, 0) if const { size_of::<U>() > 0 } => for_each_line(along, out, |left_start, right_start, to| {
            let other = &right[right_start];
            let map = |x: &T, &(): &()| map(x, other);
            let reduction = Reduction { identity: to.clone(), map, op: *op };
            *to = reduce_slices(&left[left_start..][..len], &NOTHING[..len], &reduction);
        }),
        _ => for_each_line(along, out, |left_start, right_start, to| {
            let reduction = Reduction { identity: to.clone(), map, op: *op };
            let (left, right) = ((left, left_start, left_stride), (right, right_start, right_stride));
            *to = reduce_lane(left, right, len, &reduction);
        }),
    }
}

/// Reduces adjacent short lines of `len` elements, each into one element of `out`.
fn reduce_adjacent<T, U, A: Clone>(
    (left, right): (&[T], &[U]),
    len: usize,
    Reduction { map, op, .. }: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Combine<A>>,
    out: &mut [A],
) {
    let lines = out.iter_mut().zip(left.chunks_exact(len)).zip(right.chunks_exact(len));
    let combine = |out: &mut A, left: &[T], right: &[U]| {
        *out = left.iter().zip(right).fold(out.clone(), |total, (x, y)| op.combine(total, map(x, y)));
    };
    // Mostly coordinates of points. A constant length needs no loop.
    match len {
        2 => lines.for_each(|((out, left), right)| combine(out, &left[..2], &right[..2])),
        3 => lines.for_each(|((out, left), right)| combine(out, &left[..3], &right[..3])),
        4 => lines.for_each(|((out, left), right)| combine(out, &left[..4], &right[..4])),
        _ => lines.for_each(|((out, left), right)| combine(out, left, right)),
    }
}

/// Calls `f` with the starts of each pair of lines and with the element of `out` for it.
#[inline]
fn for_each_line<A, const N: usize>(
    along: &Along<N, 2>,
    out: &mut [A],
    mut f: impl FnMut(usize, usize, &mut A),
) {
    let ([left_starts, right_starts], [left, right]) = Layout::lanes_of(along.slabs);
    let (targets, target) = along.out.lanes();
    let starts = left_starts.offsets().zip(right_starts.offsets());
    for ((left_start, right_start), to) in starts.zip(targets.offsets()) {
        let (mut left_start, mut right_start) = (left_start, right_start);
        let mut next = |to: &mut A| {
            f(left_start, right_start, to);
            left_start = moved(left_start, left.stride, 1);
            right_start = moved(right_start, right.stride, 1);
        };
        match target.stride {
            1 => out[to..][..target.len].iter_mut().for_each(next),
            stride => (0..target.len).for_each(|k| next(&mut out[moved(to, stride, k)])),
        }
    }
}
