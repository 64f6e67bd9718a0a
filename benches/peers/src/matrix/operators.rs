//! Operators of arrays, which broadcast, and functions of three operands.

use super::cell::Target;
use super::number::Number;
use super::run::Matrix;
use super::subject::{Elements, L2, l2_shape, tuple};
use growable_nd::{GrowableNd, Scalar, ViewMut};
use ndarray::{Array1, Array2, ArrayViewMut2, ScalarOperand, Zip};
use std::hint::black_box;
use std::ops::{AddAssign, Sub};

pub fn run(matrix: &mut Matrix) {
    matrix.group("operators");
    for (size, shape) in
        [("3×3", [3, 3]), ("rows of 3", [40_000, 3]), ("rows of 20", [6000, 20]), (L2, l2_shape::<f64>())]
    {
        operators::<f64>(matrix, size, shape);
    }
    operators::<f32>(matrix, L2, l2_shape::<f32>());
}

fn operators<T>(matrix: &mut Matrix, size: &str, shape: [usize; 2])
where
    T: Number + Scalar + ScalarOperand + AddAssign + Sub<Output = T>,
{
    let elements = Elements::<T, 2>::new(size, shape);
    let other = elements.other();
    of_shape(matrix, &elements, &other);
    broadcasting(matrix, &elements, &other);
    in_place(matrix, &elements, &other);
}

fn ours<T: Number>(elements: &Elements<T, 2>) -> GrowableNd<T> {
    elements.contiguous().ours.to_owned_array()
}

/// Operators of operands of one shape, and of a scalar.
fn of_shape<T>(matrix: &mut Matrix, elements: &Elements<T, 2>, other: &Elements<T, 2>)
where
    T: Number + Scalar + ScalarOperand,
{
    let place = [T::NAME, "contiguous", &elements.size];
    let (a, b) = (ours(elements), ours(other));
    let (their_a, their_b) = (elements.contiguous().theirs.to_owned(), other.contiguous().theirs.to_owned());
    let (flat_a, flat_b) = (&elements.flat[..], &other.flat[..]);
    let [numpy_a, numpy_b] = [elements, other].map(|operand| operand.contiguous().numpy);
    let two = black_box(T::one() + T::one());
    matrix
        .cell("&a + &b", place)
        .ours(|| &a + &b)
        .hand(|| flat_a.iter().zip(flat_b).map(|(&x, &y)| x + y).collect::<Vec<T>>())
        .ndarray(|| &their_a + &their_b)
        .numpy(&tuple(&[&numpy_a, &numpy_b]), "x[0] + x[1]")
        .run();
    matrix
        .cell("&a * 2.0", place)
        .ours(move || &a * two)
        .hand(move || flat_a.iter().map(|&x| x * two).collect::<Vec<T>>())
        .ndarray(|| &their_a * two)
        .numpy(&numpy_a, "x * x.dtype.type(2)")
        .run();
    let (a, b, c) = (ours(elements), ours(other), ours(&other.other()));
    let their_c = other.other().contiguous().theirs.to_owned();
    matrix
        .cell("a.zip2_with(&b, &c)", place)
        .ours(|| a.zip2_with(&b, &c, |&x, &y, &z| x * y + z).expect("one shape"))
        .hand(|| {
            let triples = flat_a.iter().zip(flat_b).zip(c.as_slice());
            triples.map(|((&x, &y), &z)| x * y + z).collect::<Vec<T>>()
        })
        .ndarray(|| Zip::from(&their_a).and(&their_b).and(&their_c).map_collect(|&x, &y, &z| x * y + z))
        .run();
}

/// Operators of a row and a column; the column has an axis of extent 1.
fn broadcasting<T>(matrix: &mut Matrix, elements: &Elements<T, 2>, other: &Elements<T, 2>)
where
    T: Number + Sub<Output = T>,
{
    let place = [T::NAME, "contiguous", &elements.size];
    let (a, theirs, flat) = (&ours(elements), &elements.contiguous().theirs.to_owned(), &elements.flat[..]);
    let [rows, columns] = elements.shape;
    let (in_row, in_column) = (&other.flat[..columns], &other.flat[..rows]);
    let row = GrowableNd::from_vec([], in_row.to_vec()).expect("a row");
    let column = GrowableNd::from_vec([1], in_column.to_vec()).expect("a column");
    let numpy = tuple(&[&elements.contiguous().numpy, &other.contiguous().numpy]);
    let their_row = Array1::from_vec(in_row.to_vec());
    let their_column = Array2::from_shape_vec((rows, 1), in_column.to_vec()).expect("a column");
    matrix
        .cell("&a - &row", place)
        .ours(|| a - &row)
        .hand(|| {
            let mut results = Vec::with_capacity(flat.len());
            for elements in flat.chunks_exact(columns) {
                results.extend(elements.iter().zip(in_row).map(|(&x, &y)| x - y));
            }
            results
        })
        .ndarray(|| theirs - &their_row)
        .numpy(&numpy, "x[0] - x[1][0]")
        .run();
    matrix
        .cell("&a - &column", place)
        .ours(|| a - &column)
        .hand(|| {
            let mut results = Vec::with_capacity(flat.len());
            for (elements, &y) in flat.chunks_exact(columns).zip(in_column) {
                results.extend(elements.iter().map(|&x| x - y));
            }
            results
        })
        .ndarray(|| theirs - &their_column)
        .numpy(&numpy, "x[0] - x[1].ravel()[:len(x[0]), None]")
        .run();
    let (second, third) = (ours(other), &row);
    let (their_second, flat_second) = (other.contiguous().theirs.to_owned(), &other.flat[..]);
    matrix
        .cell("a.zip2_with(&b, &row)", place)
        .ours(|| a.zip2_with(&second, third, |&x, &y, &z| x * y + z).expect("one shape"))
        .hand(|| {
            let mut results = Vec::with_capacity(flat.len());
            for (x, y) in flat.chunks_exact(columns).zip(flat_second.chunks_exact(columns)) {
                results.extend(x.iter().zip(y).zip(in_row).map(|((&x, &y), &z)| x * y + z));
            }
            results
        })
        .ndarray(|| {
            let row = their_row.broadcast(theirs.raw_dim()).expect("a row");
            Zip::from(theirs).and(&their_second).and(row).map_collect(|&x, &y, &z| x * y + z)
        })
        .numpy(&numpy, "x[0] * x[1] + x[1][0]")
        .run();
}

/// Assignment operators, on views of one target.
fn in_place<T>(matrix: &mut Matrix, elements: &Elements<T, 2>, other: &Elements<T, 2>)
where
    T: Number + AddAssign,
{
    let place = [T::NAME, "contiguous", &elements.size];
    let shape = elements.shape;
    let columns = shape[1];
    let in_row = &other.flat[..columns];
    let row = GrowableNd::from_vec([], in_row.to_vec()).expect("a row");
    let their_row = Array1::from_vec(in_row.to_vec());
    let target = Target::new(elements.flat.clone());
    matrix
        .cell("a += &row", place)
        .ours_on(&target, |target| {
            let mut a = ViewMut::from_slice(shape, target).expect("one shape");
            a += &row;
        })
        .hand_on(&target, |target| {
            for elements in target.chunks_exact_mut(columns) {
                elements.iter_mut().zip(in_row).for_each(|(x, &y)| *x += y);
            }
        })
        .ndarray_on(&target, |target| {
            let mut a = ArrayViewMut2::from_shape(shape, target).expect("one shape");
            a += &their_row;
        })
        .run();
}
