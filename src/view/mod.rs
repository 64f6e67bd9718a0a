//! Views: a slice, shared or mutable, and a layout that maps indices to elements of the slice.
//!
//! Imports `layout` and `kernels`. Read this file first: it has the types, their constructors and
//! getters. `index` and `axes` derive views from a view; `iter`, `axis_iter` and `tiles` iterate
//! over views; `assign`, `iter_mut`, `axis_iter_mut` and `parts_mut` write through them. `source`
//! has the trait for arguments that may be arrays or views.

mod assign;
mod axes;
pub(crate) mod axis_iter;
pub(crate) mod axis_iter_mut;
pub(crate) mod index;
pub(crate) mod iter;
pub(crate) mod iter_mut;
mod lane_by_lane;
mod lanes_mut;
mod parts_mut;
pub(crate) mod source;
pub(crate) mod tiles;

use crate::layout::Layout;
use crate::layout::error::ViewError;
use core::ops::Deref;

/// An axis, counted from 0, the outermost.
///
/// # Examples
///
/// ```
/// use growable_nd::{Axis, GrowableNd};
///
/// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
/// let columns = array.view::<2>().axis_iter(Axis(1));
/// assert_eq!(columns.len(), 3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Axis(pub usize);

/// A strided view of a slice `S`: the common type of [`View`] and [`ViewMut`].
///
/// A view of `N` axes is a slice, an extent and a stride for each axis, and an offset. The element
/// at `[i, j, …]` is at position `offset + i * strides[0] + j * strides[1] + …` of the slice. A
/// transpose, a column, every other element, or one row repeated a thousand times: each is a view
/// of the same slice with different strides. No element is copied.
///
/// Methods that take a part of a view or reorder its axes consume the view and return a new view of
/// the same slice. A [`View`] is `Copy`, so it can be used again;
/// [`reborrow`](ViewMut::reborrow) makes a temporary [`ViewMut`] to consume.
///
/// The number of axes is part of the type: `View<'_, f64, 2>` is a matrix. In the argument of
/// [`slice`], an index removes an axis and a [`NewAxis`](crate::NewAxis) adds one; the compiler
/// counts the axes.
///
/// # Number of axes
///
/// Views need the number of axes at compile time, arrays do not:
///
/// - **Compile time**: every method of a view; of arrays [`view`], [`view_mut`], `slice`,
///   `slice_mut`, `from_fn`, `push_row_with`, the index returned by [`argmin`] and [`argmax`],
///   and `view` of [`EarlierRows`](crate::EarlierRows).
/// - **Bounds in generic functions**: [`RemoveAxis`] for [`iter_rows`], [`axis_iter`],
///   `axis_iter_mut`, `par_axis_iter`, [`index_axis`], [`merge_axes`] and [`for_each_axis_mut`]; [`InsertAxis`] for
///   [`insert_axis`]; [`SliceArg`] for [`slice`].
/// - **Run time**: all other methods of arrays (create, push, insert, remove, rows, [`map`],
///   [`zip_with`], reductions of all elements and along an axis, equality, printing, files); arrays
///   and views as [`Source`].
/// - **Either**: the index of an element, `array[[i, j]]` or `array[&indices]`, as in [`get`].
///
/// [`view`]: crate::GrowableNd::view
/// [`view_mut`]: crate::GrowableNd::view_mut
/// [`get`]: crate::GrowableNd::get
/// [`argmin`]: crate::GrowableNd::argmin
/// [`argmax`]: crate::GrowableNd::argmax
/// [`iter_rows`]: View::iter_rows
/// [`axis_iter`]: View::axis_iter
/// [`index_axis`]: Strided::index_axis
/// [`merge_axes`]: Strided::merge_axes
/// [`for_each_axis_mut`]: ViewMut::for_each_axis_mut
/// [`insert_axis`]: Strided::insert_axis
/// [`slice`]: Strided::slice
/// [`map`]: crate::GrowableNd::map
/// [`zip_with`]: crate::GrowableNd::zip_with
/// [`Source`]: crate::Source
/// [`RemoveAxis`]: crate::RemoveAxis
/// [`InsertAxis`]: crate::InsertAxis
/// [`SliceArg`]: crate::SliceArg
///
/// An array of any number of axes can be viewed as a matrix, whose rows are the flattened rows of
/// the array:
///
/// ```
/// use growable_nd::{Axis, GrowableNd, View};
///
/// fn last_row_maximum(array: &GrowableNd<i32>) -> Option<i32> {
///     let matrix = View::from_slice([array.rows(), array.row_len()], array.as_slice()).ok()?;
///     let last = matrix.try_index_axis(Axis(0), array.rows().checked_sub(1)?).ok()?;
///     last.iter().copied().max()
/// }
/// assert_eq!(last_row_maximum(&GrowableNd::from([[[1, 2], [9, 4]], [[5, 8], [7, 6]]])), Some(8));
/// ```
///
/// `for x in &view` iterates over elements, `for row in &array` over rows.
///
/// # Panics and errors
///
/// Methods that take only indices, axes, ranges or sizes panic, with the line of the caller; their
/// forms named `try_…` return the [`AccessError`](crate::AccessError). Methods that can fail
/// because of strides or of a second shape return a `Result`. The exceptions are iterators over a
/// [`ViewMut`] and [`split_at_mut`](ViewMut::split_at_mut), which panic and have `try_…` forms.
///
/// # Cost
///
/// Every method that makes a view from a view costs O(`N`), independent of the number of elements,
/// and allocates nothing.
///
/// # Examples
///
/// ```
/// use growable_nd::{Axis, AxisRange, GrowableNd};
///
/// let array = GrowableNd::from([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]]);
/// let view = array.view::<3>();
///
/// let last = view.slice((.., 1, ..)); // an index removes an axis: View<'_, i32, 2>
/// assert_eq!(last, GrowableNd::from([[4, 5, 6], [10, 11, 12]]));
/// assert_eq!(last.t(), GrowableNd::from([[4, 10], [5, 11], [6, 12]]));
///
/// let corners = view.slice((1, .., (..).step(2))).invert_axis(Axis(0));
/// assert_eq!(corners, GrowableNd::from([[10, 12], [7, 9]]));
/// assert_eq!(corners.iter().sum::<i32>(), 38);
/// ```
// Invariants: those of `Layout` for this slice. In a mutable view, no two indices refer to the same
// element.
#[derive(Clone, Copy)]
pub struct Strided<S, const N: usize> {
    pub(crate) data: S,
    pub(crate) layout: Layout<N>,
}

