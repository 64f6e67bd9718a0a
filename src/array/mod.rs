//! The container: a flat vector with the shape of a row and a growth policy.
//!
//! Adding rows takes three steps, one function each: *choose* a capacity (the growth policy, which
//! counts rows only), *reserve* it (the one place where the block is enlarged), *write* whole rows.
//! The row count changes last, so a failure or a panic in an earlier step leaves whole rows.
//!
//! The fields of [`GrowableNd`] are private to this folder. Other folders build an array from parts
//! ([`GrowableNd::from_parts`], [`GrowableNd::from_shape_with`] and its variants, `without_axis`),
//! append whole rows ([`GrowableNd::append_rows`]; `partial_rows` where rows arrive in pieces), or
//! take the vector out ([`GrowableNd::into_vec`]).
//!
//! Imports `memory`, `growth`, `layout`, `kernels` and `view`. Read this file first (its modules
//! are at the end, in the order of the documentation), then `push` and `capacity`.

use crate::array::capacity::block_size;
use crate::array::error::Error;
use crate::growth::Growth;
use crate::growth::stats::GrowthStats;
use crate::layout::shape::Shape;
use crate::memory::{ReserveError, vec_with_capacity};
use crate::panicking::or_panic;
use alloc::vec::Vec;
use core::mem;

