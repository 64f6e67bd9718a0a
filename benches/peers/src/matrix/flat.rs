//! Hand-written loops over the flat slice, for any layout of the matrix, written for that layout:
//! adjacent axes are one lane, lanes without gaps are slices, every other element is the first of a
//! pair, and work in any order follows memory order.

use growable_nd::View;
use num_complex::Complex;
use std::any::TypeId;

/// A slice, and the layout of the elements of up to three axes in it.
pub struct Flat<'a, T> {
    pub data: &'a [T],
    pub shape: [usize; 3],
    pub strides: [isize; 3],
}

/// The elements at consecutive indices of the last axis.
pub struct Lane<'a, T> {
    /// The elements from the first in memory to the last.
    pub data: &'a [T],
    pub stride: isize,
    pub len: usize,
}

// `Clone` and `Copy` for all `T`: a derive would require them of `T`.
impl<T> Clone for Flat<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Flat<'_, T> {}
impl<T> Clone for Lane<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Lane<'_, T> {}

impl<'a, T> Lane<'a, T> {
    /// Splits a lane of stride 2: the first of each pair is an element, and so is the last.
    pub fn pairs(self) -> (&'a [[T; 2]], &'a [T]) {
        self.data.as_chunks()
    }

    /// Iterates over the elements from the first in memory.
    pub fn stepped(self) -> impl DoubleEndedIterator<Item = &'a T> {
        // By index, since `chunks` divides, and `step_by` of a slice calls `nth` for each element.
        (0..self.data.len()).step_by(self.stride.unsigned_abs().max(1)).map(move |at| &self.data[at])
    }
}

/// Evaluates an expression with an iterator over a lane; its type depends on the stride.
macro_rules! with_lane {
    ($lane:expr, $elements:ident => $body:expr) => {{
        let lane = $lane;
        match lane.stride {
            1 => {
                let $elements = lane.data.iter();
                $body
            }
            -1 => {
                let $elements = lane.data.iter().rev();
                $body
            }
            0 => {
                let $elements = std::iter::repeat_n(&lane.data[0], lane.len);
                $body
            }
            2 => {
                let (pairs, last) = lane.pairs();
                let $elements = pairs.iter().map(|pair| &pair[0]).chain(last);
                $body
            }
            _ => {
                let $elements = lane.stepped();
                $body
            }
        }
    }};
}
pub(super) use with_lane;

impl<'a, T> Flat<'a, T> {
    /// Makes the layout of a view of the whole slice, which may have inverted axes.
    pub fn new<const N: usize>(data: &'a [T], view: &View<'_, T, N>) -> Self {
        let (mut shape, mut strides) = ([1; 3], [0; 3]);
        shape[3 - N..].copy_from_slice(&view.shape());
        strides[3 - N..].copy_from_slice(&view.strides());
        Flat { data, shape, strides }
    }

    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// Returns the offset of the element at index 0 of all axes.
    fn first(&self) -> isize {
        (0..3)
            .filter(|&axis| self.strides[axis] < 0)
            .map(|axis| (self.shape[axis] as isize - 1) * -self.strides[axis])
            .sum()
    }

    /// Sorts the axes by memory order, and merges axes without gaps between them.
    pub fn in_memory_order(mut self) -> Self {
        let mut axes: Vec<(isize, usize)> =
            (0..3).map(|axis| (self.strides[axis].abs(), self.shape[axis])).collect();
        axes.retain(|&(_, extent)| extent > 1);
        // Stride 0 wraps around to the maximum, so broadcast axes come first.
        axes.sort_unstable_by_key(|&(stride, _)| std::cmp::Reverse(stride.cast_unsigned().wrapping_sub(1)));
        let mut merged: Vec<(isize, usize)> = Vec::new();
        for (stride, extent) in axes {
            match merged.last_mut() {
                Some(last) if last.0 == stride * extent as isize => *last = (stride, last.1 * extent),
                _ => merged.push((stride, extent)),
            }
        }
        (self.shape, self.strides) = ([1; 3], [1; 3]);
        let start = 3 - merged.len();
        for (axis, (stride, extent)) in merged.into_iter().enumerate() {
            (self.shape[start + axis], self.strides[start + axis]) = (extent, stride);
        }
        self
    }