/// A read-only view of `N` axes on elements that are borrowed for `'a`. [`Strided`] introduces
/// views.
///
/// | topic | methods |
/// |---|---|
/// | create | [`GrowableNd::view`], [`from_slice`], [`from_strided`] |
/// | inspect | [`shape`], [`strides`], [`len`], `view[[i, j]]`, [`get`], [`as_slice`], [`into_parts`] |
/// | take a part | [`slice`], [`index_axis`], [`diagonal`], [`split_at`] |
/// | rearrange axes | [`t`], [`permute`], [`invert_axis`], [`insert_axis`] |
/// | change the shape | [`reshape`], [`flatten`], [`merge_axes`], [`broadcast`] |
/// | iterate over elements | [`iter`], [`indexed_iter`] |
/// | iterate over views along an axis | [`iter_rows`], [`axis_iter`], [`lanes`], [`windows`], [`chunks`] |
/// | iterate over views along all axes | [`windows_nd`], [`tiles`] |
/// | copy | [`to_owned_array`], [`push_row`], [`GrowableNd::stack`] |
///
/// [`GrowableNd::view`]: crate::GrowableNd::view
/// [`from_slice`]: View::from_slice
/// [`from_strided`]: View::from_strided
/// [`shape`]: Strided::shape
/// [`strides`]: Strided::strides
/// [`len`]: Strided::len
/// [`get`]: View::get
/// [`as_slice`]: View::as_slice
/// [`into_parts`]: Strided::into_parts
/// [`slice`]: Strided::slice
/// [`index_axis`]: Strided::index_axis
/// [`diagonal`]: Strided::diagonal
/// [`split_at`]: View::split_at
/// [`t`]: Strided::t
/// [`permute`]: Strided::permute
/// [`invert_axis`]: Strided::invert_axis
/// [`insert_axis`]: Strided::insert_axis
/// [`reshape`]: Strided::reshape
/// [`flatten`]: Strided::flatten
/// [`merge_axes`]: Strided::merge_axes
/// [`broadcast`]: View::broadcast
/// [`iter`]: View::iter
/// [`indexed_iter`]: View::indexed_iter
/// [`iter_rows`]: View::iter_rows
/// [`axis_iter`]: View::axis_iter
/// [`lanes`]: View::lanes
/// [`windows`]: View::windows
/// [`chunks`]: View::chunks
/// [`windows_nd`]: View::windows_nd
/// [`tiles`]: View::tiles
/// [`to_owned_array`]: View::to_owned_array
/// [`push_row`]: crate::GrowableNd::push_row
/// [`GrowableNd::stack`]: crate::GrowableNd::stack
///
/// While a view lives, its array cannot change:
///
/// ```compile_fail,E0502
/// # use growable_nd::GrowableNd;
/// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
/// let view = array.view::<2>();
/// array.push_row([5, 6])?; // might move the elements
/// assert_eq!(view[[0, 0]], 1);
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[doc(alias = "ArrayView")]
pub type View<'a, T, const N: usize> = Strided<&'a [T], N>;

