//! Reductions along an axis that is not the innermost in memory.
//!
//! The slabs, the parts of a layout at each index of the axis, are combined with each other.
//! Several slabs are read at a time, so that the result is read and written less often. One box of
//! the result is computed at a time, so that it stays in a near cache.

use crate::kernels::blocks::{BLOCK, by_halves};
use crate::kernels::combine::Combine;
use crate::kernels::reduce::Reduction;
use crate::kernels::reduce_axis::Along;
use crate::layout::shape::signed;
use crate::layout::{Layout, moved};
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;
use core::iter;
use core::ops::Range;

/// Maximum number of slabs that are combined one after the other. More slabs are cut in half, which
/// keeps the rounding bound.
const SLABS: usize = 64;

/// Slabs that are read at once: the result is then read and written a quarter as often.
const AT_ONCE: usize = 4;

/// Elements of a wide slab, to which narrow slabs are joined: enough to fill vector registers.
const WIDE: usize = 256;

/// Combines the values of all pairs of elements along an axis, which is not empty, with `out`.
pub(crate) fn reduce_slabs<T, U: Clone, A: Clone, const N: usize>(
    left: &[T],
    right: &[U],
    along: &Along<N, 2>,
    reduction: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Combine<A>>,
    out: &mut [A],
) -> Result<(), ReserveError> {
    let are_narrow = Slabs::new(left, right, along, reduction).are_narrow(along.len);
    if are_narrow && along.out.lanes().1.stride == 1 {
        reduce_narrow_slabs(left, right, along, reduction, out)
    } else {
        reduce_boxes(left, right, along, reduction, out)
    }
}

/// Reduces narrow slabs, whose results have no gaps.
pub(crate) fn reduce_narrow_slabs<T, U: Clone, A: Clone, const N: usize>(
    left: &[T],
    right: &[U],
    along: &Along<N, 2>,
    reduction: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Combine<A>>,
    out: &mut [A],
) -> Result<(), ReserveError> {
    let ([left_starts, right_starts], _) = Layout::lanes_of(along.slabs);
    let targets = along.out.lanes().0;
    let slabs = Slabs::new(left, right, along, reduction);
    let mut scratch = scratch(reduction.identity.as_ref(), along.len, BLOCK)?;
    let mut wide = Wide::new()?;
    for (starts, to) in left_starts.offsets().zip(right_starts.offsets()).zip(targets.offsets()) {
        let out = &mut out[to..][..slabs.len];
        slabs.reduce_narrow(along.len, starts, out, &mut wide, |wide, indices, start, out| {
            wide.reduce(indices, iter::once(start), out, iter::once(0), &mut scratch);
        });
    }
    Ok(())
}

/// Reduces wide slabs, one box of the results at a time.
pub(crate) fn reduce_boxes<T, U: Clone, A: Clone, const N: usize>(
    left: &[T],
    right: &[U],
    along: &Along<N, 2>,
    reduction: &Reduction<Option<A>, impl Fn(&T, &U) -> A, impl Combine<A>>,
    out: &mut [A],
) -> Result<(), ReserveError> {
    let ([left_starts, right_starts], [left_lane, right_lane]) = Layout::lanes_of(along.slabs);
    let (targets, target) = along.out.lanes();
    let slabs = Slabs::new(left, right, along, reduction);
    let mut scratch = scratch(reduction.identity.as_ref(), along.len, BLOCK)?;
    // Results with gaps are combined in a separate vector.
    let mut dense = vec_with_capacity(if target.stride == 1 { 0 } else { BLOCK.min(out.len()) })?;
    by_halves(1, 0..targets.len(), 0..slabs.len, &mut (), &|| (), &|_, _| (), &mut |_, lanes, part| {
        let slabs = Slabs { len: part.len(), ..slabs };
        let (left, right) = (left_starts.offsets_of(lanes.clone()), right_starts.offsets_of(lanes.clone()));
        let starts = left.zip(right).map(|(left, right)| {
            (moved(left, left_lane.stride, part.start), moved(right, right_lane.stride, part.start))
        });
        let targets = targets.offsets_of(lanes).map(|to| moved(to, target.stride, part.start));
        if target.stride == 1 {
            return slabs.reduce(0..along.len, starts, out, targets, &mut scratch);
        }
        let places = targets.flat_map(|to| (0..slabs.len).map(move |k| moved(to, target.stride, k)));
        dense.clear();
        dense.extend(places.clone().map(|place| out[place].clone()));
        slabs.reduce(0..along.len, starts, &mut dense, (0..).step_by(slabs.len), &mut scratch);
        dense.drain(..).zip(places).for_each(|(result, place)| out[place] = result);
    });
    Ok(())
}