    /// Merges adjacent axes without gaps between them. The order of the elements stays.
    pub fn merged(mut self) -> Self {
        for _ in 0..2 {
            if self.strides[1] == self.strides[2] * self.shape[2] as isize || self.shape[1] == 1 {
                self.shape = [1, self.shape[0], self.shape[1] * self.shape[2]];
                self.strides = [0, self.strides[0], self.strides[2]];
            }
        }
        self
    }

    /// Returns the lane at these indices of the first two axes.
    fn lane(&self, first: isize, i: usize, j: usize) -> Lane<'a, T> {
        let begin = first + i as isize * self.strides[0] + j as isize * self.strides[1];
        let end = begin + (self.shape[2] as isize - 1) * self.strides[2];
        let data = &self.data[begin.min(end) as usize..=begin.max(end) as usize];
        Lane { data, stride: self.strides[2], len: self.shape[2] }
    }

    /// Iterates over all lanes, in row-major order.
    pub fn lanes(self) -> impl Iterator<Item = Lane<'a, T>> {
        let first = self.first();
        (0..self.shape[0])
            .flat_map(move |i| (0..self.shape[1]).map(move |j| (i, j)))
            .map(move |(i, j)| self.lane(first, i, j))
    }

    /// Calls `f` for each element, in row-major order.
    #[inline(always)]
    pub fn for_each(self, mut f: impl FnMut(&'a T)) {
        for lane in self.merged().lanes() {
            with_lane!(lane, elements => elements.for_each(&mut f));
        }
    }

    /// Calls `f` for each element, from the last in row-major order to the first.
    #[inline(always)]
    pub fn for_each_reversed(self, mut f: impl FnMut(&'a T)) {
        let flat = self.merged();
        let first = flat.first();
        for i in (0..flat.shape[0]).rev() {
            for j in (0..flat.shape[1]).rev() {
                with_lane!(flat.lane(first, i, j), elements => elements.rev().for_each(&mut f));
            }
        }
    }

    /// Collects the results of `f` in row-major order.
    #[inline(always)]
    pub fn map<U: Clone + Default>(self, f: impl Fn(&'a T) -> U) -> Vec<U> {
        if self.lies_across() {
            let data = self.data;
            return self.map_in_tiles(|at| f(&data[at]));
        }
        match self.shape[2] {
            2 if self.merged().shape[2] == 2 => return self.map_short::<U, 2>(f),
            3 if self.merged().shape[2] == 3 => return self.map_short::<U, 3>(f),
            _ => {}
        }
        let mut mapped = Vec::with_capacity(self.len());
        for lane in self.merged().lanes() {
            with_lane!(lane, elements => mapped.extend(elements.map(&f)));
        }
        mapped
    }

    /// Returns whether a loop along lanes would use one element of each cache line.
    pub fn lies_across(&self) -> bool {
        self.strides[2].abs() > 2 && self.shape[2] > 1 && self.len() > 256
    }

    /// Maps lanes of `N` elements: a constant length needs no loop.
    #[inline(always)]
    fn map_short<U, const N: usize>(self, f: impl Fn(&'a T) -> U) -> Vec<U> {
        let (first, mut mapped) = (self.first(), Vec::with_capacity(self.len()));
        for i in 0..self.shape[0] {
            for j in 0..self.shape[1] {
                let begin = first + i as isize * self.strides[0] + j as isize * self.strides[1];
                let at = |k: usize| (begin + k as isize * self.strides[2]) as usize;
                mapped.extend(std::array::from_fn::<U, N, _>(|k| f(&self.data[at(k)])));
            }
        }
        mapped
    }

    /// Collects the results of `f`, which gets the offset of an element, in tiles of 16×16 elements
    /// of the last axis and the axis that is dense in memory.
    #[inline(always)]
    pub fn map_in_tiles<U: Clone + Default>(self, f: impl Fn(usize) -> U) -> Vec<U> {
        const SIDE: usize = 16;
        let mut mapped = vec![U::default(); self.len()];
        let dense = usize::from(self.strides[1] == 1 || self.strides[0].abs() > self.strides[1].abs());
        let other = 1 - dense;
        let [n0, n1, n2] = self.shape;
        let (places, first) = ([n1 * n2, n2], self.first());
        for o in 0..self.shape[other] {
            for k in (0..n2).step_by(SIDE) {
                for d in (0..self.shape[dense]).step_by(SIDE) {
                    let from = first + o as isize * self.strides[other];
                    for d in d..(d + SIDE).min(self.shape[dense]) {
                        let row = o * places[other] + d * places[dense];
                        let from = from + d as isize * self.strides[dense];
                        let end = (k + SIDE).min(n2);
                        for (k, out) in (k..).zip(&mut mapped[row + k..row + end]) {
                            *out = f((from + k as isize * self.strides[2]) as usize);
                        }
                    }
                }
            }
        }
        debug_assert_eq!(mapped.len(), n0 * n1 * n2);
        mapped
    }
}

/// Calls `f` for every other element, from the first on.
#[inline(always)]
pub fn for_every_other<T>(row: &mut [T], mut f: impl FnMut(&mut T)) {
    let (pairs, last) = row.as_chunks_mut::<2>();
    pairs.iter_mut().for_each(|pair| f(&mut pair[0]));
    last.iter_mut().for_each(f);
}

/// Folds elements in any order. The layout must be in memory order.
#[inline(always)]
pub fn fold<T, A: Copy + 'static>(
    dense: Flat<'_, T>,
    neutral: A,
    step: impl Fn(A, &T) -> A,
    join: impl Fn(A, A) -> A,
) -> A {
    if (dense.shape[0], dense.shape[1], dense.strides[2]) == (1, 1, 1) {
        return fold_slice(&dense.data[..dense.shape[2]], neutral, step, join);
    }
    dense.lanes().fold(neutral, |folded, lane| join(folded, fold_lane(lane, neutral, &step, &join)))
}

/// Folds one lane in any order.
#[inline(always)]
pub fn fold_lane<T, A: Copy + 'static>(
    lane: Lane<'_, T>,
    neutral: A,
    step: impl Fn(A, &T) -> A,
    join: impl Fn(A, A) -> A,
) -> A {
    match lane.stride {
        1 | -1 => fold_slice(lane.data, neutral, step, join),
        0 => (0..lane.len).fold(neutral, |folded, _| step(folded, &lane.data[0])),
        2 => {
            let (pairs, last) = lane.pairs();
            let folded = fold_slice(pairs, neutral, |folded, pair: &[T; 2]| step(folded, &pair[0]), join);
            last.iter().fold(folded, step)
        }
        _ => lane.stepped().fold(neutral, step),
    }
}

/// Folds one slice in any order.
#[inline(always)]
pub fn fold_slice<T, A: Copy + 'static>(
    slice: &[T],
    neutral: A,
    step: impl Fn(A, &T) -> A,
    join: impl Fn(A, A) -> A,
) -> A {
    if slice.len() < 16 { slice.iter().fold(neutral, step) } else { fold_long(slice, neutral, step, join) }
}

