//! The deamortized array: an old and a new block, and a few rows moved by each push.

use crate::amortized::blocks::Meter;
use crate::amortized::structure::{Cost, Structure};
use crate::growth::Growth;
use crate::growth::request::Request;

/// The deamortized array: it spreads the copies of a growth over the following pushes.
///
/// When the array grows it keeps the old block, and every push moves ⌈1/(*a* − 1)⌉ of the old rows.
/// No push costs more than 1 + ⌈1/(*a* − 1)⌉.
///
/// The array never shrinks. The old block is freed when its last row has moved, no later than the
/// new block is full.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::structures::{Structure, TwoBlocks};
///
/// let mut array = TwoBlocks::new(Growth::THREE_HALVES).expect("a factor");
/// let worst = (0..10_000).map(|_| array.push().total()).max();
/// assert_eq!(worst, Some(1 + 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoBlocks {
    growth: Growth,
    moves: u64,
    rows: u64,
    capacity: u64,
    /// The capacity of the old block, and the number of rows still in it, which are the first rows.
    old: u64,
    waiting: u64,
}

impl TwoBlocks {
    /// Creates an array without rows and without a block.
    ///
    /// `None` if the policy has no factor, or has a [limit](Growth::at_most).
    ///
    /// # Examples
    ///
    /// See [`TwoBlocks`].
    #[must_use]
    pub fn new(growth: Growth) -> Option<TwoBlocks> {
        let factor = growth.as_factor()?;
        if growth.cap().is_some() {
            return None;
        }
        let (p, q) = (factor.numerator().unsigned_abs(), factor.denominator().unsigned_abs());
        let moves = u64::try_from(q.div_ceil(p - q)).ok()?;
        Some(TwoBlocks { growth, moves, rows: 0, capacity: 0, old: 0, waiting: 0 })
    }

    /// Frees the old block if no row is in it.
    fn free_old(&mut self, meter: &mut Meter) {
        if self.waiting == 0 {
            meter.free(self.old);
            self.old = 0;
        }
    }

    /// Returns the number of rows that every push moves while the old block is in use.
    ///
    /// # Examples
    ///
    /// See [`TwoBlocks`].
    #[must_use]
    pub const fn moves_per_push(&self) -> u64 {
        self.moves
    }
}

impl Structure for TwoBlocks {
    fn rows(&self) -> u64 {
        self.rows
    }

    fn slots(&self) -> u64 {
        self.old.saturating_add(self.capacity)
    }

    fn push(&mut self) -> Cost {
        let mut meter = Meter::new(Cost::WRITE, self.slots());
        if self.rows == self.capacity {
            debug_assert_eq!(self.waiting, 0, "the old block is still in use");
            let capacity = self.growth.next_capacity(Request::new(self.capacity, self.rows + 1));
            (self.old, self.waiting, self.capacity) = (self.capacity, self.capacity, capacity);
            meter.allocate(capacity);
        }
        meter.cost.copied = self.moves.min(self.waiting);
        self.waiting -= meter.cost.copied;
        self.rows += 1;
        self.free_old(&mut meter);
        meter.cost
    }

    fn pop(&mut self) -> Option<Cost> {
        let mut meter = Meter::new(Cost::REMOVE, self.slots());
        self.rows = self.rows.checked_sub(1)?;
        self.waiting = self.waiting.min(self.rows);
        self.free_old(&mut meter);
        Some(meter.cost)
    }
}
