//! Reductions of all elements: of each layout, of small arrays, and of many short rows.

use super::axis_by_hand::dot_slices;
use super::cell::Outcome;
use super::flat::{all_in_blocks, fold, fold_slice, position_in};
use super::number::{Number, argmax_of, beats, larger, smaller};
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2, LAYOUTS, ROWS, Subject, Subject2, l2_shape, tuple};
use super::theirs::fold_all_theirs;
use growable_nd::{Floating, GrowableNd, View};
use ndarray::{ArrayView1, Axis, RemoveAxis, ScalarOperand, Zip};
use num_complex::Complex;
use num_traits::{Float, FromPrimitive};
use std::hint::black_box;
use std::ops::Add;

pub fn run(matrix: &mut Matrix) {
    matrix.group("reduce");
    let shape = l2_shape::<f64>();
    let elements = Elements::<f64, 2>::new(L2, shape);
    let other = elements.other();
    for (subject, other) in elements.layouts(&LAYOUTS).iter().zip(&other.layouts(&LAYOUTS)) {
        sums(matrix, subject);
        extrema(matrix, subject);
        argmax(matrix, subject);
        means(matrix, subject);
        all_close(matrix, subject, other);
    }
    for subject in Elements::<f64, 3>::new(L2, [64, 32, 64]).orders() {
        sums(matrix, &subject);
        extrema(matrix, &subject);
    }
    let types = ["contiguous", "transposed", "stepped"];
    for subject in Elements::<f32, 2>::new(L2, l2_shape::<f32>()).layouts(&types) {
        sums(matrix, &subject);
        extrema(matrix, &subject);
        argmax(matrix, &subject);
        means(matrix, &subject);
    }
    integers::<i32>(matrix, &types);
    integers::<u8>(matrix, &types);
    Elements::<Complex<f64>, 2>::new(L2, l2_shape::<Complex<f64>>())
        .layouts(&types)
        .iter()
        .for_each(|subject| sums(matrix, subject));
    for (size, shape) in [("3×3", [3, 3]), ("8×8", [8, 8])] {
        let elements = Elements::<f64, 2>::new(size, shape);
        for subject in elements.layouts(&["contiguous", "transposed"]) {
            sums(matrix, &subject);
            extrema(matrix, &subject);
            argmax(matrix, &subject);
            means(matrix, &subject);
        }
    }
    dots(matrix);
    short_rows::<f64>(matrix, true);
    short_rows::<f32>(matrix, true);
    short_rows::<i32>(matrix, false);
    short_rows::<u8>(matrix, false);
    if matrix.has_memory() {
        let elements = Elements::<f64, 2>::new(MEMORY, [4096, 2048]);
        for subject in elements.layouts(&["contiguous", "transposed"]) {
            sums(matrix, &subject);
            extrema(matrix, &subject);
            means(matrix, &subject);
        }
    }
}

fn integers<T: Number + PartialOrd + Into<f64>>(matrix: &mut Matrix, layouts: &[&str]) {
    for subject in Elements::<T, 2>::new(L2, l2_shape::<T>()).layouts(layouts) {
        sums(matrix, &subject);
        extrema(matrix, &subject);
        argmax(matrix, &subject);
        let Subject { ours, theirs, dense, .. } = &subject;
        let len = dense.len() as f64;
        matrix
            .cell("mean_of as f64", subject.place)
            .ours(|| ours.mean_of(|&x| x.into()))
            .hand(|| fold(*dense, 0.0, |sum, &x| sum + x.into(), Add::add) / len)
            .ndarray(|| fold_all_theirs(theirs, 0.0, |sum, &x| sum + x.into(), Add::add) / len)
            .numpy(&subject.numpy, "x.mean()")
            .run();
    }
}

