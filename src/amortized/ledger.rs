//! The ledger: for each operation its cost, what it is charged, the bank balance and the potential.

use crate::amortized::bounds::Bounds;
use crate::amortized::model::{Op, OpError, Replica, Step};
use crate::amortized::potential::Potential;
use crate::growth::ratio::Ratio;
use crate::growth::{Growth, wide};
use core::fmt;

/// A ledger of operations: what each cost, what it was charged, and what is in the bank.
///
/// It keeps the books of two of the three methods of amortized analysis at once. *Accounting*: each operation is
/// charged its [bound](Entry::bound) and pays its actual cost; what is left goes to the bank, which is never in
/// debt. *Potential*: the amortized cost is the actual cost and the change of the [potential](Entry::potential), and
/// never above the bound. All amounts are exact fractions.
///
/// An operation without a bound, [`Op::ReserveExact`], is charged its amortized cost when that is above zero: it pays
/// for everything on the spot.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Bounds, Ledger, Op, Ratio};
///
/// let growth = Growth::DOUBLE;
/// let mut ledger = Ledger::new(growth, &Bounds::of(&growth).expect("a factor"))?;
/// for n in 1..=100 {
///     let entry = ledger.record(Op::Push)?;
///     assert!(entry.holds());
///     assert!(entry.amortized <= Ratio::from(3));
///     assert!(entry.bank >= entry.potential);
///     assert_eq!(entry.potential, Ratio::from((2 * n - i64::try_from(entry.capacity)?).max(0)));
/// }
/// // The last growth was at the 65th push, which copied 64 rows.
/// assert_eq!(ledger.worst_cost(), 65);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Auditing another rule
///
/// The bounds need not be those of the rule: a ledger with the bounds of a factor audits any rule by that factor's
/// charges. Java's `ArrayList` grows by half, rounded *down*, and overdraws the account of 3/2:
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Bounds, Ledger, Op};
///
/// let rounded_down = Growth::custom(|capacity, _| capacity + capacity / 2);
/// let mut ledger = Ledger::new(rounded_down, &Bounds::of(&Growth::THREE_HALVES).expect("a factor"))?;
/// let broken = (1..=1000).find(|_| ledger.record(Op::Push).is_ok_and(|entry| !entry.holds()));
/// assert_eq!(broken, Some(4));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ledger {
    replica: Replica,
    potential: Potential,
    /// The potential, in its units, as the next is.
    stored: u128,
    bank: i128,
    worst_cost: u128,
}

/// One line of a [`Ledger`].
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Bounds, Ledger, Op, Ratio};
///
/// let bounds = Bounds::of(&Growth::THREE_HALVES).expect("a factor");
/// let mut ledger = Ledger::new(Growth::THREE_HALVES, &bounds)?;
/// let entry = ledger.record(Op::Push)?;
/// assert_eq!((entry.actual, entry.bound), (1, Some(Ratio::from(4))));
/// assert_eq!((entry.potential, entry.bank), (Ratio::from(1), Ratio::from(3)));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The number of the operation; the first is number 1.
    pub operation: u128,
    /// The operation.
    pub op: Op,
    /// What it did.
    pub step: Step,
    /// Rows after it.
    pub rows: usize,
    /// Rows that there is room for after it.
    pub capacity: usize,
    /// Its actual cost: rows written, removed and copied.
    pub actual: u128,
    /// Its amortized cost: the actual cost and the change of the potential.
    pub amortized: Ratio,
    /// What its amortized cost may be at most; `None` where nothing is promised.
    pub bound: Option<Ratio>,
    /// The bank balance after it.
    pub bank: Ratio,
    /// The potential after it.
    pub potential: Ratio,
}

impl Entry {
    /// Whether the amortized cost is within its bound.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ledger, Op};
    ///
    /// // An additive rule, charged as if it doubled.
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// let mut ledger = Ledger::new(Growth::additive(10)?, &bounds)?;
    /// assert!(ledger.record(Op::Extend(20))?.holds());
    /// assert!(!ledger.record(Op::Push)?.holds());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn holds(&self) -> bool {
        self.bound.is_none_or(|bound| self.amortized <= bound)
    }
}

/// Aligned columns: number, operation, rows, room, actual cost, amortized cost, bound, bank, potential.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>6}  {:<17} {:>7} {:>7} {:>7}",
            self.operation, self.op, self.rows, self.capacity, self.actual
        )?;
        write!(f, " {:>10} ", self.amortized)?;
        match self.bound {
            Some(bound) => write!(f, "{bound:>8}")?,
            None => write!(f, "{:>8}", "-")?,
        }
        write!(f, " {:>10} {:>10}", self.bank, self.potential)
    }
}

