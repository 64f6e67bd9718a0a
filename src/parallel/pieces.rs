//! Results of functions of elements, computed on several threads and appended to a vector in
//! row-major order.
//!
//! Safe code cannot write to the unused capacity of a vector from several threads. Rayon can, so
//! results are collected where they belong, a chunk of them at a time. Where lanes are short, it takes
//! too long to find each chunk, and where they lie across the order of memory, chunks would touch too
//! many cache lines. Such layouts are cut in pieces, whose results the kernels for one thread append
//! to buffers. While one set of buffers is filled, the other one is appended.

use crate::array::error::Error;
use crate::kernels::operands::Operands;
use crate::layout::offsets::Offsets;
use crate::layout::{Layout, moved};
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;
use core::{array, iter, mem};
use rayon::prelude::*;

/// Results that are collected as one: the compiler vectorizes their loop.
const AT_ONCE: usize = 32;

/// Elements of the shortest of many lanes whose results are collected where they belong: each
/// [`AT_ONCE`] of them are found by a division.
pub(super) const SHORT: usize = 4 * AT_ONCE;

/// Maximum bytes of a result that is collected together with others: they pass through the stack.
const SMALL: usize = 64;

/// Maximum elements of a piece: enough for strips of many lanes.
pub(super) const PIECE: usize = 1 << 17;

/// Maximum elements of a piece without strips: the buffers stay in near caches.
pub(super) const NEAR: usize = 1 << 14;

/// Elements that a thread gets at least.
pub(super) const FEW: usize = 1 << 12;

/// Collects `f` of each item, in row-major order of the indices. The layouts have axes and elements.
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

/// The next offsets of layouts that have more elements.
fn next<const N: usize, const L: usize>(offsets: &mut [Offsets<N>; L]) -> [usize; L] {
    offsets.each_mut().map(|offsets| offsets.next().unwrap_or_default())
}

/// The offsets of the element with this number, in row-major order, of layouts of one shape.
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

/// Layouts of one shape in pieces, whose elements follow each other in row-major order.
#[derive(Clone, Copy)]
pub(super) struct Pieces<const N: usize, const K: usize> {
    layouts: [Layout<N>; K],
    /// Each piece has some indices of this axis, one index of each axis before, and all indices of
    /// the axes after.
    axis: usize,
    /// Indices of the axis in a piece, except that the last one may have fewer.
    size: usize,
    /// Pieces at one index of the axes before.
    pieces: usize,
}

impl<const N: usize, const K: usize> Pieces<N, K> {
    /// Cuts layouts that have axes and elements in pieces of at most `most` elements.
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

    /// Appends to `to` what `append` appends for each piece.
    ///
    /// If `append` fails, the error is that of the first piece for which it does.
    pub(super) fn append_each<U: Send, E: From<Error> + Send>(
        &self,
        to: &mut Vec<U>,
        append: impl Fn(&mut Vec<U>, [Layout<N>; K]) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let (count, at_once) = (self.count(), at_once());
        let (mut filled, mut empty) = (Vec::new(), Vec::new());
        for first in (0..count).step_by(at_once) {
            if empty.is_empty() {
                empty = buffers(count.min(at_once), self.piece(0)[0].len()).map_err(Error::from)?;
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

/// Buffers that are filled at once: with two for each thread, a fast thread takes some of another.
fn at_once() -> usize {
    2 * rayon::current_num_threads()
}

/// Allocates empty vectors for a piece each.
fn buffers<U>(count: usize, capacity: usize) -> Result<Vec<Vec<U>>, ReserveError> {
    let mut buffers = vec_with_capacity(count)?;
    for _ in 0..count {
        buffers.push(vec_with_capacity(capacity)?);
    }
    Ok(buffers)
}

fn append_all<U>(to: &mut Vec<U>, buffers: &mut [Vec<U>]) {
    buffers.iter_mut().for_each(|buffer| to.append(buffer));
}
