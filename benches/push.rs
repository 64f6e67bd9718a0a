//! What does it cost to push a row, and does the growth factor matter?
//!
//! ```sh
//! cargo bench --bench push               # Criterion: absolute times with confidence intervals
//! cargo bench --bench push -- --ratios   # interleaved: the ratios of the tables in benches/README.md
//! ```
//!
//! Rows of `f64` arrive one at a time from a ring of 16 KiB; only the preallocated contender knows
//! their number. The length of a row is unknown at compile time, except where rows are arrays.

mod interleaved;

use criterion::{BenchmarkId, Criterion, Throughput};
use growable_nd::{GrowableNd, Growth};
use interleaved::{Contender, KEEP_MEMORY, Race, report_alone};
use std::hint::black_box;
use std::time::Duration;

const ROW_LENS: [usize; 5] = [1, 3, 16, 100, 4096];
const FACTORS: [(u64, u64); 5] = [(9, 8), (5, 4), (3, 2), (2, 1), (4, 1)];
const MIB: usize = 1 << 20;
/// Size of the finished array where memory is warm, and where it is new.
const WARM: usize = MIB;
const NEW: usize = 64 * MIB;

fn main() {
    if interleaved::ratios_wanted() {
        let kept = "in memory that the allocator keeps";
        report_alone("warm", &[KEEP_MEMORY], |run| run_all(WARM, kept, 40, run));
        report_alone("new", &[], |run| run_all(NEW, "in memory that is new from the system", 0, run));
    } else {
        bench_all(&mut Criterion::default().configure_from_args());
    }
}

/// One way to build an array from `rows` rows of the ring; returns its elements.
struct Build<'a> {
    name: String,
    run: Box<dyn Fn() -> Vec<f64> + 'a>,
}

fn build<'a>(name: impl Into<String>, run: impl Fn() -> Vec<f64> + 'a) -> Build<'a> {
    Build { name: name.into(), run: Box::new(run) }
}

/// Lists all ways, `Vec` first.
fn builds(ring: &[f64], row_len: usize, rows: usize) -> Vec<Build<'_>> {
    let source = move || source(ring, row_len, rows);
    let mut builds = vec![
        build("`Vec::extend_from_slice`", move || {
            let mut vec = Vec::new();
            source().for_each(|row| vec.extend_from_slice(row));
            vec
        }),
        build("`Vec::extend_from_slice`, preallocated", move || {
            let mut vec = Vec::with_capacity(rows * row_len);
            source().for_each(|row| vec.extend_from_slice(row));
            vec
        }),
    ];
    for (p, q) in FACTORS {
        let growth = Growth::factor(p, q);
        builds.push(build(format!("`push_row(&[f64])`, factor {growth}"), move || {
            let mut array = GrowableNd::with_growth([row_len], growth);
            source().for_each(|row| array.push_row(row).expect("a row of the right length"));
            array.into_vec()
        }));
    }
    builds.push(build("`extend_rows`", move || {
        let mut array = GrowableNd::new([row_len]);
        array.extend_rows(source()).expect("rows of the right length");
        array.into_vec()
    }));
    builds.extend(match row_len {
        1 => of_arrays::<1>(ring, rows),
        3 => of_arrays::<3>(ring, rows),
        16 => of_arrays::<16>(ring, rows),
        100 => of_arrays::<100>(ring, rows),
        _ => of_arrays::<4096>(ring, rows),
    });
    builds
}

/// Lists the ways with rows whose length is in their type.
fn of_arrays<const N: usize>(ring: &[f64], rows: usize) -> [Build<'_>; 2] {
    let source = move || source(ring, N, rows).map(|row| <&[f64; N]>::try_from(row).expect("N elements"));
    [
        build("`Vec::extend_from_slice(&[f64; N])`", move || {
            let mut vec = Vec::new();
            source().for_each(|row| vec.extend_from_slice(row));
            vec
        }),
        build("`push_row(&[f64; N])`", move || {
            let mut array = GrowableNd::new([N]);
            source().for_each(|row| array.push_row(row).expect("a row of the right shape"));
            array.into_vec()
        }),
    ]
}

/// Yields `rows` rows of the ring without a size hint, so that no contender can reserve memory in
/// advance.
fn source(ring: &[f64], row_len: usize, mut rows: usize) -> impl Iterator<Item = &[f64]> {
    let mut rest = ring;
    std::iter::from_fn(move || {
        rows = rows.checked_sub(1)?;
        if rest.is_empty() {
            rest = ring;
        }
        let (row, others) = rest.split_at(row_len);
        rest = others;
        Some(row)
    })
}

/// Returns whole rows of about 16 KiB together, or one row if it is larger.
fn ring(row_len: usize) -> Vec<f64> {
    let rows = (2048 / row_len).max(1);
    (0..rows * row_len).map(|i| i as f64).collect()
}

/// Returns whether `built` has the elements of the ring, repeated.
fn is_right(built: &[f64], ring: &[f64], elements: usize) -> bool {
    built.iter().eq(ring.iter().cycle().take(elements))
}

fn bench_all(criterion: &mut Criterion) {
    for bytes in [WARM, NEW] {
        for row_len in ROW_LENS {
            let mut group = criterion.benchmark_group(format!("push/{}MiB", bytes / MIB));
            group.sample_size(10).warm_up_time(Duration::from_millis(300));
            group.measurement_time(Duration::from_secs(1));
            let rows = bytes / 8 / row_len;
            group.throughput(Throughput::Elements(rows as u64));
            let ring = ring(row_len);
            for build in builds(&ring, black_box(row_len), rows) {
                assert!(is_right(&(build.run)(), &ring, rows * row_len), "{}", build.name);
                let id = BenchmarkId::new(build.name.replace(['`', '/'], ""), format!("rows of {row_len}"));
                group.bench_function(id, |bencher| bencher.iter_with_large_drop(&build.run));
            }
        }
    }
}

fn run_all(bytes: usize, memory: &str, rounds: usize, run: &mut dyn FnMut(Race<'_>)) {
    for row_len in ROW_LENS {
        let rows = bytes / 8 / row_len;
        let ring = &ring(row_len);
        let contender = |Build { name, run }| {
            let failure = format!("{name} builds something else");
            let check = move |built: &Vec<f64>| assert!(is_right(built, ring, rows * row_len), "{failure}");
            Contender::checked(name, run, check)
        };
        run(Race {
            table: format!("{} MiB, {memory}: smaller is faster", bytes / MIB),
            column: format!("rows of {row_len}"),
            unit: "row",
            units: rows,
            rounds,
            contenders: builds(ring, black_box(row_len), rows).into_iter().map(contender).collect(),
        });
    }
}