/// A contiguous n-dimensional array that grows along its first axis.
///
/// The array is a sequence of *rows*. Each row has the *inner shape*, which is fixed when the array
/// is created and has 0 to [`MAX_RANK`](crate::MAX_RANK)` - 1` axes. All elements are always in one
/// block in row-major order, so [`as_slice`](Self::as_slice) and [`into_vec`](Self::into_vec) copy
/// nothing.
///
/// [`rows`](Self::rows) counts rows, [`len`](Self::len) counts elements, and capacity counts rows.
/// `for row in &array` yields rows, since arrays are collected from rows; a [`View`](crate::View)
/// yields its elements. For the elements of an array write `array.as_slice().iter()`.
///
/// There is no `Default`, since the shape of a row is not known: use [`new`](Self::new). There is no
/// order of arrays: compare their shapes and slices.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let mut array = GrowableNd::<i32>::new([2, 3]);
/// array.push_row([[1, 2, 3], [4, 5, 6]])?;
/// array.push_row(&vec![7, 8, 9, 10, 11, 12])?;
///
/// assert_eq!(array.shape(), [2, 2, 3]);
/// assert_eq!(array[[1, 0, 2]], 9);
/// assert_eq!(array.row(0), [1, 2, 3, 4, 5, 6]);
/// assert!(array.push_row(&[1, 2]).is_err());
/// assert_eq!(array.into_vec(), (1..=12).collect::<Vec<_>>());
/// # Ok::<(), growable_nd::Error>(())
/// ```
///
/// # Methods by group
///
/// | group | methods |
/// |---|---|
/// | create | [`new`](Self::new), [`with_capacity`](Self::with_capacity), [`with_growth`](Self::with_growth), [`zeros`](Self::zeros), [`ones`](Self::ones), [`full`](Self::full), [`from_fn`](Self::from_fn) |
/// | from rows | [`from_rows`](Self::from_rows), [`from_results`](Self::from_results), [`stack`](Self::stack), [`concat`](Self::concat), `collect` |
/// | convert | [`from_vec`](Self::from_vec), [`into_vec`](Self::into_vec), `From` and `TryFrom` to and from vectors, boxed slices and nested arrays, [`into_inner_shape`](Self::into_inner_shape), [`from_bytes`](Self::from_bytes), [`as_bytes`](Self::as_bytes), [`Strided::to_owned_array`](crate::Strided::to_owned_array) |
/// | add rows | [`push_row`](Self::push_row), [`push_row_with`](Self::push_row_with), [`push_row_from`](Self::push_row_from), [`push_row_from_results`](Self::push_row_from_results), [`push_row_from_earlier`](Self::push_row_from_earlier), [`push`](Self::push), [`push_zeroed_row`](Self::push_zeroed_row), [`insert_row`](Self::insert_row), [`insert_rows`](Self::insert_rows), [`extend_rows`](Self::extend_rows), [`extend_results`](Self::extend_results), [`extend_from_slice`](Self::extend_from_slice), [`extend_from_within`](Self::extend_from_within), [`append`](Self::append), [`resize`](Self::resize) |
/// | remove rows | [`pop_row`](Self::pop_row), [`remove_row`](Self::remove_row), [`swap_remove_row`](Self::swap_remove_row), [`truncate`](Self::truncate), [`clear`](Self::clear), [`retain_rows`](Self::retain_rows), [`dedup_rows_by`](Self::dedup_rows_by), [`drain_rows`](Self::drain_rows), [`split_off`](Self::split_off) |
/// | order and select rows | [`sort_rows_by`](Self::sort_rows_by), [`sort_rows_by_key`](Self::sort_rows_by_key), [`reverse_rows`](Self::reverse_rows), [`rotate_rows_left`](Self::rotate_rows_left), [`rotate_rows_right`](Self::rotate_rows_right), [`swap_rows`](Self::swap_rows), [`select_rows`](Self::select_rows) |
/// | shape | [`shape`](Self::shape), [`inner_shape`](Self::inner_shape), [`ndim`](Self::ndim), [`rows`](Self::rows), [`row_len`](Self::row_len), [`len`](Self::len), [`is_empty`](Self::is_empty) |
/// | access | `array[[i, j]]`, [`get`](Self::get), [`swap`](Self::swap), [`row`](Self::row), [`row_mut`](Self::row_mut), [`get_row`](Self::get_row), [`first_row`](Self::first_row), [`last_row`](Self::last_row), [`column`](Self::column), [`column_mut`](Self::column_mut), [`iter_rows`](Self::iter_rows), [`iter_rows_mut`](Self::iter_rows_mut), [`rows_as`](Self::rows_as), [`as_slice`](Self::as_slice), [`as_mut_slice`](Self::as_mut_slice) |
/// | views | [`view`](Self::view), [`view_mut`](Self::view_mut), [`slice`](Self::slice), [`slice_mut`](Self::slice_mut) |
/// | bytes, streams and files | [`extend_from_bytes`](Self::extend_from_bytes), [`cast_row`](Self::cast_row), `read_rows`, `write_to` (feature `std`), `load_npy`, `save_npy`, `read_npy`, `write_npy` (feature `npy`) |
/// | numbers | [`sum`](Self::sum), [`min`](Self::min), [`argmax`](Self::argmax), [`dot`](Self::dot), [`sum_axis`](Self::sum_axis), [`sum_axes`](Self::sum_axes), [`nan_mean`](Self::nan_mean), [`fold_axis`](Self::fold_axis), [`cumulative_sum`](Self::cumulative_sum), [`map`](Self::map), [`zip_with`](Self::zip_with), operators (see [`Operand`](crate::Operand)), [`map_in_place`](Self::map_in_place), [`fill`](Self::fill), [`fill_with`](Self::fill_with), [`assign`](Self::assign); the table is on the [crate page](crate#numbers) |
/// | on several threads | `par_iter_rows`, `par_map`, `par_sum`, `par_extend_rows` (feature `rayon`) |
/// | capacity | [`capacity`](Self::capacity), [`reserve`](Self::reserve), [`reserve_exact`](Self::reserve_exact), [`shrink_to_fit`](Self::shrink_to_fit), [`shrink_to`](Self::shrink_to), [`growth`](Self::growth), [`set_growth`](Self::set_growth), [`growth_stats`](Self::growth_stats) |
///
/// # Capacity and growth
///
/// A push to a full array asks the [growth policy](Growth) for the next capacity. The default
/// doubles it. With any factor greater than 1 the cost of copying is O(*m*) amortized per push: see
/// [`Growth`] and [`amortized`](crate::amortized).
///
/// The growth policy never causes an error: if its capacity cannot be allocated, the array retries
/// with less, down to exactly what it needs.
///
/// # Cost
///
/// In all cost notes *n* is the number of rows, *m* the number of elements in a row, *a* > 1 the
/// growth factor, and * marks an amortized cost. A `try_` form costs the same.
///
/// | | `GrowableNd<T>` | `Vec<T>` by hand | `Vec<Vec<T>>`, then flattened |
/// |---|---|---|---|
/// | push a row | O(*m*)* | O(*m*)* | O(*m*)*, and an allocation |
/// | worst single push | O(*n m*) | O(*n m*) | O(*n* + *m*) |
/// | rows copied by growing, in total | at most *n* / (1 − 1/*a*) | at most 2*n* | at most 2*n* pointers |
/// | unused capacity after pushes | at most (*a* − 1) *n* rows | at most *n* rows | *n* pointers |
/// | conversion to one block | none needed | none needed | O(*n m*) and twice the memory |
/// | element at `[i, j, k]` | O(1) | O(1), with your own formula | O(1), two loads |
/// | a slice, a transpose, a column | O(1), nothing is copied | O(1), with your own formula | a copy, except rows |
/// | insert or remove a row in the middle | O(*n m*) | O(*n m*) | O(*n*) |
/// | check of a row's shape | always | up to you | up to you |
///
/// # Errors and panics
///
/// A method that returns a `Result` never panics because of its arguments. A method that returns a
/// plain value panics on failure; another method returns the error, usually named `try_…`. See
/// [`doc::errors`](crate::doc::errors) for the rule and a table of all methods.
///
/// # Guarantees
///
/// - The elements are in one block in row-major order, exactly *n m* of them, without padding.
/// - The inner shape never changes, not even when the array is emptied. Only
///   [`clone_from`](Clone::clone_from) replaces it, together with everything else.
///   [`into_inner_shape`](Self::into_inner_shape) makes another array from the elements.
/// - An operation that returns an error, or panics because of its arguments or of memory, leaves
///   the array as it was, except that the capacity may have grown.
///   [`extend_rows`](Self::extend_rows), [`extend_results`](Self::extend_results), `extend` and
///   `read_rows` keep the rows before the failed row. If your code (a clone, an iterator, a
///   closure) panics in the middle of a row, the elements of that row are dropped and whole rows
///   are left.
/// - Every element is dropped exactly once. A leaked [`DrainRows`](crate::DrainRows) leaks the
///   drained elements and may leak the elements after them.
/// - A failed allocation is an `Err`, or a panic in methods without a `Result`. It aborts the
///   process only in the cases listed below.
/// - While a view exists, the compiler rejects other changes to its array. No two indices of a
///   mutable view reach the same element.
/// - Equality, hashes and printed elements of arrays and views depend on shape and elements only,
///   not on strides.
/// - After [`reserve`](Self::reserve)`(k)`, pushing `k` rows does not move the block.
/// - Pushing rows up to the capacity does not allocate, nor does [`new`](Self::new). Only a
///   transposed view of many elements that need drop takes temporary buffers.
/// - Memory is released when you ask for it, and otherwise only by a growth policy
///   [that shrinks](Growth::with_shrink).
/// - Extents of zero, inner shapes without axes, and elements of size zero are valid. A row of
///   shape `[3, 0]` has no elements but counts: two of them make an array of shape `[2, 3, 0]`.
///
/// A few allocations have no fallible form in std. If one of them fails, the process aborts, as
/// with a `Vec`:
///
/// - a smaller block in [`shrink_to`](Self::shrink_to), [`shrink_to_fit`](Self::shrink_to_fit) and
///   the conversion to `Box<[T]>`,
/// - the buffer of a sort,
/// - the few bytes of a shape, a text or a box in an error, or of the header of a `.npy` file,
/// - clones of [`RowBuffer`](crate::RowBuffer), [`IntoRows`](crate::IntoRows) and errors that
///   contain a vector,
/// - printed text and panic messages.
///
/// Not guaranteed: that the capacity is exactly what the policy requested (an allocator may provide
/// more), that the block moves when it grows, and the texts of error messages.
// Invariants:
// 1. `data.len() == shape.rows() * shape.row_len()`: whole rows and nothing else.
// 2. The invariants of `Shape`. The inner extents change only where the whole array is replaced.
// 3. Only `reserve_rows` enlarges the block and only `replace_block` shrinks it for the policy, so
//    `stats` count all that the policy does. The first block, from `allocate`, is not a growth, and
//    `shrink_to` is not counted.
pub struct GrowableNd<T> {
    data: Vec<T>,
    shape: Shape,
    growth: Growth,
    stats: GrowthStats,
}

