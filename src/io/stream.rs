//! Reading rows from a stream of bytes, and writing them to one.

use crate::array::GrowableNd;
use crate::array::partial_rows::PartialRows;
use crate::io::error::ReadError;
use crate::memory::{ReserveError, vec_with_capacity};
use alloc::vec::Vec;
use bytemuck::{AnyBitPattern, NoUninit};
use std::any::Any;
use std::io::{self, ErrorKind, Read, Write};
use std::mem;

/// Maximum bytes per `read` of elements other than `u8`. The buffer is zeroed first and should
/// still be cached when data arrives.
const CHUNK: usize = 128 * 1024;

/// Maximum bytes that a full array reads before it grows: the stream may have ended.
const PROBE: usize = 32;

/// # Reading from a stream
///
/// The bytes of rows, in native order, are read directly into the array.
///
/// An [interrupted](ErrorKind::Interrupted) read is retried, without a limit; every other failure
/// is an error. The array keeps the whole rows before the error, and the error has the bytes of the
/// incomplete row. So no byte is lost. (The exception: if the allocation for these bytes fails, the
/// bytes are lost and the error is that of the allocation.)
///
/// # Panics
///
/// Only if the stream or the growth policy panics; the array keeps the whole rows. A stream that
/// reports more bytes than were requested causes an error, or a panic if elements are `u8`.
///
/// # Cost
///
/// One copy of all bytes, and growth as for [`push_row`](Self::push_row); nothing is allocated per
/// row. Elements of type `u8` are read by [`read_to_end`](Read::read_to_end) up to the capacity,
/// others in reads of up to 128 KiB whose buffer is zeroed first. For bytes in memory,
/// [`extend_from_bytes`](Self::extend_from_bytes) is faster.
impl<T: NoUninit + AnyBitPattern> GrowableNd<T> {
    /// Reads rows until the stream ends and appends them. Returns their number.
    ///
    /// # Errors
    ///
    /// [`ReadError::PartialRow`] if the stream ends inside a row, [`ReadError::Io`] if it
    /// fails, [`ReadError::Array`] if the array cannot grow, [`ReadError::NoBytes`] if a row has no
    /// bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, ReadError};
    ///
    /// // A file, a socket, or the output of another program.
    /// let stream: &[u8] = b"abcdef";
    /// let mut frames = GrowableNd::<u8>::new([3]);
    /// assert_eq!(frames.read_rows(stream)?, 2);
    /// assert_eq!(frames.row(1), b"def");
    ///
    /// match frames.read_rows(&b"ghij"[..]) {
    ///     Err(ReadError::PartialRow { row: 3, rest, .. }) => assert_eq!(rest, b"j"),
    ///     other => panic!("{other:?}"),
    /// }
    /// assert_eq!(frames.shape(), [3, 3]);
    /// # Ok::<(), ReadError>(())
    /// ```
    pub fn read_rows(&mut self, reader: impl Read) -> Result<usize, ReadError> {
        if self.row_bytes() == 0 {
            return Err(ReadError::NoBytes);
        }
        self.read_up_to(usize::MAX, reader)
    }

    /// Reads exactly `rows` rows and appends them. Reads no further bytes.
    ///
    /// # Errors
    ///
    /// [`ReadError::TooFewRows`] if the stream ends after fewer rows, [`ReadError::PartialRow`] if
    /// it ends inside a row, [`ReadError::Io`] if it fails, [`ReadError::Array`] if the array
    /// cannot grow.
    ///
    /// # Cost
    ///
    /// As [`read_rows`](Self::read_rows). Capacity for all rows is reserved at once, and kept if
    /// fewer rows arrive. If that reservation fails, the array grows as rows arrive.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, ReadError};
    ///
    /// let mut stream: &[u8] = b"abcdef";
    /// let mut array = GrowableNd::<u8>::new([2]);
    /// array.read_n_rows(2, &mut stream)?;
    /// assert_eq!(array.as_slice(), b"abcd");
    /// assert_eq!(stream, b"ef");
    /// # Ok::<(), ReadError>(())
    /// ```
    pub fn read_n_rows(&mut self, rows: usize, reader: impl Read) -> Result<(), ReadError> {
        if self.row_bytes() == 0 {
            let elements = rows.saturating_mul(self.row_len());
            // Not `resize`: without optimization it loops over elements of size zero.
            let appended = self.append_rows(rows, |data| data.append(&mut bytemuck::zeroed_vec(elements)));
            return appended.map_err(no_memory);
        }
        self.reserve_hint(rows);
        let found = self.read_up_to(rows, reader)?;
        if found == rows { Ok(()) } else { Err(ReadError::TooFewRows { expected: rows, found }) }
    }

