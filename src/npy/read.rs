//! Reading a `.npy` file.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::layout::shape::{MAX_RANK, span};
use crate::memory::ReserveError;
use crate::npy::error::NpyError;
use crate::npy::header::{Header, u64_from};
use crate::npy::{BATCH, element_bytes, misfit, plain};
use crate::view::View;
use core::any::type_name;
use npyz::{DType, Deserialize, TypeRead};
use std::io::Read;

/// # From `.npy` files
///
/// With the feature `npy`.
///
/// | elements | dtype |
/// |---|---|
/// | `bool` | `bool` |
/// | `i8`, `i16`, `i32`, `i64` | `int8`, `int16`, `int32`, `int64` |
/// | `u8`, `u16`, `u32`, `u64` | `uint8`, `uint16`, `uint32`, `uint64` |
/// | `f32`, `f64` | `float32`, `float64` |
/// | `Complex<f32>`, `Complex<f64>` of `npyz::num_complex` | `complex64`, `complex128` |
///
/// Elements are not converted: a file of `int32` is an array of `i32`, whose [`map`](Self::map) makes
/// floats. `usize`, the type of [`argmax_axis`](Self::argmax_axis), has no dtype: map it to `u64`.
/// Other plain dtypes are read as npyz reads them: dates as `i64`, texts as `String` or `Vec<u8>`,
/// half floats with the feature of npyz. Structured dtypes and objects are refused.
impl<T> GrowableNd<T> {
    /// Reads one array. The first axis of the file becomes that of the rows.
    ///
    /// Both byte orders and both memory orders are read. What follows the array stays in the reader,
    /// which need not be buffered: it is asked for large pieces. The file may be malformed: however
    /// long the array that its header announces, no more capacity is reserved than for twice the
    /// elements that have arrived.
    ///
    /// # Errors
    ///
    /// [`NpyError::DType`] if the elements have another type, [`NpyError::NoAxes`] for a single
    /// element, [`NpyError::Array`] for more than [`MAX_RANK`] axes, extents that overflow or a failed
    /// allocation, [`NpyError::Elements`] if there are fewer elements than the header announces,
    /// [`NpyError::Io`] if the reader fails or cannot allocate for its bytes, and other variants if the
    /// file is not a `.npy` file.
    ///
    /// # Panics
    ///
    /// Only if the reader panics, or reports more bytes than were requested.
    ///
    /// # Cost
    ///
    /// O(*n m*). An array in Fortran order is copied once more, and is in memory twice at the end.
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
    /// assert_eq!(error.to_string(), "expected a dtype for elements of type i32, found '<f8'");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_npy(mut reader: impl Read) -> Result<Self, NpyError>
    where
        T: Deserialize + Clone + 'static,
    {
        let (header, empty) = read_header::<T>(&mut reader)?;
        let mut elements = read_elements(&header, &mut reader)?;
        if header.fortran_order {
            elements = row_major(&header.shape, elements)?;
        }
        Ok(Self::from_parts(empty.inner_shape(), header.shape[0], elements)?)
    }
}

/// Reads the header of an array, and creates one of its inner shape without rows. The shape has at
/// least one axis, and the product of its extents does not overflow.
pub(crate) fn read_header<T>(reader: &mut impl Read) -> Result<(Header, GrowableNd<T>), NpyError> {
    let header = Header::read(reader, type_name::<T>())?;
    let (_, inner) = header.shape.split_first().ok_or(NpyError::NoAxes)?;
    let empty = GrowableNd::try_new(inner)?;
    span(&header.shape)?;
    Ok((header, empty))
}

/// Reads all elements in the order of the file.
fn read_elements<T>(header: &Header, reader: &mut impl Read) -> Result<Vec<T>, NpyError>
where
    T: Deserialize + Clone + 'static,
{
    // Before anything is read, since it may fail.
    let decoder = Decoder::new(&header.dtype)?;
    let count = header.shape.iter().product();
    if plain::is_native(&header.dtype) {
        let mut elements = GrowableNd::new([]);
        if let Some(result) = plain::read(&mut elements, reader, count) {
            return result.map(|()| elements.into_vec());
        }
    }
    decoder.read(reader, count)
}

/// Reorders the elements of an array of shape `shape` from Fortran order to row-major order.
fn row_major<T: Clone>(shape: &[usize], elements: Vec<T>) -> Result<Vec<T>, NpyError> {
    // Trailing axes of extent 1 change neither order, so that one number of axes serves for all.
    let mut extents = [1; MAX_RANK];
    extents[..shape.len()].copy_from_slice(shape);
    extents.reverse();
    let view = View::from_slice(extents, &elements).map_err(Error::from)?.t();
    if view.is_contiguous() {
        return Ok(elements);
    }
    Ok(view.try_to_owned_array()?.into_vec())
}

/// Decodes bytes to elements.
struct Decoder<T: Deserialize> {
    reader: T::TypeReader,
    /// Bytes of one element.
    size: usize,
}

impl<T: Deserialize + Clone> Decoder<T> {
    fn new(dtype: &DType) -> Result<Self, NpyError> {
        match (T::reader(dtype), element_bytes(dtype)) {
            (Ok(reader), Some(size)) => Ok(Decoder { reader, size }),
            _ => Err(misfit::<T>(dtype)),
        }
    }

    /// Reads `count` elements and no byte more.
    fn read(&self, reader: &mut impl Read, count: usize) -> Result<Vec<T>, NpyError> {
        let mut elements = Vec::new();
        let mut bytes = Vec::new();
        while elements.len() < count {
            let wanted = (BATCH / self.size).max(1).min(count - elements.len());
            bytes.clear();
            // Not `read_exact`: a malformed header may announce any number of bytes for an element.
            reader.by_ref().take(u64_from(wanted * self.size)).read_to_end(&mut bytes)?;
            let found = bytes.len() / self.size;
            if found < wanted {
                return Err(NpyError::Elements { expected: count, found: elements.len() + found });
            }
            reserve(&mut elements, wanted, count)?;
            // For a size that the compiler knows this becomes a plain copy.
            if self.size == size_of::<T>() {
                self.append(&mut elements, &bytes, size_of::<T>())?;
            } else {
                self.append(&mut elements, &bytes, self.size)?;
            }
        }
        Ok(elements)
    }

    /// Appends the elements whose bytes are given.
    // Always inlined, so that a size that is a constant stays one.
    #[inline(always)]
    fn append(&self, elements: &mut Vec<T>, bytes: &[u8], size: usize) -> Result<(), NpyError> {
        let before = elements.len();
        let mut slots = bytes.chunks_exact(size);
        let Some(slot) = slots.next() else { return Ok(()) };
        let first = self.reader.read_one(slot).map_err(|error| NpyError::Element { index: before, error })?;
        elements.push(first.clone());
        // The loop is as fast as a copy if it goes on to its end, whatever it finds.
        let mut fault = None;
        elements.extend(slots.map(|slot| {
            self.reader.read_one(slot).unwrap_or_else(|error| {
                fault.get_or_insert(error);
                first.clone()
            })
        }));
        let Some(error) = fault else { return Ok(()) };
        let good = bytes.chunks_exact(size).take_while(|&slot| self.reader.read_one(slot).is_ok());
        Err(NpyError::Element { index: before + good.count(), error })
    }
}

/// Reserves capacity for `wanted` more elements of `count` in total: for as many as there are, so that
/// growing is amortized, but for none beyond the last.
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
