//! Writes formulas as MathML.
//!
//! A browser breaks no line within a `math` element. So a long formula becomes several elements
//! with spaces between them. It is cut where a mathematician would break it, and where the source
//! has an ordinary space.

use super::tree::{Gap, Node, is_relation, is_sum};
use explorer::Escaped;

/// Approximate widths in digits: a formula up to the first width is never cut, and terms up to the
/// second stay together.
const SHORT: usize = 20;
const LONG: usize = 22;

/// The place of a cut: after a sign within a paragraph, before a sign in a display.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Inline,
    Display,
}

/// The formula as one or more `math` elements with spaces between. Punctuation before and after
/// stays in its line.
pub(super) fn inline(nodes: &[Node], before: &str, after: &str) -> String {
    let pieces = pieces(nodes, Style::Inline);
    let last = pieces.len() - 1;
    let write = |(index, piece): (usize, &&[Node])| {
        let (before, after) = (if index == 0 { before } else { "" }, if index == last { after } else { "" });
        let math = format!("{before}<math>{}</math>{after}", piece_row(piece));
        let alone = before.is_empty() && after.is_empty();
        if alone { math } else { format!("<span class=\"math\">{math}</span>") }
    };
    pieces.iter().enumerate().map(write).collect::<Vec<_>>().join(" ")
}

/// The formula as `math` elements with spaces between, for a paragraph of its own.
pub(super) fn terms(nodes: &[Node]) -> String {
    let pieces = pieces(nodes, Style::Display).into_iter();
    let pieces = pieces.map(|piece| format!("<math displaystyle=\"true\">{}</math>", piece_row(piece)));
    pieces.collect::<Vec<_>>().join(" ")
}

/// The formula as one display, with the punctuation after it.
pub(super) fn display(nodes: &[Node], after: &str) -> String {
    let after = if after.is_empty() { String::new() } else { format!("<mtext>{after}</mtext>") };
    format!("<math display=\"block\">{}{after}</math>", row(nodes))
}

/// Whether the formula fits into one line of a phone.
pub(super) fn is_short(nodes: &[Node]) -> bool {
    width(nodes) <= 36
}

/// Cuts a formula at its relations, and pieces that are still long at their sums.
fn pieces(nodes: &[Node], style: Style) -> Vec<&[Node]> {
    let sides = cut(nodes, style, is_relation, SHORT).into_iter();
    sides.flat_map(|side| cut(side, style, is_sum, LONG)).collect()
}

/// Cuts a row at some of its signs, and leaves neighbours together up to a width.
fn cut(nodes: &[Node], style: Style, at: fn(char) -> bool, limit: usize) -> Vec<&[Node]> {
    let mut pieces = vec![];
    // The rest that is not cut yet, and the last place where it can be cut.
    let (mut first, mut last) = (0, 0);
    for (index, node) in nodes.iter().enumerate() {
        let Node::Sign(sign, before, after) = *node else { continue };
        let (gap, place) = if style == Style::Inline { (after, index + 1) } else { (before, index) };
        if !at(sign) || gap != Gap::Space || place <= 1 || place == nodes.len() {
            continue;
        }
        if last > first && width(&nodes[first..place]) > limit {
            pieces.push(&nodes[first..last]);
            first = last;
        }
        last = place;
    }
    if last > first && width(&nodes[first..]) > limit {
        pieces.push(&nodes[first..last]);
        first = last;
    }
    pieces.push(&nodes[first..]);
    pieces
}

fn width(nodes: &[Node]) -> usize {
    let width_of = |node: &Node| match node {
        Node::Letter(_) | Node::Dots => 1,
        Node::Name(text) | Node::Number(text) => text.chars().count(),
        Node::Sign('/' | ',', ..) => 1,
        Node::Sign(..) => 3,
        Node::Times(_) | Node::Apply => 0,
        Node::Fenced(_, body, _) => 2 + width(body),
        Node::Root(body) => 1 + width(body),
        Node::Primed(base, primes) => primes + width(std::slice::from_ref(base)),
        Node::Script { base, lowered, raised } => {
            width(std::slice::from_ref(base)) + width(lowered).max(width(raised)).div_ceil(2)
        }
        Node::Fraction(above, below) => width(above).max(width(below)),
    };
    nodes.iter().map(width_of).sum()
}

