//! The built site: links, anchors, figures, and no requests to other hosts.

// On smaller machines some figures have more rows than can be counted.
#![cfg(target_pointer_width = "64")]

use book::site::{self, Built, Options};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The site, built into its own folder.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
    let built = site::build(root(), &folder, &Options { docs: site::DOCS.to_owned() }).unwrap();
    let mut files = BTreeMap::new();
    read(&folder, "", &mut files);
    let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
    let pages = pages.map(|(name, text)| (name.clone(), tags(&String::from_utf8_lossy(text)))).collect();
    Site { built, files, pages }
});

struct Site {
    built: Built,
    /// The content of each file, by its path.
    files: BTreeMap<String, Vec<u8>>,
    /// The tags of each page.
    pages: BTreeMap<String, Vec<Tag>>,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// A start tag.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

#[derive(Default)]
struct Tags(RefCell<Vec<Tag>>);

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let raw = match (tag.kind, &*tag.name) {
            (TagKind::StartTag, "script") => TokenSinkResult::RawData(RawKind::ScriptData),
            (TagKind::StartTag, "style") => TokenSinkResult::RawData(RawKind::Rawtext),
            (TagKind::StartTag, "title") => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        };
        if tag.kind == TagKind::StartTag {
            let attributes = tag.attrs.iter();
            let attributes = attributes.map(|each| (each.name.local.to_string(), each.value.to_string()));
            self.0.borrow_mut().push(Tag { name: tag.name.to_string(), attributes: attributes.collect() });
        }
        raw
    }
}

/// Returns the start tags of a page in order.
fn tags(html: &str) -> Vec<Tag> {
    let tokenizer = Tokenizer::new(Tags::default(), Default::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    let mut attributes = tag.attributes.iter();
    attributes.find(|(found, _)| found == name).map(|(_, value)| &**value)
}

fn ids(tags: &[Tag]) -> impl Iterator<Item = &str> {
    tags.iter().filter_map(|tag| attribute(tag, "id"))
}

/// Returns the path and the anchor of a link on `page`, or `None` if it leads to another host.
fn target(page: &str, link: &str) -> Option<(String, String)> {
    if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap();
    if path.is_empty() {
        return Some((page.to_owned(), anchor.to_owned()));
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().unwrap_or_else(|| panic!("{page}: {link} leaves the site"))),
            "." | "" => {}
            _ => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor.to_owned()))
}

