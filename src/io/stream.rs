//! Rows from a stream of bytes and to one.

use crate::array::GrowableNd;
use crate::io::error::ReadError;
use crate::memory::ReserveError;
use crate::memory::vec_with_capacity;
use bytemuck::{AnyBitPattern, NoUninit};
use std::any::Any;
use std::io::{self, ErrorKind, Read, Write};
use std::mem;

/// So many bytes are asked for at once, at most: their room must be filled with zeros before, and should still be in a
/// near cache when they come.
const CHUNK: usize = 128 * 1024;

/// When the array is full, so many bytes are read elsewhere before it grows: the stream may be at its end.
const PROBE: usize = 32;

/// Rows of bytes from a stream, in the order of this machine, straight into their place.
///
/// A read that was [interrupted](ErrorKind::Interrupted) is tried again; any other failure is an error. The whole rows
/// before are kept, and no byte is lost: those of a row that is not whole are in the error. (If memory is refused even
/// for these, that is the error, and they are lost.)
///
/// # Panics
///
/// Only if the stream or the rule of growth does. The array has the whole rows before then. A stream that says it has
/// read more than it was asked for is an error; where elements are of the type `u8`, it panics.
///
/// # Cost
///
/// One copy of all bytes, and growth as for [`push_row`](Self::push_row); nothing is allocated for a row. Elements of
/// the type `u8` are read by [`read_to_end`](Read::read_to_end) up to the capacity, others in reads of up to 128 KiB,
/// whose room is filled with zeros before: bytes that are in memory already become elements faster by
/// [`extend_from_bytes`](Self::extend_from_bytes).
impl<T: NoUninit + AnyBitPattern> GrowableNd<T> {
    /// Reads rows until the stream ends, and puts them behind the last row. Returns how many there were.
    ///
    /// # Errors
    ///
    /// [`ReadError::PartialRow`] if the stream ends inside a row, [`ReadError::Source`] if it fails,
    /// [`ReadError::Array`] if there is no memory, [`ReadError::NoBytes`] if a row has no bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, ReadError};
    ///
    /// // Could be a file, a socket, or the output of another program.
    /// let stream: &[u8] = b"abcdef";
    /// let mut frames = GrowableNd::<u8>::new([3]);
    /// assert_eq!(frames.read_rows(stream)?, 2);
    /// assert_eq!(frames.row(1), b"def");
    ///
    /// match frames.read_rows(&b"ghij"[..]) {
    ///     Err(ReadError::PartialRow { row, rest, .. }) => assert_eq!((row, &rest[..]), (3, &b"j"[..])),
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

    /// Reads so many rows and puts them behind the last row. Not a byte more is read.
    ///
    /// # Errors
    ///
    /// [`ReadError::TooFewRows`] if the stream ends before, [`ReadError::PartialRow`] if it ends inside a row,
    /// [`ReadError::Source`] if it fails, [`ReadError::Array`] if there is no memory.
    ///
    /// # Cost
    ///
    /// As [`read_rows`](Self::read_rows). Room for all rows is made at once, and kept if fewer come; where it cannot be
    /// had, the array grows as rows come.
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
            let added = self.add_rows(rows, |data| data.resize(data.len() + elements, T::zeroed()));
            return added.map_err(refused);
        }
        self.make_room_for_hint(rows);
        let found = self.read_up_to(rows, reader)?;
        if found == rows { Ok(()) } else { Err(ReadError::TooFewRows { expected: rows, found }) }
    }

    /// Reads at most so many rows, which have bytes.
    fn read_up_to(&mut self, limit: usize, mut reader: impl Read) -> Result<usize, ReadError> {
        let row_bytes = self.row_bytes();
        let mut unfinished = Unfinished { bytes: 0, rows: 0, array: self };
        let mut goes_on = true;
        while goes_on && unfinished.rows < limit {
            let wanted = (limit - unfinished.rows).saturating_mul(row_bytes) - unfinished.bytes;
            goes_on = match unfinished.room() {
                0 => unfinished.probe(&mut reader, PROBE.min(wanted))?,
                room => unfinished.read(&mut reader, room.min(wanted))?,
            };
        }
        let (row, rows, rest) = (unfinished.array.rows(), unfinished.rows, unfinished.rest()?);
        if rest.is_empty() { Ok(rows) } else { Err(ReadError::PartialRow { row, expected: row_bytes, rest }) }
    }
}

/// Reads what there is, at least one byte unless the stream has ended. Interrupted reads are retried.
fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Ok(read) if read > buffer.len() => {
                let text = format!("the reader says it has read {read} bytes into {}", buffer.len());
                return Err(io::Error::new(ErrorKind::InvalidData, text));
            }
            result => return result,
        }
    }
}

/// An array behind whose rows there are bytes of a row that is not whole yet. When it goes, so do these.
struct Unfinished<'a, T: NoUninit + AnyBitPattern> {
    array: &'a mut GrowableNd<T>,
    /// Rows that were read.
    rows: usize,
    /// Bytes behind the last row that were read.
    bytes: usize,
}

