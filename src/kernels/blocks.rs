//! Pairwise reductions, down to blocks with several accumulators.
//!
//! The elements are cut in half repeatedly, down to blocks, and the results of the halves are
//! combined. So an element takes part in at most 150 operations, plus the logarithm of the number
//! of elements. The rounding error of a sum grows with that number of operations, not with the
//! number of elements (N. J. Higham, The accuracy of floating point summation, SIAM J. Sci. Comput.
//! 14, 1993). A block has [`WIDTH`] accumulators side by side, so that no operation waits for the
//! previous one.

use crate::kernels::combine::Combine;
use crate::kernels::reduce::Reduction;
use crate::layout::moved;
use core::array;
use core::ops::Range;

/// Accumulators in a block: 16 floats of 8 bytes take half of the vector registers of every x86-64.
pub(crate) const WIDTH: usize = 16;

/// Elements per accumulator in a block: keeps the rounding bound below 150 operations.
const ROUNDS: usize = 128;

/// Maximum number of blocks of a single lane that are combined one after the other, which is
/// cheaper than cutting them in half.
const AT_ONCE: usize = 16;

/// Elements of a block without gaps.
pub(crate) const BLOCK: usize = ROUNDS * WIDTH;

/// Cuts the part `part` of the lanes `lanes` in half repeatedly, down to blocks. A single lane is
/// cut between two blocks, and only if it has more than `blocks` blocks.
///
/// `block` reduces some lanes, or a part of one, into an accumulator. The back half gets a separate
/// accumulator, from `fresh`; `join` combines it with the accumulator of the front half.
pub(crate) fn by_halves<P>(
    blocks: usize,
    lanes: Range<usize>,
    part: Range<usize>,
    to: &mut P,
    fresh: &impl Fn() -> P,
    join: &impl Fn(&mut P, &P),
    block: &mut impl FnMut(&mut P, Range<usize>, Range<usize>),
) {
    let Some([front, back]) = halves(blocks, &lanes, &part) else {
        return block(to, lanes, part);
    };
    by_halves(blocks, front.0, front.1, to, fresh, join, block);
    let mut other = fresh();
    by_halves(blocks, back.0, back.1, &mut other, fresh, join, block);
    join(to, &other);
}

/// Cuts lanes, or a part of one, in half as [`by_halves`] does. `None` if they are not cut.
#[inline]
fn halves(
    blocks: usize,
    lanes: &Range<usize>,
    part: &Range<usize>,
) -> Option<[(Range<usize>, Range<usize>); 2]> {
    // Cannot overflow: the product is at most the number of elements, or there are none.
    if lanes.len() * part.len().div_ceil(WIDTH) <= ROUNDS || lanes.len() == 1 && part.len() <= blocks * BLOCK
    {
        return None;
    }
    Some(if lanes.len() > 1 {
        let middle = lanes.start + lanes.len().div_ceil(2);
        [(lanes.start..middle, part.clone()), (middle..lanes.end, part.clone())]
    } else {
        let middle = part.start + part.len().div_ceil(BLOCK).div_ceil(2) * BLOCK;
        [(lanes.clone(), part.start..middle), (lanes.clone(), middle..part.end)]
    })
}

/// The position at which slices of `len` elements are cut in half, with `width` accumulators.
/// `None` if they are few blocks.
#[inline]
pub(crate) fn middle(len: usize, width: usize) -> Option<usize> {
    let blocks = len.div_ceil(ROUNDS * width);
    (blocks > AT_ONCE).then(|| blocks.div_ceil(2) * ROUNDS * width)
}

/// Creates `W` accumulators with one value. A separate function, so that it is compiled once.
#[inline]
pub(crate) fn accumulators<A: Clone, const W: usize>(value: &A) -> [A; W] {
    array::from_fn(|_| value.clone())
}

/// Combines all accumulators, pairwise.
#[inline]
#[track_caller]
pub(crate) fn combined<A: Clone, const W: usize>(mut partial: [A; W], op: &impl Combine<A>) -> A {
    let mut width = W / 2;
    while width > 0 {
        for k in 0..width {
            partial[k] = op.combine(partial[k].clone(), partial[k + width].clone());
        }
        width /= 2;
    }
    partial[0].clone()
}

