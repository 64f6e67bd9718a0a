//! What a growth factor promises, as exact numbers.

use crate::amortized::potential::Potential;
use crate::growth::ratio::Ratio;
use crate::growth::{Growth, Shrink, wide};

/// What a rule of growth promises: upper bounds on time and memory, exact, for every factor *a* = *p*/*q*.
///
/// Those that take a number of rows *n* are about an array that is filled by *n* pushes, one row each, from
/// nothing, where the first block has room for *c*₀ rows. They hold at every *n*, not only in the limit, as long as
/// ⌈*a c*⌉ is a `usize`; that they do is proved in the [chapter](crate::amortized) and tested for all *p* and *c*₀ up to 16.
///
/// Costs are counted in rows: a row that is written, removed or copied costs one.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Bounds, Ratio};
///
/// let bounds = Bounds::of(&Growth::THREE_HALVES).expect("a factor");
/// assert_eq!(bounds.copies_per_push(), Ratio::from(3));
/// assert_eq!(bounds.amortized_push(), Ratio::from(4));
/// assert_eq!(bounds.copies(1000), 2995);
/// assert!(bounds.peak(1000) <= 2500);
///
/// // One block more each time is not amortized O(1), whatever the size of the block.
/// assert!(Bounds::of(&Growth::additive(1_000_000)?).is_none());
/// # Ok::<(), growable_nd::GrowthError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    p: u64,
    q: u64,
    first: usize,
    shrink: Option<Shrink>,
}

impl Bounds {
    /// The bounds of a rule with a factor; `None` for an additive rule and the exact one, which have no constant
    /// bound, and for a custom one, of which nothing is known.
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
    pub fn of(growth: &Growth) -> Option<Bounds> {
        let (p, q) = growth.as_factor()?;
        Some(Bounds { p, q, first: growth.first, shrink: growth.shrink })
    }

    /// Rows copied for each row pushed, at most, in the limit of many: *a*/(*a* − 1).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::NINE_EIGHTHS).expect("a factor");
    /// assert_eq!(bounds.copies_per_push(), Ratio::from(9));
    /// ```
    pub fn copies_per_push(&self) -> Ratio {
        ratio(self.p.into(), self.surplus())
    }

    /// Rows copied by all growing of *n* pushes, at most: (*p* (*n* − 1) − *q* *c*₀) / (*p* − *q*).
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
    pub fn copies(&self, rows: usize) -> u128 {
        let Some(before) = self.pushed_beyond_first(rows) else { return 0 };
        let copied = u128::from(self.p) * before - u128::from(self.q) * wide(self.first);
        copied / self.surplus()
    }

    /// How often *n* pushes enlarge the block, at most: 1 + ⌈log*ₐ*(*n*/*c*₀)⌉, the first block included. It is one
    /// more where the power of *a* is so close to *n*/*c*₀ that 64 binary digits cannot tell.
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
    pub fn growths(&self, rows: usize) -> u128 {
        match self.pushed_beyond_first(rows) {
            None => u128::from(rows > 0),
            // A block has at least one row more than the one before.
            Some(before) => {
                1 + least_exponent(
                    self.p,
                    self.q,
                    wide(self.first),
                    wide(rows),
                    before + 1 - wide(self.first),
                )
            }
        }
    }

    /// Rows that there is room for but that are not there after *n* pushes, at most:
    /// ⌈(*a* − 1)(*n* − 1)⌉ − 1, or what is left of the first block.
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
    pub fn waste(&self, rows: usize) -> u128 {
        match self.pushed_beyond_first(rows) {
            None if rows == 0 => 0,
            None => wide(self.first) - wide(rows),
            Some(before) => (self.surplus() * before).div_ceil(self.q.into()) - 1,
        }
    }

    /// Rows that there is room for in the old and the new block together during *n* pushes, at most:
    /// ⌈(1 + *a*)(*n* − 1)⌉, or the first block.
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
    pub fn peak(&self, rows: usize) -> u128 {
        match self.pushed_beyond_first(rows) {
            None if rows == 0 => 0,
            None => wide(self.first),
            Some(before) => before + (u128::from(self.p) * before).div_ceil(self.q.into()),
        }
    }

    /// The cost of the most expensive of *n* pushes, at most: *n*, that is all rows before it copied, and one row
    /// written.
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
    pub fn worst_push(&self, rows: usize) -> u128 {
        self.pushed_beyond_first(rows).map_or(u128::from(rows > 0), |before| before + 1)
    }

