//! The answer as text for a terminal.

use crate::answer::{Answer, Clock, Row};
use crate::child::Heap;
use crate::predict::{Cost, Prediction};
use crate::pushes::{self, PushTimes};
use crate::quantity::{duration, grouped, size, three_digits};
use crate::run::{Contender, Run, Setup};
use crate::stats::compare::{Comparison, Verdict};
use crate::workload::Work;
use std::fmt::Write;

/// Aligns the columns of a table: the first to the left, the others to the right.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            if column == 0 {
                let _ = write!(line, "{cell:<width$}", width = widths[0]);
            } else {
                let _ = write!(line, "  {cell:>width$}", width = widths[column]);
            }
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// Describes the arrays and the operations.
pub fn workload(setup: &Setup) -> String {
    let shape: Vec<String> = setup.row_shape.iter().map(ToString::to_string).collect();
    let arrays = if setup.arrays > 1 {
        format!("{} arrays at once, ", grouped(setup.arrays.into()))
    } else {
        String::new()
    };
    let length = match setup.work.own_length() {
        Some(length) => format!("up to {} rows", grouped(length.into())),
        None => setup.lengths.to_string(),
    };
    let bytes = size(setup.row_bytes as f64);
    format!("{}; {arrays}{length}; a row is {} {} ({bytes})", setup.work, shape.join(" × "), setup.element)
}

/// Writes the answer.
pub fn summary(
    run: &Run,
    answers: &[Answer],
    predictions: &[(String, Prediction)],
    advice: &[String],
) -> String {
    let setup = &run.setup;
    let mut text = format!("{}\n\n", workload(setup));
    for sentence in advice {
        let _ = writeln!(text, "{sentence}\n");
    }
    for answer in answers {
        let _ = writeln!(text, "{}, {}:\n", title(answer.heap), rounds(run));
        if !answer.ranked.is_empty() {
            let _ = writeln!(text, "{}", table(&answer_rows(answer)));
        }
        let _ = writeln!(text, "{}\n", notes(run, answer).join("\n"));
        let pushes = push_rows(run, answer);
        if !pushes.is_empty() {
            let _ = writeln!(text, "Single pushes: {}\n\n{}", push_note(run, answer), table(&pushes));
        }
    }
    if !predictions.is_empty() {
        let _ = writeln!(
            text,
            "Predicted per row: averages over the lengths, and the worst of the simulated lengths:\n"
        );
        text += &table(&predicted_rows(predictions));
    }
    if let Some(copying) = answers.iter().find(|answer| answer.heap == Heap::Copying) {
        let rows = against_predictions(copying, predictions);
        if rows.len() > 1 {
            let _ = writeln!(text, "\nPredicted and measured where blocks are copied:\n");
            text += &table(&rows);
        }
    }
    for (rule, reason) in &setup.left_out {
        let _ = writeln!(text, "\nNot measured: {rule}, {reason}.");
    }
    text
}

/// Returns the number of rounds, and of lengths in each.
pub fn rounds(run: &Run) -> String {
    let rounds = if run.rounds() == 1 { "1 round".to_owned() } else { format!("{} rounds", run.rounds()) };
    match run.setup.phases {
        1 => rounds,
        phases => format!("{rounds} of {phases} lengths"),
    }
}

pub fn title(heap: Heap) -> &'static str {
    match heap {
        Heap::Fresh => "Fresh process",
        Heap::Warm => "Warm process",
        Heap::Copying => "Allocator that copies each block",
    }
}

/// Returns the header and the rows of the table of an answer.
pub fn answer_rows(answer: &Answer) -> Vec<Vec<String>> {
    let resident = answer.ranked.iter().all(|row| row.resident.is_some());
    let mut header = vec![
        "policy",
        match answer.clock {
            Clock::Wall => "time to best",
            Clock::Cpu => "CPU to best",
        },
        "interval",
        "verdict",
        "to preallocated",
        "time/row",
        "CPU/row",
        "peak",
        "worst",
        "resident",
        "copies",
        "moved",
        "slowest push",
        "90 %",
    ];
    let without_resident = |cells: &mut Vec<_>| {
        if !resident {
            cells.remove(9);
        }
    };
    if !resident {
        header.remove(9);
    }
    let mut rows = vec![header.into_iter().map(str::to_owned).collect::<Vec<String>>()];
    rows.extend(answer.ranked.iter().map(|row| {
        let (ratio, interval, verdict) = match row.to_best {
            Some(comparison) => (ratio(comparison.ratio), interval(comparison), verdict(comparison)),
            None => ("1".into(), String::new(), "best".into()),
        };
        let mut cells = vec![
            format!("{}{}", row.name, if row.is_pareto { " *" } else { "" }),
            ratio,
            interval,
            verdict,
            three_digits(row.to_preallocated),
            duration(row.wall.mean),
            row.cpu.map_or("–".into(), duration),
            three_digits(row.peak.mean),
            three_digits(row.peak.worst),
            row.resident.map_or("–".into(), three_digits),
            three_digits(row.copies.mean),
            format!("{:.0} %", 100.0 * row.moved),
            duration(row.slowest[0]),
            duration(row.slowest[1]),
        ];
        without_resident(&mut cells);
        cells
    }));
    rows
}

