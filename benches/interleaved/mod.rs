//! Ratios between contenders, measured in one interleaved run.
//!
//! A shared or virtual machine drifts: two measurements taken a minute apart are not comparable, two taken a
//! millisecond apart are. So every round runs every contender once, in an order that is drawn anew, and what is compared
//! is the ratio to the first contender *of the same round*. In one order, turned or not, the same contender would always
//! come behind the one that leaves caches and heap in disorder.
//!
//! Even so, where the system happens to put code, stack and heap of a process moves a loop of a few
//! nanoseconds by a quarter, the same way in every round. So [`report`] repeats the whole run in processes of
//! their own, and the table shows median and quartiles over these.

// A bench takes what it needs.
#![allow(dead_code)]

use std::hash::{BuildHasher, RandomState};
use std::process::Command;
use std::time::{Duration, Instant};

/// A named piece of work.
pub struct Contender<'a> {
    name: String,
    run: Box<dyn FnMut() -> Duration + 'a>,
}

impl<'a> Contender<'a> {
    /// Times `work`; what it returns is dropped after the clock has stopped.
    pub fn new<R>(name: impl Into<String>, mut work: impl FnMut() -> R + 'a) -> Self {
        Contender::timed(name, move || time(&mut work))
    }

    /// Times `work` the second time that it is done in a turn: nobody pays for the heap that the contender before left,
    /// which may have given its memory back to the system.
    pub fn warmed<R>(name: impl Into<String>, mut work: impl FnMut() -> R + 'a) -> Self {
        Contender::timed(name, move || {
            time(&mut work);
            time(&mut work)
        })
    }

    /// Work that takes its time itself, elsewhere.
    pub fn timed(name: impl Into<String>, run: impl FnMut() -> Duration + 'a) -> Self {
        Contender { name: name.into(), run: Box::new(run) }
    }
}

fn time<R>(work: &mut impl FnMut() -> R) -> Duration {
    let start = Instant::now();
    let result = std::hint::black_box(work());
    let elapsed = start.elapsed();
    drop(result);
    elapsed
}

/// What several measurements say of one contender: rounds of one process, or processes.
pub struct Summary {
    pub name: String,
    /// Median of the time of one run, in nanoseconds.
    pub nanoseconds: f64,
    /// Lower quartile, median and upper quartile of the ratios to the first contender.
    pub ratio: [f64; 3],
}

/// Runs all contenders in an order drawn anew, `rounds` times after one round that does not count.
pub fn measure(mut contenders: Vec<Contender<'_>>, rounds: usize) -> Vec<Summary> {
    let count = contenders.len();
    let mut times = vec![Vec::with_capacity(rounds); count];
    let mut order: Vec<usize> = (0..count).collect();
    // Of a process and a time, no two runs have the same.
    let mut draw = RandomState::new().hash_one(count);
    for round in 0..=rounds {
        for place in (1..count).rev() {
            // Knuth's generator; its upper bits are the good ones.
            draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(place, (draw >> 33) as usize % (place + 1));
        }
        for &index in &order {
            let elapsed = (contenders[index].run)();
            if round > 0 {
                times[index].push(elapsed.as_secs_f64() * 1e9);
            }
        }
    }
    let summary = |(contender, own): (Contender<'_>, &Vec<f64>)| {
        let ratios = own.iter().zip(&times[0]).map(|(own, first)| own / first).collect();
        summarize(contender.name, own.clone(), ratios)
    };
    contenders.into_iter().zip(&times).map(summary).collect()
}

fn summarize(name: String, mut nanoseconds: Vec<f64>, mut ratios: Vec<f64>) -> Summary {
    nanoseconds.sort_by(f64::total_cmp);
    ratios.sort_by(f64::total_cmp);
    let quartile = |values: &[f64], quarter: usize| values[(values.len() - 1) * quarter / 4];
    Summary {
        name,
        nanoseconds: quartile(&nanoseconds, 2),
        ratio: [1, 2, 3].map(|quarter| quartile(&ratios, quarter)),
    }
}

