//! Folds along one axis, from its index 0 on.

use crate::kernels::plane::offsets;
use crate::kernels::reduce::SHORT;
use crate::kernels::reduce_axis::Along;
use crate::layout::{Layout, moved};
use core::mem::needs_drop;

/// Folds the elements along an axis into the elements of `out`, which are in row-major order of the
/// other axes. Ends at the first error of `f`.
pub(crate) fn fold_axis<'a, T, A: Clone, E, const N: usize>(
    data: &'a [T],
    layout: &Layout<N>,
    axis: usize,
    out: &mut [A],
    mut f: impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    if layout.is_empty() {
        return Ok(());
    }
    if layout.len() < SHORT {
        return fold_few(data, layout, axis, out, f);
    }
    let along = Along::one(layout, axis);
    fold_along(data, &along, out, &mut f)?;
    along.reverse_lanes(out);
    Ok(())
}

fn fold_along<'a, T, A: Clone, E, const N: usize>(
    data: &'a [T],
    along: &Along<N, 1>,
    out: &mut [A],
    f: &mut impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    let &Along { len, strides: [across], slabs: [slab], out: to, .. } = along;
    if along.is_innermost() {
        let mut lines = to.offsets().zip(slab.offsets());
        return lines.try_for_each(|(to, start)| fold_line(data, (start, across), len, &mut out[to], f));
    }
    if let Some((start, slab_len)) = along.adjacent_slabs() {
        let mut slabs = data[start..][..len * slab_len].chunks_exact(slab_len);
        return slabs.try_for_each(|slab| fold_slab(slab, &mut out[..slab_len], f));
    }
    let ((_, lane), (_, target)) = (slab.lanes(), to.lanes());
    along.try_for_each_lane(|_, start, to| {
        if (lane.stride, target.stride) == (1, 1) {
            return fold_slab(&data[start..][..lane.len], &mut out[to..][..lane.len], f);
        }
        (0..lane.len).try_for_each(|k| {
            let out = &mut out[moved(to, target.stride, k)];
            *out = f(out, &data[moved(start, lane.stride, k)])?;
            Ok(())
        })
    })
}

/// Folds each element of a slab into that of `out` at its place.
#[inline]
fn fold_slab<'a, T, A, E>(
    slab: &'a [T],
    out: &mut [A],
    f: &mut impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    out.iter_mut().zip(slab).try_for_each(|(out, element)| {
        *out = f(out, element)?;
        Ok(())
    })
}

/// Folds few elements, in row-major order of the lines: their order in memory takes longer to find
/// out.
fn fold_few<'a, T, A: Clone, E, const N: usize>(
    data: &'a [T],
    layout: &Layout<N>,
    axis: usize,
    out: &mut [A],
    mut f: impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    let (len, stride) = (layout.shape()[axis], layout.strides()[axis]);
    let mut lines = offsets([layout.with_extent(axis, 1)]).zip(out);
    lines.try_for_each(|([start], out)| fold_line(data, (start, stride), len, out, &mut f))
}

/// Folds the elements of one line into `out`.
#[inline]
fn fold_line<'a, T, A: Clone, E>(
    data: &'a [T],
    (start, stride): (usize, isize),
    len: usize,
    out: &mut A,
    f: &mut impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    match stride {
        1 => fold_elements(data[start..][..len].iter(), out, f),
        _ => fold_elements((0..len).map(|k| &data[moved(start, stride, k)]), out, f),
    }
}

#[inline]
fn fold_elements<'a, T: 'a, A: Clone, E>(
    mut line: impl Iterator<Item = &'a T>,
    out: &mut A,
    f: &mut impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    if needs_drop::<A>() {
        return line.try_for_each(|element| {
            *out = f(out, element)?;
            Ok(())
        });
    }
    // A clone, which costs nothing here, stays in a register.
    *out = line.try_fold(out.clone(), |folded, element| f(&folded, element))?;
    Ok(())
}
