//! The simulator: what a rule of growth costs over a workload, under an allocator, event by event.

use crate::amortized::allocator::{Allocator, Memory};
use crate::amortized::model::{Op, OpError, Replica, Resize};
use crate::growth::{Growth, wide};
use alloc::vec::Vec;
use core::fmt;

/// The block of a simulated array was replaced.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Allocator, Op, simulate};
///
/// let trace = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, [(Op::Push, 5)])?;
/// let last = trace.events.last().expect("it grew");
/// assert_eq!((last.operation, last.resize.rows, last.charged), (5, 4, 1 + 2 + 4));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The number of the operation; the first is number 1.
    pub operation: u128,
    /// The sizes of the two blocks, and the rows that are charged as copied.
    pub resize: Resize,
    /// The block got another address.
    pub moved: bool,
    /// The allocator copied the rows.
    pub copied: bool,
    /// Rows charged as copied so far, these included.
    pub charged: u128,
    /// The most rows that the heap had room for so far, holes included.
    pub footprint: u128,
}

/// What a simulation came to. Everything is counted in rows.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Allocator, Op, simulate};
///
/// let totals = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, [(Op::Push, 5)])?.totals;
/// assert_eq!((totals.growths, totals.written, totals.charged), (4, 5, 7));
/// assert_eq!((totals.peak, totals.worst_cost), (4 + 8, 4 + 1));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// Operations done.
    pub operations: u128,
    /// Rows in the end.
    pub rows: usize,
    /// Rows that there is room for in the end.
    pub capacity: usize,
    /// Rows written.
    pub written: u128,
    /// Rows removed.
    pub removed: u128,
    /// How often the block was enlarged, the first block included.
    pub growths: u128,
    /// How often the block was made smaller.
    pub shrinks: u128,
    /// Rows that had to be kept when the block was replaced: the copies that the analysis charges, and
    /// [`rows_copied`](crate::GrowthStats::rows_copied) of an array.
    pub charged: u128,
    /// How often the block got another address.
    pub moves: u128,
    /// Rows that the allocator copied.
    pub copied: u128,
    /// The largest sum of an old and a new block, [`peak_rows`](crate::GrowthStats::peak_rows) of an array.
    pub peak: u128,
    /// The cost of the most expensive operation: rows written, removed and charged as copied.
    pub worst_cost: u128,
    /// The most rows that the heap had room for, holes included.
    pub footprint: u128,
}

impl Totals {
    /// The cost of everything: rows written, removed and charged as copied.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Allocator, Op, simulate};
    ///
    /// let totals = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, [(Op::Push, 5)])?.totals;
    /// assert_eq!(totals.cost(), 5 + 7);
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn cost(&self) -> u128 {
        self.written + self.removed + self.charged
    }
}

/// The events of a simulation and what they came to.
///
/// It prints as comma-separated values, one event a line; `rows` are those that were kept.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Allocator, Op, simulate};
///
/// let trace = simulate(Growth::DOUBLE, Allocator::TopOfHeap, [(Op::Push, 3)])?;
/// assert_eq!(
///     trace.to_string(),
///     "operation,rows,from,to,charged,moved,copied,footprint\n\
///      1,0,0,1,0,false,false,1\n\
///      2,1,1,2,1,false,false,2\n\
///      3,2,2,4,3,false,false,4\n"
/// );
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trace {
    /// In their order.
    pub events: Vec<Event>,
    /// What they came to.
    pub totals: Totals,
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "operation,rows,from,to,charged,moved,copied,footprint")?;
        for Event { operation, resize, moved, copied, charged, footprint } in &self.events {
            let Resize { from, to, rows } = resize;
            writeln!(f, "{operation},{rows},{from},{to},{charged},{moved},{copied},{footprint}")?;
        }
        Ok(())
    }
}