    /// Reads at most `limit` rows, which have bytes. Returns their number.
    fn read_up_to(&mut self, limit: usize, mut reader: impl Read) -> Result<usize, ReadError> {
        let row_bytes = self.row_bytes();
        let mut unfinished = Unfinished { partial: PartialRows::new(self), rows: 0, bytes: 0 };
        let mut continues = true;
        while continues && unfinished.rows < limit {
            let wanted = (limit - unfinished.rows).saturating_mul(row_bytes) - unfinished.bytes;
            continues = match unfinished.free_bytes() {
                0 => unfinished.probe(&mut reader, PROBE.min(wanted))?,
                free => unfinished.read(&mut reader, free.min(wanted))?,
            };
        }
        let (row, rows, rest) = (unfinished.array().rows(), unfinished.rows, unfinished.rest()?);
        if rest.is_empty() { Ok(rows) } else { Err(ReadError::PartialRow { row, expected: row_bytes, rest }) }
    }
}

/// Reads what is available: at least one byte unless the stream has ended. Retries interrupted
/// reads.
pub(crate) fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Ok(read) if read > buffer.len() => {
                let text = format!("reader reports {read} bytes for a buffer of {}", buffer.len());
                return Err(io::Error::new(ErrorKind::InvalidData, text));
            }
            result => return result,
        }
    }
}

/// A reader that retries interrupted reads, and fails instead of reporting more bytes than were
/// requested.
#[cfg(feature = "npy")]
pub(crate) struct Checked<'a>(pub(crate) &'a mut dyn Read);

#[cfg(feature = "npy")]
impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_some(&mut self.0, buffer)
    }
}

/// Writes all bytes. Retries interrupted writes. Fails if the writer accepts no bytes, or if it
/// reports more bytes than it was given, where `Write::write_all` panics.
pub(crate) fn write_all(writer: &mut (impl Write + ?Sized), bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    write_rest(writer, &mut rest)
}

/// Writes bytes like [`write_all`]. If that fails, `bytes` are the bytes that were not written.
pub(crate) fn write_rest(writer: &mut (impl Write + ?Sized), bytes: &mut &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match writer.write(bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            Ok(0) => {
                let text = format!("writer accepts none of {} bytes", bytes.len());
                return Err(io::Error::new(ErrorKind::WriteZero, text));
            }
            Ok(written) => {
                *bytes = bytes.get(written..).ok_or_else(|| {
                    let text = format!("writer reports {written} bytes written of {}", bytes.len());
                    io::Error::new(ErrorKind::InvalidData, text)
                })?;
            }
        }
    }
    Ok(())
}

/// An array and the bytes of its next row that were read.
///
/// Drop guard: drops the bytes after the last whole row.
struct Unfinished<'a, T: NoUninit + AnyBitPattern> {
    partial: PartialRows<'a, T>,
    /// Number of rows read.
    rows: usize,
    /// Number of bytes read after the last whole row.
    bytes: usize,
}

