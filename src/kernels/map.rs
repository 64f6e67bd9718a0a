//! Results of a function of each element, or of the elements at each index of two or three layouts,
//! appended to a vector in row-major order of the indices.
//!
//! The cases, in this order: few elements; the strips of `strips`, where a walk along the lanes
//! touches too many cache lines; short lanes; lanes.

use crate::kernels::operands::Operands;
use crate::kernels::strips::Strips;
use crate::layout::Layout;
use alloc::vec::Vec;

/// Elements of layouts that are walked as they are: merging their axes takes longer.
pub(crate) const FEW: usize = 128;

/// Appends `f` of each element to a vector, in row-major order of the indices. Calls `f` in any
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

/// Appends `f` of the elements of one or more slices at each index to a vector, in row-major order of
/// the indices. The shapes are equal. Calls `f` in any order.
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
    // The coordinates of points, mostly: a constant length needs no loop.
    match layouts[0].lanes().1.len {
        2 => data.append_short::<U, N, 2>(to, layouts, f),
        3 => data.append_short::<U, N, 3>(to, layouts, f),
        4 => data.append_short::<U, N, 4>(to, layouts, f),
        _ => data.append(to, layouts, f),
    }
}

/// [`append_each`] for layouts of `N` axes, compiled for layouts of `M`: most have no more after adjacent
/// axes are merged. Those that have are walked along the lanes.
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