/// Allocates the accumulators of all halves of `count` slabs of at most `len` elements.
pub(crate) fn scratch<A: Clone>(
    identity: Option<&A>,
    count: usize,
    len: usize,
) -> Result<Vec<A>, ReserveError> {
    let Some(identity) = identity else { return Ok(Vec::new()) };
    let cuts = count.div_ceil(SLABS).next_power_of_two().trailing_zeros();
    let elements = (0..cuts).map(|_| len).sum();
    let mut scratch = vec_with_capacity(elements)?;
    scratch.resize(elements, identity.clone());
    Ok(scratch)
}

/// The index at which slabs are cut in half. `None` if they are few.
#[inline]
pub(crate) fn middle(indices: &Range<usize>) -> Option<usize> {
    let count = indices.len();
    (count > SLABS).then(|| indices.start + count.div_ceil(SLABS).div_ceil(2) * SLABS)
}

/// One operand: a slice, the stride across the slabs, which is the stride of the axis, and the
/// stride along a lane of a slab.
pub(crate) struct Side<'a, T> {
    pub(crate) data: &'a [T],
    pub(crate) across: isize,
    pub(crate) along: isize,
}

// Not derived, which would require `T: Copy`.
impl<T> Clone for Side<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Side<'_, T> {}

impl<'a, T> Side<'a, T> {
    /// Returns `len` elements of a lane of the slab at `index`. `start` is the start of the lane in
    /// the first slab.
    #[inline]
    fn slice(&self, start: usize, index: usize, len: usize) -> &'a [T] {
        &self.data[moved(start, self.across, index)..][..len]
    }
}

/// One lane of each slab of both operands.
pub(crate) struct Slabs<'a, T, U, R> {
    pub(crate) left: Side<'a, T>,
    pub(crate) right: Side<'a, U>,
    /// Elements of a lane.
    pub(crate) len: usize,
    pub(crate) reduction: &'a R,
}

/// Buffers for many narrow slabs side by side: the results, and the right operand if it is the same
/// for all slabs.
pub(crate) struct Wide<A, U> {
    out: Vec<A>,
    right: Vec<U>,
}

impl<A, U> Wide<A, U> {
    pub(crate) fn new() -> Result<Self, ReserveError> {
        Ok(Wide { out: vec_with_capacity(WIDE)?, right: vec_with_capacity(WIDE)? })
    }
}

impl<'a, T, U, R> Slabs<'a, T, U, R> {
    #[inline]
    pub(crate) fn new<const N: usize>(
        left: &'a [T],
        right: &'a [U],
        along: &Along<N, 2>,
        reduction: &'a R,
    ) -> Self {
        let ((_, [left_lane, right_lane]), [left_stride, right_stride]) =
            (Layout::lanes_of(along.slabs), along.strides);
        Slabs {
            left: Side { data: left, across: left_stride, along: left_lane.stride },
            right: Side { data: right, across: right_stride, along: right_lane.stride },
            len: left_lane.len,
            reduction,
        }
    }
}

