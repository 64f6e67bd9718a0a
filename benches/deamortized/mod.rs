//! The deamortized array of the chapter, for pushes only: each push after a growth moves one of the
//! old rows, so that no push copies all rows.

use std::mem::{self, MaybeUninit};

/// Memory that is not touched before a row is written to it: zeros would cost as much as the copies
/// that the array avoids.
type Block = Box<[MaybeUninit<f64>]>;

/// Doubles its capacity, and keeps the old block until its rows have been moved one by one.
pub struct Deamortized {
    row_len: usize,
    rows: usize,
    block: Block,
    /// The previous block, and how many of its rows (the first ones) have not been moved.
    old: Block,
    waiting: usize,
}

impl Deamortized {
    pub fn new(row_len: usize) -> Deamortized {
        Deamortized { row_len, rows: 0, block: Box::new([]), old: Box::new([]), waiting: 0 }
    }

    pub fn push_row(&mut self, row: &[f64]) {
        assert_eq!(row.len(), self.row_len);
        let start = self.rows * self.row_len;
        if start == self.block.len() {
            let elements = (2 * start).max(self.row_len);
            self.old = mem::replace(&mut self.block, Box::new_uninit_slice(elements));
            self.waiting = self.rows;
        }
        if let Some(last) = self.waiting.checked_sub(1) {
            let moved = last * self.row_len..self.waiting * self.row_len;
            self.block[moved.clone()].copy_from_slice(&self.old[moved]);
            self.waiting = last;
            if last == 0 {
                self.old = Box::new([]);
            }
        }
        for (slot, value) in self.block[start..start + self.row_len].iter_mut().zip(row) {
            slot.write(*value);
        }
        self.rows += 1;
    }
}
