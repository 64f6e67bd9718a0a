//! Equality of the elements of two layouts.
//!
//! The cases, in this order: two slices; lanes that are slices on both sides; lanes with gaps.

use crate::layout::{Lane, Layout, moved};
use core::mem::needs_drop;

/// Elements that are compared without a branch for each.
const CHUNK: usize = 16;

/// Tells whether the elements at each index are equal. The shapes are equal.
///
/// Stops at the first lane with a difference. Slices of plain elements are compared many at a time.
#[inline]
pub(crate) fn equal<T: PartialEq<U>, U, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
) -> bool {
    if left_layout.is_contiguous() && right_layout.is_contiguous() {
        let len = left_layout.len();
        return slices_equal(&left[left_layout.offset()..][..len], &right[right_layout.offset()..][..len]);
    }
    lanes_equal((left, left_layout), (right, right_layout))
}

#[inline(never)]
fn lanes_equal<T: PartialEq<U>, U, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
) -> bool {
    let layouts = Layout::merge(left_layout.memory_order_of([*left_layout, *right_layout]));
    let ([left_starts, right_starts], [left_lane, right_lane]) = Layout::lanes_of(layouts);
    let mut starts = left_starts.offsets().zip(right_starts.offsets());
    if (left_lane.stride, right_lane.stride) == (1, 1) {
        let len = left_lane.len;
        return starts.all(|(l, r)| slices_equal(&left[l..][..len], &right[r..][..len]));
    }
    starts.all(|(l, r)| lane_equal((left, l, left_lane), (right, r, right_lane)))
}

/// Tells whether two slices of one length are equal.
///
/// The comparison of std compares bytes where it can, and else ends at each element, which keeps
/// the compiler from comparing several floats at once.
#[inline]
pub(crate) fn slices_equal<T: PartialEq<U>, U>(left: &[T], right: &[U]) -> bool {
    if const { size_of::<T>() < 4 || needs_drop::<T>() } {
        return left == right;
    }
    let (chunks, right_chunks) = (left.chunks_exact(CHUNK), right.chunks_exact(CHUNK));
    let rest = chunks.remainder() == right_chunks.remainder();
    rest && chunks.zip(right_chunks).all(|(left, right)| {
        left.iter().zip(right).fold(true, |equal, (left, right)| equal & (left == right))
    })
}

fn lane_equal<T: PartialEq<U>, U>(
    (left, left_start, left_lane): (&[T], usize, Lane),
    (right, right_start, right_lane): (&[U], usize, Lane),
) -> bool {
    let (mut l, mut r) = (left_start, right_start);
    (0..left_lane.len).all(|_| {
        let equal = left[l] == right[r];
        l = moved(l, left_lane.stride, 1);
        r = moved(r, right_lane.stride, 1);
        equal
    })
}
