//! Reductions: all elements of a layout, or all pairs of two layouts, combined into one value, in
//! memory order and at memory speed. The operation is associative and commutative, or nearly so,
//! like float addition.
//!
//! The cases, in this order: two slices; few elements; and lanes, which `blocks` cuts in half
//! repeatedly. A reduction of one layout is a reduction of pairs whose second element is `()`,
//! which takes neither memory nor time.

#[cfg(feature = "rayon")]
use crate::kernels::blocks::middle;
use crate::kernels::blocks::{Partial, WIDTH, accumulators, combined, reduce_blocks};
use crate::kernels::combine::Combine;
use crate::kernels::plane::lane_starts;
use crate::layout::{Lane, Layout, moved};
use core::ops::Range;

/// Maximum length of a slice that is reduced inline: a call would take longer, and the compiler
/// does not unroll longer loops.
const FEW: usize = 8;

/// Minimum length of a slice that is reduced with `WIDTH` accumulators: for shorter slices,
/// combining the accumulators takes longer.
pub(crate) const SHORT: usize = 8 * WIDTH;

/// The second operand of a reduction of a single layout: long enough for every layout.
pub(crate) const NOTHING: &[()] = &[(); usize::MAX];

/// A reduction: `map` computes a value of each pair of elements, `op` combines two values.
/// Combining a value with `identity` does not change it.
pub(crate) struct Reduction<A, Map, Op> {
    pub(crate) identity: A,
    pub(crate) map: Map,
    pub(crate) op: Op,
}

impl<A: Clone, Map, Op: Combine<A>> Reduction<A, Map, Op> {
    /// Combines the pairs of two slices one after the other.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn fold<T, U>(&self, left: &[T], right: &[U]) -> A
    where
        Map: Fn(&T, &U) -> A,
    {
        let mut total = self.identity.clone();
        for (x, y) in left.iter().zip(right) {
            total = self.op.combine(total, (self.map)(x, y));
        }
        total
    }
}

/// Reduces all elements.
#[inline(always)]
#[track_caller]
pub(crate) fn reduce<T, A: Clone, const N: usize>(
    data: &[T],
    layout: &Layout<N>,
    reduction: &Reduction<A, impl Fn(&T, &()) -> A, impl Combine<A>>,
) -> A {
    reduce_pairs((data, layout), (NOTHING, layout), reduction)
}

/// Reduces all pairs of elements at equal indices. The shapes are equal.
// Inlined together with the case of few elements, for which a call takes as long as the work.
#[inline(always)]
#[track_caller]
pub(crate) fn reduce_pairs<T, U, A: Clone, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    if left_layout.is_contiguous() && right_layout.is_contiguous() {
        let len = left_layout.len();
        let (left, right) = (&left[left_layout.offset()..], &right[right_layout.offset()..]);
        return reduce_slices(&left[..len], &right[..len], reduction);
    }
    if let (&[len], &[left_stride], &[right_stride]) =
        (&left_layout.shape()[..], &left_layout.strides()[..], &right_layout.strides()[..])
    {
        let left = (left, left_layout.offset(), left_stride);
        return reduce_lane(left, (right, right_layout.offset(), right_stride), len, reduction);
    }
    reduce_lanes((left, left_layout), (right, right_layout), reduction)
}

/// Reduces the pairs of two slices of equal length.
#[inline(always)]
#[track_caller]
pub(crate) fn reduce_slices<T, U, A: Clone>(
    left: &[T],
    right: &[U],
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    if left.len() <= FEW { reduction.fold(left, right) } else { reduce_many(left, right, reduction) }
}

#[inline]
#[track_caller]
fn reduce_many<T, U, A: Clone>(
    left: &[T],
    right: &[U],
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    if left.len() >= SHORT {
        reduce_long(left, right, reduction)
    } else if const { size_of::<A>() < 4 } {
        // The compiler vectorizes the loop for integers, as almost all types of this size are.
        reduction.fold(left, right)
    } else {
        reduce_chunks::<_, _, _, 8>(left, right, reduction)
    }
}

