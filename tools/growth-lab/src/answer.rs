//! What a run says: the policies ranked by time on each heap, their memory, and advice.

use crate::child::{Heap, Sample};
use crate::predict::{MeanAndWorst, Prediction};
use crate::run::{Build, Contender, Run};
use crate::stats::compare::{Comparison, Pair, Verdict, compare};

/// Peaks nearer to each other than this share are equal.
const SAME_MEMORY: f64 = 0.01;

/// The answer on one heap.
#[derive(Clone, Debug)]
pub struct Answer {
    pub heap: Heap,
    /// The policies that grew, fastest first.
    pub ranked: Vec<Row>,
    /// Policies that never replaced a block after the first, by name.
    pub did_not_grow: Vec<String>,
    /// The apparent difference between a policy and its twin.
    pub noise: Comparison,
    /// Builds that were lost.
    pub lost: usize,
}

/// A policy on one heap.
#[derive(Clone, Debug)]
pub struct Row {
    pub rule: usize,
    pub name: String,
    /// Time, compared with the policy at the top of the table. `None` at the top.
    pub to_best: Option<Comparison>,
    /// Time, compared with an array whose capacity was reserved in advance: median of the ratios.
    pub to_preallocated: f64,
    /// Nanoseconds per row of the length.
    pub wall: MeanAndWorst,
    pub cpu: Option<f64>,
    pub page_faults: Option<f64>,
    /// Bytes requested at the peak, per byte of elements.
    pub peak: MeanAndWorst,
    /// The same of resident memory.
    pub resident: Option<MeanAndWorst>,
    /// Rows copied per row, as charged.
    pub copies: MeanAndWorst,
    pub moves: f64,
    /// The slowest operation that found the array full, in nanoseconds: median and largest over all rounds.
    pub slowest: [f64; 2],
    /// No other policy is at least as good in both time and memory, and better in one.
    pub is_pareto: bool,
}

/// All pairs of policies on one heap, for the matrix of verdicts.
#[derive(Clone, Debug)]
pub struct Pairs {
    pub heap: Heap,
    /// Indices of two policies, and the first compared with the second.
    pub pairs: Vec<(usize, usize, Comparison)>,
}

/// Analyses a run. All comparisons of all heaps are one family.
pub fn analyse(run: &Run) -> (Vec<Answer>, Vec<Pairs>) {
    let heaps: Vec<OnHeap> = run.setup.heaps.iter().map(|&heap| OnHeap::of(run, heap)).collect();
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
    /// Policies that grew, with their times.
    grew: Vec<(usize, Vec<Option<f64>>)>,
    did_not_grow: Vec<usize>,
    noise: Comparison,
}

impl OnHeap {
    fn of(run: &Run, heap: Heap) -> OnHeap {
        let wall = |contender| run.values(contender, heap, |sample| sample.wall_ns);
        let twin =
            Pair { left: &wall(Contender::Twin), right: &wall(Contender::Rule(run.setup.twin)), noise: 1.0 };
        let noise = compare(&[twin], run.setup.equivalence)[0];
        let (mut grew, mut did_not_grow) = (vec![], vec![]);
        for rule in 0..run.setup.rules.len() {
            let samples: Vec<&Sample> =
                run.samples(Contender::Rule(rule), heap).map(|(_, sample)| sample).collect();
            if samples.iter().any(|sample| sample.rows_copied > 0) {
                grew.push((rule, wall(Contender::Rule(rule))));
            } else if !samples.is_empty() {
                did_not_grow.push(rule);
            }
        }
        OnHeap { heap, grew, did_not_grow, noise }
    }

