//! Amortized analysis of growing arrays: a chapter that runs.
//!
// For readers of the source: this folder is the machinery of the chapter. It imports `growth` and
// `panicking` only. Read `model` first (an array without elements), then `simulator` and `ledger`,
// which run models. `bounds`, `potential` and `averages` have the theorems as functions.
// `allocator` has models of memory. `workload`, `recording` and `adversary` produce sequences of
// operations, and `text` parses them. `structure` has the trait of arrays of several blocks, and
// `blocks` what they share; each of these structures has a file of its own.
#![doc = include_str!("../../docs/amortized/00-introduction.md")]
//!
#![doc = include_str!("../../docs/figures/boxes.svg")]
//!
#![doc = include_str!("../../docs/amortized/00-three-methods.md")]
//!
#![doc = include_str!("../../docs/amortized/01-model.md")]
//!
#![doc = include_str!("../../docs/amortized/02-aggregate.md")]
//!
#![doc = include_str!("../../docs/figures/spikes.svg")]
//!
#![doc = include_str!("../../docs/figures/staircase.svg")]
//!
#![doc = include_str!("../../docs/amortized/03-extremes.md")]
//!
#![doc = include_str!("../../docs/figures/copies.svg")]
//!
#![doc = include_str!("../../docs/amortized/04-accounting.md")]
//!
#![doc = include_str!("../../docs/amortized/05-potential.md")]
//!
#![doc = include_str!("../../docs/figures/potential.svg")]
//!
#![doc = include_str!("../../docs/amortized/06-rounding.md")]
//!
#![doc = include_str!("../../docs/amortized/07-shrinking.md")]
//!
#![doc = include_str!("../../docs/figures/shrinking.svg")]
//!
#![doc = include_str!("../../docs/figures/hysteresis.svg")]
//!
#![doc = include_str!("../../docs/amortized/08-boundary.md")]
//!
#![doc = include_str!("../../docs/amortized/09-averages.md")]
//!
#![doc = include_str!("../../docs/figures/peak.svg")]
//!
#![doc = include_str!("../../docs/figures/ages.svg")]
//!
#![doc = include_str!("../../docs/amortized/10-price.md")]
//!
#![doc = include_str!("../../docs/figures/price.svg")]
//!
#![doc = include_str!("../../docs/amortized/11-lower-bound.md")]
//!
#![doc = include_str!("../../docs/figures/hyperbola.svg")]
//!
#![doc = include_str!("../../docs/amortized/12-slower.md")]
//!
#![doc = include_str!("../../docs/figures/rates.svg")]
//!
#![doc = include_str!("../../docs/amortized/13-realloc.md")]
//!
#![doc = include_str!("../../docs/figures/reallocation.svg")]
//!
#![doc = include_str!("../../docs/amortized/14-golden-ratio.md")]
//!
#![doc = include_str!("../../docs/figures/sawtooth.svg")]
//!
#![doc = include_str!("../../docs/amortized/15-heap.md")]
//!
#![doc = include_str!("../../docs/amortized/16-axes.md")]
//!
#![doc = include_str!("../../docs/figures/axes.svg")]
//!
#![doc = include_str!("../../docs/amortized/17-worst-push.md")]
//!
#![doc = include_str!("../../docs/figures/deamortized.svg")]
//!
#![doc = include_str!("../../docs/amortized/18-structures.md")]
//!
#![doc = include_str!("../../docs/figures/structures.svg")]
//!
#![doc = include_str!("../../docs/amortized/19-adversary.md")]
//!
#![doc = include_str!("../../docs/amortized/20-exercises.md")]
//!
#![doc = include_str!("../../docs/amortized/21-sources.md")]

pub(crate) mod adversary;
pub(crate) mod allocator;
#[cfg(feature = "std")]
pub(crate) mod averages;
pub(crate) mod blocks;
pub(crate) mod bounds;
pub(crate) mod brodnik;
pub(crate) mod hashed_array_tree;
pub(crate) mod ledger;
pub(crate) mod model;
pub(crate) mod potential;
pub(crate) mod recording;
pub(crate) mod rootish;
pub(crate) mod simulator;
pub(crate) mod structure;
pub(crate) mod tarjan_zwick;
pub(crate) mod text;
pub(crate) mod tiered;
pub(crate) mod two_blocks;
pub(crate) mod workload;

/// Resizable arrays of several blocks: models without elements.
///
/// Each implements [`Structure`](structures::Structure): a push or a pop returns its cost, and
/// `slots` returns the number of slots for rows and pointers. [`run`](structures::run) applies a
/// workload, [`audit`](structures::audit) charges prices. [The
/// chapter](crate::amortized#structures-of-many-blocks) compares them.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::Workload;
/// use growable_nd::amortized::structures::{HashedArrayTree, run};
///
/// let work = Workload::Push { rows: 1_000_000 };
/// let run = run(&mut HashedArrayTree::new(), work.steps())?;
/// assert!(run.copied < 4 * 1_000_000 / 3);
/// assert!(run.most_unused < 4 * 1000);
/// # Ok::<(), growable_nd::amortized::OpError>(())
/// ```
pub mod structures {
    pub use crate::amortized::brodnik::SinglyResizable;
    pub use crate::amortized::hashed_array_tree::HashedArrayTree;
    pub use crate::amortized::rootish::RootishArrayStack;
    pub use crate::amortized::structure::{Cost, Run, Structure, audit, run};
    pub use crate::amortized::tarjan_zwick::TarjanZwick;
    pub use crate::amortized::tiered::TieredVector;
    pub use crate::amortized::two_blocks::TwoBlocks;
}

pub use crate::amortized::adversary::{Attack, worst_sequence};
pub use crate::amortized::allocator::{Allocator, Block, FirstFit, FreeError};
#[cfg(feature = "std")]
pub use crate::amortized::averages::Averages;
pub use crate::amortized::bounds::Bounds;
pub use crate::amortized::ledger::{Entry, Ledger};
pub use crate::amortized::model::{Model, Op, OpError, Resize, Step};
pub use crate::amortized::recording::Recording;
pub use crate::amortized::simulator::{Event, Totals, Trace, simulate, simulate_with};
pub use crate::amortized::text::{ParseOpError, ParseRecordingError};
pub use crate::amortized::workload::Workload;
#[doc(no_inline)]
pub use crate::growth::ratio::Ratio;