fn sums<T: Number, const N: usize, D: RemoveAxis>(matrix: &mut Matrix, subject: &Subject<'_, T, N, D>) {
    let Subject { ours, theirs, dense, numpy, place, .. } = subject;
    matrix
        .cell("sum", *place)
        .ours(|| ours.sum())
        .hand(|| fold(*dense, T::zero(), |sum, &x| sum + x, Add::add))
        .ndarray(|| theirs.sum())
        .numpy(numpy, "x.sum(dtype=x.dtype)")
        .run();
    matrix
        .cell("sum_of squares", *place)
        .ours(|| ours.sum_of(|&x| x * x))
        .hand(|| fold(*dense, T::zero(), |sum, &x| sum + x * x, Add::add))
        .ndarray(|| fold_all_theirs(theirs, T::zero(), |sum, &x| sum + x * x, Add::add))
        .run();
    matrix
        .cell("product", *place)
        .ours(|| ours.product())
        .hand(|| fold(*dense, T::one(), |product, &x| product * x, |a, b| a * b))
        .ndarray(|| theirs.product())
        .numpy(numpy, "x.prod(dtype=x.dtype)")
        .run();
}

fn extrema<T: Number + PartialOrd, const N: usize, D: RemoveAxis>(
    matrix: &mut Matrix,
    subject: &Subject<'_, T, N, D>,
) {
    let Subject { ours, theirs, dense, numpy, place, .. } = subject;
    matrix
        .cell("max", *place)
        .ours(|| ours.max())
        .hand(|| fold(*dense, dense.data[0], |max, &x| larger(max, x), larger))
        .ndarray(|| {
            let first = *theirs.first().expect("elements");
            fold_all_theirs(theirs, first, |max, &x| larger(max, x), larger)
        })
        .numpy(numpy, "x.max()")
        .run();
    matrix
        .cell("min", *place)
        .ours(|| ours.min())
        .hand(|| fold(*dense, dense.data[0], |min, &x| smaller(min, x), smaller))
        .ndarray(|| {
            let first = *theirs.first().expect("elements");
            fold_all_theirs(theirs, first, |min, &x| smaller(min, x), smaller)
        })
        .numpy(numpy, "x.min()")
        .run();
}

/// Finds the first element that equals the maximum.
fn place_of_max<T: Number + PartialOrd>(subject: &Subject2<'_, T>) -> Option<[usize; 2]> {
    let Subject { flat, dense, .. } = subject;
    let max = fold(*dense, dense.data[0], |max, &x| larger(max, x), larger);
    for (i, lane) in flat.lanes().enumerate() {
        if let Some(j) = position_in(lane, max) {
            return Some([i, j]);
        }
    }
    None
}

fn argmax<T: Number + PartialOrd>(matrix: &mut Matrix, subject: &Subject2<'_, T>) {
    let Subject { ours, theirs, numpy, place, .. } = subject;
    matrix
        .cell("argmax", *place)
        .ours(|| ours.argmax())
        .hand(|| place_of_max(subject))
        .ndarray(|| {
            let at = argmax_of(theirs.iter(), theirs[[0, 0]]);
            [at / theirs.ncols(), at % theirs.ncols()]
        })
        .numpy(numpy, "np.unravel_index(x.argmax(), x.shape)")
        .run();
}

fn means<T: Number + Float + Floating + FromPrimitive>(matrix: &mut Matrix, subject: &Subject2<'_, T>) {
    let Subject { ours, theirs, dense, numpy, place, .. } = subject;
    let len = T::from(dense.len()).expect("a float");
    let mean = move || fold(*dense, T::zero(), |sum, &x| sum + x, Add::add) / len;
    // Its own `var` divides for each element.
    let their_var = || {
        let mean = theirs.mean().expect("elements");
        fold_all_theirs(theirs, T::zero(), |sum, &x| sum + (x - mean) * (x - mean), Add::add) / len
    };
    matrix
        .cell("mean", *place)
        .ours(|| ours.mean())
        .hand(mean)
        .ndarray(|| theirs.mean())
        .numpy(numpy, "x.mean()")
        .run();
    matrix
        .cell("var", *place)
        .ours(|| ours.var(0))
        .hand(move || {
            let mean = mean();
            fold(*dense, T::zero(), |sum, &x| sum + (x - mean) * (x - mean), Add::add) / len
        })
        .ndarray(their_var)
        .numpy(numpy, "x.var()")
        .run();
    matrix
        .cell("std", *place)
        .ours(|| ours.std(0))
        .hand(move || {
            let mean = mean();
            let add = |sum, &x: &T| sum + (x - mean) * (x - mean);
            (fold(*dense, T::zero(), add, Add::add) / len).sqrt()
        })
        .ndarray(|| their_var().sqrt())
        .numpy(numpy, "x.std()")
        .run();
}

