//! All error messages in one text, `tests/golden/messages.txt`, to be read as a user reads them.
//!
//! Each message belongs to an error that a public method returned. After a change of a message,
//! `GROWABLE_ND_WRITE=1 cargo test --features npy,serde --test messages` rewrites the text.

// The text has the numbers of 64-bit machines.
#![cfg(target_pointer_width = "64")]

mod arrays;
mod files;
mod policies;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/messages.txt");

/// An error as a user sees it: `Type::Variant`, and its message with those of its sources.
struct Message {
    variant: String,
    text: String,
}

/// Makes the message of an error of a named type. Its `Debug` form begins with the variant.
fn message<E: Error>(of: &str, error: E) -> Message {
    let debug = format!("{error:?}");
    let variant: String = debug.chars().take_while(|letter| letter.is_alphanumeric()).collect();
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!("\n    source: {error}");
        source = error.source();
    }
    // A struct is its own variant.
    let variant = if variant == of { variant } else { format!("{of}::{variant}") };
    Message { variant, text }
}

/// Made once, since some of the errors need a file.
static MESSAGES: LazyLock<Vec<Message>> = LazyLock::new(|| {
    let mut all = Vec::new();
    all.extend(arrays::shapes());
    all.extend(arrays::access());
    all.extend(arrays::views());
    all.extend(arrays::rows());
    all.extend(arrays::whole());
    all.extend(files::streams());
    all.extend(files::npy());
    all.extend(files::formats());
    all.extend(policies::growth());
    all.extend(policies::models());
    all
});

#[test]
fn messages_are_those_of_the_text() {
    let mut text = String::new();
    for Message { variant, text: message } in &*MESSAGES {
        text += &format!("{variant}\n    {message}\n");
    }
    if std::env::var_os("GROWABLE_ND_WRITE").is_some() {
        fs::write(GOLDEN, &text).unwrap();
    }
    let golden = fs::read_to_string(GOLDEN).unwrap();
    for (line, (found, expected)) in text.lines().zip(golden.lines()).enumerate() {
        assert_eq!(found, expected, "line {} of messages.txt", line + 1);
    }
    assert_eq!(text.lines().count(), golden.lines().count());
}

/// Each variant must have a message in the text.
#[test]
fn every_variant_is_there() {
    let found: BTreeSet<String> = MESSAGES.iter().map(|message| message.variant.clone()).collect();
    let missing: Vec<String> = variants().into_iter().filter(|variant| !found.contains(variant)).collect();
    // The allocator decides the alignment of a row, and usually aligns it for all element types.
    assert_eq!(missing, ["Error::CastAlignment"]);
}

/// The variants of the public enums of the library whose names end with `Error`, from its source.
fn variants() -> Vec<String> {
    let mut all = Vec::new();
    for text in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../src"))) {
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(name) = line.strip_prefix("pub enum ") else { continue };
            let name = name.trim_end_matches(" {").trim_end_matches("<E>");
            if !name.ends_with("Error") {
                continue;
            }
            // Names of variants follow four spaces; fields follow more, and comments begin
            // differently.
            let body = lines.by_ref().take_while(|line| *line != "}");
            let names = body.filter_map(|line| line.strip_prefix("    "));
            let names = names.filter(|line| line.starts_with(|letter: char| letter.is_ascii_uppercase()));
            all.extend(names.map(|line| {
                let variant = line.split(|letter: char| !letter.is_alphanumeric()).next().unwrap();
                format!("{name}::{variant}")
            }));
        }
    }
    assert!(all.len() > 80, "{} variants", all.len());
    all
}

fn sources(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(sources(&path));
        } else {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts
}
