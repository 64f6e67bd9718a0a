//! Exact upper bounds for growth factors.

use crate::amortized::potential::Potential;
use crate::growth::Growth;
use crate::growth::ratio::Ratio;
use crate::growth::shrink::Shrink;
use core::fmt;

/// Exact upper bounds on time and memory for every factor *a* = *p*/*q*.
///
/// A method with the argument `rows` = *n* bounds an array that is filled by *n* pushes of one row
/// and whose first block has *c*₀ rows. Its bound holds for every *n*, not only in the limit, while
/// ⌈*a c*⌉ fits in `u64`. The [chapter](crate::amortized) has the proofs; a test checks all *p* and
/// *c*₀ up to 16. Formulas with *c*₀, and that of [`worst_push`](Self::worst_push), hold for *n* >
/// *c*₀: up to *c*₀ rows make one block, copy nothing, and cost 1 each.
///
/// Costs are in rows: writing, removing or copying a row costs one.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::Bounds;
/// use growable_nd::{Growth, Ratio};
///
/// let bounds = Bounds::of(&Growth::THREE_HALVES).expect("a factor");
/// assert_eq!(bounds.copies_per_push(), Ratio::from(3));
/// assert_eq!(bounds.amortized_push(), Ratio::from(4));
/// assert_eq!(bounds.copies(1000), 2995);
/// assert!(bounds.peak(1000) <= 2500);
/// assert_eq!(
///     bounds.to_string(),
///     "at most 3 copies per push, 3/2 slots per row; price of a push 4, of a pop 1"
/// );
///
/// // A fixed step is not amortized O(1), whatever its size, nor is a step with a limit.
/// assert!(Bounds::of(&Growth::additive(1_000_000)).is_none());
/// assert!(Bounds::of(&Growth::DOUBLE.at_most(1_000_000)).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    p: u64,
    q: u64,
    first: u64,
    shrink: Option<Shrink>,
}

/// Shows [`copies_per_push`](Bounds::copies_per_push),
/// [`capacity_per_row`](Bounds::capacity_per_row), [`amortized_push`](Bounds::amortized_push), and
/// [`amortized_pop`](Bounds::amortized_pop) if it is known.
impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (copies, slots) = (self.copies_per_push(), self.capacity_per_row());
        let push = self.amortized_push();
        write!(f, "at most {copies} copies per push, {slots} slots per row; price of a push {push}")?;
        match self.amortized_pop() {
            Some(pop) => write!(f, ", of a pop {pop}"),
            None => Ok(()),
        }
    }
}

impl Bounds {
    /// Returns the bounds of a policy with a factor.
    ///
    /// `None` for additive and exact policies and for a factor with a [limit](Growth::at_most),
    /// which have no constant bound, and for custom policies, which are not analysed.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Bounds;
    ///
    /// assert!(Bounds::of(&Growth::DOUBLE).is_some());
    /// assert!(Bounds::of(&Growth::EXACT).is_none());
    /// ```
    #[must_use]
    pub fn of(growth: &Growth) -> Option<Bounds> {
        let factor = growth.as_factor()?;
        if growth.cap().is_some() {
            return None;
        }
        let p = u64::try_from(factor.numerator()).ok()?;
        let q = u64::try_from(factor.denominator()).ok()?;
        Some(Bounds { p, q, first: growth.first(), shrink: growth.shrink() })
    }

    /// Returns the maximum number of rows copied per push, in the limit of many pushes: *a*/(*a* −
    /// 1).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Bounds;
    /// use growable_nd::{Growth, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::NINE_EIGHTHS).expect("a factor");
    /// assert_eq!(bounds.copies_per_push(), Ratio::from(9));
    /// ```
    #[must_use]
    pub fn copies_per_push(&self) -> Ratio {
        ratio(self.p.into(), self.surplus())
    }

    /// Returns the maximum number of rows copied by *n* pushes: (*p* (*n* − 1) − *q* *c*₀) / (*p* −
    /// *q*).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Bounds;
    ///
    /// // Blocks of 1, 2, 4 and 8 rows: 1 + 2 + 4 rows copied until there are 5.
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// assert_eq!(bounds.copies(5), 7);
    /// ```
    #[must_use]
    pub fn copies(&self, rows: u64) -> u128 {
        let Some(before) = self.pushed_beyond_first(rows) else { return 0 };
        let copied = u128::from(self.p) * before - u128::from(self.q) * u128::from(self.first);
        copied / self.surplus()
    }

    /// Returns the maximum number of growths in *n* pushes: 1 + ⌈log*ₐ*(*n*/*c*₀)⌉, the first block
    /// included, or 1 + *n* − *c*₀ if that is less, since every growth adds a slot.
    ///
    /// Powers are rounded down to 64 binary digits, so the result may be larger than that: by one,
    /// or for a factor very close to 1 by more. It is always an upper bound.
    ///
    /// # Cost
    ///
    /// O(log *k*) for *k* growths.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Bounds;
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// assert_eq!(bounds.growths(5), 4);
    /// assert_eq!(bounds.growths(1_000_000_000), 31);
    /// ```
    #[must_use]
    pub fn growths(&self, rows: u64) -> u128 {
        match self.pushed_beyond_first(rows) {
            None => u128::from(rows > 0),
            // A block has at least one row more than the one before.
            Some(before) => {
                1 + least_exponent(
                    self.p,
                    self.q,
                    u128::from(self.first),
                    u128::from(rows),
                    before + 1 - u128::from(self.first),
                )
            }
        }
    }

