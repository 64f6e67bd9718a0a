//! What does it cost to push a row, and does the growth factor matter?
//!
//! ```sh
//! cargo bench --bench push               # Criterion: absolute times with confidence intervals
//! cargo bench --bench push -- --ratios   # interleaved: the ratios of the tables in benches/README.md
//! ```
//!
//! Rows of `f64` come one at a time out of a ring of 16 KiB; how many there will be is not shown to anyone but
//! the contender `vec exact`. The length of a row is not known at compile time, except to `arrays`.

mod interleaved;

use criterion::{BenchmarkId, Criterion, Throughput};
use growable_nd::{GrowableNd, Growth};
use interleaved::{Contender, Race};
use std::hint::black_box;
use std::time::Duration;

const ROW_LENS: [usize; 5] = [1, 3, 16, 100, 4096];
const FACTORS: [(u64, u64); 5] = [(9, 8), (5, 4), (3, 2), (2, 1), (4, 1)];
const MIB: usize = 1 << 20;
/// Sizes of the finished array, and rounds for each.
const ROUNDS: [(usize, usize); 2] = [(MIB, 40), (64 * MIB, 3)];

fn main() {
    if interleaved::ratios_wanted() {
        interleaved::report(run_all);
    } else {
        bench_all(&mut Criterion::default().configure_from_args());
    }
}

/// One way to build an array from `rows` rows out of the ring, as its elements.
struct Build<'a> {
    name: String,
    run: Box<dyn Fn() -> Vec<f64> + 'a>,
}

fn build<'a>(name: impl Into<String>, run: impl Fn() -> Vec<f64> + 'a) -> Build<'a> {
    Build { name: name.into(), run: Box::new(run) }
}

/// All ways, `Vec` first, after a check that they agree.
fn builds(ring: &[f64], row_len: usize, rows: usize) -> Vec<Build<'_>> {
    let source = move || source(ring, row_len, rows);
    let mut builds = vec![
        build("vec", move || {
            let mut vec = Vec::new();
            source().for_each(|row| vec.extend_from_slice(row));
            vec
        }),
        build("vec exact", move || {
            let mut vec = Vec::with_capacity(rows * row_len);
            source().for_each(|row| vec.extend_from_slice(row));
            vec
        }),
    ];
    for (p, q) in FACTORS {
        let growth = Growth::factor(p, q).expect("a factor above 1");
        builds.push(build(growth.to_string(), move || {
            let mut array = GrowableNd::with_growth([row_len], growth);
            source().for_each(|row| array.push_row(row).expect("a row of the right length"));
            array.into_vec()
        }));
    }
    builds.push(build("extend_rows", move || {
        let mut array = GrowableNd::new([row_len]);
        array.extend_rows(source()).expect("rows of the right length");
        array.into_vec()
    }));
    builds.push(match row_len {
        1 => build("arrays", move || push_arrays::<1>(ring, rows)),
        3 => build("arrays", move || push_arrays::<3>(ring, rows)),
        16 => build("arrays", move || push_arrays::<16>(ring, rows)),
        100 => build("arrays", move || push_arrays::<100>(ring, rows)),
        _ => build("arrays", move || push_arrays::<4096>(ring, rows)),
    });
    let expected = (builds[0].run)();
    for build in &builds {
        assert_eq!((build.run)(), expected, "{}", build.name);
    }
    builds
}

/// Rows whose length is known from their type.
fn push_arrays<const N: usize>(ring: &[f64], rows: usize) -> Vec<f64> {
    let mut array = GrowableNd::new([N]);
    source(ring, N, rows).for_each(|row| {
        let row: &[f64; N] = row.try_into().expect("N elements");
        array.push_row(row).expect("a row of the right shape");
    });
    array.into_vec()
}

/// So many rows out of the ring, without a word on how many: nobody can reserve memory ahead.
fn source(ring: &[f64], row_len: usize, mut rows: usize) -> impl Iterator<Item = &[f64]> {
    let mut rest = ring;
    std::iter::from_fn(move || {
        rows = rows.checked_sub(1)?;
        if rest.is_empty() {
            rest = ring;
        }
        let (row, behind) = rest.split_at(row_len);
        rest = behind;
        Some(row)
    })
}

/// Whole rows that fill about 16 KiB, or one row if that is larger.
fn ring(row_len: usize) -> Vec<f64> {
    let rows = (2048 / row_len).max(1);
    (0..rows * row_len).map(|i| i as f64).collect()
}

fn bench_all(criterion: &mut Criterion) {
    for (bytes, _) in ROUNDS {
        for row_len in ROW_LENS {
            let mut group = criterion.benchmark_group(format!("push/{}MiB", bytes / MIB));
            group.sample_size(10).warm_up_time(Duration::from_millis(300));
            group.measurement_time(Duration::from_secs(1));
            let rows = bytes / 8 / row_len;
            group.throughput(Throughput::Elements(rows as u64));
            let ring = ring(row_len);
            for build in builds(&ring, black_box(row_len), rows) {
                let id = BenchmarkId::new(build.name, format!("rows of {row_len}"));
                group.bench_function(id, |bencher| bencher.iter_with_large_drop(&build.run));
            }
        }
    }
}

fn run_all(run: &mut dyn FnMut(Race<'_>)) {
    interleaved::touch_memory(512 * MIB);
    for (bytes, rounds) in ROUNDS {
        for row_len in ROW_LENS {
            let rows = bytes / 8 / row_len;
            let ring = ring(row_len);
            let builds = builds(&ring, black_box(row_len), rows).into_iter();
            run(Race {
                title: format!("{} MiB in rows of {row_len}", bytes / MIB),
                unit: "row",
                units: rows,
                rounds,
                contenders: builds.map(|build| Contender::new(build.name, build.run)).collect(),
            });
        }
    }
}
