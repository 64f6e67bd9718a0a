//! What is in place of the explorer in print: the state that a link describes, as a table.

use super::escaped;
use growable_nd::amortized::{Bounds, FirstFit, Ledger, Op};
use growable_nd::zoo::{self, Tail};
use growable_nd::{Growth, Ratio, Request};

/// Rows of a table of operations.
const OPERATIONS: usize = 9;
/// Rows of a table of reallocations.
const REALLOCATIONS: u32 = 6;

/// The reallocations if the explorer shows the heap, otherwise the last operations.
pub fn table(link: &str) -> String {
    let growth = growth(&value(link, "a").unwrap_or_else(|| "2".to_owned()));
    let shows =
        |picture| value(link, "show").is_some_and(|shown| shown.split(',').any(|name| name == picture));
    let (columns, rows) = match shows("heap") {
        true => reallocations(growth),
        false => operations_of(link, growth, shows("bank"), shows("potential")),
    };
    let head: String = columns.iter().map(|column| format!("<th>{column}</th>")).collect();
    let line = |row: &Vec<String>| {
        let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let lines: String = rows.iter().map(line).collect();
    let policy = escaped(&growth.to_string());
    format!(
        "<table class=\"operations\"><caption>policy {policy}</caption>\n<thead><tr>{head}</tr></thead>\n\
        <tbody>\n{lines}</tbody></table>\n"
    )
}

type Table = (Vec<&'static str>, Vec<Vec<String>>);

fn operations_of(link: &str, growth: Growth, bank: bool, potential: bool) -> Table {
    let mut ledger =
        Ledger::new(growth, &prices(link, growth)).expect("the prices of a slide are small numbers");
    let mut columns = vec!["no.", "operation", "rows", "capacity", "cost"];
    columns.extend(bank.then_some("bank"));
    columns.extend(potential.then_some("Φ"));
    let mut rows = Vec::new();
    for (op, times) in operations(&value(link, "do").unwrap_or_default()) {
        for _ in 0..times {
            let entry = ledger.record(op).expect("a slide has few rows");
            let mut row = vec![entry.operation.to_string(), op.to_string()];
            row.extend(
                [entry.rows.into(), entry.capacity.into(), entry.actual].map(|number| number.to_string()),
            );
            row.extend(bank.then(|| entry.bank.to_string()));
            row.extend(potential.then(|| entry.potential.to_string()));
            rows.push(row);
        }
    }
    (columns, rows.split_off(rows.len().saturating_sub(OPERATIONS)))
}

/// One array alone on a heap where the first hole that is large enough is taken.
fn reallocations(growth: Growth) -> Table {
    let mut heap = FirstFit::new();
    let mut capacity = growth.next_capacity(Request::new(0, 1));
    let mut block = heap.allocate(capacity);
    let mut rows = Vec::new();
    for number in 1..=REALLOCATIONS {
        let (old, from) = (block, capacity);
        capacity = growth.next_capacity(Request::new(from, from + 1));
        block = heap.allocate(capacity);
        heap.free(old);
        let place = if block.start < old.start { "in a hole" } else { "at the end" };
        rows.push(vec![
            number.to_string(),
            "move".to_owned(),
            from.to_string(),
            capacity.to_string(),
            place.to_owned(),
        ]);
    }
    (vec!["no.", "operation", "rows", "capacity", "new block"], rows)
}

/// The prices that the explorer charges.
fn prices(link: &str, growth: Growth) -> Bounds {
    if let Some(bounds) = Bounds::of(&growth) {
        return bounds;
    }
    let tail = || match zoo::find(&value(link, "a")?).ok()?.tail {
        Tail::Factor(factor) => Some(factor.to_string()),
        _ => None,
    };
    let factor = value(link, "prices").or_else(tail).unwrap_or_else(|| Ratio::from(2).to_string());
    Bounds::of(&self::growth(&factor)).expect("prices are those of a factor")
}

fn growth(text: &str) -> Growth {
    zoo::parse(text).unwrap_or_else(|error| panic!("slides: {error}"))
}

/// The value of a key in the part after `#`, decoded.
fn value(link: &str, key: &str) -> Option<String> {
    let (_, fragment) = link.split_once('#')?;
    let value = fragment.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))?;
    // Slides need no other sign.
    Some(value.replace('+', " ").replace("%2B", "+"))
}

/// The operations in a trace like `9 x push;pop`, each with its number of repetitions.
fn operations(trace: &str) -> impl Iterator<Item = (Op, u64)> + '_ {
    trace.split(';').filter(|line| !line.is_empty()).map(|line| {
        let (times, op) = line.split_once(" x ").map_or((1, line), |(times, op)| (number(times), op));
        let op = match op.rsplit_once(' ').map_or((op, 0), |(verb, rows)| (verb, number(rows))) {
            ("push", 0) => Op::Push,
            ("pop", 0) => Op::Pop,
            ("extend", rows) => Op::Extend(rows),
            _ => panic!("slides: {op:?} is not an operation"),
        };
        (op, times)
    })
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("slides: {text:?} is not a number"))
}
