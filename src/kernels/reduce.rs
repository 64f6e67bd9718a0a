//! Reductions: all elements of a layout, or all pairs of two layouts, combined into one value, in
//! the order of memory and at its speed. The operation is associative and commutative, or nearly,
//! as float addition is.
//!
//! The elements are cut in half repeatedly, down to blocks, and the results of the halves are
//! combined. So an element goes through at most [`ROUNDS`] operations and a logarithm of the number
//! of blocks. The rounding error of a sum grows with that number of operations, not with the number
//! of elements (N. J. Higham, The accuracy of floating point summation, SIAM J. Sci. Comput. 14,
//! 1993). A block has [`WIDTH`] accumulators side by side, so that no operation waits for the
//! previous one.

use crate::layout::{Lane, Layout, moved};
use core::array;
use core::ops::Range;

/// Accumulators in a block: with floats of 8 bytes they take half of the vector registers of every
/// x86-64.
const WIDTH: usize = 16;

/// Elements per accumulator in a block: keeps the rounding bound below 150 operations.
const ROUNDS: usize = 128;

/// Blocks of a single lane that are combined one after the other: cheaper than cutting them in
/// half.
const AT_ONCE: usize = 16;

/// Elements of the shortest lane that uses `WIDTH` accumulators: below, their set-up takes most of
/// the time.
const SHORT: usize = 8 * WIDTH;

/// Elements of a block without gaps.
pub(crate) const BLOCK: usize = ROUNDS * WIDTH;

/// A value of each element by `map`, combined by `op`. `op` with `identity` changes no value.
pub(crate) struct Reduction<A, Map, Op> {
    pub(crate) identity: A,
    pub(crate) map: Map,
    pub(crate) op: Op,
}

/// Reduces all elements.
pub(crate) fn reduce<T, A: Clone, const N: usize>(
    data: &[T],
    layout: &Layout<N>,
    reduction: &Reduction<A, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
) -> A {
    // Lanes without gaps may be short; longer lanes with gaps are then faster.
    let (starts, lane) = layout.memory_order().merged().longest_axis_last(WIDTH / 2).lanes();
    Partial::by_halves(reduction, starts.len(), lane.len, |partial, lanes, part| {
        starts.offsets_of(lanes).for_each(|start| {
            partial.add_blocks(reduction, part.clone(), |partial, part| {
                let start = moved(start, lane.stride, part.start);
                partial.add_lane(data, start, Lane { len: part.len(), ..lane }, reduction);
            });
        });
    })
}

/// Reduces a lane, whose stride is not negative.
#[inline]
pub(crate) fn reduce_lane<T, A: Clone>(
    data: &[T],
    start: usize,
    lane: Lane,
    reduction: &Reduction<A, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
) -> A {
    let Reduction { identity, map, op } = reduction;
    if lane.len > BLOCK {
        return reduce(data, &Layout::of_lane(start, lane), reduction);
    }
    if lane.len < SHORT && lane.stride == 1 {
        return reduce_short(&data[start..][..lane.len], reduction);
    }
    if lane.len < WIDTH {
        let value = |k| map(&data[moved(start, lane.stride, k)]);
        return (0..lane.len).fold(identity.clone(), |total, k| op(total, value(k)));
    }
    let mut partial = Partial::new(identity);
    partial.add_lane(data, start, lane, reduction);
    partial.total(op)
}

/// Reduces a short slice, with accumulators that fit into registers.
#[inline]
fn reduce_short<T, A: Clone>(
    elements: &[T],
    Reduction { identity, map, op }: &Reduction<A, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
) -> A {
    let chunks = elements.chunks_exact(8);
    let rest = chunks.remainder().iter().map(map).fold(identity.clone(), op);
    let mut partial: [A; 8] = array::from_fn(|_| identity.clone());
    for chunk in chunks {
        for k in 0..8 {
            partial[k] = op(partial[k].clone(), map(&chunk[k]));
        }
    }
    let [a, b, c, d, e, f, g, h] = partial;
    op(op(op(op(a, e), op(c, g)), op(op(b, f), op(d, h))), rest)
}

