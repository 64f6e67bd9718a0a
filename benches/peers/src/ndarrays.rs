//! The ways of ndarray to add a row to an array.

use crate::contenders::{Flat, contender};
use crate::interleaved::Contender;
use crate::source::Source;
use ndarray::{Array, Array2, ArrayView, ArrayView1, Axis, Dimension, RemoveAxis};
use std::hint::black_box;

/// The shape of a row, whose number of axes is known at compile time, as it is in most programs.
pub trait RowDim: Dimension<Larger: RemoveAxis<Smaller = Self>> {}

impl<I: Dimension<Larger: RemoveAxis<Smaller = I>>> RowDim for I {}

/// Each begins with an array without rows, and makes views of the rows that it gets as slices.
pub fn ndarrays<'a, I: RowDim>(source: &'a Source, row: &'a I) -> Vec<Contender<'a>> {
    vec![
        contender(source, "ndarray `push_row`", move || {
            let mut array = Array2::zeros((0, source.row_len()));
            for row in source.rows() {
                array.push_row(ArrayView1::from(row)).unwrap();
            }
            array
        }),
        contender(source, "ndarray `push(Axis(0), …)`", move || {
            let row_dim = black_box(row).clone();
            let mut array = without_rows(&row_dim);
            for row in source.rows() {
                let view = ArrayView::from_shape(row_dim.clone(), row).unwrap();
                array.push(Axis(0), view).unwrap();
            }
            array
        }),
        contender(source, "ndarray `append(Axis(0), …)`", move || {
            let one_row = black_box(row).insert_axis(Axis(0));
            let mut array = without_rows(row);
            for row in source.rows() {
                let view = ArrayView::from_shape(one_row.clone(), row).unwrap();
                array.append(Axis(0), view).unwrap();
            }
            array
        }),
    ]
}

fn without_rows<I: RowDim>(row: &I) -> Array<f64, I::Larger> {
    let mut shape = row.insert_axis(Axis(0));
    shape[0] = 0;
    Array::zeros(shape)
}

impl<D: Dimension> Flat for Array<f64, D> {
    fn flat(&self) -> &[f64] {
        self.as_slice().expect("row-major")
    }
}
