//! Counters of the cost of growing and shrinking.

#[cfg(doc)]
use crate::growth::Growth;
use core::fmt;

/// Counters of the cost of growing and shrinking an array so far.
///
/// The counters are always on. They change only when the block is replaced, never when a push finds
/// a free slot. A clone and the target of `clone_from` start from zero. The counters leave out the
/// block of [`with_capacity`](crate::GrowableNd::with_capacity), and memory released by
/// [`shrink_to`](crate::GrowableNd::shrink_to) and
/// [`shrink_to_fit`](crate::GrowableNd::shrink_to_fit).
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
///
/// // The allocator decides how often the block moves.
/// let text = stats.to_string();
/// assert!(text.starts_with("4 growths, 0 shrinks, 7 rows copied, "));
/// assert!(text.ends_with(" moves, peak 12 rows"));
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct GrowthStats {
    /// Number of times the block was enlarged, the first block of an empty array included.
    pub growths: u64,
    /// Number of times the policy made the block [smaller](Growth::with_shrink).
    pub shrinks: u64,
    /// Total number of rows kept when the block was replaced: the copies that the analysis charges.
    /// An upper bound on the rows actually copied, since an allocator may enlarge a block in place
    /// or remap its pages.
    pub rows_copied: u64,
    /// Number of times a block was replaced by one at another address. The first block of an empty
    /// array does not count, nor does a block that was enlarged in place. A new address does not
    /// prove a copy; see [`rows_copied`](Self::rows_copied).
    pub moves: u64,
    /// Maximum sum of old and new capacity, in rows: both blocks exist while an allocator copies.
    pub peak_rows: usize,
}

/// Shows all counters in one line.
impl fmt::Display for GrowthStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let GrowthStats { growths, shrinks, rows_copied, moves, peak_rows } = self;
        write!(
            f,
            "{growths} growths, {shrinks} shrinks, {rows_copied} rows copied, {moves} moves, peak {peak_rows} rows"
        )
    }
}

impl GrowthStats {
    /// The counters of a new array.
    pub(crate) const NONE: GrowthStats =
        GrowthStats { growths: 0, shrinks: 0, rows_copied: 0, moves: 0, peak_rows: 0 };

    /// Records that a block of `from` rows, `rows` of them in use, was replaced by one of `to`
    /// rows.
    pub(crate) fn record(&mut self, rows: usize, from: usize, to: usize, moved: bool) {
        let count = if to < from { &mut self.shrinks } else { &mut self.growths };
        *count = count.saturating_add(1);
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        self.rows_copied = self.rows_copied.saturating_add(rows);
        self.moves = self.moves.saturating_add(u64::from(moved));
        self.peak_rows = self.peak_rows.max(from.saturating_add(to));
    }
}