impl<T: NoUninit + AnyBitPattern> Unfinished<'_, T> {
    fn array(&self) -> &GrowableNd<T> {
        self.partial.array()
    }

    /// Returns the number of bytes that fit until the array must grow.
    fn free_bytes(&self) -> usize {
        let array = self.array();
        // Cannot overflow: the block has that many bytes.
        (array.capacity() - array.rows()) * array.row_bytes() - self.bytes
    }

    /// Reads at most `max` bytes, which fit. Returns whether the stream may have more.
    fn read(&mut self, reader: &mut impl Read, max: usize) -> Result<bool, ReadError> {
        // `read_to_end` appends to a vector of bytes without zeroing its capacity.
        if let Some(bytes) = self.vec_of_bytes() {
            let result = reader.take(u64::try_from(max).unwrap_or(u64::MAX)).read_to_end(bytes);
            let read = self.keep_appended();
            // `read_to_end` stops at the limit or at the end of the stream.
            return result.map(|_| read == max).map_err(|error| self.failed(error));
        }
        let result = read_some(reader, self.next_bytes(max.min(CHUNK)));
        let read = result.map_err(|error| self.failed(error))?;
        self.keep(read);
        Ok(read > 0)
    }

    /// Reads at most `max` bytes when the array is full, and lets the array grow only if some
    /// arrive. Returns whether the stream may have more.
    fn probe(&mut self, reader: &mut impl Read, max: usize) -> Result<bool, ReadError> {
        // On the heap, so that an error can return the bytes without an allocation.
        let mut bytes = vec_with_capacity(max).map_err(no_memory)?;
        bytes.resize(max, 0);
        let read = read_some(reader, &mut bytes).map_err(|error| self.failed(error))?;
        bytes.truncate(read);
        while !bytes.is_empty() {
            if self.free_bytes() == 0 {
                if let Err(error) = self.partial.reserve_row() {
                    return Err(ReadError::Array { rest: bytes, error: error.into() });
                }
            }
            let len = self.free_bytes().min(bytes.len());
            self.next_bytes(len).copy_from_slice(&bytes[..len]);
            self.keep(len);
            bytes.drain(..len);
        }
        Ok(read > 0)
    }

    /// Returns the vector if elements are `u8`. The bytes read so far are at its end.
    fn vec_of_bytes(&mut self) -> Option<&mut Vec<u8>> {
        let elements: &mut dyn Any = self.partial.elements();
        elements.downcast_mut()
    }

    /// Keeps the bytes that were appended to a vector of `u8`. Returns their number.
    fn keep_appended(&mut self) -> usize {
        let before = self.partial.counted() + self.bytes;
        let Some(bytes) = self.vec_of_bytes() else { return 0 };
        let read = bytes.len() - before;
        self.keep(read);
        read
    }

    /// Returns the next `len` bytes, which fit, after the bytes read so far.
    fn next_bytes(&mut self, len: usize) -> &mut [u8] {
        let counted = self.partial.counted();
        let end = counted + (self.bytes + len).div_ceil(size_of::<T>());
        let elements = self.partial.elements();
        if elements.len() < end {
            elements.resize(end, T::zeroed());
        }
        &mut bytemuck::cast_slice_mut(&mut elements[counted..])[self.bytes..][..len]
    }

    /// Keeps the next `read` bytes, and counts the rows that are whole now.
    fn keep(&mut self, read: usize) {
        self.bytes += read;
        let row_bytes = self.array().row_bytes();
        let rows = self.bytes / row_bytes;
        self.bytes -= rows * row_bytes;
        self.rows += rows;
        self.partial.count(rows);
    }

    /// Takes the bytes after the last whole row.
    fn rest(&mut self) -> Result<Vec<u8>, ReadError> {
        let len = mem::take(&mut self.bytes);
        let mut rest = vec_with_capacity(len).map_err(no_memory)?;
        rest.extend_from_slice(self.next_bytes(len));
        Ok(rest)
    }

    fn failed(&mut self, error: io::Error) -> ReadError {
        match self.rest() {
            Ok(rest) => ReadError::Io { row: self.array().rows(), rest, error },
            Err(error) => error,
        }
    }
}

/// Returns the error of a failed allocation for bytes that are not in the array.
fn no_memory(error: ReserveError) -> ReadError {
    ReadError::Array { rest: Vec::new(), error: error.into() }
}

impl<T: NoUninit + AnyBitPattern> Drop for Unfinished<'_, T> {
    fn drop(&mut self) {
        // A stream that panicked may have appended bytes that were not kept yet.
        self.keep_appended();
    }
}

/// # Writing to a stream
impl<T: NoUninit> GrowableNd<T> {
    /// Writes the bytes of all elements, in native order.
    ///
    /// The shape is not written: to read the rows, create an array with the same inner shape and
    /// call [`read_rows`](Self::read_rows).
    ///
    /// # Errors
    ///
    /// The error of the stream. [`ErrorKind::WriteZero`] if the stream accepts no more bytes,
    /// [`ErrorKind::InvalidData`] if it reports more bytes than it was given.
    ///
    /// # Cost
    ///
    /// One write of all bytes, if the stream accepts them at once.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.5, 2.5], [3.5, 4.5]]);
    /// let mut file = vec![];
    /// array.write_to(&mut file)?;
    ///
    /// let mut again = GrowableNd::<f64>::new([2]);
    /// again.read_rows(&file[..])?;
    /// assert_eq!(again, array);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write_to(&self, mut writer: impl Write) -> io::Result<()> {
        write_all(&mut writer, self.as_bytes())
    }
}
