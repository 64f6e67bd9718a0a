//! The pictures of the report, each with the one sentence that it proves.

mod costs;
mod memory;
mod times;

use super::measured::Measurement;
use super::predicted::Prediction;
use super::rules::Rule;
use book::chart::{At, Axis, Chart, INK, Margin, figure};

/// How lines and dots of rules differ whose colour is that of another.
const DASHED: &str = "dashed";
const CORED: &str = "with a core";

/// Room for a key, right of a chart.
const KEY: i32 = 195;

/// From the simulator.
pub fn predicted(predictions: &[Prediction], row_bytes: usize) -> Vec<String> {
    let pictures = [
        Some(costs::staircases(predictions)),
        Some(costs::averages(predictions)),
        Some(costs::copies(predictions)),
        Some(costs::totals(predictions)),
        Some(costs::growths(predictions)),
        Some(costs::ages(predictions)),
        costs::potential(predictions),
        Some(memory::plane(predictions)),
        memory::prices(predictions),
        Some(memory::peaks(predictions)),
        Some(memory::heaps(predictions)),
        Some(costs::allocators(predictions, row_bytes)),
        Some(memory::axes(predictions)),
    ];
    pictures.into_iter().flatten().collect()
}

/// From this machine.
pub fn measured(measurements: &[Measurement]) -> Vec<String> {
    times::all(measurements)
}

/// A line for each rule, and a key in the order in which the lines end.
struct Lines<'a> {
    lines: Vec<(&'a Rule, Vec<(f64, f64)>)>,
}

impl<'a> Lines<'a> {
    fn of(predictions: &'a [Prediction], line: impl Fn(&Prediction) -> Vec<(f64, f64)>) -> Self {
        let lines = predictions.iter().map(|prediction| (&prediction.rule, line(prediction)));
        Lines { lines: lines.collect() }
    }

    /// The least and the largest value, of those above zero.
    fn range(&self) -> (f64, f64) {
        let values = self.lines.iter().flat_map(|(_, line)| line.iter().map(|point| point.1));
        values
            .filter(|value| *value > 0.0)
            .fold((f64::INFINITY, 1.0), |(least, most), value| (least.min(value), most.max(value)))
    }

    /// Without what is above `most`, and what the caption says of that.
    fn below(mut self, most: f64) -> (Self, String) {
        let mut note = String::new();
        for point in self.lines.iter_mut().flat_map(|(_, line)| line).filter(|point| point.1 > most) {
            note = format!(" (What is above {most} is drawn there.)");
            point.1 = most;
        }
        (self, note)
    }

    /// Draws the lines within the axes, after what `before` draws.
    fn figure(
        self,
        (label, caption): (&str, &str),
        (x, y): (Axis, Axis),
        before: impl FnOnce(&Chart<'_>),
    ) -> String {
        figure(label, caption, 400, |area| {
            let corner = (x.end(), y.end());
            let chart = Chart::new(area, x, y, Margin { right: KEY, ..Margin::default() });
            before(&chart);
            for (rule, line) in &self.lines {
                chart.line(line.clone(), rule.stroke());
            }
            let mut key: Vec<_> = self.lines.iter().collect();
            let end = |line: &[(f64, f64)]| line.last().map_or(0.0, |point| point.1);
            key.sort_by(|(_, left), (_, right)| end(right).total_cmp(&end(left)));
            draw_key(&chart, corner, DASHED, key.into_iter().map(|(rule, _)| *rule));
        })
    }
}

/// The rules with their colours, right of the upper right corner of a chart.
fn draw_key<'a>(
    chart: &Chart<'_>,
    corner: (f64, f64),
    second: &str,
    rules: impl IntoIterator<Item = &'a Rule>,
) {
    for (index, rule) in (0..).zip(rules) {
        let below = 8 + 20 * index;
        chart.patch(corner, (12, below), rule.color);
        let name = &rule.name;
        let text = if rule.is_dashed { format!("{name} ({second})") } else { name.clone() };
        chart.text(corner, (40, below), text, INK, At::Start);
    }
}

/// A dot in the colour of a rule.
fn draw_dot(chart: &Chart<'_>, place: (f64, f64), diameter: i32, rule: &Rule) {
    chart.dot(place, diameter, rule.color);
    if rule.is_dashed {
        chart.dot(place, 4, INK);
    }
}

/// A linear axis from zero to a little above `most`, with some five ticks.
fn from_zero(name: &str, most: f64) -> Axis {
    let step = 10_f64.powf((most / 4.0).log10().floor());
    let step = step * [1.0, 2.0, 5.0, 10.0].into_iter().find(|n| most / (step * n) <= 6.0).unwrap_or(10.0);
    Axis::linear(name, 0.0..most * 1.05, step)
}

/// A logarithmic axis from a little below `least` to a little above `most`, with ticks between powers of ten where there
/// are few of these.
fn log_axis(name: &str, (least, most): (f64, f64)) -> Axis {
    let range = least / 1.2..most.max(4.0 * least) * 1.2;
    let axis = Axis::log(name, range.clone());
    if range.end > 200.0 * range.start || range.end > 1e5 || range.start < 1e-3 {
        return axis;
    }
    let ticks = (-3..5).flat_map(|power| [1.0, 2.0, 5.0].map(|n| n * 10_f64.powi(power)));
    axis.with_ticks_at(&ticks.filter(|tick| range.contains(tick)).collect::<Vec<_>>())
}

/// A list for those who cannot see a picture: `9/8: 9.00, 2: 2.00`.
fn said(predictions: &[Prediction], value: impl Fn(&Prediction) -> f64) -> String {
    let values = predictions.iter().map(|prediction| {
        let value = value(prediction);
        let digits = if value < 1000.0 { 2 } else { 0 };
        format!("{}: {value:.digits$}", prediction.rule.name)
    });
    values.collect::<Vec<_>>().join(", ")
}