/// A mutable view of `N` axes on elements that are borrowed for `'a`. Each element is at one index
/// only. [`Strided`] introduces views.
///
/// | topic | methods |
/// |---|---|
/// | create | [`GrowableNd::view_mut`], [`from_slice`], [`from_strided`] |
/// | write | `view[[i, j]] = x`, [`fill`], [`assign`], [`map_in_place`], [`for_each_mut`] |
/// | write in index order | `for x in &mut view`, [`iter_mut`], [`indexed_iter_mut`], unless axes are permuted |
/// | write part by part, along any axis | [`for_each_axis_mut`], [`for_each_lane_mut`], [`for_each_window_mut`], [`for_each_chunk_mut`], [`for_each_tile_mut`] |
/// | take a part, rearrange axes | as with a [`View`] |
/// | several parts at once | [`split_at_mut`], [`axis_iter_mut`], [`cells`] |
/// | read | as with a [`View`]; [`as_view`] and [`into_view`] make one |
///
/// [`GrowableNd::view_mut`]: crate::GrowableNd::view_mut
/// [`from_slice`]: ViewMut::from_slice
/// [`from_strided`]: ViewMut::from_strided
/// [`fill`]: ViewMut::fill
/// [`assign`]: ViewMut::assign
/// [`map_in_place`]: ViewMut::map_in_place
/// [`for_each_mut`]: ViewMut::for_each_mut
/// [`iter_mut`]: ViewMut::iter_mut
/// [`indexed_iter_mut`]: ViewMut::indexed_iter_mut
/// [`for_each_axis_mut`]: ViewMut::for_each_axis_mut
/// [`for_each_lane_mut`]: ViewMut::for_each_lane_mut
/// [`for_each_window_mut`]: ViewMut::for_each_window_mut
/// [`for_each_chunk_mut`]: ViewMut::for_each_chunk_mut
/// [`for_each_tile_mut`]: ViewMut::for_each_tile_mut
/// [`split_at_mut`]: ViewMut::split_at_mut
/// [`axis_iter_mut`]: ViewMut::axis_iter_mut
/// [`cells`]: ViewMut::cells
/// [`as_view`]: Strided::as_view
/// [`into_view`]: ViewMut::into_view
///
/// Taking a part consumes a mutable view, so that no element can be reached twice:
///
/// ```compile_fail,E0382
/// # use growable_nd::{Axis, GrowableNd};
/// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
/// let view = array.view_mut::<2>();
/// let first = view.index_axis(Axis(0), 0);
/// let again = view.index_axis(Axis(0), 0);
/// ```
///
/// To use several parts at once, [split](ViewMut::split_at_mut) the view, or turn it into
/// [cells](ViewMut::cells).
#[doc(alias = "ArrayViewMut")]
pub type ViewMut<'a, T, const N: usize> = Strided<&'a mut [T], N>;

/// Creating read-only views.
impl<'a, T, const N: usize> View<'a, T, N> {
    /// Creates a view of all elements of a slice, in row-major order.
    ///
    /// # Errors
    ///
    /// [`ViewError::Shape`] for extents that overflow, [`ViewError::Length`] if the number of
    /// elements of the slice differs from that of the shape.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let numbers = [1, 2, 3, 4, 5, 6];
    /// assert_eq!(View::from_slice([2, 3], &numbers)?[[1, 0]], 4);
    /// assert!(View::from_slice([2, 2], &numbers).is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "from_shape")]
    #[doc(alias = "frombuffer")]
    pub fn from_slice(shape: [usize; N], slice: &'a [T]) -> Result<Self, ViewError> {
        Ok(Strided { layout: row_major(shape, slice.len())?, data: slice })
    }

