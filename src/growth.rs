//! How many rows next: the rules of growth, and the record of what growing has cost. Rows in, rows out;
//! knows nothing of elements or memory.

use crate::error::GrowthError;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::ToString;
use core::fmt;
use core::num::{IntErrorKind, ParseIntError};
use core::str::FromStr;

/// A rule of growth: given how many rows a full array has room for, how many it should have room for next.
///
/// A rule is a small value that can be copied, compared, printed, parsed and changed at any time with
/// [`set_growth`](crate::GrowableNd::set_growth). It is read only when the array is full, so no rule makes a
/// push that does not grow any slower.
///
/// | rule | next capacity of a full array | rows copied by *n* pushes | unused after *n* pushes, at most |
/// |---|---|---|---|
/// | factor *a* = *p*/*q* | ⌈*a c*⌉ | at most *n* / (1 − 1/*a*) | (*a* − 1) *n* rows |
/// | additive *d* | *c* + *d* | about *n*² / 2*d* | *d* − 1 rows |
/// | exact | *c* + 1 | *n* (*n* − 1) / 2 | none |
/// | custom | whatever it says | | |
///
/// The last column holds for arrays that were filled by pushes, with a [first block](Growth::with_first) of one
/// row.
///
/// The factor is an exact ratio of integers and the product is rounded **up**. Both matter: rounded down, 3/2
/// would gain nothing at a capacity of one, and the bound on the rows copied would be false.
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
    rule: Rule,
    first: usize,
}

#[derive(Clone, Copy)]
enum Rule {
    /// In lowest terms, `numerator > denominator > 0`.
    Factor {
        numerator: u64,
        denominator: u64,
    },
    /// Not zero.
    Additive(usize),
    Exact,
    Custom(fn(usize, usize) -> usize),
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
    pub const EXACT: Growth = Growth { rule: Rule::Exact, first: 1 };

    /// `numerator / denominator` is above 1 and in lowest terms.
    const fn ratio(numerator: u64, denominator: u64) -> Growth {
        Growth { rule: Rule::Factor { numerator, denominator }, first: 1 }
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
        let divisor = greatest_common_divisor(numerator, denominator);
        Ok(Growth::ratio(numerator / divisor, denominator / divisor))
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
        Ok(Growth { rule: Rule::Additive(rows), first: 1 })
    }

    /// Grows to `next(capacity, needed)` rows.
    ///
    /// An array asks the function only when `needed` is above `capacity`, and never for more rows than any
    /// block can have. An answer below `needed` counts as `needed`.
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
        Growth { rule: Rule::Custom(next), first: 1 }
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
        Growth { rule: self.rule, first: if rows == 0 { 1 } else { rows } }
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
        };
        let least = if capacity == 0 { self.first } else { 0 };
        wish.unwrap_or(needed).max(needed).max(least)
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

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
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
            && match (self.rule, other.rule) {
                (
                    Rule::Factor { numerator: a, denominator: b },
                    Rule::Factor { numerator: c, denominator: d },
                ) => (a, b) == (c, d),
                (Rule::Additive(a), Rule::Additive(b)) => a == b,
                (Rule::Exact, Rule::Exact) => true,
                (Rule::Custom(a), Rule::Custom(b)) => core::ptr::fn_addr_eq(a, b),
                _ => false,
            }
    }
}

impl Eq for Growth {}

