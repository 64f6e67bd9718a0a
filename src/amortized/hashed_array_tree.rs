//! The hashed array tree of Sitarski: a top block of pointers, and leaves of the same size.

use crate::amortized::blocks::Meter;
use crate::amortized::structure::{Cost, Structure};

/// The hashed array tree: a top block of *B* pointers to leaves of *B* rows.
///
/// *B* is a power of two. When the tree has *B*² rows, it is rebuilt with 2*B*; when at most *B*²/8
/// rows remain, with *B*/2.
///
/// Leaves are allocated when needed, and one empty leaf is kept. While the tree is rebuilt, each
/// old leaf is freed as soon as its rows are copied. E. Sitarski, *HATs: Hashed Array Trees*, 1996.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::structures::{HashedArrayTree, Structure};
///
/// let mut tree = HashedArrayTree::new();
/// let copied: u64 = (0..=4096).map(|_| tree.push().copied).sum();
/// // Right after a rebuild: 4/3 copies per row.
/// assert_eq!(copied, 1 + 4 + 16 + 64 + 256 + 1024 + 4096);
/// // 128 pointers, and 33 leaves of 128 rows.
/// assert_eq!(tree.slots(), 128 + 33 * 128);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashedArrayTree {
    rows: u64,
    /// The rows of a leaf, and the number of leaves.
    leaf: u64,
    leaves: u64,
    /// Slots of a leaf in addition to those for rows.
    header: u64,
}

impl HashedArrayTree {
    /// Creates a tree without rows.
    ///
    /// # Examples
    ///
    /// See [`HashedArrayTree`].
    #[must_use]
    pub const fn new() -> HashedArrayTree {
        HashedArrayTree::with_header(0)
    }

    pub(crate) const fn with_header(header: u64) -> HashedArrayTree {
        HashedArrayTree { rows: 0, leaf: 1, leaves: 0, header }
    }

    /// The rows of a leaf.
    pub(crate) const fn leaf(&self) -> u64 {
        self.leaf
    }

    /// Copies all rows into leaves of another size. The old top block is freed last.
    fn rebuild(&mut self, leaf: u64, meter: &mut Meter) {
        let old = *self;
        self.leaf = leaf;
        self.leaves = self.rows.div_ceil(leaf);
        meter.allocate(self.leaf);
        let leaves = |tree: HashedArrayTree| (0..tree.leaves).map(move |_| tree.leaf);
        meter.copy_all(self.rows, leaves(old), leaves(*self), self.header);
        meter.free(old.leaf);
    }
}

impl Default for HashedArrayTree {
    fn default() -> Self {
        HashedArrayTree::new()
    }
}

impl Structure for HashedArrayTree {
    fn rows(&self) -> u64 {
        self.rows
    }

    fn slots(&self) -> u64 {
        self.leaf + self.leaves * (self.leaf + self.header)
    }

    fn push(&mut self) -> Cost {
        let mut meter = Meter::new(Cost::WRITE, self.slots());
        if self.rows == self.leaf * self.leaf {
            self.rebuild(2 * self.leaf, &mut meter);
        }
        if self.rows == self.leaves * self.leaf {
            meter.allocate(self.leaf + self.header);
            self.leaves += 1;
        }
        self.rows += 1;
        meter.cost
    }

    fn pop(&mut self) -> Option<Cost> {
        let mut meter = Meter::new(Cost::REMOVE, self.slots());
        self.rows = self.rows.checked_sub(1)?;
        if self.leaf > 1 && 8 * self.rows <= self.leaf * self.leaf {
            self.rebuild(self.leaf / 2, &mut meter);
        } else if self.rows.div_ceil(self.leaf) + 2 <= self.leaves {
            meter.free(self.leaf + self.header);
            self.leaves -= 1;
        }
        Some(meter.cost)
    }
}
