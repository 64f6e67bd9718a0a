//! The predictions of the crate's simulator for a policy, at each length.

use crate::lengths::Lengths;
use crate::rules::Rule;
use crate::workload::Work;
use growable_nd::amortized::{Allocator, Op, simulate_with};
use std::cell::Cell;
use std::collections::BTreeSet;

/// Maximum number of growths that are simulated; only factors below about 1.0001 and small steps
/// need more.
const MOST_GROWTHS: u64 = 200_000;

/// Number of lengths for averages, and of points of a curve besides the growths.
const LENGTHS_AND_POINTS: (u32, u32) = (512, 120);

/// Maximum number of jumps on a curve, and of lengths of a histogram.
const MOST_POINTS: usize = 2000;

/// The numbers if many operations are simulated one by one.
const FEW_LENGTHS_AND_POINTS: (u32, u32) = (8, 0);

/// Operations that are simulated one by one at the longest length: with more, only few lengths are
/// predicted.
const MANY_OPERATIONS: u64 = 30_000;

/// Maximum number of operations: with more, the policy is neither predicted nor measured.
const MOST_OPERATIONS: u64 = 100_000_000;

/// The cost of an array of one length, per row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    pub length: u64,
    /// Rows charged as copied.
    pub copies: f64,
    /// Maximum capacity: the peak if blocks are extended in place.
    pub capacity: f64,
    /// The largest block, or old and new block together while rows are copied.
    pub peak: f64,
    /// Maximum size of a heap that puts each block into the first hole that is large enough, holes
    /// included.
    pub heap: f64,
    pub growths: u64,
}

/// The costs of a policy over all lengths.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// At many lengths of equal weight, ascending.
    pub sample: Vec<Cost>,
    /// Over the range of lengths, with both ends of each jump. Arrays need not have all of these
    /// lengths.
    pub curve: Vec<Cost>,
    /// At the measured lengths, unless that takes too long.
    pub drawn: Vec<Cost>,
    /// Set if the sample has few lengths only, so that its averages are rough.
    pub is_rough: bool,
    /// Set if averages are those of many arrays together.
    pub is_of_many: bool,
    lengths: Lengths,
}

/// The average and the maximum of a cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanAndWorst {
    pub mean: f64,
    pub worst: f64,
    /// The length of the maximum.
    pub at: u64,
}

impl Prediction {
    /// Predicts at all lengths of the distribution, and at those that were `drawn` from it.
    pub fn of(rule: &Rule, work: &Work, lengths: &Lengths, drawn: &[u64]) -> Result<Prediction, String> {
        let cost = |length| cost(rule, work, length);
        let operations = work.operations_one_by_one(lengths.range().1);
        if operations > MOST_OPERATIONS {
            return Err(format!("it takes {operations} operations, more than {MOST_OPERATIONS}"));
        }
        let has_many = operations > MANY_OPERATIONS;
        let (count, points) = if has_many { FEW_LENGTHS_AND_POINTS } else { LENGTHS_AND_POINTS };
        let mut at: Vec<u64> = match work.own_length() {
            Some(length) => vec![length],
            None => lengths.sample(count).collect(),
        };
        let sample = distinct_costs(&at, cost)?;
        if work.own_length().is_none() {
            let (from, to) = lengths.range();
            let curve = Lengths::LogUniform(from, to);
            at = curve.sample(points).chain([from, to]).chain(jumps(rule, work, from, to)).collect();
            // The sample may miss rare lengths.
            if let (Lengths::Histogram(bins), false) = (lengths, has_many) {
                at.extend(bins.iter().map(|bin| bin.0).take(MOST_POINTS));
            }
            at.sort_unstable();
            at.dedup();
        }
        let curve = distinct_costs(&at, cost)?;
        let is_rough = has_many && work.own_length().is_none();
        let drawn = distinct_costs(if has_many { &[] } else { drawn }, cost)?;
        Ok(Prediction { sample, curve, drawn, is_rough, is_of_many: false, lengths: lengths.clone() })
    }

    /// Makes a prediction for arrays that are built together: their sum is averaged, in which long
    /// arrays weigh more.
    pub fn of_many(self) -> Prediction {
        Prediction { is_of_many: true, ..self }
    }

    pub fn of_cost(&self, cost: fn(&Cost) -> f64) -> MeanAndWorst {
        let weight = |of: &Cost| if self.is_of_many { of.length as f64 } else { 1.0 };
        let sum: f64 = self.sample.iter().map(|of| weight(of) * cost(of)).sum();
        let mean = sum / self.sample.iter().map(weight).sum::<f64>();
        // The curve has the jumps, which the sample may miss, but also lengths that are not in a
        // histogram.
        let of_curve = self.curve.iter().filter(|cost| self.lengths.contains(cost.length));
        MeanAndWorst { mean, ..worst(self.sample.iter().chain(of_curve), cost) }
    }

