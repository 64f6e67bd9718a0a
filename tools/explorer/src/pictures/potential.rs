//! The potential as the level of a tank, with the costs of the next growth and the next shrinking.

use super::heap::next_capacity;
use super::numbers::{float, fraction};
use crate::array::Array;
use crate::color::Color;
use crate::csv::Csv;
use crate::numbers::count;
use crate::svg::{Area, At, LINE, Stroke, Svg, wrapped};
use growable_nd::amortized::{Model, Op};

/// Rows that the next growth copies when the block is full: all of them.
fn next_growth(array: &Array) -> u64 {
    array.model().capacity()
}

/// Rows that the next shrinking copies while rows are removed one by one; `None` if there is none.
pub(super) fn next_shrinking(model: &Model) -> Option<u64> {
    let shrinks = |rows: u64| {
        let mut model = *model;
        model.apply(Op::Truncate(rows)).is_ok_and(|step| step.resize.is_some())
    };
    let (mut low, mut high) = (0, model.rows());
    if high == 0 || !shrinks(0) {
        return None;
    }
    // It shrinks at `low` rows and not at `high`.
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if shrinks(middle) { low = middle } else { high = middle }
    }
    Some(low)
}

/// Draws the tank. Returns a description in words.
pub fn draw(svg: &mut Svg, array: &Array) -> String {
    let Some(potential) = array.potential() else {
        let text = "There are no prices, so there is no potential.";
        svg.paragraph(Color::Grey, text);
        return text.to_owned();
    };
    let growth = next_growth(array);
    let shrinking = next_shrinking(array.model());
    let level = potential.to_f64();
    let highest = level.max(float(growth)).max(float(shrinking.unwrap_or(0))).max(1.0);

    let tank = Area {
        x: Svg::EDGE + 2.0,
        y: svg.bottom + 14.0,
        // Leaves space beside the tank for the largest number of rows.
        width: (svg.inner() - 205.0).clamp(48.0, 140.0),
        height: 140.0,
    };
    let height = |value: f64| tank.y + tank.height - tank.height * 0.92 * (value / highest).clamp(0.0, 1.0);
    let surface = height(level);
    let water = Area { y: surface, height: tank.y + tank.height - surface, ..tank };
    svg.rect(water, Color::Blue);
    let (left, right, ground) = (tank.x, tank.x + tank.width, tank.y + tank.height);
    svg.line(&[(left, tank.y), (left, ground), (right, ground), (right, tank.y)], Stroke::of(Color::Grey));

    let mut marks = vec![(height(level), Color::Blue, format!("potential: {}", fraction(potential)))];
    let text = if array.model().capacity() == 0 {
        "the first block costs no copy".to_owned()
    } else if next_capacity(array.model()).is_none() {
        "no larger block".to_owned()
    } else {
        format!("next growth: {}", count(growth, "copy", "copies"))
    };
    marks.push((height(float(growth)), Color::Ink, text));
    if let Some(rows) = shrinking {
        let text = format!("next shrinking: {}", count(rows, "copy", "copies"));
        marks.push((height(float(rows)), Color::Pink, text));
    }
    draw_marks(svg, (left, right), marks.clone());
    svg.bottom = svg.bottom.max(ground) + 8.0;
    let texts: Vec<_> = marks.into_iter().map(|mark| mark.2).collect();
    let model = array.model();
    let rest = match model.capacity() - model.rows() {
        _ if model.capacity() == 0 => String::new(),
        0 => " The block is full.".to_owned(),
        free => format!(" {} until the block is full.", count(free, "push", "pushes")),
    };
    format!("A tank with marks: {}.{rest}", texts.join("; "))
}

/// Draws lines across the tank, each with its text beside it. Texts that would overlap move apart.
fn draw_marks(svg: &mut Svg, (left, right): (f64, f64), mut marks: Vec<(f64, Color, String)>) {
    const LEADER: f64 = 22.0;
    // From above downwards; there are at most three.
    for index in 1..marks.len() {
        for upper in (0..index).rev() {
            if marks[upper].0 > marks[upper + 1].0 {
                marks.swap(upper, upper + 1);
            }
        }
    }
    let start = right + LEADER + 4.0;
    let width = svg.width() - start - Svg::EDGE;
    let texts: Vec<_> = marks.iter().map(|(_, _, text)| wrapped(text, width)).collect();
    // From the bottom up: each text at its mark, or directly above the text below.
    let mut places = Vec::new();
    let mut free_to = f64::INFINITY;
    for ((height, ..), lines) in marks.iter().zip(&texts).rev() {
        let half = lines.len() as f64 * LINE / 2.0;
        let place = height.min(free_to - half);
        free_to = place - half;
        places.push(place);
    }
    places.reverse();
    // From the top down: texts above the edge move down, and push the next ones.
    let mut free_from = svg.bottom;
    for ((height, color, _), (lines, place)) in marks.iter().zip(texts.iter().zip(places)) {
        let half = lines.len() as f64 * LINE / 2.0;
        let place = place.max(free_from + half);
        free_from = place + half;
        svg.line(&[(left, *height), (right + 6.0, *height)], Stroke::of(*color).dashed());
        svg.line(&[(right + 6.0, *height), (right + LEADER, place)], Stroke::of(*color).thin());
        for (index, line) in lines.iter().enumerate() {
            let y = place - half + (index as f64 + 0.5) * LINE;
            svg.text((start, y), At::Start, *color, line);
        }
    }
    svg.bottom = svg.bottom.max(free_from);
}

pub fn csv(arrays: &[&Array]) -> String {
    let mut csv = Csv::new("policy,operation,rows,capacity,potential,copies_of_next_growth");
    for array in arrays {
        let policy = array.growth();
        for operation in array.recent() {
            let Some(entry) = operation.entry else { continue };
            let capacity = operation.capacity;
            csv.line(&[&policy, &operation.number, &operation.rows, &capacity, &entry.potential, &capacity]);
        }
    }
    csv.finish()
}
