//! To and from bytes, in memory: all elements, rows, and rows of other elements of the same size.

use crate::array::GrowableNd;
use crate::array::error::{Error, RowError};
use crate::growth::stats::GrowthStats;
use alloc::vec::Vec;
use bytemuck::{AnyBitPattern, NoUninit, PodCastError, Zeroable};
use core::iter;

/// An array as bytes: for elements of which every byte is defined, such as numbers.
///
/// Bytes are in the order of this machine, the elements in row-major order. Which elements these are, bytemuck says:
/// complex numbers, too, with the feature `bytemuck` of num-complex, but not `bool` where bytes are read.
///
/// # Cost
///
/// Constant, nothing is copied.
impl<T: NoUninit> GrowableNd<T> {
    /// The bytes of all elements: what a file, a socket or a graphics card wants.
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

    /// The elements of row `row`, seen as elements of another type: `[f32; 3]` or a struct of yours that has the traits
    /// of bytemuck.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if there is no such row, [`Error::CastSize`] if the bytes of a row are not a whole number of
    /// elements of the other type, [`Error::CastAlignment`] if these cannot stand where the row stands.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // Points come as six numbers, and are wanted as two triples.
    /// let array = GrowableNd::from([[1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0]]);
    /// assert_eq!(array.cast_row::<[f32; 3]>(0)?, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    /// assert!(array.cast_row::<[f32; 4]>(0).is_err());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn cast_row<U: AnyBitPattern>(&self, row: usize) -> Result<&[U], Error> {
        self.check_row(row)?;
        if self.row_bytes() == 0 {
            // Stands nowhere, so also where elements of the other type can.
            return Ok(&[]);
        }
        bytemuck::try_cast_slice(self.row(row)).map_err(|error| cast_error::<U>(error, self.row_bytes()))
    }
}

/// An array whose elements may be written as bytes: for elements that every bit pattern is one of, such as numbers.
impl<T: NoUninit + AnyBitPattern> GrowableNd<T> {
    /// The bytes of all elements, to be changed.
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
    /// // Numbers that came from a machine of the other byte order.
    /// let mut array = GrowableNd::from([[0x0102_u16, 0x0304]]);
    /// array.as_bytes_mut().chunks_exact_mut(2).for_each(<[u8]>::reverse);
    /// assert_eq!(array.as_slice(), [0x0201, 0x0403]);
    /// ```
    pub fn as_bytes_mut(&mut self) -> &mut [u8] {
        bytemuck::cast_slice_mut(self.as_mut_slice())
    }

    /// The elements of row `row`, seen as elements of another type, to be changed.
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
        bytemuck::try_cast_slice_mut(self.row_mut(row)).map_err(|error| cast_error::<U>(error, row_bytes))
    }
}

/// Why a row cannot be seen as elements of the type `U`.
fn cast_error<U>(error: PodCastError, row_bytes: usize) -> Error {
    match error {
        PodCastError::OutputSliceWouldHaveSlop => {
            Error::CastSize { row_bytes, element_bytes: size_of::<U>() }
        }
        _ => Error::CastAlignment { expected: align_of::<U>() },
    }
}

/// Rows out of bytes: for elements that every bit pattern is one of, such as numbers. The bytes may stand anywhere,
/// whatever the alignment of the elements.
///
/// # Cost
///
/// One copy of the bytes, and growth as for [`push_row`](Self::push_row).
impl<T: AnyBitPattern> GrowableNd<T> {
    /// An array with rows of the shape `inner`, from the bytes of all elements in the order of this machine.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] for too many axes or extents that overflow, [`Error::PartialRowBytes`] if the bytes are not a
    /// whole number of rows, [`Error::Reserve`] if there is no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let bytes: Vec<u8> = [1.0_f32, 2.0, 3.0, 4.0].iter().flat_map(|x| x.to_ne_bytes()).collect();
    /// let array = GrowableNd::<f32>::from_bytes([2], &bytes)?;
    /// assert_eq!(array, GrowableNd::from([[1.0, 2.0], [3.0, 4.0]]));
    /// assert!(GrowableNd::<f32>::from_bytes([2], &bytes[1..]).is_err());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn from_bytes(inner: impl AsRef<[usize]>, bytes: &[u8]) -> Result<Self, Error> {
        let mut array = Self::try_new(inner)?;
        array.extend_from_bytes(bytes)?;
        array.stats = GrowthStats::default();
        Ok(array)
    }

    /// Puts rows behind the last row, from the bytes of all their elements.
    ///
    /// # Errors
    ///
    /// [`Error::PartialRowBytes`] if the bytes are not a whole number of rows, [`Error::Reserve`] if there is no memory.
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
    pub fn extend_from_bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let rows = self.whole_rows_of_bytes(bytes.len())?;
        Ok(self.add_rows(rows, |data| append_bytes(data, bytes))?)
    }

    /// Puts a row behind the last row whose elements are those of another type, with the same bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] with [`RowError::Bytes`] if these are more or fewer bytes than a row has, [`Error::Reserve`] if
    /// there is no memory.
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
            // Elements without bytes cannot be counted in these.
            return self.push_zeroed_row().map(|_| ());
        }
        Ok(self.add_rows(1, |data| append_bytes(data, bytes))?)
    }

    /// How many rows so many bytes are, if they are a whole number.
    fn whole_rows_of_bytes(&self, found: usize) -> Result<usize, Error> {
        let row_bytes = self.row_bytes();
        let rows = found.checked_div(row_bytes).unwrap_or(0);
        if rows * row_bytes == found { Ok(rows) } else { Err(Error::PartialRowBytes { row_bytes, found }) }
    }
}

fn append_bytes<T: AnyBitPattern>(data: &mut Vec<T>, bytes: &[u8]) {
    if size_of::<T>() > 0 {
        data.extend(bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned::<T>));
    }
}

/// Rows to be filled later.
impl<T: Zeroable> GrowableNd<T> {
    /// Puts a row of zeros behind the last row, and returns it to be filled.
    ///
    /// # Errors
    ///
    /// [`Error::Reserve`] if there is no memory.
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
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn push_zeroed_row(&mut self) -> Result<&mut [T], Error> {
        let row_len = self.row_len();
        self.add_rows(1, |data| data.extend(iter::repeat_with(T::zeroed).take(row_len)))?;
        Ok(self.row_mut(self.rows() - 1))
    }
}

impl<T> GrowableNd<T> {
    /// Bytes of a row. A row that is too long to be there has the largest number.
    pub(crate) fn row_bytes(&self) -> usize {
        self.row_len().saturating_mul(size_of::<T>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a block stands is the affair of the allocator, so a misplaced row cannot be had at will.
    #[test]
    fn a_row_that_is_misplaced_is_told_from_one_of_another_size() {
        let error = cast_error::<u32>(PodCastError::TargetAlignmentGreaterAndInputNotAligned, 12);
        assert_eq!(error, Error::CastAlignment { expected: 4 });
        let error = cast_error::<[u16; 4]>(PodCastError::OutputSliceWouldHaveSlop, 12);
        assert_eq!(error, Error::CastSize { row_bytes: 12, element_bytes: 8 });
    }
}
