//! The analysis of a run: the policies ranked by time on each heap, with their memory.

use crate::child::{Heap, Sample};
use crate::predict::MeanAndWorst;
use crate::run::{Build, Contender, Run};
use crate::stats::compare::{Comparison, Pair, Verdict, compare};
use clap::ValueEnum;

/// The clock by which policies are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ValueEnum)]
pub enum Clock {
    /// Time on a processor, which excludes other programs; elapsed time if it is not known
    #[default]
    Cpu,
    /// Elapsed time
    Wall,
}

impl Clock {
    pub fn of(self, sample: &Sample) -> Option<f64> {
        match self {
            Clock::Wall => Some(sample.wall_ns),
            Clock::Cpu => sample.cpu_ns.or(Some(sample.wall_ns)),
        }
    }
}

/// Peaks that differ by less than this share are equal.
const SAME_MEMORY: f64 = 0.01;

/// Minimum bytes for resident memory to be shown: fewer are too few pages.
const SMALL_BYTES: f64 = (1 << 18) as f64;

/// The answer on one heap.
#[derive(Clone, Debug)]
pub struct Answer {
    pub heap: Heap,
    pub clock: Clock,
    /// The policies that grew, fastest first.
    pub ranked: Vec<Row>,
    /// Policies that never replaced a block after the first, by name.
    pub did_not_grow: Vec<String>,
    /// Policies with failed builds in every round, by name. They are not ranked.
    pub without_round: Vec<String>,
    /// The apparent difference between a policy and its twin.
    pub noise: Comparison,
}

/// A policy on one heap.
#[derive(Clone, Debug)]
pub struct Row {
    pub rule: usize,
    pub name: String,
    /// Time, compared with the policy at the top of the table. `None` at the top.
    pub to_best: Option<Comparison>,
    /// Median of the ratios of the time to that of a preallocated array.
    pub to_preallocated: f64,
    /// Nanoseconds per row: average over the lengths, and the worst length.
    pub wall: MeanAndWorst,
    pub cpu: Option<f64>,
    /// Bytes requested at the peak, per byte of elements.
    pub peak: MeanAndWorst,
    /// Resident bytes at the peak per byte of elements, on average. `None` for a few pages and for
    /// reused memory.
    pub resident: Option<f64>,
    /// Rows copied per row, as the analysis charges them.
    pub copies: MeanAndWorst,
    /// Share of the copied bytes whose blocks `realloc` moved to another address. A shrink copies
    /// without `realloc`.
    pub moved: f64,
    /// The slowest operation that made the array grow, in nanoseconds: median, 90th percentile and
    /// maximum over the builds.
    pub slowest: [f64; 3],
    /// Set if no other policy is at least as good in time and memory, and better in one.
    pub is_pareto: bool,
}

/// All pairs of policies on one heap, for the matrix of verdicts.
#[derive(Clone, Debug)]
pub struct Pairs {
    pub heap: Heap,
    /// Indices of two policies, and the comparison of the first with the second.
    pub pairs: Vec<(usize, usize, Comparison)>,
}

/// Analyses a run. The comparisons of all heaps are corrected as one family.
pub fn analyse(run: &Run, clock: Clock) -> (Vec<Answer>, Vec<Pairs>) {
    let heaps: Vec<OnHeap> = run.setup.heaps.iter().map(|&heap| OnHeap::of(run, heap, clock)).collect();
    let pairs: Vec<Pair<'_>> = heaps.iter().flat_map(OnHeap::pairs).collect();
    let mut comparisons = compare(&pairs, run.setup.equivalence).into_iter();
    let mut answers = Vec::new();
    let mut all = Vec::new();
    for on_heap in &heaps {
        let indices = on_heap.indices().into_iter();
        let pairs: Vec<_> = indices.zip(&mut comparisons).map(|((i, j), found)| (i, j, found)).collect();
        answers.push(on_heap.answer(run, &pairs));
        all.push(Pairs { heap: on_heap.heap, pairs });
    }
    (answers, all)
}

/// The times on one heap.
struct OnHeap {
    heap: Heap,
    clock: Clock,
    /// The policies that grew, with their times.
    grew: Vec<(usize, Vec<Option<f64>>)>,
    did_not_grow: Vec<usize>,
    without_round: Vec<usize>,
    noise: Comparison,
}

