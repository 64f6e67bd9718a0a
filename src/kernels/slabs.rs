//! Reductions along an axis whose elements are farther from each other than those beside them.
//!
//! The slabs, the parts of a layout at each index of the axis, are combined with each other: several
//! at a time, so that the result is not read and written for each, and a box of the result at a
//! time, so that it stays in a near cache.

use crate::kernels::blocks::{BLOCK, by_halves};
use crate::kernels::reduce::Reduction;
use crate::kernels::reduce_axis::Along;
use crate::layout::shape::signed;
use crate::layout::{Layout, moved};
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;
use core::iter;
use core::ops::Range;

/// Slabs that are combined one after the other, before halves are combined: keeps the rounding
/// bound.
const SLABS: usize = 64;

/// Slabs that are read at once: the result is then read and written a quarter as often.
const AT_ONCE: usize = 4;

/// Elements of the wide slab that several narrow ones are joined to: enough to fill vectors.
const WIDE: usize = 256;

/// Combines the values of all pairs of elements along an axis, which is not empty, with `out`.
pub(crate) fn reduce_slabs<T, U: Clone, A: Clone, const N: usize>(
    left: &[T],
    right: &[U],
    along: &Along<N, 2>,
    reduction: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Fn(A, A) -> A>,
    out: &mut [A],
) -> Result<(), ReserveError> {
    let ([left_starts, right_starts], [left_lane, right_lane]) = Layout::lanes_of(along.slabs);
    let (targets, target) = along.out.lanes();
    let mut scratch = Vec::new();
    if let Some(identity) = &reduction.identity {
        let cuts = along.len.div_ceil(SLABS).next_power_of_two().trailing_zeros();
        let elements = (0..cuts).map(|_| BLOCK).sum();
        scratch = vec_with_capacity(elements)?;
        scratch.resize(elements, identity.clone());
    }
    let [left_stride, right_stride] = along.strides;
    let slabs = Slabs {
        left: Side { data: left, across: left_stride, along: left_lane.stride },
        right: Side { data: right, across: right_stride, along: right_lane.stride },
        len: left_lane.len,
        reduction,
    };
    if slabs.are_narrow(along.len) && target.stride == 1 {
        let mut wide = Wide { out: vec_with_capacity(WIDE)?, right: vec_with_capacity(WIDE)? };
        for (starts, to) in left_starts.offsets().zip(right_starts.offsets()).zip(targets.offsets()) {
            slabs.reduce_narrow(along.len, starts, &mut out[to..][..slabs.len], &mut wide, &mut scratch);
        }
        return Ok(());
    }
    by_halves(1, 0..targets.len(), 0..slabs.len, &mut (), &|| (), &|_, _| (), &mut |_, lanes, part| {
        let slabs = Slabs { len: part.len(), ..slabs };
        let (left, right) = (left_starts.offsets_of(lanes.clone()), right_starts.offsets_of(lanes.clone()));
        let starts = left.zip(right).map(|(left, right)| {
            (moved(left, left_lane.stride, part.start), moved(right, right_lane.stride, part.start))
        });
        let targets = targets.offsets_of(lanes).map(|to| moved(to, target.stride, part.start));
        slabs.reduce(0..along.len, starts, out, (targets, target.stride), &mut scratch);
    });
    Ok(())
}

/// One operand: a slice, and the strides across the slabs, which is along the axis, and along a
/// lane of a slab.
struct Side<'a, T> {
    data: &'a [T],
    across: isize,
    along: isize,
}

// By hand: derived, they would need `T: Copy`.
impl<T> Clone for Side<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Side<'_, T> {}

impl<'a, T> Side<'a, T> {
    /// Returns a lane of the slab at `index`, whose elements have no gaps. `start` is that in the
    /// first slab.
    #[inline]
    fn slice(&self, start: usize, index: usize, len: usize) -> &'a [T] {
        &self.data[moved(start, self.across, index)..][..len]
    }
}

/// One lane of each slab of both operands.
struct Slabs<'a, T, U, R> {
    left: Side<'a, T>,
    right: Side<'a, U>,
    /// Elements of a lane.
    len: usize,
    reduction: &'a R,
}

/// Many narrow slabs beside each other: what they are combined to, and the right operand if all of
/// them have the same.
struct Wide<A, U> {
    out: Vec<A>,
    right: Vec<U>,
}

