//! Arrays from `.npy` files, and arrays and views to them. The header is that of `npy_header`; which bytes an element
//! is, is the affair of npyz.

pub(crate) mod appender;
pub(crate) mod error;
pub(crate) mod header;

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::layout::shape::{MAX_RANK, span};
use crate::memory::ReserveError;
use crate::memory::vec_with_capacity;
use crate::npy::error::NpyError;
use crate::npy::header::{Header, u64_from};
use crate::view::View;
use core::any::type_name;
use npyz::{AutoSerialize, DType, Deserialize, Serialize, TypeRead, TypeWrite};
use std::io::{self, Read, Write};

/// So many bytes are read or written at a time, or one element or row, if that is longer.
pub(crate) const BATCH: usize = 1 << 16;

/// From and to the files of `NumPy`, `.npy`. With the feature `npy`.
///
/// | elements | dtype |
/// |---|---|
/// | `bool` | `bool` |
/// | `i8`, `i16`, `i32`, `i64` | `int8`, `int16`, `int32`, `int64` |
/// | `u8`, `u16`, `u32`, `u64` | `uint8`, `uint16`, `uint32`, `uint64` |
/// | `f32`, `f64` | `float32`, `float64` |
/// | `Complex<f32>`, `Complex<f64>` of `npyz::num_complex` | `complex64`, `complex128` |
///
/// No element is converted: a file of `int32` is an array of `i32` and no other, whose [`map`](Self::map) makes floats
/// of it. (Nor has `usize`, of which the results of [`argmax_axis`](Self::argmax_axis) are, a dtype: map them to `u64`.)
/// What else npyz can make of a plain
/// dtype can be had, too: dates as `i64`, texts as `String` or `Vec<u8>`, half floats with the feature of npyz. Structured
/// dtypes and objects are refused.
impl<T> GrowableNd<T> {
    /// Reads one array. The first axis of the file becomes that of the rows.
    ///
    /// Both byte orders and both memory orders are read. What stands behind the array is left in the reader, which
    /// need not be buffered: it is asked for large pieces. A file may come from anyone: however long the array that
    /// its header announces, no more room is made than for twice the elements that have come.
    ///
    /// # Errors
    ///
    /// [`NpyError::DType`] if the elements are of another type, [`NpyError::NoAxes`] for a single element,
    /// [`NpyError::Array`] for more than [`MAX_RANK`] axes, extents that overflow, or if there is no memory for the
    /// elements, [`NpyError::Elements`] if there are fewer than the header says, [`NpyError::Io`] if the reader fails, or
    /// has no memory for its bytes, and others for what is no `.npy` file.
    ///
    /// # Panics
    ///
    /// Only if the reader does, or says that it has read more bytes than it was asked for.
    ///
    /// # Cost
    ///
    /// O(*n m*). An array in Fortran order is copied once more, so that at the end it is in memory twice.
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
    /// assert_eq!(error.to_string(), "expected a dtype for elements of the type i32, found '<f8'");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_npy(mut reader: impl Read) -> Result<Self, NpyError>
    where
        T: Deserialize + Clone,
    {
        let (header, empty) = read_header::<T>(&mut reader)?;
        let decoder = Decoder::new(&header.dtype)?;
        let mut elements = decoder.read(&mut reader, header.shape.iter().product())?;
        if header.fortran_order {
            elements = row_major(&header.shape, elements)?;
        }
        Ok(Self::from_parts(empty.inner_shape(), header.shape[0], elements)?)
    }

    /// Writes the array, byte for byte as `np.save` would, in the byte order of the machine. The writer need not be
    /// buffered: it is given large pieces.
    ///
    /// # Errors
    ///
    /// [`NpyError::Io`] if the writer fails, [`NpyError::DType`] if the elements have no plain dtype,
    /// [`NpyError::Array`] if there is no memory for 64 KiB of their bytes.
    ///
    /// # Cost
    ///
    /// O(*n m*).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use growable_nd::GrowableNd;
    /// use std::fs::File;
    ///
    /// let array = GrowableNd::from([[1.5, 2.5], [3.5, 4.5]]);
    /// array.write_npy(File::create("array.npy")?)?;
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn write_npy(&self, writer: impl Write) -> Result<(), NpyError>
    where
        T: AutoSerialize,
    {
        write(writer, false, self.shape(), self.as_slice())
    }
}

