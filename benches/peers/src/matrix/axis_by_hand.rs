//! Reductions along an axis by hand: over the flat slice, in the order of memory.

use super::flat::{Flat, Lane, fold_lane, fold_slice, position_in, with_lane, zip_lane};
use super::number::{Number, beats, larger};
use super::subject::Subject2;
use std::ops::Add;

/// A matrix as lanes along the axis that is dense in memory, which is not always the last.
struct Lines<'a, T> {
    flat: Flat<'a, T>,
    count: usize,
    to_next: usize,
    len: usize,
    stride: isize,
    /// Whether the reduced axis lies along the lines, so that each line has one result.
    is_along: bool,
}

impl<'a, T> Lines<'a, T> {
    fn new(subject: &Subject2<'a, T>, axis: usize) -> Self {
        let flat = subject.flat;
        let ([_, rows, columns], [_, to_row, to_column]) = (flat.shape, flat.strides);
        let (count, to_next, len, stride, is_along) = if to_column.abs() <= to_row.abs() || to_row == 0 {
            (rows, to_row, columns, to_column, axis == 1)
        } else {
            (columns, to_column, rows, to_row, axis == 0)
        };
        Lines { flat, count, to_next: to_next.unsigned_abs(), len, stride, is_along }
    }

    fn line(&self, number: usize) -> Lane<'a, T> {
        let elements = (self.len - 1) * self.stride.unsigned_abs() + 1;
        let data = &self.flat.data[number * self.to_next..][..elements];
        Lane { data, stride: self.stride, len: self.len }
    }

    fn all(&self) -> impl Iterator<Item = Lane<'a, T>> {
        (0..self.count).map(|number| self.line(number))
    }

    /// Whether the lines are rows of this length without gaps.
    fn are_rows_of(&self, len: usize) -> bool {
        self.len == len && self.to_next == len && self.stride == 1
    }
}

/// Combines the elements along an axis: along lines in one pass per line, across lines with a row
/// of results that stays in the L1 cache. Rows of 3 and 8 elements have a loop of their own.
#[inline(always)]
pub fn by_hand<T: Copy, A: Copy + 'static>(
    subject: &Subject2<'_, T>,
    axis: usize,
    init: A,
    step: impl Fn(A, T) -> A,
    join: impl Fn(A, A) -> A,
) -> Vec<A> {
    let lines = Lines::new(subject, axis);
    match (lines.is_along, lines.are_rows_of(3), lines.are_rows_of(8)) {
        (true, true, _) => fold_rows::<T, A, 3>(lines.flat.data, init, step),
        (true, _, true) => fold_rows::<T, A, 8>(lines.flat.data, init, step),
        (true, ..) => lines.all().map(|line| fold_lane(line, init, |a, &x| step(a, x), &join)).collect(),
        (false, true, _) => fold_columns::<T, A, 3, 12>(lines.flat.data, init, step, join),
        (false, _, true) => fold_columns::<T, A, 8, 16>(lines.flat.data, init, step, join),
        (false, ..) => fold_across(&lines, init, step),
    }
}

#[inline(always)]
fn fold_rows<T: Copy, A: Copy, const LEN: usize>(data: &[T], init: A, step: impl Fn(A, T) -> A) -> Vec<A> {
    data.as_chunks::<LEN>().0.iter().map(|row| row.iter().fold(init, |a, &x| step(a, x))).collect()
}

/// Folds `N` elements, which are several rows, at a time.
#[inline(always)]
fn fold_columns<T: Copy, A: Copy, const LEN: usize, const N: usize>(
    data: &[T],
    init: A,
    step: impl Fn(A, T) -> A,
    join: impl Fn(A, A) -> A,
) -> Vec<A> {
    let (chunks, rest) = data.as_chunks::<N>();
    let mut folded = [init; N];
    for chunk in chunks {
        (0..N).for_each(|k| folded[k] = step(folded[k], chunk[k]));
    }
    folded.iter_mut().zip(rest).for_each(|(a, &x)| *a = step(*a, x));
    (0..LEN).map(|column| folded.iter().skip(column).step_by(LEN).fold(init, |a, &b| join(a, b))).collect()
}

#[inline(always)]
fn fold_across<T: Copy, A: Copy>(lines: &Lines<'_, T>, init: A, step: impl Fn(A, T) -> A) -> Vec<A> {
    let (mut folded, mut first) = (vec![init; lines.len], 0);
    // Four lines at a time: the results are read and written a quarter as often.
    while lines.stride == 1 && first + 4 <= lines.count {
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| lines.line(first + k).data);
        for ((((to, &a), &b), &c), &d) in folded.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *to = step(step(step(step(*to, a), b), c), d);
        }
        first += 4;
    }
    for line in lines.all().skip(first) {
        zip_lane(&mut folded, line, |a, &x| *a = step(*a, x));
    }
    folded
}

