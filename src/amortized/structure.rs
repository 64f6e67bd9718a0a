//! `Structure`, the trait of models of several blocks, and the functions that run them.

use crate::amortized::blocks::Meter;
use crate::amortized::model::{Model, Op, OpError};
use crate::growth::ratio::Ratio;

/// A model of a resizable array of one or more blocks: rows and blocks, without elements.
///
/// The size of a block is its number of slots; a slot holds a row or a pointer to another block.
/// The number of rows must stay below 2^48.
///
/// [`Model`], an array in one block, implements the trait as well.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::Model;
/// use growable_nd::amortized::structures::{RootishArrayStack, Structure};
///
/// /// Returns the maximum number of slots without a row during `n` pushes.
/// fn most_unused(structure: &mut dyn Structure, n: u64) -> u64 {
///     (0..n)
///         .map(|_| {
///             structure.push();
///             structure.slots() - structure.rows()
///         })
///         .max()
///         .unwrap_or(0)
/// }
/// assert_eq!(most_unused(&mut Model::new(Growth::DOUBLE), 10_000), 8191);
/// assert!(most_unused(&mut RootishArrayStack::new(), 10_000) < 500);
/// ```
pub trait Structure {
    /// Returns the number of rows.
    fn rows(&self) -> u64;

    /// Returns the number of slots in all blocks, for rows and for pointers.
    fn slots(&self) -> u64;

    /// Adds one row and returns the cost.
    fn push(&mut self) -> Cost;

    /// Removes one row and returns the cost, or `None` if there is none.
    fn pop(&mut self) -> Option<Cost>;
}

/// The cost of one operation on a [`Structure`], counted in rows and slots. Numbers of slots are at
/// most `u64::MAX`, even where a policy makes blocks of more.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::structures::{HashedArrayTree, Structure};
///
/// let mut tree = HashedArrayTree::new();
/// let costs: Vec<_> = (0..5).map(|_| tree.push()).collect();
/// // The fifth push finds a full tree with 2 leaves of 2 rows, and rebuilds it with leaves of 4.
/// assert_eq!((costs[4].copied, costs[4].total()), (4, 5));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cost {
    /// Rows that were written.
    pub written: u64,
    /// Rows that were removed.
    pub removed: u64,
    /// Rows that were copied.
    pub copied: u64,
    /// Pointers to blocks that were copied.
    pub pointers: u64,
    /// Slots of new blocks.
    pub allocated: u64,
    /// Slots of blocks that were freed.
    pub freed: u64,
    /// Maximum number of slots that existed at one time during the operation.
    pub peak: u64,
}

impl Cost {
    pub(crate) const WRITE: Cost =
        Cost { written: 1, removed: 0, copied: 0, pointers: 0, allocated: 0, freed: 0, peak: 0 };
    pub(crate) const REMOVE: Cost = Cost { written: 0, removed: 1, ..Cost::WRITE };

    /// Returns the actual cost: rows written, removed and copied, and pointers copied.
    ///
    /// # Examples
    ///
    /// See [`Cost`].
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.written + self.removed + self.copied + self.pointers
    }
}

/// An array in one block.
impl Structure for Model {
    fn rows(&self) -> u64 {
        Model::rows(self)
    }

    fn slots(&self) -> u64 {
        self.capacity()
    }

    fn push(&mut self) -> Cost {
        one_block(self, Op::Push).unwrap_or_default()
    }

    fn pop(&mut self) -> Option<Cost> {
        one_block(self, Op::Pop)
    }
}

fn one_block(model: &mut Model, op: Op) -> Option<Cost> {
    let before = model.capacity();
    let step = model.apply(op).ok()?;
    let mut meter =
        Meter::new(Cost { written: step.written, removed: step.removed, ..Cost::default() }, before);
    if let Some(resize) = step.resize {
        // Both blocks exist while the rows are copied.
        meter.allocate(resize.to);
        meter.cost.copied = resize.rows;
        meter.free(resize.from);
    }
    Some(meter.cost)
}

/// The totals of a run of operations on a [`Structure`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Run {
    /// Number of pushes and pops.
    pub operations: u64,
    /// Rows that were copied.
    pub copied: u64,
    /// Pointers that were copied.
    pub pointers: u64,
    /// The cost of the most expensive operation.
    pub worst_cost: u64,
    /// Maximum number of slots without a row after an operation, including slots for pointers.
    pub most_unused: u64,
    /// Maximum number of slots at any time.
    pub peak: u64,
}

