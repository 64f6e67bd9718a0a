//! Errors of reading rows from a stream.

use crate::array::error::Error;
use alloc::vec::Vec;
use std::error::Error as StdError;
use std::fmt;
use std::io;

/// The error of reading rows from a stream.
///
/// The array keeps the whole rows before the error. [`rest`](Self::rest) returns the bytes that
/// were read and are not in the array.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The stream ended inside a row.
    #[non_exhaustive]
    PartialRow {
        /// The index that the row would have had in the array.
        row: usize,
        /// Number of bytes in a row.
        expected: usize,
        /// The bytes of the row that arrived: at least one.
        rest: Vec<u8>,
    },
    /// The stream ended after a row, before the requested number of rows.
    #[non_exhaustive]
    TooFewRows {
        /// Requested number of rows.
        expected: usize,
        /// Number of rows read.
        found: usize,
    },
    /// The stream failed.
    #[non_exhaustive]
    Io {
        /// The index that the next row would have had in the array.
        row: usize,
        /// The bytes of that row that arrived.
        rest: Vec<u8>,
        /// The error of the stream; [`source`](StdError::source) returns it.
        error: io::Error,
    },
    /// The array could not grow. Also any other error of an array, if `?` converts it.
    #[non_exhaustive]
    Array {
        /// The bytes that arrived and are not in the array.
        rest: Vec<u8>,
        /// The error of the array.
        error: Error,
    },
    /// A row has no bytes, so reading rows would never end.
    NoBytes,
}

impl ReadError {
    /// Returns the bytes that were read and are not in the array. Empty if their allocation failed.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<u8>::new([2]);
    /// let error = array.read_rows(&b"abcde"[..]).unwrap_err();
    /// assert_eq!(error.rest(), b"e");
    /// ```
    #[must_use]
    pub fn rest(&self) -> &[u8] {
        match self {
            ReadError::PartialRow { rest, .. }
            | ReadError::Io { rest, .. }
            | ReadError::Array { rest, .. } => rest,
            ReadError::TooFewRows { .. } | ReadError::NoBytes => &[],
        }
    }

    /// Returns the bytes that were read and are not in the array, as [`rest`](Self::rest), without
    /// copying them.
    ///
    /// To continue after a temporary failure, read these bytes first, then the stream.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    /// use std::io::Read;
    ///
    /// let mut array = GrowableNd::<u8>::new([2]);
    /// let rest = array.read_rows(&b"abc"[..]).unwrap_err().into_rest();
    /// array.read_rows(rest.as_slice().chain(&b"def"[..]))?;
    /// assert_eq!(array, [*b"ab", *b"cd", *b"ef"]);
    /// # Ok::<(), growable_nd::ReadError>(())
    /// ```
    #[must_use]
    pub fn into_rest(self) -> Vec<u8> {
        match self {
            ReadError::PartialRow { rest, .. }
            | ReadError::Io { rest, .. }
            | ReadError::Array { rest, .. } => rest,
            ReadError::TooFewRows { .. } | ReadError::NoBytes => Vec::new(),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::PartialRow { row, expected, rest } => {
                write!(f, "stream ended inside row {row}: expected {expected} bytes, found {}", rest.len())
            }
            ReadError::TooFewRows { expected, found } => {
                write!(f, "stream ended: expected {expected} rows, found {found}")
            }
            ReadError::Io { row, rest, .. } => {
                write!(f, "stream failed after {} bytes of row {row}", rest.len())
            }
            ReadError::Array { error, .. } => error.fmt(f),
            ReadError::NoBytes => f.write_str("rows have no bytes, so reading them would never end"),
        }
    }
}

impl StdError for ReadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            ReadError::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl From<Error> for ReadError {
    fn from(error: Error) -> Self {
        ReadError::Array { rest: Vec::new(), error }
    }
}

/// Returns the error of the stream. Wraps all other errors.
impl From<ReadError> for io::Error {
    fn from(error: ReadError) -> Self {
        let kind = match error {
            ReadError::Io { error, .. } => return error,
            ReadError::PartialRow { .. } | ReadError::TooFewRows { .. } => io::ErrorKind::UnexpectedEof,
            ReadError::Array { error: Error::Reserve(_), .. } => io::ErrorKind::OutOfMemory,
            ReadError::Array { .. } | ReadError::NoBytes => io::ErrorKind::InvalidInput,
        };
        io::Error::new(kind, error)
    }
}
