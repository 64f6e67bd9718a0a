//! Errors of `.npy` files.

use crate::array::error::{Error, FromVecError};
use crate::io::error::ReadError;
use crate::layout::error::{AccessError, ShapeError, ViewError};
use crate::memory::ReserveError;
use crate::npy::dtype::NpyDType;
use core::error::Error as StdError;
use core::fmt;
use std::io;

/// A `.npy` file could not be read, written or continued.
#[derive(Debug)]
#[non_exhaustive]
pub enum NpyError {
    /// The reader or the writer failed; [`source`](StdError::source) returns its error.
    Io(io::Error),
    /// The file does not begin like a `.npy` file.
    #[non_exhaustive]
    Magic {
        /// The first six bytes, or fewer if there are no more.
        found: Box<[u8]>,
    },
    /// The version of the format is not 1.0, 2.0 or 3.0.
    #[non_exhaustive]
    Version {
        /// Major version.
        major: u8,
        /// Minor version.
        minor: u8,
    },
    /// The header is longer than the limit of NumPy.
    #[non_exhaustive]
    HeaderLength {
        /// Maximum number of bytes of its text.
        limit: usize,
        /// Number of bytes of its text.
        found: u64,
    },
    /// The file ends inside its header.
    #[non_exhaustive]
    HeaderEnd {
        /// Number of bytes of this part of the header.
        expected: usize,
        /// Number of bytes found.
        found: usize,
    },
    /// The header is not the expected dictionary.
    #[non_exhaustive]
    Header {
        /// Description of the expected text.
        expected: &'static str,
        /// The text found there, truncated if it is long.
        found: Box<str>,
    },
    /// The dtype does not fit the Rust type of the elements.
    /// [`read_npy_as`](crate::GrowableNd::read_npy_as) converts numbers.
    #[non_exhaustive]
    DType {
        /// Name of the Rust type.
        expected: &'static str,
        /// The dtype of the file, truncated if it is long.
        found: Box<str>,
    },
    /// The dtype is not one of integers, floats of at most 8 bytes, or bools, which
    /// [`read_npy_as`](crate::GrowableNd::read_npy_as) converts.
    #[non_exhaustive]
    Conversion {
        /// Name of the Rust type.
        expected: &'static str,
        /// The dtype of the file, truncated if it is long.
        found: Box<str>,
    },
    /// The text is not a plain dtype.
    #[non_exhaustive]
    UnknownDType {
        /// The text.
        found: Box<str>,
    },
    /// Elements of this type have no dtype of their own, so they cannot be written to a new file.
    #[non_exhaustive]
    NoDType {
        /// Name of the Rust type.
        element: &'static str,
    },
    /// The elements have other bytes in the file than in memory, so they cannot be viewed.
    #[non_exhaustive]
    NotNative {
        /// Name of the Rust type.
        expected: &'static str,
        /// The dtype of the file.
        found: Box<str>,
    },
    /// The elements are not aligned in memory, so they cannot be viewed.
    #[non_exhaustive]
    Unaligned {
        /// Alignment of the Rust type, in bytes.
        expected: usize,
        /// Bytes before the first element.
        data_start: usize,
    },
    /// The file ends before its last element.
    #[non_exhaustive]
    Elements {
        /// Number of elements that the header announces.
        expected: usize,
        /// Number of elements found.
        found: usize,
    },
    /// The bytes of an element are not a valid value, or the dtype cannot represent a value.
    #[non_exhaustive]
    Element {
        /// Position of the element in the file, counted from 0.
        index: usize,
        /// The reason; [`source`](StdError::source) returns it.
        error: Box<dyn StdError + Send + Sync>,
    },
    /// The shape or a row does not fit an array, or an allocation failed.
    Array(Error),
    /// A file in Fortran order cannot be continued: its rows are not contiguous.
    Order,
    /// The header of the file is too short for the number of rows.
    #[non_exhaustive]
    HeaderTooShort {
        /// Number of rows to be counted.
        rows: usize,
        /// Number of bytes needed for the text of the header.
        expected: usize,
        /// Number of bytes of its text.
        found: usize,
    },
    /// Bytes follow the rows that the header counts. [`open`](crate::NpyAppender::open) does not
    /// overwrite them.
    #[non_exhaustive]
    Uncounted {
        /// Number of complete rows that fit into these bytes.
        rows: u64,
        /// Number of bytes after the rows.
        bytes: u64,
    },
    /// The file does not end where the appender left it: something else has written to it, or
    /// truncated it.
    #[non_exhaustive]
    Changed {
        /// Position at which the file ended.
        expected: u64,
        /// Position at which the file ends now.
        found: u64,
    },
    /// The file cannot be continued: another `.npy` file follows the array.
    NotLast,
    /// The writer writes only at its end, since it was opened [to
    /// append](std::fs::OpenOptions::append). The rows are written, but their number is not; one
    /// byte follows the rows. [`recover`](crate::NpyAppender::recover) counts this byte as a row if a
    /// row has one byte; [`open_truncating`](crate::NpyAppender::open_truncating) removes it together
    /// with the rows that were not counted.
    AppendMode,
}

