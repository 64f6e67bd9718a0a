//! `Pending`: the rows of a growing file that are not written yet.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::row::Row;
use crate::memory::ReserveError;
use crate::npy::BATCH;
use crate::npy::dtype::NpyDType;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::npy::write::encode;

/// Rows that are not written yet.
// Invariant: if elements are native, `elements` has the rows. Otherwise `elements` is used only
// during a push, and the rows are the first `rows * row_bytes` bytes of `encoded`.
pub(crate) struct Pending<T> {
    elements: GrowableNd<T>,
    encoded: Vec<u8>,
    dtype: NpyDType,
    /// Whether the bytes of elements in memory are those in the file.
    is_native: bool,
    rows: usize,
    row_bytes: usize,
}

impl<T: NpyElement> Pending<T> {
    /// Creates a buffer. `elements` is an array of the inner shape without rows, and the dtype
    /// fits.
    pub(crate) fn new(elements: GrowableNd<T>, dtype: NpyDType) -> Result<Self, NpyError> {
        let (row_len, element_bytes) = (elements.row_len(), dtype.size());
        let overflow = ReserveError::Overflow { rows: 1, row_len, element_bytes };
        let row_bytes = row_len.checked_mul(element_bytes).ok_or(overflow)?;
        let is_native = T::native_bytes(elements.as_slice(), &dtype).is_some();
        Ok(Pending { elements, encoded: Vec::new(), dtype, is_native, rows: 0, row_bytes })
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn inner_shape(&self) -> &[usize] {
        self.elements.inner_shape()
    }

    pub(crate) fn row_len(&self) -> usize {
        self.elements.row_len()
    }

    /// Returns the maximum number of rows of an array of these elements.
    pub(crate) fn max_rows(&self) -> usize {
        self.elements.max_rows()
    }

    /// Returns the error for `rows` rows, which overflow.
    pub(crate) fn overflow(&self, rows: usize) -> ReserveError {
        self.elements.overflow(rows)
    }

    /// Returns the bytes of a row in the file.
    pub(crate) fn row_bytes(&self) -> usize {
        self.row_bytes
    }

    /// Returns the bytes of an element in the file.
    pub(crate) fn element_bytes(&self) -> usize {
        self.dtype.size()
    }

    /// Returns whether the rows should be written before the next one is pushed.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.rows * self.row_bytes >= BATCH
    }

    /// Appends a row, whose position in the file is `index`.
    #[inline]
    pub(crate) fn push<R: Row<T>>(&mut self, row: R, index: usize) -> Result<(), NpyError> {
        if !self.is_native {
            self.elements.clear();
        }
        self.elements.push_row(row).map_err(|error| at(index, error))?;
        if !self.is_native {
            self.encode(index)?;
        }
        self.rows += 1;
        Ok(())
    }

    /// Encodes the only row of `elements`.
    fn encode(&mut self, index: usize) -> Result<(), NpyError> {
        let start = self.rows * self.row_bytes;
        // An encoder that panicked may have left bytes.
        self.encoded.truncate(start);
        self.encoded
            .try_reserve(self.row_bytes)
            .map_err(|_| ReserveError::Allocation { bytes: start.saturating_add(self.row_bytes) })?;
        self.encoded.resize(start + self.row_bytes, 0);
        let elements = self.elements.as_slice();
        let encoded =
            encode(&mut self.encoded[start..], elements.iter(), index * elements.len(), &self.dtype);
        self.elements.clear();
        encoded.map(|_| ())
    }

    /// Returns all rows as bytes of the file.
    pub(crate) fn bytes(&self) -> &[u8] {
        match T::native_bytes(self.elements.as_slice(), &self.dtype) {
            Some(bytes) if self.is_native => bytes,
            _ => &self.encoded[..self.rows * self.row_bytes],
        }
    }

    /// Removes the first `rows` rows, which exist.
    pub(crate) fn remove_first(&mut self, rows: usize) {
        if self.is_native {
            self.elements.drain_rows(..rows);
        } else {
            self.encoded.drain(..rows * self.row_bytes);
        }
        self.rows -= rows;
    }
}

/// Sets the index of an error of a row to that in the file.
#[cold]
fn at(index: usize, error: Error) -> NpyError {
    match error {
        Error::Row { error, .. } => Error::Row { row: index, error }.into(),
        error => error.into(),
    }
}
