//! Rows, maps and sums on several threads, with the feature `rayon`.
//!
//! Imports `array`, `view` and `kernels`. Start with `halves`, which shows why sums on several threads
//! have the bits of those on one; `along` has sums along an axis. `pieces` fills a vector from several
//! threads. The other files have the methods.
//!
//! The elements are shared between threads: `T: Sync`, or `T: Send` to write them. Results are
//! `Send`. Functions are `Sync`, since all threads call the same one.

// In the order of the groups of methods on the pages of arrays and views: rustdoc lists them so.
pub(crate) mod rows;

pub(crate) mod collect;

pub(crate) mod map;

pub(crate) mod sum;

// Without methods on those pages.
mod along;
mod halves;
pub(crate) mod iter;
mod pieces;

/// Bytes of the largest sum that one thread adds: it is in the caches, where one thread is as fast.
const SERIAL: usize = 4 << 20;

/// Elements of the largest sum of a function that one thread adds.
const SERIAL_OF: usize = 1 << 15;