/// Folds in the order of the elements, as the closure of a fold requires.
pub fn fold_in_order<T: Number>(subject: &Subject2<'_, T>, axis: usize) -> Vec<T> {
    let lines = Lines::new(subject, axis);
    if lines.is_along {
        let sum =
            |line: Lane<'_, T>| with_lane!(line, elements => elements.fold(T::zero(), |sum, &x| sum + x));
        return lines.all().map(sum).collect();
    }
    fold_across(&lines, T::zero(), |sum, x| sum + x)
}

pub fn cumulative_by_hand<T: Number>(subject: &Subject2<'_, T>, axis: usize) -> Vec<T> {
    let mut sums = subject.flat.map(|&x| x);
    let columns = subject.flat.shape[2];
    if axis == 0 {
        for row in 1..subject.flat.shape[1] {
            let (before, own) = sums.split_at_mut(row * columns);
            let before = &before[(row - 1) * columns..];
            own[..columns].iter_mut().zip(before).for_each(|(x, &before)| *x = before + *x);
        }
    } else {
        for row in sums.chunks_exact_mut(columns) {
            let mut sum = T::zero();
            for x in row {
                sum = sum + *x;
                *x = sum;
            }
        }
    }
    sums
}

/// Finds the maximum: along lines first the value and then its position, across lines and in short
/// ones both at once.
pub fn argmax_by_hand<T: Number + PartialOrd>(subject: &Subject2<'_, T>, axis: usize) -> Vec<usize> {
    let lines = Lines::new(subject, axis);
    if !lines.is_along {
        // Values and positions in separate vectors can be vectorized.
        let mut best: Vec<T> = with_lane!(lines.line(0), elements => elements.copied().collect());
        let mut places = vec![0; lines.len];
        for (number, line) in lines.all().enumerate().skip(1) {
            let replace = |best: &mut T, place: &mut usize, x: T| {
                let is_better = beats(x, *best);
                *place = if is_better { number } else { *place };
                *best = if is_better { x } else { *best };
            };
            if line.stride == 2 {
                let (pairs, last) = line.pairs();
                let slots = best.iter_mut().zip(&mut places);
                slots.zip(pairs).for_each(|((best, place), pair)| replace(best, place, pair[0]));
                last.iter().for_each(|&x| replace(&mut best[pairs.len()], &mut places[pairs.len()], x));
                continue;
            }
            with_lane!(line, elements => {
                let slots = best.iter_mut().zip(&mut places);
                slots.zip(elements).for_each(|((best, place), &x)| replace(best, place, x));
            });
        }
        return places;
    }
    let place = |line: Lane<'_, T>| {
        if line.stride == 1 && line.len < 16 {
            let better = |at, k| if beats(line.data[k], line.data[at]) { k } else { at };
            return (1..line.len).fold(0, better);
        }
        let max = fold_lane(line, line.data[0], |max, &x| larger(max, x), larger);
        position_in(line, max).unwrap_or(0)
    };
    lines.all().map(place).collect()
}

/// Computes the variances of lanes with these means.
pub fn variances(subject: &Subject2<'_, f64>, axis: usize, means: &[f64]) -> Vec<f64> {
    let lines = Lines::new(subject, axis);
    let count = subject.flat.shape[1 + axis] as f64;
    let square = |x: f64, mean: f64| (x - mean) * (x - mean);
    if lines.is_along {
        let of_line = |(line, &mean): (Lane<'_, f64>, &f64)| {
            fold_lane(line, 0.0, |sum, &x| sum + square(x, mean), Add::add) / count
        };
        return lines.all().zip(means).map(of_line).collect();
    }
    let mut sums = vec![0.0; lines.len];
    for line in lines.all() {
        if line.stride == 2 {
            let (pairs, last) = line.pairs();
            let slots = sums.iter_mut().zip(means);
            slots.zip(pairs).for_each(|((sum, &mean), pair)| *sum += square(pair[0], mean));
            last.iter().for_each(|&x| sums[pairs.len()] += square(x, means[pairs.len()]));
            continue;
        }
        with_lane!(line, elements => {
            for ((sum, &x), &mean) in sums.iter_mut().zip(elements).zip(means) {
                *sum += square(x, mean);
            }
        });
    }
    sums.into_iter().map(|sum| sum / count).collect()
}

