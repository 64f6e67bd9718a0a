//! Appending rows that are not slices: elements of an iterator, single elements, a row computed
//! from the previous one, and pieces that end within a row. From an empty to the finished array.

use super::build::{Source, bytes};
use super::element::Element;
use super::number::Number;
use super::run::{MEMORY, Matrix};
use super::subject::L2;
use growable_nd::{GrowableNd, RowBuffer};
use ndarray::{Array1, Axis, aview0};

pub fn run(matrix: &mut Matrix) {
    matrix.group("append");
    for width in [1, 3, 8, 100] {
        iterators::<f64>(matrix, width);
    }
    iterators::<u8>(matrix, 3);
    iterators::<u8>(matrix, 100);
    elements::<f64>(matrix, L2);
    elements::<u8>(matrix, L2);
    elements::<String>(matrix, L2);
    if matrix.has_memory() {
        elements::<f64>(matrix, MEMORY);
    }
    for width in [1, 3, 64] {
        recurrence::<f64>(matrix, width);
    }
    recurrence::<i32>(matrix, 3);
    for (width, piece) in [(3, 5), (3, 1000), (100, 30), (100, 1000)] {
        pieces::<f64>(matrix, width, piece);
    }
    pieces::<u8>(matrix, 3, 1000);
    pieces::<u8>(matrix, 100, 1000);
}

/// Appends rows that are computed element by element.
fn iterators<T: Number>(matrix: &mut Matrix, width: usize) {
    let source = &Source::<T>::new(width, bytes(L2));
    let shape = format!("rows of {width}");
    let place = [T::NAME, &shape, L2];
    let width = source.width;
    matrix
        .cell("push_row_from", place)
        .ours(|| {
            let mut array = GrowableNd::new([width]);
            source.rows().for_each(|row| array.push_row_from(row.iter().map(|&x| x + x)).expect("a row"));
            array
        })
        .hand(|| {
            let mut flat = Vec::new();
            source.rows().for_each(|row| flat.extend(row.iter().map(|&x| x + x)));
            flat
        })
        .run();
}

/// Appends single elements to an array of one axis, as to a vector.
fn elements<T: Element>(matrix: &mut Matrix, size: &str) {
    let source = &T::many(1 << 10);
    let repeats = bytes(size) / size_of::<T>() / source.len();
    let each = || (0..repeats).flat_map(|_| source);
    let place = [T::NAME, "one axis", size];
    matrix
        .cell("push", place)
        .ours(|| {
            let mut array = GrowableNd::new([]);
            each().for_each(|x| array.push(x.clone()).expect("memory"));
            array
        })
        .hand(|| {
            let mut flat = Vec::new();
            each().for_each(|x| flat.push(x.clone()));
            flat
        })
        .ndarray(|| {
            let mut array = Array1::from_vec(Vec::new());
            each().for_each(|x| array.push(Axis(0), aview0(x)).expect("an element"));
            array
        })
        .run();
}

/// Appends rows, each computed from the previous one.
fn recurrence<T: Number>(matrix: &mut Matrix, width: usize) {
    let source = Source::<T>::new(width, bytes(L2));
    let (width, first) = (source.width, &source.ring[..source.width]);
    let shape = format!("rows of {width}");
    matrix
        .cell("push_row_from_earlier", [T::NAME, &shape, L2])
        .ours(|| {
            let mut array = GrowableNd::new([width]);
            array.push_row(first).expect("a row");
            for _ in 1..source.count {
                let write = |earlier: growable_nd::EarlierRows<'_, T>, next: &mut [T]| {
                    next.iter_mut().zip(earlier.back(1)).for_each(|(x, &before)| *x = T::one() - before);
                };
                array.push_row_from_earlier(write).expect("memory");
            }
            array
        })
        .hand(|| {
            let mut flat = first.to_vec();
            for _ in 1..source.count {
                let end = flat.len();
                flat.extend_from_within(end - width..);
                let (earlier, next) = flat.split_at_mut(end);
                let before = &earlier[end - width..];
                next.iter_mut().zip(before).for_each(|(x, &before)| *x = T::one() - before);
            }
            flat
        })
        .run();
}

/// Appends pieces of a stream. The hand-written loop makes rows when all pieces have arrived.
fn pieces<T: Element>(matrix: &mut Matrix, width: usize, piece: usize) {
    let source = Source::<T>::new(piece, bytes(L2));
    let shape = format!("rows of {width}");
    matrix
        .cell(format!("RowBuffer, pieces of {piece}"), [T::NAME, &shape, L2])
        .ours(|| {
            let mut buffer = RowBuffer::new(GrowableNd::new([width]));
            source.rows().for_each(|piece| {
                buffer.extend_from_slice(piece).expect("memory");
            });
            buffer.into_parts()
        })
        .hand(|| {
            let mut flat = Vec::new();
            source.rows().for_each(|piece| flat.extend_from_slice(piece));
            flat
        })
        .run();
}
