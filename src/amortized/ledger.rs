//! The ledger: cost, charge, bank balance and potential of each operation.

use crate::amortized::bounds::Bounds;
use crate::amortized::model::{Model, Op, OpError, Step};
use crate::amortized::potential::Potential;
use crate::growth::ratio::Ratio;
use core::fmt;

/// A ledger of operations: the cost of each, its price, and the bank balance.
///
/// It applies two methods of amortized analysis at once:
///
/// - *Accounting*, the banker's method: each operation is charged its [price](Entry::price) and
///   pays its actual cost. The difference goes to the bank, whose balance is never negative.
/// - *Potential*, the physicist's method: the [amortized cost](Entry::amortized) is the actual cost
///   plus the change of the [potential](Entry::potential), and never exceeds the price.
///
/// Both statements hold with the bounds of the ledger's own policy, while ⌈*a c*⌉ fits in `u64`.
///
/// All amounts are exact fractions. [`Op::ReserveExact`] has no price: it is charged its amortized
/// cost if that is positive.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::{Bounds, Ledger, Op};
/// use growable_nd::{Growth, Ratio};
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
/// To print a ledger, print its [heading](Self::HEAD) and each entry:
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Bounds, Ledger, Op};
///
/// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
/// let mut ledger = Ledger::new(Growth::DOUBLE, &bounds)?;
/// let mut text = format!("\n{}\n", Ledger::HEAD);
/// for op in [Op::Push, Op::Push, Op::Push] {
///     text += &format!("{}\n", ledger.record(op)?);
/// }
/// assert_eq!(
///     text,
///     "
///    no.  operation            rows  capacity    cost  amortized    price       bank  potential
///      1  push                    1         1       1          2        3          2          1
///      2  push                    2         2       2          3        3          3          2
///      3  push                    3         4       3          3        3          3          2
/// "
/// );
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
///
/// # Auditing another policy
///
/// The bounds need not be those of the policy: a ledger with the bounds of a factor charges any
/// policy the prices of that factor. Java's `ArrayList` grows by half, rounded *down*, and costs
/// more than the prices of 3/2 cover:
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Bounds, Ledger, Op};
///
/// let rounded_down = Growth::custom("3/2, down", |request| request.capacity + request.capacity / 2);
/// let bounds = Bounds::of(&Growth::THREE_HALVES).expect("a factor");
/// let mut ledger = Ledger::new(rounded_down, &bounds)?;
/// let broken = (1..=1000).find(|_| ledger.record(Op::Push).is_ok_and(|entry| !entry.holds()));
/// assert_eq!(broken, Some(4));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ledger {
    model: Model,
    potential: Potential,
    /// The current potential. Like the bank balance, in units of 1/`scale` of the potential.
    stored: u128,
    bank: i128,
    worst_cost: u128,
}

/// One line of a [`Ledger`].
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::{Bounds, Ledger, Op};
/// use growable_nd::{Growth, Ratio};
///
/// let bounds = Bounds::of(&Growth::THREE_HALVES).expect("a factor");
/// let mut ledger = Ledger::new(Growth::THREE_HALVES, &bounds)?;
/// let entry = ledger.record(Op::Push)?;
/// assert_eq!((entry.actual, entry.price), (1, Some(Ratio::from(4))));
/// assert_eq!((entry.potential, entry.bank), (Ratio::from(1), Ratio::from(3)));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The number of the operation, counted from 1.
    pub operation: u128,
    /// The operation.
    pub op: Op,
    /// The effect of the operation.
    pub step: Step,
    /// Rows after the operation.
    pub rows: u64,
    /// Capacity after the operation.
    pub capacity: u64,
    /// The actual cost: rows written, removed and copied.
    pub actual: u128,
    /// The amortized cost: the actual cost plus the change of the potential.
    pub amortized: Ratio,
    /// The price: what the operation is charged. With the bounds of its own policy, an upper bound
    /// on its amortized cost. `None` for an operation without a price.
    pub price: Option<Ratio>,
    /// The bank balance after the operation.
    pub bank: Ratio,
    /// The potential after the operation.
    pub potential: Ratio,
}

impl Entry {
    /// Returns whether the amortized cost is at most the price, or the operation has no price.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ledger, Op};
    ///
    /// // An additive policy, charged the prices of doubling.
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// let mut ledger = Ledger::new(Growth::additive(10), &bounds)?;
    /// assert!(ledger.record(Op::Extend(20))?.holds());
    /// assert!(!ledger.record(Op::Push)?.holds());
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    #[must_use]
    pub fn holds(&self) -> bool {
        self.price.is_none_or(|price| self.amortized <= price)
    }
}

/// Prints aligned columns, whose heading is [`Ledger::HEAD`].
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>6}  {:<17} {:>7} {:>9} {:>7}",
            self.operation, self.op, self.rows, self.capacity, self.actual
        )?;
        write!(f, " {:>10} ", self.amortized)?;
        match self.price {
            Some(price) => write!(f, "{price:>8}")?,
            None => write!(f, "{:>8}", "-")?,
        }
        write!(f, " {:>10} {:>10}", self.bank, self.potential)
    }
}

impl Ledger {
    /// The heading of the columns of a printed [`Entry`].
    pub const HEAD: &'static str =
        "   no.  operation            rows  capacity    cost  amortized    price       bank  potential";

