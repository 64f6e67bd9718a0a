//! The container: a flat vector that knows the shape of a row, and how it grows.
//!
//! Adding rows is three steps, one function each: *choose* a capacity (the rule of growth, rows only),
//! *reserve* it (the one place where the block is enlarged), *write* whole rows. The count of rows changes
//! last, so that whatever fails or panics before leaves whole rows behind. The files after this one add the
//! other verbs, in these terms.

pub(crate) mod capacity;
pub(crate) mod create;
pub(crate) mod drop_guard;
pub(crate) mod error;
pub(crate) mod extend;
pub(crate) mod index;
pub(crate) mod insert;
pub(crate) mod iter;
pub(crate) mod remove;
pub(crate) mod row;

use crate::array::drop_guard::Tail;
use crate::array::error::Error;
use crate::array::row::{Row, RowShape, RowWriter};
use crate::growth::Growth;
use crate::growth::request::Request;
use crate::growth::stats::GrowthStats;
use crate::layout::shape::{Indices, Shape};
use crate::memory::ReserveError;
use crate::panicking::or_panic;
use alloc::vec::Vec;

/// A contiguous n-dimensional array that grows along its first axis.
///
/// The array is a sequence of *rows*, each an array of the *inner shape*, which is fixed when the array is
/// made and may have up to [`MAX_RANK`](crate::MAX_RANK)` - 1` axes, or none. All elements stand in one block
/// in row-major order, at any time: [`as_slice`](Self::as_slice) and [`into_vec`](Self::into_vec) cost nothing.
///
/// # Capacity and growth
///
/// `capacity` counts whole rows, as does everything else that counts here unless it says *elements*. When a
/// push finds the array full, its [rule of growth](Growth) chooses the next capacity; the default doubles it.
/// With any factor above 1 the cost of the copies, spread over the pushes, is a constant: see [`Growth`].
/// If a rule asks for more than there is, the array takes less, down to exactly what it needs, and only if even
/// that is refused the push fails.
///
/// # Zeros
///
/// An extent of zero, an inner shape without axes and elements without size need no care. A row of the shape
/// `[3, 0]` has no elements, but it counts: pushing two of them gives an array of the shape `[2, 3, 0]`.
///
/// # Panics and errors
///
/// What depends on data or memory returns a `Result`, or has a twin named `try_…` that does. A refused
/// operation leaves the array as it was. If code of yours (a clone, an iterator, a closure) panics in the
/// middle of a row, the elements of that row are dropped and the array keeps whole rows only.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let mut array = GrowableNd::new([2, 3]);
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
// Invariants:
// 1. `data.len() == shape.rows() * shape.row_len()`: whole rows and nothing else.
// 2. Those of `Shape`; the inner extents change only where the whole array is replaced.
// 3. The block is enlarged in `reserve_rows` and made smaller by the rule in `give_back`, and nowhere else, so
//    that `stats` miss nothing.
pub struct GrowableNd<T> {
    pub(crate) data: Vec<T>,
    pub(crate) shape: Shape,
    pub(crate) growth: Growth,
    pub(crate) stats: GrowthStats,
}

/// Making an array without rows.
impl<T> GrowableNd<T> {
    /// An array without rows, each of which will have the shape `inner`. Allocates nothing.
    ///
    /// # Panics
    ///
    /// If there are more than [`MAX_RANK`](crate::MAX_RANK)` - 1` axes, or if the extents that are not zero
    /// multiply to more than `isize::MAX`. [`try_new`](Self::try_new) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let images = GrowableNd::<u8>::new([120, 160, 3]);
    /// assert_eq!(images.shape(), [0, 120, 160, 3]);
    ///
    /// // Without axes a row is one element, and the array a vector.
    /// let mut numbers = GrowableNd::new([]);
    /// numbers.push_row(5)?;
    /// assert_eq!(numbers[[0]], 5);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[track_caller]
    pub fn new(inner: impl AsRef<[usize]>) -> Self {
        or_panic(Self::try_new(inner))
    }

    /// [`new`](Self::new), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] for too many axes or extents that overflow.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::<f64>::try_new([usize::MAX, 2]).is_err());
    /// ```
    pub fn try_new(inner: impl AsRef<[usize]>) -> Result<Self, Error> {
        Ok(GrowableNd {
            data: Vec::new(),
            shape: Shape::empty(inner.as_ref())?,
            growth: Growth::default(),
            stats: GrowthStats::default(),
        })
    }