/// To the files of `NumPy`, `.npy`. With the feature `npy`.
impl<T: AutoSerialize, const N: usize> View<'_, T, N> {
    /// Writes the view, byte for byte as `np.save` would: in Fortran order if its transpose is contiguous and the view
    /// itself is not, otherwise in row-major order.
    ///
    /// # Errors
    ///
    /// As [`GrowableNd::write_npy`].
    ///
    /// # Cost
    ///
    /// O(1) for each element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let mut file = vec![];
    /// array.view::<2>().slice((.., 1..)).write_npy(&mut file)?;
    /// assert_eq!(GrowableNd::<i32>::read_npy(&file[..])?, GrowableNd::from([[2, 3], [5, 6]]));
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn write_npy(&self, writer: impl Write) -> Result<(), NpyError> {
        let shape = &self.shape();
        match (self.as_slice(), self.t().as_slice()) {
            (Some(slice), _) => write(writer, false, shape, slice),
            (None, Some(slice)) => write(writer, true, shape, slice),
            (None, None) => write(writer, false, shape, self.iter()),
        }
    }
}

fn write<'a, T: AutoSerialize + 'a>(
    mut writer: impl Write,
    fortran_order: bool,
    shape: &[usize],
    elements: impl IntoIterator<Item = &'a T>,
) -> Result<(), NpyError> {
    let header = Header::new(T::default_dtype(), fortran_order, shape);
    let encoder = Encoder::<T>::new(&header.dtype)?;
    writer.write_all(&header.bytes())?;
    encoder.write(&mut writer, elements)?;
    // A buffer that is dropped cannot say that it has failed.
    Ok(writer.flush()?)
}

/// Reads the header of an array, and makes one of its inner shape, without rows. The product of its extents does not
/// overflow, and there is at least one.
pub(crate) fn read_header<T>(reader: &mut impl Read) -> Result<(Header, GrowableNd<T>), NpyError> {
    let header = Header::read(reader, type_name::<T>())?;
    let (_, inner) = header.shape.split_first().ok_or(NpyError::NoAxes)?;
    let empty = GrowableNd::try_new(inner)?;
    span(&header.shape)?;
    Ok((header, empty))
}

/// The elements of an array of this shape, from Fortran order to row-major order.
fn row_major<T: Clone>(shape: &[usize], elements: Vec<T>) -> Result<Vec<T>, NpyError> {
    // Axes of extent 1 behind the others change neither order, and so one number of axes serves for all.
    let mut extents = [1; MAX_RANK];
    extents[..shape.len()].copy_from_slice(shape);
    extents.reverse();
    let view = View::from_slice(extents, &elements).map_err(Error::from)?.t();
    if view.is_contiguous() {
        return Ok(elements);
    }
    Ok(view.try_to_owned_array()?.into_vec())
}

/// The bytes of one element. Elements of no bytes are refused: a file without any could have any number of them.
fn element_bytes(dtype: &DType) -> Option<usize> {
    dtype.num_bytes().filter(|&bytes| bytes > 0)
}

fn misfit<T>(dtype: &DType) -> NpyError {
    NpyError::DType { expected: type_name::<T>(), found: dtype.descr().into() }
}

