//! Sums and maps on several threads, next to one thread, to ndarray with rayon, and to rayon over
//! the flat slice. All cores take part, so do not pin this program to a core.

use crate::interleaved::{Contender, Race, report};
use growable_nd::{Axis, GrowableNd};
use ndarray::Zip;
use ndarray::parallel::prelude::{IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

/// Elements of a row.
const ROW: usize = 512;
/// Rows of a chunk of ndarray: 512 KiB.
const CHUNK: usize = 128;

/// Prints a table for each operation, with a column for each size.
pub fn print_tables() {
    report(|run| {
        for (mebibytes, rounds) in [(1, 201), (16, 21), (128, 3)] {
            let array = GrowableNd::from_fn([mebibytes << 17 >> ROW.ilog2(), ROW], |[i, j]| {
                f64::from(u32::try_from((i * 7 + j * 3) % 1000).unwrap()) * 0.37
            });
            let ndarray = ndarray::ArrayView2::from_shape((array.rows(), ROW), array.as_slice()).unwrap();
            let mut race = |operation: &str, contenders: Vec<Contender<'_>>| {
                run(Race {
                    table: operation.to_owned(),
                    column: format!("{mebibytes} MiB"),
                    unit: "element",
                    units: array.len(),
                    rounds,
                    contenders,
                });
            };
            race("Sum of `f64`", sums(&array, ndarray));
            race("Sum along axis 0", axis_sums(&array, ndarray));
            race("Map by a product and a sum", maps(&array, ndarray, |x| x * 2.0 + 1.0));
            race("Map by a sine", maps(&array, ndarray, f64::sin));
        }
    });
}

fn sums<'a>(array: &'a GrowableNd<f64>, ndarray: ndarray::ArrayView2<'a, f64>) -> Vec<Contender<'a>> {
    let expected = array.sum();
    let near = move |sum: &f64| assert!((sum - expected).abs() <= expected * 1e-9);
    vec![
        Contender::checked("`sum`", || array.sum(), near),
        Contender::checked(
            "`par_sum`",
            || array.par_sum(),
            move |sum| assert_eq!(sum.to_bits(), expected.to_bits()),
        ),
        Contender::checked("ndarray's `sum`", move || ndarray.sum(), near),
        Contender::checked(
            "ndarray's `axis_chunks_iter` of 128 rows with rayon, a sum each",
            move || {
                let chunks = ndarray.axis_chunks_iter(ndarray::Axis(0), CHUNK).into_par_iter();
                chunks.map(|chunk| chunk.sum()).sum::<f64>()
            },
            near,
        ),
        Contender::checked(
            "rayon's `par_chunks` of the slice, a sum each",
            || {
                let chunks = array.as_slice().par_chunks(1 << 16);
                chunks.map(|chunk| ndarray::aview1(chunk).sum()).sum::<f64>()
            },
            near,
        ),
    ]
}

fn axis_sums<'a>(array: &'a GrowableNd<f64>, ndarray: ndarray::ArrayView2<'a, f64>) -> Vec<Contender<'a>> {
    let expected = array.sum_axis(Axis(0));
    let near = {
        let expected = expected.clone();
        move |sums: &ndarray::Array1<f64>| {
            let mut pairs = sums.iter().zip(expected.as_slice());
            let is_near = pairs.all(|(sum, expected)| (sum - expected).abs() <= expected * 1e-9);
            assert!(is_near && sums.len() == expected.len());
        }
    };
    vec![
        Contender::new("`sum_axis(Axis(0))`", || array.sum_axis(Axis(0))),
        Contender::checked(
            "`par_sum_axis(Axis(0))`",
            || array.par_sum_axis(Axis(0)),
            move |sums| assert_eq!(*sums, expected),
        ),
        Contender::checked("ndarray's `sum_axis`", move || ndarray.sum_axis(ndarray::Axis(0)), near.clone()),
        Contender::checked(
            "ndarray's `axis_chunks_iter` of 128 rows with rayon, a `sum_axis` each",
            move || {
                let chunks = ndarray.axis_chunks_iter(ndarray::Axis(0), CHUNK).into_par_iter();
                let sums = chunks.map(|chunk| chunk.sum_axis(ndarray::Axis(0)));
                sums.reduce_with(|a, b| a + b).expect("rows")
            },
            near,
        ),
    ]
}

fn maps<'a>(
    array: &'a GrowableNd<f64>,
    ndarray: ndarray::ArrayView2<'a, f64>,
    f: impl Fn(f64) -> f64 + Copy + Sync + Send + 'a,
) -> Vec<Contender<'a>> {
    let is_mapped = move |mapped: &[f64]| mapped.iter().copied().eq(array.as_slice().iter().map(|&x| f(x)));
    vec![
        Contender::checked(
            "`map`",
            move || array.map(|&x| f(x)),
            move |mapped| assert!(is_mapped(mapped.as_slice())),
        ),
        Contender::checked(
            "`par_map`",
            move || array.par_map(|&x| f(x)),
            move |mapped| assert!(is_mapped(mapped.as_slice())),
        ),
        Contender::checked(
            "ndarray's `Zip::par_map_collect`",
            move || Zip::from(ndarray).par_map_collect(|&x| f(x)),
            move |mapped| assert!(mapped.as_slice().is_some_and(is_mapped)),
        ),
        Contender::checked(
            "rayon's `par_iter` of the slice, collected",
            move || {
                let mapped = array.as_slice().into_par_iter().map(|&x| f(x));
                mapped.collect::<Vec<f64>>()
            },
            move |mapped| assert!(is_mapped(mapped)),
        ),
    ]
}
