//! Files of NumPy: arrays from `.npy` files, and arrays and views to them. With the feature `npy`.
//!
//! Imports `array`, `view` and `io`. `header` parses and prints the text before the elements; npyz
//! encodes and decodes the elements, except those of `plain`. Read `read` first, then `write`, `pending`
//! and `appender`.

pub(crate) mod appender;
pub(crate) mod error;
pub(crate) mod header;
pub(crate) mod pending;
pub(crate) mod plain;
pub(crate) mod read;
pub(crate) mod write;

use crate::npy::error::NpyError;
use core::any::type_name;
use npyz::DType;

/// Maximum bytes read or written at a time; one element or row if it is longer.
const BATCH: usize = 1 << 16;

/// Returns the bytes of one element. Elements without bytes are refused: any file could have any
/// number of them.
fn element_bytes(dtype: &DType) -> Option<usize> {
    dtype.num_bytes().filter(|&bytes| bytes > 0)
}

/// Returns the error that elements of type `T` cannot have a dtype.
fn misfit<T>(dtype: &DType) -> NpyError {
    NpyError::DType { expected: type_name::<T>(), found: dtype.descr().into() }
}
