//! Iteration over parts of views: rows, columns, lanes, windows, chunks; and taking one part.

use super::cell::Target;
use super::element::Element;
use super::number::Number;
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2, Subject, Subject2, Subject3};
use growable_nd::{Axis, AxisRange, GrowableNd, View, ViewMut};
use ndarray::{ArrayD, ArrayViewMut2, IxDyn, s};
use std::hint::black_box;

pub fn run(matrix: &mut Matrix) {
    matrix.group("walk_parts");
    for (size, shape) in [
        ("rows of 3", [40_000, 3]),
        ("rows of 8", [16_384, 8]),
        ("rows of 64", [2048, 64]),
        (L2, [256, 512]),
        (MEMORY, [4096, 2048]),
    ] {
        if size != MEMORY || matrix.has_memory() {
            let elements = Elements::<f64, 2>::new(size, shape);
            parts(matrix, &elements.contiguous());
            lanes(matrix, &elements.contiguous());
            arrays(matrix, &elements);
        }
    }
    let elements = Elements::<f64, 2>::new(L2, [256, 512]);
    for layout in ["transposed", "stepped"] {
        parts_only(matrix, &elements.layout(layout));
        lanes(matrix, &elements.layout(layout));
    }
    planes(matrix, &Elements::<f64, 3>::new(L2, [64, 32, 64]).contiguous());
    for (size, shape) in [("8×8", [8, 8]), (L2, [256, 512])] {
        blocks(matrix, &Elements::<f64, 2>::new(size, shape).contiguous());
    }
    blocks(matrix, &Elements::<f64, 2>::new(L2, [256, 512]).layout("stepped"));
    blocks(matrix, &Elements::<u8, 2>::new(L2, [512, 512]).contiguous());
    slicing(matrix, &Elements::<f64, 2>::new("8×8", [8, 8]));
    writes(matrix, &elements);
}

/// Reads one element of each part. The hand-written loop only computes its index.
fn parts(matrix: &mut Matrix, subject: &Subject2<'_, f64>) {
    parts_only(matrix, subject);
    let Subject { ours, theirs, flat, place, .. } = subject;
    let [_, rows, columns] = flat.shape;
    let size = 3.min(rows);
    matrix
        .cell("windows(Axis(0), 3)", *place)
        .ours(|| ours.windows(Axis(0), size).map(|window| window[[1, 1]]).sum::<f64>())
        .hand(|| (0..rows + 1 - size).map(|i| flat.data[(i + 1) * columns + 1]).sum::<f64>())
        .ndarray(|| {
            let windows = theirs.axis_windows(ndarray::Axis(0), size);
            windows.into_iter().map(|window| window[[1, 1]]).sum::<f64>()
        })
        .run();
    matrix
        .cell("chunks(Axis(0), 2)", *place)
        .ours(|| ours.chunks(Axis(0), 2).map(|chunk| chunk[[0, 1]]).sum::<f64>())
        .hand(|| flat.data.chunks(2 * columns).map(|chunk| chunk[1]).sum::<f64>())
        .ndarray(|| {
            let chunks = theirs.axis_chunks_iter(ndarray::Axis(0), 2);
            chunks.map(|chunk| chunk[[0, 1]]).sum::<f64>()
        })
        .run();
}

fn parts_only(matrix: &mut Matrix, subject: &Subject2<'_, f64>) {
    let Subject { ours, theirs, flat, place, .. } = subject;
    let ([_, rows, columns], [_, to_row, to_column]) = (flat.shape, flat.strides);
    let at = move |i: usize, j: usize| i * to_row.unsigned_abs() + j * to_column.unsigned_abs();
    matrix
        .cell("iter_rows(), one element", *place)
        .ours(|| ours.iter_rows().map(|row| row[[1]]).sum::<f64>())
        .hand(|| (0..rows).map(|i| flat.data[at(i, 1)]).sum::<f64>())
        .ndarray(|| theirs.outer_iter().map(|row| row[1]).sum::<f64>())
        .run();
    matrix
        .cell("axis_iter(Axis(1)), one element", *place)
        .ours(|| ours.axis_iter(Axis(1)).map(|column| column[[1]]).sum::<f64>())
        .hand(|| (0..columns).map(|j| flat.data[at(1, j)]).sum::<f64>())
        .ndarray(|| theirs.axis_iter(ndarray::Axis(1)).map(|column| column[1]).sum::<f64>())
        .run();
}

