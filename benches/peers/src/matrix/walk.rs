//! Iteration over elements: iterators of views, used in each way.

use super::cell::Target;
use super::element::Element;
use super::flat::{Flat, for_every_other, with_lane};
use super::number::Number;
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2, LAYOUTS, Subject, Subject2, l2_shape};
use growable_nd::{AxisRange, GrowableNd, ViewMut};
use ndarray::{ArrayViewMut2, Dimension, s};
use num_complex::Complex;

pub fn run(matrix: &mut Matrix) {
    matrix.group("walk");
    for subject in Elements::<f64, 2>::new(L2, l2_shape::<f64>()).layouts(&LAYOUTS) {
        sums(matrix, &subject);
        searches(matrix, &subject);
        indexed(matrix, &subject);
    }
    for subject in Elements::<f64, 3>::new(L2, [64, 32, 64]).orders() {
        sums(matrix, &subject);
        searches(matrix, &subject);
    }
    indexed_volume(matrix);
    for (size, shape) in [("rows of 3", [40_000, 3]), ("3×3", [3, 3]), ("8×8", [8, 8])] {
        for subject in Elements::<f64, 2>::new(size, shape).layouts(&["contiguous", "transposed", "sliced"]) {
            sums(matrix, &subject);
            indexed(matrix, &subject);
        }
    }
    let types = ["contiguous", "transposed", "stepped"];
    walk_types::<f32>(matrix, &types);
    walk_types::<i32>(matrix, &types);
    walk_types::<u8>(matrix, &types);
    walk_types::<Complex<f64>>(matrix, &["contiguous"]);
    bits(matrix, &types);
    for subject in Elements::<String, 2>::new("64×64", [64, 64]).layouts(&types) {
        texts(matrix, &subject);
    }
    writes(matrix);
    if matrix.has_memory() {
        for subject in Elements::<f64, 2>::new(MEMORY, [2048, 4096]).layouts(&types) {
            sums(matrix, &subject);
        }
    }
}

fn walk_types<T: Number>(matrix: &mut Matrix, layouts: &[&str]) {
    for subject in Elements::<T, 2>::new(L2, l2_shape::<T>()).layouts(layouts) {
        sums(matrix, &subject);
        searches(matrix, &subject);
    }
}

/// Sums in a `for` loop, which calls `next` for each element.
#[inline(always)]
fn sum_in_loop<'a, T: Number>(elements: impl IntoIterator<Item = &'a T>) -> T {
    let mut sum = T::zero();
    for &x in elements {
        sum = sum + x;
    }
    sum
}

fn sums<T: Number, const N: usize, D: Dimension>(matrix: &mut Matrix, subject: &Subject<'_, T, N, D>) {
    let Subject { ours, theirs, flat, place, .. } = subject;
    let by_hand = |flat: &Flat<'_, T>| {
        let mut sum = T::zero();
        flat.for_each(|&x| sum = sum + x);
        sum
    };
    matrix
        .cell("for x in view", *place)
        .ours(|| sum_in_loop(ours))
        .hand(|| by_hand(flat))
        .ndarray(|| sum_in_loop(theirs))
        .run();
    matrix
        .cell("iter().fold()", *place)
        .ours(|| ours.iter().fold(T::zero(), |sum, &x| sum + x))
        .hand(|| by_hand(flat))
        .ndarray(|| theirs.iter().fold(T::zero(), |sum, &x| sum + x))
        .run();
    matrix
        .cell("iter().rev() in for", *place)
        .ours(|| sum_in_loop(ours.iter().rev()))
        .hand(|| {
            let mut sum = T::zero();
            flat.for_each_reversed(|&x| sum = sum + x);
            sum
        })
        .run();
}