fn all_close(matrix: &mut Matrix, subject: &Subject2<'_, f64>, other: &Subject2<'_, f64>) {
    let (rtol, atol) = (1e-5, 10.0);
    // As in NumPy: a finite number is not close to infinity, although the tolerance is infinite.
    let is_close =
        move |x: f64, y: f64| (x == y) | (y.is_finite() & ((x - y).abs() <= atol + rtol * y.abs()));
    matrix
        .cell("all_close", subject.place)
        .ours(|| subject.ours.all_close(other.ours, rtol, atol).expect("one shape"))
        .hand(|| {
            subject.dense.lanes().zip(other.dense.lanes()).all(|(a, b)| match a.stride {
                1 => all_in_blocks(a.data, b.data, |&x, &y| is_close(x, y)),
                2 => {
                    let ((a, last), (b, other_last)) = (a.pairs(), b.pairs());
                    all_in_blocks(a, b, |x, y| is_close(x[0], y[0]))
                        && last.iter().zip(other_last).all(|(&x, &y)| is_close(x, y))
                }
                0 => is_close(a.data[0], b.data[0]),
                _ => a.stepped().zip(b.stepped()).all(|(&x, &y)| is_close(x, y)),
            })
        })
        .ndarray(|| Zip::from(&subject.theirs).and(&other.theirs).all(|&x, &y| is_close(x, y)))
        .numpy(&tuple(&[&subject.numpy, &other.numpy]), "np.allclose(*x, rtol=1e-5, atol=10.0)")
        .run();
}

fn dots(matrix: &mut Matrix) {
    dot::<f64>(matrix, L2, 1 << 17);
    dot::<f32>(matrix, L2, 1 << 18);
    dot::<i32>(matrix, L2, 1 << 18);
    dot::<Complex<f64>>(matrix, L2, 1 << 16);
    if matrix.has_memory() {
        dot::<f64>(matrix, MEMORY, 1 << 23);
    }
}

fn dot<T: Number>(matrix: &mut Matrix, size: &str, len: usize) {
    let elements = Elements::<T, 2>::new(size, [1, len]);
    let others = elements.other();
    let ours = [&elements, &others].map(|it| black_box(View::from_slice([len], &it.flat).expect("a line")));
    let theirs = [&elements, &others].map(|it| ArrayView1::from(&it.flat));
    let arrays = [&elements, &others].map(|it| GrowableNd::from_vec([], it.flat.clone()).expect("numbers"));
    for name in ["dot", "dot of arrays"] {
        let cell = matrix.cell(name, [T::NAME, "contiguous", size]);
        let cell = if name == "dot" {
            cell.ours(|| ours[0].dot(ours[1]).expect("one shape"))
        } else {
            cell.ours(|| arrays[0].dot(&arrays[1]).expect("one shape"))
        };
        let setup = format!("(make(\"{0}\", {len}), make(\"{0}\", {len}, 3))", T::DTYPE);
        let setup = if T::DTYPE.is_empty() { "" } else { &setup };
        cell.hand(|| dot_slices(&elements.flat, &others.flat))
            .ndarray(|| theirs[0].dot(&theirs[1]))
            .numpy(setup, "x[0] @ x[1]")
            .run();
    }
}

