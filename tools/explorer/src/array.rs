//! An array without elements that works with one growth policy.

use growable_nd::Growth;
use growable_nd::amortized::{
    Block, Bounds, Entry, FirstFit, Ledger, Model, Op, OpError, Ratio, Resize, Step, Totals,
};

/// An array without elements, with one growth policy, a ledger and a heap.
#[derive(Clone, Debug)]
pub struct Array {
    books: Books,
    priced_by: Option<Growth>,
    start: Model,
    prices: Option<Bounds>,
    totals: Totals,
    before: Before,
    previous: Before,
    made_at: u64,
    has_removed: bool,
    is_only_pushed: bool,
    is_one_by_one: bool,
    steps: u64,
    recent: Vec<Operation>,
    events: Vec<Event>,
    memory: FirstFit,
    heap: Heap,
}

/// The record of operations. Rows and capacities are in the model.
#[derive(Clone, Debug)]
enum Books {
    Audited(Box<Ledger>),
    /// No ledger: there are no prices, or their numbers are too large.
    Plain(Model),
}

/// One operation, and the array after it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its number; the first is number 1.
    pub number: u128,
    pub op: Op,
    pub step: Step,
    /// Rows after the operation.
    pub rows: u64,
    /// Capacity after the operation.
    pub capacity: u64,
    /// Its line in the ledger; `None` if there are no prices.
    pub entry: Option<Entry>,
}

/// A replacement of the block.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// The number of the operation; the first is number 1.
    pub operation: u128,
    /// The sizes of the two blocks, and the rows that were copied.
    pub resize: Resize,
    /// Rows after the operation.
    pub rows: u64,
    /// Rows written so far, by this operation included.
    pub written: u128,
    /// Rows copied so far, by this operation included.
    pub charged: u128,
}

/// The memory of the array. A new block takes the first hole that is large enough.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heap {
    /// The present block.
    pub block: Option<Block>,
    /// The block before it, which was freed after its rows had been copied.
    pub previous: Option<Block>,
    /// The size of the heap in rows, holes included.
    pub footprint: u128,
}

/// The array before an operation or a program, which a sentence compares with the array after it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    pub totals: Totals,
    /// The bank balance, if there are prices.
    pub bank: Option<Ratio>,
    /// The number of rows when the block was made: later rows were added to this block.
    pub made_at: u64,
    /// Whether rows have been removed since the block was made.
    pub has_removed: bool,
}

/// Why a program failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunError {
    /// An operation is not possible.
    Op(OpError),
    /// The program takes more steps than a page should wait for.
    TooLong {
        /// The number of the next operation.
        operation: u128,
    },
}

impl Array {
    /// Maximum number of operations in [`recent`](Array::recent).
    pub const MOST_RECENT: usize = 256;
    /// Number of events that are certainly kept.
    pub const MOST_EVENTS: usize = 4096;

    /// An array without rows, for rows of 8 bytes, charged the prices of its own factor.
    pub fn new(growth: Growth) -> Array {
        Array::priced_by(Model::new(growth), Some(growth))
    }

    /// An array in the state of `model`, charged the prices of a policy that has bounds.
    pub fn priced_by(model: Model, growth: Option<Growth>) -> Array {
        let array = Array::audited(model, growth.as_ref().and_then(Bounds::of));
        Array { priced_by: growth.filter(|_| array.prices.is_some()), ..array }
    }

    /// An array in the state of `model`, charged these prices.
    pub fn audited(model: Model, prices: Option<Bounds>) -> Array {
        let ledger = prices.and_then(|prices| Some((prices, Ledger::new(model, &prices).ok()?)));
        let (prices, books) = match ledger {
            Some((prices, ledger)) => (Some(prices), Books::Audited(Box::new(ledger))),
            None => (None, Books::Plain(model)),
        };
        Array {
            books,
            priced_by: None,
            start: model,
            prices,
            totals: Totals::default(),
            before: Before::default(),
            previous: Before::default(),
            made_at: 0,
            has_removed: false,
            is_only_pushed: true,
            is_one_by_one: true,
            steps: 0,
            recent: Vec::new(),
            events: Vec::new(),
            memory: FirstFit::new(),
            heap: Heap::default(),
        }
    }

    pub fn growth(&self) -> Growth {
        self.model().growth()
    }

    /// Rows, capacity, and the number of operations.
    pub fn model(&self) -> &Model {
        match &self.books {
            Books::Audited(ledger) => ledger.model(),
            Books::Plain(model) => model,
        }
    }

    /// The model before the first operation.
    pub fn start(&self) -> &Model {
        &self.start
    }

    /// The bounds whose prices are charged: those of the policy itself if it has a factor,
    /// otherwise those of the factor that was chosen for it.
    pub fn prices(&self) -> Option<&Bounds> {
        self.prices.as_ref()
    }

    /// The policy whose prices are charged, if it is not the policy of the array.
    pub fn audited_by(&self) -> Option<&Growth> {
        self.priced_by.as_ref().filter(|growth| **growth != self.growth())
    }

    /// Sums over all operations so far.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The bank balance; `None` if there are no prices.
    pub fn bank(&self) -> Option<Ratio> {
        self.state().map(|entry| entry.bank)
    }

    /// The potential; `None` if there are no prices.
    pub fn potential(&self) -> Option<Ratio> {
        self.state().map(|entry| entry.potential)
    }

    /// An entry without an operation, with the present balance and potential.
    fn state(&self) -> Option<Entry> {
        match &self.books {
            Books::Audited(ledger) => {
                let mut ledger = Ledger::clone(ledger);
                ledger.record_run(Op::Reserve(0), 0).ok().map(|(_, entry)| entry)
            }
            Books::Plain(_) => None,
        }
    }