    /// Returns the number of lengths from which the worst is taken.
    pub fn simulated_lengths(&self) -> usize {
        let of_curve = self.curve.iter().filter(|cost| self.lengths.contains(cost.length));
        self.sample.iter().chain(of_curve).map(|cost| cost.length).collect::<BTreeSet<u64>>().len()
    }

    /// Returns a cost at the measured lengths.
    pub fn of_drawn(&self, cost: fn(&Cost) -> f64) -> MeanAndWorst {
        let mean = self.drawn.iter().map(cost).sum::<f64>() / self.drawn.len() as f64;
        MeanAndWorst { mean, ..worst(self.drawn.iter(), cost) }
    }

    /// Returns whether the policy never grows within the range of lengths: the range is less than a
    /// cycle.
    pub fn is_part_of_a_cycle(&self) -> bool {
        let growths = |cost: Option<&Cost>| cost.map_or(0, |cost| cost.growths);
        growths(self.curve.first()) == growths(self.curve.last())
    }
}

fn worst<'a>(costs: impl Iterator<Item = &'a Cost>, cost: fn(&Cost) -> f64) -> MeanAndWorst {
    let worst = costs.max_by(|a, b| cost(a).total_cmp(&cost(b)));
    MeanAndWorst {
        mean: f64::NAN,
        worst: worst.map_or(f64::NAN, cost),
        at: worst.map_or(0, |cost| cost.length),
    }
}

/// Computes the cost at each length, once for equal lengths.
fn distinct_costs(lengths: &[u64], cost: impl Fn(u64) -> Result<Cost, String>) -> Result<Vec<Cost>, String> {
    let mut costs: Vec<Cost> = Vec::with_capacity(lengths.len());
    for &length in lengths {
        match costs.last() {
            Some(last) if last.length == length => costs.push(*last),
            _ => costs.push(cost(length)?),
        }
    }
    Ok(costs)
}

/// Returns the lengths at which an array grows, and the lengths before them. For pushes only: their
/// growths do not depend on the final length.
fn jumps(rule: &Rule, work: &Work, from: u64, to: u64) -> Vec<u64> {
    if *work != Work::Push {
        return vec![];
    }
    let mut jumps = vec![];
    let result = simulate(rule, Allocator::AlwaysMoves, &[(Op::Push, to)], |event| {
        let first = event.resize.rows + 1;
        jumps.extend([first - 1, first].into_iter().filter(|length| (from..=to).contains(length)));
    });
    // A policy that jumps too often has a line instead of a curve.
    if result.is_err() || jumps.len() > MOST_POINTS { vec![] } else { jumps }
}

fn cost(rule: &Rule, work: &Work, length: u64) -> Result<Cost, String> {
    let steps: Vec<(Op, u64)> = work.steps(length).collect();
    let totals = simulate(rule, Allocator::AlwaysMoves, &steps, |_| ())?;
    let in_place = simulate(rule, Allocator::TopOfHeap, &steps, |_| ())?;
    let heap = simulate(rule, Allocator::FirstFit, &steps, |_| ())?;
    let per_row = |rows: u128| rows as f64 / length.max(1) as f64;
    Ok(Cost {
        length,
        copies: per_row(totals.charged),
        capacity: per_row(in_place.footprint),
        peak: per_row(totals.peak.max(in_place.footprint)),
        heap: per_row(heap.footprint),
        growths: u64::try_from(totals.growths).unwrap_or(u64::MAX),
    })
}

/// Simulates one array, unless it grows too often.
fn simulate(
    rule: &Rule,
    allocator: Allocator,
    steps: &[(Op, u64)],
    mut on_event: impl FnMut(growable_nd::amortized::Event),
) -> Result<growable_nd::amortized::Totals, String> {
    let growths = Cell::new(0_u64);
    // Long repetitions are cut into pieces, since the simulation can stop only between two of them.
    let pieces = steps.iter().flat_map(|&(op, times)| Pieces { op, left: times, next: 1000 });
    let steps = pieces.take_while(|_| growths.get() <= MOST_GROWTHS);
    let totals = simulate_with(rule.model(), allocator, steps, |event| {
        growths.set(growths.get() + 1);
        on_event(event);
    });
    let totals = totals.map_err(|error| format!("{}: {error}", rule.name))?;
    if growths.get() <= MOST_GROWTHS {
        Ok(totals)
    } else {
        Err(format!("{} grows more than {MOST_GROWTHS} times", rule.name))
    }
}

