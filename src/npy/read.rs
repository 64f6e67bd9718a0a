//! Reading a `.npy` file.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::io::stream::read_some;
use crate::layout::shape::{MAX_RANK, span};
use crate::memory::ReserveError;
use crate::npy::BATCH;
use crate::npy::dtype::NpyDType;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::npy::header::NpyHeader;
use crate::view::View;
use core::slice::ChunksExact;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// # From `.npy` files
///
/// With the feature `npy`.
impl<T> GrowableNd<T> {
    /// Reads one array. The first axis of the file becomes the axis of rows.
    ///
    /// See [`NpyElement`] for the elements and their dtypes. Elements are not converted: a file of
    /// `int32` is an array of `i32`. [`read_npy_as`](Self::read_npy_as) converts numbers, and
    /// [`NpyHeader`] reads the dtype first.
    ///
    /// Both byte orders and both memory orders are read. A single element, whose shape is `()`, is
    /// read as one row. Bytes after the array stay in the reader. The reader need not be buffered:
    /// it is read in large pieces.
    ///
    /// The file may be malformed: for any length that its header announces, the reserved capacity
    /// is at most twice the elements that have arrived, or 64 KiB.
    ///
    /// # Errors
    ///
    /// - [`NpyError::DType`] if the elements have another type
    /// - [`NpyError::Array`] for more than [`MAX_RANK`] axes, extents that overflow or a failed
    ///   allocation
    /// - [`NpyError::Elements`] if there are fewer elements than the header announces
    /// - [`NpyError::Element`] if the bytes of an element are not a valid value
    /// - [`NpyError::Io`] if the reader fails or reports more bytes than were requested
    /// - [`NpyError::Magic`] with no bytes at the end of a stream of arrays
    /// - other variants if the file is not a `.npy` file
    ///
    /// # Panics
    ///
    /// Only if the reader, or the decoding or clone of an element, panics.
    ///
    /// # Cost
    ///
    /// O(*n m*). An array in Fortran order is copied once more, and is then in memory twice.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.5, 2.5], [3.5, 4.5]]);
    /// let mut file = vec![];
    /// array.write_npy(&mut file)?;
    ///
    /// let mut copy = GrowableNd::<f64>::read_npy(&file[..])?;
    /// assert_eq!(copy, array);
    /// copy.push_row([5.5, 6.5])?;
    ///
    /// let error = GrowableNd::<i32>::read_npy(&file[..]).unwrap_err();
    /// # #[cfg(target_endian = "little")]
    /// assert_eq!(
    ///     error.to_string(),
    ///     "dtype '<f8' (float64) does not fit elements of type i32; use type f64",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_npy(mut reader: impl Read) -> Result<Self, NpyError>
    where
        T: NpyElement,
    {
        let (header, elements) = read_array(&mut reader)?;
        array_of(&header, elements)
    }

    /// Reads the array in the file at `path`, which [`save_npy`](Self::save_npy) or NumPy has
    /// written.
    ///
    /// [`read_npy`](Self::read_npy) reads from other sources, or one of several arrays in a file.
    /// [`NpyAppender`](crate::NpyAppender) appends rows without reading the file.
    ///
    /// # Errors
    ///
    /// As [`read_npy`](Self::read_npy), and [`NpyError::Io`] if the file cannot be opened.
    ///
    /// # Cost
    ///
    /// As [`read_npy`](Self::read_npy).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let path = std::env::temp_dir().join("growable-nd-load.npy");
    /// let array = GrowableNd::from([[1.5, 2.5], [3.5, 4.5]]);
    /// array.save_npy(&path)?;
    /// assert_eq!(GrowableNd::<f64>::load_npy(&path)?, array);
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[doc(alias = "load")]
    pub fn load_npy(path: impl AsRef<Path>) -> Result<Self, NpyError>
    where
        T: NpyElement,
    {
        Self::read_npy(File::open(path)?)
    }
}

/// Creates an array from all its elements in row-major order.
pub(crate) fn array_of<T>(header: &NpyHeader, elements: Vec<T>) -> Result<GrowableNd<T>, NpyError> {
    let (&rows, inner) = header.array_shape().split_first().unwrap_or((&1, &[]));
    Ok(GrowableNd::from_parts(inner, rows, elements)?)
}

/// Reads a header and all elements. Returns the elements in row-major order.
// The reader is not generic, so that this is compiled once per type of element.
pub(crate) fn read_array<T: NpyElement>(reader: &mut dyn Read) -> Result<(NpyHeader, Vec<T>), NpyError> {
    let (header, _) = read_header::<T>(reader)?;
    let mut elements = read_elements(&header, reader)?;
    if header.is_column_major() {
        elements = row_major(header.array_shape(), elements)?;
    }
    Ok((header, elements))
}

