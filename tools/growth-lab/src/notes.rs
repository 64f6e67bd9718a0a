//! Notes on a run besides the answer.

use crate::predict::Prediction;
use crate::rules::{Rule, parse, spelling};
use crate::run::Setup;

/// Returns notes on the policies, the lengths and the machine.
pub fn notes(setup: &Setup, predictions: &[(String, Prediction)]) -> Vec<String> {
    // The load disturbs measurements only.
    let mut notes: Vec<String> =
        setup.machine.warning().filter(|_| !setup.heaps.is_empty()).into_iter().collect();
    if setup.planted > 0.0 {
        let first = setup.rules.first().map_or("?", String::as_str);
        notes.push(format!("`{first}` is slowed down on purpose by {} %", 100.0 * setup.planted));
    }
    let rules: Vec<Rule> =
        setup.rules.iter().filter_map(|name| parse(spelling(name), setup.row_bytes).ok()).collect();
    notes.extend(rules.iter().filter_map(Rule::mark));
    if !setup.work.removes() {
        let shrinks = rules.iter().filter(|rule| rule.growth.to_string().contains("shrink"));
        notes.extend(shrinks.map(|rule| {
            format!("`{}` shrinks, but no rows are removed; --work push-pop removes rows", rule.name)
        }));
    }
    notes.extend(phases(setup, predictions));
    notes
}

/// Returns a warning if the lengths do not cover all phases of the growth cycles.
fn phases(setup: &Setup, predictions: &[(String, Prediction)]) -> Option<String> {
    if setup.work.own_length().is_some() {
        return None;
    }
    let (from, to) = setup.lengths.range();
    if from == to {
        return Some(
            "one length is one phase of the cycle of each policy; at other lengths the order may differ"
                .into(),
        );
    }
    let parts = predictions.iter().filter(|(_, prediction)| prediction.is_part_of_a_cycle());
    let names: Vec<&str> = parts.map(|(name, _)| name.as_str()).collect();
    (!names.is_empty()).then(|| {
        format!("the lengths cover less than one growth cycle of {}; use a wider range", names.join(", "))
    })
}
