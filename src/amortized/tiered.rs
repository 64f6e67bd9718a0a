//! The tiered vector of Goodrich and Kloss: rotated blocks, for insertion anywhere in O(√n).

use crate::amortized::hashed_array_tree::HashedArrayTree;
use crate::amortized::structure::{Cost, Structure};

/// The tiered vector with two tiers: a [`HashedArrayTree`] with rotated leaves.
///
/// Inserting or removing a row anywhere costs O(√*n*) amortized.
///
/// At the end, a push or a pop costs the same as in a hashed array tree. M. T. Goodrich and J. G.
/// Kloss, *Tiered Vectors: Efficient Dynamic Arrays for Rank-Based Sequences*, 1999.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::structures::{Structure, TieredVector};
///
/// let mut vector = TieredVector::new();
/// for _ in 0..1_000_000 {
///     vector.push();
/// }
/// // In one block, inserting at the front copies a million rows.
/// let cost = vector.insert(0);
/// assert!(cost.copied < 2 * 1024);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TieredVector {
    /// Each leaf has one number in addition: the position of its first row.
    tree: HashedArrayTree,
}

impl TieredVector {
    /// Creates a vector without rows.
    ///
    /// # Examples
    ///
    /// See [`TieredVector`].
    #[must_use]
    pub const fn new() -> TieredVector {
        TieredVector { tree: HashedArrayTree::with_header(1) }
    }

    /// Inserts a row before the row at `rank`, or at the end if there is no such row. Returns the
    /// cost.
    ///
    /// In the block of the new row, at most half of the rows move. Each later block receives at its
    /// front the last row of the block before it. No other row moves, because blocks are rotated.
    ///
    /// # Cost
    ///
    /// O(1). The returned cost is O(√*n*) amortized, O(*n*) if the tree is rebuilt.
    ///
    /// # Examples
    ///
    /// See [`TieredVector`].
    pub fn insert(&mut self, rank: u64) -> Cost {
        let rank = rank.min(self.tree.rows());
        let mut cost = self.push();
        let (leaf, last) = (self.tree.leaf(), self.tree.rows() - 1);
        let (block, last_block) = (rank / leaf, last / leaf);
        let rows_of_block = leaf.min(self.tree.rows() - block * leaf);
        let before = rank % leaf;
        cost.copied += before.min(rows_of_block - 1 - before) + (last_block - block);
        cost
    }
}

impl Default for TieredVector {
    fn default() -> Self {
        TieredVector::new()
    }
}

impl Structure for TieredVector {
    fn rows(&self) -> u64 {
        self.tree.rows()
    }

    fn slots(&self) -> u64 {
        self.tree.slots()
    }

    fn push(&mut self) -> Cost {
        self.tree.push()
    }

    fn pop(&mut self) -> Option<Cost> {
        self.tree.pop()
    }
}
