//! Elements, rows and views of an array.

use crate::array::GrowableNd;
use crate::array::array_index::ArrayIndex;
use crate::layout::Layout;
use crate::layout::error::AccessError;
use crate::layout::indices::Place;
use crate::layout::rank::Rank;
use crate::layout::shape::{panic_index, range_within};
use crate::layout::slice::SliceArg;
use crate::panicking::or_panic;
use crate::view::{Strided, View, ViewMut};
use core::ops::{Index, IndexMut, Range, RangeBounds};

/// # Elements by index
///
/// An [index](ArrayIndex) has one number per axis: `[i, j]`, or a slice if the number of axes is
/// known at run time only.
impl<T> GrowableNd<T> {
    /// Returns the element at `index`, or `None` if the index is out of bounds or has another
    /// number of axes than the array.
    ///
    /// # Cost
    ///
    /// Constant: one comparison and one multiplication per axis.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.get([1, 0]), Some(&3));
    /// assert_eq!(array.get([1, 2]), None);
    /// assert_eq!(array.get([1, 0, 0]), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn get(&self, index: impl ArrayIndex) -> Option<&T> {
        let Place { lane, position } = self.shape.place(index.numbers())?;
        self.data.get(lane)?.get(position)
    }

    /// Returns the element at `index` mutably, or `None` as [`get`](Self::get).
    ///
    /// # Cost
    ///
    /// As [`get`](Self::get).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// if let Some(element) = array.get_mut([1, 0]) {
    ///     *element = 5;
    /// }
    /// assert_eq!(array.row(1), [5, 4]);
    /// ```
    #[inline]
    pub fn get_mut(&mut self, index: impl ArrayIndex) -> Option<&mut T> {
        let Place { lane, position } = self.shape.place(index.numbers())?;
        self.data.get_mut(lane)?.get_mut(position)
    }

    /// Swaps two elements.
    ///
    /// # Panics
    ///
    /// If one of the indices is out of bounds or has another number of axes than the array;
    /// [`try_swap`](Self::try_swap) returns the error.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.swap([0, 1], [1, 0]);
    /// assert_eq!(array.as_slice(), [1, 3, 2, 4]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn swap(&mut self, a: impl ArrayIndex, b: impl ArrayIndex) {
        let a = self.shape.place_or_panic(a.numbers()).number();
        let b = self.shape.place_or_panic(b.numbers()).number();
        self.data.swap(a, b);
    }

    /// Swaps two elements like [`swap`](Self::swap), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Index`] if one of the indices is out of bounds, [`AccessError::Rank`] if it
    /// has another number of axes than the array.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let error = array.try_swap([0, 0], [1, 2]).unwrap_err();
    /// assert_eq!(error.to_string(), "index 2 is out of bounds for axis 1 of length 2");
    /// ```
    pub fn try_swap(&mut self, a: impl ArrayIndex, b: impl ArrayIndex) -> Result<(), AccessError> {
        let (a, b) = (self.shape.find(a.numbers())?, self.shape.find(b.numbers())?);
        self.data.swap(a.number(), b.number());
        Ok(())
    }
}

/// Indexes elements as `array[[i, j, k]]`, with one number per axis, or as `array[&index[..]]` if
/// the number of axes is known at run time only.
///
/// # Panics
///
/// If the index is out of bounds or has another number of axes than the array;
/// [`GrowableNd::get`] returns `None`.
impl<T, I: ArrayIndex> Index<I> for GrowableNd<T> {
    type Output = T;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &T {
        let Place { lane, position } = self.shape.place_or_panic(index.numbers());
        &self.data[lane][position]
    }
}

/// Indexes elements mutably as `array[[i, j, k]] = …`.
///
/// # Panics
///
/// If the index is out of bounds or has another number of axes than the array;
/// [`GrowableNd::get_mut`] returns `None`.
impl<T, I: ArrayIndex> IndexMut<I> for GrowableNd<T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut T {
        let Place { lane, position } = self.shape.place_or_panic(index.numbers());
        &mut self.data[lane][position]
    }
}

