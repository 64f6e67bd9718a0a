//! Parsing of operations and recordings, in the form that `Display` prints.

use crate::amortized::model::Op;
use crate::amortized::recording::Recording;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::num::{IntErrorKind, ParseIntError};
use core::str::FromStr;

/// Parses an operation in the form that it prints.
///
/// The forms are `push`, `pop`, `extend 5`, `reserve 8`, `reserve exact 8` and `truncate 3`.
///
/// Letters may be in any case. Numbers are digits, optionally grouped by commas or underscores, or
/// powers: `1000000`, `1,000,000`, `1_000_000`, `5e6`, `10^6`, `2^20`.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::Op;
///
/// assert_eq!("push".parse(), Ok(Op::Push));
/// assert_eq!("extend 1e6".parse(), Ok(Op::Extend(1_000_000)));
/// assert_eq!("Reserve  exact 8".parse(), Ok(Op::ReserveExact(8)));
/// assert_eq!(
///     "pull".parse::<Op>().unwrap_err().to_string(),
///     "invalid operation \"pull\"; \
///      examples: push, pop, extend 5, reserve 8, reserve exact 8, truncate 3"
/// );
/// ```
impl FromStr for Op {
    type Err = ParseOpError;

    fn from_str(text: &str) -> Result<Self, ParseOpError> {
        operation(text).map_err(|fault| fault.found_in(text))
    }
}

/// Parses a trace: one operation per line, as a recording prints it.
///
/// A line is an operation, optionally after a number of repetitions and an `x`: `1000 x push`.
/// Operations and numbers have the forms that [`Op`] parses; spaces around the `x` are optional.
/// Empty lines and comments, from `#` to the end of a line, are skipped.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::{Op, Recording};
///
/// let trace = "# A log of one evening.\n1,000 x push\n\n10xpop # popped\nextend 5\n";
/// let recording: Recording = trace.parse()?;
/// assert!(recording.steps().eq([(Op::Push, 1000), (Op::Pop, 10), (Op::Extend(5), 1)]));
/// assert_eq!(recording.to_string().parse(), Ok(recording));
///
/// assert_eq!(
///     "push\npull".parse::<Recording>().unwrap_err().to_string(),
///     "line 2: invalid operation \"pull\"; \
///      examples: push, 1000 x push, pop, extend 5, reserve 8, reserve exact 8, truncate 3"
/// );
/// # Ok::<(), growable_nd::amortized::ParseRecordingError>(())
/// ```
impl FromStr for Recording {
    type Err = ParseRecordingError;

    fn from_str(text: &str) -> Result<Self, ParseRecordingError> {
        let mut recording = Recording::new();
        for (index, line) in text.lines().enumerate() {
            let step = line.split('#').next().unwrap_or_default().trim();
            if step.is_empty() {
                continue;
            }
            let (op, times) = repeated(step)
                .map_err(|fault| ParseRecordingError { line: index + 1, error: fault.found_in(step) })?;
            recording.record_times(op, times);
        }
        Ok(recording)
    }
}

/// Parses an operation, and the number of repetitions before it if there is one.
fn repeated(text: &str) -> Result<(Op, u64), Fault> {
    let is_counted = text.starts_with(|letter: char| letter.is_ascii_digit());
    match text.split_once(['x', 'X']).filter(|_| is_counted) {
        Some((times, op)) => Ok((operation(op)?, number(times)?)),
        None => Ok((operation(text)?, 1)),
    }
}

fn operation(text: &str) -> Result<Op, Fault> {
    let text = text.to_ascii_lowercase();
    let words: Vec<&str> = text.split_whitespace().take(4).collect();
    match *words.as_slice() {
        ["push"] => Ok(Op::Push),
        ["pop"] => Ok(Op::Pop),
        ["extend", rows] => number(rows).map(Op::Extend),
        ["reserve", rows] => number(rows).map(Op::Reserve),
        ["reserve", "exact", rows] => number(rows).map(Op::ReserveExact),
        ["truncate", rows] => number(rows).map(Op::Truncate),
        _ => Err(Fault::Syntax),
    }
}

/// Parses digits, grouped or not, or a power.
fn number(text: &str) -> Result<u64, Fault> {
    let text = text.trim();
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        let (mantissa, exponent) = (digits(mantissa)?, exponent_of(exponent)?);
        let scale = if mantissa == 0 { Some(1) } else { 10_u64.checked_pow(exponent) };
        return scale.and_then(|scale| mantissa.checked_mul(scale)).ok_or(Fault::TooLarge);
    }
    match text.split_once('^') {
        Some((base, exponent)) => digits(base)?.checked_pow(exponent_of(exponent)?).ok_or(Fault::TooLarge),
        None => digits(text),
    }
}

/// Saturates: only powers of 0 and 1 have exponents of more than 64.
fn exponent_of(text: &str) -> Result<u32, Fault> {
    Ok(u32::try_from(digits(text)?).unwrap_or(u32::MAX))
}

/// Parses digits, with commas between groups of three, or with underscores after the first digit.
fn digits(text: &str) -> Result<u64, Fault> {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let are_grouped = text == first || (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let is_number = text.starts_with(|letter: char| letter.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b'_');
    if !are_grouped || !is_number || text.contains(',') && text.contains('_') {
        return Err(Fault::Syntax);
    }
    text.replace([',', '_'], "").parse().map_err(|error: ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow => Fault::TooLarge,
        _ => Fault::Syntax,
    })
}

/// The reason why a text is not an operation.
enum Fault {
    Syntax,
    TooLarge,
}

impl Fault {
    fn found_in(self, text: &str) -> ParseOpError {
        match self {
            Fault::Syntax => ParseOpError::Syntax { found: text.into() },
            Fault::TooLarge => ParseOpError::TooLarge { found: text.into() },
        }
    }
}

/// A text could not be parsed as an operation.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::{Op, ParseOpError};
///
/// let error = "extend 1e20".parse::<Op>().unwrap_err();
/// assert!(matches!(&error, ParseOpError::TooLarge { found, .. } if &**found == "extend 1e20"));
/// assert_eq!(
///     error.to_string(),
///     "number in \"extend 1e20\" is greater than the maximum of 18446744073709551615"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseOpError {
    /// The text does not have the form of an operation.
    #[non_exhaustive]
    Syntax {
        /// The text.
        found: Box<str>,
    },
    /// A number in the text exceeds `u64::MAX`.
    #[non_exhaustive]
    TooLarge {
        /// The text.
        found: Box<str>,
    },
}

impl ParseOpError {
    fn message(&self, f: &mut fmt::Formatter<'_>, examples: &str) -> fmt::Result {
        match self {
            ParseOpError::Syntax { found } => {
                write!(f, "invalid operation {found:?}; examples: {examples}")
            }
            ParseOpError::TooLarge { found } => {
                write!(f, "number in {found:?} is greater than the maximum of {}", u64::MAX)
            }
        }
    }
}

impl fmt::Display for ParseOpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message(f, "push, pop, extend 5, reserve 8, reserve exact 8, truncate 3")
    }
}

impl Error for ParseOpError {}

/// A line of a trace could not be parsed.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::Recording;
///
/// let error = "10 x push\n10 y push".parse::<Recording>().unwrap_err();
/// assert_eq!(error.line, 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseRecordingError {
    /// The number of the line, counted from 1.
    pub line: usize,
    /// The error. Its text is the line without the comment.
    pub error: ParseOpError,
}

impl fmt::Display for ParseRecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        self.error.message(f, "push, 1000 x push, pop, extend 5, reserve 8, reserve exact 8, truncate 3")
    }
}

impl Error for ParseRecordingError {}