    /// An array without rows that has room for `rows` of them.
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new), and if there is no memory for so many rows;
    /// [`try_with_capacity`](Self::try_with_capacity) returns the error.
    ///
    /// # Cost
    ///
    /// One allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::with_capacity([3], 100);
    /// for _ in 0..100 {
    ///     array.push_row([0.0; 3])?;
    /// }
    /// assert_eq!(array.growth_stats().growths, 0);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[track_caller]
    pub fn with_capacity(inner: impl AsRef<[usize]>, rows: usize) -> Self {
        or_panic(Self::try_with_capacity(inner, rows))
    }

    /// [`with_capacity`](Self::with_capacity), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] for too many axes or extents that overflow, [`Error::Reserve`] if there is no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::<f64>::try_with_capacity([3], usize::MAX / 3).is_err());
    /// ```
    pub fn try_with_capacity(inner: impl AsRef<[usize]>, rows: usize) -> Result<Self, Error> {
        let mut array = Self::try_new(inner)?;
        array.reserve_rows(rows)?;
        // The block the array was born with is no growth.
        array.stats = GrowthStats::default();
        Ok(array)
    }

    /// An array without rows that will grow by the rule `growth`.
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new). Its twin is [`try_new`](Self::try_new), followed by
    /// [`set_growth`](Self::set_growth).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth};
    ///
    /// let array = GrowableNd::<f64>::with_growth([10, 10], Growth::factor(3, 2));
    /// assert_eq!(array.growth(), Growth::THREE_HALVES);
    /// ```
    #[track_caller]
    pub fn with_growth(inner: impl AsRef<[usize]>, growth: Growth) -> Self {
        let mut array = Self::new(inner);
        array.growth = growth;
        array
    }
}

/// Looking at an array. Each of these costs a constant.
impl<T> GrowableNd<T> {
    /// How many rows there are.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::from([[1, 2], [3, 4], [5, 6]]).rows(), 3);
    /// ```
    #[inline]
    pub fn rows(&self) -> usize {
        self.shape.rows()
    }

    /// Whether there are no rows. An array with rows of no elements is not empty.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([0]);
    /// assert!(array.is_empty());
    /// array.push_row(&[][..])?;
    /// assert!(!array.is_empty());
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.rows() == 0
    }

    /// The shape of one row, outermost axis first.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::<f64>::new([4, 3]).inner_shape(), [4, 3]);
    /// ```
    #[inline]
    pub fn inner_shape(&self) -> &[usize] {
        self.shape.inner()
    }

    /// The shape of the array: the number of rows, then the [inner shape](Self::inner_shape).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::new([4, 3]);
    /// array.push_row([[0.0; 3]; 4])?;
    /// assert_eq!(array.shape(), [1, 4, 3]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn shape(&self) -> &[usize] {
        self.shape.extents()
    }

    /// How many elements one row has: the product of the [inner shape](Self::inner_shape).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::<f64>::new([4, 3]).row_len(), 12);
    /// assert_eq!(GrowableNd::<f64>::new([]).row_len(), 1);
    /// ```
    #[inline]
    pub fn row_len(&self) -> usize {
        self.shape.row_len()
    }

    /// How many rows there may be before the array must grow.
    ///
    /// Rows that take no memory never make it grow: then this is the largest number of rows that the array
    /// can have at all.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::<f64>::with_capacity([4, 3], 10);
    /// assert_eq!(array.capacity(), 10);
    /// ```
    #[inline]
    pub fn capacity(&self) -> usize {
        // Read back from the vector, which may have got more than it asked for.
        let whole_rows = self.data.capacity().checked_div(self.row_len());
        whole_rows.map_or(self.shape.max_rows(), |rows| rows.min(self.shape.max_rows()))
    }

    /// The rule by which the array grows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth};
    ///
    /// assert_eq!(GrowableNd::<f64>::new([3]).growth(), Growth::DOUBLE);
    /// ```
    #[inline]
    pub fn growth(&self) -> Growth {
        self.growth
    }

    /// From now on the array grows by the rule `growth`. Nothing else changes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth};
    ///
    /// let mut array = GrowableNd::with_capacity([3], 100);
    /// array.set_growth(Growth::NINE_EIGHTHS);
    /// array.resize(101, 0.0);
    /// assert_eq!(array.capacity(), 113);
    /// ```
    #[inline]
    pub fn set_growth(&mut self, growth: Growth) {
        self.growth = growth;
    }

    /// What growing has cost so far.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::with_capacity([3], 10);
    /// array.resize(11, 0.0);
    /// assert_eq!(array.growth_stats().growths, 1);
    /// ```
    #[inline]
    pub fn growth_stats(&self) -> GrowthStats {
        self.stats
    }

    /// All elements in row-major order.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// ```
    #[inline]
    pub fn as_slice(&self) -> &[T] {
        &self.data
    }

    /// All elements in row-major order, to be changed.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.as_mut_slice().reverse();
    /// assert_eq!(array.row(0), [4, 3]);
    /// ```
    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.data
    }

    /// The elements in row-major order, exactly those of the array. Nothing is copied; the vector keeps the
    /// room that the array had, the shape is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::from([[1, 2], [3, 4]]).into_vec(), [1, 2, 3, 4]);
    /// ```
    #[inline]
    pub fn into_vec(self) -> Vec<T> {
        self.data
    }
}