/// # Views
impl<T> GrowableNd<T> {
    /// Returns a view of all elements. `N` must be the number of axes. Nothing is copied.
    ///
    /// The compiler infers `N` from the use of the view, or you write `array.view::<3>()`.
    ///
    /// # Panics
    ///
    /// If the array has another number of axes; [`try_view`](Self::try_view) returns the error.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// fn trace(matrix: View<'_, f64, 2>) -> f64 {
    ///     matrix.diagonal().iter().sum()
    /// }
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(trace(array.view()), 5.0);
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    pub fn view<const N: usize>(&self) -> View<'_, T, N> {
        or_panic(self.try_view())
    }

    /// Returns a view like [`view`](Self::view), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Rank`] if the array has another number of axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let error = array.try_view::<3>().unwrap_err();
    /// assert_eq!(error.to_string(), "expected 2 axes, found 3");
    /// ```
    #[inline]
    pub fn try_view<const N: usize>(&self) -> Result<View<'_, T, N>, AccessError> {
        Ok(Strided { layout: self.layout()?, data: &self.data })
    }

    /// Returns a mutable view of all elements, as [`view`](Self::view).
    ///
    /// # Panics
    ///
    /// If the array has another number of axes; [`try_view_mut`](Self::try_view_mut) returns the
    /// error.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.view_mut::<2>().diagonal().fill(0);
    /// assert_eq!(array.as_slice(), [0, 2, 3, 0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn view_mut<const N: usize>(&mut self) -> ViewMut<'_, T, N> {
        or_panic(self.try_view_mut())
    }

    /// Returns a mutable view like [`view_mut`](Self::view_mut), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Rank`] if the array has another number of axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::from([[1, 2], [3, 4]]).try_view_mut::<1>().is_err());
    /// ```
    #[inline]
    pub fn try_view_mut<const N: usize>(&mut self) -> Result<ViewMut<'_, T, N>, AccessError> {
        Ok(Strided { layout: self.layout()?, data: &mut self.data })
    }

    /// Returns a view of a part of the array. Nothing is copied.
    ///
    /// `slice` is a tuple of parts, one for each axis and each new axis: see [`Strided::slice`].
    ///
    /// # Panics
    ///
    /// If an index or a range is out of bounds, a range ends before it starts, a step is zero, or
    /// the array has another number of axes; [`try_slice`](Self::try_slice) returns the error.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{AxisRange, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.slice((.., 1)), [2, 5]);
    /// assert_eq!(array.slice((1.., (..).step(2))), [[4, 6]]);
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    pub fn slice<I, const N: usize, const M: usize>(&self, slice: I) -> View<'_, T, M>
    where
        I: SliceArg<In = Rank<N>, Out = Rank<M>>,
    {
        or_panic(self.try_slice(slice))
    }

    /// Returns a view of a part like [`slice`](Self::slice), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Rank`] if the array has another number of axes, otherwise as
    /// [`Strided::try_slice`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let error = array.try_slice((0, .., ..)).unwrap_err();
    /// assert_eq!(error.to_string(), "expected 2 axes, found 3");
    /// ```
    #[inline]
    pub fn try_slice<I, const N: usize, const M: usize>(
        &self,
        slice: I,
    ) -> Result<View<'_, T, M>, AccessError>
    where
        I: SliceArg<In = Rank<N>, Out = Rank<M>>,
    {
        self.try_view()?.try_slice(slice)
    }

    /// Returns a mutable view of a part, as [`slice`](Self::slice).
    ///
    /// # Panics
    ///
    /// As [`slice`](Self::slice); [`try_slice_mut`](Self::try_slice_mut) returns the error.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// array.slice_mut((.., ..2)).fill(0);
    /// assert_eq!(array, [[0, 0, 3], [0, 0, 6]]);
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    pub fn slice_mut<I, const N: usize, const M: usize>(&mut self, slice: I) -> ViewMut<'_, T, M>
    where
        I: SliceArg<In = Rank<N>, Out = Rank<M>>,
    {
        or_panic(self.try_slice_mut(slice))
    }

    /// Returns a mutable view of a part like [`slice_mut`](Self::slice_mut), or returns an error
    /// instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_slice`](Self::try_slice).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.try_slice_mut((2, ..)).is_err());
    /// ```
    #[inline]
    pub fn try_slice_mut<I, const N: usize, const M: usize>(
        &mut self,
        slice: I,
    ) -> Result<ViewMut<'_, T, M>, AccessError>
    where
        I: SliceArg<In = Rank<N>, Out = Rank<M>>,
    {
        self.try_view_mut()?.try_slice(slice)
    }

    /// Returns column `column` of an array with two axes, as a view.
    ///
    /// # Panics
    ///
    /// If the array does not have two axes, or if `column` is out of bounds;
    /// [`try_column`](Self::try_column) returns the error.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.column(2).sum(), 9);
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    #[doc(alias = "col")]
    pub fn column(&self, column: usize) -> View<'_, T, 1> {
        or_panic(self.try_column(column))
    }

    /// Returns a column like [`column`](Self::column), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Rank`] if the array does not have two axes, [`AccessError::Index`] if
    /// `column` is out of bounds.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let error = array.try_column(3).unwrap_err();
    /// assert_eq!(error.to_string(), "index 3 is out of bounds for axis 1 of length 3");
    /// ```
    #[inline]
    pub fn try_column(&self, column: usize) -> Result<View<'_, T, 1>, AccessError> {
        self.check_two_axes()?;
        self.try_view::<2>()?.try_column(column)
    }

    /// Returns column `column` of an array with two axes, as a mutable view.
    ///
    /// # Panics
    ///
    /// As [`column`](Self::column); [`try_column_mut`](Self::try_column_mut) returns the error.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// array.column_mut(2).fill(0);
    /// assert_eq!(array.as_slice(), [1, 2, 0, 4, 5, 0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn column_mut(&mut self, column: usize) -> ViewMut<'_, T, 1> {
        or_panic(self.try_column_mut(column))
    }

    /// Returns a mutable column like [`column_mut`](Self::column_mut), or returns an error instead
    /// of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_column`](Self::try_column).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let error = GrowableNd::from([1, 2, 3]).try_column_mut(0).unwrap_err();
    /// assert_eq!(error.to_string(), "expected 2 axes, found 1");
    /// ```
    #[inline]
    pub fn try_column_mut(&mut self, column: usize) -> Result<ViewMut<'_, T, 1>, AccessError> {
        self.check_two_axes()?;
        self.try_view_mut::<2>()?.try_column(column)
    }

    /// Checks that the array is a matrix.
    #[inline]
    pub(super) fn check_two_axes(&self) -> Result<(), AccessError> {
        match self.shape().len() {
            2 => Ok(()),
            found => Err(AccessError::Rank { expected: 2, found }),
        }
    }

    #[inline]
    fn layout<const N: usize>(&self) -> Result<Layout<N>, AccessError> {
        match <[usize; N]>::try_from(self.shape()) {
            Ok(shape) => Ok(Layout::row_major_within(shape)),
            Err(_) => Err(AccessError::Rank { expected: self.shape().len(), found: N }),
        }
    }
}