/// Reads all elements of each lane.
fn lanes(matrix: &mut Matrix, subject: &Subject2<'_, f64>) {
    let Subject { ours, theirs, flat, place, .. } = subject;
    let ([_, rows, columns], [_, to_row, to_column]) = (flat.shape, flat.strides);
    for axis in [0, 1] {
        let (lines, len, to_line, step) =
            if axis == 0 { (columns, rows, to_column, to_row) } else { (rows, columns, to_row, to_column) };
        let (to_line, step) = (to_line.unsigned_abs(), step.unsigned_abs());
        matrix
            .cell(format!("lanes(Axis({axis})), iter().sum()"), *place)
            .ours(|| ours.lanes(Axis(axis)).map(|lane| black_box(lane.iter().sum::<f64>())).sum::<f64>())
            .hand(|| {
                let line = |line: usize| &flat.data[line * to_line..][..(len - 1) * step + 1];
                let sum = |elements: &[f64]| match step {
                    1 => elements.iter().sum::<f64>(),
                    2 => {
                        let (pairs, last) = elements.as_chunks::<2>();
                        pairs.iter().map(|pair| pair[0]).chain(last.iter().copied()).sum::<f64>()
                    }
                    step => (0..elements.len()).step_by(step).map(|at| elements[at]).sum::<f64>(),
                };
                (0..lines).map(|number| black_box(sum(line(number)))).sum::<f64>()
            })
            .ndarray(|| {
                let lanes = theirs.lanes(ndarray::Axis(axis));
                lanes.into_iter().map(|lane| black_box(lane.iter().sum::<f64>())).sum::<f64>()
            })
            .run();
    }
}

/// Rows of arrays as slices.
fn arrays(matrix: &mut Matrix, elements: &Elements<f64, 2>) {
    let subject = elements.contiguous();
    let (array, flat) = (subject.ours.to_owned_array(), &elements.flat[..]);
    let (theirs, columns) = (subject.theirs.to_owned(), elements.shape[1]);
    let dynamic = ArrayD::from_shape_vec(IxDyn(&elements.shape), elements.flat.clone()).expect("one shape");
    matrix
        .cell("array.iter_rows(), one element", subject.place)
        .ours(|| array.iter_rows().map(|row| row[1]).sum::<f64>())
        .hand(|| flat.chunks_exact(columns).map(|row| row[1]).sum::<f64>())
        .ndarray(|| theirs.outer_iter().map(|row| row[1]).sum::<f64>())
        .run();
    matrix
        .cell("array.iter_rows(), rank at run time", subject.place)
        .ours(|| array.iter_rows().map(|row| row[1]).sum::<f64>())
        .ndarray(|| dynamic.outer_iter().map(|row| row[1]).sum::<f64>())
        .run();
    matrix
        .cell("for row in &array, row.iter().sum()", subject.place)
        .ours(|| {
            let mut sum = 0.0;
            for row in &array {
                sum += row.iter().sum::<f64>();
            }
            sum
        })
        .hand(|| {
            let mut sum = 0.0;
            for row in flat.chunks_exact(columns) {
                sum += row.iter().sum::<f64>();
            }
            sum
        })
        .ndarray(|| {
            let mut sum = 0.0;
            for row in theirs.rows() {
                sum += row.iter().sum::<f64>();
            }
            sum
        })
        .run();
}

fn planes(matrix: &mut Matrix, subject: &Subject3<'_, f64>) {
    let Subject { ours, theirs, place, .. } = subject;
    for axis in 0..3 {
        matrix
            .cell(format!("axis_iter(Axis({axis})), iter().sum()"), *place)
            .ours(|| ours.axis_iter(Axis(axis)).map(|plane| plane.iter().sum::<f64>()).sum::<f64>())
            .ndarray(|| {
                theirs.axis_iter(ndarray::Axis(axis)).map(|plane| plane.iter().sum::<f64>()).sum::<f64>()
            })
            .run();
    }
}

