//! Creating arrays: formulas, constants, and the fixed costs of small arrays.

use super::element::Element;
use super::run::{MEMORY, Matrix};
use super::subject::L2;
use growable_nd::GrowableNd;
use ndarray::{Array1, Array2, Array3, ArrayView1};
use num_traits::{One, Zero};
use std::hint::black_box;

pub fn run(matrix: &mut Matrix) {
    matrix.group("create");
    formulas(matrix, L2, 1 << 17);
    constants::<f64>(matrix, L2, [256, 512]);
    constants::<u8>(matrix, L2, [1024, 1024]);
    constants::<f64>(matrix, "3×3", [3, 3]);
    constants::<f64>(matrix, "8×8", [8, 8]);
    empty(matrix);
    few_rows(matrix);
    if matrix.has_memory() {
        formulas(matrix, MEMORY, 1 << 23);
        constants::<f64>(matrix, MEMORY, [2048, 4096]);
    }
}

fn formulas(matrix: &mut Matrix, size: &str, len: usize) {
    let [columns, side] = black_box([64, 32]);
    let rows = len / columns;
    let formula = |i: usize, j: usize| (i + 2 * j) as f64;
    let place = [f64::NAME, "2-d", size];
    matrix
        .cell("from_fn", place)
        .ours(|| GrowableNd::from_fn([rows, columns], |[i, j]| formula(i, j)))
        .hand(|| {
            let mut flat = Vec::with_capacity(rows * columns);
            (0..rows).for_each(|i| flat.extend((0..columns).map(|j| formula(i, j))));
            flat
        })
        .ndarray(|| Array2::from_shape_fn((rows, columns), |(i, j)| formula(i, j)))
        .run();
    let planes = len / side / side;
    matrix
        .cell("from_fn", [f64::NAME, "3-d", size])
        .ours(|| GrowableNd::from_fn([planes, side, side], |[i, j, k]| (i + j + k) as f64))
        .hand(|| {
            let mut flat = Vec::with_capacity(planes * side * side);
            let lines = (0..planes).flat_map(|i| (0..side).map(move |j| i + j));
            lines.for_each(|ij| flat.extend((0..side).map(|k| (ij + k) as f64)));
            flat
        })
        .ndarray(|| Array3::from_shape_fn((planes, side, side), |(i, j, k)| (i + j + k) as f64))
        .run();
    matrix
        .cell("from_fn", [f64::NAME, "1-d", size])
        .ours(|| GrowableNd::from_fn([len], |[i]| i as f64))
        .hand(|| (0..len).map(|i| i as f64).collect::<Vec<f64>>())
        .ndarray(|| Array1::from_shape_fn(len, |i| i as f64))
        .run();
    for width in [3, 64, 4096] {
        let shape = format!("rows of {width}");
        let (width, rows) = (black_box(width), len / width);
        matrix
            .cell("push_row_with", [f64::NAME, &shape, size])
            .ours(|| {
                let mut array = GrowableNd::new([width]);
                for i in 0..rows {
                    array.push_row_with(|[j]| formula(i, j)).expect("a row");
                }
                array
            })
            .hand(|| {
                let mut flat = Vec::new();
                (0..rows).for_each(|i| flat.extend((0..width).map(|j| formula(i, j))));
                flat
            })
            .run();
    }
}

