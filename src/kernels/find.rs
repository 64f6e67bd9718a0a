//! Finding the indices of elements: of the best along an axis, and of the first that equals a
//! value.
//!
//! Folding a value together with its index is slow. So in a long line without gaps the value is
//! found first, then its index.
//!
//! `keeps(a, b)` tells whether the best element so far remains `a` after a comparison with `b`.

use crate::kernels::copy::append_clones;
use crate::kernels::plane::for_each_plane;
use crate::kernels::reduce::{NOTHING, Reduction, SHORT, reduce_slices};
use crate::kernels::reduce_axis::Along;
use crate::layout::{Lane, Layout, moved};
use crate::memory::{ReserveError, vec_with_capacity};
use core::mem::needs_drop;

/// Minimum length of a line whose value is found first.
const TWICE_FROM: usize = 16;

/// Elements per chunk, which are compared without a branch for each.
const CHUNK: usize = 32;

/// Finds the position of the first element for which `is_it` is true.
fn position<T>(elements: &[T], is_it: impl Fn(&T) -> bool) -> Option<usize> {
    let mut chunks = elements.chunks_exact(CHUNK);
    let has_it = |chunk: &[T]| chunk.iter().fold(false, |found, element| found | is_it(element));
    let start = CHUNK * chunks.position(has_it).unwrap_or(elements.len() / CHUNK);
    elements[start..].iter().position(is_it).map(|place| start + place)
}

/// Finds the best element of each line along an axis, and writes its index along the axis to `at`,
/// which is in row-major order of the other axes. The axis is not empty.
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
    let line = layout.lane_along(axis);
    let find = |start: usize| match line.stride {
        1 => find_in_line(&data[start..][..line.len], &keeps),
        _ => find_in_lane(data, line, start, &keeps),
    };
    if layout.len() < SHORT {
        return for_each_plane([layout], axis, at, |[plane], at| {
            at.iter_mut().enumerate().for_each(|(k, at)| *at = find(plane.at(k, 0)));
            Ok(())
        });
    }
    let along = Along::one(layout, axis);
    let ((starts, lane), (targets, target)) = (along.slabs[0].lanes(), along.out.lanes());
    if along.is_innermost() {
        for (start, to) in starts.offsets().zip(targets.offsets()) {
            for k in 0..lane.len {
                at[moved(to, target.stride, k)] = find(moved(start, lane.stride, k));
            }
        }
        along.reverse_lanes(at);
        return Ok(());
    }
    let first = layout.with_extent(axis, 1);
    let mut best = vec_with_capacity(first.len())?;
    append_clones(&mut best, data, &first);
    along.reverse_lanes(&mut best);
    if let Some((start, width)) = along.adjacent_slabs() {
        // Slabs may be narrow, so the loop over them does nothing else.
        let slabs = data[start..][..line.len * width].chunks_exact(width).enumerate();
        for (index, slab) in slabs {
            let results = best.iter_mut().zip(&mut *at).zip(slab);
            results.for_each(|((best, at), x)| replace(best, at, x, index, &keeps));
        }
        along.reverse_lanes(at);
        return Ok(());
    }
    along.for_each_lane(|index, start, to| {
        if target.stride == 1 {
            let (best, at) = (&mut best[to..][..lane.len], &mut at[to..][..lane.len]);
            replace_lane(best, at, index, (&data[start..], lane.stride), &keeps);
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

/// Compares the best elements with those of a lane, and replaces them and their indices where they
/// are not kept. The lane starts at the first of `elements`.
#[inline]
fn replace_lane<T: Clone>(
    best: &mut [T],
    at: &mut [usize],
    index: usize,
    (elements, stride): (&[T], isize),
    keeps: &impl Fn(&T, &T) -> bool,
) {
    let mut one = |((best, at), x): ((&mut T, &mut usize), &T)| replace(best, at, x, index, keeps);
    match stride {
        1 => best.iter_mut().zip(at).zip(elements).for_each(one),
        2 => {
            // The slice may end right after the last element, without a whole step.
            let whole = best.len() - 1;
            let (pairs, last) = elements.split_at(2 * whole);
            let pairs = pairs.chunks_exact(2).map(|pair| &pair[0]);
            best.iter_mut().zip(&mut *at).zip(pairs).for_each(&mut one);
            best[whole..].iter_mut().zip(&mut at[whole..]).zip(last).for_each(one);
        }
        _ => {
            let elements = (0..best.len()).map(|k| &elements[moved(0, stride, k)]);
            best.iter_mut().zip(at).zip(elements).for_each(one);
        }
    }
}

/// Finds the index of the best element of a lane with gaps. The lane is not empty.
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

/// Replaces the best element and its index, unless it is kept.
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
        // Always stored, so that the compiler needs no branch.
        (*best, *at) = if kept { (best.clone(), *at) } else { (element.clone(), index) };
    } else if !kept {
        best.clone_from(element);
        *at = index;
    }
}

/// Finds the index of the best element of a line. The line is not empty.
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
    // Combining an element twice changes nothing.
    let reduction = Reduction { identity: line[0].clone(), map: |x: &T, &(): &()| x.clone(), op };
    place_of(line, &reduce_slices(line, &NOTHING[..line.len()], &reduction)).unwrap_or(0)
}

/// Finds the position of the first element that equals a value or, if the value is NaN, of the
/// first NaN.
pub(crate) fn place_of<T: PartialEq>(elements: &[T], value: &T) -> Option<usize> {
    if is_nan(value) { position(elements, is_nan) } else { position(elements, |element| element == value) }
}

/// Returns whether a value differs from itself, as NaN does.
#[expect(clippy::eq_op, reason = "only NaN differs from itself")]
#[inline]
pub(crate) fn is_nan<T: PartialEq>(value: &T) -> bool {
    value != value
}
