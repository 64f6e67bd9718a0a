//! Elements by index, and parts of views: slices, one index of an axis, halves.

use crate::layout::error::AccessError;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::layout::slice::{SliceArg, sliced};
use crate::panicking::or_panic;
use crate::view::{Axis, Strided, View, ViewMut};
use core::ops::{Deref, DerefMut, Index, IndexMut};

/// Returns the element at an index with one number for each axis: `view[[i, j]]`.
///
/// # Panics
///
/// If the index is out of bounds; `get` returns `None`.
impl<S: Deref<Target = [T]>, T, const N: usize> Index<[usize; N]> for Strided<S, N> {
    type Output = T;

    #[inline]
    #[track_caller]
    fn index(&self, index: [usize; N]) -> &T {
        &self.data[self.layout.offset_or_panic(index)]
    }
}

/// Returns the mutable element at an index with one number for each axis: `view[[i, j]] = x`.
///
/// # Panics
///
/// If the index is out of bounds; `get_mut` returns `None`.
impl<S: DerefMut<Target = [T]>, T, const N: usize> IndexMut<[usize; N]> for Strided<S, N> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: [usize; N]) -> &mut T {
        &mut self.data[self.layout.offset_or_panic(index)]
    }
}

/// Elements by index, and halves of a read-only view. Results borrow the slice, so they can outlive
/// the view.
impl<'a, T, const N: usize> View<'a, T, N> {
    /// Returns the element at `index`, or `None` if it is out of bounds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let view = View::from_slice([2, 2], &[1, 2, 3, 4])?.t();
    /// assert_eq!(view.get([0, 1]), Some(&3));
    /// assert_eq!(view.get([0, 2]), None);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn get(&self, index: [usize; N]) -> Option<&'a T> {
        self.data.get(self.layout.offset_of(index)?)
    }

    /// Splits the view in two along an axis: the indices before `at`, and those from `at` on.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, or if `at` exceeds its length;
    /// [`try_split_at`](Self::try_split_at) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let (left, right) = array.view::<2>().split_at(Axis(1), 1);
    /// assert_eq!(left, GrowableNd::from([[1], [4]]));
    /// assert_eq!(right, GrowableNd::from([[2, 3], [5, 6]]));
    /// ```
    #[track_caller]
    #[must_use]
    #[doc(alias = "split")]
    #[doc(alias = "hsplit")]
    #[doc(alias = "vsplit")]
    pub fn split_at(self, axis: Axis, at: usize) -> (Self, Self) {
        or_panic(self.try_split_at(axis, at))
    }

    /// Splits the view like [`split_at`](Self::split_at), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist, [`AccessError::Position`] if the position is
    /// beyond its end.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_split_at(Axis(1), 3).is_err());
    /// ```
    pub fn try_split_at(self, axis: Axis, at: usize) -> Result<(Self, Self), AccessError> {
        let (before, after) = self.layout.split_at(axis.0, at)?;
        Ok((self.with(before), self.with(after)))
    }
}

/// Elements by index, and read-only halves of a mutable view. Results borrow the view.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Returns the element at `index`, or `None` if it is out of bounds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// let view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// assert_eq!(view.get([1, 0]), Some(&3));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn get(&self, index: [usize; N]) -> Option<&T> {
        self.as_view().get(index)
    }

    /// Returns the mutable element at `index`, or `None` if it is out of bounds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// let mut view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// assert_eq!(view.get_mut([0, 2]), None);
    /// if let Some(element) = view.get_mut([0, 1]) {
    ///     *element = 9;
    /// }
    /// assert_eq!(numbers, [1, 9, 3, 4]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn get_mut(&mut self, index: [usize; N]) -> Option<&mut T> {
        self.data.get_mut(self.layout.offset_of(index)?)
    }

    /// Splits the view into two read-only views, like [`View::split_at`]. See
    /// [`split_at_mut`](Self::split_at_mut) for mutable ones.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, or if `at` exceeds its length;
    /// [`try_split_at`](Self::try_split_at) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, ViewMut};
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// let view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// let (_, right) = view.split_at(Axis(1), 1);
    /// assert!(right.iter().eq(&[2, 4]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[track_caller]
    #[must_use]
    pub fn split_at(&self, axis: Axis, at: usize) -> (View<'_, T, N>, View<'_, T, N>) {
        self.as_view().split_at(axis, at)
    }

    /// Splits the view like [`split_at`](Self::split_at), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// See [`View::try_split_at`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view_mut::<2>().try_split_at(Axis(1), 3).is_err());
    /// ```
    pub fn try_split_at(
        &self,
        axis: Axis,
        at: usize,
    ) -> Result<(View<'_, T, N>, View<'_, T, N>), AccessError> {
        self.as_view().try_split_at(axis, at)
    }
}

