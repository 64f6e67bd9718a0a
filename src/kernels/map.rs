//! Results of a function of each element, or of each pair of elements of two layouts.

use crate::layout::{Lane, Layout, moved};
use alloc::vec::Vec;
use core::iter;

/// Elements of the shortest lane that is read four at a time: for shorter ones the set-up takes
/// longer.
const FOUR_FROM: usize = 32;

/// Appends `f` of each element to a vector, in row-major order of the indices.
pub(crate) fn append_mapped<T, U, const N: usize>(
    to: &mut Vec<U>,
    from: &[T],
    layout: &Layout<N>,
    mut f: impl FnMut(&T) -> U,
) {
    let (starts, lane) = layout.merged().lanes();
    starts.offsets().for_each(|start| append_lane(to, from, start, lane, &mut f));
}

/// Appends `f` of each pair of elements at one index to a vector, in row-major order of the
/// indices. The shapes are equal.
pub(crate) fn append_zipped<T, U, R, const N: usize>(
    to: &mut Vec<R>,
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    mut f: impl FnMut(&T, &U) -> R,
) {
    let [left_layout, right_layout] = Layout::merge([*left_layout, *right_layout]);
    let ((left_starts, left_lane), (right_starts, right_lane)) = (left_layout.lanes(), right_layout.lanes());
    let len = left_lane.len;
    for (left_start, right_start) in left_starts.offsets().zip(right_starts.offsets()) {
        if (left_lane.stride, right_lane.stride) == (1, 1) {
            let pairs = left[left_start..][..len].iter().zip(&right[right_start..][..len]);
            to.extend(pairs.map(|(left, right)| f(left, right)));
        } else {
            to.extend((0..len).map(|k| {
                let left = &left[moved(left_start, left_lane.stride, k)];
                f(left, &right[moved(right_start, right_lane.stride, k)])
            }));
        }
    }
}

/// Replaces each element of `to` by `f` of it and of the one at the same index of `from`, in the
/// order of memory of `to`. The shapes are equal, and no two elements of `to` are at one place.
pub(crate) fn zip_in_place<T, U, const N: usize>(
    (to, to_layout): (&mut [T], &Layout<N>),
    (from, from_layout): (&[U], &Layout<N>),
    mut f: impl FnMut(&T, &U) -> T,
) {
    let [to_layout, from_layout] = Layout::merge(to_layout.memory_order_of([*to_layout, *from_layout]));
    let ((to_starts, to_lane), (from_starts, from_lane)) = (to_layout.lanes(), from_layout.lanes());
    for (to_start, from_start) in to_starts.offsets().zip(from_starts.offsets()) {
        if (to_lane.stride, from_lane.stride) == (1, 1) {
            let to = &mut to[to_start..][..to_lane.len];
            let from = &from[from_start..][..from_lane.len];
            to.iter_mut().zip(from).for_each(|(to, from)| *to = f(to, from));
            continue;
        }
        for k in 0..to_lane.len {
            let to = &mut to[moved(to_start, to_lane.stride, k)];
            *to = f(to, &from[moved(from_start, from_lane.stride, k)]);
        }
    }
}

/// Appends `f` of each element of a lane, which is not empty, to a vector.
pub(crate) fn append_lane<T, U>(
    to: &mut Vec<U>,
    from: &[T],
    start: usize,
    lane: Lane,
    f: &mut impl FnMut(&T) -> U,
) {
    let reach = (lane.len - 1) * lane.stride.unsigned_abs();
    let step = lane.stride.unsigned_abs().max(1);
    match lane.stride {
        ..0 => to.extend(from[start - reach..=start].iter().rev().step_by(step).map(f)),
        0 => to.extend(iter::repeat_n(&from[start], lane.len).map(f)),
        1 => to.extend(from[start..=start + reach].iter().map(f)),
        _ => {
            let mut done = 0;
            if lane.len >= FOUR_FROM {
                // Four at a time: the compiler then sees that a chunk has all four.
                let whole = (lane.len - 1) / 4;
                let chunks = from[start..][..whole * 4 * step].chunks_exact(4 * step);
                to.extend(chunks.flat_map(|chunk| {
                    let [a, b, c, d] = [&chunk[0], &chunk[step], &chunk[2 * step], &chunk[3 * step]];
                    [f(a), f(b), f(c), f(d)]
                }));
                done = whole * 4;
            }
            to.extend((done..lane.len).map(|k| f(&from[start + k * step])));
        }
    }
}