fn short_rows<T: Number + PartialOrd + ScalarOperand>(matrix: &mut Matrix, is_float: bool) {
    for (len, size) in ROWS {
        let elements = Elements::<T, 2>::new(size, [4096 / len, len]);
        let place = [T::NAME, "contiguous", size];
        let each = Rows { elements: &elements, place };
        each.cell(matrix, "row.sum()", |row| row.sum(), sum_row, |row| row.sum());
        each.cell(
            matrix,
            "row.max()",
            |row| row.max().expect("elements"),
            |row| fold_slice(row, row[0], |max, &x| larger(max, x), larger),
            |row| row.fold(row[0], |max, &x| larger(max, x)),
        );
        each.cell(
            matrix,
            "row.argmax()",
            |row| row.argmax().expect("elements")[0],
            |row| (1..row.len()).fold(0, |at, i| if beats(row[i], row[at]) { i } else { at }),
            |row| argmax_of(row.iter(), row[0]),
        );
        each.cell(
            matrix,
            "row.dot(row)",
            |row| row.dot(row).expect("one shape"),
            |row| dot_slices(row, row),
            |row| row.dot(&row),
        );
        if is_float {
            each.cell(
                matrix,
                "row.sum_of squares",
                |row| row.sum_of(|&x| x * x),
                |row| fold_slice(row, T::zero(), |sum, &x| sum + x * x, Add::add),
                |row| row.fold(T::zero(), |sum, &x| sum + x * x),
            );
        }
        columns_summed::<T>(matrix, len, size);
    }
    let line = T::many(4096);
    let ours = black_box(View::from_slice([line.len()], &line).expect("a line"));
    let theirs = ArrayView1::from(&line);
    for size in [3, 5] {
        matrix
            .cell(format!("windows({size}).sum()"), [T::NAME, "contiguous", "line of 4096"])
            .ours(|| add_all(ours.windows(growable_nd::Axis(0), size).map(|window| window.sum())))
            .hand(|| add_all(line.windows(size).map(sum_row)))
            .ndarray(|| add_all(theirs.axis_windows(Axis(0), size).into_iter().map(|window| window.sum())))
            .run();
    }
}

fn sum_row<T: Number>(row: &[T]) -> T {
    fold_slice(row, T::zero(), |sum, &x| sum + x, Add::add)
}

/// Sums the results of rows. They are opaque to the compiler, which would otherwise sum several
/// rows at once.
fn add_all<R: Add<Output = R> + Default>(results: impl Iterator<Item = R>) -> R {
    results.fold(R::default(), |sum, result| sum + black_box(result))
}

/// Sums the columns of a matrix with `len` rows: short lanes with gaps.
fn columns_summed<T: Number>(matrix: &mut Matrix, len: usize, size: &str) {
    let columns = 4096 / len;
    let elements = Elements::<T, 2>::new(size, [len, columns]);
    let subject = elements.contiguous();
    matrix
        .cell("column.sum()", [T::NAME, "transposed", size])
        .ours(|| add_all(subject.ours.t().iter_rows().map(|column| column.sum())))
        .hand(|| {
            let column = |j: usize| (0..len).fold(T::zero(), |sum, i| sum + elements.flat[i * columns + j]);
            add_all((0..columns).map(column))
        })
        .ndarray(|| add_all(subject.theirs.columns().into_iter().map(|column| column.sum())))
        .run();
}

/// Applies an operation to each row of a matrix.
struct Rows<'a, T> {
    elements: &'a Elements<T, 2>,
    place: [&'a str; 3],
}

impl<T: Number> Rows<'_, T> {
    fn cell<R: Outcome + Add<Output = R> + Default>(
        &self,
        matrix: &mut Matrix,
        name: &str,
        ours: impl Fn(View<'_, T, 1>) -> R,
        hand: impl Fn(&[T]) -> R,
        theirs: impl Fn(ArrayView1<'_, T>) -> R,
    ) {
        let subject = self.elements.contiguous();
        let flat = black_box(&self.elements.flat[..]);
        let len = self.elements.shape[1];
        matrix
            .cell(name, self.place)
            .ours(|| add_all(subject.ours.iter_rows().map(&ours)))
            .hand(|| add_all(flat.chunks_exact(len).map(&hand)))
            .ndarray(|| add_all(subject.theirs.outer_iter().map(&theirs)))
            .run();
    }
}
