//! Computing a function of all elements on several threads. The results are in row-major order.
//!
//! Safe code cannot write to the unused capacity of a vector from several threads. Rayon can: it
//! collects results to their final place, a chunk at a time. If lanes are short, finding each chunk
//! takes too long. If lanes cross the order of memory, chunks touch too many cache lines. Such
//! layouts are cut into pieces, and the kernels for one thread append the results of each piece to
//! a buffer. While one set of buffers is filled, the other set is appended.

use crate::array::error::Error;
use crate::kernels::operands::Operands;
use crate::layout::offsets::Offsets;
use crate::layout::{Layout, moved};
use crate::memory::{ReserveError, vec_with_capacity, vecs_with_capacity};
use alloc::vec::Vec;
use core::{array, iter, mem};
use rayon::prelude::*;

/// Number of results that are collected as one item: the compiler vectorizes their loop.
const AT_ONCE: usize = 32;

/// Minimum length of lanes whose results are collected to their final place: finding each
/// [`AT_ONCE`] of them takes a division.
pub(super) const SHORT: usize = 4 * AT_ONCE;

/// Maximum bytes of a result that is collected together with others: they pass through the stack.
const SMALL: usize = 64;

/// Maximum elements of a piece: enough for strips of many lanes.
pub(super) const PIECE: usize = 1 << 17;

/// Maximum elements of a piece without strips: the buffers stay in near caches.
pub(super) const NEAR: usize = 1 << 14;

/// Minimum number of elements in a task.
pub(super) const FEW: usize = 1 << 12;

/// Collects `f` of each item, in row-major order. The layouts must have axes and elements.
pub(super) fn collect<D: Operands<L> + Sync, U: Send, const N: usize, const L: usize>(
    data: D,
    layouts: [Layout<N>; L],
    f: &(impl Fn(D::Item) -> U + Sync),
) -> Result<Vec<U>, ReserveError> {
    if const { size_of::<U>() <= SMALL } {
        collect_by::<D, U, N, L, AT_ONCE>(data, layouts, f)
    } else {
        collect_by::<D, U, N, L, 1>(data, layouts, f)
    }
}

/// [`collect`]s `K` results at a time.
fn collect_by<D: Operands<L> + Sync, U: Send, const N: usize, const L: usize, const K: usize>(
    data: D,
    layouts: [Layout<N>; L],
    f: &(impl Fn(D::Item) -> U + Sync),
) -> Result<Vec<U>, ReserveError> {
    let layouts = Layout::merge(layouts);
    let (starts, lanes) = Layout::lanes_of(layouts);
    let (len, lane_len) = (layouts[0].len(), lanes[0].len);
    let without_gaps = lanes.iter().all(|lane| lane.stride == 1);
    let is_one_slice = without_gaps && lane_len == len;
    let chunk = |number: usize| -> [U; K] {
        let first = number * K;
        if is_one_slice {
            let part = data.part(layouts.map(|layout| layout.offset() + first), K);
            return array::from_fn(|k| f(part.at([k; L])));
        }
        let (lane, along) = (first / lane_len, first % lane_len);
        if along + K > lane_len {
            let mut offsets = layouts.map(|layout| layout.offsets_of(first..len));
            return array::from_fn(|_| f(data.at(next(&mut offsets))));
        }
        let start = offsets_at(&starts, lane);
        let at = |k: usize| array::from_fn(|l| moved(start[l], lanes[l].stride, along + k));
        if without_gaps {
            let part = data.part(at(0), K);
            array::from_fn(|k| f(part.at([k; L])))
        } else {
            array::from_fn(|k| f(data.at(at(k))))
        }
    };
    let mut offsets = layouts.map(|layout| layout.offsets_of(len - len % K..len));
    let rest = iter::repeat_with(|| f(data.at(next(&mut offsets)))).take(len % K);
    let mut collected = vec_with_capacity(len.div_ceil(K))?;
    (0..len / K).into_par_iter().with_min_len(FEW / K).map(chunk).collect_into_vec(&mut collected);
    let mut results = collected.into_flattened();
    results.extend(rest);
    Ok(results)
}

/// Returns the next offsets of layouts, which must have more elements.
fn next<const N: usize, const L: usize>(offsets: &mut [Offsets<N>; L]) -> [usize; L] {
    offsets.each_mut().map(|offsets| offsets.next().unwrap_or_default())
}