impl<T: NoUninit + AnyBitPattern> Unfinished<'_, T> {
    /// Elements of whole rows.
    fn kept(&self) -> usize {
        self.array.row_start(self.array.rows())
    }

    /// How many more bytes there is room for.
    fn room(&self) -> usize {
        // Cannot overflow: there is a block of so many bytes.
        (self.array.capacity() - self.array.rows()) * self.array.row_bytes() - self.bytes
    }

    /// Reads at most so many bytes, for which there is room. Returns whether the stream may have more.
    fn read(&mut self, reader: &mut impl Read, most: usize) -> Result<bool, ReadError> {
        // Elements that are bytes need no zeros before: a vector of bytes takes what comes.
        if let Some(bytes) = self.vec_of_bytes() {
            let result = reader.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(bytes);
            let read = self.keep_what_came();
            // It reads on until all have come or the stream has ended.
            return result.map(|_| read == most).map_err(|error| self.failed(error));
        }
        let result = read_some(reader, self.next_bytes(most.min(CHUNK)));
        let read = result.map_err(|error| self.failed(error))?;
        self.keep(read);
        Ok(read > 0)
    }

    /// When the array is full: reads at most so many bytes elsewhere, and makes room if there were any. Returns whether
    /// the stream may have more.
    fn probe(&mut self, reader: &mut impl Read, most: usize) -> Result<bool, ReadError> {
        // On the heap, so that an error need not allocate to have them.
        let mut bytes = vec_with_capacity(most).map_err(refused)?;
        bytes.resize(most, 0);
        let read = read_some(reader, &mut bytes).map_err(|error| self.failed(error))?;
        bytes.truncate(read);
        while !bytes.is_empty() {
            if self.room() == 0 {
                if let Err(error) = self.array.make_room(1) {
                    return Err(ReadError::Array { rest: bytes, error: error.into() });
                }
            }
            let len = self.room().min(bytes.len());
            self.next_bytes(len).copy_from_slice(&bytes[..len]);
            self.keep(len);
            bytes.drain(..len);
        }
        Ok(read > 0)
    }

    /// The elements, if these are bytes. Then there are none but those that were read.
    fn vec_of_bytes(&mut self) -> Option<&mut Vec<u8>> {
        let data: &mut dyn Any = &mut self.array.data;
        data.downcast_mut()
    }

    /// Keeps what a vector of bytes has taken. Returns how many these are.
    fn keep_what_came(&mut self) -> usize {
        let before = self.kept() + self.bytes;
        let Some(bytes) = self.vec_of_bytes() else { return 0 };
        let read = bytes.len() - before;
        self.keep(read);
        read
    }

    /// Room for so many bytes behind those that were read, which there is.
    fn next_bytes(&mut self, len: usize) -> &mut [u8] {
        let kept = self.kept();
        let data = &mut self.array.data;
        let end = kept + (self.bytes + len).div_ceil(size_of::<T>());
        if data.len() < end {
            data.resize(end, T::zeroed());
        }
        &mut bytemuck::cast_slice_mut(&mut data[kept..])[self.bytes..][..len]
    }

    /// So many of the next bytes have been read.
    fn keep(&mut self, read: usize) {
        self.bytes += read;
        let (rows, row_bytes) = (self.bytes / self.array.row_bytes(), self.array.row_bytes());
        self.bytes -= rows * row_bytes;
        self.rows += rows;
        self.array.shape.set_rows(self.array.shape.rows() + rows);
    }

    /// Takes the bytes behind the last row.
    fn rest(&mut self) -> Result<Vec<u8>, ReadError> {
        let len = mem::take(&mut self.bytes);
        let mut rest = vec_with_capacity(len).map_err(refused)?;
        rest.extend_from_slice(self.next_bytes(len));
        Ok(rest)
    }

    fn failed(&mut self, error: io::Error) -> ReadError {
        match self.rest() {
            Ok(rest) => ReadError::Source { row: self.array.rows(), rest, error },
            Err(refused) => refused,
        }
    }
}

/// Memory was refused for bytes that are not in the array.
fn refused(error: ReserveError) -> ReadError {
    ReadError::Array { rest: Vec::new(), error: error.into() }
}

impl<T: NoUninit + AnyBitPattern> Drop for Unfinished<'_, T> {
    fn drop(&mut self) {
        // If the stream panicked, there may be more of them than were counted.
        self.keep_what_came();
        self.array.data.truncate(self.kept());
        self.array.check();
    }
}

/// Rows as a stream of bytes.
impl<T: NoUninit> GrowableNd<T> {
    /// Writes the bytes of all elements, in the order of this machine. No shape is written;
    /// [`read_rows`](Self::read_rows) must know that of a row.
    ///
    /// # Errors
    ///
    /// What the stream says.
    ///
    /// # Cost
    ///
    /// One write of all bytes, if the stream takes them.
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
        writer.write_all(self.as_bytes())
    }
}
