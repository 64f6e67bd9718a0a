//! The simulator: the cost of a growth policy over a workload and under an allocator, event by
//! event.

use crate::amortized::allocator::{Allocator, Memory};
use crate::amortized::model::{Model, Op, OpError, Resize};
use alloc::vec::Vec;
use core::fmt;

/// The replacement of the block of a simulated array.
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
    /// The number of the operation, counted from 1.
    pub operation: u128,
    /// The sizes of the two blocks, and the rows charged as copied.
    pub resize: Resize,
    /// Whether the address of the block changed.
    pub moved: bool,
    /// Whether the allocator copied the rows.
    pub copied: bool,
    /// Rows charged as copied so far, including this event.
    pub charged: u128,
    /// The largest size of the heap so far in rows, holes included.
    pub footprint: u128,
}

/// The totals of a simulation. Sizes and costs are counted in rows.
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
    /// Number of operations.
    pub operations: u128,
    /// Rows at the end.
    pub rows: u64,
    /// Capacity at the end.
    pub capacity: u64,
    /// Rows written.
    pub written: u128,
    /// Rows removed.
    pub removed: u128,
    /// Number of times the block was enlarged, the first block included.
    pub growths: u128,
    /// Number of times the block was made smaller.
    pub shrinks: u128,
    /// Rows kept when the block was replaced: the copies that the analysis charges. Equal to
    /// [`rows_copied`](crate::GrowthStats::rows_copied) of an array.
    pub charged: u128,
    /// Number of times the address of the block changed.
    pub moves: u128,
    /// Rows that the allocator copied.
    pub copied: u128,
    /// Maximum sum of the old and the new block. Equal to
    /// [`peak_rows`](crate::GrowthStats::peak_rows) of an array.
    pub peak: u128,
    /// The cost of the most expensive operation: rows written, removed and charged as copied.
    pub worst_cost: u128,
    /// The largest size of the heap in rows, holes included.
    pub footprint: u128,
}

impl Totals {
    /// Returns the total cost: rows written, removed and charged as copied.
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
    #[must_use]
    pub const fn cost(&self) -> u128 {
        self.written + self.removed + self.charged
    }
}

/// The events of a simulation and their totals.
///
/// Prints as comma-separated values, one event per line; `rows` is the number of rows kept. If some
/// events were not recorded, a last line has their number.
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
    /// The first events in order: at most [`MAX_EVENTS`](Self::MAX_EVENTS), fewer if an allocation
    /// failed.
    pub events: Vec<Event>,
    /// Number of further events, which are in the totals but not in `events`.
    pub unrecorded: u128,
    /// The totals of all events.
    pub totals: Totals,
}

impl Trace {
    /// The maximum number of events that [`simulate`] records, 2^20: keeps a trace below 200 MiB.
    pub const MAX_EVENTS: usize = 1 << 20;
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "operation,rows,from,to,charged,moved,copied,footprint")?;
        for Event { operation, resize, moved, copied, charged, footprint } in &self.events {
            let Resize { from, to, rows } = resize;
            writeln!(f, "{operation},{rows},{from},{to},{charged},{moved},{copied},{footprint}")?;
        }
        if self.unrecorded > 0 {
            writeln!(f, "# {} more events", self.unrecorded)?;
        }
        Ok(())
    }
}

