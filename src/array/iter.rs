//! Iterators over rows.

use crate::array::GrowableNd;
use crate::memory::vec_with_capacity;
use crate::panicking::or_panic;
use alloc::vec::{self, Vec};
use core::iter::FusedIterator;
use core::mem;

/// # Iterating over rows
impl<T> GrowableNd<T> {
    /// Iterates over the rows as slices in row-major order.
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
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let sums: Vec<i32> = array.iter_rows().map(|row| row.iter().sum()).collect();
    /// assert_eq!(sums, [3, 7]);
    /// ```
    #[inline]
    #[doc(alias = "iter")]
    #[doc(alias = "outer_iter")]
    pub fn iter_rows(&self) -> Rows<'_, T> {
        Rows::new(&self.data, self.row_len(), self.rows())
    }

    /// Iterates over the rows as mutable slices.
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
    /// let mut array = GrowableNd::from([[2, 1], [4, 3]]);
    /// array.iter_rows_mut().for_each(|row| row.sort());
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// ```
    #[inline]
    #[doc(alias = "iter_mut")]
    pub fn iter_rows_mut(&mut self) -> RowsMut<'_, T> {
        RowsMut { row_len: self.row_len(), rows: self.rows(), elements: &mut self.data }
    }
}

/// An iterator over the rows of an array, from [`GrowableNd::iter_rows`].
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Rows<'a, T> {
    elements: &'a [T],
    row_len: usize,
    rows: usize,
}

impl<'a, T> Rows<'a, T> {
    /// Iterates over `rows` rows of `row_len` elements each.
    #[inline]
    pub(super) fn new(elements: &'a [T], row_len: usize, rows: usize) -> Self {
        debug_assert_eq!(elements.len(), row_len * rows);
        Rows { elements, row_len, rows }
    }
}

impl<T> Clone for Rows<'_, T> {
    fn clone(&self) -> Self {
        Rows { ..*self }
    }
}

impl<'a, T> Iterator for Rows<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        self.rows = self.rows.checked_sub(1)?;
        let (row, rest) = self.elements.split_at(self.row_len);
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rows, Some(self.rows))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        let skipped = n.min(self.rows);
        self.rows -= skipped;
        self.elements = &self.elements[skipped * self.row_len..];
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        self.rows
    }

    #[inline]
    fn last(mut self) -> Option<&'a [T]> {
        self.next_back()
    }
}

impl<T> DoubleEndedIterator for Rows<'_, T> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows = self.rows.checked_sub(1)?;
        let (rest, row) = self.elements.split_at(self.rows * self.row_len);
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.rows -= n.min(self.rows);
        self.elements = &self.elements[..self.rows * self.row_len];
        self.next_back()
    }
}

impl<T> ExactSizeIterator for Rows<'_, T> {}
impl<T> FusedIterator for Rows<'_, T> {}

/// An iterator over the rows of an array as mutable slices, from [`GrowableNd::iter_rows_mut`].
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct RowsMut<'a, T> {
    elements: &'a mut [T],
    row_len: usize,
    rows: usize,
}

#[cfg(feature = "rayon")]
impl<T> RowsMut<'_, T> {
    /// Splits the rows before row `index`, which is at most the number of rows.
    pub(crate) fn split(self, index: usize) -> (Self, Self) {
        let RowsMut { elements, row_len, rows } = self;
        let (front, back) = elements.split_at_mut(index * row_len);
        let front = RowsMut { elements: front, row_len, rows: index };
        (front, RowsMut { elements: back, row_len, rows: rows - index })
    }
}

impl<'a, T> Iterator for RowsMut<'a, T> {
    type Item = &'a mut [T];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T]> {
        self.rows = self.rows.checked_sub(1)?;
        let (row, rest) = mem::take(&mut self.elements).split_at_mut(self.row_len);
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rows, Some(self.rows))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a mut [T]> {
        let skipped = n.min(self.rows);
        self.rows -= skipped;
        self.elements = &mut mem::take(&mut self.elements)[skipped * self.row_len..];
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        self.rows
    }

    #[inline]
    fn last(mut self) -> Option<&'a mut [T]> {
        self.next_back()
    }
}

