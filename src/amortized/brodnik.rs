//! The singly resizable array of Brodnik, Carlsson, Demaine, Munro and Sedgewick.

use crate::amortized::blocks::{Index, Meter};
use crate::amortized::structure::{Cost, Structure};

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
    ///
    /// # Examples
    ///
    /// See [`SinglyResizable`].
    #[must_use]
    pub const fn new() -> SinglyResizable {
        SinglyResizable { rows: 0, index: Index::new(), data: 0, superblock: 0, blocks: 0, last: 0, spare: 0 }
    }

    /// Returns the number of data blocks of a superblock, and the rows of each.
    const fn shape(superblock: u32) -> (u64, u64) {
        (1 << (superblock / 2), 1 << superblock.div_ceil(2))
    }

    /// Starts the data block after the last one.
    fn next_block(&mut self, meter: &mut Meter) {
        if self.blocks == SinglyResizable::shape(self.superblock).0 {
            self.superblock += 1;
            self.blocks = 0;
        }
        self.blocks += 1;
        self.last = 0;
        if self.spare > 0 {
            self.spare = 0;
            return;
        }
        let (_, rows) = SinglyResizable::shape(self.superblock);
        meter.allocate(rows);
        self.data += rows;
        self.index.push(meter);
    }

    /// Leaves the last data block, which is empty, for the one before it.
    fn previous_block(&mut self, meter: &mut Meter) {
        if self.spare > 0 {
            self.index.pop(meter);
            self.data -= self.spare;
            meter.free(self.spare);
        }
        self.spare = SinglyResizable::shape(self.superblock).1;
        self.blocks -= 1;
        if self.blocks == 0 && self.superblock > 0 {
            self.superblock -= 1;
            self.blocks = SinglyResizable::shape(self.superblock).0;
        }
        self.last = if self.blocks > 0 { SinglyResizable::shape(self.superblock).1 } else { 0 };
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
        let mut meter = Meter::new(Cost::WRITE, self.slots());
        if self.blocks == 0 || self.last == SinglyResizable::shape(self.superblock).1 {
            self.next_block(&mut meter);
        }
        self.last += 1;
        self.rows += 1;
        meter.cost
    }

    fn pop(&mut self) -> Option<Cost> {
        let mut meter = Meter::new(Cost::REMOVE, self.slots());
        self.rows = self.rows.checked_sub(1)?;
        self.last -= 1;
        if self.last == 0 {
            self.previous_block(&mut meter);
        }
        Some(meter.cost)
    }
}
