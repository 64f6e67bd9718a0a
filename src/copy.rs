//! Cloning elements from one layout to another at the speed of memory: where two layouts disagree on which axis
//! is the innermost, a walk along either of them strides through the other, so blocks are copied.

use crate::layout::{Lane, Layout, moved};
use alloc::vec::Vec;
use core::{array, iter};

/// So many elements that are neighbours on one side are copied at once: those of a cache line, for the usual
/// sizes.
const BLOCK: usize = 8;

/// Replaces each element of `to` by a clone of the one at the same index of `from`. The shapes are the same, and
/// no two elements of `to` are at one place.
pub(crate) fn copy_elements<T: Clone, const N: usize>(
    to: &mut [T],
    to_layout: &Layout<N>,
    from: &[T],
    from_layout: &Layout<N>,
) {
    let [to_layout, from_layout] = Layout::merge(to_layout.memory_order_of([*to_layout, *from_layout]));
    let (mut to_starts, to_lane) = to_layout.lanes();
    let (mut from_starts, from_lane) = from_layout.lanes();
    if to_lane.len == 0 {
        return;
    }
    // The axis along which elements of `from` are closest to each other, if it is not that of the lanes.
    let across = (0..N)
        .filter(|&axis| to_starts.shape()[axis] >= BLOCK)
        .min_by_key(|&axis| distance(&from_starts, axis));
    let across = across.filter(|&axis| distance(&from_starts, axis) < from_lane.stride.unsigned_abs());
    let across = across.map(|axis| {
        let lanes = [
            Lane { len: to_starts.shape()[axis], stride: to_starts.strides()[axis] },
            Lane { len: from_starts.shape()[axis], stride: from_starts.strides()[axis] },
        ];
        to_starts = to_starts.resized(axis, 1);
        from_starts = from_starts.resized(axis, 1);
        lanes
    });
    for (to_start, from_start) in to_starts.all_offsets().zip(from_starts.all_offsets()) {
        match across {
            Some(across) => {
                copy_blocks(to, to_start, from, from_start, [to_lane, from_lane], across);
            }
            None => copy_lane(to, to_start, to_lane, from, from_start, from_lane),
        }
    }
}

fn distance<const N: usize>(layout: &Layout<N>, axis: usize) -> usize {
    layout.strides()[axis].unsigned_abs()
}

fn copy_lane<T: Clone>(
    to: &mut [T],
    to_start: usize,
    to_lane: Lane,
    from: &[T],
    from_start: usize,
    from_lane: Lane,
) {
    let to_stride = to_lane.stride.unsigned_abs().max(1);
    let to = &mut to[to_start..][..(to_lane.len - 1) * to_stride + 1];
    match (to_stride, from_lane.stride) {
        (1, 1) => to.clone_from_slice(&from[from_start..][..to.len()]),
        _ => {
            let mut offset = from_start;
            for element in to.iter_mut().step_by(to_stride) {
                element.clone_from(&from[offset]);
                offset = moved(offset, from_lane.stride, 1);
            }
        }
    }
}

/// All elements of two axes: the lanes of `to`, and the axis across them.
fn copy_blocks<T: Clone>(
    to: &mut [T],
    to_start: usize,
    from: &[T],
    from_start: usize,
    [to_lane, from_lane]: [Lane; 2],
    [to_across, from_across]: [Lane; 2],
) {
    for block in (0..to_across.len).step_by(BLOCK) {
        let count = BLOCK.min(to_across.len - block);
        let mut to_start = moved(to_start, to_across.stride, block);
        let mut from_start = moved(from_start, from_across.stride, block);
        for _ in 0..to_lane.len {
            let (mut t, mut f) = (to_start, from_start);
            for _ in 0..count {
                to[t].clone_from(&from[f]);
                t = moved(t, to_across.stride, 1);
                f = moved(f, from_across.stride, 1);
            }
            to_start = moved(to_start, to_lane.stride, 1);
            from_start = moved(from_start, from_lane.stride, 1);
        }
    }
}

/// Puts clones of all elements behind those of a vector, in row-major order of their indices.
pub(crate) fn append_clones<T: Clone, const N: usize>(to: &mut Vec<T>, from: &[T], layout: &Layout<N>) {
    let merged = layout.merged();
    let (starts, lane) = merged.lanes();
    if lane.len == 0 {
        return;
    }
    // As above; but rows of the result must be finished one after the other, so those of a block grow side by side
    // in vectors of their own. They should fit into a near cache.
    let across =
        (0..N).filter(|&axis| starts.shape()[axis] >= BLOCK).min_by_key(|&axis| distance(&starts, axis));
    let across = across.filter(|&axis| distance(&starts, axis) < lane.stride.unsigned_abs());
    match across {
        Some(axis) if distance(&starts, axis) < lane.stride.unsigned_abs() => {
            append_blocks(to, from, &merged, axis);
        }
        _ => {
            for start in starts.all_offsets() {
                append_lane(to, from, start, lane);
            }
        }
    }
}

fn append_lane<T: Clone>(to: &mut Vec<T>, from: &[T], start: usize, lane: Lane) {
    let reach = (lane.len - 1) * lane.stride.unsigned_abs();
    let step = lane.stride.unsigned_abs().max(1);
    match lane.stride {
        ..0 => to.extend(from[start - reach..=start].iter().rev().step_by(step).cloned()),
        0 => to.extend(iter::repeat_n(&from[start], lane.len).cloned()),
        1 => to.extend_from_slice(&from[start..=start + reach]),
        _ => to.extend(from[start..=start + reach].iter().step_by(step).cloned()),
    }
}

fn append_blocks<T: Clone, const N: usize>(to: &mut Vec<T>, from: &[T], layout: &Layout<N>, across: usize) {
    let (mut outer, mut inner) = (*layout, layout.moved_to(0));
    for axis in 0..N {
        if axis <= across {
            inner = inner.resized(axis, 1);
        }
        if axis >= across {
            outer = outer.resized(axis, 1);
        }
    }
    let (extent, stride) = (layout.shape()[across], layout.strides()[across]);
    let mut rows: [Vec<T>; BLOCK] = array::from_fn(|_| Vec::with_capacity(inner.len()));
    for start in outer.all_offsets() {
        for block in (0..extent).step_by(BLOCK) {
            let count = BLOCK.min(extent - block);
            let start = moved(start, stride, block);
            for offset in inner.all_offsets() {
                let mut offset = start.wrapping_add(offset);
                for row in &mut rows[..count] {
                    row.push(from[offset].clone());
                    offset = moved(offset, stride, 1);
                }
            }
            for row in &mut rows[..count] {
                to.append(row);
            }
        }
    }
}
