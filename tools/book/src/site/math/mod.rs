//! Formulas as MathML.
//!
//! The chapter writes its formulas in a form that rustdoc shows well: letters in italics,
//! superscripts and subscripts of Unicode, and signs between them. This module finds the formulas,
//! reads them, and writes them as MathML for the site. Text that could be prose stays unchanged.

mod items;
mod markdown;
mod parse;
mod scripts;
mod tree;
mod write;

use self::items::{Item, Items};
use self::tree::Node;
use std::ops::Range;

/// The items of a formula, and the formula.
type Formula = (Range<usize>, Vec<Node>);

/// The style sheet for the elements that this module makes.
pub const CSS: &str = include_str!("math.css");

/// Replaces the formulas of a Markdown text by MathML. Everything else stays as it is, byte for
/// byte, including headings and code.
///
/// A block quote that is a formula becomes a paragraph of the class `formula`.
pub fn with_mathml(markdown: &str) -> String {
    let mut edits = vec![];
    for paragraph in markdown::paragraphs(markdown) {
        let formulas = parse::formulas(&paragraph.items);
        match paragraph.quote {
            Some(quote) if is_display(&paragraph.items, &formulas) => {
                // A block of HTML ends at an empty line.
                let end = if markdown[quote.end..].starts_with('\n') { "\n" } else { "\n\n" };
                edits.push((quote, display(&paragraph.items, formulas) + end));
            }
            _ => edits.extend(formulas.iter().filter_map(|formula| inline(&paragraph.items, formula))),
        }
    }
    edited(markdown, edits)
}

/// Replaces the formulas in the captions of HTML figures by MathML: `<i>n</i>` is a letter in
/// italics there.
pub fn captions(html: &str) -> String {
    let mut edits = vec![];
    let mut at = 0;
    while let Some(start) = html[at..].find("<figcaption>").map(|start| at + start) {
        let end = html[start..].find("</figcaption>").map_or(html.len(), |length| start + length);
        let items = html_items(html, start..end);
        edits.extend(parse::formulas(&items).iter().filter_map(|formula| inline(&items, formula)));
        at = end;
    }
    edited(html, edits)
}

/// The items of a part of an HTML text without entities in its formulas.
fn html_items(html: &str, part: Range<usize>) -> Vec<Item> {
    let mut items = Items::default();
    let mut at = part.start;
    while at < part.end {
        let rest = &html[at..part.end];
        let length = if rest.starts_with('<') {
            let length = rest.find('>').map_or(rest.len(), |end| end + 1);
            match markdown::span(&rest[..length]) {
                Some((span, true)) => items.open(span, at),
                Some((span, false)) => items.close(span, at + length),
                None => items.wall(),
            }
            length
        } else {
            let length = rest.find('<').unwrap_or(rest.len());
            items.text(&rest[..length], &rest[..length], at);
            length
        };
        at += length;
    }
    items.take()
}

/// A formula in a line of text, and the part of the source that it replaces, without the
/// punctuation beside it.
fn inline(items: &[Item], (range, nodes): &Formula) -> Option<(Range<usize>, String)> {
    let is =
        |at: usize, chars: &str| items.get(at).and_then(Item::upright).is_some_and(|ch| chars.contains(ch));
    let before = range.start.checked_sub(1).filter(|&at| is(at, "(“"));
    let after = (range.end..).take_while(|&at| is(at, ".,;:?!)”")).last();
    let (first, last) = (before.unwrap_or(range.start), after.unwrap_or(range.end - 1));
    let from = items[first].place().from?;
    let to = items[last].place().to?;
    // The source must be cuttable at the formula itself as well.
    items[range.start].place().from.and(items[range.end - 1].place().to)?;
    let (before, after) = (text(&items[first..range.start]), text(&items[range.end..=last]));
    Some((from..to, write::inline(nodes, &before, &after)))
}

/// Whether a paragraph consists of one formula, or of several with words between them, and
/// punctuation after them.
fn is_display(items: &[Item], formulas: &[Formula]) -> bool {
    let (Some(first), Some(last)) = (formulas.first(), formulas.last()) else { return false };
    let gaps = formulas.windows(2).all(|pair| is_text(&items[pair[0].0.end..pair[1].0.start]));
    let after = &items[last.0.end..];
    first.0.start == 0 && gaps && is_text(after) && after.len() <= 1
}

/// A paragraph of formulas in HTML.
fn display(items: &[Item], formulas: Vec<Formula>) -> String {
    let mut html = String::new();
    let mut at = 0;
    let only = formulas.len() == 1;
    for (range, nodes) in formulas {
        let nodes = tree::stacked(nodes);
        if only && write::is_short(&nodes) {
            html = write::display(&nodes, &text(&items[range.end..]));
            at = items.len();
        } else {
            html += &text(&items[at..range.start]);
            html += &write::terms(&nodes);
            at = range.end;
        }
    }
    format!("<p class=\"formula\">{html}{}</p>", text(&items[at..]))
}

fn is_text(items: &[Item]) -> bool {
    items.iter().all(|item| item.upright().is_some())
}

/// The items that are text, as HTML.
fn text(items: &[Item]) -> String {
    let text: String = items.iter().filter_map(Item::upright).collect();
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The text with each range replaced. The ranges are in order.
fn edited(text: &str, edits: Vec<(Range<usize>, String)>) -> String {
    let mut result = String::with_capacity(2 * text.len());
    let mut at = 0;
    for (range, new) in edits {
        result += &text[at..range.start];
        result += &new;
        at = range.end;
    }
    result + &text[at..]
}
