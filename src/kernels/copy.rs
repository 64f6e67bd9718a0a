//! Elements, or what is made of them, from one layout to another at the speed of memory. Where the two disagree on
//! which axis is the innermost, a walk along either of them strides through the other and uses one element of each
//! cache line that it touches; there, strips are copied that are as wide as a line on both sides.

use crate::layout::{Lane, Layout, moved};
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::mem::needs_drop;
use core::{array, iter};

/// The width of a strip in elements: a cache line of 64 bytes holds so many of eight bytes.
const STRIP: usize = 8;

/// The same for elements of up to four bytes.
const WIDE_STRIP: usize = 16;

/// The largest height of a strip: so many lines, and the memory pages they are on, stay at hand until the next
/// strip touches their neighbours.
const HEIGHT: usize = 1024;

/// The shortest lane of which four elements at a time are copied: for shorter ones it takes longer to begin.
const FOUR_FROM: usize = 32;

/// Lines that are a multiple of so many bytes apart compete for the same few places in a cache: a memory page.
const PAGE: usize = 4096;

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
    let Some(axis) = axis_across(&from_starts, from_lane).filter(|_| to_lane.stride == 1) else {
        for (to_start, from_start) in to_starts.offsets().zip(from_starts.offsets()) {
            copy_lane(to, to_start, to_lane, from, from_start, from_lane);
        }
        return;
    };
    if from_starts.strides()[axis] < 0 {
        // Its neighbours must be in the order of memory; those of the target may go backwards.
        (to_starts, from_starts) = (to_starts.inverted(axis), from_starts.inverted(axis));
    }
    let [to_across, from_across] = [&to_starts, &from_starts].map(|starts| starts.lane_along(axis));
    (to_starts, from_starts) = (to_starts.resized(axis, 1), from_starts.resized(axis, 1));
    [to_starts, from_starts] =
        near_innermost::<T, N>([(to_starts, to_across.len), (from_starts, from_lane.len)]);
    for (to_start, from_start) in to_starts.offsets().zip(from_starts.offsets()) {
        let to_plane = Plane { start: to_start, across: to_across, along: to_lane };
        let from_plane = Plane { start: from_start, across: from_across, along: from_lane };
        copy_plane(to, to_plane, from, from_plane);
    }
}

/// Where planes start, in an order in which the next one is on the same memory pages as far as possible: a processor
/// remembers where some hundreds of pages are. Of each side so many lines of a plane are pages apart.
fn near_innermost<T, const N: usize>(sides: [(Layout<N>, usize); 2]) -> [Layout<N>; 2] {
    let new_pages = |axis: usize| {
        let of_side = |(starts, lines): (Layout<N>, usize)| {
            let distance = starts.strides()[axis].unsigned_abs().saturating_mul(size_of::<T>());
            distance.min(PAGE).saturating_mul(lines)
        };
        sides.map(of_side).into_iter().fold(0, usize::saturating_add)
    };
    let mut axes = array::from_fn(|axis| axis);
    axes.sort_by_key(|&axis| Reverse(new_pages(axis)));
    sides.map(|(starts, _)| starts.select(axes.map(Some)))
}

/// The axis along which elements are neighbours, if they are not along the lanes, and if there are enough of them
/// for strips.
fn axis_across<const N: usize>(starts: &Layout<N>, lane: Lane) -> Option<usize> {
    let neighbours = |axis: &usize| starts.strides()[*axis].unsigned_abs() == 1;
    let enough = |axis: &usize| starts.shape()[*axis] >= STRIP && lane.len >= STRIP;
    (0..N).filter(|_| lane.stride.unsigned_abs() > 1).filter(neighbours).find(enough)
}

fn copy_lane<T: Clone>(
    to: &mut [T],
    to_start: usize,
    to_lane: Lane,
    from: &[T],
    from_start: usize,
    from_lane: Lane,
) {
    if (to_lane.stride, from_lane.stride) == (1, 1) {
        to[to_start..][..to_lane.len].clone_from_slice(&from[from_start..][..from_lane.len]);
        return;
    }
    let (mut to_offset, mut from_offset) = (to_start, from_start);
    for _ in 0..to_lane.len {
        to[to_offset].clone_from(&from[from_offset]);
        to_offset = moved(to_offset, to_lane.stride, 1);
        from_offset = moved(from_offset, from_lane.stride, 1);
    }
}

/// Two axes: lanes, and the axis across them.
#[derive(Clone, Copy)]
struct Plane {
    start: usize,
    across: Lane,
    along: Lane,
}

impl Plane {
    fn at(&self, across: usize, along: usize) -> usize {
        moved(moved(self.start, self.across.stride, across), self.along.stride, along)
    }
}

/// Copies a plane whose lanes have no gaps on one side, and whose axis across them has none on the other.
fn copy_plane<T: Clone>(to: &mut [T], to_plane: Plane, from: &[T], from_plane: Plane) {
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
                WIDE_STRIP.. if size_of::<T>() <= 4 => strip.copy::<T, WIDE_STRIP>(to, from),
                STRIP.. => strip.copy::<T, STRIP>(to, from),
                2.. => strip.copy::<T, 2>(to, from),
                _ => strip.copy::<T, 1>(to, from),
            };
        }
    }
}