/// Reduces all pairs of elements at one index. The shapes are equal.
pub(crate) fn reduce_pairs<T, U, A: Clone, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Fn(A, A) -> A>,
) -> A {
    let layouts = Layout::merge(left_layout.memory_order_of([*left_layout, *right_layout]));
    let [(left_starts, left_lane), (right_starts, right_lane)] = layouts.map(|layout| layout.lanes());
    Partial::by_halves(reduction, left_starts.len(), left_lane.len, |partial, lanes, part| {
        let starts = left_starts.offsets_of(lanes.clone()).zip(right_starts.offsets_of(lanes));
        for (left_start, right_start) in starts {
            partial.add_blocks(reduction, part.clone(), |partial, part| {
                let left_start = moved(left_start, left_lane.stride, part.start);
                let right_start = moved(right_start, right_lane.stride, part.start);
                let left_lane = Lane { len: part.len(), ..left_lane };
                partial.add_pairs((left, left_start, left_lane), (right, right_start, right_lane), reduction);
            });
        }
    })
}

/// Cuts the part `part` of the lanes `lanes` in half repeatedly, down to blocks. A single lane is
/// cut between two blocks, and not below `blocks` of them.
///
/// `block` reduces some lanes, or a part of one, into an accumulator. The back half gets an
/// accumulator of its own, from `fresh`; `join` combines it with that of the front half.
pub(crate) fn by_halves<P>(
    blocks: usize,
    lanes: Range<usize>,
    part: Range<usize>,
    to: &mut P,
    fresh: &impl Fn() -> P,
    join: &impl Fn(&mut P, &P),
    block: &mut impl FnMut(&mut P, Range<usize>, Range<usize>),
) {
    // Cannot overflow: the product is at most the number of elements, or there are none.
    if lanes.len() * part.len().div_ceil(WIDTH) <= ROUNDS || lanes.len() == 1 && part.len() <= blocks * BLOCK
    {
        return block(to, lanes, part);
    }
    let (front, back) = if lanes.len() > 1 {
        let middle = lanes.start + lanes.len().div_ceil(2);
        ((lanes.start..middle, part.clone()), (middle..lanes.end, part))
    } else {
        let middle = part.start + part.len().div_ceil(BLOCK).div_ceil(2) * BLOCK;
        ((lanes.clone(), part.start..middle), (lanes, middle..part.end))
    };
    by_halves(blocks, front.0, front.1, to, fresh, join, block);
    let mut other = fresh();
    by_halves(blocks, back.0, back.1, &mut other, fresh, join, block);
    join(to, &other);
}

/// Accumulators of some of the elements each.
struct Partial<A> {
    side_by_side: [A; WIDTH],
    /// Accumulator of the rests of lanes after chunks of `WIDTH`. By itself, because a store to one
    /// of the others would delay the next load of all of them.
    rest: A,
}

impl<A: Clone> Partial<A> {
    fn new(identity: &A) -> Self {
        Partial { side_by_side: array::from_fn(|_| identity.clone()), rest: identity.clone() }
    }

    /// Reduces by halves what `block` adds.
    fn by_halves<Map, Op: Fn(A, A) -> A>(
        Reduction { identity, op, .. }: &Reduction<A, Map, Op>,
        lanes: usize,
        len: usize,
        mut block: impl FnMut(&mut Self, Range<usize>, Range<usize>),
    ) -> A {
        let (fresh, join) = (|| Partial::new(identity), |to: &mut Self, other: &Self| to.join(other, op));
        let mut partial = fresh();
        by_halves(AT_ONCE, 0..lanes, 0..len, &mut partial, &fresh, &join, &mut block);
        partial.total(op)
    }

    #[inline]
    fn add(&mut self, k: usize, value: A, op: &impl Fn(A, A) -> A) {
        self.side_by_side[k] = op(self.side_by_side[k].clone(), value);
    }

    #[inline]
    fn add_rest(&mut self, values: impl Iterator<Item = A>, op: &impl Fn(A, A) -> A) {
        if let Some(value) = values.reduce(op) {
            self.rest = op(self.rest.clone(), value);
        }
    }