impl OnHeap {
    fn of(run: &Run, heap: Heap, clock: Clock) -> OnHeap {
        let times = |contender| run.values(contender, heap, |sample| clock.of(sample));
        let twin = Pair {
            left: &times(Contender::Twin),
            right: &times(Contender::Rule(run.setup.twin)),
            noise: 1.0,
        };
        let noise = compare(&[twin], run.setup.equivalence)[0];
        let (mut grew, mut did_not_grow, mut without_round) = (vec![], vec![], vec![]);
        for rule in (0..run.setup.rules.len()).filter(|&rule| run.has_built(Contender::Rule(rule), heap)) {
            let times = times(Contender::Rule(rule));
            if times.iter().all(Option::is_none) {
                without_round.push(rule);
            } else if run.samples(Contender::Rule(rule), heap).any(|(_, sample)| sample.rows_copied > 0) {
                grew.push((rule, times));
            } else {
                did_not_grow.push(rule);
            }
        }
        OnHeap { heap, clock, grew, did_not_grow, without_round, noise }
    }

    /// Returns the pairs of indices of policies.
    fn indices(&self) -> Vec<(usize, usize)> {
        let rules: Vec<usize> = self.grew.iter().map(|(rule, _)| *rule).collect();
        let pairs = |place: usize| rules[place + 1..].iter().map(move |&other| (place, other));
        (0..rules.len()).flat_map(pairs).map(|(place, other)| (rules[place], other)).collect()
    }

