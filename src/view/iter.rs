//! Iterators over the elements of a view, in row-major order of its indices, for every layout.
//!
//! A contiguous view is iterated as a slice. Whether a view is contiguous does not change, so the
//! compiler moves the decision out of the loop and leaves a loop over a slice. Other views are
//! iterated lane by lane.

use crate::layout::indices::Indices;
use crate::view::lane_by_lane::LaneByLane;
use crate::view::{Strided, View, ViewMut};
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Deref;
use core::slice;

/// Iterators over elements. The items borrow the slice, so they can outlive the view.
impl<'a, T, const N: usize> View<'a, T, N> {
    /// Iterates over all elements, in row-major order of their indices.
    ///
    /// # Cost
    ///
    /// O(1) per element. See [`Iter`] for the loops that are as fast as over a slice.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.view::<2>().t().iter().eq(&[1, 4, 2, 5, 3, 6]));
    /// assert_eq!(array.view::<2>().iter().rev().next(), Some(&6));
    /// ```
    #[inline]
    #[doc(alias = "flat")]
    #[doc(alias = "nditer")]
    pub fn iter(&self) -> Iter<'a, T, N> {
        Iter {
            elements: match self.as_slice() {
                Some(slice) => Elements::Slice(slice.iter()),
                None => Elements::Lanes(LaneByLane::new(self)),
            },
        }
    }

    /// Iterates over all elements with their indices, in row-major order.
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
    /// let array = GrowableNd::from([[1, 8, 3], [4, 5, 6]]);
    /// let largest = array.view().indexed_iter().max_by_key(|&(_, element)| element);
    /// assert_eq!(largest, Some(([0, 1], &8)));
    /// ```
    #[inline]
    #[doc(alias = "ndenumerate")]
    #[doc(alias = "enumerate")]
    pub fn indexed_iter(&self) -> IndexedIter<'a, T, N> {
        IndexedIter { indices: Indices::new(self.shape()), elements: self.iter() }
    }
}

/// Iterators over read-only elements. The items borrow the view.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Iterates over all elements, like [`View::iter`]. See [`iter_mut`](Self::iter_mut) and
    /// [`for_each_mut`](Self::for_each_mut) for mutable elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// let mut view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// let total: i32 = view.iter().sum();
    /// view.fill(total);
    /// assert_eq!(numbers, [10; 4]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    pub fn iter(&self) -> Iter<'_, T, N> {
        self.as_view().iter()
    }

    /// Iterates over all elements with their indices, like [`View::indexed_iter`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// let view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// assert_eq!(view.indexed_iter().find(|(_, x)| **x > 2), Some(([1, 0], &3)));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    pub fn indexed_iter(&self) -> IndexedIter<'_, T, N> {
        self.as_view().indexed_iter()
    }
}

/// An iterator over the elements of a view, from [`View::iter`].
///
/// # Cost
///
/// Over a contiguous view a `for` loop is as fast as over a slice. `collect` into a vector is
/// slower: it checks the capacity at each element, which only iterators of the standard library
/// avoid. Instead, copy [`as_slice`](View::as_slice), or call
/// [`to_owned_array`](Strided::to_owned_array).
///
/// Over other views, [`fold`](Iterator::fold) and the methods built on it, such as `sum` and
/// `for_each`, are as fast over contiguous lanes as over slices. A `for` loop checks at each
/// element whether its lane has ended, and is not vectorized.
#[must_use = "iterators are lazy"]
pub struct Iter<'a, T, const N: usize> {
    elements: Elements<'a, T, N>,
}

