//! The notation in which floats are printed.
//!
//! Elements can have any type with `Display`, which does not tell whether the type is a float. So
//! each element is printed with a sign and a precision: a float prints a sign and a point, whereas
//! an integer prints no point, and a text no sign.

use alloc::string::String;
use core::fmt::{self, Display, Formatter, Write as _};

/// Maximum number of digits after the point.
const DIGITS: usize = 8;

/// Maximum width in fixed notation: that of `-1.23456789e+00` in scientific notation.
const MAX_FIXED: usize = 15;

/// Of smaller numbers, fixed notation would show less than half of the digits.
const SMALL: f64 = 1e-4;

/// The notation of all floats of an array, with the number of digits after the point.
#[derive(Clone, Copy)]
pub(super) enum Notation {
    Fixed { digits: usize },
    Scientific { digits: usize },
}

impl Notation {
    /// Prints an element with this number of digits. Infinities and NaN print as on their own.
    pub(super) fn print(self, element: &dyn Display, f: &mut Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write!(text, "{element}")?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => {
                f.pad_integral(value.is_sign_positive(), "", &self.text(value.abs())?)
            }
            _ => element.fmt(f),
        }
    }

    fn text(self, value: f64) -> Result<String, fmt::Error> {
        let mut text = String::new();
        match self {
            Notation::Fixed { digits } => write!(text, "{value:.digits$}")?,
            Notation::Scientific { digits } => {
                write!(text, "{value:.digits$e}")?;
                // As in NumPy, with a sign and two digits, so that exponents are aligned.
                if let Some((mantissa, exponent)) = text.split_once('e') {
                    let (sign, exponent) = match exponent.strip_prefix('-') {
                        Some(digits) => ('-', digits),
                        None => ('+', exponent),
                    };
                    text = alloc::format!("{mantissa}e{sign}{exponent:0>2}");
                }
            }
        }
        Ok(text)
    }
}

/// Properties of all elements that determine the notation.
#[derive(Default)]
pub(super) struct Survey {
    /// Some element was a finite float, so all are floats.
    has_float: bool,
    /// The absolute value of some nonzero element is below [`SMALL`].
    has_small: bool,
    /// Maximum number of characters before the point.
    whole: usize,
    /// Maximum number of digits after the point, in fixed notation.
    fixed: usize,
    /// Maximum number of digits after the point, in scientific notation.
    scientific: usize,
    /// Buffer for the text of an element.
    text: String,
}

/// The elements are not floats.
pub(super) struct NoFloats;

impl From<fmt::Error> for NoFloats {
    fn from(_: fmt::Error) -> Self {
        NoFloats
    }
}

impl Survey {
    /// Adds the properties of one more element.
    pub(super) fn add(&mut self, element: &dyn Display) -> Result<(), NoFloats> {
        if !self.has_float {
            match self.print(format_args!("{element:+.1}"))? {
                // Not decisive: other types may print these as well.
                "NaN" | "+inf" | "-inf" => return Ok(()),
                text if is_float(text) => self.has_float = true,
                _ => return Err(NoFloats),
            }
        }
        let value = self.print(format_args!("{element}"))?.parse::<f64>().map_err(|_| NoFloats)?;
        if value.is_finite() {
            self.add_value(value)?;
        }
        Ok(())
    }

    fn add_value(&mut self, value: f64) -> Result<(), NoFloats> {
        let size = value.abs();
        self.has_small |= size > 0.0 && size < SMALL;
        let text = self.print(format_args!("{size:.DIGITS$}"))?;
        let whole = text.find('.').unwrap_or(text.len()) + usize::from(value.is_sign_negative());
        let fixed = digits_after_point(text);
        // The smallest floats have fewer than `DIGITS` digits.
        let shortest = digits_after_point(self.print(format_args!("{size:e}"))?);
        let scientific = shortest.min(digits_after_point(self.print(format_args!("{size:.DIGITS$e}"))?));
        self.whole = self.whole.max(whole);
        self.fixed = self.fixed.max(fixed);
        self.scientific = self.scientific.max(scientific);
        Ok(())
    }

    fn print(&mut self, element: fmt::Arguments<'_>) -> Result<&str, fmt::Error> {
        self.text.clear();
        self.text.write_fmt(element)?;
        Ok(&self.text)
    }

    /// Returns the notation, if there are floats.
    pub(super) fn notation(&self) -> Option<Notation> {
        let point = usize::from(self.fixed > 0);
        let fits = !self.has_small && self.whole + point + self.fixed <= MAX_FIXED;
        let notation = if fits {
            Notation::Fixed { digits: self.fixed }
        } else {
            Notation::Scientific { digits: self.scientific }
        };
        self.has_float.then_some(notation)
    }
}

/// Returns whether `{:+.1}` printed a sign, digits, a point and one digit.
fn is_float(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix(['+', '-'])
        .and_then(|number| number.split_once('.'))
        .is_some_and(|(whole, fraction)| digits(whole) && digits(fraction) && fraction.len() == 1)
}

/// Counts the digits after the point and before an exponent, without zeros at the end.
fn digits_after_point(text: &str) -> usize {
    let number = text.split_once('e').map_or(text, |(number, _)| number);
    number.split_once('.').map_or(0, |(_, fraction)| fraction.trim_end_matches('0').len())
}