impl<T> DoubleEndedIterator for RowsMut<'_, T> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows = self.rows.checked_sub(1)?;
        let (rest, row) = mem::take(&mut self.elements).split_at_mut(self.rows * self.row_len);
        self.elements = rest;
        Some(row)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.rows -= n.min(self.rows);
        self.elements = &mut mem::take(&mut self.elements)[..self.rows * self.row_len];
        self.next_back()
    }
}

impl<T> ExactSizeIterator for RowsMut<'_, T> {}
impl<T> FusedIterator for RowsMut<'_, T> {}

/// Rows taken out of an iterator over elements, each as a vector.
#[derive(Clone, Debug)]
pub(super) struct OwnedRows<I> {
    pub(super) elements: I,
    pub(super) row_len: usize,
    pub(super) rows: usize,
}

impl<T, I: DoubleEndedIterator<Item = T>> OwnedRows<I> {
    #[track_caller]
    pub(super) fn next(&mut self) -> Option<Vec<T>> {
        let mut row = self.allocate_row()?;
        row.extend(self.elements.by_ref().take(self.row_len));
        Some(row)
    }

    #[track_caller]
    pub(super) fn next_back(&mut self) -> Option<Vec<T>> {
        let mut row = self.allocate_row()?;
        row.extend(self.elements.by_ref().rev().take(self.row_len));
        row.reverse();
        Some(row)
    }

    /// Allocates a row before it is counted: if the allocation fails, the row is not lost.
    #[track_caller]
    fn allocate_row(&mut self) -> Option<Vec<T>> {
        let left = self.rows.checked_sub(1)?;
        let row = or_panic(vec_with_capacity(self.row_len));
        self.rows = left;
        Some(row)
    }
}

/// An iterator over the rows of an array by value, each as a vector, from `into_iter`.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct IntoRows<T>(OwnedRows<vec::IntoIter<T>>);

impl<T> Iterator for IntoRows<T> {
    type Item = Vec<T>;

    #[track_caller]
    fn next(&mut self) -> Option<Vec<T>> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.rows, Some(self.0.rows))
    }

    fn count(self) -> usize {
        self.0.rows
    }

    #[track_caller]
    fn last(mut self) -> Option<Vec<T>> {
        self.0.next_back()
    }
}

impl<T> DoubleEndedIterator for IntoRows<T> {
    #[track_caller]
    fn next_back(&mut self) -> Option<Vec<T>> {
        self.0.next_back()
    }
}

impl<T> ExactSizeIterator for IntoRows<T> {}
impl<T> FusedIterator for IntoRows<T> {}

/// Iterates over the rows, each as a vector. For all elements in one vector use
/// [`into_vec`](GrowableNd::into_vec); to read rows without allocating, iterate over a reference.
///
/// # Panics
///
/// The iterator panics if the allocation of a row fails. The row stays in the iterator.
///
/// # Cost
///
/// O(*m*) and one allocation per row.
impl<T> IntoIterator for GrowableNd<T> {
    type Item = Vec<T>;
    type IntoIter = IntoRows<T>;

    fn into_iter(self) -> IntoRows<T> {
        let (row_len, rows) = (self.row_len(), self.rows());
        IntoRows(OwnedRows { elements: self.data.into_iter(), row_len, rows })
    }
}

/// Iterates over the rows, like [`GrowableNd::iter_rows`].
impl<'a, T> IntoIterator for &'a GrowableNd<T> {
    type Item = &'a [T];
    type IntoIter = Rows<'a, T>;

    fn into_iter(self) -> Rows<'a, T> {
        self.iter_rows()
    }
}

/// Iterates over the rows, like [`GrowableNd::iter_rows_mut`].
impl<'a, T> IntoIterator for &'a mut GrowableNd<T> {
    type Item = &'a mut [T];
    type IntoIter = RowsMut<'a, T>;

    fn into_iter(self) -> RowsMut<'a, T> {
        self.iter_rows_mut()
    }
}
