//! The numbers of an array, shown beside the pictures.

use crate::array::Array;
use crate::numbers::{amount, count, decimal, grouped};
use crate::policy;
use growable_nd::Growth;
use growable_nd::amortized::{Bounds, Ratio};

/// Returns labels and values.
pub fn of(array: &Array, row_bytes: u64) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    present(array, row_bytes, &mut lines);
    so_far(array, &mut lines);
    by_theorem(array, &mut lines);
    books(array, &mut lines);
    lines
}

type Lines = Vec<(&'static str, String)>;

fn present(array: &Array, row_bytes: u64, lines: &mut Lines) {
    let model = array.model();
    lines.push(("Rows", grouped(model.rows())));
    lines.push(("Capacity", grouped(model.capacity())));
    lines.push(("Free slots", grouped(model.capacity() - model.rows())));
    let slots = decimal(model.capacity().into(), model.rows().into());
    lines.push(("Slots per row", slots.unwrap_or("–".into())));
    let bytes = u128::from(model.capacity()) * u128::from(row_bytes);
    lines.push(("Memory", count(bytes, "byte", "bytes")));
}

fn so_far(array: &Array, lines: &mut Lines) {
    let totals = array.totals();
    lines.push(("Operations", grouped(totals.operations)));
    lines.push((
        "Growths and shrinks",
        format!("{} and {}", grouped(totals.growths), grouped(totals.shrinks)),
    ));
    lines.push(("Rows copied", grouped(totals.charged)));
    let copies = decimal(totals.charged, totals.written);
    lines.push(("Copies per push", copies.unwrap_or("–".into())));
    lines.push(("Most expensive operation", grouped(totals.worst_cost)));
    lines.push(("Old and new block, at most", count(totals.peak, "slot", "slots")));
    lines.push(("Heap with its holes", count(array.heap().footprint, "slot", "slots")));
}

/// The bounds of the factor: proved for a policy with this factor, in the long run for a rule of
/// the zoo.
fn by_theorem(array: &Array, lines: &mut Lines) {
    let growth = array.growth();
    let factor = policy::factor_in_the_long_run(&growth);
    let bounds = factor.and_then(|factor| Bounds::of(&Growth::try_from(factor).ok()?));
    let (Some(factor), Some(bounds)) = (factor, bounds) else {
        lines.push(("Copies per push, bound", "none: grows with the number of rows".into()));
        return;
    };
    let most = amount(bounds.copies_per_push());
    let if_pushed = if array.is_only_pushed() { "" } else { ", if rows are only pushed" };
    let copies = match Bounds::of(&growth) {
        Some(_) => format!("less than {most} = a/(a − 1) with a = {factor}{if_pushed}"),
        None => format!("about {most} = a/(a − 1) with a = {factor} in the long run{if_pushed}"),
    };
    let slots = match Bounds::of(&growth) {
        Some(_) => format!("at most a = {factor} after the first block{if_pushed}"),
        None => format!("about a = {factor} in the long run{if_pushed}"),
    };
    lines.push(("Copies per push, bound", copies));
    lines.push(("Slots per row, bound", slots));
    if let Some(price) = bounds.price() {
        let copies = if price == Ratio::from(1) { "copy" } else { "copies" };
        lines.push(("Price of a slot", format!("{} {copies} = 1/(a − 1)² with a = {factor}", amount(price))));
    }
}

fn books(array: &Array, lines: &mut Lines) {
    let Some(prices) = array.prices() else {
        lines.push(("Bank", "none: this policy has no prices".into()));
        return;
    };
    if let Some(growth) = array.audited_by() {
        lines.push(("Prices of", policy::whose(growth)));
    }
    let (push, credit) = (prices.amortized_push(), prices.copies_per_push());
    lines.push((
        "Price of a push",
        format!("{} = 1 to write its row + {} of credit", amount(push), amount(credit)),
    ));
    lines.push((
        "Credit of a row",
        format!("{}: one for its own first move, {} for older rows", amount(credit), older(credit)),
    ));
    if let Some(pop) = prices.amortized_pop() {
        lines.push(("Price of a pop", amount(pop)));
    }
    if let Some(entry) = array.last().and_then(|last| last.entry) {
        lines.push(("Last operation: cost", grouped(entry.actual)));
        lines.push(("Last operation: amortized cost", amount(entry.amortized)));
    }
    let debt = if array.bank() < Some(Ratio::from(0)) { ", in debt" } else { "" };
    lines.extend(array.bank().map(|bank| ("Bank", amount(bank) + debt)));
    lines.extend(array.potential().map(|potential| ("Potential", amount(potential))));
}

/// The credit of a row beyond its own move: 1/(a − 1).
fn older(credit: Ratio) -> String {
    let rest = Ratio::try_new(credit.numerator() - credit.denominator(), credit.denominator());
    rest.map(amount).unwrap_or_default()
}
