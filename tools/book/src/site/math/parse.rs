//! Reads formulas.

use super::items::{Char, Item, Place};
use super::scripts::{Level, script};
use super::tree::{Gap, Node, is_formula, is_relation, is_sum};
use std::ops::Range;

/// Maximum nesting of brackets, roots and scripts: keeps the stack small for every text.
const MAX_DEPTH: u8 = 16;

/// The formulas of a paragraph, and the items of each.
pub(super) fn formulas(items: &[Item]) -> Vec<(Range<usize>, Vec<Node>)> {
    let reader = Reader { items };
    let mut found = vec![];
    let mut at = 0;
    while at < items.len() {
        let Some((nodes, end)) = reader.may_begin(at).then(|| reader.sum(at, 0)).flatten() else {
            at += 1;
            continue;
        };
        if is_formula(&nodes) {
            found.push(without_brackets(at..end, nodes));
        }
        at = end;
    }
    found
}

/// A formula without the brackets around the whole, which belong to the prose. Pairs keep theirs.
fn without_brackets(range: Range<usize>, mut nodes: Vec<Node>) -> (Range<usize>, Vec<Node>) {
    match &mut nodes[..] {
        [Node::Fenced('(', body, ')')] if !body.iter().any(|node| matches!(node, Node::Sign(',', ..))) => {
            (range.start + 1..range.end - 1, std::mem::take(body))
        }
        _ => (range, nodes),
    }
}

struct Reader<'a> {
    items: &'a [Item],
}

