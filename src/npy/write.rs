//! Writing a `.npy` file.

use crate::array::GrowableNd;
use crate::memory::vec_with_capacity;
use crate::npy::error::NpyError;
use crate::npy::header::Header;
use crate::npy::{BATCH, element_bytes, misfit, plain};
use crate::view::Strided;
use core::ops::Deref;
use npyz::{AutoSerialize, DType, Serialize, TypeWrite};
use std::io::{self, Write};

/// # To `.npy` files
///
/// With the feature `npy`.
impl<T> GrowableNd<T> {
    /// Writes the array, byte for byte as `np.save`, in the byte order of the machine. The writer need
    /// not be buffered: it is given large pieces.
    ///
    /// # Errors
    ///
    /// [`NpyError::Io`] if the writer fails, [`NpyError::DType`] if the elements have no plain dtype,
    /// [`NpyError::Array`] if their bytes are needed, up to 64 KiB,
    /// and the allocation for these fails.
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
    pub fn write_npy(&self, mut writer: impl Write) -> Result<(), NpyError>
    where
        T: AutoSerialize + 'static,
    {
        let header = Header::new(T::default_dtype(), false, self.shape());
        match plain::bytes(self) {
            Some(bytes) if plain::is_native(&header.dtype) => {
                writer.write_all(&header.bytes())?;
                writer.write_all(bytes)?;
                Ok(writer.flush()?)
            }
            _ => write(writer, &header, self.as_slice()),
        }
    }
}

/// # To `.npy` files
///
/// With the feature `npy`.
impl<S: Deref<Target = [T]>, T: AutoSerialize, const N: usize> Strided<S, N> {
    /// Writes the view, byte for byte as `np.save`: in Fortran order if only its transpose is
    /// contiguous, otherwise in row-major order.
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
    pub fn write_npy(&self, writer: impl Write) -> Result<(), NpyError> {
        let view = self.as_view();
        let header = |fortran_order| Header::new(T::default_dtype(), fortran_order, &view.shape());
        match (view.as_slice(), view.t().as_slice()) {
            (Some(slice), _) => write(writer, &header(false), slice),
            (None, Some(slice)) => write(writer, &header(true), slice),
            (None, None) => write(writer, &header(false), view.iter()),
        }
    }
}

fn write<'a, T: AutoSerialize + 'a>(
    mut writer: impl Write,
    header: &Header,
    elements: impl IntoIterator<Item = &'a T>,
) -> Result<(), NpyError> {
    let encoder = Encoder::<T>::new(&header.dtype)?;
    writer.write_all(&header.bytes())?;
    encoder.write(&mut writer, elements)?;
    // A buffer that is dropped cannot report that it has failed.
    Ok(writer.flush()?)
}

/// Encodes elements to bytes.
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

    /// Writes elements in large pieces.
    fn write<'a>(
        &self,
        writer: &mut impl Write,
        elements: impl IntoIterator<Item = &'a T>,
    ) -> Result<(), NpyError>
    where
        T: 'a,
    {
        let mut elements = elements.into_iter();
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

    /// Fills the bytes with elements, the first of which has the position `index` in the file. Returns
    /// the number of bytes filled.
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
        // The slots first: when they end, no element is taken and lost.
        for (slot, element) in bytes.chunks_exact_mut(size).zip(elements) {
            self.writer.write_one(slot, element).map_err(|error| (filled, error))?;
            filled += size;
        }
        Ok(filled)
    }
}
