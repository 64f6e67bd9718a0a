//! All integration tests in one binary: one link, one run. Miri, which takes a thousand times as long, leaves out those of
//! numbers without memory behind them, and those of files.

// Rows by value and by reference are both what is tested, although the lint sees no difference.
#![allow(clippy::needless_borrows_for_generic_args)]
// Tables of named closures are plain enough.
#![allow(clippy::type_complexity)]

/// What the tests share: element types that watch themselves, and how often random tests run.
mod support;

/// Random programs of operations against the naive array of arrays.
mod model;

/// The n-dimensional array that is obviously right.
mod naive;

/// Views after random chains of operations against the naive array.
mod chains;

/// Views large enough for the ways that small ones never take.
mod copies;

/// Rules of growth: what they promise, how they read and print, what they refuse.
mod growth;

/// Everything that can be pushed as a row, and rows that lie.
mod rows;

/// Rows from iterators, rows of rows, chunks, and earlier rows.
mod row_sources;

/// From sources of rows, with honest and lying size hints, and from other containers.
mod build;

/// Verbs on rows: insert, select, sort, deduplicate, join, against those of `Vec`.
mod row_verbs;

/// Iterators over rows against those of a `Vec`, from both ends.
mod iterators;

/// Clones, closures, iterators and drops that panic at every single element.
mod panics;

/// Zero extents, no axes, elements without size.
mod zeros;

/// Rows and elements without memory, as many as there can be.
mod counts;

/// Indices, ranges, shapes and sizes that must be refused, and leave the array as it was.
mod refusals;

/// Axes, indices, ranges, shapes and strides that no view can have.
mod view_refusals;

/// Mutable elements of views, and mutable parts lent one after the other.
mod view_writes;

/// Views taken apart, flattened, merged, reshaped, and by windows and tiles.
mod view_shapes;

/// Equality, hash, clone, conversions, automatic traits.
mod traits;

/// Equality with nested arrays, conversions from and to arrays, vectors and boxes of std.
mod conversions;

/// The first difference of two arrays of floats, in every layout.
mod differences;

/// `Display` and `Debug`.
mod printing;

/// To and from bytes in memory.
mod bytes;

/// From streams of bytes and to them.
#[cfg(feature = "std")]
mod streams;

/// The theory: bounds, ledger, simulator.
#[cfg(not(miri))]
mod amortized;

/// The simulator against the array and against itself, and its models of allocators.
#[cfg(not(miri))]
mod simulator;

/// Operations and recordings as text, and repetitions in bulk.
#[cfg(not(miri))]
mod traces;

/// Models of arrays of several blocks, against their bounds.
#[cfg(not(miri))]
mod structures;

/// Rules of languages and libraries: golden capacities, and the real programs where they are at hand.
#[cfg(not(miri))]
mod zoo;

/// Numbers out of all elements of views and arrays.
mod numeric;

/// Numbers along one axis of views and arrays.
mod numeric_axes;

/// Several axes at once, NaN left out, means of numbers that are no `Float`.
mod numbers_more;

/// Rounding: how often an element is added, and how far sums are from the exact ones.
#[cfg(not(miri))]
mod rounding;

/// Functions of elements and of pairs of them, arrays of known size, elements that own something.
mod maps;

/// Arrays and views as receivers and as arguments.
mod operands;

/// Operators between arrays, views and scalars, and broadcasting.
mod operators;

/// Golden numbers, made by NumPy.
#[cfg(not(miri))]
mod golden;

/// Layers of the library, and the length of files.
#[cfg(not(miri))]
mod layers;

/// The rule for faults: panics and their twins.
mod faults;