    /// Returns the maximum number of free slots after *n* pushes.
    ///
    /// This is ⌈(*a* − 1)(*n* − 1)⌉ − 1, or the number of free slots of the first block.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Bounds;
    ///
    /// let bounds = Bounds::of(&Growth::FIVE_QUARTERS).expect("a factor");
    /// assert_eq!(bounds.waste(1001), 249);
    /// ```
    #[must_use]
    pub fn waste(&self, rows: u64) -> u128 {
        match self.pushed_beyond_first(rows) {
            None if rows == 0 => 0,
            None => u128::from(self.first) - u128::from(rows),
            Some(before) => (self.surplus() * before).div_ceil(self.q.into()) - 1,
        }
    }

    /// Returns the maximum capacity of the old and the new block together during *n* pushes.
    ///
    /// This is ⌈(1 + *a*)(*n* − 1)⌉, or the size of the first block.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Bounds;
    ///
    /// let bounds = Bounds::of(&Growth::FIVE_QUARTERS).expect("a factor");
    /// assert_eq!(bounds.peak(1001), 2250);
    /// ```
    #[must_use]
    pub fn peak(&self, rows: u64) -> u128 {
        match self.pushed_beyond_first(rows) {
            None if rows == 0 => 0,
            None => u128::from(self.first),
            Some(before) => before + (u128::from(self.p) * before).div_ceil(self.q.into()),
        }
    }

    /// Returns the maximum cost of one of *n* pushes: *n*, for one row written and *n* − 1 rows
    /// copied.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Bounds;
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE.with_first(8)).expect("a factor");
    /// assert_eq!(bounds.worst_push(8), 1);
    /// assert_eq!(bounds.worst_push(9), 9);
    /// ```
    #[must_use]
    pub fn worst_push(&self, rows: u64) -> u128 {
        self.pushed_beyond_first(rows).map_or(u128::from(rows > 0), |before| before + 1)
    }

    /// Returns the price of a push: 1 + *a*/(*a* − 1), for one row written and *a*/(*a* − 1) rows
    /// copied. The amortized cost of a push never exceeds this price, and that of adding *m* rows
    /// at once never exceeds *m* times the price.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Bounds;
    /// use growable_nd::{Growth, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// assert_eq!(bounds.amortized_push(), Ratio::from(3));
    /// ```
    #[must_use]
    pub fn amortized_push(&self) -> Ratio {
        ratio(u128::from(self.p) + self.surplus(), self.surplus())
    }

    /// Returns the price of removing a row: 1, or more with [shrinking](Growth::with_shrink), to
    /// pay for its copies. The amortized cost of removing a row never exceeds the price.
    ///
    /// For a policy that shrinks at *s* to *b* ≥ *a* the price is (1 + ε)/(1 − *s b*), where ε <
    /// *s* accounts for rounding and is often zero. Theorem 6 of the
    /// [chapter](crate::amortized#theorem-6) states ε, and the price for *b* < *a*. `None` if a
    /// number in its computation has more than 127 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Bounds;
    /// use growable_nd::{Growth, Ratio};
    ///
    /// let growth = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
    /// let bounds = Bounds::of(&growth).expect("a factor");
    /// assert_eq!(bounds.amortized_pop(), Some(Ratio::from(2)));
    ///
    /// let growth: Growth = "9/8 shrink to 9/8 at 64/81".parse()?;
    /// let bounds = Bounds::of(&growth).expect("a factor");
    /// assert_eq!(bounds.amortized_pop(), Some(Ratio::from(15)));
    /// # Ok::<(), growable_nd::ParseGrowthError>(())
    /// ```
    #[must_use]
    pub fn amortized_pop(&self) -> Option<Ratio> {
        let potential = self.potential()?;
        Ratio::of_unsigned(potential.pop, potential.scale)
    }

    /// Returns the potential function that proves the amortized bounds; `None` if a number in it
    /// has more than 128 bits.
    pub(crate) fn potential(&self) -> Option<Potential> {
        Potential::new(self.p, self.q, self.first, self.shrink)
    }

    /// Returns the maximum capacity per row after a push, in the limit of many rows: *a*.
    ///
    /// Removing rows keeps the capacity, except with [shrinking](Growth::with_shrink); see
    /// [`capacity_after_pop`](Self::capacity_after_pop).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Bounds;
    /// use growable_nd::{Growth, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// assert_eq!(bounds.capacity_per_row(), Ratio::from(2));
    /// ```
    #[must_use]
    pub fn capacity_per_row(&self) -> Ratio {
        ratio(self.p.into(), self.q.into())
    }

    /// Returns the maximum capacity after a row was removed and *n* rows remain.
    ///
    /// For a policy that [shrinks](Growth::with_shrink) at *s*, this is ⌊*n*/*s*⌋ + 1, or the first
    /// block if that is larger.
    ///
    /// `None` for a policy that never shrinks, or only when the last row is removed.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Bounds;
    ///
    /// let bounds = Bounds::of(&"2 shrink to 2 at 1/4".parse()?).expect("a factor");
    /// assert_eq!(bounds.capacity_after_pop(100), Some(401));
    /// assert_eq!(Bounds::of(&Growth::DOUBLE).expect("a factor").capacity_after_pop(100), None);
    /// # Ok::<(), growable_nd::ParseGrowthError>(())
    /// ```
    #[must_use]
    pub fn capacity_after_pop(&self, rows: u64) -> Option<u128> {
        let (numerator, denominator) = self.shrink?.at;
        let most = (u128::from(rows) * u128::from(denominator)).checked_div(numerator.into())?;
        Some(u128::from(self.first).max(most + 1))
    }

    /// Returns the price of memory at which the factor is the best one: 1/(*a* − 1)².
    ///
    /// If one slot per row costs as much as this number of copies per push, no other factor has a
    /// lower total cost of copies and capacity in the worst case. `None` if the square has more
    /// than 127 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Bounds;
    /// use growable_nd::{Growth, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::FIVE_QUARTERS).expect("a factor");
    /// assert_eq!(bounds.price(), Some(Ratio::from(16)));
    /// ```
    #[must_use]
    pub fn price(&self) -> Option<Ratio> {
        let q = u128::from(self.q);
        Ratio::of_unsigned(q.checked_mul(q)?, self.surplus().checked_mul(self.surplus())?)
    }

    /// `p - q`.
    fn surplus(&self) -> u128 {
        u128::from(self.p) - u128::from(self.q)
    }

    /// Returns the number of rows before the last of `rows` pushes; `None` if all fit into the
    /// first block.
    fn pushed_beyond_first(&self, rows: u64) -> Option<u128> {
        (rows > self.first).then(|| u128::from(rows) - 1)
    }
}

