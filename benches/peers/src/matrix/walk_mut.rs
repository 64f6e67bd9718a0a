//! Iteration over the elements of mutable views, and over their parts.

use super::cell::Target;
use super::flat::for_every_other;
use super::number::Number;
use super::run::Matrix;
use super::subject::{Elements, L2, l2_shape};
use growable_nd::{Axis, AxisRange, ViewMut};
use ndarray::{ArrayViewMut2, ArrayViewMut3, s};

pub fn run(matrix: &mut Matrix) {
    matrix.group("walk_mut");
    for layout in ["contiguous", "sliced", "stepped"] {
        elements::<f64>(matrix, layout, L2, l2_shape::<f64>());
    }
    elements::<u8>(matrix, "contiguous", L2, l2_shape::<u8>());
    elements::<f64>(matrix, "sliced", "rows of 3", [32_768, 4]);
    elements::<f64>(matrix, "contiguous", "3×3", [3, 3]);
    for (size, shape) in [("3×3", [3, 3]), ("rows of 3", [40_000, 3]), (L2, [256, 512])] {
        parts(matrix, size, shape);
    }
    planes(matrix);
}

fn ours<'a, T>(shape: [usize; 2], layout: &str, target: &'a mut [T]) -> ViewMut<'a, T, 2> {
    let view = ViewMut::from_slice(shape, target).expect("one shape");
    match layout {
        "sliced" => view.slice((.., ..part(shape[1]))),
        "stepped" => view.slice(((..).step(2), (..).step(2))),
        _ => view,
    }
}

fn theirs<'a, T>(shape: [usize; 2], layout: &str, target: &'a mut [T]) -> ArrayViewMut2<'a, T> {
    let view = ArrayViewMut2::from_shape(shape, target).expect("one shape");
    match layout {
        "sliced" => view.slice_move(s![.., ..part(shape[1])]),
        "stepped" => view.slice_move(s![..;2, ..;2]),
        _ => view,
    }
}

/// The number of columns of the layout `sliced`.
fn part(columns: usize) -> usize {
    columns - columns.div_ceil(4)
}

/// Calls `f` with the index of each element and with the element.
#[inline(always)]
fn by_hand<T>(shape: [usize; 2], layout: &str, target: &mut [T], mut f: impl FnMut(usize, usize, &mut T)) {
    let rows = target.chunks_exact_mut(shape[1]);
    match layout {
        "sliced" => rows.enumerate().for_each(|(i, row)| {
            row[..part(shape[1])].iter_mut().enumerate().for_each(|(j, x)| f(i, j, x));
        }),
        "stepped" => rows.step_by(2).enumerate().for_each(|(i, row)| {
            let mut column = 0;
            for_every_other(row, |x| {
                f(i, column, x);
                column += 1;
            });
        }),
        _ => rows.enumerate().for_each(|(i, row)| {
            row.iter_mut().enumerate().for_each(|(j, x)| f(i, j, x));
        }),
    }
}

fn elements<T: Number>(matrix: &mut Matrix, layout: &str, size: &str, shape: [usize; 2]) {
    let Elements { flat, shape, .. } = Elements::<T, 2>::new(size, shape);
    let target = Target::new(flat);
    let place = [T::NAME, layout, size];
    let one = T::one();
    matrix
        .cell("for x in &mut view", place)
        .ours_on(&target, |target| {
            for x in &mut ours(shape, layout, target) {
                *x = one - *x;
            }
        })
        .hand_on(&target, |target| match layout {
            "contiguous" => target.iter_mut().for_each(|x| *x = one - *x),
            _ => by_hand(shape, layout, target, |_, _, x| *x = one - *x),
        })
        .ndarray_on(&target, |target| {
            for x in &mut theirs(shape, layout, target) {
                *x = one - *x;
            }
        })
        .run();
    matrix
        .cell("iter_mut().for_each()", place)
        .ours_on(&target, |target| ours(shape, layout, target).iter_mut().for_each(|x| *x = one - *x))
        .hand_on(&target, |target| match layout {
            "contiguous" => target.iter_mut().for_each(|x| *x = one - *x),
            _ => by_hand(shape, layout, target, |_, _, x| *x = one - *x),
        })
        .ndarray_on(&target, |target| theirs(shape, layout, target).iter_mut().for_each(|x| *x = one - *x))
        .run();
    matrix
        .cell("indexed_iter_mut() in for", place)
        .ours_on(&target, |target| {
            for ([i, j], x) in ours(shape, layout, target).indexed_iter_mut() {
                *x = if i == j { one } else { one - *x };
            }
        })
        .hand_on(&target, |target| {
            by_hand(shape, layout, target, |i, j, x| *x = if i == j { one } else { one - *x });
        })
        .ndarray_on(&target, |target| {
            for ((i, j), x) in theirs(shape, layout, target).indexed_iter_mut() {
                *x = if i == j { one } else { one - *x };
            }
        })
        .run();
}

/// Rows and columns.
fn parts(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let Elements { flat, shape, .. } = Elements::<f64, 2>::new(size, shape);
    let columns = shape[1];
    let target = Target::new(flat);
    let place = ["f64", "contiguous", size];
    matrix
        .cell("for_each_axis_mut(Axis(0)), row.fill()", place)
        .ours_on(&target, |target| {
            let mut view = ours(shape, "contiguous", target);
            view.for_each_axis_mut::<1>(Axis(0), |mut row| row.fill(1.0));
        })
        .hand_on(&target, |target| target.chunks_exact_mut(columns).for_each(|row| row.fill(1.0)))
        .ndarray_on(&target, |target| {
            let mut view = theirs(shape, "contiguous", target);
            view.axis_iter_mut(ndarray::Axis(0)).for_each(|mut row| row.fill(1.0));
        })
        .run();
    matrix
        .cell("for_each_axis_mut(Axis(1)), column.fill()", place)
        .ours_on(&target, |target| {
            let mut view = ours(shape, "contiguous", target);
            view.for_each_axis_mut::<1>(Axis(1), |mut column| column.fill(1.0));
        })
        .hand_on(&target, |target| {
            for j in 0..columns {
                target.chunks_exact_mut(columns).for_each(|row| row[j] = 1.0);
            }
        })
        .ndarray_on(&target, |target| {
            let mut view = theirs(shape, "contiguous", target);
            view.axis_iter_mut(ndarray::Axis(1)).for_each(|mut column| column.fill(1.0));
        })
        .run();
}

/// Parts of two axes.
fn planes(matrix: &mut Matrix) {
    let Elements { flat, shape, .. } = Elements::<f64, 3>::new(L2, [64, 32, 64]);
    let [_, rows, columns] = shape;
    let target = Target::new(flat);
    matrix
        .cell("for_each_axis_mut(Axis(1)), plane.fill()", ["f64", "contiguous 3-d", L2])
        .ours_on(&target, |target| {
            let mut view = ViewMut::from_slice(shape, target).expect("one shape");
            view.for_each_axis_mut::<2>(Axis(1), |mut plane| plane.fill(1.0));
        })
        .hand_on(&target, |target| {
            for j in 0..rows {
                let slabs = target.chunks_exact_mut(rows * columns);
                slabs.for_each(|slab| slab[j * columns..][..columns].fill(1.0));
            }
        })
        .ndarray_on(&target, |target| {
            let mut view = ArrayViewMut3::from_shape(shape, target).expect("one shape");
            view.axis_iter_mut(ndarray::Axis(1)).for_each(|mut plane| plane.fill(1.0));
        })
        .run();
}
