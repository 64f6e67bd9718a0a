//! The heap as a line of addresses: the block, and the holes that earlier blocks left.

use super::numbers::{float, grouped};
use crate::array::Array;
use crate::color::Color;
use crate::csv::Csv;
use crate::numbers::count;
use crate::svg::{Area, At, LINE, Sign, Stroke, Svg, text_width};
use growable_nd::amortized::{Block, Model, Op};

/// Addresses from one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: u128,
    size: u128,
}

impl Span {
    fn of(block: Block) -> Span {
        Span { start: block.start, size: block.size }
    }

    fn end(self) -> u128 {
        self.start + self.size
    }
}

/// The capacity after the next growth by a push; `None` if there is none.
pub(super) fn next_capacity(model: &Model) -> Option<u64> {
    let mut model = *model;
    let free = model.capacity() - model.rows();
    model.apply(Op::Extend(free)).ok()?;
    model.apply(Op::Push).ok()?;
    Some(model.capacity())
}

/// The address of the next block: in the hole below the present block if it fits, otherwise after
/// it.
fn next_start(block: Span, size: u64) -> u128 {
    if u128::from(size) <= block.start { 0 } else { block.end() }
}

/// The next block: where it will be, and its size.
fn next_block(array: &Array) -> Option<Span> {
    let block = Span::of(array.heap().block?);
    let size = next_capacity(array.model())?;
    Some(Span { start: next_start(block, size), size: size.into() })
}

/// The last address that is drawn for an array.
pub fn end(array: &Array) -> f64 {
    float(next_block(array).map_or(0, Span::end).max(array.heap().footprint).max(1))
}

/// Draws addresses up to `end`. Returns a description in words.
pub fn draw(svg: &mut Svg, array: &Array, end: f64) -> String {
    let heap = array.heap();
    let next = next_capacity(array.model());
    let Some(block) = heap.block.map(Span::of) else {
        let line = Area { x: Svg::EDGE, y: svg.bottom + 4.0, width: svg.inner(), height: 26.0 };
        svg.frame(line, Stroke::of(Color::Grey).thin().dotted());
        svg.bottom += 38.0;
        let first = next.map(|size| format!(" The first block will have {}.", count(size, "slot", "slots")));
        let text = format!("The heap is empty.{}", first.unwrap_or_default());
        svg.paragraph(Color::Ink, &text);
        return text;
    };
    let place = |svg: &Svg, address: u128| Svg::EDGE + svg.inner() * float(address) / end;

    svg.paragraph(Color::Ink, "Now:");
    draw_span(svg, place, Span { start: 0, size: heap.footprint }, |svg, area| {
        svg.rect(area, Color::Pale);
        svg.frame(area, Stroke::of(Color::Grey).thin());
    });
    draw_block(svg, place, block, array.model().rows());
    if let Some(previous) = heap.previous.map(Span::of).filter(|previous| previous.size > 0) {
        draw_span(svg, place, previous, |svg, area| {
            svg.frame(area, Stroke::of(Color::Grey).dashed());
        });
    }
    svg.bottom += HEIGHT;
    draw_addresses(svg, place, [block.end(), block.start, heap.footprint, 0]);

    if let Some(next) = next_block(array) {
        svg.paragraph(Color::Ink, "During the next growth:");
        draw_block(svg, place, block, u64::try_from(block.size).unwrap_or(u64::MAX));
        draw_span(svg, place, next, |svg, area| svg.frame(area, Stroke::of(Color::Red)));
        svg.bottom += HEIGHT;
        draw_addresses(svg, place, [next.end(), next.start, block.end(), block.start]);
    }
    svg.legend(&[
        (Sign::Filled(Color::Blue), "rows".to_owned()),
        (Sign::Outlined(Stroke::of(Color::Blue)), "free slots".to_owned()),
        (Sign::Filled(Color::Pale), "hole".to_owned()),
        (Sign::Outlined(Stroke::of(Color::Grey).dashed()), "previous block".to_owned()),
        (Sign::Outlined(Stroke::of(Color::Red)), "next block".to_owned()),
    ]);
    let sentence = sentence(block, next, heap.footprint);
    svg.paragraph(Color::Ink, &sentence);
    format!(
        "The block has the addresses {} to {}, in slots; the heap has {}. {sentence}",
        grouped(block.start),
        grouped(block.end()),
        count(heap.footprint, "slot", "slots")
    )
}

