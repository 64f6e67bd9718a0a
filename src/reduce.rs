//! Combining all elements of a layout, or the pairs of two, into one value, in the order of memory and at its speed.
//! The operation must be associative and commutative, or nearly so, as the addition of floats is.
//!
//! The elements are cut in half, and in half again, down to blocks; what comes out of the halves is combined. So no
//! element goes through more operations than a block has rounds, and a logarithm: the rounding errors of a sum grow with
//! that and not with the number of elements (N. J. Higham, The accuracy of floating point summation, SIAM J. Sci.
//! Comput. 14, 1993). In a block there are [`WIDTH`] partial results side by side, so that no operation waits for
//! the one before.

use crate::layout::{Lane, Layout, moved};
use core::array;

/// Partial results side by side: floats of 8 bytes then take half of the vector registers that every x86-64 has.
const WIDTH: usize = 16;

/// So often a block combines a partial result with an element.
const ROUNDS: usize = 64;

/// The elements of a block that has no gaps.
pub(crate) const BLOCK: usize = ROUNDS * WIDTH;

/// How values are made of elements and combined; `neutral` changes no value that it is combined with.
#[derive(Clone, Copy)]
pub(crate) struct Reduction<A, Of, Op> {
    pub(crate) neutral: A,
    pub(crate) of: Of,
    pub(crate) op: Op,
}

/// Combines the values of all elements.
pub(crate) fn reduce<T, A: Clone, const N: usize>(
    data: &[T],
    layout: &Layout<N>,
    reduction: &Reduction<A, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
) -> A {
    let layouts = Layout::merge(layout.memory_order_of([*layout]));
    by_halves(&layouts, &reduction.op, &|[layout]| {
        let (starts, lane) = layout.lanes();
        let mut partial = Partial::new(&reduction.neutral);
        starts.offsets().for_each(|start| partial.add_lane(data, start, lane, reduction));
        partial
    })
    .total(&reduction.op)
}

/// Combines the values of all pairs of elements at the same index. The shapes are the same.
pub(crate) fn reduce_pairs<T, U, A: Clone, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    reduction: &Reduction<A, impl Fn(&T, &U) -> A, impl Fn(A, A) -> A>,
) -> A {
    let layouts = Layout::merge(left_layout.memory_order_of([*left_layout, *right_layout]));
    by_halves(&layouts, &reduction.op, &|[left_layout, right_layout]| {
        let (left_starts, left_lane) = left_layout.lanes();
        let (right_starts, right_lane) = right_layout.lanes();
        let mut partial = Partial::new(&reduction.neutral);
        for (left_start, right_start) in left_starts.offsets().zip(right_starts.offsets()) {
            partial.add_pairs((left, left_start, left_lane), (right, right_start, right_lane), reduction);
        }
        partial
    })
    .total(&reduction.op)
}

/// Combines the values of all elements of one lane.
pub(crate) fn reduce_lane<T, A: Clone>(
    data: &[T],
    start: usize,
    lane: Lane,
    reduction: &Reduction<A, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
) -> A {
    if lane.len >= WIDTH {
        return reduce(data, &Layout::of_lane(start, lane), reduction);
    }
    let Reduction { neutral, of, op } = reduction;
    (0..lane.len).fold(neutral.clone(), |total, k| op(total, of(&data[moved(start, lane.stride, k)])))
}

/// Cuts layouts of one shape in half until they are blocks, and combines what `block` makes of these.
fn by_halves<A: Clone, const K: usize, const N: usize>(
    layouts: &[Layout<N>; K],
    op: &impl Fn(A, A) -> A,
    block: &impl Fn(&[Layout<N>; K]) -> Partial<A>,
) -> Partial<A> {
    match halves(layouts) {
        Some((front, back)) => by_halves(&front, op, block).join(&by_halves(&back, op, block), op),
        None => block(layouts),
    }
}