/// Folds with several accumulators: the compiler keeps the order of float sums, so that each
/// addition would wait for the previous one. Not inlined, so that the loop over few elements is.
#[inline(never)]
fn fold_long<T, A: Copy + 'static>(
    slice: &[T],
    neutral: A,
    step: impl Fn(A, &T) -> A,
    join: impl Fn(A, A) -> A,
) -> A {
    let is_float = is_float::<A>();
    // The compiler vectorizes integer loops over pairs and over elements of another size.
    if !is_float && size_of::<T>() != size_of::<A>() {
        return slice.iter().fold(neutral, step);
    }
    // Eight vectors of 16 bytes, unless the slice would not fill them several times.
    match (size_of::<A>(), slice.len()) {
        (1, 1024..) => fold_chunks::<T, A, 128>(slice, neutral, step, join),
        (4, 256..) => fold_chunks::<T, A, 32>(slice, neutral, step, join),
        (4 | 8, 128..) => fold_chunks::<T, A, 16>(slice, neutral, step, join),
        _ if is_float => fold_eights(slice, neutral, step, join),
        _ => slice.iter().fold(neutral, step),
    }
}

/// Whether these are floats, whose operations the compiler does not reorder.
pub fn is_float<A: 'static>() -> bool {
    [TypeId::of::<f64>(), TypeId::of::<f32>(), TypeId::of::<Complex<f64>>()].contains(&TypeId::of::<A>())
}

