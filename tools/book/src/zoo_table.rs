//! The table of the zoo.

use growable_nd::Request;
use growable_nd::zoo::{self, Entry, Evidence, Source, Tail, Unit};
use std::iter;

/// A row for each entry.
pub fn table() -> String {
    let head = "| name, and where it is from | known | next capacity | first capacities | in the end | amortized |\n\
        |---|---|---|---|---|---|\n";
    zoo::entries().iter().map(line).fold(head.to_owned(), |table, line| table + &line)
}

fn line(entry: &Entry) -> String {
    let (name, title, source) = (entry.name, escaped(entry.title), source(entry));
    let (evidence, rule, unit) = (evidence(entry), rule(entry), unit(entry));
    let capacities = list(&first_capacities(entry));
    let tail = match entry.tail {
        Tail::Factor(factor) => factor.to_string(),
        Tail::Step(slots) => format!("+{slots}"),
        Tail::Falling => "falls towards 1".to_owned(),
        // A way that this table does not know yet.
        other => escaped(&format!("{other:?}")),
    };
    let amortized = if entry.is_amortized() { "yes" } else { "**no**" };
    // The anchor is for links to one entry. Columns for all of it would be too narrow to read.
    format!(
        "| <a id=\"zoo-{name}\"></a>`{name}`<br>{title}<br>{source} | {evidence} | {rule} \
        | {capacities}<br>{unit} | {tail} | {amortized} |\n"
    )
}

/// The rule when the array is full, and when elements are removed.
fn rule(entry: &Entry) -> String {
    let rule = escaped(entry.rule);
    match entry.removal {
        "never by itself" => rule,
        removal => format!("{rule}<br>*shrinks:* {}", escaped(removal)),
    }
}

/// The source with a link to the version that was read.
fn source(entry: &Entry) -> String {
    let Source { repository, file, function, version, .. } = entry.source;
    let repository = breakable(&escaped(repository.trim_start_matches("https://")));
    let [file, function] = [file, function].map(|text| breakable(&escaped(text)));
    // The first letters of a commit are enough for a reader.
    let commit = version.len() == 40;
    let version = escaped(if commit { &version[..10] } else { version });
    let text = format!("{repository}, {file}: {function}, {version}");
    match entry.url() {
        Some(url) => format!("[{text}]({url})"),
        None => text,
    }
}

/// How and when the rule was compared with its source.
fn evidence(entry: &Entry) -> String {
    let how = match entry.evidence {
        Evidence::Replayed(program) => format!("replayed: {}", escaped(program)),
        Evidence::Read => "read".to_owned(),
        Evidence::Documented(_) => "documented".to_owned(),
        // A way that this table does not know yet.
        other => escaped(&format!("{other:?}")),
    };
    format!("{how}<br>{}", entry.checked)
}

/// What is counted, with the size of a slot where it is more than a byte.
fn unit(entry: &Entry) -> String {
    match entry.unit {
        Unit::Bytes => "bytes".to_owned(),
        unit => format!("{unit} of {} bytes", entry.slot_bytes),
    }
}

/// The first ten capacities of an array that is filled by pushes.
pub fn first_capacities(entry: &Entry) -> Vec<u64> {
    let next = |capacity: &u64| {
        let request = Request::new(*capacity, capacity + 1).with_row_bytes(entry.slot_bytes);
        Some(entry.growth().next_capacity(request))
    };
    iter::successors(next(&0), next).take(10).collect()
}

/// The numbers with commas between them.
pub fn list(numbers: &[u64]) -> String {
    numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}

/// With places where a long path may be broken, or else it would push all other columns off the page.
fn breakable(escaped: &str) -> String {
    escaped.replace('/', "/<wbr>").replace("\\_", "\\_<wbr>")
}

/// With a backslash before whatever Markdown would take for its own.
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
