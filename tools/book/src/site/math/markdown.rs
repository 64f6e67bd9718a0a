//! Finds the paragraphs of a Markdown text.

use super::items::{Item, Items, Span};
use super::scripts::Level;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The items of a paragraph, a table cell, or an item of a list.
pub(super) struct Paragraph {
    pub(super) items: Vec<Item>,
    /// The place of the block quote that consists of this paragraph.
    pub(super) quote: Option<Range<usize>>,
}

pub(super) fn paragraphs(markdown: &str) -> Vec<Paragraph> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        reader.read(event, range, markdown);
    }
    reader.end_paragraph();
    reader.done
}

#[derive(Default)]
struct Reader {
    items: Items,
    done: Vec<Paragraph>,
    /// The place of the block quote, as long as it has only its first paragraph.
    quote: Option<(Range<usize>, usize)>,
    /// The number of open elements whose text stays text: headings, code, and images.
    text_only: usize,
    /// Within an element of MathML.
    in_math: bool,
}

impl Reader {
    fn read(&mut self, event: Event<'_>, range: Range<usize>, markdown: &str) {
        match event {
            Event::Text(text) if self.text_only == 0 && !self.in_math => {
                self.items.text(&text, &markdown[range.clone()], range.start)
            }
            Event::SoftBreak if self.text_only == 0 => {
                self.items.text(" ", &markdown[range.clone()], range.start)
            }
            Event::InlineHtml(tag) => self.tag(&tag, range),
            Event::Start(Tag::Emphasis) => self.items.open(Span::Italics, range.start),
            Event::End(TagEnd::Emphasis) => self.items.close(Span::Italics, range.end),
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            _ => self.items.wall(),
        }
    }

    fn tag(&mut self, tag: &str, range: Range<usize>) {
        match span(tag) {
            Some((span, true)) => self.items.open(span, range.start),
            Some((span, false)) => self.items.close(span, range.end),
            None => {
                self.items.wall();
                self.in_math = tag.starts_with("<math") || (self.in_math && tag != "</math>");
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        self.text_only += usize::from(is_text_only(tag.to_end()));
        if is_inline(tag.to_end()) {
            return self.items.wall();
        }
        self.end_paragraph();
        match tag {
            Tag::BlockQuote(_) => self.quote = Some((range, self.done.len())),
            Tag::Paragraph => {}
            _ => self.quote = None,
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.text_only -= usize::from(is_text_only(tag));
        if is_inline(tag) {
            return self.items.wall();
        }
        self.end_paragraph();
        if !matches!(tag, TagEnd::BlockQuote(_)) {
            return;
        }
        if let Some((range, first)) = self.quote.take()
            && let [paragraph] = &mut self.done[first..]
        {
            paragraph.quote = Some(range);
        }
    }

    fn end_paragraph(&mut self) {
        self.in_math = false;
        let items = self.items.take();
        if !items.is_empty() {
            self.done.push(Paragraph { items, quote: None });
        }
    }
}

/// The element that a tag of HTML opens or closes.
pub(super) fn span(tag: &str) -> Option<(Span, bool)> {
    let name = tag.strip_prefix('<')?.strip_suffix('>')?;
    let (name, opens) = name.strip_prefix('/').map_or((name, true), |name| (name, false));
    let span = match name {
        "i" => Span::Italics,
        "sup" => Span::Script(Level::Raised),
        "sub" => Span::Script(Level::Lowered),
        _ => return None,
    };
    Some((span, opens))
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Subscript
            | TagEnd::Superscript
    )
}

fn is_text_only(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)
    )
}
