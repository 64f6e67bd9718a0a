//! Cloning elements from one layout to another, or to the end of a vector, at memory speed.
//!
//! The cases, in this order: two slices; few elements; lanes that are slices; the strips of
//! `transpose`, where the two layouts disagree on which axis is the innermost; lanes with gaps.

use crate::kernels::map::{FEW, append_mapped};
use crate::kernels::plane::lane_starts;
use crate::kernels::strips::crowded_axis;
use crate::kernels::update::update;
use crate::layout::{Lane, Layout};
use alloc::vec::Vec;
use core::mem::needs_drop;

/// Minimum length of a lane that is copied as a slice: for shorter lanes the call takes longer.
const LONG_LANE: usize = 16;

/// Replaces each element of `to` by a clone of the element at the same index of `from`.
///
/// The shapes are equal, and no two indices of `to` refer to the same element.
pub(crate) fn copy_elements<T: Clone, const N: usize>(
    to: &mut [T],
    to_layout: &Layout<N>,
    from: &[T],
    from_layout: &Layout<N>,
) {
    if to_layout.is_contiguous() && from_layout.is_contiguous() {
        let len = to_layout.len();
        return to[to_layout.offset()..][..len].clone_from_slice(&from[from_layout.offset()..][..len]);
    }
    update(to, to_layout, from, from_layout, |to, from| to.clone_from(from));
}

/// Appends clones of all elements to a vector, in row-major order of their indices.
pub(crate) fn append_clones<T: Clone, const N: usize>(to: &mut Vec<T>, from: &[T], layout: &Layout<N>) {
    if layout.is_contiguous() {
        return to.extend_from_slice(&from[layout.offset()..][..layout.len()]);
    }
    if layout.len() <= FEW {
        return append_mapped(to, from, layout, T::clone);
    }
    let merged = layout.merged();
    let (_, Lane { len, stride }) = merged.lanes();
    if stride == 1 && len >= LONG_LANE {
        return lane_starts([merged]).for_each(|[start]| to.extend_from_slice(&from[start..][..len]));
    }
    if !needs_drop::<T>() && crowded_axis(&merged, size_of::<T>()).is_some() {
        // A vector grows only at its end, but strips write to all of it. So it is first filled with
        // clones of one element, which are cheap for types without drop.
        let end = to.len();
        to.resize(end + layout.len(), from[layout.offset()].clone());
        return copy_elements(&mut to[end..], &Layout::row_major_within(*layout.shape()), from, layout);
    }
    append_mapped(to, from, layout, T::clone);
}
