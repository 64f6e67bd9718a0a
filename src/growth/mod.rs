//! How many rows next: the rules of growth and of shrinking. Rows in, rows out; knows nothing of elements or
//! memory.

pub(crate) mod error;
pub(crate) mod ratio;
pub(crate) mod stats;
pub(crate) mod text;

use crate::growth::error::GrowthError;
use crate::growth::ratio::greatest_common_divisor;
use alloc::format;
use alloc::string::{String, ToString};
use core::ops::Div;

/// A rule of growth: given how many rows a full array has room for, how many it should have room for next.
///
/// A rule is a small value that can be copied, compared, printed, parsed and changed at any time with
/// [`set_growth`](crate::GrowableNd::set_growth). It is read only when the array is full, and when rows are removed
/// if it gives room back, so no rule makes a push that does not grow any slower.
///
/// | rule | next capacity of a full array | rows copied by *n* pushes | unused after *n* pushes, at most |
/// |---|---|---|---|
/// | factor *a* = *p*/*q* | ⌈*a c*⌉ | at most *n* / (1 − 1/*a*) | (*a* − 1) *n* rows |
/// | additive *d* | *c* + *d* | about *n*² / 2*d* | *d* − 1 rows |
/// | exact | *c* + 1 | *n* (*n* − 1) / 2 | none |
/// | custom | whatever it says | | |
///
/// What the factor means for time and memory is the subject of [`amortized`](crate::amortized); rules of
/// languages and libraries are in the [`zoo`](crate::zoo).
///
/// The last column holds for arrays that were filled by pushes, with a [first block](Growth::with_first) of one
/// row.
///
/// The factor is an exact ratio of integers and the product is rounded **up**. Both matter: rounded down, 3/2
/// would gain nothing at a capacity of one, and the bound on the rows copied would be false.
///
/// A rule may also say when an array gives room back: see [`with_shrink`](Self::with_shrink). None does unless it
/// is told to.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
///
/// let growth = Growth::factor(3, 2)?;
/// assert_eq!(growth, Growth::THREE_HALVES);
/// assert_eq!(growth, "1.5".parse()?);
/// assert_eq!(growth.to_string(), "3/2");
///
/// // The capacities of an array that is filled row by row.
/// let mut capacity = 0;
/// let capacities = [(); 8].map(|()| {
///     capacity = growth.next_capacity(capacity, capacity + 1);
///     capacity
/// });
/// assert_eq!(capacities, [1, 2, 3, 5, 8, 12, 18, 27]);
/// # Ok::<(), growable_nd::GrowthError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Growth {
    pub(crate) rule: Rule,
    pub(crate) first: usize,
    pub(crate) shrink: Option<Shrink>,
}

#[derive(Clone, Copy)]
pub(crate) enum Rule {
    /// In lowest terms, `numerator > denominator > 0`.
    Factor {
        numerator: u64,
        denominator: u64,
    },
    /// Not zero.
    Additive(usize),
    Exact,
    Custom(fn(usize, usize) -> usize),
    Sized {
        row_bytes: usize,
        next: SizedRule,
    },
}

/// `next(capacity, needed, row_bytes)`.
type SizedRule = fn(u128, u128, u128) -> u128;

/// When to give room back, and how much to keep. Both ratios are in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shrink {
    /// The part of the room that is in use.
    pub(crate) at: (u32, u32),
    /// The room for each row afterwards, at least 1.
    pub(crate) to: (u32, u32),
}

impl Growth {
    /// Twice as many rows: the rule of an array that was given none.
    pub const DOUBLE: Growth = Growth::ratio(2, 1);
    /// Half as many rows again.
    pub const THREE_HALVES: Growth = Growth::ratio(3, 2);
    /// A quarter as many rows again.
    pub const FIVE_QUARTERS: Growth = Growth::ratio(5, 4);
    /// An eighth as many rows again.
    pub const NINE_EIGHTHS: Growth = Growth::ratio(9, 8);
    /// Exactly the rows that are needed: no slack, and quadratic time when rows come one at a time.
    pub const EXACT: Growth = Growth::from_rule(Rule::Exact);

    /// `numerator / denominator` is above 1 and in lowest terms.
    const fn ratio(numerator: u64, denominator: u64) -> Growth {
        Growth::from_rule(Rule::Factor { numerator, denominator })
    }

    const fn from_rule(rule: Rule) -> Growth {
        Growth { rule, first: 1, shrink: None }
    }

