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

/// A `.npy` file that grows by rows: for more rows than fit into memory, or for data that must be
/// on disk before the program ends.
///
/// Rows gather in memory and are written in large pieces: a `BufWriter` is not needed. Their number
/// is in the header before them, which NumPy pads so that it can grow. [`flush`](Self::flush)
/// writes all rows and then their number: from then on the file is complete, even if the program is
/// killed. [`sync`](Self::sync) makes it outlive a power failure as well. `np.save` writes the same bytes
/// for these rows.
///
/// | a file that | continue it by |
/// |---|---|
/// | is new | [`create`](Self::create) |
/// | was finished or flushed | [`open`](Self::open), which refuses a file with bytes that its header does not count |
/// | may be that of a program that was killed, or was truncated | [`recover`](Self::recover), which counts the whole rows |
/// | was synced before the machine lost power | [`open_truncating`](Self::open_truncating), which keeps the counted rows |
/// | has bytes after its rows that may be removed | [`open_truncating`](Self::open_truncating), [`open_overwriting`](Self::open_overwriting) |
/// | ends in its header, so has no rows | [`File::create`], then [`create`](Self::create) |
///
/// A dropped appender flushes, but its error is lost: call [`finish`](Self::finish).
///
/// # When writing fails
///
/// No row is lost while the appender exists: rows that could not be written stay in memory, and the next
/// push or flush that succeeds writes them. All whole rows in the file are counted in its header even if
/// the rows after them could not be written, as on a full disk.
///
/// The number is overwritten by one write, in which most often one digit changes. Disks do not tear a write
/// within a sector. If one is torn between the digits, [`recover`](Self::recover) still finds all rows: it
/// goes by the length of the file, not by the number.
///
/// When the number gets a digit more, as from 9 to 10, the text after it moves. If only the beginning
/// of that write arrives, because a writer takes it in parts and then fails for good, the header is invalid, or its
/// shape can be another: `(10, )` or `(10, 1, 3)` where rows have the shape `[12, 3]`. A shape that ends in `, )` is
/// refused by [`open`](Self::open) and [`recover`](Self::recover); other shapes cannot be told from those that `np.save`
/// writes. After such a failure compare [`inner_shape`](Self::inner_shape) with the shape that you expect.
///
/// # One appender a file
///
/// While an appender exists nothing else may write to its file. The library cannot lock the file; lock it
/// before, where your system and your Rust can (`File::try_lock`, since Rust 1.89). If the file is longer or
/// shorter than the appender left it, the next write fails with [`NpyError::Changed`] and overwrites
/// nothing.
///
/// The length is compared before and after rows are written, and again before they are counted. So one case
/// remains that only a lock prevents: two appenders that write the same number of bytes at the same moment.
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
/// A recorder that is restarted begins the file or continues it. Where the machine may lose power,
/// continue by [`open_truncating`](Self::open_truncating) and not by [`recover`](Self::recover): rows after
/// the last sync are lost then, and none is made of zeros.
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
///             log.sync()?; // takes milliseconds: now and then
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
// 1. The header counts the rows that were written; `counted` is the number in the file.
// 2. `pending` are the rows after those written.
// 3. Between two calls that succeeded the writer is at the end of the rows written.
pub struct NpyAppender<T: NpyElement, W: Write + Seek> {
    pub(crate) writer: W,
    pub(crate) header: NpyHeader,
    /// Position of the first element.
    pub(crate) data_start: u64,
    /// Where the file ends, if nothing else has changed it. A write that failed may have written any part.
    pub(crate) file_end: RangeInclusive<u64>,
    pub(crate) counted: usize,
    /// As many as an array can have, and as the header has digits for.
    pub(crate) max_rows: usize,
    pub(crate) pending: Pending<T>,
    /// Whether the writer is being called. Stays set if it panics.
    in_writer: bool,
}

