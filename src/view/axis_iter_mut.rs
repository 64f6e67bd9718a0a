//! Several mutable parts of a view at once: two halves, or all parts along an axis.
//!
//! Safe code can split a mutable slice only into ranges. So mutable parts can exist at the same
//! time only if they are in disjoint ranges of the slice: along the axis that is outermost in
//! memory. Along every other axis parts are lent one after the other: see `parts_mut`.

#[cfg(doc)]
use crate::layout::error::AccessError;
use crate::layout::error::ViewError;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::layout::{Lane, Layout, moved};
use crate::panicking::or_panic;
use crate::view::{Axis, Strided, ViewMut};
use core::fmt;
use core::iter::FusedIterator;
use core::mem;

/// Several mutable parts.
impl<'a, T, const N: usize> ViewMut<'a, T, N> {
    /// Splits the view into two mutable views along an axis: the indices before `at`, and those
    /// from `at` on.
    ///
    /// The axis must be the outermost in memory, like axis 0 of an array. Parts along other axes
    /// interleave: write them one after the other with [`reborrow`](Self::reborrow), or at once as
    /// [`cells`](Self::cells).
    ///
    /// # Panics
    ///
    /// If the axis or `at` is out of bounds, or if the axis is not the outermost in memory;
    /// [`try_split_at_mut`](Self::try_split_at_mut) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// let (mut upper, lower) = array.view_mut::<2>().split_at_mut(Axis(0), 1);
    /// upper.assign(lower.as_view().slice((1.., ..)))?;
    /// assert_eq!(array.as_slice(), [5, 6, 3, 4, 5, 6]);
    /// # Ok::<(), growable_nd::ShapeError>(())
    /// ```
    #[track_caller]
    #[must_use]
    #[doc(alias = "split_at")]
    pub fn split_at_mut(self, axis: Axis, at: usize) -> (Self, Self) {
        or_panic(self.try_split_at_mut(axis, at))
    }

    /// Splits the view like [`split_at_mut`](Self::split_at_mut), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`AccessError::Position`], in [`ViewError::Access`], and
    /// [`ViewError::Interleaved`] if the axis is not the outermost in memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// assert!(array.view_mut::<2>().try_split_at_mut(Axis(1), 1).is_err());
    /// assert!(array.view_mut::<2>().t().try_split_at_mut(Axis(1), 1).is_ok());
    /// ```
    pub fn try_split_at_mut(self, axis: Axis, at: usize) -> Result<(Self, Self), ViewError> {
        let (before, after) = self.layout.split_at(axis.0, at)?;
        self.check_outermost(axis)?;
        Ok(split(self.data, before, after))
    }

    /// Iterates over the indices of an axis. The items are mutable views without that axis.
    ///
    /// The axis must be the outermost in memory, like axis 0 of an array.
    /// [`for_each_axis_mut`](Self::for_each_axis_mut) works along every axis, for example columns.
    ///
    /// # Panics
    ///
    /// If the axis is out of bounds, or if it is not the outermost in memory;
    /// [`try_axis_iter_mut`](Self::try_axis_iter_mut) returns the error.
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
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// for (number, mut row) in array.view_mut::<2>().axis_iter_mut(Axis(0)).enumerate() {
    ///     row.fill(number);
    /// }
    /// assert_eq!(array.as_slice(), [0, 0, 1, 1]);
    /// ```
    #[track_caller]
    #[doc(alias("outer_iter_mut", "rows_mut", "iter_rows_mut"))]
    pub fn axis_iter_mut<const M: usize>(self, axis: Axis) -> AxisIterMut<'a, T, M>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_axis_iter_mut(axis))
    }

    /// Iterates over an axis like [`axis_iter_mut`](Self::axis_iter_mut), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], in [`ViewError::Access`], and [`ViewError::Interleaved`] if the axis
    /// is not the outermost in memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let error = array.view_mut::<2>().try_axis_iter_mut(Axis(1)).map(drop).unwrap_err();
    /// assert!(error.to_string().ends_with("use `for_each_axis_mut`, `for_each_mut` or `cells`"));
    /// ```
    pub fn try_axis_iter_mut<const M: usize>(self, axis: Axis) -> Result<AxisIterMut<'a, T, M>, ViewError>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        self.layout.check_axis(axis.0)?;
        self.check_outermost(axis)?;
        let (item, lane) = (self.layout.without(axis.0), self.layout.lane_along(axis.0));
        Ok(AxisIterMut { data: self.data, item, lane })
    }

    fn check_outermost(&self, axis: Axis) -> Result<(), ViewError> {
        if self.layout.is_outermost(axis.0) {
            Ok(())
        } else {
            Err(ViewError::Interleaved { axis: axis.0, strides: self.strides().into() })
        }
    }
}

