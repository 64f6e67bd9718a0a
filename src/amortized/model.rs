//! A model of an array: rows and capacity, without elements.

use crate::growth::Growth;
use crate::growth::request::Request;
use core::error::Error;
use core::fmt;

/// One operation on an array, as the analysis counts it.
///
/// The position of rows does not matter: inserting a row is a push, removing one is a pop.
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
    /// Adds one row.
    Push,
    /// Removes one row.
    Pop,
    /// Adds this many rows at once.
    Extend(u64),
    /// Reserves capacity for this many additional rows, by the growth policy.
    Reserve(u64),
    /// Reserves capacity for exactly this many additional rows.
    ReserveExact(u64),
    /// Removes rows until this many are left, if there are more.
    Truncate(u64),
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

/// The replacement of a block by a larger or a smaller one.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Model, Op};
///
/// let mut model = Model::new(Growth::DOUBLE);
/// model.apply(Op::Extend(4))?;
/// let resize = model.apply(Op::Push)?.resize.expect("it was full");
/// assert_eq!((resize.from, resize.to, resize.rows), (4, 8, 4));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Resize {
    /// Capacity before.
    pub from: u64,
    /// Capacity after.
    pub to: u64,
    /// Rows kept, each of which is charged as one copy.
    pub rows: u64,
}

/// The effect of one operation.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Model, Op};
///
/// let mut model = Model::new(Growth::DOUBLE);
/// let step = model.apply(Op::Extend(4))?;
/// assert_eq!((step.written, step.removed), (4, 0));
/// assert!(step.resize.is_some());
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Step {
    /// Rows that were written.
    pub written: u64,
    /// Rows that were removed.
    pub removed: u64,
    /// The replacement of the block, if there was one.
    pub resize: Option<Resize>,
}

impl Step {
    /// Returns the actual cost: rows written, removed and copied.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Model, Op};
    ///
    /// let mut model = Model::new(Growth::DOUBLE);
    /// assert_eq!(model.apply(Op::Extend(4))?.cost(), 4);
    /// assert_eq!(model.apply(Op::Push)?.cost(), 1 + 4);
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    #[must_use]
    pub fn cost(&self) -> u128 {
        let copied = self.resize.map_or(0, |resize| resize.rows);
        u128::from(self.written) + u128::from(self.removed) + u128::from(copied)
    }
}

/// An operation is not possible, or its cost cannot be represented.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Model, Op, OpError};
///
/// let mut model = Model::new(Growth::DOUBLE);
/// model.apply(Op::Push)?;
/// model.apply(Op::Pop)?;
/// let error = model.apply(Op::Pop).unwrap_err();
/// assert!(matches!(error, OpError::Empty { operation: 3, .. }));
/// assert_eq!(error.to_string(), "operation 3: no row to pop");
/// # Ok::<(), OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OpError {
    /// There was no row to pop.
    #[non_exhaustive]
    Empty {
        /// The number of the operation, counted from 1.
        operation: u128,
    },
    /// The number of rows, or the reserved capacity, would exceed `u64::MAX`.
    #[non_exhaustive]
    TooManyRows {
        /// The number of the operation.
        operation: u128,
        /// Rows before the operation.
        rows: u64,
        /// Rows to be added.
        additional: u64,
    },
    /// A sum, or a numerator of the potential, has more than 127 bits.
    #[non_exhaustive]
    TooLarge {
        /// The number of the operation.
        operation: u128,
    },
}

impl fmt::Display for OpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpError::Empty { operation } => write!(f, "operation {operation}: no row to pop"),
            OpError::TooManyRows { operation, rows, additional } => write!(
                f,
                "operation {operation}: {rows} rows and {additional} more exceed the maximum of {}",
                u64::MAX
            ),
            OpError::TooLarge { operation } => {
                write!(f, "operation {operation}: the result has more than 127 bits")
            }
        }
    }
}

impl Error for OpError {}

