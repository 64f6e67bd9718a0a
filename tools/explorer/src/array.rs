//! One growth policy at work.

use growable_nd::Growth;
use growable_nd::amortized::{Block, Bounds, Entry, Event, Model, Op, Step};

/// An array without elements that works with one growth policy, with its books and its heap.
#[derive(Clone, Debug)]
pub struct Array {
    model: Model,
    prices: Option<Bounds>,
    recent: Vec<Operation>,
    events: Vec<Event>,
    heap: Heap,
}

/// One operation, and the array after it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its number; the first is number 1.
    pub number: u128,
    pub op: Op,
    pub step: Step,
    /// Rows after it.
    pub rows: u64,
    /// Capacity after it.
    pub capacity: u64,
    /// Its line in the ledger; `None` if there are no prices.
    pub entry: Option<Entry>,
}

/// The memory of the array: the first hole that is large enough is taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heap {
    /// The present block.
    pub block: Option<Block>,
    /// The block before it, which was freed after its rows had been copied.
    pub previous: Option<Block>,
    /// The size of the heap in rows, holes included.
    pub footprint: u128,
}

impl Array {
    pub fn new(growth: Growth) -> Array {
        Array {
            model: Model::new(growth),
            prices: Bounds::of(&growth),
            recent: Vec::new(),
            events: Vec::new(),
            heap: Heap::default(),
        }
    }

    pub fn growth(&self) -> Growth {
        self.model.growth()
    }

    /// Rows, capacity, and the number of operations.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The bounds whose prices are charged: those of the policy itself if it has a factor, otherwise those of the factor
    /// that was chosen to audit it.
    pub fn prices(&self) -> Option<&Bounds> {
        self.prices.as_ref()
    }

    /// The last operations, at most [`Array::MOST_RECENT`], the oldest first.
    pub fn recent(&self) -> &[Operation] {
        &self.recent
    }

    /// The last operation.
    pub fn last(&self) -> Option<&Operation> {
        self.recent.last()
    }

    /// The resizes of the block, in order. Of very many the oldest are left out.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    pub fn heap(&self) -> &Heap {
        &self.heap
    }

    pub const MOST_RECENT: usize = 256;
}