/// Reduces the pairs of two long slices of equal length.
#[inline(never)]
#[track_caller]
fn reduce_long<T, U, A: Clone>(
    left: &[T],
    right: &[U],
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    match const { 8 * WIDTH / width_of::<A>() } {
        1 => reduce_blocks::<_, _, _, { 8 * WIDTH }>(left, right, reduction),
        2 => reduce_blocks::<_, _, _, { 4 * WIDTH }>(left, right, reduction),
        4 => reduce_blocks::<_, _, _, { 2 * WIDTH }>(left, right, reduction),
        8 => reduce_blocks::<_, _, _, WIDTH>(left, right, reduction),
        _ => reduce_blocks::<_, _, _, { WIDTH / 2 }>(left, right, reduction),
    }
}

/// Number of accumulators of type `A` for long slices: as many as fill a few registers.
const fn width_of<A>() -> usize {
    match size_of::<A>() {
        0..=1 => 8 * WIDTH,
        2 => 4 * WIDTH,
        3..=4 => 2 * WIDTH,
        5..=8 => WIDTH,
        _ => WIDTH / 2,
    }
}

/// The position at which [`reduce_slices`] cuts `len` elements in half. `None` if they are few.
#[cfg(feature = "rayon")]
pub(crate) fn middle_of_slices<A>(len: usize) -> Option<usize> {
    middle(len, width_of::<A>())
}

/// Reduces the pairs of two slices of equal length with `W` accumulators, which fit into registers.
/// `W` is a power of two.
#[inline(always)]
#[track_caller]
fn reduce_chunks<T, U, A: Clone, const W: usize>(
    left: &[T],
    right: &[U],
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    let Reduction { identity, map, op } = reduction;
    let whole = left.len() - left.len() % W;
    let rest = reduction.fold(&left[whole..], &right[whole..]);
    let mut partial: [A; W] = accumulators(identity);
    for (x, y) in left.chunks_exact(W).zip(right.chunks_exact(W)) {
        for k in 0..W {
            partial[k] = op.combine(partial[k].clone(), map(&x[k], &y[k]));
        }
    }
    op.combine(combined(partial, op), rest)
}

/// Reduces the pairs of two lanes of `len` elements. A lane is a slice, a start and a stride.
#[inline(always)]
#[track_caller]
pub(crate) fn reduce_lane<T, U, A: Clone>(
    left: (&[T], usize, isize),
    right: (&[U], usize, isize),
    len: usize,
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    if (left.2, right.2) == (1, 1) {
        return reduce_slices(&left.0[left.1..][..len], &right.0[right.1..][..len], reduction);
    }
    if len <= FEW {
        let Reduction { identity, map, op } = reduction;
        let value = |k| map(&left.0[moved(left.1, left.2, k)], &right.0[moved(right.1, right.2, k)]);
        let mut total = identity.clone();
        for k in 0..len {
            total = op.combine(total, value(k));
        }
        return total;
    }
    reduce_long_lane(left, right, len, reduction)
}

#[inline(never)]
#[track_caller]
fn reduce_long_lane<T, U, A: Clone>(
    left: (&[T], usize, isize),
    right: (&[U], usize, isize),
    len: usize,
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    if len < SHORT {
        return add_lane(left, right, len, reduction.identity.clone(), reduction);
    }
    Partial::of_lane(left, right, len, reduction)
}

/// Combines the pairs of two lanes with `total`, in order.
#[inline]
#[track_caller]
fn add_lane<T, U, A>(
    (left, left_start, left_stride): (&[T], usize, isize),
    (right, right_start, right_stride): (&[U], usize, isize),
    len: usize,
    total: A,
    Reduction { map, op, .. }: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    let (mut left_at, mut right_at, mut todo) = (left_start, right_start, len);
    let mut total = total;
    if left_stride >= 0 && right_stride >= 0 {
        let (x_step, y_step) = (left_stride.unsigned_abs(), right_stride.unsigned_abs());
        // Four at a time: one bounds check covers all four, and they wait for `total` once.
        while todo >= 4 {
            let (x, y) = (&left[left_at..][..3 * x_step + 1], &right[right_at..][..3 * y_step + 1]);
            let value = |k: usize| map(&x[k * x_step], &y[k * y_step]);
            total =
                op.combine(total, op.combine(op.combine(value(0), value(1)), op.combine(value(2), value(3))));
            left_at = moved(left_at, left_stride, 4);
            right_at = moved(right_at, right_stride, 4);
            todo -= 4;
        }
    }
    for _ in 0..todo {
        total = op.combine(total, map(&left[left_at], &right[right_at]));
        left_at = moved(left_at, left_stride, 1);
        right_at = moved(right_at, right_stride, 1);
    }
    total
}