    /// Grows by the factor `numerator / denominator`, rounded up.
    ///
    /// # Errors
    ///
    /// [`GrowthError::ZeroDenominator`], and [`GrowthError::NotAboveOne`] for a factor of 1 or less.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// assert_eq!(Growth::factor(6, 4)?, Growth::THREE_HALVES);
    /// assert!(Growth::factor(1, 1).is_err());
    /// # Ok::<(), growable_nd::GrowthError>(())
    /// ```
    pub fn factor(numerator: u64, denominator: u64) -> Result<Growth, GrowthError> {
        if denominator == 0 {
            return Err(GrowthError::ZeroDenominator { numerator });
        }
        if numerator <= denominator {
            return Err(GrowthError::NotAboveOne { found: format!("{numerator}/{denominator}").into() });
        }
        let (numerator, denominator) = reduced(numerator, denominator);
        Ok(Growth::ratio(numerator, denominator))
    }

    /// Grows by so many rows each time: not amortized, for those who would rather wait than waste.
    ///
    /// # Errors
    ///
    /// [`GrowthError::ZeroStep`] for no rows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// assert_eq!(Growth::additive(1024)?.next_capacity(5000, 5001), 6024);
    /// # Ok::<(), growable_nd::GrowthError>(())
    /// ```
    pub fn additive(rows: usize) -> Result<Growth, GrowthError> {
        if rows == 0 {
            return Err(GrowthError::ZeroStep);
        }
        Ok(Growth::from_rule(Rule::Additive(rows)))
    }

    /// Grows to `next(capacity, needed)` rows.
    ///
    /// An array asks the function only when `needed` is above `capacity`, and never for more rows than any
    /// block can have. An answer below `needed` counts as `needed`. A rule that also [shrinks](Self::with_shrink) is
    /// asked for `next(0, 1)`, the first block, when rows are removed.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// let powers_of_two = Growth::custom(|_capacity, needed| needed.next_power_of_two());
    /// assert_eq!(powers_of_two.next_capacity(100, 101), 128);
    /// ```
    pub const fn custom(next: fn(capacity: usize, needed: usize) -> usize) -> Growth {
        Growth::from_rule(Rule::Custom(next))
    }

    /// Grows to `next(capacity, needed, row_bytes)` rows, where `row_bytes` is the number given here: for rules
    /// that depend on the size of what they make room for.
    ///
    /// All numbers are `u128`, so that products of a few of them cannot overflow. An answer below `needed`
    /// counts as `needed`, and so does one above `usize::MAX`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// // Twice as many rows, up to the end of a page of 4096 bytes.
    /// let pages = Growth::custom_sized(24, |capacity, needed, row_bytes| {
    ///     let bytes = needed.max(2 * capacity) * row_bytes;
    ///     bytes.next_multiple_of(4096) / row_bytes
    /// });
    /// assert_eq!(pages.next_capacity(0, 1), 170);
    /// assert_eq!(pages.next_capacity(170, 171), 341);
    /// ```
    pub const fn custom_sized(
        row_bytes: usize,
        next: fn(capacity: u128, needed: u128, row_bytes: u128) -> u128,
    ) -> Growth {
        Growth::from_rule(Rule::Sized { row_bytes, next })
    }

    /// The same rule with at least so many rows in the first block.
    ///
    /// A new array has no block at all. Its first has room for the rows that are needed, the step of an additive
    /// rule, what a custom rule says, or `rows`, whichever is most. Zero counts as one.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// let growth = Growth::DOUBLE.with_first(64);
    /// assert_eq!(growth.next_capacity(0, 1), 64);
    /// assert_eq!(growth.next_capacity(64, 65), 128);
    /// ```
    #[must_use]
    pub const fn with_first(self, rows: usize) -> Growth {
        Growth { first: if rows == 0 { 1 } else { rows }, ..self }
    }

