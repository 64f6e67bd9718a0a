//! Rearranging rows: insertion, selection, sorting, reversal, rotation, removal of repeats; and
//! joining arrays.

use super::element::Element;
use super::rows::Rows;
use super::run::Matrix;
use super::subject::{Elements, L2, Subject2, tuple};
use growable_nd::{Axis, GrowableNd, View};
use ndarray::{ArrayView2, concatenate};
use std::cmp::Ordering;

pub fn run(matrix: &mut Matrix) {
    matrix.group("arrange");
    for (width, shape) in [(3, "rows of 3"), (64, "rows of 64"), (1024, "rows of 1024")] {
        let rows = Rows::<f64>::new(L2, shape, [(1 << 17) / width, width]);
        insert(matrix, &rows);
        select(matrix, &rows);
        sort(matrix, &rows);
        order(matrix, &rows);
        without_repeats(matrix, &rows);
    }
    let texts = Rows::<String>::new("1000 rows", "rows of 3", [1000, 3]);
    insert(matrix, &texts);
    select(matrix, &texts);
    sort(matrix, &texts);
    order(matrix, &texts);
    insert(matrix, &Rows::<f64>::new("100 rows", "rows of 3", [100, 3]));
    sort(matrix, &Rows::<f64>::new(L2, "rows of 1", [1 << 17, 1]));
    select(matrix, &Rows::<f64>::new(L2, "rows of 1", [1 << 17, 1]));
    for (size, shape) in [("3×3", [3, 3]), ("rows of 3", [20_000, 3]), (L2, [256, 256])] {
        let (elements, other) = (Elements::<f64, 2>::new(size, shape), Elements::<f64, 2>::new(size, shape));
        join(matrix, &elements.contiguous(), &other.contiguous());
    }
    let (elements, other) = (Elements::<f64, 2>::new(L2, [256; 2]), Elements::<f64, 2>::new(L2, [256; 2]));
    join(matrix, &elements.layout("transposed"), &other.layout("transposed"));
    let (elements, other) = (Elements::<u8, 2>::new(L2, [512; 2]), Elements::<u8, 2>::new(L2, [512; 2]));
    join(matrix, &elements.contiguous(), &other.contiguous());
}

fn insert<T: Element>(matrix: &mut Matrix, rows: &Rows<T>) {
    let width = rows.width;
    let count = rows.array().rows();
    let names = [("insert_rows(middle) of 16", 16), ("insert_rows(middle) of as many", count)];
    for (name, added) in names {
        let block = &T::many(added * width);
        let elements = block.len();
        matrix
            .cell(name, rows.place)
            .ours_from(
                move || {
                    let mut array = rows.array();
                    array.reserve(added);
                    array
                },
                move |mut array| {
                    array.insert_rows(count / 2, block.chunks_exact(width)).expect("rows");
                    array
                },
            )
            .hand_from(
                move || {
                    let mut flat = rows.flat();
                    flat.reserve(elements);
                    flat
                },
                move |mut flat| {
                    let at = count / 2 * width;
                    flat.splice(at..at, block.iter().cloned());
                    flat
                },
            )
            .run();
    }
}

/// Selects half of the rows, in scattered order.
fn select<T: Element>(matrix: &mut Matrix, rows: &Rows<T>) {
    let (array, flat, width) = (rows.array(), rows.flat(), rows.width);
    let count = array.rows();
    let theirs = ArrayView2::from_shape((count, width), &flat).expect("rows");
    // A prime step reaches every row.
    let indices: Vec<usize> = (0..count / 2).map(|k| k * 7919 % count).collect();
    let numpy = if rows.numpy.is_empty() {
        String::new()
    } else {
        format!("({}, np.arange({}) * 7919 % {count})", rows.numpy, count / 2)
    };
    matrix
        .cell("select_rows", rows.place)
        .ours(|| array.select_rows(&indices))
        .hand(|| {
            let mut selected = Vec::with_capacity(indices.len() * width);
            for &row in &indices {
                selected.extend_from_slice(&flat[row * width..][..width]);
            }
            selected
        })
        .ndarray(|| theirs.select(ndarray::Axis(0), &indices))
        .numpy(&numpy, "x[0][x[1]]")
        .run();
}