/// Windows and tiles of two axes. The extents are multiples of the tile sizes.
fn blocks<T: Number>(matrix: &mut Matrix, subject: &Subject2<'_, T>) {
    let Subject { ours, theirs, flat, place, .. } = subject;
    let ([_, rows, columns], [_, to_row, to_column]) = (flat.shape, flat.strides.map(isize::unsigned_abs));
    // Sums blocks of `n`×`n` elements that are `step` apart.
    let by_hand = |n: usize, step: usize| {
        let mut sums = T::zero();
        for i in (0..=rows - n).step_by(step) {
            for j in (0..=columns - n).step_by(step) {
                let mut sum = T::zero();
                for i in i..i + n {
                    let lane = &flat.data[i * to_row + j * to_column..][..(n - 1) * to_column + 1];
                    match to_column {
                        1 => sum = sum + lane.iter().fold(T::zero(), |sum, &x| sum + x),
                        step => (0..n).for_each(|k| sum = sum + lane[k * step]),
                    }
                }
                sums = sums + black_box(sum);
            }
        }
        sums
    };
    let add = |sums: T, sum: T| sums + black_box(sum);
    let zero = T::zero();
    matrix
        .cell("windows_nd([3, 3]), one element", *place)
        .ours(|| ours.windows_nd([3, 3]).map(|window| window[[1, 1]]).fold(zero, add))
        .hand(|| {
            let mut sum = T::zero();
            for i in 1..rows - 1 {
                let lane = flat.data[i * to_row..][to_column..].iter().step_by(to_column);
                lane.take(columns - 2).for_each(|&x| sum = sum + black_box(x));
            }
            sum
        })
        .ndarray(|| theirs.windows((3, 3)).into_iter().map(|window| window[[1, 1]]).fold(zero, add))
        .run();
    matrix
        .cell("windows_nd([3, 3]), sum()", *place)
        .ours(|| ours.windows_nd([3, 3]).map(|window| window.sum()).fold(zero, add))
        .hand(|| by_hand(3, 1))
        .ndarray(|| theirs.windows((3, 3)).into_iter().map(|window| window.sum()).fold(zero, add))
        .run();
    for n in [2, 8] {
        if n >= rows {
            continue;
        }
        matrix
            .cell(format!("tiles([{n}, {n}]), sum()"), *place)
            .ours(|| ours.tiles([n, n]).map(|tile| tile.sum()).fold(zero, add))
            .hand(|| by_hand(n, n))
            .ndarray(|| theirs.exact_chunks((n, n)).into_iter().map(|tile| tile.sum()).fold(zero, add))
            .run();
    }
}

