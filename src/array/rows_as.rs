//! Rows as arrays of a length known at compile time.

use crate::array::GrowableNd;
use crate::array::error::RowError;
use crate::array::iter::Rows;
use crate::panicking::or_panic;
use bytemuck::{Pod, cast_slice, cast_slice_mut};
use core::iter::FusedIterator;
use core::mem;

/// # Rows as arrays
impl<T> GrowableNd<T> {
    /// Returns all rows as a slice of arrays. `N` is the row length.
    ///
    /// Elements must be [`Pod`](https://docs.rs/bytemuck/latest/bytemuck/trait.Pod.html), such as
    /// numbers. For other types, such as `bool` and `String`, use
    /// [`iter_rows_as`](Self::iter_rows_as), which yields the arrays one by one.
    ///
    /// # Panics
    ///
    /// If rows have another number of elements; [`try_rows_as`](Self::try_rows_as) returns the
    /// error.
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
    /// let points = GrowableNd::from([[1, 2, 2], [0, 3, 4]]);
    /// let squares = points.rows_as().iter().map(|[x, y, z]| x * x + y * y + z * z);
    /// assert!(squares.eq([9, 25]));
    /// ```
    // `Pod` because safe Rust before 1.88 (`as_chunks`) cannot view elements of any type as arrays.
    #[inline]
    #[track_caller]
    #[must_use]
    #[doc(alias = "as_chunks")]
    pub fn rows_as<const N: usize>(&self) -> &[[T; N]]
    where
        T: Pod,
    {
        or_panic(self.try_rows_as())
    }

    /// Returns all rows as arrays like [`rows_as`](Self::rows_as), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`RowError::Length`] if rows have another number of elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.try_rows_as::<3>()?, [[1, 2, 3], [4, 5, 6]]);
    /// let error = array.try_rows_as::<2>().unwrap_err();
    /// assert_eq!(error.to_string(), "expected 3 elements, found 2");
    /// # Ok::<(), growable_nd::RowError>(())
    /// ```
    #[inline]
    pub fn try_rows_as<const N: usize>(&self) -> Result<&[[T; N]], RowError>
    where
        T: Pod,
    {
        self.check_row_len(N)?;
        if size_of::<[T; N]>() == 0 {
            return Ok(sizeless(self.rows()));
        }
        Ok(cast_slice(&self.data))
    }

    /// Returns all rows as a mutable slice of arrays, as [`rows_as`](Self::rows_as).
    ///
    /// # Panics
    ///
    /// As [`rows_as`](Self::rows_as); [`try_rows_as_mut`](Self::try_rows_as_mut) returns the error.
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
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// for [x, y] in array.rows_as_mut() {
    ///     std::mem::swap(x, y);
    /// }
    /// assert_eq!(array.as_slice(), [2, 1, 4, 3]);
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias = "as_chunks_mut")]
    pub fn rows_as_mut<const N: usize>(&mut self) -> &mut [[T; N]]
    where
        T: Pod,
    {
        or_panic(self.try_rows_as_mut())
    }

    /// Returns all rows as mutable arrays like [`rows_as_mut`](Self::rows_as_mut), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_rows_as`](Self::try_rows_as).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.try_rows_as_mut::<4>().is_err());
    /// ```
    #[inline]
    pub fn try_rows_as_mut<const N: usize>(&mut self) -> Result<&mut [[T; N]], RowError>
    where
        T: Pod,
    {
        self.check_row_len(N)?;
        if size_of::<[T; N]>() == 0 {
            return Ok(sizeless(self.rows()));
        }
        Ok(cast_slice_mut(&mut self.data))
    }

    /// Iterates over the rows as references to arrays. `N` is the row length, elements can have any
    /// type.
    ///
    /// # Panics
    ///
    /// If rows have another number of elements; [`try_iter_rows_as`](Self::try_iter_rows_as)
    /// returns the error.
    ///
    /// # Cost
    ///
    /// Constant per row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let names = GrowableNd::from([["Ada".to_string(), "Lovelace".to_string()]]);
    /// for [first, last] in names.iter_rows_as() {
    ///     assert_eq!(format!("{last}, {first}"), "Lovelace, Ada");
    /// }
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias = "array_chunks")]
    pub fn iter_rows_as<const N: usize>(&self) -> RowsAs<'_, T, N> {
        or_panic(self.try_iter_rows_as())
    }

    /// Iterates over the rows as arrays like [`iter_rows_as`](Self::iter_rows_as), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_rows_as`](Self::try_rows_as).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([["a", "b"]]).try_iter_rows_as::<3>().is_err());
    /// ```
    #[inline]
    pub fn try_iter_rows_as<const N: usize>(&self) -> Result<RowsAs<'_, T, N>, RowError> {
        self.check_row_len(N)?;
        Ok(RowsAs { rows: self.iter_rows() })
    }

    /// Iterates over the rows as mutable references to arrays, as
    /// [`iter_rows_as`](Self::iter_rows_as).
    ///
    /// # Panics
    ///
    /// As [`iter_rows_as`](Self::iter_rows_as);
    /// [`try_iter_rows_as_mut`](Self::try_iter_rows_as_mut) returns the error.
    ///
    /// # Cost
    ///
    /// Constant per row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([["a", "b"], ["c", "d"]]);
    /// array.iter_rows_as_mut().for_each(|[first, last]| std::mem::swap(first, last));
    /// assert_eq!(array.as_slice(), ["b", "a", "d", "c"]);
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias = "array_chunks_mut")]
    pub fn iter_rows_as_mut<const N: usize>(&mut self) -> RowsAsMut<'_, T, N> {
        or_panic(self.try_iter_rows_as_mut())
    }

    /// Iterates over the rows as mutable arrays like [`iter_rows_as_mut`](Self::iter_rows_as_mut),
    /// or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_rows_as`](Self::try_rows_as).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([["a", "b"]]).try_iter_rows_as_mut::<3>().is_err());
    /// ```
    #[inline]
    pub fn try_iter_rows_as_mut<const N: usize>(&mut self) -> Result<RowsAsMut<'_, T, N>, RowError> {
        self.check_row_len(N)?;
        Ok(RowsAsMut { rows: self.rows(), elements: &mut self.data })
    }

    /// Checks that the row length is `found`.
    #[inline]
    fn check_row_len(&self, found: usize) -> Result<(), RowError> {
        let expected = self.row_len();
        if found == expected { Ok(()) } else { Err(RowError::Length { expected, found }) }
    }
}

