//! Iterators over read-only views: along an axis, lanes, windows, chunks.

use crate::layout::Layout;
use crate::layout::error::AccessError;
use crate::layout::offsets::Offsets;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::panicking::or_panic;
use crate::view::{Axis, Strided, View, ViewMut};
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

/// Iterators over parts. The items borrow the slice, so they can outlive the view.
impl<'a, T, const N: usize> View<'a, T, N> {
    /// Iterates over the indices of an axis. The items are views without that axis.
    ///
    /// # Panics
    ///
    /// If the axis does not exist; [`try_axis_iter`](Self::try_axis_iter) returns the error.
    ///
    /// # Cost
    ///
    /// O(`N`) per view.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let columns = array.view::<2>().axis_iter(Axis(1));
    /// assert!(columns.map(|column| column.iter().sum::<i32>()).eq([5, 7, 9]));
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias = "outer_iter")]
    #[doc(alias = "columns")]
    #[doc(alias = "column_iter")]
    pub fn axis_iter<const M: usize>(&self, axis: Axis) -> AxisIter<'a, T, M>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_axis_iter(axis))
    }

    /// Iterates over an axis like [`axis_iter`](Self::axis_iter), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_axis_iter(Axis(2)).is_err());
    /// ```
    #[inline]
    pub fn try_axis_iter<const M: usize>(&self, axis: Axis) -> Result<AxisIter<'a, T, M>, AccessError>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        Ok(self.view_iter(self.layout.parts_along(axis.0)?))
    }

    /// Iterates over the outermost axis, like [`axis_iter`](Self::axis_iter) over axis 0.
    ///
    /// # Cost
    ///
    /// O(`N`) per row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let rows = array.view::<2>().iter_rows();
    /// assert!(rows.map(|row| row.iter().sum::<i32>()).eq([6, 15]));
    /// ```
    #[inline]
    #[doc(alias = "outer_iter")]
    #[doc(alias = "rows")]
    pub fn iter_rows<const M: usize>(&self) -> AxisIter<'a, T, M>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_axis_iter(Axis(0)))
    }

    /// Iterates over the lanes along an axis: the 1-d views with all indices of that axis, one for
    /// each index of the other axes, in row-major order.
    ///
    /// # Panics
    ///
    /// If the axis does not exist; [`try_lanes`](Self::try_lanes) returns the error.
    ///
    /// # Cost
    ///
    /// O(`N`) per lane.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    /// let lanes = array.view::<3>().lanes(Axis(1));
    /// assert!(lanes.map(|lane| lane.iter().sum::<i32>()).eq([1 + 3, 2 + 4, 5 + 7, 6 + 8]));
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias = "rows")]
    #[doc(alias = "columns")]
    #[doc(alias = "apply_along_axis")]
    pub fn lanes(&self, axis: Axis) -> Lanes<'a, T, N> {
        or_panic(self.try_lanes(axis))
    }

    /// Iterates over lanes like [`lanes`](Self::lanes), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_lanes(Axis(2)).is_err());
    /// ```
    #[inline]
    pub fn try_lanes(&self, axis: Axis) -> Result<Lanes<'a, T, N>, AccessError> {
        Ok(self.view_iter(self.layout.lanes_along(axis.0)?))
    }

    /// Iterates over all windows of `size` adjacent indices of an axis, for example for a moving
    /// average. Windows overlap; an axis shorter than `size` has none. See
    /// [`windows_nd`](Self::windows_nd) for windows along all axes.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, or if `size` is zero; [`try_windows`](Self::try_windows) returns
    /// the error.
    ///
    /// # Cost
    ///
    /// O(`N`) per window.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, View};
    ///
    /// let series = View::from_slice([5], &[1.0, 2.0, 6.0, 4.0, 2.0])?;
    /// let means = series.windows(Axis(0), 3).map(|window| window.iter().sum::<f64>() / 3.0);
    /// assert!(means.eq([3.0, 4.0, 4.0]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias("sliding_window_view", "axis_windows", "moving_average", "rolling"))]
    pub fn windows(&self, axis: Axis, size: usize) -> Windows<'a, T, N> {
        or_panic(self.try_windows(axis, size))
    }

    /// Iterates over windows like [`windows`](Self::windows), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist, [`AccessError::ZeroSize`] if `size` is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.view::<2>().try_windows(Axis(0), 0).is_err());
    /// assert_eq!(array.view::<2>().try_windows(Axis(0), 3)?.len(), 0);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    pub fn try_windows(&self, axis: Axis, size: usize) -> Result<Windows<'a, T, N>, AccessError> {
        Ok(self.view_iter(self.layout.windows_along(axis.0, size)?))
    }

    /// Iterates over chunks of `size` adjacent indices of an axis. Chunks do not overlap; the last
    /// one may be shorter. See [`tiles`](Self::tiles) for chunks along all axes.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, or if `size` is zero; [`try_chunks`](Self::try_chunks) returns
    /// the error.
    ///
    /// # Cost
    ///
    /// O(`N`) per chunk.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, View};
    ///
    /// let series = View::from_slice([5], &[1, 2, 3, 4, 5])?;
    /// let sums = series.chunks(Axis(0), 2).map(|chunk| chunk.iter().sum::<i32>());
    /// assert!(sums.eq([3, 7, 5]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias = "axis_chunks_iter")]
    #[doc(alias = "array_split")]
    pub fn chunks(&self, axis: Axis, size: usize) -> Chunks<'a, T, N> {
        or_panic(self.try_chunks(axis, size))
    }

    /// Iterates over chunks like [`chunks`](Self::chunks), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist, [`AccessError::ZeroSize`] if `size` is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_chunks(Axis(0), 0).is_err());
    /// ```
    #[inline]
    pub fn try_chunks(&self, axis: Axis, size: usize) -> Result<Chunks<'a, T, N>, AccessError> {
        let left = 0..self.layout.chunks_along(axis.0, size)?;
        Ok(Chunks { view: *self, axis: axis.0, size, left })
    }

    #[inline]
    pub(super) fn view_iter<const K: usize, const M: usize>(
        &self,
        (starts, item): (Layout<K>, Layout<M>),
    ) -> ViewIter<'a, T, K, M> {
        ViewIter { data: self.data, starts: starts.offsets(), item }
    }
}

