//! Assignment: writing all elements of a view, and cells.

use crate::kernels::copy::copy_elements;
use crate::kernels::each;
use crate::layout::error::ShapeError;
use crate::view::source::Source;
use crate::view::{Strided, View, ViewMut};
use core::cell::Cell;

/// Writing all elements.
///
/// # Cost
///
/// O(1) per element. Ranges of elements without gaps are written as slices.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Calls `f` with each element, in memory order.
    ///
    /// For index order use [`iter_mut`](Self::iter_mut), which needs a view whose index order is
    /// its memory order, or [`cells`](Self::cells), which can be written in any order.
    ///
    /// # Panics
    ///
    /// If `f` panics.
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
    #[doc(alias = "map_inplace")]
    pub fn for_each_mut(&mut self, f: impl FnMut(&mut T)) {
        each::for_each_mut(self.data, &self.layout, f);
    }

    /// Replaces each element by `f(x)`, in memory order.
    ///
    /// # Panics
    ///
    /// If `f` panics; some elements are then replaced and others are not.
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
    #[doc(alias = "mapv_inplace")]
    pub fn map_in_place(&mut self, mut f: impl FnMut(&T) -> T) {
        self.for_each_mut(|element| *element = f(element));
    }

    /// Replaces each element by a clone of `value`.
    ///
    /// # Panics
    ///
    /// If cloning panics; some elements are then replaced and others are not.
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
        each::fill(self.data, &self.layout, value);
    }

    /// Replaces each element by a result of `element`, in memory order.
    ///
    /// # Panics
    ///
    /// If `element` panics; some elements are then replaced and others are not.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let mut numbers = 10..;
    /// array.column_mut(1).fill_with(|| numbers.next().unwrap_or_default());
    /// assert_eq!(array.as_slice(), [1, 10, 3, 11]);
    /// ```
    pub fn fill_with(&mut self, mut element: impl FnMut() -> T) {
        self.for_each_mut(|to| *to = element());
    }

    /// Replaces each element by a clone of the element at the same index of an array or a view.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ; use [`broadcast`](View::broadcast) to repeat
    /// elements of `other`.
    ///
    /// # Panics
    ///
    /// If cloning panics; some elements are then replaced and others are not.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let other = [5, 6, 7, 8];
    /// array.view_mut::<2>().assign(View::from_slice([2, 2], &other)?.t())?;
    /// assert_eq!(array.as_slice(), [5, 7, 6, 8]);
    /// array.view_mut::<2>().assign(&GrowableNd::zeros([2, 2]))?;
    /// assert_eq!(array.as_slice(), [0; 4]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "copyto")]
    #[doc(alias = "copy_from")]
    #[doc(alias = "clone_from")]
    pub fn assign(&mut self, other: impl Source<Elem = T>) -> Result<(), ShapeError>
    where
        T: Clone,
    {
        let layout = other.layout_of_shape(self.layout.shape())?;
        copy_elements(self.data, &self.layout, other.elements(), &layout);
        Ok(())
    }
}

/// Elements that can be written through a shared reference.
impl<'a, T, const N: usize> ViewMut<'a, T, N> {
    /// Turns the view into a view of cells, which can be written through a shared reference.
    ///
    /// All methods that read a view can then be used to write it: in any order, transposed, or by
    /// overlapping windows.
    ///
    /// # Cost
    ///
    /// O(1).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// // Each element becomes the sum of all elements up to it.
    /// let mut array = GrowableNd::from([[1], [2], [3], [4]]);
    /// for pair in array.view_mut::<2>().cells().windows(Axis(0), 2) {
    ///     pair[[1, 0]].set(pair[[0, 0]].get() + pair[[1, 0]].get());
    /// }
    /// assert_eq!(array.as_slice(), [1, 3, 6, 10]);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "cell_view")]
    pub fn cells(self) -> View<'a, Cell<T>, N> {
        Strided { data: Cell::from_mut(self.data).as_slice_of_cells(), layout: self.layout }
    }
}