/// Returns the offsets of element `number`, in row-major order, in layouts of equal shape.
fn offsets_at<const N: usize, const L: usize>(layouts: &[Layout<N>; L], number: usize) -> [usize; L] {
    let mut offsets = layouts.each_ref().map(Layout::offset);
    let (mut rest, mut axis) = (number, N);
    while rest > 0 && axis > 0 {
        axis -= 1;
        let extent = layouts[0].shape()[axis];
        // Merged layouts have many axes of extent 1.
        if extent > 1 {
            for l in 0..L {
                offsets[l] = moved(offsets[l], layouts[l].strides()[axis], rest % extent);
            }
            rest /= extent;
        }
    }
    offsets
}

/// Layouts of equal shape, cut into pieces whose elements follow each other in row-major order.
#[derive(Clone, Copy)]
pub(super) struct Pieces<const N: usize, const K: usize> {
    layouts: [Layout<N>; K],
    /// Each piece has some indices of this axis, one index of each axis before it, and all indices
    /// of the axes after it.
    axis: usize,
    /// Indices of the axis in a piece. The last piece may have fewer.
    size: usize,
    /// Number of pieces at one index of the axes before.
    pieces: usize,
}

impl<const N: usize, const K: usize> Pieces<N, K> {
    /// Cuts layouts that have axes and elements into pieces of at most `most` elements.
    pub(super) fn new(layouts: [Layout<N>; K], most: usize) -> Self {
        let shape = layouts[0].shape();
        let most = (layouts[0].len() / at_once()).clamp(FEW, most);
        let elements_at = |axis: usize| shape[axis + 1..].iter().product::<usize>();
        let axis = (0..N).find(|&axis| elements_at(axis) <= most).unwrap_or(0);
        let size = most / elements_at(axis);
        Pieces { layouts, axis, size, pieces: shape[axis].div_ceil(size) }
    }

    fn count(&self) -> usize {
        self.layouts[0].shape()[..self.axis].iter().product::<usize>() * self.pieces
    }

    fn piece(&self, number: usize) -> [Layout<N>; K] {
        let Pieces { layouts, axis, size, pieces } = *self;
        let shape = *layouts[0].shape();
        let start = number % pieces * size;
        let mut piece = layouts.map(|layout| layout.narrow(axis, start, size.min(shape[axis] - start)));
        let mut rest = number / pieces;
        for outer in (0..axis).rev() {
            piece = piece.map(|layout| layout.narrow(outer, rest % shape[outer], 1));
            rest /= shape[outer];
        }
        piece
    }

    /// Appends the results of all pieces to `to`. `append` appends the results of one piece.
    ///
    /// If `append` fails, the error is that of the first piece that failed.
    pub(super) fn append_each<U: Send, E: From<Error> + Send>(
        &self,
        to: &mut Vec<U>,
        append: impl Fn(&mut Vec<U>, [Layout<N>; K]) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let (count, at_once) = (self.count(), at_once());
        let (mut filled, mut empty) = (Vec::new(), Vec::new());
        for first in (0..count).step_by(at_once) {
            if empty.is_empty() {
                empty =
                    vecs_with_capacity(count.min(at_once), self.piece(0)[0].len()).map_err(Error::from)?;
            }
            let buffers = &mut empty[..at_once.min(count - first)];
            let fill = |(k, buffer): (usize, &mut Vec<U>)| append(buffer, self.piece(first + k));
            let filling = || buffers.par_iter_mut().enumerate().with_max_len(1).map(fill).collect();
            let ((), done): ((), Vec<Result<(), E>>) = rayon::join(|| append_all(to, &mut filled), filling);
            done.into_iter().collect::<Result<(), E>>()?;
            mem::swap(&mut filled, &mut empty);
        }
        append_all(to, &mut filled);
        Ok(())
    }
}

/// Number of buffers that are filled at the same time: with two per thread, a fast thread takes
/// over work of a slow one.
fn at_once() -> usize {
    2 * rayon::current_num_threads()
}

fn append_all<U>(to: &mut Vec<U>, buffers: &mut [Vec<U>]) {
    buffers.iter_mut().for_each(|buffer| to.append(buffer));
}