/// Parts of a view.
impl<S, const N: usize> Strided<S, N> {
    /// Slices the view by a tuple of parts, one for each axis and each new axis:
    ///
    /// | part | takes | axis |
    /// |---|---|---|
    /// | `5` | one index | is removed |
    /// | `..`, `2..`, `..7`, `2..7`, `2..=6` | a range | stays |
    /// | `(2..7).step(2)` | a range with a [step](crate::AxisRange::step) | stays |
    /// | [`NewAxis`](crate::NewAxis) | nothing | is added, with extent 1 |
    ///
    /// Indices count from 0 and steps are positive. Instead of a negative index write
    /// `extent - 2..`; [`invert_axis`](Self::invert_axis) reverses an axis.
    ///
    /// # Panics
    ///
    /// If an index or a range is out of bounds, a range ends before it starts, or a step is zero;
    /// [`try_slice`](Self::try_slice) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AxisRange, GrowableNd, NewAxis};
    ///
    /// let array = GrowableNd::from([[1, 2, 3, 4], [5, 6, 7, 8]]);
    /// let view = array.view::<2>();
    /// assert!(view.slice((.., 2)).iter().eq(&[3, 7]));
    /// assert!(view.slice((1, (1..).step(2))).iter().eq(&[6, 8]));
    /// assert_eq!(view.slice((NewAxis, .., 1..3)).shape(), [1, 2, 2]);
    ///
    /// // A tuple of one part ends with a comma.
    /// assert!(view.diagonal().slice((1..,)).iter().eq(&[6]));
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    #[doc(alias = "slice_move")]
    pub fn slice<I, const M: usize>(self, slice: I) -> Strided<S, M>
    where
        I: SliceArg<In = Rank<N>, Out = Rank<M>>,
    {
        or_panic(self.try_slice(slice))
    }

    /// Slices the view like [`slice`](Self::slice), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Index`], [`AccessError::Range`] or [`AccessError::ZeroStep`]. The axis in the
    /// error is an axis of the view before slicing.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AccessError, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let error = array.view::<2>().try_slice((0, 2..5)).unwrap_err();
    /// assert!(matches!(error, AccessError::Range { axis: 1, start: 2, end: 5, len: 3, .. }));
    /// ```
    #[inline]
    pub fn try_slice<I, const M: usize>(self, slice: I) -> Result<Strided<S, M>, AccessError>
    where
        I: SliceArg<In = Rank<N>, Out = Rank<M>>,
    {
        let layout = sliced(&self.layout, slice)?;
        Ok(self.with(layout))
    }

    /// Takes the elements at one index of an axis, as a view without that axis.
    ///
    /// # Panics
    ///
    /// If the axis does not exist or the index is out of bounds;
    /// [`try_index_axis`](Self::try_index_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.view::<2>().index_axis(Axis(1), 2).iter().eq(&[3, 6]));
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    #[doc(alias = "take")]
    #[doc(alias = "row")]
    #[doc(alias = "index_axis_move")]
    pub fn index_axis<const M: usize>(self, axis: Axis, index: usize) -> Strided<S, M>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_index_axis(axis, index))
    }

    /// Takes one index like [`index_axis`](Self::index_axis), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist, [`AccessError::Index`] if the index is out of
    /// bounds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AccessError, Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let error = array.view::<2>().try_index_axis(Axis(0), 2).unwrap_err();
    /// assert!(matches!(error, AccessError::Index { axis: 0, index: 2, len: 2, .. }));
    /// ```
    #[inline]
    pub fn try_index_axis<const M: usize>(
        self,
        axis: Axis,
        index: usize,
    ) -> Result<Strided<S, M>, AccessError>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        let layout = self.layout.index_axis(axis.0, index)?.without(axis.0);
        Ok(self.with(layout))
    }

    /// Takes the diagonal: the elements whose indices are equal on all axes. It is as long as the
    /// shortest axis; a view without axes has a diagonal of one element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.view::<2>().diagonal().iter().eq(&[1, 5]));
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "diag")]
    pub fn diagonal(self) -> Strided<S, 1> {
        let layout = self.layout.diagonal();
        self.with(layout)
    }
}

/// Columns of a view of two axes.
impl<S> Strided<S, 2> {
    /// Takes the column with index `column`, as a view of one axis.
    ///
    /// # Panics
    ///
    /// If `column` is out of bounds; [`try_column`](Self::try_column) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.view::<2>().column(1).iter().eq(&[2, 5]));
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    #[doc(alias = "col")]
    pub fn column(self, column: usize) -> Strided<S, 1> {
        or_panic(self.try_column(column))
    }

    /// Takes a column like [`column`](Self::column), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Index`] if the index is out of bounds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_column(2).is_err());
    /// ```
    #[inline]
    pub fn try_column(self, column: usize) -> Result<Strided<S, 1>, AccessError> {
        self.try_index_axis(Axis(1), column)
    }
}
