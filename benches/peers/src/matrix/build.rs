//! Building arrays from rows: pushes of all kinds of rows, and whole sources. Timed from the empty
//! to the finished array, including its drop.

use super::element::Element;
use super::run::{MEMORY, Matrix};
use super::subject::L2;
use growable_nd::{GrowableNd, View};
use ndarray::{Array2, Array3, ArrayView1, ArrayView2, Axis};
use num_complex::Complex;
use std::hint::black_box;

pub fn run(matrix: &mut Matrix) {
    matrix.group("build");
    slices::<f64>(matrix, 1, L2);
    slices::<f64>(matrix, 3, L2);
    slices::<f64>(matrix, 8, L2);
    slices::<f64>(matrix, 100, L2);
    slices::<f64>(matrix, 4096, L2);
    for width in [3, 100] {
        slices::<f32>(matrix, width, L2);
        slices::<u8>(matrix, width, L2);
        slices::<Complex<f64>>(matrix, width, L2);
        slices::<String>(matrix, width, L2);
    }
    arrays::<1>(matrix, L2);
    arrays::<3>(matrix, L2);
    arrays::<8>(matrix, L2);
    arrays::<64>(matrix, L2);
    views(matrix, "rows of 3×3", 3);
    views(matrix, "rows of 64×64", 64);
    if matrix.has_memory() {
        slices::<f64>(matrix, 3, MEMORY);
        slices::<f64>(matrix, 100, MEMORY);
        arrays::<3>(matrix, MEMORY);
    }
}

/// A source of rows: a ring that stays in the L1 cache.
pub struct Source<T> {
    pub ring: Vec<T>,
    pub width: usize,
    rows_in_ring: usize,
    pub count: usize,
}

impl<T: Element> Source<T> {
    pub fn new(width: usize, bytes: usize) -> Self {
        let row_bytes = width * size_of::<T>();
        let rows_in_ring = (16384 / row_bytes).max(1);
        Source {
            ring: T::many(rows_in_ring * width),
            width: black_box(width),
            rows_in_ring,
            count: bytes / row_bytes,
        }
    }

    /// Yields the rows, without a size hint.
    pub fn rows(&self) -> impl Iterator<Item = &[T]> {
        let (mut left, mut rows) = (self.count, self.ring.chunks_exact(self.width));
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            rows.next().or_else(|| {
                rows = self.ring.chunks_exact(self.width);
                rows.next()
            })
        })
    }

    /// Yields the rows, with their number as size hint.
    fn counted(&self) -> impl ExactSizeIterator<Item = &[T]> {
        (0..self.count).map(|row| &self.ring[row % self.rows_in_ring * self.width..][..self.width])
    }
}

pub fn bytes(size: &str) -> usize {
    if size == MEMORY { 64 << 20 } else { 1 << 20 }
}

fn slices<T: Element>(matrix: &mut Matrix, width: usize, size: &str) {
    let source = &Source::<T>::new(width, bytes(size));
    let shape = format!("rows of {width}");
    let place = [T::NAME, &shape, size];
    let by_hand = || {
        let mut flat = Vec::new();
        source.rows().for_each(|row| flat.extend_from_slice(row));
        flat
    };
    let by_hand_reserved = || {
        let mut flat = Vec::with_capacity(source.count * width);
        source.rows().for_each(|row| flat.extend_from_slice(row));
        flat
    };
    let by_ndarray = || {
        let mut array = Array2::from_shape_vec((0, width), Vec::new()).expect("no rows");
        source.rows().for_each(|row| array.push_row(ArrayView1::from(row)).expect("a row"));
        array
    };
    matrix
        .cell("push_row(&[T])", place)
        .ours(|| {
            let mut array = GrowableNd::new([width]);
            source.rows().for_each(|row| array.push_row(row).expect("a row"));
            array
        })
        .hand(by_hand)
        .ndarray(by_ndarray)
        .run();
    matrix
        .cell("with_capacity, push_row(&[T])", place)
        .ours(|| {
            let mut array = GrowableNd::with_capacity([width], source.count);
            source.rows().for_each(|row| array.push_row(row).expect("a row"));
            array
        })
        .hand(by_hand_reserved)
        .run();
    matrix
        .cell("from_rows of slices", place)
        .ours(|| GrowableNd::from_rows([width], source.rows()).expect("rows"))
        .hand(by_hand)
        .run();
    matrix
        .cell("extend_rows of counted slices", place)
        .ours(|| {
            let mut array = GrowableNd::new([width]);
            array.extend_rows(source.counted()).expect("rows");
            array
        })
        .hand(|| {
            let mut flat = Vec::with_capacity(source.count * width);
            source.counted().for_each(|row| flat.extend_from_slice(row));
            flat
        })
        .run();
    matrix
        .cell("extend_from_slice, row by row", place)
        .ours(|| {
            let mut array = GrowableNd::new([width]);
            source.rows().for_each(|row| array.extend_from_slice(row).expect("a row"));
            array
        })
        .hand(by_hand)
        .run();
    // The vectors are opaque: otherwise the compiler removes them from the hand-written loop.
    matrix
        .cell("push_row(Vec<T>)", place)
        .ours(|| {
            let mut array = GrowableNd::new([width]);
            source.rows().for_each(|row| array.push_row(black_box(row.to_vec())).expect("a row"));
            array
        })
        .hand(|| {
            let mut flat = Vec::new();
            source.rows().for_each(|row| flat.append(&mut black_box(row.to_vec())));
            flat
        })
        .run();
    let block = &source.ring;
    let blocks = (source.count * width / block.len()).max(1);
    matrix
        .cell("extend_from_slice, many rows", place)
        .ours(|| {
            let mut array = GrowableNd::new([width]);
            (0..blocks).for_each(|_| array.extend_from_slice(block).expect("rows"));
            array
        })
        .hand(|| {
            let mut flat = Vec::new();
            (0..blocks).for_each(|_| flat.extend_from_slice(block));
            flat
        })
        .run();
}

