//! The command line.

use crate::advice::Preferences;
use crate::answer::Clock;
use crate::child::Heap;
use crate::lengths::Lengths;
use crate::quantity;
use crate::rules::REPRESENTATIVE;
use crate::workload::Work;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Compares growth policies of arrays: time, memory and copies, predicted and measured.
#[derive(Parser, Debug)]
#[command(name = "growth-lab", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
pub struct Command {
    #[command(subcommand)]
    pub task: Option<Task>,
    #[command(flatten)]
    pub options: Options,
}

const EXAMPLES: &str = "\
A policy is a factor (3/2, 1.5), a step in rows (+1024), `exact`, or a name of the zoo (cpython-list; \
`growth-lab zoo` lists the names). \
`2 from 16` begins with a block of 16 rows, `2 shrink to 2 at 1/4` shrinks. The default is seven policies.

Exit status: 0 success; 1 `compare` found a slower policy, or `self-test` too many false verdicts; 2 error.

Examples:
  growth-lab 3/2 2 --row 3                             10,000 to 1,000,000 rows of 24 bytes
  growth-lab 3/2 2 --rows uniform:10..10000            uniform lengths
  growth-lab 3/2 2 --row 480,640 --element f32 --rows 100..500
  growth-lab 2 4 '2 from 4' --arrays 16000 --rows 1..64
  growth-lab 5/4 3/2 2 --budget 1.3x                   which policy keeps a memory budget
  growth-lab compare target/growth-lab/A target/growth-lab/B";

#[derive(Subcommand, Debug)]
pub enum Task {
    /// Compares two runs that built the same arrays; exits with 1 if a policy became slower
    Compare {
        /// Folder of the first run, the baseline
        first: PathBuf,
        /// Folder of the second run
        second: PathBuf,
        /// Compares times as measured instead of relative to the preallocated array of the same
        /// round
        #[arg(long)]
        absolute: bool,
        /// Clock to compare
        #[arg(long, value_enum, default_value = "cpu")]
        clock: Clock,
        /// Treats differences up to this share as equal
        #[arg(long, default_value = "2%", value_parser = quantity::share)]
        equivalence: f64,
    },
    /// Writes the page of a run again, and prints its answer
    Show {
        /// Folder of the run
        run: PathBuf,
        #[command(flatten)]
        preferences: PreferenceOptions,
    },
    /// Lists the policies of the zoo: names and titles
    Zoo,
    /// Simulates noise: counts false verdicts, and differences that are found
    SelfTest {
        /// Number of simulated pages per setting
        #[arg(long, default_value = "500", value_parser = clap::value_parser!(u32).range(10..=100_000))]
        pages: u32,
    },
    /// Predicts the cost of each factor in a range, in one picture
    Factors {
        /// Range of factors, such as 1.05..4
        #[arg(default_value = "1.05..4", value_parser = factors)]
        range: (f64, f64),
        /// Lengths of the arrays
        #[arg(long, default_value = "1e4..1e6")]
        rows: String,
        /// Folder for the page
        #[arg(long, value_name = "FOLDER", default_value = "target/growth-lab")]
        out: PathBuf,
    },
}

