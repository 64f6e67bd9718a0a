//! Asking for memory: an allocation that fails is an error.

use alloc::vec::Vec;
use core::error::Error as StdError;
use core::fmt;

/// There is no memory for so many rows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReserveError {
    /// So many rows would take more than `isize::MAX` elements or bytes, more than any block can have.
    Overflow {
        /// How many rows were wanted; `usize::MAX` also stands for a number beyond it.
        rows: usize,
        /// Elements in one row.
        row_len: usize,
        /// Bytes in one element.
        element_bytes: usize,
    },
    /// The allocator refused a block of this size.
    Refused {
        /// The size in bytes.
        bytes: usize,
    },
}

impl fmt::Display for ReserveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReserveError::Overflow { rows, row_len, element_bytes } => write!(
                f,
                "{rows} rows of {row_len} elements of {element_bytes} bytes \
                 are more than one block of memory can hold"
            ),
            ReserveError::Refused { bytes } => {
                write!(f, "the allocator refused a block of {bytes} bytes")
            }
        }
    }
}

impl StdError for ReserveError {}

/// A vector with room for exactly so many elements.
pub(crate) fn vec_with_room<T>(elements: usize) -> Result<Vec<T>, ReserveError> {
    let mut vec = Vec::new();
    match vec.try_reserve_exact(elements) {
        Ok(()) => Ok(vec),
        Err(_) => Err(ReserveError::Refused { bytes: elements.saturating_mul(size_of::<T>()) }),
    }
}