/// Iterators over read-only parts. The items borrow the view.
///
/// # Examples
///
/// ```
/// use growable_nd::{Axis, ViewMut};
///
/// let mut numbers = [1, 2, 3, 4, 5, 6];
/// let mut view = ViewMut::from_slice([2, 3], &mut numbers)?;
/// let sums: Vec<i32> = view.lanes(Axis(1)).map(|lane| lane.iter().sum()).collect();
/// view.for_each_mut(|x| *x *= sums[0]);
/// assert_eq!(numbers, [6, 12, 18, 24, 30, 36]);
/// # Ok::<(), growable_nd::ViewError>(())
/// ```
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Iterates over the indices of an axis, like [`View::axis_iter`]. See
    /// [`axis_iter_mut`](Self::axis_iter_mut) and [`for_each_axis_mut`](Self::for_each_axis_mut)
    /// for mutable views.
    ///
    /// # Panics
    ///
    /// Like [`View::axis_iter`]; [`try_axis_iter`](Self::try_axis_iter) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, ViewMut};
    ///
    /// let mut numbers = [1, 2, 3, 4, 5, 6];
    /// let view = ViewMut::from_slice([2, 3], &mut numbers)?;
    /// assert!(view.axis_iter(Axis(1)).map(|column| column[[1]]).eq([4, 5, 6]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[track_caller]
    pub fn axis_iter<const M: usize>(&self, axis: Axis) -> AxisIter<'_, T, M>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        self.as_view().axis_iter(axis)
    }

    /// Iterates like [`axis_iter`](Self::axis_iter), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// See [`View::try_axis_iter`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view_mut::<2>().try_axis_iter(Axis(2)).is_err());
    /// ```
    #[inline]
    pub fn try_axis_iter<const M: usize>(&self, axis: Axis) -> Result<AxisIter<'_, T, M>, AccessError>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        self.as_view().try_axis_iter(axis)
    }

    /// Iterates over the outermost axis, like [`View::iter_rows`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4, 5, 6];
    /// let view = ViewMut::from_slice([2, 3], &mut numbers)?;
    /// assert!(view.iter_rows().map(|row| row[[2]]).eq([3, 6]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    pub fn iter_rows<const M: usize>(&self) -> AxisIter<'_, T, M>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        self.as_view().iter_rows()
    }

    /// Iterates over the lanes along an axis, like [`View::lanes`]. See
    /// [`for_each_lane_mut`](Self::for_each_lane_mut) for mutable lanes.
    ///
    /// # Panics
    ///
    /// Like [`View::lanes`]; [`try_lanes`](Self::try_lanes) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, ViewMut};
    ///
    /// let mut numbers = [1, 2, 3, 4, 5, 6];
    /// let view = ViewMut::from_slice([2, 3], &mut numbers)?;
    /// assert!(view.lanes(Axis(0)).map(|lane| lane[[1]]).eq([4, 5, 6]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[track_caller]
    pub fn lanes(&self, axis: Axis) -> Lanes<'_, T, N> {
        self.as_view().lanes(axis)
    }

    /// Iterates like [`lanes`](Self::lanes), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// See [`View::try_lanes`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view_mut::<2>().try_lanes(Axis(2)).is_err());
    /// ```
    #[inline]
    pub fn try_lanes(&self, axis: Axis) -> Result<Lanes<'_, T, N>, AccessError> {
        self.as_view().try_lanes(axis)
    }

    /// Iterates over windows of `size` adjacent indices of an axis, like [`View::windows`]. See
    /// [`for_each_window_mut`](Self::for_each_window_mut) for mutable windows.
    ///
    /// # Panics
    ///
    /// Like [`View::windows`]; [`try_windows`](Self::try_windows) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, ViewMut};
    ///
    /// let mut numbers = [1, 2, 3, 4, 5, 6];
    /// let view = ViewMut::from_slice([2, 3], &mut numbers)?;
    /// assert_eq!(view.windows(Axis(1), 2).len(), 2);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[track_caller]
    pub fn windows(&self, axis: Axis, size: usize) -> Windows<'_, T, N> {
        self.as_view().windows(axis, size)
    }

    /// Iterates like [`windows`](Self::windows), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// See [`View::try_windows`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view_mut::<2>().try_windows(Axis(0), 0).is_err());
    /// ```
    #[inline]
    pub fn try_windows(&self, axis: Axis, size: usize) -> Result<Windows<'_, T, N>, AccessError> {
        self.as_view().try_windows(axis, size)
    }

    /// Iterates over chunks of `size` adjacent indices of an axis, like [`View::chunks`]. See
    /// [`for_each_chunk_mut`](Self::for_each_chunk_mut) for mutable chunks.
    ///
    /// # Panics
    ///
    /// Like [`View::chunks`]; [`try_chunks`](Self::try_chunks) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, ViewMut};
    ///
    /// let mut numbers = [1, 2, 3, 4, 5, 6];
    /// let view = ViewMut::from_slice([2, 3], &mut numbers)?;
    /// assert_eq!(view.chunks(Axis(1), 2).len(), 2);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[track_caller]
    pub fn chunks(&self, axis: Axis, size: usize) -> Chunks<'_, T, N> {
        self.as_view().chunks(axis, size)
    }

    /// Iterates like [`chunks`](Self::chunks), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// See [`View::try_chunks`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view_mut::<2>().try_chunks(Axis(0), 0).is_err());
    /// ```
    #[inline]
    pub fn try_chunks(&self, axis: Axis, size: usize) -> Result<Chunks<'_, T, N>, AccessError> {
        self.as_view().try_chunks(axis, size)
    }
}