/// For the other folders.
impl<T> GrowableNd<T> {
    /// An array without rows and without inner axes, to be modified in place.
    pub(crate) const EMPTY: Self = GrowableNd {
        data: Vec::new(),
        shape: Shape::EMPTY,
        growth: Growth::DOUBLE,
        stats: GrowthStats::NONE,
    };

    /// Creates an array of `rows` rows from all their elements. Nothing is copied.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] if the inner shape is invalid, [`Error::PartialRow`] if `vec` does not have
    /// the elements of exactly `rows` rows, [`Error::Reserve`] for more rows than an array can
    /// have.
    pub(crate) fn from_parts(inner: impl AsRef<[usize]>, rows: usize, vec: Vec<T>) -> Result<Self, Error> {
        let mut shape = Shape::EMPTY;
        shape.set_inner(inner.as_ref())?;
        let (elements, _) = block_size::<T>(&shape, rows)?;
        if elements != vec.len() {
            return Err(Error::PartialRow { row_len: shape.row_len(), found: vec.len() });
        }
        Ok(Self::of_rows(shape, rows, vec))
    }

    /// Allocates the block that an array starts with, which is not a growth.
    #[inline]
    fn allocate(&mut self, rows: usize) -> Result<(), ReserveError> {
        let (elements, bytes) = block_size::<T>(&self.shape, rows)?;
        self.data.try_reserve_exact(elements).map_err(|_| ReserveError::Allocation { bytes })
    }

