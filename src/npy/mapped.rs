//! Views of the elements of a `.npy` file in memory, such as a mapped file.

use crate::layout::error::AccessError;
use crate::layout::shape::span;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::npy::header::NpyHeader;
use crate::view::View;
use bytemuck::AnyBitPattern;
use core::any::type_name;

/// # From `.npy` files
///
/// With the feature `npy`.
impl<'a, T: NpyElement + AnyBitPattern, const N: usize> View<'a, T, N> {
    /// Creates a view of the elements of a `.npy` file without copying them.
    ///
    /// The file may be mapped into memory, included in the program, or read. It begins with the
    /// first byte; bytes after the array are ignored. A file in Fortran order becomes a view whose
    /// transpose is contiguous.
    ///
    /// # Errors
    ///
    /// - [`NpyError::DType`] if the elements have another type
    /// - [`NpyError::NotNative`] if the elements have other bytes in memory, as in another byte
    ///   order, or a type of your own does not implement [`NpyElement::append_native`]
    /// - [`NpyError::Unaligned`] if the elements are not aligned for `T`
    /// - [`NpyError::Elements`] if there are fewer elements than the header announces
    /// - [`NpyError::Array`] if the number of axes is not `N`, or the extents overflow
    /// - other variants if the bytes are not a `.npy` file
    ///
    /// # Cost
    ///
    /// Constant: only the header is read.
    ///
    /// # Examples
    ///
    /// A file mapped by the crate memmap2. The `unsafe` block promises that nothing else changes
    /// the file, which a library cannot ensure.
    ///
    /// ```ignore
    /// use growable_nd::View;
    /// use std::fs::File;
    ///
    /// let file = File::open("array.npy")?;
    /// let bytes = unsafe { memmap2::Mmap::map(&file)? };
    /// let view = View::<f64, 2>::from_npy(&bytes)?;
    /// println!("{}", view.slice((.., 0)).sum());
    /// ```
    ///
    /// [`doc::other_crates`](crate::doc::other_crates#memmap2) has a complete program.
    ///
    /// Mapped memory is aligned to a page, and `np.save` aligns elements to 64 bytes. Other bytes
    /// may not be aligned: align them as below, or copy the elements with
    /// [`read_npy`](crate::GrowableNd::read_npy).
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View, bytemuck};
    ///
    /// let mut file = vec![];
    /// GrowableNd::from([[1.5, 2.5], [3.5, 4.5]]).write_npy(&mut file)?;
    ///
    /// let mut aligned = vec![0.0_f64; file.len().div_ceil(8)];
    /// let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut aligned);
    /// bytes[..file.len()].copy_from_slice(&file);
    /// let view = View::<f64, 2>::from_npy(bytes)?;
    /// assert_eq!(view.slice((.., 1)).sum(), 7.0);
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[doc(alias = "mmap")]
    #[doc(alias = "memmap")]
    pub fn from_npy(bytes: &'a [u8]) -> Result<Self, NpyError> {
        let header = NpyHeader::read(bytes)?;
        let dtype = header.dtype_of::<T>()?;
        if T::append_native(&mut Vec::new(), 0, dtype).is_none() {
            return Err(NpyError::NotNative { expected: type_name::<T>(), found: header.descr().into() });
        }
        let mut shape: [usize; N] = header
            .shape()
            .try_into()
            .map_err(|_| AccessError::Rank { expected: N, found: header.shape().len() })?;
        span(&shape)?;
        let count: usize = shape.iter().product();
        let rest = bytes.get(header.data_start()..).unwrap_or_default();
        let elements = count.checked_mul(dtype.size()).and_then(|len| rest.get(..len));
        let elements =
            elements.ok_or(NpyError::Elements { expected: count, found: rest.len() / dtype.size() })?;
        // Without elements, any address is aligned.
        let cast = if elements.is_empty() { Ok(&[][..]) } else { bytemuck::try_cast_slice(elements) };
        let elements = cast.map_err(|_| NpyError::Unaligned {
            expected: align_of::<T>(),
            data_start: header.data_start(),
        })?;
        if header.fortran_order() {
            shape.reverse();
            return Ok(View::from_slice(shape, elements)?.t());
        }
        Ok(View::from_slice(shape, elements)?)
    }
}
