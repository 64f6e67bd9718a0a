//! The singly resizable array of Brodnik, Carlsson, Demaine, Munro and Sedgewick.

use crate::amortized::structure::{Cost, Index, Structure};

/// The singly resizable array of Brodnik, Carlsson, Demaine, Munro and Sedgewick (1999).
///
/// Superblock *k* has 2^⌊*k*/2⌋ data blocks of 2^⌈*k*/2⌉ rows. No row is ever copied.
///
/// One empty data block is kept, so that alternating pushes and pops allocate nothing. The pointers
/// are in one block that doubles and halves, so that one push can cost O(√*n*). The authors spread
/// the copies of pointers over many pushes, as
/// [`TwoBlocks`](crate::amortized::structures::TwoBlocks) does for rows, and reach O(1) in the
/// worst case.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::structures::{SinglyResizable, Structure};
///
/// let mut array = SinglyResizable::new();
/// for _ in 0..1000 {
///     assert_eq!(array.push().copied, 0);
/// }
/// // Superblocks 0 to 8 hold 511 rows, and 16 data blocks of 32 rows hold the rest.
/// // 64 slots are for pointers.
/// assert_eq!(array.slots(), 511 + 16 * 32 + 64);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SinglyResizable {
    rows: u64,
    /// The pointers to the data blocks.
    index: Index,
    /// Slots of the data blocks.
    data: u64,
    /// The last superblock, and its number of data blocks; an empty one is not counted.
    superblock: u32,
    blocks: u64,
    /// Rows in the last data block.
    last: u64,
    /// The rows of an empty data block that is kept, or zero.
    spare: u64,
}

impl SinglyResizable {
    /// Creates an array without rows.
    #[must_use]
    pub const fn new() -> SinglyResizable {
        SinglyResizable { rows: 0, index: Index::new(), data: 0, superblock: 0, blocks: 0, last: 0, spare: 0 }
    }

    /// Returns the number of data blocks of a superblock, and the rows of each.
    const fn shape(superblock: u32) -> (u64, u64) {
        (1 << (superblock / 2), 1 << superblock.div_ceil(2))
    }

    /// Starts the data block after the last one. Returns the number of pointers copied.
    fn next_block(&mut self) -> u64 {
        if self.blocks == SinglyResizable::shape(self.superblock).0 {
            self.superblock += 1;
            self.blocks = 0;
        }
        self.blocks += 1;
        self.last = 0;
        if self.spare > 0 {
            self.spare = 0;
            return 0;
        }
        self.data += SinglyResizable::shape(self.superblock).1;
        self.index.push()
    }

    /// Leaves the last data block, which is empty, for the one before it. Returns the number of
    /// pointers copied.
    fn previous_block(&mut self) -> u64 {
        let mut pointers = 0;
        if self.spare > 0 {
            self.data -= self.spare;
            pointers = self.index.pop();
        }
        self.spare = SinglyResizable::shape(self.superblock).1;
        self.blocks -= 1;
        if self.blocks == 0 && self.superblock > 0 {
            self.superblock -= 1;
            self.blocks = SinglyResizable::shape(self.superblock).0;
        }
        self.last = if self.blocks > 0 { SinglyResizable::shape(self.superblock).1 } else { 0 };
        pointers
    }
}

impl Default for SinglyResizable {
    fn default() -> Self {
        SinglyResizable::new()
    }
}

impl Structure for SinglyResizable {
    fn rows(&self) -> u64 {
        self.rows
    }

    fn slots(&self) -> u64 {
        self.data + self.index.slots
    }

    fn push(&mut self) -> Cost {
        let (before, pointers) = (self.slots(), self.index.slots);
        let mut cost = Cost::WRITE;
        if self.blocks == 0 || self.last == SinglyResizable::shape(self.superblock).1 {
            cost.pointers = self.next_block();
        }
        self.last += 1;
        self.rows += 1;
        // An old index exists until its pointers are copied.
        let extra = if cost.pointers > 0 { pointers } else { 0 };
        cost.with_slots(before, self.slots(), extra)
    }

    fn pop(&mut self) -> Option<Cost> {
        let before = self.slots();
        self.rows = self.rows.checked_sub(1)?;
        let mut cost = Cost::REMOVE;
        self.last -= 1;
        if self.last == 0 {
            cost.pointers = self.previous_block();
        }
        let extra = if cost.pointers > 0 { self.index.slots } else { 0 };
        Some(cost.with_slots(before, self.slots(), extra))
    }
}
