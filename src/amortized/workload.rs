//! Sequences of operations that are worth looking at.

use crate::amortized::model::Op;
use crate::growth::Growth;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::iter;

/// What is done to an array, as [steps](Self::steps) of an operation and how often it is repeated.
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
    /// So many pushes.
    Push {
        /// Rows in the end.
        rows: u64,
    },
    /// So many pushes, and then as many pops.
    PushThenPop {
        /// Rows in between.
        rows: u64,
    },
    /// So many pushes, and then one push and one pop in turn.
    Alternate {
        /// Rows before the first turn, and after each.
        rows: u64,
        /// How often a row comes and goes.
        turns: u64,
    },
    /// Batches of rows.
    Extend {
        /// Rows of each batch.
        sizes: Vec<usize>,
    },
    /// Pushes and pops at random. From an array without rows there is no pop.
    RandomWalk {
        /// How many operations.
        steps: u64,
        /// How many of a hundred are pushes, on average.
        push_percent: u8,
        /// The same seed makes the same walk.
        seed: u64,
    },
}

impl Workload {
    /// The [alternation](Workload::Alternate) that is worst for an array that grows by the rule `growth`: around the
    /// smallest of its full blocks with at least so many rows.
    ///
    /// `None` if the rule does not get there within a million growths.
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
    pub fn boundary(growth: &Growth, at_least: usize, turns: u64) -> Option<Workload> {
        let blocks = iter::successors(Some(0_usize), |&capacity| {
            Some(growth.next_capacity(capacity, capacity.checked_add(1)?))
        });
        let rows = blocks.take(1_000_000).find(|&capacity| capacity >= at_least)?;
        Some(Workload::Alternate { rows: u64::try_from(rows).ok()?, turns })
    }

    /// The operations in their order, each with the number of times it is repeated.
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

/// Numbers that look random: the generator `SplitMix64` by Steele, Lea and Flood (*Fast Splittable Pseudorandom Number
/// Generators*, OOPSLA 2014).
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