/// Returns the lines under a table.
pub fn notes(run: &Run, answer: &Answer) -> Vec<String> {
    let mut notes = vec![];
    if !answer.ranked.is_empty() {
        notes.push(
            "* Pareto front: no other policy is better in time or memory without being worse in the other. Memory: bytes per \
             byte of elements. Moved: share of the copied bytes that realloc moved to another address; it extends \
             the others in place, or the array copies them when it shrinks."
                .to_owned(),
        );
    }
    let noise = answer.noise;
    if noise.ratio.is_finite() {
        notes.push(format!(
            "Noise floor: {} and its hidden twin differ by {} {}.",
            run.setup.rules[run.setup.twin],
            percent(noise.ratio),
            interval_of(noise)
        ));
    }
    if let Some(worst) = answer.ranked.iter().max_by(|a, b| a.peak.worst.total_cmp(&b.peak.worst)) {
        notes.push(format!(
            "Largest peak: {} at {} rows, {} bytes per byte of elements.",
            worst.name,
            grouped(worst.peak.at.into()),
            three_digits(worst.peak.worst)
        ));
    }
    // If all pushes were timed, their table has the slowest.
    let slowest = answer.ranked.iter().filter(|_| run.pushes.is_empty());
    if let Some(worst) = slowest.max_by(|a, b| a.slowest[2].total_cmp(&b.slowest[2])) {
        notes.push(format!("Slowest push of all: {}, {}.", worst.name, duration(worst.slowest[2])));
    }
    for name in &answer.did_not_grow {
        notes.push(format!("{name} did not replace its first block, and is not ranked."));
    }
    for name in &answer.without_round {
        notes.push(format!("{name} has no round without a failed build, and is not ranked."));
    }
    if let Some((lost, reason)) = run.lost(answer.heap) {
        notes.push(format!("{lost} builds failed; the first: {reason}."));
    }
    notes
}

/// The shares of pushes whose times are shown.
const SHARES: [f64; 5] = [0.5, 0.9, 0.99, 0.999, 0.9999];

