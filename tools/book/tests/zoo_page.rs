//! The zoo as a page, as JSON and as CSV: complete, well-formed, and equal to the zoo of the crate.

#![cfg(target_pointer_width = "64")]

use book::site::zoo_page;
use growable_nd::zoo::{self, Entry, Evidence, Tail};
use growable_nd::{Ratio, Request};
use serde_json::Value;
use std::collections::HashSet;
use std::iter;
use std::sync::LazyLock;

static PAGE: LazyLock<String> = LazyLock::new(zoo_page::page);

fn capacities(entry: &Entry) -> Vec<u64> {
    let next = |capacity: &u64| {
        let request = Request::new(*capacity, capacity + 1).with_row_bytes(entry.slot_bytes);
        Some(entry.growth().next_capacity(request))
    };
    iter::successors(next(&0), next).take(10).collect()
}

fn evidence(entry: &Entry) -> (&'static str, Option<&'static str>) {
    match entry.evidence {
        Evidence::Replayed(program) => ("replayed", Some(program)),
        Evidence::Read => ("read", None),
        Evidence::Documented(_) => ("documented", None),
        other => panic!("{other:?}"),
    }
}

/// Reads an integer, which is a string if it is too large for a number.
fn integer(value: &Value) -> u64 {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).unwrap()
}

#[test]
fn json_has_the_entries_of_the_zoo() {
    let document: Value = serde_json::from_str(&zoo_page::json()).unwrap();
    assert_eq!(document["schema"], 1);
    assert_eq!(document["license"], "MIT OR Apache-2.0");
    assert!(document["version"].as_str().unwrap().split('.').count() == 3);
    let records = document["entries"].as_array().unwrap();
    assert_eq!(records.len(), zoo::entries().len());
    for (record, entry) in records.iter().zip(zoo::entries()) {
        assert_eq!(record["name"], entry.name);
        assert_eq!(record["title"], entry.title);
        let source = &record["source"];
        assert_eq!(source["repository"], entry.source.repository);
        assert_eq!(source["file"], entry.source.file);
        assert_eq!(source["function"], entry.source.function);
        assert_eq!(source["version"], entry.source.version);
        assert_eq!(source["url"].as_str(), entry.url().as_deref());
        let (kind, program) = evidence(entry);
        assert_eq!(
            (record["evidence"]["kind"].as_str(), record["evidence"]["program"].as_str()),
            (Some(kind), program)
        );
        assert_eq!(record["checked"], entry.checked);
        assert_eq!(record["unit"], entry.unit.to_string());
        assert_eq!(integer(&record["slot_bytes"]), entry.slot_bytes);
        assert_eq!(record["depends_on_size"], entry.depends_on_size);
        assert_eq!(record["rule"], entry.rule);
        assert_eq!(record["removal"], entry.removal);
        let first: Vec<u64> = record["first_capacities"].as_array().unwrap().iter().map(integer).collect();
        assert_eq!(first, capacities(entry), "{entry}");
        let end = &record["in_the_end"];
        match entry.tail {
            Tail::Factor(factor) => {
                assert_eq!(end["kind"], "factor");
                let part = |key: &str| i128::from(integer(&end[key]));
                assert_eq!(Ratio::new(part("numerator"), part("denominator")), factor);
                assert_eq!(end["factor"].as_f64(), Some(factor.to_f64()));
                let price = (factor.to_f64() - 1.0).powi(-2);
                assert!((record["price_of_a_slot"].as_f64().unwrap() / price - 1.0).abs() < 1e-9, "{entry}");
            }
            Tail::Step(slots) => {
                assert_eq!((&end["kind"], integer(&end["slots"])), (&Value::from("step"), slots));
                assert_eq!(record["price_of_a_slot"], Value::Null);
            }
            Tail::Falling => assert_eq!(end["kind"], "falling"),
            other => panic!("{other:?}"),
        }
        assert_eq!(record["amortized"], entry.is_amortized());
        // Theorem 7, up to the error of the finite window.
        let [copies, slots] = ["copies_per_push", "slots_per_row"].map(|key| record[key].as_f64().unwrap());
        assert!((copies - 1.0) * (slots - 1.0) > 0.99, "{entry}: {copies}, {slots}");
    }
}

