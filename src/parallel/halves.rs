//! Sums of all elements on several threads, with the same bits as on one thread.
//!
//! `kernels::reduce` cuts elements in half at positions that depend only on their number and
//! layout. So both halves can be summed at the same time, and their sums are added as on one
//! thread.

use crate::kernels::blocks::Partial;
use crate::kernels::combine::{Combine, Plus};
use crate::kernels::reduce::{
    NOTHING, Reduction, add_lanes, in_memory_order, long_lanes, middle_of_slices, reduce, reduce_slices,
};
use crate::layout::{Lane, Layout};
use core::ops::Range;
use num_traits::Zero;

/// Number of tasks in the smallest sum on several threads.
const TASKS: usize = 8;

/// A sum of `f(x)` over elements.
pub(super) struct Sum<F> {
    pub(super) f: F,
    /// Maximum elements that one thread sums.
    pub(super) serial: usize,
}

impl<F> Sum<F> {
    /// Returns the maximum elements of a task, if they can be cut.
    pub(super) fn grain(&self) -> usize {
        self.serial / TASKS
    }

    /// Returns what the kernels take. Each task makes its own, so that `A` need not be `Sync`.
    pub(super) fn reduction<T, A: Zero>(&self) -> Reduction<A, impl Fn(&T, &()) -> A, impl Combine<A>>
    where
        F: Fn(&T) -> A,
    {
        Reduction { identity: A::zero(), map: |x: &T, &(): &()| (self.f)(x), op: Plus }
    }
}

/// Sums `f` of all elements, on several threads if they are many.
#[track_caller]
pub(super) fn par_sum<T: Sync, A: Clone + Zero + Send, const N: usize>(
    data: &[T],
    layout: &Layout<N>,
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> A {
    if layout.len() <= sum.serial {
        return reduce(data, layout, &sum.reduction());
    }
    if layout.is_contiguous() {
        return par_sum_slice(&data[layout.offset()..][..layout.len()], sum);
    }
    if let (&[len], &[stride]) = (&layout.shape()[..], &layout.strides()[..]) {
        return par_sum_lane(data, layout.offset(), Lane { len, stride }, sum);
    }
    let [layout, _] = in_memory_order([*layout; 2]);
    if layout.is_contiguous() {
        return par_sum_slice(&data[layout.offset()..][..layout.len()], sum);
    }
    let [lanes, _] = long_lanes([layout; 2]);
    let all = (0..lanes.0.len(), 0..lanes.1.len);
    par_sum_lanes(data, lanes, all, sum).total(&Plus)
}

/// Sums a long slice.
pub(super) fn par_sum_slice<T: Sync, A: Clone + Zero + Send>(
    data: &[T],
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> A {
    match middle_of_slices::<A>(data.len()) {
        Some(middle) if data.len() > sum.grain() => {
            let (front, back) = data.split_at(middle);
            let (front, back) = rayon::join(|| par_sum_slice(front, sum), || par_sum_slice(back, sum));
            front + back
        }
        _ => reduce_slices(data, &NOTHING[..data.len()], &sum.reduction()),
    }
}

/// Sums a long lane.
pub(super) fn par_sum_lane<T: Sync, A: Clone + Zero + Send>(
    data: &[T],
    start: usize,
    lane: Lane,
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> A {
    if lane.stride == 1 {
        return par_sum_slice(&data[start..][..lane.len], sum);
    }
    let starts = Layout::row_major_within([1]).with_offset(start);
    par_sum_lanes(data, (starts, lane), (0..1, 0..lane.len), sum).total(&Plus)
}

/// Sums some of many lanes, or a part of one lane.
fn par_sum_lanes<T: Sync, A: Clone + Zero + Send, const N: usize>(
    data: &[T],
    lanes: (Layout<N>, Lane),
    (some, part): (Range<usize>, Range<usize>),
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> Partial<A> {
    match Partial::<A>::halves(&some, &part) {
        Some([front, back]) if some.len() * part.len() > sum.grain() => {
            let (mut front, back) = rayon::join(
                || par_sum_lanes(data, lanes, front, sum),
                || par_sum_lanes(data, lanes, back, sum),
            );
            front.join(&back, &Plus);
            front
        }
        _ => {
            let reduction = sum.reduction();
            Partial::of_part(&reduction, (some, part), |partial, some, part| {
                add_lanes(partial, (data, lanes), (NOTHING, lanes), (some, part), &reduction);
            })
        }
    }
}
