//! Growth policies: the number of rows of the next block.
//!
//! A policy maps row counts to row counts. It is independent of element type and allocation. This
//! folder imports nothing from the crate. Read this file first: `Growth`, its constructors and
//! `next_capacity`. Then `request` (the input of a policy), `shrink` (when and how far), `text`
//! (parsing and printing), `ratio` and `stats`. `error` has the errors, `message` builds their text
//! in constants, and `convert` converts integers in `const fn`.

pub(crate) mod convert;
pub(crate) mod error;
pub(crate) mod message;
pub(crate) mod ratio;
pub(crate) mod request;
pub(crate) mod shrink;
pub(crate) mod stats;
pub(crate) mod text;

use crate::growth::convert::{i128_of, u64_from};
use crate::growth::error::GrowthError;
use crate::growth::ratio::Ratio;
use crate::growth::request::Request;
use crate::growth::shrink::Shrink;
use core::hash::{Hash, Hasher};
use core::num::NonZero;

/// A growth policy: it determines the next capacity of a full array.
///
/// A policy is a small value that can be copied, compared, hashed, printed and parsed. An array can
/// change its policy at any time with [`set_growth`](crate::GrowableNd::set_growth). An array
/// consults its policy when it is full, and when rows are removed if the policy
/// [shrinks](Growth::with_shrink). No policy slows down a push into a free slot.
///
/// | policy | next capacity of a full array | rows copied by *n* pushes | unused after *n* pushes |
/// |---|---|---|---|
/// | factor *a* = *p*/*q* | ⌈*a c*⌉ | at most *n* / (1 − 1/*a*) | at most (*a* − 1) *n* rows |
/// | factor, at most *d* | min(⌈*a c*⌉, *c* + *d*) | about *n*² / 2*d* | at most *d* − 1 rows |
/// | additive *d* | *c* + *d* | about *n*² / 2*d* | at most *d* − 1 rows |
/// | exact | *c* + 1 | *n* (*n* − 1) / 2 | none |
/// | custom | the function's result | | |
///
/// The last two columns hold for arrays that are filled by pushes, with a [first
/// block](Growth::with_first) of one row. [`amortized`](crate::amortized) explains what a factor
/// means for time and memory; the [`zoo`](crate::zoo) has the policies of languages and libraries.
///
/// The factor is an exact ratio of integers, and the product is rounded **up**. If it were rounded
/// down, 3/2 would never grow a capacity of one, and the bound on the rows copied would not hold.
///
/// # Examples
///
/// ```
/// use growable_nd::{Growth, Request};
///
/// const GROWTH: Growth = Growth::factor(3, 2);
/// assert_eq!(GROWTH, Growth::THREE_HALVES);
/// assert_eq!(GROWTH, "1.5".parse()?);
/// assert_eq!(GROWTH.to_string(), "3/2");
///
/// // The capacities of an array that is filled row by row.
/// let mut capacity = 0;
/// let capacities = [(); 8].map(|()| {
///     capacity = GROWTH.next_capacity(Request::new(capacity, capacity + 1));
///     capacity
/// });
/// assert_eq!(capacities, [1, 2, 3, 5, 8, 12, 18, 27]);
/// # Ok::<(), growable_nd::ParseGrowthError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Growth {
    policy: Policy,
    /// Minimum rows of the first block, at least 1.
    first: u64,
    /// The maximum number of rows that one step adds.
    cap: Option<NonZero<u64>>,
    shrink: Option<Shrink>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Policy {
    /// In lowest terms, `numerator > denominator > 0`.
    Factor {
        numerator: u64,
        denominator: u64,
    },
    /// The step in rows, not zero.
    Additive(u64),
    Exact,
    Custom(Custom),
}

/// A named function. Function pointers cannot be compared reliably, so the names are compared.
#[derive(Clone, Copy)]
struct Custom {
    name: &'static str,
    next: fn(Request) -> u64,
}

impl PartialEq for Custom {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Custom {}

impl Hash for Custom {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// Policies.
impl Growth {
    /// Doubles the capacity. The default.
    pub const DOUBLE: Growth = Growth::of_lowest_terms(2, 1);
    /// Adds half the capacity.
    pub const THREE_HALVES: Growth = Growth::of_lowest_terms(3, 2);
    /// Adds a quarter of the capacity.
    pub const FIVE_QUARTERS: Growth = Growth::of_lowest_terms(5, 4);
    /// Adds an eighth of the capacity.
    pub const NINE_EIGHTHS: Growth = Growth::of_lowest_terms(9, 8);
    /// Grows to exactly the number of rows needed. No slot is unused, but pushing rows one at a
    /// time takes quadratic time.
    pub const EXACT: Growth = Growth::of(Policy::Exact);