/// Bytes to elements.
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

    /// Reads `count` elements and nothing beyond them.
    fn read(&self, reader: &mut impl Read, count: usize) -> Result<Vec<T>, NpyError> {
        let mut elements = Vec::new();
        let mut bytes = Vec::new();
        while elements.len() < count {
            let wanted = (BATCH / self.size).max(1).min(count - elements.len());
            bytes.clear();
            // Not `read_exact`: the bytes of a single element may be as many as a header that lies can say.
            reader.by_ref().take(u64_from(wanted * self.size)).read_to_end(&mut bytes)?;
            let found = bytes.len() / self.size;
            if found < wanted {
                return Err(NpyError::Elements { expected: count, found: elements.len() + found });
            }
            make_room(&mut elements, wanted, count)?;
            // For a size that the compiler knows this becomes a plain copy.
            if self.size == size_of::<T>() {
                self.append(&mut elements, &bytes, size_of::<T>())?;
            } else {
                self.append(&mut elements, &bytes, self.size)?;
            }
        }
        Ok(elements)
    }

    /// Puts the elements that `bytes` are behind those of a vector.
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

/// Makes room for `wanted` more elements of `count` in all: for as many as there are, so that growing is amortized,
/// but for none beyond the last. Where that is refused, so would be the whole array.
fn make_room<T>(elements: &mut Vec<T>, wanted: usize, count: usize) -> Result<(), ReserveError> {
    let len = elements.len();
    if wanted <= elements.capacity() - len {
        return Ok(());
    }
    let more = len.clamp(wanted, count - len);
    elements
        .try_reserve_exact(more)
        .map_err(|_| ReserveError::Allocation { bytes: (len + more).saturating_mul(size_of::<T>()) })
}

/// Elements to bytes.
pub(crate) struct Encoder<T: Serialize> {
    writer: T::TypeWriter,
    /// Bytes of one element.
    size: usize,
}

impl<T: Serialize> Encoder<T> {
    pub(crate) fn new(dtype: &DType) -> Result<Self, NpyError> {
        match (dtype, T::writer(dtype), element_bytes(dtype)) {
            (DType::Plain(_), Ok(writer), Some(size)) => Ok(Encoder { writer, size }),
            _ => Err(misfit::<T>(dtype)),
        }
    }

    /// Bytes of one element.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Writes elements, in large pieces.
    fn write<'a>(
        &self,
        writer: &mut impl Write,
        elements: impl IntoIterator<Item = &'a T>,
    ) -> Result<(), NpyError>
    where
        T: 'a,
    {
        let mut elements = elements.into_iter();
        // No more than is needed.
        let slots = (BATCH / self.size).min(elements.size_hint().0).max(1);
        let mut bytes = vec_with_capacity(slots * self.size)?;
        bytes.resize(slots * self.size, 0);
        for batch in 0.. {
            let filled = self.fill(&mut bytes, &mut elements, batch * slots)?;
            writer.write_all(&bytes[..filled])?;
            if filled < bytes.len() {
                break;
            }
        }
        Ok(())
    }

    /// Fills the bytes from their beginning with elements, of which the first stands at `index` in the file, and says how
    /// many are filled.
    pub(crate) fn fill<'a>(
        &self,
        bytes: &mut [u8],
        elements: impl Iterator<Item = &'a T>,
        index: usize,
    ) -> Result<usize, NpyError>
    where
        T: 'a,
    {
        // For a size that the compiler knows this becomes a plain copy.
        let filled = if self.size == size_of::<T>() {
            self.fill_slots(bytes, elements, size_of::<T>())
        } else {
            self.fill_slots(bytes, elements, self.size)
        };
        filled.map_err(|(filled, error)| NpyError::Element { index: index + filled / self.size, error })
    }

    // Always inlined, so that a size that is a constant stays one.
    #[inline(always)]
    fn fill_slots<'a>(
        &self,
        bytes: &mut [u8],
        elements: impl Iterator<Item = &'a T>,
        size: usize,
    ) -> Result<usize, (usize, io::Error)>
    where
        T: 'a,
    {
        let mut filled = 0;
        // The slots first: when they are at an end, no element is taken that would be lost.
        for (slot, element) in bytes.chunks_exact_mut(size).zip(elements) {
            self.writer.write_one(slot, element).map_err(|error| (filled, error))?;
            filled += size;
        }
        Ok(filled)
    }
}
