//! Rounds: in each, every contender builds arrays of the same lengths, in an order that is drawn anew.

use crate::child::{self, Heap, Task};
use crate::lengths::Lengths;
use crate::run::{Build, Contender, Folder, Run, Setup, name};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// Policies that copy each row more often would take too long, and are not measured.
pub const MOST_COPIES: f64 = 64.0;

/// Builds of a fresh process that take less are repeated, in other processes: their median counts.
const SHORT_NS: f64 = 1e6;

/// Processes for a short build.
const REPETITIONS: usize = 5;

/// Seconds between two lines of progress where there is no terminal.
const REPORT_EACH: Duration = Duration::from_secs(15);

/// Measures all rounds, and writes each to the folder. A build that fails is lost, and the others go on.
pub fn measure(setup: &Setup, folder: &mut Folder) -> Result<Run, String> {
    let mut run = Run { setup: setup.clone(), builds: vec![] };
    let contenders = contenders(setup);
    let mut random = fastrand::Rng::with_seed(setup.seed);
    let strata = shuffled(setup.rounds, &mut random);
    let mut progress = Progress::new(setup.rounds * contenders.len());
    // The first process of a program is slower than the others: its pages come from the disk.
    let _ = build(setup, contenders[0], &[1]);
    for (round, &stratum) in strata.iter().enumerate() {
        let lengths = lengths(setup, stratum, &mut random);
        let mut order = contenders.clone();
        random.shuffle(&mut order);
        let mut builds = Vec::with_capacity(order.len());
        for (contender, heap) in order {
            progress.step(name(setup, contender), heap);
            let outcome = build(setup, (contender, heap), &lengths);
            builds.push(Build { round, contender, heap, length: lengths.iter().sum(), outcome });
        }
        folder.append(setup, &builds)?;
        run.builds.append(&mut builds);
    }
    progress.bar.finish_and_clear();
    Ok(run)
}

/// Everybody who takes part in a round.
fn contenders(setup: &Setup) -> Vec<(Contender, Heap)> {
    let measured = |index: &usize| setup.left_out.iter().all(|(name, _)| *name != setup.rules[*index]);
    let rules = (0..setup.rules.len()).filter(measured).map(Contender::Rule);
    let all: Vec<_> = [Contender::Preallocated, Contender::Twin].into_iter().chain(rules).collect();
    setup.heaps.iter().flat_map(|&heap| all.iter().map(move |&contender| (contender, heap))).collect()
}

fn shuffled(count: usize, random: &mut fastrand::Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    random.shuffle(&mut order);
    order
}

/// The lengths of a round. Those of all rounds together cover the distribution evenly: each is drawn from a stratum
/// of its own.
fn lengths(setup: &Setup, stratum: usize, random: &mut fastrand::Rng) -> Vec<u64> {
    if let Some(length) = setup.work.own_length() {
        return vec![length; usize::try_from(setup.arrays).unwrap_or(usize::MAX)];
    }
    let in_stratum = |random: &mut fastrand::Rng, stratum: usize, strata: usize| {
        setup.lengths.at((stratum as f64 + random.f64()) / strata as f64)
    };
    match usize::try_from(setup.arrays).unwrap_or(usize::MAX) {
        1 => vec![in_stratum(random, stratum, setup.rounds)],
        arrays => {
            let strata = shuffled(arrays, random);
            strata.into_iter().map(|stratum| in_stratum(random, stratum, arrays)).collect()
        }
    }
}

fn build(
    setup: &Setup,
    (contender, heap): (Contender, Heap),
    lengths: &[u64],
) -> Result<child::Sample, String> {
    let rule = match contender {
        Contender::Preallocated => None,
        Contender::Rule(index) => setup.rules.get(index),
        Contender::Twin => setup.rules.get(setup.twin),
    };
    // Spellings that were kept apart have a number after them.
    let rule = rule.map(|name| name.split(" (").next().unwrap_or(name).to_owned());
    let task = Task {
        rule,
        heap,
        work: setup.work.clone(),
        row_shape: setup.row_shape.clone(),
        element: setup.element.clone(),
        lengths: lengths.to_vec(),
    };
    let first = child::run(&task)?;
    if heap == Heap::Warm || first.wall_ns > SHORT_NS {
        return Ok(first);
    }
    let mut samples = vec![first];
    for _ in 1..REPETITIONS {
        samples.push(child::run(&task)?);
    }
    let middle = |value: fn(&child::Sample) -> f64| {
        let mut values: Vec<f64> = samples.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let cpu_ns = first.cpu_ns.map(|_| middle(|sample| sample.cpu_ns.unwrap_or(f64::NAN)));
    Ok(child::Sample { wall_ns: middle(|s| s.wall_ns), cpu_ns, worst_ns: middle(|s| s.worst_ns), ..first })
}

/// Whether the range of lengths has a whole cycle of a policy that multiplies its capacity by `factor`.
pub fn has_whole_cycle(lengths: &Lengths, factor: f64) -> bool {
    let (from, to) = lengths.range();
    to as f64 >= factor * from as f64
}

/// A bar in a terminal, and a line now and then elsewhere.
struct Progress {
    bar: ProgressBar,
    lines: Option<(Instant, Instant)>,
}

impl Progress {
    fn new(builds: usize) -> Progress {
        let bar = ProgressBar::new(builds as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}, {eta} left: {msg}") {
            bar.set_style(style);
        }
        let now = Instant::now();
        Progress { bar, lines: (!stderr().is_terminal()).then_some((now, now)) }
    }

    fn step(&mut self, name: &str, heap: Heap) {
        self.bar.set_message(format!("{name}, {} heap", heap.name()));
        let (done, all) = (self.bar.position(), self.bar.length().unwrap_or(0));
        if let Some((start, last)) = &mut self.lines {
            if last.elapsed() > REPORT_EACH {
                let left = start.elapsed().as_secs_f64() * (all - done) as f64 / done.max(1) as f64;
                eprintln!("{done} of {all} builds, some {left:.0} s left");
                *last = Instant::now();
            }
        }
        self.bar.inc(1);
    }
}
