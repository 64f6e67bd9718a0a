//! Changing the axes of a view: reverse, permute, invert, insert, reshape, merge, broadcast.

use crate::layout::Layout;
use crate::layout::error::{AccessError, ViewError};
use crate::layout::rank::{InsertAxis, Rank, RemoveAxis};
use crate::panicking::or_panic;
use crate::view::{Axis, Strided, View, ViewMut};

/// Changing axes, without copying elements.
impl<S, const N: usize> Strided<S, N> {
    #[inline]
    pub(crate) fn with<const M: usize>(self, layout: Layout<M>) -> Strided<S, M> {
        Strided { data: self.data, layout }
    }

    /// Transposes the view: reverses the order of all axes.
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
    #[doc(alias = "transpose")]
    #[doc(alias = "T")]
    #[doc(alias = "reversed_axes")]
    pub fn t(self) -> Self {
        let layout = self.layout.transpose();
        self.with(layout)
    }

    /// Permutes the axes: axis `axes[k]` becomes axis `k`.
    ///
    /// # Panics
    ///
    /// If an axis is missing in `axes` or given twice; [`try_permute`](Self::try_permute) returns
    /// the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// // Moves the 3 colours of an image of height 2 and width 4 to the front.
    /// let image = [0; 24];
    /// assert_eq!(View::from_slice([2, 4, 3], &image)?.permute([2, 0, 1]).shape(), [3, 2, 4]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    #[doc(alias = "transpose")]
    #[doc(alias = "permuted_axes")]
    #[doc(alias = "permute_axes")]
    #[doc(alias = "swapaxes")]
    #[doc(alias = "swap_axes")]
    #[doc(alias = "moveaxis")]
    pub fn permute(self, axes: [usize; N]) -> Self {
        or_panic(self.try_permute(axes))
    }

    /// Permutes the axes like [`permute`](Self::permute), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Permutation`] if `axes` does not contain each axis exactly once.
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

    /// Reverses the order of the indices of an axis.
    ///
    /// # Panics
    ///
    /// If the axis does not exist; [`try_invert_axis`](Self::try_invert_axis) returns the error.
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
    #[doc(alias = "flip")]
    #[doc(alias = "reverse")]
    #[doc(alias = "fliplr")]
    #[doc(alias = "flipud")]
    pub fn invert_axis(self, axis: Axis) -> Self {
        or_panic(self.try_invert_axis(axis))
    }

