//! Rounds: each contender builds arrays of the same few lengths, in an order drawn anew for each
//! length.

use crate::child::{self, Heap, Task};
use crate::machine::load;
use crate::pushes::{self, PushTimes};
use crate::rules::spelling;
use crate::run::{Build, Contender, Folder, Pushes, Run, Setup, name};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// Maximum number of copies per row: policies with more would take too long, and are not measured.
pub const MOST_COPIES: f64 = 64.0;

/// Fresh builds of less than this time are repeated in other processes, and their median counts.
const SHORT_NS: f64 = 1e6;

/// Processes per short build.
const REPETITIONS: usize = 5;

/// Seconds between two lines of progress without a terminal.
const REPORT_EACH: Duration = Duration::from_secs(15);

/// Lengths per round: with the default range they are a factor of 3.2 apart, so their phases differ
/// in the cycles of common factors.
pub const PHASES: usize = 4;

/// Measures all rounds, and writes each to the folder. If a build fails, the others go on. If the
/// folder can no longer be written, the run ends with the rounds so far.
pub fn measure(setup: &Setup, folder: &mut Folder) -> Run {
    let mut run = Run { setup: setup.clone(), builds: vec![], pushes: vec![] };
    let contenders = contenders(setup);
    let (builds, timed) = (setup.phases * contenders.len(), timed_push_by_push(&contenders).count());
    let mut random = fastrand::Rng::with_seed(setup.seed);
    // Their own numbers: runs with one seed build the same arrays, whatever is compared.
    let mut orders = random.fork();
    let strata = shuffled(setup.rounds, &mut random);
    let mut progress = Progress::new(setup.rounds * builds + pushes::BUILDS * timed);
    // The first process of a program is slower than the others: its pages come from the disk.
    if let Some(&first) = contenders.first() {
        let _ = build(setup, first, &[1]);
    }
    for (round, &stratum) in strata.iter().enumerate() {
        let place = (stratum as f64 + random.f64()) / setup.rounds as f64;
        let mut builds = Vec::with_capacity(setup.phases * contenders.len());
        for phase in shuffled(setup.phases, &mut random) {
            let lengths = lengths(setup, (phase as f64 + place) / setup.phases as f64, &mut random);
            let mut order = contenders.clone();
            orders.shuffle(&mut order);
            for (contender, heap) in order {
                progress.step(name(setup, contender), heap);
                let load = load();
                let outcome = build(setup, (contender, heap), &lengths);
                builds.push(Build {
                    round,
                    phase,
                    contender,
                    heap,
                    length: lengths.iter().sum(),
                    load,
                    outcome,
                });
            }
        }
        let written = folder.append(setup, &builds);
        run.builds.append(&mut builds);
        if let Err(fault) = written {
            progress.bar.finish_and_clear();
            eprintln!("warning: {fault}; the run ends after {} of {} rounds", round + 1, setup.rounds);
            return run;
        }
    }
    run.pushes = each_push(setup, &contenders, &mut random, &mut progress);
    progress.bar.finish_and_clear();
    if let Err(fault) = folder.write_pushes(&run.pushes) {
        eprintln!("warning: {fault}");
    }
    run
}

/// Returns all contenders except the twin, which adds nothing here.
fn timed_push_by_push(contenders: &[(Contender, Heap)]) -> impl Iterator<Item = (Contender, Heap)> {
    contenders.iter().copied().filter(|(contender, _)| *contender != Contender::Twin)
}

/// Times each push of a few more builds, whose lengths are spread over the distribution.
fn each_push(
    setup: &Setup,
    contenders: &[(Contender, Heap)],
    random: &mut fastrand::Rng,
    progress: &mut Progress,
) -> Vec<Pushes> {
    let mut all = Vec::new();
    for number in 0..pushes::BUILDS {
        let lengths = lengths(setup, (number as f64 + 0.5) / pushes::BUILDS as f64, random);
        for (contender, heap) in timed_push_by_push(contenders) {
            progress.step(name(setup, contender), heap);
            let task = Task { each_push: true, ..task(setup, (contender, heap), &lengths) };
            let outcome: Result<PushTimes, String> = child::run(&task);
            all.push(Pushes { contender, heap, length: lengths.iter().sum(), outcome });
        }
    }
    all
}

/// Returns the contenders of a round, on each heap.
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

/// Returns the lengths of the arrays of a build: one at this quantile, or many that cover the
/// distribution evenly, each drawn from its own stratum.
fn lengths(setup: &Setup, quantile: f64, random: &mut fastrand::Rng) -> Vec<u64> {
    let arrays = usize::try_from(setup.arrays).unwrap_or(usize::MAX);
    if let Some(length) = setup.work.own_length() {
        return vec![length; arrays];
    }
    if arrays == 1 {
        return vec![setup.lengths.at(quantile)];
    }
    let strata = shuffled(arrays, random);
    let in_stratum = |stratum| setup.lengths.at((stratum as f64 + random.f64()) / arrays as f64);
    strata.into_iter().map(in_stratum).collect()
}

fn task(setup: &Setup, (contender, heap): (Contender, Heap), lengths: &[u64]) -> Task {
    let rule_index = match contender {
        Contender::Preallocated => None,
        Contender::Rule(index) => Some(index),
        Contender::Twin => Some(setup.twin),
    };
    let rule = rule_index.and_then(|index| setup.rules.get(index)).map(|name| spelling(name).to_owned());
    Task {
        rule,
        heap,
        work: setup.work.clone(),
        row_shape: setup.row_shape.clone(),
        element: setup.element.clone(),
        lengths: lengths.to_vec(),
        // The twin of the first policy is slowed down as well: it must remain its twin.
        planted: if rule_index == Some(0) { setup.planted } else { 0.0 },
        each_push: false,
    }
}

fn build(
    setup: &Setup,
    (contender, heap): (Contender, Heap),
    lengths: &[u64],
) -> Result<child::Sample, String> {
    let task = task(setup, (contender, heap), lengths);
    let first: child::Sample = child::run(&task)?;
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

/// Progress as a bar in a terminal, otherwise as a line now and then.
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
        if let Some((start, last)) = &mut self.lines
            && last.elapsed() > REPORT_EACH
        {
            let left = start.elapsed().as_secs_f64() * (all - done) as f64 / done.max(1) as f64;
            eprintln!("{done} of {all} builds, about {left:.0} s left");
            *last = Instant::now();
        }
        self.bar.inc(1);
    }
}
