//! The feature `npy`: valid and invalid files are written, read and continued, including files of
//! `NumPy`.

/// Shared code: files made by hand, and elements of all types.
mod support;

/// The number of random cases.
#[path = "../it/support.rs"]
#[allow(dead_code, unused_imports, unused_macros, reason = "most of it is for the other tests")]
mod random;

/// Types, shapes, views, readers and writers.
mod round_trips;

/// Files written by path: replaced, or left unchanged.
mod save;

/// Dtypes, conversions, headers and views of files in memory.
mod elements;

/// Malformed files.
mod hostile;

/// Files that are appended to.
mod append;

/// Appending while writes fail, programs are killed, and other programs write.
mod interrupted;

/// Readers and writers that are interrupted, block, end too early, or report wrong numbers.
mod liars;

/// Names, headers, dtypes and addresses at the limits of what is accepted.
mod edges;

/// Rows written before a write failed, for each byte at which it can fail.
mod arrived;

/// Headers that were overwritten in part, and files with two simultaneous writers.
mod torn;

/// Files of `NumPy`, if it is installed.
#[cfg(not(miri))]
mod numpy;
