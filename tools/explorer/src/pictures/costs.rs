//! The cost of the last operations as bars, with the price.

use super::axes::{Plot, Scale, round_up};
use super::numbers::{float, fraction, grouped};
use crate::array::{Array, Operation};
use crate::color::Color;
use crate::csv::{Csv, or_empty};
use crate::svg::{Area, At, LINE, Sign, Stroke, Svg, text_width};

/// At most `most` of the last operations, with consecutive numbers.
fn last_operations(array: &Array, most: usize) -> &[Operation] {
    let recent = array.recent();
    let mut start = recent.len();
    while start > 0 && recent.len() - start < most {
        if start < recent.len() && recent[start - 1].number + 1 != recent[start].number {
            break;
        }
        start -= 1;
    }
    &recent[start..]
}

fn price_of(operation: &Operation) -> Option<f64> {
    Some(operation.entry?.price?.to_f64())
}

/// Maximum number of operations that are drawn: as many as fit.
fn most_bars(svg: &Svg) -> f64 {
    ((svg.inner() - 40.0) / 11.0).clamp(24.0, 64.0).floor()
}

/// The end of the axis of costs for an array.
pub fn highest(svg: &Svg, array: &Array) -> f64 {
    height(last_operations(array, most_bars(svg) as usize))
}

/// Draws bars with an axis up to `highest`. Returns a description in words.
pub fn draw(svg: &mut Svg, array: &Array, highest: f64) -> String {
    let most = most_bars(svg);
    let operations = last_operations(array, most as usize);
    // A few bars may be wide.
    let most = float(operations.len() as u64).clamp(24.0, most);
    let y = Scale::whole(highest);
    draw_legend(svg, operations, y.end());

    let last = operations.last().map_or(0, |operation| operation.number);
    let end = float(last).max(most);
    let (x, name) = if last < 1_000_000 {
        (Scale::counting(end - most + 0.5, end + 0.5), "number of the operation".to_owned())
    } else {
        let first = last - operations.len() as u128 + 1;
        let name = format!("operations {} to {}", grouped(first), grouped(last));
        // Next to such large numbers a difference of 1 is lost.
        (Scale::plain(0.5, most + 0.5), name)
    };
    let place = |operation: &Operation| {
        if last < 1_000_000 { float(operation.number) } else { most - float(last - operation.number) }
    };
    let plot = Plot::new(svg, (x, &name), (y, ""), 150.0);

    let top = plot.y().end();
    for operation in operations {
        let copied = operation.step.resize.map_or(0, |resize| resize.rows);
        let own = float(operation.step.cost()) - float(copied);
        let bar = |from: f64, to: f64| {
            let (left, lower) = plot.at(place(operation) - 0.36, from);
            let (right, upper) = plot.at(place(operation) + 0.36, to);
            Area { x: left, y: upper, width: right - left, height: lower - upper }
        };
        svg.rect(bar(0.0, own.min(top)), Color::Grey);
        if copied > 0 {
            svg.rect(bar(own.min(top), (own + float(copied)).min(top)), Color::Blue);
        }
    }
    draw_prices(svg, &plot, operations, place);
    draw_clipped(svg, &plot, operations, place);
    describe(operations)
}

/// The end of the axis: bars above it are clipped if they are few.
fn height(operations: &[Operation]) -> f64 {
    const ENOUGH: f64 = 20.0;
    /// Below a price that is higher than this the bars would not be seen.
    const MOST_PRICE: f64 = 40.0;
    let costs: Vec<f64> = operations.iter().map(|operation| float(operation.step.cost())).collect();
    let mut prices: Vec<f64> = operations.iter().filter_map(price_of).collect();
    let most_cost = costs.iter().copied().fold(0.0, f64::max);
    prices.retain(|&price| price <= most_cost.max(MOST_PRICE));
    let highest = prices.iter().copied().fold(most_cost, f64::max);
    let usual = round_up(ENOUGH.max(2.0 * middle(&costs)).max(2.0 * middle(&prices)));
    let above = costs.iter().filter(|&&cost| cost > usual).count();
    if highest > usual && above * 3 <= costs.len() { usual } else { highest.max(4.0) }
}

