//! The block as boxes, each for one or several slots, or as a bar.

use super::Style;
use super::numbers::{float, grouped};
use crate::array::Array;
use crate::color::Color;
use crate::csv::Csv;
use crate::numbers::count;
use crate::svg::{Area, Sign, Stroke, Svg};
use growable_nd::amortized::Resize;

/// The state of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A row that was there before.
    Written,
    /// A row that the last operation wrote.
    New,
    /// A row that the last operation copied to here.
    Copied,
    Free,
    /// A slot of a block that is no longer needed.
    Released,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            State::Written => "written",
            State::New => "just written",
            State::Copied => "copied",
            State::Free => "free",
            State::Released => "released",
        }
    }

    fn sign(self) -> Sign {
        match self {
            State::Written => Sign::Filled(Color::Grey),
            State::New => Sign::Filled(Color::Red),
            State::Copied => Sign::Filled(Color::Blue),
            State::Free => Sign::Outlined(Stroke::of(Color::Grey).thin()),
            State::Released => Sign::Outlined(Stroke::of(Color::Grey).thin().dotted()),
        }
    }
}

/// Slots of one state in a block: the first slot, and the first slot after them.
type Part = (u64, u64, State);

/// A block and its name.
struct Block {
    name: &'static str,
    size: u64,
    parts: Vec<Part>,
}

impl Block {
    fn new(name: &'static str, size: u64, parts: &[(u64, State)]) -> Block {
        let mut start = 0;
        let parts = parts.iter().filter_map(|&(end, state)| {
            let part = (start, end, state);
            start = start.max(end);
            (part.0 < part.1).then_some(part)
        });
        let parts = parts.collect();
        Block { name, size, parts }
    }

    fn slots(&self, state: State) -> u64 {
        self.parts.iter().filter(|part| part.2 == state).map(|part| part.1 - part.0).sum()
    }

    /// Describes the slots of the block in words.
    fn text(&self) -> String {
        let states = [State::Written, State::Copied, State::New, State::Released, State::Free];
        let counts = states.into_iter().filter_map(|state| {
            let slots = self.slots(state);
            (slots > 0).then(|| format!("{} {}", grouped(slots), state.name()))
        });
        format!(
            "{}: {}, {}",
            self.name,
            count(self.size, "slot", "slots"),
            counts.collect::<Vec<_>>().join(", ")
        )
    }
}

/// The replacement of an old block by the last operation.
fn replaced(array: &Array) -> Option<Resize> {
    array.last()?.step.resize.filter(|resize| resize.from > 0)
}

/// The old block, if the last operation replaced it, and the present one.
fn blocks(array: &Array, copied: Option<u64>) -> Vec<Block> {
    let (rows, size) = (array.model().rows(), array.model().capacity());
    if size == 0 {
        return Vec::new();
    }
    let written = array.last().map_or(0, |last| last.step.written).min(rows);
    let Some(Resize { from, rows: kept, .. }) = replaced(array) else {
        let parts = [(rows - written, State::Written), (rows, State::New), (size, State::Free)];
        return vec![Block::new("Block", size, &parts)];
    };
    match copied {
        None => {
            let parts = [(kept, State::Copied), (rows, State::New), (size, State::Free)];
            vec![
                Block::new("Old block", from, &[(from, State::Released)]),
                Block::new("New block", size, &parts),
            ]
        }
        Some(copied) => {
            let copied = copied.min(kept);
            let old = [(copied, State::Released), (kept, State::Written), (from, State::Free)];
            vec![
                Block::new("Old block", from, &old),
                Block::new("New block", size, &[(copied, State::Copied), (size, State::Free)]),
            ]
        }
    }
}

/// Maximum number of boxes of a block.
const MOST_BOXES: u64 = 64;
/// Maximum number of slots in a box; larger blocks are bars.
const MOST_SLOTS: u64 = 1024;

/// The size of the largest block that is drawn for an array.
pub fn largest(array: &Array) -> f64 {
    blocks(array, None).iter().map(|block| float(block.size)).fold(0.0, f64::max)
}