/// Lines without gaps on one side, from as many columns without gaps on the other.
struct Strip {
    height: usize,
    to_start: usize,
    to_stride: isize,
    from_start: usize,
    from_stride: isize,
}

impl Strip {
    /// Copies lines of `WIDTH` elements, and returns that width.
    #[inline(never)]
    fn copy<T: Clone, const WIDTH: usize>(&self, to: &mut [T], from: &[T]) -> usize {
        // Cut to one length, so that one check of the row serves for all columns.
        let columns: [&[T]; WIDTH] =
            array::from_fn(|column| &from[moved(self.from_start, self.from_stride, column)..][..self.height]);
        let mut start = self.to_start;
        for row in 0..self.height {
            let line = &mut to[start..][..WIDTH];
            line.iter_mut().zip(&columns).for_each(|(element, column)| element.clone_from(&column[row]));
            start = moved(start, self.to_stride, 1);
        }
        WIDTH
    }
}

/// Puts clones of all elements behind those of a vector, in row-major order of their indices.
pub(crate) fn append_clones<T: Clone, const N: usize>(to: &mut Vec<T>, from: &[T], layout: &Layout<N>) {
    let (starts, lane) = layout.merged().lanes();
    match from.get(layout.offset()) {
        // A vector grows at its end only. For strips all of it must be there before: filled with clones of one
        // element, which cost next to nothing where they own nothing.
        Some(any) if is_crowded::<T>(lane) && axis_across(&starts, lane).is_some() && !needs_drop::<T>() => {
            let end = to.len();
            to.resize(end + layout.len(), any.clone());
            copy_elements(&mut to[end..], &Layout::row_major_within(*layout.shape()), from, layout);
        }
        _ => starts.offsets().for_each(|start| append_lane(to, from, start, lane, &mut T::clone)),
    }
}

/// Puts what `f` makes of all elements behind those of a vector, in row-major order of their indices.
pub(crate) fn append_mapped<T, U, const N: usize>(
    to: &mut Vec<U>,
    from: &[T],
    layout: &Layout<N>,
    mut f: impl FnMut(&T) -> U,
) {
    let (starts, lane) = layout.merged().lanes();
    starts.offsets().for_each(|start| append_lane(to, from, start, lane, &mut f));
}

/// Puts what `f` makes of the pairs of elements at the same index behind the elements of a vector, in row-major order
/// of these indices. The shapes are the same.
pub(crate) fn append_zipped<T, U, R, const N: usize>(
    to: &mut Vec<R>,
    (left, left_layout): (&[T], &Layout<N>),
    (right, right_layout): (&[U], &Layout<N>),
    mut f: impl FnMut(&T, &U) -> R,
) {
    let [left_layout, right_layout] = Layout::merge([*left_layout, *right_layout]);
    let ((left_starts, left_lane), (right_starts, right_lane)) = (left_layout.lanes(), right_layout.lanes());
    let len = left_lane.len;
    for (left_start, right_start) in left_starts.offsets().zip(right_starts.offsets()) {
        if (left_lane.stride, right_lane.stride) == (1, 1) {
            let pairs = left[left_start..][..len].iter().zip(&right[right_start..][..len]);
            to.extend(pairs.map(|(left, right)| f(left, right)));
        } else {
            to.extend((0..len).map(|k| {
                let left = &left[moved(left_start, left_lane.stride, k)];
                f(left, &right[moved(right_start, right_lane.stride, k)])
            }));
        }
    }
}

/// Whether a walk along the lane touches more cache lines than are still there when the next lane touches their
/// neighbours.
fn is_crowded<T>(lane: Lane) -> bool {
    // Wraps only if there are no elements.
    let distance = lane.stride.unsigned_abs().wrapping_mul(size_of::<T>());
    lane.len > HEIGHT || distance % PAGE == 0
}

fn append_lane<T, U>(to: &mut Vec<U>, from: &[T], start: usize, lane: Lane, f: &mut impl FnMut(&T) -> U) {
    let reach = (lane.len - 1) * lane.stride.unsigned_abs();
    let step = lane.stride.unsigned_abs().max(1);
    match lane.stride {
        ..0 => to.extend(from[start - reach..=start].iter().rev().step_by(step).map(f)),
        0 => to.extend(iter::repeat_n(&from[start], lane.len).map(f)),
        1 => to.extend(from[start..=start + reach].iter().map(f)),
        _ => {
            let mut done = 0;
            if lane.len >= FOUR_FROM {
                // Four at a time: the compiler sees that all four are in each chunk, if one is in one of them.
                let whole = (lane.len - 1) / 4;
                let chunks = from[start..][..whole * 4 * step].chunks_exact(4 * step);
                to.extend(chunks.flat_map(|chunk| {
                    let [a, b, c, d] = [&chunk[0], &chunk[step], &chunk[2 * step], &chunk[3 * step]];
                    [f(a), f(b), f(c), f(d)]
                }));
                done = whole * 4;
            }
            to.extend((done..lane.len).map(|k| f(&from[start + k * step])));
        }
    }
}
