//! Adding a row to an array of ndarray.
//!
//! Each contender except the first starts with an array without rows. Rows arrive as slices, so it
//! makes a view of the row first, by the fastest way that was tried: for more than one axis
//! `into_shape_with_order` is faster than `ArrayView::from_shape`. With views made in advance the
//! times are equal.

use crate::contenders::{Flat, contender};
use crate::interleaved::Contender;
use crate::row_type::RowType;
use crate::source::Source;
use ndarray::{Array, Array2, ArrayView, ArrayView1, Axis, Dimension, IxDyn};

pub fn ndarrays<R: RowType>(source: &Source) -> Vec<Contender<'_>> {
    vec![
        // As its documentation recommends for rows whose number is not known.
        contender(source, "ndarray `Array2::from_shape_vec` of an extended `Vec`", || {
            let mut flat = Vec::new();
            let mut rows = 0;
            for row in source.slices() {
                flat.extend_from_slice(row);
                rows += 1;
            }
            Array2::from_shape_vec((rows, source.row_len()), flat).unwrap()
        }),
        contender(source, "ndarray `Array2::push_row`, rows flattened", || {
            let mut array = Array2::zeros((0, source.row_len()));
            for row in source.slices() {
                array.push_row(ArrayView1::from(row)).unwrap();
            }
            array
        }),
        contender(source, "ndarray `reserve_rows`, then `Array2::push_row`", || {
            let mut array = Array2::zeros((0, source.row_len()));
            array.reserve_rows(source.count()).unwrap();
            for row in source.slices() {
                array.push_row(ArrayView1::from(row)).unwrap();
            }
            array
        }),
        contender(source, "ndarray `push(Axis(0), row)`", || {
            let (mut array, row_dim) = without_rows::<R>(source);
            for row in source.slices() {
                array.push(Axis(0), view(row, &row_dim)).unwrap();
            }
            array
        }),
        // `push` calls this method after a conversion of the number of axes, which takes time.
        contender(source, "ndarray `append(Axis(0), one row)`", || {
            let (mut array, row_dim) = without_rows::<R>(source);
            for row in source.slices() {
                array.append(Axis(0), view(row, &row_dim).insert_axis(Axis(0))).unwrap();
            }
            array
        }),
    ]
}

/// Makes an array without rows, and the shape of its rows.
fn without_rows<R: RowType>(source: &Source) -> (Array<f64, <R::Dim as Dimension>::Larger>, R::Dim) {
    let row_dim = R::Dim::from_dimension(&IxDyn(source.row_shape())).expect("as many axes as the shape has");
    let mut dim = row_dim.insert_axis(Axis(0));
    dim[0] = 0;
    (Array::zeros(dim), row_dim)
}

fn view<'a, D: Dimension>(row: &'a [f64], dim: &D) -> ArrayView<'a, f64, D> {
    ArrayView1::from(row).into_shape_with_order(dim.clone()).unwrap()
}

impl<D: Dimension> Flat for Array<f64, D> {
    fn flat(&self) -> &[f64] {
        self.as_slice().expect("row-major")
    }
}
