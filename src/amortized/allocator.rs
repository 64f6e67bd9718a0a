//! Models of allocators: whether a resized block moves, whether its rows are copied, and the size
//! of the heap.

use crate::panicking::or_panic;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

/// A model of how an allocator resizes a block. All sizes are in rows.
///
/// The analysis charges one copy for each row kept. The number of rows actually copied depends on
/// the allocator; each variant models one kind.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Allocator, Op, simulate};
///
/// let moves = |allocator| simulate(Growth::DOUBLE, allocator, [(Op::Push, 1000)]);
/// assert_eq!(moves(Allocator::AlwaysMoves)?.totals.moves, 10);
/// assert_eq!(moves(Allocator::TopOfHeap)?.totals.moves, 0);
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Allocator {
    /// Allocates the new block, copies the rows and releases the old block: what the analysis
    /// charges. Exact for arrays whose elements `realloc` cannot move, as in C++.
    AlwaysMoves,
    /// The block is the last one of the heap, and the heap is extended or shortened: nothing moves.
    TopOfHeap,
    /// Takes the first hole of the heap that is large enough. Neighbouring holes are merged; the
    /// old block is released after its rows are copied. See [`FirstFit`].
    FirstFit,
    /// Rounds blocks up to size classes: the sizes from a power of two to the next are divided into
    /// equal steps. A block moves only if its class changes. Allocators like jemalloc have four
    /// steps per doubling; with one step, sizes are powers of two.
    SizeClasses {
        /// Steps between a power of two and the next; zero counts as one.
        per_doubling: u64,
    },
    /// Large blocks are pages, which move to another address without copying, as with `mremap` on
    /// Linux. Smaller blocks are copied.
    Pages {
        /// Rows per page; zero counts as one.
        page_rows: u64,
        /// Minimum rows of a block made of pages.
        from: u64,
    },
}

/// The effect of resizing a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placement {
    /// The block has another address.
    pub(crate) moved: bool,
    /// Its rows were copied.
    pub(crate) copied: bool,
}

/// The memory of one array under a model.
#[derive(Clone, Debug)]
pub(crate) enum Memory {
    AlwaysMoves { footprint: u128 },
    TopOfHeap { footprint: u128 },
    FirstFit { heap: FirstFit, block: Option<Block> },
    SizeClasses { per_doubling: u128, touched: BTreeSet<u128>, footprint: u128 },
    Pages { page_rows: u128, from: u128, footprint: u128 },
}

impl Memory {
    pub(crate) fn new(allocator: Allocator) -> Memory {
        match allocator {
            Allocator::AlwaysMoves => Memory::AlwaysMoves { footprint: 0 },
            Allocator::TopOfHeap => Memory::TopOfHeap { footprint: 0 },
            Allocator::FirstFit => Memory::FirstFit { heap: FirstFit::new(), block: None },
            Allocator::SizeClasses { per_doubling } => {
                let per_doubling = u128::from(per_doubling.max(1));
                Memory::SizeClasses { per_doubling, touched: BTreeSet::new(), footprint: 0 }
            }
            Allocator::Pages { page_rows, from } => {
                Memory::Pages { page_rows: page_rows.max(1).into(), from: from.into(), footprint: 0 }
            }
        }
    }

    /// The largest size of the heap so far, holes included.
    pub(crate) fn footprint(&self) -> u128 {
        match self {
            Memory::AlwaysMoves { footprint }
            | Memory::TopOfHeap { footprint }
            | Memory::SizeClasses { footprint, .. }
            | Memory::Pages { footprint, .. } => *footprint,
            Memory::FirstFit { heap, .. } => heap.footprint(),
        }
    }

    /// Resizes the block, which exists unless `from` is zero.
    pub(crate) fn resize(&mut self, from: u64, to: u64) -> Placement {
        let (moved, copied) = match self {
            Memory::AlwaysMoves { footprint } => {
                *footprint = (*footprint).max(u128::from(from) + u128::from(to));
                (true, true)
            }
            Memory::TopOfHeap { footprint } => {
                *footprint = (*footprint).max(u128::from(to));
                (false, false)
            }
            Memory::FirstFit { heap, block } => {
                let new = heap.allocate(to);
                if let Some(old) = block.replace(new) {
                    heap.free(old);
                }
                (true, true)
            }
            Memory::SizeClasses { per_doubling, touched, footprint } => {
                let class = size_class(u128::from(to), *per_doubling);
                // A released block is kept for the next block of its class.
                if touched.insert(class) {
                    *footprint += class;
                }
                let leaves = class != size_class(u128::from(from), *per_doubling);
                (leaves, leaves)
            }
            Memory::Pages { page_rows, from: least, footprint } => {
                let is_paged = |rows: u64| u128::from(rows) >= *least;
                let size = |rows: u64| {
                    let multiple_of = if is_paged(rows) { *page_rows } else { 1 };
                    u128::from(rows).next_multiple_of(multiple_of)
                };
                let (old, new) = (size(from), size(to));
                // Between two blocks of pages nothing is copied, and only one of them exists at a
                // time.
                let remapped = is_paged(from) && is_paged(to);
                *footprint = (*footprint).max(if remapped { old.max(new) } else { old + new });
                (old != new, !remapped)
            }
        };
        let is_first = from == 0;
        Placement { moved: moved && !is_first, copied: copied && !is_first }
    }
}

/// Returns the smallest size class of at least `rows` rows. The classes are the powers of two, and
/// `per_doubling - 1` sizes evenly spaced between two of them, rounded up to integers.
fn size_class(rows: u128, per_doubling: u128) -> u128 {
    let Some(exponent) = rows.checked_sub(1).and_then(u128::checked_ilog2) else {
        return rows;
    };
    // The largest power of two less than `rows`, and the smallest number of steps that covers the
    // rest.
    let below = 1 << exponent;
    let step = (rows - below - 1) * per_doubling / below + 1;
    below + (step * below).div_ceil(per_doubling)
}

