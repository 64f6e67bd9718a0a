//! An array without elements: what rows and room a real one would have after the same operations.

use crate::growth::{Growth, wide};
use core::error::Error;
use core::fmt;

/// One operation on an array, as the analysis sees it.
///
/// What stands in the rows does not matter, only how many there are: inserting a row is a push, removing one is
/// a pop.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::Op;
///
/// assert_eq!(Op::Extend(5).to_string(), "extend 5");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Op {
    /// One row more.
    Push,
    /// One row less.
    Pop,
    /// So many rows more, at once.
    Extend(usize),
    /// Room for so many rows more, by the rule of growth.
    Reserve(usize),
    /// Room for so many rows more and for no others.
    ReserveExact(usize),
    /// Only so many rows are left; nothing happens if there are no more.
    Truncate(usize),
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, rows) = match self {
            Op::Push => return f.pad("push"),
            Op::Pop => return f.pad("pop"),
            Op::Extend(rows) => ("extend", rows),
            Op::Reserve(rows) => ("reserve", rows),
            Op::ReserveExact(rows) => ("reserve exact", rows),
            Op::Truncate(rows) => ("truncate", rows),
        };
        f.pad(&alloc::format!("{verb} {rows}"))
    }
}

/// A block was replaced by a larger or a smaller one.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Op, Replica};
///
/// let mut replica = Replica::new(Growth::DOUBLE);
/// replica.apply(Op::Extend(4))?;
/// let resize = replica.apply(Op::Push)?.resize.expect("it was full");
/// assert_eq!((resize.from, resize.to, resize.rows), (4, 8, 4));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Resize {
    /// Rows that there was room for.
    pub from: usize,
    /// Rows that there is room for now.
    pub to: usize,
    /// Rows that had to be kept, each of which is charged as one copy.
    pub rows: usize,
}

/// What one operation did.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Op, Replica};
///
/// let mut replica = Replica::new(Growth::DOUBLE);
/// let step = replica.apply(Op::Extend(4))?;
/// assert_eq!((step.written, step.removed), (4, 0));
/// assert!(step.resize.is_some());
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Step {
    /// Rows that were written.
    pub written: usize,
    /// Rows that were removed.
    pub removed: usize,
    /// The block was replaced.
    pub resize: Option<Resize>,
}

impl Step {
    /// Rows written, removed and copied.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Op, Replica};
    ///
    /// let mut replica = Replica::new(Growth::DOUBLE);
    /// assert_eq!(replica.apply(Op::Extend(4))?.cost(), 4);
    /// assert_eq!(replica.apply(Op::Push)?.cost(), 1 + 4);
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn cost(&self) -> u128 {
        wide(self.written) + wide(self.removed) + self.resize.map_or(0, |resize| wide(resize.rows))
    }
}

/// An operation cannot be done, or the numbers that follow from it cannot be written down.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Op, OpError, Replica};
///
/// let mut replica = Replica::new(Growth::DOUBLE);
/// replica.apply(Op::Push)?;
/// replica.apply(Op::Pop)?;
/// let error = replica.apply(Op::Pop).unwrap_err();
/// assert_eq!(error, OpError::Empty { operation: 3 });
/// assert_eq!(error.to_string(), "operation 3: there is no row to pop");
/// # Ok::<(), OpError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpError {
    /// There was no row to pop.
    Empty {
        /// The number of the operation; the first is number 1.
        operation: u128,
    },
    /// There would be more than `usize::MAX` rows, or room for more was asked for.
    TooManyRows {
        /// The number of the operation.
        operation: u128,
        /// Rows before it.
        rows: usize,
        /// Rows that were to come.
        additional: usize,
    },
    /// A sum, or a numerator of the potential, has more than 127 bits.
    TooLarge {
        /// The number of the operation.
        operation: u128,
    },
}

impl fmt::Display for OpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpError::Empty { operation } => write!(f, "operation {operation}: there is no row to pop"),
            OpError::TooManyRows { operation, rows, additional } => write!(
                f,
                "operation {operation}: {rows} rows and {additional} more are above the limit of {}",
                usize::MAX
            ),
            OpError::TooLarge { operation } => {
                write!(f, "operation {operation}: the result has more than 127 bits")
            }
        }
    }
}

impl Error for OpError {}

/// An array without elements: it has the rows and the room that a [`GrowableNd`](crate::GrowableNd) with the same
/// rule of growth would have after the same operations, where rows take memory and all of it can be had.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::{Op, Replica};
/// use growable_nd::{GrowableNd, Growth};
///
/// let mut replica = Replica::new(Growth::THREE_HALVES);
/// let mut array = GrowableNd::with_growth([2], Growth::THREE_HALVES);
/// for i in 0..100 {
///     let step = replica.apply(Op::Push)?;
///     let copied = array.growth_stats().rows_copied;
///     array.push_row([i, i])?;
///     let copied = array.growth_stats().rows_copied - copied;
///
///     assert_eq!(step.cost(), 1 + u128::from(copied));
///     assert_eq!(replica.capacity(), array.capacity());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replica {
    growth: Growth,
    rows: usize,
    capacity: usize,
    operations: u128,
}

