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
    /// A flat row has another number of elements.
    #[non_exhaustive]
    Length {
        /// Elements of a row of the array.
        expected: usize,
        /// Elements of the row offered.
        found: usize,
    },
    /// A row with a shape has another shape.
    Shape(ShapeError),
    /// A row of other elements has another number of bytes.
    #[non_exhaustive]
    Bytes {
        /// Bytes of a row of the array.
        expected: usize,
        /// Bytes of the row offered.
        found: usize,
    },
    /// A row wrote another number of elements, although it announced the right one, or none.
    #[non_exhaustive]
    Count {
        /// Elements of a row of the array.
        expected: usize,
        /// Elements written; a lower bound if they were too many.
        found: usize,
    },
    /// A row of a row does not fit.
    #[non_exhaustive]
    Inner {
        /// The index along the first axis of the row.
        index: usize,
        /// Why the inner row does not fit.
        error: Box<RowError>,
    },
    /// The shape of a row is needed, and is unknown before the row is written.
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
                        write!(f, " (flat rows are slices or vectors)")
                    }
                    _ => Ok(()),
                }
            }
            RowError::Bytes { expected, found } => {
                write!(f, "expected {expected} bytes, found {found}")
            }
            RowError::Count { expected, found } => {
                let found_so_far = if found > expected { "at least " } else { "" };
                write!(f, "expected {expected} elements, wrote {found_so_far}{found}")
            }
            RowError::Inner { index, error } => write!(f, "inner row {index}: {error}"),
            RowError::Unknown => {
                write!(f, "shape unknown before the row is written (`from_rows` takes the shape)")
            }
        }
    }
}

impl StdError for RowError {}

/// An operation on an array or a view that was refused.
///
/// The array is as it was before, except that its capacity may have grown. An operation that takes
/// rows one by one keeps the rows before the one that failed.
///
/// `Error` is the sum of the narrower errors, to which `?` converts them.
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
    /// A shape was refused.
    Shape(ShapeError),
    /// An index-like argument was refused.
    Access(AccessError),
    /// A view was refused because of strides, lengths or slices. Shapes and index-like arguments
    /// are [`Error::Shape`] and [`Error::Access`], also where a view refused them.
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
    /// One of several operands has another shape.
    #[non_exhaustive]
    Operand {
        /// Which of the operands, counted from 0.
        operand: usize,
        /// The shape that it must have, and the one that it has.
        error: ShapeError,
    },
    /// The number of elements is not a multiple of the row length.
    #[non_exhaustive]
    PartialRow {
        /// Elements of a row.
        row_len: usize,
        /// Number of elements.
        found: usize,
    },
    /// The number of bytes is not a multiple of the bytes of a row.
    #[non_exhaustive]
    PartialRowBytes {
        /// Bytes of a row.
        row_bytes: usize,
        /// Number of bytes.
        found: usize,
    },
    /// The bytes of a row are not a multiple of the bytes of an element of another type.
    #[non_exhaustive]
    CastSize {
        /// Bytes of a row.
        row_bytes: usize,
        /// Bytes of an element of the other type.
        element_bytes: usize,
    },
    /// A row is not aligned for elements of another type.
    #[non_exhaustive]
    CastAlignment {
        /// Alignment of the other type, in bytes.
        expected: usize,
    },
    /// The shape of a row was to be taken from the first row, but there are no rows.
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
                write!(f, "a row of {row_bytes} bytes is not a whole number of elements of {element_bytes}")
            }
            Error::CastAlignment { expected } => {
                write!(f, "row is not aligned to {expected} bytes")
            }
            Error::NoRows => write!(f, "no rows, so the shape of a row is unknown"),
        }
    }
}

// Without sources: the message has that of the error inside.
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

/// A source of rows that failed, or an array that refused a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError<E> {
    /// The source returned an error instead of a row.
    #[non_exhaustive]
    Source {
        /// The index that the row would have had in the array.
        row: usize,
        /// The error of the source; [`source`](StdError::source) returns it.
        error: E,
    },
    /// The source returned an error instead of an element.
    #[non_exhaustive]
    Element {
        /// The index that the row would have had in the array.
        row: usize,
        /// The position of the element in the row.
        element: usize,
        /// The error of the source; [`source`](StdError::source) returns it.
        error: E,
    },
    /// The array refused a row.
    Array(Error),
}

impl<E> fmt::Display for SourceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceError::Source { row, .. } => write!(f, "the source of row {row} failed"),
            SourceError::Element { row, element, .. } => {
                write!(f, "the source of row {row} failed at element {element}")
            }
            SourceError::Array(error) => error.fmt(f),
        }
    }
}

impl<E: StdError + 'static> StdError for SourceError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            SourceError::Source { error, .. } | SourceError::Element { error, .. } => Some(error),
            SourceError::Array(_) => None,
        }
    }
}

impl<E> From<Error> for SourceError<E> {
    fn from(error: Error) -> Self {
        SourceError::Array(error)
    }
}

/// A vector that could not become an array, together with the reason.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FromVecError<T> {
    /// Why the conversion failed.
    pub error: Error,
    /// The vector, unchanged.
    pub vec: Vec<T>,
}

// By hand, for any `T`: the elements may be many and do not explain the error.
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

/// An array that could not become another one, a nested array or a vector, together with the reason.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FromArrayError<T> {
    /// Why the conversion failed.
    pub error: Error,
    /// The array, unchanged, in a box: results stay small.
    pub array: Box<GrowableNd<T>>,
}

// By hand, for any `T`, as of `FromVecError`.
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
