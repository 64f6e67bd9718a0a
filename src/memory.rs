//! Requests for memory: a failed allocation is an error, never an abort.

use alloc::vec::Vec;
use core::error::Error as StdError;
use core::fmt;

/// A capacity that could not be reserved.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let mut array = GrowableNd::<f64>::new([3]);
/// let error = array.try_reserve(usize::MAX).unwrap_err();
/// assert!(error.to_string().starts_with("capacity overflow"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReserveError {
    /// The rows have more than `isize::MAX` elements or bytes, the maximum of any block. Extents of
    /// zero count as 1.
    #[non_exhaustive]
    Overflow {
        /// Requested number of rows; `usize::MAX` also stands for more.
        rows: usize,
        /// Number of elements in a row.
        row_len: usize,
        /// Size of an element, in bytes.
        element_bytes: usize,
    },
    /// The allocator did not provide the block.
    #[non_exhaustive]
    Allocation {
        /// Requested size of the block, in bytes; `usize::MAX` also stands for more.
        bytes: usize,
    },
}

impl fmt::Display for ReserveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReserveError::Overflow { rows, row_len, element_bytes } => {
                write!(f, "capacity overflow: {rows} rows of {row_len} elements of {element_bytes} bytes")
            }
            ReserveError::Allocation { bytes } => write!(f, "allocation of {bytes} bytes failed"),
        }
    }
}

impl StdError for ReserveError {}

/// Allocates `count` empty vectors with a capacity of exactly `elements` each.
pub(crate) fn vecs_with_capacity<T>(count: usize, elements: usize) -> Result<Vec<Vec<T>>, ReserveError> {
    let mut vecs = vec_with_capacity(count)?;
    for _ in 0..count {
        vecs.push(vec_with_capacity(elements)?);
    }
    Ok(vecs)
}

/// Allocates an empty vector with a capacity of exactly `elements`.
pub(crate) fn vec_with_capacity<T>(elements: usize) -> Result<Vec<T>, ReserveError> {
    let mut vec = Vec::new();
    match vec.try_reserve_exact(elements) {
        Ok(()) => Ok(vec),
        Err(_) => Err(ReserveError::Allocation { bytes: elements.saturating_mul(size_of::<T>()) }),
    }
}
