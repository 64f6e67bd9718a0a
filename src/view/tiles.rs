//! Windows and tiles: parts of a read-only view with a size along each axis.

use crate::layout::error::AccessError;
use crate::layout::indices::Indices;
use crate::panicking::or_panic;
use crate::view::axis_iter::ViewIter;
use crate::view::{Strided, View, ViewMut};
use core::fmt;
use core::iter::FusedIterator;

/// Iterators over windows and tiles. The items borrow the slice, so they can outlive the view.
impl<'a, T, const N: usize> View<'a, T, N> {
    /// Iterates over all windows of the given extents, one for each position where they fit, in
    /// row-major order of their first indices. Windows overlap.
    ///
    /// See [`windows`](Self::windows) for windows along one axis.
    ///
    /// # Panics
    ///
    /// If a size is zero; [`try_windows_nd`](Self::try_windows_nd) returns the error.
    ///
    /// # Cost
    ///
    /// O(`N`) per window.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // A blurred image.
    /// let image = GrowableNd::from([[0, 0, 0, 9], [0, 9, 0, 0], [0, 0, 0, 0]]);
    /// let means = image.view().windows_nd([3, 3]).map(|window| window.iter().sum::<i32>() / 9);
    /// assert!(means.eq([1, 2]));
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias = "windows")]
    #[doc(alias = "sliding_window_view")]
    pub fn windows_nd(&self, sizes: [usize; N]) -> WindowsNd<'a, T, N> {
        or_panic(self.try_windows_nd(sizes))
    }

    /// Iterates over windows like [`windows_nd`](Self::windows_nd), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::ZeroSize`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.view().try_windows_nd([1, 0]).is_err());
    /// assert_eq!(array.view().try_windows_nd([1, 3])?.len(), 0);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    pub fn try_windows_nd(&self, sizes: [usize; N]) -> Result<WindowsNd<'a, T, N>, AccessError> {
        Ok(self.view_iter(self.layout.windows_nd(sizes)?))
    }

    /// Iterates over tiles of the given extents, in row-major order. Each element is in exactly one
    /// tile; the last tiles along an axis may be smaller.
    ///
    /// See [`chunks`](Self::chunks) for chunks along one axis. For tiles of equal size, slice the
    /// view first.
    ///
    /// # Panics
    ///
    /// If a size is zero; [`try_tiles`](Self::try_tiles) returns the error.
    ///
    /// # Cost
    ///
    /// O(`N`) per tile.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let image = GrowableNd::from([[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
    /// let sums = image.view().tiles([2, 2]).map(|tile| tile.iter().sum::<i32>());
    /// assert!(sums.eq([1 + 2 + 4 + 5, 3 + 6, 7 + 8, 9]));
    ///
    /// // Only whole tiles.
    /// let [height, width] = image.view().shape();
    /// let whole = image.view().slice((..height / 2 * 2, ..width / 2 * 2));
    /// assert_eq!(whole.tiles([2, 2]).len(), 1);
    /// ```
    #[inline]
    #[track_caller]
    #[doc(alias = "exact_chunks")]
    #[doc(alias = "block_reduce")]
    pub fn tiles(&self, sizes: [usize; N]) -> Tiles<'a, T, N> {
        or_panic(self.try_tiles(sizes))
    }

    /// Iterates over tiles like [`tiles`](Self::tiles), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::ZeroSize`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view().try_tiles([1, 0]).is_err());
    /// ```
    #[inline]
    pub fn try_tiles(&self, sizes: [usize; N]) -> Result<Tiles<'a, T, N>, AccessError> {
        let counts = self.layout.tiles(sizes)?;
        Ok(Tiles { view: *self, sizes, places: Indices::new(counts), left: counts.iter().product() })
    }
}

