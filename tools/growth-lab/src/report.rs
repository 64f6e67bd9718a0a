//! The report: a page of HTML that needs nothing else, tables of comma-separated values, and tables for the terminal.

use super::measured::{Heap, Measurement, quartiles, size_name};
use super::options::Options;
use super::pictures;
use super::predicted::Prediction;
use growable_nd::amortized::Bounds;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// If the upper quartile of the ratios of a rule is so many times the lower, the machine is too noisy to rank.
const NOISY: f64 = 1.15;

/// What the columns of the predicted table mean.
const PER_ROW: &str = "Per row, and at worst or on average over the last two decades of rows, whose logarithm is taken for \
    uniform. A rule is followed until it has grown some 200,000 times.";

/// Fewer rounds have no quartiles to speak of.
const FEW_ROUNDS: usize = 5;

pub struct Report<'a> {
    pub options: &'a Options,
    pub predictions: &'a [Prediction],
    pub measurements: &'a [Measurement],
    /// Rules that were not measured, with the reason.
    pub left_out: &'a [String],
}

impl Report<'_> {
    /// Writes all files, and says where the page is.
    pub fn write(&self) -> io::Result<PathBuf> {
        let folder = &self.options.folder;
        write(&folder.join("predicted.csv"), &csv(&self.predicted()))?;
        write(&folder.join("growths.csv"), &self.growths())?;
        for (name, table) in [("measured.csv", csv(&self.measured())), ("rounds.csv", self.rounds())] {
            let path = folder.join(name);
            if !self.measurements.is_empty() {
                write(&path, &table)?;
            } else if path.exists() {
                // Of an earlier run: beside this report it would be read as a part of it.
                fs::remove_file(path)?;
            }
        }
        let page = folder.join("report.html");
        write(&page, &self.page())?;
        Ok(page)
    }

    /// What the terminal shows.
    pub fn text(&self) -> String {
        let mut text = format!("Predicted\n\n{}\n{PER_ROW}\n\n", aligned(&self.predicted()));
        if !self.measurements.is_empty() {
            text += &format!("Measured\n\n{}\n", aligned(&self.measured()));
        }
        for line in self.left_out.iter().cloned().chain(self.verdicts()) {
            text += &(line + "\n");
        }
        text
    }

    /// A line for each rule, below the head.
    fn predicted(&self) -> Vec<Vec<String>> {
        let head = [
            "rule",
            "rows",
            "growths",
            "copies per push, worst",
            "copies per push, mean",
            "capacity per row, worst",
            "capacity per row, mean",
            "old + new per row, worst",
            "first-fit heap per row, worst",
            "amortized push, bound",
        ];
        let lines = self.predictions.iter().map(|prediction| {
            let Prediction { rule, rows, totals, worst, mean, .. } = prediction;
            let bound = Bounds::of(&rule.growth)
                .map_or("none".to_owned(), |bounds| bounds.amortized_push().to_string());
            let two = |value: f64| format!("{value:.2}");
            vec![
                rule.name.clone(),
                rows.to_string(),
                totals.growths.to_string(),
                two(worst.copies),
                two(mean.copies),
                format!("{:.3}", worst.capacity),
                format!("{:.3}", mean.capacity),
                two(worst.peak),
                two(worst.heap),
                bound,
            ]
        });
        [head.map(str::to_owned).to_vec()].into_iter().chain(lines).collect()
    }

    fn measured(&self) -> Vec<Vec<String>> {
        let head = [
            "size",
            "allocator",
            "rule",
            "ms",
            "to exact room",
            "lower quartile",
            "upper quartile",
            "growths",
            "other address",
            "peak memory per element byte",
        ];
        let lines = self.measurements.iter().map(|measurement| {
            let Measurement { heap, bytes, times, ratios, growths, moves, peak, .. } = measurement;
            let [_, time, _] = quartiles(times);
            let [lower, median, upper] = quartiles(ratios).map(|ratio| format!("{ratio:.2}"));
            vec![
                size_name(*bytes),
                heap.name().to_owned(),
                measurement.rule_name().to_owned(),
                format!("{:.3}", time / 1e6),
                median,
                lower,
                upper,
                growths.to_string(),
                moves.to_string(),
                peak.map_or("unknown".to_owned(), |peak| format!("{:.2}", peak / *bytes as f64)),
            ]
        });
        [head.map(str::to_owned).to_vec()].into_iter().chain(lines).collect()
    }

    /// The growths of each rule, without those that no eye could tell apart.
    fn growths(&self) -> String {
        let mut text = "rule,rows,from,to,charged\n".to_owned();
        for prediction in self.predictions {
            for step in prediction.visible() {
                let (rule, rows) = (quoted(&prediction.rule.name), step.rows);
                writeln!(text, "{rule},{rows},{},{},{}", step.from, step.to, step.charged)
                    .expect("a string has room");
            }
        }
        text
    }

    /// Each time that was measured.
    fn rounds(&self) -> String {
        let mut text = "bytes,allocator,rule,round,nanoseconds\n".to_owned();
        for measurement in self.measurements {
            let Measurement { heap, bytes, times, .. } = measurement;
            let rule = quoted(measurement.rule_name());
            for (round, time) in (1..).zip(times) {
                writeln!(text, "{bytes},{},{rule},{round},{time}", heap.name()).expect("a string has room");
            }
        }
        text
    }

    /// For each size and allocator: whether the run was quiet enough, and who is ahead.
    pub fn verdicts(&self) -> Vec<String> {
        let exact = self.measurements.iter().filter(|measurement| measurement.rule.is_none());
        let verdicts = exact.map(|Measurement { heap, bytes, .. }| {
            format!("{}, {} allocator: {}", size_name(*bytes), heap.name(), self.verdict(*heap, *bytes))
        });
        verdicts.collect()
    }

    fn verdict(&self, heap: Heap, bytes: usize) -> String {
        let of_place = self.measurements.iter().filter(|m| m.heap == heap && m.bytes == bytes);
        let mut ranked: Vec<_> =
            of_place.filter_map(|m| Some((m.rule.as_ref()?.name.as_str(), quartiles(&m.ratios)))).collect();
        ranked.sort_by(|(_, left), (_, right)| left[1].total_cmp(&right[1]));
        let Some(((first, [_, _, level]), others)) = ranked.split_first() else {
            return "nothing to rank.".to_owned();
        };
        if self.options.rounds < FEW_ROUNDS {
            return format!("not ranked, which takes at least {FEW_ROUNDS} rounds.");
        }
        let spreads: Vec<f64> = ranked.iter().map(|(_, [lower, _, upper])| upper / lower).collect();
        let [_, spread, _] = quartiles(&spreads);
        if spread > NOISY {
            return format!(
                "too noisy to rank. The upper quartile of a ratio is {spread:.2} times the lower, in the middle of all rules."
            );
        }
        let level: Vec<&str> =
            others.iter().take_while(|(_, [lower, ..])| lower <= level).map(|(name, _)| *name).collect();
        match level.len() {
            0 => format!("{first} is the fastest."),
            n if n == others.len() => "no rule can be told apart from the fastest.".to_owned(),
            _ => format!("{first} is the fastest; {} cannot be told apart from it.", level.join(", ")),
        }
    }

    fn page(&self) -> String {
        let Options { rules, row_shape, element, rows, rounds, .. } = self.options;
        let shape = row_shape.iter().map(usize::to_string).collect::<Vec<_>>().join(" × ");
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>Growth lab</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <h1>Growth lab</h1>\n\
             <p>What it costs to push rows with {}: predicted by simulating up to {} pushes{}. A row is {shape} \
             elements of <code>{element}</code>, {} bytes.</p>\n",
            if rules.len() == 1 {
                "one rule of growth".to_owned()
            } else {
                format!("{} rules of growth", rules.len())
            },
            grouped(*rows),
            if self.measurements.is_empty() {
                String::new()
            } else {
                format!(", and measured on this machine in {rounds} rounds")
            },
            self.options.row_bytes(),
        );
        page += "<h2>Predicted</h2>\n";
        page += &html_table(&self.predicted());
        writeln!(
            page,
            "<p class=\"note\">{PER_ROW} The table is in <code>predicted.csv</code>, the growths that an eye can tell apart in \
            <code>growths.csv</code>.</p>"
        )
        .expect("a string has room");
        page += &pictures::predicted(self.predictions, self.options.row_bytes()).concat();
        if self.measurements.is_empty() {
            page += "<h2>Measured</h2>\n<p>Nothing was, as asked for by <code>--no-measure</code>.</p>\n";
        } else {
            page += "<h2>Measured</h2>\n<ul>\n";
            for line in self.verdicts().iter().chain(self.left_out) {
                writeln!(page, "<li>{}</li>", escaped(line)).expect("a string has room");
            }
            writeln!(page, "</ul>\n<p>{}</p>", escaped(&machine())).expect("a string has room");
            page += &pictures::measured(self.measurements).concat();
            page += &html_table(&self.measured());
            page += "<p class=\"note\">Each build in a process of its own, all in turn, and ratios within a round; the first build of a process touches \
                its memory and is not timed. The copying allocator never enlarges a block: it allocates, copies and frees, and \
                up to 16 MiB glibc is told to keep what is freed. The table is in <code>measured.csv</code>, each time in \
                <code>rounds.csv</code>.</p>\n";
        }
        page + "</body>\n</html>\n"
    }
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff;max-width:1060px;margin:2em auto;padding:0 1em}p,ul{max-width:760px}\
    figure{margin:2em 0;max-width:760px}figcaption{font-size:15px;max-width:720px}\
    .table{overflow-x:auto}table{border-collapse:collapse;font-size:14px}\
    th,td{padding:.25em .7em;border-bottom:1px solid #ddd;text-align:right;vertical-align:bottom}td{white-space:nowrap}\
    th:first-child,td:first-child{text-align:left}.note{font-size:14px;color:#555}";

/// The machine, as far as it says.
fn machine() -> String {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{model}, cores to use: {cores}, {} on {}.", std::env::consts::OS, std::env::consts::ARCH)
}

/// Writes a file whole, or not at all: two runs in one folder do not mix their lines.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    fs::write(&temporary, text)?;
    fs::rename(temporary, path)
}

/// A number with a comma behind each three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn csv(table: &[Vec<String>]) -> String {
    let line = |line: &Vec<String>| line.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n";
    table.iter().map(line).collect()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn html_table(table: &[Vec<String>]) -> String {
    let row = |line: &Vec<String>, tag: &str| {
        let cells = line.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let (head, lines) = table.split_first().expect("a head");
    let lines: String = lines.iter().map(|line| row(line, "td")).collect();
    format!("<div class=\"table\"><table>\n{}{lines}</table></div>\n", row(head, "th"))
}

/// A table for the terminal, with the words of its head below each other.
fn aligned(table: &[Vec<String>]) -> String {
    let (head, lines) = table.split_first().expect("a head");
    let words: Vec<Vec<&str>> = head.iter().map(|cell| cell.split(' ').collect()).collect();
    let height = words.iter().map(Vec::len).max().unwrap_or(0);
    let word = |column: usize, line: usize| {
        let words = &words[column];
        (line + words.len()).checked_sub(height).map_or("", |index| words[index])
    };
    let head = (0..height).map(|line| (0..words.len()).map(|column| word(column, line)).collect::<Vec<_>>());
    let lines = lines.iter().map(|line| line.iter().map(String::as_str).collect());
    let all: Vec<Vec<&str>> = head.chain(lines).collect();
    let width = |column: usize| all.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..words.len()).map(width).collect();
    let line = |line: &Vec<&str>| {
        let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if column == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") }
        });
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    all.iter().map(line).collect()
}
