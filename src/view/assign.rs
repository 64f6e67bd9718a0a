//! Writing through a mutable view: all elements, disjoint parts, or cells.

use crate::kernels::copy::copy_elements;
use crate::layout::Layout;
use crate::layout::error::{ShapeError, ViewError};
use crate::layout::rank::{Rank, RemoveAxis};
use crate::panicking::or_panic;
use crate::view::source::Source;
use crate::view::{Axis, Strided, View, ViewMut};
use core::cell::Cell;
use core::fmt;
use core::iter::FusedIterator;
use core::mem;

/// Writing all elements. These go in the order of memory, not of the indices.
///
/// # Cost
///
/// O(1) for each element, a loop over a slice for each range of elements without gaps.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Calls `f` with each element, in the order in which they stand in memory.
    ///
    /// In the order of indices, [cells](Self::cells) can be written.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// array.view_mut::<2>().slice((.., 1..)).for_each_mut(|element| *element *= 10);
    /// assert_eq!(array.as_slice(), [1, 20, 30, 4, 50, 60]);
    /// ```
    pub fn for_each_mut(&mut self, mut f: impl FnMut(&mut T)) {
        self.for_each_lane(|lane, stride| {
            if stride == 1 {
                lane.iter_mut().for_each(&mut f);
            } else {
                lane.iter_mut().step_by(stride).for_each(&mut f);
            }
        });
    }

    /// Replaces each element by `f` of it, in the order in which they stand in memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1.0, 4.0], [9.0, 16.0]]);
    /// array.view_mut::<2>().map_in_place(|x: &f64| x.sqrt());
    /// assert_eq!(array.as_slice(), [1.0, 2.0, 3.0, 4.0]);
    /// ```
    pub fn map_in_place(&mut self, mut f: impl FnMut(&T) -> T) {
        self.for_each_mut(|element| *element = f(element));
    }

    /// Replaces each element by a clone of `value`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.view_mut::<2>().index_axis(Axis(1), 0).fill(0);
    /// assert_eq!(array.as_slice(), [0, 2, 0, 4]);
    /// ```
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        self.for_each_lane(|lane, stride| {
            if stride == 1 {
                lane.fill(value.clone());
            } else {
                lane.iter_mut().step_by(stride).for_each(|element| element.clone_from(&value));
            }
        });
    }

    /// Replaces each element by a clone of the one at the same index of an array or a view.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other shape differs; [`broadcast`](View::broadcast) repeats
    /// elements.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element does; then some elements have been replaced and others have not.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let other = [5, 6, 7, 8];
    /// array.view_mut().assign(View::from_slice([2, 2], &other)?.t())?;
    /// assert_eq!(array.as_slice(), [5, 7, 6, 8]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn assign(&mut self, other: impl Source<Elem = T>) -> Result<(), ShapeError>
    where
        T: Clone,
    {
        let layout = other.layout_of_shape(self.layout.shape())?;
        copy_elements(self.data, &self.layout, other.elements(), &layout);
        Ok(())
    }

    /// Calls `f` with the slice and the stride of each lane, as long as can be, in the order of memory.
    fn for_each_lane(&mut self, mut f: impl FnMut(&mut [T], usize)) {
        let (starts, lane) = self.layout.memory_order().merged().lanes();
        // Not negative, in the order of memory, and not zero: no two elements are at one place. For a lane of one
        // element any stride will do.
        let stride = lane.stride.unsigned_abs().max(1);
        starts.offsets().for_each(|start| {
            f(&mut self.data[start..][..(lane.len - 1) * stride + 1], stride);
        });
    }
}

/// Several mutable parts at once.
impl<'a, T, const N: usize> ViewMut<'a, T, N> {
    /// The view as cells, which can be written through a shared reference: so *every* way to read a view, in
    /// any order, transposed, by windows that overlap, can also write.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// // Each element becomes the sum of all up to it.
    /// let mut array = GrowableNd::from([[1], [2], [3], [4]]);
    /// for pair in array.view_mut::<2>().cells().windows(Axis(0), 2) {
    ///     pair[[1, 0]].set(pair[[0, 0]].get() + pair[[1, 0]].get());
    /// }
    /// assert_eq!(array.as_slice(), [1, 3, 6, 10]);
    /// ```
    #[inline]
    pub fn cells(self) -> View<'a, Cell<T>, N> {
        Strided { data: Cell::from_mut(self.data).as_slice_of_cells(), layout: self.layout }
    }

    /// The indices of an axis before `at`, and those from it on, both mutable. The axis must be the outermost
    /// in memory, as axis 0 of an array is: then the two parts are two ranges of the slice.
    ///
    /// # Panics
    ///
    /// If there is no such axis, if `at` is above its extent, or if another axis is further out;
    /// [`try_split_at`](Self::try_split_at) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// let (mut upper, lower) = array.view_mut::<2>().split_at(Axis(0), 1);
    /// upper.assign(&lower.as_view().slice((1.., ..)))?;
    /// assert_eq!(array.as_slice(), [5, 6, 3, 4, 5, 6]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[track_caller]
    pub fn split_at(self, axis: Axis, at: usize) -> (Self, Self) {
        or_panic(self.try_split_at(axis, at))
    }

    /// [`split_at`](Self::split_at), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::Position`] or [`ViewError::Interleaved`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.view_mut::<2>().try_split_at(Axis(1), 1).is_err());
    /// assert!(array.view_mut::<2>().t().try_split_at(Axis(1), 1).is_ok());
    /// ```
    pub fn try_split_at(self, axis: Axis, at: usize) -> Result<(Self, Self), ViewError> {
        let (before, behind) = self.layout.split_at(axis.0, at)?;
        self.check_outermost(axis)?;
        Ok(split(self.data, before, behind))
    }

    /// The parts at each index of an axis, mutable, as views without that axis. The axis must be the outermost
    /// in memory, as axis 0 of an array is.
    ///
    /// # Panics
    ///
    /// If there is no such axis, or if another is further out;
    /// [`try_axis_iter_mut`](Self::try_axis_iter_mut) returns the error.
    ///
    /// # Cost
    ///
    /// O(`N`) for each part.
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
    pub fn axis_iter_mut<const M: usize>(self, axis: Axis) -> AxisIterMut<'a, T, N>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_axis_iter_mut(axis))
    }

    /// [`axis_iter_mut`](Self::axis_iter_mut), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`ViewError::Interleaved`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.view_mut::<2>().try_axis_iter_mut(Axis(1)).is_err());
    /// ```
    pub fn try_axis_iter_mut<const M: usize>(self, axis: Axis) -> Result<AxisIterMut<'a, T, N>, ViewError>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        self.layout.check_axis(axis.0)?;
        self.check_outermost(axis)?;
        Ok(AxisIterMut { rest: self, axis })
    }

    fn check_outermost(&self, axis: Axis) -> Result<(), ViewError> {
        if self.layout.is_outermost(axis.0) {
            Ok(())
        } else {
            Err(ViewError::Interleaved { axis: axis.0, strides: self.strides().into() })
        }
    }
}

