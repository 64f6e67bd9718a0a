//! What users of NumPy, of ndarray and of `Vec` type first: lines that compile and what they give, and lines
//! that do not, with what the message of the compiler says instead.

// Rows and operands by value and by reference are both what people type.
#![allow(clippy::needless_borrows_for_generic_args)]

/// Lines that compile.
mod compiles;

/// Lines that do not.
mod refused;
