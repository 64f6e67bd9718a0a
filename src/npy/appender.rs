//! A `.npy` file that grows row by row.

use crate::array::GrowableNd;
use crate::array::row::Row;
use crate::npy::error::NpyError;
use crate::npy::header::{Header, begins_here, u64_from};
use crate::npy::pending::Pending;
use crate::npy::read::read_header;
use core::fmt;
use npyz::{AutoSerialize, Serialize};
use std::io::{Read, Seek, SeekFrom, Write};

/// A `.npy` file that grows by rows: for more rows than fit into memory, or for data that must be
/// on disk before the program ends.
///
/// Rows gather in memory and are written in large pieces: a `BufWriter` is not needed. Their number
/// is in the header before them, which NumPy pads so that it can grow. [`flush`](Self::flush)
/// writes all rows and then their number: from then on the file is complete, even if the program is
/// killed. `np.save` writes the same bytes for these rows.
///
/// A dropped appender flushes, but its error is lost: call [`finish`](Self::finish). A program that
/// is killed leaves the rows of its last flush, and perhaps bytes after them, which NumPy and
/// [`read_npy`](GrowableNd::read_npy) ignore.
///
/// While an appender exists nothing else may write to its file.
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
// Invariants:
// 1. The header counts the rows that were written; `counted` is the number in the file.
// 2. `pending` are the rows after those written.
// 3. Between two calls that succeeded the writer is at the end of the rows written.
pub struct NpyAppender<T: Serialize + 'static, W: Write + Seek> {
    writer: W,
    header: Header,
    /// Position of the first element.
    data_start: u64,
    counted: usize,
    pending: Pending<T>,
    /// Whether the writer is being called. Stays set if it panics.
    in_writer: bool,
}

/// Beginning a file and continuing one.
impl<T: Serialize + 'static, W: Write + Seek> NpyAppender<T, W> {
    /// Starts a file at the position of the writer: an array without rows whose rows have the shape
    /// `inner`.
    ///
    /// The file should be new or empty: bytes after the rows stay there. It must not be open [to
    /// append](std::fs::OpenOptions::append), since then its header cannot be written.
    ///
    /// # Errors
    ///
    /// [`NpyError::Array`] for too many axes or extents that overflow, [`NpyError::DType`] if the elements have no
    /// plain dtype, [`NpyError::Io`] if the writer fails.
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
    pub fn create(mut writer: W, inner: impl AsRef<[usize]>) -> Result<Self, NpyError>
    where
        T: AutoSerialize,
    {
        let row = GrowableNd::try_new(inner)?;
        let header = Header::new(T::default_dtype(), false, row.shape());
        // Before anything is written, since it may fail.
        let pending = Pending::new(row, &header.dtype)?;
        writer.write_all(&header.bytes())?;
        let data_start = writer.stream_position()?;
        Ok(NpyAppender { writer, header, data_start, counted: 0, pending, in_writer: false })
    }

    /// Continues the file at the position of `file`, written by NumPy or by this crate: rows are
    /// appended after those that it counts. Bytes after those, such as rows of a program that was
    /// killed before it counted them, are overwritten.
    ///
    /// Rows are written in the byte order of the file. It must be open for reading and writing, but
    /// not [to append](std::fs::OpenOptions::append).
    ///
    /// # Errors
    ///
    /// As [`GrowableNd::read_npy`], except that elements are not read, and [`NpyError::Order`],
    /// [`NpyError::HeaderTooShort`] or [`NpyError::NotLast`] if the file cannot grow. The file is as it
    /// was.
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
    pub fn open(mut file: W) -> Result<Self, NpyError>
    where
        W: Read,
    {
        let (mut header, row) = read_header(&mut file)?;
        // With one axis both orders are the same.
        if header.fortran_order && header.shape.len() > 1 {
            return Err(NpyError::Order);
        }
        header.fortran_order = false;
        header.check_growth()?;
        let pending = Pending::new(row, &header.dtype)?;
        let data_start = file.stream_position()?;
        let counted = header.shape[0];
        let mut appender =
            NpyAppender { writer: file, header, data_start, counted, pending, in_writer: false };

        let file_end = appender.writer.seek(SeekFrom::End(0))?;
        if file_end < appender.end() {
            let found = file_end.saturating_sub(data_start) / u64_from(appender.pending.element_bytes());
            return Err(NpyError::Elements {
                expected: counted * appender.pending.row_len(),
                found: usize::try_from(found).unwrap_or(usize::MAX),
            });
        }
        appender.seek_end()?;
        if begins_here(&mut appender.writer)? {
            return Err(NpyError::NotLast);
        }
        appender.seek_end()?;
        Ok(appender)
    }
}

