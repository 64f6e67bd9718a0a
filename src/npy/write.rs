//! Writing a `.npy` file.

use crate::array::GrowableNd;
use crate::io::stream::write_all;
use crate::memory::vec_with_capacity;
use crate::npy::BATCH;
use crate::npy::dtype::NpyDType;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::npy::header::NpyHeader;
use crate::view::Strided;
use core::ops::Deref;
use std::io::Write;

/// # To `.npy` files
///
/// With the feature `npy`.
impl<T> GrowableNd<T> {
    /// Writes the array, byte for byte as `np.save`, in the byte order of the machine.
    ///
    /// See [`NpyElement`] for the elements and their dtypes. The writer need not be buffered: it
    /// receives large pieces. [`save_npy`](Self::save_npy) writes a file by its path, all or
    /// nothing.
    ///
    /// # Errors
    ///
    /// - [`NpyError::Io`] if the writer fails
    /// - [`NpyError::NoDType`] for elements without a dtype of their own, such as texts
    /// - [`NpyError::Element`] if the dtype cannot represent an element
    /// - [`NpyError::DType`] if a type of your own does not fit its own dtype, or its dtype has no
    ///   bytes
    /// - [`NpyError::Array`] if the allocation of up to 64 KiB, or of one element if that is longer,
    ///   fails; only elements that are encoded need it, as those of views that are not contiguous
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
    #[doc(alias = "save")]
    pub fn write_npy(&self, mut writer: impl Write) -> Result<(), NpyError>
    where
        T: NpyElement,
    {
        let header = NpyHeader::new::<T>(false, self.shape())?;
        write_slice(&mut writer, &header, self.as_slice())
    }
}

/// # To `.npy` files
///
/// With the feature `npy`.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Writes the view, byte for byte as `np.save`.
    ///
    /// The elements are in Fortran order if only the transpose of the view is contiguous, otherwise
    /// in row-major order.
    ///
    /// # Errors
    ///
    /// As [`GrowableNd::write_npy`].
    ///
    /// # Cost
    ///
    /// O(1) per element.
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
    #[doc(alias = "save")]
    pub fn write_npy(&self, mut writer: impl Write) -> Result<(), NpyError>
    where
        T: NpyElement,
    {
        let view = self.as_view();
        let header = |fortran_order| NpyHeader::new::<T>(fortran_order, &view.shape());
        match (view.as_slice(), view.t().as_slice()) {
            (Some(slice), _) => write_slice(&mut writer, &header(false)?, slice),
            (None, Some(slice)) => write_slice(&mut writer, &header(true)?, slice),
            (None, None) => encode_all(&mut writer, &header(false)?, view.iter()),
        }
    }
}

/// Writes contiguous elements, without encoding if the file has the same bytes as memory.
// The writer is not generic, so that this is compiled once per type of element.
fn write_slice<T: NpyElement>(
    writer: &mut dyn Write,
    header: &NpyHeader,
    elements: &[T],
) -> Result<(), NpyError> {
    let Some(bytes) = T::native_bytes(elements, header.dtype_of::<T>()?) else {
        return encode_all(writer, header, elements);
    };
    write_all(writer, &header.bytes())?;
    write_all(writer, bytes)?;
    // A buffered writer cannot report an error when it is dropped.
    Ok(writer.flush()?)
}

/// Encodes and writes elements in large pieces.
fn encode_all<'a, T: NpyElement + 'a>(
    writer: &mut dyn Write,
    header: &NpyHeader,
    elements: impl IntoIterator<Item = &'a T>,
) -> Result<(), NpyError> {
    let dtype = header.dtype_of::<T>()?;
    write_all(writer, &header.bytes())?;
    let mut elements = elements.into_iter();
    let slots = (BATCH / dtype.size()).min(elements.size_hint().0).max(1);
    let mut bytes = vec_with_capacity(slots * dtype.size())?;
    for batch in 0.. {
        bytes.clear();
        bytes.resize(slots * dtype.size(), 0);
        let filled = encode(&mut bytes, &mut elements, batch * slots, dtype)?;
        write_all(writer, &bytes[..filled])?;
        if filled < bytes.len() {
            break;
        }
    }
    Ok(writer.flush()?)
}

/// Encodes elements into bytes that are zero. The first element has the position `index` in the
/// file. Returns the number of bytes filled.
pub(crate) fn encode<'a, T: NpyElement + 'a>(
    bytes: &mut [u8],
    elements: impl Iterator<Item = &'a T>,
    index: usize,
    dtype: &NpyDType,
) -> Result<usize, NpyError> {
    // If the compiler knows the size, the loop has no calls.
    if dtype.size() == size_of::<T>() {
        encode_slots(bytes, elements, index, dtype, size_of::<T>())
    } else {
        encode_slots(bytes, elements, index, dtype, dtype.size())
    }
}

// Always inlined, so that a constant size stays constant.
#[inline(always)]
fn encode_slots<'a, T: NpyElement + 'a>(
    bytes: &mut [u8],
    elements: impl Iterator<Item = &'a T>,
    index: usize,
    dtype: &NpyDType,
    size: usize,
) -> Result<usize, NpyError> {
    let mut filled = 0;
    // The slots come first in `zip`: when they end, no element is taken and lost.
    for (slot, element) in bytes.chunks_exact_mut(size).zip(elements) {
        let index = index + filled / size;
        element.encode(slot, dtype).map_err(|error| NpyError::Element { index, error })?;
        filled += size;
    }
    Ok(filled)
}