impl<T, U, A, Map, Op> Slabs<'_, T, U, Reduction<Option<A>, Map, Op>>
where
    U: Clone,
    A: Clone,
    Map: Fn(&T, &U) -> A,
    Op: Fn(A, A) -> A,
{
    /// Combines lanes of the slabs at `indices` with lanes of `out`. `starts` are the starts of the
    /// lanes in the first slab of both operands, `targets` and `stride` those in `out`. The lanes
    /// are a box of at most `BLOCK` elements.
    fn reduce(
        &self,
        indices: Range<usize>,
        starts: impl Iterator<Item = (usize, usize)> + Clone,
        out: &mut [A],
        (targets, stride): (impl Iterator<Item = usize> + Clone, isize),
        scratch: &mut [A],
    ) {
        let count = indices.len();
        let Some(identity) = self.reduction.identity.clone().filter(|_| count > SLABS) else {
            for (starts, to) in starts.zip(targets) {
                self.add(indices.clone(), starts, out, (to, stride));
            }
            return;
        };
        let middle = indices.start + count.div_ceil(SLABS).div_ceil(2) * SLABS;
        self.reduce(indices.start..middle, starts.clone(), out, (targets.clone(), stride), scratch);
        let len = starts.clone().count() * self.len;
        let (other, scratch) = scratch.split_at_mut(len);
        other.fill(identity);
        let compact = (0..len).step_by(self.len);
        self.reduce(middle..indices.end, starts, other, (compact.clone(), 1), scratch);
        for (to, from) in targets.zip(compact) {
            for k in 0..self.len {
                let out = &mut out[moved(to, stride, k)];
                *out = (self.reduction.op)(out.clone(), other[from + k].clone());
            }
        }
    }

    /// Combines one lane of each slab at `indices` with one lane of `out`.
    fn add(
        &self,
        indices: Range<usize>,
        (left_start, right_start): (usize, usize),
        out: &mut [A],
        (to, stride): (usize, isize),
    ) {
        let &Slabs { left, right, len, reduction: Reduction { map, op, .. } } = self;
        if (left.along, right.along, stride) != (1, 1, 1) {
            for index in indices {
                let (left_start, right_start) =
                    (moved(left_start, left.across, index), moved(right_start, right.across, index));
                for k in 0..len {
                    let out = &mut out[moved(to, stride, k)];
                    let x = &left.data[moved(left_start, left.along, k)];
                    *out = op(out.clone(), map(x, &right.data[moved(right_start, right.along, k)]));
                }
            }
            return;
        }
        let out = &mut out[to..][..len];
        let mut index = indices.start;
        while indices.end - index >= AT_ONCE {
            let (x, y) =
                (|k| left.slice(left_start, index + k, len), |k| right.slice(right_start, index + k, len));
            let ([a, b, c, d], [e, f, g, h]) = ([x(0), x(1), x(2), x(3)], [y(0), y(1), y(2), y(3)]);
            for j in 0..out.len() {
                let front = op(map(&a[j], &e[j]), map(&b[j], &f[j]));
                let back = op(map(&c[j], &g[j]), map(&d[j], &h[j]));
                out[j] = op(out[j].clone(), op(front, back));
            }
            index += AT_ONCE;
        }
        for index in index..indices.end {
            let (left, right) = (left.slice(left_start, index, len), right.slice(right_start, index, len));
            for ((out, x), y) in out.iter_mut().zip(left).zip(right) {
                *out = op(out.clone(), map(x, y));
            }
        }
    }

    /// Tells whether many slabs fit into `WIDE` elements, without gaps between them. The right
    /// operand is without gaps, too, or the same for all slabs.
    fn are_narrow(&self, count: usize) -> bool {
        let &Slabs { left, right, len, .. } = self;
        (left.along, right.along) == (1, 1)
            && left.across == signed(len)
            && (right.across == left.across || right.across == 0)
            && count >= 2 * WIDE
            && len <= WIDE / 4
    }

    /// Combines the lanes of `count` narrow slabs with `out`. Many narrow slabs are joined to one
    /// wide slab, whose result is cut into narrow ones again.
    fn reduce_narrow(
        &self,
        count: usize,
        (left_start, right_start): (usize, usize),
        out: &mut [A],
        wide: &mut Wide<A, U>,
        scratch: &mut [A],
    ) {
        let &Slabs { left, right, len: width, .. } = self;
        let at_once = WIDE / width;
        // The identity, or a value that changes nothing when it is combined once more.
        wide.out.clear();
        wide.out.extend(out.iter().cycle().take(at_once * width).cloned());
        let (mut right, mut right_start) = (right, right_start);
        if right.across == 0 {
            let repeated = right.slice(right_start, 0, width).iter().cycle();
            wide.right.clear();
            wide.right.extend(repeated.take(at_once * width).cloned());
            (right.data, right_start) = (&wide.right, 0);
        }
        let across = |side: isize| side * signed(at_once);
        let wide_slabs = |len: usize| Slabs {
            left: Side { across: across(left.across), ..left },
            right: Side { across: across(right.across), ..right },
            len,
            reduction: self.reduction,
        };
        let (whole, rest) = (count / at_once, count % at_once);
        let starts = |index: usize| {
            let starts =
                (left_start + index * at_once * width, moved(right_start, across(right.across), index));
            iter::once(starts)
        };
        let target = || (iter::once(0), 1);
        wide_slabs(at_once * width).reduce(0..whole, starts(0), &mut wide.out, target(), scratch);
        wide_slabs(rest * width).reduce(0..1, starts(whole), &mut wide.out, target(), scratch);

        let (op, out_of) = (&self.reduction.op, &mut wide.out);
        let mut rows = at_once;
        while rows > 1 {
            let half = rows.div_ceil(2);
            for k in half * width..rows * width {
                out_of[k - half * width] = op(out_of[k - half * width].clone(), out_of[k].clone());
            }
            rows = half;
        }
        out.clone_from_slice(&out_of[..width]);
    }
}