/// An iterator over an axis, from [`View::axis_iter`]. The items have `M` axes.
pub type AxisIter<'a, T, const M: usize> = ViewIter<'a, T, 1, M>;

/// An iterator over the lanes of a view of `N` axes, from [`View::lanes`].
pub type Lanes<'a, T, const N: usize> = ViewIter<'a, T, N, 1>;

/// An iterator over the windows of a view of `N` axes, from [`View::windows`].
pub type Windows<'a, T, const N: usize> = ViewIter<'a, T, 1, N>;

/// An iterator over views of one shape and `M` axes, one for each index of `K` other axes:
/// [`AxisIter`], [`Lanes`] and [`Windows`].
#[must_use = "iterators are lazy"]
pub struct ViewIter<'a, T, const K: usize, const M: usize> {
    data: &'a [T],
    /// Offsets of the remaining views.
    starts: Offsets<K>,
    /// Shape and strides of each view.
    item: Layout<M>,
}

impl<'a, T, const K: usize, const M: usize> ViewIter<'a, T, K, M> {
    #[inline]
    fn view(&self, start: usize) -> View<'a, T, M> {
        Strided { data: self.data, layout: self.item.with_offset(start) }
    }
}

impl<'a, T, const K: usize, const M: usize> Iterator for ViewIter<'a, T, K, M> {
    type Item = View<'a, T, M>;

