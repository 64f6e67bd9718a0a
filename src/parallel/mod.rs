//! Rows, maps and sums on several threads, with the feature `rayon`.
//!
//! Imports `array`, `view` and `kernels`. Read `halves` first: it shows why sums on several threads
//! have the same bits as on one thread. `along` has sums along an axis. `pieces` fills a vector
//! from several threads. The other files have the methods.
//!
//! The elements are shared between threads: `T: Sync`, or `T: Send` to write them. Results are
//! `Send`. Functions are `Sync`, since all threads call the same one.

// In the order in which rustdoc lists the groups of methods on the pages of arrays and views.
pub(crate) mod rows;

pub(crate) mod collect;

pub(crate) mod map;

pub(crate) mod sum;

// Modules without a group of methods on those pages.
mod along;
mod halves;
pub(crate) mod iter;
mod pieces;

/// Maximum bytes that one thread sums: in the caches one thread is as fast as several.
const SERIAL: usize = 4 << 20;

/// Maximum elements of which one thread sums a function.
const SERIAL_OF: usize = 1 << 15;
