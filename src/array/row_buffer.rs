//! `RowBuffer`, which makes rows from chunks of any length.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::row_writer::DropGuard;
use crate::memory::ReserveError;
use alloc::vec::Vec;
use core::fmt;

/// An array and the elements of its next, incomplete row.
///
/// Use it for sources whose chunks are not whole rows, such as audio samples, packets, or lines of
/// text. The array always has whole rows; [`pending`](Self::pending) returns the elements after
/// them. To read bytes from a stream, use `read_rows`.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, RowBuffer};
///
/// // Windows of 1024 samples, out of packets of 480.
/// let mut buffer = RowBuffer::new(GrowableNd::new([1024]));
/// let packet = [0.5_f32; 480];
/// assert_eq!(buffer.extend_from_slice(&packet)?, 0);
/// assert_eq!(buffer.extend_from_slice(&packet)?, 0);
/// assert_eq!(buffer.extend_from_slice(&packet)?, 1);
/// assert_eq!((buffer.array().rows(), buffer.pending().len()), (1, 416));
///
/// let (windows, rest) = buffer.into_parts();
/// assert_eq!(windows.shape(), [1, 1024]);
/// assert_eq!(rest, [0.5; 416]);
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RowBuffer<T> {
    array: GrowableNd<T>,
    pending: Vec<T>,
}

impl<T> RowBuffer<T> {
    /// Wraps an array, to which rows will be appended.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, RowBuffer};
    ///
    /// let mut buffer = RowBuffer::new(GrowableNd::from([[1, 2]]));
    /// buffer.extend_from_slice(&[3, 4])?;
    /// assert_eq!(buffer.array().rows(), 2);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[must_use]
    pub fn new(array: GrowableNd<T>) -> Self {
        RowBuffer { array, pending: Vec::new() }
    }

    /// Appends clones of `elements`: whole rows to the array, the rest to the pending elements.
    /// Returns the number of rows appended.
    ///
    /// # Errors
    ///
    /// [`Error::Reserve`] if an allocation fails, [`Error::PartialRow`] if rows have no elements.
    /// No element is appended then, and no pending element is lost.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element panics; array and pending elements are as they were.
    ///
    /// # Cost
    ///
    /// O(1) per element, amortized with any factor greater than 1. Pending elements are cloned once
    /// more.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, RowBuffer};
    ///
    /// let mut buffer = RowBuffer::new(GrowableNd::new([3]));
    /// assert_eq!(buffer.extend_from_slice(&[1, 2, 3, 4, 5, 6, 7])?, 2);
    /// assert_eq!(buffer.pending(), [7]);
    /// assert_eq!(buffer.extend_from_slice(&[8, 9])?, 1);
    /// assert_eq!(buffer.array().row(2), [7, 8, 9]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias = "write")]
    pub fn extend_from_slice(&mut self, elements: &[T]) -> Result<usize, Error>
    where
        T: Clone,
    {
        let row_len = self.array.row_len();
        let found = self.pending.len().saturating_add(elements.len());
        let rows = match found.checked_div(row_len) {
            Some(rows) => rows,
            None if found == 0 => 0,
            None => return Err(Error::PartialRow { row_len, found }),
        };
        let whole = rows * row_len;
        let finished = whole.min(self.pending.len());
        let (whole, rest) = elements.split_at(whole - finished);
        self.reserve_pending(rest.len())?;

        // Pending elements are cloned, not moved, until nothing can fail any more: so none is lost.
        let guard = DropGuard::new(&mut self.pending);
        guard.elements.extend_from_slice(rest);
        self.array.append_rows(rows, |data| {
            data.extend_from_slice(&guard.elements[..finished]);
            data.extend_from_slice(whole);
        })?;
        guard.keep();
        self.pending.drain(..finished);
        Ok(rows)
    }

    fn reserve_pending(&mut self, additional: usize) -> Result<(), ReserveError> {
        let bytes = self.pending.len().saturating_add(additional).saturating_mul(size_of::<T>());
        self.pending.try_reserve(additional).map_err(|_| ReserveError::Allocation { bytes })
    }

    /// Returns the elements after the last whole row: fewer than the row length, or none if rows have
    /// no elements, unless
    /// [`array_mut`](Self::array_mut) replaced the array.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, RowBuffer};
    ///
    /// let mut buffer = RowBuffer::new(GrowableNd::new([2]));
    /// buffer.extend_from_slice(&[1, 2, 3])?;
    /// assert_eq!(buffer.pending(), [3]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[must_use]
    pub fn pending(&self) -> &[T] {
        &self.pending
    }

    /// Returns the array of the whole rows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, RowBuffer};
    ///
    /// let mut buffer = RowBuffer::new(GrowableNd::new([2]));
    /// buffer.extend_from_slice(&[1, 2, 3])?;
    /// assert_eq!(buffer.array().row(0), [1, 2]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[must_use]
    pub fn array(&self) -> &GrowableNd<T> {
        &self.array
    }

    /// Returns the array mutably, for example to remove rows that were used.
    ///
    /// If you replace it by an array with shorter rows, the pending elements may make up several
    /// rows: they are appended with the next elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, RowBuffer};
    ///
    /// let mut buffer = RowBuffer::new(GrowableNd::new([2]));
    /// buffer.extend_from_slice(&[1, 2, 3])?;
    /// buffer.array_mut().clear();
    /// buffer.extend_from_slice(&[4])?;
    /// assert_eq!(buffer.array().row(0), [3, 4]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn array_mut(&mut self) -> &mut GrowableNd<T> {
        &mut self.array
    }

    /// Returns the array and the pending elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, RowBuffer};
    ///
    /// let mut buffer = RowBuffer::new(GrowableNd::new([2]));
    /// buffer.extend_from_slice(&[1, 2, 3])?;
    /// let (array, rest) = buffer.into_parts();
    /// assert_eq!((array.as_slice(), &rest[..]), (&[1, 2][..], &[3][..]));
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[must_use]
    #[doc(alias = "finish")]
    pub fn into_parts(self) -> (GrowableNd<T>, Vec<T>) {
        (self.array, self.pending)
    }
}

impl<T: fmt::Debug> fmt::Debug for RowBuffer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowBuffer").field("array", &self.array).field("pending", &self.pending).finish()
    }
}
