//! Selecting rows by a list of indices.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::copy::append_clones;
use crate::layout::error::AccessError;
use crate::panicking::or_panic;
use crate::view::Strided;
use alloc::vec::Vec;
use core::ops::Deref;

/// # Selecting rows
///
/// The result has the default growth policy, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
impl<T: Clone> GrowableNd<T> {
    /// Clones the rows at `indices` into a new array, in the order of the list. An index may occur
    /// several times.
    ///
    /// # Panics
    ///
    /// If an index is out of bounds, if the allocation fails, or if the clone of an element panics.
    /// [`try_select_rows`](Self::try_select_rows) returns the first two as errors.
    ///
    /// # Cost
    ///
    /// O(*m*) per index, one allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// let batch = array.select_rows(&[2, 0, 2]);
    /// assert_eq!(batch, GrowableNd::from([[5, 6], [1, 2], [5, 6]]));
    /// ```
    #[track_caller]
    #[must_use]
    #[doc(alias = "select")]
    #[doc(alias = "take")]
    #[doc(alias = "gather")]
    pub fn select_rows(&self, indices: &[usize]) -> Self {
        or_panic(self.try_select_rows(indices))
    }

    /// Clones rows like [`select_rows`](Self::select_rows), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] with the first entry of the list that is out of bounds, [`Error::Reserve`]
    /// if the allocation fails.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let error = GrowableNd::from([[1, 2], [3, 4]]).try_select_rows(&[0, 7]).unwrap_err();
    /// assert_eq!(error.to_string(), "index 7 (entry 1) is out of bounds for axis 0 of length 2");
    /// ```
    pub fn try_select_rows(&self, indices: &[usize]) -> Result<Self, Error> {
        check_entries(indices, self.rows())?;
        let mut shape = self.shape;
        if indices.len() > self.max_rows() {
            return Err(self.overflow(indices.len()).into());
        }
        shape.set_rows(indices.len());
        Ok(Self::with_shape(shape, |data| append_rows(data, &self.data, shape.row_len(), indices))?)
    }
}

/// Appends clones of the rows at `indices`, which are within bounds.
fn append_rows<T: Clone>(to: &mut Vec<T>, from: &[T], row_len: usize, indices: &[usize]) {
    if row_len == 1 {
        // A call for each element would take longer than its clone.
        to.extend(indices.iter().map(|&index| from[index].clone()));
    } else {
        indices.iter().for_each(|&index| to.extend_from_slice(&from[index * row_len..][..row_len]));
    }
}

/// # Selecting rows
///
/// The result has the default growth policy, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
impl<S: Deref<Target = [T]>, T: Clone, const N: usize> Strided<S, N> {
    /// Clones the elements at `indices` of the first axis into an array, in the order of the list.
    ///
    /// Like [`GrowableNd::select_rows`]. To select along another axis, [`permute`](Self::permute)
    /// the axes first.
    ///
    /// # Panics
    ///
    /// If the view has no axes, if an index is out of bounds, if the allocation fails, or if the
    /// clone of an element panics. [`try_select_rows`](Self::try_select_rows) returns all but the
    /// last as errors.
    ///
    /// # Cost
    ///
    /// O(1) per element of the result, one allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let columns = array.view::<2>().t().select_rows(&[2, 0]);
    /// assert_eq!(columns, GrowableNd::from([[3, 6], [1, 4]]));
    /// ```
    #[track_caller]
    #[must_use]
    #[doc(alias = "select")]
    #[doc(alias = "take")]
    pub fn select_rows(&self, indices: &[usize]) -> GrowableNd<T> {
        or_panic(self.try_select_rows(indices))
    }

    /// Clones rows like [`select_rows`](Self::select_rows), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if the view has no axes, or with the first entry of the list that is out
    /// of bounds, [`Error::Reserve`] if the allocation fails.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.view::<2>().try_select_rows(&[1, 2]).is_err());
    /// ```
    pub fn try_select_rows(&self, indices: &[usize]) -> Result<GrowableNd<T>, Error> {
        AccessError::check_axis(0, N)?;
        let mut shape = self.shape();
        check_entries(indices, shape[0])?;
        shape[0] = indices.len();
        let row = self.layout.with_extent(0, 1);
        GrowableNd::from_shape_with(&shape, |data| {
            if let Some(rows) = self.as_view().as_slice() {
                return append_rows(data, rows, row.len(), indices);
            }
            for &index in indices {
                append_clones(data, &self.data, &row.with_offset(self.layout.offset_along(0, index)));
            }
        })
    }
}

/// Checks that all indices are within bounds of axis 0, whose length is `len`.
fn check_entries(indices: &[usize], len: usize) -> Result<(), AccessError> {
    match indices.iter().enumerate().find(|&(_, &index)| index >= len) {
        Some((entry, &index)) => Err(AccessError::Entry { entry, axis: 0, index, len }),
        None => Ok(()),
    }
}
