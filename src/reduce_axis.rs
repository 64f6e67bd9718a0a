//! Combining the elements along one axis, for all indices of the others, in the order of memory.
//!
//! Where the elements along the axis are neighbours, each line of them is combined by itself. Otherwise the parts of
//! the layout at each index of the axis, its slabs, are combined with each other: several at a time, so that the
//! result is not read and written for each, and a box of the result at a time, so that it stays in a near cache. Both
//! by halves, as in `reduce`, and with the same bound.

use crate::error::ReserveError;
use crate::growable::vec_with_room;
use crate::layout::{Lane, Layout, moved};
use crate::reduce::{BLOCK, Reduction, halves, reduce_lane};
use alloc::vec::Vec;
use core::array;
use core::ops::Range;

/// So many slabs are combined with a result before it is combined with that of as many others.
const SLABS: usize = 64;

/// So many slabs are read at once.
const AT_ONCE: usize = 4;

/// A layout taken apart along an axis: `slab` is where the elements at index 0 of the axis stand, `out` where what
/// comes of them does, in row-major order. These two have one shape and are in the order of memory of the slab.
#[derive(Clone, Copy)]
struct Along<const N: usize> {
    axis: Lane,
    slab: Layout<N>,
    out: Layout<N>,
}

impl<const N: usize> Along<N> {
    /// The axis has an index.
    fn new(layout: &Layout<N>, axis: usize) -> Self {
        let slab = layout.resized(axis, 1);
        let out = Layout::row_major_within(*slab.shape());
        let [slab, out] = Layout::merge(slab.memory_order_of([slab, out]));
        Along { axis: layout.lane_along(axis), slab, out }
    }

    /// Whether elements along the axis are nearer to each other than those of a slab.
    fn is_innermost(&self) -> bool {
        let (_, lane) = self.slab.lanes();
        lane.len <= 1 || self.axis.stride.unsigned_abs() < lane.stride.unsigned_abs()
    }
}

/// Combines the values of all elements along an axis with the values in `out`, each at the place where `layout` would
/// have it in row-major order without the axis. Without a neutral value this is done one by one, not by halves.
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
    let along = Along::new(layout, axis);
    if along.is_innermost() {
        for (to, start) in along.out.offsets().zip(along.slab.offsets()) {
            let reduction = Reduction { neutral: out[to].clone(), of: &reduction.of, op: &reduction.op };
            out[to] = reduce_lane(data, start, along.axis, &reduction);
        }
        return Ok(());
    }
    let mut scratch = Vec::new();
    if let Some(neutral) = &reduction.neutral {
        let cuts = along.axis.len.div_ceil(SLABS).next_power_of_two().trailing_zeros();
        let room = (0..cuts).map(|_| BLOCK.min(along.out.len())).sum();
        scratch = vec_with_room(room)?;
        scratch.resize(room, neutral.clone());
    }
    let slabs = Slabs { data, axis: along.axis, reduction };
    slabs.reduce_boxes(&[along.slab, along.out], out, &mut scratch);
    Ok(())
}

/// Folds the elements along an axis, from its index 0 on, into those of `out` at the place where `layout` would have
/// them in row-major order without the axis.
pub(crate) fn fold_axis<T, A, const N: usize>(
    data: &[T],
    layout: &Layout<N>,
    axis: usize,
    out: &mut [A],
    mut f: impl FnMut(&A, &T) -> A,
) {
    if layout.is_empty() {
        return;
    }
    let along = Along::new(layout, axis);
    let Along { axis, slab, out: to } = along;
    let mut fold = |to: usize, from: usize| out[to] = f(&out[to], &data[from]);
    if along.is_innermost() {
        for (to, start) in to.offsets().zip(slab.offsets()) {
            (0..axis.len).for_each(|k| fold(to, moved(start, axis.stride, k)));
        }
    } else {
        for index in 0..axis.len {
            let slab = slab.moved_to(moved(slab.offset(), axis.stride, index));
            to.offsets().zip(slab.offsets()).for_each(|(to, from)| fold(to, from));
        }
    }
}

/// Slabs, which are read in boxes.
struct Slabs<'a, T, R> {
    data: &'a [T],
    axis: Lane,
    reduction: &'a R,
}

impl<T, A, Of, Op> Slabs<'_, T, Reduction<Option<A>, Of, Op>>
where
    A: Clone,
    Of: Fn(&T) -> A,
    Op: Fn(A, A) -> A,
{
    /// Cuts the result in half until it is boxes. `layouts` are those of the first slab and of the result.
    fn reduce_boxes<const N: usize>(&self, layouts: &[Layout<N>; 2], out: &mut [A], scratch: &mut [A]) {
        match halves(layouts) {
            Some((front, back)) => {
                self.reduce_boxes(&front, out, scratch);
                self.reduce_boxes(&back, out, scratch);
            }
            None => self.reduce_box(0..self.axis.len, layouts, out, scratch),
        }
    }

    /// Combines the slabs of some indices of the axis with the result.
    fn reduce_box<const N: usize>(
        &self,
        indices: Range<usize>,
        layouts: &[Layout<N>; 2],
        out: &mut [A],
        scratch: &mut [A],
    ) {
        let [slab, to] = layouts;
        let count = indices.len();
        let Some(neutral) = self.reduction.neutral.clone().filter(|_| count > SLABS) else {
            let ((slabs, slab_lane), (targets, to_lane)) = (slab.lanes(), to.lanes());
            for (start, to) in slabs.offsets().zip(targets.offsets()) {
                self.add_lanes(indices.clone(), (start, slab_lane), out, (to, to_lane));
            }
            return;
        };
        let half = indices.start + count.div_ceil(SLABS).div_ceil(2) * SLABS;
        self.reduce_box(indices.start..half, layouts, out, scratch);
        let (other, scratch) = scratch.split_at_mut(to.len());
        other.fill(neutral);
        let compact = Layout::row_major_within(*to.shape());
        self.reduce_box(half..indices.end, &[*slab, compact], other, scratch);
        for (to, from) in to.offsets().zip(&*other) {
            out[to] = (self.reduction.op)(out[to].clone(), from.clone());
        }
    }

    /// Combines the lanes of one place in each slab with a lane of the result.
    fn add_lanes(
        &self,
        indices: Range<usize>,
        (start, lane): (usize, Lane),
        out: &mut [A],
        (to, to_lane): (usize, Lane),
    ) {
        let Reduction { of, op, .. } = self.reduction;
        let start_at = |index: usize| moved(start, self.axis.stride, index);
        let mut index = indices.start;
        if (lane.stride, to_lane.stride) == (1, 1) {
            let out = &mut out[to..][..lane.len];
            while indices.end - index >= AT_ONCE {
                let [a, b, c, d]: [&[T]; AT_ONCE] =
                    array::from_fn(|k| &self.data[start_at(index + k)..][..lane.len]);
                for j in 0..out.len() {
                    let four = op(op(of(&a[j]), of(&b[j])), op(of(&c[j]), of(&d[j])));
                    out[j] = op(out[j].clone(), four);
                }
                index += AT_ONCE;
            }
        }
        for index in index..indices.end {
            let start = start_at(index);
            for j in 0..lane.len {
                let out = &mut out[moved(to, to_lane.stride, j)];
                *out = op(out.clone(), of(&self.data[moved(start, lane.stride, j)]));
            }
        }
    }
}
