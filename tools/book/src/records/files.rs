//! Writes the records of the zoo as files, in JSON and CSV.

use super::{End, Integer, Record, records};
use explorer::csv::{Csv, or_empty};
use serde::Serialize;

/// The version of the format: increases if a key changes its meaning or is removed.
const SCHEMA: u32 = 1;

pub const LICENSE: &str = env!("CARGO_PKG_LICENSE");

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

/// A line of names and a line for each record, as CSV.
pub fn csv() -> String {
    let mut csv = Csv::new(
        "name,title,repository,file,function,version,url,evidence,program,checked,unit,slot_bytes,\
        depends_on_size,rule,removal,first_capacities,in_the_end,numerator,denominator,step,amortized,\
        copies_per_push,slots_per_row,price_of_a_slot",
    );
    for record in records() {
        line(&mut csv, record);
    }
    csv.finish()
}

fn line(csv: &mut Csv, record: &Record) {
    let Record { source, evidence, .. } = record;
    let (end, numerator, denominator, step) = match record.in_the_end {
        End::Factor { numerator, denominator, .. } => ("factor", Some(numerator), Some(denominator), None),
        End::Step { slots } => ("step", None, None, Some(slots)),
        End::Falling => ("falling", None, None, None),
    };
    let integer = |integer: Option<Integer>| or_empty(integer.map(|integer| integer.0));
    csv.line(&[
        &record.name,
        &record.title,
        &source.repository,
        &source.file,
        &source.function,
        &source.version,
        &or_empty(source.url.as_ref()),
        &evidence.kind,
        &or_empty(evidence.program),
        &record.checked,
        &record.unit,
        &record.slot_bytes.0,
        &record.depends_on_size,
        &record.rule,
        &record.removal,
        &record.capacities(),
        &end,
        &integer(numerator),
        &integer(denominator),
        &integer(step),
        &record.amortized,
        &record.copies_per_push,
        &record.slots_per_row,
        &or_empty(record.price_of_a_slot),
    ]);
}

/// The version of the crate.
pub fn version() -> &'static str {
    let manifest = include_str!("../../../../Cargo.toml");
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    line.expect("the manifest of the crate has a version").trim_matches('"')
}