    /// The same rule, and an array that gives room back: when rows were removed and those that are left take no
    /// more than `at` of the room, the block is replaced by one with room for `to` times these rows, rounded
    /// up, but never less than the first block. Both are ratios: `(1, 4)` is a quarter.
    ///
    /// Rows may be removed in any way, `resize` to fewer included; setting the rule removes none, and
    /// [`shrink_to_fit`](crate::GrowableNd::shrink_to_fit) and its like work as before. Room that was reserved ahead, or
    /// by [`with_capacity`](crate::GrowableNd::with_capacity), is given back, too. If there is no memory for the smaller block the
    /// array keeps the one it has.
    ///
    /// Removing a row is amortized O(*m*) with any factor, step or exact rule that is accepted here: see
    /// [`amortized`](crate::amortized#giving-room-back). Of a custom rule, and so of those in the
    /// [`zoo`](crate::zoo), nothing is known: see to it yourself that `at` times the room for each row after a growth
    /// stays below 1. [`worst_sequence`](crate::amortized::worst_sequence) finds out if it does not. The natural choice for a factor *a* is `to` = *a*,
    /// `at` = 1/*a*²: with factor 2, halve the room when a quarter is in use.
    ///
    /// # Errors
    ///
    /// [`GrowthError::ZeroDenominator`], [`GrowthError::ShrinkBelowRows`] if `to` is below 1, and
    /// [`GrowthError::Thrashes`] if `at` times `to`, or `at` times the factor of the rule, is not below 1 (for an
    /// additive rule the factor counts as 2, which the step after its first block can be). Such an array would grow and shrink in turn when rows come and go at a boundary, and copy all of them each time.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth, GrowthError};
    ///
    /// let growth = Growth::DOUBLE.with_shrink((1, 4), (2, 1))?;
    /// assert_eq!(growth.to_string(), "2 shrink to 2 at 1/4");
    ///
    /// let mut array = GrowableNd::with_growth([3], growth);
    /// array.resize(64, 0.0);
    /// array.truncate(17);
    /// assert_eq!(array.capacity(), 64);
    /// array.truncate(16);
    /// assert_eq!(array.capacity(), 32);
    ///
    /// let error = Growth::DOUBLE.with_shrink((1, 2), (2, 1)).unwrap_err();
    /// assert!(matches!(error, GrowthError::Thrashes { .. }));
    /// # Ok::<(), GrowthError>(())
    /// ```
    pub fn with_shrink(self, at: (u32, u32), to: (u32, u32)) -> Result<Growth, GrowthError> {
        for (numerator, denominator) in [at, to] {
            if denominator == 0 {
                return Err(GrowthError::ZeroDenominator { numerator: numerator.into() });
            }
        }
        let (at, to) = (reduced(at.0, at.1), reduced(to.0, to.1));
        if to.0 < to.1 {
            return Err(GrowthError::ShrinkBelowRows { found: ratio_text(to.0, to.1).into() });
        }
        let grown = match self.rule {
            Rule::Factor { numerator, denominator } => (numerator, denominator),
            // A block is never smaller than the step that it grows by.
            Rule::Additive(_) => (2, 1),
            Rule::Exact | Rule::Custom(_) | Rule::Sized { .. } => (1, 1),
        };
        for (p, q) in [grown, (to.0.into(), to.1.into())] {
            if u128::from(at.0) * u128::from(p) >= u128::from(at.1) * u128::from(q) {
                let (at, room) = (ratio_text(at.0, at.1).into(), ratio_text(p, q).into());
                return Err(GrowthError::Thrashes { at, room });
            }
        }
        Ok(Growth { shrink: Some(Shrink { at, to }), ..self })
    }

    /// The factor in lowest terms, numerator first, or `None` for rules that have none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// assert_eq!(Growth::factor(6, 4)?.as_factor(), Some((3, 2)));
    /// assert_eq!(Growth::EXACT.as_factor(), None);
    /// # Ok::<(), growable_nd::GrowthError>(())
    /// ```
    pub const fn as_factor(&self) -> Option<(u64, u64)> {
        match self.rule {
            Rule::Factor { numerator, denominator } => Some((numerator, denominator)),
            _ => None,
        }
    }

    /// How many rows there should be room for, when there is room for `capacity` and `needed` are wanted.
    ///
    /// Never less than `needed`; exactly `needed` where the wish of the rule is beyond `usize::MAX`.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](Growth::custom) rule does.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// assert_eq!(Growth::THREE_HALVES.next_capacity(5, 6), 8);
    /// assert_eq!(Growth::THREE_HALVES.next_capacity(5, 100), 100);
    /// assert_eq!(Growth::DOUBLE.next_capacity(usize::MAX - 1, usize::MAX), usize::MAX);
    /// ```
    pub fn next_capacity(&self, capacity: usize, needed: usize) -> usize {
        let wish = match self.rule {
            Rule::Factor { numerator, denominator } => scaled_up(capacity, numerator, denominator),
            Rule::Additive(step) => capacity.checked_add(step),
            Rule::Exact => None,
            Rule::Custom(next) => Some(next(capacity, needed)),
            Rule::Sized { row_bytes, next } => {
                usize::try_from(next(wide(capacity), wide(needed), wide(row_bytes))).ok()
            }
        };
        let least = if capacity == 0 { self.first } else { 0 };
        wish.unwrap_or(needed).max(needed).max(least)
    }