/// The median of a few values; 0 if there are none.
fn middle(values: &[f64]) -> f64 {
    // Not sorted: that would take 4 KB in the module for the browser.
    let is_middle = |value: &&f64| values.iter().filter(|other| other <= value).count() * 2 > values.len();
    values.iter().filter(is_middle).copied().reduce(f64::min).unwrap_or(0.0)
}

fn draw_legend(svg: &mut Svg, operations: &[Operation], highest: f64) {
    let mut legend = vec![
        (Sign::Filled(Color::Grey), "rows written or removed".to_owned()),
        (Sign::Filled(Color::Blue), "rows copied".to_owned()),
    ];
    if let Some(operation) = operations.iter().rev().find(|operation| price_of(operation).is_some()) {
        let price = operation.entry.and_then(|entry| entry.price).map(fraction).unwrap_or_default();
        let above =
            if price_of(operation).is_some_and(|price| price > highest) { ", above the chart" } else { "" };
        let text = format!("price ({}: {price}{above})", operation.op);
        legend.push((Sign::Line(Stroke::of(Color::Red)), text));
    } else {
        legend.push((Sign::Line(Stroke::of(Color::Red)), "price".to_owned()));
    }
    svg.legend(&legend);
}

fn draw_prices(svg: &mut Svg, plot: &Plot, operations: &[Operation], place: impl Fn(&Operation) -> f64) {
    let mut points = Vec::new();
    for operation in operations {
        match price_of(operation).filter(|&price| price <= plot.y().end()) {
            Some(price) => points.extend([0.5, -0.5].map(|side| plot.at(place(operation) - side, price))),
            None => svg.line(&std::mem::take(&mut points), Stroke::of(Color::Red)),
        }
    }
    svg.line(&points, Stroke::of(Color::Red));
}

/// Writes the cost of each bar that continues above the top; of the last bars if not all texts fit.
fn draw_clipped(svg: &mut Svg, plot: &Plot, operations: &[Operation], place: impl Fn(&Operation) -> f64) {
    let area = plot.area();
    let mut free_to = svg.width() - 2.0;
    for operation in operations.iter().rev() {
        if float(operation.step.cost()) <= plot.y().end() {
            continue;
        }
        let (middle, top) = plot.at(place(operation), plot.y().end());
        let half = (plot.at(place(operation) + 0.5, 0.0).0 - middle).max(2.0);
        // A gap shows that a part of the bar is missing.
        svg.line(&[(middle - half, top + 11.0), (middle + half, top + 7.0)], Stroke::of(Color::Page));
        let text = grouped(operation.step.cost());
        let width = text_width(&text);
        let start = (middle - width / 2.0).min(free_to - width).max(area.x);
        // Near its bar, so that it does not seem to belong to another one.
        if start <= middle && start + width >= middle && start + width <= free_to {
            svg.text((start, area.y - LINE / 2.0), At::Start, Color::Ink, &text);
            free_to = start - 6.0;
        }
    }
}

fn describe(operations: &[Operation]) -> String {
    let Some(last) = operations.last() else { return "No operation yet.".to_owned() };
    let resizes =
        operations.iter().filter(|operation| operation.step.resize.is_some_and(|resize| resize.rows > 0));
    let mut text = format!(
        "Bars of the cost of the last operations: {}, of which {} copied rows. The last operation, {}, cost {}",
        operations.len(),
        resizes.count(),
        last.op,
        grouped(last.step.cost())
    );
    if let Some(price) = last.entry.and_then(|entry| entry.price) {
        text += &format!("; its price is {}", fraction(price));
    }
    text + "."
}

pub fn csv(arrays: &[&Array]) -> String {
    let mut csv = Csv::new("policy,operation,what,written,removed,copied,cost,price,amortized");
    for array in arrays {
        let policy = array.growth();
        for operation in array.recent() {
            let step = &operation.step;
            let copied = step.resize.map_or(0, |resize| resize.rows);
            let price = or_empty(operation.entry.and_then(|entry| entry.price));
            let amortized = or_empty(operation.entry.map(|entry| entry.amortized));
            csv.line(&[
                &policy,
                &operation.number,
                &operation.op,
                &step.written,
                &step.removed,
                &copied,
                &step.cost(),
                &price,
                &amortized,
            ]);
        }
    }
    csv.finish()
}
