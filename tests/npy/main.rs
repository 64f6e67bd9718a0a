//! The feature `npy`: files written, read and continued, good ones and bad ones, and those of a real `NumPy`.

/// What the tests share: files made by hand, and elements of all types.
mod support;

/// Types, shapes, views, readers and writers.
mod round_trips;

/// Files that nobody should have made.
mod hostile;

/// Files that grow.
mod append;

/// Files of a real `NumPy`, where it is at hand.
mod numpy;