    /// Pairs of indices of policies.
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
        let mut order: Vec<(usize, f64)> =
            self.grew.iter().map(|(rule, _)| (*rule, self.score(*rule))).collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1));
        let best = order.first().map_or(0, |(rule, _)| *rule);
        let mut ranked: Vec<Row> =
            order.iter().map(|&(rule, _)| row(run, self.heap, rule, compared(rule, best))).collect();
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
        let lost =
            run.builds.iter().filter(|build| build.heap == self.heap && build.outcome.is_err()).count();
        let name = |rule: &usize| run.setup.rules[*rule].clone();
        let did_not_grow = self.did_not_grow.iter().map(name).collect();
        Answer { heap: self.heap, ranked, did_not_grow, noise: self.noise, lost }
    }

    /// The median, over the rounds that have all policies, of the logarithm of the time of a policy to the geometric
    /// mean of all.
    fn score(&self, rule: usize) -> f64 {
        let rounds = self.grew.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        let mut scores: Vec<f64> = (0..rounds)
            .filter_map(|round| {
                let logarithms: Option<Vec<(usize, f64)>> = self
                    .grew
                    .iter()
                    .map(|(rule, values)| Some((*rule, values.get(round).copied().flatten()?.ln())))
                    .collect();
                let logarithms = logarithms?;
                let mean = logarithms.iter().map(|(_, value)| value).sum::<f64>() / logarithms.len() as f64;
                logarithms.iter().find(|(other, _)| *other == rule).map(|(_, value)| value - mean)
            })
            .collect();
        scores.sort_by(f64::total_cmp);
        crate::stats::binomial::median(&scores)
    }
}

/// Whether a policy leaves no reason to take another: compared with it in time and in memory at the peak.
fn dominates(time: Comparison, memory: f64) -> bool {
    let is_slower = time.verdict == Verdict::Different && time.ratio > 1.0;
    let is_faster = time.verdict == Verdict::Different && time.ratio < 1.0;
    let (is_smaller, is_larger) = (memory < 1.0 - SAME_MEMORY, memory > 1.0 + SAME_MEMORY);
    !is_slower && !is_larger && (is_faster || is_smaller)
}

fn row(run: &Run, heap: Heap, rule: usize, to_best: Option<Comparison>) -> Row {
    let contender = Contender::Rule(rule);
    let samples: Vec<(&Build, &Sample)> = run.samples(contender, heap).collect();
    let row_bytes = run.setup.row_bytes as f64;
    let rows = |build: &Build| build.length as f64;
    let per = |value: &dyn Fn(&Build, &Sample) -> f64| mean_and_worst(&samples, value);
    let mean_of = |value: &dyn Fn(&Build, &Sample) -> Option<f64>| {
        let values: Option<Vec<f64>> = samples.iter().map(|(build, sample)| value(build, sample)).collect();
        values
            .filter(|values| !values.is_empty())
            .map(|values| values.iter().sum::<f64>() / values.len() as f64)
    };
    let walls = run.values(contender, heap, |sample| sample.wall_ns);
    let preallocated = run.values(Contender::Preallocated, heap, |sample| sample.wall_ns);
    let pair = Pair { left: &walls, right: &preallocated, noise: 1.0 };
    let mut slowest: Vec<f64> = samples.iter().map(|(_, sample)| sample.worst_ns).collect();
    slowest.sort_by(f64::total_cmp);
    let resident_counts =
        heap != Heap::Warm && samples.iter().all(|(_, sample)| sample.resident_peak.is_some());
    Row {
        rule,
        name: run.name(contender).to_owned(),
        to_best,
        to_preallocated: compare(&[pair], run.setup.equivalence)[0].ratio,
        wall: per(&|build, sample| sample.wall_ns / rows(build)),
        cpu: mean_of(&|build, sample| Some(sample.cpu_ns? / rows(build))),
        page_faults: mean_of(&|_, sample| Some(sample.page_faults? as f64)),
        peak: per(&|build, sample| sample.requested_peak as f64 / (rows(build) * row_bytes)),
        resident: resident_counts.then(|| {
            per(&|build, sample| sample.resident_peak.unwrap_or(0) as f64 / (rows(build) * row_bytes))
        }),
        copies: per(&|build, sample| sample.rows_copied as f64 / rows(build)),
        moves: mean_of(&|_, sample| Some(sample.moves as f64)).unwrap_or(f64::NAN),
        slowest: [crate::stats::binomial::median(&slowest), slowest.last().copied().unwrap_or(f64::NAN)],
        is_pareto: false,
    }
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

/// What a reader wants most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// Largest memory at the peak, per byte of elements.
    pub budget: Option<f64>,
    /// What an unused slot costs, in copies of a row.
    pub price: Option<f64>,
}

