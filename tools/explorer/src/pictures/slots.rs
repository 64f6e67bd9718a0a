//! Slots per row over the number of rows, up to 10^18.

use super::Style;
use super::copies::{Chart, Curve};
use super::csv::Csv;
use super::numbers::{float, fraction, grouped, rounded};
use super::saw::Saw;
use crate::array::Array;
use crate::svg::Svg;
use growable_nd::amortized::Bounds;

/// Returns what is seen, in words.
pub fn draw(svg: &mut Svg, arrays: &[&Array], style: &Style) -> String {
    let mut texts = Vec::new();
    let mut curves = Vec::new();
    for array in arrays {
        let (policy, saw) = (array.growth(), Saw::new(*array.start(), style.rows));
        let limit = Bounds::of(&policy).map(|bounds| bounds.capacity_per_row());
        let points = saw.slots_per_row();
        let last = points.last().map_or(1.0, |point| point.1);
        let (legend, text) = match limit {
            Some(limit) => (
                format!("{policy}: at most {} after the first block (dashed)", fraction(limit)),
                format!("Policy {policy}: a saw-tooth between 1 and {} slots per row.", fraction(limit)),
            ),
            None => (
                format!("{policy}: no bound by a factor"),
                format!(
                    "Policy {policy}: about {} slots per row at {} rows.",
                    rounded(last),
                    grouped(saw.end)
                ),
            ),
        };
        texts.push(text);
        let rows = array.model().rows();
        let present = saw.tooth_at(rows).map(|tooth| (float(rows), float(tooth.capacity) / float(rows)));
        curves.push(Curve {
            legend,
            points,
            limit: limit.map(|limit| limit.to_f64()),
            present,
            exact_to: saw.exact_to,
            teeth: saw.teeth.len(),
        });
    }
    let chart = Chart { name: "slots per row", curves, start: (1.0, 1.0) };
    chart.draw(svg, style.rows.clamp(10, Saw::MOST_ROWS));
    format!("{} The axis of rows is logarithmic.", texts.join(" "))
}

pub fn csv(arrays: &[&Array], style: &Style) -> String {
    let mut csv = Csv::new("policy,rows,capacity,slots_per_row,exact");
    for array in arrays {
        let (policy, saw) = (array.growth(), Saw::new(*array.start(), style.rows));
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
