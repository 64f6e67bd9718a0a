//! The resizable array of Tarjan and Zwick: blocks of B, B², …, Bʳ⁻¹ rows.

use crate::amortized::structure::{Cost, Structure};
use alloc::vec::Vec;

/// The resizable array of Tarjan and Zwick for *r* ≥ 2.
///
/// It has at most 2*B* blocks of each of the sizes *B*, *B*², …, *B*^(*r* − 1), the largest first,
/// where *B* is a power of two and about *n*^(1/*r*).
///
/// - When 2*B* blocks of one size are full, *B* of them become one block of the next size.
/// - When the blocks of *B* rows are empty, the last block of the next size becomes *B* of these.
/// - When *n* = *Bʳ*, the array is rebuilt with 2*B*; when *n* = (*B*/4)*ʳ*, with *B*/2.
///
/// Between operations O(*r n*^(1/*r*)) slots have no row. An operation may need another block of up
/// to *B*^(*r* − 1) slots for a time. R. E. Tarjan and U. Zwick, *Optimal Resizable Arrays*, 2023.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::structures::{Structure, TarjanZwick};
///
/// for (r, most) in [(2, 3 * 1000), (3, 12 * 100), (6, 60 * 10)] {
///     let mut array = TarjanZwick::new(r);
///     for _ in 0..1_000_000 {
///         array.push();
///     }
///     assert!(array.slots() - array.rows() < most, "{r}");
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TarjanZwick {
    rows: u64,
    /// B.
    base: u64,
    /// The numbers of blocks of B, B², … rows. Never empty.
    blocks: Vec<u64>,
}

impl TarjanZwick {
    /// Creates an array without rows. An `r` of less than 2 counts as 2, one of more than 64 as 64:
    /// fewer than 2⁶⁴ rows never fill a block of a larger size.
    #[must_use]
    pub fn new(r: usize) -> TarjanZwick {
        TarjanZwick { rows: 0, base: 1, blocks: alloc::vec![0; r.clamp(2, 64) - 1] }
    }

    /// B^exponent.
    fn power(base: u64, exponent: usize) -> u64 {
        u32::try_from(exponent).map_or(u64::MAX, |exponent| base.saturating_pow(exponent))
    }

    /// Returns the rows of a block of a size, given by its number. Number 0 is the smallest size.
    fn size(&self, number: usize) -> u64 {
        TarjanZwick::power(self.base, number + 1)
    }

    fn capacity(&self) -> u64 {
        self.blocks.iter().enumerate().map(|(number, blocks)| blocks * self.size(number)).sum()
    }

    /// Copies all rows into blocks of other sizes, the largest first. Returns the extra slots
    /// needed meanwhile: the old pointers, and one block of the largest old and new size.
    fn rebuild(&mut self, base: u64) -> u64 {
        let largest = self.blocks.len() - 1;
        let extra = self.pointers() + self.size(largest);
        self.base = base;
        let mut left = self.rows;
        for number in (0..=largest).rev() {
            let size = self.size(number);
            let blocks = if number == 0 { left.div_ceil(size) } else { left / size };
            left = left.saturating_sub(blocks * size);
            self.blocks[number] = blocks;
        }
        extra + self.size(largest)
    }

    /// Slots for pointers: 2B for each size.
    fn pointers(&self) -> u64 {
        let sizes = u64::try_from(self.blocks.len()).unwrap_or(u64::MAX);
        2 * self.base * sizes
    }

    /// Combines B blocks into one where there are 2B. Returns the number of rows copied, and the
    /// size of the largest new block.
    fn combine(&mut self) -> (u64, u64) {
        let full = 2 * self.base;
        let first_free = self.blocks.iter().position(|&blocks| blocks < full);
        let (mut copied, mut largest) = (0, 0);
        for number in (0..first_free.unwrap_or(0)).rev() {
            let size = self.size(number + 1);
            self.blocks[number] -= self.base;
            self.blocks[number + 1] += 1;
            copied += size;
            largest = largest.max(size);
        }
        (copied, largest)
    }

    /// Splits one block into B blocks, down to the smallest size. Returns the number of rows
    /// copied, and the size of the largest block split.
    fn split(&mut self) -> (u64, u64) {
        let first = self.blocks.iter().skip(1).position(|&blocks| blocks > 0);
        let (mut copied, mut largest) = (0, 0);
        for number in (1..=first.map_or(0, |first| first + 1)).rev() {
            let size = self.size(number);
            self.blocks[number] -= 1;
            self.blocks[number - 1] += self.base;
            copied += size;
            largest = largest.max(size);
        }
        (copied, largest)
    }
}

impl Structure for TarjanZwick {
    fn rows(&self) -> u64 {
        self.rows
    }

    fn slots(&self) -> u64 {
        self.capacity() + self.pointers()
    }

    fn push(&mut self) -> Cost {
        let before = self.slots();
        let (mut cost, mut extra) = (Cost::WRITE, 0);
        let r = self.blocks.len() + 1;
        if self.rows == TarjanZwick::power(self.base, r) {
            cost.copied = self.rows;
            extra = self.rebuild(2 * self.base);
        }
        if self.rows == self.capacity() {
            if self.blocks[0] == 2 * self.base {
                let (copied, largest) = self.combine();
                cost.copied += copied;
                extra = extra.max(largest);
            }
            self.blocks[0] += 1;
        }
        self.rows += 1;
        cost.with_slots(before, self.slots(), extra)
    }

    fn pop(&mut self) -> Option<Cost> {
        let before = self.slots();
        let rows = self.rows.checked_sub(1)?;
        let (mut cost, mut extra) = (Cost::REMOVE, 0);
        // All rows are in larger blocks.
        if self.rows + self.blocks[0] * self.base == self.capacity() {
            let (copied, largest) = self.split();
            cost.copied = copied;
            extra = largest;
        }
        self.rows = rows;
        // One empty block is kept.
        if self.capacity() - rows >= 2 * self.base {
            self.blocks[0] -= 1;
        }
        let r = self.blocks.len() + 1;
        if self.base >= 4 && rows == TarjanZwick::power(self.base / 4, r) {
            cost.copied += rows;
            extra = extra.max(self.rebuild(self.base / 2));
        }
        Some(cost.with_slots(before, self.slots(), extra))
    }
}
