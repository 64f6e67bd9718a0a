//! A `.npy` file that grows row by row.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::row::Row;
use crate::npy::BATCH;
use crate::npy::error::NpyError;
use crate::npy::header::{Header, begins_here, u64_from};
use crate::npy::read::read_header;
use crate::npy::write::Encoder;
use core::fmt;
use npyz::{AutoSerialize, Serialize};
use std::io::{Read, Seek, SeekFrom, Write};

/// A `.npy` file that grows by whole rows, for more of them than there is memory, or for data that must be on disk
/// before the program ends.
///
/// Rows gather in memory and are written in large pieces; a `BufWriter` is not needed. Their number is in the header
/// of the file, in front of them, where `NumPy` leaves room so that it can grow. [`flush`](Self::flush) writes all
/// rows and then their number: from then on the file is a whole one, whatever becomes of the program. `np.save` would
/// have written the same bytes for these rows.
///
/// An appender that is dropped flushes, too, but nobody learns of an error then: call [`finish`](Self::finish). A
/// program that is killed leaves the rows of its last flush, and perhaps bytes behind them, which neither `NumPy` nor
/// [`read_npy`](GrowableNd::read_npy) looks at.
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
// 1. The header counts the rows that were written, and `counted` is what the file itself says.
// 2. `pending` are the rows that come behind those written, as bytes of the file. `row` is empty between two calls, if
//    nothing has panicked.
// 3. Between two calls of which none has failed the writer is at the end of the rows written.
pub struct NpyAppender<T: Serialize, W: Write + Seek> {
    writer: W,
    encoder: Encoder<T>,
    header: Header,
    /// Where the header ends.
    data_start: u64,
    counted: usize,
    pending: GrowableNd<u8>,
    /// Where a row is taken apart.
    row: GrowableNd<T>,
    /// Whether the writer is being called. If it panics, it stays so.
    in_writer: bool,
}

