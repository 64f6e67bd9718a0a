//! The potential function for any factor, with or without shrinking, in integers.

use crate::growth::ratio::greatest_common_divisor;
use crate::growth::shrink::Shrink;

/// The potential of an array with a factor *a* = *p*/*q*, *n* rows and a capacity of *c*:
///
/// Φ = max(0, (*p n* − *q c*)/(*p* − *q*), *w* (*c* − *y n*))
///
/// The second term has grown to *n* when the array is full. The third exists only with shrinking,
/// and only while *c* exceeds the first block; see [`Slack`]. All amounts are integers in units of
/// one `scale`th.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Potential {
    p: u128,
    q: u128,
    first: u64,
    slack: Slack,
    /// Units per copied row.
    pub(crate) scale: u128,
    /// The amortized cost of adding a row: 1 + *a*/(*a* − 1).
    pub(crate) push: u128,
    /// The amortized cost of removing a row: 1 for the row, the rise of the potential, and the
    /// rounding of the smaller block.
    pub(crate) pop: u128,
}

impl Potential {
    /// `None` if a number has more than 128 bits.
    pub(crate) fn new(p: u64, q: u64, first: u64, shrink: Option<Shrink>) -> Option<Potential> {
        let (p, q) = (u128::from(p), u128::from(q));
        let slack = match shrink {
            Some(shrink) => Slack::new(p, q, shrink)?,
            None => Slack { r: 0, t: 0, numerator: 0, denominator: 1, rounding: 0 },
        };
        let scale = (p - q).checked_mul(slack.denominator)?;
        let push = scale.checked_add(p.checked_mul(slack.denominator)?)?;
        let rise = slack.numerator.checked_mul(slack.r.checked_add(slack.rounding)?)?;
        let pop = scale.checked_add(rise.checked_mul(p - q)?)?;
        Some(Potential { p, q, first, slack, scale, push, pop })
    }

    /// The amortized cost of reserving `rows` rows: the rows copied although the block was not
    /// full, 1/(*a* − 1) per reserved row, and the rise of the slack.
    pub(crate) fn reserve(&self, rows: u64) -> Option<u128> {
        let Slack { r, t, numerator, denominator, .. } = self.slack;
        let copies = u128::from(rows).checked_mul(self.q)?.checked_mul(denominator)?;
        let slack = u128::from(rows).checked_mul(r)?.checked_add(t)?.checked_mul(numerator)?;
        copies.checked_add(slack.checked_mul(self.p - self.q)?)
    }

    /// The potential; `None` if a number has more than 128 bits.
    pub(crate) fn of(&self, rows: u64, capacity: u64) -> Option<u128> {
        let (n, c) = (u128::from(rows), u128::from(capacity));
        let Slack { r, t, numerator, denominator, .. } = self.slack;
        let fill = self.p.checked_mul(n)?.saturating_sub(self.q.checked_mul(c)?).checked_mul(denominator)?;
        if capacity <= self.first {
            return Some(fill);
        }
        let slack = t.checked_mul(c)?.saturating_sub(r.checked_mul(n)?).checked_mul(numerator)?;
        Some(fill.max(slack.checked_mul(self.p - self.q)?))
    }
}

/// The part of the potential that pays for shrinking at *s* to *b*: *w* (*c* − *y n*).
///
/// With *y* = max(*a*, *b*) it is zero after the array has grown or shrunk. With κ = max(0, (*a* −
/// *b*)/(*a* − 1)) and *w* = *s* (1 + κ)/(1 − *s y*) it has grown to (1 + κ) *n* when *n* = *s c*:
/// the *n* copies that are due, and the credit that the smaller block needs for its next growth if
/// *b* < *a*.
///
/// As integers: *y* = `r/t`, and *w* = `numerator t / denominator`.
#[derive(Clone, Copy, Debug)]
struct Slack {
    r: u128,
    t: u128,
    numerator: u128,
    denominator: u128,
    /// Rounding up the smaller block adds up to *w* (1 − 1/`to.1`), which is
    /// `numerator rounding / denominator`.
    rounding: u128,
}

impl Slack {
    fn new(p: u128, q: u128, Shrink { at, to }: Shrink) -> Option<Slack> {
        let [u, v, x, z] = [at.0, at.1, to.0, to.1].map(u128::from);
        let missing = p.checked_mul(z)?.saturating_sub(x.checked_mul(q)?);
        // Where y is not b, multiplied by z so that the rounding is an integer as well.
        let (r, t, rounding) = if missing == 0 {
            (x, z, z - 1)
        } else {
            (p.checked_mul(z)?, q.checked_mul(z)?, q.checked_mul(z - 1)?)
        };
        // 1 + κ, where κ = missing / (z (p - q)).
        let whole = z.checked_mul(p - q)?;
        let (numerator, denominator) = (
            u.checked_mul(whole.checked_add(missing)?)?,
            whole.checked_mul(v.checked_mul(t)?.checked_sub(u.checked_mul(r)?)?)?,
        );
        let divisor = greatest_common_divisor(numerator, denominator).max(1);
        Some(Slack { r, t, numerator: numerator / divisor, denominator: denominator / divisor, rounding })
    }
}
