//! The rows of a growing file that are not written yet.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::row::Row;
use crate::memory::ReserveError;
use crate::npy::error::NpyError;
use crate::npy::write::Encoder;
use crate::npy::{BATCH, plain};
use npyz::{DType, Serialize};

/// Rows that are not written yet.
// Invariants:
// 1. If elements are plain, `elements` are the rows. Otherwise `elements` is of use within a push only,
//    and the rows are the first `rows * row_bytes` bytes of `encoded`.
// 2. `max_rows` is that of `elements`, which takes a division.
pub(crate) struct Pending<T: Serialize> {
    elements: GrowableNd<T>,
    encoded: Vec<u8>,
    encoder: Encoder<T>,
    /// Whether the bytes of elements in memory are those in the file.
    is_plain: bool,
    rows: usize,
    row_bytes: usize,
    max_rows: usize,
}

impl<T: Serialize + 'static> Pending<T> {
    /// `elements` is an array of the inner shape without rows.
    pub(crate) fn new(elements: GrowableNd<T>, dtype: &DType) -> Result<Self, NpyError> {
        let encoder = Encoder::new(dtype)?;
        let row_bytes = elements.row_len().checked_mul(encoder.size()).ok_or_else(|| elements.overflow(1))?;
        let is_plain = plain::is_native(dtype) && plain::bytes(&elements).is_some();
        let max_rows = elements.max_rows();
        Ok(Pending { elements, encoded: Vec::new(), encoder, is_plain, rows: 0, row_bytes, max_rows })
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

    /// Bytes of a row in the file.
    pub(crate) fn row_bytes(&self) -> usize {
        self.row_bytes
    }

    /// Bytes of an element in the file.
    pub(crate) fn element_bytes(&self) -> usize {
        self.encoder.size()
    }

    /// Returns whether the rows should be written before the next one is pushed.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.rows * self.row_bytes >= BATCH
    }

    /// Appends a row, which has the position `index` in the file.
    #[inline]
    pub(crate) fn push<R: Row<T>>(&mut self, row: R, index: usize) -> Result<(), NpyError> {
        if index >= self.max_rows {
            return Err(self.elements.overflow(index.saturating_add(1)).into());
        }
        if !self.is_plain {
            self.elements.clear();
        }
        self.elements.push_row(row).map_err(|error| at(index, error))?;
        if !self.is_plain {
            self.encode(index)?;
        }
        self.rows += 1;
        Ok(())
    }

    /// Encodes the only row of `elements`.
    fn encode(&mut self, index: usize) -> Result<(), NpyError> {
        let start = self.rows * self.row_bytes;
        // An element that panicked in its encoder may have left bytes.
        self.encoded.truncate(start);
        self.encoded
            .try_reserve(self.row_bytes)
            .map_err(|_| ReserveError::Allocation { bytes: start.saturating_add(self.row_bytes) })?;
        self.encoded.resize(start + self.row_bytes, 0);
        let elements = self.elements.as_slice();
        let encoded = self.encoder.fill(&mut self.encoded[start..], elements.iter(), index * elements.len());
        self.elements.clear();
        encoded.map(|_| ())
    }

    /// Returns all rows as bytes of the file.
    pub(crate) fn bytes(&self) -> &[u8] {
        match plain::bytes(&self.elements) {
            Some(bytes) if self.is_plain => bytes,
            _ => &self.encoded[..self.rows * self.row_bytes],
        }
    }

    /// Drops all rows.
    pub(crate) fn clear(&mut self) {
        self.elements.clear();
        self.encoded.clear();
        self.rows = 0;
    }
}

/// Gives the error of a row its index in the file.
#[cold]
fn at(index: usize, error: Error) -> NpyError {
    match error {
        Error::Row { error, .. } => Error::Row { row: index, error }.into(),
        error => error.into(),
    }
}
