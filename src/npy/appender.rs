//! A `.npy` file that grows row by row.

use crate::array::GrowableNd;
use crate::array::row::Row;
use crate::io::stream::{write_all, write_rest};
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::npy::header::{NpyHeader, u64_from};
use crate::npy::pending::Pending;
use core::fmt;
use core::ops::RangeInclusive;
use std::fs::File;
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};

/// A `.npy` file that grows row by row: for more rows than fit into memory, or for data that must
/// be on disk before the program ends.
///
/// Rows are collected in memory and written in large pieces, so a `BufWriter` is not needed. The
/// header at the beginning of the file has the number of rows, with padding so that the number can
/// grow. [`flush`](Self::flush) writes all rows and then their number. After that the file is
/// complete, even if the program is killed, and has the bytes that `np.save` writes for these rows.
/// After [`sync`](Self::sync) the file also survives a power failure.
///
/// | a file that | continue it with |
/// |---|---|
/// | is new | [`create`](Self::create) |
/// | was finished or flushed | [`open`](Self::open) |
/// | may be incomplete: its program was killed, or it was truncated | [`recover`] |
/// | was synced before a power failure | [`open_truncating`] |
/// | has bytes after its rows that may be removed | [`open_truncating`] or [`open_overwriting`] |
/// | ends in its header, without rows | [`File::create`], then [`create`](Self::create) |
///
/// [`open`](Self::open) refuses a file with bytes after the rows, [`recover`] keeps all complete
/// rows, and [`open_truncating`] keeps the rows that the header counts.
///
/// [`recover`]: Self::recover
/// [`open_truncating`]: Self::open_truncating
/// [`open_overwriting`]: Self::open_overwriting
///
/// Dropping an appender flushes it, but ignores an error: call [`finish`](Self::finish).
///
/// # Failed writes
///
/// No row is lost while the appender exists: rows that could not be written stay in memory, and the
/// next push or flush that succeeds writes them. The header counts all complete rows in the file,
/// even if later rows could not be written, as on a full disk.
///
/// The number of rows is overwritten by a single write, which usually changes one digit. Disks do
/// not tear a write within a sector. If a write is torn between the digits,
/// [`recover`](Self::recover) still finds all rows: it uses the length of the file instead of the
/// number.
///
/// When the number gains a digit, as from 9 to 10, the text after it moves. A writer may accept
/// only the beginning of this write and then fail permanently. The header is then invalid, or has
/// another shape: `(10, )`, or `(10, 1, 3)` for rows of the shape `[12, 3]`. [`open`](Self::open)
/// and [`recover`](Self::recover) refuse a shape that ends in `, )`, but accept other shapes, which
/// `np.save` could have written. After such a failure, compare [`inner_shape`](Self::inner_shape)
/// with the shape that you expect.
///
/// # One appender per file
///
/// While an appender exists, nothing else may write to its file. The library cannot lock the file:
/// lock it yourself before, if your system and your version of Rust can (`File::try_lock`, since
/// Rust 1.89). If the file is longer or shorter than the appender left it, the next write fails
/// with [`NpyError::Changed`], and nothing is overwritten.
///
/// The appender compares the length before and after it writes rows, and again before it counts
/// them. Only a lock prevents the remaining case: two appenders that write the same number of bytes
/// at the same moment.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, NpyAppender};
/// use std::io::Cursor;
///
/// let mut file = Cursor::new(vec![]); // or a `File`
/// let mut appender = NpyAppender::create(&mut file, [2])?;
/// appender.push_row([1.5, 2.5])?;
/// appender.finish()?;
///
/// file.set_position(0);
/// let mut appender = NpyAppender::<f64, _>::open(&mut file)?;
/// appender.extend_rows([[3.5, 4.5], [5.5, 6.5]])?;
/// appender.finish()?;
///
/// let array = GrowableNd::<f64>::read_npy(&file.get_ref()[..])?;
/// assert_eq!(array, GrowableNd::from([[1.5, 2.5], [3.5, 4.5], [5.5, 6.5]]));
/// # Ok::<(), growable_nd::NpyError>(())
/// ```
///
/// A recorder that may be restarted creates the file or continues it. If the machine may lose
/// power, continue with [`open_truncating`](Self::open_truncating) instead of
/// [`recover`](Self::recover): it drops the rows that the header does not count, which are those
/// after the last sync, and may be zeros after a power failure.
///
/// ```
/// use growable_nd::{NpyAppender, NpyError};
/// use std::fs::File;
/// use std::path::Path;
///
/// fn record(path: &Path, readings: &[[f64; 2]]) -> Result<usize, NpyError> {
///     let mut options = File::options();
///     let file = options.read(true).write(true).create(true).truncate(false).open(path)?;
///     let mut log = if file.metadata()?.len() == 0 {
///         NpyAppender::create(file, [2])?
///     } else {
///         let (log, found) = NpyAppender::recover(file)?;
///         eprintln!("{}: {found}", path.display());
///         log
///     };
///     for (index, &reading) in readings.iter().enumerate() {
///         log.push_row(reading)?;
///         if index % 100 == 99 {
///             log.sync()?; // takes milliseconds: not for every row
///         }
///     }
///     log.sync()?; // reports its error, unlike drop
///     Ok(log.rows())
/// }
///
/// let path = std::env::temp_dir().join("growable-nd-recorder.npy");
/// # let _ = std::fs::remove_file(&path);
/// assert_eq!(record(&path, &[[0.5, 1.5]; 120])?, 120);
/// assert_eq!(record(&path, &[[2.5, 3.5]; 30])?, 150);
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), NpyError>(())
/// ```
// Invariants:
// 1. `header` counts the rows written; `counted` is the number in the file.
// 2. `pending` has the rows after those written.
// 3. After a flush that succeeded, the writer is at the end of the rows written.
pub struct NpyAppender<T: NpyElement, W: Write + Seek> {
    pub(crate) writer: W,
    pub(crate) header: NpyHeader,
    /// Position of the first element.
    pub(crate) data_start: u64,
    /// Positions at which the file may end, unless something else changes it: a failed write may
    /// have written any part of its bytes.
    pub(crate) file_end: RangeInclusive<u64>,
    pub(crate) counted: usize,
    /// Maximum rows of an array, or maximum number that fits into the header, whichever is less.
    pub(crate) max_rows: usize,
    pub(crate) pending: Pending<T>,
    /// Whether a call of the writer is in progress, or the appender is finished: dropping does not
    /// flush then. Stays true if the writer panics.
    in_writer: bool,
    /// Whether the writer writes only at its end.
    appends_only: bool,
}

