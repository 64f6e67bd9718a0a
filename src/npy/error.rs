//! What can go wrong with a `.npy` file.

use crate::array::error::{Error, FromVecError};
use crate::io::error::ReadError;
use crate::layout::error::{AccessError, ShapeError, ViewError};
use crate::memory::ReserveError;
use core::error::Error as StdError;
use core::fmt;
use std::io;

/// A `.npy` file could not be read, written or continued.
#[derive(Debug)]
#[non_exhaustive]
pub enum NpyError {
    /// The reader or the writer failed.
    Io(io::Error),
    /// The file begins with other bytes than every `.npy` file.
    Magic {
        /// The first six bytes, or fewer if there are no more.
        found: Box<[u8]>,
    },
    /// The file has a version of the format that is not known here: 1.0, 2.0 and 3.0 are.
    Version {
        /// The number before the point.
        major: u8,
        /// The number behind the point.
        minor: u8,
    },
    /// The header is so long that `NumPy` would not read it either.
    HeaderLength {
        /// How many bytes of text it may have.
        limit: usize,
        /// How many it has.
        found: u64,
    },
    /// The file ends in the middle of its header.
    HeaderEnd {
        /// Bytes that this part of the header should have.
        expected: usize,
        /// Bytes that are there.
        found: usize,
    },
    /// The header is not the dictionary that it should be.
    Header {
        /// What should have stood there.
        expected: &'static str,
        /// The text from there on, cut where it is long.
        found: Box<str>,
    },
    /// Elements of this Rust type cannot have this dtype.
    DType {
        /// The name of the Rust type.
        expected: &'static str,
        /// The dtype as the file has it, cut where it is long.
        found: Box<str>,
    },
    /// The file holds a single number, an array without axes: there is none that could be that of the rows.
    NoAxes,
    /// The file ends before its last element.
    Elements {
        /// How many elements there should be, as the header says.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The bytes of an element are no value of its type, or a value has no bytes of this dtype.
    Element {
        /// Its position in the file, counted from 0.
        index: usize,
        /// Why not.
        error: io::Error,
    },
    /// The shape is none that an array can have, there is no memory for it, or a row does not fit.
    Array(Error),
    /// A file was to grow, and its rows are not one behind the other: it is in Fortran order.
    Order,
    /// A file was to grow, and its header has no room for a larger number of rows.
    HeaderRoom {
        /// Bytes of text that there must be room for.
        expected: usize,
        /// Bytes that there is room for.
        found: usize,
    },
    /// A file was to grow, and another `.npy` file stands behind the array.
    NotLast,
    /// A file was to grow, and the writer writes at its end wherever it is told to: it is open
    /// [to append](std::fs::OpenOptions::append). The rows are written, but their number is not.
    AppendMode,
}

impl fmt::Display for NpyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NpyError::Io(error) => error.fmt(f),
            NpyError::Magic { found } => {
                let hint = if found.starts_with(b"PK") { ", perhaps a .npz archive of several" } else { "" };
                let found = Bytes(found);
                write!(f, "expected a .npy file, which begins with \"\\x93NUMPY\", found {found:?}{hint}")
            }
            NpyError::Version { major, minor } => {
                write!(f, "expected version 1.0, 2.0 or 3.0 of the .npy format, found {major}.{minor}")
            }
            NpyError::HeaderLength { limit, found } => {
                write!(f, "expected a header of at most {limit} bytes, found {found}")
            }
            NpyError::HeaderEnd { expected, found } => {
                write!(f, "the file ends in its header: expected {expected} more bytes, found {found}")
            }
            NpyError::Header { expected, found } => {
                write!(f, "this is not the header of a .npy file: expected {expected}, found {found:?}")
            }
            NpyError::DType { expected, found } => {
                write!(f, "expected a dtype for elements of the type {expected}, found {found}")
            }
            NpyError::NoAxes => {
                write!(
                    f,
                    "expected an array with at least one axis, that of the rows, found a single element"
                )
            }
            NpyError::Elements { expected, found } => {
                write!(f, "the file ends too early: expected {expected} elements, found {found}")
            }
            NpyError::Element { index, error } => write!(f, "element {index} of the file: {error}"),
            NpyError::Array(error) => error.fmt(f),
            NpyError::Order => {
                write!(f, "expected a file in row-major order, which can grow, found one in Fortran order")
            }
            NpyError::HeaderRoom { expected, found } => write!(
                f,
                "expected a header with room for {expected} bytes, so that the number of rows can grow, found {found}"
            ),
            NpyError::NotLast => {
                write!(f, "expected nothing behind the array that is to grow, found another .npy file")
            }
            NpyError::AppendMode => {
                write!(f, "the number of rows cannot be written: expected a file that is not open to append")
            }
        }
    }
}

/// Bytes that may be text.
struct Bytes<'a>(&'a [u8]);

impl fmt::Debug for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

// No sources: the message holds that of the error inside, and a chain would say it twice.
impl StdError for NpyError {}

impl From<io::Error> for NpyError {
    fn from(error: io::Error) -> Self {
        NpyError::Io(error)
    }
}

impl From<Error> for NpyError {
    fn from(error: Error) -> Self {
        NpyError::Array(error)
    }
}

impl From<ShapeError> for NpyError {
    fn from(error: ShapeError) -> Self {
        NpyError::Array(error.into())
    }
}

impl From<AccessError> for NpyError {
    fn from(error: AccessError) -> Self {
        NpyError::Array(error.into())
    }
}

impl From<ViewError> for NpyError {
    fn from(error: ViewError) -> Self {
        NpyError::Array(error.into())
    }
}

/// The elements are lost.
impl<T> From<FromVecError<T>> for NpyError {
    fn from(error: FromVecError<T>) -> Self {
        NpyError::Array(error.into())
    }
}

/// An error of the stream, or one of the array; bytes that are in no row are lost.
impl From<ReadError> for NpyError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Array { error, .. } => NpyError::Array(error),
            error => NpyError::Io(error.into()),
        }
    }
}

/// The error of the reader or the writer, or one with this error inside.
impl From<NpyError> for io::Error {
    fn from(error: NpyError) -> Self {
        match error {
            NpyError::Io(error) => error,
            error => io::Error::new(io::ErrorKind::InvalidData, error),
        }
    }
}

impl From<ReserveError> for NpyError {
    fn from(error: ReserveError) -> Self {
        NpyError::Array(error.into())
    }
}