/// Makes two mutable views of one slice. Their elements are in disjoint ranges of the slice.
fn split<'a, T, const N: usize>(
    data: &'a mut [T],
    before: Layout<N>,
    after: Layout<N>,
) -> (ViewMut<'a, T, N>, ViewMut<'a, T, N>) {
    let nothing: &mut [T] = &mut [];
    match (before.bounds(), after.bounds()) {
        (None, _) => {
            (Strided { data: nothing, layout: before.with_offset(0) }, Strided { data, layout: after })
        }
        (_, None) => {
            (Strided { data, layout: before }, Strided { data: nothing, layout: after.with_offset(0) })
        }
        (Some((low, _)), Some((other_low, _))) if low < other_low => {
            let (low_half, high_half) = data.split_at_mut(other_low);
            let after = after.with_offset(after.offset() - other_low);
            (Strided { data: low_half, layout: before }, Strided { data: high_half, layout: after })
        }
        (Some((low, _)), Some(_)) => {
            let (low_half, high_half) = data.split_at_mut(low);
            let before = before.with_offset(before.offset() - low);
            (Strided { data: high_half, layout: before }, Strided { data: low_half, layout: after })
        }
    }
}

/// An iterator over mutable views of `M` axes along another axis, from [`ViewMut::axis_iter_mut`].
#[must_use = "iterators are lazy"]
pub struct AxisIterMut<'a, T, const M: usize> {
    /// Contains the remaining views.
    data: &'a mut [T],
    /// The first of the remaining views.
    item: Layout<M>,
    /// The number of remaining views, and the stride from one to the next. Its absolute value
    /// exceeds the reach of a view, unless there is at most one view or no element.
    lane: Lane,
}

impl<'a, T, const M: usize> AxisIterMut<'a, T, M> {
    /// Splits the first of the remaining views off the slice.
    #[inline]
    fn take_first(&mut self) -> ViewMut<'a, T, M> {
        let (item, data) = (self.item, mem::take(&mut self.data));
        let Some((low, high)) = item.bounds() else {
            return Strided { data, layout: item.with_offset(0) };
        };
        if self.lane.len == 1 {
            return Strided { data, layout: item };
        }
        let next = moved(item.offset(), self.lane.stride, 1);
        if self.lane.stride < 0 {
            let (others, first) = data.split_at_mut(low);
            (self.data, self.item) = (others, item.with_offset(next));
            return Strided { data: first, layout: item.with_offset(item.offset() - low) };
        }
        let (first, others) = data.split_at_mut(high + 1);
        (self.data, self.item) = (others, item.with_offset(next - (high + 1)));
        Strided { data: first, layout: item }
    }

    /// Splits the last of the remaining views off the slice.
    #[inline]
    fn take_last(&mut self) -> ViewMut<'a, T, M> {
        let data = mem::take(&mut self.data);
        let last = self.item.with_offset(moved(self.item.offset(), self.lane.stride, self.lane.len - 1));
        let Some((low, high)) = last.bounds() else {
            return Strided { data, layout: last.with_offset(0) };
        };
        if self.lane.len == 1 {
            return Strided { data, layout: last };
        }
        if self.lane.stride < 0 {
            let (lowest, others) = data.split_at_mut(high + 1);
            (self.data, self.item) = (others, self.item.with_offset(self.item.offset() - (high + 1)));
            return Strided { data: lowest, layout: last };
        }
        let (others, highest) = data.split_at_mut(low);
        self.data = others;
        Strided { data: highest, layout: last.with_offset(last.offset() - low) }
    }
}

