//! The characters of a paragraph with their places in the source, from Markdown or from HTML.

use super::scripts::{Level, script};

/// A part of a paragraph.
pub(super) enum Item {
    Char(Char),
    /// The content of `<sup>` or `<sub>`.
    Script(Level, Vec<Item>, Place),
    /// A part outside formulas: code, the ends of a link, prose in italics.
    Wall,
}

/// A character. Letters in italics are slanted.
pub(super) struct Char {
    pub(super) ch: char,
    pub(super) slanted: bool,
    pub(super) place: Place,
}

/// The place of a part in the source, if the source can be cut there: it cannot be cut within
/// italics.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) from: Option<usize>,
    pub(super) to: Option<usize>,
}

impl Item {
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Char(char) => char.place,
            Self::Script(_, _, place) => *place,
            Self::Wall => Place::default(),
        }
    }

    fn place_mut(&mut self) -> Option<&mut Place> {
        match self {
            Self::Char(char) => Some(&mut char.place),
            Self::Script(_, _, place) => Some(place),
            Self::Wall => None,
        }
    }

    /// The character, if it is not slanted.
    pub(super) fn upright(&self) -> Option<char> {
        match self {
            Self::Char(char) if !char.slanted => Some(char.ch),
            _ => None,
        }
    }
}

/// A pair of tags around items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Italics,
    Script(Level),
}

/// The items of a paragraph that is being read.
#[derive(Default)]
pub(super) struct Items {
    items: Vec<Item>,
    /// The open spans: their kind, their first item, and their beginning in the source.
    open: Vec<(Span, usize, usize)>,
}

impl Items {
    pub(super) fn wall(&mut self) {
        self.items.push(Item::Wall);
    }

    /// Adds `text`, which is at `from` in `source`. If the two differ (escapes, entities), only the
    /// whole text can be cut out.
    pub(super) fn text(&mut self, text: &str, source: &str, from: usize) {
        let same = text == source;
        let last = text.char_indices().last().map_or(0, |(index, _)| index);
        for (index, ch) in text.char_indices() {
            let place = Place {
                from: (same || index == 0).then_some(from + if same { index } else { 0 }),
                to: (same || index == last)
                    .then_some(from + if same { index + ch.len_utf8() } else { source.len() }),
            };
            self.items.push(Item::Char(Char { ch, slanted: false, place }));
        }
    }

    pub(super) fn open(&mut self, span: Span, from: usize) {
        self.open.push((span, self.items.len(), from));
    }

    pub(super) fn close(&mut self, span: Span, to: usize) {
        let Some((_, first, from)) = self.open.pop_if(|(open, ..)| *open == span) else {
            return self.wall();
        };
        let mut inner = self.items.split_off(first);
        match span {
            Span::Script(level) => {
                let place = Place { from: Some(from), to: Some(to) };
                self.items.push(Item::Script(level, inner, place));
            }
            Span::Italics if is_formula(&inner) => {
                slant(&mut inner, Place { from: Some(from), to: Some(to) });
                self.items.append(&mut inner);
            }
            Span::Italics => self.wall(),
        }
    }

    /// Returns all items and starts again. A tag that was not closed becomes a wall.
    pub(super) fn take(&mut self) -> Vec<Item> {
        if let Some(&(_, first, _)) = self.open.first() {
            self.items.truncate(first);
            self.wall();
        }
        self.open.clear();
        std::mem::take(&mut self.items)
    }
}

/// Whether italics are a formula: single letters, each with scripts or without, or scripts alone.
fn is_formula(items: &[Item]) -> bool {
    let mut after_letter = false;
    for item in items {
        let Item::Char(Char { ch, .. }) = *item else {
            if matches!(item, Item::Wall) {
                return false;
            }
            continue;
        };
        let letter = ch.is_alphabetic() && script(ch).is_none();
        let known = letter || ch.is_whitespace() || ch == '′' || script(ch).is_some();
        if !known || (letter && after_letter) {
            return false;
        }
        after_letter = letter || (after_letter && !ch.is_whitespace());
    }
    !items.is_empty()
}

/// Makes the letters of a formula slanted and its spaces no-break spaces. The formula can only be
/// cut out as a whole.
fn slant(items: &mut [Item], whole: Place) {
    for item in items.iter_mut() {
        match item {
            Item::Char(char) => {
                char.slanted = char.ch.is_alphabetic();
                char.ch = if char.ch.is_whitespace() { '\u{a0}' } else { char.ch };
                char.place = Place::default();
            }
            Item::Script(_, inner, place) => {
                slant(inner, Place::default());
                *place = Place::default();
            }
            Item::Wall => {}
        }
    }
    if let Some(place) = items.first_mut().and_then(Item::place_mut) {
        place.from = whole.from;
    }
    if let Some(place) = items.last_mut().and_then(Item::place_mut) {
        place.to = whole.to;
    }
}
