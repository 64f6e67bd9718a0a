//! Amortized analysis that runs.

pub use crate::adversary::{Attack, worst_sequence};
pub use crate::allocator::{Allocator, Block, FirstFit};
pub use crate::bounds::Bounds;
pub use crate::ledger::{Entry, Ledger};
pub use crate::ratio::Ratio;
pub use crate::replica::{Op, OpError, Replica, Resize, Step};
pub use crate::simulator::{Event, Totals, Trace, simulate, simulate_with};
pub use crate::workload::Workload;
