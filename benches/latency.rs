//! How long does the slowest single push take, which an average hides?
//!
//! ```sh
//! cargo bench --bench latency            # the tables of benches/README.md
//! cargo bench --bench latency -- --test  # few rows: only shows that it runs
//! ```
//!
//! A plain loop with a clock around each push, since Criterion averages away the slow pushes. The
//! first line of the table is the time that reading the clock takes.

mod deamortized;
mod interleaved;

use deamortized::Deamortized;
use growable_nd::{GrowableNd, Growth};
use std::hint::black_box;
use std::time::Instant;

const ROW_LEN: usize = 16;
const ROWS: usize = 1 << 20;
/// All ways are interleaved; a table has the medians over the rounds.
const ROUNDS: usize = 15;

/// A way to push.
enum Way {
    Clock,
    Vec,
    Preallocated,
    Growth(Growth),
    Deamortized,
}

impl Way {
    fn name(&self) -> String {
        match self {
            Way::Clock => "the clock alone".to_owned(),
            Way::Vec => "`Vec::extend_from_slice`".to_owned(),
            Way::Preallocated => "`push_row(&[f64])`, all capacity reserved".to_owned(),
            Way::Growth(growth) => format!("`push_row(&[f64])`, {growth}"),
            Way::Deamortized => "deamortized, 2".to_owned(),
        }
    }

    /// Returns the nanoseconds of each push.
    fn run(&self, row: &[f64], rows: usize) -> Vec<u64> {
        match self {
            Way::Clock => timed(rows, || ()),
            Way::Vec => {
                let mut vec = Vec::new();
                timed(rows, || vec.extend_from_slice(row))
            }
            Way::Preallocated => push_rows(GrowableNd::with_capacity([ROW_LEN], rows), row, rows),
            Way::Growth(growth) => push_rows(GrowableNd::with_growth([ROW_LEN], *growth), row, rows),
            Way::Deamortized => {
                let mut array = Deamortized::new(row.len());
                let times = timed(rows, || array.push_row(row));
                black_box(array);
                times
            }
        }
    }
}

fn push_rows(mut array: GrowableNd<f64>, row: &[f64], rows: usize) -> Vec<u64> {
    let times = timed(rows, || array.push_row(row).expect("a row of the right length"));
    black_box(array);
    times
}

fn timed(pushes: usize, mut push: impl FnMut()) -> Vec<u64> {
    // Filled in advance, so that its pages are not mapped while the clock runs.
    let mut times = vec![1; pushes];
    for time in &mut times {
        let start = Instant::now();
        push();
        *time = start.elapsed().as_nanos() as u64;
    }
    times
}

/// Returns mean, quantiles and maximum of the times of one round.
fn summary(mut times: Vec<u64>) -> [f64; 6] {
    times.sort_unstable();
    let quantile = |part: f64| times[((times.len() - 1) as f64 * part) as usize] as f64;
    let mean = times.iter().sum::<u64>() as f64 / times.len() as f64;
    [mean, quantile(0.5), quantile(0.99), quantile(0.999), quantile(0.99999), quantile(1.0)]
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) / 2]
}

fn main() {
    let is_test = std::env::args().any(|argument| ["--test", "--quick"].contains(&&*argument));
    let (rows, rounds) = if is_test { (1000, 1) } else { (ROWS, ROUNDS) };
    let growths = [Growth::NINE_EIGHTHS, Growth::THREE_HALVES, Growth::DOUBLE, Growth::factor(4, 1)];
    let mut ways = vec![Way::Clock, Way::Vec, Way::Preallocated];
    ways.extend(growths.map(Way::Growth));
    ways.push(Way::Deamortized);
    let mut order = interleaved::Order::drawn();
    let row = black_box([1.0; ROW_LEN]);
    let mut summaries = vec![vec![]; ways.len()];
    let mut fastest = vec![vec![u64::MAX; rows]; ways.len()];
    for _ in 0..rounds {
        interleaved::touch_memory(4 * rows * size_of_val(&row));
        for index in order.of(ways.len()) {
            let times = ways[index].run(&row, rows);
            for (fastest, time) in fastest[index].iter_mut().zip(&times) {
                *fastest = *time.min(fastest);
            }
            summaries[index].push(summary(times));
        }
    }
    println!("{rows} pushes of {ROW_LEN} `f64`, nanoseconds for one, medians of {rounds} rounds\n");
    print_table(&ways, |index| {
        [0, 1, 2, 3, 4, 5]
            .map(|column| median(summaries[index].iter().map(|summary| summary[column]).collect()))
    });
    println!("\nEach push at its fastest: no other program can have interrupted it in all rounds\n");
    print_table(&ways, |index| summary(fastest[index].clone()));
}

fn print_table(ways: &[Way], summary: impl Fn(usize) -> [f64; 6]) {
    println!("| | mean | median | 99 % | 99.9 % | 99.999 % | worst |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for (index, way) in ways.iter().enumerate() {
        let [mean, half, most, nearly_all, all_but_few, worst] = summary(index);
        println!(
            "| {} | {mean:.1} | {half:.0} | {most:.0} | {nearly_all:.0} | {all_but_few:.0} | {worst:.0} |",
            way.name()
        );
    }
}