/// Creating a file.
impl<T: NpyElement, W: Write + Seek> NpyAppender<T, W> {
    /// Writes the header of a new file at the position of the writer, for rows of the shape
    /// `inner`.
    ///
    /// The file should be new or empty: old bytes after the rows stay in the file. It must not be
    /// open [to append](std::fs::OpenOptions::append), since its header could then not be
    /// overwritten.
    ///
    /// # Errors
    ///
    /// - [`NpyError::Array`] for too many axes or extents that overflow
    /// - [`NpyError::NoDType`] for elements without a dtype of their own, such as texts
    /// - [`NpyError::DType`] if a type of your own does not fit its own dtype, or its dtype has no
    ///   bytes
    /// - [`NpyError::Io`] if the writer fails
    ///
    /// # Cost
    ///
    /// One write, of the header.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use growable_nd::NpyAppender;
    /// use std::fs::File;
    ///
    /// let file = File::create("frames.npy")?;
    /// let mut frames = NpyAppender::<u8, _>::create(file, [120, 160, 3])?;
    /// for brightness in 0..100 {
    ///     frames.push_row(vec![brightness; 120 * 160 * 3])?;
    /// }
    /// frames.finish()?;
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn create(mut writer: W, inner: impl AsRef<[usize]>) -> Result<Self, NpyError> {
        let row = GrowableNd::try_new(inner)?;
        // Before anything is written, since this may fail.
        let header = NpyHeader::new::<T>(false, row.shape())?;
        let pending = Pending::new(row, header.dtype_of::<T>()?.clone())?;
        write_all(&mut writer, &header.bytes())?;
        let data_start = writer.stream_position()?;
        Self::new(writer, header, data_start, pending)
    }

