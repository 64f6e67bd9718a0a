//! Equality of the elements of two layouts.

use crate::layout::{Layout, moved};

/// Tells whether the elements at each index are equal. The shapes are equal.
///
/// Stops at the first lane with a difference. Slices of plain elements are compared many at a time.
pub(crate) fn equal<T: PartialEq<U>, U, const N: usize>(
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
) -> bool {
    let [left_layout, right_layout] = Layout::merge([*left_layout, *right_layout]);
    let ((left_starts, left_lane), (right_starts, right_lane)) = (left_layout.lanes(), right_layout.lanes());
    let len = left_lane.len;
    left_starts.offsets().zip(right_starts.offsets()).all(|(left_start, right_start)| {
        if (left_lane.stride, right_lane.stride) == (1, 1) {
            return left[left_start..][..len] == right[right_start..][..len];
        }
        (0..len).all(|k| {
            left[moved(left_start, left_lane.stride, k)] == right[moved(right_start, right_lane.stride, k)]
        })
    })
}
