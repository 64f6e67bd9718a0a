//! Updates between two layouts that disagree on which axis is the innermost.
//!
//! Iterating along either axis jumps through one of the layouts, and uses one element of each cache
//! line. Strips that are as wide as a cache line on both sides use all elements of a line.

use crate::kernels::plane::Plane;
use crate::layout::{Lane, Layout, moved};
use core::array;
use core::cmp::Reverse;

/// Elements per line of a strip: 8 elements of 8 bytes fill a cache line of 64 bytes.
const STRIP: usize = 8;

/// Elements per line of a strip for elements of at most 4 bytes: again 64 bytes.
const WIDE_STRIP: usize = 16;

/// Maximum number of lines per strip: this many cache lines, and their pages, stay resident until
/// the next strip reuses them.
const HEIGHT: usize = 1024;

/// Bytes per memory page. Addresses that differ by a multiple of it compete for the same few cache
/// lines.
const PAGE: usize = 4096;

/// Calls `f` with each element of `to` and the element at the same index of `from`. Elements along
/// `axis` are adjacent in `from`; elements along a lane are adjacent in `to`.
pub(crate) fn update_transposed<T, U, const N: usize>(
    to: &mut [T],
    (mut to_starts, to_lane): (Layout<N>, Lane),
    from: &[U],
    (mut from_starts, from_lane): (Layout<N>, Lane),
    axis: usize,
    mut f: impl FnMut(&mut T, &U),
) {
    if from_starts.strides()[axis] < 0 {
        // Adjacent elements of `from` must be in memory order. In `to`, the axis may be reversed.
        (to_starts, from_starts) = (to_starts.inverted(axis), from_starts.inverted(axis));
    }
    let [to_across, from_across] = [&to_starts, &from_starts].map(|starts| starts.lane_along(axis));
    (to_starts, from_starts) = (to_starts.with_extent(axis, 1), from_starts.with_extent(axis, 1));
    [to_starts, from_starts] = fewest_new_pages([
        (to_starts, to_across.len, size_of::<T>()),
        (from_starts, from_lane.len, size_of::<U>()),
    ]);
    for (to_start, from_start) in to_starts.offsets().zip(from_starts.offsets()) {
        let to_plane = Plane { start: to_start, across: to_across, along: to_lane };
        let from_plane = Plane { start: from_start, across: from_across, along: from_lane };
        update_plane(to, to_plane, from, from_plane, &mut f);
    }
}

/// Sorts the axes of the starts of planes, so that successive planes share as many pages as
/// possible: a processor caches the addresses of only some hundreds of pages.
///
/// `sides` are the starts of the planes on each side, the number of lines of a plane that are on
/// different pages, and the size of an element.
fn fewest_new_pages<const N: usize>(sides: [(Layout<N>, usize, usize); 2]) -> [Layout<N>; 2] {
    let new_pages = |axis: usize| {
        let of_side = |(starts, lines, size): (Layout<N>, usize, usize)| {
            let distance = starts.strides()[axis].unsigned_abs().saturating_mul(size);
            distance.min(PAGE).saturating_mul(lines)
        };
        sides.map(of_side).into_iter().fold(0, usize::saturating_add)
    };
    let mut axes = array::from_fn(|axis| axis);
    axes.sort_by_key(|&axis| Reverse(new_pages(axis)));
    sides.map(|(starts, ..)| starts.select(axes.map(Some)))
}

/// Finds the axis along which elements are adjacent in memory, if it is not the axis of the lanes
/// and if both axes are long enough for strips.
pub(crate) fn axis_across<const N: usize>(starts: &Layout<N>, lane: Lane) -> Option<usize> {
    if lane.stride.unsigned_abs() <= 1 || lane.len < STRIP {
        return None;
    }
    (0..N).find(|&axis| starts.strides()[axis].unsigned_abs() == 1 && starts.shape()[axis] >= STRIP)
}

/// Updates a plane. Its lanes have no gaps in `to`; the axis across the lanes has no gaps in
/// `from`.
#[inline]
fn update_plane<T, U>(
    to: &mut [T],
    to_plane: Plane,
    from: &[U],
    from_plane: Plane,
    f: &mut impl FnMut(&mut T, &U),
) {
    let (height, width) = (to_plane.across.len, to_plane.along.len);
    for top in (0..height).step_by(HEIGHT) {
        let mut left = 0;
        while left < width {
            let strip = Strip {
                height: HEIGHT.min(height - top),
                to_start: to_plane.at(top, left),
                to_stride: to_plane.across.stride,
                from_start: from_plane.at(top, left),
                from_stride: from_plane.along.stride,
            };
            left += match width - left {
                WIDE_STRIP.. if size_of::<U>() <= 4 => strip.update::<T, U, WIDE_STRIP>(to, from, f),
                STRIP.. => strip.update::<T, U, STRIP>(to, from, f),
                2.. => strip.update::<T, U, 2>(to, from, f),
                _ => strip.update::<T, U, 1>(to, from, f),
            };
        }
    }
}

/// Lines without gaps in `to`, and columns without gaps in `from`.
struct Strip {
    height: usize,
    to_start: usize,
    to_stride: isize,
    from_start: usize,
    from_stride: isize,
}

impl Strip {
    /// Updates lines of `WIDTH` elements, and returns `WIDTH`.
    #[inline(never)]
    fn update<T, U, const WIDTH: usize>(
        &self,
        to: &mut [T],
        from: &[U],
        f: &mut impl FnMut(&mut T, &U),
    ) -> usize {
        // Cut to equal length: one bounds check of the row then covers all columns.
        let columns: [&[U]; WIDTH] =
            array::from_fn(|column| &from[moved(self.from_start, self.from_stride, column)..][..self.height]);
        let mut start = self.to_start;
        for row in 0..self.height {
            let line = &mut to[start..][..WIDTH];
            line.iter_mut().zip(&columns).for_each(|(element, column)| f(element, &column[row]));
            start = moved(start, self.to_stride, 1);
        }
        WIDTH
    }
}