/// A piece of a formula. A sign at its beginning or end has the space of the line beside it.
fn piece_row(nodes: &[Node]) -> String {
    match nodes {
        [Node::Sign(sign, Gap::None, Gap::None), rest @ ..] if is_sum(*sign) => {
            format!("<mo>{sign}</mo>{}", row(rest))
        }
        [Node::Sign(sign, ..), rest @ ..] => format!("{}{}", sign_at_edge(*sign, "lspace"), row(rest)),
        [rest @ .., Node::Sign(sign, ..)] => format!("{}{}", row(rest), sign_at_edge(*sign, "rspace")),
        _ => row(nodes),
    }
}

fn sign_at_edge(sign: char, edge: &str) -> String {
    format!("<mo form=\"infix\" {edge}=\"0\">{}</mo>", escaped(sign))
}

fn row(nodes: &[Node]) -> String {
    let next = nodes.iter().skip(1).map(Some).chain([None]);
    nodes.iter().zip(next).map(|(node, next)| write(node, next)).collect()
}

/// A script as one element: its signs have no space.
fn script(nodes: &[Node]) -> String {
    let write = |node: &Node| match node {
        Node::Sign(sign, ..) => tight(*sign),
        other => write(other, None),
    };
    let row: String = nodes.iter().map(write).collect();
    if nodes.len() == 1 { row } else { format!("<mrow>{row}</mrow>") }
}

/// A sign without space.
fn tight(sign: char) -> String {
    format!("<mo lspace=\"0\" rspace=\"0\">{}</mo>", escaped(sign))
}

/// A row as one element.
fn group(nodes: &[Node]) -> String {
    if nodes.len() == 1 { row(nodes) } else { format!("<mrow>{}</mrow>", row(nodes)) }
}

fn write(node: &Node, next: Option<&Node>) -> String {
    match node {
        // As in print: large Greek letters are upright.
        Node::Letter(letter @ 'Α'..='Ω') => format!("<mi mathvariant=\"normal\">{letter}</mi>"),
        Node::Letter(letter) => format!("<mi>{letter}</mi>"),
        Node::Name(name) if name.len() == 1 => format!("<mi mathvariant=\"normal\">{name}</mi>"),
        Node::Name(name) => format!("<mi>{name}</mi>"),
        Node::Number(number) => format!("<mn>{number}</mn>"),
        Node::Dots => "<mi>…</mi>".to_owned(),
        Node::Sign('/', ..) => tight('/'),
        Node::Sign(sign, ..) => format!("<mo>{}</mo>", escaped(*sign)),
        Node::Times(_) => {
            format!("<mo{}>\u{2062}</mo>", if matches!(next, Some(Node::Name(_))) { THIN } else { "" })
        }
        Node::Apply => {
            format!("<mo{}>\u{2061}</mo>", if matches!(next, Some(Node::Fenced(..))) { "" } else { THIN })
        }
        Node::Fenced(open, body, close) => {
            // Otherwise a letter with a script gets a larger pair, with more space around it.
            let size = if is_tall(body) { "" } else { " stretchy=\"false\"" };
            format!("<mrow><mo{size}>{open}</mo>{}<mo{size}>{close}</mo></mrow>", row(body))
        }
        Node::Root(body) => format!("<msqrt>{}</msqrt>", row(body)),
        // A prime is raised in every font.
        Node::Primed(base, primes) => {
            format!("<mrow>{}{}</mrow>", write(base, None), tight('′').repeat(*primes))
        }
        Node::Script { base, lowered, raised } => {
            let base = group(std::slice::from_ref(base));
            match (&lowered[..], &raised[..]) {
                (lowered, []) => format!("<msub>{base}{}</msub>", script(lowered)),
                ([], raised) => format!("<msup>{base}{}</msup>", script(raised)),
                (lowered, raised) => {
                    format!("<msubsup>{base}{}{}</msubsup>", script(lowered), script(raised))
                }
            }
        }
        Node::Fraction(above, below) => format!("<mfrac>{}{}</mfrac>", group(above), group(below)),
    }
}

fn is_tall(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Fraction(..) => true,
        Node::Fenced(_, body, _) => is_tall(body),
        _ => false,
    })
}

/// The space around the name of a function.
const THIN: &str = " rspace=\"0.1667em\"";

fn escaped(sign: char) -> String {
    Escaped(&sign.to_string()).to_string()
}
