//! The table of all cells, as Markdown and JSON, and the summary.

use super::exceptions::{EXCEPTIONS, reason_for};
use super::run::{Key, Options};
use crate::interleaved::quartiles;
use crate::machine;
use std::fmt::Write as _;
use std::process::{Command, ExitCode, Stdio};

/// The target, and the limit of the second count.
const TARGET: f64 = 1.15;
const WORST: f64 = 2.0;

/// The measurements of a cell.
struct Measured {
    key: Key,
    /// The times of each contender in each round, in nanoseconds; ours come first.
    contenders: Vec<(String, Vec<f64>)>,
}

/// Starts the measuring processes, writes `matrix.md` and `matrix.json`, and prints the summary.
pub fn report(options: &Options) -> ExitCode {
    let mut cells: Vec<Measured> = Vec::new();
    let mut is_right = true;
    for process in 0..options.processes {
        eprintln!("process {} of {}", process + 1, options.processes);
        let (printed, success) = child();
        is_right &= success;
        printed.lines().for_each(|line| add_line(&mut cells, line));
    }
    if cells.is_empty() {
        eprintln!("error: no cell has all of these in its name: {}", options.filters.join(" "));
        return ExitCode::from(2);
    }
    if !cells.iter().any(|cell| cell.ratio("NumPy").is_some()) {
        eprintln!("NumPy was left out: set GROWABLE_ND_PYTHON to an interpreter that has it");
    }
    let summary = summary(&cells);
    let written = std::fs::create_dir_all(&options.out)
        .and_then(|()| std::fs::write(options.out.join("matrix.md"), markdown(&cells, &summary)))
        .and_then(|()| std::fs::write(options.out.join("matrix.json"), json(&cells)));
    if let Err(error) = written {
        eprintln!("error: {}: {error}", options.out.display());
        return ExitCode::FAILURE;
    }
    machine::describe();
    println!("\n{summary}");
    if !is_right {
        eprintln!("error: contenders have different results, or a process failed");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Returns the output of a measuring process, and whether it succeeded.
fn child() -> (String, bool) {
    let program = std::env::current_exe().expect("the path of this program");
    let mut command = Command::new(program);
    command.args(std::env::args().skip(1)).arg("--measure-in-this-process=matrix");
    let (name, value) = crate::interleaved::KEEP_MEMORY;
    let output = command.env(name, value).stderr(Stdio::inherit()).output().expect("a process that measures");
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success())
}

fn add_line(cells: &mut Vec<Measured>, line: &str) {
    let mut fields = line.split('\t');
    let mut field = || fields.next().unwrap_or_default().to_owned();
    let key = Key { group: field(), operation: field(), element: field(), layout: field(), size: field() };
    let contenders: Vec<(String, Vec<f64>)> = fields
        .filter_map(|field| field.split_once('='))
        .map(|(name, times)| {
            (name.to_owned(), times.split(',').filter_map(|time| time.parse().ok()).collect())
        })
        .collect();
    match cells.iter_mut().find(|cell| cell.key == key) {
        Some(cell) => {
            let names = |contenders: &[(String, Vec<f64>)]| -> Vec<String> {
                contenders.iter().map(|(name, _)| name.clone()).collect()
            };
            assert_eq!(names(&cell.contenders), names(&contenders), "processes differ: {line}");
            for ((_, all), (_, times)) in cell.contenders.iter_mut().zip(contenders) {
                all.extend(times);
            }
        }
        None => cells.push(Measured { key, contenders }),
    }
}

impl Measured {
    fn times(&self, name: &str) -> Option<&[f64]> {
        self.contenders.iter().find(|contender| contender.0 == name).map(|contender| &contender.1[..])
    }

    /// Returns the quartiles of the ratio of ours to another contender, taken round by round.
    fn ratio(&self, other: &str) -> Option<[f64; 3]> {
        let (ours, others) = (self.times("ours")?, self.times(other)?);
        Some(quartiles(&ours.iter().zip(others).map(|(ours, other)| ours / other).collect::<Vec<f64>>()))
    }

    /// Returns the largest of the median ratios, and the contender that it compares with.
    fn verdict_to(&self, others: &[&'static str]) -> Option<(f64, &'static str)> {
        let ratios = others.iter().filter_map(|&other| Some((self.ratio(other)?[1], other)));
        ratios.max_by(|a, b| a.0.total_cmp(&b.0))
    }

    fn verdict(&self) -> Option<(f64, &'static str)> {
        self.verdict_to(&["hand", "ndarray", "NumPy"])
    }

    fn is_above(&self, limit: f64) -> bool {
        self.verdict().is_some_and(|(ratio, _)| ratio > limit)
    }

    fn row(&self) -> String {
        let Key { group, operation, element, layout, size } = &self.key;
        let shown = |ratio: Option<[f64; 3]>| {
            ratio.map_or(String::new(), |[low, median, high]| format!("{median:.2} ({low:.2}–{high:.2})"))
        };
        let others = ["hand", "ndarray", "NumPy"].map(|other| shown(self.ratio(other)));
        let time = self.times("ours").map_or(f64::NAN, |times| quartiles(times)[1]);
        let verdict = self.verdict().map_or(String::new(), |(ratio, _)| format!("{ratio:.2}"));
        format!(
            "| {group} | {operation} | {element} | {layout} | {size} | {time:.0} | {} | {verdict} |",
            others.join(" | ")
        )
    }
}

const HEAD: &str = "| group | operation | element | layout | size | ours, ns | to hand | to ndarray | to NumPy | verdict |\n\
                    |---|---|---|---|---|--:|--:|--:|--:|--:|\n";

fn summary(cells: &[Measured]) -> String {
    let mut text = String::new();
    let counted: [(&str, &[&'static str]); 2] = [
        ("a hand-written loop and ndarray", &["hand", "ndarray"]),
        ("these and NumPy", &["hand", "ndarray", "NumPy"]),
    ];
    for (name, others) in counted {
        let verdicts: Vec<f64> = cells.iter().filter_map(|cell| Some(cell.verdict_to(others)?.0)).collect();
        let above = |limit: f64| verdicts.iter().filter(|&&verdict| verdict > limit).count();
        let _ = writeln!(
            text,
            "- beside {name}: {} cells, {} above {TARGET}, {} above {WORST}",
            verdicts.len(),
            above(TARGET),
            above(WORST)
        );
    }
    let _ = writeln!(text, "\n{}\n{}", by_group(cells), by_reason(cells));
    let mut above: Vec<&Measured> = cells.iter().filter(|cell| cell.is_above(TARGET)).collect();
    above.sort_by(|a, b| b.verdict().unwrap_or_default().0.total_cmp(&a.verdict().unwrap_or_default().0));
    if !above.is_empty() {
        let _ = writeln!(text, "\nAbove {TARGET}, the worst first:\n\n{HEAD}{}", rows(above));
    }
    text
}

/// Counts the cells of each group above the limits.
fn by_group(cells: &[Measured]) -> String {
    let mut text = format!("| group | cells | above {TARGET} | above {WORST} |\n|---|--:|--:|--:|\n");
    let mut groups: Vec<&str> = cells.iter().map(|cell| &cell.key.group[..]).collect();
    groups.dedup();
    for group in groups {
        let of_group = || cells.iter().filter(|cell| cell.key.group == group);
        let above = |limit: f64| of_group().filter(|cell| cell.is_above(limit)).count();
        let _ =
            writeln!(text, "| `{group}` | {} | {} | {} |", of_group().count(), above(TARGET), above(WORST));
    }
    text
}

/// Counts the cells above the target that each reason explains, with the range of their verdicts.
fn by_reason(cells: &[Measured]) -> String {
    let mut text = String::from("| cells | verdicts | reason |\n|--:|---|---|\n");
    let reasons = EXCEPTIONS.iter().map(|exception| exception.reason).chain(["No reason is known."]);
    for (place, reason) in reasons.enumerate() {
        let explained = |cell: &&Measured| {
            cell.verdict().is_some_and(|(ratio, best)| {
                ratio > TARGET && reason_for(&cell.key, best).unwrap_or(EXCEPTIONS.len()) == place
            })
        };
        let mut verdicts: Vec<f64> =
            cells.iter().filter(explained).filter_map(|cell| Some(cell.verdict()?.0)).collect();
        verdicts.sort_by(f64::total_cmp);
        if let [least, ..] = verdicts[..] {
            let most = verdicts[verdicts.len() - 1];
            let _ = writeln!(text, "| {} | {least:.1}–{most:.1} | {reason} |", verdicts.len());
        }
    }
    text
}

fn rows<'a>(cells: impl IntoIterator<Item = &'a Measured>) -> String {
    cells.into_iter().map(|cell| cell.row() + "\n").collect()
}

fn markdown(cells: &[Measured], summary: &str) -> String {
    format!("# The matrix\n\n{summary}\n## All cells\n\n{HEAD}{}", rows(cells))
}

fn json(cells: &[Measured]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("  {}", cell.json())).collect();
    format!("[\n{}\n]\n", cells.join(",\n"))
}

impl Measured {
    fn json(&self) -> String {
        let Key { group, operation, element, layout, size } = &self.key;
        let names = [
            ("group", group),
            ("operation", operation),
            ("element", element),
            ("layout", layout),
            ("size", size),
        ];
        let mut fields: Vec<String> = names.map(|(name, value)| format!("{name:?}: {value:?}")).into();
        for (name, times) in &self.contenders {
            fields.push(format!("\"{name}_ns\": {}", numbers(quartiles(times))));
        }
        for (name, _) in self.contenders.iter().filter(|(name, _)| name != "ours") {
            fields.extend(self.ratio(name).map(|ratio| format!("\"to_{name}\": {}", numbers(ratio))));
        }
        fields.extend(
            self.verdict().map(|(ratio, other)| format!("\"verdict\": {ratio:.3}, \"best\": {other:?}")),
        );
        format!("{{{}}}", fields.join(", "))
    }
}

fn numbers(values: [f64; 3]) -> String {
    format!("[{}]", values.map(|value| format!("{value:.3}")).join(", "))
}
