//! Clones of elements, from one layout to another or to the end of a vector, at the speed of
//! memory.
//!
//! The cases, in this order: lanes that are slices on both sides; lanes with gaps; and, where the
//! two layouts disagree on which axis is the innermost, the strips of `transpose`.

use crate::kernels::map::append_lane;
use crate::kernels::transpose::{axis_across, copy_transposed, is_crowded};
use crate::layout::{Lane, Layout, moved};
use alloc::vec::Vec;
use core::mem::needs_drop;

/// Replaces each element of `to` by a clone of the one at the same index of `from`.
///
/// The shapes are equal, and no two elements of `to` are at one place.
pub(crate) fn copy_elements<T: Clone, const N: usize>(
    to: &mut [T],
    to_layout: &Layout<N>,
    from: &[T],
    from_layout: &Layout<N>,
) {
    let [to_layout, from_layout] = Layout::merge(to_layout.memory_order_of([*to_layout, *from_layout]));
    let ((to_starts, to_lane), (from_starts, from_lane)) = (to_layout.lanes(), from_layout.lanes());
    match axis_across(&from_starts, from_lane) {
        Some(axis) if to_lane.stride == 1 => {
            copy_transposed(to, (to_starts, to_lane), from, (from_starts, from_lane), axis);
        }
        _ => {
            for (to_start, from_start) in to_starts.offsets().zip(from_starts.offsets()) {
                copy_lane(to, to_start, to_lane, from, from_start, from_lane);
            }
        }
    }
}

fn copy_lane<T: Clone>(
    to: &mut [T],
    to_start: usize,
    to_lane: Lane,
    from: &[T],
    from_start: usize,
    from_lane: Lane,
) {
    if (to_lane.stride, from_lane.stride) == (1, 1) {
        to[to_start..][..to_lane.len].clone_from_slice(&from[from_start..][..from_lane.len]);
        return;
    }
    let (mut to_offset, mut from_offset) = (to_start, from_start);
    for _ in 0..to_lane.len {
        to[to_offset].clone_from(&from[from_offset]);
        to_offset = moved(to_offset, to_lane.stride, 1);
        from_offset = moved(from_offset, from_lane.stride, 1);
    }
}

/// Appends clones of all elements to a vector, in row-major order of their indices.
pub(crate) fn append_clones<T: Clone, const N: usize>(to: &mut Vec<T>, from: &[T], layout: &Layout<N>) {
    let (starts, lane) = layout.merged().lanes();
    match from.get(layout.offset()) {
        // A vector grows at its end only, and strips need all of it before: it is filled with
        // clones of one element, which cost next to nothing where they own nothing.
        Some(any) if is_crowded::<T>(lane) && axis_across(&starts, lane).is_some() && !needs_drop::<T>() => {
            let end = to.len();
            to.resize(end + layout.len(), any.clone());
            copy_elements(&mut to[end..], &Layout::row_major_within(*layout.shape()), from, layout);
        }
        _ => starts.offsets().for_each(|start| append_lane(to, from, start, lane, &mut T::clone)),
    }
}