impl fmt::Display for NpyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NpyError::Io(_) => f.write_str("I/O error in a .npy file"),
            NpyError::Magic { found } => {
                let hint = match found[..] {
                    [] => return f.write_str("expected a .npy file, found the end of the file or stream"),
                    [b'P', b'K', ..] => " (a .npz archive?)",
                    [0x1F, 0x8B, ..] => " (a gzip file?)",
                    _ => "",
                };
                write!(f, "not a .npy file: expected \"\\x93NUMPY\", found {:?}{hint}", Bytes(found))
            }
            NpyError::Version { major, minor } => {
                write!(f, "unknown .npy version {major}.{minor}, expected 1.0, 2.0 or 3.0")
            }
            NpyError::HeaderLength { limit, found } => {
                write!(f, ".npy header has {found} bytes, expected at most {limit}")
            }
            NpyError::HeaderEnd { expected, found } => {
                write!(f, "file ends in its .npy header: expected {expected} more bytes, found {found}")
            }
            NpyError::Header { expected, found } => {
                write!(f, "invalid .npy header: expected {expected}, found {found:?}")
            }
            NpyError::DType { expected, found } => {
                write!(f, "dtype {} does not fit elements of type {expected}", Named(found))?;
                match Named(found).dtype().and_then(|dtype| dtype.rust_type()) {
                    Some(fitting) => write!(f, "; use type {fitting}"),
                    None => Ok(()),
                }
            }
            NpyError::Conversion { expected, found } => write!(
                f,
                "dtype {} cannot be converted to elements of type {expected}, expected integers, floats of \
                 at most 8 bytes, or bools",
                Named(found)
            ),
            NpyError::UnknownDType { found } => {
                write!(f, "unknown dtype {found:?}; examples: <f8, int32, |b1, M8[ns], U10")
            }
            NpyError::NoDType { element } => write!(
                f,
                "elements of type {element} have no dtype of their own; append them to an existing file \
                 with NpyAppender::open"
            ),
            NpyError::NotNative { expected, found } => write!(
                f,
                "cannot view dtype '{found}' as elements of type {expected}: their bytes differ; copy them \
                 with read_npy"
            ),
            NpyError::Unaligned { expected, data_start } => write!(
                f,
                "elements after {data_start} bytes of header are not aligned to {expected} bytes: align the \
                 file in memory, or copy the elements with read_npy"
            ),
            NpyError::Elements { expected, found } => {
                write!(f, "file ends too early: expected {expected} elements, found {found}")
            }
            NpyError::Element { index, .. } => write!(f, "invalid element {index}"),
            NpyError::Array(error) => error.fmt(f),
            NpyError::Order => {
                f.write_str("cannot continue a file in Fortran order, expected row-major order")
            }
            NpyError::HeaderTooShort { rows, expected, found } => write!(
                f,
                "cannot count {rows} rows: the text of the header has {found} bytes, expected {expected}"
            ),
            NpyError::Uncounted { rows, bytes } => write!(
                f,
                "cannot continue the file: {bytes} bytes (complete rows: {rows}) follow the rows that its header \
                 counts; keep them with NpyAppender::recover, or remove them with open_truncating"
            ),
            NpyError::Changed { expected, found } => write!(
                f,
                "file was changed by something else: expected its end at byte {expected}, found it at {found}"
            ),
            NpyError::NotLast => f.write_str("cannot continue the file: another .npy file follows the array"),
            NpyError::AppendMode => f.write_str(
                "cannot write the number of rows: the file is open to append only \
                 (a byte was added after its rows)",
            ),
        }
    }
}

/// The text of a dtype in quotes. Prints the name as well, if there is one.
struct Named<'a>(&'a str);

impl Named<'_> {
    fn dtype(&self) -> Option<NpyDType> {
        self.0.trim_matches('\'').parse().ok()
    }
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        self.dtype().map_or(Ok(()), |dtype| write!(f, " ({})", dtype.name()))
    }
}

/// Bytes that may be text.
struct Bytes<'a>(&'a [u8]);

impl fmt::Debug for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl StdError for NpyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            NpyError::Io(error) => Some(error),
            NpyError::Element { error, .. } => Some(&**error),
            _ => None,
        }
    }
}

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

/// Drops the elements.
impl<T> From<FromVecError<T>> for NpyError {
    fn from(error: FromVecError<T>) -> Self {
        NpyError::Array(error.into())
    }
}

/// Converts to the error of the stream or of the array. Drops bytes that are not in a row.
impl From<ReadError> for NpyError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Array { error, .. } => NpyError::Array(error),
            error => NpyError::Io(error.into()),
        }
    }
}

/// Returns the error of the reader or the writer. Other errors are wrapped.
impl From<NpyError> for io::Error {
    fn from(error: NpyError) -> Self {
        match error {
            NpyError::Io(error) => error,
            NpyError::HeaderEnd { .. } | NpyError::Elements { .. } => {
                io::Error::new(io::ErrorKind::UnexpectedEof, error)
            }
            NpyError::Magic { ref found } if found.is_empty() => {
                io::Error::new(io::ErrorKind::UnexpectedEof, error)
            }
            error => io::Error::new(io::ErrorKind::InvalidData, error),
        }
    }
}

impl From<ReserveError> for NpyError {
    fn from(error: ReserveError) -> Self {
        NpyError::Array(error.into())
    }
}