    /// Creates an array of this shape. `write` appends all its elements.
    #[inline]
    pub(crate) fn from_shape_with(shape: &[usize], write: impl FnOnce(&mut Vec<T>)) -> Result<Self, Error> {
        let mut empty = Shape::EMPTY;
        let rows = empty.set_inner_of(shape)?;
        let data = written_by(&empty, rows, write)?;
        Ok(Self::of_rows(empty, rows, data))
    }

    /// Panicking form of [`from_shape_with`](Self::from_shape_with). Builds the array in place
    /// instead of moving it out of a `Result`.
    #[inline]
    #[track_caller]
    pub(crate) fn from_shape_or_panic(shape: &[usize], write: impl FnOnce(&mut Vec<T>)) -> Self {
        let mut empty = Shape::EMPTY;
        let rows = or_panic(empty.set_inner_of(shape));
        let data = or_panic(written_by(&empty, rows, write));
        Self::of_rows(empty, rows, data)
    }

    /// Builds an array from a shape, whose row count is replaced by `rows`, and the elements.
    #[inline]
    fn of_rows(shape: Shape, rows: usize, data: Vec<T>) -> Self {
        let mut array = GrowableNd { data, shape, growth: Growth::DOUBLE, stats: GrowthStats::NONE };
        // In place: copying a shape right after it was written in smaller pieces stalls the
        // processor.
        array.shape.set_rows(rows);
        array.check();
        array
    }

    /// [`from_shape_with`](Self::from_shape_with) for a shape known to be valid: that of an array
    /// or a view, or a part of it.
    #[inline]
    pub(crate) fn with_shape(shape: Shape, write: impl FnOnce(&mut Vec<T>)) -> Result<Self, ReserveError> {
        let data = written_by(&shape, shape.rows(), write)?;
        Ok(Self::of_whole_rows(shape, data))
    }

    /// Panicking form of [`with_shape`](Self::with_shape), for the shape of this array.
    #[inline]
    #[track_caller]
    pub(crate) fn same_shape_or_panic<U>(&self, write: impl FnOnce(&mut Vec<U>)) -> GrowableNd<U> {
        let data = or_panic(written_by(&self.shape, self.rows(), write));
        GrowableNd::of_whole_rows(self.shape, data)
    }

    /// Clones the array, or panics.
    #[inline]
    #[track_caller]
    pub(crate) fn clone_or_panic(&self) -> Self
    where
        T: Clone,
    {
        let data = or_panic(written_by(&self.shape, self.rows(), |data| data.extend_from_slice(&self.data)));
        GrowableNd { data, shape: self.shape, growth: self.growth, stats: GrowthStats::NONE }
    }

    #[inline]
    pub(crate) fn shape_by_value(&self) -> Shape {
        self.shape
    }

