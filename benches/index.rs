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
use interleaved::{Contender, Race};
use std::fmt::Debug;
use std::hint::black_box;
use std::ops::Add;

const SHAPE: [usize; 3] = [100, 50, 64];

fn main() {
    // Sums of floats must be taken in order; those of integers need not, and may be vectorized.
    let (floats, integers) = (array(|row| row as f64), array(|row| row as u64));
    if interleaved::ratios_wanted() {
        interleaved::report(|run| {
            run(race("f64", &floats));
            run(race("u64", &integers));
        });
    } else {
        let mut criterion = Criterion::default().configure_from_args();
        bench("f64", &floats, &mut criterion);
        bench("u64", &integers, &mut criterion);
    }
}

/// Row `i` is filled with `element(i)`.
fn array<T: Number>(element: fn(usize) -> T) -> GrowableNd<T> {
    let [rows, nj, nk] = SHAPE;
    let rows = (0..rows).map(|row| vec![element(row); nj * nk]);
    GrowableNd::from_rows([nj, nk], rows).expect("rows of the right length")
}

fn race<'a, T: Number>(name: &str, array: &'a GrowableNd<T>) -> Race<'a> {
    let sums = sums(array, black_box(SHAPE)).into_iter();
    Race {
        table: format!("{SHAPE:?}, summed in sequence: smaller is faster"),
        column: name.to_owned(),
        unit: "element",
        units: array.as_slice().len(),
        rounds: 100,
        contenders: sums.map(|(name, sum)| Contender::new(name, sum)).collect(),
    }
}

fn bench<T: Number>(name: &str, array: &GrowableNd<T>, criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group(format!("index/{name}"));
    for (name, sum) in sums(array, black_box(SHAPE)) {
        group.bench_function(name.trim_matches('`'), |bencher| bencher.iter(&sum));
    }
}

trait Number: Copy + Default + Add<Output = Self> + PartialEq + Debug {}
impl Number for f64 {}
impl Number for u64 {}

type Sum<'a, T> = Box<dyn Fn() -> T + 'a>;

/// All ways to sum the array, the measure first, after a check that they agree. Each is a function of its own,
/// as in a program, and not a closure behind whose captures the compiler sees less.
fn sums<T: Number>(array: &GrowableNd<T>, shape: [usize; 3]) -> Vec<(&'static str, Sum<'_, T>)> {
    let flat = array.as_slice();
    let sums: Vec<(_, Sum<'_, T>)> = vec![
        ("`flat[(i * nj + j) * nk + k]`", Box::new(move || by_flat_index(flat, shape))),
        ("`array[[i, j, k]]`", Box::new(move || by_index(array, shape))),
        ("`array.get([i, j, k])`", Box::new(move || by_get(array, shape))),
        ("`array.row(i)[j * nk + k]`", Box::new(move || by_row(array, shape))),
        ("`array.iter_rows()`", Box::new(move || by_iterator(array))),
    ];
    let expected = (sums[0].1)();
    for (name, sum) in &sums {
        assert_eq!(sum(), expected, "{name}");
    }
    sums
}

#[inline(never)]
fn by_flat_index<T: Number>(flat: &[T], [ni, nj, nk]: [usize; 3]) -> T {
    sum([ni, nj, nk], |i, j, k| flat[(i * nj + j) * nk + k])
}

#[inline(never)]
fn by_index<T: Number>(array: &GrowableNd<T>, shape: [usize; 3]) -> T {
    sum(shape, |i, j, k| array[[i, j, k]])
}

#[inline(never)]
fn by_get<T: Number>(array: &GrowableNd<T>, shape: [usize; 3]) -> T {
    sum(shape, |i, j, k| array.get([i, j, k]).copied().unwrap_or_default())
}

#[inline(never)]
fn by_row<T: Number>(array: &GrowableNd<T>, [ni, nj, nk]: [usize; 3]) -> T {
    sum([ni, nj, nk], |i, j, k| array.row(i)[j * nk + k])
}

#[inline(never)]
fn by_iterator<T: Number>(array: &GrowableNd<T>) -> T {
    array.iter_rows().flatten().fold(T::default(), |sum, element| sum + *element)
}

/// Inlined into every contender, so that nothing but the access differs.
#[inline(always)]
fn sum<T: Number>([ni, nj, nk]: [usize; 3], element: impl Fn(usize, usize, usize) -> T) -> T {
    let mut sum = T::default();
    for i in 0..ni {
        for j in 0..nj {
            for k in 0..nk {
                sum = sum + element(i, j, k);
            }
        }
    }
    sum
}
