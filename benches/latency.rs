//! How long does the slowest single push take, which an average hides?
//!
//! ```sh
//! cargo bench --bench latency            # the tables of benches/README.md
//! cargo bench --bench latency -- --test  # few rows: only shows that it runs
//! ```
//!
//! A plain loop with a clock around each push, since Criterion averages away the slow pushes. The
//! first line of a table is the time that reading the clock takes. Each way runs in a process of
//! its own in each round: what earlier ways freed would decide how glibc allocates.

mod deamortized;
mod interleaved;

use deamortized::Deamortized;
use growable_nd::{GrowableNd, Growth};
use interleaved::{Order, in_child, quartiles, task, touch_memory};
use std::hint::black_box;
use std::time::Instant;

const ROW_LEN: usize = 16;
const ROWS: usize = 1 << 20;
const ROUNDS: usize = 15;
/// A block that glibc keeps apart from its heap. Once one was freed, it keeps blocks of up to this
/// size in the heap.
const LARGE: usize = 8 << 20;

/// A way to push.
enum Way {
    Clock,
    Vec,
    Preallocated,
    Growth(Growth),
    Deamortized,
}

fn ways() -> Vec<Way> {
    let growths = [Growth::NINE_EIGHTHS, Growth::THREE_HALVES, Growth::DOUBLE, Growth::factor(4, 1)];
    let mut ways = vec![Way::Clock, Way::Vec, Way::Preallocated];
    ways.extend(growths.map(Way::Growth));
    ways.push(Way::Deamortized);
    ways
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

    /// Times each push in nanoseconds, and prints the times.
    fn run(&self, row: &[f64], rows: usize) {
        // Filled in advance, so that its pages are not mapped while the clock runs.
        let mut times = vec![1; rows];
        match self {
            Way::Clock => time(&mut times, || ()),
            Way::Vec => {
                let mut vec = Vec::new();
                time(&mut times, || vec.extend_from_slice(row));
                black_box(vec);
            }
            Way::Preallocated => push_rows(GrowableNd::with_capacity([ROW_LEN], rows), row, &mut times),
            Way::Growth(growth) => push_rows(GrowableNd::with_growth([ROW_LEN], *growth), row, &mut times),
            Way::Deamortized => {
                let mut array = Deamortized::new(row.len());
                time(&mut times, || array.push_row(row));
                black_box(array);
            }
        }
        let times: Vec<String> = times.iter().map(u64::to_string).collect();
        println!("{}", times.join(" "));
    }
}

fn push_rows(mut array: GrowableNd<f64>, row: &[f64], times: &mut [u64]) {
    time(times, || array.push_row(row).expect("a row of the right length"));
    black_box(array);
}

fn time(times: &mut [u64], mut push: impl FnMut()) {
    for time in times {
        let start = Instant::now();
        push();
        *time = start.elapsed().as_nanos() as u64;
    }
}

/// Returns the nanoseconds of each push, timed in a process of their own, which frees a large block
/// first if the task says so.
fn times_of(way: usize, rows: usize, frees_first: bool) -> Vec<u64> {
    let printed = in_child(&format!("{way} {}", usize::from(frees_first)), &[]);
    let times: Vec<u64> = printed.split_whitespace().map(|time| time.parse().expect("a time")).collect();
    assert_eq!(times.len(), rows, "times of all pushes");
    times
}

/// The measurements of one way in all rounds.
struct Measured {
    summaries: Vec<[f64; 6]>,
    /// The shortest time of each push in any round.
    shortest: Vec<u64>,
}

impl Measured {
    fn new(rows: usize) -> Self {
        Measured { summaries: Vec::new(), shortest: vec![u64::MAX; rows] }
    }

    fn add(&mut self, times: Vec<u64>) {
        for (shortest, &time) in self.shortest.iter_mut().zip(&times) {
            *shortest = time.min(*shortest);
        }
        self.summaries.push(summary(times));
    }

    fn row(&self) -> String {
        let median = |column: usize| {
            let values: Vec<f64> = self.summaries.iter().map(|summary| summary[column]).collect();
            quartiles(&values)[1]
        };
        let columns: Vec<String> = (0..6).map(|column| format!("{:.0}", median(column))).collect();
        format!("{} | {}", columns.join(" | "), self.shortest.iter().max().unwrap_or(&0))
    }
}

/// Returns mean, quantiles and maximum of the times of one round.
fn summary(mut times: Vec<u64>) -> [f64; 6] {
    times.sort_unstable();
    let quantile = |part: f64| times[((times.len() - 1) as f64 * part) as usize] as f64;
    let mean = times.iter().sum::<u64>() as f64 / times.len() as f64;
    [mean, quantile(0.5), quantile(0.99), quantile(0.999), quantile(0.99999), quantile(1.0)]
}

fn main() {
    let is_test = std::env::args().any(|argument| ["--test", "--quick"].contains(&&*argument));
    let (rows, rounds) = if is_test { (1000, 1) } else { (ROWS, ROUNDS) };
    if let Some(task) = task() {
        let numbers: Vec<usize> = task.split(' ').map(|number| number.parse().expect("a number")).collect();
        let [way, frees_first] = numbers[..] else { panic!("two numbers, found {task}") };
        if frees_first == 1 {
            touch_memory(LARGE);
        }
        return ways()[way].run(&black_box([1.0; ROW_LEN]), rows);
    }
    let (ways, mut order) = (ways(), Order::drawn());
    println!("{rows} pushes of {ROW_LEN} `f64`, nanoseconds for one, medians of {rounds} rounds");
    println!("In the last column each push is at its fastest: no other program can have interrupted it in");
    println!("all rounds.");
    for frees_first in [false, true] {
        let mut measured: Vec<Measured> = ways.iter().map(|_| Measured::new(rows)).collect();
        for _ in 0..rounds {
            // A virtual machine may hand out memory slowly the first time it is used.
            touch_memory(4 * rows * ROW_LEN * size_of::<f64>());
            for way in order.of(ways.len()) {
                measured[way].add(times_of(way, rows, frees_first));
            }
        }
        let condition = if frees_first { "after one large block was freed" } else { "in a new process" };
        println!(
            "\n{condition}:\n\n| | mean | median | 99 % | 99.9 % | 99.999 % | worst | worst, undisturbed |"
        );
        println!("|---|{}", "---:|".repeat(7));
        for (way, measured) in ways.iter().zip(&measured) {
            println!("| {} | {} |", way.name(), measured.row());
        }
    }
}
