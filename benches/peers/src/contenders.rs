//! The contenders for one shape of a row.

use crate::containers::containers;
use crate::interleaved::Contender;
use crate::ndarrays::ndarrays;
use crate::numpy::{self, NumPy};
use crate::row_type::RowType;
use crate::source::Source;
use growable_nd::{GrowableNd, Row};

/// Lists all contenders, ours first: it is the reference.
pub fn everyone<'a, R: RowType + 'a>(source: &'a Source, numpy: Option<&'a NumPy>) -> Vec<Contender<'a>>
where
    &'a R: Row<f64>,
{
    let mut list = vec![
        push_slices(source),
        contender(source, "`GrowableNd::push_row` of `&[f64; A]`, `&[[f64; B]; A]`", || {
            let mut array = GrowableNd::new(source.row_shape());
            for row in source.arrays::<R>() {
                array.push_row(row).unwrap();
            }
            array
        }),
        contender(source, "`GrowableNd::extend_rows` of slices", || {
            let mut array = GrowableNd::new(source.row_shape());
            array.extend_rows(source.slices()).unwrap();
            array
        }),
        vec(source, "`Vec::extend_from_slice`", Vec::new),
        contender(source, "`Vec::extend` of an iterator", || {
            let mut vec = Vec::new();
            for row in source.slices() {
                vec.extend(row.iter().copied());
            }
            vec
        }),
        vec(source, "`Vec::extend_from_slice`, preallocated", || {
            Vec::with_capacity(source.count() * source.row_len())
        }),
    ];
    list.extend(ndarrays::<R>(source));
    list.extend(containers(source));
    list.extend(numpy::ways(numpy, source));
    list
}

fn push_slices(source: &Source) -> Contender<'_> {
    contender(source, "`GrowableNd::push_row(&[f64])`", || {
        let mut array = GrowableNd::new(source.row_shape());
        for row in source.slices() {
            array.push_row(row).unwrap();
        }
        array
    })
}

fn vec<'a>(source: &'a Source, name: &'static str, empty: impl Fn() -> Vec<f64> + 'a) -> Contender<'a> {
    contender(source, name, move || {
        let mut vec = empty();
        for row in source.slices() {
            vec.extend_from_slice(row);
        }
        vec
    })
}

/// Makes a contender of `build`, and checks the first result.
pub fn contender<'a, A: Flat>(
    source: &'a Source,
    name: &'static str,
    build: impl Fn() -> A + 'a,
) -> Contender<'a> {
    Contender::checked(name, build, move |built| {
        // Not `assert_eq`, which would print millions of elements.
        assert!(built.flat().iter().eq(source.elements()), "{name} builds something else");
    })
}

/// A finished array as its elements in row-major order.
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