    /// Creates a factor policy. `numerator / denominator` is greater than 1 and in lowest terms.
    const fn of_lowest_terms(numerator: u64, denominator: u64) -> Growth {
        Growth::of(Policy::Factor { numerator, denominator })
    }

    const fn of(policy: Policy) -> Growth {
        Growth { policy, first: 1, cap: None, shrink: None }
    }

    /// Grows by the factor `numerator / denominator`, rounded up.
    ///
    /// # Panics
    ///
    /// If the factor is not greater than 1 or the denominator is zero;
    /// [`try_factor`](Self::try_factor) returns the error. In a constant the panic is a compiler
    /// error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// const GROWTH: Growth = Growth::factor(6, 4);
    /// assert_eq!(GROWTH, Growth::THREE_HALVES);
    /// ```
    ///
    /// ```compile_fail
    /// use growable_nd::Growth;
    ///
    /// // error[E0080]: growth factor 2/3 is not greater than 1: the array would never grow
    /// const GROWTH: Growth = Growth::factor(2, 3);
    /// println!("{GROWTH}");
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn factor(numerator: u64, denominator: u64) -> Growth {
        match Growth::try_factor(numerator, denominator) {
            Ok(growth) => growth,
            Err(error) => error.message().panic(),
        }
    }

    /// Creates a factor policy like [`factor`](Self::factor), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`GrowthError::NotAboveOne`], and [`GrowthError::Ratio`] if the denominator is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// assert_eq!(Growth::try_factor(3, 2), Ok(Growth::THREE_HALVES));
    /// assert!(Growth::try_factor(1, 1).is_err());
    /// ```
    pub const fn try_factor(numerator: u64, denominator: u64) -> Result<Growth, GrowthError> {
        match Ratio::try_new(i128_of(numerator), i128_of(denominator)) {
            Ok(factor) => Growth::of_ratio(factor),
            Err(error) => Err(GrowthError::Ratio(error)),
        }
    }

    const fn of_ratio(factor: Ratio) -> Result<Growth, GrowthError> {
        if factor.numerator() <= factor.denominator() {
            return Err(GrowthError::NotAboveOne { factor });
        }
        match (u64_from(factor.numerator()), u64_from(factor.denominator())) {
            (Some(numerator), Some(denominator)) => Ok(Growth::of_lowest_terms(numerator, denominator)),
            _ => Err(GrowthError::TooLarge),
        }
    }

    /// Grows by a fixed number of rows. A push costs O(*n*) amortized; at most `rows - 1` rows are
    /// unused.
    ///
    /// # Panics
    ///
    /// If `rows` is zero; [`try_additive`](Self::try_additive) returns the error. In a constant the
    /// panic is a compiler error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, Request};
    ///
    /// const GROWTH: Growth = Growth::additive(1024);
    /// assert_eq!(GROWTH.next_capacity(Request::new(5000, 5001)), 6024);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn additive(rows: u64) -> Growth {
        match Growth::try_additive(rows) {
            Ok(growth) => growth,
            Err(error) => error.message().panic(),
        }
    }

    /// Creates an additive policy like [`additive`](Self::additive), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`GrowthError::ZeroStep`] if `rows` is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, GrowthError};
    ///
    /// assert_eq!(Growth::try_additive(0), Err(GrowthError::ZeroStep));
    /// ```
    pub const fn try_additive(rows: u64) -> Result<Growth, GrowthError> {
        if rows == 0 {
            return Err(GrowthError::ZeroStep);
        }
        Ok(Growth::of(Policy::Additive(rows)))
    }