/// Takes a part of a view, and reads one element of it; by hand only if the part is a slice.
fn slicing(matrix: &mut Matrix, elements: &Elements<f64, 2>) {
    let Subject { ours, theirs, flat, place, .. } = elements.contiguous();
    let [i, j] = black_box([2, 3]);
    let columns = elements.shape[1];
    let array: GrowableNd<f64> = ours.to_owned_array();
    matrix
        .cell("slice((a..b, c..d))", place)
        .ours(|| black_box(ours.slice((i.., j..j + 4)))[[1, 1]])
        .ndarray(|| black_box(theirs.slice(s![i.., j..j + 4]))[[1, 1]])
        .run();
    matrix
        .cell("slice((a, c..d))", place)
        .ours(|| black_box(ours.slice((i, j..j + 4)))[[1]])
        .hand(|| black_box(&flat.data[i * columns..][j..j + 4])[1])
        .ndarray(|| black_box(theirs.slice(s![i, j..j + 4]))[1])
        .run();
    matrix
        .cell("slice with steps", place)
        .ours(|| black_box(ours.slice(((i..).step(2), (j..).step(2))))[[1, 1]])
        .ndarray(|| black_box(theirs.slice(s![i..;2, j..;2]))[[1, 1]])
        .run();
    matrix
        .cell("index_axis(Axis(0))", place)
        .ours(|| black_box(ours.index_axis(Axis(0), i))[[1]])
        .hand(|| black_box(&flat.data[i * columns..][..columns])[1])
        .ndarray(|| black_box(theirs.row(i))[1])
        .run();
    matrix
        .cell("array.row(i)", place)
        .ours(|| black_box(array.row(i))[1])
        .hand(|| black_box(&flat.data[i * columns..][..columns])[1])
        .ndarray(|| black_box(theirs.row(i))[1])
        .run();
    matrix
        .cell("t()", place)
        .ours(|| black_box(ours.t())[[1, 2]])
        .ndarray(|| black_box(theirs.t())[[1, 2]])
        .run();
    matrix
        .cell("array.view()", place)
        .ours(|| black_box(array.view::<2>())[[1, 2]])
        .ndarray(|| black_box(theirs.view())[[1, 2]])
        .run();
    matrix
        .cell("diagonal()", place)
        .ours(|| black_box(ours.diagonal())[[1]])
        .ndarray(|| black_box(theirs.diag())[1])
        .run();
    matrix
        .cell("split_at(Axis(0))", place)
        .ours(|| black_box(ours.split_at(Axis(0), i)).1[[1, 2]])
        .ndarray(|| black_box(theirs.split_at(ndarray::Axis(0), i)).1[[1, 2]])
        .run();
    matrix
        .cell("reshape", place)
        .ours(|| black_box(ours.reshape([16, 4]).expect("contiguous"))[[1, 2]])
        .ndarray(|| {
            let view = theirs.view().into_shape_with_order((16, 4));
            black_box(view.expect("contiguous"))[[1, 2]]
        })
        .run();
    matrix
        .cell("broadcast", place)
        .ours(|| black_box(ours.broadcast([3, 8, 8]).expect("one shape"))[[1, 2, 3]])
        .ndarray(|| black_box(theirs.broadcast((3, 8, 8)).expect("one shape"))[[1, 2, 3]])
        .run();
    matrix
        .cell("View::from_slice", place)
        .ours(|| black_box(View::from_slice([8, 8], flat.data).expect("one shape"))[[1, 2]])
        .ndarray(|| {
            let view = ndarray::ArrayView2::from_shape((8, 8), flat.data);
            black_box(view.expect("one shape"))[[1, 2]]
        })
        .run();
}

/// Parts that are written.
fn writes(matrix: &mut Matrix, elements: &Elements<f64, 2>) {
    let shape = elements.shape;
    let columns = shape[1];
    let target = Target::new(elements.flat.clone());
    let place = [f64::NAME, "contiguous", &elements.size];
    matrix
        .cell("axis_iter_mut(Axis(0))", place)
        .ours_on(&target, |target| {
            let view = ViewMut::from_slice(shape, target).expect("one shape");
            view.axis_iter_mut::<1>(Axis(0)).for_each(|mut row| row.fill(1.0));
        })
        .hand_on(&target, |target| target.chunks_exact_mut(columns).for_each(|row| row.fill(1.0)))
        .ndarray_on(&target, |target| {
            let mut view = ArrayViewMut2::from_shape(shape, target).expect("one shape");
            view.outer_iter_mut().for_each(|mut row| row.fill(1.0));
        })
        .run();
    matrix
        .cell("for_each_axis_mut(Axis(1))", place)
        .ours_on(&target, |target| {
            let mut view = ViewMut::from_slice(shape, target).expect("one shape");
            view.for_each_axis_mut::<1>(Axis(1), |mut column| column[[1]] = 2.0);
        })
        .hand_on(&target, |target| target[columns..][..columns].iter_mut().for_each(|x| *x = 2.0))
        .ndarray_on(&target, |target| {
            let mut view = ArrayViewMut2::from_shape(shape, target).expect("one shape");
            view.axis_iter_mut(ndarray::Axis(1)).for_each(|mut column| column[1] = 2.0);
        })
        .run();
}
