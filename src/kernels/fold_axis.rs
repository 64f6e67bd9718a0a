//! Folds along one axis, starting at index 0.

use crate::kernels::blocks::accumulators;
use crate::kernels::plane::{Plane, for_each_plane};
use crate::kernels::reduce::SHORT;
use crate::kernels::reduce_axis::Along;
use crate::layout::{Lane, Layout, moved};
use core::mem::needs_drop;

/// Results per part: results with gaps between them are folded part by part in a local array.
const PART: usize = 64;

/// Maximum bytes of a result that is folded in a local array.
const SMALL: usize = 16;

/// Folds the elements along an axis into the elements of `out`, which are in row-major order of the
/// other axes. Stops at the first error of `f`.
#[inline]
pub(crate) fn fold_axis<'a, T, A: Clone, E, const N: usize>(
    data: &'a [T],
    layout: &Layout<N>,
    axis: usize,
    out: &mut [A],
    mut f: impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    match layout.len() {
        0 => Ok(()),
        // In row-major order: for few elements, finding the memory order takes longer.
        1..SHORT => for_each_plane([layout], axis, out, |[plane], out| {
            let mut lines = out.iter_mut().enumerate();
            lines.try_for_each(|(k, out)| fold_line(data, plane.at(k, 0), plane.along, out, &mut f))
        }),
        _ => fold_many(data, layout, axis, out, &mut f),
    }
}

#[inline(never)]
fn fold_many<'a, T, A: Clone, E, const N: usize>(
    data: &'a [T],
    layout: &Layout<N>,
    axis: usize,
    out: &mut [A],
    f: &mut impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    let along = Along::one(layout, axis);
    let &Along { len, strides: [across], slabs: [slab], out: to, .. } = &along;
    let ((starts, lane), (targets, target)) = (slab.lanes(), to.lanes());
    let mut lanes = starts.offsets().zip(targets.offsets());
    let line = Lane { len, stride: across };
    if target.stride == 1 {
        if along.is_innermost() {
            lanes.try_for_each(|(start, to)| {
                let plane = Plane { start, across: lane, along: line };
                fold_plane(data, plane, &mut out[to..][..lane.len], f)
            })?;
        } else if let Some((start, width)) = along.adjacent_slabs() {
            let mut slabs = data[start..][..len * width].chunks_exact(width);
            slabs.try_for_each(|slab| fold_lane(slab, 0, lane, out, f))?;
        } else {
            along.try_for_each_lane(|_, start, to| {
                fold_lane(data, start, lane, &mut out[to..][..lane.len], f)
            })?;
        }
    } else if needs_drop::<A>() || size_of::<A>() > SMALL {
        lanes.try_for_each(|(start, to)| {
            (0..lane.len).try_for_each(|k| {
                let out = &mut out[moved(to, target.stride, k)];
                fold_line(data, moved(start, lane.stride, k), line, out, f)
            })
        })?;
    } else {
        lanes.try_for_each(|(start, to)| {
            (0..lane.len).step_by(PART).try_for_each(|part| {
                let across = Lane { len: PART.min(lane.len - part), ..lane };
                let plane = Plane { start: moved(start, lane.stride, part), across, along: line };
                let places = (part..part + across.len).map(|k| moved(to, target.stride, k));
                let mut folded: [A; PART] = accumulators(&out[to]);
                let folded = &mut folded[..across.len];
                folded.iter_mut().zip(places.clone()).for_each(|(folded, at)| *folded = out[at].clone());
                fold_plane(data, plane, folded, f)?;
                folded.iter().zip(places).for_each(|(folded, at)| out[at] = folded.clone());
                Ok(())
            })
        })?;
    }
    along.reverse_lanes(out);
    Ok(())
}

/// Folds the elements along each lane of a plane into one element of `out`.
#[inline]
fn fold_plane<'a, T, A: Clone, E>(
    data: &'a [T],
    Plane { start, across, along }: Plane,
    out: &mut [A],
    f: &mut impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    if across.stride == 1 && along.stride != 1 {
        // Adjacent lanes side by side, which fill vector registers.
        return (0..along.len)
            .try_for_each(|index| fold_lane(data, moved(start, along.stride, index), across, out, f));
    }
    // Four lines at a time: no call of `f` then waits for the previous one.
    let at_once = along.stride == 1 && !needs_drop::<A>();
    let (fours, rest) = out.split_at_mut(if at_once { out.len() - out.len() % 4 } else { 0 });
    let mut start = start;
    for four in fours.chunks_exact_mut(4) {
        let line = |k: usize| &data[moved(start, across.stride, k)..][..along.len];
        let (w, x, y, z) = (line(0), line(1), line(2), line(3));
        let (mut a, mut b, mut c, mut d) =
            (four[0].clone(), four[1].clone(), four[2].clone(), four[3].clone());
        for k in 0..along.len {
            (a, b, c, d) = (f(&a, &w[k])?, f(&b, &x[k])?, f(&c, &y[k])?, f(&d, &z[k])?);
        }
        (four[0], four[1], four[2], four[3]) = (a, b, c, d);
        start = moved(start, across.stride, 4);
    }
    for out in rest {
        fold_line(data, start, along, out, f)?;
        start = moved(start, across.stride, 1);
    }
    Ok(())
}

/// Folds each element of a lane into the element of `out` at the same position.
#[inline]
fn fold_lane<'a, T, A, E>(
    data: &'a [T],
    start: usize,
    Lane { len, stride }: Lane,
    out: &mut [A],
    f: &mut impl FnMut(&A, &'a T) -> Result<A, E>,
) -> Result<(), E> {
    let mut fold = |(out, element): (&mut A, &'a T)| {
        *out = f(out, element)?;
        Ok(())
    };
    match stride {
        1 => out.iter_mut().zip(&data[start..][..len]).try_for_each(fold),
        2 => {
            // The slice may end right after the last element, without a whole step.
            let (front, last) = out.split_at_mut(len - 1);
            let (elements, after) = data[start..].split_at(2 * front.len());
            front.iter_mut().zip(elements.chunks_exact(2).map(|pair| &pair[0])).try_for_each(&mut fold)?;
            last.iter_mut().zip(after).try_for_each(fold)
        }
        _ => out.iter_mut().enumerate().try_for_each(|(k, out)| fold((out, &data[moved(start, stride, k)]))),
    }
}

/// Folds the elements of one line into `out`.
#[inline]
fn fold_line<'a, T, A: Clone, E>(
    data: &'a [T],
    start: usize,
    Lane { len, stride }: Lane,
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
    // The clone, which is cheap for types without drop, stays in a register.
    *out = line.try_fold(out.clone(), |folded, element| f(&folded, element))?;
    Ok(())
}
