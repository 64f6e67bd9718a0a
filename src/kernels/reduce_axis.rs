//! Reductions along one axis, for each index of the others, in the order of memory.
//!
//! If the elements along the axis are neighbours, each line of them is reduced by itself. Otherwise
//! the slabs, the parts of the layout at each index of the axis, are combined with each other:
//! several at a time, so that the result is not read and written for each, and a box of the result
//! at a time, so that it stays in a near cache. Both cases work by halves, like `reduce`, with the
//! same rounding bound.

use crate::kernels::reduce::{BLOCK, Reduction, by_halves, reduce_lane};
use crate::layout::shape::signed;
use crate::layout::{Lane, Layout, moved};
use crate::memory::ReserveError;
use crate::memory::vec_with_capacity;
use alloc::vec::Vec;
use core::ops::Range;
use core::{array, iter};

/// Slabs that are combined one after the other, before halves are combined: keeps the rounding
/// bound.
const SLABS: usize = 64;

/// Slabs that are read at once: the result is then read and written a quarter as often.
const AT_ONCE: usize = 4;

/// Elements of the shortest line that is reduced as a lane: below, its set-up takes longer.
const SHORT: usize = 8;

/// Elements of the wide slab that several narrow ones are joined to: enough to fill vectors.
const WIDE: usize = 256;

/// A layout taken apart along an axis: `slab` has the elements at index 0 of the axis, `out` their
/// results, which are in row-major order in a slice. Both have one shape and are in the order of
/// memory of the slab.
#[derive(Clone, Copy)]
struct Along<const N: usize> {
    axis: Lane,
    slab: Layout<N>,
    out: Layout<N>,
}

impl<const N: usize> Along<N> {
    /// Takes a layout apart. The axis is not empty.
    fn new(layout: &Layout<N>, axis: usize) -> Self {
        let slab = layout.with_extent(axis, 1);
        let out = Layout::row_major_within(*slab.shape());
        let [slab, out] = Layout::merge(slab.memory_order_of([slab, out]));
        Along { axis: layout.lane_along(axis), slab, out }
    }

    /// Tells whether each line along the axis is followed by that at the next index of the
    /// innermost axis of a slab.
    fn are_neighbours(&self) -> bool {
        self.slab.lanes().1.stride.unsigned_abs() == self.axis.len
    }

    /// Tells whether elements along the axis are nearer to each other than those of a slab.
    fn is_innermost(&self) -> bool {
        let (_, lane) = self.slab.lanes();
        lane.len <= 1 || self.axis.stride.unsigned_abs() < lane.stride.unsigned_abs()
    }
}

/// Combines the values of all elements along an axis with those in `out`, which are in row-major
/// order of `layout` without the axis. Without an identity they are combined one by one, not by
/// halves.
pub(crate) fn reduce_axis<T, A: Clone, const N: usize>(
    data: &[T],
    layout: &Layout<N>,
    axis: usize,
    reduction: &Reduction<Option<A>, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
    out: &mut [A],
) -> Result<(), ReserveError> {
    if layout.is_empty() {
        return Ok(());
    }
    let backwards = layout.strides()[axis] < 0;
    let along = Along::new(&if backwards { layout.inverted(axis) } else { *layout }, axis);
    let ((starts, lane), (targets, target)) = (along.slab.lanes(), along.out.lanes());
    if along.is_innermost() {
        for (start, to) in starts.offsets().zip(targets.offsets()) {
            if along.axis.len < SHORT
                && (along.axis.stride, target.stride) == (1, 1)
                && along.are_neighbours()
            {
                let lines = &data[start..][..lane.len * along.axis.len];
                reduce_short_lines(lines, along.axis.len, reduction, &mut out[to..][..lane.len]);
                continue;
            }
            for k in 0..lane.len {
                let (start, to) = (moved(start, lane.stride, k), moved(to, target.stride, k));
                let Reduction { map, op, .. } = reduction;
                let reduction = Reduction { identity: out[to].clone(), map, op };
                out[to] = reduce_lane(data, start, along.axis, &reduction);
            }
        }
        return Ok(());
    }
    let mut scratch = Vec::new();
    if let Some(identity) = &reduction.identity {
        let cuts = along.axis.len.div_ceil(SLABS).next_power_of_two().trailing_zeros();
        let elements = (0..cuts).map(|_| BLOCK).sum();
        scratch = vec_with_capacity(elements)?;
        scratch.resize(elements, identity.clone());
    }
    let slabs = Slabs { data, axis: along.axis, lane, reduction };
    if slabs.are_narrow() && target.stride == 1 {
        let mut wide = vec_with_capacity(WIDE)?;
        for (start, to) in starts.offsets().zip(targets.offsets()) {
            slabs.reduce_narrow(start, &mut out[to..][..lane.len], &mut wide, &mut scratch);
        }
        return Ok(());
    }
    by_halves(1, 0..starts.len(), 0..lane.len, &mut (), &|| (), &|_, _| (), &mut |_, lanes, part| {
        let slabs = Slabs { lane: Lane { len: part.len(), ..lane }, ..slabs };
        let starts = starts.offsets_of(lanes.clone()).map(|start| moved(start, lane.stride, part.start));
        let targets = targets.offsets_of(lanes).map(|to| moved(to, target.stride, part.start));
        slabs.reduce(0..slabs.axis.len, starts, out, (targets, target.stride), &mut scratch);
    });
    Ok(())
}

