//! Elements, rows and views of an array.

use crate::array::GrowableNd;
use crate::layout::Layout;
use crate::layout::error::AccessError;
use crate::layout::indices::Place;
use crate::layout::shape::range_within;
use crate::panicking::or_panic;
use crate::view::{Strided, View, ViewMut};
use core::ops::{Index, IndexMut, Range, RangeBounds};

/// # Elements by index
///
/// An index has one number per axis.
impl<T> GrowableNd<T> {
    /// Returns the element at `index`, or `None` if the index is out of bounds or has another number
    /// of axes than the array.
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
    pub fn get<const N: usize>(&self, index: [usize; N]) -> Option<&T> {
        let Place { lane, position } = self.shape.place(index)?;
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
    pub fn get_mut<const N: usize>(&mut self, index: [usize; N]) -> Option<&mut T> {
        let Place { lane, position } = self.shape.place(index)?;
        self.data.get_mut(lane)?.get_mut(position)
    }
}

/// Indexes elements as `array[[i, j, k]]`, with one number per axis.
///
/// # Panics
///
/// If the index is out of bounds or has another number of axes than the array;
/// [`GrowableNd::get`] returns `None`.
impl<T, const N: usize> Index<[usize; N]> for GrowableNd<T> {
    type Output = T;

    #[inline]
    #[track_caller]
    fn index(&self, index: [usize; N]) -> &T {
        let Place { lane, position } = self.shape.place_or_panic(index);
        &self.data[lane][position]
    }
}

/// Indexes elements mutably as `array[[i, j, k]] = …`.
///
/// # Panics
///
/// As [`Index`]; [`GrowableNd::get_mut`] returns `None`.
impl<T, const N: usize> IndexMut<[usize; N]> for GrowableNd<T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: [usize; N]) -> &mut T {
        let Place { lane, position } = self.shape.place_or_panic(index);
        &mut self.data[lane][position]
    }
}

/// # Views
impl<T> GrowableNd<T> {
    /// Returns a view of all elements. `N` must be the number of axes. Nothing is copied.
    ///
    /// From then on the compiler knows the number of axes. If nothing else determines it, write
    /// `array.view::<3>()`.
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

    /// Returns a view. The twin of [`view`](Self::view) that returns the error.
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
    /// If the array has another number of axes; [`try_view_mut`](Self::try_view_mut) returns the error.
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

    /// Returns a mutable view. The twin of [`view_mut`](Self::view_mut) that returns the error.
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
            None => panic_row(row, self.rows()),
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
            panic_row(row, self.rows());
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

    /// Checks that there is a row `row`.
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

    /// Returns where the elements of a range of rows are.
    #[inline]
    pub(crate) fn elements_of(&self, rows: Range<usize>) -> Range<usize> {
        self.row_start(rows.start)..self.row_start(rows.end)
    }
}

// Takes numbers by value: see `layout::shape`.
#[cold]
#[inline(never)]
#[track_caller]
fn panic_row(index: usize, rows: usize) -> ! {
    panic!("{}", AccessError::Index { axis: 0, index, len: rows })
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
