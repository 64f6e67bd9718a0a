//! The adversary: the most expensive sequence of pushes and pops for a growth policy.

use crate::amortized::model::{Model, Op, OpError};
use crate::growth::ratio::Ratio;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;

/// The most expensive sequence of operations that an adversary found.
///
/// Prints with repetitions folded: `9 push, 4 × (1 pop, 1 push)`.
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
    /// The operations.
    pub ops: Vec<Op>,
    /// Their total cost: rows written, removed and copied.
    pub cost: u128,
}

impl Attack {
    /// Returns the cost per operation, 0 without operations.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::worst_sequence;
    /// use growable_nd::{Growth, Ratio};
    ///
    /// let attack = worst_sequence(Growth::EXACT, 10)?;
    /// assert_eq!(attack.cost_per_op(), Ratio::new(11, 2));
    /// # Ok::<(), growable_nd::amortized::OpError>(())
    /// ```
    #[must_use]
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
            // Repetitions of the next two runs.
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

/// Finds the sequence of up to `longest` pushes and pops with the highest cost per operation.
///
/// `model` is a growth policy, or a [`Model`]: sequences start from its current state. If several
/// sequences have the same cost per operation, the result is one of the shortest.
///
/// The search is exhaustive: no sequence of pushes and pops up to this length is worse. The result
/// is therefore a lower bound on every valid amortized bound. Batches of rows are not tried. With a
/// factor they need not be, since the amortized cost of a batch is that of its rows.
///
/// # Errors
///
/// [`OpError::TooManyRows`] if the number of rows exceeds `u64::MAX`.
///
/// # Panics
///
/// Only if the function of a [custom](crate::Growth::custom) policy panics.
///
/// # Cost
///
/// O(*l*² *k*) memory, and O(*l*² *k* log *l k*) time, for *k* different capacities of arrays with
/// up to *l* = `longest` rows: some seconds for a thousand operations. `longest` is not limited.
///
/// # Examples
///
/// The worst sequence for an array that never shrinks is to push until it has just grown:
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
pub fn worst_sequence(model: impl Into<Model>, longest: usize) -> Result<Attack, OpError> {
    let start = Node { model: model.into(), cost: 0, last: None };
    let mut layers = alloc::vec![alloc::vec![start]];
    let mut worst = (Ratio::ZERO, 0, 0);
    for length in 1..=longest {
        let layer = next_layer(&layers[length - 1])?;
        // The first of the most expensive.
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

fn cost_per_op(cost: u128, ops: usize) -> Ratio {
    let ops = u128::try_from(ops).unwrap_or(u128::MAX);
    Ratio::of_unsigned(cost, ops).unwrap_or(Ratio::ZERO)
}

/// A state after some operations, and the maximum cost of that number of operations leading to it.
#[derive(Clone, Copy)]
struct Node {
    model: Model,
    cost: u128,
    /// The last operation, and the index of the state before it in the previous layer.
    last: Option<(Op, usize)>,
}

/// Returns all states after one more operation, each reached in the most expensive way.
fn next_layer(layer: &[Node]) -> Result<Vec<Node>, OpError> {
    let mut places = BTreeMap::new();
    let mut next: Vec<Node> = Vec::new();
    for (index, node) in layer.iter().enumerate() {
        for op in [Op::Push, Op::Pop] {
            let mut model = node.model;
            let step = match model.apply(op) {
                Err(OpError::Empty { .. }) => continue,
                step => step?,
            };
            let reached = Node { model, cost: node.cost + step.cost(), last: Some((op, index)) };
            let place = *places.entry((model.rows(), model.capacity())).or_insert(next.len());
            if place == next.len() {
                next.push(reached);
            } else if next[place].cost < reached.cost {
                next[place] = reached;
            }
        }
    }
    Ok(next)
}
