//! The measurements as tables in Markdown.

use super::{Race, quartiles};
use std::fmt::Write as _;

/// The measurements of one contender in one race.
pub struct Cell {
    pub label: Label,
    /// Nanoseconds per unit of work, one value per process.
    pub times: Vec<f64>,
    pub ratios: Vec<f64>,
}

/// The place of a cell: table, column and row.
pub struct Label {
    table: String,
    column: String,
    row: String,
    /// The unit, if the cell shows the time of the first contender; empty, if it shows a ratio.
    unit: String,
}

impl Label {
    pub fn new(race: &Race<'_>, contender: usize) -> Self {
        let unit = if contender == 0 { race.unit } else { "" };
        Label::from([&race.table, &race.column, &race.contenders[contender].name, unit])
    }

    fn from(parts: [&str; 4]) -> Self {
        let [table, column, row, unit] = parts.map(str::to_owned);
        Label { table, column, row, unit }
    }

    pub fn to_line(&self) -> String {
        [&*self.table, &*self.column, &*self.row, &*self.unit].join("\t")
    }

    /// Splits a line into the label at its beginning and the rest.
    pub fn from_line(line: &str) -> (Self, &str) {
        let fields: Vec<&str> = line.splitn(5, '\t').collect();
        let [table, column, row, unit, rest] = fields[..] else { panic!("no label and numbers: {line:?}") };
        (Label::from([table, column, row, unit]), rest)
    }
}

/// Prints the tables in Markdown, rows and columns in the order of their first cells.
pub fn print_tables(cells: &[Cell]) {
    for table in distinct(cells.iter().map(|cell| &*cell.label.table)) {
        let of_table = || cells.iter().filter(|cell| cell.label.table == table);
        let columns = distinct(of_table().map(|cell| &*cell.label.column));
        println!("\n{table}\n\n| | {} |\n|---|{}", columns.join(" | "), "---:|".repeat(columns.len()));
        for row in distinct(of_table().map(|cell| &*cell.label.row)).into_iter().filter(|row| !row.is_empty())
        {
            let mut line = format!("| {row} |");
            for column in &columns {
                let cell = of_table().find(|cell| cell.label.row == row && cell.label.column == *column);
                write!(line, " {} |", cell.map_or(String::new(), Cell::text)).expect("a string takes all");
            }
            println!("{line}");
        }
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

impl Cell {
    fn text(&self) -> String {
        if self.label.unit.is_empty() {
            let [lower, median, upper] = quartiles(&self.ratios);
            let is_wide = lower < 0.9 * median || upper > 1.1 * median;
            let spread = if is_wide {
                format!(" ({}–{})", two_digits(lower), two_digits(upper))
            } else {
                String::new()
            };
            two_digits(median) + &spread
        } else {
            let [_, time, _] = quartiles(&self.times);
            format!("{} ns per {}", two_digits(time), self.label.unit)
        }
    }
}

/// Formats two digits: two states of one machine do not agree in more.
fn two_digits(number: f64) -> String {
    match number {
        ..0.995 => format!("{number:.2}"),
        ..9.95 => format!("{number:.1}"),
        ..99.5 => format!("{number:.0}"),
        _ => {
            let unit = 10_f64.powf(number.log10().floor() - 1.0);
            format!("{:.0}", (number / unit).round() * unit)
        }
    }
}
