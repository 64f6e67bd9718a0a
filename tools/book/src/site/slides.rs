//! The slides of two lectures, each a page of its own: `slides/lecture-1.md` and
//! `slides/lecture-2.md`.
//!
//! A file is Markdown. `---` separates slides, the first line of a slide is its title, and the
//! speaker's notes come after a line `Note:`. Two kinds of paragraphs become pictures:
//!
//! - an image of the folder `docs/figures` becomes the figure itself;
//! - a link to `../explorer.html#embed…` becomes the explorer, once the slide is shown. In print,
//!   and until the explorer runs, the figure of the slide is in its place, or the pictures of the
//!   explorer that the link shows.

use super::math::{self, with_mathml};
use crate::html::with_whole_formulas;
use explorer::pictures::Style;
use explorer::{Escaped, Explorer};
use fs_err as fs;
use pulldown_cmark::{Options, Parser, html};
use std::fmt::Write;
use std::path::Path;
use std::{io, iter};

/// The number by which the explorer draws all its arrays in one picture.
const BOTH: usize = 2;
/// Reallocations in pictures of the heap: with these factors a block has then moved into a hole, if
/// it ever does.
const REALLOCATIONS: u32 = 6;

const LECTURES: [(&str, &str); 2] = [
    ("lecture-1", include_str!("../../slides/lecture-1.md")),
    ("lecture-2", include_str!("../../slides/lecture-2.md")),
];

/// The path of each file below the root of the site, and its content.
///
/// # Errors
///
/// If a figure cannot be read, or the explorer cannot read a link to it.
pub fn files(root: &Path) -> io::Result<Vec<(String, String)>> {
    let mut decks = Vec::new();
    for (name, source) in LECTURES {
        decks.push((name, deck(root, source)?));
    }
    let mut files = vec![
        ("slides/index.html".to_owned(), index(&decks)),
        ("slides/slides.css".to_owned(), format!("{}\n{}", math::CSS, include_str!("../../web/slides.css"))),
        ("slides/slides.js".to_owned(), include_str!("../../web/slides.js").to_owned()),
    ];
    files.extend(decks.iter().map(|(name, slides)| (format!("slides/{name}.html"), lecture(slides))));
    Ok(files)
}

/// A slide, in HTML.
struct Slide {
    title: String,
    text: String,
    /// The explorer: its address and a title.
    live: Option<(String, String)>,
    /// A figure, or pictures in place of the explorer.
    still: String,
    notes: String,
}

fn deck(root: &Path, source: &str) -> io::Result<Vec<Slide>> {
    source.split("\n---\n").map(|source| slide(root, source)).collect()
}

fn slide(root: &Path, source: &str) -> io::Result<Slide> {
    let (body, notes) = source.split_once("\nNote:\n").unwrap_or((source, ""));
    let (title, body) = body.trim().split_once('\n').unwrap_or((body.trim(), ""));
    let (mut text, mut live, mut still) = (String::new(), None, String::new());
    for paragraph in body.split("\n\n") {
        if let Some((title, link)) =
            link(paragraph).filter(|(_, link)| link.starts_with("../explorer.html#embed"))
        {
            live = Some((link.to_owned(), title.to_owned()));
        } else if let Some((_, path)) = paragraph.trim().strip_prefix('!').and_then(link) {
            still = figure(root, path)?;
        } else {
            text += paragraph;
            text += "\n\n";
        }
    }
    if let Some((link, _)) = &live
        && still.is_empty()
    {
        still = pictures(link)?;
    }
    let (title, text, notes) = (inline(title.trim_start_matches("# ")), markdown(&text), markdown(notes));
    Ok(Slide { title, text, live, still, notes })
}

/// The text and the address of a paragraph that is only a link.
fn link(paragraph: &str) -> Option<(&str, &str)> {
    let (text, link) = paragraph.trim().strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    (!link.contains(')')).then_some((text, link))
}

