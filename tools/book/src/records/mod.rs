//! The zoo as data: a record for each rule, and texts for several tables. `files` writes JSON and
//! CSV.

mod files;

pub use self::files::{LICENSE, csv, json, version};

use crate::figures::choosing::measured;
use explorer::grouped;
use growable_nd::amortized::{Bounds, Model};
use growable_nd::zoo::{self, Entry, Evidence, Tail};
use growable_nd::{Growth, Ratio, Request};
use serde::{Serialize, Serializer};
use std::iter;
use std::sync::LazyLock;

/// Integers up to this one are exact in JavaScript and other readers of JSON.
const LARGEST_EXACT: u64 = 1 << 53;

/// A rule of the zoo, with what is computed from it. The fields are the keys in JSON, in this
/// order.
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

/// A record for each entry of the zoo, in the order of the zoo.
pub fn records() -> &'static [Record] {
    // Cached: the measurements take a moment, and three files use them.
    static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| zoo::entries().iter().map(record).collect());
    &RECORDS
}

/// Texts without markup.
impl Record {
    /// Where the rule was read.
    pub fn source(&self) -> String {
        let Source { repository, file, function, version, .. } = &self.source;
        // The first letters of a commit identify it for a reader.
        let commit = version.len() == 40;
        let version = if commit { &version[..10] } else { version };
        format!("{}, {file}: {function}, {version}", repository.trim_start_matches("https://"))
    }

    /// How the rule was compared with its source.
    pub fn known(&self) -> String {
        let Known { kind, program } = self.evidence;
        program.map_or(kind.to_owned(), |program| format!("{kind}: {program}"))
    }

    /// How the array shrinks; `None` if it does not.
    pub fn shrinks(&self) -> Option<&'static str> {
        Some(self.removal).filter(|removal| *removal != "never by itself")
    }

    /// The first capacities with commas between them.
    pub fn capacities(&self) -> String {
        let numbers: Vec<String> =
            self.first_capacities.iter().map(|capacity| capacity.0.to_string()).collect();
        numbers.join(", ")
    }

    /// The unit of the rule, with the size of a slot if it is more than a byte.
    pub fn slots(&self) -> String {
        match &*self.unit {
            "bytes" => "bytes".to_owned(),
            unit => format!("{unit} of {} bytes", self.slot_bytes.0),
        }
    }

    /// How the array grows in the end.
    pub fn end(&self) -> String {
        match self.in_the_end {
            End::Factor { numerator: Integer(p), denominator: Integer(1), .. } => p.to_string(),
            End::Factor { numerator: Integer(p), denominator: Integer(q), .. } => format!("{p}/{q}"),
            End::Step { slots: Integer(slots) } => format!("+{}", grouped(slots)),
            End::Falling => "falls towards 1".to_owned(),
        }
    }

    /// Three digits of the copies per push.
    pub fn copies(&self) -> String {
        let digits = if self.copies_per_push < 10.0 { 2 } else { 1 };
        format!("{:.digits$}", self.copies_per_push)
    }

    /// The price of a slot as an exact fraction.
    pub fn price(&self) -> String {
        let End::Factor { numerator, denominator, .. } = self.in_the_end else { return "–".to_owned() };
        price(numerator, denominator).map_or("–".to_owned(), |price| price.to_string())
    }
}

fn record(entry: &Entry) -> Record {
    let model = Model::new(entry.growth()).with_row_bytes(entry.slot_bytes);
    let (slots_per_row, copies_per_push) = measured(model);
    let in_the_end = end(entry.tail);
    let price_of_a_slot = match in_the_end {
        End::Factor { numerator, denominator, .. } => price(numerator, denominator).map(Ratio::to_f64),
        _ => None,
    };
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
        first_capacities: first_capacities(entry),
        in_the_end,
        amortized: entry.is_amortized(),
        copies_per_push: rounded(copies_per_push),
        slots_per_row: rounded(slots_per_row),
        price_of_a_slot,
    }
}

fn known(evidence: Evidence) -> Known {
    let (kind, program) = match evidence {
        Evidence::Replayed(program) => ("replayed", Some(program)),
        Evidence::Read => ("read", None),
        Evidence::Documented(_) => ("documented", None),
        other => panic!("the data have no word for {other:?}"),
    };
    Known { kind, program }
}

fn end(tail: Tail) -> End {
    match tail {
        Tail::Factor(factor) => {
            let part = |part: i128| {
                Integer(u64::try_from(part).expect("a growth factor is a ratio of positive integers"))
            };
            let (numerator, denominator) = (part(factor.numerator()), part(factor.denominator()));
            End::Factor { numerator, denominator, factor: factor.to_f64() }
        }
        Tail::Step(slots) => End::Step { slots: Integer(slots) },
        Tail::Falling => End::Falling,
        other => panic!("the data have no word for {other:?}"),
    }
}

/// The price of a slot at which the factor is the best one, in copies.
fn price(Integer(numerator): Integer, Integer(denominator): Integer) -> Option<Ratio> {
    Bounds::of(&Growth::factor(numerator, denominator))?.price()
}

/// The first ten capacities of an array that is filled by pushes.
fn first_capacities(entry: &Entry) -> Vec<Integer> {
    let next = |capacity: &u64| {
        let request = Request::new(*capacity, capacity + 1).with_row_bytes(entry.slot_bytes);
        Some(entry.growth().next_capacity(request))
    };
    iter::successors(next(&0), next).take(10).map(Integer).collect()
}

/// Rounds to four decimals: the finite window of the measurement makes further ones meaningless.
fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::Integer;

    #[test]
    fn integers_that_a_reader_may_round_are_strings() {
        let written = |integer| serde_json::to_string(&Integer(integer)).unwrap();
        assert_eq!(written(1 << 53), "9007199254740992");
        assert_eq!(written((1 << 53) + 1), "\"9007199254740993\"");
        assert_eq!(written(u64::MAX), "\"18446744073709551615\"");
    }
}
