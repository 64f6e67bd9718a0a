//! Conversion to and from bytes in memory: all elements, rows, and rows of another element type.

use crate::array::GrowableNd;
use crate::array::error::{Error, RowError};
use crate::memory::ReserveError;
use alloc::vec::Vec;
use bytemuck::{AnyBitPattern, NoUninit, Zeroable};
use core::iter;

/// # Elements as bytes
///
/// Bytes are in native order, elements in row-major order. The element types need traits of
/// [bytemuck](https://docs.rs/bytemuck): numbers have them, `Complex` with the feature `bytemuck`
/// of num-complex, `bool` for writing only.
///
/// Each of these methods takes constant time and copies nothing.
impl<T: NoUninit> GrowableNd<T> {
    /// Returns the bytes of all elements, for a file, a socket or a graphics card.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1_u16, 2], [3, 4]]);
    /// assert_eq!(array.as_bytes().len(), 8);
    /// assert_eq!(array.as_bytes()[..2], 1_u16.to_ne_bytes());
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self.as_slice())
    }

    /// Returns row `row` as elements of another type, such as `[f32; 3]` or your own struct with
    /// the traits of bytemuck.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if `row` is out of bounds, [`Error::CastSize`] if the bytes of a row are
    /// not a whole number of elements of the other type, [`Error::CastAlignment`] if the row is not
    /// aligned for them.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // Two points come as six numbers.
    /// let array = GrowableNd::from([[1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0]]);
    /// assert_eq!(array.cast_row::<[f32; 3]>(0)?, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    /// assert!(array.cast_row::<[f32; 4]>(0).is_err());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn cast_row<U: AnyBitPattern>(&self, row: usize) -> Result<&[U], Error> {
        self.check_row(row)?;
        if self.row_bytes() == 0 {
            // An empty slice is aligned for every type.
            return Ok(&[]);
        }
        bytemuck::try_cast_slice(self.row(row)).map_err(|_| cast_error::<U>(self.row_bytes()))
    }
}

/// # Elements as mutable bytes
///
/// For elements that can have any bit pattern, such as numbers.
impl<T: NoUninit + AnyBitPattern> GrowableNd<T> {
    /// Returns the bytes of all elements mutably.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // Swap the byte order of all elements.
    /// let mut array = GrowableNd::from([[0x0102_u16, 0x0304]]);
    /// array.as_mut_bytes().chunks_exact_mut(2).for_each(<[u8]>::reverse);
    /// assert_eq!(array.as_slice(), [0x0201, 0x0403]);
    /// ```
    pub fn as_mut_bytes(&mut self) -> &mut [u8] {
        bytemuck::cast_slice_mut(self.as_mut_slice())
    }

    /// Returns row `row` as mutable elements of another type.
    ///
    /// # Errors
    ///
    /// As [`cast_row`](Self::cast_row).
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0]]);
    /// array.cast_row_mut::<[f32; 3]>(0)?.swap(0, 1);
    /// assert_eq!(array.as_slice(), [4.0, 5.0, 6.0, 1.0, 2.0, 3.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn cast_row_mut<U: NoUninit + AnyBitPattern>(&mut self, row: usize) -> Result<&mut [U], Error> {
        self.check_row(row)?;
        let row_bytes = self.row_bytes();
        if row_bytes == 0 {
            return Ok(&mut []);
        }
        bytemuck::try_cast_slice_mut(self.row_mut(row)).map_err(|_| cast_error::<U>(row_bytes))
    }
}

/// Returns why a row cannot be cast to elements of type `U`. The size comes first, since the
/// alignment depends on where the block happens to be.
fn cast_error<U>(row_bytes: usize) -> Error {
    let element_bytes = size_of::<U>();
    match row_bytes.checked_rem(element_bytes) {
        Some(0) => Error::CastAlignment { expected: align_of::<U>() },
        _ => Error::CastSize { row_bytes, element_bytes },
    }
}