/// Applies `steps` to a model of an array whose memory comes from `allocator`.
///
/// A step is an operation and its number of repetitions. `model` is a growth policy, or a
/// [`Model`]: for rows that do not have 8 bytes, or to start from its current state.
///
/// Do not compare policies at a single number of rows. [The
/// chapter](crate::amortized#the-aggregate-method) shows that the result depends on the place of
/// this number in the cycle of growth. Take the maximum over all events, as the example of
/// [`simulate_with`] does.
///
/// # Errors
///
/// [`OpError`] if an operation fails, with its number.
///
/// # Panics
///
/// Only if `steps` or the function of a [custom](crate::Growth::custom) policy panics.
///
/// # Cost
///
/// For *e* events (resizes of the block):
///
/// - Time: O(*e*), plus O(1) for each step with any number of repetitions. An event takes constant
///   time, except O(log *k*) for *k* size classes and O(*h*) for *h* holes of a first-fit heap.
/// - Memory: O(*e*), for at most [`Trace::MAX_EVENTS`] events. [`simulate_with`] stores none.
///
/// The number of events is not limited: every push is an event with [`Growth::EXACT`].
///
/// [`Growth::EXACT`]: crate::Growth::EXACT
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
/// // The copies charged are the same if nothing moves.
/// let trace = simulate(Growth::DOUBLE, Allocator::TopOfHeap, workload.steps())?;
/// assert_eq!((trace.totals.charged, trace.totals.copied), ((1 << 60) - 1, 0));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
pub fn simulate(
    model: impl Into<Model>,
    allocator: Allocator,
    steps: impl IntoIterator<Item = (Op, u64)>,
) -> Result<Trace, OpError> {
    let mut trace = Trace::default();
    trace.totals = simulate_with(model, allocator, steps, |event| {
        // If an allocation fails, this event and all later ones count as unrecorded.
        let fits = trace.unrecorded == 0
            && trace.events.len() < Trace::MAX_EVENTS
            && trace.events.try_reserve(1).is_ok();
        if fits {
            trace.events.push(event);
        } else {
            trace.unrecorded += 1;
        }
    })?;
    Ok(trace)
}

/// Simulates as [`simulate`] does, but passes each event to `on_event` instead of recording it.
///
/// # Errors
///
/// [`OpError`] if an operation fails, with its number.
///
/// # Panics
///
/// Only if `steps`, `on_event` or the function of a [custom](crate::Growth::custom) policy panics.
///
/// # Cost
///
/// Time: that of [`simulate`] and of the calls of `on_event`. Memory: constant for any number of
/// events, except O(*k*) for *k* size classes and O(*h*) for *h* holes.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Allocator, Op, simulate_with};
///
/// // The maximum number of copies per push.
/// let mut worst = 0.0_f64;
/// simulate_with(Growth::THREE_HALVES, Allocator::AlwaysMoves, [(Op::Push, 1 << 40)], |event| {
///     worst = worst.max(event.charged as f64 / (event.resize.rows + 1) as f64);
/// })?;
/// assert_eq!(format!("{worst:.4}"), "3.0000");
/// assert!(worst < 3.0);
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
pub fn simulate_with(
    model: impl Into<Model>,
    allocator: Allocator,
    steps: impl IntoIterator<Item = (Op, u64)>,
    mut on_event: impl FnMut(Event),
) -> Result<Totals, OpError> {
    let mut model = model.into();
    let start = model.operations();
    let mut memory = Memory::new(allocator);
    if model.capacity() > 0 {
        memory.resize(0, model.capacity());
    }
    let mut totals = Totals { footprint: memory.footprint(), ..Totals::default() };
    for (op, times) in steps {
        let mut left = times;
        while left > 0 {
            let (done, step) = model.apply_run(op, left)?;
            left -= done;
            totals.written += u128::from(step.written);
            totals.removed += u128::from(step.removed);
            // All operations of a run cost the same.
            totals.worst_cost = totals.worst_cost.max(step.cost() / u128::from(done));
            if let Some(resize) = step.resize {
                on_event(totals.record(model.operations(), resize, &mut memory)?);
            }
        }
    }
    totals.operations = model.operations() - start;
    (totals.rows, totals.capacity) = (model.rows(), model.capacity());
    Ok(totals)
}

impl Totals {
    fn record(&mut self, operation: u128, resize: Resize, memory: &mut Memory) -> Result<Event, OpError> {
        let placement = memory.resize(resize.from, resize.to);
        let rows = u128::from(resize.rows);
        let count = if resize.to > resize.from { &mut self.growths } else { &mut self.shrinks };
        *count += 1;
        self.charged = self.charged.checked_add(rows).ok_or(OpError::TooLarge { operation })?;
        self.moves += u128::from(placement.moved);
        self.copied += if placement.copied { rows } else { 0 };
        self.peak = self.peak.max(u128::from(resize.from) + u128::from(resize.to));
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