impl Replica {
    /// No rows, and no room for any.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Replica;
    ///
    /// let replica = Replica::new(Growth::DOUBLE);
    /// assert_eq!((replica.rows(), replica.capacity(), replica.operations()), (0, 0, 0));
    /// ```
    pub fn new(growth: Growth) -> Replica {
        Replica { growth, rows: 0, capacity: 0, operations: 0 }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many rows there is room for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many operations there have been.
    pub fn operations(&self) -> u128 {
        self.operations
    }

    /// Does one operation, in constant time, and says what it did.
    ///
    /// # Errors
    ///
    /// [`OpError::Empty`] and [`OpError::TooManyRows`]; nothing has changed then.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](Growth::custom) rule does.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Op, Replica};
    ///
    /// let mut replica = Replica::new(Growth::THREE_HALVES);
    /// for op in [Op::Extend(10), Op::Push, Op::Truncate(3)] {
    ///     replica.apply(op)?;
    /// }
    /// assert_eq!((replica.rows(), replica.capacity()), (3, 15));
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn apply(&mut self, op: Op) -> Result<Step, OpError> {
        let operation = self.operations + 1;
        let mut step = Step { written: 0, removed: 0, resize: None };
        match op {
            Op::Push | Op::Extend(_) => {
                let additional = if let Op::Extend(rows) = op { rows } else { 1 };
                let needed = self.needed(additional, operation)?;
                step.resize = self.grow(needed);
                step.written = additional;
                self.rows = needed;
            }
            Op::Reserve(additional) => {
                let needed = self.needed(additional, operation)?;
                step.resize = self.grow(needed);
            }
            Op::ReserveExact(additional) => {
                let needed = self.needed(additional, operation)?;
                step.resize = (needed > self.capacity).then(|| self.resize(needed));
            }
            Op::Pop => {
                if self.rows == 0 {
                    return Err(OpError::Empty { operation });
                }
                step.removed = 1;
                step.resize = self.remove(1);
            }
            Op::Truncate(rows) => {
                if rows < self.rows {
                    step.removed = self.rows - rows;
                    step.resize = self.remove(step.removed);
                }
            }
        }
        self.operations = operation;
        Ok(step)
    }

    /// Does the same operation up to so many times: all of those that replace no block, or else the one that does.
    /// Returns how often it was done, and the replacement.
    ///
    /// Only pushes and pops are counted by the lot, which is what makes it worth calling.
    pub(crate) fn apply_some(&mut self, op: Op, times: u64) -> Result<(u64, Step), OpError> {
        let quiet = match op {
            Op::Push => self.capacity - self.rows,
            Op::Pop => match self.growth.shrinks_at(self.capacity) {
                // The last pop before the row that makes the array shrink is the last quiet one.
                Some(rows) => self.rows.saturating_sub(rows.saturating_add(1)),
                None => self.rows,
            },
            _ => 0,
        };
        let quiet = usize::try_from(times).map_or(quiet, |times| quiet.min(times));
        let Ok(done @ 1..) = u64::try_from(quiet) else {
            return Ok((1, self.apply(op)?));
        };
        self.operations += u128::from(done);
        let mut step = Step { written: 0, removed: 0, resize: None };
        if op == Op::Push {
            (self.rows, step.written) = (self.rows + quiet, quiet);
        } else {
            (self.rows, step.removed) = (self.rows - quiet, quiet);
        }
        Ok((done, step))
    }

    fn needed(&self, additional: usize, operation: u128) -> Result<usize, OpError> {
        let needed = self.rows.checked_add(additional);
        needed.ok_or(OpError::TooManyRows { operation, rows: self.rows, additional })
    }

    /// Makes room for so many rows, by the rule of growth.
    fn grow(&mut self, needed: usize) -> Option<Resize> {
        (needed > self.capacity).then(|| self.resize(self.growth.next_capacity(self.capacity, needed)))
    }

    fn remove(&mut self, rows: usize) -> Option<Resize> {
        self.rows -= rows;
        let capacity = self.growth.shrunk_capacity(self.capacity, self.rows)?;
        Some(self.resize(capacity))
    }

    fn resize(&mut self, capacity: usize) -> Resize {
        let resize = Resize { from: self.capacity, to: capacity, rows: self.rows };
        self.capacity = capacity;
        resize
    }
}
