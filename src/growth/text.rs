//! Growth policies as text, and from floating-point numbers.

use crate::growth::error::{GrowthError, ParseGrowthError};
use crate::growth::ratio::{Ratio, RatioError};
use crate::growth::{Custom, Growth, Policy};
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::num::{IntErrorKind, ParseIntError};
use core::str::FromStr;

/// Maximum decimal places read of a number less than 1: 10^37 fits in a denominator of 127 bits.
const MAX_PLACES: usize = 37;

/// Prints the text that [`FromStr`] parses.
///
/// The text is `3/2`, `2`, `+1024`, `exact` or the name of a custom policy, followed by settings in
/// the order `from 16`, `at most 65536` and `shrink to 2 at 1/4`.
///
/// [`Growth::parse_with`] parses names of custom policies, and [`zoo::parse`](crate::zoo::parse)
/// those of the zoo.
impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = match self.policy {
            Policy::Factor { .. } => self.as_factor().unwrap_or(Ratio::ZERO).to_string(),
            Policy::Additive(step) => format!("+{step}"),
            Policy::Exact => "exact".to_owned(),
            Policy::Custom(Custom { name, .. }) => name.to_owned(),
        };
        if self.first != 1 {
            text += &format!(" from {}", self.first);
        }
        if let Some(cap) = self.cap {
            text += &format!(" at most {cap}");
        }
        if let Some(shrink) = self.shrink {
            text += &format!(" shrink to {} at {}", shrink.to(), shrink.at());
        }
        // Applies a width, for tables. Ignores a precision, which would truncate the text.
        if f.precision().is_some() { f.write_str(&text) } else { f.pad(&text) }
    }
}

impl fmt::Debug for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Growth({self})")
    }
}

/// Parses a policy: a ratio (`3/2`), a decimal number (`1.5`), a step in rows (`+1024`) or `exact`.
///
/// Settings follow in a fixed order, each at most once:
///
/// | text | setting |
/// |---|---|
/// | `from 16` | [first block](Growth::with_first) of 16 rows |
/// | `at most 65536` | [limit](Growth::at_most) of 65536 rows for one step |
/// | `shrink to 2 at 1/4` | [shrinking](Growth::with_shrink) |
///
/// A decimal number is exact: `1.1` is 11/10. Any number of spaces may separate words. A name of a
/// custom policy is an error; use [`Growth::parse_with`].
///
/// # Examples
///
/// ```
/// use growable_nd::{Growth, Ratio};
///
/// assert_eq!("1.25".parse(), Ok(Growth::FIVE_QUARTERS));
/// assert_eq!("2 from 16".parse(), Ok(Growth::DOUBLE.with_first(16)));
/// assert_eq!("3/2 at most 65536".parse(), Ok(Growth::THREE_HALVES.at_most(65_536)));
/// assert_eq!(
///     "2 shrink to 2 at 0.25".parse(),
///     Ok(Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2)))
/// );
/// assert_eq!(
///     "0.9".parse::<Growth>().unwrap_err().to_string(),
///     "growth factor 9/10 is not greater than 1: the array would never grow (in \"0.9\")"
/// );
/// ```
impl FromStr for Growth {
    type Err = ParseGrowthError;

    fn from_str(text: &str) -> Result<Self, ParseGrowthError> {
        Growth::parse_with(text, |_| None)
    }
}

impl Growth {
    /// Parses a policy as [`FromStr`] does, and looks up [custom](Self::custom) policies by name.
    ///
    /// `find` is called with a name: text that begins with a letter and contains no white space. It
    /// is never called with `exact`, which is a policy, nor with `nan`, `inf` or `infinity`, which
    /// are errors. Settings in the text replace those of the policy that `find` returns.
    ///
    /// # Errors
    ///
    /// [`ParseGrowthError::Syntax`] if the text does not have the form of a policy,
    /// [`ParseGrowthError::UnknownName`] if `find` returns `None`, [`ParseGrowthError::Policy`] if the
    /// factor or a setting is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, ParseGrowthError};
    ///
    /// const SQRT: Growth = Growth::custom("sqrt", |request| {
    ///     request.capacity.saturating_add(request.capacity.isqrt().max(1))
    /// });
    /// let parse = |text: &str| Growth::parse_with(text, |name| (name == "sqrt").then_some(SQRT));
    ///
    /// assert_eq!(parse("sqrt from 16")?, SQRT.with_first(16));
    /// assert_eq!(parse(&SQRT.at_most(1000).to_string())?, SQRT.at_most(1000));
    /// assert_eq!(parse("3/2")?, Growth::THREE_HALVES);
    /// assert!(parse("cube").is_err());
    /// # Ok::<(), ParseGrowthError>(())
    /// ```
    pub fn parse_with(
        text: &str,
        find: impl FnOnce(&str) -> Option<Growth>,
    ) -> Result<Growth, ParseGrowthError> {
        parse(text, find).map_err(|fault| match fault {
            Fault::Syntax => ParseGrowthError::Syntax { found: text.into() },
            Fault::UnknownName(found) => ParseGrowthError::UnknownName { found },
            Fault::Growth(error) => ParseGrowthError::Policy { found: text.into(), error },
        })
    }
}

