//! Errors of growth policies: invalid settings, and text that is not a policy.

use crate::growth::message::Message;
use crate::growth::ratio::{Ratio, RatioError};
use alloc::boxed::Box;
use core::error::Error;
use core::fmt;

/// The error of an invalid growth policy, returned by the `try_` constructors of
/// [`Growth`](crate::Growth).
///
/// # Examples
///
/// ```
/// use growable_nd::{Growth, GrowthError, Ratio};
///
/// let error = Growth::try_factor(9, 10).unwrap_err();
/// let tenths = Ratio::new(9, 10);
/// assert!(matches!(error, GrowthError::NotAboveOne { factor, .. } if factor == tenths));
/// assert_eq!(
///     error.to_string(),
///     "growth factor 9/10 is not greater than 1: the array would never grow"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GrowthError {
    /// The factor is 1 or less.
    #[non_exhaustive]
    NotAboveOne {
        /// The factor. A decimal number below 1 with many digits is rounded towards zero.
        factor: Ratio,
    },
    /// The factor is infinite or NaN.
    NotFinite,
    /// A fraction is invalid: its denominator is zero, or a number is out of range.
    Ratio(RatioError),
    /// A number, or the numerator or denominator of a fraction, has too many digits.
    TooLarge,
    /// The number of rows to add is zero.
    ZeroStep,
    /// The number of rows of the first block is zero.
    ZeroFirst,
    /// The [limit](crate::Growth::at_most) of a growth step is zero rows.
    ZeroLimit,
    /// A ratio of a shrinking policy is negative, or one of its numbers does not fit in 32 bits.
    #[non_exhaustive]
    ShrinkOutOfRange {
        /// The ratio.
        ratio: Ratio,
    },
    /// The capacity after shrinking is less than the number of rows.
    #[non_exhaustive]
    ShrinkBelowRows {
        /// The capacity per row.
        to: Ratio,
    },
    /// The array would thrash: just after it was resized, one removal could copy all rows again.
    #[non_exhaustive]
    Thrashes {
        /// The part of the capacity that is in use when the array shrinks.
        at: Ratio,
        /// The capacity per row after growing or after shrinking, whichever is larger.
        capacity_per_row: Ratio,
    },
}

impl GrowthError {
    pub(crate) const fn message(self) -> Message {
        let message = Message::new();
        match self {
            GrowthError::NotAboveOne { factor } => {
                let message = message.text("growth factor ").ratio(factor);
                message.text(" is not greater than 1: the array would never grow")
            }
            GrowthError::NotFinite => message.text("growth factor is not a finite number"),
            GrowthError::Ratio(error) => error.message(),
            GrowthError::TooLarge => {
                let message = message.text("number has too many digits: integers, numerators and ");
                message.text("denominators must fit in 64 bits, those of a shrink ratio in 32 bits")
            }
            GrowthError::ZeroStep => message.text("growth step is 0 rows: the array would never grow"),
            GrowthError::ZeroFirst => message.text("first block has 0 rows, must have at least 1"),
            GrowthError::ZeroLimit => {
                message.text("limit of a growth step is 0 rows: the array would never grow")
            }
            GrowthError::ShrinkOutOfRange { ratio } => {
                let message = message.text("shrink ratio ").ratio(ratio).text(" is out of range");
                message.text(": it must not be negative, and its numbers must fit in 32 bits")
            }
            GrowthError::ShrinkBelowRows { to } => {
                let message = message.text("cannot shrink to a capacity of ").ratio(to);
                message.text(" times the rows, must be at least 1")
            }
            GrowthError::Thrashes { at, capacity_per_row } => {
                let message = message.text("shrinking at ").ratio(at);
                let message = message.text(" full would thrash: capacity is ");
                let message = message.ratio(capacity_per_row);
                let message = message.text(" times the rows after a resize, and ");
                message.ratio(at).text(" * ").ratio(capacity_per_row).text(" must be below 1")
            }
        }
    }
}

impl fmt::Display for GrowthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().as_str())
    }
}

impl Error for GrowthError {}

impl From<RatioError> for GrowthError {
    fn from(error: RatioError) -> Self {
        GrowthError::Ratio(error)
    }
}

/// The error of parsing a growth policy from text.
///
/// # Examples
///
/// ```
/// use growable_nd::{Growth, ParseGrowthError};
///
/// let message = |text: &str| text.parse::<Growth>().unwrap_err().to_string();
/// assert_eq!(
///     message("1/2/3"),
///     "invalid growth policy \"1/2/3\"; \
///      examples: 3/2, 1.5, +1024, exact, 3/2 from 16 shrink to 2 at 1/4"
/// );
/// assert!(message("go-slice from 16").starts_with("unknown growth policy \"go-slice\""));
/// assert_eq!(
///     message("0.9"),
///     "growth factor 9/10 is not greater than 1: the array would never grow (in \"0.9\")"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseGrowthError {
    /// The text does not have the form of a policy.
    #[non_exhaustive]
    Syntax {
        /// The text.
        found: Box<str>,
    },
    /// The text contains a name, and no policy of that name was found.
    #[non_exhaustive]
    UnknownName {
        /// The name.
        found: Box<str>,
    },
    /// The text has the form of a policy, but a setting is invalid.
    #[non_exhaustive]
    Policy {
        /// The text.
        found: Box<str>,
        /// The error in the setting.
        error: GrowthError,
    },
}

const EXAMPLES: &str = "3/2, 1.5, +1024, exact, 3/2 from 16 shrink to 2 at 1/4";

impl fmt::Display for ParseGrowthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseGrowthError::Syntax { found } => {
                write!(f, "invalid growth policy {found:?}; examples: {EXAMPLES}")
            }
            ParseGrowthError::UnknownName { found } => write!(
                f,
                "unknown growth policy {found:?}; examples: {EXAMPLES}; \
                 only `Growth::parse_with` and `zoo::parse` look up names"
            ),
            ParseGrowthError::Policy { found, error } => write!(f, "{error} (in {found:?})"),
        }
    }
}

impl Error for ParseGrowthError {}
