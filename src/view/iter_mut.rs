//! Iterators over the mutable elements of a view, in row-major order of its indices.
//!
//! Safe code can iterate over mutable elements only in memory order, forwards or backwards along
//! each axis. A contiguous view is iterated as a slice.

use crate::layout::error::ViewError;
use crate::layout::indices::Indices;
use crate::panicking::or_panic;
use crate::view::ViewMut;
use crate::view::lanes_mut::LanesMut;
use core::fmt;
use core::iter::FusedIterator;
use core::slice;

/// Iterators over mutable elements.
///
/// The axes must be nested in memory in the order of the index, outermost first. The view of an
/// array fulfils this condition, and so do its slices, also with steps and reversed axes. A view
/// after `t()` or `permute(…)` does not. For such views, [`for_each_mut`](Self::for_each_mut) calls
/// a closure in memory order, [`for_each_axis_mut`](Self::for_each_axis_mut) works along any axis,
/// and [`cells`](Self::cells) can be written in any order.
impl<'a, T, const N: usize> ViewMut<'a, T, N> {
    /// Iterates over all elements as mutable references, in row-major order of their indices.
    ///
    /// `for x in &mut view` calls this method.
    ///
    /// # Panics
    ///
    /// If the axes are not nested in memory in the order of the index, as in a transposed view;
    /// [`try_iter_mut`](Self::try_iter_mut) returns the error, and
    /// [`for_each_mut`](Self::for_each_mut) works on every view. (Most methods that depend on
    /// strides return a `Result`, but a `for` loop cannot; [`Strided`](crate::Strided) lists the
    /// exceptions.)
    ///
    /// # Cost
    ///
    /// O(1) per element. See [`IterMut`] for the loops that are as fast as over a slice.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AxisRange, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let mut view = array.view_mut::<2>();
    /// for x in &mut view {
    ///     *x *= 10;
    /// }
    /// let corners = view.slice((.., (..).step(2)));
    /// for (x, number) in corners.into_iter().zip(1..) {
    ///     *x = number;
    /// }
    /// assert_eq!(array.as_slice(), [1, 20, 2, 3, 50, 4]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn iter_mut(&mut self) -> IterMut<'_, T, N> {
        or_panic(self.try_iter_mut())
    }

    /// Iterates like [`iter_mut`](Self::iter_mut), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`ViewError::Interleaved`], with the first axis that interleaves in memory with axes after
    /// it.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.view_mut::<2>().try_iter_mut().is_ok());
    /// let error = array.view_mut::<2>().t().try_iter_mut().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "parts along axis 0 interleave in memory (strides [1, 2]); \
    ///      use `for_each_axis_mut`, `for_each_mut` or `cells`"
    /// );
    /// ```
    #[inline]
    pub fn try_iter_mut(&mut self) -> Result<IterMut<'_, T, N>, ViewError> {
        self.reborrow().elements_mut()
    }

    /// Iterates over all elements as mutable references with their indices, in row-major order.
    ///
    /// # Panics
    ///
    /// Like [`iter_mut`](Self::iter_mut); [`try_indexed_iter_mut`](Self::try_indexed_iter_mut)
    /// returns the error.
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
    /// let mut identity = GrowableNd::zeros([3, 3]);
    /// for ([i, j], x) in identity.view_mut().indexed_iter_mut() {
    ///     *x = i32::from(i == j);
    /// }
    /// assert_eq!(identity, GrowableNd::from([[1, 0, 0], [0, 1, 0], [0, 0, 1]]));
    /// ```
    #[inline]
    #[track_caller]
    pub fn indexed_iter_mut(&mut self) -> IndexedIterMut<'_, T, N> {
        or_panic(self.try_indexed_iter_mut())
    }

    /// Iterates like [`indexed_iter_mut`](Self::indexed_iter_mut), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// See [`try_iter_mut`](Self::try_iter_mut).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.view_mut::<2>().t().try_indexed_iter_mut().is_err());
    /// ```
    #[inline]
    pub fn try_indexed_iter_mut(&mut self) -> Result<IndexedIterMut<'_, T, N>, ViewError> {
        let indices = Indices::new(self.shape());
        Ok(IndexedIterMut { indices, elements: self.try_iter_mut()? })
    }

    #[inline]
    fn elements_mut(self) -> Result<IterMut<'a, T, N>, ViewError> {
        if self.layout.is_contiguous() {
            let slice = &mut self.data[self.layout.offset()..][..self.layout.len()];
            return Ok(IterMut { elements: Elements::Slice(slice.iter_mut()) });
        }
        match self.layout.interleaved_axis() {
            None => Ok(IterMut { elements: Elements::Lanes(LanesMut::new(self.data, &self.layout)) }),
            Some(axis) => Err(ViewError::Interleaved { axis, strides: self.strides().into() }),
        }
    }
}

/// An iterator over the mutable elements of a view, from [`ViewMut::iter_mut`].
///
/// # Cost
///
/// Over a contiguous view a `for` loop is as fast as over a slice.
///
/// Over other views, [`fold`](Iterator::fold) and the methods built on it, such as `for_each`, are
/// as fast over contiguous lanes as over slices. A `for` loop checks at each element whether its
/// lane has ended, and is not vectorized.
#[must_use = "iterators are lazy"]
pub struct IterMut<'a, T, const N: usize> {
    elements: Elements<'a, T, N>,
}

