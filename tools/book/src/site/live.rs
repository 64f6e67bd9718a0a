//! Figures in pages: the drawing, its anchor, and for some a button that replaces the drawing by
//! the explorer.

use super::chapter::figure_mark;
use super::math;
use ::explorer::encoded;
use fs_err as fs;
use std::io;
use std::path::Path;

/// Figures that become live, with the state of the explorer: policies (`a`, `b`), operations
/// (`do`), the end of the axis over rows (`n`), and what is shown.
pub const LIVE: [(&str, &[(&str, &str)]); 12] = [
    ("boxes", &[("a", "2"), ("do", "8 x push;/;push"), ("show", "boxes,costs")]),
    ("spikes", &[("a", "2"), ("do", "70 x push"), ("show", "costs,bank")]),
    ("staircase", &[("a", "2"), ("b", "5/4"), ("do", "100 x push"), ("show", "staircase")]),
    ("copies", &[("a", "2"), ("b", "3/2"), ("do", "1000 x push"), ("n", "1e6"), ("show", "copies")]),
    ("potential", &[("a", "2"), ("do", "40 x push"), ("show", "potential,bank")]),
    (
        "shrinking",
        &[("a", "2 shrink to 2 at 1/4"), ("do", "33 x push;28 x pop"), ("show", "staircase,potential")],
    ),
    (
        "hysteresis",
        &[
            ("a", "2 shrink to 2 at 9/20"),
            ("b", "2 shrink to 2 at 1/4"),
            ("do", "33 x push;20 x pop;20 x push;20 x pop"),
            ("show", "costs,bank"),
        ],
    ),
    ("price", &[("a", "2"), ("b", "9/8"), ("do", "100 x push"), ("n", "1e6"), ("show", "plane")]),
    (
        "hyperbola",
        &[("a", "3/2"), ("b", "cpython-list"), ("do", "100 x push"), ("n", "1e6"), ("show", "plane")],
    ),
    ("rates", &[("a", "2"), ("b", "+1024"), ("do", "10000 x push"), ("n", "1e6"), ("show", "copies")]),
    ("sawtooth", &[("a", "3/2"), ("b", "2"), ("do", "1000 x push"), ("show", "heap")]),
    ("structures", &[("a", "2"), ("b", "5/4"), ("do", "100 x push"), ("n", "1e6"), ("show", "plane")]),
];

/// The figures of the chapter.
pub struct Figures {
    /// The name and the HTML of each figure.
    figures: Vec<(String, String)>,
}

impl Figures {
    /// Reads drawings from the folder `docs`.
    ///
    /// # Errors
    ///
    /// If a drawing cannot be read.
    pub fn read(root: &Path, names: &[String], explorer: bool) -> io::Result<Figures> {
        let mut figures = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let drawing = fs::read_to_string(root.join(format!("docs/figures/{name}.svg")))?;
            let live = LIVE.iter().find(|(live, _)| explorer && live == name);
            let figure = framed(&drawing, index + 1, live.map(|(_, state)| *state));
            figures.push((name.clone(), math::captions(&figure)));
        }
        Ok(Figures { figures })
    }

    /// Replaces the marks in a page by their figures.
    pub fn put_into(&self, page: &str) -> String {
        let mut page = page.to_owned();
        for (name, figure) in &self.figures {
            page = page.replace(&figure_mark(name), figure);
        }
        page
    }
}

/// A figure: the drawing without the styles for rustdoc, a link to the figure, and possibly a
/// button.
fn framed(drawing: &str, number: usize, live: Option<&[(&str, &str)]>) -> String {
    let drawing = without(&without(drawing, "<style>", "</style>\n"), " style=\"margin", "\"");
    let drawing = without(&drawing, " style=\"width", "\"");
    let link = super::anchor_link(&format!("figure-{number}"), &format!("Figure {number}"));
    let button = live.map(|state| {
        let state = fragment(state);
        format!("<button type=\"button\" class=\"try\" data-explorer=\"{state}\" hidden>Try it</button>\n")
    });
    let end = format!("{link}</figcaption>\n{}</figure>", button.unwrap_or_default());
    drawing.replace("</figcaption>\n</figure>", &end)
}

/// Removes the first text that begins with `start` and ends with `end`.
fn without(text: &str, start: &str, end: &str) -> String {
    let removed = || {
        let (before, rest) = text.split_once(start)?;
        let (_, after) = rest.split_once(end)?;
        Some(format!("{before}{after}"))
    };
    removed().unwrap_or_else(|| text.to_owned())
}

/// The fragment of an address that opens this state, embedded in a page.
pub fn fragment(state: &[(&str, &str)]) -> String {
    state.iter().fold("embed".to_owned(), |text, (key, value)| format!("{text}&amp;{key}={}", encoded(value)))
}

#[cfg(test)]
mod tests {
    use super::{fragment, framed};

    #[test]
    fn fragments_are_encoded() {
        let state = [("a", "2 shrink to 3/2 at 1/4"), ("b", "+8"), ("do", "9 x push;pop")];
        let encoded = "embed&amp;a=2+shrink+to+3/2+at+1/4&amp;b=%2B8&amp;do=9+x+push;pop";
        assert_eq!(fragment(&state), encoded);
    }

    #[test]
    fn a_frame_has_a_link_and_a_button() {
        let drawing = "<figure id=\"figure-1\" style=\"margin:1em 0\">\n<svg style=\"width:100%\">\n<style>a</style>\n\
            </svg>\n<figcaption>Boxes.</figcaption>\n</figure>\n";
        let framed = framed(drawing, 1, Some(&[("a", "2")]));
        assert!(
            framed.starts_with("<figure id=\"figure-1\">\n<svg>\n</svg>\n<figcaption>Boxes."),
            "{framed}"
        );
        assert!(
            framed.contains("href=\"#figure-1\"") && framed.contains("data-explorer=\"embed&amp;a=2\""),
            "{framed}"
        );
    }
}
