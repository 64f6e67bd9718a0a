//! Results of lanes that lie across the order of memory, appended in strips of lanes.
//!
//! A walk along such a lane uses one element of each cache line that it touches. Where the cache
//! lines are gone before the next lane needs them, several lanes are walked side by side. A vector
//! grows at its end only: each lane has a buffer, and the buffers are appended one after the other.

use crate::kernels::operands::{GROUP, Operands};
use crate::kernels::plane::offsets;
use crate::layout::{Layout, moved};
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;

/// Lanes of a strip, at most.
const ROWS: usize = 32;

/// Lanes of a strip, at least: with fewer there is nothing to gain.
const MIN_ROWS: usize = 4;

/// Bytes of all buffers of a strip, at most, unless an eighth of the result is more.
const BUFFERS: usize = 1 << 22;

/// Cache lines that are resident until the next lane needs them.
const LINES: usize = 512;

/// Bytes per memory page. Lines whose distance is a multiple of it compete for the same few places
/// in a cache.
const PAGE: usize = 4096;

/// Layouts of one shape, and an axis across the order of memory.
pub(crate) struct Strips<const N: usize, const K: usize> {
    layouts: [Layout<N>; K],
    axis: usize,
    /// Elements of each buffer, and the number of buffers.
    len: usize,
    rows: usize,
}

impl<const N: usize, const K: usize> Strips<N, K> {
    /// Finds the axis, if there is one and if strips are worth their buffers.
    #[inline]
    pub(crate) fn new<U>(layouts: [Layout<N>; K], sizes: [usize; K]) -> Option<Self> {
        let axis = (0..K).find_map(|k| crowded_axis(&layouts[k], sizes[k]))?;
        let len = layouts[0].shape()[axis + 1..].iter().product();
        let buffered = (BUFFERS / size_of::<U>().max(1)).max(layouts[0].len() / 8);
        let rows = ROWS.min(buffered / len);
        (rows >= MIN_ROWS).then_some(Strips { layouts, axis, len, rows })
    }

    #[inline(never)]
    pub(crate) fn append<D: Operands<K>, U>(self, to: &mut Vec<U>, data: D, mut f: impl FnMut(D::Item) -> U) {
        let Strips { layouts, axis, len, rows } = self;
        let extent = layouts[0].shape()[axis];
        let (mut across, mut outer, mut inner) = ([0; K], layouts, layouts);
        for k in 0..K {
            across[k] = layouts[k].strides()[axis];
            for other in 0..N {
                let side = if other < axis { &mut inner[k] } else { &mut outer[k] };
                *side = side.with_extent(other, 1);
            }
            inner[k] = inner[k].with_extent(axis, 1);
        }
        // Without memory for the buffers the lanes are walked one after the other.
        let Ok(mut buffers) = buffers(rows.min(extent), len) else {
            return data.append(to, layouts, f);
        };
        for starts in offsets(outer) {
            for top in (0..extent).step_by(rows) {
                let buffers = &mut buffers[..rows.min(extent - top)];
                let mut strip = inner;
                for k in 0..K {
                    strip[k] = inner[k].with_offset(moved(starts[k], across[k], top));
                }
                append_strip(buffers, data, strip, across, &mut f);
                buffers.iter_mut().for_each(|buffer| to.append(buffer));
            }
        }
    }
}

/// Allocates empty vectors.
fn buffers<U>(count: usize, capacity: usize) -> Result<Vec<Vec<U>>, ReserveError> {
    let mut buffers = vec_with_capacity(count)?;
    for _ in 0..count {
        buffers.push(vec_with_capacity(capacity)?);
    }
    Ok(buffers)
}

/// Appends to each buffer the results of what the layouts refer to, `across` farther for each
/// buffer.
#[inline]
fn append_strip<D: Operands<K>, U, const N: usize, const K: usize>(
    buffers: &mut [Vec<U>],
    data: D,
    layouts: [Layout<N>; K],
    across: [isize; K],
    f: &mut impl FnMut(D::Item) -> U,
) {
    let (starts, along) = Layout::lanes_of(layouts);
    let groups = along[0].len / GROUP * GROUP;
    let mut strides = [0; K];
    for k in 0..K {
        strides[k] = along[k].stride;
    }
    for starts in offsets(starts) {
        let at = |row: usize, k: usize| -> [usize; K] {
            let mut at = starts;
            (0..K)
                .for_each(|side| at[side] = moved(moved(at[side], along[side].stride, k), across[side], row));
            at
        };
        for first in (0..groups).step_by(GROUP) {
            data.append_side_by_side(buffers, at(0, first), across, strides, f);
        }
        for (row, buffer) in buffers.iter_mut().enumerate() {
            (groups..along[0].len).for_each(|k| buffer.push(f(data.at(at(row, k)))));
        }
    }
}

/// Finds the axis along which elements are neighbours, if they are not along the lanes, and if too
/// many cache lines are touched between two neighbours.
#[inline]
pub(crate) fn crowded_axis<const N: usize>(layout: &Layout<N>, size: usize) -> Option<usize> {
    let last = N.checked_sub(1)?;
    let lane = layout.lane_along(last);
    if lane.stride.unsigned_abs() <= 1 || lane.len < GROUP {
        return None;
    }
    let neighbours =
        |&axis: &usize| layout.strides()[axis].unsigned_abs() == 1 && layout.shape()[axis] >= MIN_ROWS;
    let axis = (0..last).find(neighbours)?;
    let lines: usize = layout.shape()[axis + 1..].iter().product();
    // Wraps only if there are no elements.
    let distance = lane.stride.unsigned_abs().wrapping_mul(size);
    (lines > LINES || distance % PAGE == 0).then_some(axis)
}
