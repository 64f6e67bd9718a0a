//! The chapter in pages of one section, from the files that rustdoc shows as one page.

use fs_err as fs;
use std::io;
use std::path::Path;

/// The file that lists the parts of the chapter in their order.
const ORDER: &str = "src/amortized/mod.rs";
/// The text before the path of each part in that file.
const PART: &str = "include_str!(\"../../docs/";

/// The chapter, whose figures are comments with their names: see [`figure_mark`].
pub struct Chapter {
    /// The text before the first heading, in Markdown.
    pub introduction: String,
    pub sections: Vec<Section>,
    /// The names of the figures, the first one first.
    pub figures: Vec<String>,
}

/// A page of the site.
pub struct Section {
    /// The name of the file without `.html`: the anchor that the heading has in rustdoc.
    pub name: String,
    pub title: String,
    /// Markdown, from the heading on.
    pub text: String,
}

impl Section {
    /// A page that begins with a heading.
    pub fn new(text: String) -> Section {
        let first = text.lines().next().unwrap_or_default();
        let title = first.trim_start_matches("# ").to_owned();
        Section { name: anchor(&title), title, text }
    }
}

/// The mark at the place of a figure.
///
/// It is a comment, since the search index should not have the texts of a drawing.
pub fn figure_mark(name: &str) -> String {
    format!("<!--figure {name}-->")
}

/// Reads the chapter below the root of the repository.
///
/// # Errors
///
/// If a part cannot be read.
pub fn read(root: &Path) -> io::Result<Chapter> {
    let (mut text, mut figures) = (String::new(), Vec::new());
    for part in parts(&fs::read_to_string(root.join(ORDER))?) {
        text += "\n";
        if let Some(name) = part.strip_prefix("figures/").and_then(|file| file.strip_suffix(".svg")) {
            text += &figure_mark(name);
            figures.push(name.to_owned());
        } else {
            text += &fs::read_to_string(root.join("docs").join(part))?;
        }
        text += "\n";
    }
    let mut pages = split(&text).into_iter();
    let introduction = pages.next().unwrap_or_default();
    Ok(Chapter { introduction, sections: pages.map(Section::new).collect(), figures })
}

/// The parts of the chapter, as paths below `docs`.
fn parts(source: &str) -> impl Iterator<Item = &str> {
    source.split(PART).skip(1).filter_map(|rest| rest.split('"').next())
}

/// Splits the chapter before each heading of the first level, and names the language of its
/// programs.
fn split(text: &str) -> Vec<String> {
    let (mut pages, mut in_code) = (vec![String::new()], false);
    for line in text.lines() {
        let fence = line.trim_start().strip_prefix("```");
        if line.starts_with("# ") && !in_code {
            pages.push(String::new());
        }
        let page = pages.last_mut().expect("the introduction is there");
        page.push_str(line);
        // Code blocks that rustdoc treats as Rust.
        match fence {
            Some("") if !in_code => page.push_str("rust"),
            Some("no_run") if !in_code => page.replace_range(page.len() - "no_run".len().., "rust,no_run"),
            _ => {}
        }
        page.push('\n');
        in_code ^= fence.is_some();
    }
    pages
}

/// The anchor of a heading, as rustdoc and mdBook make it.
pub fn anchor(heading: &str) -> String {
    let letters = heading.trim().chars().flat_map(char::to_lowercase);
    letters
        .filter_map(|letter| match letter {
            _ if letter.is_alphanumeric() || "_-".contains(letter) => Some(letter),
            _ if letter.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{anchor, split};

    #[test]
    fn headings_split_and_hidden_lines_do_not() {
        let pages = split("before\n# One\n```\n# use a;\nb\n```\n\n# Two\n```text\nc\n```\n");
        assert_eq!(pages, ["before\n", "# One\n```rust\n# use a;\nb\n```\n\n", "# Two\n```text\nc\n```\n",]);
    }

    #[test]
    fn anchors_are_those_of_rustdoc() {
        assert_eq!(anchor("The core, with factor 2"), "the-core-with-factor-2");
        assert_eq!(anchor("What `realloc` changes"), "what-realloc-changes");
        assert_eq!(anchor("Which factor?"), "which-factor");
    }
}