/// Tests all pairs of two slices of one length, in blocks, without a branch per element.
#[inline(always)]
pub fn all_in_blocks<T>(a: &[T], b: &[T], test: impl Fn(&T, &T) -> bool) -> bool {
    let mut blocks = a.chunks(64).zip(b.chunks(64));
    blocks.all(|(a, b)| a.iter().zip(b).fold(true, |all, (x, y)| all & test(x, y)))
}

/// Calls `f` with each slot and the element of a lane at its index.
#[inline(always)]
pub fn zip_lane<'a, S, T>(slots: &mut [S], lane: Lane<'a, T>, mut f: impl FnMut(&mut S, &'a T)) {
    if lane.stride == 2 {
        let (pairs, last) = lane.pairs();
        let (front, back) = slots.split_at_mut(pairs.len());
        front.iter_mut().zip(pairs).for_each(|(slot, pair)| f(slot, &pair[0]));
        back.iter_mut().zip(last).for_each(|(slot, x)| f(slot, x));
    } else {
        with_lane!(lane, elements => slots.iter_mut().zip(elements).for_each(|(slot, x)| f(slot, x)));
    }
}

/// Finds an element of a lane.
#[inline(always)]
pub fn position_in<T: PartialEq + Copy>(lane: Lane<'_, T>, wanted: T) -> Option<usize> {
    if lane.stride == 1 {
        // In blocks, without a branch per element.
        let has = |block: &[T]| block.iter().fold(false, |found, &x| found | (x == wanted));
        let first = 64 * lane.data.chunks(64).position(has)?;
        return lane.data[first..].iter().position(|&x| x == wanted).map(|at| first + at);
    }
    with_lane!(lane, elements => { let mut elements = elements; elements.position(|&x| x == wanted) })
}

#[inline(always)]
fn fold_eights<T, A: Copy>(
    slice: &[T],
    neutral: A,
    step: impl Fn(A, &T) -> A,
    join: impl Fn(A, A) -> A,
) -> A {
    let (chunks, rest) = slice.as_chunks::<8>();
    let mut folded = [neutral; 8];
    for chunk in chunks {
        (0..8).for_each(|k| folded[k] = step(folded[k], &chunk[k]));
    }
    let [a, b, c, d, e, f, g, h] = folded;
    let (front, back) = (join(join(a, e), join(c, g)), join(join(b, f), join(d, h)));
    join(join(front, back), rest.iter().fold(neutral, step))
}

#[inline(always)]
fn fold_chunks<T, A: Copy, const N: usize>(
    slice: &[T],
    neutral: A,
    step: impl Fn(A, &T) -> A,
    join: impl Fn(A, A) -> A,
) -> A {
    let (chunks, rest) = slice.as_chunks::<N>();
    let mut folded = [neutral; N];
    add_chunks(&mut folded, chunks, &step);
    let mut half = N / 2;
    while half > 0 {
        (0..half).for_each(|k| folded[k] = join(folded[k], folded[k + half]));
        half /= 2;
    }
    rest.iter().fold(folded[0], step)
}

/// Not inlined: together with the loop that combines the accumulators, the compiler would keep them
/// in memory.
#[inline(never)]
fn add_chunks<T, A: Copy, const N: usize>(
    folded: &mut [A; N],
    chunks: &[[T; N]],
    step: &impl Fn(A, &T) -> A,
) {
    for chunk in chunks {
        for k in 0..N {
            folded[k] = step(folded[k], &chunk[k]);
        }
    }
}