    /// Replaces the array by a clone of `source`, whose elements fit in the block. If the clone of
    /// an element panics, the array is left without rows and block.
    pub(crate) fn clone_in_place(&mut self, source: &Self)
    where
        T: Clone,
    {
        let mut block = mem::take(&mut self.data);
        self.shape = source.shape;
        self.shape.set_rows(0);
        (self.growth, self.stats) = (source.growth, GrowthStats::NONE);
        // Not cleared first: elements that own memory reuse it.
        block.clone_from(&source.data);
        self.data = block;
        self.shape.set_rows(source.rows());
        self.check();
    }

    #[inline]
    fn of_whole_rows(shape: Shape, data: Vec<T>) -> Self {
        let array = GrowableNd { data, shape, growth: Growth::DOUBLE, stats: GrowthStats::NONE };
        array.check();
        array
    }

    /// [`from_shape_with`](Self::from_shape_with) with a closure that can fail.
    pub(crate) fn try_from_shape_with<E: From<Error>>(
        shape: &[usize],
        write: impl FnOnce(&mut Vec<T>) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut empty = Shape::EMPTY;
        let rows = empty.set_inner_of(shape).map_err(Error::from)?;
        let (elements, _) = block_size::<T>(&empty, rows).map_err(Error::from)?;
        let mut data = vec_with_capacity(elements).map_err(Error::from)?;
        write(&mut data)?;
        Ok(Self::of_rows(empty, rows, data))
    }

    /// Creates an array of this shape from a vector that `collect` allocates.
    #[cfg(feature = "rayon")]
    pub(crate) fn from_shape_and_vec(
        shape: &[usize],
        collect: impl FnOnce() -> Result<Vec<T>, ReserveError>,
    ) -> Result<Self, Error> {
        let mut empty = Shape::EMPTY;
        let rows = empty.set_inner_of(shape)?;
        block_size::<T>(&empty, rows)?;
        Ok(Self::of_rows(empty, rows, collect()?))
    }

    /// Returns the error of `rows` rows, which are too many.
    pub(crate) fn overflow(&self, rows: usize) -> ReserveError {
        ReserveError::Overflow { rows, row_len: self.row_len(), element_bytes: size_of::<T>() }
    }

    /// Returns the maximum number of rows that an array of this inner shape can have.
    #[inline]
    pub(crate) fn max_rows(&self) -> usize {
        self.shape.max_rows()
    }

    /// Returns where row `row` starts, in elements. `row` may be the number of rows.
    #[inline]
    pub(crate) fn row_start(&self, row: usize) -> usize {
        debug_assert!(row <= self.rows());
        // Cannot overflow: the array has that many elements (invariant 1).
        row * self.row_len()
    }

    /// Checks invariant 1, on which everything else rests.
    #[inline]
    fn check(&self) {
        debug_assert_eq!(self.data.len(), self.rows() * self.row_len(), "whole rows and nothing else");
    }
}

/// Allocates the elements of `rows` rows and lets `write` append them.
#[inline]
fn written_by<T>(
    shape: &Shape,
    rows: usize,
    write: impl FnOnce(&mut Vec<T>),
) -> Result<Vec<T>, ReserveError> {
    let (elements, _) = block_size::<T>(shape, rows)?;
    // A local variable, moved when full: the compiler keeps its parts in registers.
    let mut data = vec_with_capacity(elements)?;
    write(&mut data);
    Ok(data)
}

// In the order in which rustdoc lists the groups of methods on the page of `GrowableNd`.
mod create;

mod from_rows;

mod concat;

mod convert;

mod inspect;

mod push;

pub(crate) mod elements;

pub(crate) mod earlier;

mod extend;

mod insert;

mod remove;

pub(crate) mod drain;

mod sort;

mod select;

mod index;

mod assign;

pub(crate) mod iter;

pub(crate) mod rows_as;

mod capacity;

// Modules without a group of methods on that page.
pub(crate) mod array_index;
pub(crate) mod error;
pub(crate) mod nested;
pub(crate) mod nested_array;
#[cfg(feature = "std")]
pub(crate) mod partial_rows;
pub(crate) mod row;
pub(crate) mod row_buffer;
pub(crate) mod row_writer;
mod source;
pub(crate) mod without_axis;
