//! Equality of the elements of two layouts.
//!
//! The cases, in this order: two slices; lanes that are slices on both sides; lanes with gaps.

use crate::layout::{Lane, Layout, moved};

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
        return left[left_layout.offset()..][..len] == right[right_layout.offset()..][..len];
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
        return starts.all(|(l, r)| left[l..][..len] == right[r..][..len]);
    }
    starts.all(|(l, r)| lane_equal((left, l, left_lane), (right, r, right_lane)))
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