/// The repetitions of an operation, in pieces of increasing length.
struct Pieces {
    op: Op,
    left: u64,
    next: u64,
}

impl Iterator for Pieces {
    type Item = (Op, u64);

    fn next(&mut self) -> Option<(Op, u64)> {
        let piece = self.next.min(self.left);
        self.left -= piece;
        self.next = piece.saturating_add(piece / 8).max(1);
        (piece > 0).then_some((self.op, piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse;

    fn prediction(rule: &str, lengths: Lengths) -> Prediction {
        Prediction::of(&parse(rule, 24).unwrap(), &Work::Push, &lengths, &[]).unwrap()
    }

    #[test]
    fn costs_are_those_of_the_theory() {
        let double = prediction("2", Lengths::LogUniform(1 << 10, 1 << 20));
        let copies = double.of_cost(|cost| cost.copies);
        // From 1 to 2 copies per row; 1/ln 2 on average over the logarithm.
        assert!(
            (copies.worst - 2.0).abs() < 0.01 && (copies.mean - std::f64::consts::LOG2_E).abs() < 0.01,
            "{copies:?}"
        );
        let peak = double.of_cost(|cost| cost.peak);
        assert!((peak.worst - 3.0).abs() < 0.01, "{peak:?}");
        assert!(peak.at.is_power_of_two() || (peak.at - 1).is_power_of_two());
        let capacity = prediction("3/2", Lengths::LogUniform(1000, 100_000)).of_cost(|cost| cost.capacity);
        assert!((capacity.worst - 1.5).abs() < 0.01, "{capacity:?}");
    }

    #[test]
    fn one_length_is_one_phase() {
        let exact = prediction("2", Lengths::Exactly(1025));
        let copies = exact.of_cost(|cost| cost.copies);
        assert!((copies.mean - copies.worst).abs() < 1e-9);
        assert!((copies.mean - 1.998).abs() < 0.01);
    }

    #[test]
    fn the_worst_length_of_a_histogram_is_one_of_its_lengths() {
        // 513 rows would be worse than any of these; 600 are too rare for the sample.
        let double = prediction("2", Lengths::Histogram(vec![(500, 1.0), (600, 1e-4), (1024, 1.0)]));
        let capacity = double.of_cost(|cost| cost.capacity);
        assert_eq!(capacity.at, 600);
        assert!(double.curve.iter().any(|cost| cost.length == 513 && cost.capacity > capacity.worst));
    }

    #[test]
    fn policies_that_grow_at_every_push_end() {
        let rule = parse("+1", 24).unwrap();
        assert!(Prediction::of(&rule, &Work::Push, &Lengths::Exactly(1_000_000), &[]).is_err());
        assert!(Prediction::of(&rule, &Work::Push, &Lengths::LogUniform(10, 1000), &[]).is_ok());
    }

    #[test]
    fn the_maximum_number_of_growths_is_simulated() {
        let rule = parse("exact", 24).unwrap();
        let growths = |rows| simulate(&rule, Allocator::AlwaysMoves, &[(Op::Push, rows)], |_| ());
        assert_eq!(growths(MOST_GROWTHS).map(|totals| totals.growths), Ok(u128::from(MOST_GROWTHS)));
        assert_eq!(growths(MOST_GROWTHS + 1).err(), Some("exact grows more than 200000 times".to_owned()));
    }

    #[test]
    fn the_simulated_lengths_are_counted() {
        let lengths = Lengths::LogUniform(1000, 1_000_000);
        let of = |work| Prediction::of(&parse("2", 24).unwrap(), &work, &lengths, &[]).unwrap();
        // Eight of the sample and both ends.
        assert_eq!(of(Work::Batches(10)).simulated_lengths(), 10);
        assert!(of(Work::Push).simulated_lengths() > 512);
    }

    #[test]
    fn shrinking_policies_copy_while_rows_are_popped() {
        let work = Work::PushPop;
        let of = |rule: &str| {
            let rule = parse(rule, 24).unwrap();
            Prediction::of(&rule, &work, &Lengths::Exactly(1000), &[])
                .unwrap()
                .of_cost(|cost| cost.copies)
                .mean
        };
        assert!(of("2 shrink to 2 at 1/4") > of("2"));
        // All rows are popped; the peak is that before the pops.
        let rule = parse("2 shrink to 2 at 1/4", 24).unwrap();
        let capacity =
            Prediction::of(&rule, &work, &Lengths::Exactly(1000), &[]).unwrap().of_cost(|cost| cost.capacity);
        assert!((capacity.mean - 1.024).abs() < 1e-9, "{capacity:?}");
    }
}
