//! What can go wrong, one type a layer; knows nothing of the rest of the crate.
//!
//! | type | what went wrong |
//! |---|---|
//! | [`ShapeError`] | the extents cannot be those of an array |
//! | [`GrowthError`] | the rule of growth cannot grow |
//! | [`ReserveError`] | there is no memory for so many rows |
//! | [`ViewError`] | there is no such view, or it cannot be written like this |
//! | [`RowError`] | one row does not fit |
//! | [`Error`] | an operation on an array was refused, for one of the reasons above or for an index |
//! | [`SourceError`] | the same, or the source of the rows failed |
//! | [`FromVecError`] | the same, with the rejected `Vec` inside |

use crate::growth::error::{GrowthError, ParseGrowthError};
use crate::layout::error::{ShapeError, ViewError, range_fault};
use crate::memory::ReserveError;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error as StdError;
use core::fmt;

/// One row does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowError {
    /// A flat row has another number of elements.
    Length {
        /// Elements in a row of the array.
        expected: usize,
        /// Elements in the row that was offered.
        found: usize,
    },
    /// A row with a shape has another shape.
    Shape {
        /// The inner shape of the array.
        expected: Box<[usize]>,
        /// The shape of the row that was offered.
        found: Box<[usize]>,
    },
    /// A row of other elements has another number of bytes.
    Bytes {
        /// Bytes of a row of the array.
        expected: usize,
        /// Bytes of the row that was offered.
        found: usize,
    },
    /// A row announced the right size and then wrote another number of elements.
    Count {
        /// Elements announced, and wanted.
        expected: usize,
        /// Elements written; where there were too many, at least so many.
        found: usize,
    },
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowError::Length { expected, found } => {
                write!(f, "expected {expected} elements, found {found}")
            }
            RowError::Shape { expected, found } => {
                write!(f, "expected the shape {expected:?}, found {found:?}")
            }
            RowError::Bytes { expected, found } => {
                write!(f, "expected {expected} bytes, found {found}")
            }
            RowError::Count { expected, found } => {
                write!(f, "the row announced {expected} elements and wrote {found}")
            }
        }
    }
}

impl StdError for RowError {}

