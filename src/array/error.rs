//! Errors of operations on arrays.

use crate::array::GrowableNd;
use crate::layout::error::{AccessError, ShapeError, ViewError};
use crate::memory::ReserveError;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error as StdError;
use core::fmt;

/// A row that does not fit the array.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowError {
    /// A flat row has the wrong number of elements.
    #[non_exhaustive]
    Length {
        /// Number of elements in a row of the array.
        expected: usize,
        /// Number of elements in the rejected row.
        found: usize,
    },
    /// A row that has a shape has the wrong one.
    Shape(ShapeError),
    /// A row of elements of another type has the wrong number of bytes.
    #[non_exhaustive]
    Bytes {
        /// Number of bytes in a row of the array.
        expected: usize,
        /// Number of bytes in the rejected row.
        found: usize,
    },
    /// A row wrote the wrong number of elements. It had announced the right number, or no number.
    #[non_exhaustive]
    Count {
        /// Number of elements in a row of the array.
        expected: usize,
        /// Number of elements written; a lower bound if there were too many.
        found: usize,
    },
    /// An inner row of a row does not fit.
    #[non_exhaustive]
    Inner {
        /// Index of the inner row.
        index: usize,
        /// Why the inner row does not fit.
        error: Box<RowError>,
    },
    /// The shape of a row is needed, but unknown until the row is written.
    Unknown,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowError::Length { expected, found } => {
                write!(f, "expected {expected} elements, found {found}")
            }
            RowError::Shape(error) => {
                error.fmt(f)?;
                match error {
                    ShapeError::Mismatch { expected, found } if found.len() < expected.len() => {
                        write!(f, " (to push a flat row, pass a slice, a vector or `Elements`)")
                    }
                    _ => Ok(()),
                }
            }
            RowError::Bytes { expected, found } => {
                write!(f, "expected {expected} bytes, found {found}")
            }
            RowError::Count { expected, found } => {
                let found_so_far = if found > expected { "at least " } else { "" };
                write!(f, "expected {expected} elements, found {found_so_far}{found}")
            }
            RowError::Inner { index, error } => write!(f, "inner row {index}: {error}"),
            RowError::Unknown => {
                write!(f, "shape unknown before the row is written (`from_rows` takes the shape)")
            }
        }
    }
}

impl StdError for RowError {}

/// The error of an operation on an array or a view.
///
/// The array is as it was before, except that its capacity may have grown.
/// [`extend_rows`](GrowableNd::extend_rows) and [`extend_results`](GrowableNd::extend_results) keep
/// the rows before the failed row.
///
/// `Error` combines the narrower errors. `?` converts all of them but [`RowError`], which needs the
/// index of its row.
///
/// # Examples
///
/// ```
/// use growable_nd::{Error, GrowableNd};
///
/// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
/// let error = array.push_row(&vec![5, 6, 7]).unwrap_err();
/// assert!(matches!(error, Error::Row { row: 2, .. }));
/// assert_eq!(error.to_string(), "row 2: expected 2 elements, found 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A shape is invalid.
    Shape(ShapeError),
    /// An index, or another index-like argument, is invalid.
    Access(AccessError),
    /// A view cannot be created because of strides, lengths or slices. Invalid shapes and
    /// index-like arguments of views are [`Error::Shape`] and [`Error::Access`].
    View(ViewError),
    /// Memory could not be reserved.
    Reserve(ReserveError),
    /// A row does not fit.
    #[non_exhaustive]
    Row {
        /// The index that the row would have had in the array.
        row: usize,
        /// Why the row does not fit.
        error: RowError,
    },
    /// One of several operands has the wrong shape.
    #[non_exhaustive]
    Operand {
        /// Index of the operand, counted from 0.
        operand: usize,
        /// The expected and the found shape.
        error: ShapeError,
    },
    /// The number of elements is not a multiple of the row length.
    #[non_exhaustive]
    PartialRow {
        /// Number of elements in a row.
        row_len: usize,
        /// Number of elements.
        found: usize,
    },
    /// The number of bytes is not a multiple of the bytes of a row.
    #[non_exhaustive]
    PartialRowBytes {
        /// Number of bytes in a row.
        row_bytes: usize,
        /// Number of bytes.
        found: usize,
    },
    /// The bytes of a row are not a whole number of elements of another type.
    #[non_exhaustive]
    CastSize {
        /// Number of bytes in a row.
        row_bytes: usize,
        /// Size of an element of the other type, in bytes.
        element_bytes: usize,
    },
    /// A row is not aligned for elements of another type.
    #[non_exhaustive]
    CastAlignment {
        /// Alignment of the other type, in bytes.
        expected: usize,
    },
    /// The shape is that of the first row or operand, but there is none.
    NoRows,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Shape(error) => error.fmt(f),
            Error::Access(error) => error.fmt(f),
            Error::View(error) => error.fmt(f),
            Error::Reserve(error) => error.fmt(f),
            Error::Row { row, error } => write!(f, "row {row}: {error}"),
            Error::Operand { operand, error } => write!(f, "operand {operand}: {error}"),
            Error::PartialRow { row_len, found } => {
                write!(f, "{found} elements are not a whole number of rows of {row_len}")
            }
            Error::PartialRowBytes { row_bytes, found } => {
                write!(f, "{found} bytes are not a whole number of rows of {row_bytes}")
            }
            Error::CastSize { row_bytes, element_bytes } => {
                write!(
                    f,
                    "a row of {row_bytes} bytes is not a whole number of elements of {element_bytes} bytes"
                )
            }
            Error::CastAlignment { expected } => {
                write!(f, "row is not aligned to {expected} bytes")
            }
            Error::NoRows => write!(f, "no rows or operands, so the shape is unknown"),
        }
    }
}

