//! The slides are complete, their links lead into the book, and their numbers are those of the
//! chapter.

// On smaller machines some figures have more rows than can be counted.
#![cfg(target_pointer_width = "64")]

#[path = "slides/numbers.rs"]
mod numbers;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

const LECTURES: [&str; 2] = [include_str!("../slides/lecture-1.md"), include_str!("../slides/lecture-2.md")];
const SLIDES: usize = 30;
const LIVE: usize = 8;
/// Maximum number of words on a slide, without its title, tables and the line of links.
const MOST_WORDS: usize = 45;

struct Slide<'a> {
    title: &'a str,
    text: &'a str,
    notes: &'a str,
}

fn slides(lecture: &str) -> Vec<Slide<'_>> {
    let slide = |source: &'static str| {
        let (body, notes) = source.split_once("\nNote:\n").expect("a slide has notes");
        let (title, text) = body.trim().split_once('\n').expect("a slide has a text");
        Slide { title: title.trim_start_matches("# "), text, notes }
    };
    let lecture: &'static str = LECTURES.into_iter().find(|found| *found == lecture).expect("a lecture");
    lecture.split("\n---\n").map(slide).collect()
}

fn all() -> impl Iterator<Item = Slide<'static>> {
    LECTURES.into_iter().flat_map(slides)
}

/// Returns the targets of the links in a text.
fn links(text: &str) -> Vec<&str> {
    text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect()
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn each_lecture_has_thirty_slides_and_eight_live_ones() {
    for lecture in LECTURES {
        let slides = slides(lecture);
        assert_eq!(slides.len(), SLIDES);
        let live = |key: &str| {
            let of = |slide: &&Slide| {
                links(slide.text).iter().any(|link| link.contains("#embed") && link.contains(key))
            };
            slides.iter().filter(of).count()
        };
        assert!(live("") >= LIVE);
        assert!(live("quiz=") >= 3, "{}", live("quiz="));
    }
}

#[test]
fn slides_are_short_and_lead_to_the_book() {
    let mut titles = HashSet::new();
    for Slide { title, text, notes } in all() {
        assert!(titles.insert(title), "{title}: there are two");
        assert!(title.split_whitespace().count() >= 5 && !title.ends_with('.'), "{title}: not a sentence");
        assert!(text.contains("\nSee ["), "{title}: no link");
        assert!(!notes.trim().is_empty(), "{title}: no notes");
        let is_said = |line: &&str| !line.starts_with(['|', '[', '!']) && !line.starts_with("See [");
        // Signs of formulas do not count as words.
        let words = text.lines().filter(is_said).flat_map(str::split_whitespace);
        let words = words.filter(|word| word.chars().any(char::is_alphabetic)).count();
        assert!(words <= MOST_WORDS, "{title}: {words} words");
    }
}

#[test]
fn a_figure_without_the_explorer_is_linked() {
    for Slide { title, text, .. } in all() {
        let figures = links(text).into_iter().filter_map(|link| link.strip_prefix("../../../"));
        for figure in figures {
            let number = read(figure)
                .split_once("id=\"")
                .and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()));
            let anchor = format!("#{}", number.expect("a figure has an anchor"));
            assert!(text.contains(&anchor) || text.contains("#embed"), "{title}: no link to {anchor}");
        }
    }
}

#[test]
fn pages_are_whole_and_need_no_other_host() {
    let files: HashMap<String, String> = book::site::slides::files(root()).unwrap().into_iter().collect();
    for name in ["slides/index.html", "slides/slides.css", "slides/slides.js"] {
        assert!(files.contains_key(name), "{name}");
    }
    for name in ["slides/lecture-1.html", "slides/lecture-2.html"] {
        let page = &files[name];
        assert_eq!(page.matches("<section class=\"slide\"").count(), SLIDES);
        for number in 1..=SLIDES {
            assert!(
                page.contains(&format!("id=\"{number}\" aria-labelledby=\"title-{number}\"")),
                "{name}, {number}"
            );
            assert_eq!(page.matches(&format!("id=\"title-{number}\">")).count(), 1, "{name}, {number}");
        }
        assert_eq!(page.matches("<h1").count(), 1);
        assert!(page.matches("data-src=\"../explorer.html#embed&amp;").count() >= LIVE, "{name}");
        // A picture that was not drawn would still be an image.
        assert!(!page.contains("<img"), "{name}");
        assert_eq!(page.matches("<svg").count(), page.matches(" role=\"img\"").count(), "{name}");
        assert!(page.contains("<desc>"), "{name}: no still picture of the explorer");
    }
    for (name, text) in &files {
        for outside in ["src=\"http", "href=\"http", "url(http", "@import"] {
            assert!(!text.contains(outside), "{name}: {outside}");
        }
    }
}

/// Returns the numbers in a text, without thousands separators.
fn numbers(text: &str) -> HashSet<String> {
    let text = text.replace([',', '_'], "");
    let parts = text.split(|ch: char| !ch.is_ascii_digit() && ch != '.');
    parts.map(|part| part.trim_matches('.').to_owned()).filter(|part| !part.is_empty()).collect()
}

#[test]
fn large_numbers_are_in_the_chapter() {
    let mut chapter = read("docs/zoo.md");
    for folder in ["docs/amortized", "docs/figures"] {
        for file in fs::read_dir(root().join(folder)).unwrap() {
            chapter += &fs::read_to_string(file.unwrap().path()).unwrap();
        }
    }
    let mut known = numbers(&chapter);
    // Budgets, which the chapter states in hundredths.
    known.extend(["3.8", "3.9", "3.95"].map(str::to_owned));
    for Slide { title, text, notes } in all() {
        let lines = text.lines().chain(notes.lines()).filter(|line| !line.contains("explorer.html"));
        for number in lines.flat_map(numbers) {
            let is_small = !number.contains('.') && number.len() < 3;
            assert!(is_small || known.contains(&number), "{title}: {number} is not in the chapter");
        }
    }
}
