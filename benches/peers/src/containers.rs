//! Other containers to which rows can be added. Most have two axes only, and get flattened rows.

use crate::contenders::{Flat, contender};
use crate::interleaved::Contender;
use crate::source::Source;
use arrow_array::builder::{FixedSizeListBuilder, Float64Builder};
use arrow_array::{Array as _, FixedSizeListArray, Float64Array};
use grid::Grid;
use mdarray::{DArray, View};
use nalgebra::DMatrix;
use toodee::TooDee;

pub fn containers(source: &Source) -> Vec<Contender<'_>> {
    let len = source.row_len();
    vec![
        contender(source, "mdarray `DArray::expand`", move || {
            let mut array = DArray::<f64, 2>::new();
            for row in source.slices() {
                array.expand(View::from(row).into_shape([1, len]));
            }
            // Its slices give no access to their elements as one Rust slice.
            array.into_vec()
        }),
        contender(source, "grid `push_row`", || {
            let mut grid = Grid::new(0, 0);
            for row in source.slices() {
                // The method takes a vector.
                grid.push_row(row.to_vec());
            }
            grid
        }),
        contender(source, "toodee `push_row`", || {
            let mut rows = TooDee::default();
            for row in source.slices() {
                rows.push_row(row.iter().copied());
            }
            rows
        }),
        // nalgebra stores columns: adding rows would be quadratic.
        contender(source, "nalgebra `extend`, rows as columns", move || {
            let mut matrix = DMatrix::zeros(len, 0);
            for row in source.slices() {
                matrix.extend(row.iter().copied());
            }
            matrix
        }),
        contender(source, "arrow `FixedSizeListBuilder`", move || {
            let mut builder =
                FixedSizeListBuilder::new(Float64Builder::new(), i32::try_from(len).expect("short rows"));
            for row in source.slices() {
                builder.values().append_slice(row);
                builder.append(true);
            }
            builder.finish()
        }),
        contender(source, "`Vec<Vec<f64>>`, then `concat`", || {
            let mut rows = Vec::new();
            for row in source.slices() {
                rows.push(row.to_vec());
            }
            rows.concat()
        }),
    ]
}

impl Flat for Grid<f64> {
    fn flat(&self) -> &[f64] {
        self.flatten()
    }
}

impl Flat for TooDee<f64> {
    fn flat(&self) -> &[f64] {
        self.data()
    }
}

impl Flat for DMatrix<f64> {
    fn flat(&self) -> &[f64] {
        self.as_slice()
    }
}

impl Flat for FixedSizeListArray {
    fn flat(&self) -> &[f64] {
        let values = self.values().as_any().downcast_ref::<Float64Array>();
        values.expect("the elements of the builder").values()
    }
}
