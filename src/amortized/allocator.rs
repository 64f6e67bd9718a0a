//! Models of allocators: whether a block that is resized moves, whether its rows are copied, and how much memory
//! that takes.

use crate::growth::wide;
use alloc::vec::Vec;

/// How an allocator resizes a block, as a model. All sizes are in rows.
///
/// The analysis charges one copy for each row that must be kept. What happens is the allocator's affair, and each
/// of these models is right about some allocator, somewhere.
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
    /// The new block is made, the rows are copied, the old block is given back to the system: the model behind the
    /// charges. It is exact for arrays whose elements cannot be moved by `realloc`, as in C++.
    AlwaysMoves,
    /// The block is the last one of the heap, which is extended or shortened under it: nothing ever moves.
    TopOfHeap,
    /// The first hole of the heap that is large enough, where neighbouring holes are one and the old block is there
    /// until its rows are copied. See [`FirstFit`].
    FirstFit,
    /// Blocks have one of a few sizes: each doubling is divided into so many equal steps. Within a size nothing moves.
    /// An allocator like jemalloc has four; with one step sizes are powers of two.
    SizeClasses {
        /// Steps between a power of two and the next; zero counts as one.
        per_doubling: usize,
    },
    /// Blocks from some size on are whole pages, which get another address but are not copied, as with `mremap`
    /// on Linux. Smaller blocks are copied.
    Pages {
        /// Rows on one page; zero counts as one.
        page_rows: usize,
        /// The smallest block that is made of pages.
        from: usize,
    },
}

/// What resizing a block came to.
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
    SizeClasses { per_doubling: u128, touched: Vec<u128> },
    Pages { page_rows: u128, from: u128, footprint: u128 },
}

impl Memory {
    pub(crate) fn new(allocator: Allocator) -> Memory {
        match allocator {
            Allocator::AlwaysMoves => Memory::AlwaysMoves { footprint: 0 },
            Allocator::TopOfHeap => Memory::TopOfHeap { footprint: 0 },
            Allocator::FirstFit => Memory::FirstFit { heap: FirstFit::new(), block: None },
            Allocator::SizeClasses { per_doubling } => {
                Memory::SizeClasses { per_doubling: wide(per_doubling.max(1)), touched: Vec::new() }
            }
            Allocator::Pages { page_rows, from } => {
                Memory::Pages { page_rows: wide(page_rows.max(1)), from: wide(from), footprint: 0 }
            }
        }
    }

    /// The most rows that the heap had room for so far, holes included.
    pub(crate) fn footprint(&self) -> u128 {
        match self {
            Memory::AlwaysMoves { footprint }
            | Memory::TopOfHeap { footprint }
            | Memory::Pages { footprint, .. } => *footprint,
            Memory::FirstFit { heap, .. } => heap.footprint(),
            // Memory of a size that was given up waits for the next block of that size.
            Memory::SizeClasses { touched, .. } => touched.iter().sum(),
        }
    }

    /// The block, which is there unless `from` is zero, gets another size.
    pub(crate) fn resize(&mut self, from: usize, to: usize) -> Placement {
        let (moved, copied) = match self {
            Memory::AlwaysMoves { footprint } => {
                *footprint = (*footprint).max(wide(from) + wide(to));
                (true, true)
            }
            Memory::TopOfHeap { footprint } => {
                *footprint = (*footprint).max(wide(to));
                (false, false)
            }
            Memory::FirstFit { heap, block } => {
                let new = heap.allocate(to);
                if let Some(old) = block.replace(new) {
                    heap.free(old);
                }
                (true, true)
            }
            Memory::SizeClasses { per_doubling, touched } => {
                let class = size_class(wide(to), *per_doubling);
                if !touched.contains(&class) {
                    touched.push(class);
                }
                let leaves = class != size_class(wide(from), *per_doubling);
                (leaves, leaves)
            }
            Memory::Pages { page_rows, from: least, footprint } => {
                let is_paged = |rows: usize| wide(rows) >= *least;
                let size = |rows: usize| {
                    if is_paged(rows) { wide(rows).next_multiple_of(*page_rows) } else { wide(rows) }
                };
                let (old, new) = (size(from), size(to));
                // Only between two blocks of pages nothing is copied, and the two need not be there at once.
                let remapped = is_paged(from) && is_paged(to);
                *footprint = (*footprint).max(if remapped { old.max(new) } else { old + new });
                (old != new, !remapped)
            }
        };
        // The first block comes from nowhere.
        let is_first = from == 0;
        Placement { moved: moved && !is_first, copied: copied && !is_first }
    }
}

