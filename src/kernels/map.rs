//! Results of a function of each element, or of each pair of elements of two layouts, appended to a
//! vector in row-major order of the indices.
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
    append(to, from, [*layout], f);
}

/// Appends `f` of each pair of elements at one index to a vector, in row-major order of the
/// indices. The shapes are equal. Calls `f` in any order.
#[inline]
pub(crate) fn append_zipped<T, U, R, const N: usize>(
    to: &mut Vec<R>,
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    mut f: impl FnMut(&T, &U) -> R,
) {
    append(to, (left, right), [*left_layout, *right_layout], |(left, right)| f(left, right));
}

#[inline]
fn append<D: Operands<K>, U, const N: usize, const K: usize>(
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
