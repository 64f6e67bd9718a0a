//! What can be wrong with a rule of growth.

use alloc::boxed::Box;
use core::error::Error;
use core::fmt;

/// A rule of growth that could not grow, or text that is not a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GrowthError {
    /// The factor is 1 or less: the array would never get larger.
    NotAboveOne {
        /// The factor as it was given.
        found: Box<str>,
    },
    /// The factor is infinite or not a number.
    NotFinite {
        /// The factor as it was given.
        found: Box<str>,
    },
    /// A ratio has a denominator of zero.
    ZeroDenominator {
        /// The numerator above it.
        numerator: u64,
    },
    /// The numerator, the denominator or a number of rows is too large for an integer of the machine.
    TooLarge {
        /// The text as it was given.
        found: Box<str>,
    },
    /// The rule adds no row: the array would never get larger.
    ZeroStep,
    /// The first block has no row.
    ZeroFirst,
    /// The array would shrink to less room than its rows take.
    ShrinkBelowRows {
        /// The room for each row, as a ratio.
        found: Box<str>,
    },
    /// The array would grow and shrink in turn, at the cost of all its rows each time.
    Thrashes {
        /// The part of the room that is in use when the array shrinks.
        at: Box<str>,
        /// The room for each row after the array has grown or shrunk, whichever is more.
        room: Box<str>,
    },
    /// The text is none of the forms that a rule can have.
    Syntax {
        /// The text as it was given.
        found: Box<str>,
    },
}

impl fmt::Display for GrowthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GrowthError::NotAboveOne { found } => {
                write!(f, "a growth factor must be above 1 or the array never grows, found {found}")
            }
            GrowthError::NotFinite { found } => {
                write!(f, "a growth factor must be a finite number, found {found}")
            }
            GrowthError::ZeroDenominator { numerator } => {
                write!(f, "a ratio needs a denominator other than 0, found {numerator}/0")
            }
            GrowthError::TooLarge { found } => {
                write!(
                    f,
                    "the numbers of a rule of growth must fit into 64 bits, those of shrinking into 32, found {found}"
                )
            }
            GrowthError::ZeroStep => {
                write!(f, "a step of growth must be at least 1 row or the array never grows, found 0")
            }
            GrowthError::ZeroFirst => {
                write!(f, "the first block must have at least 1 row, found 0")
            }
            GrowthError::ShrinkBelowRows { found } => {
                write!(f, "an array cannot shrink to less than 1 times its rows, found {found}")
            }
            GrowthError::Thrashes { at, room } => write!(
                f,
                "an array that has room for {room} times its rows after it has grown or shrunk must not shrink \
                 at {at} of its room: {at} times {room} must be below 1, or it would grow and shrink in turn"
            ),
            GrowthError::Syntax { found } => write!(
                f,
                "expected a rule of growth like 3/2, 1.5, +1024 or exact, with or without a first block and a rule \
                 of shrinking like 3/2 from 16 shrink to 2 at 1/4, found {found:?}"
            ),
        }
    }
}

impl Error for GrowthError {}