fn constants<T: Element + Zero + One + Copy>(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let (len, shape) = (shape[0] * shape[1], black_box(shape));
    let value = black_box(T::one() + T::one());
    // A call from Python takes longer than work on few elements.
    let (numpy, dtype) = (if len < 10_000 { "" } else { "0" }, T::DTYPE);
    let place = [T::NAME, "2-d", size];
    matrix
        .cell("zeros", place)
        .ours(|| GrowableNd::<T>::zeros(shape))
        .hand(|| vec![T::zero(); len])
        .ndarray(|| Array2::<T>::zeros(shape))
        .numpy(numpy, &format!("np.zeros({shape:?}, {dtype:?})"))
        .run();
    matrix
        .cell("ones", place)
        .ours(|| GrowableNd::<T>::ones(shape))
        .hand(|| vec![T::one(); len])
        .ndarray(|| Array2::<T>::ones(shape))
        .numpy(numpy, &format!("np.ones({shape:?}, {dtype:?})"))
        .run();
    matrix
        .cell("full", place)
        .ours(|| GrowableNd::full(shape, value))
        .hand(|| vec![value; len])
        .ndarray(|| Array2::from_elem(shape, value))
        .numpy(numpy, &format!("np.full({shape:?}, 2, {dtype:?})"))
        .run();
    matrix
        .cell("resize", place)
        .ours(|| {
            let mut array = GrowableNd::new([shape[1]]);
            array.resize(shape[0], value);
            array
        })
        .hand(|| {
            let mut flat = Vec::new();
            flat.resize(len, value);
            flat
        })
        .run();
    matrix
        .cell("resize_with", place)
        .ours(|| {
            let mut array = GrowableNd::new([shape[1]]);
            array.resize_with(shape[0], || value);
            array
        })
        .hand(|| {
            let mut flat = Vec::new();
            flat.resize_with(len, || value);
            flat
        })
        .run();
}

/// Measures the cost of making an array that nothing uses.
fn empty(matrix: &mut Matrix) {
    let inner = black_box([3]);
    let place = [f64::NAME, "1-d", "empty"];
    matrix
        .cell("new([3])", place)
        .ours(|| GrowableNd::<f64>::new(inner))
        .hand(Vec::<f64>::new)
        .ndarray(|| Array2::<f64>::zeros((0, inner[0])))
        .run();
    matrix
        .cell("with_capacity([3], 8)", place)
        .ours(|| GrowableNd::<f64>::with_capacity(inner, 8))
        .hand(|| Vec::<f64>::with_capacity(8 * inner[0]))
        .run();
    let flat = f64::many(24);
    matrix
        .cell("from_vec, into_vec", [f64::NAME, "2-d", "8×3"])
        .ours_from(|| flat.clone(), |flat| GrowableNd::from_vec(inner, flat).expect("rows").into_vec())
        .hand_from(|| flat.clone(), |flat| flat)
        .ndarray_from(
            || flat.clone(),
            |flat| Array2::from_shape_vec((8, 3), flat).expect("rows").into_raw_vec_and_offset().0,
        )
        .run();
}

/// Builds arrays of few rows many times: fixed costs dominate.
fn few_rows(matrix: &mut Matrix) {
    for (count, size) in [(1, "1 row of 3"), (8, "8 rows of 3")] {
        let rows = vec![black_box([1.0, 2.0, 3.0]); count];
        matrix
            .cell("new, push_row([T; N])", [f64::NAME, "2-d", size])
            .ours(|| {
                let mut array = GrowableNd::new([3]);
                rows.iter().for_each(|&row| array.push_row(row).expect("a row"));
                array
            })
            .hand(|| {
                let mut flat = Vec::new();
                rows.iter().for_each(|row| flat.extend_from_slice(row));
                flat
            })
            .ndarray(|| {
                let mut array = Array2::from_shape_vec((0, 3), Vec::new()).expect("no rows");
                rows.iter().for_each(|row| array.push_row(ArrayView1::from(row)).expect("a row"));
                array
            })
            .run();
    }
    matrix
        .cell("GrowableNd::from([[T; N]; M])", [f64::NAME, "2-d", "8 rows of 3"])
        .ours(|| GrowableNd::from(black_box([[1.0, 2.0, 3.0]; 8])))
        .hand(|| black_box([[1.0, 2.0, 3.0]; 8]).as_flattened().to_vec())
        .ndarray(|| ndarray::arr2(&black_box([[1.0, 2.0, 3.0]; 8])))
        .run();
}
