//! The table of the zoo.

use growable_nd::Request;
use growable_nd::zoo::{self, Entry, Tail};
use std::iter;

/// A row for each entry.
pub fn table() -> String {
    let head = "| name, and where it is from | slot | next capacity | first capacities | in the end | amortized |\n\
        |---|---|---|---|---|---|\n";
    zoo::entries().iter().map(line).fold(head.to_owned(), |table, line| table + &line)
}

fn line(entry: &Entry) -> String {
    let Entry { name, title, repository, file, function, unit, rule, .. } = entry;
    let [title, repository, file, function, unit, rule] =
        [title, repository, file, function, unit, rule].map(|text| escaped(text));
    let (file, function) = (breakable(&file), breakable(&function));
    let capacities = first_capacities(entry);
    let tail = match entry.tail {
        Tail::Factor(factor) => factor.to_string(),
        Tail::Step(slots) => format!("+{slots}"),
        Tail::Falling => "falls towards 1".to_owned(),
        // A way that this table does not know yet.
        other => escaped(&format!("{other:?}")),
    };
    let amortized = if entry.is_amortized() { "yes" } else { "**no**" };
    // Columns for all of it would be too narrow to read.
    let source = format!("{title}<br>{repository}, {file}: {function}");
    format!("| `{name}`<br>{source} | {unit} | {rule} | {capacities} | {tail} | {amortized} |\n")
}

/// The first ten capacities of an array that is filled by pushes.
fn first_capacities(entry: &Entry) -> String {
    let next = |capacity: &u64| {
        let request = Request::new(*capacity, capacity + 1).with_row_bytes(entry.slot_bytes);
        Some(entry.growth().next_capacity(request))
    };
    let capacities = iter::successors(next(&0), next).take(10);
    capacities.map(|capacity| capacity.to_string()).collect::<Vec<_>>().join(", ")
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
