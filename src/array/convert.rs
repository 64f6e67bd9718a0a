//! Arrays from vectors, arrays and views, and back.

use crate::array::GrowableNd;
use crate::array::error::{Error, FromVecError};
use crate::array::row::ShapedRow;
use crate::kernels::copy::append_clones;
use crate::panicking::or_panic;
use crate::view::Strided;
use alloc::vec::Vec;
use core::ops::Deref;

/// # Conversion
impl<T> GrowableNd<T> {
    /// Creates an array with rows of the shape `inner` from all their elements in row-major order.
    /// Nothing is copied. The array has the capacity of the vector and the default growth policy.
    ///
    /// A vector without unused capacity grows with the first push, by the default twofold:
    /// [`reserve_exact`](Self::reserve_exact) or [`set_growth`](Self::set_growth) avoid that.
    ///
    /// An empty vector makes an array without rows, even if rows have no elements.
    ///
    /// # Errors
    ///
    /// [`FromVecError`] with the vector inside: [`Error::Shape`] for too many axes or extents that
    /// overflow, [`Error::PartialRow`] if the elements are not a whole number of rows,
    /// [`Error::Reserve`] for more than `isize::MAX` elements, which only elements of size zero can
    /// be.
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
    /// let array = GrowableNd::from_vec([3], vec![1, 2, 3, 4, 5, 6])?;
    /// assert_eq!(array.shape(), [2, 3]);
    ///
    /// let error = GrowableNd::from_vec([3], vec![1, 2, 3, 4]).unwrap_err();
    /// assert_eq!(error.to_string(), "4 elements are not a whole number of rows of 3");
    /// assert_eq!(error.vec, [1, 2, 3, 4]);
    /// # Ok::<(), growable_nd::FromVecError<i32>>(())
    /// ```
    #[doc(alias = "from_shape_vec")]
    pub fn from_vec(inner: impl AsRef<[usize]>, vec: Vec<T>) -> Result<Self, FromVecError<T>> {
        let mut array = Self::EMPTY;
        let rows = match array.shape.set_inner(inner.as_ref()) {
            Ok(()) => array.whole_rows(vec.len()),
            Err(error) => Err(error.into()),
        };
        match rows {
            Ok(rows) => Ok(Self::of_rows(array.shape, rows, vec)),
            Err(error) => Err(FromVecError { error, vec }),
        }
    }
}

/// # Copying
///
/// The arrays have the default growth policy, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
impl<S: Deref<Target = [T]>, T: Clone, const N: usize> Strided<S, N> {
    /// Clones the elements into an array of the same shape.
    ///
    /// # Panics
    ///
    /// If the view has no axes, since an array has at least one, or if the allocation fails;
    /// [`try_to_owned_array`](Self::try_to_owned_array) returns the error. If the clone of an element
    /// panics.
    ///
    /// # Cost
    ///
    /// O(1) per element, one allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let transposed = array.view::<2>().t().to_owned_array();
    /// assert_eq!(transposed, GrowableNd::from([[1, 4], [2, 5], [3, 6]]));
    /// ```
    #[track_caller]
    #[must_use]
    #[doc(alias = "copy")]
    #[doc(alias = "to_owned")]
    #[doc(alias = "to_vec")]
    pub fn to_owned_array(&self) -> GrowableNd<T> {
        GrowableNd::from_shape_or_panic(&self.shape(), |data| {
            append_clones(data, &self.data, &self.layout);
        })
    }

    /// Clones the elements into an array. The twin of [`to_owned_array`](Self::to_owned_array) that
    /// returns the error.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] if the view has no axes, [`Error::Reserve`] if the allocation fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let numbers = View::from_slice([1], &[1.0])?.broadcast([isize::MAX as usize])?;
    /// assert!(numbers.try_to_owned_array().is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn try_to_owned_array(&self) -> Result<GrowableNd<T>, Error> {
        GrowableNd::from_shape_with(&self.shape(), |data| {
            append_clones(data, &self.data, &self.layout);
        })
    }
}

/// Creates an array of the rows of an array of arrays, whose inner shape is that of a row.
///
/// # Panics
///
/// As `collect`.
impl<T, R: ShapedRow<T>, const N: usize> From<[R; N]> for GrowableNd<T> {
    #[track_caller]
    fn from(rows: [R; N]) -> Self {
        let mut array = Self::with_capacity(R::SHAPE, N);
        rows.into_iter().for_each(|row| or_panic(array.push_row(row)));
        array
    }
}

/// Creates an array of the rows of a vector of arrays. Nothing is copied.
///
/// # Panics
///
/// For more than `isize::MAX` elements, which only elements of size zero can be.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from(vec![[1, 2], [3, 4]]);
/// assert_eq!(array.shape(), [2, 2]);
/// ```
impl<T, const N: usize> From<Vec<[T; N]>> for GrowableNd<T> {
    #[track_caller]
    fn from(rows: Vec<[T; N]>) -> Self {
        // Counted before they are flattened: rows without elements could not be counted afterwards.
        let count = rows.len();
        or_panic(Self::from_parts([N], count, rows.into_flattened()))
    }
}

/// Creates an array of the rows of a vector of vectors, which must all have the length of the first.
///
/// # Errors
///
/// [`Error::NoRows`] if there is no first row, [`Error::Row`] for the first row of another length,
/// [`Error::Reserve`] if an allocation fails, [`Error::Shape`] for more than `isize::MAX` elements
/// in a row, which only elements of size zero can be.
impl<T> TryFrom<Vec<Vec<T>>> for GrowableNd<T> {
    type Error = Error;

    fn try_from(rows: Vec<Vec<T>>) -> Result<Self, Error> {
        let row_len = rows.first().ok_or(Error::NoRows)?.len();
        Self::from_rows([row_len], rows)
    }
}

/// Converts the array into its elements in row-major order, as [`GrowableNd::into_vec`].
impl<T> From<GrowableNd<T>> for Vec<T> {
    fn from(array: GrowableNd<T>) -> Self {
        array.into_vec()
    }
}