/// Applies `steps` to a structure and returns the totals.
///
/// A step is an operation and its number of repetitions. [`simulate`](crate::amortized::simulate)
/// does the same with a model of an array in one block.
///
/// Adding several rows at once counts as one push for each row. Reserving does nothing.
///
/// # Errors
///
/// [`OpError::Empty`] if there is no row to pop.
///
/// # Cost
///
/// Time: O(1) for each step and for each row pushed or popped, O(*r*) for a row of
/// [`TarjanZwick`](crate::amortized::structures::TarjanZwick), plus O(*b*) for each rebuild of a
/// structure of *b* blocks.
///
/// # Panics
///
/// Only if `steps` or the structure panics.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::Workload;
/// use growable_nd::amortized::structures::{RootishArrayStack, run};
///
/// let mut stack = RootishArrayStack::new();
/// let run = run(&mut stack, Workload::PushThenPop { rows: 10_000 }.steps())?;
/// assert_eq!((run.operations, run.copied), (20_000, 0));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
pub fn run<S: Structure + ?Sized>(
    structure: &mut S,
    steps: impl IntoIterator<Item = (Op, u64)>,
) -> Result<Run, OpError> {
    let mut run = Run::default();
    for_each(structure, steps, |structure, cost| {
        run.operations += 1;
        run.copied += cost.copied;
        run.pointers += cost.pointers;
        run.worst_cost = run.worst_cost.max(cost.total());
        run.most_unused = run.most_unused.max(structure.slots() - structure.rows());
        run.peak = run.peak.max(cost.peak);
    })?;
    Ok(run)
}

/// Applies the banker's method to a [`Structure`] and returns the minimum balance.
///
/// Each push and each pop is charged its price and pays its [cost](Cost::total). The prices are
/// sufficient if the minimum is not negative.
///
/// The balance is computed in units of 1 over the product of both denominators, and saturates at
/// 127 bits.
///
/// # Errors
///
/// [`OpError::Empty`] if there is no row to pop, [`OpError::TooLarge`] if a price in these units has
/// more than 127 bits.
///
/// # Panics
///
/// Only if `steps` or the structure panics.
///
/// # Cost
///
/// As [`run`].
///
/// # Examples
///
/// ```
/// use growable_nd::Ratio;
/// use growable_nd::amortized::Workload;
/// use growable_nd::amortized::structures::{HashedArrayTree, audit};
///
/// let work = Workload::PushThenPop { rows: 100_000 };
/// let audit = |push: i64, pop: i64| {
///     let mut tree = HashedArrayTree::new();
///     audit(&mut tree, work.steps(), Ratio::from(push), Ratio::from(pop))
/// };
/// assert!(audit(3, 2)? >= Ratio::from(0));
/// assert!(audit(2, 2)? < Ratio::from(0));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
pub fn audit<S: Structure + ?Sized>(
    structure: &mut S,
    steps: impl IntoIterator<Item = (Op, u64)>,
    push: Ratio,
    pop: Ratio,
) -> Result<Ratio, OpError> {
    // In units of 1 over the product of the denominators.
    let product = |a: i128, b: i128| a.checked_mul(b).ok_or(OpError::TooLarge { operation: 0 });
    let unit = product(push.denominator(), pop.denominator())?;
    let push_units = product(push.numerator(), pop.denominator())?;
    let pop_units = product(pop.numerator(), push.denominator())?;
    let (mut balance, mut least) = (0_i128, 0_i128);
    for_each(structure, steps, |_, cost| {
        let price = if cost.removed > 0 { pop_units } else { push_units };
        let paid = i128::from(cost.total()).saturating_mul(unit);
        // `i128::MIN` is not the numerator of a ratio.
        balance = balance.saturating_add(price).saturating_sub(paid).max(-i128::MAX);
        least = least.min(balance);
    })?;
    Ok(Ratio::try_new(least, unit).unwrap_or(Ratio::ZERO))
}

/// Calls `each` after every push and pop.
fn for_each<S: Structure + ?Sized>(
    structure: &mut S,
    steps: impl IntoIterator<Item = (Op, u64)>,
    mut each: impl FnMut(&S, Cost),
) -> Result<(), OpError> {
    let mut operation = 0_u128;
    for (op, times) in steps {
        for done in 0..times {
            operation += 1;
            let (pushes, pops) = match op {
                Op::Push => (1, 0),
                Op::Pop => (0, 1),
                Op::Extend(rows) => (rows, 0),
                Op::Truncate(rows) => (0, structure.rows().saturating_sub(rows)),
                Op::Reserve(_) | Op::ReserveExact(_) => (0, 0),
            };
            if (pushes, pops) == (0, 0) {
                // Nor do the repetitions that are left do anything.
                operation += u128::from(times - done - 1);
                break;
            }
            for _ in 0..pushes {
                let cost = structure.push();
                each(structure, cost);
            }
            for _ in 0..pops {
                let cost = structure.pop().ok_or(OpError::Empty { operation })?;
                each(structure, cost);
            }
        }
    }
    Ok(())
}
