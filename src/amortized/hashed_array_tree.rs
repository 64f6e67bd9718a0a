//! The hashed array tree of Sitarski: a top block of pointers, and leaves of the same size.

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
}

impl HashedArrayTree {
    /// Creates a tree without rows.
    #[must_use]
    pub const fn new() -> HashedArrayTree {
        HashedArrayTree { rows: 0, leaf: 1, leaves: 0 }
    }

    /// The rows of a leaf.
    pub(crate) const fn leaf(&self) -> u64 {
        self.leaf
    }

    /// The number of leaves.
    pub(crate) const fn leaves(&self) -> u64 {
        self.leaves
    }

    /// Copies all rows into leaves of another size. Returns the extra slots needed meanwhile: the
    /// old top block and one leaf of either size.
    fn rebuild(&mut self, leaf: u64) -> u64 {
        let extra = self.leaf.min(leaf) + self.leaf + leaf;
        self.leaf = leaf;
        self.leaves = self.rows.div_ceil(leaf);
        extra
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
        self.leaf + self.leaves * self.leaf
    }

    fn push(&mut self) -> Cost {
        let before = self.slots();
        let (mut cost, mut extra) = (Cost::WRITE, 0);
        if self.rows == self.leaf * self.leaf {
            cost.copied = self.rows;
            extra = self.rebuild(2 * self.leaf);
        }
        if self.rows == self.leaves * self.leaf {
            self.leaves += 1;
        }
        self.rows += 1;
        cost.with_slots(before, self.slots(), extra)
    }

    fn pop(&mut self) -> Option<Cost> {
        let before = self.slots();
        self.rows = self.rows.checked_sub(1)?;
        let (mut cost, mut extra) = (Cost::REMOVE, 0);
        if self.leaf > 1 && 8 * self.rows <= self.leaf * self.leaf {
            cost.copied = self.rows;
            extra = self.rebuild(self.leaf / 2);
        } else if self.rows.div_ceil(self.leaf) + 2 <= self.leaves {
            self.leaves -= 1;
        }
        Some(cost.with_slots(before, self.slots(), extra))
    }
}