    /// The amortized cost of a push: 1 + *a*/(*a* − 1), one row written and so many copied. A push of *m* rows at
    /// once costs at most *m* times as much.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// assert_eq!(bounds.amortized_push(), Ratio::from(3));
    /// ```
    pub fn amortized_push(&self) -> Ratio {
        ratio(u128::from(self.p) + self.surplus(), self.surplus())
    }

    /// The amortized cost of removing a row: 1, and more with a rule of [shrinking](Growth::with_shrink), which must
    /// pay for its copies: 1/(1 − *b s*) for one that shrinks at *s* to *b* ≥ *a*, and something for rounding up. Theorem 6 of the
    /// [chapter](crate::amortized#giving-room-back) has all of it.
    ///
    /// `None` if the numerators and denominators of factor and shrinking are so large that the result has more than
    /// 127 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ratio};
    ///
    /// let growth = Growth::DOUBLE.with_shrink((1, 4), (2, 1))?;
    /// let bounds = Bounds::of(&growth).expect("a factor");
    /// assert_eq!(bounds.amortized_pop(), Some(Ratio::from(2)));
    /// # Ok::<(), growable_nd::GrowthError>(())
    /// ```
    pub fn amortized_pop(&self) -> Option<Ratio> {
        let potential = self.potential()?;
        Ratio::of_unsigned(potential.pop, potential.scale)
    }

    /// The potential function that proves the amortized bounds; `None` if a number in it has more than 128 bits.
    pub(crate) fn potential(&self) -> Option<Potential> {
        Potential::new(self.p, self.q, self.first, self.shrink)
    }

    /// The room for each row after a push, at most, in the limit of many: *a*.
    ///
    /// Rows that were removed keep their room, unless there is a rule of [shrinking](Growth::with_shrink) at *s*;
    /// then there is room for at most 1/*s* times the rows and one more, or for the first block.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// assert_eq!(bounds.capacity_per_row(), Ratio::from(2));
    /// ```
    pub fn capacity_per_row(&self) -> Ratio {
        ratio(self.p.into(), self.q.into())
    }

    /// The price of memory at which the factor is the best one: 1/(*a* − 1)².
    ///
    /// If one slot of room for each row costs as much as so many copies for each push, no other factor has a
    /// smaller sum of the worst copies and the worst room. `None` if the square has more than 127 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::FIVE_QUARTERS).expect("a factor");
    /// assert_eq!(bounds.price(), Some(Ratio::from(16)));
    /// ```
    pub fn price(&self) -> Option<Ratio> {
        let q = u128::from(self.q);
        Ratio::of_unsigned(q.checked_mul(q)?, self.surplus().checked_mul(self.surplus())?)
    }

    /// `p - q`.
    pub(crate) fn surplus(&self) -> u128 {
        u128::from(self.p) - u128::from(self.q)
    }

    /// The rows before the last of `rows` pushes, if one of them found the first block full.
    fn pushed_beyond_first(&self, rows: usize) -> Option<u128> {
        (rows > self.first).then(|| wide(rows) - 1)
    }
}

/// Of numbers that fit: those of `Bounds` are below 2⁶⁶.
fn ratio(numerator: u128, denominator: u128) -> Ratio {
    Ratio::of_unsigned(numerator, denominator).unwrap_or(Ratio::from(0))
}

/// The smallest *k* with `from` (p/q)*ᵏ* ≥ `to`, or one more where 64 binary digits cannot tell; never more than
/// `limit`.
///
/// Powers are computed by squaring and rounded down. So what may be missed is equality, and numbers that are equal are
/// small enough to be compared exactly.
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

/// Whether `from` (p/q)*ᵏ* ≥ `to`, as far as `u128` can tell.
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
    /// Rounded down. The integer has at most 127 digits and is not zero.
    fn of_integer(integer: u128) -> Power {
        let exponent = integer.ilog2();
        let digits = if exponent > 63 { integer >> (exponent - 63) } else { integer << (63 - exponent) };
        Power { exponent, digits }
    }

    /// Rounded down. The ratio is above 1.
    fn of_ratio(p: u64, q: u64) -> Power {
        let power = Power::of_integer((u128::from(p) << 63) / u128::from(q));
        Power { exponent: power.exponent - 63, ..power }
    }

    /// Rounded down.
    fn times(&self, other: &Power) -> Power {
        let product = self.digits * other.digits;
        let carry = u32::from(product >> 127 == 1);
        Power { exponent: self.exponent + other.exponent + carry, digits: product >> (63 + carry) }
    }
}