/// Pushing one row.
impl<T> GrowableNd<T> {
    /// Puts `row` behind the last row.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] if the row has another shape or writes another number of elements than it announced,
    /// [`Error::Reserve`] if the array is full and there is no memory for one more row. The array is as it
    /// was; a row that was passed by value is dropped, so pass a reference to keep it.
    ///
    /// # Panics
    ///
    /// Only if the row does, or the clone of one of its elements; then the array is as it was.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized with any factor above 1; O(*n m*) when the array grows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Error, GrowableNd, RowError};
    ///
    /// let mut array = GrowableNd::new([3]);
    /// array.push_row([1.0, 2.0, 3.0])?;
    /// array.push_row(&vec![4.0, 5.0, 6.0])?;
    /// assert_eq!(array.as_slice(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    ///
    /// let error = array.push_row(&vec![7.0, 8.0]).unwrap_err();
    /// assert_eq!(error, Error::Row { row: 2, error: RowError::Length { expected: 3, found: 2 } });
    /// assert_eq!(array.rows(), 2);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn push_row<R: Row<T>>(&mut self, row: R) -> Result<(), Error> {
        let shape = row.row_shape();
        let Some(len) = shape.len_if_fits(&self.shape) else {
            return Err(Error::Row { row: self.rows(), error: shape.misfit(&self.shape) });
        };
        if self.has_room_for_row(len) { self.write_row(row, len) } else { self.grow_and_push_row(row, len) }
    }

    /// Puts a row behind the last row whose element at each index is `element(index)`, written straight into
    /// its place, in row-major order.
    ///
    /// # Errors
    ///
    /// [`Error::Rank`] if the index has another number of axes than a row, [`Error::Reserve`] if the array is
    /// full and there is no memory for one more row.
    ///
    /// # Panics
    ///
    /// Only if `element` does; then the array is as it was.
    ///
    /// # Cost
    ///
    /// *m* calls of `element`; growth as for [`push_row`](Self::push_row).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut tables = GrowableNd::new([2, 3]);
    /// tables.push_row_with(|[i, j]| i * 10 + j)?;
    /// assert_eq!(tables.row(0), [0, 1, 2, 10, 11, 12]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn push_row_with<const N: usize>(
        &mut self,
        element: impl FnMut([usize; N]) -> T,
    ) -> Result<(), Error> {
        let Ok(extents) = <[usize; N]>::try_from(self.inner_shape()) else {
            return Err(Error::Rank { expected: self.inner_shape().len(), found: N });
        };
        self.push_row(Computed { extents, element })
    }

    /// The rare half of a push. It does not come back to the other half, so that there the compiler still
    /// knows that the row has room, and leaves out every further check.
    #[cold]
    #[inline(never)]
    fn grow_and_push_row<R: Row<T>>(&mut self, row: R, len: usize) -> Result<(), Error> {
        self.grow(1)?;
        self.write_row(row, len)
    }

    /// There is room for the row, which is known to have `len` elements: as many as every row, but a constant
    /// where its type says so.
    // Always inlined: it is called from both halves, and shared between them it would know nothing.
    #[inline(always)]
    fn write_row<R: Row<T>>(&mut self, row: R, len: usize) -> Result<(), Error> {
        let mut out = RowWriter::new(&mut self.data, len);
        row.write_row(&mut out);
        match out.finish() {
            Ok(()) => {
                self.shape.set_rows(self.shape.rows() + 1);
                self.check();
                Ok(())
            }
            Err(error) => Err(Error::Row { row: self.rows(), error }),
        }
    }
}

/// A row whose elements are computed from their indices.
struct Computed<F, const N: usize> {
    extents: [usize; N],
    element: F,
}

impl<T, F: FnMut([usize; N]) -> T, const N: usize> Row<T> for Computed<F, N> {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(&self.extents)
    }

    fn write_row(self, out: &mut RowWriter<'_, T>) {
        out.extend(Indices::new(self.extents).map(self.element));
    }
}

