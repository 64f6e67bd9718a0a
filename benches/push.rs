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
use interleaved::Contender;
use std::hint::black_box;
use std::time::Duration;

const ROW_LENS: [usize; 5] = [1, 3, 16, 100, 4096];
const FACTORS: [(u64, u64); 5] = [(9, 8), (5, 4), (3, 2), (2, 1), (4, 1)];
const MIB: usize = 1 << 20;
const ROUNDS: [(usize, usize); 2] = [(MIB, 200), (64 * MIB, 20)];

fn main() {
    if std::env::args().any(|argument| argument == "--ratios") {
        print_ratios();
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
    let mut builds = vec![
        build("vec", move || {
            let mut vec = Vec::new();
            for_each_row(ring, row_len, rows, |row| vec.extend_from_slice(row));
            vec
        }),
        build("vec exact", move || {
            let mut vec = Vec::with_capacity(rows * row_len);
            for_each_row(ring, row_len, rows, |row| vec.extend_from_slice(row));
            vec
        }),
    ];
    for (p, q) in FACTORS {
        let growth = Growth::factor(p, q).expect("a factor above 1");
        builds.push(build(growth.to_string(), move || {
            let mut array = GrowableNd::with_growth([row_len], growth);
            for_each_row(ring, row_len, rows, |row| array.push_row(row).expect("a row of the right length"));
            array.into_vec()
        }));
    }
    builds.push(build("extend_rows", move || {
        let mut array = GrowableNd::new([row_len]);
        let source = ring.chunks_exact(row_len).cycle().take(rows);
        // Without the hint: nobody knows how many.
        array.extend_rows(source.filter(|_| true)).expect("rows of the right length");
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
    for_each_row(ring, N, rows, |row| {
        let row: &[f64; N] = row.try_into().expect("N elements");
        array.push_row(row).expect("a row of the right shape");
    });
    array.into_vec()
}

/// Must cost the same for all: inlined into every contender.
#[inline(always)]
fn for_each_row(ring: &[f64], row_len: usize, rows: usize, mut take: impl FnMut(&[f64])) {
    let mut at = 0;
    for _ in 0..rows {
        take(&ring[at..at + row_len]);
        at += row_len;
        if at == ring.len() {
            at = 0;
        }
    }
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

fn print_ratios() {
    interleaved::touch_memory(512 * MIB);
    for (bytes, rounds) in ROUNDS {
        for row_len in ROW_LENS {
            let rows = bytes / 8 / row_len;
            let ring = ring(row_len);
            let contenders = builds(&ring, black_box(row_len), rows)
                .into_iter()
                .map(|build| Contender::new(build.name, build.run))
                .collect();
            let title = format!("{} MiB in rows of {row_len}", bytes / MIB);
            interleaved::print_table(&title, rows, "row", &interleaved::measure(contenders, rounds));
        }
    }
}