// No `source`: the message includes that of the inner error.
impl StdError for Error {}

impl From<ShapeError> for Error {
    fn from(error: ShapeError) -> Self {
        Error::Shape(error)
    }
}

impl From<AccessError> for Error {
    fn from(error: AccessError) -> Self {
        Error::Access(error)
    }
}

impl From<ReserveError> for Error {
    fn from(error: ReserveError) -> Self {
        Error::Reserve(error)
    }
}

impl From<ViewError> for Error {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Shape(error) => Error::Shape(error),
            ViewError::Access(error) => Error::Access(error),
            error => Error::View(error),
        }
    }
}

/// The error of a source whose rows or elements are `Result`s, or of the array that takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResultsError<E> {
    /// The source returned an error instead of a row.
    #[non_exhaustive]
    Row {
        /// The index that the row would have had in the array. If lines of a file were skipped, it
        /// differs from the number of the line.
        row: usize,
        /// The error of the source; [`source`](StdError::source) returns it.
        error: E,
    },
    /// The source returned an error instead of an element.
    #[non_exhaustive]
    Element {
        /// The index that the row would have had in the array. If lines of a file were skipped, it
        /// differs from the number of the line.
        row: usize,
        /// The position of the element in the row, counted from 0.
        element: usize,
        /// The error of the source; [`source`](StdError::source) returns it.
        error: E,
    },
    /// The error of the array, for example for a row that does not fit.
    Array(Error),
}

impl<E> fmt::Display for ResultsError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ResultsError::Row { row, .. } => write!(f, "row {row}: the source failed"),
            ResultsError::Element { row, element, .. } => {
                write!(f, "row {row}, element {element}: the source failed")
            }
            ResultsError::Array(error) => error.fmt(f),
        }
    }
}

impl<E: StdError + 'static> StdError for ResultsError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            ResultsError::Row { error, .. } | ResultsError::Element { error, .. } => Some(error),
            ResultsError::Array(_) => None,
        }
    }
}

impl<E> From<Error> for ResultsError<E> {
    fn from(error: Error) -> Self {
        ResultsError::Array(error)
    }
}

/// A failed conversion of a vector to an array, with the vector.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FromVecError<T> {
    /// Why the conversion failed.
    pub error: Error,
    /// The vector, unchanged.
    pub vec: Vec<T>,
}

// Not derived: needs no bound on `T`, and leaves out the elements, which may be many.
impl<T> fmt::Debug for FromVecError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromVecError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for FromVecError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T> StdError for FromVecError<T> {}

impl<T> From<FromVecError<T>> for Error {
    fn from(error: FromVecError<T>) -> Self {
        error.error
    }
}

/// A failed conversion of an array to another array, a nested array or a vector, with the array.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FromArrayError<T> {
    /// Why the conversion failed.
    pub error: Error,
    /// The array, unchanged. Boxed to keep results small.
    pub array: Box<GrowableNd<T>>,
}

// Not derived, as for `FromVecError`.
impl<T> fmt::Debug for FromArrayError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromArrayError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for FromArrayError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T> StdError for FromArrayError<T> {}

impl<T> From<FromArrayError<T>> for Error {
    fn from(error: FromArrayError<T>) -> Self {
        error.error
    }
}