/// How every verb adds rows.
impl<T> GrowableNd<T> {
    /// Makes room for `additional` more rows, by the rule of growth.
    pub(crate) fn make_room(&mut self, additional: usize) -> Result<(), ReserveError> {
        if additional <= self.capacity() - self.rows() { Ok(()) } else { self.grow(additional) }
    }

    /// Whether there is room for one more row, which has `len` elements: what `make_room` asks, without the
    /// division that turns elements into rows.
    #[inline]
    fn has_room_for_row(&self, len: usize) -> bool {
        // Rows that take memory run out of memory before they are too many to be counted.
        let takes_memory = len > 0 && size_of::<T>() > 0;
        len <= self.data.capacity() - self.data.len()
            && (takes_memory || self.shape.rows() < self.shape.max_rows())
    }

    /// Chooses the next capacity and reserves it.
    ///
    /// Slack is never the reason for an error. A requested capacity that no block can have is reduced to what is needed. If
    /// the allocator refuses, the slack is halved, and again, down to nothing: to give it up all at once would make
    /// every further push grow, which is quadratic just when memory is short.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, additional: usize) -> Result<(), ReserveError> {
        let needed = self.rows().saturating_add(additional);
        if needed > self.shape.max_rows() {
            return Err(self.overflow(needed));
        }
        let requested = self.growth.next_capacity(self.request(needed));
        let mut rows = usize::try_from(requested).unwrap_or(needed);
        loop {
            match self.reserve_rows(rows) {
                Err(ReserveError::Refused { .. }) if rows > needed => rows = needed + (rows - needed) / 2,
                Err(ReserveError::Overflow { .. }) if rows > needed => rows = needed,
                result => return result,
            }
        }
    }

    /// What the growth policy is asked when `rows` rows are needed, or left.
    pub(crate) fn request(&self, rows: usize) -> Request {
        // No machine counts beyond 64 bits.
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let row_bytes = self.row_len().saturating_mul(size_of::<T>());
        Request::new(count(self.capacity()), count(rows)).with_row_bytes(count(row_bytes))
    }

    /// Enlarges the block to `rows` rows exactly, if it is smaller: the one place where a block grows.
    pub(crate) fn reserve_rows(&mut self, rows: usize) -> Result<(), ReserveError> {
        let old_capacity = self.capacity();
        if rows <= old_capacity {
            return Ok(());
        }
        let (elements, bytes) = self.block_of(rows)?;
        let old_address = self.data.as_ptr();
        self.data
            .try_reserve_exact(elements - self.data.len())
            .map_err(|_| ReserveError::Refused { bytes })?;
        let moved = old_capacity > 0 && self.data.as_ptr() != old_address;
        self.stats.record(self.rows(), old_capacity, self.capacity(), moved);
        Ok(())
    }

    /// How many elements and bytes a block of `rows` rows has, if there can be one.
    pub(crate) fn block_of(&self, rows: usize) -> Result<(usize, usize), ReserveError> {
        if rows > self.shape.max_rows() {
            return Err(self.overflow(rows));
        }
        // No more than isize::MAX elements (invariant 3 of the shape), but perhaps more bytes.
        let elements = rows * self.row_len();
        let bytes = elements.checked_mul(size_of::<T>()).filter(|&bytes| isize::try_from(bytes).is_ok());
        Ok((elements, bytes.ok_or_else(|| self.overflow(rows))?))
    }

    pub(crate) fn overflow(&self, rows: usize) -> ReserveError {
        ReserveError::Overflow { rows, row_len: self.row_len(), element_bytes: size_of::<T>() }
    }

    /// Adds `additional` rows that `write` puts at the end of the data, or none if it panics.
    pub(crate) fn add_rows(
        &mut self,
        additional: usize,
        write: impl FnOnce(&mut Vec<T>),
    ) -> Result<(), ReserveError> {
        self.make_room(additional)?;
        let tail = Tail::new(&mut self.data);
        write(tail.elements);
        tail.keep();
        self.shape.set_rows(self.shape.rows() + additional);
        self.check();
        Ok(())
    }

    /// Where row `row` starts, in elements. The row after the last has a start, too.
    #[inline]
    pub(crate) fn row_start(&self, row: usize) -> usize {
        debug_assert!(row <= self.rows());
        // Cannot overflow: there are so many elements (invariant 1).
        row * self.row_len()
    }

    /// Invariant 1, which everything else rests on.
    #[inline]
    pub(crate) fn check(&self) {
        debug_assert_eq!(self.data.len(), self.rows() * self.row_len(), "whole rows and nothing else");
    }
}
