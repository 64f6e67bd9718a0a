//! The potential function for any factor, with or without shrinking, in integers.

use crate::growth::ratio::greatest_common_divisor;
use crate::growth::shrink::Shrink;

/// The potential of an array with a factor *a* = *p*/*q*, *n* rows and a capacity of *c*:
///
/// Φ = max(0, (*p n* − *q c*)/(*p* − *q*), (1 + κ)(⌊*s c*⌋ − *s y n*)/(1 − *s y*))
///
/// The second term is *n* when the array is full. The third is there only with shrinking, and only
/// while *c* exceeds *c*₀, that of a first block; [`Slack`] defines its symbols. All amounts are
/// integers in units of 1/`scale`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Potential {
    p: u128,
    q: u128,
    first: u64,
    slack: Option<Slack>,
    /// Units per copied row.
    pub(crate) scale: u128,
    /// The price of adding a row: 1 + *a*/(*a* − 1).
    pub(crate) push: u128,
    /// The price of removing a row: 1 for the row, the rise of the potential, and the rounding of
    /// the smaller block.
    pub(crate) pop: u128,
}

impl Potential {
    /// Creates the potential; `None` if a number has more than 128 bits.
    pub(crate) fn new(p: u64, q: u64, first: u64, shrink: Option<Shrink>) -> Option<Potential> {
        let (p, q) = (u128::from(p), u128::from(q));
        let slack = match shrink {
            Some(shrink) => Some(Slack::new(p, q, shrink)?),
            None => None,
        };
        let scale = (p - q).checked_mul(slack.map_or(1, |slack| slack.denominator))?;
        let push = scale.checked_add(p.checked_mul(scale / (p - q))?)?;
        let rise = match slack {
            Some(slack) => slack.per_pop()?.checked_mul(p - q)?,
            None => 0,
        };
        let pop = scale.checked_add(rise)?;
        Some(Potential { p, q, first, slack, scale, push, pop })
    }

    /// Returns the price of reserving `rows` rows: 1/(*a* − 1) per reserved row, for the rows
    /// copied although the block was not full, plus the rise of the slack.
    pub(crate) fn reserve(&self, rows: u64) -> Option<u128> {
        let rows = u128::from(rows);
        let copies = rows.checked_mul(self.q)?.checked_mul(self.scale / (self.p - self.q))?;
        let Some(slack) = self.slack else { return Some(copies) };
        let rise = rows.checked_mul(slack.fall)?.checked_mul(slack.numerator)?;
        copies.checked_add(rise.checked_mul(self.p - self.q)?)
    }

    /// Returns the potential; `None` if a number has more than 128 bits.
    pub(crate) fn of(&self, rows: u64, capacity: u64) -> Option<u128> {
        let (n, c) = (u128::from(rows), u128::from(capacity));
        let fill = self.p.checked_mul(n)?.saturating_sub(self.q.checked_mul(c)?);
        let fill = fill.checked_mul(self.scale / (self.p - self.q))?;
        match self.slack {
            Some(slack) if capacity > self.first => {
                Some(fill.max(slack.of(n, c)?.checked_mul(self.p - self.q)?))
            }
            _ => Some(fill),
        }
    }
}

/// The part of the potential that pays for shrinking at *s* to *b*:
/// (1 + κ)(⌊*s c*⌋ − *s y n*)/(1 − *s y*).
///
/// Here *y* = max(*a*, *b*), so that the slack is zero after the array has grown, and zero except
/// for rounding after it has shrunk. With κ = max(0, (*a* − *b*)/(*a* − 1)), the slack is (1 + κ)
/// *n* when *n* = ⌊*s c*⌋: it pays for *n* copies and, if *b* < *a*, for the credit that the
/// smaller block needs for its next growth.
///
/// As integers: *s y* = `fall/step` in lowest terms, and the slack is
/// `numerator` (`step` ⌊*s c*⌋ − `fall` *n*) / `denominator`.
#[derive(Clone, Copy, Debug)]
struct Slack {
    at: (u128, u128),
    fall: u128,
    step: u128,
    numerator: u128,
    denominator: u128,
    /// Rounding up the smaller block leaves a slack of at most `numerator rounding / denominator`.
    rounding: u128,
}

impl Slack {
    fn new(p: u128, q: u128, Shrink { at, to }: Shrink) -> Option<Slack> {
        let [u, v, x, z] = [at.0, at.1, to.0, to.1].map(u128::from);
        // (a - b) q z, if b < a.
        let missing = p.checked_mul(z)?.saturating_sub(x.checked_mul(q)?);
        let (r, t) = if missing == 0 { (x, z) } else { (p, q) };
        let (fall, step) = (u.checked_mul(r)?, v.checked_mul(t)?);
        let divisor = greatest_common_divisor(fall, step).max(1);
        let (fall, step) = (fall / divisor, step / divisor);
        // After the array has shrunk, ⌊s c⌋ - s y n is a multiple of 1/step and at most
        // s (1 - 1/z - (y - b)).
        let most = q.checked_mul(z - 1)?.saturating_sub(missing);
        let rounding = step.checked_mul(u)?.checked_mul(most)? / v.checked_mul(q.checked_mul(z)?)?;
        // 1 + κ, where κ = missing / (z (p - q)).
        let whole = z.checked_mul(p - q)?;
        let numerator = whole.checked_add(missing)?;
        let denominator = whole.checked_mul(step.checked_sub(fall)?)?;
        let divisor = greatest_common_divisor(numerator, denominator).max(1);
        let (numerator, denominator) = (numerator / divisor, denominator / divisor);
        Some(Slack { at: (u, v), fall, step, numerator, denominator, rounding })
    }

    /// Returns what removing one row adds to the slack, including the rounding of a smaller block.
    fn per_pop(&self) -> Option<u128> {
        self.fall.checked_add(self.rounding)?.checked_mul(self.numerator)
    }

    fn of(&self, n: u128, c: u128) -> Option<u128> {
        let shrinks_at = c.checked_mul(self.at.0)? / self.at.1;
        let excess = self.step.checked_mul(shrinks_at)?.saturating_sub(self.fall.checked_mul(n)?);
        excess.checked_mul(self.numerator)
    }
}