/// A model of an array: rows and capacity, without elements.
///
/// After each operation the model has the number of rows and the capacity of a
/// [`GrowableNd`](crate::GrowableNd) with the same growth policy and
/// [bytes per row](Self::with_row_bytes), if a row has at least one byte, a block can have the
/// capacity that the policy requests, and every allocation succeeds. Rows are counted in `u64` on every target.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::{Model, Op};
/// use growable_nd::{GrowableNd, Growth};
///
/// let mut model = Model::new(Growth::THREE_HALVES);
/// let mut array = GrowableNd::with_growth([2], Growth::THREE_HALVES);
/// for i in 0..100 {
///     let step = model.apply(Op::Push)?;
///     let copied = array.growth_stats().rows_copied;
///     array.push_row([i, i])?;
///     let copied = array.growth_stats().rows_copied - copied;
///
///     assert_eq!(step.cost(), 1 + u128::from(copied));
///     assert_eq!(model.capacity(), u64::try_from(array.capacity())?);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Model {
    growth: Growth,
    row_bytes: u64,
    rows: u64,
    capacity: u64,
    operations: u128,
}

impl Model {
    /// Creates a model of an array without rows and without a block.
    ///
    /// Rows have 8 bytes, as in [`Request::new`]; only [custom](Growth::custom) policies depend on
    /// the size.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Model;
    ///
    /// let model = Model::new(Growth::DOUBLE);
    /// assert_eq!((model.rows(), model.capacity(), model.operations()), (0, 0, 0));
    /// ```
    #[must_use]
    pub const fn new(growth: Growth) -> Model {
        let Request { row_bytes, .. } = Request::new(0, 0);
        Model { growth, row_bytes, rows: 0, capacity: 0, operations: 0 }
    }