    /// Creates a ledger with the prices of `bounds`.
    ///
    /// `model` is a growth policy, or a [`Model`]: the ledger starts from its current state, and
    /// the bank with the potential of that state.
    ///
    /// # Errors
    ///
    /// [`OpError::TooLarge`] if a number of the potential has more than 127 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::{Bounds, Ledger};
    /// use growable_nd::{Growth, Ratio};
    ///
    /// let growth = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
    /// let ledger = Ledger::new(growth, &Bounds::of(&growth).expect("a factor"))?;
    /// assert_eq!(ledger.model().rows(), 0);
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn new(model: impl Into<Model>, bounds: &Bounds) -> Result<Ledger, OpError> {
        let model = model.into();
        let too_large = OpError::TooLarge { operation: model.operations() };
        let potential = bounds.potential().ok_or(too_large)?;
        let stored = potential.of(model.rows(), model.capacity()).ok_or(too_large)?;
        let bank = i128::try_from(stored).map_err(|_| too_large)?;
        Ok(Ledger { model, potential, stored, bank, worst_cost: 0 })
    }

    /// Returns the current state of the modelled array.
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
    /// assert_eq!((ledger.model().rows(), ledger.model().capacity()), (5, 5));
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Returns the cost of the most expensive operation so far.
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
    #[must_use]
    pub const fn worst_cost(&self) -> u128 {
        self.worst_cost
    }

    /// Applies an operation and records its cost.
    ///
    /// # Errors
    ///
    /// [`OpError`] if the operation fails, with its number. The ledger is unchanged.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](crate::Growth::custom) policy panics.
    ///
    /// # Cost
    ///
    /// Constant, plus the cost of a custom function.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Bounds, Ledger, Op, OpError};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// let mut ledger = Ledger::new(Growth::DOUBLE, &bounds)?;
    /// assert!(matches!(ledger.record(Op::Pop), Err(OpError::Empty { operation: 1, .. })));
    /// assert_eq!(ledger.record(Op::Push)?.operation, 1);
    /// # Ok::<(), OpError>(())
    /// ```
    pub fn record(&mut self, op: Op) -> Result<Entry, OpError> {
        let mut model = self.model;
        let step = model.apply(op)?;
        let operation = model.operations();
        self.enter(op, 1, step, model).ok_or(OpError::TooLarge { operation })
    }

    /// Applies up to `times` repetitions of an operation in constant time, and records them as one
    /// entry. Returns the number of repetitions applied, and the entry.
    ///
    /// A call stops before a repetition that resizes the block, or applies only that repetition, as
    /// [`Model::apply_run`] does.
    ///
    /// The entry has the number of the last repetition, and the rows, capacity, bank and potential
    /// after this repetition. Its step, costs and price are sums over all repetitions, and
    /// [`Entry::holds`] compares the sums. If `times` is zero, nothing is recorded, and the entry
    /// has the state of the ledger.
    ///
    /// # Errors
    ///
    /// [`OpError`], if the first repetition fails or a sum has more than 127 bits. The ledger is
    /// unchanged.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](crate::Growth::custom) policy panics.
    ///
    /// # Cost
    ///
    /// Constant, plus the cost of a custom function.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::{Bounds, Ledger, Op};
    /// use growable_nd::{Growth, Ratio};
    ///
    /// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
    /// let mut ledger = Ledger::new(Growth::DOUBLE, &bounds)?;
    /// ledger.record(Op::Extend(4))?;
    /// ledger.record(Op::Push)?;
    ///
    /// // Three more rows fit.
    /// let (done, entry) = ledger.record_run(Op::Push, 1000)?;
    /// assert_eq!((done, entry.rows, entry.actual), (3, 8, 3));
    /// assert_eq!((entry.price, entry.amortized), (Some(Ratio::from(9)), Ratio::from(9)));
    /// // The next row does not.
    /// let (done, entry) = ledger.record_run(Op::Push, 997)?;
    /// assert_eq!((done, entry.capacity, entry.actual), (1, 16, 9));
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn record_run(&mut self, op: Op, times: u64) -> Result<(u64, Entry), OpError> {
        let mut model = self.model;
        let (done, step) = model.apply_run(op, times)?;
        let operation = model.operations();
        let entry = self.enter(op, done, step, model).ok_or(OpError::TooLarge { operation })?;
        Ok((done, entry))
    }

    /// Enters a step. `None` if a number is too large: the ledger is then unchanged.
    fn enter(&mut self, op: Op, times: u64, step: Step, model: Model) -> Option<Entry> {
        let scale = i128::try_from(self.potential.scale).ok()?;
        let actual = step.cost();
        let stored = self.potential.of(model.rows(), model.capacity())?;
        let paid = i128::try_from(actual).ok()?.checked_mul(scale)?;
        let rise = i128::try_from(stored).ok()?.checked_sub(i128::try_from(self.stored).ok()?)?;
        let amortized = paid.checked_add(rise)?;
        let price = match op {
            Op::Push | Op::Extend(_) => Some(u128::from(step.written).checked_mul(self.potential.push)?),
            Op::Pop | Op::Truncate(_) => Some(u128::from(step.removed).checked_mul(self.potential.pop)?),
            Op::Reserve(rows) => Some(self.potential.reserve(rows)?.checked_mul(times.into())?),
            Op::ReserveExact(_) => None,
        };
        let charge = match price {
            Some(price) => i128::try_from(price).ok()?,
            None => amortized.max(0),
        };
        let bank = self.bank.checked_add(charge)?.checked_sub(paid)?;
        let entry = Entry {
            operation: model.operations(),
            op,
            step,
            rows: model.rows(),
            capacity: model.capacity(),
            actual,
            amortized: Ratio::try_new(amortized, scale).ok()?,
            price: match price {
                Some(_) => Some(Ratio::try_new(charge, scale).ok()?),
                None => None,
            },
            bank: Ratio::try_new(bank, scale).ok()?,
            potential: Ratio::of_unsigned(stored, self.potential.scale)?,
        };
        (self.model, self.stored, self.bank) = (model, stored, bank);
        self.worst_cost = self.worst_cost.max(actual / u128::from(times.max(1)));
        Some(entry)
    }
}
