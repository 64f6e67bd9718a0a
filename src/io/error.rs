//! What can go wrong when rows are read from a stream.

use crate::array::error::Error;
use alloc::vec::Vec;
use std::error::Error as StdError;
use std::fmt;
use std::io;

/// A stream gave fewer rows than it should have, or the array refused them.
///
/// The whole rows before are in the array; the bytes that were read and are not, in [`rest`](Self::rest).
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The stream ended inside a row.
    PartialRow {
        /// The index at which the row would have stood in the array.
        row: usize,
        /// Bytes of a row.
        expected: usize,
        /// The bytes of it that came: at least one, but fewer than expected.
        rest: Vec<u8>,
    },
    /// The stream ended behind a row, before there were as many as wanted.
    TooFewRows {
        /// How many rows were wanted.
        expected: usize,
        /// How many came.
        found: usize,
    },
    /// The stream failed.
    Source {
        /// The index at which the next row would have stood in the array.
        row: usize,
        /// The bytes of it that came.
        rest: Vec<u8>,
        /// What the stream said.
        error: io::Error,
    },
    /// The array refused: mostly, since it has no memory for more rows.
    Array {
        /// The bytes that came and found no room.
        rest: Vec<u8>,
        /// What the array said.
        error: Error,
    },
    /// A row has no bytes, so a stream never ends.
    NoBytes,
}

impl ReadError {
    /// The bytes that were read and are not in the array.
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
    pub fn rest(&self) -> &[u8] {
        match self {
            ReadError::PartialRow { rest, .. }
            | ReadError::Source { rest, .. }
            | ReadError::Array { rest, .. } => rest,
            ReadError::TooFewRows { .. } | ReadError::NoBytes => &[],
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::PartialRow { row, expected, rest } => {
                write!(
                    f,
                    "the stream ended inside row {row}: expected {expected} bytes, found {}",
                    rest.len()
                )
            }
            ReadError::TooFewRows { expected, found } => {
                write!(f, "the stream ended: expected {expected} rows, found {found}")
            }
            ReadError::Source { row, rest, error } => {
                write!(f, "the stream failed after {} bytes of row {row}: {error}", rest.len())
            }
            ReadError::Array { error, .. } => error.fmt(f),
            ReadError::NoBytes => f.write_str("a row has no bytes, so a stream of rows would never end"),
        }
    }
}

impl StdError for ReadError {}

impl From<Error> for ReadError {
    fn from(error: Error) -> Self {
        ReadError::Array { rest: Vec::new(), error }
    }
}

/// The error of the stream, or one with this error inside.
impl From<ReadError> for io::Error {
    fn from(error: ReadError) -> Self {
        let kind = match error {
            ReadError::Source { error, .. } => return error,
            ReadError::PartialRow { .. } | ReadError::TooFewRows { .. } => io::ErrorKind::UnexpectedEof,
            ReadError::Array { .. } => io::ErrorKind::OutOfMemory,
            ReadError::NoBytes => io::ErrorKind::InvalidInput,
        };
        io::Error::new(kind, error)
    }
}
