//! The site of the book: the chapter in pages, cheat sheet, zoo, slides, and the explorer.
//!
//! [`build`] has the order of the steps. `chapter` splits the text into pages, `links` resolves
//! links, `live` puts figures into pages, `polish` adapts the pages of mdBook, [`explorer`]
//! compiles the explorer, and [`serve()`] serves the result. mdBook makes HTML, navigation and
//! search.

mod chapter;
pub mod cheat_sheet;
pub mod explorer;
mod links;
mod live;
pub mod math;
mod polish;
pub mod print;
mod serve;
pub mod slides;
pub mod zoo_page;

use self::chapter::Section;
use self::links::Links;
use self::live::Figures;
use crate::records;
use ::explorer::color::dark_variables;
use fs_err as fs;
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem, Chapter, SectionNumber};
use mdbook_driver::config::{Config, HtmlConfig, Playground};
use std::io;
use std::path::{Path, PathBuf};

pub use self::links::API;
pub use self::live::LIVE;
pub use self::serve::{listen, serve};

/// The address of the documentation of the crate.
pub const DOCS: &str = "https://docs.rs/growable-nd/latest/";

const TITLE: &str = "Growing arrays";
const ABOUT: &str =
    "Amortized analysis of growing arrays: theorems, programs, real growth policies, and an explorer";
/// The folder of the site's own styles and scripts.
const WEB: &str = "tools/book/web";

/// The groups of pages, each with the page that it begins with.
const GROUPS: [(&str, &str); 6] = [
    ("The core", "the-core-with-factor-2"),
    ("The theorems", "the-model"),
    ("What memory costs", "averages"),
    ("Beyond one block", "several-growing-axes"),
    ("Choose and practise", "which-factor"),
    ("Reference", "cheat-sheet"),
];

/// Options of the site.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address of the documentation of the crate.
    pub docs: String,
}

/// Facts about a built site.
#[derive(Clone, Debug)]
pub struct Built {
    /// The number of pages.
    pub pages: usize,
    /// The files of the explorer and their lengths, or the reason why it was left out.
    pub explorer: Result<explorer::Sizes, String>,
}

/// Builds the site of the repository at `root` in the folder `out`, whose content it replaces.
///
/// # Errors
///
/// If a file cannot be read or written, a link leads nowhere, or the explorer does not compile.
pub fn build(root: &Path, out: &Path, options: &Options) -> io::Result<Built> {
    fs::create_dir_all(out)?;
    let out = out.canonicalize()?;
    let chapter = chapter::read(root)?;
    let figures = chapter.figures.clone();
    let pages = resolved(pages(chapter)?, &figures, &options.docs)?;
    render(root, &out, &pages)?;

    let explorer = explorer::build(root, &out, &options.docs)?;
    if let Err(reason) = &explorer {
        explorer::without(&out, reason)?;
    }
    // The explorer defines the colours of figures on dark pages. Paper is white.
    let style = out.join("book.css");
    let dark = format!(
        "\n@media screen {{\n    html:is(.coal, .navy, .ayu) {{\n        {}\n    }}\n}}\n",
        dark_variables().replace(';', ";\n        ")
    );
    fs::write(&style, fs::read_to_string(&style)? + &dark + "\n" + math::CSS)?;
    let figures = Figures::read(root, &figures, explorer.is_ok())?;
    polish::pages(&out, |page| figures.put_into(page))?;
    for (name, content) in files(root)? {
        let path = out.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&out))?;
        fs::write(path, content)?;
    }
    Ok(Built { pages: pages.len(), explorer })
}

/// Files beside the pages of mdBook: slides, and what the page of the zoo and the cheat sheet load.
fn files(root: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = vec![
        ("cheat-sheet.css".to_owned(), include_str!("../../web/cheat-sheet.css").to_owned()),
        ("zoo.css".to_owned(), include_str!("../../web/zoo.css").to_owned()),
        ("zoo.js".to_owned(), include_str!("../../web/zoo.js").to_owned()),
        ("zoo.json".to_owned(), zoo_page::json()),
        ("zoo.csv".to_owned(), zoo_page::csv()),
    ];
    files.extend(slides::files(root)?);
    Ok(files)
}

/// All pages in their order: the introduction, the sections of the chapter, and tables.
fn pages(chapter: chapter::Chapter) -> io::Result<Vec<Section>> {
    let mut pages = vec![index(&chapter.introduction)?];
    pages.extend(chapter.sections);
    let tables = [("cheat-sheet", "Cheat sheet", cheat_sheet::page()), ("zoo", "The zoo", zoo_page::page())];
    for (name, title, text) in tables {
        pages.push(Section { name: name.to_owned(), title: title.to_owned(), text });
    }
    // The section about sources is the last one, and belongs to the reference.
    if let Some(at) = pages.iter().position(|page| page.name.starts_with("what-is-known")) {
        let sources = pages.remove(at);
        pages.push(sources);
    }
    Ok(pages)
}