/// The drawing of a file in `docs/figures`. The style sheet sets size and colours.
fn figure(root: &Path, path: &str) -> io::Result<String> {
    let file = root.join("tools/book/slides").join(path);
    let figure = fs::read_to_string(&file)?;
    let between = |from: &str, to: &str| {
        let start = figure.find(from)? + from.len();
        let end = start + figure[start..].find(to)?;
        Some(&figure[start..end])
    };
    let (Some(head), Some(drawing)) = (between("<svg", " style="), between("</style>", "</svg>")) else {
        return Err(io::Error::other(format!("{} is not a figure of the chapter", file.display())));
    };
    Ok(format!("<figure><svg{head}>{drawing}</svg></figure>"))
}

/// The pictures that a link to the explorer shows.
fn pictures(link: &str) -> io::Result<String> {
    let failed = |fault: String| io::Error::other(format!("{link}: {fault}"));
    let (_, fragment) = link.split_once('#').unwrap_or_default();
    let mut explorer = Explorer::open(fragment).map_err(failed)?;
    let show = explorer.show();
    if show == "heap" {
        // A heap has holes only after reallocations.
        for _ in 0..REALLOCATIONS {
            explorer.to_next_growth().map_err(failed)?;
        }
    }
    let style = Style { width: 380, copied: None, rows: 0, standalone: None };
    let mut figure = "<figure>".to_owned();
    for name in show.split(',') {
        figure += &explorer.draw(name, BOTH, &style).map_err(failed)?;
    }
    Ok(figure + "</figure>")
}

fn markdown(text: &str) -> String {
    let text = with_mathml(text);
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(&text, Options::ENABLE_TABLES));
    with_whole_formulas(&page)
}

/// HTML without the paragraph around it.
fn inline(text: &str) -> String {
    let page = markdown(text);
    page.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
}

fn lecture(slides: &[Slide]) -> String {
    let title = plain(&slides[0].title);
    let count = slides.len();
    let mut page = head(&title);
    page += "<body class=\"lecture\">\n<main id=\"deck\">\n";
    for (number, slide) in (1..).zip(slides) {
        page += &section(number, slide);
    }
    page += "</main>\n<dialog id=\"overview\" aria-labelledby=\"overview-title\">\n\
        <form method=\"dialog\"><h2 id=\"overview-title\">Overview</h2><button>Close</button></form>\n<ol>\n";
    for (number, slide) in (1..).zip(slides) {
        writeln!(page, "<li><a href=\"#{number}\">{}</a></li>", slide.title).expect("a string never fails");
    }
    write!(
        page,
        "</ol>\n</dialog>\n<dialog id=\"help\" aria-labelledby=\"help-title\">\n\
        <form method=\"dialog\"><h2 id=\"help-title\">Keys</h2><button>Close</button></form>\n{KEYS}\
        <p><label><input type=\"checkbox\" id=\"letters\" checked> Use the letters and <kbd>?</kbd></label></p>\n</dialog>\n\
        <p id=\"said\" class=\"unseen\" role=\"status\"></p>\n\
        <nav id=\"bar\" aria-label=\"Slides\" hidden>\n\
        <a href=\"index.html\">Lectures</a>\n\
        <button data-key=\"ArrowLeft\" aria-label=\"Previous slide\">←</button>\n\
        <span id=\"position\" aria-hidden=\"true\">1 / {count}</span>\n\
        <button data-key=\"ArrowRight\" aria-label=\"Next slide\">→</button>\n\
        <button data-key=\"o\" aria-label=\"Overview\"><span aria-hidden=\"true\">☰</span></button>\n\
        <button data-key=\"n\" aria-pressed=\"false\">Notes</button>\n\
        <button data-key=\"t\">Dark</button>\n\
        <button data-key=\"?\" aria-label=\"Help\">?</button>\n\
        <progress id=\"progress\" aria-hidden=\"true\" value=\"1\" max=\"{count}\"></progress>\n\
        </nav>\n</body>\n</html>\n"
    )
    .expect("a string never fails");
    page
}