/// Does the operations `steps`, each as often as it says, to an array that grows by the rule `growth` and whose
/// memory comes from `allocator`.
///
/// To compare rules do not look at one number of rows: where it falls in the cycle of growth decides, see
/// [the chapter](crate::amortized#the-aggregate-method). Take the most over all events, as the example of
/// [`simulate_with`] does.
///
/// # Errors
///
/// [`OpError`], with the number of the operation.
///
/// # Panics
///
/// Only if the function of a [custom](Growth::custom) rule does.
///
/// # Cost
///
/// O(events) for repeated pushes and pops, however often they are repeated; O(1) for each other operation. Events
/// are kept: [`simulate_with`] does without. Where the wish of the rule is beyond `usize::MAX` the array grows to what
/// it needs, as a real one would, so that every further push is an event.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Allocator, Workload, simulate};
///
/// // A billion billion rows.
/// let workload = Workload::Push { rows: 1_000_000_000_000_000_000 };
/// let trace = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, workload.steps())?;
/// assert_eq!(trace.events.len(), 61);
/// assert_eq!(trace.totals.charged, (1 << 60) - 1);
/// assert_eq!(trace.totals.moves, 60);
///
/// // The copies charged are the same where nothing moves.
/// let trace = simulate(Growth::DOUBLE, Allocator::TopOfHeap, workload.steps())?;
/// assert_eq!((trace.totals.charged, trace.totals.copied), ((1 << 60) - 1, 0));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
pub fn simulate(
    growth: Growth,
    allocator: Allocator,
    steps: impl IntoIterator<Item = (Op, u64)>,
) -> Result<Trace, OpError> {
    let mut events = Vec::new();
    let totals = simulate_with(growth, allocator, steps, |event| events.push(event))?;
    Ok(Trace { events, totals })
}

/// [`simulate`], passing each event to `on_event` instead of keeping it.
///
/// # Errors
///
/// [`OpError`], with the number of the operation.
///
/// # Panics
///
/// As [`simulate`].
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Allocator, Op, simulate_with};
///
/// // How many copies for each push, at most?
/// let mut worst = 0.0_f64;
/// simulate_with(Growth::THREE_HALVES, Allocator::AlwaysMoves, [(Op::Push, 1 << 40)], |event| {
///     worst = worst.max(event.charged as f64 / (event.resize.rows + 1) as f64);
/// })?;
/// assert_eq!(format!("{worst:.4}"), "3.0000");
/// assert!(worst < 3.0);
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
pub fn simulate_with(
    growth: Growth,
    allocator: Allocator,
    steps: impl IntoIterator<Item = (Op, u64)>,
    mut on_event: impl FnMut(Event),
) -> Result<Totals, OpError> {
    let mut replica = Replica::new(growth);
    let mut memory = Memory::new(allocator);
    let mut totals = Totals::default();
    for (op, times) in steps {
        let mut left = times;
        while left > 0 {
            let (done, step) = replica.apply_some(op, left)?;
            left -= done;
            totals.written += wide(step.written);
            totals.removed += wide(step.removed);
            // Of several quiet operations each costs one.
            let cost = if done > 1 { 1 } else { step.cost() };
            totals.worst_cost = totals.worst_cost.max(cost);
            if let Some(resize) = step.resize {
                on_event(totals.record(replica.operations(), resize, &mut memory)?);
            }
        }
    }
    totals.operations = replica.operations();
    (totals.rows, totals.capacity) = (replica.rows(), replica.capacity());
    Ok(totals)
}

impl Totals {
    fn record(&mut self, operation: u128, resize: Resize, memory: &mut Memory) -> Result<Event, OpError> {
        let placement = memory.resize(resize.from, resize.to);
        let rows = wide(resize.rows);
        let count = if resize.to > resize.from { &mut self.growths } else { &mut self.shrinks };
        *count += 1;
        self.charged = self.charged.checked_add(rows).ok_or(OpError::TooLarge { operation })?;
        self.moves += u128::from(placement.moved);
        self.copied += if placement.copied { rows } else { 0 };
        self.peak = self.peak.max(wide(resize.from) + wide(resize.to));
        self.footprint = memory.footprint();
        Ok(Event {
            operation,
            resize,
            moved: placement.moved,
            copied: placement.copied,
            charged: self.charged,
            footprint: self.footprint,
        })
    }
}
