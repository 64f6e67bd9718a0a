//! Rows and capacity over the operations.

use super::axes::{Plot, Scale};
use super::color_of;
use super::numbers::{float, grouped};
use crate::array::Array;
use crate::color::Color;
use crate::csv::Csv;
use crate::numbers::count;
use crate::svg::{Sign, Stroke, Svg};
use growable_nd::amortized::Model;

/// Rows and capacity after an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    operation: u128,
    rows: u64,
    capacity: u64,
}

/// The known points of all operations: at the beginning, after each resize, and after each of the
/// last operations.
fn history(array: &Array) -> Vec<Point> {
    let (start, model) = (array.start(), array.model());
    let point = |model: &Model| Point {
        operation: model.operations(),
        rows: model.rows(),
        capacity: model.capacity(),
    };
    let resizes = array.events().iter().map(|event| Point {
        operation: event.operation,
        rows: event.rows,
        capacity: event.resize.to,
    });
    // If events were left out, the curve begins with the oldest event that was kept.
    let is_whole = array.totals().growths + array.totals().shrinks == array.events().len() as u128;
    let resizes: Vec<_> = is_whole.then(|| point(start)).into_iter().chain(resizes).collect();
    let first = resizes.first().map_or(0, |point| point.operation);
    let recent = array.recent().iter().filter(|operation| operation.number >= first);
    let recent = recent.map(|operation| Point {
        operation: operation.number,
        rows: operation.rows,
        capacity: operation.capacity,
    });
    merged(&resizes, recent.chain([point(model)]))
}

/// All points of two sequences in the order of the operations, each operation once.
fn merged(one: &[Point], other: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(one.len() + Array::MOST_RECENT);
    let mut add = |point: Point| {
        if points.last().is_none_or(|last| last.operation < point.operation) {
            points.push(point);
        }
    };
    let mut rest = one;
    for point in other {
        while let [first, after @ ..] = rest
            && first.operation <= point.operation
        {
            add(*first);
            rest = after;
        }
        add(point);
    }
    points
}

/// Whether the rows between two points are on the line between them.
fn is_known(from: &Point, to: &Point) -> bool {
    let operations = to.operation - from.operation;
    operations <= 1 || u128::from(from.rows.abs_diff(to.rows)) >= operations
}

/// Draws the staircase. Returns a description in words.
pub fn draw(svg: &mut Svg, arrays: &[&Array]) -> String {
    let histories: Vec<_> = arrays.iter().map(|array| history(array)).collect();
    let points = || histories.iter().flatten();
    let first = points().map(|point| point.operation).min().unwrap_or(0);
    let last = points().map(|point| point.operation).max().unwrap_or(0);
    let highest = points().map(|point| point.capacity.max(point.rows)).max().unwrap_or(0);

    let mut legend: Vec<_> = arrays
        .iter()
        .enumerate()
        .map(|(index, array)| {
            let sign = Sign::Line(Stroke::of(color_of(index)));
            (sign, format!("capacity of {}: {}", array.growth(), grouped(array.model().capacity())))
        })
        .collect();
    let rows = arrays.first().map_or(0, |array| array.model().rows());
    legend.push((Sign::Line(Stroke::of(Color::Grey)), format!("rows: {}", grouped(rows))));
    let has_gaps =
        histories.first().is_some_and(|history| history.windows(2).any(|pair| !is_known(&pair[0], &pair[1])));
    if has_gaps {
        let sign = Sign::Line(Stroke::of(Color::Grey).dotted());
        legend.push((sign, "rows went up and down in between".to_owned()));
    }
    svg.legend(&legend);

    let x = Scale::counting(float(first), float(last).max(float(first) + 10.0));
    let y = Scale::upward(float(highest).max(4.0));
    let plot = Plot::new(svg, (x, "number of the operation"), (y, "rows"), svg.chart_height());
    if let [history] = &histories[..] {
        shade(svg, &plot, history);
    }
    if let Some(history) = histories.first() {
        draw_rows(svg, &plot, history);
    }
    for (index, history) in histories.iter().enumerate() {
        plot.line(svg, stairs(history), Stroke::of(color_of(index)));
    }
    describe(arrays, first, last)
}

/// The capacity: constant up to the operation that changes it.
fn stairs(history: &[Point]) -> impl DoubleEndedIterator<Item = (f64, f64)> {
    let mut capacity = history.first().map_or(0, |point| point.capacity);
    let steps: Vec<_> = history
        .iter()
        .flat_map(|point| {
            let before = std::mem::replace(&mut capacity, point.capacity);
            [(float(point.operation), float(before)), (float(point.operation), float(point.capacity))]
        })
        .collect();
    steps.into_iter()
}

fn rows(point: &Point) -> (f64, f64) {
    (float(point.operation), float(point.rows))
}

fn draw_rows(svg: &mut Svg, plot: &Plot, history: &[Point]) {
    let mut known: Vec<(f64, f64)> = history.first().map(rows).into_iter().collect();
    for pair in history.windows(2) {
        if !is_known(&pair[0], &pair[1]) {
            plot.line(svg, std::mem::take(&mut known), Stroke::of(Color::Grey));
            plot.line(svg, [rows(&pair[0]), rows(&pair[1])], Stroke::of(Color::Grey).dotted());
        }
        known.push(rows(&pair[1]));
    }
    plot.line(svg, known, Stroke::of(Color::Grey));
}

/// Shades the free slots.
fn shade(svg: &mut Svg, plot: &Plot, history: &[Point]) {
    let above = plot.path_through(stairs(history));
    let below = plot.path_through(history.iter().rev().map(rows));
    if !above.is_empty() && !below.is_empty() {
        svg.fill(&format!("{above}{}z", below.replacen('M', "L", 1)), Color::Blue, 0.2);
    }
}

fn describe(arrays: &[&Array], first: u128, last: u128) -> String {
    if last == 0 {
        return "No operation yet: no rows, and no capacity.".to_owned();
    }
    let mut text = format!("Operations {} to {}.", grouped(first.max(1)), grouped(last));
    for array in arrays {
        let (model, totals) = (array.model(), array.totals());
        text += &format!(
            " Policy {}: the capacity rose {} and fell {}; now there are {} and {}.",
            array.growth(),
            count(totals.growths, "time", "times"),
            count(totals.shrinks, "time", "times"),
            count(model.rows(), "row", "rows"),
            count(model.capacity(), "slot", "slots")
        );
    }
    text
}

pub fn csv(arrays: &[&Array]) -> String {
    let mut csv = Csv::new("policy,operation,rows,capacity");
    for array in arrays {
        let policy = array.growth();
        for Point { operation, rows, capacity } in history(array) {
            csv.line(&[&policy, &operation, &rows, &capacity]);
        }
    }
    csv.finish()
}
