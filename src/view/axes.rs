//! Views of views: a part of the elements, or all of them in another order. The same for shared and mutable
//! views, since only the layout changes.

use crate::layout::Layout;
use crate::layout::error::{AccessError, ViewError};
use crate::layout::rank::{InsertAxis, Rank, RemoveAxis};
use crate::layout::slice::{SliceArg, sliced};
use crate::panicking::or_panic;
use crate::view::{Axis, Strided, View};

/// A part of a view, or the same elements in another order.
impl<S, const N: usize> Strided<S, N> {
    #[inline]
    fn with<const M: usize>(self, layout: Layout<M>) -> Strided<S, M> {
        Strided { data: self.data, layout }
    }

    /// A part of the view: a tuple says for each axis which indices are taken.
    ///
    /// | part | takes | axis |
    /// |---|---|---|
    /// | `5` | one index | is gone |
    /// | `..`, `2..`, `..7`, `2..7`, `2..=6` | a range | stays |
    /// | `(2..7).step(2)` | every other index of a range, see [`AxisRange::step`](crate::AxisRange::step) | stays |
    /// | [`NewAxis`](crate::NewAxis) | nothing | is new, with the extent 1 |
    ///
    /// Indices count from 0 and steps forwards. What is written `-2..` elsewhere is `extent - 2..` here, and
    /// [`invert_axis`](Self::invert_axis) walks backwards.
    ///
    /// # Panics
    ///
    /// If an index or a range is out of bounds, or a step is zero; [`try_slice`](Self::try_slice) returns the
    /// error.
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
    pub fn slice<I, const M: usize>(self, slice: I) -> Strided<S, M>
    where
        I: SliceArg<In = Rank<N>, Out = Rank<M>>,
    {
        or_panic(self.try_slice(slice))
    }

    /// [`slice`](Self::slice), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`AccessError::Index`], [`AccessError::Range`] or [`AccessError::ZeroStep`], with the axis of the view that the
    /// part was about.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, ViewError};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let error = AccessError::Range { axis: 1, start: 2, end: 5, extent: 3 };
    /// assert_eq!(array.view::<2>().try_slice((0, 2..5)).unwrap_err(), error);
    /// ```
    #[inline]
    pub fn try_slice<I, const M: usize>(self, slice: I) -> Result<Strided<S, M>, AccessError>
    where
        I: SliceArg<In = Rank<N>, Out = Rank<M>>,
    {
        let layout = sliced(&self.layout, slice)?;
        Ok(self.with(layout))
    }