/// Beginning a file.
impl<T: NpyElement, W: Write + Seek> NpyAppender<T, W> {
    /// Starts a file at the position of the writer: an array without rows whose rows have the shape
    /// `inner`.
    ///
    /// The file should be new or empty: bytes after the rows stay there. It must not be open [to
    /// append](std::fs::OpenOptions::append), since then its header cannot be written.
    ///
    /// # Errors
    ///
    /// [`NpyError::Array`] for too many axes or extents that overflow, [`NpyError::NoDType`] for texts,
    /// [`NpyError::Io`] if the writer fails.
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
        // Before anything is written, since it may fail.
        let header = NpyHeader::new::<T>(false, row.shape())?;
        let pending = Pending::new(row, header.dtype_of::<T>()?.clone())?;
        write_all(&mut writer, &header.bytes())?;
        let data_start = writer.stream_position()?;
        Self::new(writer, header, data_start, pending)
    }

    /// The header counts the rows that are in the file from `data_start` on.
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
        };
        let file_end = appender.writer.seek(SeekFrom::End(0))?;
        appender.file_end = file_end..=file_end;
        appender.seek_end()?;
        Ok(appender)
    }
}

/// Adding rows.
impl<T: NpyElement, W: Write + Seek> NpyAppender<T, W> {
    /// Returns the number of rows, those in memory included.
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

    /// Appends `row`. Now and then the rows in memory are written first.
    ///
    /// # Errors
    ///
    /// [`NpyError::Array`] if the row does not fit or an allocation fails, [`NpyError::Element`] if
    /// an element cannot be written as this dtype (a text that is too long),
    /// [`NpyError::HeaderTooShort`] if the header of the file has no byte for one more digit,
    /// [`NpyError::Io`] or [`NpyError::Changed`] if the rows before it could not be written. Nothing of
    /// the row is appended. The rows before it are kept, and written with the next push or flush that
    /// succeeds.
    ///
    /// # Panics
    ///
    /// Only if the row or the writer panics. After a panic of the writer, dropping the appender
    /// writes nothing.
    ///
    /// # Cost
    ///
    /// O(*m*), and now and then a write of some 64 KiB, or of one row if that is longer. A row whose
    /// elements are not numbers in the byte order of the machine is in memory twice, as elements and as
    /// bytes.
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

    /// Appends all rows that `rows` yields, one by one, such as those of an array or a view.
    ///
    /// # Errors
    ///
    /// As [`push_row`](Self::push_row), for the first row that fails. The rows before it are kept.
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

    /// Writes all rows, then their number, and flushes the writer: from then on the file is whole.
    ///
    /// # Errors
    ///
    /// [`NpyError::Io`] if the writer fails. No row is lost: the next flush writes again what this one could not. The
    /// rows that were written before are counted in the header even then, if the writer can still overwrite it, as on a
    /// full disk.
    /// [`NpyError::Changed`] if the file does not end where this appender left it: nothing is written then.
    /// [`NpyError::AppendMode`] if the writer writes at its end only.
    ///
    /// # Cost
    ///
    /// O(*m*) for each row in memory, and some writes if there are new rows since the last flush.
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
    /// // If the program ended here without another word:
    /// std::mem::forget(appender);
    /// let array = GrowableNd::<i32>::read_npy(&file.get_ref()[..])?;
    /// assert_eq!(array, GrowableNd::from([[1, 2]]));
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn flush(&mut self) -> Result<(), NpyError> {
        self.with_writer(|appender| appender.complete(|_| Ok(())))
    }