#[derive(Args, Debug)]
pub struct Options {
    /// Growth policies to compare
    #[arg(value_name = "POLICY")]
    pub rules: Vec<String>,
    /// Shape of a row, such as 3 or 10,10 or 480x640
    #[arg(long, value_name = "SHAPE", default_value = "3", value_parser = row_shape)]
    pub row: RowShape,
    /// Type of the elements
    #[arg(long, value_name = "TYPE", default_value = "f64", value_parser = ELEMENTS.map(|(name, _)| name))]
    pub element: String,
    /// Lengths of the arrays: 1e6, 1e4..1e6 (each doubling is equally likely), uniform:10..10000,
    /// 1MiB..64MiB, or @FILE with a number of rows and a weight on each line
    #[arg(long, value_name = "LENGTHS", default_value = "1e4..1e6")]
    pub rows: String,
    /// Operations: push, batches:100, push-pop or walk:60 (percentage of pushes)
    #[arg(long, value_name = "WORK", default_value = "push", value_parser = Work::parse)]
    pub work: Work,
    /// Runs the operations of a file, one on each line: push, 1000 x push, pop, extend 5, reserve
    /// 8, truncate 3; `growable_nd::amortized::Recording` prints such a file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["work", "rows"])]
    pub trace: Option<String>,
    /// Number of arrays that grow in turn in one process
    #[arg(long, value_name = "N", default_value = "1", value_parser = quantity::count)]
    pub arrays: u64,
    /// States of the heap: fresh, warm, copying
    #[arg(
        long,
        value_name = "HEAPS",
        value_delimiter = ',',
        value_enum,
        default_value = "fresh,warm,copying"
    )]
    pub heaps: Vec<HeapName>,
    /// Number of rounds; each measures every policy at four lengths. More rounds show smaller
    /// differences; 25 give an interval for any number of policies, fewer than 16 may not
    #[arg(long, value_name = "N", default_value = "25", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub rounds: u32,
    /// Treats differences up to this share as equal
    #[arg(long, value_name = "SHARE", default_value = "2%", value_parser = quantity::share)]
    pub equivalence: f64,
    #[command(flatten)]
    pub preferences: PreferenceOptions,
    /// Seed of lengths and orders; runs with one seed build the same arrays
    #[arg(long, value_name = "N", default_value = "1")]
    pub seed: u64,
    /// Predicts without measuring: takes a second
    #[arg(long)]
    pub no_measure: bool,
    /// Measures each spelling of a policy separately, which shows the noise
    #[arg(long)]
    pub separate: bool,
    /// Slows the first policy down by this share, as a test of the verdicts
    #[arg(long, value_name = "SHARE", value_parser = quantity::share, hide = true)]
    pub plant: Option<f64>,
    /// Folder for the folders of the runs
    #[arg(long, value_name = "FOLDER", default_value = "target/growth-lab")]
    pub out: PathBuf,
}

#[derive(Args, Debug, Clone, Copy)]
pub struct PreferenceOptions {
    /// Maximum bytes per byte of elements, such as 1.3x
    #[arg(long, value_name = "FACTOR", value_parser = quantity::factor)]
    pub budget: Option<f64>,
    /// Cost of an unused slot, in copies of a row
    #[arg(long, value_name = "COPIES", value_parser = price)]
    pub price: Option<f64>,
    /// Clock that ranks the policies; both clocks are measured
    #[arg(long, value_enum, default_value = "cpu")]
    pub clock: Clock,
}