/// Reduces adjacent short lines, each into one element of `out`.
fn reduce_short_lines<T, A: Clone>(
    lines: &[T],
    len: usize,
    reduction: &Reduction<Option<A>, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
    out: &mut [A],
) {
    let Reduction { map, op, .. } = reduction;
    let combine = |out: &mut A, line: &[T]| {
        *out = line.iter().fold(out.clone(), |total, element| op(total, map(element)));
    };
    let lines = out.iter_mut().zip(lines.chunks_exact(len));
    // The coordinates of points, mostly: a constant length needs no loop.
    match len {
        2 => lines.for_each(|(out, line)| combine(out, &line[..2])),
        3 => lines.for_each(|(out, line)| combine(out, &line[..3])),
        4 => lines.for_each(|(out, line)| combine(out, &line[..4])),
        _ => lines.for_each(|(out, line)| combine(out, line)),
    }
}

/// One lane of each slab.
struct Slabs<'a, T, R> {
    data: &'a [T],
    axis: Lane,
    lane: Lane,
    reduction: &'a R,
}

impl<T, A, Map, Op> Slabs<'_, T, Reduction<Option<A>, Map, Op>>
where
    A: Clone,
    Map: Fn(&T) -> A,
    Op: Fn(A, A) -> A,
{
    /// Combines lanes of the slabs at `indices` with lanes of `out`. `starts` are the starts of the
    /// lanes in the first slab, `targets` and `stride` those in `out`. The lanes are a box of at
    /// most `BLOCK` elements.
    fn reduce(
        &self,
        indices: Range<usize>,
        starts: impl Iterator<Item = usize> + Clone,
        out: &mut [A],
        (targets, stride): (impl Iterator<Item = usize> + Clone, isize),
        scratch: &mut [A],
    ) {
        let count = indices.len();
        let Some(identity) = self.reduction.identity.clone().filter(|_| count > SLABS) else {
            for (start, to) in starts.zip(targets) {
                self.add(indices.clone(), start, out, (to, stride));
            }
            return;
        };
        let middle = indices.start + count.div_ceil(SLABS).div_ceil(2) * SLABS;
        self.reduce(indices.start..middle, starts.clone(), out, (targets.clone(), stride), scratch);
        let len = starts.clone().count() * self.lane.len;
        let (other, scratch) = scratch.split_at_mut(len);
        other.fill(identity);
        let compact = (0..len).step_by(self.lane.len);
        self.reduce(middle..indices.end, starts, other, (compact.clone(), 1), scratch);
        for (to, from) in targets.zip(compact) {
            for k in 0..self.lane.len {
                let out = &mut out[moved(to, stride, k)];
                *out = (self.reduction.op)(out.clone(), other[from + k].clone());
            }
        }
    }

    /// Combines one lane of each slab at `indices` with one lane of `out`.
    fn add(&self, indices: Range<usize>, start: usize, out: &mut [A], (to, stride): (usize, isize)) {
        let &Slabs { data, axis, lane, reduction: Reduction { map, op, .. } } = self;
        let start_at = |index: usize| moved(start, axis.stride, index);
        let mut index = indices.start;
        if (lane.stride, stride) == (1, 1) {
            let out = &mut out[to..][..lane.len];
            while indices.end - index >= AT_ONCE {
                let [a, b, c, d]: [&[T]; AT_ONCE] =
                    array::from_fn(|k| &data[start_at(index + k)..][..lane.len]);
                for j in 0..out.len() {
                    let four = op(op(map(&a[j]), map(&b[j])), op(map(&c[j]), map(&d[j])));
                    out[j] = op(out[j].clone(), four);
                }
                index += AT_ONCE;
            }
        }
        for index in index..indices.end {
            let start = start_at(index);
            for k in 0..lane.len {
                let out = &mut out[moved(to, stride, k)];
                *out = op(out.clone(), map(&data[moved(start, lane.stride, k)]));
            }
        }
    }

    /// Tells whether many slabs fit into `WIDE` elements, without gaps between them.
    fn are_narrow(&self) -> bool {
        let Slabs { axis, lane, .. } = self;
        lane.stride == 1
            && axis.stride.unsigned_abs() == lane.len
            && axis.len >= 2 * WIDE
            && lane.len <= WIDE / 4
    }

    /// Combines the lanes of narrow slabs with `out`. Many narrow slabs are joined to one wide
    /// slab, whose result is cut into narrow ones again.
    fn reduce_narrow(&self, start: usize, out: &mut [A], wide: &mut Vec<A>, scratch: &mut [A]) {
        let (width, at_once) = (out.len(), WIDE / out.len());
        // The identity, or a value that changes nothing when it is combined once more.
        wide.clear();
        wide.extend(out.iter().cycle().take(at_once * width).cloned());
        let wide_slabs = |count: usize, len: usize| Slabs {
            axis: Lane { len: count, stride: self.axis.stride * signed(at_once) },
            lane: Lane { len, stride: 1 },
            ..*self
        };
        let (whole, rest) = (self.axis.len / at_once, self.axis.len % at_once);
        let target = || (iter::once(0), 1);
        wide_slabs(whole, at_once * width).reduce(0..whole, iter::once(start), wide, target(), scratch);
        let start = start + whole * at_once * width;
        wide_slabs(1, rest * width).reduce(0..1, iter::once(start), wide, target(), scratch);

        let mut rows = at_once;
        while rows > 1 {
            let half = rows.div_ceil(2);
            for k in half * width..rows * width {
                wide[k - half * width] = (self.reduction.op)(wide[k - half * width].clone(), wide[k].clone());
            }
            rows = half;
        }
        out.clone_from_slice(&wide[..width]);
    }
}

/// Folds the elements along an axis, from its index 0 on, into the elements of `out`, which are in
/// row-major order of the other axes. Ends at the first error of `f`.
pub(crate) fn fold_axis<'a, T, A, E, const N: usize>(
    data: &'a [T],
    layout: &Layout<N>,
    axis: usize,
    out: &mut [A],
    mut f: impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    if layout.is_empty() {
        return Ok(());
    }
    let along = Along::new(layout, axis);
    let Along { axis, slab, out: to } = along;
    let mut fold = |to: usize, from: usize| -> Result<(), E> {
        out[to] = f(&out[to], &data[from])?;
        Ok(())
    };
    if along.is_innermost() {
        for (to, start) in to.offsets().zip(slab.offsets()) {
            for k in 0..axis.len {
                fold(to, moved(start, axis.stride, k))?;
            }
        }
    } else {
        for index in 0..axis.len {
            let slab = slab.with_offset(moved(slab.offset(), axis.stride, index));
            for (to, from) in to.offsets().zip(slab.offsets()) {
                fold(to, from)?;
            }
        }
    }
    Ok(())
}