/// The form that [`FromStr`] reads: `3/2`, `2`, `+1024`, `exact`, followed by ` from 16` if the first block
/// has 16 rows. A custom rule prints as `custom`, which nothing can read back.
impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = match self.rule {
            Rule::Factor { numerator, denominator: 1 } => numerator.to_string(),
            Rule::Factor { numerator, denominator } => format!("{numerator}/{denominator}"),
            Rule::Additive(step) => format!("+{step}"),
            Rule::Exact => "exact".to_owned(),
            Rule::Custom(_) => "custom".to_owned(),
        };
        if self.first != 1 {
            text += &format!(" from {}", self.first);
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
/// first block (`3/2 from 16`). A decimal number is exact too: `1.1` is 11/10. Spaces around the parts do not
/// matter.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
///
/// assert_eq!("1.25".parse(), Ok(Growth::FIVE_QUARTERS));
/// assert_eq!("2 from 16".parse(), Ok(Growth::DOUBLE.with_first(16)));
/// assert_eq!(
///     "0.9".parse::<Growth>().unwrap_err().to_string(),
///     "a growth factor must be above 1 or the array never grows, found 0.9"
/// );
/// ```
impl FromStr for Growth {
    type Err = GrowthError;

    fn from_str(text: &str) -> Result<Self, GrowthError> {
        let (rule, first) = match text.split_once(" from ") {
            Some((rule, first)) => (rule, integer(first, text)?),
            None => (text, 1),
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
        Ok(growth.with_first(first))
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

/// A ratio or a decimal number, which is a part of `text`.
fn factor(part: &str, text: &str) -> Result<Growth, GrowthError> {
    if let Some((numerator, denominator)) = part.split_once('/') {
        return Growth::factor(integer(numerator, text)?, integer(denominator, text)?);
    }
    // What is no number above 1 says so, however many digits it has.
    match part.parse::<f64>() {
        Ok(number) if !number.is_finite() => return Err(GrowthError::NotFinite { found: text.into() }),
        Ok(number) if number < 1.0 => return Err(GrowthError::NotAboveOne { found: text.into() }),
        _ => {}
    }
    let (whole, fraction) = part.split_once('.').unwrap_or((part, "0"));
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits_only(whole) || !digits_only(fraction) {
        return Err(GrowthError::Syntax { found: text.into() });
    }
    let fraction = fraction.trim_end_matches('0');
    let denominator = u32::try_from(fraction.len()).ok().and_then(|places| 10_u64.checked_pow(places));
    let denominator = denominator.ok_or_else(|| GrowthError::TooLarge { found: text.into() })?;
    Growth::factor(integer(&format!("{whole}{fraction}"), text)?, denominator)
        .map_err(|_| GrowthError::NotAboveOne { found: text.into() })
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

/// What growing has cost an array so far.
///
/// The counters are always on: they are touched only when the block grows, never by a push that finds room.
/// A clone starts from zero, and so does an array that becomes one by `clone_from`.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let mut array = GrowableNd::<f64>::new([3]);
/// for _ in 0..5 {
///     array.push_row([0.0; 3])?;
/// }
/// // Blocks of 1, 2, 4 and 8 rows.
/// let stats = array.growth_stats();
/// assert_eq!(stats.growths, 4);
/// assert_eq!(stats.rows_copied, 1 + 2 + 4);
/// assert_eq!(stats.peak_rows, 4 + 8);
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct GrowthStats {
    /// How often the block was enlarged, the first block of an array that had none included.
    pub growths: u64,
    /// Rows that had to be kept when the block was enlarged, summed over all growths: what the analysis
    /// charges. An upper bound on what was really copied, since an allocator may enlarge a block in place or
    /// move its pages without touching a byte.
    pub rows_copied: u64,
    /// How often the block had another address after it was enlarged. Less than [`growths`](Self::growths)
    /// where it was enlarged in place; but a new address does not prove a copy, see
    /// [`rows_copied`](Self::rows_copied).
    pub moves: u64,
    /// The largest sum of old and new capacity, in rows, over all growths: what is allocated at once while
    /// an allocator copies.
    pub peak_rows: usize,
}

impl GrowthStats {
    /// A block with room for `old_capacity` rows, `rows` of them in use, now has room for `new_capacity`.
    pub(crate) fn record(&mut self, rows: usize, old_capacity: usize, new_capacity: usize, moved: bool) {
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        self.growths = self.growths.saturating_add(1);
        self.rows_copied = self.rows_copied.saturating_add(rows);
        self.moves = self.moves.saturating_add(u64::from(moved));
        self.peak_rows = self.peak_rows.max(old_capacity.saturating_add(new_capacity));
    }
}