    /// Grows to the capacity that `next` returns. `name` identifies the policy.
    ///
    /// - Custom policies are compared and printed by name: two are equal if their names and
    ///   settings are equal. [`parse_with`](Self::parse_with) can look up a name that begins with a
    ///   letter and contains no white space, except the words that it reserves: `exact`, and `nan`,
    ///   `inf` and `infinity` in any case.
    /// - `next` is a function pointer, so a closure must not capture variables. (If it does, the
    ///   compiler reports "expected fn pointer, found closure".)
    /// - An array calls `next` only when `needed` exceeds `capacity`, and never with more rows than
    ///   `isize::MAX` elements make. A [`Model`](crate::amortized::Model) calls it with up to
    ///   `u64::MAX` rows: use saturating arithmetic.
    /// - A result less than `needed` counts as `needed`. If the requested capacity cannot be
    ///   allocated, the array retries with less, down to `needed`.
    /// - If the policy also [shrinks](Self::with_shrink), removing rows calls `next` with capacity
    ///   0 and needed 1, for the size of the first block.
    /// - If `next` panics, so does the method that adds or removes rows, even one that panics "only"
    ///   for other reasons. The array keeps whole rows; rows that were to be removed are gone.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth, Request};
    ///
    /// const GROWTH: Growth = Growth::custom("powers-of-two", |request| {
    ///     request.needed.checked_next_power_of_two().unwrap_or(request.needed)
    /// });
    /// assert_eq!(GROWTH.next_capacity(Request::new(100, 101)), 128);
    /// assert_eq!(GROWTH.to_string(), "powers-of-two");
    ///
    /// // Fills multiples of 4096 bytes. The array supplies the bytes in one row.
    /// let pages = Growth::custom("pages", |request| {
    ///     let rows = request.needed.max(request.capacity.saturating_mul(2));
    ///     let bytes = rows.saturating_mul(request.row_bytes).div_ceil(4096).saturating_mul(4096);
    ///     bytes / request.row_bytes
    /// });
    /// let mut array = GrowableNd::<f64>::with_growth([3], pages);
    /// array.push_row([1.0, 2.0, 3.0])?;
    /// assert_eq!(array.capacity(), 4096 / 24);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[must_use]
    pub const fn custom(name: &'static str, next: fn(Request) -> u64) -> Growth {
        Growth::of(Policy::Custom(Custom { name, next }))
    }
}

/// Settings.
impl Growth {
    /// Sets the minimum number of rows of the first block.
    ///
    /// A new array has no block. The size of its first block is the maximum of `rows`, the number
    /// of rows needed, the step of an additive policy, and the result of a custom policy.
    ///
    /// # Panics
    ///
    /// If `rows` is zero; [`try_with_first`](Self::try_with_first) returns the error. In a constant
    /// the panic is a compiler error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, Request};
    ///
    /// let growth = Growth::DOUBLE.with_first(64);
    /// assert_eq!(growth.next_capacity(Request::new(0, 1)), 64);
    /// assert_eq!(growth.next_capacity(Request::new(64, 65)), 128);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn with_first(self, rows: u64) -> Growth {
        match self.try_with_first(rows) {
            Ok(growth) => growth,
            Err(error) => error.message().panic(),
        }
    }

    /// Sets the first block like [`with_first`](Self::with_first), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`GrowthError::ZeroFirst`] if `rows` is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, GrowthError};
    ///
    /// assert_eq!(Growth::DOUBLE.try_with_first(0), Err(GrowthError::ZeroFirst));
    /// ```
    pub const fn try_with_first(self, rows: u64) -> Result<Growth, GrowthError> {
        if rows == 0 {
            return Err(GrowthError::ZeroFirst);
        }
        Ok(Growth { first: rows, ..self })
    }

    /// Limits each step to `rows` rows more than the current capacity, unless more are needed.
    ///
    /// The limit does not apply to the first block.
    ///
    /// A policy with a limit is **not** amortized O(1). With a factor *a* and a limit *d*, growth
    /// is additive from the first capacity *c* for which (*a* − 1) *c* ≥ *d*. If *M* rows are
    /// copied until the capacity is *c*, then *n* > *c* pushes copy
    ///
    /// > *M* + *k c* + *d k* (*k* − 1)/2 rows, where *k* = ⌈(*n* − *c*)/*d*⌉,
    ///
    /// which is about *n*²/2*d*. In return at most *d* − 1 rows are unused, or the unused rows of
    /// the first block. After the first block, the old and the new block together have less than
    /// 2 *n* + *d* rows. See [the chapter](crate::amortized#slower-than-geometric).
    ///
    /// # Panics
    ///
    /// If `rows` is zero; [`try_at_most`](Self::try_at_most) returns the error. In a constant the
    /// panic is a compiler error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, Request};
    ///
    /// let growth = Growth::THREE_HALVES.at_most(65_536);
    /// assert_eq!(growth.next_capacity(Request::new(1000, 1001)), 1500);
    /// assert_eq!(growth.next_capacity(Request::new(1_000_000, 1_000_001)), 1_065_536);
    /// assert_eq!(growth.next_capacity(Request::new(1_000_000, 2_000_000)), 2_000_000);
    /// assert_eq!(growth.to_string(), "3/2 at most 65536");
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn at_most(self, rows: u64) -> Growth {
        match self.try_at_most(rows) {
            Ok(growth) => growth,
            Err(error) => error.message().panic(),
        }
    }

    /// Limits each step like [`at_most`](Self::at_most), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`GrowthError::ZeroLimit`] if `rows` is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, GrowthError};
    ///
    /// assert_eq!(Growth::DOUBLE.try_at_most(0), Err(GrowthError::ZeroLimit));
    /// ```
    pub const fn try_at_most(self, rows: u64) -> Result<Growth, GrowthError> {
        match NonZero::new(rows) {
            Some(rows) => Ok(Growth { cap: Some(rows), ..self }),
            None => Err(GrowthError::ZeroLimit),
        }
    }

