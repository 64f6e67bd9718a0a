//! How long does it take to simulate a billion pushes?
//!
//! ```sh
//! cargo bench --bench simulator               # Criterion: one line for each policy of the zoo
//! cargo bench --bench simulator -- --slowest  # the slowest of them: the table in benches/README.md
//! ```
//!
//! The time of a simulation depends on the number of growths, not on that of pushes.

use criterion::Criterion;
use growable_nd::amortized::{Allocator, Model, Op, Totals, simulate_with};
use growable_nd::zoo::{self, Entry};
use std::hint::black_box;
use std::time::{Duration, Instant};

const PUSHES: u64 = 1_000_000_000;

fn main() {
    if std::env::args().any(|argument| argument == "--slowest") {
        print_slowest();
    } else {
        bench_all(&mut Criterion::default().configure_from_args());
    }
}

fn run(entry: &Entry) -> Totals {
    let model = Model::new(entry.growth()).with_row_bytes(entry.slot_bytes);
    let pushes = [(Op::Push, black_box(PUSHES))];
    simulate_with(model, Allocator::AlwaysMoves, pushes, |event| {
        black_box(event);
    })
    .expect("fewer rows than 2^64")
}

fn bench_all(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("simulator/a billion pushes");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(300));
    for entry in zoo::entries() {
        group.bench_function(entry.name, |bencher| bencher.iter(|| run(entry)));
    }
}

fn print_slowest() {
    let mut times: Vec<(Duration, &Entry, u128)> = zoo::entries().iter().map(time).collect();
    times.sort_by_key(|&(time, ..)| std::cmp::Reverse(time));
    println!("| policy | growths | µs for {PUSHES} pushes (median of 101) |");
    println!("|---|---:|---:|");
    for (time, entry, growths) in &times[..5] {
        println!("| {entry} | {growths} | {:.1} |", time.as_secs_f64() * 1e6);
    }
}

/// The median time, and the number of growths.
fn time(entry: &Entry) -> (Duration, &Entry, u128) {
    let mut growths = 0;
    let mut times: Vec<Duration> = (0..101)
        .map(|_| {
            let start = Instant::now();
            growths = run(entry).growths;
            start.elapsed()
        })
        .collect();
    times.sort();
    (times[times.len() / 2], entry, growths)
}