/// The two halves of layouts of one shape, or none if they are a block. The outermost axis is cut, and if that is a
/// lane, between two blocks.
pub(crate) fn halves<const K: usize, const N: usize>(
    layouts: &[Layout<N>; K],
) -> Option<([Layout<N>; K], [Layout<N>; K])> {
    let shape = layouts.first()?.shape();
    let (&len, outer) = shape.split_last()?;
    // Cannot overflow: there are so many elements, or none.
    let rounds = outer.iter().product::<usize>() * len.div_ceil(WIDTH);
    if rounds <= ROUNDS {
        return None;
    }
    let (axis, at) = match outer.iter().position(|&extent| extent > 1) {
        Some(axis) => (axis, outer[axis].div_ceil(2)),
        None => (outer.len(), len.div_ceil(BLOCK).div_ceil(2) * BLOCK),
    };
    let front = array::from_fn(|k| layouts[k].resized(axis, at));
    let back = array::from_fn(|k| layouts[k].part(axis, at, shape[axis] - at));
    Some((front, back))
}

/// Results of a part of the elements each, which are yet to be combined.
struct Partial<A>([A; WIDTH]);

impl<A: Clone> Partial<A> {
    fn new(neutral: &A) -> Self {
        Partial(array::from_fn(|_| neutral.clone()))
    }

    #[inline]
    fn add(&mut self, k: usize, value: A, op: &impl Fn(A, A) -> A) {
        self.0[k] = op(self.0[k].clone(), value);
    }

    /// The elements of a lane whose stride is not negative: that of a layout in the order of memory.
    fn add_lane<T>(
        &mut self,
        data: &[T],
        start: usize,
        lane: Lane,
        Reduction { of, op, .. }: &Reduction<A, impl Fn(&T) -> A, impl Fn(A, A) -> A>,
    ) {
        if lane.stride == 1 {
            let chunks = data[start..][..lane.len].chunks_exact(WIDTH);
            let rest = chunks.remainder();
            for chunk in chunks {
                for k in 0..WIDTH {
                    self.add(k, of(&chunk[k]), op);
                }
            }
            rest.iter().enumerate().for_each(|(k, element)| self.add(k, of(element), op));
            return;
        }
        let step = lane.stride.unsigned_abs();
        let (mut start, mut left) = (start, lane.len);
        while left >= WIDTH {
            let chunk = &data[start..][..(WIDTH - 1) * step + 1];
            for k in 0..WIDTH {
                self.add(k, of(&chunk[k * step]), op);
            }
            start += WIDTH * step;
            left -= WIDTH;
        }
        for k in 0..left {
            self.add(k, of(&data[start + k * step]), op);
        }
    }

    fn add_pairs<T, U>(
        &mut self,
        (left, left_start, left_lane): (&[T], usize, Lane),
        (right, right_start, right_lane): (&[U], usize, Lane),
        Reduction { of, op, .. }: &Reduction<A, impl Fn(&T, &U) -> A, impl Fn(A, A) -> A>,
    ) {
        let len = left_lane.len;
        if (left_lane.stride, right_lane.stride) == (1, 1) {
            let left_chunks = left[left_start..][..len].chunks_exact(WIDTH);
            let right_chunks = right[right_start..][..len].chunks_exact(WIDTH);
            let rest = left_chunks.remainder().iter().zip(right_chunks.remainder());
            for (left, right) in left_chunks.zip(right_chunks) {
                for k in 0..WIDTH {
                    self.add(k, of(&left[k], &right[k]), op);
                }
            }
            rest.enumerate().for_each(|(k, (left, right))| self.add(k, of(left, right), op));
            return;
        }
        for k in 0..len {
            let left = &left[moved(left_start, left_lane.stride, k)];
            let right = &right[moved(right_start, right_lane.stride, k)];
            self.add(k % WIDTH, of(left, right), op);
        }
    }

    fn join(mut self, other: &Self, op: &impl Fn(A, A) -> A) -> Self {
        for k in 0..WIDTH {
            self.add(k, other.0[k].clone(), op);
        }
        self
    }

    /// All of them combined, by halves again.
    fn total(mut self, op: &impl Fn(A, A) -> A) -> A {
        let mut width = WIDTH / 2;
        while width > 0 {
            for k in 0..width {
                self.add(k, self.0[k + width].clone(), op);
            }
            width /= 2;
        }
        let [total, ..] = self.0;
        total
    }
}
