//! Updating the elements of one layout by the elements at the same indices of another.
//!
//! The cases, in this order: two slices; few elements; the strips of `transpose`, if the two
//! layouts disagree on which axis is the innermost; short lanes; lanes.

use crate::kernels::map::FEW;
use crate::kernels::plane::lane_starts;
use crate::kernels::transpose::{axis_across, update_transposed};
use crate::layout::{Layout, moved};
use core::iter;

/// Calls `f` with each element of `to` and the element at the same index of `from`, in any order.
/// The shapes are equal, and no two indices of `to` refer to the same element.
#[inline]
pub(crate) fn update<T, U, const N: usize>(
    to: &mut [T],
    to_layout: &Layout<N>,
    from: &[U],
    from_layout: &Layout<N>,
    mut f: impl FnMut(&mut T, &U),
) {
    if to_layout.is_contiguous() && from_layout.is_contiguous() {
        let len = to_layout.len();
        let pairs = iter::zip(&mut to[to_layout.offset()..][..len], &from[from_layout.offset()..][..len]);
        pairs.for_each(|(to, from)| f(to, from));
    } else {
        update_lane_by_lane(to, to_layout, from, from_layout, f);
    }
}

/// Calls [`update`] with layouts of `M` axes instead of `N`: after adjacent axes are merged, most
/// layouts have no more. Layouts with more axes are iterated lane by lane, so the strides of `to`
/// must be positive.
#[inline]
pub(crate) fn update_merged<T, U, const N: usize, const M: usize>(
    to: &mut [T],
    from: &[U],
    layouts: [Layout<N>; 2],
    f: impl FnMut(&mut T, &U),
) {
    let layouts = if N > M { Layout::merge(layouts) } else { layouts };
    match Layout::innermost::<M, 2>(layouts) {
        Some([to_layout, from_layout]) => update(to, &to_layout, from, &from_layout, f),
        None => update_lanes(to, from, layouts, f),
    }
}

// Out of line, so that the inlined code for two slices is short.
#[inline(never)]
fn update_lane_by_lane<T, U, const N: usize>(
    to: &mut [T],
    to_layout: &Layout<N>,
    from: &[U],
    from_layout: &Layout<N>,
    f: impl FnMut(&mut T, &U),
) {
    let layouts = [*to_layout, *from_layout];
    if to_layout.len() <= FEW {
        return update_few(to, from, layouts, f);
    }
    let layouts = Layout::merge(to_layout.memory_order_of(layouts));
    let ([to_starts, from_starts], [to_lane, from_lane]) = Layout::lanes_of(layouts);
    if to_lane.stride == 1 {
        if let Some(axis) = axis_across(&from_starts, from_lane) {
            return update_transposed(to, (to_starts, to_lane), from, (from_starts, from_lane), axis, f);
        }
    }
    // Mostly coordinates of points. A constant length needs no loop.
    match to_lane.len {
        2 => update_short::<T, U, N, 2>(to, from, layouts, f),
        3 => update_short::<T, U, N, 3>(to, from, layouts, f),
        4 => update_short::<T, U, N, 4>(to, from, layouts, f),
        _ => update_lanes(to, from, layouts, f),
    }
}

#[inline]
fn update_few<T, U, const N: usize>(
    to: &mut [T],
    from: &[U],
    layouts: [Layout<N>; 2],
    mut f: impl FnMut(&mut T, &U),
) {
    let (_, [to_lane, from_lane]) = Layout::lanes_of(layouts);
    for [to_start, from_start] in lane_starts(layouts) {
        for k in 0..to_lane.len {
            let to = &mut to[moved(to_start, to_lane.stride, k)];
            f(to, &from[moved(from_start, from_lane.stride, k)]);
        }
    }
}

/// Updates lanes of `L` elements.
#[inline]
fn update_short<T, U, const N: usize, const L: usize>(
    to: &mut [T],
    from: &[U],
    layouts: [Layout<N>; 2],
    mut f: impl FnMut(&mut T, &U),
) {
    let (_, [to_lane, from_lane]) = Layout::lanes_of(layouts);
    for [to_start, from_start] in lane_starts(layouts) {
        for k in 0..L {
            let to = &mut to[moved(to_start, to_lane.stride, k)];
            f(to, &from[moved(from_start, from_lane.stride, k)]);
        }
    }
}

#[inline]
fn update_with<T, U>(to: &mut [T], from: &U, mut f: impl FnMut(&mut T, &U)) {
    to.iter_mut().for_each(|to| f(to, from));
}

/// Updates lanes of two or more elements, whose strides in `to` are positive.
#[inline]
fn update_lanes<T, U, const N: usize>(
    to: &mut [T],
    from: &[U],
    layouts: [Layout<N>; 2],
    mut f: impl FnMut(&mut T, &U),
) {
    let (_, [to_lane, from_lane]) = Layout::lanes_of(layouts);
    let (len, step, stride) = (to_lane.len, to_lane.stride.unsigned_abs(), from_lane.stride);
    match (step, stride) {
        (1, 1) => lane_starts(layouts).for_each(|[to_start, start]| {
            let pairs = iter::zip(&mut to[to_start..][..len], &from[start..][..len]);
            pairs.for_each(|(to, from)| f(to, from));
        }),
        // One element of `from` for a whole lane.
        (1, 0) => lane_starts(layouts).for_each(|[to_start, start]| {
            update_with(&mut to[to_start..][..len], &from[start], &mut f);
        }),
        (1, -1) => {
            for [to_start, start] in lane_starts(layouts) {
                let from = from[start + 1 - len..=start].iter().rev();
                iter::zip(&mut to[to_start..][..len], from).for_each(|(to, from)| f(to, from));
            }
        }
        (_, 1..) => {
            for [to_start, start] in lane_starts(layouts) {
                let (to_reach, reach) = ((len - 1) * step, (len - 1) * stride.unsigned_abs());
                let chunks = to[to_start..][..to_reach].chunks_exact_mut(step);
                let from_chunks = from[start..][..reach].chunks_exact(stride.unsigned_abs());
                iter::zip(chunks, from_chunks).for_each(|(to, from)| f(&mut to[0], &from[0]));
                f(&mut to[to_start + to_reach], &from[start + reach]);
            }
        }
        _ => {
            for [to_start, start] in lane_starts(layouts) {
                for k in 0..len {
                    f(&mut to[to_start + k * step], &from[moved(start, stride, k)]);
                }
            }
        }
    }
}
