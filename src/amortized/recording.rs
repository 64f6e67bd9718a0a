//! `Recording`: operations on a real array, to replay them with other growth policies.

use crate::amortized::model::Op;
use alloc::vec::Vec;
use core::fmt;

/// A recording of the operations on a real array, to replay them with other growth policies.
///
/// Call [`record`](Self::record) next to each operation on the array. Then pass the
/// [steps](Self::steps) to the [simulator](crate::amortized::simulate), or print the recording: the
/// text is a trace, which the program `growth-lab` measures (`growth-lab --trace FILE`). A trace
/// has one operation per line, as [`Op`] prints it; `1000 x push` is an operation that is repeated.
/// `parse` reads a trace. Rows that are removed from any place count as [`Op::Truncate`] to the rows
/// that are left: the policy sees their number only.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::{Allocator, Op, Recording, simulate};
/// use growable_nd::{GrowableNd, Growth};
///
/// let mut array = GrowableNd::new([2]);
/// let mut recording = Recording::new();
/// for i in 0..1000 {
///     array.push_row([i, i])?;
///     recording.record(Op::Push);
/// }
/// for _ in 0..10 {
///     array.pop_row();
///     recording.record(Op::Pop);
/// }
/// assert_eq!(recording.to_string(), "1000 x push\n10 x pop\n");
/// // std::fs::write("trace.txt", recording.to_string())?;
///
/// // What this array has cost, and what it would have cost with another policy.
/// let repeat = |growth| simulate(growth, Allocator::AlwaysMoves, recording.steps());
/// let doubled = repeat(array.growth())?.totals.charged;
/// assert_eq!(doubled, u128::from(array.growth_stats().rows_copied));
/// assert!(repeat(Growth::THREE_HALVES)?.totals.charged > doubled);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Recording {
    /// Neighbours have different operations, unless their repetitions add up to more than
    /// `u64::MAX`.
    steps: Vec<(Op, u64)>,
}

impl Recording {
    /// Creates a recording without operations.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Recording;
    ///
    /// assert_eq!(Recording::new().to_string(), "");
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Recording { steps: Vec::new() }
    }

    /// Appends an operation.
    ///
    /// # Cost
    ///
    /// O(1) amortized. Allocates only if the operation differs from the one before.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::{Op, Recording};
    ///
    /// let mut recording = Recording::new();
    /// for op in [Op::Push, Op::Push, Op::Extend(5)] {
    ///     recording.record(op);
    /// }
    /// assert_eq!(recording.to_string(), "2 x push\nextend 5\n");
    /// ```
    pub fn record(&mut self, op: Op) {
        self.record_times(op, 1);
    }

    /// Appends an operation that is repeated `times` times.
    ///
    /// # Cost
    ///
    /// As [`record`](Self::record), for any number of repetitions.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::{Op, Recording};
    ///
    /// let mut recording = Recording::new();
    /// recording.record_times(Op::Push, 1_000_000_000_000);
    /// recording.record(Op::Push);
    /// assert_eq!(recording.to_string(), "1000000000001 x push\n");
    /// ```
    pub fn record_times(&mut self, op: Op, times: u64) {
        if let Some((last, run)) = self.steps.last_mut() {
            if let Some(sum) = run.checked_add(times).filter(|_| *last == op) {
                *run = sum;
                return;
            }
        }
        if times > 0 {
            self.steps.push((op, times));
        }
    }

    /// Iterates over the operations in order, each with its number of repetitions.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::{Op, Recording};
    ///
    /// let mut recording = Recording::new();
    /// recording.record(Op::Push);
    /// recording.record(Op::Push);
    /// assert!(recording.steps().eq([(Op::Push, 2)]));
    /// ```
    pub fn steps(&self) -> impl Iterator<Item = (Op, u64)> + '_ {
        self.steps.iter().copied()
    }
}

impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps.iter().try_for_each(|(op, times)| match times {
            1 => writeln!(f, "{op}"),
            _ => writeln!(f, "{times} x {op}"),
        })
    }
}