    /// Creates an appender. `header` counts the rows in the file, which begin at `data_start`.
    pub(crate) fn new(
        writer: W,
        header: NpyHeader,
        data_start: u64,
        pending: Pending<T>,
    ) -> Result<Self, NpyError> {
        let max_rows = header.max_rows().min(pending.max_rows());
        let counted = header.rows();
        let file_end = 0..=0;
        let mut appender = NpyAppender {
            writer,
            header,
            data_start,
            file_end,
            counted,
            max_rows,
            pending,
            in_writer: false,
            appends_only: false,
        };
        let file_end = appender.writer.seek(SeekFrom::End(0))?;
        appender.file_end = file_end..=file_end;
        appender.seek_end()?;
        Ok(appender)
    }
}

/// Appending rows.
impl<T: NpyElement, W: Write + Seek> NpyAppender<T, W> {
    /// Returns the number of rows, including those in memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::NpyAppender;
    /// use std::io::Cursor;
    ///
    /// let mut appender = NpyAppender::create(Cursor::new(vec![]), [2])?;
    /// appender.push_row([1, 2])?;
    /// assert_eq!(appender.rows(), 1);
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[inline]
    pub fn rows(&self) -> usize {
        // Cannot overflow: `push_row` checks it.
        self.written() + self.pending.rows()
    }

    /// Returns the shape of a row, outermost axis first.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::NpyAppender;
    /// use std::io::Cursor;
    ///
    /// let appender = NpyAppender::<f64, _>::create(Cursor::new(vec![]), [4, 3])?;
    /// assert_eq!(appender.inner_shape(), [4, 3]);
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn inner_shape(&self) -> &[usize] {
        self.pending.inner_shape()
    }

    /// Appends `row`. If enough rows are in memory, writes these first.
    ///
    /// # Errors
    ///
    /// - [`NpyError::Array`] if the row does not fit or an allocation fails
    /// - [`NpyError::Element`] if an element cannot be written in this dtype, such as a text that
    ///   is too long
    /// - [`NpyError::HeaderTooShort`] if the header of the file has no byte for another digit
    /// - [`NpyError::Io`], [`NpyError::Changed`] or [`NpyError::AppendMode`] if earlier rows could
    ///   not be written
    ///
    /// Nothing of the row is appended then. Earlier rows are kept, and the next push or flush that
    /// succeeds writes them.
    ///
    /// # Panics
    ///
    /// Only if the row, the clone or the encoding of an element, or the writer panics. Nothing of
    /// the row is appended then. After a panic of the writer, dropping the appender writes nothing.
    ///
    /// # Cost
    ///
    /// O(*m*), and occasionally a write of about 64 KiB, or of one row if that is longer. A row
    /// whose elements are not numbers in the byte order of the machine is in memory twice, as
    /// elements and as bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::NpyAppender;
    /// use std::io::Cursor;
    ///
    /// let mut appender = NpyAppender::create(Cursor::new(vec![]), [2])?;
    /// appender.push_row([1, 2])?;
    /// let error = appender.push_row(vec![3, 4, 5]).unwrap_err();
    /// assert_eq!(error.to_string(), "row 1: expected 2 elements, found 3");
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[inline]
    pub fn push_row<R: Row<T>>(&mut self, row: R) -> Result<(), NpyError> {
        if self.pending.is_full() {
            self.with_writer(Self::write_out)?;
        }
        let rows = self.rows();
        if rows >= self.max_rows {
            return Err(self.too_many(rows.saturating_add(1)));
        }
        self.pending.push(row, rows)
    }