    /// Adds a part of a lane block by block.
    #[inline]
    fn add_blocks<Map, Op: Fn(A, A) -> A>(
        &mut self,
        Reduction { identity, op, .. }: &Reduction<A, Map, Op>,
        part: Range<usize>,
        mut add: impl FnMut(&mut Self, Range<usize>),
    ) {
        let end_from = |start: usize| part.end.min(start + BLOCK);
        let mut end = end_from(part.start);
        add(self, part.start..end);
        while end < part.end {
            let mut other = Partial::new(identity);
            let start = end;
            end = end_from(start);
            add(&mut other, start..end);
            self.join(&other, op);
        }
    }

    /// Adds the elements of a lane.
    #[inline]
    fn add_lane<T>(
        &mut self,
        data: &[T],
        start: usize,
        lane: Lane,
        reduction: &Reduction<A, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
    ) {
        if lane.stride != 1 {
            return self.add_strided_lane(data, start, lane, reduction);
        }
        let Reduction { map, op, .. } = reduction;
        let (chunks, rest) = data[start..][..lane.len].split_at(lane.len - lane.len % WIDTH);
        self.add_chunks(chunks, map, op);
        self.add_rest(rest.iter().map(map), op);
    }

    // Not inlined: with accumulators in memory before and after, the compiler fills whole vectors
    // with them.
    #[inline(never)]
    fn add_chunks<T>(&mut self, chunks: &[T], map: &impl Fn(&T) -> A, op: &impl Fn(A, A) -> A) {
        for chunk in chunks.chunks_exact(WIDTH) {
            for k in 0..WIDTH {
                self.add(k, map(&chunk[k]), op);
            }
        }
    }

    /// Adds the elements of a lane with gaps, whose stride is not negative: that of a layout in the
    /// order of memory.
    // Not inlined: its set-up would be computed also for lanes without gaps.
    #[inline(never)]
    fn add_strided_lane<T>(
        &mut self,
        data: &[T],
        start: usize,
        lane: Lane,
        Reduction { map, op, .. }: &Reduction<A, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
    ) {
        let step = lane.stride.unsigned_abs();
        let (mut start, mut left) = (start, lane.len);
        while left > WIDTH {
            // Four at a time: the compiler then sees that a chunk has all four.
            for four in (0..WIDTH).step_by(4) {
                let chunk = &data[start..][..(4 * step).max(1)];
                for k in 0..4 {
                    self.add(four + k, map(&chunk[k * step]), op);
                }
                start += 4 * step;
            }
            left -= WIDTH;
        }
        self.add_rest((0..left).map(|k| map(&data[start + k * step])), op);
    }

    fn add_pairs<T, U>(
        &mut self,
        (left, left_start, left_lane): (&[T], usize, Lane),
        (right, right_start, right_lane): (&[U], usize, Lane),
        Reduction { map, op, .. }: &Reduction<A, impl Fn(&T, &U) -> A, impl Fn(A, A) -> A>,
    ) {
        let len = left_lane.len;
        if (left_lane.stride, right_lane.stride) == (1, 1) {
            let left_chunks = left[left_start..][..len].chunks_exact(WIDTH);
            let right_chunks = right[right_start..][..len].chunks_exact(WIDTH);
            let rest = left_chunks.remainder().iter().zip(right_chunks.remainder());
            for (left, right) in left_chunks.zip(right_chunks) {
                for k in 0..WIDTH {
                    self.add(k, map(&left[k], &right[k]), op);
                }
            }
            return self.add_rest(rest.map(|(left, right)| map(left, right)), op);
        }
        for k in 0..len {
            let left = &left[moved(left_start, left_lane.stride, k)];
            let right = &right[moved(right_start, right_lane.stride, k)];
            self.add(k % WIDTH, map(left, right), op);
        }
    }

    fn join(&mut self, other: &Self, op: &impl Fn(A, A) -> A) {
        for k in 0..WIDTH {
            self.add(k, other.side_by_side[k].clone(), op);
        }
        self.rest = op(self.rest.clone(), other.rest.clone());
    }

    /// Combines all accumulators, by halves.
    fn total(mut self, op: &impl Fn(A, A) -> A) -> A {
        let mut width = WIDTH / 2;
        while width > 0 {
            for k in 0..width {
                self.add(k, self.side_by_side[k + width].clone(), op);
            }
            width /= 2;
        }
        let [total, ..] = self.side_by_side;
        op(total, self.rest)
    }
}