/// Beginning a file and continuing one.
impl<T: Serialize, W: Write + Seek> NpyAppender<T, W> {
    /// Begins a file, at the position of the writer: an array without rows, each of which will have the shape `inner`.
    ///
    /// The file should be a new or an emptied one, since what it has behind the rows stays there. It must not be
    /// opened [to append](std::fs::OpenOptions::append), or nothing can be written at its beginning.
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
        // Before anything is written: it may be refused.
        let encoder = Encoder::new(&header.dtype)?;
        let pending = rows_of_bytes(&row, &encoder)?;
        writer.write_all(&header.bytes())?;
        let data_start = writer.stream_position()?;
        Ok(NpyAppender { writer, encoder, header, data_start, counted: 0, pending, row, in_writer: false })
    }

    /// Continues the file at the position of `file`, whoever wrote it: further rows come behind those that it counts.
    /// What else it has there, the rows of a program that was killed before it counted them, is overwritten.
    ///
    /// Rows are written in the byte order of the file. It must be open to be read and to be written, but not
    /// [to append](std::fs::OpenOptions::append).
    ///
    /// # Errors
    ///
    /// As [`GrowableNd::read_npy`], and [`NpyError::Order`], [`NpyError::HeaderRoom`] or [`NpyError::NotLast`] if the
    /// file cannot grow. It is as it was.
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
        // With one axis there is one order.
        if header.fortran_order && header.shape.len() > 1 {
            return Err(NpyError::Order);
        }
        header.fortran_order = false;
        header.check_room()?;
        let encoder = Encoder::new(&header.dtype)?;
        let pending = rows_of_bytes(&row, &encoder)?;
        let data_start = file.stream_position()?;
        let counted = header.shape[0];
        let mut appender = NpyAppender {
            writer: file,
            encoder,
            header,
            data_start,
            counted,
            pending,
            row,
            in_writer: false,
        };

        let file_end = appender.writer.seek(SeekFrom::End(0))?;
        if file_end < appender.end() {
            let found = file_end.saturating_sub(data_start) / u64_from(appender.encoder.size());
            return Err(NpyError::Elements {
                expected: counted * appender.row.row_len(),
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
impl<T: Serialize, W: Write + Seek> NpyAppender<T, W> {
    /// How many rows the array has, those in memory included.
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
    pub fn rows(&self) -> usize {
        // Cannot overflow: `push_row` sees to it.
        self.written() + self.pending.rows()
    }

    /// The shape of one row, outermost axis first.
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
        self.row.inner_shape()
    }

    /// Puts `row` behind the last row. Every now and then the rows in memory are written before.
    ///
    /// # Errors
    ///
    /// [`NpyError::Array`] if the row does not fit or there is no memory for it, [`NpyError::Element`] if an element
    /// cannot be written as this dtype (a text that is too long), [`NpyError::Io`] if the rows before it could not be
    /// written. Nothing of the row is added or written then. The rows before it are kept, and written with the next push
    /// or flush that succeeds.
    ///
    /// # Panics
    ///
    /// Only if the row or the writer does. After a panic of the writer, nothing is written any more when the appender
    /// is dropped.
    ///
    /// # Cost
    ///
    /// O(*m*), and now and then the writing of some 64 KiB, or of one row, if that is longer. The row that is pushed is
    /// in memory twice, as elements and as bytes.
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
    pub fn push_row<R: Row<T>>(&mut self, row: R) -> Result<(), NpyError> {
        if self.pending.as_slice().len() >= BATCH {
            self.with_writer(Self::write_pending)?;
        }
        let rows = self.rows();
        if rows >= self.row.max_rows() {
            return Err(self.row.overflow(rows + 1).into());
        }
        self.row.clear();
        self.row.push_row(row).map_err(|error| match error {
            Error::Row { error, .. } => Error::Row { row: rows, error },
            error => error,
        })?;
        let encoded = self.encode_row(rows);
        self.row.clear();
        encoded
    }

    /// Puts the row behind those pending, as bytes.
    fn encode_row(&mut self, index: usize) -> Result<(), NpyError> {
        let elements = self.row.as_slice();
        let row_bytes = self.pending.row_len();
        let mut filled = Ok(0);
        self.pending.append_rows(1, |bytes| {
            let start = bytes.len();
            bytes.resize(start + row_bytes, 0);
            filled = self.encoder.fill(&mut bytes[start..], elements.iter(), index * elements.len());
        })?;
        if filled.is_err() {
            self.pending.truncate(self.pending.rows() - 1);
        }
        filled.map(|_| ())
    }

    /// Puts all rows that `rows` yields behind the last row, one by one: those of an array or a view as well.
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

    /// [`flush`](Self::flush) for the last time. To have the writer back, pass a reference to
    /// [`create`](Self::create) or [`open`](Self::open); it stands behind the last row then.
    ///
    /// # Errors
    ///
    /// As [`flush`](Self::flush); but the rows that are not written are lost.
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
            self.writer.write_all(self.pending.as_slice())?;
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
        let row_bytes = u64_from(self.pending.row_len());
        self.data_start.saturating_add(u64_from(self.written()).saturating_mul(row_bytes))
    }

    fn seek_end(&mut self) -> Result<(), NpyError> {
        self.writer.seek(SeekFrom::Start(self.end()))?;
        Ok(())
    }
}

/// An array for the bytes of rows.
fn rows_of_bytes<T: Serialize>(
    rows: &GrowableNd<T>,
    encoder: &Encoder<T>,
) -> Result<GrowableNd<u8>, NpyError> {
    let row_bytes = rows.row_len().checked_mul(encoder.size()).ok_or_else(|| rows.overflow(1))?;
    Ok(GrowableNd::try_new([row_bytes])?)
}

/// Flushes, and ignores the error if there is one.
impl<T: Serialize, W: Write + Seek> Drop for NpyAppender<T, W> {
    fn drop(&mut self) {
        // A writer that has panicked is left alone.
        if !self.in_writer {
            let _ = self.flush();
        }
    }
}

/// Shows the number of rows and their shape.
impl<T: Serialize, W: Write + Seek> fmt::Debug for NpyAppender<T, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NpyAppender")
            .field("rows", &self.rows())
            .field("inner_shape", &self.inner_shape())
            .finish_non_exhaustive()
    }
}
