//! Applying a function to each element, or to the elements at each index of two or three layouts.
//! The results are appended to a vector in row-major order of the indices.
//!
//! The cases, in this order: few elements; the strips of `strips`, if iterating along the lanes
//! touches too many cache lines; short lanes; lanes.

use crate::kernels::operands::Operands;
use crate::kernels::strips::Strips;
use crate::layout::Layout;
use alloc::vec::Vec;

/// Maximum number of elements of a layout whose axes are not merged: merging would take longer.
pub(crate) const FEW: usize = 128;

/// Appends `f(x)` for each element to a vector, in row-major order of the indices. Calls `f` in any
/// order.
#[inline]
pub(crate) fn append_mapped<T, U, const N: usize>(
    to: &mut Vec<U>,
    from: &[T],
    layout: &Layout<N>,
    f: impl FnMut(&T) -> U,
) {
    append_each(to, from, [*layout], f);
}

/// Appends the results of `f` to a vector, in row-major order of the indices. `f` gets the elements
/// of one or more slices at one index. The shapes are equal. Calls `f` in any order.
#[inline]
pub(crate) fn append_each<D: Operands<K>, U, const N: usize, const K: usize>(
    to: &mut Vec<U>,
    data: D,
    layouts: [Layout<N>; K],
    f: impl FnMut(D::Item) -> U,
) {
    if layouts[0].len() <= FEW {
        return data.append_any(to, layouts, f);
    }
    let layouts = Layout::merge(layouts);
    if let Some(strips) = Strips::new::<U>(layouts, D::SIZES) {
        return strips.append(to, data, f);
    }
    // Mostly coordinates of points. A constant length needs no loop.
    match layouts[0].lanes().1.len {
        2 => data.append_short::<U, N, 2>(to, layouts, f),
        3 => data.append_short::<U, N, 3>(to, layouts, f),
        4 => data.append_short::<U, N, 4>(to, layouts, f),
        _ => data.append(to, layouts, f),
    }
}

/// Calls [`append_each`] with layouts of `M` axes instead of `N`: after adjacent axes are merged,
/// most layouts have no more. Layouts with more axes are iterated lane by lane.
#[inline]
pub(crate) fn append_merged<D: Operands<K>, U, const N: usize, const M: usize, const K: usize>(
    to: &mut Vec<U>,
    data: D,
    layouts: [Layout<N>; K],
    f: impl FnMut(D::Item) -> U,
) {
    let layouts = if N > M { Layout::merge(layouts) } else { layouts };
    match Layout::innermost::<M, K>(layouts) {
        Some(layouts) => append_each(to, data, layouts, f),
        None => data.append(to, layouts, f),
    }
}
