//! What does it cost to read an element by `array[[i, j, k]]`?
//!
//! ```sh
//! cargo bench --bench index               # Criterion: absolute times with confidence intervals
//! cargo bench --bench index -- --ratios   # interleaved: the ratios of the table in benches/README.md
//! ```
//!
//! All elements of an array are summed in sequence, in three nested loops. The extents are not known at
//! compile time. The measure is a flat slice with the index computed by hand and checked once, by the slice.

mod interleaved;

use criterion::Criterion;
use growable_nd::GrowableNd;
use interleaved::Contender;
use std::hint::black_box;

const SHAPE: [usize; 3] = [100, 50, 64];

fn main() {
    let array =
        GrowableNd::from_rows(&SHAPE[1..], (0..SHAPE[0]).map(|i| vec![i as f64; SHAPE[1] * SHAPE[2]]))
            .expect("rows of the right length");
    let shape = black_box(SHAPE);
    let sums = sums(&array, shape);
    let expected = (sums[0].1)();
    for (name, sum) in &sums {
        assert_eq!(sum(), expected, "{name}");
    }
    if std::env::args().any(|argument| argument == "--ratios") {
        let contenders = sums.into_iter().map(|(name, sum)| Contender::new(name, sum)).collect();
        let title = format!("{SHAPE:?} f64, read in sequence");
        interleaved::print_table(
            &title,
            array.as_slice().len(),
            "element",
            &interleaved::measure(contenders, 500),
        );
    } else {
        let mut criterion = Criterion::default().configure_from_args();
        let mut group = criterion.benchmark_group("index");
        for (name, sum) in sums {
            group.bench_function(name, |bencher| bencher.iter(&sum));
        }
    }
}

type Sum<'a> = Box<dyn Fn() -> f64 + 'a>;

/// All ways to sum the array, the measure first. Each is a function of its own, as in a program, and not a
/// closure behind whose captures the compiler sees less.
fn sums(array: &GrowableNd<f64>, shape: [usize; 3]) -> Vec<(&'static str, Sum<'_>)> {
    let flat = array.as_slice();
    vec![
        ("flat[(i * nj + j) * nk + k]", Box::new(move || by_flat_index(flat, shape))),
        ("array[[i, j, k]]", Box::new(move || by_index(array, shape))),
        ("array.get([i, j, k])", Box::new(move || by_get(array, shape))),
        ("array.row(i)[j * nk + k]", Box::new(move || by_row(array, shape))),
        ("array.iter_rows()", Box::new(move || by_iterator(array))),
    ]
}

#[inline(never)]
fn by_flat_index(flat: &[f64], [ni, nj, nk]: [usize; 3]) -> f64 {
    sum([ni, nj, nk], |i, j, k| flat[(i * nj + j) * nk + k])
}

#[inline(never)]
fn by_index(array: &GrowableNd<f64>, shape: [usize; 3]) -> f64 {
    sum(shape, |i, j, k| array[[i, j, k]])
}

#[inline(never)]
fn by_get(array: &GrowableNd<f64>, shape: [usize; 3]) -> f64 {
    sum(shape, |i, j, k| array.get([i, j, k]).copied().unwrap_or(0.0))
}

#[inline(never)]
fn by_row(array: &GrowableNd<f64>, [ni, nj, nk]: [usize; 3]) -> f64 {
    sum([ni, nj, nk], |i, j, k| array.row(i)[j * nk + k])
}

#[inline(never)]
fn by_iterator(array: &GrowableNd<f64>) -> f64 {
    array.iter_rows().flatten().fold(0.0, |sum, element| sum + element)
}

/// Inlined into every contender, so that nothing but the access differs.
#[inline(always)]
fn sum([ni, nj, nk]: [usize; 3], element: impl Fn(usize, usize, usize) -> f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..ni {
        for j in 0..nj {
            for k in 0..nk {
                sum += element(i, j, k);
            }
        }
    }
    sum
}
