//! Clones of elements, from one layout to another or to the end of a vector, at the speed of
//! memory.
//!
//! The cases, in this order: lanes that are slices on both sides; lanes with gaps; and, where the
//! two layouts disagree on which axis is the innermost, the strips of `transpose`.

use crate::kernels::map::append_mapped;
use crate::kernels::strips::crowded_axis;
use crate::kernels::update::update;
use crate::layout::Layout;
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
    if to_layout.is_contiguous() && from_layout.is_contiguous() {
        let len = to_layout.len();
        return to[to_layout.offset()..][..len].clone_from_slice(&from[from_layout.offset()..][..len]);
    }
    update(to, to_layout, from, from_layout, |to, from| to.clone_from(from));
}

/// Appends clones of all elements to a vector, in row-major order of their indices.
pub(crate) fn append_clones<T: Clone, const N: usize>(to: &mut Vec<T>, from: &[T], layout: &Layout<N>) {
    match from.get(layout.offset()) {
        // A vector grows at its end only, and strips need all of it before: it is filled with
        // clones of one element, which cost next to nothing where they own nothing.
        Some(any) if !needs_drop::<T>() && crowded_axis(&layout.merged(), size_of::<T>()).is_some() => {
            let end = to.len();
            to.resize(end + layout.len(), any.clone());
            copy_elements(&mut to[end..], &Layout::row_major_within(*layout.shape()), from, layout);
        }
        _ => append_mapped(to, from, layout, T::clone),
    }
}