    /// Creates a view of some elements of a slice: the element at `[i, j, …]` is at position
    /// `offset + i * strides[0] + j * strides[1] + …`.
    ///
    /// Strides count elements and may be negative or zero.
    ///
    /// # Errors
    ///
    /// [`ViewError::Shape`] for extents that overflow, [`ViewError::OutOfBounds`] if an element
    /// would be outside of the slice.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// // A column-major matrix, as in Fortran.
    /// let matrix = View::from_strided([2, 3], [1, 2], 0, &[1, 4, 2, 5, 3, 6])?;
    /// assert!(matrix.iter().eq(&[1, 2, 3, 4, 5, 6]));
    ///
    /// // All pairs of neighbours in a series: most elements are at two indices.
    /// let pairs = View::from_strided([3, 2], [1, 1], 0, &[1, 2, 3, 4])?;
    /// assert!(pairs.iter().eq(&[1, 2, 2, 3, 3, 4]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "as_strided")]
    pub fn from_strided(
        shape: [usize; N],
        strides: [isize; N],
        offset: usize,
        slice: &'a [T],
    ) -> Result<Self, ViewError> {
        Ok(Strided { layout: Layout::strided(shape, strides, offset, slice.len())?, data: slice })
    }

    /// Returns the elements as a slice, if they are contiguous and in row-major order.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let view = View::from_slice([2, 2], &[1, 2, 3, 4])?;
    /// assert_eq!(view.slice((1, ..)).as_slice(), Some(&[3, 4][..]));
    /// assert_eq!(view.t().as_slice(), None);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "to_slice")]
    pub fn as_slice(&self) -> Option<&'a [T]> {
        self.layout.is_contiguous().then(|| &self.data[self.layout.offset()..][..self.layout.len()])
    }
}

/// Creating mutable views, and turning them into read-only ones.
impl<'a, T, const N: usize> ViewMut<'a, T, N> {
    /// Creates a mutable view of all elements of a slice, in row-major order.
    ///
    /// # Errors
    ///
    /// See [`View::from_slice`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// ViewMut::from_slice([2, 2], &mut numbers)?[[1, 0]] = 9;
    /// assert_eq!(numbers, [1, 2, 9, 4]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn from_slice(shape: [usize; N], slice: &'a mut [T]) -> Result<Self, ViewError> {
        Ok(Strided { layout: row_major(shape, slice.len())?, data: slice })
    }

    /// Creates a mutable view of some elements of a slice, like [`View::from_strided`].
    ///
    /// # Errors
    ///
    /// See [`View::from_strided`]. Also [`ViewError::Overlap`] unless, for each axis with more than
    /// one index, the absolute value of the stride exceeds the distance that all other axes with
    /// strides of at most that absolute value span together.
    /// This condition rejects every view with an element at two indices, and some views whose axes
    /// interleave without sharing elements. A view without elements always fulfils it.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// ViewMut::from_strided([2], [2], 1, &mut numbers)?.fill(0);
    /// assert_eq!(numbers, [1, 0, 3, 0]);
    /// assert!(ViewMut::from_strided([2, 2], [0, 1], 0, &mut numbers).is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn from_strided(
        shape: [usize; N],
        strides: [isize; N],
        offset: usize,
        slice: &'a mut [T],
    ) -> Result<Self, ViewError> {
        let layout = Layout::strided(shape, strides, offset, slice.len())?;
        if !layout.is_nested() {
            return Err(ViewError::Overlap { shape: shape.into(), strides: strides.into() });
        }
        Ok(Strided { layout, data: slice })
    }

    /// Turns the view into a read-only one, which borrows the slice for the same lifetime `'a`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{View, ViewMut};
    ///
    /// fn zeroed(numbers: &mut [i32]) -> Option<View<'_, i32, 1>> {
    ///     let mut view = ViewMut::from_slice([numbers.len()], numbers).ok()?;
    ///     view.fill(0);
    ///     Some(view.into_view())
    /// }
    /// assert!(zeroed(&mut [1, 2, 3]).is_some_and(|view| view.iter().eq(&[0, 0, 0])));
    /// ```
    #[inline]
    #[must_use]
    pub fn into_view(self) -> View<'a, T, N> {
        Strided { data: self.data, layout: self.layout }
    }

    /// Borrows the view as a temporary mutable view, for methods that consume a view.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, ViewMut};
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// let mut view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// view.reborrow().index_axis(Axis(0), 0).fill(0);
    /// view.reborrow().index_axis(Axis(1), 0).fill(9);
    /// assert_eq!(numbers, [9, 0, 9, 4]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "view_mut")]
    pub fn reborrow(&mut self) -> ViewMut<'_, T, N> {
        Strided { data: self.data, layout: self.layout }
    }

    /// Returns the elements as a slice, like [`View::as_slice`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// let view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// assert_eq!(view.as_slice(), Some(&[1, 2, 3, 4][..]));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    pub fn as_slice(&self) -> Option<&[T]> {
        self.as_view().as_slice()
    }

    /// Turns the view into a mutable slice, if the elements are contiguous and in row-major order.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [3, 4, 1, 2];
    /// let view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// if let Some(slice) = view.into_slice() {
    ///     slice.sort();
    /// }
    /// assert_eq!(numbers, [1, 2, 3, 4]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[must_use]
    #[doc(alias = "as_slice_mut")]
    pub fn into_slice(self) -> Option<&'a mut [T]> {
        self.layout.is_contiguous().then(|| &mut self.data[self.layout.offset()..][..self.layout.len()])
    }
}

