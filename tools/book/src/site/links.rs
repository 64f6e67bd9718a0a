//! Resolves links of the chapter: to sections, theorems and figures, which are on several pages of
//! the site, and to the API.

use super::chapter::anchor;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::HashMap;
use std::io;

/// The name of an item in the chapter, and its page below the documentation of the crate.
pub const API: [(&str, &str); 18] = [
    ("Allocator", "amortized/enum.Allocator.html"),
    ("Averages", "amortized/struct.Averages.html"),
    ("Bounds", "amortized/struct.Bounds.html"),
    ("FirstFit", "amortized/struct.FirstFit.html"),
    ("Ledger", "amortized/struct.Ledger.html"),
    ("Model", "amortized/struct.Model.html"),
    ("Step", "amortized/struct.Step.html"),
    ("simulate", "amortized/fn.simulate.html"),
    ("worst_sequence", "amortized/fn.worst_sequence.html"),
    ("structures", "amortized/structures/index.html"),
    ("structures::audit", "amortized/structures/fn.audit.html"),
    ("structures::TwoBlocks", "amortized/structures/struct.TwoBlocks.html"),
    ("crate::GrowableNd", "struct.GrowableNd.html"),
    ("crate::Growth", "struct.Growth.html"),
    ("crate::Growth::at_most", "struct.Growth.html#method.at_most"),
    ("crate::Growth::with_shrink", "struct.Growth.html#method.with_shrink"),
    ("crate::GrowthStats::moves", "struct.GrowthStats.html#structfield.moves"),
    ("crate::GrowthStats::rows_copied", "struct.GrowthStats.html#structfield.rows_copied"),
];

/// Items of the API that have a page of the site.
const PAGES: [(&str, &str); 1] = [("crate::zoo", "zoo.html")];

/// The targets of links.
pub struct Links {
    /// The address of the documentation, with a slash at its end.
    pub docs: String,
    /// The page of each anchor.
    anchors: HashMap<String, String>,
}

impl Links {
    /// Collects the anchors of pages: a name, and its Markdown.
    ///
    /// `docs` is the address of the API documentation, above the folder `growable_nd`.
    pub fn new<'a>(docs: &str, pages: impl Iterator<Item = (&'a str, &'a str)>) -> Links {
        let mut anchors = HashMap::new();
        for (page, text) in pages {
            for anchor in self::anchors(text) {
                anchors.entry(anchor).or_insert_with(|| page.to_owned());
            }
        }
        Links { docs: format!("{}/", docs.trim_end_matches('/')), anchors }
    }

    /// Adds an anchor that is not in the text of a page.
    pub fn add(&mut self, anchor: String, page: &str) {
        self.anchors.insert(anchor, page.to_owned());
    }

    /// Writes the address of each link into the Markdown of a page.
    ///
    /// # Errors
    ///
    /// If a link leads nowhere.
    pub fn resolve(&self, page: &str, text: &str) -> io::Result<String> {
        let mut edits = Vec::new();
        for (event, range) in parser(text).into_offset_iter() {
            let Event::Start(Tag::Link { link_type, dest_url, .. }) = event else { continue };
            let address = self
                .address(page, &dest_url)
                .ok_or_else(|| io::Error::other(format!("{page}: a link has no target: {dest_url}")))?;
            let link = &text[range.clone()];
            match link_type {
                LinkType::Inline => {
                    let start = range.start + link.rfind("](").unwrap_or_default() + 2;
                    edits.push((start..range.end - 1, address));
                }
                LinkType::ShortcutUnknown => edits.push((range.end..range.end, format!("({address})"))),
                // Addresses as they are.
                _ => {}
            }
        }
        let mut resolved = text.to_owned();
        for (range, address) in edits.into_iter().rev() {
            resolved.replace_range(range, &address);
        }
        Ok(resolved)
    }

    /// Where a link of this page leads.
    fn address(&self, page: &str, link: &str) -> Option<String> {
        if let Some(anchor) = link.strip_prefix('#') {
            let target = self.anchors.get(anchor)?;
            return Some(if target == page { link.to_owned() } else { format!("{target}.html#{anchor}") });
        }
        // Other sites, and pages that other modules make: a test follows the latter.
        if link.contains("://") || link.contains(".html") || link.contains(".json") || link.contains(".csv") {
            return Some(link.to_owned());
        }
        let link = link.trim_matches('`');
        // Items that the chapter names without a path.
        let names = [link.to_owned(), format!("crate::{link}"), format!("structures::{link}")];
        let find = |table: &[(&str, &str)]| {
            let mut found = table.iter().filter(|(name, _)| names.iter().any(|known| known == name));
            found.next().map(|(_, file)| (*file).to_owned())
        };
        find(&PAGES).or_else(|| find(&API).map(|file| format!("{}growable_nd/{file}", self.docs)))
    }
}

/// The address and the title of a link that is written without an address.
type Unknown<'a> = fn(BrokenLink<'a>) -> Option<(CowStr<'a>, CowStr<'a>)>;

/// Markdown with the links of rustdoc: a name in brackets is a link if it is written as code.
fn parser(text: &str) -> Parser<'_, Unknown<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let item: Unknown<'_> = |link| link.reference.starts_with('`').then(|| (link.reference, "".into()));
    Parser::new_with_broken_link_callback(text, options, Some(item))
}

/// The anchors of a page: of its headings, and those of HTML.
fn anchors(text: &str) -> Vec<String> {
    let (mut found, mut heading) = (Vec::new(), None);
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => found.extend(heading.take().map(|text| anchor(&text))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let ids = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
                found.extend(ids.map(str::to_owned));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Links;

    #[test]
    fn links_lead_to_the_page_of_an_anchor() {
        let pages = [("a", "# A\n<a id=\"theorem-1\"></a>**Theorem 1**"), ("b", "# B\n## The `b` game\n")];
        let links = Links::new("https://docs.example/", pages.into_iter());
        let resolve = |text| links.resolve("a", text).unwrap();
        assert_eq!(resolve("[1](#theorem-1), [2](#the-b-game)"), "[1](#theorem-1), [2](b.html#the-b-game)");
        let ledger = "https://docs.example/growable_nd/amortized/struct.Ledger.html";
        assert_eq!(resolve("A [`Ledger`] of [1]."), format!("A [`Ledger`]({ledger}) of [1]."));
        assert_eq!(resolve("[the `ledger`](Ledger)"), format!("[the `ledger`]({ledger})"));
        assert_eq!(resolve("[`zoo`](crate::zoo)"), "[`zoo`](zoo.html)");
        assert_eq!(resolve("```\n[`Nothing`]\n```\n"), "```\n[`Nothing`]\n```\n");
        for wrong in ["[1](#theorem-2)", "[`Legder`]", "[x](crate::Legder)"] {
            assert!(links.resolve("a", wrong).unwrap_err().to_string().contains("has no target"), "{wrong}");
        }
    }
}
