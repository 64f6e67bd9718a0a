//! The answer as text for a terminal.

use crate::answer::{Answer, Row};
use crate::child::Heap;
use crate::predict::Prediction;
use crate::quantity::{duration, grouped, three_digits};
use crate::run::Run;
use crate::stats::compare::{Comparison, Verdict};
use std::fmt::Write;

/// A table whose columns are aligned: the first to the left, the others to the right.
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

/// The whole answer.
pub fn summary(
    run: &Run,
    answers: &[Answer],
    predictions: &[(String, Prediction)],
    advice: &[String],
) -> String {
    let setup = &run.setup;
    let mut text = String::new();
    let arrays =
        if setup.arrays > 1 { format!("{} arrays of ", grouped(setup.arrays.into())) } else { String::new() };
    let rows = format!("rows of {:?} {} ({} bytes)", setup.row_shape, setup.element, setup.row_bytes);
    let length = match setup.work.own_length() {
        Some(length) => format!("up to {} rows", grouped(length.into())),
        None => setup.lengths.to_string(),
    };
    let _ = writeln!(text, "{}: {arrays}{rows}, {length}\n", setup.work);
    for sentence in advice {
        let _ = writeln!(text, "{sentence}\n");
    }
    for answer in answers {
        let _ = writeln!(text, "{}, {} rounds:\n", title(answer.heap), setup.rounds);
        text += &table(&answer_rows(answer));
        let _ = writeln!(text, "\n{}\n", notes(answer).join("\n"));
    }
    if !predictions.is_empty() {
        let _ = writeln!(text, "Predicted, per row; averages over the lengths, and the worst:\n");
        text += &table(&predicted_rows(predictions));
    }
    for (rule, reason) in &setup.left_out {
        let _ = writeln!(text, "Not measured: {rule}, {reason}.");
    }
    text
}

pub fn title(heap: Heap) -> &'static str {
    match heap {
        Heap::Fresh => "Fresh process",
        Heap::Warm => "Warm process",
        Heap::Copying => "Allocator that copies each block",
    }
}

/// The header and the rows of a table of an answer.
pub fn answer_rows(answer: &Answer) -> Vec<Vec<String>> {
    let header = [
        "policy",
        "time to the best",
        "interval",
        "verdict",
        "to preallocated",
        "time per row",
        "peak memory, mean",
        "worst",
        "copies",
        "slowest push",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(answer.ranked.iter().map(|row| {
        let (ratio, interval, verdict) = match row.to_best {
            Some(comparison) => (ratio(comparison.ratio), interval(comparison), verdict(comparison)),
            None => ("1".into(), String::new(), "best".into()),
        };
        vec![
            format!("{}{}", row.name, if row.is_pareto { " *" } else { "" }),
            ratio,
            interval,
            verdict,
            three_digits(row.to_preallocated),
            duration(row.wall.mean),
            three_digits(row.peak.mean),
            three_digits(row.peak.worst),
            three_digits(row.copies.mean),
            duration(row.slowest[0]),
        ]
    }));
    rows
}

/// What stands under a table.
pub fn notes(answer: &Answer) -> Vec<String> {
    let mut notes =
        vec!["* no other policy is better in time or memory without being worse in the other".to_owned()];
    let noise = answer.noise;
    if noise.ratio.is_finite() {
        notes.push(format!(
            "Noise floor: a policy and its twin differ by {} {}.",
            percent(noise.ratio),
            interval_of(noise)
        ));
    }
    if let Some(worst) = answer.ranked.iter().max_by(|a, b| a.wall.worst.total_cmp(&b.wall.worst)) {
        notes.push(format!(
            "The most expensive phase: {} at {} rows, {} per row.",
            worst.name,
            grouped(worst.wall.at.into()),
            duration(worst.wall.worst)
        ));
    }
    for name in &answer.did_not_grow {
        notes.push(format!("{name} did not replace its first block, and is not ranked."));
    }
    if answer.lost > 0 {
        notes.push(format!("{} builds were lost; the reasons are in builds.csv.", answer.lost));
    }
    notes
}

pub fn predicted_rows(predictions: &[(String, Prediction)]) -> Vec<Vec<String>> {
    let header =
        ["policy", "copies", "worst", "capacity", "worst", "peak", "worst", "first-fit heap", "worst"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
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
        cells
    }));
    rows
}

/// What was predicted and measured of one policy, where rows are copied as the analysis charges them.
pub fn against_prediction(row: &Row, prediction: &Prediction) -> Vec<String> {
    let pairs = [
        (prediction.of_cost(|cost| cost.copies).mean, row.copies.mean),
        (prediction.of_cost(|cost| cost.peak).mean, row.peak.mean),
        (prediction.of_cost(|cost| cost.peak).worst, row.peak.worst),
    ];
    let mut cells = vec![row.name.clone()];
    for (predicted, measured) in pairs {
        let difference = if predicted > 0.0 { percent(measured / predicted) } else { "–".into() };
        cells.extend([three_digits(predicted), three_digits(measured), difference]);
    }
    cells
}

fn ratio(ratio: f64) -> String {
    format!("{ratio:.3}")
}

/// A ratio as a difference, with its sign.
pub fn percent(ratio: f64) -> String {
    format!("{:+.1} %", 100.0 * (ratio - 1.0))
}

fn interval(comparison: Comparison) -> String {
    let [low, high] = comparison.interval;
    if low > 0.0 && high.is_finite() { format!("{low:.3}–{high:.3}") } else { "too few rounds".into() }
}

fn interval_of(comparison: Comparison) -> String {
    let [low, high] = comparison.interval;
    if low > 0.0 && high.is_finite() {
        format!("(from {} to {})", percent(low), percent(high))
    } else {
        "(too few rounds for an interval)".into()
    }
}

/// The verdict in a word or two, about the first compared with the second.
pub fn verdict(comparison: Comparison) -> String {
    match comparison.verdict {
        Verdict::Different if comparison.ratio > 1.0 => "slower".into(),
        Verdict::Different => "faster".into(),
        Verdict::Equivalent => "equal".into(),
        Verdict::Undecided { rounds_needed } => format!("not decided (some {rounds_needed} rounds)"),
    }
}