/// An operation on an array was refused; the array is as it was, but for the room it may have made.
///
/// The one exception are operations that take many rows one by one: they keep the whole rows that came
/// before the one that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The extents cannot be those of an array.
    Shape(ShapeError),
    /// The rule of growth cannot grow. No array says so; it is here so that `?` serves for both.
    // Boxed, as the next: they are large, and every push returns an `Error`.
    Growth(Box<GrowthError>),
    /// A text is not a growth policy. No array returns this: it is here for `?`.
    ParseGrowth(Box<ParseGrowthError>),
    /// There is no memory for so many rows.
    Reserve(ReserveError),
    /// There is no such view, or it cannot be written like this.
    View(ViewError),
    /// A row does not fit.
    Row {
        /// The index at which the row would have stood in the array.
        row: usize,
        /// Why it does not fit.
        error: RowError,
    },
    /// No row has this index, or none can be put there.
    Index {
        /// The index.
        index: usize,
        /// How many rows there are.
        rows: usize,
    },
    /// The range of rows ends before it starts, or beyond the last row.
    Range {
        /// First row of the range.
        start: usize,
        /// The row after its last.
        end: usize,
        /// How many rows there are.
        rows: usize,
    },
    /// Another array has rows of another shape.
    InnerShape {
        /// The inner shape of this array.
        expected: Box<[usize]>,
        /// The inner shape of the other.
        found: Box<[usize]>,
    },
    /// Flat data is not a whole number of rows.
    PartialRow {
        /// Elements in one row.
        row_len: usize,
        /// Elements in the data.
        found: usize,
    },
    /// Bytes are not a whole number of rows.
    PartialRowBytes {
        /// Bytes of one row.
        row_bytes: usize,
        /// How many bytes there are.
        found: usize,
    },
    /// A row is not a whole number of elements of another type.
    CastSize {
        /// Bytes of one row.
        row_bytes: usize,
        /// Bytes of one element of the other type.
        element_bytes: usize,
    },
    /// A row does not stand where elements of another type can.
    CastAlignment {
        /// A multiple of so many bytes is where they can.
        expected: usize,
    },
    /// An index into a row has another number of axes than a row.
    Rank {
        /// Axes of a row.
        expected: usize,
        /// Axes of the index.
        found: usize,
    },
    /// The shape of a row was to be taken from the first row, and there was none.
    NoRows,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Shape(error) => error.fmt(f),
            Error::Growth(error) => error.fmt(f),
            Error::ParseGrowth(error) => error.fmt(f),
            Error::Reserve(error) => error.fmt(f),
            Error::View(error) => error.fmt(f),
            Error::Row { row, error } => write!(f, "row {row}: {error}"),
            Error::Index { index, rows } => {
                write!(f, "the row index {index} is out of bounds, the array has {rows} rows")
            }
            Error::Range { start, end, rows } => {
                let fault = range_fault(*start, *end, *rows);
                write!(f, "the range of rows {start}..{end} {fault}, the array has {rows} rows")
            }
            Error::InnerShape { expected, found } => {
                write!(f, "expected an array with rows of the shape {expected:?}, found {found:?}")
            }
            Error::PartialRow { row_len, found } => {
                write!(f, "expected a whole number of rows of {row_len} elements, found {found} elements")
            }
            Error::PartialRowBytes { row_bytes, found } => {
                write!(f, "expected a whole number of rows of {row_bytes} bytes, found {found} bytes")
            }
            Error::CastSize { row_bytes, element_bytes } => write!(
                f,
                "expected rows of a whole number of elements of {element_bytes} bytes, \
                 found rows of {row_bytes} bytes"
            ),
            Error::CastAlignment { expected } => {
                write!(f, "expected a row at a multiple of {expected} bytes, found it elsewhere")
            }
            Error::Rank { expected, found } => {
                write!(f, "expected an index into a row with {expected} axes, found {found}")
            }
            Error::NoRows => {
                write!(f, "there is no first row from which to take the shape of a row")
            }
        }
    }
}

// No sources here and below: the message holds that of the error inside, and a chain would say it twice.
impl StdError for Error {}

impl From<ShapeError> for Error {
    fn from(error: ShapeError) -> Self {
        Error::Shape(error)
    }
}

impl From<ParseGrowthError> for Error {
    fn from(error: ParseGrowthError) -> Self {
        Error::ParseGrowth(Box::new(error))
    }
}

impl From<GrowthError> for Error {
    fn from(error: GrowthError) -> Self {
        Error::Growth(Box::new(error))
    }
}

impl From<ReserveError> for Error {
    fn from(error: ReserveError) -> Self {
        Error::Reserve(error)
    }
}

impl From<ViewError> for Error {
    fn from(error: ViewError) -> Self {
        Error::View(error)
    }
}

/// Rows came from a source that can fail: either it failed, or the array refused a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError<E> {
    /// The source gave an error instead of a row.
    Source {
        /// The index at which the row would have stood in the array.
        row: usize,
        /// What the source said.
        error: E,
    },
    /// The array refused a row.
    Array(Error),
}

impl<E: fmt::Display> fmt::Display for SourceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceError::Source { row, error } => write!(f, "the source of row {row} failed: {error}"),
            SourceError::Array(error) => error.fmt(f),
        }
    }
}

impl<E: StdError> StdError for SourceError<E> {}

impl<E> From<Error> for SourceError<E> {
    fn from(error: Error) -> Self {
        SourceError::Array(error)
    }
}

/// A `Vec` could not become an array; it is given back.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FromVecError<T> {
    /// Why not.
    pub error: Error,
    /// The rejected elements, untouched.
    pub vec: Vec<T>,
}

// By hand, so that it needs nothing of `T`: the elements may be many and say nothing about the error.
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