/// Touches so much memory and gives it back. A virtual machine may hand out memory slowly the first time it is
/// used; without this, contenders that need more of it look worse than they are.
pub fn touch_memory(bytes: usize) {
    std::hint::black_box(vec![1_u8; bytes]);
}

/// One table: what one unit of work is, how many of them a run does, and who takes part.
pub struct Race<'a> {
    pub title: String,
    pub unit: &'static str,
    pub units: usize,
    pub rounds: usize,
    pub contenders: Vec<Contender<'a>>,
}

/// So many processes are measured.
const PROCESSES: usize = 15;

/// The option with which a process measures, and prints for the one that started it.
const MEASURE: &str = "--measure-in-this-process";

/// The option to measure in one process, which only shows that it runs.
const QUICK: &str = "--quick";

/// Whether this process prints what the others measure.
pub fn is_parent() -> bool {
    !std::env::args().any(|argument| argument == MEASURE)
}

/// Whether the command line asks for ratios instead of absolute times.
pub fn ratios_wanted() -> bool {
    std::env::args().any(|argument| argument == "--ratios")
}

/// Prints the tables of all races that `run_all` passes on.
pub fn report(run_all: impl FnOnce(&mut dyn FnMut(Race<'_>))) {
    report_in(&[], run_all);
}

/// The same in processes that have these variables in their environment.
pub fn report_in(environment: &[(&str, &str)], run_all: impl FnOnce(&mut dyn FnMut(Race<'_>))) {
    if !is_parent() {
        return run_all(&mut measure_for_parent);
    }
    let mut lines: Vec<Line> = Vec::new();
    let is_quick = std::env::args().any(|argument| argument == QUICK);
    for _ in 0..if is_quick { 1 } else { PROCESSES } {
        // Every process prints the same lines in the same order, but for the numbers.
        for (index, printed) in measure_in_child(environment).lines().enumerate() {
            let mut fields = printed.split('\t');
            let mut text = || fields.next().expect("a field").to_owned();
            let (title, unit, name, time, ratio) = (text(), text(), text(), text(), text());
            if index == lines.len() {
                lines.push(Line { title, unit, name, times: vec![], ratios: vec![] });
            }
            lines[index].times.push(time.parse().expect("a time"));
            lines[index].ratios.push(ratio.parse().expect("a ratio"));
        }
    }
    let mut title = String::new();
    for line in lines {
        if line.title != title {
            print_head(&line.title, &line.unit);
            title = line.title;
        }
        print_line(&summarize(line.name, line.times, line.ratios));
    }
}

/// One contender in one race, with what each process measured.
struct Line {
    title: String,
    unit: String,
    name: String,
    /// Nanoseconds for each unit of work.
    times: Vec<f64>,
    ratios: Vec<f64>,
}

fn measure_for_parent(Race { title, unit, units, rounds, contenders }: Race<'_>) {
    for Summary { name, nanoseconds, ratio: [_, ratio, _] } in measure(contenders, rounds) {
        println!("{title}\t{unit}\t{name}\t{}\t{ratio}", nanoseconds / units as f64);
    }
}

/// What another process of this program prints that only measures.
fn measure_in_child(environment: &[(&str, &str)]) -> String {
    let program = std::env::current_exe().expect("the path of this program");
    let mut command = Command::new(program);
    command.args(std::env::args().skip(1)).arg(MEASURE).envs(environment.iter().copied());
    let output = command.output().expect("a process that measures");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn print_head(title: &str, unit: &str) {
    println!("\n{title}\n");
    println!("| contender | ns per {unit} | ratio (median) | quartiles |");
    println!("|---|---:|---:|---:|");
}

fn print_line(Summary { name, nanoseconds, ratio: [lower, median, upper] }: &Summary) {
    println!("| {name} | {nanoseconds:.2} | {median:.2} | {lower:.2}–{upper:.2} |");
}