/// Combines the pairs of few elements lane by lane: merging the axes would take longer.
#[inline]
#[track_caller]
fn add_few<T, U, A: Clone, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    let layouts = [*left_layout, *right_layout];
    let (_, [left_lane, right_lane]) = Layout::lanes_of(layouts);
    let mut total = reduction.identity.clone();
    for [left_start, right_start] in lane_starts(layouts) {
        let (left, right) = ((left, left_start, left_lane.stride), (right, right_start, right_lane.stride));
        total = add_lane(left, right, left_lane.len, total, reduction);
    }
    total
}

/// Reduces the pairs of layouts that have gaps or are not in memory order.
#[inline(never)]
#[track_caller]
fn reduce_lanes<T, U, A: Clone, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    if left_layout.is_ordered() && left_layout.len() < SHORT {
        // Mostly a window: finding its memory order would take longer than summing it.
        return add_few((left, left_layout), (right, right_layout), reduction);
    }
    let layouts = in_memory_order([*left_layout, *right_layout]);
    if layouts.iter().all(Layout::is_contiguous) {
        let [left_start, right_start] = [layouts[0].offset(), layouts[1].offset()];
        let len = left_layout.len();
        return reduce_slices(&left[left_start..][..len], &right[right_start..][..len], reduction);
    }
    if left_layout.len() < SHORT {
        return add_few((left, &layouts[0]), (right, &layouts[1]), reduction);
    }
    let [left_lanes, right_lanes] = long_lanes(layouts);
    Partial::by_halves(reduction, left_lanes.0.len(), left_lanes.1.len, |partial, lanes, part| {
        add_lanes(partial, (left, left_lanes), (right, right_lanes), (lanes, part), reduction);
    })
}

/// Brings two layouts into the memory order of the left one.
#[inline]
pub(crate) fn in_memory_order<const N: usize>(layouts: [Layout<N>; 2]) -> [Layout<N>; 2] {
    let transposed = [layouts[0].transpose(), layouts[1].transpose()];
    // The transposed order is the most frequent one. Finding any other order takes longer.
    if transposed.iter().all(Layout::is_contiguous) {
        transposed
    } else {
        layouts[0].memory_order_of(layouts)
    }
}

/// Divides two layouts into long lanes: returns the starts and the lane of each layout.
#[inline]
pub(crate) fn long_lanes<const N: usize>(layouts: [Layout<N>; 2]) -> [(Layout<N>, Lane); 2] {
    let [left, right] = Layout::merge(layouts);
    // If lanes without gaps are short, longer lanes with gaps are faster.
    let axes = left.longest_axis_last(WIDTH / 2);
    [left.select(axes).lanes(), right.select(axes).lanes()]
}

/// Adds the pairs of some lanes, or of a part of one.
#[inline]
pub(crate) fn add_lanes<T, U, A: Clone, const N: usize>(
    partial: &mut Partial<A>,
    (left, (left_starts, left_lane)): (&[T], (Layout<N>, Lane)),
    (right, (right_starts, right_lane)): (&[U], (Layout<N>, Lane)),
    (lanes, part): (Range<usize>, Range<usize>),
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) {
    let starts = left_starts.offsets_of(lanes.clone()).zip(right_starts.offsets_of(lanes));
    for (left_start, right_start) in starts {
        let left = (left, moved(left_start, left_lane.stride, part.start), left_lane.stride);
        let right = (right, moved(right_start, right_lane.stride, part.start), right_lane.stride);
        partial.add_part(left, right, part.len(), reduction);
    }
}