    /// Appends all rows that `rows` yields, such as those of an array or a view.
    ///
    /// # Errors
    ///
    /// As [`push_row`](Self::push_row), for the first row that fails. Earlier rows are kept.
    ///
    /// # Panics
    ///
    /// As [`push_row`](Self::push_row), and if the iterator panics. Earlier rows are kept.
    ///
    /// # Cost
    ///
    /// That of [`push_row`](Self::push_row) for each row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, NpyAppender};
    /// use std::io::Cursor;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let mut appender = NpyAppender::create(Cursor::new(vec![]), [2])?;
    /// appender.extend_rows(array.iter_rows())?;
    /// appender.extend_rows(array.view::<2>().t().iter_rows())?;
    /// assert_eq!(appender.rows(), 4);
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn extend_rows<I>(&mut self, rows: I) -> Result<(), NpyError>
    where
        I: IntoIterator<Item: Row<T>>,
    {
        rows.into_iter().try_for_each(|row| self.push_row(row))
    }

    /// Writes all rows, then their number, and flushes the writer. After that the file is complete.
    ///
    /// # Errors
    ///
    /// - [`NpyError::Io`] if the writer fails. No row is lost: the next flush writes the rows that
    ///   this one could not. The header still counts the complete rows in the file, if the writer
    ///   can overwrite it, as on a full disk.
    /// - [`NpyError::Changed`] if the file does not end where this appender left it. Nothing is
    ///   written then, unless the file changes while rows are being written.
    /// - [`NpyError::AppendMode`] if the writer writes only at its end.
    ///
    /// # Panics
    ///
    /// Only if the writer panics. Dropping the appender then writes nothing.
    ///
    /// # Cost
    ///
    /// O(*m*) for each row in memory, and a few writes if there are new rows since the last flush.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, NpyAppender};
    /// use std::io::Cursor;
    ///
    /// let mut file = Cursor::new(vec![]);
    /// let mut appender = NpyAppender::create(&mut file, [2])?;
    /// appender.push_row([1, 2])?;
    /// appender.flush()?;
    ///
    /// // As if the program were killed here:
    /// std::mem::forget(appender);
    /// let array = GrowableNd::<i32>::read_npy(&file.get_ref()[..])?;
    /// assert_eq!(array, GrowableNd::from([[1, 2]]));
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn flush(&mut self) -> Result<(), NpyError> {
        self.with_writer(|appender| appender.complete(|_| Ok(())))
    }

    /// Flushes and consumes the appender. Does not [`sync`](Self::sync).
    ///
    /// To keep the writer, pass a reference to it to [`create`](Self::create) or
    /// [`open`](Self::open). Its position is then after the last row.
    ///
    /// # Errors
    ///
    /// As [`flush`](Self::flush). Rows that could not be written are lost. The header still counts
    /// those in the file, if the writer can overwrite it.
    ///
    /// # Panics
    ///
    /// Only if the writer panics.
    ///
    /// # Cost
    ///
    /// That of [`flush`](Self::flush).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, NpyAppender};
    /// use std::io::{Cursor, Write};
    ///
    /// let mut file = Cursor::new(vec![]);
    /// let mut appender = NpyAppender::create(&mut file, [2])?;
    /// appender.push_row([1, 2])?;
    /// appender.finish()?;
    /// file.write_all(b"and more")?;
    ///
    /// let mut rest = &file.get_ref()[..];
    /// assert_eq!(GrowableNd::<i32>::read_npy(&mut rest)?, GrowableNd::from([[1, 2]]));
    /// assert_eq!(rest, b"and more");
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn finish(mut self) -> Result<(), NpyError> {
        let result = self.flush();
        // Rows of a failed flush are lost, as the caller is told.
        self.in_writer = true;
        result
    }