fn row_major<const N: usize>(shape: [usize; N], found: usize) -> Result<Layout<N>, ViewError> {
    let layout = Layout::row_major(shape)?;
    if layout.len() == found { Ok(layout) } else { Err(ViewError::Length { expected: layout.len(), found }) }
}

/// Inspecting a view. Each method costs O(`N`).
impl<S, const N: usize> Strided<S, N> {
    /// Borrows the view as a read-only one.
    ///
    /// Use it in code that is generic in `S` for methods that only a [`View`] has, such as
    /// `view.as_view().iter()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::ViewMut;
    ///
    /// let mut numbers = [1, 2, 3, 4];
    /// let view = ViewMut::from_slice([2, 2], &mut numbers)?;
    /// assert_eq!(view.as_view().t().iter().max(), Some(&4));
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "view")]
    pub fn as_view<T>(&self) -> View<'_, T, N>
    where
        S: Deref<Target = [T]>,
    {
        Strided { data: &self.data, layout: self.layout }
    }

    /// Returns the extents, outermost first.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let [rows, columns] = array.view().shape();
    /// assert_eq!((rows, columns), (2, 3));
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "dim")]
    #[doc(alias = "raw_dim")]
    pub const fn shape(&self) -> [usize; N] {
        *self.layout.shape()
    }

    /// Returns the number of axes, `N`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::from([[1, 2, 3], [4, 5, 6]]).view::<2>().t().ndim(), 2);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "rank")]
    pub const fn ndim(&self) -> usize {
        N
    }

    /// Returns the stride of each axis: the distance from one index to the next, in elements of the
    /// slice.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().strides(), [3, 1]);
    /// assert_eq!(array.view::<2>().t().invert_axis(Axis(0)).strides(), [-1, 3]);
    /// ```
    #[inline]
    #[must_use]
    pub const fn strides(&self) -> [isize; N] {
        *self.layout.strides()
    }

    /// Returns the slice, the offset of the first element, the extents, and the strides in
    /// elements.
    ///
    /// [`View::from_strided`] and [`ViewMut::from_strided`] make a view from these parts again.
    /// Other libraries accept them as well: a matrix of BLAS or nalgebra is a slice with strides.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let view = array.view::<2>().slice((.., 1..)).t();
    /// let (slice, offset, shape, strides) = view.into_parts();
    /// assert_eq!(slice, [1, 2, 3, 4, 5, 6]);
    /// assert_eq!((offset, shape, strides), (1, [2, 2], [1, 3]));
    /// assert_eq!(View::from_strided(shape, strides, offset, slice)?, view);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "as_ptr")]
    #[doc(alias = "into_raw_parts")]
    pub fn into_parts(self) -> (S, usize, [usize; N], [isize; N]) {
        (self.data, self.layout.offset(), *self.layout.shape(), *self.layout.strides())
    }

    /// Returns the number of elements: the product of the extents.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::from([[1, 2, 3], [4, 5, 6]]).view::<2>().len(), 6);
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "size")]
    pub const fn len(&self) -> usize {
        self.layout.len()
    }

    /// Returns whether there are no elements, because an extent is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::<f64>::new([3]).view::<2>().is_empty());
    /// ```
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.layout.is_empty()
    }

    /// Returns whether the elements are contiguous in the slice and in row-major order.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert!(array.view::<2>().is_contiguous());
    /// assert!(!array.view::<2>().slice((.., 1..)).is_contiguous());
    /// ```
    #[inline]
    #[must_use]
    #[doc(alias = "is_standard_layout")]
    pub fn is_contiguous(&self) -> bool {
        self.layout.is_contiguous()
    }
}