/// A block of a [`FirstFit`] heap.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::FirstFit;
///
/// let mut heap = FirstFit::new();
/// heap.allocate(10);
/// let block = heap.allocate(20);
/// assert_eq!((block.start, block.size), (10, 20));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Block {
    /// The address.
    pub start: u128,
    /// The size.
    pub size: u128,
}

impl Block {
    fn end(&self) -> u128 {
        self.start + self.size
    }
}

/// A heap that allocates in the first hole that is large enough and merges neighbouring holes.
///
/// The argument about the golden ratio assumes this model. [`Allocator::FirstFit`] places one array
/// on such a heap; use this type to place several.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::FirstFit;
///
/// let mut heap = FirstFit::new();
/// let (one, two, three) = (heap.allocate(10), heap.allocate(20), heap.allocate(30));
/// heap.free(one);
/// heap.free(two);
/// // The two holes are merged and large enough.
/// assert_eq!(heap.allocate(25).start, 0);
/// assert_eq!(heap.allocate(10).start, three.start + 30);
/// assert_eq!(heap.footprint(), 70);
/// ```
#[derive(Clone, Debug, Default)]
pub struct FirstFit {
    /// Sorted by address; no two touch.
    holes: Vec<Block>,
    /// The first address that was never used: the end of the heap.
    top: u128,
}

impl FirstFit {
    /// Creates an empty heap.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::FirstFit;
    ///
    /// assert_eq!(FirstFit::new().footprint(), 0);
    /// ```
    #[must_use]
    pub const fn new() -> FirstFit {
        FirstFit { holes: Vec::new(), top: 0 }
    }

    /// Allocates a block of `size` rows in the first hole that is large enough. If there is none,
    /// places the block at the end of the heap; a last hole that touches the end becomes part of
    /// the block.
    ///
    /// # Cost
    ///
    /// O(*h*) for *h* holes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::FirstFit;
    ///
    /// let mut heap = FirstFit::new();
    /// let block = heap.allocate(10);
    /// heap.free(block);
    /// assert_eq!(heap.allocate(15).start, 0);
    /// ```
    pub fn allocate(&mut self, size: u64) -> Block {
        let size = u128::from(size);
        if let Some(index) = self.holes.iter().position(|hole| hole.size >= size) {
            let hole = &mut self.holes[index];
            let block = Block { start: hole.start, size };
            (hole.start, hole.size) = (block.end(), hole.size - block.size);
            if hole.size == 0 {
                self.holes.remove(index);
            }
            return block;
        }
        let start = match self.holes.last() {
            Some(hole) if hole.end() == self.top => hole.start,
            _ => self.top,
        };
        if start < self.top {
            self.holes.pop();
        }
        self.top = start + size;
        Block { start, size }
    }

    /// Releases a block.
    ///
    /// # Panics
    ///
    /// If a part of the block is a hole already or beyond the end of the heap;
    /// [`try_free`](Self::try_free) returns the error.
    ///
    /// # Cost
    ///
    /// O(*h*) for *h* holes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::FirstFit;
    ///
    /// let mut heap = FirstFit::new();
    /// let (one, _) = (heap.allocate(10), heap.allocate(10));
    /// heap.free(one);
    /// assert_eq!(heap.allocate(10), one);
    /// ```
    #[track_caller]
    pub fn free(&mut self, block: Block) {
        or_panic(self.try_free(block));
    }

    /// Releases a block like [`free`](Self::free), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`FreeError`] if a part of the block is a hole already or beyond the end of the heap. The
    /// heap is unchanged.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::FirstFit;
    ///
    /// let mut heap = FirstFit::new();
    /// let block = heap.allocate(10);
    /// assert!(heap.try_free(block).is_ok());
    /// assert_eq!(
    ///     heap.try_free(block).unwrap_err().to_string(),
    ///     "no block at 0 of size 10 is allocated on this heap"
    /// );
    /// ```
    pub fn try_free(&mut self, block: Block) -> Result<(), FreeError> {
        if block.size == 0 {
            return Ok(());
        }
        let index = self.holes.partition_point(|hole| hole.start < block.start);
        let (before, after) = self.holes.split_at(index);
        let (before, after) = (before.last(), after.first());
        let is_whole = block.start.checked_add(block.size).is_some_and(|end| end <= self.top)
            && before.is_none_or(|hole| hole.end() <= block.start)
            && after.is_none_or(|hole| block.end() <= hole.start);
        if !is_whole {
            return Err(FreeError { block });
        }

        let joins_before = before.is_some_and(|hole| hole.end() == block.start);
        let joins_after = after.is_some_and(|hole| hole.start == block.end());
        let first = index - usize::from(joins_before);
        let last = index + usize::from(joins_after);
        let start = if joins_before { self.holes[first].start } else { block.start };
        let end = if joins_after { self.holes[index].end() } else { block.end() };
        self.holes.splice(first..last, [Block { start, size: end - start }]);
        Ok(())
    }

    /// Returns the largest size of the heap so far.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::FirstFit;
    ///
    /// let mut heap = FirstFit::new();
    /// let block = heap.allocate(10);
    /// heap.free(block);
    /// assert_eq!(heap.footprint(), 10);
    /// ```
    #[must_use]
    pub const fn footprint(&self) -> u128 {
        self.top
    }
}

/// A block could not be released: it is not allocated on the heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FreeError {
    /// The block.
    pub block: Block,
}

impl fmt::Display for FreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Block { start, size } = self.block;
        write!(f, "no block at {start} of size {size} is allocated on this heap")
    }
}

impl Error for FreeError {}