enum Elements<'a, T, const N: usize> {
    /// Of a contiguous view.
    Slice(slice::IterMut<'a, T>),
    Lanes(LanesMut<'a, T, N>),
}

impl<'a, T, const N: usize> Iterator for IterMut<'a, T, N> {
    type Item = &'a mut T;

    #[inline]
    fn next(&mut self) -> Option<&'a mut T> {
        match &mut self.elements {
            Elements::Slice(slice) => slice.next(),
            Elements::Lanes(lanes) => lanes.next(),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.elements {
            Elements::Slice(slice) => slice.size_hint(),
            Elements::Lanes(lanes) => lanes.size_hint(),
        }
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a mut T> {
        match &mut self.elements {
            Elements::Slice(slice) => slice.nth(n),
            Elements::Lanes(lanes) => lanes.nth(n),
        }
    }

    #[inline]
    fn count(self) -> usize {
        self.len()
    }

    #[inline]
    fn last(mut self) -> Option<&'a mut T> {
        self.next_back()
    }

    #[inline]
    fn fold<B, F: FnMut(B, &'a mut T) -> B>(self, init: B, f: F) -> B {
        match self.elements {
            Elements::Slice(slice) => slice.fold(init, f),
            Elements::Lanes(lanes) => lanes.fold(init, f),
        }
    }
}

impl<T, const N: usize> DoubleEndedIterator for IterMut<'_, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        match &mut self.elements {
            Elements::Slice(slice) => slice.next_back(),
            Elements::Lanes(lanes) => lanes.next_back(),
        }
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        match &mut self.elements {
            Elements::Slice(slice) => slice.nth_back(n),
            Elements::Lanes(lanes) => lanes.nth_back(n),
        }
    }
}

impl<T, const N: usize> ExactSizeIterator for IterMut<'_, T, N> {}
impl<T, const N: usize> FusedIterator for IterMut<'_, T, N> {}

/// Shows the number of remaining elements.
impl<T, const N: usize> fmt::Debug for IterMut<'_, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IterMut").field("left", &self.len()).finish()
    }
}

/// An iterator over the mutable elements of a view with their indices, from
/// [`ViewMut::indexed_iter_mut`].
#[must_use = "iterators are lazy"]
pub struct IndexedIterMut<'a, T, const N: usize> {
    indices: Indices<N>,
    elements: IterMut<'a, T, N>,
}

impl<'a, T, const N: usize> Iterator for IndexedIterMut<'a, T, N> {
    type Item = ([usize; N], &'a mut T);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let element = self.elements.next()?;
        Some((self.indices.step(), element))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.elements.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        let element = self.elements.nth(n)?;
        self.indices.skip(n);
        Some((self.indices.step(), element))
    }

    #[inline]
    fn count(self) -> usize {
        self.len()
    }

    #[inline]
    fn last(mut self) -> Option<Self::Item> {
        self.next_back()
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let mut indices = self.indices;
        self.elements.fold(init, |folded, element| f(folded, (indices.step(), element)))
    }
}

impl<T, const N: usize> DoubleEndedIterator for IndexedIterMut<'_, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        let element = self.elements.next_back()?;
        Some((self.indices.remaining(self.len()), element))
    }

    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        let element = self.elements.nth_back(n)?;
        Some((self.indices.remaining(self.len()), element))
    }
}

impl<T, const N: usize> ExactSizeIterator for IndexedIterMut<'_, T, N> {}
impl<T, const N: usize> FusedIterator for IndexedIterMut<'_, T, N> {}

/// Shows the number of remaining elements.
impl<T, const N: usize> fmt::Debug for IndexedIterMut<'_, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexedIterMut").field("left", &self.len()).finish()
    }
}

/// Iterates over the mutable elements in row-major order, like [`ViewMut::iter_mut`].
///
/// # Panics
///
/// Like [`ViewMut::iter_mut`]; [`try_iter_mut`](ViewMut::try_iter_mut) returns the error, and
/// [`for_each_mut`](ViewMut::for_each_mut) works on every view.
impl<'a, T, const N: usize> IntoIterator for ViewMut<'a, T, N> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T, N>;

    #[inline]
    #[track_caller]
    fn into_iter(self) -> IterMut<'a, T, N> {
        or_panic(self.elements_mut())
    }
}

/// Iterates over the mutable elements in row-major order, like [`ViewMut::iter_mut`].
///
/// # Panics
///
/// Like [`ViewMut::iter_mut`]; [`try_iter_mut`](ViewMut::try_iter_mut) returns the error, and
/// [`for_each_mut`](ViewMut::for_each_mut) works on every view.
impl<'a, T, const N: usize> IntoIterator for &'a mut ViewMut<'_, T, N> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T, N>;

    #[inline]
    #[track_caller]
    fn into_iter(self) -> IterMut<'a, T, N> {
        self.iter_mut()
    }
}