fn sentence(block: Span, next: Option<u64>, footprint: u128) -> String {
    let Some(next) = next else {
        return "There is no larger block: this one has the maximum number of rows.".to_owned();
    };
    let size = count(next, "slot", "slots");
    if next_start(block, next) == 0 && block.start > 0 {
        format!(
            "The next block, {size}, fits below: the hole there has {}.",
            count(block.start, "slot", "slots")
        )
    } else if block.start == 0 {
        let fits = block.end() + u128::from(next) <= footprint;
        let rest = if fits { ", into the hole there" } else { "" };
        format!("The next block, {size}, goes above{rest}: there is no hole below this block.")
    } else {
        format!(
            "The next block, {size}, does not fit below: the hole there has only {}.",
            count(block.start, "slot", "slots")
        )
    }
}

const HEIGHT: f64 = 26.0;

fn draw_span(
    svg: &mut Svg,
    place: impl Fn(&Svg, u128) -> f64,
    span: Span,
    draw: impl FnOnce(&mut Svg, Area),
) {
    let (left, right) = (place(svg, span.start), place(svg, span.end()));
    let area = Area { x: left, y: svg.bottom, width: (right - left).max(3.0), height: HEIGHT };
    draw(svg, area);
}

/// The rows of a block, and its free slots.
fn draw_block(svg: &mut Svg, place: impl Fn(&Svg, u128) -> f64, block: Span, rows: u64) {
    draw_span(svg, &place, block, |svg, area| {
        svg.rect(area, Color::Page);
        let filled = area.width * float(rows) / float(block.size.max(1));
        svg.rect(Area { width: filled.min(area.width), ..area }, Color::Blue);
        svg.frame(area, Stroke::of(Color::Blue));
    });
}

/// Writes addresses below the line. The first ones are more important if not all fit.
fn draw_addresses(svg: &mut Svg, place: impl Fn(&Svg, u128) -> f64, addresses: [u128; 4]) {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut known = Vec::new();
    for address in addresses {
        if known.contains(&address) {
            continue;
        }
        let (x, text) = (place(svg, address), grouped(address));
        let width = text_width(&text);
        let start = (x - width / 2.0).min(svg.width() - Svg::EDGE - width).max(Svg::EDGE);
        if taken.iter().all(|&(from, to)| start + width + 6.0 < from || to + 6.0 < start) {
            svg.line(&[(x, svg.bottom), (x, svg.bottom + 4.0)], Stroke::of(Color::Grey).thin());
            svg.text((start, svg.bottom + 4.0 + LINE / 2.0), At::Start, Color::Ink, &text);
            taken.push((start, start + width));
            known.push(address);
        }
    }
    svg.bottom += 6.0 + LINE;
}

pub fn csv(arrays: &[&Array]) -> String {
    let mut csv = Csv::new("policy,what,start,end,size");
    for array in arrays {
        let policy = array.growth();
        let heap = array.heap();
        let blocks = [("block", heap.block.map(Span::of)), ("previous block", heap.previous.map(Span::of))];
        for (name, block) in blocks.into_iter().filter_map(|(name, block)| Some((name, block?))) {
            csv.line(&[&policy, &name, &block.start, &(block.end()), &block.size]);
        }
        if let Some(next) = next_block(array) {
            csv.line(&[&policy, &"next block", &next.start, &next.end(), &next.size]);
        }
        csv.line(&[&policy, &"heap", &0, &heap.footprint, &heap.footprint]);
    }
    csv.finish()
}
