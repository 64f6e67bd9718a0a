//! Ratios between contenders, measured in one run.
//!
//! A shared or virtual machine drifts: two measurements taken a minute apart are not comparable, two taken a
//! millisecond apart are. So every round runs every contender once, in rotating order, and what is compared
//! is the ratio to the first contender *of the same round*; the table shows the median of the rounds and the
//! quartiles as the spread.

use std::time::{Duration, Instant};

/// A named piece of work that times itself, so that set-up and drop can be left out.
pub struct Contender<'a> {
    name: String,
    run: Box<dyn FnMut() -> Duration + 'a>,
}

impl<'a> Contender<'a> {
    /// Times `work`; what it returns is dropped after the clock has stopped.
    pub fn new<R>(name: impl Into<String>, mut work: impl FnMut() -> R + 'a) -> Self {
        let run = move || {
            let start = Instant::now();
            let result = std::hint::black_box(work());
            let elapsed = start.elapsed();
            drop(result);
            elapsed
        };
        Contender { name: name.into(), run: Box::new(run) }
    }
}

/// What the rounds say of one contender.
pub struct Summary {
    pub name: String,
    pub median: Duration,
    /// Lower quartile, median and upper quartile of the ratios to the first contender.
    pub ratio: [f64; 3],
}

/// Runs all contenders in rotating order, `rounds` times after one round that does not count.
pub fn measure(mut contenders: Vec<Contender<'_>>, rounds: usize) -> Vec<Summary> {
    let count = contenders.len();
    let mut times = vec![Vec::with_capacity(rounds); count];
    for round in 0..=rounds {
        for turn in 0..count {
            let index = (round + turn) % count;
            let elapsed = (contenders[index].run)();
            if round > 0 {
                times[index].push(elapsed);
            }
        }
    }
    let baseline = times[0].clone();
    contenders
        .into_iter()
        .zip(times)
        .map(|(contender, mut times)| {
            let mut ratios: Vec<f64> = times
                .iter()
                .zip(&baseline)
                .map(|(time, base)| time.as_secs_f64() / base.as_secs_f64())
                .collect();
            times.sort();
            ratios.sort_by(f64::total_cmp);
            let quantile = |quarter: usize| ratios[(ratios.len() - 1) * quarter / 4];
            Summary {
                name: contender.name,
                median: times[times.len() / 2],
                ratio: [quantile(1), quantile(2), quantile(3)],
            }
        })
        .collect()
}

#[allow(dead_code)] // Not every bench needs it.
/// Touches so much memory and gives it back. A virtual machine may hand out memory slowly the first time it is
/// used; without this, contenders that need more of it look worse than they are.
pub fn touch_memory(bytes: usize) {
    std::hint::black_box(vec![1_u8; bytes]);
}

/// One line of a Markdown table for each contender, `per` being what one unit of work is.
pub fn print_table(title: &str, units: usize, per: &str, summaries: &[Summary]) {
    println!("\n{title}\n");
    println!("| contender | ns per {per} | ratio (median) | quartiles |");
    println!("|---|---:|---:|---:|");
    for Summary { name, median, ratio } in summaries {
        let nanoseconds = median.as_secs_f64() * 1e9 / units as f64;
        println!("| {name} | {nanoseconds:.2} | {:.3} | {:.3}–{:.3} |", ratio[1], ratio[0], ratio[2]);
    }
}