impl From<PreferenceOptions> for Preferences {
    fn from(options: PreferenceOptions) -> Preferences {
        Preferences { budget: options.budget, price: options.price }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum HeapName {
    Fresh,
    Warm,
    Copying,
}

impl From<HeapName> for Heap {
    fn from(name: HeapName) -> Heap {
        match name {
            HeapName::Fresh => Heap::Fresh,
            HeapName::Warm => Heap::Warm,
            HeapName::Copying => Heap::Copying,
        }
    }
}

/// The extents of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowShape(pub Vec<usize>);

/// Types of elements, and their bytes.
pub const ELEMENTS: [(&str, u64); 6] =
    [("u8", 1), ("u16", 2), ("u32", 4), ("u64", 8), ("f32", 4), ("f64", 8)];

/// Maximum number of extents of a row: an array has at most eight axes, the first of which counts
/// rows.
const MOST_EXTENTS: usize = 7;

/// Maximum number of elements in a row: an array of larger rows would have too few to grow.
const MOST_ROW_ELEMENTS: usize = 1 << 27;

/// Maximum number of arrays: their operations can be counted without overflow.
const MOST_ARRAYS: u64 = 1_000_000;

impl Options {
    pub fn rules(&self) -> Vec<String> {
        if self.rules.is_empty() { REPRESENTATIVE.map(str::to_owned).to_vec() } else { self.rules.clone() }
    }

    pub fn row_bytes(&self) -> u64 {
        let element =
            ELEMENTS.into_iter().find(|(name, _)| *name == self.element).map_or(8, |(_, bytes)| bytes);
        self.row.0.iter().map(|&extent| extent as u64).product::<u64>() * element
    }

    pub fn lengths(&self) -> Result<Lengths, String> {
        Lengths::parse(&self.rows, self.row_bytes())
    }

    pub fn work(&self) -> Result<Work, String> {
        match &self.trace {
            Some(path) => Work::read_trace(path),
            None => Ok(self.work.clone()),
        }
    }

    pub fn arrays(&self) -> Result<u64, String> {
        if (1..=MOST_ARRAYS).contains(&self.arrays) {
            Ok(self.arrays)
        } else {
            Err(format!("invalid number of arrays {}; from 1 to {MOST_ARRAYS}", self.arrays))
        }
    }

    /// Returns the heaps in their order, each once.
    pub fn heaps(&self) -> Vec<Heap> {
        let asked: Vec<Heap> = self.heaps.iter().map(|&name| name.into()).collect();
        Heap::ALL.into_iter().filter(|heap| asked.contains(heap)).collect()
    }
}

fn row_shape(text: &str) -> Result<RowShape, String> {
    let extent = |extent: &str| extent.trim().parse::<usize>().ok().filter(|&extent| extent > 0);
    let shape: Option<Vec<usize>> = text.split([',', 'x', '×']).map(extent).collect();
    let shape = shape.filter(|shape| shape.len() <= MOST_EXTENTS);
    let shape =
        shape.ok_or_else(|| format!("expected up to {MOST_EXTENTS} positive extents, for example 10,10"))?;
    match shape.iter().try_fold(1_usize, |product, extent| product.checked_mul(*extent)) {
        Some(elements) if elements <= MOST_ROW_ELEMENTS => Ok(RowShape(shape)),
        _ => Err(format!("expected at most {MOST_ROW_ELEMENTS} elements in a row")),
    }
}

fn price(text: &str) -> Result<f64, String> {
    let price = text.trim().parse::<f64>().ok().filter(|price| (0.0..=1e6).contains(price));
    price.ok_or_else(|| "expected a number of copies, for example 1 or 0.5".into())
}

fn factors(text: &str) -> Result<(f64, f64), String> {
    let ends = text.split_once("..").map(|(from, to)| (quantity::factor(from), quantity::factor(to)));
    match ends {
        Some((Ok(from), Ok(to))) if 1.001 <= from && from < to && to <= 16.0 => Ok((from, to)),
        _ => Err("expected an ascending range from 1.001 to 16, for example 1.05..4".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Command::command().debug_assert();
    }

    #[test]
    fn hostile_command_lines_have_messages() {
        for line in [
            "2 --rows NaN",
            "2 --row 0",
            "2 --row 1,2,3,4,5,6,7,8",
            "2 --row 99999999999",
            "2 --element f16",
            "2 --rounds 0",
            "2 --equivalence 0",
            "2 --work pushes",
            "2 --budget 0.5",
            "2 --price -1",
            "2 --heaps cold",
            "--no-such-option",
            "factors 4..2",
            "factors 1..2",
            "factors 1.0001..2",
            "self-test --pages 1",
            "compare a",
            "2 --arrays x",
        ] {
            let words = std::iter::once("growth-lab").chain(line.split(' '));
            let parsed = Command::try_parse_from(words);
            let is_fault = match parsed {
                Err(_) => true,
                Ok(command) => command.options.lengths().is_err() || command.options.arrays().is_err(),
            };
            assert!(is_fault, "{line}");
        }
    }
}