    /// Sets the bytes in one row, for policies that depend on them. Zero counts as 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::{Model, Op};
    /// use growable_nd::zoo;
    ///
    /// let mut model = Model::new(zoo::find("go-slice")?.growth()).with_row_bytes(800);
    /// model.apply(Op::Extend(16))?;
    /// model.apply(Op::Push)?;
    /// // 32 rows, rounded up to a size class of the Go allocator.
    /// assert_eq!(model.capacity(), 34);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn with_row_bytes(self, row_bytes: u64) -> Model {
        Model { row_bytes: if row_bytes == 0 { 1 } else { row_bytes }, ..self }
    }

    /// Returns the growth policy.
    ///
    /// # Examples
    ///
    /// See [`Model`].
    #[must_use]
    #[inline]
    pub const fn growth(&self) -> Growth {
        self.growth
    }

    /// Returns the number of rows.
    ///
    /// # Examples
    ///
    /// See [`Model`].
    #[must_use]
    #[inline]
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Returns the capacity in rows.
    ///
    /// # Examples
    ///
    /// See [`Model`].
    #[must_use]
    #[inline]
    pub const fn capacity(&self) -> u64 {
        self.capacity
    }

    /// Returns the number of operations so far.
    ///
    /// # Examples
    ///
    /// See [`Model`].
    #[must_use]
    #[inline]
    pub const fn operations(&self) -> u128 {
        self.operations
    }

    /// Applies one operation and returns its effect.
    ///
    /// # Errors
    ///
    /// [`OpError::Empty`] and [`OpError::TooManyRows`]. The model is unchanged.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](Growth::custom) policy panics.
    ///
    /// # Cost
    ///
    /// Constant, plus the cost of a custom function.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Model, Op};
    ///
    /// let mut model = Model::new(Growth::THREE_HALVES);
    /// for op in [Op::Extend(10), Op::Push, Op::Truncate(3)] {
    ///     model.apply(op)?;
    /// }
    /// assert_eq!((model.rows(), model.capacity()), (3, 15));
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

    /// Applies up to `times` repetitions of an operation in constant time. Returns the number of
    /// repetitions applied, and the sum of their steps.
    ///
    /// A call stops before a repetition that resizes the block, or applies only that repetition.
    /// Call it in a loop to model an array of any number of rows. All repetitions of one call have
    /// the same cost. If `times` is zero, nothing is applied.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply), if the first repetition fails. The model is unchanged.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](Growth::custom) policy panics.
    ///
    /// # Cost
    ///
    /// Constant, plus the cost of a custom function.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Model, Op};
    ///
    /// let mut model = Model::new(Growth::DOUBLE);
    /// let (mut left, mut calls, mut copied) = (1_000_000_000_000_000_000, 0, 0);
    /// while left > 0 {
    ///     let (done, step) = model.apply_run(Op::Push, left)?;
    ///     left -= done;
    ///     calls += 1;
    ///     copied += step.resize.map_or(0, |resize| u128::from(resize.rows));
    /// }
    /// assert_eq!((model.rows(), calls), (1_000_000_000_000_000_000, 120));
    /// assert_eq!(copied, (1 << 60) - 1);
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn apply_run(&mut self, op: Op, times: u64) -> Result<(u64, Step), OpError> {
        let done = self.quiet(op).min(times);
        let mut step = Step { written: 0, removed: 0, resize: None };
        if done == 0 && times > 0 {
            return Ok((1, self.apply(op)?));
        }
        match op {
            Op::Push => step.written = done,
            Op::Pop => step.removed = done,
            // The product fits: it is at most the number of free slots.
            Op::Extend(rows) => step.written = rows.saturating_mul(done),
            Op::Reserve(_) | Op::ReserveExact(_) | Op::Truncate(_) => {}
        }
        self.rows = self.rows + step.written - step.removed;
        self.operations += u128::from(done);
        Ok((done, step))
    }

    /// Returns a number of repetitions of an operation that keep the block and have the same cost.
    fn quiet(&self, op: Op) -> u64 {
        let free = self.capacity - self.rows;
        let if_all = |are_quiet| if are_quiet { u64::MAX } else { 0 };
        match op {
            Op::Push => free,
            Op::Extend(rows) => free.checked_div(rows).unwrap_or(u64::MAX),
            Op::Reserve(rows) | Op::ReserveExact(rows) => if_all(rows <= free),
            Op::Truncate(rows) => if_all(rows >= self.rows),
            Op::Pop => match self.growth.shrinks_at(self.request(0)) {
                // All pops before the one that shrinks the array are quiet.
                Some(rows) => self.rows.saturating_sub(rows.saturating_add(1)),
                None => self.rows,
            },
        }
    }

    fn needed(&self, additional: u64, operation: u128) -> Result<u64, OpError> {
        let needed = self.rows.checked_add(additional);
        needed.ok_or(OpError::TooManyRows { operation, rows: self.rows, additional })
    }

    fn request(&self, needed: u64) -> Request {
        Request::new(self.capacity, needed).with_row_bytes(self.row_bytes)
    }

    /// Reserves capacity for `needed` rows, by the growth policy.
    fn grow(&mut self, needed: u64) -> Option<Resize> {
        let request = self.request(needed);
        (needed > self.capacity).then(|| self.resize(self.growth.next_capacity(request)))
    }

    fn remove(&mut self, rows: u64) -> Option<Resize> {
        let left = self.rows - rows;
        // A custom policy may panic: change the rows only after the call.
        let capacity = self.growth.shrunk_capacity(self.request(left));
        self.rows = left;
        capacity.map(|capacity| self.resize(capacity))
    }

    fn resize(&mut self, capacity: u64) -> Resize {
        let resize = Resize { from: self.capacity, to: capacity, rows: self.rows };
        self.capacity = capacity;
        resize
    }
}

/// Creates a model as [`Model::new`] does.
impl From<Growth> for Model {
    fn from(growth: Growth) -> Self {
        Model::new(growth)
    }
}
