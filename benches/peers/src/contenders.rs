//! Who takes part, for one shape of a row.

use crate::interleaved::Contender;
use crate::ndarrays::{RowDim, ndarrays};
use crate::source::Source;
use growable_nd::{GrowableNd, ShapedRow};
use std::hint::black_box;

/// Everyone, the baseline first. `arrays` are the rows of the source with their shape in the type.
pub fn everyone<'a, R, I: RowDim>(source: &'a Source, row: &'a I, arrays: &'a [R]) -> Vec<Contender<'a>>
where
    &'a R: ShapedRow<f64>,
{
    let mut list = vec![
        vec(source, "`Vec::extend_from_slice`", Vec::new),
        vec(source, "the same, preallocated", || Vec::with_capacity(source.count() * source.row_len())),
        push_slices(source, row),
        contender(source, "`GrowableNd::push_row(&[[f64; …]; …])`", move || {
            let mut array = GrowableNd::new(<&R>::SHAPE);
            for row in source.arrays(arrays) {
                array.push_row(row).unwrap();
            }
            array
        }),
        contender(source, "`GrowableNd::extend_rows`, slices", move || {
            let mut array = GrowableNd::new(black_box(row).slice());
            array.extend_rows(source.rows()).unwrap();
            array
        }),
    ];
    list.extend(ndarrays(source, row));
    list
}

/// Ours, and what a user of a peer would write instead of it.
pub fn ours_against_peers<'a, I: RowDim>(source: &'a Source, row: &'a I) -> Vec<Contender<'a>> {
    let mut list = vec![push_slices(source, row)];
    list.extend(ndarrays(source, row));
    list
}

fn push_slices<'a, I: RowDim>(source: &'a Source, row: &'a I) -> Contender<'a> {
    contender(source, "`GrowableNd::push_row(&[f64])`", move || {
        let mut array = GrowableNd::new(black_box(row).slice());
        for row in source.rows() {
            array.push_row(row).unwrap();
        }
        array
    })
}

fn vec<'a>(source: &'a Source, name: &str, empty: impl Fn() -> Vec<f64> + 'a) -> Contender<'a> {
    contender(source, name, move || {
        let mut vec = empty();
        for row in source.rows() {
            vec.extend_from_slice(row);
        }
        vec
    })
}

/// Puts `build` on the list, if it builds what it should.
pub fn contender<'a, A: Flat>(source: &Source, name: &str, build: impl Fn() -> A + 'a) -> Contender<'a> {
    assert!(build().flat().iter().eq(source.elements()), "{name} builds something else");
    Contender::new(name, build)
}

/// A finished array, seen as its elements in row-major order.
pub trait Flat {
    fn flat(&self) -> &[f64];
}

impl Flat for Vec<f64> {
    fn flat(&self) -> &[f64] {
        self
    }
}

impl Flat for GrowableNd<f64> {
    fn flat(&self) -> &[f64] {
        self.as_slice()
    }
}