fn searches<T: Number, const N: usize, D: Dimension>(matrix: &mut Matrix, subject: &Subject<'_, T, N, D>) {
    let Subject { ours, theirs, flat, place, .. } = subject;
    let none = std::hint::black_box((0..9).fold(T::one(), |x, _| x + T::one()));
    let by_hand = || {
        let mut before = 0;
        for lane in flat.merged().lanes() {
            let found = with_lane!(lane, elements => {
                let mut elements = elements;
                elements.position(|&x| x == none)
            });
            if let Some(at) = found {
                return Some(before + at);
            }
            before += lane.len;
        }
        None
    };
    matrix
        .cell("iter().position()", *place)
        .ours(|| ours.iter().position(|&x| x == none))
        .hand(by_hand)
        .ndarray(|| theirs.iter().position(|&x| x == none))
        .run();
    matrix
        .cell("iter().any()", *place)
        .ours(|| ours.iter().any(|&x| x == none))
        .hand(|| by_hand().is_some())
        .ndarray(|| theirs.iter().any(|&x| x == none))
        .run();
    matrix
        .cell("iter().collect()", *place)
        .ours(|| ours.iter().copied().collect::<Vec<T>>())
        .hand(|| flat.map(|&x| x))
        .ndarray(|| theirs.iter().copied().collect::<Vec<T>>())
        .run();
    matrix
        .cell("zip of two in for", *place)
        .ours(|| {
            let mut sum = T::zero();
            for (&x, &y) in ours.iter().zip(ours) {
                sum = sum + x * y;
            }
            sum
        })
        .hand(|| {
            let mut sum = T::zero();
            let flat = flat.merged();
            for (a, b) in flat.lanes().zip(std::hint::black_box(flat).lanes()) {
                if a.stride == 2 {
                    let ((a, last), (b, other_last)) = (a.pairs(), b.pairs());
                    a.iter().zip(b).for_each(|(x, y)| sum = sum + x[0] * y[0]);
                    last.iter().zip(other_last).for_each(|(&x, &y)| sum = sum + x * y);
                } else {
                    with_lane!(a, xs => with_lane!(b, ys => {
                        xs.zip(ys).for_each(|(&x, &y)| sum = sum + x * y);
                    }));
                }
            }
            sum
        })
        .ndarray(|| {
            let mut sum = T::zero();
            for (&x, &y) in theirs.iter().zip(theirs) {
                sum = sum + x * y;
            }
            sum
        })
        .run();
    let (skipped, taken) = (ours.len() / 3, ours.len() / 2);
    matrix
        .cell("iter().skip().take()", *place)
        .ours(|| sum_in_loop(ours.iter().skip(skipped).take(taken)))
        .hand(|| {
            let (mut sum, mut before) = (T::zero(), 0);
            for lane in flat.merged().lanes() {
                // The part of this lane that lies in `skipped..skipped + taken`.
                let from = skipped.saturating_sub(before).min(lane.len);
                let to = (skipped + taken).saturating_sub(before).min(lane.len);
                with_lane!(lane, elements => {
                    elements.skip(from).take(to - from).for_each(|&x| sum = sum + x);
                });
                before += lane.len;
            }
            sum
        })
        .ndarray(|| sum_in_loop(theirs.iter().skip(skipped).take(taken)))
        .run();
    matrix
        .cell("iter().step_by(3)", *place)
        .ours(|| sum_in_loop(ours.iter().step_by(3)))
        .hand(|| {
            let (mut sum, mut from) = (T::zero(), 0);
            for lane in flat.merged().lanes() {
                let stride = lane.stride;
                let at = |k: usize| if stride < 0 { lane.len - 1 - k } else { k } * stride.unsigned_abs();
                (from..lane.len).step_by(3).for_each(|k| sum = sum + lane.data[at(k)]);
                from = (from + 3 - lane.len % 3) % 3;
            }
            sum
        })
        .ndarray(|| sum_in_loop(theirs.iter().step_by(3)))
        .run();
}

fn indexed(matrix: &mut Matrix, subject: &Subject2<'_, f64>) {
    let Subject { ours, theirs, flat, place, .. } = subject;
    let by_hand = || {
        let mut sum = 0.0;
        for (i, lane) in flat.lanes().enumerate() {
            with_lane!(lane, elements => {
                for (j, x) in elements.enumerate() {
                    sum += x * (i + 2 * j) as f64;
                }
            });
        }
        sum
    };
    matrix
        .cell("indexed_iter() in for", *place)
        .ours(|| {
            let mut sum = 0.0;
            for ([i, j], x) in ours.indexed_iter() {
                sum += x * (i + 2 * j) as f64;
            }
            sum
        })
        .hand(by_hand)
        .ndarray(|| {
            let mut sum = 0.0;
            for ((i, j), x) in theirs.indexed_iter() {
                sum += x * (i + 2 * j) as f64;
            }
            sum
        })
        .run();
    matrix
        .cell("indexed_iter().map().sum()", *place)
        .ours(|| ours.indexed_iter().map(|([i, j], x)| x * (i + 2 * j) as f64).sum::<f64>())
        .hand(by_hand)
        .ndarray(|| theirs.indexed_iter().map(|((i, j), x)| x * (i + 2 * j) as f64).sum::<f64>())
        .run();
}

