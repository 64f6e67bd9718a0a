//! The command line.

use super::rules::REPRESENTATIVE;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::PathBuf;

/// A billion billion: as many as can be counted without a thought to overflow.
const MOST_ROWS: u64 = 1_000_000_000_000_000_000;

/// More could not be told apart in the pictures.
const MOST_RULES: usize = 14;

/// An array has eight axes at the most, one of which is that of the rows.
const MOST_EXTENTS: usize = 7;

/// A tebibyte: larger arrays would be built for hours, if there was memory for them.
const MOST_BYTES: usize = 1 << 40;

/// Two decades, over which the averages are taken.
const LEAST_ROWS: u64 = 100;

/// Rows of more bytes would be too few to grow.
const MOST_ROW_BYTES: usize = 1 << 30;

pub const ELEMENTS: [(&str, usize); 6] =
    [("u8", 1), ("u16", 2), ("u32", 4), ("u64", 8), ("f32", 4), ("f64", 8)];

/// What was asked for.
#[derive(Clone)]
pub struct Options {
    pub rules: Vec<String>,
    pub row_shape: Vec<usize>,
    pub element: &'static str,
    pub element_bytes: usize,
    /// Rows of the simulated part.
    pub rows: u64,
    /// Bytes of the finished arrays of the measured part; none if nothing is measured.
    pub sizes: Vec<usize>,
    pub rounds: usize,
    pub folder: PathBuf,
    /// What this process is to measure for the one that started it.
    pub task: Option<String>,
}

impl Options {
    pub fn row_len(&self) -> usize {
        self.row_shape.iter().product()
    }

    pub fn row_bytes(&self) -> usize {
        self.row_len() * self.element_bytes
    }

    /// The options of this process, or a message that ends it.
    pub fn parse() -> Options {
        let matches = command().get_matches();
        from_matches(&matches).unwrap_or_else(|message| {
            command().error(clap::error::ErrorKind::ValueValidation, message).exit()
        })
    }
}

fn command() -> Command {
    Command::new("growth-lab")
        .about("Compares growth factors and rules of growth: time, memory and copies, predicted and measured")
        .after_help(
            "A rule is a factor (3/2, 1.5), a step in rows (+1024), `exact`, or the name of one of the zoo (cpython-list); \
             `2 from 16` begins with a block of 16 rows. Without any, a representative set is taken.\n\n\
             Example: cargo run --release -p growth-lab -- 3/2 2 cpython-list --row 10,10 --rows 10^12",
        )
        .arg(Arg::new("rules").value_name("RULE").num_args(0..).help("Rules of growth to compare"))
        .arg(
            Arg::new("row")
                .long("row")
                .value_name("SHAPE")
                .default_value("3")
                .help("Shape of a row, such as 3 or 10,10"),
        )
        .arg(
            Arg::new("element")
                .long("element")
                .value_name("TYPE")
                .default_value("f64")
                .value_parser(ELEMENTS.map(|(name, _)| name))
                .help("Type of the elements"),
        )
        .arg(
            Arg::new("rows")
                .long("rows")
                .value_name("N")
                .default_value("10^9")
                .help("Rows of the simulated part, up to 10^18; powers may be written as 10^12"),
        )
        .arg(
            Arg::new("sizes")
                .long("sizes")
                .value_name("SIZES")
                .default_value("1MiB,64MiB")
                .help("Sizes of the arrays that are built for the measured part"),
        )
        .arg(
            Arg::new("rounds")
                .long("rounds")
                .value_name("N")
                .default_value("9")
                .value_parser(value_parser!(u16).range(1..=1000))
                .help("How often each of them is built, in a process of its own"),
        )
        .arg(
            Arg::new("no-measure")
                .long("no-measure")
                .action(ArgAction::SetTrue)
                .help("Only predicts: takes a second"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FOLDER")
                .default_value("target/growth-lab")
                .value_parser(value_parser!(PathBuf))
                .help("Where the report and the tables are written"),
        )
        .arg(Arg::new("task").long("measure-in-this-process").value_name("TASK").hide(true))
}

fn from_matches(matches: &ArgMatches) -> Result<Options, String> {
    let text = |name| matches.get_one::<String>(name).expect("it has a default");
    let rules = match matches.get_many::<String>("rules") {
        Some(rules) => rules.cloned().collect(),
        None => REPRESENTATIVE.map(str::to_owned).to_vec(),
    };
    let (element, element_bytes) =
        ELEMENTS.into_iter().find(|(name, _)| name == text("element")).expect("one of these");
    let options = Options {
        rules: rule_names(&rules)?,
        row_shape: row_shape(text("row"))?,
        element,
        element_bytes,
        rows: rows(text("rows"))?,
        sizes: sizes(text("sizes"))?,
        rounds: usize::from(*matches.get_one::<u16>("rounds").expect("it has a default")),
        folder: matches.get_one::<PathBuf>("out").expect("it has a default").clone(),
        task: matches.get_one::<String>("task").cloned(),
    };
    if matches.get_flag("no-measure") {
        return Ok(Options { sizes: vec![], ..options });
    }
    let row_bytes = options.row_bytes();
    match options.sizes.iter().find(|&&size| size < row_bytes) {
        Some(size) => Err(format!("an array of {size} bytes has no room for a row of {row_bytes}")),
        None => Ok(options),
    }
}

/// Each name once, with one space between two words.
fn rule_names(names: &[String]) -> Result<Vec<String>, String> {
    let names = names.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    let names = without_doubles(names);
    match names.len() {
        0..=MOST_RULES => Ok(names),
        found => Err(format!("at most {MOST_RULES} rules can be told apart in the pictures, found {found}")),
    }
}

fn without_doubles<T: PartialEq>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut unique = Vec::new();
    for item in items {
        if !unique.contains(&item) {
            unique.push(item);
        }
    }
    unique
}