/// # Rows by index
///
/// Rows are slices in row-major order.
impl<T> GrowableNd<T> {
    /// Returns the elements of row `row`.
    ///
    /// # Panics
    ///
    /// If `row` is out of bounds; [`get_row`](Self::get_row) returns `None`.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.row(1), [3, 4]);
    /// ```
    #[inline]
    #[track_caller]
    #[must_use]
    pub fn row(&self, row: usize) -> &[T] {
        match self.get_row(row) {
            Some(elements) => elements,
            None => panic_index(0, row, self.rows()),
        }
    }

    /// Returns the elements of row `row` mutably.
    ///
    /// # Panics
    ///
    /// If `row` is out of bounds; [`get_row_mut`](Self::get_row_mut) returns `None`.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.row_mut(0).fill(7);
    /// assert_eq!(array.as_slice(), [7, 7, 3, 4]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn row_mut(&mut self, row: usize) -> &mut [T] {
        if row >= self.rows() {
            panic_index(0, row, self.rows());
        }
        let elements = self.elements_of(row..row + 1);
        &mut self.data[elements]
    }

    /// Returns the elements of row `row`, or `None` if it is out of bounds.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.get_row(1), Some(&[3, 4][..]));
    /// assert_eq!(array.get_row(2), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn get_row(&self, row: usize) -> Option<&[T]> {
        if row >= self.rows() {
            return None;
        }
        self.data.get(self.elements_of(row..row + 1))
    }

    /// Returns the elements of row `row` mutably, or `None` if it is out of bounds.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert!(array.get_row_mut(2).is_none());
    /// ```
    #[inline]
    pub fn get_row_mut(&mut self, row: usize) -> Option<&mut [T]> {
        if row >= self.rows() {
            return None;
        }
        let elements = self.elements_of(row..row + 1);
        self.data.get_mut(elements)
    }

    /// Returns the first row, or `None` if there are no rows.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.first_row(), Some(&[1, 2][..]));
    /// assert_eq!(GrowableNd::<i32>::new([2]).first_row(), None);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "first")]
    pub fn first_row(&self) -> Option<&[T]> {
        self.get_row(0)
    }

    /// Returns the first row mutably, or `None` if there are no rows.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// if let Some(row) = array.first_row_mut() {
    ///     row.fill(0);
    /// }
    /// assert_eq!(array.as_slice(), [0, 0, 3, 4]);
    /// ```
    #[inline]
    #[doc(alias = "first_mut")]
    pub fn first_row_mut(&mut self) -> Option<&mut [T]> {
        self.get_row_mut(0)
    }

    /// Returns the last row, or `None` if there are no rows.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.last_row(), Some(&[3, 4][..]));
    /// assert_eq!(GrowableNd::<i32>::new([2]).last_row(), None);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "last")]
    pub fn last_row(&self) -> Option<&[T]> {
        self.get_row(self.rows().checked_sub(1)?)
    }

    /// Returns the last row mutably, or `None` if there are no rows.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// if let Some(row) = array.last_row_mut() {
    ///     row[0] = 0;
    /// }
    /// assert_eq!(array.as_slice(), [1, 2, 0, 4]);
    /// ```
    #[inline]
    #[doc(alias = "last_mut")]
    pub fn last_row_mut(&mut self) -> Option<&mut [T]> {
        self.get_row_mut(self.rows().checked_sub(1)?)
    }

    /// Checks that row `row` exists.
    pub(crate) fn check_row(&self, row: usize) -> Result<(), AccessError> {
        let len = self.rows();
        if row < len { Ok(()) } else { Err(AccessError::Index { axis: 0, index: row, len }) }
    }

    /// Checks that `at` is a position between two rows, before the first or after the last.
    pub(super) fn check_position(&self, at: usize) -> Result<(), AccessError> {
        let len = self.rows();
        if at <= len { Ok(()) } else { Err(AccessError::Position { axis: 0, at, len }) }
    }

    /// Returns the rows that `range` selects, if it is within bounds.
    pub(crate) fn row_range(&self, range: &impl RangeBounds<usize>) -> Result<Range<usize>, AccessError> {
        range_within(range, 0, self.rows())
    }

    /// Returns the range of elements of a range of rows.
    #[inline]
    pub(crate) fn elements_of(&self, rows: Range<usize>) -> Range<usize> {
        self.row_start(rows.start)..self.row_start(rows.end)
    }
}

/// Returns all elements in row-major order.
impl<T> AsRef<[T]> for GrowableNd<T> {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

/// Returns all elements in row-major order, mutably.
impl<T> AsMut<[T]> for GrowableNd<T> {
    fn as_mut(&mut self) -> &mut [T] {
        self.as_mut_slice()
    }
}
