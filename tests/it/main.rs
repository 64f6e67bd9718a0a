//! All integration tests in one binary: one link, one run. Miri, which takes a thousand times as long,
//! leaves out the tests of pure arithmetic, and those of files.

// The tests pass rows both by value and by reference, although one of them would do.
#![allow(clippy::needless_borrows_for_generic_args)]
// Tables of named closures are readable.
#![allow(clippy::type_complexity)]

/// Shared code: element types that count their drops, and the number of random cases.
mod support;

/// Random programs of operations against the naive array of arrays.
mod model;

/// A simple n-dimensional array, the model for the others.
mod naive;

/// Views of any number of axes.
mod any;

/// Views after random chains of operations against the naive array.
mod chains;

/// Views large enough for code paths that small views never take.
mod copies;

/// Growth policies: guarantees, text form, errors.
mod growth;

/// Every type that can be pushed as a row, and rows that report a wrong length.
mod rows;

/// Rows from iterators, rows of rows, chunks, and earlier rows.
mod row_sources;

/// Sources of rows with correct and wrong size hints, and other containers.
mod build;

/// Operations on rows: insert, select, sort, deduplicate, join, against those of `Vec`.
mod row_verbs;

/// Iterators over rows against those of a `Vec`, from both ends.
mod iterators;

/// Clones, closures, iterators and drops that panic at each element in turn.
mod panics;

/// Zero extents, no axes, elements of size zero.
mod zeros;

/// The maximum number of rows and elements without memory.
mod counts;

/// Invalid indices, ranges, shapes and sizes, which leave the array unchanged.
mod refusals;

/// Invalid axes, indices, ranges, shapes and strides of views.
mod view_refusals;

/// Mutable elements of views, and mutable parts, one at a time.
mod view_writes;

/// Views split, flattened, merged, reshaped, and cut into windows and tiles.
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

/// From streams of bytes, and to streams.
#[cfg(feature = "std")]
mod streams;

/// The theory: bounds, ledger, simulator.
#[cfg(not(miri))]
mod amortized;

/// The simulator against the array and against itself, and its models of allocators.
#[cfg(not(miri))]
mod simulator;

/// Operations and recordings as text, and runs of repeated operations.
#[cfg(not(miri))]
mod traces;

/// Models of arrays of several blocks, against their bounds.
#[cfg(not(miri))]
mod structures;

/// Growth policies of languages and libraries: golden capacities.
#[cfg(not(miri))]
mod zoo;

/// Reductions of all elements of views and arrays.
mod numeric;

/// Reductions along one axis of views and arrays.
mod numeric_axes;

/// Several axes at once, reductions that skip NaN, means of types other than `Float`.
mod numbers_more;

/// Rounding: how many additions an element takes part in, and how far sums are from the exact ones.
#[cfg(not(miri))]
mod rounding;

/// Maps of elements and of pairs, arrays of known size, elements that need a drop.
mod maps;

/// Arrays and views as receivers and as arguments.
mod operands;

/// Operators between arrays, views and scalars, and broadcasting.
mod operators;

/// Golden results of NumPy.
#[cfg(not(miri))]
mod golden;

/// Layers of the library, and the length of files.
#[cfg(not(miri))]
mod layers;

/// The rule for errors: panics, and the forms that return errors.
mod faults;
