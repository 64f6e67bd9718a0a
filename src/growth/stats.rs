//! The record of what growing has cost.

#[cfg(doc)]
use crate::growth::Growth;

/// What growing and shrinking have cost an array so far.
///
/// The counters are always on: they are touched only when the block is replaced, never by a push that finds room.
/// A clone starts from zero, and so does an array that becomes one by `clone_from`. Not counted are the block that
/// [`with_capacity`](crate::GrowableNd::with_capacity) makes, and room given back by
/// [`shrink_to`](crate::GrowableNd::shrink_to) and [`shrink_to_fit`](crate::GrowableNd::shrink_to_fit).
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let mut array = GrowableNd::<f64>::new([3]);
/// for _ in 0..5 {
///     array.push_row([0.0; 3])?;
/// }
/// // Blocks of 1, 2, 4 and 8 rows.
/// let stats = array.growth_stats();
/// assert_eq!(stats.growths, 4);
/// assert_eq!(stats.rows_copied, 1 + 2 + 4);
/// assert_eq!(stats.peak_rows, 4 + 8);
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct GrowthStats {
    /// How often the block was enlarged, the first block of an array that had none included.
    pub growths: u64,
    /// How often the block was made smaller by the rule of [shrinking](Growth::with_shrink).
    pub shrinks: u64,
    /// Rows that had to be kept when the block was enlarged, or made smaller by the rule, summed up: what the analysis
    /// charges. An upper bound on what was really copied, since an allocator may enlarge a block in place or
    /// move its pages without touching a byte.
    pub rows_copied: u64,
    /// How often the block had another address afterwards. Less than [`growths`](Self::growths)` + `
    /// [`shrinks`](Self::shrinks) where it was enlarged in place; but a new address does not prove a copy, see
    /// [`rows_copied`](Self::rows_copied).
    pub moves: u64,
    /// The largest sum of old and new capacity, in rows: what is allocated at once while an allocator copies.
    pub peak_rows: usize,
}

impl GrowthStats {
    /// A block with room for `from` rows, `rows` of them in use, has room for `to` now.
    pub(crate) fn record(&mut self, rows: usize, from: usize, to: usize, moved: bool) {
        let count = if to < from { &mut self.shrinks } else { &mut self.growths };
        *count = count.saturating_add(1);
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        self.rows_copied = self.rows_copied.saturating_add(rows);
        self.moves = self.moves.saturating_add(u64::from(moved));
        self.peak_rows = self.peak_rows.max(from.saturating_add(to));
    }
}
