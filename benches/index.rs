//! What does it cost to read an element by `array[[i, j, k]]`, and to store one by
//! `array[[i, j]] = x`?
//!
//! ```sh
//! cargo bench --bench index               # Criterion: absolute times with confidence intervals
//! cargo bench --bench index -- --ratios   # interleaved: the ratios of the table in benches/README.md
//! ```
//!
//! Three nested loops sum all elements of an array in sequence; the extents are unknown at compile
//! time. The reference is a flat slice with the index computed by hand, which the slice checks.
//! Another loop adds two matrices element by element into a third.

mod interleaved;

use criterion::Criterion;
use growable_nd::GrowableNd;
use interleaved::{Contender, Race};
use std::fmt::Debug;
use std::hint::black_box;
use std::ops::Add;

const SHAPE: [usize; 3] = [100, 50, 64];

fn main() {
    // Sums of floats are taken in order; sums of integers may be reordered, and vectorized.
    let (floats, integers) = (array(|row| row as f64), array(|row| row as u64));
    if interleaved::ratios_wanted() {
        interleaved::report(|run| {
            run(race("f64", &floats));
            run(race("u64", &integers));
            run(race_stores());
        });
    } else {
        let mut criterion = Criterion::default().configure_from_args();
        let mut group = criterion.benchmark_group("store");
        for (name, mut add) in stores() {
            group.bench_function(name.trim_matches('`'), |bencher| bencher.iter(&mut add));
        }
        group.finish();
        bench("f64", &floats, &mut criterion);
        bench("u64", &integers, &mut criterion);
    }
}

/// Fills row `i` with `element(i)`.
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

/// Lists all ways to sum the array, the reference first, and checks that they agree. Each is a
/// function of its own, as in a program: behind the captures of a closure the compiler sees less.
fn sums<T: Number>(array: &GrowableNd<T>, shape: [usize; 3]) -> Vec<(&'static str, Sum<'_, T>)> {
    let flat = array.as_slice();
    let sums: Vec<(_, Sum<'_, T>)> = vec![
        ("`flat[(i * nj + j) * nk + k]`", Box::new(move || by_flat_index(flat, shape))),
        ("`array[[i, j, k]]`", Box::new(move || by_index(array, shape))),
        ("`flat.get((i * nj + j) * nk + k)`", Box::new(move || by_flat_get(flat, shape))),
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
fn by_flat_get<T: Number>(flat: &[T], [ni, nj, nk]: [usize; 3]) -> T {
    sum([ni, nj, nk], |i, j, k| flat.get((i * nj + j) * nk + k).copied().unwrap_or_default())
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

/// Inlined into every contender, so that only the access differs.
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

const MATRIX: [usize; 2] = [200, 200];

fn race_stores<'a>() -> Race<'a> {
    Race {
        table: format!("{MATRIX:?}, c = a + b: smaller is faster"),
        column: "f64".to_owned(),
        unit: "element",
        units: MATRIX.iter().product(),
        rounds: 200,
        contenders: stores().into_iter().map(|(name, add)| Contender::new(name, add)).collect(),
    }
}

type Store<'a> = Box<dyn FnMut() -> f64 + 'a>;

/// Lists all ways to add two matrices, the reference first, and checks that they agree.
fn stores<'a>() -> Vec<(&'static str, Store<'a>)> {
    let shape = black_box(MATRIX);
    let a = GrowableNd::from_fn(shape, |[i, j]| (i * j) as f64);
    let b = GrowableNd::from_fn(shape, |[i, j]| (i + j) as f64);
    let (mut flat, mut by_index, mut by_view) = (vec![0.0; a.as_slice().len()], a.clone(), a.clone());
    let (flat_a, flat_b, view_a, view_b) = (a.clone(), b.clone(), a.clone(), b.clone());
    let mut stores: Vec<(_, Store<'_>)> = vec![
        (
            "`c[i * nj + j] = a[…] + b[…]`",
            Box::new(move || add_flat(&mut flat, flat_a.as_slice(), flat_b.as_slice(), shape)),
        ),
        ("`c[[i, j]] = a[[i, j]] + b[[i, j]]`", Box::new(move || add_by_index(&mut by_index, &a, &b, shape))),
        (
            "`c[[i, j]] = a[[i, j]] + b[[i, j]]`, of views",
            Box::new(move || add_by_view(&mut by_view, &view_a, &view_b, shape)),
        ),
    ];
    let expected = (stores[0].1)();
    for (name, add) in &mut stores {
        assert_eq!(add(), expected, "{name}");
    }
    stores
}

#[inline(never)]
fn add_flat(c: &mut [f64], a: &[f64], b: &[f64], [ni, nj]: [usize; 2]) -> f64 {
    for i in 0..ni {
        for j in 0..nj {
            c[i * nj + j] = a[i * nj + j] + b[i * nj + j];
        }
    }
    c[ni * nj / 2]
}

#[inline(never)]
fn add_by_index(
    c: &mut GrowableNd<f64>,
    a: &GrowableNd<f64>,
    b: &GrowableNd<f64>,
    [ni, nj]: [usize; 2],
) -> f64 {
    for i in 0..ni {
        for j in 0..nj {
            c[[i, j]] = a[[i, j]] + b[[i, j]];
        }
    }
    c.as_slice()[ni * nj / 2]
}

#[inline(never)]
fn add_by_view(
    c: &mut GrowableNd<f64>,
    a: &GrowableNd<f64>,
    b: &GrowableNd<f64>,
    [ni, nj]: [usize; 2],
) -> f64 {
    let (mut c, a, b) = (c.view_mut::<2>(), a.view::<2>(), b.view::<2>());
    for i in 0..ni {
        for j in 0..nj {
            c[[i, j]] = a[[i, j]] + b[[i, j]];
        }
    }
    c[[ni / 2, 0]]
}