    /// Runs `work`, which calls the writer.
    pub(crate) fn with_writer(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), NpyError>,
    ) -> Result<(), NpyError> {
        self.in_writer = true;
        let result = work(self);
        self.in_writer = false;
        result
    }

    /// Writes the rows in memory, to make space for the next ones.
    fn write_out(&mut self) -> Result<(), NpyError> {
        self.check_end()?;
        self.write_pending().inspect_err(|_| {
            // On a full disk rows cannot be added, but the number of rows can still be overwritten.
            let _ = self.write_count(|_| Ok(()));
        })
    }

    /// Writes the rows in memory, calls `settle` with the writer, and writes the number of rows in
    /// the file.
    fn complete(&mut self, settle: fn(&mut W) -> io::Result<()>) -> Result<(), NpyError> {
        self.check_end()?;
        let written = self.write_pending();
        let counted = self.write_count(settle);
        written.and(counted)?;
        self.seek_end()
    }

    /// Fails if something else has made the file longer or shorter, or if nothing can be overwritten.
    fn check_end(&mut self) -> Result<(), NpyError> {
        if self.appends_only {
            return Err(NpyError::AppendMode);
        }
        let found = self.writer.seek(SeekFrom::End(0))?;
        if self.file_end.contains(&found) {
            return Ok(());
        }
        Err(NpyError::Changed { expected: *self.file_end.end(), found })
    }

    fn write_pending(&mut self) -> Result<(), NpyError> {
        if self.pending.rows() > 0 {
            // After a failure the writer may be elsewhere.
            self.seek_end()?;
            let start = self.end();
            let mut rest = self.pending.bytes();
            let len = rest.len();
            let (first, last) = (*self.file_end.start(), *self.file_end.end());
            let last = last.max(start.saturating_add(u64_from(len)));
            self.file_end = first..=last;
            let result = write_rest(&mut self.writer, &mut rest);
            let bytes = len - rest.len();
            self.file_end = first.max(start.saturating_add(u64_from(bytes)))..=last;
            // If something else has written at the same time, the rows may have been overwritten.
            let checked = self.check_end();
            if checked.is_ok() {
                // A failed write may have written complete rows before. Rows without bytes cannot
                // fail.
                let rows = bytes.checked_div(self.pending.row_bytes()).unwrap_or(self.pending.rows());
                self.header.set_rows(self.written() + rows);
                self.pending.remove_first(rows);
            }
            return Ok(result?).and(checked);
        }
        Ok(())
    }

    fn write_count(&mut self, settle: fn(&mut W) -> io::Result<()>) -> Result<(), NpyError> {
        if self.counted == self.written() {
            return Ok(());
        }
        // The header must not count rows that are still in a buffer of the writer.
        self.writer.flush()?;
        settle(&mut self.writer)?;
        // Must not overwrite the number of rows of another writer.
        self.check_end()?;
        // Saturates for writers that report a wrong position.
        let text_start = self.data_start.saturating_sub(u64_from(self.header.text_len()));
        self.writer.seek(SeekFrom::Start(text_start))?;
        // The first byte never changes. If it arrives at the end of the file, no other byte follows.
        let text = self.header.text();
        let (first, rest) = text.as_bytes().split_at(1);
        write_all(&mut self.writer, first)?;
        if self.writer.stream_position()? != text_start.saturating_add(1) {
            self.appends_only = true;
            return Err(NpyError::AppendMode);
        }
        write_all(&mut self.writer, rest)?;
        self.writer.flush()?;
        self.counted = self.written();
        Ok(())
    }

    /// Returns the error for `rows` rows, which are too many.
    #[cold]
    pub(crate) fn too_many(&self, rows: usize) -> NpyError {
        if rows > self.pending.max_rows() {
            return self.pending.overflow(rows).into();
        }
        let (expected, found) = (self.header.text_len_for(rows), self.header.text_len());
        NpyError::HeaderTooShort { rows, expected, found }
    }

    /// Returns the number of rows written.
    fn written(&self) -> usize {
        self.header.rows()
    }

    /// Returns the position after the rows written. Saturates.
    pub(crate) fn end(&self) -> u64 {
        let row_bytes = u64_from(self.pending.row_bytes());
        self.data_start.saturating_add(u64_from(self.written()).saturating_mul(row_bytes))
    }

    pub(crate) fn seek_end(&mut self) -> Result<(), NpyError> {
        let end = self.end();
        let found = self.writer.seek(SeekFrom::Start(end))?;
        if found != end {
            // Rows would be written at a wrong position.
            let text = format!("writer is at byte {found} after a seek to byte {end}");
            return Err(io::Error::new(ErrorKind::InvalidData, text).into());
        }
        Ok(())
    }
}

