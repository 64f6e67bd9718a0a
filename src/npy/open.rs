//! Continuing a `.npy` file, complete or incomplete.

use crate::npy::appender::NpyAppender;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::npy::header::{begins_here, u64_from};
use crate::npy::pending::Pending;
use crate::npy::read::read_header;
use core::fmt;
use std::fs::File;
use std::io::{Read, Seek, Write};

/// The rows and bytes that [`NpyAppender::recover`] found in a file.
///
/// # Examples
///
/// See [`NpyAppender::recover`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NpyRecovery {
    /// Number of rows that the header counted.
    pub counted: usize,
    /// Number of complete rows in the file, which the header now counts.
    pub rows: usize,
    /// Bytes after the last complete row. They stay in the file until rows overwrite them.
    pub rest: u64,
}

/// Shows the number of rows, the number that the header counted, and the bytes after the rows.
impl fmt::Display for NpyRecovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NpyRecovery { counted, rows, rest } = self;
        write!(f, "complete rows: {rows} (counted by the header: {counted}), bytes after them: {rest}")
    }
}

/// Continuing a file.
///
/// The file must be at the position of its header, and open for reading and writing, but not [to
/// append](std::fs::OpenOptions::append). It may have been written by NumPy, this crate or another
/// program. Rows are appended in its byte order. A file that is open for reading only is accepted,
/// and fails at the first write, in [`flush`](Self::flush) at the latest.
///
/// The header is overwritten in place. NumPy pads it for any number of rows. Another program may
/// leave fewer bytes; a push then fails with [`NpyError::HeaderTooShort`] when the number of rows
/// no longer fits.
impl<T: NpyElement, W: Read + Write + Seek> NpyAppender<T, W> {
    /// Continues a file after its rows.
    ///
    /// # Errors
    ///
    /// As [`GrowableNd::read_npy`](crate::GrowableNd::read_npy), but the elements are not checked.
    /// In addition:
    ///
    /// - [`NpyError::Uncounted`] if bytes follow the rows that the header counts
    /// - [`NpyError::NotLast`] if another `.npy` file follows the rows
    /// - [`NpyError::Order`] for Fortran order, unless it is the same as row-major order for this
    ///   shape
    ///
    /// The file is unchanged then.
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
                let rows = bytes.checked_div(u64_from(appender.pending.row_bytes())).unwrap_or(0);
                Err(NpyError::Uncounted { rows, bytes })
            }
        }
    }

    /// Continues a file after the rows that its header counts, and overwrites the bytes after them.
    ///
    /// Bytes beyond the new rows stay in the file, where [`open`](Self::open) refuses them and
    /// [`recover`](Self::recover) may count them. Use [`open_truncating`](Self::open_truncating)
    /// for a [`File`], unless the bytes are another part of the file that you keep.
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

    /// Continues a file after its last complete row.
    ///
    /// Use this for a file whose writer was killed, or that was truncated. The header is updated to
    /// the number of complete rows in the file. The bytes of an incomplete row are reported, and
    /// stay in the file until rows overwrite them. A complete file is opened as with
    /// [`open`](Self::open). If rows have one byte, any other bytes after them count as rows, such as
    /// the one that [`NpyError::AppendMode`] leaves.
    ///
    /// The elements are not checked: after a power failure, rows written after the last
    /// [`sync`](Self::sync) may be zeros. Use [`open_truncating`](Self::open_truncating) then,
    /// which keeps the rows that the header counts.
    ///
    /// A file that ends in its header ([`NpyError::HeaderEnd`], or [`NpyError::Magic`] with fewer
    /// than 6 bytes) has no rows: create it again with [`File::create`] and
    /// [`create`](Self::create).
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), without [`NpyError::Uncounted`] and [`NpyError::Elements`], and
    /// [`NpyError::HeaderTooShort`] if the header has no bytes for the number of rows. The file is
    /// unchanged then, unless writing its header fails. [`NpyError::AppendMode`] if the file can be
    /// written at its end only, [`NpyError::Changed`] if something else changes it meanwhile.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, NpyAppender};
    /// use std::io::Cursor;
    ///
    /// // The header counts two rows. A third row and a part of a fourth follow.
    /// let mut file = vec![];
    /// GrowableNd::from([[1_u8, 2], [3, 4]]).write_npy(&mut file)?;
    /// file.extend([5, 6, 7]);
    ///
    /// let (mut appender, found) = NpyAppender::<u8, _>::recover(Cursor::new(&mut file))?;
    /// assert_eq!((found.counted, found.rows, found.rest), (2, 3, 1));
    /// assert_eq!(found.to_string(), "complete rows: 3 (counted by the header: 2), bytes after them: 1");
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
        // Rows without bytes are counted by the header only.
        let counted = appender.counted;
        let rows = bytes.checked_div(u64_from(appender.pending.row_bytes()));
        let rows = rows.map_or(counted, |rows| usize::try_from(rows).unwrap_or(usize::MAX));
        // A header without an end of the line may have no byte even for the digit of zero rows.
        let is_too_short = appender.header.text_len_for(rows) > appender.header.text_len();
        if rows != counted && (is_too_short || rows > appender.max_rows) {
            return Err(appender.too_many(rows));
        }
        appender.header.set_rows(rows);
        appender.flush()?;
        let rest = appender.bytes_after_rows();
        Ok((appender, NpyRecovery { counted, rows, rest }))
    }

    /// Reads the header. The file may be longer or shorter than the header announces.
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
    /// Use this after a power failure, for a file that was [synced](Self::sync) and not flushed
    /// since: the rows of the last sync are kept. The bytes after them may be anything. Rows that
    /// were counted by a [`flush`](Self::flush) may be zeros.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), without [`NpyError::Uncounted`], and [`NpyError::Io`] if the file
    /// cannot be truncated.
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
