//! What is on paper in place of the explorer: its last operations as a table.

use super::escaped;
use growable_nd::amortized::{Bounds, Ledger, Op};
use growable_nd::zoo::{self, Tail};
use growable_nd::{Growth, Ratio};

/// Rows of the table.
const ROWS: usize = 9;

/// The last operations of a link to the explorer, and the state before them if there are more.
pub fn table(link: &str) -> String {
    let growth = growth(&value(link, "a").unwrap_or_else(|| "2".to_owned()));
    let bounds = prices(link, growth);
    let mut ledger = Ledger::new(growth, &bounds).expect("the prices of a slide are small numbers");
    let mut rows = Vec::new();
    for (op, times) in operations(&value(link, "do").unwrap_or_default()) {
        for _ in 0..times {
            let entry = ledger.record(op).expect("a slide has few rows");
            rows.push(format!(
                "<tr><td>{}</td><td>{op}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                entry.operation, entry.rows, entry.capacity, entry.actual, entry.bank
            ));
        }
    }
    let last = rows.split_off(rows.len().saturating_sub(ROWS));
    let policy = escaped(&growth.to_string());
    format!(
        "<table class=\"operations\"><caption>{policy}</caption>\n<thead><tr><th>no.</th><th>operation</th><th>rows</th>\
        <th>capacity</th><th>cost</th><th>bank</th></tr></thead>\n<tbody>\n{}</tbody></table>\n",
        last.concat()
    )
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
pub fn value(link: &str, key: &str) -> Option<String> {
    let (_, fragment) = link.split_once('#')?;
    let value = fragment.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))?;
    let spaced = value.replace('+', " ");
    // A slide needs these two signs only.
    Some(spaced.replace("%2B", "+").replace("%2F", "/"))
}

/// The operations in a trace like `9 x push;pop`, each with its number of repetitions.
fn operations(trace: &str) -> impl Iterator<Item = (Op, u64)> + '_ {
    trace.split(';').map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let (times, op) = line.split_once(" x ").map_or((1, line), |(times, op)| (number(times), op));
        let op = match op.rsplit_once(' ').map_or((op, 0), |(verb, rows)| (verb, number(rows))) {
            ("push", 0) => Op::Push,
            ("pop", 0) => Op::Pop,
            ("extend", rows) => Op::Extend(rows),
            ("reserve exact", rows) => Op::ReserveExact(rows),
            ("reserve", rows) => Op::Reserve(rows),
            ("truncate", rows) => Op::Truncate(rows),
            _ => panic!("slides: {op:?} is not an operation"),
        };
        (op, times)
    })
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("slides: {text:?} is not a number"))
}
