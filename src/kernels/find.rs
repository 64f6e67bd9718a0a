//! Places of elements: of the best along an axis, and of the first that equals a value.
//!
//! A state of a value and a place is slow to fold. So the value is found first, then its place.

use crate::kernels::copy::append_clones;
use crate::kernels::plane::offsets;
use crate::kernels::reduce::{NOTHING, Reduction, SHORT, reduce_slices};
use crate::kernels::reduce_axis::Along;
use crate::layout::{Lane, Layout, moved};
use crate::memory::{ReserveError, vec_with_capacity};
use core::mem::needs_drop;

/// Elements of the shortest line whose value is found first.
const TWICE_FROM: usize = 16;

/// Elements that are compared without a branch for each.
const CHUNK: usize = 32;

/// Finds the first element for which `is_it` is true.
fn position<T>(elements: &[T], is_it: impl Fn(&T) -> bool) -> Option<usize> {
    let mut chunks = elements.chunks_exact(CHUNK);
    let has_it = |chunk: &[T]| chunk.iter().fold(false, |found, element| found | is_it(element));
    let start = CHUNK * chunks.position(has_it).unwrap_or(elements.len() / CHUNK);
    elements[start..].iter().position(is_it).map(|place| start + place)
}

/// Writes to `at`, which is in row-major order of the other axes, the index along an axis of the
/// first element that is kept beside all others. `keeps(a, b)` tells whether `a` is kept, else `b`.
/// The axis is not empty.
pub(crate) fn find_along<T: Clone + PartialEq, const N: usize>(
    data: &[T],
    layout: &Layout<N>,
    axis: usize,
    keeps: impl Fn(&T, &T) -> bool,
    at: &mut [usize],
) -> Result<(), ReserveError> {
    if layout.is_empty() {
        return Ok(());
    }
    let (len, across) = (layout.shape()[axis], layout.strides()[axis]);
    let find = |start: usize| match across {
        1 => find_in_line(&data[start..][..len], &keeps),
        _ => find_in_lane(data, Lane { len, stride: across }, start, &keeps),
    };
    let first = layout.with_extent(axis, 1);
    if layout.len() < SHORT {
        offsets([first]).zip(at).for_each(|([start], at)| *at = find(start));
        return Ok(());
    }
    let along = Along::one(layout, axis);
    let (slab, out) = (along.slabs[0], along.out);
    if along.is_innermost() {
        out.offsets().zip(slab.offsets()).for_each(|(to, start)| at[to] = find(start));
        along.reverse_lanes(at);
        return Ok(());
    }
    let mut best = vec_with_capacity(first.len())?;
    append_clones(&mut best, data, &first);
    along.reverse_lanes(&mut best);
    let in_slab = |best: &mut [T], at: &mut [usize], slab: &[T], index: usize| {
        let found = best.iter_mut().zip(at).zip(slab);
        found.for_each(|((best, at), element)| replace(best, at, element, index, &keeps));
    };
    if let Some((start, slab_len)) = along.adjacent_slabs() {
        let slabs = data[start..][..len * slab_len].chunks_exact(slab_len).enumerate();
        slabs.for_each(|(index, slab)| in_slab(&mut best[..slab_len], at, slab, index));
        along.reverse_lanes(at);
        return Ok(());
    }
    let ((_, lane), (_, target)) = (slab.lanes(), out.lanes());
    along.for_each_lane(|index, start, to| {
        if (lane.stride, target.stride) == (1, 1) {
            let (best, at) = (&mut best[to..][..lane.len], &mut at[to..][..lane.len]);
            in_slab(best, at, &data[start..][..lane.len], index);
        } else {
            for k in 0..lane.len {
                let to = moved(to, target.stride, k);
                replace(&mut best[to], &mut at[to], &data[moved(start, lane.stride, k)], index, &keeps);
            }
        }
    });
    along.reverse_lanes(at);
    Ok(())
}

/// Finds the first element of a lane with gaps, which is not empty, that is kept beside all others.
fn find_in_lane<T: Clone>(data: &[T], lane: Lane, start: usize, keeps: &impl Fn(&T, &T) -> bool) -> usize {
    let (mut best, mut at, mut offset) = (&data[start], 0, start);
    for k in 1..lane.len {
        offset = moved(offset, lane.stride, 1);
        if !keeps(best, &data[offset]) {
            (best, at) = (&data[offset], k);
        }
    }
    at
}

/// Replaces the best element and its place, unless it is kept.
#[inline]
fn replace<T: Clone>(
    best: &mut T,
    at: &mut usize,
    element: &T,
    index: usize,
    keeps: &impl Fn(&T, &T) -> bool,
) {
    let kept = keeps(best, element);
    if !needs_drop::<T>() {
        // Stored in any case: the compiler then needs no branch.
        (*best, *at) = if kept { (best.clone(), *at) } else { (element.clone(), index) };
    } else if !kept {
        best.clone_from(element);
        *at = index;
    }
}

/// Finds the first element of a line, which is not empty, that is kept beside all others.
#[inline]
pub(crate) fn find_in_line<T: Clone + PartialEq>(line: &[T], keeps: &impl Fn(&T, &T) -> bool) -> usize {
    if const { needs_drop::<T>() } {
        return (1..line.len()).fold(0, |best, k| if keeps(&line[best], &line[k]) { best } else { k });
    }
    if line.len() < TWICE_FROM {
        let (mut best, mut at) = (line[0].clone(), 0);
        for (k, element) in line.iter().enumerate().skip(1) {
            if !keeps(&best, element) {
                (best, at) = (element.clone(), k);
            }
        }
        return at;
    }
    find_in_long_line(line, keeps)
}

#[inline(never)]
fn find_in_long_line<T: Clone + PartialEq>(line: &[T], keeps: &impl Fn(&T, &T) -> bool) -> usize {
    let op = |a: T, b: T| if keeps(&a, &b) { a } else { b };
    // An element that is combined twice changes nothing.
    let reduction = Reduction { identity: line[0].clone(), map: |x: &T, &(): &()| x.clone(), op };
    place_of(line, &reduce_slices(line, &NOTHING[..line.len()], &reduction)).unwrap_or(0)
}

/// Finds the first element that equals a value or, if the value is NaN, the first NaN.
pub(crate) fn place_of<T: PartialEq>(elements: &[T], value: &T) -> Option<usize> {
    if is_nan(value) { position(elements, is_nan) } else { position(elements, |element| element == value) }
}

/// Tells whether a value differs from itself, as NaN does.
#[expect(clippy::eq_op, reason = "only NaN differs from itself")]
#[inline]
pub(crate) fn is_nan<T: PartialEq>(value: &T) -> bool {
    value != value
}