fn indexed_volume(matrix: &mut Matrix) {
    let elements = Elements::<f64, 3>::new(L2, [64, 32, 64]);
    let Subject { ours, theirs, flat, place, .. } = &elements.contiguous();
    let shape = ours.shape();
    matrix
        .cell("indexed_iter() in for", *place)
        .ours(|| {
            let mut sum = 0.0;
            for ([i, j, k], x) in ours.indexed_iter() {
                sum += x * (i + 2 * j + 3 * k) as f64;
            }
            sum
        })
        .hand(|| {
            let mut sum = 0.0;
            for (line, lane) in flat.lanes().enumerate() {
                let (i, j) = (line / shape[1], line % shape[1]);
                for (k, x) in lane.data.iter().enumerate() {
                    sum += x * (i + 2 * j + 3 * k) as f64;
                }
            }
            sum
        })
        .ndarray(|| {
            let mut sum = 0.0;
            for ((i, j, k), x) in theirs.indexed_iter() {
                sum += x * (i + 2 * j + 3 * k) as f64;
            }
            sum
        })
        .run();
}

/// Operations that the compiler can vectorize over a slice. All keep the order of indices; the sums
/// of the group `reduce` need not.
fn bits(matrix: &mut Matrix, layouts: &[&str]) {
    for subject in Elements::<u64, 2>::new(L2, l2_shape::<u64>()).layouts(layouts) {
        let Subject { ours, theirs, flat, place, .. } = &subject;
        let by_hand = |f: fn(u64, u64) -> u64| {
            let mut folded = 0;
            flat.for_each(|&x| folded = f(folded, x));
            folded
        };
        matrix
            .cell("xor in for", *place)
            .ours(|| {
                let mut all = 0;
                for x in ours {
                    all ^= x;
                }
                all
            })
            .hand(|| by_hand(|all, x| all ^ x))
            .ndarray(|| {
                let mut all = 0;
                for x in theirs {
                    all ^= x;
                }
                all
            })
            .run();
        matrix
            .cell("iter().sum()", *place)
            .ours(|| ours.iter().sum::<u64>())
            .hand(|| by_hand(|sum, x| sum + x))
            .ndarray(|| theirs.iter().sum::<u64>())
            .run();
    }
}

fn texts(matrix: &mut Matrix, subject: &Subject2<'_, String>) {
    let Subject { ours, theirs, flat, place, .. } = subject;
    matrix
        .cell("lengths in for", *place)
        .ours(|| {
            let mut sum = 0;
            for text in ours {
                sum += text.len();
            }
            sum
        })
        .hand(|| {
            let mut sum = 0;
            flat.for_each(|text| sum += text.len());
            sum
        })
        .ndarray(|| {
            let mut sum = 0;
            for text in theirs {
                sum += text.len();
            }
            sum
        })
        .run();
}

/// Iteration that writes: arrays row by row, views element by element.
fn writes(matrix: &mut Matrix) {
    let elements = Elements::<f64, 2>::new(L2, l2_shape::<f64>());
    let (shape, columns) = (elements.shape, elements.shape[1]);
    let target = Target::new(elements.flat.clone());
    let half = (..).step(2);
    matrix
        .cell("for_each_mut", [f64::NAME, "transposed", L2])
        .ours_on(&target, |target| {
            ViewMut::from_slice(shape, target).expect("one shape").t().for_each_mut(|x| *x = 1.0 - *x);
        })
        .hand_on(&target, |target| target.iter_mut().for_each(|x| *x = 1.0 - *x))
        .ndarray_on(&target, |target| {
            let view = ArrayViewMut2::from_shape(shape, target).expect("one shape");
            view.reversed_axes().mapv_inplace(|x| 1.0 - x);
        })
        .run();
    matrix
        .cell("for_each_mut", [f64::NAME, "stepped", L2])
        .ours_on(&target, |target| {
            let view = ViewMut::from_slice(shape, target).expect("one shape");
            view.slice((half, half)).for_each_mut(|x| *x = 1.0 - *x);
        })
        .hand_on(&target, |target| {
            for row in target.chunks_exact_mut(columns).step_by(2) {
                for_every_other(row, |x| *x = 1.0 - *x);
            }
        })
        .ndarray_on(&target, |target| {
            let mut view = ArrayViewMut2::from_shape(shape, target).expect("one shape");
            view.slice_mut(s![..;2, ..;2]).iter_mut().for_each(|x| *x = 1.0 - *x);
        })
        .run();
    let theirs = elements.contiguous().theirs.to_owned();
    matrix
        .cell("iter_rows_mut()", [f64::NAME, "contiguous", L2])
        .ours_with(elements.contiguous().ours.to_owned_array(), |array: &mut GrowableNd<f64>| {
            array.iter_rows_mut().for_each(|row| row[1] = row[0] + 1.0);
        })
        .hand_with(elements.flat.clone(), move |flat| {
            flat.chunks_exact_mut(columns).for_each(|row| row[1] = row[0] + 1.0);
        })
        .ndarray_with(theirs, |array| {
            array.outer_iter_mut().for_each(|mut row| row[1] = row[0] + 1.0);
        })
        .run();
}