    /// The largest number of rows at which an array with room for `capacity` has few enough to give room back; `None`
    /// if it never does.
    pub(crate) fn shrinks_at(&self, capacity: usize) -> Option<usize> {
        let Shrink { at, .. } = self.shrink?;
        if capacity <= self.next_capacity(0, 1) {
            return None;
        }
        usize::try_from(wide(capacity) * u128::from(at.0) / u128::from(at.1)).ok()
    }

    /// How many rows there should be room for, when rows were removed from an array that has room for `capacity`
    /// and `rows` are left; `None` if it should stay as it is.
    ///
    /// # Panics
    ///
    /// As [`next_capacity`](Self::next_capacity), which says how large the first block is.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// let growth = Growth::DOUBLE.with_first(8).with_shrink((1, 4), (2, 1))?;
    /// assert_eq!(growth.shrunk_capacity(64, 17), None);
    /// assert_eq!(growth.shrunk_capacity(64, 16), Some(32));
    /// assert_eq!(growth.shrunk_capacity(64, 0), Some(8));
    /// assert_eq!(growth.shrunk_capacity(8, 0), None);
    /// assert_eq!(Growth::DOUBLE.shrunk_capacity(64, 0), None);
    /// # Ok::<(), growable_nd::GrowthError>(())
    /// ```
    pub fn shrunk_capacity(&self, capacity: usize, rows: usize) -> Option<usize> {
        let Shrink { to, .. } = self.shrink?;
        if rows > self.shrinks_at(capacity)? {
            return None;
        }
        let room = scaled_up(rows, to.0.into(), to.1.into())?.max(self.next_capacity(0, 1));
        // Rounded up it may be as large as before.
        (room < capacity).then_some(room)
    }
}

/// The same number in the type that all arithmetic on rows and bytes is done in.
pub(crate) fn wide(value: usize) -> u128 {
    // No machine has addresses of more than 128 bits.
    u128::try_from(value).unwrap_or(u128::MAX)
}

/// The same ratio in lowest terms. The denominator is not zero.
pub(crate) fn reduced<N: Copy + Into<u128> + TryFrom<u128> + Div<Output = N>>(
    numerator: N,
    denominator: N,
) -> (N, N) {
    match N::try_from(greatest_common_divisor(numerator.into(), denominator.into())) {
        Ok(divisor) => (numerator / divisor, denominator / divisor),
        // Never: it divides both.
        Err(_) => (numerator, denominator),
    }
}

/// A ratio as text: `3/2`, or `2` for `2/1`.
pub(crate) fn ratio_text(numerator: impl Into<u64>, denominator: impl Into<u64>) -> String {
    match (numerator.into(), denominator.into()) {
        (numerator, 1) => numerator.to_string(),
        (numerator, denominator) => format!("{numerator}/{denominator}"),
    }
}

/// `⌈value · numerator / denominator⌉`, if it is a `usize`.
fn scaled_up(value: usize, numerator: u64, denominator: u64) -> Option<usize> {
    let value = u64::try_from(value).ok()?;
    let quotient = match value.checked_mul(numerator) {
        Some(product) => product.div_ceil(denominator),
        // Two factors of at most 64 bits fit into 128, but dividing those takes much longer.
        None => {
            let product = u128::from(value) * u128::from(numerator);
            u64::try_from(product.div_ceil(u128::from(denominator))).ok()?
        }
    };
    usize::try_from(quotient).ok()
}

/// [`Growth::DOUBLE`].
impl Default for Growth {
    fn default() -> Self {
        Growth::DOUBLE
    }
}

/// Two custom rules are equal if they have the same function at the same address. The compiler may give one
/// function two addresses, or two functions one.
impl PartialEq for Growth {
    fn eq(&self, other: &Self) -> bool {
        self.first == other.first
            && self.shrink == other.shrink
            && match (self.rule, other.rule) {
                (
                    Rule::Factor { numerator: a, denominator: b },
                    Rule::Factor { numerator: c, denominator: d },
                ) => (a, b) == (c, d),
                (Rule::Additive(a), Rule::Additive(b)) => a == b,
                (Rule::Exact, Rule::Exact) => true,
                (Rule::Custom(a), Rule::Custom(b)) => core::ptr::fn_addr_eq(a, b),
                (Rule::Sized { row_bytes: m, next: a }, Rule::Sized { row_bytes: n, next: b }) => {
                    m == n && core::ptr::fn_addr_eq(a, b)
                }
                _ => false,
            }
    }
}

impl Eq for Growth {}