#[cfg(feature = "rayon")]
impl<T, const M: usize> AxisIterMut<'_, T, M> {
    /// Splits the iterator into the views before `index` and those from `index` on. The index is at
    /// most the number of views.
    pub(crate) fn split(self, index: usize) -> (Self, Self) {
        let AxisIterMut { data, item, lane } = self;
        let (mut front, mut back) = (lane, lane);
        (front.len, back.len) = (index, lane.len - index);
        let nothing: &mut [T] = &mut [];
        if back.len == 0 || item.is_empty() {
            return (
                AxisIterMut { data, item, lane: front },
                AxisIterMut { data: nothing, item, lane: back },
            );
        }
        let first_of_back = item.with_offset(moved(item.offset(), lane.stride, index));
        if index == 0 {
            return (
                AxisIterMut { data: nothing, item, lane: front },
                AxisIterMut { data, item, lane: back },
            );
        }
        // Cut the slice before the lowest element of the view that is higher in memory.
        let last_of_front = item.with_offset(moved(item.offset(), lane.stride, index - 1));
        let upper = if lane.stride < 0 { last_of_front } else { first_of_back };
        let at = upper.bounds().map_or(0, |(low, _)| low);
        let (lower_data, upper_data) = data.split_at_mut(at);
        let moved_by = |item: Layout<M>| item.with_offset(item.offset() - at);
        if lane.stride < 0 {
            let front = AxisIterMut { data: upper_data, item: moved_by(item), lane: front };
            (front, AxisIterMut { data: lower_data, item: first_of_back, lane: back })
        } else {
            let front = AxisIterMut { data: lower_data, item, lane: front };
            (front, AxisIterMut { data: upper_data, item: moved_by(first_of_back), lane: back })
        }
    }
}

impl<'a, T, const M: usize> Iterator for AxisIterMut<'a, T, M> {
    type Item = ViewMut<'a, T, M>;

    #[inline]
    fn next(&mut self) -> Option<ViewMut<'a, T, M>> {
        let left = self.lane.len.checked_sub(1)?;
        let first = self.take_first();
        self.lane.len = left;
        Some(first)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.lane.len, Some(self.lane.len))
    }

    fn nth(&mut self, n: usize) -> Option<ViewMut<'a, T, M>> {
        // Skipped views stay in the slice, before or after all remaining ones.
        self.lane.len = self.lane.len.saturating_sub(n);
        if self.lane.len > 0 && !self.item.is_empty() {
            self.item = self.item.with_offset(moved(self.item.offset(), self.lane.stride, n));
        }
        self.next()
    }

    fn count(self) -> usize {
        self.lane.len
    }

    fn last(mut self) -> Option<ViewMut<'a, T, M>> {
        self.next_back()
    }
}

impl<T, const M: usize> DoubleEndedIterator for AxisIterMut<'_, T, M> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        let left = self.lane.len.checked_sub(1)?;
        let last = self.take_last();
        self.lane.len = left;
        Some(last)
    }

    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.lane.len = self.lane.len.saturating_sub(n);
        self.next_back()
    }
}

impl<T, const M: usize> ExactSizeIterator for AxisIterMut<'_, T, M> {}
impl<T, const M: usize> FusedIterator for AxisIterMut<'_, T, M> {}

/// Shows the number of remaining views and their shape.
impl<T, const M: usize> fmt::Debug for AxisIterMut<'_, T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = self.item.shape();
        f.debug_struct("AxisIterMut").field("left", &self.lane.len).field("shape", shape).finish()
    }
}