fn section(number: u32, slide: &Slide) -> String {
    let Slide { title, text, live, still, notes } = slide;
    let level = if number == 1 { 1 } else { 2 };
    let (text, see) = text.split_at(text.rfind("<p>See ").unwrap_or(text.len()));
    let mut see = see.replacen("<p>", "<p class=\"see\">", 1);
    let mut picture = String::new();
    if let Some((link, title)) = live {
        let link = Escaped(link);
        picture = format!(" data-src=\"{link}\" data-title=\"{}\"", Escaped(title));
        let open = format!(" <a class=\"open\" href=\"{link}\">Open in the explorer</a></p>");
        see = see.replacen("</p>", &open, 1);
    }
    if !still.is_empty() {
        picture = format!("<div class=\"visual\"{picture}><div class=\"still\">{still}</div></div>\n");
    }
    let (text, class) = match (text.trim(), picture.as_str()) {
        ("", _) => (String::new(), "picture"),
        (text, "") => (format!("<div class=\"text\">\n{text}</div>\n"), "words"),
        (text, _) => (format!("<div class=\"text\">\n{text}</div>\n"), "both"),
    };
    let notes = match notes.is_empty() {
        true => String::new(),
        false => format!("<details class=\"notes\"><summary>Notes</summary>\n{notes}</details>\n"),
    };
    format!(
        "<section class=\"slide\" id=\"{number}\" aria-labelledby=\"title-{number}\">\n\
        <h{level} id=\"title-{number}\">{title}</h{level}>\n<div class=\"body {class}\">\n{text}{picture}</div>\n{see}\
        <span class=\"number\" aria-hidden=\"true\">{number}</span>\n{notes}</section>\n"
    )
}

fn index(decks: &[(&str, Vec<Slide>)]) -> String {
    let mut page = head("Slides of two lectures on growing arrays");
    page += "<body class=\"index\">\n<main>\n<p><a href=\"../index.html\">The book</a></p>\n\
        <h1>Slides of two lectures</h1>\n\
        <p>Each deck is one page that loads nothing from other hosts: copy the folder of the book and \
        show it offline. On many slides the explorer runs: push and pop rows, and let the students predict what happens \
        next.</p>\n";
    for (name, slides) in decks {
        let live = slides.iter().filter(|slide| slide.live.is_some()).count();
        write!(
            page,
            "<section>\n<h2><a href=\"{name}.html\">{}</a></h2>\n{}<p>{} slides, {live} of them live.</p>\n</section>\n",
            slides[0].title,
            slides[0].text,
            slides.len()
        )
        .expect("a string never fails");
    }
    page += "<h2>Keys</h2>\n";
    page += KEYS;
    page += "<p>To print a deck, or to save it as PDF, print its page: a slide becomes a page of 16:9, with \
        a figure or a table in place of the explorer. To include the notes, show them before you print.</p>\n\
        <p>The slides are under the MIT licence or Apache 2.0, at your option: change them as you like. Their text is in \
        the folder <code>tools/book/slides</code> of the repository.</p>\n\
        </main>\n</body>\n</html>\n";
    page
}

const KEYS: &str = "<table class=\"keys\">\n\
    <tr><th>→, space, Page down</th><td>next slide</td></tr>\n\
    <tr><th>←, Shift + space, Page up</th><td>previous slide</td></tr>\n\
    <tr><th>Home, End</th><td>first slide, last slide</td></tr>\n\
    <tr><th>F</th><td>full screen</td></tr>\n\
    <tr><th>N</th><td>speaker's notes</td></tr>\n\
    <tr><th>O</th><td>overview</td></tr>\n\
    <tr><th>T</th><td>light or dark</td></tr>\n\
    <tr><th>?</th><td>help</td></tr>\n\
    </table>\n\
    <p>On a touch screen, swipe beside the explorer. <code>#12</code> in the address is slide 12. \
        While you use the explorer the keys work there; click beside it to use them for the slides again.</p>\n";

fn head(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <title>{title}</title>\n<link rel=\"icon\" href=\"../favicon.svg\">\n<link rel=\"stylesheet\" href=\"slides.css\">\n\
        <script src=\"slides.js\"></script>\n</head>\n"
    )
}

/// The text in HTML, without its tags.
fn plain(html: &str) -> String {
    let mut rest = html;
    let pieces = iter::from_fn(|| {
        let (text, tag) = rest.split_once('<').unwrap_or((rest, ""));
        rest = tag.split_once('>').map_or("", |(_, after)| after);
        (!text.is_empty() || !rest.is_empty()).then_some(text)
    });
    pieces.collect()
}
