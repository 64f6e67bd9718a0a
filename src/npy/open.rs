//! Continuing a `.npy` file, and one that its writer left unfinished.

use crate::npy::appender::NpyAppender;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::npy::header::{begins_here, u64_from};
use crate::npy::pending::Pending;
use crate::npy::read::read_header;
use core::fmt;
use std::fs::File;
use std::io::{Read, Seek, Write};

/// What [`NpyAppender::recover`] found in a file.
///
/// # Examples
///
/// See [`NpyAppender::recover`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NpyRecovery {
    /// Number of rows that the header counted.
    pub counted: usize,
    /// Number of whole rows in the file, which the header counts now.
    pub rows: usize,
    /// Bytes after the last whole row. They stay in the file until rows are written there.
    pub rest: u64,
}

/// Shows how many rows there are, how many of them were not counted, and the bytes after them.
impl fmt::Display for NpyRecovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NpyRecovery { counted, rows, rest } = self;
        write!(f, "whole rows: {rows} (counted by the header: {counted}), bytes after them: {rest}")
    }
}

/// Continuing a file.
///
/// The file is at the position of its header, and open for reading and writing, but not [to
/// append](std::fs::OpenOptions::append). It may be written by NumPy, by this crate or by others. Rows are
/// written in its byte order.
///
/// A header is rewritten where it is. NumPy pads it for any number of rows; other writers may leave fewer
/// bytes, and then the push whose number no longer fits fails with [`NpyError::HeaderTooShort`].
impl<T: NpyElement, W: Read + Write + Seek> NpyAppender<T, W> {
    /// Continues a file after its rows.
    ///
    /// # Errors
    ///
    /// As [`GrowableNd::read_npy`](crate::GrowableNd::read_npy), except that the elements are not looked
    /// at. [`NpyError::Uncounted`] if bytes follow the rows that the header counts,
    /// [`NpyError::NotLast`] if another `.npy` file does, [`NpyError::Order`] for Fortran order unless
    /// the elements are in the same place in both orders. The file is as it was.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use growable_nd::NpyAppender;
    /// use std::fs::File;
    ///
    /// let file = File::options().read(true).write(true).open("frames.npy")?;
    /// let mut frames = NpyAppender::<u8, _>::open(file)?;
    /// assert_eq!(frames.inner_shape(), [120, 160, 3]);
    /// frames.push_row(vec![0; 120 * 160 * 3])?;
    /// frames.finish()?;
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn open(file: W) -> Result<Self, NpyError> {
        let appender = Self::open_overwriting(file)?;
        match appender.bytes_after_rows() {
            0 => Ok(appender),
            bytes => {
                let row_bytes = u64_from(appender.pending.row_bytes()).max(1);
                Err(NpyError::Uncounted { rows: bytes / row_bytes, bytes })
            }
        }
    }

    /// Continues a file after the rows that its header counts, and overwrites the bytes after them.
    ///
    /// Bytes beyond the new rows stay in the file, where [`open`](Self::open) refuses them and
    /// [`recover`](Self::recover) may count them. Use [`open_truncating`](Self::open_truncating) for a [`File`],
    /// unless the bytes are the next part of a file that has several parts.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), without [`NpyError::Uncounted`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, NpyAppender, NpyError};
    /// use std::io::Cursor;
    ///
    /// let mut file = vec![];
    /// GrowableNd::from([1_u8, 2]).write_npy(&mut file)?;
    /// file.extend([3, 4]);
    ///
    /// let error = NpyAppender::<u8, _>::open(Cursor::new(&mut file)).unwrap_err();
    /// assert!(matches!(error, NpyError::Uncounted { rows: 2, bytes: 2, .. }));
    /// let mut appender = NpyAppender::<u8, _>::open_overwriting(Cursor::new(&mut file))?;
    /// appender.push_row(9)?;
    /// appender.finish()?;
    /// assert_eq!(GrowableNd::<u8>::read_npy(&file[..])?.as_slice(), [1, 2, 9]);
    /// # Ok::<(), NpyError>(())
    /// ```
    pub fn open_overwriting(file: W) -> Result<Self, NpyError> {
        let mut appender = Self::examine(file)?;
        let file_end = *appender.file_end.end();
        if file_end < appender.end() {
            let found = file_end.saturating_sub(appender.data_start);
            let found = found / u64_from(appender.pending.element_bytes());
            return Err(NpyError::Elements {
                expected: appender.counted * appender.pending.row_len(),
                found: usize::try_from(found).unwrap_or(usize::MAX),
            });
        }
        appender.check_last()?;
        Ok(appender)
    }

