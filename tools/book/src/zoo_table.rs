//! The table of the zoo for `docs/zoo.md`, in Markdown.

use crate::html::breakable;
use crate::records::{Record, records};

/// A row for each entry.
pub fn table() -> String {
    let head = "| name and source | evidence | next capacity | first capacities | for large arrays | amortized |\n\
        |---|---|---|---|---|---|\n";
    records().iter().map(line).fold(head.to_owned(), |table, line| table + &line)
}

fn line(record: &Record) -> String {
    let Record { name, title, checked, .. } = record;
    let (title, source, rule) = (escaped(title), source(record), rule(record));
    let (known, end) = (escaped(&record.known()), escaped(&record.end()));
    let (capacities, slots) = (record.capacities(), record.slots());
    let amortized = if record.amortized { "yes" } else { "**no**" };
    // The anchor is for links to one entry. More columns would be too narrow to read.
    format!(
        "| <a id=\"zoo-{name}\"></a>`{name}`<br>{title}<br>{source} | {known}<br>{checked} | {rule} \
        | {capacities}<br>{slots} | {end} | {amortized} |\n"
    )
}

/// The rule for a full array, and for removals.
fn rule(record: &Record) -> String {
    let rule = escaped(record.rule);
    record.shrinks().map_or(rule.clone(), |shrinks| format!("{rule}<br>*shrinks:* {}", escaped(shrinks)))
}

/// The source with a link to the version that was read.
fn source(record: &Record) -> String {
    let text = breakable(&escaped(&record.source()));
    record.source.url.as_ref().map_or(text.clone(), |url| format!("[{text}]({url})"))
}

/// Puts a backslash before each character that has a meaning in Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if "\\`*_[]<>|~#".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
