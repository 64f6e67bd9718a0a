//! Copies per push over the number of rows, up to 10^18.

use super::Style;
use super::axes::{Plot, Scale};
use super::color_of;
use super::numbers::{about, float, fraction, grouped};
use super::places::Limits;
use super::saw::Saw;
use crate::array::Array;
use crate::color::Color;
use crate::csv::Csv;
use crate::numbers::count;
use crate::svg::{Sign, Stroke, Svg};

/// A curve over the number of rows for each array, with a dashed limit.
pub(super) struct Chart {
    pub name: &'static str,
    pub curves: Vec<Curve>,
    /// The start of the axis of values if it is linear, and if it is logarithmic.
    pub start: (f64, f64),
}

pub(super) struct Curve {
    pub legend: String,
    pub points: Vec<(f64, f64)>,
    pub limit: Option<f64>,
    /// The array as it is: rows, or rows pushed so far, and the value.
    pub present: Option<(f64, f64)>,
    pub exact_to: u64,
    pub teeth: usize,
}

impl Chart {
    /// A value that is exceeded only while the first block is large: the chart ends there.
    fn cut(&self) -> Option<f64> {
        let limits: Option<Vec<f64>> = self.curves.iter().map(|curve| curve.limit).collect();
        let highest = limits?.into_iter().fold(self.start.0, f64::max);
        // Only the chart of slots starts above 0, at 1. It ends as far above the highest limit as
        // it starts below it.
        (self.start.0 > 0.0).then_some(highest + (highest - self.start.0))
    }

    /// Draws the chart. The scale is logarithmic if a value is large.
    pub(super) fn draw(&self, svg: &mut Svg, end: u64) {
        const LINEAR: f64 = 24.0;
        let legend: Vec<_> = self
            .curves
            .iter()
            .enumerate()
            .map(|(index, curve)| (Sign::Line(Stroke::of(color_of(index))), curve.legend.clone()))
            .collect();
        svg.legend(&legend);
        let values =
            self.curves.iter().flat_map(|curve| curve.points.iter().map(|point| point.1).chain(curve.limit));
        let highest = values.fold(self.start.0, f64::max);
        let highest = self.cut().map_or(highest, |cut| highest.min(cut));
        let y = if highest <= LINEAR {
            Scale::linear(self.start.0, (highest * 1.06).max(self.start.0 + 0.2))
        } else {
            Scale::log(self.start.1, highest * 1.2)
        };
        let plot = Plot::new(svg, (Scale::log(1.0, float(end)), "rows"), (y, self.name), svg.chart_height());
        for (index, curve) in self.curves.iter().enumerate() {
            if let Some(limit) = curve.limit {
                plot.level(svg, limit, Stroke::of(color_of(index)).thin().dashed());
            }
            // Teeth that touch each other would look like an area.
            let stroke = Stroke::of(color_of(index));
            let is_dense = curve.teeth as f64 * 9.0 > plot.area().width;
            let above = curve.points.iter().rposition(|point| point.1 > plot.y().end());
            let points = curve.points.iter().skip(above.map_or(0, |above| above + 1)).copied();
            plot.line(svg, points, if is_dense { stroke.thin() } else { stroke });
        }
        let is_inside = |&(rows, value): &(f64, f64)| rows <= float(end) && value <= plot.y().end();
        for (index, curve) in self.curves.iter().enumerate() {
            if let Some(present) = curve.present.filter(is_inside) {
                svg.dot(plot.at(present.0, present.1), 5.0, color_of(index), "now");
            }
        }
        self.draw_notes(svg, &plot, end);
    }

    /// Writes where a curve is above the chart, and from where on it is estimated.
    fn draw_notes(&self, svg: &mut Svg, plot: &Plot, end: u64) {
        for (index, curve) in self.curves.iter().enumerate() {
            let color = if self.curves.len() > 1 { color_of(index) } else { Color::Ink };
            let above = curve.points.iter().rfind(|point| point.1 > plot.y().end());
            if let Some(&(rows, _)) = above {
                // The curve is drawn through points: it falls below the top somewhere after this
                // point.
                let rows =
                    if rows < 1e6 { format!("about {}", grouped(rows.ceil() as u64)) } else { about(rows) };
                let text =
                    format!("Above the chart with fewer than {rows} rows: the first blocks are large.");
                svg.paragraph(color, &text);
            }
            if curve.exact_to < end {
                let text = format!(
                    "Exact up to {}; estimated beyond, where the growths are too many to draw one by one.",
                    count(curve.exact_to, "row", "rows")
                );
                svg.paragraph(color, &text);
            }
        }
    }
}

/// Draws the chart. Returns a description in words.
pub fn draw(svg: &mut Svg, arrays: &[&Array], style: &Style) -> String {
    let mut texts = Vec::new();
    let mut curves = Vec::new();
    for array in arrays {
        let (policy, saw) = (array.growth(), Saw::of(array.start(), style.rows));
        let limits = Limits::of(&policy);
        let points = saw.copies_per_push();
        let (legend, text) = match limits {
            Some(Limits { copies, tends_to: None, .. }) => (
                format!("{policy}: bound {} (dashed)", fraction(copies)),
                format!("a saw-tooth that stays below {}", fraction(copies)),
            ),
            Some(Limits { copies, tends_to: Some(factor), .. }) => (
                format!(
                    "{policy}: factor {factor} in the end, then at most about {} (dashed)",
                    fraction(copies)
                ),
                format!("a saw-tooth that is at most about {} in the end", fraction(copies)),
            ),
            None => {
                let last = points.last().map_or(0.0, |point| point.1);
                let text = format!("{} copies per push at {} rows", about(last), grouped(saw.end));
                (format!("{policy}: no bound"), format!("it rises without a bound: {text}"))
            }
        };
        texts.push(format!("Policy {policy}: {text}."));
        let (pushed, copied) = (array.totals().written, array.totals().charged);
        let present = (pushed > 0).then(|| (float(pushed), float(copied) / float(pushed)));
        curves.push(Curve {
            legend,
            points,
            limit: limits.map(|limits| limits.copies.to_f64()),
            present,
            exact_to: saw.exact_to,
            teeth: saw.teeth.len(),
        });
    }
    let chart = Chart { name: "copies per push so far", curves, start: (0.0, 0.1) };
    chart.draw(svg, style.rows.clamp(10, Saw::MOST_ROWS));
    format!("Copies per push so far, over rows on a logarithmic axis. {}", texts.join(" "))
}

pub fn csv(arrays: &[&Array], style: &Style) -> String {
    let mut csv = Csv::new("policy,rows,copies,copies_per_push_rounded,exact");
    for array in arrays {
        let (policy, saw) = (array.growth(), Saw::of(array.start(), style.rows));
        for tooth in &saw.teeth {
            let per_push = float(tooth.charged) / float(tooth.from);
            csv.line(&[&policy, &tooth.from, &tooth.charged, &per_push, &"yes"]);
        }
        for estimate in &saw.estimated {
            let per_push = estimate.charged / estimate.rows;
            csv.line(&[&policy, &estimate.rows, &estimate.charged, &per_push, &"no"]);
        }
    }
    csv.finish()
}