/// Creates a ratio of numbers of `Bounds`. They fit: they are less than 2⁶⁶.
fn ratio(numerator: u128, denominator: u128) -> Ratio {
    Ratio::of_unsigned(numerator, denominator).unwrap_or(Ratio::ZERO)
}

/// Returns the smallest *k* with `from` (p/q)*ᵏ* ≥ `to`, or more if 64 binary digits do not decide;
/// at most `limit`.
///
/// Powers are computed by squaring and rounded down. For common factors only equality can be
/// missed, and equal numbers are small enough to be compared exactly. A factor very close to 1 has
/// large exponents, whose powers lose more digits.
fn least_exponent(p: u64, q: u64, from: u128, to: u128, limit: u128) -> u128 {
    let mut squares = alloc::vec![Power::of_ratio(p, q)];
    let (start, goal) = (Power::of_integer(from), Power::of_integer(to));
    while let Some(last) = squares.last() {
        if start.times(last) >= goal || squares.len() > 64 {
            break;
        }
        squares.push(last.times(last));
    }
    let mut exponent = 0;
    let mut reached = start;
    for (digit, square) in squares.iter().enumerate().rev() {
        let further = reached.times(square);
        if further < goal {
            reached = further;
            exponent += 1 << digit;
        }
    }
    limit.min(exponent + u128::from(!reaches(p, q, from, to, exponent)))
}

/// Returns whether `from` (p/q)*ᵏ* ≥ `to`; `false` if a number exceeds `u128::MAX`.
fn reaches(p: u64, q: u64, from: u128, to: u128, exponent: u128) -> bool {
    let Ok(exponent) = u32::try_from(exponent) else { return false };
    let power = |base: u64, factor: u128| u128::from(base).checked_pow(exponent)?.checked_mul(factor);
    match (power(p, from), power(q, to)) {
        (Some(reached), Some(wanted)) => reached >= wanted,
        _ => false,
    }
}

/// A number of at least 1: `digits` · 2^(`exponent` − 63), where `digits` has 64 binary digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Power {
    exponent: u32,
    digits: u128,
}

impl Power {
    /// Converts an integer, rounded down. It has at most 127 binary digits and is not zero.
    fn of_integer(integer: u128) -> Power {
        let exponent = integer.ilog2();
        let digits = if exponent > 63 { integer >> (exponent - 63) } else { integer << (63 - exponent) };
        Power { exponent, digits }
    }

    /// Converts a ratio greater than 1, rounded down.
    fn of_ratio(p: u64, q: u64) -> Power {
        let power = Power::of_integer((u128::from(p) << 63) / u128::from(q));
        Power { exponent: power.exponent - 63, ..power }
    }

    /// Multiplies two numbers, rounded down.
    fn times(&self, other: &Power) -> Power {
        let product = self.digits * other.digits;
        let carry = u32::from(product >> 127 == 1);
        Power { exponent: self.exponent + other.exponent + carry, digits: product >> (63 + carry) }
    }
}
