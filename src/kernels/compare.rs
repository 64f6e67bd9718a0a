//! Equality of the elements of two layouts.
//!
//! The cases, in this order: two slices; lanes that are slices on both sides; lanes with gaps.

use crate::layout::{Lane, Layout, moved};
use core::mem::needs_drop;

/// Elements per chunk, which are compared without a branch for each.
const CHUNK: usize = 32;

/// Returns whether the elements at each index are equal. The shapes are equal.
///
/// Stops at the first lane with a difference. Slices of plain elements are compared many at a time.
#[inline(always)]
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
    let mut layouts = [left_layout.transpose(), right_layout.transpose()];
    // The transposed order is the most frequent one. Finding any other order takes longer.
    if !layouts.iter().all(Layout::is_contiguous) {
        layouts = Layout::merge(left_layout.memory_order_of([*left_layout, *right_layout]));
    }
    if layouts.iter().all(Layout::is_contiguous) {
        let len = layouts[0].len();
        return slices_equal(&left[layouts[0].offset()..][..len], &right[layouts[1].offset()..][..len]);
    }
    let ([left_starts, right_starts], [left_lane, right_lane]) = Layout::lanes_of(layouts);
    let mut starts = left_starts.offsets().zip(right_starts.offsets());
    if (left_lane.stride, right_lane.stride) == (1, 1) {
        let len = left_lane.len;
        return starts.all(|(l, r)| slices_equal(&left[l..][..len], &right[r..][..len]));
    }
    starts.all(|(l, r)| lane_equal((left, l, left_lane), (right, r, right_lane)))
}

/// Returns whether two slices of equal length are equal.
///
/// `==` of slices compares bytes where it can. Otherwise it may stop at each element, so the
/// compiler cannot compare several floats at once.
#[inline]
pub(crate) fn slices_equal<T: PartialEq<U>, U>(left: &[T], right: &[U]) -> bool {
    if left.len() < CHUNK || const { size_of::<T>() < 4 || needs_drop::<T>() } {
        return left == right;
    }
    chunks_equal(left, right)
}

fn chunks_equal<T: PartialEq<U>, U>(left: &[T], right: &[U]) -> bool {
    let (chunks, right_chunks) = (left.chunks_exact(CHUNK), right.chunks_exact(CHUNK));
    let rest = chunks.remainder() == right_chunks.remainder();
    rest && chunks.zip(right_chunks).all(|(x, y)| {
        // Not an iterator, which without optimization takes longer than the comparison.
        let (mut equal, mut k) = (true, 0);
        while k < CHUNK {
            equal &= (x[k] == y[k]) & (x[k + 1] == y[k + 1]);
            k += 2;
        }
        equal
    })
}

fn lane_equal<T: PartialEq<U>, U>(
    (left, left_start, left_lane): (&[T], usize, Lane),
    (right, right_start, right_lane): (&[U], usize, Lane),
) -> bool {
    let (mut l, mut r, mut todo) = (left_start, right_start, left_lane.len);
    if left_lane.stride >= 0 && right_lane.stride >= 0 && const { !needs_drop::<T>() } {
        let (x_step, y_step) = (left_lane.stride.unsigned_abs(), right_lane.stride.unsigned_abs());
        // Four at a time: one bounds check and one branch cover all four.
        while todo >= 4 {
            let (x, y) = (&left[l..][..3 * x_step + 1], &right[r..][..3 * y_step + 1]);
            let equal = |k: usize| x[k * x_step] == y[k * y_step];
            if !(equal(0) & equal(1) & equal(2) & equal(3)) {
                return false;
            }
            (l, r, todo) = (l + 4 * x_step, r + 4 * y_step, todo - 4);
        }
    }
    (0..todo).all(|_| {
        let equal = left[l] == right[r];
        l = moved(l, left_lane.stride, 1);
        r = moved(r, right_lane.stride, 1);
        equal
    })
}
