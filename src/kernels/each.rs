//! Changing elements one by one, in memory order.

use crate::kernels::map::FEW;
use crate::kernels::plane::lane_starts;
use crate::layout::{Lane, Layout};
use core::iter;

/// Calls `f` with each element, in memory order. No two indices refer to the same element.
#[inline]
pub(crate) fn for_each_mut<T, const N: usize>(data: &mut [T], layout: &Layout<N>, mut f: impl FnMut(&mut T)) {
    if layout.is_contiguous() {
        return data[layout.offset()..][..layout.len()].iter_mut().for_each(f);
    }
    let layout = in_memory_order(layout);
    if layout.is_contiguous() {
        return data[layout.offset()..][..layout.len()].iter_mut().for_each(f);
    }
    let (layout, Lane { len, stride }) = with_lanes(layout);
    // The stride is zero only along a single element.
    let step = stride.unsigned_abs().max(1);
    if step == 1 {
        for [start] in lane_starts([layout]) {
            data[start..][..len].iter_mut().for_each(&mut f);
        }
        return;
    }
    for [start] in lane_starts([layout]) {
        let reach = (len - 1) * step;
        let chunks = data[start..][..reach].chunks_exact_mut(step);
        // Zipping with a range makes the compiler count chunks instead of shortening a slice.
        iter::zip(chunks, 1..len).for_each(|(chunk, _)| f(&mut chunk[0]));
        f(&mut data[start + reach]);
    }
}

/// Replaces each element by a clone of `value`. No two indices refer to the same element.
#[inline]
pub(crate) fn fill<T: Clone, const N: usize>(data: &mut [T], layout: &Layout<N>, value: T) {
    if layout.is_contiguous() {
        return data[layout.offset()..][..layout.len()].fill(value);
    }
    let ordered = in_memory_order(layout);
    if ordered.is_contiguous() {
        return data[ordered.offset()..][..ordered.len()].fill(value);
    }
    let (lanes, Lane { len, stride }) = with_lanes(ordered);
    if stride == 1 {
        lane_starts([lanes]).for_each(|[start]| data[start..][..len].fill(value.clone()));
    } else {
        for_each_mut(data, layout, |element| element.clone_from(&value));
    }
}

/// Brings a layout into memory order, unless it already is.
#[inline]
fn in_memory_order<const N: usize>(layout: &Layout<N>) -> Layout<N> {
    if layout.is_ordered() { *layout } else { layout.memory_order() }
}

/// Merges the axes of a layout unless it has few elements. Returns the layout and its lanes.
#[inline]
fn with_lanes<const N: usize>(layout: Layout<N>) -> (Layout<N>, Lane) {
    let layout = if layout.len() <= FEW { layout } else { layout.merged() };
    (layout, layout.lanes().1)
}
