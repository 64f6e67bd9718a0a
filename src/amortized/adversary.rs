//! The adversary: the sequence of pushes and pops that costs a rule of growth the most.

use crate::amortized::model::{Op, OpError, Replica};
use crate::growth::ratio::Ratio;
use crate::growth::{Growth, wide};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;

/// The most expensive sequence of operations that an adversary found.
///
/// It prints with repetitions folded: `9 push, 4 × (1 pop, 1 push)`.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::worst_sequence;
///
/// let attack = worst_sequence(Growth::EXACT, 10)?;
/// assert_eq!(attack.to_string(), "10 push");
/// assert_eq!((attack.ops.len(), attack.cost), (10, 10 + 45));
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attack {
    /// The operations, on an array without rows.
    pub ops: Vec<Op>,
    /// What they cost in all: rows written, removed and copied.
    pub cost: u128,
}

impl Attack {
    /// The cost for each operation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::{Ratio, worst_sequence};
    ///
    /// let attack = worst_sequence(Growth::EXACT, 10)?;
    /// assert_eq!(Some(attack.cost_per_op()), Ratio::new(11, 2));
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    pub fn cost_per_op(&self) -> Ratio {
        cost_per_op(self.cost, self.ops.len())
    }
}

impl fmt::Display for Attack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let runs: Vec<(Op, usize)> =
            self.ops.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect();
        let mut rest = &runs[..];
        while let [(op, count), ..] = *rest {
            if rest.len() < runs.len() {
                f.write_str(", ")?;
            }
            // The same two runs again and again.
            let times = match rest {
                [a, b, ..] => rest.chunks_exact(2).take_while(|pair| pair == &[*a, *b]).count(),
                _ => 0,
            };
            if times > 1 {
                let (other, other_count) = rest[1];
                write!(f, "{times} × ({count} {op}, {other_count} {other})")?;
                rest = &rest[2 * times..];
            } else {
                write!(f, "{count} {op}")?;
                rest = &rest[1..];
            }
        }
        Ok(())
    }
}

/// Searches all sequences of up to `longest` pushes and pops on an array that grows by the rule `growth` for the one
/// with the highest cost for each operation; of several, a shortest.
///
/// The search is exhaustive, so its result is the worst there is of that length: a lower bound on any amortized bound
/// that could be claimed. Rows that come or go many at once need not be tried where the amortized cost of a batch is
/// that of its rows, as it is with every factor.
///
/// # Errors
///
/// [`OpError`] if the rule grows beyond `usize::MAX`.
///
/// # Panics
///
/// Only if the function of a [custom](Growth::custom) rule does.
///
/// # Cost
///
/// O(*l*² *k*) time and memory for *k* different capacities of arrays with up to *l* = `longest` rows.
///
/// # Examples
///
/// Against an array that never shrinks there is nothing better than to push until it has just grown:
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::{Bounds, worst_sequence};
///
/// let attack = worst_sequence(Growth::DOUBLE, 100)?;
/// assert_eq!(attack.to_string(), "65 push");
/// assert_eq!(attack.cost, 65 + 127);
/// let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
/// assert!(attack.cost_per_op() < bounds.amortized_push());
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
pub fn worst_sequence(growth: Growth, longest: usize) -> Result<Attack, OpError> {
    let start = Node { replica: Replica::new(growth), cost: 0, last: None };
    let mut layers = alloc::vec![alloc::vec![start]];
    let mut worst = (Ratio::from(0), 0, 0);
    for length in 1..=longest {
        let layer = next_layer(&layers[length - 1])?;
        // Of the most expensive the first.
        if let Some((index, node)) = layer.iter().enumerate().rev().max_by_key(|(_, node)| node.cost) {
            let cost = cost_per_op(node.cost, length);
            if cost > worst.0 {
                worst = (cost, length, index);
            }
        }
        layers.push(layer);
    }
    let (_, length, mut index) = worst;
    let cost = layers[length][index].cost;
    let mut ops = Vec::new();
    for layer in layers[..=length].iter().rev() {
        if let Some((op, before)) = layer[index].last {
            ops.push(op);
            index = before;
        }
    }
    ops.reverse();
    Ok(Attack { ops, cost })
}

/// Nothing for no operation.
fn cost_per_op(cost: u128, ops: usize) -> Ratio {
    Ratio::of_unsigned(cost, wide(ops)).unwrap_or(Ratio::from(0))
}

/// An array after some operations, and the most that as many operations can have cost until it is like this.
#[derive(Clone, Copy)]
struct Node {
    replica: Replica,
    cost: u128,
    /// The last operation, and which array of the layer before it was done to.
    last: Option<(Op, usize)>,
}

/// All arrays that one more operation makes, each by the most expensive way.
fn next_layer(layer: &[Node]) -> Result<Vec<Node>, OpError> {
    let mut places = BTreeMap::new();
    let mut next: Vec<Node> = Vec::new();
    for (index, node) in layer.iter().enumerate() {
        for op in [Op::Push, Op::Pop] {
            let mut replica = node.replica;
            let step = match replica.apply(op) {
                Err(OpError::Empty { .. }) => continue,
                step => step?,
            };
            let reached = Node { replica, cost: node.cost + step.cost(), last: Some((op, index)) };
            let place = *places.entry((replica.rows(), replica.capacity())).or_insert(next.len());
            if place == next.len() {
                next.push(reached);
            } else if next[place].cost < reached.cost {
                next[place] = reached;
            }
        }
    }
    Ok(next)
}