/// Adding rows.
impl<T: Serialize + 'static, W: Write + Seek> NpyAppender<T, W> {
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
    /// an element cannot be written as this dtype (a text that is too long), [`NpyError::Io`] if
    /// the rows before it could not be written. Nothing of the row is appended. The rows before it
    /// are kept, and written with the next push or flush that succeeds.
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
            self.with_writer(Self::write_pending)?;
        }
        self.pending.push(row, self.rows())
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
    /// [`NpyError::AppendMode`] if it writes at its end only.
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
        self.with_writer(|appender| {
            // A full disk refuses the next rows, not the few bytes of the count of those that are there.
            let written = appender.write_pending();
            let counted =
                if appender.counted == appender.written() { Ok(()) } else { appender.write_count() };
            written.and(counted)
        })
    }

    /// Flushes for the last time. To keep the writer pass a reference to [`create`](Self::create)
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
    fn with_writer(&mut self, work: impl FnOnce(&mut Self) -> Result<(), NpyError>) -> Result<(), NpyError> {
        self.in_writer = true;
        let result = work(self);
        self.in_writer = false;
        result
    }

    fn write_pending(&mut self) -> Result<(), NpyError> {
        if self.pending.rows() > 0 {
            // It may be elsewhere if it failed before.
            self.seek_end()?;
            self.writer.write_all(self.pending.bytes())?;
            self.header.shape[0] = self.rows();
            self.pending.clear();
        }
        Ok(())
    }

    fn write_count(&mut self) -> Result<(), NpyError> {
        // A buffer must not count rows that it still has.
        self.writer.flush()?;
        let text_start = self.data_start - u64_from(self.header.text_len());
        self.writer.seek(SeekFrom::Start(text_start))?;
        self.writer.write_all(self.header.text().as_bytes())?;
        if self.writer.stream_position()? != self.data_start {
            return Err(NpyError::AppendMode);
        }
        self.writer.flush()?;
        self.seek_end()?;
        self.counted = self.written();
        Ok(())
    }

    /// How many rows are written.
    fn written(&self) -> usize {
        self.header.shape[0]
    }

    /// Where the rows written end. Beyond all files if it cannot be counted.
    fn end(&self) -> u64 {
        let row_bytes = u64_from(self.pending.row_bytes());
        self.data_start.saturating_add(u64_from(self.written()).saturating_mul(row_bytes))
    }

    fn seek_end(&mut self) -> Result<(), NpyError> {
        self.writer.seek(SeekFrom::Start(self.end()))?;
        Ok(())
    }
}

/// Flushes, and ignores the error if there is one.
impl<T: Serialize + 'static, W: Write + Seek> Drop for NpyAppender<T, W> {
    fn drop(&mut self) {
        // A writer that has panicked is left alone.
        if !self.in_writer {
            let _ = self.flush();
        }
    }
}

/// Shows the number of rows and their shape.
impl<T: Serialize + 'static, W: Write + Seek> fmt::Debug for NpyAppender<T, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NpyAppender")
            .field("rows", &self.rows())
            .field("inner_shape", &self.inner_shape())
            .finish_non_exhaustive()
    }
}