/// Reduces the pairs of two slices of equal length with `W` accumulators side by side. `W` is a
/// power of two.
#[track_caller]
pub(crate) fn reduce_blocks<T, U, A: Clone, const W: usize>(
    left: &[T],
    right: &[U],
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) -> A {
    let op = &reduction.op;
    if let Some(middle) = middle(left.len(), W) {
        let front = reduce_blocks::<_, _, _, W>(&left[..middle], &right[..middle], reduction);
        return op.combine(front, reduce_blocks::<_, _, _, W>(&left[middle..], &right[middle..], reduction));
    }
    let mut total: [A; W] = accumulators(&reduction.identity);
    let mut blocks = left.chunks(ROUNDS * W).zip(right.chunks(ROUNDS * W));
    if let Some((left, right)) = blocks.next() {
        add_chunks(&mut total, left, right, reduction);
    }
    for (left, right) in blocks {
        let mut partial: [A; W] = accumulators(&reduction.identity);
        add_chunks(&mut partial, left, right, reduction);
        for k in 0..W {
            total[k] = op.combine(total[k].clone(), partial[k].clone());
        }
    }
    let whole = left.len() - left.len() % W;
    op.combine(combined(total, op), reduction.fold(&left[whole..], &right[whole..]))
}

/// Adds the whole chunks of two slices of equal length.
// Not inlined: since the accumulators are in memory before and after the call, the compiler loads
// and stores them as whole vectors.
#[inline(never)]
#[track_caller]
fn add_chunks<T, U, A: Clone, const W: usize>(
    partial: &mut [A; W],
    left: &[T],
    right: &[U],
    Reduction { map, op, .. }: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
) {
    for (x, y) in left.chunks_exact(W).zip(right.chunks_exact(W)) {
        // Not a range, which without optimization takes longer than the rest.
        let mut k = 0;
        while k < W {
            partial[k] = op.combine(partial[k].clone(), map(&x[k], &y[k]));
            k += 1;
        }
    }
}

/// Accumulators, each for some of the elements.
///
/// A lane is given as a slice, the start of the lane in the slice, and its stride.
pub(crate) struct Partial<A> {
    side_by_side: [A; WIDTH],
    /// Accumulator of the rests of lanes after chunks of `WIDTH`. It is separate because a store to
    /// one of the others would delay the next load of all of them.
    rest: A,
}

impl<A: Clone> Partial<A> {
    fn new(identity: &A) -> Self {
        Partial { side_by_side: accumulators(identity), rest: identity.clone() }
    }

    /// Reduces the pairs of two lanes of `len` elements.
    #[inline(never)]
    pub(crate) fn of_lane<T, U>(
        left: (&[T], usize, isize),
        right: (&[U], usize, isize),
        len: usize,
        reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
    ) -> A {
        Partial::by_halves(reduction, 1, len, |partial, _, part| {
            let left = (left.0, moved(left.1, left.2, part.start), left.2);
            let right = (right.0, moved(right.1, right.2, part.start), right.2);
            partial.add_part(left, right, part.len(), reduction);
        })
    }

    /// Reduces pairwise what `block` adds.
    #[inline]
    pub(crate) fn by_halves<Map, Op: Combine<A>>(
        reduction: &Reduction<A, Map, Op>,
        lanes: usize,
        len: usize,
        block: impl FnMut(&mut Self, Range<usize>, Range<usize>),
    ) -> A {
        Partial::of_part(reduction, (0..lanes, 0..len), block).total(&reduction.op)
    }

    /// Reduces pairwise what `block` adds for some lanes, or for a part of one.
    #[inline]
    pub(crate) fn of_part<Map, Op: Combine<A>>(
        Reduction { identity, op, .. }: &Reduction<A, Map, Op>,
        (lanes, part): (Range<usize>, Range<usize>),
        mut block: impl FnMut(&mut Self, Range<usize>, Range<usize>),
    ) -> Self {
        let (fresh, join) = (|| Partial::new(identity), |to: &mut Self, other: &Self| to.join(other, op));
        let mut partial = fresh();
        by_halves(AT_ONCE, lanes, part, &mut partial, &fresh, &join, &mut block);
        partial
    }

    /// Cuts lanes, or a part of one, in half as [`of_part`](Self::of_part) does. `None` if they are
    /// not cut.
    #[cfg(feature = "rayon")]
    pub(crate) fn halves(
        lanes: &Range<usize>,
        part: &Range<usize>,
    ) -> Option<[(Range<usize>, Range<usize>); 2]> {
        halves(AT_ONCE, lanes, part)
    }

    #[inline]
    fn add(&mut self, k: usize, value: A, op: &impl Combine<A>) {
        self.side_by_side[k] = op.combine(self.side_by_side[k].clone(), value);
    }

