//! The figures and the table in `docs` are up to date and fit into their pages.

// On smaller machines some figures have more rows than can be counted.
#![cfg(target_pointer_width = "64")]

use explorer::color::{Color, Theme};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const REMAKE: &str = "run `cargo run --release -p book`";
/// Maximum total: all figures may be on one page.
const MOST_BYTES: usize = 300 << 10;

static DRAWN: LazyLock<Vec<(&str, String)>> = LazyLock::new(book::docs);

fn docs() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs"))
}

#[test]
fn files_are_what_is_drawn() {
    for (name, drawn) in &*DRAWN {
        let found = fs::read_to_string(docs().join(name)).unwrap_or_default();
        // Whole figures would make the message too long.
        assert!(found == *drawn, "docs/{name} is out of date: {REMAKE}");
    }
}

#[test]
fn no_file_is_left_over() {
    for file in fs::read_dir(docs().join("figures")).unwrap() {
        let name = format!("figures/{}", file.unwrap().file_name().to_string_lossy());
        assert!(DRAWN.iter().any(|(drawn, _)| *drawn == name), "docs/{name} is no figure: delete it");
    }
}

#[test]
fn all_together_are_small() {
    let bytes: usize = DRAWN.iter().map(|(_, drawn)| drawn.len()).sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes are more than {MOST_BYTES}");
}

#[test]
fn figures_are_numbered_in_the_order_of_the_chapter() {
    let chapter = fs::read_to_string(docs().join("../src/amortized/mod.rs")).unwrap();
    let included = chapter.split("docs/figures/").skip(1).map(|rest| rest.split('"').next().unwrap());
    for (number, name) in (1..).zip(included) {
        let (_, drawn) = DRAWN.iter().find(|(drawn, _)| *drawn == format!("figures/{name}")).unwrap();
        assert!(drawn.contains(&format!(" id=\"figure-{number}\"")), "{name} is not figure {number}");
    }
}

/// In Markdown a blank line would end the HTML.
#[test]
fn figures_are_one_block_of_html() {
    for (name, drawn) in DRAWN.iter().filter(|(name, _)| name.starts_with("figures/")) {
        assert!(drawn.starts_with("<figure ") && drawn.ends_with("</figure>\n"), "{name}");
        assert!(drawn.lines().all(|line| !line.trim().is_empty()), "{name} has a blank line");
    }
}

/// The style sheets of pages outside of mdBook have the colours of `explorer::color`.
#[test]
fn colors_are_variables_of_every_page() {
    for (name, drawn) in DRAWN.iter().filter(|(name, _)| name.starts_with("figures/")) {
        // A map whose colours go from light to dark, on any page.
        if *name == "figures/hysteresis.svg" {
            continue;
        }
        assert!(!drawn.contains("=\"#"), "{name} has a colour that dark pages do not replace");
    }
    let slides = include_str!("../web/slides.css");
    let explorer = include_str!("../../explorer/web/explorer.css");
    for color in Color::VARIABLES {
        let value = |theme| color.value(theme).to_lowercase();
        let (light, dark) = (value(Some(Theme::Light)), value(Some(Theme::Dark)));
        let name = value(None).split(['(', ',']).nth(1).unwrap().to_owned();
        assert!(slides.contains(&format!("{name}: {dark};")), "{name} of slides");
        assert!(
            explorer.contains(&format!("{name}: light-dark({light}, {dark});")),
            "{name} of the explorer"
        );
    }
}

/// The colours that texts of figures have, on each background: 4.5 is the contrast that WCAG 2.2 asks
/// for (1.4.3).
#[test]
fn texts_of_figures_can_be_read() {
    let style = include_str!("../web/book.css");
    let (_, rust) = style.split_once("html.rust {").expect("colours for the theme Rust");
    let of_rust = |color: Color| {
        let variable = color.value(None).trim_start_matches("var(").split(',').next().unwrap_or_default();
        let (_, value) = rust.split_once(&format!("{variable}: ")).expect(variable);
        value[..7].to_owned()
    };
    for color in [Color::Blue, Color::Red, Color::Green, Color::Pink, Color::Grey] {
        for (background, front) in [
            ("#ffffff", color.value(Some(Theme::Light)).to_owned()),
            ("#e1e1db", of_rust(color)),
            // The lightest of the dark themes, coal.
            ("#141617", color.value(Some(Theme::Dark)).to_owned()),
        ] {
            let found = contrast(background, &front);
            assert!(found >= 4.5, "{color:?}: {front} on {background} has a contrast of {found:.2}");
        }
    }
}

/// The contrast of two colours, by WCAG 2.2.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |color: &str| {
        let digits = color.trim_start_matches('#');
        let width = digits.len() / 3;
        let channel = |at: usize| {
            let digits = digits[at * width..][..width].repeat(3 - width);
            let share = f64::from(u8::from_str_radix(&digits, 16).expect("a colour")) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