/// Files.
impl<T: NpyElement> NpyAppender<T, File> {
    /// Flushes, and waits until the system has stored the file, so that it survives a power
    /// failure.
    ///
    /// The rows are stored before their number. So the header never counts rows that are not
    /// stored, provided that only `sync` writes the number: [`flush`](Self::flush), a push that
    /// fails, `recover` and dropping do not wait for the rows. [`open_truncating`](Self::open_truncating) continues the file after a
    /// power failure.
    ///
    /// The name of a new file is stored in its folder. On systems that can open a folder, such as
    /// Unix, call `File::open(folder)?.sync_all()?` after [`create`](Self::create) to store the
    /// name.
    ///
    /// # Errors
    ///
    /// As [`flush`](Self::flush).
    ///
    /// # Cost
    ///
    /// That of [`flush`](Self::flush), plus one call of [`File::sync_all`], or two if there are new
    /// rows, which take milliseconds each.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use growable_nd::NpyAppender;
    /// use std::fs::File;
    ///
    /// let mut appender = NpyAppender::create(File::create("log.npy")?, [2])?;
    /// appender.push_row([1.5, 2.5])?;
    /// appender.sync()?;
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[doc(alias = "fsync")]
    pub fn sync(&mut self) -> Result<(), NpyError> {
        self.with_writer(|appender| {
            appender.complete(|file| file.sync_all())?;
            Ok(appender.writer.sync_all()?)
        })
    }
}

/// Flushes if there is anything to write, and ignores the error.
impl<T: NpyElement, W: Write + Seek> Drop for NpyAppender<T, W> {
    fn drop(&mut self) {
        // Does not call a writer that has panicked, or without need.
        let is_whole = self.pending.rows() == 0 && self.counted == self.written();
        if !self.in_writer && !is_whole {
            let _ = self.flush();
        }
    }
}

/// Shows the number of rows and their shape.
impl<T: NpyElement, W: Write + Seek> fmt::Debug for NpyAppender<T, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NpyAppender")
            .field("rows", &self.rows())
            .field("inner_shape", &self.inner_shape())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// `sync` settles the rows between these two writes.
    #[test]
    fn rows_are_written_before_their_number() {
        let mut appender = NpyAppender::<u8, _>::create(Cursor::new(vec![]), [1]).unwrap();
        appender.push_row([7]).unwrap();
        let result = appender.with_writer(|appender| {
            appender.complete(|file| {
                assert_eq!(file.get_ref()[128..], [7]);
                let header = GrowableNd::<u8>::read_npy(&file.get_ref()[..128]).unwrap();
                Err(io::Error::other(format!("{} rows counted", header.rows())))
            })
        });
        let Err(NpyError::Io(error)) = result else { panic!("{result:?}") };
        assert_eq!(error.to_string(), "0 rows counted");
        appender.flush().unwrap();
        assert_eq!(GrowableNd::<u8>::read_npy(&appender.writer.get_ref()[..]).unwrap().as_slice(), [7]);
    }
}
