//! The zoo as data: a record for each rule, and all of them as JSON and as CSV.

use crate::figures::choosing::measured;
use crate::zoo_table::{first_capacities, list};
use growable_nd::amortized::{Bounds, Model};
use growable_nd::zoo::{self, Entry, Evidence, Tail};
use growable_nd::{Growth, Ratio};
use serde::{Serialize, Serializer};
use std::sync::LazyLock;

/// The version of what is written: larger when a key changes its meaning or goes away.
const SCHEMA: u32 = 1;
/// Integers up to this one are exact in JavaScript and other readers of JSON.
const LARGEST_EXACT: u64 = 1 << 53;

pub const LICENSE: &str = env!("CARGO_PKG_LICENSE");

/// A rule of the zoo, with what is computed from it. The fields are the keys in JSON, in this order.
#[derive(Serialize)]
pub struct Record {
    pub name: &'static str,
    pub title: &'static str,
    pub source: Source,
    pub evidence: Known,
    pub checked: &'static str,
    pub unit: String,
    pub slot_bytes: Integer,
    pub depends_on_size: bool,
    pub rule: &'static str,
    pub removal: &'static str,
    pub first_capacities: Vec<Integer>,
    pub in_the_end: End,
    pub amortized: bool,
    pub copies_per_push: f64,
    pub slots_per_row: f64,
    pub price_of_a_slot: Option<f64>,
}

#[derive(Serialize)]
pub struct Source {
    pub repository: &'static str,
    pub file: &'static str,
    pub function: &'static str,
    pub version: &'static str,
    pub url: Option<String>,
}

#[derive(Serialize)]
pub struct Known {
    pub kind: &'static str,
    pub program: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum End {
    Factor { numerator: Integer, denominator: Integer, factor: f64 },
    Step { slots: Integer },
    Falling,
}

/// An integer that is written as a string if a reader of JSON may round it.
#[derive(Clone, Copy)]
pub struct Integer(pub u64);

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            exact @ ..=LARGEST_EXACT => serializer.serialize_u64(exact),
            larger => serializer.collect_str(&larger),
        }
    }
}

#[derive(Serialize)]
struct Document {
    schema: u32,
    title: &'static str,
    #[serde(rename = "crate")]
    crate_name: &'static str,
    version: &'static str,
    license: &'static str,
    entries: &'static [Record],
}

/// A record for each entry of the zoo, in the order of the zoo.
pub fn records() -> &'static [Record] {
    // The measurements take a moment, and three files have them.
    static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| zoo::entries().iter().map(record).collect());
    &RECORDS
}

/// All records with the licence and the version, as JSON.
pub fn json() -> String {
    let document = Document {
        schema: SCHEMA,
        title: "Growth policies of arrays in languages, libraries and programs",
        crate_name: "growable-nd",
        version: version(),
        license: LICENSE,
        entries: records(),
    };
    serde_json::to_string_pretty(&document).expect("the keys are strings, and the numbers are finite") + "\n"
}

/// A line of names and a line for each record, as CSV by RFC 4180.
pub fn csv() -> String {
    let head = "name,title,repository,file,function,version,url,evidence,program,checked,unit,slot_bytes,\
        depends_on_size,rule,removal,first_capacities,in_the_end,numerator,denominator,step,amortized,\
        copies_per_push,slots_per_row,price_of_a_slot\r\n";
    records().iter().map(line).fold(head.to_owned(), |csv, line| csv + &line)
}