    /// Flushes for the last time. Does not [`sync`](Self::sync). To keep the writer pass a reference to [`create`](Self::create)
    /// or [`open`](Self::open); its position then is after the last row.
    ///
    /// # Errors
    ///
    /// As [`flush`](Self::flush). The rows that could not be written are lost; those that were
    /// written are counted, if the writer can still overwrite the header.
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
        self.flush()
    }

    /// Calls the writer by way of `work`.
    pub(crate) fn with_writer(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), NpyError>,
    ) -> Result<(), NpyError> {
        self.in_writer = true;
        let result = work(self);
        self.in_writer = false;
        result
    }

    /// Writes the rows in memory, so that the next ones have space there.
    fn write_out(&mut self) -> Result<(), NpyError> {
        self.check_end()?;
        self.write_pending().inspect_err(|_| {
            // A full disk refuses the next rows, not the few bytes of the count of those that are there.
            let _ = self.write_count(|_| Ok(()));
        })
    }

    /// Writes the rows in memory, and then the number of all that are in the file. Between the two `settle`
    /// is called with the writer.
    fn complete(&mut self, settle: fn(&mut W) -> io::Result<()>) -> Result<(), NpyError> {
        self.check_end()?;
        let written = self.write_pending();
        let counted = self.write_count(settle);
        written.and(counted)?;
        self.seek_end()
    }

    /// Fails if something else has made the file longer or shorter.
    fn check_end(&mut self) -> Result<(), NpyError> {
        let found = self.writer.seek(SeekFrom::End(0))?;
        if self.file_end.contains(&found) {
            return Ok(());
        }
        Err(NpyError::Changed { expected: *self.file_end.end(), found })
    }

    fn write_pending(&mut self) -> Result<(), NpyError> {
        if self.pending.rows() > 0 {
            // It may be elsewhere if it failed before.
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
            // Something else may have written at the same time. Then the rows are not there for sure.
            let checked = self.check_end();
            if checked.is_ok() {
                // A failed write may have written whole rows before. Rows without bytes cannot fail.
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
        // A buffer must not count rows that it still has.
        self.writer.flush()?;
        settle(&mut self.writer)?;
        // The number of rows of something else is not overwritten.
        self.check_end()?;
        // Saturates for writers that are not where they were told to be.
        let text_start = self.data_start.saturating_sub(u64_from(self.header.text_len()));
        self.writer.seek(SeekFrom::Start(text_start))?;
        write_all(&mut self.writer, self.header.text().as_bytes())?;
        if self.writer.stream_position()? != self.data_start {
            return Err(NpyError::AppendMode);
        }
        self.writer.flush()?;
        self.counted = self.written();
        Ok(())
    }

    /// Returns the error that there cannot be `rows` rows.
    #[cold]
    pub(crate) fn too_many(&self, rows: usize) -> NpyError {
        if rows > self.pending.max_rows() {
            return self.pending.overflow(rows).into();
        }
        let (expected, found) = (self.header.text_len_for(rows), self.header.text_len());
        NpyError::HeaderTooShort { rows, expected, found }
    }

    /// How many rows are written.
    fn written(&self) -> usize {
        self.header.rows()
    }

    /// Where the rows written end. Beyond all files if it cannot be counted.
    pub(crate) fn end(&self) -> u64 {
        let row_bytes = u64_from(self.pending.row_bytes());
        self.data_start.saturating_add(u64_from(self.written()).saturating_mul(row_bytes))
    }

    pub(crate) fn seek_end(&mut self) -> Result<(), NpyError> {
        let end = self.end();
        let found = self.writer.seek(SeekFrom::Start(end))?;
        if found != end {
            // Rows would be written elsewhere.
            let text = format!("writer is at byte {found} after a seek to byte {end}");
            return Err(io::Error::new(ErrorKind::InvalidData, text).into());
        }
        Ok(())
    }
}

/// Files.
impl<T: NpyElement> NpyAppender<T, File> {
    /// Flushes, and waits until the system has stored the file: it then outlives a power failure.
    ///
    /// The rows are stored before their number, so that the header never counts rows that are not stored.
    /// [`open_truncating`](Self::open_truncating) continues the file after a power failure.
    ///
    /// The name of a new file is stored with its folder. Where a folder can be opened, as on Unix,
    /// `File::open(folder)?.sync_all()?` after [`create`](Self::create) stores it.
    ///
    /// # Errors
    ///
    /// As [`flush`](Self::flush).
    ///
    /// # Cost
    ///
    /// That of [`flush`](Self::flush) and of two calls of [`File::sync_all`], which take milliseconds.
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
        // A writer that has panicked is left alone, and one that has nothing to write.
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