    /// The elements at one index of an axis, as a view without that axis.
    ///
    /// # Panics
    ///
    /// If there is no such axis or no such index; [`try_index_axis`](Self::try_index_axis) returns the error.
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
    pub fn index_axis<const M: usize>(self, axis: Axis, index: usize) -> Strided<S, M>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_index_axis(axis, index))
    }

    /// [`index_axis`](Self::index_axis), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`AccessError::Index`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd, ViewError};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let error = AccessError::Index { axis: 0, index: 2, extent: 2 };
    /// assert_eq!(array.view::<2>().try_index_axis(Axis(0), 2).unwrap_err(), error);
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

    /// The transpose: all axes in reverse order.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().t(), GrowableNd::from([[1, 4], [2, 5], [3, 6]]));
    /// ```
    #[inline]
    #[must_use]
    pub fn t(self) -> Self {
        let layout = self.layout.transpose();
        self.with(layout)
    }

    /// The axes in another order: axis `axes[k]` becomes axis `k`.
    ///
    /// # Panics
    ///
    /// If `axes` does not name each axis once; [`try_permute`](Self::try_permute) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// // Images of height 2 and width 4 with 3 colours, to colours first.
    /// let image = [0; 24];
    /// assert_eq!(View::from_slice([2, 4, 3], &image)?.permute([2, 0, 1]).shape(), [3, 2, 4]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    pub fn permute(self, axes: [usize; N]) -> Self {
        or_panic(self.try_permute(axes))
    }

    /// [`permute`](Self::permute), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`AccessError::Permutation`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_permute([0, 0]).is_err());
    /// ```
    #[inline]
    pub fn try_permute(self, axes: [usize; N]) -> Result<Self, AccessError> {
        let layout = self.layout.permute(axes)?;
        Ok(self.with(layout))
    }

    /// The same elements with one axis from its end to its beginning.
    ///
    /// # Panics
    ///
    /// If there is no such axis; [`try_invert_axis`](Self::try_invert_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let flipped = array.view::<2>().invert_axis(Axis(1));
    /// assert_eq!(flipped, GrowableNd::from([[3, 2, 1], [6, 5, 4]]));
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    pub fn invert_axis(self, axis: Axis) -> Self {
        or_panic(self.try_invert_axis(axis))
    }

    /// [`invert_axis`](Self::invert_axis), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_invert_axis(Axis(2)).is_err());
    /// ```
    #[inline]
    pub fn try_invert_axis(self, axis: Axis) -> Result<Self, AccessError> {
        let layout = self.layout.invert(axis.0)?;
        Ok(self.with(layout))
    }

    /// The same elements with a new axis of extent 1 before axis `axis`, or behind all if `axis` is their
    /// number.
    ///
    /// # Panics
    ///
    /// If `axis` is above the number of axes; [`try_insert_axis`](Self::try_insert_axis) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().insert_axis(Axis(1)).shape(), [2, 1, 3]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn insert_axis<const M: usize>(self, axis: Axis) -> Strided<S, M>
    where
        Rank<N>: InsertAxis<Larger = Rank<M>>,
    {
        or_panic(self.try_insert_axis(axis))
    }

    /// [`insert_axis`](Self::insert_axis), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_insert_axis(Axis(3)).is_err());
    /// ```
    #[inline]
    pub fn try_insert_axis<const M: usize>(self, axis: Axis) -> Result<Strided<S, M>, AccessError>
    where
        Rank<N>: InsertAxis<Larger = Rank<M>>,
    {
        let layout = self.layout.insert(axis.0)?;
        Ok(self.with(layout))
    }

    /// The same elements in the same row-major order in another shape, of any number of axes.
    ///
    /// Axes that follow one another without a gap in memory can be merged, and any axis can be divided; what
    /// needs a copy is refused, and [`to_owned_array`](View::to_owned_array) makes one.
    ///
    /// # Errors
    ///
    /// [`ViewError::Reshape`] if the number of elements is another, [`ViewError::NeedsCopy`], or
    /// [`ViewError::Shape`] for extents that overflow.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3, 4], [5, 6, 7, 8]]);
    /// let view = array.view::<2>();
    /// assert_eq!(view.reshape([4, 2])?, GrowableNd::from([[1, 2], [3, 4], [5, 6], [7, 8]]));
    /// assert_eq!(view.t().reshape([2, 2, 2])?.strides(), [2, 1, 4]);
    /// assert!(view.t().reshape([8]).is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn reshape<const M: usize>(self, shape: [usize; M]) -> Result<Strided<S, M>, ViewError> {
        let layout = self.layout.reshape(shape)?;
        Ok(self.with(layout))
    }

    /// The elements whose indices are the same on all axes, as many as the shortest axis has.
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
    pub fn diagonal(self) -> Strided<S, 1> {
        let layout = self.layout.diagonal();
        self.with(layout)
    }
}

/// What only shared views can do: elements at several indices.
impl<'a, T, const N: usize> View<'a, T, N> {
    /// The view repeated along axes of extent 1, and along new axes in front, until it has the given shape.
    /// Nothing is copied: the stride of such an axis is zero.
    ///
    /// # Errors
    ///
    /// [`ViewError::Broadcast`] if an axis has neither the right extent nor the extent 1, or if the shape has
    /// fewer axes than the view; [`ViewError::Shape`] for extents that overflow.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let row = View::from_slice([3], &[1, 2, 3])?;
    /// assert_eq!(row.broadcast([2, 3])?, GrowableNd::from([[1, 2, 3], [1, 2, 3]]));
    /// assert!(row.broadcast([3, 2]).is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn broadcast<const M: usize>(self, shape: [usize; M]) -> Result<View<'a, T, M>, ViewError> {
        let layout = self.layout.broadcast(shape)?;
        Ok(self.with(layout))
    }

    /// The indices of an axis before `at`, and those from it on.
    ///
    /// # Panics
    ///
    /// If there is no such axis, or if `at` is above its extent; [`try_split_at`](Self::try_split_at) returns
    /// the error.
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
    pub fn split_at(self, axis: Axis, at: usize) -> (Self, Self) {
        or_panic(self.try_split_at(axis, at))
    }

    /// [`split_at`](Self::split_at), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`AccessError::Position`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_split_at(Axis(1), 3).is_err());
    /// ```
    pub fn try_split_at(self, axis: Axis, at: usize) -> Result<(Self, Self), AccessError> {
        let (before, behind) = self.layout.split_at(axis.0, at)?;
        Ok((self.with(before), self.with(behind)))
    }
}