/// Converts the shortest decimal number that parses back to the same `f64`: `1.1` becomes 11/10.
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

    fn try_from(number: f64) -> Result<Self, GrowthError> {
        factor(&number.to_string()).map_err(|fault| match fault {
            Fault::Growth(error) => error,
            // Unreachable: a number prints as digits, or as the name of a number that is not
            // finite.
            Fault::Syntax | Fault::UnknownName(_) => GrowthError::NotFinite,
        })
    }
}

/// The reason why a text is not a policy.
enum Fault {
    Syntax,
    UnknownName(Box<str>),
    Growth(GrowthError),
}

impl From<GrowthError> for Fault {
    fn from(error: GrowthError) -> Self {
        Fault::Growth(error)
    }
}

impl From<RatioError> for Fault {
    fn from(error: RatioError) -> Self {
        Fault::Growth(error.into())
    }
}

fn parse(text: &str, find: impl FnOnce(&str) -> Option<Growth>) -> Result<Growth, Fault> {
    // From the last setting to the first, so that a setting in the wrong place is a syntax error.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, shrink) = split_setting(&text, " shrink to ");
    let (text, cap) = split_setting(text, " at most ");
    let (text, first) = split_setting(text, " from ");
    let mut growth = policy(text.trim(), find)?;
    if let Some(first) = first {
        growth = growth.try_with_first(integer(first)?)?;
    }
    if let Some(cap) = cap {
        growth = growth.try_at_most(integer(cap)?)?;
    }
    if let Some(shrink) = shrink {
        let (to, at) = shrink.split_once(" at ").ok_or(Fault::Syntax)?;
        growth = growth.try_with_shrink(ratio(at)?, ratio(to)?)?;
    }
    Ok(growth)
}

fn split_setting<'a>(text: &'a str, keyword: &str) -> (&'a str, Option<&'a str>) {
    match text.split_once(keyword) {
        Some((before, setting)) => (before, Some(setting)),
        None => (text, None),
    }
}

/// Parses a policy without settings.
fn policy(text: &str, find: impl FnOnce(&str) -> Option<Growth>) -> Result<Growth, Fault> {
    if text == "exact" {
        return Ok(Growth::EXACT);
    }
    if let Some(step) = text.strip_prefix('+') {
        return Ok(Growth::try_additive(integer(step)?)?);
    }
    match factor(text) {
        Err(Fault::Syntax) if is_name(text) => find(text).ok_or_else(|| Fault::UnknownName(text.into())),
        result => result,
    }
}

/// Returns whether a text may be the name of a custom policy.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && !text.contains(char::is_whitespace)
}

/// Parses a factor: a ratio or a decimal number, with or without a sign. Must be greater than 1.
fn factor(text: &str) -> Result<Growth, Fault> {
    let (is_negative, size) = match text.strip_prefix('-') {
        Some(size) => (true, size),
        None => (false, text),
    };
    if ["nan", "inf", "infinity"].iter().any(|name| size.eq_ignore_ascii_case(name)) {
        return Err(GrowthError::NotFinite.into());
    }
    let mut factor = ratio(cut_below_one(size))?;
    if is_negative {
        factor = Ratio::try_new(-factor.numerator(), factor.denominator())?;
    }
    Ok(Growth::try_from(factor)?)
}

/// Cuts a decimal number below 1 to as many places as a ratio can have. It is no factor either way,
/// and the error says so rather than that it has too many places.
fn cut_below_one(text: &str) -> &str {
    let Some((whole, fraction)) = text.split_once('.') else { return text };
    let is_below_one = whole.bytes().all(|digit| digit == b'0');
    if is_below_one && fraction.bytes().all(|digit| digit.is_ascii_digit()) && fraction.len() > MAX_PLACES {
        return &text[..whole.len() + 1 + MAX_PLACES];
    }
    text
}

/// Parses a ratio or a decimal number without a sign.
fn ratio(text: &str) -> Result<Ratio, Fault> {
    if let Some((numerator, denominator)) = text.split_once('/') {
        return Ok(Ratio::try_new(integer(numerator)?, integer(denominator)?)?);
    }
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits_only(whole) || !digits_only(fraction) {
        return Err(Fault::Syntax);
    }
    let fraction = fraction.trim_end_matches('0');
    let places = u32::try_from(fraction.len()).ok();
    let denominator = places.and_then(|places| 10_i128.checked_pow(places));
    let denominator = denominator.ok_or(GrowthError::TooLarge)?;
    Ok(Ratio::try_new(integer(&format!("{whole}{fraction}"))?, denominator)?)
}

/// Parses digits only: `parse` alone would accept a sign.
fn integer<N: FromStr<Err = ParseIntError>>(text: &str) -> Result<N, Fault> {
    let text = text.trim();
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::Syntax);
    }
    text.parse().map_err(|error: ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow => GrowthError::TooLarge.into(),
        _ => Fault::Syntax,
    })
}
