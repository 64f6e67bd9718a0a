//! The first lines that users of NumPy, of ndarray and of `Vec` type: lines that compile, and their
//! results; and lines that do not, and the advice in the compiler's message.

// Users pass rows and operands both by value and by reference.
#![allow(clippy::needless_borrows_for_generic_args)]

/// Lines that compile.
mod compiles;

/// Lines that do not.
mod refused;