    /// Adds the pairs of two lanes, or of a part of each, block by block.
    // Not inlined: one copy then serves lanes of all layouts.
    #[inline(never)]
    pub(crate) fn add_part<T, U>(
        &mut self,
        left: (&[T], usize, isize),
        right: (&[U], usize, isize),
        len: usize,
        reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
    ) {
        let mut done = len.min(BLOCK);
        self.add_block(left, right, done, reduction);
        while done < len {
            let mut other = Partial::new(&reduction.identity);
            let left = (left.0, moved(left.1, left.2, done), left.2);
            let right = (right.0, moved(right.1, right.2, done), right.2);
            other.add_block(left, right, BLOCK.min(len - done), reduction);
            done += BLOCK.min(len - done);
            self.join(&other, &reduction.op);
        }
    }

    #[inline]
    fn add_block<T, U>(
        &mut self,
        left: (&[T], usize, isize),
        right: (&[U], usize, isize),
        len: usize,
        reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
    ) {
        let whole = len - len % WIDTH;
        let done = match (left.2, right.2) {
            (1, 1) => self.add_stepped::<T, U, 1>(left, right, len, reduction),
            (2, 2) => self.add_stepped::<T, U, 2>(left, right, len, reduction),
            (0.., 0..) => self.add_strided(left, right, whole, reduction),
            _ => {
                for k in 0..whole {
                    let (x, y) = (moved(left.1, left.2, k), moved(right.1, right.2, k));
                    self.add(k % WIDTH, (reduction.map)(&left.0[x], &right.0[y]), &reduction.op);
                }
                whole
            }
        };
        let rest = (done..len).map(|k| {
            let (x, y) = (moved(left.1, left.2, k), moved(right.1, right.2, k));
            (reduction.map)(&left.0[x], &right.0[y])
        });
        if let Some(value) = rest.reduce(|a, b| reduction.op.combine(a, b)) {
            self.rest = reduction.op.combine(self.rest.clone(), value);
        }
    }

    /// Adds the whole chunks of two lanes of `len` elements that are `STEP` apart, and returns the
    /// number of elements in these chunks.
    // Not inlined: since the accumulators are in memory before and after the call, the compiler
    // loads and stores them as whole vectors.
    #[inline(never)]
    fn add_stepped<T, U, const STEP: usize>(
        &mut self,
        (left, left_start, _): (&[T], usize, isize),
        (right, right_start, _): (&[U], usize, isize),
        len: usize,
        Reduction { map, op, .. }: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
    ) -> usize {
        let reach = (len - 1) * STEP + 1;
        let (left, right) = (&left[left_start..][..reach], &right[right_start..][..reach]);
        for (x, y) in left.chunks_exact(STEP * WIDTH).zip(right.chunks_exact(STEP * WIDTH)) {
            for k in 0..WIDTH {
                self.add(k, map(&x[k * STEP], &y[k * STEP]), op);
            }
        }
        reach / (STEP * WIDTH) * WIDTH
    }

    /// Adds `len` pairs of two lanes whose strides are not negative, and returns `len`, which is a
    /// multiple of `WIDTH`.
    // Not inlined: its setup would also run for lanes without gaps.
    #[inline(never)]
    fn add_strided<T, U>(
        &mut self,
        (left, left_start, left_stride): (&[T], usize, isize),
        (right, right_start, right_stride): (&[U], usize, isize),
        len: usize,
        Reduction { map, op, .. }: &Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
    ) -> usize {
        let (x_step, y_step) = (left_stride.unsigned_abs(), right_stride.unsigned_abs());
        let (mut x_start, mut y_start) = (left_start, right_start);
        for _ in 0..len / WIDTH {
            // Four at a time: one bounds check of the chunk then covers all four.
            for four in (0..WIDTH).step_by(4) {
                let (x, y) = (&left[x_start..][..3 * x_step + 1], &right[y_start..][..3 * y_step + 1]);
                for k in 0..4 {
                    self.add(four + k, map(&x[k * x_step], &y[k * y_step]), op);
                }
                x_start += 4 * x_step;
                y_start += 4 * y_step;
            }
        }
        len
    }

    pub(crate) fn join(&mut self, other: &Self, op: &impl Combine<A>) {
        for k in 0..WIDTH {
            self.add(k, other.side_by_side[k].clone(), op);
        }
        self.rest = op.combine(self.rest.clone(), other.rest.clone());
    }

    /// Combines all accumulators, pairwise.
    pub(crate) fn total(self, op: &impl Combine<A>) -> A {
        op.combine(combined(self.side_by_side, op), self.rest)
    }
}
