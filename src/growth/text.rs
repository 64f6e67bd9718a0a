//! Rules of growth as text, and from numbers.

use crate::growth::error::GrowthError;
use crate::growth::{Growth, Rule, Shrink, ratio_text, reduced};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::num::{IntErrorKind, ParseIntError};
use core::str::FromStr;

/// The form that [`FromStr`] reads: `3/2`, `2`, `+1024`, `exact`, followed by ` from 16` if the first block
/// has 16 rows, and by ` shrink to 2 at 1/4` if the array gives room back. A custom rule prints as `custom`,
/// which nothing can read back.
impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = match self.rule {
            Rule::Factor { numerator, denominator } => ratio_text(numerator, denominator),
            Rule::Additive(step) => format!("+{step}"),
            Rule::Exact => "exact".to_owned(),
            Rule::Custom(_) | Rule::Sized { .. } => "custom".to_owned(),
        };
        if self.first != 1 {
            text += &format!(" from {}", self.first);
        }
        if let Some(Shrink { at, to }) = self.shrink {
            text += &format!(" shrink to {} at {}", ratio_text(to.0, to.1), ratio_text(at.0, at.1));
        }
        // Tables of rules are printed: keep to the width that was asked for. A precision, which would cut the
        // text off, means nothing here.
        if f.precision().is_some() { f.write_str(&text) } else { f.pad(&text) }
    }
}

impl fmt::Debug for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Growth({self})")
    }
}

/// Reads a ratio (`3/2`), a decimal number (`1.5`), a step in rows (`+1024`) or `exact`; any of them with a
/// first block (`3/2 from 16`), a rule of [shrinking](Growth::with_shrink) (`2 shrink to 2 at 1/4`), or both in this
/// order. A decimal number is exact too: `1.1` is 11/10. It does not matter how many spaces there are.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
///
/// assert_eq!("1.25".parse(), Ok(Growth::FIVE_QUARTERS));
/// assert_eq!("2 from 16".parse(), Ok(Growth::DOUBLE.with_first(16)));
/// assert_eq!("2 shrink to 2 at 0.25".parse(), Growth::DOUBLE.with_shrink((1, 4), (2, 1)));
/// assert_eq!(
///     "0.9".parse::<Growth>().unwrap_err().to_string(),
///     "a growth factor must be above 1 or the array never grows, found 0.9"
/// );
/// ```
impl FromStr for Growth {
    type Err = GrowthError;

    fn from_str(text: &str) -> Result<Self, GrowthError> {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (growing, shrink) = match words.split_once(" shrink to ") {
            Some((growing, shrink)) => (growing, Some(shrink)),
            None => (&words[..], None),
        };
        let (rule, first) = match growing.split_once(" from ") {
            Some((rule, first)) => (rule, integer(first, text)?),
            None => (growing, 1),
        };
        if first == 0 {
            return Err(GrowthError::ZeroFirst);
        }
        let growth = match rule.trim() {
            "exact" => Growth::EXACT,
            rule => match rule.strip_prefix('+') {
                Some(step) => Growth::additive(integer(step, text)?)?,
                None => factor(rule, text)?,
            },
        };
        let growth = growth.with_first(first);
        let Some(shrink) = shrink else {
            return Ok(growth);
        };
        let Some((to, at)) = shrink.split_once(" at ") else {
            return Err(GrowthError::Syntax { found: text.into() });
        };
        growth.with_shrink(small_ratio(at, text)?, small_ratio(to, text)?)
    }
}

/// The shortest decimal number that reads back as `factor`, taken exactly: `1.1` becomes 11/10.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
///
/// assert_eq!(Growth::try_from(1.5), Ok(Growth::THREE_HALVES));
/// assert!(Growth::try_from(1.0).is_err());
/// assert!(Growth::try_from(f64::NAN).is_err());
/// ```
impl TryFrom<f64> for Growth {
    type Error = GrowthError;

    fn try_from(factor: f64) -> Result<Self, GrowthError> {
        let text = factor.to_string();
        self::factor(&text, &text)
    }
}

/// A ratio or a decimal number above 1, which is a part of `text`.
fn factor(part: &str, text: &str) -> Result<Growth, GrowthError> {
    if part.contains('/') {
        let (numerator, denominator) = ratio(part, text)?;
        return Growth::factor(numerator, denominator);
    }
    // What is no number above 1 says so, however many digits it has.
    match part.parse::<f64>() {
        // A number of hundreds of digits reads as infinite, too, but is not.
        Ok(number) if !number.is_finite() && !part.contains(|c: char| c.is_ascii_digit()) => {
            return Err(GrowthError::NotFinite { found: text.into() });
        }
        Ok(number) if number < 1.0 || part.starts_with("0.") => {
            return Err(GrowthError::NotAboveOne { found: text.into() });
        }
        _ => {}
    }
    let (numerator, denominator) = ratio(part, text)?;
    Growth::factor(numerator, denominator).map_err(|_| GrowthError::NotAboveOne { found: text.into() })
}

/// A ratio or a decimal number of 32-bit integers, which is a part of `text`.
fn small_ratio(part: &str, text: &str) -> Result<(u32, u32), GrowthError> {
    let (numerator, denominator) = ratio(part.trim(), text)?;
    if denominator == 0 {
        return Err(GrowthError::ZeroDenominator { numerator });
    }
    let (numerator, denominator) = reduced(numerator, denominator);
    match (u32::try_from(numerator), u32::try_from(denominator)) {
        (Ok(numerator), Ok(denominator)) => Ok((numerator, denominator)),
        _ => Err(GrowthError::TooLarge { found: text.into() }),
    }
}

/// A ratio or a decimal number, which is a part of `text`, as numerator and denominator.
fn ratio(part: &str, text: &str) -> Result<(u64, u64), GrowthError> {
    if let Some((numerator, denominator)) = part.split_once('/') {
        return Ok((integer(numerator, text)?, integer(denominator, text)?));
    }
    let (whole, fraction) = part.split_once('.').unwrap_or((part, "0"));
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits_only(whole) || !digits_only(fraction) {
        return Err(GrowthError::Syntax { found: text.into() });
    }
    let fraction = fraction.trim_end_matches('0');
    let denominator = u32::try_from(fraction.len()).ok().and_then(|places| 10_u64.checked_pow(places));
    let denominator = denominator.ok_or_else(|| GrowthError::TooLarge { found: text.into() })?;
    Ok((integer(&format!("{whole}{fraction}"), text)?, denominator))
}

/// Digits and nothing else (no sign, which `parse` would allow), which are a part of `text`.
fn integer<N: FromStr<Err = ParseIntError>>(part: &str, text: &str) -> Result<N, GrowthError> {
    let part = part.trim();
    let parsed = if part.starts_with('+') { None } else { Some(part.parse()) };
    match parsed {
        Some(Ok(number)) => Ok(number),
        Some(Err(error)) if *error.kind() == IntErrorKind::PosOverflow => {
            Err(GrowthError::TooLarge { found: text.into() })
        }
        _ => Err(GrowthError::Syntax { found: text.into() }),
    }
}