#[test]
fn csv_has_what_json_has() {
    let text = zoo_page::csv();
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    let document: Value = serde_json::from_str(&zoo_page::json()).unwrap();
    let records = document["entries"].as_array().unwrap();
    let mut lines = 0;
    for (line, record) in reader.records().zip(records) {
        let line = line.unwrap();
        let value = |name: &str| match name {
            "repository" | "file" | "function" | "version" | "url" => record["source"][name].clone(),
            "evidence" => record["evidence"]["kind"].clone(),
            "program" => record["evidence"]["program"].clone(),
            "in_the_end" => record["in_the_end"]["kind"].clone(),
            "numerator" | "denominator" => record["in_the_end"][name].clone(),
            "step" => record["in_the_end"]["slots"].clone(),
            _ => record[name].clone(),
        };
        for (name, cell) in names.iter().zip(&line) {
            // A spreadsheet would evaluate a cell that begins with one of these.
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{name}: {cell}");
            match value(name) {
                Value::Null => assert_eq!(cell, "", "{name}"),
                Value::String(text) => assert_eq!(cell, text, "{name}"),
                Value::Bool(truth) => assert_eq!(cell, truth.to_string(), "{name}"),
                Value::Number(number) => {
                    assert_eq!(cell.parse::<f64>().unwrap(), number.as_f64().unwrap(), "{name}");
                }
                Value::Array(numbers) => {
                    let cells: Vec<u64> = cell.split(", ").map(|number| number.parse().unwrap()).collect();
                    assert_eq!(cells, numbers.iter().map(integer).collect::<Vec<_>>(), "{name}");
                }
                Value::Object(_) => panic!("{name} is an object"),
            }
        }
        lines += 1;
    }
    assert_eq!(lines, zoo::entries().len());
}

/// Returns the parts of a text between two marks.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(from).skip(1).map(move |rest| rest.split(to).next().unwrap())
}

#[test]
fn the_page_has_every_rule() {
    let rows: Vec<&str> = between(&PAGE, "<tr role=\"row\" id=\"zoo-", "</tr>").collect();
    assert_eq!(rows.len(), zoo::entries().len());
    let columns = between(&PAGE, "<th scope=\"col\"", ">").count();
    for (row, entry) in rows.into_iter().zip(zoo::entries()) {
        assert!(row.starts_with(&format!("{}\"", entry.name)));
        assert!(row.contains(&format!("href=\"explorer.html#a={}&amp;do=100xpush\"", entry.name)), "{entry}");
        assert_eq!(row.matches("<td ").count() + row.matches("<th ").count(), columns, "{entry}");
        assert_eq!(row.contains("data-amortized=\"no\""), !entry.is_amortized(), "{entry}");
        if let Some(url) = entry.url() {
            assert!(row.contains(&format!("href=\"{}\"", url.replace('&', "&amp;"))), "{entry}");
        }
    }
    assert!(!PAGE.contains(['{', '}']), "a placeholder is left");
}

/// A blank line would end the HTML, and the rest would be read as Markdown.
#[test]
fn the_table_is_one_block_of_html() {
    let table = between(&PAGE, "<div class=\"zoo-page\">\n", "</div>\n<script").next().unwrap();
    assert!(table.lines().all(|line| !line.trim().is_empty()));
    for element in
        ["table", "thead", "tbody", "tr", "th", "td", "form", "label", "select", "div", "span", "a"]
    {
        let open =
            table.matches(&format!("<{element} ")).count() + table.matches(&format!("<{element}>")).count();
        assert_eq!(open, table.matches(&format!("</{element}>")).count(), "{element}");
    }
}