    /// Continues a file whose writer was killed, or that was truncated: after its last whole row.
    ///
    /// The header is made to count the whole rows that are there. Bytes after them, of a row that is
    /// not whole, are reported and stay in the file until rows are written there. A file that is whole
    /// is opened as by [`open`](Self::open).
    ///
    /// The elements are not looked at: what a machine without power left between the last
    /// [`sync`](Self::sync) and the end of the file may be zeros. After a power failure use
    /// [`open_truncating`](Self::open_truncating), which keeps the rows of the last sync.
    ///
    /// A file that ends in its header ([`NpyError::HeaderEnd`], or [`NpyError::Magic`] with fewer than 6 bytes)
    /// has no rows: begin it anew by [`File::create`] and [`create`](Self::create).
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), without [`NpyError::Uncounted`] and [`NpyError::Elements`], and
    /// [`NpyError::HeaderTooShort`] if the header has no bytes for the number of rows. The file is as it
    /// was, except if writing its header fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, NpyAppender};
    /// use std::io::Cursor;
    ///
    /// // Two rows are counted, then comes one more, and a part of another.
    /// let mut file = vec![];
    /// GrowableNd::from([[1_u8, 2], [3, 4]]).write_npy(&mut file)?;
    /// file.extend([5, 6, 7]);
    ///
    /// let (mut appender, found) = NpyAppender::<u8, _>::recover(Cursor::new(&mut file))?;
    /// assert_eq!((found.counted, found.rows, found.rest), (2, 3, 1));
    /// assert_eq!(found.to_string(), "whole rows: 3 (counted by the header: 2), bytes after them: 1");
    /// appender.push_row([8, 9])?;
    /// appender.finish()?;
    /// assert_eq!(GrowableNd::<u8>::read_npy(&file[..])?.as_slice(), [1, 2, 3, 4, 5, 6, 8, 9]);
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[doc(alias = "repair")]
    pub fn recover(file: W) -> Result<(Self, NpyRecovery), NpyError> {
        let mut appender = Self::examine(file)?;
        appender.check_last()?;
        let bytes = appender.file_end.end().saturating_sub(appender.data_start);
        // Rows without bytes are as many as the header says.
        let counted = appender.counted;
        let rows = bytes.checked_div(u64_from(appender.pending.row_bytes()));
        let rows = rows.map_or(counted, |rows| usize::try_from(rows).unwrap_or(usize::MAX));
        if rows > appender.max_rows && rows != counted {
            return Err(appender.too_many(rows));
        }
        appender.header.set_rows(rows);
        appender.flush()?;
        let rest = appender.bytes_after_rows();
        Ok((appender, NpyRecovery { counted, rows, rest }))
    }

    /// Reads the header. The file may be longer or shorter than its header says.
    fn examine(mut file: W) -> Result<Self, NpyError> {
        let (mut header, row) = read_header(&mut file)?;
        header.check_shape_is_whole()?;
        if header.is_column_major() {
            return Err(NpyError::Order);
        }
        header.grow();
        let pending = Pending::new(row, header.dtype_of::<T>()?.clone())?;
        let data_start = file.stream_position()?;
        Self::new(file, header, data_start, pending)
    }

    /// Fails if another `.npy` file follows the rows that the header counts.
    fn check_last(&mut self) -> Result<(), NpyError> {
        if self.bytes_after_rows() > 0 {
            self.seek_end()?;
            if begins_here(&mut self.writer)? {
                return Err(NpyError::NotLast);
            }
            self.seek_end()?;
        }
        Ok(())
    }

    fn bytes_after_rows(&self) -> u64 {
        self.file_end.end().saturating_sub(self.end())
    }
}

/// Continuing a [`File`].
impl<T: NpyElement> NpyAppender<T, File> {
    /// Continues a file after the rows that its header counts, and removes the bytes after them.
    ///
    /// For a file that was [synced](Self::sync) before the machine lost power: the rows of the last sync are
    /// kept, and the bytes after them may be anything.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), without [`NpyError::Uncounted`], and [`NpyError::Io`] if the file cannot be
    /// truncated.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use growable_nd::NpyAppender;
    /// use std::fs::File;
    ///
    /// let file = File::options().read(true).write(true).open("log.npy")?;
    /// let mut log = NpyAppender::<f64, _>::open_truncating(file)?;
    /// log.push_row([1.5, 2.5])?;
    /// log.sync()?;
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[doc(alias = "set_len")]
    pub fn open_truncating(file: File) -> Result<Self, NpyError> {
        let mut appender = Self::open_overwriting(file)?;
        let end = appender.end();
        appender.writer.set_len(end)?;
        appender.file_end = end..=end;
        Ok(appender)
    }
}
