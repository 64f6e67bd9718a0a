//! Results of functions of elements, computed on several threads and appended to a vector in
//! row-major order.
//!
//! Safe code cannot write to the unused capacity of a vector from several threads. Rayon can, so
//! results of contiguous elements are collected where they belong. Results of other layouts are
//! computed a piece at a time, by the kernels for one thread, into buffers. While one set of buffers
//! is filled, the other one is appended.

use crate::array::error::Error;
use crate::layout::Layout;
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;
use core::mem;
use rayon::prelude::*;

/// Results that are collected as one: the compiler vectorizes their loop.
pub(super) const AT_ONCE: usize = 32;

/// Maximum bytes of a result that is collected together with others: they pass through the stack.
pub(super) const SMALL: usize = 64;

/// Elements of a piece: its results are in a near cache until they are appended.
const PIECE: usize = 1 << 15;

/// Elements that a thread gets at least.
pub(super) const FEW: usize = 1 << 12;

/// Collects `K` results of each chunk, and then the `rest`, which are `len` results in all.
pub(super) fn collect_chunks<C: IndexedParallelIterator, U: Send, const K: usize>(
    len: usize,
    chunks: C,
    f: impl Fn(C::Item) -> [U; K] + Sync + Send,
    rest: impl Iterator<Item = U>,
) -> Result<Vec<U>, ReserveError> {
    let mut collected = vec_with_capacity(len.div_ceil(K))?;
    chunks.with_min_len(FEW / K).map(f).collect_into_vec(&mut collected);
    let mut results = collected.into_flattened();
    results.extend(rest);
    Ok(results)
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
    /// Cuts layouts that have axes and elements.
    pub(super) fn new(layouts: [Layout<N>; K]) -> Self {
        let shape = layouts[0].shape();
        let elements_at = |axis: usize| shape[axis + 1..].iter().product::<usize>();
        let axis = (0..N).find(|&axis| elements_at(axis) <= PIECE).unwrap_or(0);
        let size = PIECE / elements_at(axis);
        Pieces { layouts, axis, size, pieces: shape[axis].div_ceil(size) }
    }

    pub(super) fn count(&self) -> usize {
        self.layouts[0].shape()[..self.axis].iter().product::<usize>() * self.pieces
    }

    pub(super) fn piece(&self, number: usize) -> [Layout<N>; K] {
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
        let at_once = self.count().min(2 * rayon::current_num_threads());
        let new = || buffers(at_once).map_err(Error::from);
        let (mut filled, mut empty) = (new()?, new()?);
        for first in (0..self.count()).step_by(at_once) {
            let buffers = &mut empty[..at_once.min(self.count() - first)];
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

/// Allocates empty vectors for a piece each.
fn buffers<U>(count: usize) -> Result<Vec<Vec<U>>, ReserveError> {
    let mut buffers = vec_with_capacity(count)?;
    for _ in 0..count {
        buffers.push(vec_with_capacity(PIECE)?);
    }
    Ok(buffers)
}

fn append_all<U>(to: &mut Vec<U>, buffers: &mut [Vec<U>]) {
    buffers.iter_mut().for_each(|buffer| to.append(buffer));
}
