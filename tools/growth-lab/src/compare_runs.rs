//! Compares two runs: of one machine before and after a change, or of two allocators.

use crate::answer::Clock;
use crate::child::Heap;
use crate::run::{Contender, Run, Setup};
use crate::stats::compare::{Comparison, Pair, Verdict, compare};
use crate::text;

/// The measure that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Time relative to the preallocated array of the same round: a slow day slows both.
    Relative,
    /// Time as measured.
    Absolute,
}

/// A policy on a heap that both runs have.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub heap: Heap,
    /// The comparison of the second run with the first.
    pub comparison: Comparison,
}

/// Compares the policies that both runs have, round by round. A policy whose builds fail in the
/// second run has a comparison of 0 rounds.
///
/// Fails if the runs did not build the same arrays.
pub fn compare_runs(
    first: &Run,
    second: &Run,
    (measure, clock): (Measure, Clock),
    equivalence: f64,
) -> Result<Vec<Line>, String> {
    check_same(first, second)?;
    let mut found = vec![];
    for &heap in &first.setup.heaps {
        for (index, name) in first.setup.rules.iter().enumerate() {
            let Some(other) = second.setup.rules.iter().position(|other| other == name) else { continue };
            let left = times(second, Contender::Rule(other), heap, (measure, clock));
            let right = times(first, Contender::Rule(index), heap, (measure, clock));
            // A policy that the second run built only with failures is reported, and not left out.
            if second.has_built(Contender::Rule(other), heap) && right.iter().any(Option::is_some) {
                found.push((name.clone(), heap, left, right));
            }
        }
    }
    if found.is_empty() {
        return Err("the runs have no policy and heap in common".into());
    }
    let pairs: Vec<Pair<'_>> =
        found.iter().map(|(_, _, left, right)| Pair { left, right, noise: 1.0 }).collect();
    let comparisons = compare(&pairs, equivalence);
    let lines = found.iter().zip(comparisons);
    Ok(lines
        .map(|((name, heap, ..), comparison)| Line { name: name.clone(), heap: *heap, comparison })
        .collect())
}

fn times(
    run: &Run,
    contender: Contender,
    heap: Heap,
    (measure, clock): (Measure, Clock),
) -> Vec<Option<f64>> {
    let of = |contender| run.values(contender, heap, |sample| clock.of(sample));
    let times = of(contender);
    match measure {
        Measure::Absolute => times,
        Measure::Relative => {
            let preallocated = of(Contender::Preallocated);
            times.iter().zip(preallocated).map(|(time, reference)| Some((*time)? / reference?)).collect()
        }
    }
}

fn check_same(first: &Run, second: &Run) -> Result<(), String> {
    type Describe = fn(&Setup) -> String;
    let parts: [Describe; 4] = [
        |setup| {
            let shape: Vec<String> = setup.row_shape.iter().map(ToString::to_string).collect();
            format!("rows of {} {}", shape.join(" × "), setup.element)
        },
        |setup| setup.lengths.to_string(),
        |setup| match setup.arrays {
            1 => setup.work.to_string(),
            arrays => format!("{}, {arrays} arrays", setup.work),
        },
        |setup| match setup.rounds {
            1 => format!("seed {} and 1 round", setup.seed),
            rounds => format!("seed {} and {rounds} rounds", setup.seed),
        },
    ];
    let (first, second) = (&first.setup, &second.setup);
    let are_same = [
        (&first.row_shape, &first.element) == (&second.row_shape, &second.element),
        first.lengths == second.lengths,
        (&first.work, first.arrays, first.phases) == (&second.work, second.arrays, second.phases),
        (first.seed, first.rounds) == (second.seed, second.rounds),
    ];
    for (describe, is_same) in parts.into_iter().zip(are_same) {
        if !is_same {
            let [first, second] = [first, second].map(describe);
            let contents = if first == second { " with other contents" } else { "" };
            return Err(format!("the runs built different arrays: {first}; {second}{contents}"));
        }
    }
    Ok(())
}

/// Formats the comparison as a table, and returns whether any policy became slower.
pub fn report(lines: &[Line]) -> (String, bool) {
    let header = ["policy", "heap", "second to first", "interval", "verdict"].map(str::to_owned).to_vec();
    let mut rows = vec![header];
    for line in lines {
        rows.push(vec![
            line.name.clone(),
            line.heap.name().into(),
            format!("{:.3}", line.comparison.ratio),
            text::interval(line.comparison),
            text::verdict(line.comparison),
        ]);
    }
    let is_slower =
        |line: &Line| line.comparison.verdict == Verdict::Different && line.comparison.ratio > 1.0;
    (text::table(&rows), lines.iter().any(is_slower))
}

/// Returns an error with the policies that no round compares: their builds fail in the second run.
pub fn check_compared(lines: &[Line]) -> Result<(), String> {
    let missing: Vec<String> = lines
        .iter()
        .filter(|line| line.comparison.rounds == 0)
        .map(|line| format!("{}, {} heap", line.name, line.heap.name()))
        .collect();
    match missing.len() {
        0 => Ok(()),
        _ => Err(format!("no round of the second run can be compared: {}", missing.join("; "))),
    }
}