/// The smallest size of at least `rows` among the powers of two and `per_doubling - 1` evenly between each two, rounded
/// up to whole rows.
fn size_class(rows: u128, per_doubling: u128) -> u128 {
    let Some(exponent) = rows.checked_sub(1).and_then(u128::checked_ilog2) else {
        return rows;
    };
    // The power of two below `rows`, and the least step that is as large as the rest, rounded up.
    let below = 1 << exponent;
    let step = (rows - below - 1) * per_doubling / below + 1;
    below + (step * below).div_ceil(per_doubling)
}

/// A part of a [`FirstFit`] heap.
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
    /// Its address.
    pub start: u128,
    /// Its size.
    pub size: u128,
}

impl Block {
    fn end(&self) -> u128 {
        self.start + self.size
    }
}

/// A heap that takes the first hole that is large enough, and where neighbouring holes are one.
///
/// This is the model behind the argument about the golden ratio. [`Allocator::FirstFit`] has one array on such a heap;
/// this type is for those who want to put more on it.
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
/// // The two holes are one, and large enough.
/// assert_eq!(heap.allocate(25).start, 0);
/// assert_eq!(heap.allocate(10).start, three.start + 30);
/// assert_eq!(heap.footprint(), 70);
/// ```
#[derive(Clone, Debug, Default)]
pub struct FirstFit {
    /// In the order of addresses; no two of them touch.
    holes: Vec<Block>,
    /// The first address that was never used.
    top: u128,
}

impl FirstFit {
    /// An empty heap.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::FirstFit;
    ///
    /// assert_eq!(FirstFit::new().footprint(), 0);
    /// ```
    pub fn new() -> FirstFit {
        FirstFit::default()
    }

    /// A block of so many rows: in the first hole that has room for it, or at the end of the heap, which begins with
    /// the last hole if that is there.
    ///
    /// # Cost
    ///
    /// O(holes).
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
    pub fn allocate(&mut self, size: usize) -> Block {
        if let Some(index) = self.holes.iter().position(|hole| hole.size >= wide(size)) {
            let hole = &mut self.holes[index];
            let block = Block { start: hole.start, size: wide(size) };
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
        self.top = start + wide(size);
        Block { start, size: wide(size) }
    }

    /// Gives a block back.
    ///
    /// # Panics
    ///
    /// If a part of the block is a hole already, or beyond the end of the heap.
    ///
    /// # Cost
    ///
    /// O(holes).
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
        if block.size == 0 {
            return;
        }
        let index = self.holes.partition_point(|hole| hole.start < block.start);
        let (before, after) = self.holes.split_at(index);
        let (before, after) = (before.last(), after.first());
        let is_whole = block.start.checked_add(block.size).is_some_and(|end| end <= self.top)
            && before.is_none_or(|hole| hole.end() <= block.start)
            && after.is_none_or(|hole| block.end() <= hole.start);
        assert!(is_whole, "{block:?} is not a block of this heap");

        let joins_before = before.is_some_and(|hole| hole.end() == block.start);
        let joins_after = after.is_some_and(|hole| hole.start == block.end());
        let first = index - usize::from(joins_before);
        let behind = index + usize::from(joins_after);
        let start = if joins_before { self.holes[first].start } else { block.start };
        let end = if joins_after { self.holes[index].end() } else { block.end() };
        self.holes.splice(first..behind, [Block { start, size: end - start }]);
    }

    /// How large the heap has been at most.
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
    pub fn footprint(&self) -> u128 {
        self.top
    }
}