impl<T, U, A, Map, Op> Slabs<'_, T, U, Reduction<Option<A>, Map, Op>>
where
    U: Clone,
    A: Clone,
    Map: Fn(&T, &U) -> A,
    Op: Combine<A>,
{
    /// Combines lanes of the slabs at `indices` with lanes of `out`. `starts` are the starts of the
    /// lanes in the first slab of both operands, `targets` those in `out`. The lanes are a box of
    /// at most `BLOCK` elements.
    pub(crate) fn reduce(
        &self,
        indices: Range<usize>,
        starts: impl Iterator<Item = (usize, usize)> + Clone,
        out: &mut [A],
        targets: impl Iterator<Item = usize> + Clone,
        scratch: &mut [A],
    ) {
        let (Some(identity), Some(middle)) = (self.reduction.identity.clone(), middle(&indices)) else {
            for (starts, to) in starts.zip(targets) {
                self.add(indices.clone(), starts, &mut out[to..][..self.len]);
            }
            return;
        };
        self.reduce(indices.start..middle, starts.clone(), out, targets.clone(), scratch);
        let len = starts.clone().count() * self.len;
        let (other, scratch) = scratch.split_at_mut(len);
        other.fill(identity);
        self.reduce(middle..indices.end, starts, other, (0..len).step_by(self.len), scratch);
        for (other, to) in other.chunks_exact(self.len).zip(targets) {
            for (out, other) in out[to..].iter_mut().zip(other) {
                *out = self.reduction.op.combine(out.clone(), other.clone());
            }
        }
    }

    /// Combines one lane of each slab at `indices` with `out`.
    fn add(&self, indices: Range<usize>, starts: (usize, usize), out: &mut [A]) {
        match (self.left.along, self.right.along) {
            (1, 1) => self.add_stepped::<1>(indices, starts, out),
            (2, 2) => self.add_stepped::<2>(indices, starts, out),
            _ => self.add_strided(indices, starts, 0..self.len, out),
        }
    }

    /// Combines lanes whose elements are `STEP` apart.
    #[inline]
    fn add_stepped<const STEP: usize>(
        &self,
        indices: Range<usize>,
        (left_start, right_start): (usize, usize),
        out: &mut [A],
    ) {
        let &Slabs { left, right, len, reduction: Reduction { map, op, .. } } = self;
        // The slice may end right after the last element, without a whole step.
        let whole = if STEP == 1 { len } else { len - 1 };
        let values = |index: usize| {
            let left = left.slice(left_start, index, whole * STEP).chunks_exact(STEP);
            let right = right.slice(right_start, index, whole * STEP).chunks_exact(STEP);
            left.zip(right).map(|(x, y)| map(&x[0], &y[0]))
        };
        let (front, last) = out.split_at_mut(whole);
        // One slab of each quarter. The slabs of a quarter are adjacent in most arrays: the
        // processor then reads ahead in four places, which it does not if it has to jump after each
        // slab.
        let quarter = indices.len() / AT_ONCE;
        for index in indices.start..indices.start + quarter {
            let [a, b, c, d] = [0, 1, 2, 3].map(|part| values(index + part * quarter));
            for (out, (((a, b), c), d)) in front.iter_mut().zip(a.zip(b).zip(c).zip(d)) {
                *out = op.combine(out.clone(), op.combine(op.combine(a, b), op.combine(c, d)));
            }
        }
        let rest = indices.start + quarter * AT_ONCE;
        for index in rest..indices.end {
            front
                .iter_mut()
                .zip(values(index))
                .for_each(|(out, value)| *out = op.combine(out.clone(), value));
        }
        self.add_strided(indices, (left_start, right_start), whole..len, last);
    }

    /// Combines the elements `part` of lanes of any strides.
    fn add_strided(
        &self,
        indices: Range<usize>,
        (left_start, right_start): (usize, usize),
        part: Range<usize>,
        out: &mut [A],
    ) {
        let &Slabs { left, right, reduction: Reduction { map, op, .. }, .. } = self;
        for index in indices {
            let (left_start, right_start) =
                (moved(left_start, left.across, index), moved(right_start, right.across, index));
            for (out, k) in out.iter_mut().zip(part.clone()) {
                let x = &left.data[moved(left_start, left.along, k)];
                *out = op.combine(out.clone(), map(x, &right.data[moved(right_start, right.along, k)]));
            }
        }
    }

    /// Returns whether many slabs fit into `WIDE` elements and have no gaps between them. The right
    /// operand has no gaps either, or is the same for all slabs.
    pub(crate) fn are_narrow(&self, count: usize) -> bool {
        let &Slabs { left, right, len, .. } = self;
        (left.along, right.along) == (1, 1)
            && left.across == signed(len)
            && (right.across == left.across || right.across == 0)
            && count >= 2 * WIDE
            && len <= WIDE / 4
    }

    /// Combines the lanes of `count` narrow slabs with `out`. Many narrow slabs are joined to one
    /// wide slab, whose result is then cut into narrow parts, which are combined. `reduce` combines
    /// one lane of each wide slab.
    pub(crate) fn reduce_narrow(
        &self,
        count: usize,
        (left_start, right_start): (usize, usize),
        out: &mut [A],
        wide: &mut Wide<A, U>,
        mut reduce: impl FnMut(
            Slabs<'_, T, U, Reduction<Option<A>, Map, Op>>,
            Range<usize>,
            (usize, usize),
            &mut [A],
        ),
    ) {
        let &Slabs { left, right, len: width, .. } = self;
        let at_once = WIDE / width;
        // The identity, or a value that changes nothing when it is combined again.
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
            (left_start + index * at_once * width, moved(right_start, across(right.across), index))
        };
        reduce(wide_slabs(at_once * width), 0..whole, starts(0), &mut wide.out);
        reduce(wide_slabs(rest * width), 0..1, starts(whole), &mut wide.out);

        let (op, out_of) = (&self.reduction.op, &mut wide.out);
        let mut rows = at_once;
        while rows > 1 {
            let half = rows.div_ceil(2);
            for k in half * width..rows * width {
                out_of[k - half * width] = op.combine(out_of[k - half * width].clone(), out_of[k].clone());
            }
            rows = half;
        }
        out.clone_from_slice(&out_of[..width]);
    }
}
