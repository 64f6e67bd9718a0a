//! Rows from a stream of bytes and to one.

use crate::growable::GrowableNd;
use crate::read_error::ReadError;
use bytemuck::{AnyBitPattern, NoUninit};
use std::any::Any;
use std::io::{self, ErrorKind, Read, Write};

/// So many bytes are asked for at once, at most: their room must be filled with zeros before, and should still be in a
/// near cache when they come.
const CHUNK: usize = 128 * 1024;

/// When the array is full, so many bytes are read elsewhere before it grows: the stream may be at its end.
const PROBE: usize = 32;

/// Rows of bytes from a stream, in the order of this machine, straight into their place.
///
/// What the stream says is retried if it was [interrupted](ErrorKind::Interrupted), and else an error. The whole rows
/// before are kept, and no byte is lost: those of a row that is not whole are in the error.
///
/// # Cost
///
/// One copy of all bytes, and growth as for [`push_row`](Self::push_row); reads of up to 128 KiB. Nothing is allocated
/// for a row. Unless elements are of the type `u8`, their room is filled with zeros before: bytes that are in memory
/// already become elements faster by [`extend_from_bytes`](Self::extend_from_bytes).
impl<T: NoUninit + AnyBitPattern> GrowableNd<T> {
    /// Reads rows until the stream ends, and puts them behind the last row. Returns how many there were.
    ///
    /// # Errors
    ///
    /// [`ReadError::PartialRow`] if the stream ends inside a row, [`ReadError::Source`] if it fails,
    /// [`ReadError::Array`] if there is no memory, [`ReadError::NoBytes`] if a row has no bytes.
    ///
    /// # Panics
    ///
    /// Only if the stream does; then the array has the whole rows before.
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
    /// # Panics
    ///
    /// Only if the stream does; then the array has the whole rows before.
    ///
    /// # Cost
    ///
    /// As [`read_rows`](Self::read_rows). If there is room for all rows they are read without growing; a number that is
    /// too large costs no memory for rows that never come.
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
            return added.map_err(|error| ReadError::Array { rest: Vec::new(), error: error.into() });
        }
        self.make_room_for_hint(rows);
        let found = self.read_up_to(rows, reader)?;
        if found == rows { Ok(()) } else { Err(ReadError::TooFewRows { expected: rows, found }) }
    }

    /// Reads at most so many rows, which have bytes.
    fn read_up_to(&mut self, limit: usize, mut reader: impl Read) -> Result<usize, ReadError> {
        let row_bytes = self.row_bytes();
        let mut unfinished = Unfinished { bytes: 0, rows: 0, array: self };
        while unfinished.rows < limit {
            let wanted = (limit - unfinished.rows).saturating_mul(row_bytes) - unfinished.bytes;
            let room = unfinished.room();
            let more = if room > 0 {
                unfinished.read(&mut reader, room.min(wanted))?
            } else {
                let mut probe = [0; PROBE];
                let probe = &mut probe[..PROBE.min(wanted)];
                let read = read_some(&mut reader, probe).map_err(|error| unfinished.failed(error))?;
                unfinished.append(&probe[..read])?;
                read > 0
            };
            if !more {
                break;
            }
        }
        let (row, rows, rest) = (unfinished.array.rows(), unfinished.rows, unfinished.rest());
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

    /// Reads at most so many bytes, for which there is room. Returns whether there were any.
    fn read(&mut self, reader: &mut impl Read, most: usize) -> Result<bool, ReadError> {
        let before = (self.rows, self.bytes);
        let result = match self.vec_of_bytes() {
            // Elements that are bytes need no zeros before: a vector of bytes takes what comes.
            Some(bytes) => reader.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(bytes).map(|_| 0),
            None => read_some(reader, self.next_bytes(most.min(CHUNK))),
        };
        self.keep_what_came();
        self.keep(*result.as_ref().unwrap_or(&0));
        result.map_err(|error| self.failed(error))?;
        Ok((self.rows, self.bytes) != before)
    }

    /// The elements, if these are bytes. Then there are none but those that were read.
    fn vec_of_bytes(&mut self) -> Option<&mut Vec<u8>> {
        let data: &mut dyn Any = &mut self.array.data;
        data.downcast_mut()
    }

    /// Keeps what a vector of bytes has taken.
    fn keep_what_came(&mut self) {
        let before = self.kept() + self.bytes;
        if let Some(bytes) = self.vec_of_bytes() {
            let read = bytes.len() - before;
            self.keep(read);
        }
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

    /// Appends bytes that were read elsewhere, when the array is full.
    fn append(&mut self, mut bytes: &[u8]) -> Result<(), ReadError> {
        while !bytes.is_empty() {
            if self.room() == 0 {
                if let Err(error) = self.array.make_room(1) {
                    return Err(ReadError::Array { rest: bytes.to_vec(), error: error.into() });
                }
            }
            let (next, rest) = bytes.split_at(self.room().min(bytes.len()));
            self.next_bytes(next.len()).copy_from_slice(next);
            self.keep(next.len());
            bytes = rest;
        }
        Ok(())
    }

    /// The bytes behind the last row.
    fn rest(&mut self) -> Vec<u8> {
        let len = self.bytes;
        self.bytes = 0;
        self.next_bytes(len).to_vec()
    }

    fn failed(&mut self, error: io::Error) -> ReadError {
        ReadError::Source { row: self.array.rows(), rest: self.rest(), error }
    }
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