/// Iterators over read-only windows and tiles. The items borrow the view.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Iterates over windows, like [`View::windows_nd`].
    ///
    /// # Panics
    ///
    /// Like [`View::windows_nd`]; [`try_windows_nd`](Self::try_windows_nd) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view_mut().windows_nd([2, 2]).len(), 2);
    /// ```
    #[inline]
    #[track_caller]
    pub fn windows_nd(&self, sizes: [usize; N]) -> WindowsNd<'_, T, N> {
        self.as_view().windows_nd(sizes)
    }

    /// Iterates like [`windows_nd`](Self::windows_nd), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// See [`View::try_windows_nd`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view_mut().try_windows_nd([0, 1]).is_err());
    /// ```
    #[inline]
    pub fn try_windows_nd(&self, sizes: [usize; N]) -> Result<WindowsNd<'_, T, N>, AccessError> {
        self.as_view().try_windows_nd(sizes)
    }

    /// Iterates over tiles, like [`View::tiles`]. See
    /// [`for_each_tile_mut`](Self::for_each_tile_mut) for mutable tiles.
    ///
    /// # Panics
    ///
    /// Like [`View::tiles`]; [`try_tiles`](Self::try_tiles) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view_mut().tiles([2, 2]).len(), 2);
    /// ```
    #[inline]
    #[track_caller]
    pub fn tiles(&self, sizes: [usize; N]) -> Tiles<'_, T, N> {
        self.as_view().tiles(sizes)
    }

    /// Iterates like [`tiles`](Self::tiles), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// See [`View::try_tiles`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view_mut().try_tiles([0, 1]).is_err());
    /// ```
    #[inline]
    pub fn try_tiles(&self, sizes: [usize; N]) -> Result<Tiles<'_, T, N>, AccessError> {
        self.as_view().try_tiles(sizes)
    }
}

/// An iterator over the windows of a view of `N` axes, from [`View::windows_nd`].
pub type WindowsNd<'a, T, const N: usize> = ViewIter<'a, T, N, N>;

/// An iterator over the tiles of a view, from [`View::tiles`].
#[must_use = "iterators are lazy"]
pub struct Tiles<'a, T, const N: usize> {
    view: View<'a, T, N>,
    sizes: [usize; N],
    /// Indices of the remaining tiles among all tiles, and the number of remaining tiles.
    places: Indices<N>,
    left: usize,
}

impl<'a, T, const N: usize> Tiles<'a, T, N> {
    #[inline]
    fn tile(&self, place: [usize; N]) -> View<'a, T, N> {
        let Strided { data, layout } = self.view;
        Strided { data, layout: layout.tile(self.sizes, place) }
    }
}

impl<'a, T, const N: usize> Iterator for Tiles<'a, T, N> {
    type Item = View<'a, T, N>;

    #[inline]
    fn next(&mut self) -> Option<View<'a, T, N>> {
        self.left = self.left.checked_sub(1)?;
        let place = self.places.step();
        Some(self.tile(place))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    fn nth(&mut self, n: usize) -> Option<View<'a, T, N>> {
        let skipped = n.min(self.left);
        self.left -= skipped;
        self.places.skip(skipped);
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        self.left
    }

    #[inline]
    fn last(mut self) -> Option<View<'a, T, N>> {
        self.next_back()
    }
}

impl<T, const N: usize> DoubleEndedIterator for Tiles<'_, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        Some(self.tile(self.places.remaining(self.left)))
    }

    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(n);
        self.next_back()
    }
}

impl<T, const N: usize> ExactSizeIterator for Tiles<'_, T, N> {}
impl<T, const N: usize> FusedIterator for Tiles<'_, T, N> {}

impl<T, const N: usize> Clone for Tiles<'_, T, N> {
    fn clone(&self) -> Self {
        Tiles { places: self.places.clone(), ..*self }
    }
}

/// Shows the number of remaining tiles and their size.
impl<T, const N: usize> fmt::Debug for Tiles<'_, T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tiles").field("left", &self.left).field("sizes", &self.sizes).finish()
    }
}
