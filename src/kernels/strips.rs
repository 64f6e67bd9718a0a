//! Appending the results of lanes that are not adjacent in memory, in strips of several lanes.
//!
//! Iterating along such a lane uses one element of each cache line. If cache lines are evicted
//! before the next lane uses them, several lanes are processed side by side. A vector grows only at
//! its end, so each lane has a buffer, and the buffers are appended one after the other.

use crate::kernels::operands::Operands;
use crate::kernels::plane::offsets;
use crate::layout::{Layout, moved};
use crate::memory::vecs_with_capacity;
use alloc::vec::Vec;
use core::{array, iter};

/// Maximum number of lanes of a strip.
const ROWS: usize = 32;

/// Minimum number of lanes of a strip: fewer lanes are not faster.
const MIN_ROWS: usize = 4;

/// Minimum length of a lane.
const MIN_LANE: usize = 8;

/// Maximum bytes of all buffers of a strip, unless an eighth of the result is more.
const BUFFERS: usize = 1 << 22;

/// Rows and columns of a tile: the compiler transposes four vectors of four elements in registers.
const SIDE: usize = 4;

/// Bytes of a first-level cache and of one of its lines. Addresses that differ by a multiple of
/// `PAGE` compete for the same few cache lines.
const CACHE: usize = 32 << 10;
const LINE: usize = 64;
const PAGE: usize = 4096;

/// Layouts of one shape, and the axis along which elements are adjacent in memory.
pub(crate) struct Strips<const N: usize, const K: usize> {
    layouts: [Layout<N>; K],
    axis: usize,
    /// Elements of each buffer, and the number of buffers.
    len: usize,
    rows: usize,
}

impl<const N: usize, const K: usize> Strips<N, K> {
    /// Finds the axis. `None` if there is no such axis, or if too few lanes would fit into the
    /// buffers.
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
        // If the buffers cannot be allocated, lanes are processed one after the other.
        let Ok(mut buffers) = vecs_with_capacity(rows.min(extent), len) else {
            return data.append(to, layouts, f);
        };
        // Adjacent elements must be in memory order. If they are reversed, the last row comes
        // first.
        let backward = across.contains(&-1);
        for starts in offsets(outer) {
            for top in (0..extent).step_by(rows) {
                let buffers = &mut buffers[..rows.min(extent - top)];
                let first = if backward { top + buffers.len() - 1 } else { top };
                let mut strip = inner;
                for k in 0..K {
                    strip[k] = inner[k].with_offset(moved(starts[k], across[k], first));
                }
                if backward {
                    append_strip(buffers, data, strip, across.map(isize::wrapping_neg), &mut f);
                    buffers.reverse();
                } else {
                    append_strip(buffers, data, strip, across, &mut f);
                }
                buffers.iter_mut().for_each(|buffer| to.append(buffer));
            }
        }
    }
}

/// Appends to each buffer the results for the elements of the layouts, which move by `across` from
/// one buffer to the next.
#[inline]
fn append_strip<D: Operands<K>, U, const N: usize, const K: usize>(
    buffers: &mut [Vec<U>],
    data: D,
    layouts: [Layout<N>; K],
    across: [isize; K],
    f: &mut impl FnMut(D::Item) -> U,
) {
    let (starts, along) = Layout::lanes_of(layouts);
    let tiles = if across == [1; K] { along[0].len / SIDE * SIDE } else { 0 };
    for starts in offsets(starts) {
        let at = |row: usize, column: usize| -> [usize; K] {
            let mut at = starts;
            (0..K).for_each(|k| at[k] = moved(moved(at[k], along[k].stride, column), across[k], row));
            at
        };
        for column in (0..tiles).step_by(SIDE) {
            append_tiles(buffers, |k, height| data.part(at(0, column + k), height), f);
        }
        for (row, buffer) in buffers.iter_mut().enumerate() {
            buffer.extend((tiles..along[0].len).map(|column| f(data.at(at(row, column)))));
        }
    }
}

/// Appends one result of each column to each buffer. A column has one element for each buffer.
#[inline]
fn append_tiles<D: Operands<K>, U, const K: usize>(
    buffers: &mut [Vec<U>],
    column: impl Fn(usize, usize) -> D,
    f: &mut impl FnMut(D::Item) -> U,
) {
    // Cut to equal length: one bounds check then covers all columns.
    let columns: [D; SIDE] = array::from_fn(|k| column(k, buffers.len()));
    let mut tiles = buffers.chunks_exact_mut(SIDE);
    let mut top = 0;
    for rows in &mut tiles {
        let columns = columns.map(|column| column.part([top; K], SIDE));
        let tile = array::from_fn(|k| array::from_fn(|row| f(columns[k].at([row; K]))));
        iter::zip(rows, transposed(tile)).for_each(|(row, results)| row.extend(results));
        top += SIDE;
    }
    for row in tiles.into_remainder() {
        row.extend(columns.map(|column| f(column.at([top; K]))));
        top += 1;
    }
}

#[inline]
fn transposed<U>(columns: [[U; SIDE]; SIDE]) -> [[U; SIDE]; SIDE] {
    let [[a0, a1, a2, a3], [b0, b1, b2, b3], [c0, c1, c2, c3], [d0, d1, d2, d3]] = columns;
    [[a0, b0, c0, d0], [a1, b1, c1, d1], [a2, b2, c2, d2], [a3, b3, c3, d3]]
}

/// Finds the axis along which elements are adjacent in memory, if it is not the axis of the lanes
/// and if the cache lines touched between two adjacent elements do not fit into a cache.
#[inline]
pub(crate) fn crowded_axis<const N: usize>(layout: &Layout<N>, size: usize) -> Option<usize> {
    let last = N.checked_sub(1)?;
    let lane = layout.lane_along(last);
    if size == 0 || lane.stride.unsigned_abs() <= 1 || lane.len < MIN_LANE {
        return None;
    }
    let neighbours =
        |&axis: &usize| layout.strides()[axis].unsigned_abs() == 1 && layout.shape()[axis] >= MIN_ROWS;
    let axis = (0..last).find(neighbours)?;
    let lines: usize = layout.shape()[axis + 1..].iter().product();
    // Wraps only if there are no elements.
    let distance = lane.stride.unsigned_abs().wrapping_mul(size);
    // The addresses of the cache lines are multiples of this power of two apart.
    let spacing = (1 << distance.trailing_zeros().min(PAGE.trailing_zeros())).max(LINE);
    (lines.saturating_mul(spacing) > CACHE).then_some(axis)
}
