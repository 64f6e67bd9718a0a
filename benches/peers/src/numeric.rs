//! Sums and maps of numbers, ours and those of ndarray, on the same elements.

use crate::interleaved::{Race, shared, touch_memory};
use crate::views::{Work, race, work};
use growable_nd::{Axis, AxisRange, View, ViewMut};
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, LinalgScalar, s};
use num_traits::Float;
use std::hint::black_box;

/// All races, passed on one by one.
pub fn run_all(run: &mut dyn FnMut(Race<'_>)) {
    run_matrix::<f64>("256×512 f64", [256, 512], 60, run);
    run_matrix::<f32>("512×512 f32", [512, 512], 60, run);
    run_matrix::<f64>("4096×4096 f64", [4096, 4096], 3, run);
    run_matrix::<f32>("8192×4096 f32", [8192, 4096], 3, run);
    run_matrix::<f64>("20000×20 f64", [20_000, 20], 60, run);
    run_matrix::<f64>("43690×3 f64", [43_690, 3], 60, run);
}

fn run_matrix<T: Float + LinalgScalar>(
    subject: &str,
    shape: [usize; 2],
    rounds: usize,
    run: &mut dyn FnMut(Race<'_>),
) {
    let len = shape[0] * shape[1];
    touch_memory(len * size_of::<T>() * 3);
    // Their sums are exact in any order.
    let flat: Vec<T> = (0..len).map(|i| T::from(i % 7).unwrap() - T::from(3).unwrap()).collect();
    let other = flat.clone();
    for work in sums(shape, &flat, &other).into_iter().chain(maps(shape, &flat)) {
        race(run, subject, rounds, work);
    }
}

fn sums<'a, T: Float + LinalgScalar>(shape: [usize; 2], flat: &'a [T], other: &'a [T]) -> Vec<Work<'a>> {
    let ours = black_box(View::from_slice(shape, flat).unwrap());
    let theirs = black_box(ArrayView2::from_shape(shape, flat).unwrap());
    // Two slices: of one with itself the compiler reads each element once.
    let lines = [flat, other].map(|flat| View::from_slice([flat.len()], flat).unwrap());
    let their_lines = [flat, other].map(ArrayView1::from);
    let half = (..).step(2);
    let every_other = ours.slice((half, half));
    let their_every_other = theirs.slice_move(s![..;2, ..;2]);
    let sum_axis = |axis: usize| {
        (
            move || float(ours.sum_axis(Axis(axis))[[1]]),
            move || float(theirs.sum_axis(ndarray::Axis(axis))[1]),
        )
    };
    let ((rows, their_rows), (columns, their_columns)) = (sum_axis(0), sum_axis(1));
    vec![
        work("`sum`", move || float(ours.sum()), move || float(theirs.sum())),
        work("transposed `sum`", move || float(ours.t().sum()), move || float(theirs.t().sum())),
        work(
            "`[..;2, ..;2]` `sum`",
            move || float(every_other.sum()),
            move || float(their_every_other.sum()),
        ),
        work("`sum_axis(Axis(0))`", rows, their_rows),
        work("`sum_axis(Axis(1))`", columns, their_columns),
        work(
            "`dot`",
            move || float(lines[0].dot(&lines[1]).unwrap()),
            move || float(their_lines[0].dot(&their_lines[1])),
        ),
    ]
}

fn maps<T: Float + LinalgScalar>(shape: [usize; 2], flat: &[T]) -> Vec<Work<'_>> {
    let ours = black_box(View::from_slice(shape, flat).unwrap());
    let theirs = black_box(ArrayView2::from_shape(shape, flat).unwrap());
    // Done again and again to the same elements, they are what they were, but for the sign.
    let (factor, half) = (black_box(-T::one()), T::from(0.5).unwrap());
    let ([mapped, their_mapped], [zipped, their_zipped]) = (shared(flat.to_vec()), shared(flat.to_vec()));
    vec![
        work(
            "`map`",
            move || float(ours.map(|&x| x * factor).as_slice()[2]),
            move || float(theirs.mapv(|x| x * factor)[[0, 2]]),
        ),
        work(
            "`map_in_place`",
            move || {
                let mut elements = mapped.borrow_mut();
                ViewMut::from_slice(shape, &mut elements).unwrap().map_in_place(|&x| x * factor);
                float(elements[2].abs())
            },
            move || {
                let mut elements = their_mapped.borrow_mut();
                ArrayViewMut2::from_shape(shape, &mut elements).unwrap().mapv_inplace(|x| x * factor);
                float(elements[2].abs())
            },
        ),
        work(
            "`zip_with_in_place`",
            move || {
                let mut elements = zipped.borrow_mut();
                let mut view = ViewMut::from_slice(shape, &mut elements).unwrap();
                view.zip_with_in_place(&ours, |&x, &y| (x + y) * half).unwrap();
                float(elements[2])
            },
            move || {
                let mut elements = their_zipped.borrow_mut();
                let mut view = ArrayViewMut2::from_shape(shape, &mut elements).unwrap();
                view.zip_mut_with(&theirs, |x, &y| *x = (*x + y) * half);
                float(elements[2])
            },
        ),
    ]
}

fn float<T: Float>(value: T) -> f64 {
    value.to_f64().unwrap()
}