fn line(record: &Record) -> String {
    let Record { source, evidence, .. } = record;
    let (end, numerator, denominator, step) = match record.in_the_end {
        End::Factor { numerator, denominator, .. } => ("factor", Some(numerator), Some(denominator), None),
        End::Step { slots } => ("step", None, None, Some(slots)),
        End::Falling => ("falling", None, None, None),
    };
    let capacities: Vec<u64> = record.first_capacities.iter().map(|capacity| capacity.0).collect();
    let integer = |integer: Option<Integer>| integer.map(|integer| integer.0.to_string()).unwrap_or_default();
    let cells = [
        record.name.to_owned(),
        record.title.to_owned(),
        source.repository.to_owned(),
        source.file.to_owned(),
        source.function.to_owned(),
        source.version.to_owned(),
        source.url.clone().unwrap_or_default(),
        evidence.kind.to_owned(),
        evidence.program.unwrap_or_default().to_owned(),
        record.checked.to_owned(),
        record.unit.clone(),
        record.slot_bytes.0.to_string(),
        record.depends_on_size.to_string(),
        record.rule.to_owned(),
        record.removal.to_owned(),
        list(&capacities),
        end.to_owned(),
        integer(numerator),
        integer(denominator),
        integer(step),
        record.amortized.to_string(),
        record.copies_per_push.to_string(),
        record.slots_per_row.to_string(),
        record.price_of_a_slot.map(|price| price.to_string()).unwrap_or_default(),
    ];
    cells.map(|cell| quoted(&cell)).join(",") + "\r\n"
}

/// In quotes if the cell needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn record(entry: &Entry) -> Record {
    let model = Model::new(entry.growth()).with_row_bytes(entry.slot_bytes);
    let (slots_per_row, copies_per_push) = measured(model);
    Record {
        name: entry.name,
        title: entry.title,
        source: Source {
            repository: entry.source.repository,
            file: entry.source.file,
            function: entry.source.function,
            version: entry.source.version,
            url: entry.url(),
        },
        evidence: known(entry.evidence),
        checked: entry.checked,
        unit: entry.unit.to_string(),
        slot_bytes: Integer(entry.slot_bytes),
        depends_on_size: entry.depends_on_size,
        rule: entry.rule,
        removal: entry.removal,
        first_capacities: first_capacities(entry).into_iter().map(Integer).collect(),
        in_the_end: end(entry.tail),
        amortized: entry.is_amortized(),
        copies_per_push: rounded(copies_per_push),
        slots_per_row: rounded(slots_per_row),
        price_of_a_slot: price(entry.tail).map(Ratio::to_f64),
    }
}

fn known(evidence: Evidence) -> Known {
    let (kind, program) = match evidence {
        Evidence::Replayed(program) => ("replayed", Some(program)),
        Evidence::Read => ("read", None),
        Evidence::Documented(_) => ("documented", None),
        other => panic!("the data do not have a word for {other:?}"),
    };
    Known { kind, program }
}

fn end(tail: Tail) -> End {
    match tail {
        Tail::Factor(factor) => {
            let (numerator, denominator) = parts(factor);
            let [numerator, denominator] = [numerator, denominator].map(Integer);
            End::Factor { numerator, denominator, factor: factor.to_f64() }
        }
        Tail::Step(slots) => End::Step { slots: Integer(slots) },
        Tail::Falling => End::Falling,
        other => panic!("the data do not have a word for {other:?}"),
    }
}

/// The price of a slot at which the factor is the best one, in copies.
pub fn price(tail: Tail) -> Option<Ratio> {
    let Tail::Factor(factor) = tail else { return None };
    let (numerator, denominator) = parts(factor);
    Bounds::of(&Growth::factor(numerator, denominator))?.price()
}

fn parts(factor: Ratio) -> (u64, u64) {
    let part = |part: i128| u64::try_from(part).expect("a growth factor is a ratio of positive integers");
    (part(factor.numerator()), part(factor.denominator()))
}

/// With four decimals: the rest is what the window of the measurement leaves out.
fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

/// The version of the crate.
pub fn version() -> &'static str {
    let manifest = include_str!("../../../../Cargo.toml");
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    line.expect("the manifest of the crate has a version").trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::{Integer, quoted};

    #[test]
    fn integers_that_a_reader_may_round_are_strings() {
        let written = |integer| serde_json::to_string(&Integer(integer)).unwrap();
        assert_eq!(written(1 << 53), "9007199254740992");
        assert_eq!(written((1 << 53) + 1), "\"9007199254740993\"");
        assert_eq!(written(u64::MAX), "\"18446744073709551615\"");
    }

    #[test]
    fn cells_are_in_quotes_where_they_need_them() {
        let cells = ["n + n/8", "4, 8", "a \"word\"", "two\nlines"].map(quoted);
        assert_eq!(cells, ["n + n/8", "\"4, 8\"", "\"a \"\"word\"\"\"", "\"two\nlines\""]);
    }
}
