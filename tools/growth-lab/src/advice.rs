//! Advice in sentences, computed from the answer.

use crate::answer::{Answer, Row};
use crate::child::Heap;
use crate::predict::Prediction;
use crate::run::Run;
use crate::stats::compare::{Comparison, Verdict, rounds_for_intervals};

/// The preferences of the reader.
#[derive(Clone, Copy, Debug, Default)]
pub struct Preferences {
    /// Maximum bytes per byte of elements at the peak.
    pub budget: Option<f64>,
    /// Cost of an unused slot, in copies of a row.
    pub price: Option<f64>,
}

/// Writes a paragraph for each preference, one that weighs time and memory, and one for each heap.
/// If the rounds are too few for intervals, writes that first and ranks nothing.
pub fn advice(
    run: &Run,
    answers: &[Answer],
    predictions: &[(String, Prediction)],
    preferences: Preferences,
) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(too_few_rounds(run, answers));
    sentences.extend(preferences.budget.map(|budget| within_budget(budget, predictions)));
    sentences.extend(preferences.price.map(|price| at_price(price, predictions)));
    if answers.is_empty() {
        sentences.extend(of_predictions(predictions));
    }
    sentences.extend(of_all_heaps(run, answers));
    sentences.extend(
        answers.iter().filter(|answer| !lacks_interval(run, answer)).map(|answer| of_heap(run, answer)),
    );
    sentences
}

/// Returns whether the rounds on a heap are too few for an interval of each policy. Policies with
/// failed builds do not count: more rounds would not help.
fn lacks_interval(run: &Run, answer: &Answer) -> bool {
    let found = answer.ranked.iter().filter_map(|row| row.to_best);
    found.filter(|found| found.rounds == run.rounds()).any(|found| !found.has_interval())
}

/// Returns whether a policy has enough rounds to be compared with the first one.
fn is_compared(row: &Row) -> bool {
    row.to_best.is_none_or(Comparison::has_interval)
}

/// Tells that the rounds are too few to compare the policies.
fn too_few_rounds(run: &Run, answers: &[Answer]) -> Option<String> {
    let lacking: Vec<&Answer> = answers.iter().filter(|answer| lacks_interval(run, answer)).collect();
    // Each policy is compared with each other one on its heap.
    let policies_of = |answer: &Answer| answer.ranked.len();
    let pairs =
        answers.iter().map(policies_of).map(|policies| policies * policies.saturating_sub(1) / 2).sum();
    let needed = rounds_for_intervals(pairs);
    let policies = lacking.iter().copied().map(policies_of).max()?;
    let rounds = match run.rounds() {
        1 => "1 round is".to_owned(),
        rounds => format!("{rounds} rounds are"),
    };
    let heaps = match lacking.len() {
        1 => "1 heap".to_owned(),
        heaps => format!("{heaps} heaps"),
    };
    Some(format!(
        "{rounds} too few to compare {policies} policies on {heaps}: use --rounds {needed} or more. The ratios below \
         have no intervals, so no policy is called faster, slower or equal, and none is recommended."
    ))
}

/// Advises by the predictions alone.
fn of_predictions(predictions: &[(String, Prediction)]) -> Option<String> {
    let least = |cost: &dyn Fn(&Prediction) -> f64| {
        let costs = predictions.iter().map(|(name, prediction)| (name, cost(prediction)));
        costs.min_by(|a, b| a.1.total_cmp(&b.1))
    };
    let (copies_of, copies) = least(&|prediction| prediction.of_cost(|cost| cost.copies).mean)?;
    let (peak_of, peak) = least(&|prediction| prediction.of_cost(|cost| cost.peak).mean)?;
    let (capacity_of, capacity) = least(&|prediction| prediction.of_cost(|cost| cost.capacity).mean)?;
    if let [(name, _)] = predictions {
        return Some(format!(
            "Simulated averages: with {name} each row is copied {copies:.2} times; its peak where blocks are copied is \
             {peak:.2} bytes per byte of elements; its capacity is {capacity:.2} slots per row."
        ));
    }
    Some(format!(
        "Simulated averages: with {copies_of} each row is copied {copies:.2} times, the least; {peak_of} has the lowest \
         peak where blocks are copied, {peak:.2} bytes per byte of elements; {capacity_of} has the smallest capacity, \
         {capacity:.2} slots per row."
    ))
}

/// Names the policy that is best in time and memory together, over all heaps.
fn of_all_heaps(run: &Run, answers: &[Answer]) -> Option<String> {
    let time = |row: &Row| match row.to_best {
        Some(found) if found.verdict == Verdict::Different => found.ratio,
        _ => 1.0,
    };
    let names = answers.first()?.ranked.iter().map(|row| row.name.as_str());
    // The geometric mean gives each heap the same weight.
    let product = |name: &str| {
        let rows: Option<Vec<&Row>> =
            answers.iter().map(|answer| answer.ranked.iter().find(|row| row.name == name)).collect();
        let rows = rows?;
        if rows.iter().any(|row| !is_compared(row)) {
            return None;
        }
        let times: f64 = rows.iter().map(|row| time(row)).product();
        let peaks: f64 = rows.iter().map(|row| row.peak.mean).product();
        let root = 1.0 / rows.len() as f64;
        Some((times.powf(root), peaks.powf(root)))
    };
    // Without an interval no difference is shown, whatever the ratios are.
    if answers.iter().any(|answer| lacks_interval(run, answer)) {
        return None;
    }
    let mut all: Vec<(&str, f64, f64)> =
        names.filter_map(|name| product(name).map(|(time, peak)| (name, time, peak))).collect();
    all.sort_by(|a, b| (a.1 * a.2).total_cmp(&(b.1 * b.2)));
    let (&(name, time, peak), others) = all.split_first()?;
    let cost = |&(_, time, peak): &(&str, f64, f64)| time * peak;
    let alike: Vec<&str> =
        others.iter().filter(|other| cost(other) < 1.01 * time * peak).map(|other| other.0).collect();
    let heaps: Vec<&str> = answers.iter().map(|answer| answer.heap.name()).collect();
    let best = match (alike.is_empty(), others.first()?.0) {
        (true, next) => format!("{name}; {next} is next"),
        (false, _) => format!("{name} or, within 1 % of it, {}", alike.join(", ")),
    };
    Some(format!(
        "If 1 % of time is worth 1 % of memory, choose {best}. On average over the heaps ({}), {name} takes {time:.2} \
         times the time of the fastest, counting only differences that are shown, and {peak:.2} bytes per byte of \
         elements at the peak.",
        heaps.join(", ")
    ))
}