impl Reader<'_> {
    fn char(&self, at: usize) -> Option<&Char> {
        match self.items.get(at)? {
            Item::Char(char) => Some(char),
            _ => None,
        }
    }

    fn upright(&self, at: usize) -> Option<char> {
        self.items.get(at)?.upright()
    }

    /// Whether a formula may begin here: not within a word or a number.
    fn may_begin(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.upright(before));
        let is_sign = self.upright(at).is_some_and(|ch| is_sum(ch) || is_relation(ch));
        match before {
            None => true,
            Some(ch) if is_sign => ch.is_whitespace() || "(\"“".contains(ch),
            Some(ch) => !(is_word(ch) || ch.is_numeric() || "#_.,-–/".contains(ch)),
        }
    }

    fn gap(&self, mut at: usize) -> (Gap, usize) {
        let mut gap = Gap::None;
        while let Some(ch) = self.upright(at).filter(|ch| ch.is_whitespace()) {
            gap = if ch == '\u{a0}' && gap != Gap::Space { Gap::NoBreak } else { Gap::Space };
            at += 1;
        }
        (gap, at)
    }

    /// Terms with signs between them.
    fn sum(&self, mut at: usize, depth: u8) -> Option<(Vec<Node>, usize)> {
        let mut nodes = vec![];
        if let Some(sign) = self.upright(at).filter(|&ch| is_sum(ch) || is_relation(ch)) {
            let (gap, next) = self.gap(at + 1);
            nodes.push(Node::Sign(sign, Gap::None, gap));
            at = next;
        }
        let (product, mut end) = self.product(at, depth)?;
        nodes.extend(product);
        while let Some((sign, next)) = self.infix(end)
            && let Some((product, next)) = self.product(next, depth)
        {
            nodes.push(sign);
            nodes.extend(product);
            end = next;
        }
        Some((nodes, end))
    }

    /// A sign between two terms. A slash has no spaces.
    fn infix(&self, at: usize) -> Option<(Node, usize)> {
        let (before, at) = self.gap(at);
        let sign = self.upright(at)?;
        let (after, next) = self.gap(at + 1);
        let fits = match sign {
            '/' => before == Gap::None && after == Gap::None,
            '·' | '×' => true,
            _ => is_sum(sign) || is_relation(sign),
        };
        fits.then_some((Node::Sign(sign, before, after), next))
    }

    /// Factors without a sign between them.
    fn product(&self, at: usize, depth: u8) -> Option<(Vec<Node>, usize)> {
        let (mut nodes, mut at) = self.factor(at, depth, false)?;
        loop {
            let (gap, next) = self.gap(at);
            let applied =
                gap == Gap::None && nodes.last().is_some_and(is_letter) && self.upright(next) == Some('(');
            let Some((factor, end)) = self.factor(next, depth, applied) else { break };
            if matches!(nodes.last(), Some(Node::Dots))
                || matches!(factor[..], [Node::Dots | Node::Number(_), ..])
            {
                break;
            }
            nodes.push(if applied { Node::Apply } else { Node::Times(gap) });
            nodes.extend(factor);
            at = end;
        }
        Some((nodes, at))
    }

    /// A factor with its scripts, or a function with its argument. Arguments may be numbers in
    /// brackets.
    fn factor(&self, at: usize, depth: u8, applied: bool) -> Option<(Vec<Node>, usize)> {
        let (base, at) = self.base(at, depth, applied)?;
        let is_function = matches!(base, Node::Name(_));
        let (node, at) = self.scripts(base, at, depth)?;
        if !is_function {
            return Some((vec![node], at));
        }
        if matches!(&node, Node::Name(name) if name == "d") {
            let (letter, end) = self.base(at, depth, false)?;
            return Some((vec![node, Node::Times(Gap::None), letter], end));
        }
        let (gap, next) = self.gap(at);
        let bracket = gap == Gap::None && self.upright(next) == Some('(');
        let needs_bracket = matches!(&node, Node::Name(name) if !matches!(&name[..], "ln" | "log"));
        if needs_bracket && !bracket {
            return None;
        }
        if depth == MAX_DEPTH {
            return None;
        }
        let (argument, end) = self.factor(next, depth + 1, bracket)?;
        Some(([node, Node::Apply].into_iter().chain(argument).collect(), end))
    }

    fn base(&self, at: usize, depth: u8, applied: bool) -> Option<(Node, usize)> {
        let char = self.char(at)?;
        match char.ch {
            ch if script(ch).is_some() => None,
            ch if char.slanted || is_greek(ch) => Some((Node::Letter(ch), at + 1)),
            '…' => Some((Node::Dots, at + 1)),
            '√' if depth < MAX_DEPTH => {
                let (content, end) = self.base(at + 1, depth + 1, false)?;
                let content = match content {
                    Node::Fenced('(', body, ')') if body.len() > 1 => body,
                    other => vec![other],
                };
                Some((Node::Root(content), end))
            }
            '(' => self.fenced(at, ')', depth, applied),
            '⌈' => self.fenced(at, '⌉', depth, true),
            '⌊' => self.fenced(at, '⌋', depth, true),
            ch if ch.is_numeric() => self.number(at),
            ch if is_word(ch) => self.name(at),
            _ => None,
        }
    }

    /// Terms in brackets. Round ones around a number alone, or around a comparison, belong to the
    /// prose.
    fn fenced(&self, at: usize, close: char, depth: u8, applied: bool) -> Option<(Node, usize)> {
        if depth == MAX_DEPTH {
            return None;
        }
        let open = self.upright(at)?;
        let (mut body, mut end) = self.sum(at + 1, depth + 1)?;
        while self.upright(end) == Some(',') {
            let (after, next) = self.gap(end + 1);
            let (more, next) = self.sum(next, depth + 1)?;
            body.push(Node::Sign(',', Gap::None, after));
            body.extend(more);
            end = next;
        }
        let is_prose = match &body[..] {
            [Node::Number(_)] => !applied,
            _ => body.iter().any(|node| matches!(node, Node::Sign(sign, ..) if is_relation(*sign))),
        };
        (self.upright(end)? == close && !is_prose).then_some((Node::Fenced(open, body, close), end + 1))
    }

    /// A number with its separators: 1,048,575 or 1.618….
    fn number(&self, at: usize) -> Option<(Node, usize)> {
        let digits = |mut at: usize| {
            let first = at;
            while self.upright(at).is_some_and(|ch| ch.is_ascii_digit()) {
                at += 1;
            }
            (at - first, at)
        };
        let (count, mut end) = digits(at);
        if count == 0 {
            end += 1; // ½
        }
        while self.upright(end) == Some(',') && digits(end + 1).0 == 3 {
            end += 4;
        }
        if self.upright(end) == Some('.') && digits(end + 1).0 > 0 {
            end = digits(end + 1).1;
            end += usize::from(self.upright(end) == Some('…'));
        }
        let text = (at..end).filter_map(|at| self.upright(at)).collect();
        (!self.upright(end).is_some_and(is_word)).then_some((Node::Number(text), end))
    }

    /// The name of a function.
    fn name(&self, at: usize) -> Option<(Node, usize)> {
        let name: String = (at..).map_while(|at| self.upright(at).filter(|&ch| is_word(ch))).collect();
        let end = at + name.chars().count();
        let known = match &name[..] {
            "max" | "min" | "log" | "ln" | "O" => true,
            "d" => self.char(end).is_some_and(|char| char.slanted),
            _ => false,
        };
        known.then_some((Node::Name(name), end))
    }

    /// Adds primes, superscripts and subscripts to `base`.
    fn scripts(&self, mut base: Node, mut at: usize, depth: u8) -> Option<(Node, usize)> {
        let (mut raised, mut lowered) = (vec![], vec![]);
        loop {
            match self.items.get(at) {
                Some(Item::Char(char)) if char.ch == '′' => base = primed(base),
                Some(Item::Char(char)) if char.ch == '*' && is_letter(&base) => {
                    raised.push(Node::Sign('*', Gap::None, Gap::None));
                }
                Some(Item::Char(char)) => {
                    let Some((level, _)) = script(char.ch) else { break };
                    let (items, end) = self.script_run(at, level);
                    let nodes = whole(&items, depth)?;
                    if level == Level::Raised {
                        raised.extend(nodes)
                    } else {
                        lowered.extend(nodes)
                    }
                    at = end - 1;
                }
                Some(Item::Script(level, items, _)) => {
                    let nodes = whole(items, depth)?;
                    if *level == Level::Raised { raised.extend(nodes) } else { lowered.extend(nodes) }
                }
                Some(Item::Wall) | None => break,
            }
            at += 1;
        }
        if raised.is_empty() && lowered.is_empty() {
            return Some((base, at));
        }
        Some((Node::Script { base: Box::new(base), lowered, raised }, at))
    }

    /// The characters of one level from `at` on in plain form, with the letters in italics.
    fn script_run(&self, at: usize, level: Level) -> (Vec<Item>, usize) {
        let scripts = (at..).map_while(|at| self.char(at).and_then(|char| script(char.ch)));
        let plain = scripts.take_while(|script| script.0 == level).map(|script| script.1);
        let char = |ch: char| Item::Char(Char { ch, slanted: ch.is_alphabetic(), place: Place::default() });
        let items: Vec<_> = plain.map(char).collect();
        let end = at + items.len();
        (items, end)
    }
}

/// All `items` as one formula.
fn whole(items: &[Item], depth: u8) -> Option<Vec<Node>> {
    if depth == MAX_DEPTH {
        return None;
    }
    let (nodes, end) = Reader { items }.sum(0, depth + 1)?;
    (end == items.len()).then_some(nodes)
}

fn primed(base: Node) -> Node {
    match base {
        Node::Primed(base, primes) => Node::Primed(base, primes + 1),
        base => Node::Primed(Box::new(base), 1),
    }
}

fn is_greek(ch: char) -> bool {
    matches!(ch, 'α'..='ω' | 'Α'..='Ω')
}

fn is_word(ch: char) -> bool {
    ch.is_alphabetic() && !is_greek(ch) && script(ch).is_none()
}

/// A letter that may be the name of a function, as M in M(n).
fn is_letter(node: &Node) -> bool {
    match node {
        Node::Letter(_) => true,
        Node::Primed(base, _) | Node::Script { base, .. } => is_letter(base),
        _ => false,
    }
}