fn sort<T: Element + PartialOrd>(matrix: &mut Matrix, rows: &Rows<T>) {
    let width = rows.width;
    let compare = |a: &[T], b: &[T]| a.partial_cmp(b).unwrap_or(Ordering::Equal);
    matrix
        .cell("sort_rows_by", rows.place)
        .ours_from(
            || rows.array(),
            move |mut array| {
                array.sort_rows_by(compare);
                array
            },
        )
        .hand_from(
            || rows.flat(),
            move |mut flat| {
                if width == 1 {
                    flat.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
                    return flat;
                }
                let row = |row: usize| &flat[row * width..][..width];
                let mut order: Vec<usize> = (0..flat.len() / width).collect();
                order.sort_by(|&a, &b| compare(row(a), row(b)));
                let mut sorted = Vec::with_capacity(flat.len());
                for at in order {
                    sorted.extend(flat[at * width..][..width].iter_mut().map(std::mem::take));
                }
                sorted
            },
        )
        .run();
}

fn order<T: Element>(matrix: &mut Matrix, rows: &Rows<T>) {
    let width = rows.width;
    let count = rows.array().rows();
    matrix
        .cell("reverse_rows", rows.place)
        .ours_with(rows.array(), |array| array.reverse_rows())
        .hand_with(rows.flat(), move |flat| {
            let middle = flat.len() / 2 / width * width;
            let (front, back) = flat.split_at_mut(middle);
            let pairs = front.chunks_exact_mut(width).zip(back.chunks_exact_mut(width).rev());
            pairs.for_each(|(front, back)| front.swap_with_slice(back));
        })
        .run();
    matrix
        .cell("rotate_rows_left", rows.place)
        .ours_with(rows.array(), move |array| array.rotate_rows_left(count / 3))
        .hand_with(rows.flat(), move |flat| flat.rotate_left(count / 3 * width))
        .run();
}

/// Removes duplicates from rows that all occur twice in succession.
fn without_repeats(matrix: &mut Matrix, rows: &Rows<f64>) {
    let width = rows.width;
    let (array, flat) = (&rows.array(), &rows.flat());
    let repeated = |row: &[f64]| [row, row].concat();
    let (array, flat) = (
        &GrowableNd::from_rows([width], array.iter_rows().flat_map(|row| [row, row])).expect("rows"),
        &flat.chunks_exact(width).flat_map(repeated).collect::<Vec<f64>>(),
    );
    matrix
        .cell("dedup_rows", rows.place)
        .ours_from(
            || array.clone(),
            |mut array| {
                array.dedup_rows();
                array
            },
        )
        .hand_from(
            || flat.clone(),
            move |mut flat| {
                let mut kept = width;
                for at in (width..flat.len()).step_by(width) {
                    if flat[at..at + width] != flat[kept - width..kept] {
                        flat.copy_within(at..at + width, kept);
                        kept += width;
                    }
                }
                flat.truncate(kept);
                flat
            },
        )
        .run();
}

/// Joins two views of one layout.
fn join<T: Element + Copy>(matrix: &mut Matrix, one: &Subject2<'_, T>, other: &Subject2<'_, T>) {
    let operands: [View<'_, T, 2>; 2] = [one.ours, other.ours];
    let theirs = [one.theirs.view(), other.theirs.view()];
    let [_, rows, columns] = one.flat.shape;
    for axis in [0, 1] {
        matrix
            .cell(format!("concat(Axis({axis}))"), one.place)
            .ours(|| GrowableNd::concat(Axis(axis), operands).expect("one shape"))
            .hand(|| {
                let parts = [one.flat, other.flat];
                if one.flat.strides[2] != 1 {
                    let copies = parts.map(|part| part.map(|&x| x));
                    return joined([&copies[0], &copies[1]], axis, rows, columns);
                }
                joined(parts.map(|part| part.data), axis, rows, columns)
            })
            .ndarray(|| concatenate(ndarray::Axis(axis), &theirs).expect("one shape"))
            .numpy(&tuple(&[&one.numpy, &other.numpy]), &format!("np.concatenate(x, {axis})"))
            .run();
    }
}

/// Joins two slices of rows.
fn joined<T: Copy>(parts: [&[T]; 2], axis: usize, rows: usize, columns: usize) -> Vec<T> {
    if axis == 0 {
        return parts.concat();
    }
    let mut joined = Vec::with_capacity(2 * rows * columns);
    for row in 0..rows {
        parts.iter().for_each(|part| joined.extend_from_slice(&part[row * columns..][..columns]));
    }
    joined
}