    /// Whether all operations pushed rows, alone or many at once, and every growth was by the
    /// factor if the policy has one. Then the bounds on copies hold. (A capacity
    /// beyond 64 bits becomes `u64::MAX`.)
    pub fn is_only_pushed(&self) -> bool {
        self.is_only_pushed
    }

    /// Whether all operations of the last program are [`Op::Push`] or [`Op::Pop`].
    pub fn is_one_by_one(&self) -> bool {
        self.is_one_by_one
    }

    /// The array before the last program of operations.
    pub fn before(&self) -> &Before {
        &self.before
    }

    /// The array before the last operation.
    pub fn previous(&self) -> &Before {
        &self.previous
    }

    fn snapshot(&self) -> Before {
        Before {
            totals: self.totals,
            bank: self.bank(),
            made_at: self.made_at,
            has_removed: self.has_removed,
        }
    }

    /// The last operations, one by one, at most [`Array::MOST_RECENT`], the oldest first.
    pub fn recent(&self) -> &[Operation] {
        let start = self.recent.len().saturating_sub(Array::MOST_RECENT);
        &self.recent[start..]
    }

    /// The last operation.
    pub fn last(&self) -> Option<&Operation> {
        self.recent.last()
    }

    /// The resizes of the block, in order. If there are very many, the oldest are left out.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    pub fn heap(&self) -> &Heap {
        &self.heap
    }

    /// Applies operations with their numbers of repetitions, as one program, if all programs so far
    /// take at most `most_steps`. Repetitions that keep the block are one step, except for the last
    /// operations, which are listed one by one.
    ///
    /// After an error the array is in the middle of the program: discard it.
    pub fn apply(&mut self, program: &[(Op, u64)], most_steps: u64) -> Result<(), RunError> {
        self.before = self.snapshot();
        self.is_one_by_one = true;
        let mut left: u128 = program.iter().map(|&(_, times)| u128::from(times)).sum();
        for &(op, times) in program {
            let mut times = times;
            while times > 0 {
                if self.steps >= most_steps {
                    return Err(RunError::TooLong { operation: self.model().operations() + 1 });
                }
                self.steps += 1;
                if left == 1 {
                    self.previous = self.snapshot();
                }
                let listed = Array::MOST_RECENT as u128;
                let most = if left <= listed {
                    1
                } else {
                    u64::try_from(left - listed).unwrap_or(u64::MAX).min(times)
                };
                let done = self.step(op, most, left <= listed)?;
                times -= done;
                left -= u128::from(done);
            }
        }
        Ok(())
    }

    /// Applies up to `times` repetitions, and lists the operation among the recent ones.
    fn step(&mut self, op: Op, times: u64, is_listed: bool) -> Result<u64, RunError> {
        let (done, step, entry) = match &mut self.books {
            Books::Audited(ledger) => {
                let (done, entry) = ledger.record_run(op, times).map_err(RunError::Op)?;
                (done, entry.step, Some(entry))
            }
            Books::Plain(model) => {
                let (done, step) = model.apply_run(op, times).map_err(RunError::Op)?;
                (done, step, None)
            }
        };
        let growth = self.growth();
        self.is_only_pushed &= matches!(op, Op::Push | Op::Extend(_))
            && step.resize.is_none_or(|resize| is_by_factor(&growth, &resize));
        self.is_one_by_one &= matches!(op, Op::Push | Op::Pop);
        let model = *self.model();
        self.count(&step, done, &model);
        if is_listed {
            if self.recent.len() >= 2 * Array::MOST_RECENT {
                self.recent.drain(..Array::MOST_RECENT);
            }
            let (number, rows, capacity) = (model.operations(), model.rows(), model.capacity());
            self.recent.push(Operation { number, op, step, rows, capacity, entry });
        }
        Ok(done)
    }

    fn count(&mut self, step: &Step, done: u64, model: &Model) {
        let totals = &mut self.totals;
        totals.operations = model.operations();
        (totals.rows, totals.capacity) = (model.rows(), model.capacity());
        totals.written += u128::from(step.written);
        totals.removed += u128::from(step.removed);
        totals.worst_cost = totals.worst_cost.max(step.cost() / u128::from(done));
        self.has_removed |= step.removed > 0;
        let Some(resize) = step.resize else { return };
        totals.charged += u128::from(resize.rows);
        *(if resize.to > resize.from { &mut totals.growths } else { &mut totals.shrinks }) += 1;
        totals.peak = totals.peak.max(u128::from(resize.from) + u128::from(resize.to));
        let block = self.memory.allocate(resize.to);
        if let Some(old) = self.heap.block {
            self.memory.free(old);
            (totals.moves, totals.copied) = (totals.moves + 1, totals.charged);
        }
        totals.footprint = self.memory.footprint();
        self.heap = Heap { block: Some(block), previous: self.heap.block, footprint: totals.footprint };
        let event = Event {
            operation: model.operations(),
            resize,
            rows: model.rows(),
            written: totals.written,
            charged: totals.charged,
        };
        if self.events.len() >= 2 * Array::MOST_EVENTS {
            self.events.drain(..Array::MOST_EVENTS);
        }
        self.events.push(event);
        (self.made_at, self.has_removed) = (resize.rows, false);
    }
}

/// Whether a growth was at least by the factor of the policy, if it has one.
fn is_by_factor(growth: &Growth, resize: &Resize) -> bool {
    growth.as_factor().is_none_or(|factor| {
        let (above, below) = (factor.numerator().unsigned_abs(), factor.denominator().unsigned_abs());
        // The numbers of a factor have 64 bits.
        u128::from(resize.to) * below >= u128::from(resize.from) * above
    })
}