fn arrays<const W: usize>(matrix: &mut Matrix, size: &str) {
    let source = &Source::<f64>::new(W, bytes(size));
    let ring: Vec<[f64; W]> = source.ring.as_chunks::<W>().0.to_vec();
    let ring = &ring[..];
    let shape = format!("rows of {W}");
    let place = [f64::NAME, &shape, size];
    let rows = || {
        let (mut left, mut rows) = (source.count, ring.iter());
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            rows.next().or_else(|| {
                rows = ring.iter();
                rows.next()
            })
        })
    };
    let by_hand = || {
        let mut flat = Vec::new();
        rows().for_each(|row| flat.extend_from_slice(row));
        flat
    };
    let by_ndarray = || {
        let mut array = Array2::from_shape_vec((0, W), Vec::new()).expect("no rows");
        rows().for_each(|row| array.push_row(ArrayView1::from(row)).expect("a row"));
        array
    };
    matrix
        .cell("push_row([T; N])", place)
        .ours(|| {
            let mut array = GrowableNd::new([W]);
            rows().for_each(|&row| array.push_row(row).expect("a row"));
            array
        })
        .hand(by_hand)
        .ndarray(by_ndarray)
        .run();
    matrix
        .cell("push_row(&[T; N])", place)
        .ours(|| {
            let mut array = GrowableNd::new([W]);
            rows().for_each(|row| array.push_row(row).expect("a row"));
            array
        })
        .hand(by_hand)
        .run();
    matrix
        .cell("collect() of [T; N]", place)
        .ours(|| rows().copied().collect::<GrowableNd<f64>>())
        .hand(|| rows().copied().collect::<Vec<[f64; W]>>())
        .run();
    // Extents of views are known at run time only. The views are made in advance: the cell measures
    // stacking.
    let views: Vec<View<'_, f64, 1>> =
        ring.iter().map(|row| View::from_slice([source.width], row).expect("a row")).collect();
    matrix
        .cell("stack of views", place)
        .ours(|| {
            let views = (0..source.count).map(|row| views[row % views.len()]);
            GrowableNd::stack(views).expect("rows")
        })
        .hand(|| {
            let mut flat = Vec::with_capacity(source.count * source.width);
            source.counted().for_each(|row| flat.extend_from_slice(row));
            flat
        })
        .run();
}

/// Pushes rows that are views, contiguous and transposed.
fn views(matrix: &mut Matrix, size: &str, side: usize) {
    let side = black_box(side);
    let flat = f64::many(side * side);
    let (ours, theirs) = (
        View::from_slice([side, side], &flat).expect("a square"),
        ArrayView2::from_shape((side, side), &flat).expect("a square"),
    );
    let count = (1 << 17) / flat.len();
    for layout in ["contiguous", "transposed"] {
        let is_transposed = layout == "transposed";
        let (ours, theirs) = if is_transposed { (ours.t(), theirs.t()) } else { (ours, theirs.view()) };
        matrix
            .cell("push_row(view)", [f64::NAME, layout, size])
            .ours(|| {
                let mut array = GrowableNd::new([side, side]);
                (0..count).for_each(|_| array.push_row(black_box(&ours)).expect("a row"));
                array
            })
            .hand(|| {
                let mut rows: Vec<f64> = Vec::new();
                for _ in 0..count {
                    if is_transposed {
                        (0..side).for_each(|i| rows.extend((i..flat.len()).step_by(side).map(|at| flat[at])));
                    } else {
                        rows.extend_from_slice(black_box(&flat));
                    }
                }
                rows
            })
            .ndarray(|| {
                let mut array = Array3::from_shape_vec((0, side, side), Vec::new()).expect("no rows");
                (0..count).for_each(|_| array.push(Axis(0), black_box(theirs.view())).expect("a row"));
                array
            })
            .run();
    }
}