    #[inline]
    fn next(&mut self) -> Option<View<'a, T, M>> {
        self.starts.next().map(|start| self.view(start))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.starts.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<View<'a, T, M>> {
        self.starts.nth(n).map(|start| self.view(start))
    }

    #[inline]
    fn count(self) -> usize {
        self.starts.len()
    }

    #[inline]
    fn last(mut self) -> Option<View<'a, T, M>> {
        self.next_back()
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let ViewIter { data, starts, item } = self;
        starts.fold(init, |folded, start| f(folded, Strided { data, layout: item.with_offset(start) }))
    }
}

impl<T, const K: usize, const M: usize> DoubleEndedIterator for ViewIter<'_, T, K, M> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.starts.next_back().map(|start| self.view(start))
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.starts.nth_back(n).map(|start| self.view(start))
    }
}

impl<T, const K: usize, const M: usize> ExactSizeIterator for ViewIter<'_, T, K, M> {}
impl<T, const K: usize, const M: usize> FusedIterator for ViewIter<'_, T, K, M> {}

impl<T, const K: usize, const M: usize> Clone for ViewIter<'_, T, K, M> {
    fn clone(&self) -> Self {
        ViewIter { starts: self.starts.clone(), ..*self }
    }
}

/// Shows the number of remaining views and their shape.
impl<T, const K: usize, const M: usize> fmt::Debug for ViewIter<'_, T, K, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = self.item.shape();
        f.debug_struct("ViewIter").field("left", &self.len()).field("shape", shape).finish()
    }
}

/// An iterator over the chunks of a view along an axis, from [`View::chunks`].
#[must_use = "iterators are lazy"]
pub struct Chunks<'a, T, const N: usize> {
    view: View<'a, T, N>,
    axis: usize,
    size: usize,
    /// Numbers of the remaining chunks.
    left: Range<usize>,
}

impl<'a, T, const N: usize> Chunks<'a, T, N> {
    #[inline]
    fn chunk(&self, number: usize) -> View<'a, T, N> {
        let Strided { data, layout } = self.view;
        Strided { data, layout: layout.chunk(self.axis, self.size, number) }
    }
}

impl<'a, T, const N: usize> Iterator for Chunks<'a, T, N> {
    type Item = View<'a, T, N>;

    #[inline]
    fn next(&mut self) -> Option<View<'a, T, N>> {
        self.left.next().map(|number| self.chunk(number))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<View<'a, T, N>> {
        self.left.nth(n).map(|number| self.chunk(number))
    }

    #[inline]
    fn count(self) -> usize {
        self.left.len()
    }

    #[inline]
    fn last(mut self) -> Option<View<'a, T, N>> {
        self.next_back()
    }
}

impl<T, const N: usize> DoubleEndedIterator for Chunks<'_, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left.next_back().map(|number| self.chunk(number))
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.left.nth_back(n).map(|number| self.chunk(number))
    }
}

impl<T, const N: usize> ExactSizeIterator for Chunks<'_, T, N> {}
impl<T, const N: usize> FusedIterator for Chunks<'_, T, N> {}

impl<T, const N: usize> Clone for Chunks<'_, T, N> {
    fn clone(&self) -> Self {
        Chunks { left: self.left.clone(), ..*self }
    }
}

/// Shows the number of remaining chunks and their size.
impl<T, const N: usize> fmt::Debug for Chunks<'_, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunks").field("left", &self.left.len()).field("size", &self.size).finish()
    }
}
