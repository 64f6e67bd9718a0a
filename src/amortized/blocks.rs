//! What structures of several blocks share: `Meter`, which counts slots as blocks are allocated and
//! freed, and `Index`, the block of pointers.

use crate::amortized::structure::Cost;

/// The cost of an operation in progress. Blocks are counted in the order in which they are
/// allocated and freed. Saturates.
#[derive(Debug)]
pub(crate) struct Meter {
    pub(crate) cost: Cost,
    /// Slots that exist now.
    slots: u64,
}

impl Meter {
    /// Starts an operation on a structure that has `slots` slots.
    pub(crate) const fn new(cost: Cost, slots: u64) -> Meter {
        Meter { cost: Cost { peak: slots, ..cost }, slots }
    }

    pub(crate) fn allocate(&mut self, slots: u64) {
        self.slots = self.slots.saturating_add(slots);
        self.cost.allocated = self.cost.allocated.saturating_add(slots);
        self.cost.peak = self.cost.peak.max(self.slots);
    }

    pub(crate) fn free(&mut self, slots: u64) {
        self.slots = self.slots.saturating_sub(slots);
        self.cost.freed = self.cost.freed.saturating_add(slots);
    }

    /// Copies `rows` rows from `old` to `new` blocks, given by the number of their rows, in order.
    /// Each new block is allocated when the one before it is full, and each old block is freed as
    /// soon as its rows are copied. Every block has `header` slots in addition.
    pub(crate) fn copy_all(
        &mut self,
        rows: u64,
        old: impl IntoIterator<Item = u64>,
        new: impl IntoIterator<Item = u64>,
        header: u64,
    ) {
        self.cost.copied += rows;
        let (mut space, mut copied) = (0, 0);
        let mut old = old.into_iter().peekable();
        for block in new {
            self.allocate(block + header);
            space += block;
            while let Some(block) = old.next_if(|block| copied + block <= space.min(rows)) {
                self.free(block + header);
                copied += block;
            }
        }
        old.for_each(|block| self.free(block + header));
    }
}

/// A block of pointers to other blocks. It doubles when full, and halves when a quarter full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Index {
    pointers: u64,
    pub(crate) slots: u64,
}

impl Index {
    pub(crate) const fn new() -> Index {
        Index { pointers: 0, slots: 1 }
    }

    /// The number of pointers.
    pub(crate) const fn len(&self) -> u64 {
        self.pointers
    }

    /// Adds a pointer.
    pub(crate) fn push(&mut self, meter: &mut Meter) {
        if self.pointers == self.slots {
            self.resize(2 * self.slots, meter);
        }
        self.pointers += 1;
    }

    /// Removes a pointer.
    pub(crate) fn pop(&mut self, meter: &mut Meter) {
        self.pointers -= 1;
        if self.slots > 1 && 4 * self.pointers <= self.slots {
            self.resize(self.slots / 2, meter);
        }
    }

    fn resize(&mut self, slots: u64, meter: &mut Meter) {
        meter.allocate(slots);
        meter.cost.pointers += self.pointers;
        meter.free(self.slots);
        self.slots = slots;
    }
}
