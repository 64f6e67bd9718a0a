//! The resizable array of Tarjan and Zwick: blocks of B, B², …, Bʳ⁻¹ rows.

use crate::amortized::blocks::Meter;
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
    ///
    /// # Examples
    ///
    /// See [`TarjanZwick`].
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

    /// The rows of each block, the largest first.
    fn sizes(&self) -> impl Iterator<Item = u64> {
        let numbers = (0..self.blocks.len()).rev();
        numbers.flat_map(move |number| (0..self.blocks[number]).map(move |_| self.size(number)))
    }

    /// Copies all rows into blocks of other sizes, the largest first. The old pointers are freed
    /// last.
    fn rebuild(&mut self, base: u64, meter: &mut Meter) {
        let old = self.clone();
        self.base = base;
        let mut left = self.rows;
        for number in (0..self.blocks.len()).rev() {
            let size = self.size(number);
            let blocks = if number == 0 { left.div_ceil(size) } else { left / size };
            left = left.saturating_sub(blocks * size);
            self.blocks[number] = blocks;
        }
        meter.allocate(self.pointers());
        meter.copy_all(self.rows, old.sizes(), self.sizes(), 0);
        meter.free(old.pointers());
    }

    /// Slots for pointers: 2B for each size.
    fn pointers(&self) -> u64 {
        let sizes = u64::try_from(self.blocks.len()).unwrap_or(u64::MAX);
        2 * self.base * sizes
    }

    /// There is a slot for the pointer of each block.
    fn has_pointers(&self) -> bool {
        self.blocks.iter().all(|&blocks| blocks <= 2 * self.base)
    }

    /// Combines B blocks into one where there are 2B, from the largest size on.
    fn combine(&mut self, meter: &mut Meter) {
        let full = 2 * self.base;
        let first_free = self.blocks.iter().position(|&blocks| blocks < full);
        for number in (0..first_free.unwrap_or(0)).rev() {
            let (size, combined) = (self.size(number), self.size(number + 1));
            self.blocks[number] -= self.base;
            self.blocks[number + 1] += 1;
            meter.copy_all(combined, (0..self.base).map(|_| size), [combined], 0);
        }
    }

    /// Splits one block into B blocks, down to the smallest size.
    fn split(&mut self, meter: &mut Meter) {
        let first = self.blocks.iter().skip(1).position(|&blocks| blocks > 0);
        for number in (1..=first.map_or(0, |first| first + 1)).rev() {
            let (size, part) = (self.size(number), self.size(number - 1));
            self.blocks[number] -= 1;
            self.blocks[number - 1] += self.base;
            meter.copy_all(size, [size], (0..self.base).map(|_| part), 0);
        }
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
        let mut meter = Meter::new(Cost::WRITE, self.slots());
        let r = self.blocks.len() + 1;
        if self.rows == TarjanZwick::power(self.base, r) {
            self.rebuild(2 * self.base, &mut meter);
        }
        if self.rows == self.capacity() {
            if self.blocks[0] == 2 * self.base {
                self.combine(&mut meter);
            }
            meter.allocate(self.base);
            self.blocks[0] += 1;
        }
        self.rows += 1;
        debug_assert!(self.has_pointers());
        meter.cost
    }

    fn pop(&mut self) -> Option<Cost> {
        let mut meter = Meter::new(Cost::REMOVE, self.slots());
        let rows = self.rows.checked_sub(1)?;
        // All rows are in larger blocks.
        if self.rows + self.blocks[0] * self.base == self.capacity() {
            self.split(&mut meter);
        }
        self.rows = rows;
        // One empty block is kept.
        if self.capacity() - rows >= 2 * self.base {
            meter.free(self.base);
            self.blocks[0] -= 1;
        }
        let r = self.blocks.len() + 1;
        if self.base >= 4 && rows == TarjanZwick::power(self.base / 4, r) {
            self.rebuild(self.base / 2, &mut meter);
        }
        debug_assert!(self.has_pointers());
        Some(meter.cost)
    }
}