    /// Reverses an axis like [`invert_axis`](Self::invert_axis), or returns an error instead of
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
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_invert_axis(Axis(2)).is_err());
    /// ```
    #[inline]
    pub fn try_invert_axis(self, axis: Axis) -> Result<Self, AccessError> {
        let layout = self.layout.invert(axis.0)?;
        Ok(self.with(layout))
    }

    /// Inserts an axis of extent 1 before axis `axis`, or after the last one if `axis` is the
    /// number of axes.
    ///
    /// # Panics
    ///
    /// If `axis` exceeds the number of axes; [`try_insert_axis`](Self::try_insert_axis) returns the
    /// error.
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
    #[must_use]
    #[doc(alias = "expand_dims")]
    #[doc(alias = "newaxis")]
    #[doc(alias = "unsqueeze")]
    pub fn insert_axis<const M: usize>(self, axis: Axis) -> Strided<S, M>
    where
        Rank<N>: InsertAxis<Larger = Rank<M>>,
    {
        or_panic(self.try_insert_axis(axis))
    }

    /// Inserts an axis like [`insert_axis`](Self::insert_axis), or returns an error instead of
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

    /// Changes the shape and the number of axes, without a copy. The row-major order of the
    /// elements does not change.
    ///
    /// Adjacent axes without a gap in memory can be merged, and any axis can be divided. A shape
    /// that would need a copy is an error; [`to_owned_array`](View::to_owned_array) copies. One
    /// extent may be [`INFER`](crate::INFER): it is computed from the others.
    ///
    /// # Errors
    ///
    /// [`ViewError::Reshape`] if the number of elements differs or an extent cannot be inferred,
    /// [`ViewError::NeedsCopy`], or [`ViewError::Shape`] for extents that overflow.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, INFER};
    ///
    /// let array = GrowableNd::from([[1, 2, 3, 4], [5, 6, 7, 8]]);
    /// let view = array.view::<2>();
    /// assert_eq!(view.reshape([2, INFER, 2])?.shape(), [2, 2, 2]);
    /// assert_eq!(view.reshape([4, 2])?, GrowableNd::from([[1, 2], [3, 4], [5, 6], [7, 8]]));
    /// assert_eq!(view.t().reshape([2, 2, 2])?.strides(), [2, 1, 4]);
    /// assert!(view.t().reshape([8]).is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "into_shape")]
    #[doc(alias = "to_shape")]
    pub fn reshape<const M: usize>(self, shape: [usize; M]) -> Result<Strided<S, M>, ViewError> {
        let layout = self.layout.reshape(shape)?;
        Ok(self.with(layout))
    }

    /// Merges all axes into one: [`reshape`](Self::reshape) to the number of elements.
    ///
    /// Unlike `flatten` and `ravel` of `NumPy` it never copies, and fails instead.
    ///
    /// # Errors
    ///
    /// [`ViewError::NeedsCopy`] unless elements that follow each other in row-major order are at a
    /// constant distance in memory; [`iter`](View::iter) iterates over the elements of every view.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    /// assert_eq!(array.view::<2>().flatten()?.shape(), [6]);
    /// assert_eq!(array.view::<2>().slice((.., 1..)).flatten()?.strides(), [2]);
    /// assert!(array.view::<2>().t().flatten().is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "ravel")]
    #[doc(alias = "flat")]
    pub fn flatten(self) -> Result<Strided<S, 1>, ViewError> {
        let len = self.len();
        self.reshape([len])
    }

    /// Merges an axis and the next one, without a copy. The row-major order of the elements does
    /// not change.
    ///
    /// # Errors
    ///
    /// [`ViewError::NeedsCopy`] if the two axes have a gap between them or a different order in
    /// memory; [`AccessError::Axis`], in [`ViewError::Access`], if one of the axes does not exist.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// // Merges the rows and columns of 10 images into an axis of pixels.
    /// let images = GrowableNd::<u8>::zeros([10, 4, 6, 3]);
    /// assert_eq!(images.view::<4>().merge_axes(Axis(1))?.shape(), [10, 24, 3]);
    /// assert!(images.view::<4>().slice((.., .., ..5, ..)).merge_axes(Axis(1)).is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "flatten")]
    pub fn merge_axes<const M: usize>(self, axis: Axis) -> Result<Strided<S, M>, ViewError>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        let layout = self.layout.merge_axes(axis.0)?;
        Ok(self.with(layout))
    }
}

/// Broadcasting, which puts one element at several indices. Only read-only views allow that.
impl<'a, T, const N: usize> View<'a, T, N> {
    /// Repeats the view along axes of extent 1, and along new axes before the others, up to the
    /// given shape. Nothing is copied: a repeated axis has stride zero.
    ///
    /// # Errors
    ///
    /// [`ViewError::Broadcast`] if an axis has neither the requested extent nor extent 1, or if the
    /// shape has fewer axes than the view; [`ViewError::Shape`] for extents that overflow.
    ///
    /// # Cost
    ///
    /// O(1). The shape may have up to `isize::MAX` elements even if the view has one: `==`,
    /// reductions and iterators of the result take O(1) time for each element of the shape.
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
    #[doc(alias = "broadcast_to")]
    #[doc(alias = "repeat")]
    #[doc(alias = "tile")]
    pub fn broadcast<const M: usize>(self, shape: [usize; M]) -> Result<View<'a, T, M>, ViewError> {
        let layout = self.layout.broadcast(shape)?;
        Ok(self.with(layout))
    }
}

/// Broadcasting to read-only views.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Repeats the view as a read-only one, like [`View::broadcast`].
    ///
    /// # Errors
    ///
    /// See [`View::broadcast`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2];
    /// let view = ViewMut::from_slice([2], &mut numbers)?;
    /// assert!(view.broadcast([2, 2])?.iter().eq(&[1, 2, 1, 2]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn broadcast<const M: usize>(&self, shape: [usize; M]) -> Result<View<'_, T, M>, ViewError> {
        self.as_view().broadcast(shape)
    }
}
