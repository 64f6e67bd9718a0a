//! The feature `npy`: files written, read and continued, good ones and bad ones, and those of a real `NumPy`.

/// What the tests share: files made by hand, and elements of all types.
mod support;

/// How often random tests run.
#[path = "../it/support.rs"]
#[allow(dead_code, unused_imports, unused_macros, reason = "most of it is for the other tests")]
mod random;

/// Types, shapes, views, readers and writers.
mod round_trips;

/// Files written by their path: replaced, or left as they were.
mod save;

/// Dtypes, conversions, headers and views of files in memory.
mod elements;

/// Files that nobody should have made.
mod hostile;

/// Files that grow.
mod append;

/// Files that grow while writing fails, programs are killed, and others write.
mod interrupted;

/// Readers and writers that are interrupted, block, end too early and report what is not true.
mod liars;

/// Names, headers, dtypes and addresses at the edge of what is accepted.
mod edges;

/// Rows that arrived before a write failed, for each byte at which it can fail.
mod arrived;

/// Headers of which a part was overwritten, and files that two write at the same moment.
mod torn;

/// Files of a real `NumPy`, where it is at hand.
// Miri runs no other programs.
#[cfg(not(miri))]
mod numpy;