/// Multiplies two matrices of one layout, and sums the products along an axis.
pub fn dot_axis_by_hand(subject: &Subject2<'_, f64>, other: &Subject2<'_, f64>, axis: usize) -> Vec<f64> {
    let (lines, others) = (Lines::new(subject, axis), Lines::new(other, axis));
    if lines.is_along {
        let dot = |(a, b): (Lane<'_, f64>, Lane<'_, f64>)| match a.stride {
            1 | -1 => dot_slices(a.data, b.data),
            2 => {
                let ((a, last), (b, other_last)) = (a.pairs(), b.pairs());
                let rest = last.iter().zip(other_last).fold(0.0, |sum, (x, y)| sum + x * y);
                let mut sums = [0.0; 8];
                let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
                for (a, b) in a.iter().zip(b) {
                    (0..8).for_each(|k| sums[k] += a[k][0] * b[k][0]);
                }
                let rest = a_rest.iter().zip(b_rest).fold(rest, |sum, (x, y)| sum + x[0] * y[0]);
                sums.into_iter().fold(rest, Add::add)
            }
            0 => (0..a.len).fold(0.0, |sum, _| sum + a.data[0] * b.data[0]),
            _ => a.stepped().zip(b.stepped()).fold(0.0, |sum, (x, y)| sum + x * y),
        };
        return lines.all().zip(others.all()).map(dot).collect();
    }
    let mut sums = vec![0.0; lines.len];
    for (a, b) in lines.all().zip(others.all()) {
        match a.stride {
            2 => {
                let ((a, last), (b, other_last)) = (a.pairs(), b.pairs());
                let (front, back) = sums.split_at_mut(a.len());
                front.iter_mut().zip(a).zip(b).for_each(|((sum, x), y)| *sum += x[0] * y[0]);
                back.iter_mut().zip(last).zip(other_last).for_each(|((sum, x), y)| *sum += x * y);
            }
            _ => with_lane!(a, xs => with_lane!(b, ys => {
                sums.iter_mut().zip(xs).zip(ys).for_each(|((sum, x), y)| *sum += x * y);
            })),
        }
    }
    sums
}

/// Multiplies two slices of one length, with several accumulators as in `fold_slice`.
#[inline(always)]
pub fn dot_slices<T: Number>(a: &[T], b: &[T]) -> T {
    if a.len() < 16 || size_of::<T>() == 1 {
        return a.iter().zip(b).fold(T::zero(), |sum, (&x, &y)| sum + x * y);
    }
    match (size_of::<T>(), a.len()) {
        (4, 256..) => dot_chunks::<T, 32>(a, b),
        (4 | 8, 128..) => dot_chunks::<T, 16>(a, b),
        _ => dot_chunks::<T, 8>(a, b),
    }
}

#[inline(always)]
fn dot_chunks<T: Number, const N: usize>(a: &[T], b: &[T]) -> T {
    let ((a, rest), (b, other_rest)) = (a.as_chunks::<N>(), b.as_chunks::<N>());
    let rest = rest.iter().zip(other_rest).fold(T::zero(), |sum, (&x, &y)| sum + x * y);
    if a.is_empty() {
        return rest;
    }
    let mut sums = [T::zero(); N];
    for (a, b) in a.iter().zip(b) {
        for k in 0..N {
            sums[k] = sums[k] + a[k] * b[k];
        }
    }
    sums.into_iter().fold(rest, Add::add)
}

/// Combines the elements along one of three axes, lane by lane in the order of memory.
#[inline(always)]
pub fn volume_by_hand<T: Copy, A: Copy + 'static>(
    flat: Flat<'_, T>,
    axis: usize,
    init: A,
    step: impl Fn(A, T) -> A,
    join: impl Fn(A, A) -> A,
) -> Vec<A> {
    // The places of results, which are row-major.
    let (mut places, mut count) = ([0; 3], 1);
    for kept in (0..3).rev().filter(|&kept| kept != axis) {
        places[kept] = count;
        count *= flat.shape[kept];
    }
    let mut axes = [0, 1, 2];
    // An axis of one element is nowhere dense.
    axes.sort_by_key(|&axis| if flat.shape[axis] == 1 { isize::MIN } else { -flat.strides[axis] });
    let part = |axis: usize| (flat.shape[axis], flat.strides[axis].unsigned_abs(), places[axis]);
    let [slow, mut middle, mut dense] = axes.map(part);
    // Two kept axes without gaps in elements and results are one; the reduced axis has place 0.
    if dense.2 == 1 && (middle.1, middle.2) == (dense.0, dense.0) {
        (middle, dense) = ((1, 0, 0), (middle.0 * dense.0, 1, 1));
    }
    let mut folded = vec![init; count];
    for i in 0..slow.0 {
        for j in 0..middle.0 {
            let lane = &flat.data[i * slow.1 + j * middle.1..][..dense.0];
            let out = &mut folded[i * slow.2 + j * middle.2..];
            match dense.2 {
                0 => out[0] = join(out[0], fold_slice(lane, init, |a, &x| step(a, x), &join)),
                1 => out.iter_mut().zip(lane).for_each(|(a, &x)| *a = step(*a, x)),
                place => lane.iter().enumerate().for_each(|(k, &x)| out[k * place] = step(out[k * place], x)),
            }
        }
    }
    folded
}