    /// Returns the factor, or `None` for a policy without one. Ignores a [limit](Self::at_most) of
    /// the step.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, Ratio};
    ///
    /// assert_eq!(Growth::factor(6, 4).as_factor(), Some(Ratio::new(3, 2)));
    /// assert_eq!(Growth::EXACT.as_factor(), None);
    /// ```
    #[must_use]
    pub const fn as_factor(&self) -> Option<Ratio> {
        match self.policy {
            Policy::Factor { numerator, denominator } => {
                Some(Ratio::from_lowest_terms(i128_of(numerator), i128_of(denominator)))
            }
            _ => None,
        }
    }

    /// Returns the name of a [custom](Self::custom) policy, or `None` for other policies.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    ///
    /// assert_eq!(Growth::custom("full", |request| request.needed).name(), Some("full"));
    /// assert_eq!(Growth::DOUBLE.name(), None);
    /// ```
    #[must_use]
    pub const fn name(&self) -> Option<&'static str> {
        match self.policy {
            Policy::Custom(Custom { name, .. }) => Some(name),
            _ => None,
        }
    }

    /// Minimum rows of the first block, at least 1.
    pub(crate) const fn first(&self) -> u64 {
        self.first
    }

    /// The maximum number of rows that one step adds.
    pub(crate) const fn cap(&self) -> Option<NonZero<u64>> {
        self.cap
    }

    pub(crate) const fn shrink(&self) -> Option<Shrink> {
        self.shrink
    }
}

/// The next capacity.
impl Growth {
    /// Returns the capacity that the policy requests.
    ///
    /// The capacity is at least `needed`. It is `u64::MAX` if the result of the policy would exceed
    /// that. An array whose block cannot have that many rows takes at most twice what is needed,
    /// and less if the allocation fails.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](Growth::custom) policy panics.
    ///
    /// # Cost
    ///
    /// Constant, or the cost of the custom function.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, Request};
    ///
    /// assert_eq!(Growth::THREE_HALVES.next_capacity(Request::new(5, 6)), 8);
    /// assert_eq!(Growth::THREE_HALVES.next_capacity(Request::new(5, 100)), 100);
    /// assert_eq!(Growth::DOUBLE.next_capacity(Request::new(u64::MAX - 1, u64::MAX)), u64::MAX);
    /// ```
    #[must_use]
    pub fn next_capacity(&self, request: Request) -> u64 {
        let Request { capacity, needed, row_bytes } = request;
        let requested = match self.policy {
            Policy::Factor { numerator, denominator } => scaled_up(capacity, numerator, denominator),
            Policy::Additive(step) => capacity.checked_add(step),
            Policy::Exact => Some(needed),
            Policy::Custom(Custom { next, .. }) => Some(next(request.with_row_bytes(row_bytes))),
        };
        if capacity == 0 {
            return requested.unwrap_or(u64::MAX).max(needed).max(self.first);
        }
        // A sum beyond `u64` is no limit.
        let largest = self.cap.and_then(|cap| capacity.checked_add(cap.get()));
        let requested = match (requested, largest) {
            (Some(requested), Some(largest)) => requested.min(largest),
            (Some(requested), None) => requested,
            (None, Some(largest)) => largest,
            (None, None) => u64::MAX,
        };
        requested.max(needed)
    }
}

/// Returns `⌈value · numerator / denominator⌉`, or `None` if that exceeds `u64::MAX`.
fn scaled_up(value: u64, numerator: u64, denominator: u64) -> Option<u64> {
    match value.checked_mul(numerator) {
        Some(product) => Some(product.div_ceil(denominator)),
        // A product of 64-bit factors fits in 128 bits, but 128-bit division is much slower.
        None => {
            let product = u128::from(value) * u128::from(numerator);
            u64::try_from(product.div_ceil(u128::from(denominator))).ok()
        }
    }
}

/// Returns [`Growth::DOUBLE`].
impl Default for Growth {
    fn default() -> Self {
        Growth::DOUBLE
    }
}

/// Grows by a factor, rounded up.
///
/// # Examples
///
/// ```
/// use growable_nd::{Growth, Ratio};
///
/// assert_eq!(Growth::try_from(Ratio::new(3, 2)), Ok(Growth::THREE_HALVES));
/// assert!(Growth::try_from(Ratio::from(-2)).is_err());
/// ```
impl TryFrom<Ratio> for Growth {
    type Error = GrowthError;

    fn try_from(factor: Ratio) -> Result<Self, GrowthError> {
        Growth::of_ratio(factor)
    }
}