    fn pairs(&self) -> impl Iterator<Item = Pair<'_>> {
        let noise = if self.noise.ratio.is_finite() { self.noise.ratio } else { 1.0 };
        let pairs = move |place: usize| {
            let (_, left) = &self.grew[place];
            self.grew[place + 1..].iter().map(move |(_, right)| Pair { left, right, noise })
        };
        (0..self.grew.len()).flat_map(pairs)
    }

    fn answer(&self, run: &Run, pairs: &[(usize, usize, Comparison)]) -> Answer {
        let compared = |rule: usize, with: usize| {
            let found = pairs.iter().find_map(|&(i, j, comparison)| match (i, j) {
                pair if pair == (rule, with) => Some(comparison),
                pair if pair == (with, rule) => Some(comparison.inverse()),
                _ => None,
            });
            found.filter(|_| rule != with)
        };
        let ratio = |rule, with| compared(rule, with).map_or(1.0, |found| found.ratio);
        let mut order: Vec<usize> = self.grew.iter().map(|(rule, _)| *rule).collect();
        // A policy with failed builds has too few rounds for some intervals: it is the best only if
        // no other policy has more.
        let support = |&(rule, ref times): &(usize, Vec<Option<f64>>)| {
            let others = order.iter().filter_map(|&other| compared(rule, other));
            match others.filter(|found| found.has_interval()).count() {
                0 => (0, times.iter().flatten().count()),
                intervals => (intervals, 0),
            }
        };
        let most = self.grew.iter().map(support).max();
        let supported =
            self.grew.iter().filter(|policy| Some(support(policy)) == most).map(|policy| policy.0);
        // The policy to which no other is faster; if there is none, the one that lags least.
        let lag = |rule: usize| order.iter().map(|&other| ratio(rule, other)).fold(1.0, f64::max);
        let best = supported.min_by(|&a, &b| lag(a).total_cmp(&lag(b))).unwrap_or(0);
        order.sort_by(|&a, &b| (a != best).cmp(&(b != best)).then(ratio(a, best).total_cmp(&ratio(b, best))));
        let mut ranked: Vec<Row> =
            order.iter().map(|&rule| self.row(run, rule, compared(rule, best))).collect();
        let is_pareto: Vec<bool> = ranked
            .iter()
            .map(|row| {
                !ranked.iter().any(|other| {
                    let time = compared(other.rule, row.rule);
                    time.is_some_and(|time| dominates(time, other.peak.mean / row.peak.mean))
                })
            })
            .collect();
        for (row, is_pareto) in ranked.iter_mut().zip(is_pareto) {
            row.is_pareto = is_pareto;
        }
        let names = |rules: &[usize]| rules.iter().map(|&rule| run.setup.rules[rule].clone()).collect();
        Answer {
            heap: self.heap,
            clock: self.clock,
            ranked,
            did_not_grow: names(&self.did_not_grow),
            without_round: names(&self.without_round),
            noise: self.noise,
        }
    }

    fn row(&self, run: &Run, rule: usize, to_best: Option<Comparison>) -> Row {
        let contender = Contender::Rule(rule);
        let times = |contender| run.values(contender, self.heap, |sample| self.clock.of(sample));
        // If builds of some lengths fail, the averages of the others are those of other arrays.
        let own_times = times(contender);
        let is_complete = |build: &Build| own_times.get(build.round).is_some_and(Option::is_some);
        let samples: Vec<(&Build, &Sample)> =
            run.samples(contender, self.heap).filter(|(build, _)| is_complete(build)).collect();
        let element_bytes = |build: &Build| build.length.max(1) as f64 * run.setup.row_bytes as f64;
        let rows = |build: &Build| build.length.max(1) as f64;
        let per = |value: &dyn Fn(&Build, &Sample) -> f64| mean_and_worst(&samples, value);
        let mean_of = |value: &dyn Fn(&Build, &Sample) -> Option<f64>| {
            let values: Option<Vec<f64>> =
                samples.iter().map(|(build, sample)| value(build, sample)).collect();
            values
                .filter(|values| !values.is_empty())
                .map(|values| values.iter().sum::<f64>() / values.len() as f64)
        };
        let pair = Pair { left: &own_times, right: &times(Contender::Preallocated), noise: 1.0 };
        let mut slowest: Vec<f64> = samples.iter().map(|(_, sample)| sample.worst_ns).collect();
        slowest.sort_by(f64::total_cmp);
        let percentile = |percent: usize| {
            let index = (slowest.len().saturating_sub(1) * percent).div_ceil(100);
            slowest.get(index).copied().unwrap_or(f64::NAN)
        };
        let total =
            |value: fn(&Sample) -> u64| samples.iter().map(|(_, sample)| value(sample) as f64).sum::<f64>();
        let is_resident_known =
            self.heap != Heap::Warm && samples.iter().all(|(build, _)| element_bytes(build) >= SMALL_BYTES);
        let resident = mean_of(&|build, sample| Some(sample.resident_peak? as f64 / element_bytes(build)));
        Row {
            rule,
            name: run.name(contender).to_owned(),
            to_best,
            to_preallocated: compare(&[pair], run.setup.equivalence)[0].ratio,
            wall: per(&|build, sample| sample.wall_ns / rows(build)),
            cpu: mean_of(&|build, sample| Some(sample.cpu_ns? / rows(build))),
            peak: per(&|build, sample| sample.requested_peak as f64 / element_bytes(build)),
            resident: resident.filter(|_| is_resident_known),
            copies: per(&|build, sample| sample.rows_copied as f64 / rows(build)),
            // A block moves as a whole, with its unused capacity.
            moved: (total(|sample| sample.moved_bytes)
                / (total(|sample| sample.rows_copied) * run.setup.row_bytes as f64))
                .min(1.0),
            slowest: [percentile(50), percentile(90), percentile(100)],
            is_pareto: false,
        }
    }
}

/// Returns whether a policy is at least as good in time and memory as another, and better in one.
fn dominates(time: Comparison, memory: f64) -> bool {
    let is_slower = time.verdict == Verdict::Different && time.ratio > 1.0;
    let is_faster = time.verdict == Verdict::Different && time.ratio < 1.0;
    let (is_smaller, is_larger) = (memory < 1.0 - SAME_MEMORY, memory > 1.0 + SAME_MEMORY);
    !is_slower && !is_larger && (is_faster || is_smaller)
}

fn mean_and_worst(samples: &[(&Build, &Sample)], value: &dyn Fn(&Build, &Sample) -> f64) -> MeanAndWorst {
    let values = samples.iter().map(|(build, sample)| (build.length, value(build, sample)));
    let (mut sum, mut worst) = (0.0, MeanAndWorst { mean: f64::NAN, worst: f64::NAN, at: 0 });
    for (length, value) in values {
        sum += value;
        if worst.worst.is_nan() || value > worst.worst {
            worst = MeanAndWorst { worst: value, at: length, ..worst };
        }
    }
    MeanAndWorst { mean: sum / samples.len() as f64, ..worst }
}