fn of_heap(run: &Run, answer: &Answer) -> String {
    let heap = match answer.heap {
        Heap::Fresh => "In a fresh process",
        Heap::Warm => "In a process that has built such an array before",
        Heap::Copying => "With an allocator that copies each block",
    };
    let Some(best) = answer.ranked.first() else {
        return format!("{heap}, no policy replaced its first block: there is nothing to rank.");
    };
    let (compared, left_out): (Vec<&Row>, Vec<&Row>) = answer.ranked.iter().partition(|row| is_compared(row));
    let is_slower = |row: &&Row| {
        row.to_best.is_some_and(|found| found.verdict == Verdict::Different && found.ratio > 1.0)
    };
    let not_slower: Vec<&Row> = compared.iter().copied().filter(|row| !is_slower(row)).collect();
    let least = not_slower.iter().min_by(|a, b| a.peak.mean.total_cmp(&b.peak.mean)).copied().unwrap_or(best);
    let undecided = not_slower
        .iter()
        .filter_map(|row| match row.to_best?.verdict {
            Verdict::Undecided { rounds_needed } => rounds_needed,
            _ => None,
        })
        .max();
    let memory = format!("{:.2} bytes per byte of elements at the peak", least.peak.mean);
    let most = not_slower.iter().map(|row| row.peak.mean).fold(0.0, f64::max);
    let others: Vec<&str> = not_slower.iter().map(|row| row.name.as_str()).collect();
    let others = others.join(", ");
    let mut sentence = if compared.len() == 1 {
        format!(
            "{heap}, {} takes {memory}, and {:.2} times the time of a preallocated array; there is no other policy to compare it with.",
            best.name, best.to_preallocated
        )
    } else if not_slower.len() == 1 {
        format!("{heap}, {} is the fastest; it takes {memory}.", best.name)
    } else if most < 1.01 * least.peak.mean {
        format!(
            "{heap}, none of {others} is shown to be slower than the fastest; all take {memory}, within 1 %."
        )
    } else {
        format!(
            "{heap}, none of {others} is shown to be slower than the fastest; {} takes the least memory of them, {memory}.",
            least.name
        )
    };
    if let Some(rounds) = undecided {
        sentence += &format!(
            " Not all of them are shown to be equal: about {rounds} rounds instead of {} would probably decide.",
            run.rounds()
        );
    }
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().map(|row| row.name.as_str()).collect();
        sentence += &format!(" Not compared, since builds failed in too many rounds: {}.", names.join(", "));
    }
    sentence
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
    // Only few lengths are simulated if their operations are many.
    let rough = predictions.iter().map(|(_, prediction)| prediction).find(|prediction| prediction.is_rough);
    let lengths = match rough {
        Some(prediction) => format!("{} simulated lengths", prediction.simulated_lengths()),
        None => "simulated lengths".to_owned(),
    };
    let sentence = if copying.is_empty() {
        // A policy that keeps no row has its peak in its first block.
        let reason = match lowest {
            Some((_, prediction)) if prediction.of_cost(|cost| cost.copies).worst > 0.0 => {
                ", since the old and the new block exist together while rows move"
            }
            _ => "",
        };
        let lowest = lowest.map_or(String::new(), |(name, prediction)| match predictions.len() {
            1 => format!("; the worst peak of {name} is {:.2}", peak(prediction)),
            _ => format!("; the lowest worst peak is {:.2}, of {name}", peak(prediction)),
        });
        format!("no policy keeps it where blocks are copied{reason}{lowest}.")
    } else {
        format!("kept at all {lengths}, even where blocks are copied, by {}.", copying.join(", "))
    };
    let in_place = if in_place.is_empty() {
        "no policy keeps it either; reserve the capacity in advance".into()
    } else {
        format!("it is kept by {}", in_place.join(", "))
    };
    format!(
        "A budget of {budget} bytes per byte of elements: {sentence} Where the allocator extends blocks in place or \
         moves their pages, {in_place}."
    )
}

fn at_price(price: f64, predictions: &[(String, Prediction)]) -> String {
    let charged = |prediction: &Prediction| {
        let unused = prediction.of_cost(|cost| cost.capacity).mean - 1.0;
        prediction.of_cost(|cost| cost.copies).mean + price * unused
    };
    match predictions.iter().min_by(|a, b| charged(&a.1).total_cmp(&charged(&b.1))) {
        Some((name, prediction)) if predictions.len() == 1 => format!(
            "If an unused slot costs {price} copies of a row, {name} costs {:.2} copies per row on average.",
            charged(prediction)
        ),
        Some((name, prediction)) => format!(
            "If an unused slot costs {price} copies of a row, {name} is the cheapest on average: {:.2} copies per row in total.",
            charged(prediction)
        ),
        None => "Nothing was predicted.".into(),
    }
}