/// Draws the blocks of an array on a scale for blocks of `largest` slots. Returns a description in
/// words.
pub fn draw(svg: &mut Svg, array: &Array, largest: f64, style: &Style) -> String {
    let blocks = blocks(array, style.copied);
    if blocks.is_empty() {
        let area = Area { x: Svg::EDGE, y: svg.bottom + 4.0, width: 17.0, height: 17.0 };
        svg.frame(area, Stroke::of(Color::Grey).thin().dotted());
        svg.bottom += 26.0;
        let text = "There is no block yet: the first row needs one.";
        svg.paragraph(Color::Ink, text);
        return text.to_owned();
    }
    let per_box =
        (largest as u64).div_ceil(MOST_BOXES).max(1).checked_next_power_of_two().unwrap_or(u64::MAX);
    for block in &blocks {
        svg.paragraph(Color::Ink, &block.text());
        svg.bottom += 3.0;
        if per_box <= MOST_SLOTS {
            draw_boxes(svg, block, per_box);
        } else {
            draw_bar(svg, block, largest);
        }
        svg.bottom += 8.0;
    }
    // Always all signs, so that the texts keep their places.
    let states = [State::Written, State::New, State::Copied, State::Free];
    let mut legend: Vec<_> = states.map(|state| (state.sign(), state.name().to_owned())).into();
    if per_box > 1 && per_box <= MOST_SLOTS {
        let box_sign = Sign::Outlined(Stroke::of(Color::Ink).thin());
        legend.push((box_sign, format!("each box: {} slots", grouped(per_box))));
    }
    svg.legend(&legend);
    describe(array, &blocks, style)
}

fn describe(array: &Array, blocks: &[Block], style: &Style) -> String {
    let texts: Vec<_> = blocks.iter().map(|block| format!("{}.", block.text())).collect();
    let last = match (array.last(), replaced(array), style.copied) {
        (Some(_), Some(resize), Some(copied)) => {
            format!(
                " {} of {} copied so far.",
                grouped(copied.min(resize.rows)),
                count(resize.rows, "row", "rows")
            )
        }
        (Some(last), Some(resize), None) => {
            format!(" The last operation, {}, copied {}.", last.op, count(resize.rows, "row", "rows"))
        }
        (Some(last), None, _) => format!(" The last operation, {}, copied nothing.", last.op),
        (None, ..) => String::new(),
    };
    texts.join(" ") + &last
}

fn draw_boxes(svg: &mut Svg, block: &Block, per_box: u64) {
    const GAP: f64 = 3.0;
    let fits = |count: &f64| count * 20.0 <= svg.inner() + GAP;
    let per_line = [32.0, 24.0, 16.0, 8.0].into_iter().find(fits).unwrap_or(8.0);
    let side = (svg.inner() / per_line - GAP).floor().clamp(8.0, 24.0);
    let top = svg.bottom;
    let count = block.size.div_ceil(per_box);
    for index in 0..count {
        let number = float(index);
        let line = (number / per_line).floor();
        let (x, y) = (Svg::EDGE + (number - line * per_line) * (side + GAP), top + line * (side + GAP));
        let (from, to) = (index * per_box, (index + 1).saturating_mul(per_box).min(block.size));
        // The last box may have fewer slots.
        let slot = side / float(per_box);
        let whole = Area { x, y, width: (slot * float(to - from)).max(3.0), height: side };
        draw_parts(svg, block, whole, (from, to));
        svg.bottom = y + side;
    }
}

fn draw_bar(svg: &mut Svg, block: &Block, largest: f64) {
    let width = (svg.inner() * float(block.size) / largest).max(3.0);
    let whole = Area { x: Svg::EDGE, y: svg.bottom, width, height: 26.0 };
    draw_parts(svg, block, whole, (0, block.size));
    svg.bottom += whole.height;
}

/// Draws the slots of a block from one to before another into an area.
fn draw_parts(svg: &mut Svg, block: &Block, area: Area, (from, to): (u64, u64)) {
    const LEAST: f64 = 2.0;
    let is_released = block.parts.iter().any(|part| part.2 == State::Released && part.1 > from);
    let outline = Stroke::of(Color::Grey).thin();
    svg.frame(area, if is_released { outline.dotted() } else { outline });
    for &(start, end, state) in &block.parts {
        let (start, end) = (start.max(from), end.min(to));
        let Sign::Filled(color) = state.sign() else { continue };
        if start >= end {
            continue;
        }
        let place = |slot: u64| area.width * float(slot - from) / float(to - from);
        // One row in a million must be visible as well.
        let width = (place(end) - place(start)).max(LEAST);
        let x = (area.x + place(start)).min(area.x + area.width - width);
        svg.rect(Area { x, width, ..area }, color);
    }
}

pub fn csv(arrays: &[&Array], style: &Style) -> String {
    let mut csv = Csv::new("policy,block,state,from_slot,to_slot,slots");
    for array in arrays {
        let policy = array.growth();
        for block in blocks(array, style.copied) {
            for (from, to, state) in block.parts {
                csv.line(&[&policy, &block.name, &state.name(), &(from + 1), &to, &(to - from)]);
            }
        }
    }
    csv.finish()
}