#[test]
fn every_link_and_anchor_is_there() {
    let site = &*SITE;
    let mut wrong = Vec::new();
    for (page, tags) in &site.pages {
        for tag in tags {
            let links =
                ["href", "src", "xlink:href", "data-src"].iter().filter_map(|name| attribute(tag, name));
            for link in links {
                let Some((path, anchor)) = target(page, link) else { continue };
                let there = match site.pages.get(&path) {
                    // A fragment with values is a state of the explorer.
                    Some(_) if path == "explorer.html" && anchor.contains('=') => {
                        explorer::Explorer::open(&anchor).is_ok()
                    }
                    Some(tags) => anchor.is_empty() || ids(tags).any(|id| id == anchor),
                    // A file that only `-- print` makes.
                    None => path == "book.pdf" || site.files.contains_key(&path),
                };
                if !there {
                    wrong.push(format!("{page}: {link}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_page_has_a_language_a_title_and_each_id_once() {
    for (page, tags) in &SITE.pages {
        // Only used as a frame in browsers without scripts.
        if page == "toc.html" {
            continue;
        }
        let html = tags.iter().find(|tag| &*tag.name == "html").and_then(|tag| attribute(tag, "lang"));
        assert_eq!(html, Some("en"), "{page}");
        assert!(tags.iter().any(|tag| &*tag.name == "title"), "{page} has no title");
        let mut seen = BTreeSet::new();
        for id in ids(tags) {
            assert!(seen.insert(id), "{page} has the id {id} twice");
        }
    }
}

#[test]
fn nothing_is_loaded_from_other_hosts() {
    for (page, tags) in &SITE.pages {
        for tag in tags {
            let loads = match &*tag.name {
                "a" => None,
                "link" | "image" | "use" => attribute(tag, "href"),
                _ => attribute(tag, "src").or_else(|| attribute(tag, "data")),
            };
            assert!(!loads.is_some_and(|link| link.contains("//")), "{page}: {}", loads.unwrap());
            // mdBook's script would send such programs to a compiler at another host.
            let classes = attribute(tag, "class").unwrap_or_default();
            assert!(!classes.split(' ').any(|class| class == "playground"), "{page} has a program to run");
        }
    }
    for (name, text) in
        SITE.files.iter().filter(|(name, _)| name.ends_with(".css") || name.ends_with(".html"))
    {
        let text = String::from_utf8_lossy(text);
        let other = ["url(http", "url(//", "url(\"http", "url('http", "@import \"http", "@import url"];
        assert!(other.iter().all(|start| !text.contains(start)), "{name} loads from another host");
    }
}

#[test]
fn sections_figures_and_theorems_are_there_once() {
    let site = &*SITE;
    let chapter = fs::read_to_string(root().join("src/amortized/mod.rs")).unwrap();
    let figures = chapter.matches("docs/figures/").count();
    let count = |page: &str, start: &str| ids(&site.pages[page]).filter(|id| id.starts_with(start)).count();
    let sections: Vec<&str> = site.pages.keys().map(|page| &**page).collect();
    let sections = sections.iter().filter(|page| !["print.html", "index.html"].contains(page));
    let on_pages = |start: &str| sections.clone().map(|page| count(page, start)).sum::<usize>();
    assert_eq!((on_pages("figure-"), count("print.html", "figure-")), (figures, figures));
    assert_eq!((on_pages("theorem-"), count("print.html", "theorem-")), (10, 10));
    for page in
        ["index.html", "the-model.html", "exercises.html", "cheat-sheet.html", "zoo.html", "explorer.html"]
    {
        assert!(site.pages.contains_key(page), "{page} is not there");
    }
    // No placeholder of a figure is left.
    for page in site.pages.keys() {
        assert!(!String::from_utf8_lossy(&site.files[page]).contains("<!--figure"), "{page}");
    }
}

#[test]
fn live_figures_have_a_button() {
    let live = SITE.pages.iter().filter(|(page, _)| *page != "print.html").flat_map(|(_, tags)| tags);
    let states: Vec<&str> = live.filter_map(|tag| attribute(tag, "data-explorer")).collect();
    for state in &states {
        assert!(explorer::Explorer::open(state).is_ok(), "{state}");
    }
    let expected = if SITE.built.explorer.is_ok() { site::LIVE.len() } else { 0 };
    assert_eq!(states.len(), expected);
}

#[test]
fn the_explorer_is_small() {
    match &SITE.built.explorer {
        Ok(sizes) => {
            let total: u64 = sizes.iter().map(|(_, bytes)| bytes).sum();
            assert!(total <= site::explorer::MOST_BYTES, "{total} bytes are too many: {sizes:?}");
        }
        Err(reason) => println!("LEFT OUT: the explorer, since {reason}"),
    }
}

#[test]
fn the_explorer_links_to_the_licence_and_the_documentation() {
    if SITE.built.explorer.is_err() {
        return;
    }
    let page = String::from_utf8_lossy(&SITE.files["explorer.html"]);
    let (_, footer) = page.split_once("<footer>").expect("a footer");
    let manifest = include_str!("../../../Cargo.toml");
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = ")).expect("a version");
    for text in [
        version.trim_matches('"'),
        "MIT or Apache-2.0",
        &format!("href=\"{}growable_nd/index.html\"", site::DOCS),
    ] {
        assert!(footer.contains(text), "{text}");
    }
}

/// Tested only if the documentation has been built.
#[test]
fn pages_of_the_api_are_there() {
    let targets = [Path::new(env!("CARGO_TARGET_TMPDIR")).join(".."), root().join("target")];
    let docs: Vec<PathBuf> = targets.iter().map(|target| target.join("doc/growable_nd")).collect();
    let Some(docs) = docs.iter().find(|docs| docs.join("index.html").is_file()) else {
        println!("LEFT OUT: links to the API, without `cargo doc`");
        return;
    };
    for (name, link) in site::API {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let page = fs::read_to_string(docs.join(file)).unwrap_or_else(|_| panic!("{name}: no page {file}"));
        assert!(
            anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")),
            "{name}: no anchor {anchor}"
        );
    }
}