/// Returns a slice of `rows` rows of zero bytes, whose number a cast could not find. A vector of
/// them allocates nothing, so nothing is leaked.
fn sizeless<'a, T: Pod, const N: usize>(rows: usize) -> &'a mut [[T; N]] {
    bytemuck::zeroed_vec(rows).leak()
}

/// An iterator over the rows of an array as arrays, from [`GrowableNd::iter_rows_as`].
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct RowsAs<'a, T, const N: usize> {
    rows: Rows<'a, T>,
}

impl<T, const N: usize> Clone for RowsAs<'_, T, N> {
    fn clone(&self) -> Self {
        RowsAs { rows: self.rows.clone() }
    }
}

impl<'a, T, const N: usize> Iterator for RowsAs<'a, T, N> {
    type Item = &'a [T; N];

    #[inline]
    fn next(&mut self) -> Option<&'a [T; N]> {
        self.rows.next()?.first_chunk()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a [T; N]> {
        self.rows.nth(n)?.first_chunk()
    }

    #[inline]
    fn count(self) -> usize {
        self.rows.count()
    }

    #[inline]
    fn last(self) -> Option<&'a [T; N]> {
        self.rows.last()?.first_chunk()
    }
}

impl<T, const N: usize> DoubleEndedIterator for RowsAs<'_, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows.next_back()?.first_chunk()
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.rows.nth_back(n)?.first_chunk()
    }
}

impl<T, const N: usize> ExactSizeIterator for RowsAs<'_, T, N> {}
impl<T, const N: usize> FusedIterator for RowsAs<'_, T, N> {}

/// An iterator over the rows of an array as mutable arrays, from [`GrowableNd::iter_rows_as_mut`].
#[derive(Debug)]
#[must_use = "iterators are lazy"]
// Not over `RowsMut`: with the row length in the type, writing to rows of three elements takes 0.7
// of the time.
pub struct RowsAsMut<'a, T, const N: usize> {
    elements: &'a mut [T],
    rows: usize,
}

impl<'a, T, const N: usize> Iterator for RowsAsMut<'a, T, N> {
    type Item = &'a mut [T; N];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T; N]> {
        self.rows = self.rows.checked_sub(1)?;
        let (row, rest) = mem::take(&mut self.elements).split_first_chunk_mut()?;
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rows, Some(self.rows))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        let skipped = n.min(self.rows);
        self.elements = &mut mem::take(&mut self.elements)[skipped * N..];
        self.rows -= skipped;
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        self.rows
    }

    #[inline]
    fn last(mut self) -> Option<Self::Item> {
        self.next_back()
    }
}

impl<T, const N: usize> DoubleEndedIterator for RowsAsMut<'_, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows = self.rows.checked_sub(1)?;
        let (rest, row) = mem::take(&mut self.elements).split_last_chunk_mut()?;
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        let skipped = n.min(self.rows);
        let end = self.elements.len() - skipped * N;
        self.elements = &mut mem::take(&mut self.elements)[..end];
        self.rows -= skipped;
        self.next_back()
    }
}

impl<T, const N: usize> ExactSizeIterator for RowsAsMut<'_, T, N> {}
impl<T, const N: usize> FusedIterator for RowsAsMut<'_, T, N> {}