fn row_shape(text: &str) -> Result<Vec<usize>, String> {
    let extent = |extent: &str| extent.trim().parse::<usize>().ok().filter(|&extent| extent > 0);
    let shape: Option<Vec<_>> = text.split([',', 'x']).map(extent).collect();
    let shape = shape.filter(|shape| shape.len() <= MOST_EXTENTS);
    let shape = shape.ok_or_else(|| {
        format!("a shape is at most {MOST_EXTENTS} extents above 0, such as 10,10, found {text}")
    })?;
    let elements = shape.iter().try_fold(1_usize, |product, extent| product.checked_mul(*extent));
    // The largest element has eight bytes.
    match elements {
        Some(elements) if elements <= MOST_ROW_BYTES / 8 => Ok(shape),
        _ => Err(format!("a row has at most {} elements, found {text}", MOST_ROW_BYTES / 8)),
    }
}

fn rows(text: &str) -> Result<u64, String> {
    let wrong = || format!("expected a number of rows from {LEAST_ROWS} to 10^18, found {text}");
    let number = |digits: &str| digits.replace('_', "").parse::<u64>().map_err(|_| wrong());
    let rows = match text.split_once('^') {
        Some((base, exponent)) => {
            let exponent = u32::try_from(number(exponent)?).map_err(|_| wrong())?;
            number(base)?.checked_pow(exponent).ok_or_else(wrong)?
        }
        None => number(text)?,
    };
    if (LEAST_ROWS..=MOST_ROWS).contains(&rows) { Ok(rows) } else { Err(wrong()) }
}

fn sizes(text: &str) -> Result<Vec<usize>, String> {
    let sizes: Result<Vec<_>, _> = text.split(',').map(|size| bytes(size.trim())).collect();
    sizes.map(without_doubles)
}

fn bytes(text: &str) -> Result<usize, String> {
    let units = [("KiB", 10), ("MiB", 20), ("GiB", 30)];
    let unit = units.into_iter().find_map(|(unit, shift)| Some((text.strip_suffix(unit)?, shift)));
    let bytes = unit.and_then(|(number, shift)| {
        let number: usize = number.trim().parse().ok()?;
        number.checked_mul(1 << shift).filter(|bytes| (1..=MOST_BYTES).contains(bytes))
    });
    bytes.ok_or_else(|| {
        format!("a size is a number with KiB, MiB or GiB, such as 64MiB, and at most 1024GiB, found {text}")
    })
}