/// Two mutable views of one slice whose elements are in two ranges of it.
fn split<'a, T, const N: usize>(
    data: &'a mut [T],
    before: Layout<N>,
    behind: Layout<N>,
) -> (ViewMut<'a, T, N>, ViewMut<'a, T, N>) {
    let nothing: &mut [T] = &mut [];
    match (before.bounds(), behind.bounds()) {
        (None, _) => {
            (Strided { data: nothing, layout: before.with_offset(0) }, Strided { data, layout: behind })
        }
        (_, None) => {
            (Strided { data, layout: before }, Strided { data: nothing, layout: behind.with_offset(0) })
        }
        (Some((low, _)), Some((other_low, _))) if low < other_low => {
            let (low_half, high_half) = data.split_at_mut(other_low);
            let behind = behind.with_offset(behind.offset() - other_low);
            (Strided { data: low_half, layout: before }, Strided { data: high_half, layout: behind })
        }
        (Some((low, _)), Some(_)) => {
            let (low_half, high_half) = data.split_at_mut(low);
            let before = before.with_offset(before.offset() - low);
            (Strided { data: high_half, layout: before }, Strided { data: low_half, layout: behind })
        }
    }
}

/// The mutable parts of a view of `N` axes at each index of one of them, from [`ViewMut::axis_iter_mut`]. They
/// have one axis less.
#[must_use = "iterators are lazy"]
pub struct AxisIterMut<'a, T, const N: usize> {
    /// The axis is the outermost in memory.
    rest: ViewMut<'a, T, N>,
    axis: Axis,
}

impl<'a, T, const N: usize> AxisIterMut<'a, T, N> {
    fn left(&self) -> usize {
        self.rest.layout.shape()[self.axis.0]
    }

    /// Splits off so many indices at the front; what is behind them stays.
    fn take_front(&mut self, count: usize) -> ViewMut<'a, T, N> {
        let count = count.min(self.left());
        let (layout, axis) = (self.rest.layout, self.axis.0);
        let (before, behind) =
            (layout.narrow(axis, 0, count), layout.narrow(axis, count, self.left() - count));
        let (taken, rest) = split(mem::take(&mut self.rest.data), before, behind);
        self.rest = rest;
        taken
    }

    /// Keeps so many indices at the front; what is behind them is split off.
    fn keep_front(&mut self, count: usize) -> ViewMut<'a, T, N> {
        let front = self.take_front(count);
        mem::replace(&mut self.rest, front)
    }
}

impl<'a, T, const N: usize, const M: usize> Iterator for AxisIterMut<'a, T, N>
where
    Rank<N>: RemoveAxis<Smaller = Rank<M>>,
{
    type Item = ViewMut<'a, T, M>;

    fn next(&mut self) -> Option<ViewMut<'a, T, M>> {
        let axis = self.axis;
        self.take_front(1).try_index_axis(axis, 0).ok()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left(), Some(self.left()))
    }

    fn nth(&mut self, n: usize) -> Option<ViewMut<'a, T, M>> {
        self.take_front(n);
        self.next()
    }

    fn count(self) -> usize {
        self.left()
    }

    fn last(mut self) -> Option<ViewMut<'a, T, M>> {
        self.next_back()
    }
}

impl<T, const N: usize, const M: usize> DoubleEndedIterator for AxisIterMut<'_, T, N>
where
    Rank<N>: RemoveAxis<Smaller = Rank<M>>,
{
    fn next_back(&mut self) -> Option<Self::Item> {
        let axis = self.axis;
        self.keep_front(self.left().saturating_sub(1)).try_index_axis(axis, 0).ok()
    }

    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.keep_front(self.left().saturating_sub(n));
        self.next_back()
    }
}

impl<T, const N: usize, const M: usize> ExactSizeIterator for AxisIterMut<'_, T, N> where
    Rank<N>: RemoveAxis<Smaller = Rank<M>>
{
}

impl<T, const N: usize, const M: usize> FusedIterator for AxisIterMut<'_, T, N> where
    Rank<N>: RemoveAxis<Smaller = Rank<M>>
{
}

/// Shows the axis and how many parts are left.
impl<T, const N: usize> fmt::Debug for AxisIterMut<'_, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AxisIterMut").field("left", &self.left()).field("axis", &self.axis.0).finish()
    }
}