/// One paragraph for each question that was asked, or the default advice.
pub fn advice(
    run: &Run,
    answers: &[Answer],
    predictions: &[(String, Prediction)],
    wish: Wish,
) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(wish.budget.map(|budget| within_budget(budget, predictions)));
    sentences.extend(wish.price.map(|price| at_price(price, predictions)));
    sentences.extend(answers.iter().filter_map(|answer| of_heap(run, answer)));
    sentences
}

fn of_heap(run: &Run, answer: &Answer) -> Option<String> {
    let best = answer.ranked.first()?;
    let heap = match answer.heap {
        Heap::Fresh => "In a fresh process",
        Heap::Warm => "In a process that has built such an array before",
        Heap::Copying => "With an allocator that copies each block",
    };
    let is_slower = |row: &&Row| row.to_best.is_some_and(|found| found.verdict == Verdict::Different);
    let not_slower: Vec<&Row> = answer.ranked.iter().filter(|row| !is_slower(row)).collect();
    let least = not_slower.iter().min_by(|a, b| a.peak.mean.total_cmp(&b.peak.mean)).copied().unwrap_or(best);
    let undecided = not_slower
        .iter()
        .filter_map(|row| match row.to_best?.verdict {
            Verdict::Undecided { rounds_needed } => Some(rounds_needed),
            _ => None,
        })
        .max();
    let memory = format!("{:.2} bytes at the peak for each byte of elements", least.peak.mean);
    let mut sentence = if not_slower.len() == 1 {
        format!("{heap} {} is the fastest; it takes {memory}.", best.name)
    } else {
        let others: Vec<&str> = not_slower.iter().map(|row| row.name.as_str()).collect();
        format!(
            "{heap} none of {} is shown to be slower than the others; of these {} takes the least memory, {memory}.",
            others.join(", "),
            least.name
        )
    };
    if let Some(rounds) = undecided {
        let done = run.setup.rounds;
        sentence += &format!(
            " Not all of them are shown to be equal either: that would take some {rounds} rounds instead of {done}."
        );
    }
    Some(sentence)
}

fn within_budget(budget: f64, predictions: &[(String, Prediction)]) -> String {
    let peak = |prediction: &Prediction| prediction.of_cost(|cost| cost.peak).worst;
    let capacity = |prediction: &Prediction| prediction.of_cost(|cost| cost.capacity).worst;
    let within = |cost: &dyn Fn(&Prediction) -> f64| -> Vec<&str> {
        let fits = predictions.iter().filter(|(_, prediction)| cost(prediction) <= budget + 1e-9);
        fits.map(|(name, _)| name.as_str()).collect()
    };
    let (copying, in_place) = (within(&peak), within(&capacity));
    let lowest = predictions.iter().min_by(|a, b| peak(&a.1).total_cmp(&peak(&b.1)));
    let mut sentence = format!("A budget of {budget:.2} bytes for each byte of elements: ");
    sentence += &if !copying.is_empty() {
        format!("{} keep it at every length, even where blocks are copied.", copying.join(", "))
    } else if let Some((name, prediction)) = lowest {
        format!(
            "no policy keeps it where blocks are copied, since the old and the new block are there together while rows \
             move: the lowest peak is {:.2}, of {name}. Any factor a needs 1 + a at that moment.",
            peak(prediction)
        )
    } else {
        "nothing was predicted.".into()
    };
    sentence += &if in_place.is_empty() {
        " Where the allocator extends blocks in place none keeps it either; reserve the capacity in advance."
            .into()
    } else {
        format!(
            " Where the allocator extends blocks in place or moves their pages, {} keep it.",
            in_place.join(", ")
        )
    };
    sentence
}

fn at_price(price: f64, predictions: &[(String, Prediction)]) -> String {
    let charged = |prediction: &Prediction| {
        let unused = prediction.of_cost(|cost| cost.capacity).mean - 1.0;
        prediction.of_cost(|cost| cost.copies).mean + price * unused
    };
    match predictions.iter().min_by(|a, b| charged(&a.1).total_cmp(&charged(&b.1))) {
        Some((name, prediction)) => format!(
            "If an unused slot costs {price} copies of a row, {name} is the cheapest on average: {:.2} copies a row in all.",
            charged(prediction)
        ),
        None => "Nothing was predicted.".into(),
    }
}