impl Ledger {
    /// The heads of the columns of an [`Entry`] that is printed.
    pub const HEAD: &'static str =
        "   no.  operation            rows    room    cost  amortized    bound       bank  potential";

    /// An empty ledger of an array that grows by the rule `growth`, where operations are charged by `bounds`.
    ///
    /// # Errors
    ///
    /// [`OpError::TooLarge`] at operation 0 if the numerators and denominators of factor and shrinking are so large that
    /// the potential cannot be written down.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ledger};
    ///
    /// let growth = Growth::DOUBLE.with_shrink((1, 4), (2, 1))?;
    /// let ledger = Ledger::new(growth, &Bounds::of(&growth).expect("a factor"))?;
    /// assert_eq!(ledger.replica().rows(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(growth: Growth, bounds: &Bounds) -> Result<Ledger, OpError> {
        let potential = bounds.potential().ok_or(OpError::TooLarge { operation: 0 })?;
        Ok(Ledger { replica: Replica::new(growth), potential, stored: 0, bank: 0, worst_cost: 0 })
    }

    /// The array as it is now.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ledger, Op};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// let mut ledger = Ledger::new(Growth::DOUBLE, &bounds)?;
    /// ledger.record(Op::Extend(5))?;
    /// assert_eq!((ledger.replica().rows(), ledger.replica().capacity()), (5, 5));
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// The cost of the most expensive operation so far.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ledger, Op};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// let mut ledger = Ledger::new(Growth::DOUBLE, &bounds)?;
    /// for op in [Op::Extend(5), Op::Push, Op::Pop] {
    ///     ledger.record(op)?;
    /// }
    /// assert_eq!(ledger.worst_cost(), 6);
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn worst_cost(&self) -> u128 {
        self.worst_cost
    }

    /// Does an operation and writes down what it cost, in constant time.
    ///
    /// # Errors
    ///
    /// [`OpError`], with the number of the operation. The ledger is as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ledger, Op, OpError};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// let mut ledger = Ledger::new(Growth::DOUBLE, &bounds)?;
    /// assert_eq!(ledger.record(Op::Pop), Err(OpError::Empty { operation: 1 }));
    /// assert_eq!(ledger.record(Op::Push)?.operation, 1);
    /// # Ok::<(), OpError>(())
    /// ```
    pub fn record(&mut self, op: Op) -> Result<Entry, OpError> {
        let mut replica = self.replica;
        let step = replica.apply(op)?;
        let operation = replica.operations();
        self.enter(op, step, replica).ok_or(OpError::TooLarge { operation })
    }

    /// `None`, and nothing has changed, if a number is too large.
    fn enter(&mut self, op: Op, step: Step, replica: Replica) -> Option<Entry> {
        let scale = i128::try_from(self.potential.scale).ok()?;
        let actual = step.cost();
        let stored = self.potential.of(replica.rows(), replica.capacity())?;
        let paid = i128::try_from(actual).ok()?.checked_mul(scale)?;
        let rise = i128::try_from(stored).ok()?.checked_sub(i128::try_from(self.stored).ok()?)?;
        let amortized = paid.checked_add(rise)?;
        let bound = match op {
            Op::Push | Op::Extend(_) => Some(wide(step.written).checked_mul(self.potential.push)?),
            Op::Pop | Op::Truncate(_) => Some(wide(step.removed).checked_mul(self.potential.pop)?),
            Op::Reserve(rows) => Some(self.potential.reserve(rows)?),
            Op::ReserveExact(_) => None,
        };
        let charge = match bound {
            Some(bound) => i128::try_from(bound).ok()?,
            None => amortized.max(0),
        };
        let bank = self.bank.checked_add(charge)?.checked_sub(paid)?;
        let entry = Entry {
            operation: replica.operations(),
            op,
            step,
            rows: replica.rows(),
            capacity: replica.capacity(),
            actual,
            amortized: Ratio::new(amortized, scale)?,
            bound: match bound {
                Some(_) => Some(Ratio::new(charge, scale)?),
                None => None,
            },
            bank: Ratio::new(bank, scale)?,
            potential: Ratio::of_unsigned(stored, self.potential.scale)?,
        };
        (self.replica, self.stored, self.bank) = (replica, stored, bank);
        self.worst_cost = self.worst_cost.max(actual);
        Some(entry)
    }
}