enum Elements<'a, T, const N: usize> {
    /// Of a contiguous view.
    Slice(slice::Iter<'a, T>),
    Lanes(LaneByLane<'a, T, N>),
}

impl<'a, T, const N: usize> Iterator for Iter<'a, T, N> {
    type Item = &'a T;

    #[inline]
    fn next(&mut self) -> Option<&'a T> {
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
    fn nth(&mut self, n: usize) -> Option<&'a T> {
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
    fn last(mut self) -> Option<&'a T> {
        self.next_back()
    }

    #[inline]
    fn fold<B, F: FnMut(B, &'a T) -> B>(self, init: B, f: F) -> B {
        match self.elements {
            Elements::Slice(slice) => slice.fold(init, f),
            Elements::Lanes(lanes) => lanes.fold(init, f),
        }
    }

    // Searches. By default they call `try_fold`, which only std can override in stable Rust.

    #[inline]
    fn find_map<B, F: FnMut(&'a T) -> Option<B>>(&mut self, f: F) -> Option<B> {
        match &mut self.elements {
            Elements::Slice(slice) => slice.find_map(f),
            Elements::Lanes(lanes) => lanes.search(f),
        }
    }

    #[inline]
    fn find<P: FnMut(&Self::Item) -> bool>(&mut self, mut predicate: P) -> Option<&'a T> {
        match &mut self.elements {
            Elements::Slice(slice) => slice.find(predicate),
            Elements::Lanes(lanes) => lanes.search(|element| predicate(&element).then_some(element)),
        }
    }

    #[inline]
    fn any<F: FnMut(&'a T) -> bool>(&mut self, mut f: F) -> bool {
        match &mut self.elements {
            Elements::Slice(slice) => slice.any(f),
            Elements::Lanes(lanes) => lanes.search(|element| f(element).then_some(())).is_some(),
        }
    }

    #[inline]
    fn all<F: FnMut(&'a T) -> bool>(&mut self, mut f: F) -> bool {
        match &mut self.elements {
            Elements::Slice(slice) => slice.all(f),
            Elements::Lanes(lanes) => lanes.search(|element| (!f(element)).then_some(())).is_none(),
        }
    }

    #[inline]
    fn position<P: FnMut(&'a T) -> bool>(&mut self, mut predicate: P) -> Option<usize> {
        match &mut self.elements {
            Elements::Slice(slice) => slice.position(predicate),
            Elements::Lanes(lanes) => {
                let before = lanes.len();
                let found = lanes.search(|element| predicate(element).then_some(())).is_some();
                found.then(|| before - 1 - lanes.len())
            }
        }
    }
}

impl<T, const N: usize> DoubleEndedIterator for Iter<'_, T, N> {
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

impl<T, const N: usize> ExactSizeIterator for Iter<'_, T, N> {}
impl<T, const N: usize> FusedIterator for Iter<'_, T, N> {}

impl<T, const N: usize> Clone for Iter<'_, T, N> {
    fn clone(&self) -> Self {
        Iter {
            elements: match &self.elements {
                Elements::Slice(slice) => Elements::Slice(slice.clone()),
                Elements::Lanes(lanes) => Elements::Lanes(lanes.clone()),
            },
        }
    }
}

/// Shows the remaining elements.
impl<T: fmt::Debug, const N: usize> fmt::Debug for Iter<'_, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter")?;
        f.debug_list().entries(self.clone()).finish()
    }
}

/// An iterator over the elements of a view with their indices, from [`View::indexed_iter`].
#[must_use = "iterators are lazy"]
pub struct IndexedIter<'a, T, const N: usize> {
    indices: Indices<N>,
    elements: Iter<'a, T, N>,
}

impl<'a, T, const N: usize> Iterator for IndexedIter<'a, T, N> {
    type Item = ([usize; N], &'a T);

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

impl<T, const N: usize> DoubleEndedIterator for IndexedIter<'_, T, N> {
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

impl<T, const N: usize> ExactSizeIterator for IndexedIter<'_, T, N> {}
impl<T, const N: usize> FusedIterator for IndexedIter<'_, T, N> {}

impl<T, const N: usize> Clone for IndexedIter<'_, T, N> {
    fn clone(&self) -> Self {
        IndexedIter { indices: self.indices.clone(), elements: self.elements.clone() }
    }
}

/// Shows the remaining indices and elements.
impl<T: fmt::Debug, const N: usize> fmt::Debug for IndexedIter<'_, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IndexedIter")?;
        f.debug_list().entries(self.clone()).finish()
    }
}

/// Iterates over the elements in row-major order, like [`View::iter`].
impl<'a, T, const N: usize> IntoIterator for View<'a, T, N> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T, N>;

    #[inline]
    fn into_iter(self) -> Iter<'a, T, N> {
        self.iter()
    }
}

/// Iterates over the elements in row-major order, like [`View::iter`].
impl<'a, S: Deref<Target = [T]>, T: 'a, const N: usize> IntoIterator for &'a Strided<S, N> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T, N>;

    #[inline]
    fn into_iter(self) -> Iter<'a, T, N> {
        self.as_view().iter()
    }
}
