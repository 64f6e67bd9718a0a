//! Reductions along an axis by hand: over the flat slice, in the order of memory.

use super::flat::with_lane;
use super::reduce::{Number, beats, larger};
use super::subject::Subject2;

/// Combines the elements along an axis with a hand-written loop: along rows in one pass per row,
/// along columns with a row of results that stays in the L1 cache.
#[inline(always)]
pub fn by_hand<T: Copy, A: Copy>(
    subject: &Subject2<'_, T>,
    axis: usize,
    init: A,
    step: impl Fn(A, T) -> A,
    join: impl Fn(A, A) -> A,
) -> Vec<A> {
    let flat = subject.flat;
    let ([_, rows, columns], [_, to_row, to_column]) = (flat.shape, flat.strides);
    // The loops follow the axis that is dense in memory, not always the last.
    let (outer, inner, to_outer, to_inner, is_along_inner) = if to_column.abs() <= to_row.abs() || to_row == 0
    {
        (rows, columns, to_row, to_column, axis == 1)
    } else {
        (columns, rows, to_column, to_row, axis == 0)
    };
    let begin = if to_inner < 0 { (inner - 1) * to_inner.unsigned_abs() } else { 0 };
    let line =
        |k: usize| &flat.data[k * to_outer.unsigned_abs()..][..(inner - 1) * to_inner.unsigned_abs() + 1];
    let inner_step = to_inner.unsigned_abs();
    if is_along_inner {
        // The compared results do not depend on the order of the elements in a line.
        return (0..outer).map(|k| fold_line(line(k), inner_step, init, &step, &join)).collect();
    }
    let mut folded = vec![init; inner];
    for k in 0..outer {
        let line = line(k);
        match inner_step {
            1 if begin == 0 => folded.iter_mut().zip(line).for_each(|(a, &x)| *a = step(*a, x)),
            1 => folded.iter_mut().zip(line.iter().rev()).for_each(|(a, &x)| *a = step(*a, x)),
            2 => folded.iter_mut().zip(line.chunks(2)).for_each(|(a, pair)| *a = step(*a, pair[0])),
            other => folded.iter_mut().zip(line.chunks(other)).for_each(|(a, chunk)| *a = step(*a, chunk[0])),
        }
    }
    folded
}

/// Uses eight accumulators for lines without gaps that are long enough.
#[inline(always)]
fn fold_line<T: Copy, A: Copy>(
    line: &[T],
    stride: usize,
    init: A,
    step: impl Fn(A, T) -> A,
    join: impl Fn(A, A) -> A,
) -> A {
    if stride != 1 {
        return line.chunks(stride).fold(init, |folded, chunk| step(folded, chunk[0]));
    }
    if line.len() < 16 {
        return line.iter().fold(init, |folded, &x| step(folded, x));
    }
    let (chunks, rest) = line.as_chunks::<8>();
    let mut folded = [init; 8];
    for chunk in chunks {
        for (folded, &x) in folded.iter_mut().zip(chunk) {
            *folded = step(*folded, x);
        }
    }
    folded.into_iter().fold(rest.iter().fold(init, |folded, &x| step(folded, x)), join)
}

/// Folds in the order of the elements, as the closure of a fold requires.
pub fn fold_in_order<T: Number>(subject: &Subject2<'_, T>, axis: usize) -> Vec<T> {
    let [_, rows, columns] = subject.flat.shape;
    if axis == 0 && subject.flat.strides[2].abs() <= 2 {
        return by_hand(subject, axis, T::zero(), |sum, x| sum + x, |a, b| a + b);
    }
    let [_, to_row, to_column] = subject.flat.strides;
    let (lines, len, to_line, step) =
        if axis == 0 { (columns, rows, to_column, to_row) } else { (rows, columns, to_row, to_column) };
    let step = step.unsigned_abs();
    (0..lines)
        .map(|line| {
            let line = &subject.flat.data[line * to_line.unsigned_abs()..][..(len - 1) * step + 1];
            match step {
                0 => (0..len).fold(T::zero(), |sum, _| sum + line[0]),
                1 => line.iter().fold(T::zero(), |sum, &x| sum + x),
                step => line.chunks(step).fold(T::zero(), |sum, chunk| sum + chunk[0]),
            }
        })
        .collect()
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

/// Finds the maximum: along rows first the value and then its position, along columns both at once.
pub fn argmax_by_hand<T: Number + PartialOrd>(subject: &Subject2<'_, T>, axis: usize) -> Vec<usize> {
    let flat = subject.flat;
    let ([_, rows, columns], [_, to_row, to_column]) = (flat.shape, flat.strides);
    let begin = if to_column < 0 { (columns - 1) * to_column.unsigned_abs() } else { 0 };
    let at = |i: usize, j: usize| (begin as isize + i as isize * to_row + j as isize * to_column) as usize;
    if axis == 1 && to_column == 1 {
        return (0..rows)
            .map(|i| {
                let line = &flat.data[at(i, 0)..][..columns];
                let max = fold_line(line, 1, line[0], larger, larger);
                line.iter().position(|&x| x == max).unwrap_or(0)
            })
            .collect();
    }
    if axis == 0 && to_column.abs() <= to_row.abs() {
        // Values and positions in separate vectors can be vectorized.
        let mut best: Vec<T> = (0..columns).map(|j| flat.data[at(0, j)]).collect();
        let mut places = vec![0; columns];
        for i in 1..rows {
            for (j, (best, place)) in best.iter_mut().zip(&mut places).enumerate() {
                let x = flat.data[at(i, j)];
                let is_better = beats(x, *best);
                *place = if is_better { i } else { *place };
                *best = if is_better { x } else { *best };
            }
        }
        return places;
    }
    let (lines, len) = if axis == 0 { (columns, rows) } else { (rows, columns) };
    let at = |line, k| if axis == 0 { at(k, line) } else { at(line, k) };
    let better = |line, best: usize, k| {
        if beats(flat.data[at(line, k)], flat.data[at(line, best)]) { k } else { best }
    };
    (0..lines).map(|line| (1..len).fold(0, |best, k| better(line, best, k))).collect()
}

/// Computes the variances of lanes with these means.
pub fn variances(subject: &Subject2<'_, f64>, axis: usize, means: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; means.len()];
    let count = subject.flat.shape[1 + axis] as f64;
    let is_along_memory = subject.flat.strides[2].abs() == 1;
    for (i, lane) in subject.flat.lanes().enumerate() {
        let step = lane.stride.unsigned_abs().max(1);
        match axis {
            1 => {
                let square = |sum, x: f64| sum + (x - means[i]) * (x - means[i]);
                sums[i] = if lane.stride == 0 {
                    (0..lane.len).fold(0.0, |sum, _| square(sum, lane.data[0]))
                } else {
                    fold_line(lane.data, step, 0.0, square, |a, b| a + b)
                };
            }
            _ if is_along_memory && lane.stride > 0 => {
                for ((sum, &x), mean) in sums.iter_mut().zip(lane.data).zip(means) {
                    *sum += (x - mean) * (x - mean);
                }
            }
            _ => with_lane!(lane, elements => {
                for ((sum, &x), mean) in sums.iter_mut().zip(elements).zip(means) {
                    *sum += (x - mean) * (x - mean);
                }
            }),
        }
    }
    sums.into_iter().map(|sum| sum / count).collect()
}