/// Returns percentiles and maximum of the times of single pushes. Empty if they were not measured.
pub fn push_rows(run: &Run, answer: &Answer) -> Vec<Vec<String>> {
    let header = ["policy", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "worst"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for contender in contenders(run, answer) {
        let times = run.push_times(contender, answer.heap);
        if times.pushes() > 0 {
            let nanoseconds = |time: Option<u64>| time.map_or("–".into(), |time| duration(time as f64));
            let mut cells = vec![run.name(contender).to_owned()];
            cells.extend(SHARES.map(|share| nanoseconds(times.percentile(share))));
            cells.push(nanoseconds(Some(times.worst_ns)));
            rows.push(cells);
        }
    }
    if rows.len() > 1 { rows } else { vec![] }
}

/// Explains the percentiles.
pub fn push_note(run: &Run, answer: &Answer) -> String {
    let of_all = |count: fn(&PushTimes) -> u64| {
        contenders(run, answer)
            .map(|contender| count(&run.push_times(contender, answer.heap)))
            .max()
            .unwrap_or(0)
    };
    let what = if matches!(run.setup.work, Work::Push | Work::PushPop | Work::Walk(_)) {
        "push"
    } else {
        "push or batch"
    };
    format!(
        "Every {what} of {} extra builds, {} per policy. Each time includes reading the clock, {} ns, and interruptions \
         by other programs; the preallocated array shows how long they are.",
        pushes::BUILDS,
        grouped(of_all(PushTimes::pushes).into()),
        of_all(|times| times.clock_ns)
    )
}

/// Iterates over the preallocated array, the ranked policies in their order, and the others.
fn contenders(run: &Run, answer: &Answer) -> impl Iterator<Item = Contender> {
    let ranked: Vec<usize> = answer.ranked.iter().map(|row| row.rule).collect();
    let others = (0..run.setup.rules.len()).filter({
        let ranked = ranked.clone();
        move |rule| !ranked.contains(rule)
    });
    std::iter::once(Contender::Preallocated).chain(ranked.into_iter().chain(others).map(Contender::Rule))
}

pub fn predicted_rows(predictions: &[(String, Prediction)]) -> Vec<Vec<String>> {
    let header =
        ["policy", "copies", "worst", "capacity", "worst", "peak", "worst", "first-fit heap", "worst"];
    // Of many arrays one is enlarged at a time: their peaks do not add up.
    let columns = if predictions.iter().any(|(_, prediction)| prediction.is_of_many) { 5 } else { 9 };
    let mut rows = vec![header[..columns].iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>()];
    rows.extend(predictions.iter().map(|(name, prediction)| {
        let mut cells = vec![name.clone()];
        for cost in [
            prediction.of_cost(|cost| cost.copies),
            prediction.of_cost(|cost| cost.capacity),
            prediction.of_cost(|cost| cost.peak),
            prediction.of_cost(|cost| cost.heap),
        ] {
            cells.extend([three_digits(cost.mean), three_digits(cost.worst)]);
        }
        cells.truncate(columns);
        cells
    }));
    rows
}

/// Compares prediction and measurement of each policy where rows are copied as the analysis charges
/// them.
pub fn against_predictions(answer: &Answer, predictions: &[(String, Prediction)]) -> Vec<Vec<String>> {
    let header = [
        "policy",
        "copies: predicted",
        "measured",
        "difference",
        "mean peak: predicted",
        "measured",
        "difference",
        "worst peak: predicted",
        "measured",
        "difference",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    if predictions.iter().any(|(_, prediction)| prediction.is_of_many) {
        rows[0].truncate(4);
    }
    for row in &answer.ranked {
        let prediction = predictions.iter().find(|(name, _)| *name == row.name);
        let prediction = prediction.filter(|(_, prediction)| !prediction.is_rough);
        rows.extend(prediction.map(|(_, prediction)| against_prediction(row, prediction)));
    }
    rows
}

fn against_prediction(row: &Row, prediction: &Prediction) -> Vec<String> {
    let of = |cost: fn(&Cost) -> f64| match prediction.drawn.len() {
        0 => prediction.of_cost(cost),
        _ => prediction.of_drawn(cost),
    };
    let pairs = [
        (of(|cost| cost.copies).mean, row.copies.mean),
        (of(|cost| cost.peak).mean, row.peak.mean),
        (of(|cost| cost.peak).worst, row.peak.worst),
    ];
    let mut cells = vec![row.name.clone()];
    for (predicted, measured) in pairs {
        let difference = if predicted > 0.0 { percent(measured / predicted) } else { "–".into() };
        cells.extend([three_digits(predicted), three_digits(measured), difference]);
    }
    cells.truncate(if prediction.is_of_many { 4 } else { 10 });
    cells
}

fn ratio(ratio: f64) -> String {
    if ratio.is_finite() { format!("{ratio:.3}") } else { "–".into() }
}

/// Formats a ratio as a difference with its sign.
pub fn percent(ratio: f64) -> String {
    format!("{:+.1} %", 100.0 * (ratio - 1.0))
}

pub fn interval(comparison: Comparison) -> String {
    let [low, high] = comparison.interval;
    if !comparison.has_interval() {
        return "too few rounds".into();
    }
    // An end that is not 1 is not printed as 1: the digits show whether the interval excludes 1.
    let is_hidden = |end: f64, digits: usize| end != 1.0 && format!("{end:.digits$}").parse() == Ok(1.0);
    let digits = (3..9).find(|&digits| !is_hidden(low, digits) && !is_hidden(high, digits)).unwrap_or(9);
    format!("{low:.digits$}–{high:.digits$}")
}

fn interval_of(comparison: Comparison) -> String {
    let [low, high] = comparison.interval;
    if comparison.has_interval() {
        format!("(from {} to {})", percent(low), percent(high))
    } else {
        "(too few rounds for an interval)".into()
    }
}

/// Returns the verdict on the first contender in a word or two.
pub fn verdict(comparison: Comparison) -> String {
    match comparison.verdict {
        _ if comparison.rounds == 0 => "no round in common".into(),
        Verdict::Different if comparison.ratio > 1.0 => "slower".into(),
        Verdict::Different => "faster".into(),
        Verdict::Equivalent => "equal".into(),
        Verdict::Undecided { rounds_needed: Some(rounds) } => format!("not decided; needs {rounds} rounds"),
        Verdict::Undecided { rounds_needed: None } => "not decided: within the noise".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_of_an_interval_show_whether_it_excludes_1() {
        for (ends, expected) in [
            ([0.98, 1.02], "0.980–1.020"),
            ([1.0, 1.02], "1.000–1.020"),
            ([1.0004, 1.0228], "1.0004–1.0228"),
            ([0.97, 0.99998], "0.97000–0.99998"),
            ([0.0, f64::INFINITY], "too few rounds"),
        ] {
            let verdict = Verdict::Undecided { rounds_needed: Some(25) };
            assert_eq!(interval(Comparison { rounds: 9, ratio: 1.0, interval: ends, verdict }), expected);
        }
    }
}
