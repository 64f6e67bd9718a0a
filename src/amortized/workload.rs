//! Typical sequences of operations.

use crate::amortized::model::Op;
use crate::growth::Growth;
use crate::growth::request::Request;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::iter;

/// A typical sequence of operations. [`steps`](Self::steps) returns the operations with their
/// numbers of repetitions.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Op, Workload};
///
/// let steps: Vec<_> = Workload::PushThenPop { rows: 1000 }.steps().collect();
/// assert_eq!(steps, [(Op::Push, 1000), (Op::Pop, 1000)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Workload {
    /// Pushes.
    Push {
        /// Rows at the end.
        rows: u64,
    },
    /// Pushes, and then the same number of pops.
    PushThenPop {
        /// Rows after the pushes.
        rows: u64,
    },
    /// Pushes, and then one push and one pop alternately.
    Alternate {
        /// Rows before the first turn, and after each turn.
        rows: u64,
        /// Number of times a row is pushed and popped.
        turns: u64,
    },
    /// Batches of rows.
    Extend {
        /// Rows of each batch.
        sizes: Vec<u64>,
    },
    /// Random pushes and pops. An array without rows gets a push instead of a pop.
    RandomWalk {
        /// Number of operations.
        steps: u64,
        /// Percentage of pushes, on average; 100 or more gives only pushes.
        push_percent: u8,
        /// Seed of the random numbers; equal seeds give equal walks.
        seed: u64,
    },
}

impl Workload {
    /// Returns the worst [alternation](Workload::Alternate) for a growth policy.
    ///
    /// The rows alternate at the smallest capacity of at least `at_least` rows, for rows of 8
    /// bytes.
    ///
    /// `None` if that capacity takes more than a million growths.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](Growth::custom) policy panics.
    ///
    /// # Cost
    ///
    /// O(*k*) for *k* growths, at most a million.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Workload;
    ///
    /// let workload = Workload::boundary(&Growth::DOUBLE, 1000, 5);
    /// assert_eq!(workload, Some(Workload::Alternate { rows: 1024, turns: 5 }));
    /// ```
    #[must_use]
    pub fn boundary(growth: &Growth, at_least: u64, turns: u64) -> Option<Workload> {
        let blocks = iter::successors(Some(0_u64), |&capacity| {
            Some(growth.next_capacity(Request::new(capacity, capacity.checked_add(1)?)))
        });
        // The first capacity is that before any growth.
        let rows = blocks.take(1 + 1_000_000).find(|&capacity| capacity >= at_least)?;
        Some(Workload::Alternate { rows, turns })
    }

    /// Returns the operations in order, each with its number of repetitions.
    ///
    /// # Cost
    ///
    /// One allocation. The iterator yields one or two steps for pushes and pops, one per batch or
    /// operation of a random walk, and one plus two per turn for an alternation. The number of steps is not
    /// limited.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::{Op, Workload};
    ///
    /// let workload = Workload::Alternate { rows: 8, turns: 1 };
    /// let steps: Vec<_> = workload.steps().collect();
    /// assert_eq!(steps, [(Op::Push, 8), (Op::Push, 1), (Op::Pop, 1)]);
    /// ```
    pub fn steps(&self) -> Box<dyn Iterator<Item = (Op, u64)> + '_> {
        match self {
            &Workload::Push { rows } => Box::new(iter::once((Op::Push, rows))),
            &Workload::PushThenPop { rows } => Box::new([(Op::Push, rows), (Op::Pop, rows)].into_iter()),
            &Workload::Alternate { rows, turns } => {
                let turn = (0..turns).flat_map(|_| [(Op::Push, 1), (Op::Pop, 1)]);
                Box::new(iter::once((Op::Push, rows)).chain(turn))
            }
            Workload::Extend { sizes } => Box::new(sizes.iter().map(|&rows| (Op::Extend(rows), 1))),
            &Workload::RandomWalk { steps, push_percent, seed } => {
                let mut random = Random(seed);
                let mut rows = 0_u64;
                Box::new((0..steps).map(move |_| {
                    let pushes = random.next() % 100 < push_percent.into();
                    if pushes || rows == 0 {
                        rows += 1;
                        (Op::Push, 1)
                    } else {
                        rows -= 1;
                        (Op::Pop, 1)
                    }
                }))
            }
        }
    }
}

/// Pseudorandom numbers: the generator `SplitMix64` by Steele, Lea and Flood (*Fast Splittable
/// Pseudorandom Number Generators*, OOPSLA 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}