/// Reads the header of an array, and creates an array of its inner shape without rows. Fails if the
/// product of the extents overflows.
pub(crate) fn read_header<T: NpyElement>(
    reader: &mut dyn Read,
) -> Result<(NpyHeader, GrowableNd<T>), NpyError> {
    let header = NpyHeader::read_from(reader)?;
    header.dtype_of::<T>()?;
    let inner = header.array_shape().get(1..).unwrap_or_default();
    let empty = GrowableNd::try_new(inner)?;
    span(header.array_shape())?;
    Ok((header, empty))
}

/// Reads all elements in the order of the file. Bytes after them stay in the reader.
fn read_elements<T: NpyElement>(header: &NpyHeader, reader: &mut dyn Read) -> Result<Vec<T>, NpyError> {
    let dtype = header.dtype_of::<T>()?;
    let count = header.array_shape().iter().product();
    // Elements may be larger in memory than in the file.
    let batch = (BATCH / dtype.size().max(size_of::<T>())).max(1);
    let mut elements = Vec::new();
    let mut bytes = Vec::new();
    while elements.len() < count {
        let before = elements.len();
        let wanted = batch.min(count - before);
        reserve(&mut elements, wanted, count)?;
        let found = match T::append_native(&mut elements, wanted, dtype) {
            Some(native) => fill(reader, native)? / dtype.size(),
            None => {
                let read = read_bytes(reader, &mut bytes, wanted * dtype.size())?;
                decode(&mut elements, &bytes[..read], dtype)?;
                read / dtype.size()
            }
        };
        if found < wanted {
            return Err(NpyError::Elements { expected: count, found: before + found });
        }
    }
    Ok(elements)
}

/// Reads `len` bytes to the beginning of the buffer, or fewer at the end. Returns their number.
///
/// In pieces: a malformed header may announce any number of bytes for an element.
fn read_bytes(reader: &mut dyn Read, buffer: &mut Vec<u8>, len: usize) -> Result<usize, NpyError> {
    let mut read = 0;
    while read < len {
        let end = len.min(read.saturating_add(BATCH));
        if buffer.len() < end {
            reserve(buffer, end - buffer.len(), len)?;
            buffer.resize(end, 0);
        }
        read += fill(reader, &mut buffer[read..end])?;
        if read < end {
            break;
        }
    }
    Ok(read)
}

/// Reads until the buffer is full or the reader has ended. Returns the number of bytes read.
fn fill(mut reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match read_some(&mut reader, &mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// Reorders the elements of an array of shape `shape` from Fortran order to row-major order.
fn row_major<T: Clone>(shape: &[usize], elements: Vec<T>) -> Result<Vec<T>, NpyError> {
    // Trailing axes of extent 1 change neither order, so all shapes can have the maximum rank.
    let mut extents = [1; MAX_RANK];
    extents[..shape.len()].copy_from_slice(shape);
    extents.reverse();
    let view = View::from_slice(extents, &elements).map_err(Error::from)?.t();
    if view.is_contiguous() {
        return Ok(elements);
    }
    Ok(view.try_to_owned_array()?.into_vec())
}

/// Appends the elements whose bytes are given.
fn decode<T: NpyElement>(elements: &mut Vec<T>, bytes: &[u8], dtype: &NpyDType) -> Result<(), NpyError> {
    let start = elements.len();
    if T::append_decoded(elements, bytes, dtype) {
        return Ok(());
    }
    elements.truncate(start);
    // If the compiler knows the size, the loop has no calls.
    if dtype.size() == size_of::<T>() {
        decode_slots(elements, bytes.chunks_exact(size_of::<T>()), dtype)
    } else {
        decode_slots(elements, bytes.chunks_exact(dtype.size()), dtype)
    }
}

// Always inlined, so that a constant size stays constant.
#[inline(always)]
fn decode_slots<T: NpyElement>(
    elements: &mut Vec<T>,
    slots: ChunksExact<'_, u8>,
    dtype: &NpyDType,
) -> Result<(), NpyError> {
    let start = elements.len();
    let mut rest = slots.clone();
    let Some(first) = rest.next() else { return Ok(()) };
    let first = T::decode(first, dtype).map_err(|error| NpyError::Element { index: start, error })?;
    elements.push(first.clone());
    // Without an early exit the loop is as fast as a copy.
    let mut fault = None;
    elements.extend(rest.map(|slot| {
        T::decode(slot, dtype).unwrap_or_else(|error| {
            fault.get_or_insert(error);
            first.clone()
        })
    }));
    let Some(error) = fault else { return Ok(()) };
    let good = slots.take_while(|&slot| T::decode(slot, dtype).is_ok());
    Err(NpyError::Element { index: start + good.count(), error })
}

/// Reserves capacity for `wanted` more elements of `count` in total. Doubles the capacity, so that
/// growing is amortized, but not beyond `count`.
fn reserve<T>(elements: &mut Vec<T>, wanted: usize, count: usize) -> Result<(), ReserveError> {
    let len = elements.len();
    if wanted <= elements.capacity() - len {
        return Ok(());
    }
    let more = len.clamp(wanted, count - len);
    elements
        .try_reserve_exact(more)
        .map_err(|_| ReserveError::Allocation { bytes: (len + more).saturating_mul(size_of::<T>()) })
}
