//! Shape and elements of an array.

use crate::array::GrowableNd;
use alloc::vec::Vec;

/// # Shape
///
/// Each of these methods takes constant time.
impl<T> GrowableNd<T> {
    /// Returns the number of rows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::from([[1, 2], [3, 4], [5, 6]]).rows(), 3);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "nrows")]
    #[doc(alias = "len")]
    pub fn rows(&self) -> usize {
        self.shape.rows()
    }

    /// Returns the number of elements: the product of the [shape](Self::shape).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::from([[1, 2], [3, 4], [5, 6]]).len(), 6);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "size")]
    pub fn len(&self) -> usize {
        self.data.len()
    }

    /// Returns whether there are no elements. An array without elements can have
    /// [`rows`](Self::rows).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([0]);
    /// array.push_row(&[][..])?;
    /// assert!(array.is_empty());
    /// assert_eq!(array.rows(), 1);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// Returns the shape of the array: the number of rows, then the
    /// [inner shape](Self::inner_shape).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([4, 3]);
    /// array.push_row([[0.0; 3]; 4])?;
    /// assert_eq!(array.shape(), [1, 4, 3]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "dim")]
    pub fn shape(&self) -> &[usize] {
        self.shape.extents()
    }

    /// Returns the shape of a row, outermost axis first.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::<f64>::new([4, 3]).inner_shape(), [4, 3]);
    /// ```
    #[inline]
    #[must_use]
    pub fn inner_shape(&self) -> &[usize] {
        self.shape.inner()
    }

    /// Returns the number of axes: the length of the [shape](Self::shape), at least 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::<f64>::new([4, 3]).ndim(), 3);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "rank")]
    pub fn ndim(&self) -> usize {
        self.shape.extents().len()
    }

    /// Returns the number of elements of a row: the product of the
    /// [inner shape](Self::inner_shape).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::<f64>::new([4, 3]).row_len(), 12);
    /// assert_eq!(GrowableNd::<f64>::new([]).row_len(), 1);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "ncols")]
    pub fn row_len(&self) -> usize {
        self.shape.row_len()
    }
}

/// # Elements as a slice or a vector
///
/// Each of these methods takes constant time and copies nothing.
impl<T> GrowableNd<T> {
    /// Returns all elements in row-major order.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// assert_eq!(array.as_slice().iter().max(), Some(&4));
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "iter")]
    #[doc(alias = "ravel")]
    #[doc(alias = "flatten")]
    pub fn as_slice(&self) -> &[T] {
        &self.data
    }

    /// Returns the number of bytes in a row, or `usize::MAX` if it overflows.
    #[inline]
    pub(crate) fn row_bytes(&self) -> usize {
        self.row_len().saturating_mul(size_of::<T>())
    }

    /// Returns all elements in row-major order, mutably.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.as_mut_slice().reverse();
    /// assert_eq!(array.row(0), [4, 3]);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "iter_mut")]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.data
    }

    /// Converts the array into the vector of its elements in row-major order. The vector keeps the
    /// capacity; the shape is lost.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::from([[1, 2], [3, 4]]).into_vec(), [1, 2, 3, 4]);
    /// ```
    #[inline]
    #[must_use = "to drop the elements use `clear`"]
    #[doc(alias = "to_vec")]
    #[doc(alias = "into_raw_vec")]
    pub fn into_vec(self) -> Vec<T> {
        self.data
    }
}