/// The first page: a description of the book, the ways into it, the list of sections at the end of
/// the introduction, and the crate.
fn index(introduction: &str) -> io::Result<Section> {
    let (text, list) = introduction
        .split_once("\n- [")
        .ok_or_else(|| io::Error::other("the introduction of the chapter has no list of sections"))?;
    let (first, programs) = text
        .trim_start()
        .split_once("\n\n")
        .ok_or_else(|| io::Error::other("the introduction of the chapter has no second paragraph"))?;
    let (ways, the_crate) = (include_str!("../../web/ways.md"), include_str!("../../web/crate.md"));
    let version = records::version();
    let minor = version.rsplit_once('.').map_or(version, |(minor, _)| minor);
    let the_crate = the_crate.replace("{version}", version).replace("{minor}", minor);
    let text = format!(
        "# {TITLE}\n\n{first}\n\n{ways}\n## Contents\n\n- [{list}\n{the_crate}\n## Programs\n\n{programs}\n"
    );
    Ok(Section { name: "index".to_owned(), ..Section::new(text) })
}

/// The pages with resolved links, visible anchors, and mathematics.
fn resolved(mut pages: Vec<Section>, figures: &[String], docs: &str) -> io::Result<Vec<Section>> {
    let mut links = Links::new(docs, pages.iter().map(|page| (&*page.name, &*page.text)));
    for (number, figure) in (1..).zip(figures) {
        let page = pages.iter().find(|page| page.text.contains(&chapter::figure_mark(figure)));
        links.add(format!("figure-{number}"), page.map_or("index", |page| &page.name));
    }
    for page in &mut pages {
        page.text = links.resolve(&page.name, &page.text)?;
        for number in 1..=theorems(&page.text) {
            let anchor = format!("theorem-{number}");
            let link = anchor_link(&anchor, &format!("Theorem {number}"));
            let link = link.replacen("<a ", &format!("<a id=\"{anchor}\" "), 1);
            page.text = page.text.replace(&format!("<a id=\"{anchor}\"></a>"), &link);
        }
        page.text = math::with_mathml(&page.text).replace(DOCS, &links.docs);
    }
    Ok(pages)
}

/// The number of the last theorem of a page; zero if it has none.
fn theorems(text: &str) -> u32 {
    let numbers =
        text.split("<a id=\"theorem-").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
    numbers.max().unwrap_or(0)
}

/// A link to its own place. It is visible while it has the pointer or the focus.
fn anchor_link(anchor: &str, name: &str) -> String {
    format!("<a class=\"anchor\" href=\"#{anchor}\" aria-label=\"Link to {name}\"></a>")
}

/// Makes HTML.
fn render(root: &Path, out: &Path, pages: &[Section]) -> io::Result<()> {
    let failed = |error: mdbook_driver::errors::Error| io::Error::other(format!("{error:#}"));
    // All pages are in memory. The folder of the source is that of the site, so that nothing is
    // copied from it.
    let config = config(out).map_err(failed)?;
    let mut site =
        MDBook::load_with_config_and_summary(root.join(WEB), config, Default::default()).map_err(failed)?;
    site.book = book(pages);
    site.build().map_err(failed)
}

fn config(out: &Path) -> Result<Config, mdbook_driver::errors::Error> {
    let mut config = Config::default();
    config.book.title = Some(TITLE.to_owned());
    config.book.description = Some(ABOUT.to_owned());
    config.book.language = Some("en".to_owned());
    config.book.src = out.to_owned();
    config.build.build_dir = out.to_owned();
    config.build.create_missing = false;
    config.build.use_default_preprocessors = false;
    let mut html = HtmlConfig::default();
    html.additional_css = vec![PathBuf::from("book.css")];
    html.additional_js = vec![PathBuf::from("site.js")];
    html.preferred_dark_theme = Some("navy".to_owned());
    html.hash_files = false;
    // A page for addresses that are not found would have absolute addresses.
    html.input_404 = Some(String::new());
    html.playground = Playground::default();
    html.playground.runnable = false;
    config.set("output.html", html)?;
    Ok(config)
}

/// The pages with the titles of their groups between them.
fn book(pages: &[Section]) -> Book {
    let mut book = Book::new();
    let mut number = 0;
    for page in pages {
        if let Some((title, _)) = GROUPS.iter().find(|(_, first)| *first == page.name) {
            book.push_item(BookItem::PartTitle((*title).to_owned()));
        }
        let file = format!("{}.md", page.name);
        // A title is plain text.
        let mut chapter = Chapter::new(&page.title.replace('`', ""), page.text.clone(), file, Vec::new());
        if page.name != "index" {
            number += 1;
            chapter.number = Some(SectionNumber::new([number]));
        }
        book.push_item(chapter);
    }
    book
}
