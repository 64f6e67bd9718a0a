//! Mutable parts of a view, lent to a closure one after the other.
//!
//! Only one part exists at a time. So every axis and every layout is possible, and parts may
//! overlap.

use crate::layout::Layout;
use crate::layout::error::AccessError;
use crate::layout::indices::Indices;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::panicking::or_panic;
use crate::view::{Axis, Strided, ViewMut};

/// Mutable parts, one after the other.
///
/// # Cost
///
/// O(`N`) and one call of the closure per part.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Calls `f` with the mutable view at each index of an axis, without that axis.
    ///
    /// Works along every axis, since only one of the views exists at a time.
    ///
    /// # Panics
    ///
    /// If `f` panics, or if the axis does not exist;
    /// [`try_for_each_axis_mut`](Self::try_for_each_axis_mut) returns the error.
    ///
    /// # Cost
    ///
    /// O(`N`) and one call of `f` per view.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1.0, 10.0], [3.0, 30.0]]);
    /// array.view_mut::<2>().for_each_axis_mut(Axis(1), |mut column| {
    ///     let largest = column.iter().fold(0.0, |a: f64, &b| a.max(b));
    ///     column.map_in_place(|x| x / largest);
    /// });
    /// assert_eq!(array.row(1), [1.0, 1.0]);
    /// ```
    #[track_caller]
    #[doc(alias = "columns_mut")]
    #[doc(alias = "axis_iter_mut")]
    pub fn for_each_axis_mut<const M: usize>(&mut self, axis: Axis, f: impl FnMut(ViewMut<'_, T, M>))
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_for_each_axis_mut(axis, infallible(f)));
    }

    /// Calls `f`, which can fail, with the mutable view at each index of an axis.
    ///
    /// # Errors
    ///
    /// The first error of `f`; changes to earlier views remain. [`AccessError::Axis`], converted to
    /// `E`, if the axis does not exist.
    ///
    /// # Panics
    ///
    /// If `f` panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AccessError, Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let mut view = array.view_mut::<2>();
    /// let error = view.try_for_each_axis_mut(Axis(2), |_| Ok::<(), AccessError>(())).unwrap_err();
    /// assert_eq!(error.to_string(), "axis 2 is out of bounds for 2 axes");
    /// ```
    pub fn try_for_each_axis_mut<const M: usize, E: From<AccessError>>(
        &mut self,
        axis: Axis,
        f: impl FnMut(ViewMut<'_, T, M>) -> Result<(), E>,
    ) -> Result<(), E>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        let (starts, part) = self.layout.parts_along(axis.0)?;
        self.lend_along(axis, starts.len(), part, f)
    }

    /// Calls `f` with each mutable lane along an axis, like those of [`lanes`](Self::lanes).
    ///
    /// # Panics
    ///
    /// If `f` panics, or if the axis does not exist;
    /// [`try_for_each_lane_mut`](Self::try_for_each_lane_mut) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// // Running sums along the last axis.
    /// let mut array = GrowableNd::from([[[1, 2, 3], [4, 5, 6]]]);
    /// array.view_mut::<3>().for_each_lane_mut(Axis(2), |mut lane| {
    ///     let mut sum = 0;
    ///     for x in &mut lane {
    ///         sum += *x;
    ///         *x = sum;
    ///     }
    /// });
    /// assert_eq!(array.as_slice(), [1, 3, 6, 4, 9, 15]);
    /// ```
    #[track_caller]
    #[doc(alias = "lanes_mut")]
    #[doc(alias = "map_axis_mut")]
    #[doc(alias = "apply_along_axis")]
    pub fn for_each_lane_mut(&mut self, axis: Axis, f: impl FnMut(ViewMut<'_, T, 1>)) {
        or_panic(self.try_for_each_lane_mut(axis, infallible(f)));
    }

    /// Calls `f`, which can fail, with each mutable lane along an axis.
    ///
    /// # Errors
    ///
    /// The first error of `f`; changes to earlier lanes remain. [`AccessError::Axis`], converted to
    /// `E`.
    ///
    /// # Panics
    ///
    /// If `f` panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, Error, GrowableNd, View};
    ///
    /// let weights = View::from_slice([2], &[10, 1])?;
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// array.view_mut::<2>().try_for_each_lane_mut(Axis(0), |mut column| {
    ///     column.zip_with_in_place(&weights, |x, weight| x * weight)?;
    ///     Ok::<(), Error>(())
    /// })?;
    /// assert_eq!(array.as_slice(), [10, 20, 30, 4, 5, 6]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn try_for_each_lane_mut<E: From<AccessError>>(
        &mut self,
        axis: Axis,
        mut f: impl FnMut(ViewMut<'_, T, 1>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (starts, lane) = self.layout.lanes_along(axis.0)?;
        starts.offsets().try_for_each(|start| f(self.part(lane.with_offset(start))))
    }

    /// Calls `f` with each mutable window of `size` adjacent indices of an axis, like those of
    /// [`windows`](Self::windows). Each call sees the changes of earlier calls.
    ///
    /// # Panics
    ///
    /// If `f` panics, or if the axis does not exist or `size` is zero;
    /// [`try_for_each_window_mut`](Self::try_for_each_window_mut) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// // Each row becomes the sum of all rows up to it.
    /// let mut array = GrowableNd::from([[1, 10], [2, 20], [3, 30]]);
    /// array.view_mut::<2>().for_each_window_mut(Axis(0), 2, |mut pair| {
    ///     pair[[1, 0]] += pair[[0, 0]];
    ///     pair[[1, 1]] += pair[[0, 1]];
    /// });
    /// assert_eq!(array.as_slice(), [1, 10, 3, 30, 6, 60]);
    /// ```
    #[track_caller]
    #[doc(alias = "windows_mut")]
    pub fn for_each_window_mut(&mut self, axis: Axis, size: usize, f: impl FnMut(ViewMut<'_, T, N>)) {
        or_panic(self.try_for_each_window_mut(axis, size, infallible(f)));
    }

    /// Calls `f`, which can fail, with each mutable window of an axis.
    ///
    /// # Errors
    ///
    /// The first error of `f`; changes to earlier windows remain. [`AccessError::Axis`] or
    /// [`AccessError::ZeroSize`], converted to `E`.
    ///
    /// # Panics
    ///
    /// If `f` panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AccessError, Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1], [2], [3]]);
    /// let mut view = array.view_mut::<2>();
    /// let refused = view.try_for_each_window_mut(Axis(0), 0, |_| Ok::<(), AccessError>(()));
    /// assert!(matches!(refused, Err(AccessError::ZeroSize { axis: 0, .. })));
    /// ```
    pub fn try_for_each_window_mut<E: From<AccessError>>(
        &mut self,
        axis: Axis,
        size: usize,
        f: impl FnMut(ViewMut<'_, T, N>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (starts, window) = self.layout.windows_along(axis.0, size)?;
        self.lend_along(axis, starts.len(), window, f)
    }

    /// Calls `f` with each mutable chunk of `size` adjacent indices of an axis, like those of
    /// [`chunks`](Self::chunks). The last one may be shorter.
    ///
    /// # Panics
    ///
    /// If `f` panics, or if the axis does not exist or `size` is zero;
    /// [`try_for_each_chunk_mut`](Self::try_for_each_chunk_mut) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]);
    /// let mut number = 0;
    /// array.view_mut::<2>().for_each_chunk_mut(Axis(1), 2, |mut columns| {
    ///     columns.fill(number);
    ///     number += 1;
    /// });
    /// assert_eq!(array.row(1), [0, 0, 1, 1, 2]);
    /// ```
    #[track_caller]
    #[doc(alias = "chunks_mut")]
    #[doc(alias = "axis_chunks_iter_mut")]
    pub fn for_each_chunk_mut(&mut self, axis: Axis, size: usize, f: impl FnMut(ViewMut<'_, T, N>)) {
        or_panic(self.try_for_each_chunk_mut(axis, size, infallible(f)));
    }

    /// Calls `f`, which can fail, with each mutable chunk of an axis.
    ///
    /// # Errors
    ///
    /// The first error of `f`; changes to earlier chunks remain. [`AccessError::Axis`] or
    /// [`AccessError::ZeroSize`], converted to `E`.
    ///
    /// # Panics
    ///
    /// If `f` panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, Error, GrowableNd, View};
    ///
    /// // The last chunk is shorter than `pair`.
    /// let pair = View::from_slice([1, 2], &[7, 8])?;
    /// let mut array = GrowableNd::from([[1, 2, 3]]);
    /// let refused = array.view_mut::<2>().try_for_each_chunk_mut(Axis(1), 2, |mut chunk| {
    ///     chunk.assign(pair)?;
    ///     Ok::<(), Error>(())
    /// });
    /// assert_eq!(refused.unwrap_err().to_string(), "expected shape [1, 1], found [1, 2]");
    /// assert_eq!(array.as_slice(), [7, 8, 3]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn try_for_each_chunk_mut<E: From<AccessError>>(
        &mut self,
        axis: Axis,
        size: usize,
        mut f: impl FnMut(ViewMut<'_, T, N>) -> Result<(), E>,
    ) -> Result<(), E> {
        let chunks = self.layout.chunks_along(axis.0, size)?;
        (0..chunks).try_for_each(|number| f(self.part(self.layout.chunk(axis.0, size, number))))
    }

    /// Calls `f` with each mutable tile of the given extents, like those of [`tiles`](Self::tiles).
    /// The last ones along an axis may be smaller.
    ///
    /// # Panics
    ///
    /// If `f` panics, or if a size is zero;
    /// [`try_for_each_tile_mut`](Self::try_for_each_tile_mut) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // A mosaic: each tile gets the colour of its first pixel.
    /// let mut image = GrowableNd::from([[1, 2, 3, 4], [5, 6, 7, 8]]);
    /// image.view_mut().for_each_tile_mut([2, 2], |mut tile| tile.fill(tile[[0, 0]]));
    /// assert_eq!(image, GrowableNd::from([[1, 1, 3, 3], [1, 1, 3, 3]]));
    /// ```
    #[track_caller]
    #[doc(alias = "tiles_mut")]
    #[doc(alias = "exact_chunks_mut")]
    pub fn for_each_tile_mut(&mut self, sizes: [usize; N], f: impl FnMut(ViewMut<'_, T, N>)) {
        or_panic(self.try_for_each_tile_mut(sizes, infallible(f)));
    }

    /// Calls `f`, which can fail, with each mutable tile.
    ///
    /// # Errors
    ///
    /// The first error of `f`; changes to earlier tiles remain. [`AccessError::ZeroSize`],
    /// converted to `E`.
    ///
    /// # Panics
    ///
    /// If `f` panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AccessError, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let mut view = array.view_mut::<2>();
    /// let refused = view.try_for_each_tile_mut([1, 0], |_| Ok::<(), AccessError>(()));
    /// assert!(matches!(refused, Err(AccessError::ZeroSize { axis: 1, .. })));
    /// ```
    pub fn try_for_each_tile_mut<E: From<AccessError>>(
        &mut self,
        sizes: [usize; N],
        mut f: impl FnMut(ViewMut<'_, T, N>) -> Result<(), E>,
    ) -> Result<(), E> {
        let counts = self.layout.tiles(sizes)?;
        let mut places = Indices::new(counts);
        for _ in 0..counts.iter().product() {
            f(self.part(self.layout.tile(sizes, places.step())))?;
        }
        Ok(())
    }

    /// Lends `count` parts, which start at successive indices of an axis.
    #[inline]
    fn lend_along<const M: usize, E>(
        &mut self,
        axis: Axis,
        count: usize,
        part: Layout<M>,
        mut f: impl FnMut(ViewMut<'_, T, M>) -> Result<(), E>,
    ) -> Result<(), E> {
        for index in 0..count {
            f(self.part(part.with_offset(self.layout.offset_along(axis.0, index))))?;
        }
        Ok(())
    }

    #[inline]
    fn part<const M: usize>(&mut self, layout: Layout<M>) -> ViewMut<'_, T, M> {
        Strided { data: self.data, layout }
    }
}

/// Turns a closure that cannot fail into one that returns a `Result`.
fn infallible<T, const M: usize>(
    mut f: impl FnMut(ViewMut<'_, T, M>),
) -> impl FnMut(ViewMut<'_, T, M>) -> Result<(), AccessError> {
    move |part| {
        f(part);
        Ok(())
    }
}
