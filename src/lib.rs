//! A growable n-dimensional array: rows of one shape arrive one at a time, nobody knows how many, and the
//! result is one contiguous block.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![warn(unreachable_pub, unnameable_types)]
#![deny(clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;

// In reading order: a file uses those before it only.

// What can go wrong.
mod error;

// The extents of an array, and what follows from them.
mod shape;

// How many rows next, and what growing has cost.
mod growth;

// Elements that are not whole rows yet.
mod tail;

// What can be pushed as one row.
mod row;

// The container: making, looking at, pushing, growing.
mod growable;

// Room for rows to come.
mod capacity;

// Elements and rows in place.
mod access;

// Iterators over rows.
mod rows;

// Adding rows in other ways than one behind the last.
mod insert;

// Removing rows.
mod remove;

// From sources of rows and from other containers.
mod build;

// Equality, hash and clone.
mod compare;

// Printing.
mod format;

pub use error::{Error, FromVecError, GrowthError, ReserveError, RowError, ShapeError, SourceError};
pub use growable::GrowableNd;
pub use growth::{Growth, GrowthStats};
pub use row::{Row, RowShape, RowWriter, ShapedRow};
pub use rows::{DrainRows, IntoRows, Rows, RowsMut};
pub use shape::MAX_RANK;