/// # From bytes
///
/// For elements that can have any bit pattern, such as numbers. The bytes need no alignment.
///
/// Each of these methods copies the bytes once; growth as for [`push_row`](Self::push_row).
impl<T: AnyBitPattern> GrowableNd<T> {
    /// Creates an array with rows of the shape `inner` from the bytes of all elements. It has the
    /// default growth policy.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] for too many axes or extents that overflow, [`Error::PartialRowBytes`] if
    /// the bytes are not a whole number of rows, [`Error::Reserve`] if the allocation fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let bytes = [1.0_f32, 2.0, 3.0, 4.0].map(f32::to_ne_bytes).concat();
    /// let array = GrowableNd::<f32>::from_bytes([2], &bytes)?;
    /// assert_eq!(array, GrowableNd::from([[1.0, 2.0], [3.0, 4.0]]));
    /// assert!(GrowableNd::<f32>::from_bytes([2], &bytes[1..]).is_err());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn from_bytes(inner: impl AsRef<[usize]>, bytes: &[u8]) -> Result<Self, Error> {
        let inner = inner.as_ref();
        let rows = Self::try_new(inner)?.whole_rows_of_bytes(bytes.len())?;
        let mut array = Self::try_with_capacity(inner, rows)?;
        array.append_rows(rows, |data| append_bytes(data, bytes))?;
        Ok(array)
    }

    /// Appends rows from the bytes of all their elements.
    ///
    /// # Errors
    ///
    /// [`Error::PartialRowBytes`] if the bytes are not a whole number of rows, [`Error::Reserve`]
    /// if the array cannot grow.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1_u16, 2]]);
    /// array.extend_from_bytes(&[3_u16, 4, 5, 6].map(u16::to_ne_bytes).concat())?;
    /// assert_eq!(array.shape(), [3, 2]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn extend_from_bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let rows = self.whole_rows_of_bytes(bytes.len())?;
        Ok(self.append_rows(rows, |data| append_bytes(data, bytes))?)
    }

    /// Appends a row with the bytes of elements of another type.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] with [`RowError::Bytes`] if a row has another number of bytes,
    /// [`Error::Reserve`] if the array cannot grow.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f32>::new([2, 3]);
    /// array.push_cast_row(&[[1.0_f32, 2.0, 3.0], [4.0, 5.0, 6.0]])?;
    /// assert_eq!(array.row(0), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    /// assert!(array.push_cast_row(&[0_u8; 23]).is_err());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn push_cast_row<U: NoUninit>(&mut self, row: &[U]) -> Result<(), Error> {
        let bytes: &[u8] = bytemuck::cast_slice(row);
        let (expected, found) = (self.row_bytes(), bytes.len());
        if expected != found {
            return Err(Error::Row { row: self.rows(), error: RowError::Bytes { expected, found } });
        }
        if expected == 0 {
            // Elements of size zero cannot be counted by their bytes.
            self.push_zeroed_row()?;
            return Ok(());
        }
        Ok(self.append_rows(1, |data| append_bytes(data, bytes))?)
    }

    /// Returns the number of rows in `found` bytes, or an error if a row is incomplete.
    #[inline]
    fn whole_rows_of_bytes(&self, found: usize) -> Result<usize, Error> {
        let row_bytes = self.row_bytes();
        // One row is the common case in loops, and needs no division.
        if found == row_bytes && found > 0 {
            return Ok(1);
        }
        let rows = found.checked_div(row_bytes).unwrap_or(0);
        if rows * row_bytes == found { Ok(rows) } else { Err(Error::PartialRowBytes { row_bytes, found }) }
    }
}

#[inline]
fn append_bytes<T: AnyBitPattern>(data: &mut Vec<T>, bytes: &[u8]) {
    if size_of::<T>() > 0 {
        data.extend(bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned::<T>));
    }
}

/// # Rows of zeros
impl<T: Zeroable> GrowableNd<T> {
    /// Appends a row with all bytes zero and returns it mutably.
    ///
    /// # Errors
    ///
    /// [`ReserveError`] if the array cannot grow.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized, as [`push_row`](Self::push_row).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([3]);
    /// array.push_zeroed_row()?[1] = 2.0;
    /// assert_eq!(array.row(0), [0.0, 2.0, 0.0]);
    /// # Ok::<(), growable_nd::ReserveError>(())
    /// ```
    #[inline]
    pub fn push_zeroed_row(&mut self) -> Result<&mut [T], ReserveError> {
        let row_len = self.row_len();
        self.append_rows(1, |data| data.extend(iter::repeat_with(T::zeroed).take(row_len)))?;
        Ok(self.row_mut(self.rows() - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Alignment depends on the allocator, so a misaligned row cannot be forced.
    #[test]
    fn only_rows_of_a_fitting_size_are_called_misaligned() {
        assert_eq!(cast_error::<u32>(12), Error::CastAlignment { expected: 4 });
        assert_eq!(cast_error::<u64>(12), Error::CastSize { row_bytes: 12, element_bytes: 8 });
        assert_eq!(cast_error::<[u64; 0]>(12), Error::CastSize { row_bytes: 12, element_bytes: 0 });
    }
}
