//! Slots per row over the number of rows, up to 10^18.

use super::Style;
use super::copies::{Chart, Curve};
use super::numbers::{about, float, fraction};
use super::places::Limits;
use super::saw::Saw;
use crate::array::Array;
use crate::csv::Csv;
use crate::svg::Svg;

/// Draws the chart. Returns a description in words.
pub fn draw(svg: &mut Svg, arrays: &[&Array], style: &Style) -> String {
    let mut texts = Vec::new();
    let mut curves = Vec::new();
    for array in arrays {
        let (policy, saw) = (array.growth(), Saw::of(array.start(), style.rows));
        let limits = Limits::of(&policy);
        let points = saw.slots_per_row();
        let (legend, text) = match limits {
            Some(Limits { slots, tends_to: None, .. }) => (
                format!("{policy}: at most {} after the first block (dashed)", fraction(slots)),
                format!("a saw-tooth between 1 and {}", fraction(slots)),
            ),
            Some(Limits { slots, tends_to: Some(_), .. }) => (
                format!("{policy}: at most about {} in the end (dashed)", fraction(slots)),
                format!("a saw-tooth between 1 and about {} in the end", fraction(slots)),
            ),
            None => {
                let last = about(points.last().map_or(1.0, |point| point.1));
                (
                    format!("{policy}: {last} at the end of the axis"),
                    format!("it is {last} at the end of the axis"),
                )
            }
        };
        texts.push(format!("Policy {policy}: {text}."));
        let (rows, capacity) = (array.model().rows(), array.model().capacity());
        let present = (rows > 0).then(|| (float(rows), float(capacity) / float(rows)));
        curves.push(Curve {
            legend,
            points,
            limit: limits.map(|limits| limits.slots.to_f64()),
            present,
            exact_to: saw.exact_to,
            teeth: saw.teeth.len(),
        });
    }
    let chart = Chart { name: "slots per row", curves, start: (1.0, 1.0) };
    chart.draw(svg, style.rows.clamp(10, Saw::MOST_ROWS));
    format!("Slots per row, over rows on a logarithmic axis. {}", texts.join(" "))
}

pub fn csv(arrays: &[&Array], style: &Style) -> String {
    let mut csv = Csv::new("policy,rows,capacity,slots_per_row_rounded,exact");
    for array in arrays {
        let (policy, saw) = (array.growth(), Saw::of(array.start(), style.rows));
        for tooth in &saw.teeth {
            for rows in [tooth.from, tooth.capacity] {
                let per_row = float(tooth.capacity) / float(rows);
                csv.line(&[&policy, &rows, &tooth.capacity, &per_row, &"yes"]);
            }
        }
        for estimate in &saw.estimated {
            let per_row = estimate.capacity / estimate.rows;
            csv.line(&[&policy, &estimate.rows, &estimate.capacity, &per_row, &"no"]);
        }
    }
    csv.finish()
}
