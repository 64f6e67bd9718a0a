//! The rootish array stack of Morin: blocks of 1, 2, 3, … rows.

use crate::amortized::blocks::{Index, Meter};
use crate::amortized::structure::{Cost, Structure};

/// The rootish array stack: blocks of 1, 2, 3, … rows.
///
/// The last blocks have about √(2*n*) rows, and no row is ever copied. A block is freed when it and
/// the block before it are empty. P. Morin, *Open Data Structures*, 2.6.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::structures::{RootishArrayStack, Structure};
///
/// let mut stack = RootishArrayStack::new();
/// assert!((0..1000).all(|_| stack.push().copied == 0));
/// // 45 blocks, since 44 hold only 990 rows, and 64 slots for pointers.
/// assert_eq!(stack.slots(), 45 * 46 / 2 + 64);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootishArrayStack {
    rows: u64,
    /// The pointers to the blocks.
    index: Index,
}

impl RootishArrayStack {
    /// Creates a stack without rows.
    ///
    /// # Examples
    ///
    /// See [`RootishArrayStack`].
    #[must_use]
    pub const fn new() -> RootishArrayStack {
        RootishArrayStack { rows: 0, index: Index::new() }
    }

    /// Returns the number of rows in the first `blocks` blocks.
    const fn capacity(blocks: u64) -> u64 {
        blocks * (blocks + 1) / 2
    }
}

impl Default for RootishArrayStack {
    fn default() -> Self {
        RootishArrayStack::new()
    }
}

impl Structure for RootishArrayStack {
    fn rows(&self) -> u64 {
        self.rows
    }

    fn slots(&self) -> u64 {
        RootishArrayStack::capacity(self.index.len()) + self.index.slots
    }

    fn push(&mut self) -> Cost {
        let mut meter = Meter::new(Cost::WRITE, self.slots());
        if self.rows == RootishArrayStack::capacity(self.index.len()) {
            meter.allocate(self.index.len() + 1);
            self.index.push(&mut meter);
        }
        self.rows += 1;
        meter.cost
    }

    fn pop(&mut self) -> Option<Cost> {
        let mut meter = Meter::new(Cost::REMOVE, self.slots());
        self.rows = self.rows.checked_sub(1)?;
        let blocks = self.index.len();
        if blocks >= 2 && self.rows <= RootishArrayStack::capacity(blocks - 2) {
            self.index.pop(&mut meter);
            meter.free(blocks);
        }
        Some(meter.cost)
    }
}
