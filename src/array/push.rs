//! Appending one row, and whole rows through a closure.

use crate::array::GrowableNd;
use crate::array::error::{Error, RowError};
use crate::array::row::{Row, RowShape};
use crate::array::row_writer::{DropGuard, RowWriter};
use crate::layout::error::AccessError;
use crate::layout::indices::Indices;
use crate::memory::ReserveError;
use alloc::vec::Vec;

/// # Appending one row
impl<T> GrowableNd<T> {
    /// Appends `row`.
    ///
    /// See [`Row`] for the types that can be pushed. Use [`push_row_from`](Self::push_row_from) for
    /// an iterator over elements, [`Nested`](crate::Nested)`(rows)` for a row of rows, and
    /// [`push`](Self::push) for a single element.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] if the row has another shape, or writes another number of elements.
    /// [`Error::Reserve`] if the array is full and cannot grow. The array is as it was. A row
    /// passed by value is dropped: pass a reference to keep it.
    ///
    /// # Panics
    ///
    /// Only if the row panics, or the clone of one of its elements; the array is as it was.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized with any factor greater than 1; O(*n m*) when the array grows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::new([3]);
    /// array.push_row([1.0, 2.0, 3.0])?;
    /// array.push_row(&vec![4.0, 5.0, 6.0])?;
    /// assert_eq!(array.as_slice(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    ///
    /// let error = array.push_row(&vec![7.0, 8.0]).unwrap_err();
    /// assert_eq!(error.to_string(), "row 2: expected 3 elements, found 2");
    /// assert_eq!(array.rows(), 2);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    // Always inlined: it is short, and a shared function would not know the row length.
    #[inline(always)]
    pub fn push_row<R: Row<T>>(&mut self, row: R) -> Result<(), Error> {
        let shape = row.row_shape();
        let Some(len) = shape.len_if_fits(&self.shape) else {
            return Err(refused(self.rows(), shape.misfit(&self.shape)));
        };
        if self.has_capacity_for_row(len) {
            self.write_row(row, len)
        } else {
            self.grow_and_push_row(row, len)
        }
    }

    /// Appends one element of any type to an array without inner axes, as [`Vec::push`] does.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] if the array has inner axes, [`Error::Reserve`] if the array is full and
    /// cannot grow. The array is as it was.
    ///
    /// # Cost
    ///
    /// O(1) amortized with any factor greater than 1; O(*n*) when the array grows.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut names = GrowableNd::new([]);
    /// names.push(String::from("x"))?;
    /// names.push(String::from("y"))?;
    /// assert_eq!(names.as_slice(), ["x", "y"]);
    ///
    /// let mut pairs = GrowableNd::new([2]);
    /// let error = pairs.push(1).unwrap_err();
    /// assert!(error.to_string().starts_with("row 0: expected shape [2], found []"));
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[doc(alias = "append")]
    pub fn push(&mut self, element: T) -> Result<(), Error> {
        self.push_row(Single(element))
    }

    /// Appends a row by calling `element` with each index, in row-major order.
    ///
    /// The elements are written directly into the array. To compute them from earlier rows, use
    /// [`push_row_from_earlier`](Self::push_row_from_earlier).
    ///
    /// # Errors
    ///
    /// [`Error::Access`] if the index has another number of axes than a row, [`Error::Reserve`] if
    /// the array is full and cannot grow.
    ///
    /// # Panics
    ///
    /// Only if `element` panics; the array is as it was.
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
    #[inline]
    pub fn push_row_with<const N: usize>(
        &mut self,
        element: impl FnMut([usize; N]) -> T,
    ) -> Result<(), Error> {
        let Ok(extents) = <[usize; N]>::try_from(self.inner_shape()) else {
            return Err(AccessError::Rank { expected: self.inner_shape().len(), found: N }.into());
        };
        // Grows before writing: `element` is then used in one place only and stays in registers.
        if !self.has_capacity_for_row(self.row_len()) {
            self.grow(1)?;
        }
        self.try_append_rows(1, |row| {
            append_computed(row, extents, element);
            Ok(())
        })
    }

    /// Slow path of `push_row`. Writes the row itself, so the fast path needs no second capacity
    /// check.
    #[cold]
    #[inline(never)]
    fn grow_and_push_row<R: Row<T>>(&mut self, row: R, len: usize) -> Result<(), Error> {
        self.grow(1)?;
        self.write_row(row, len)
    }

    /// Writes a row of `len` elements, for which there is capacity. `len` is the row length, as a
    /// constant if the type of the row has one.
    // Always inlined: a shared function would not know that constant.
    #[inline(always)]
    fn write_row<R: Row<T>>(&mut self, row: R, len: usize) -> Result<(), Error> {
        match RowWriter::append_row(&mut self.data, &self.shape, len, row) {
            Ok(()) => {
                self.shape.set_rows(self.shape.rows() + 1);
                self.check();
                Ok(())
            }
            Err(error) => Err(refused(self.rows(), error)),
        }
    }

    /// Appends `additional` rows. `write` appends all their elements to the vector, which has
    /// sufficient capacity. If `write` panics, nothing is appended.
    #[inline]
    pub(crate) fn append_rows(
        &mut self,
        additional: usize,
        write: impl FnOnce(&mut Vec<T>),
    ) -> Result<(), ReserveError> {
        self.reserve_by_policy(additional)?;
        self.try_append_rows(additional, |data| {
            write(data);
            Ok(())
        })
    }

    /// Appends `additional` rows, for which there is capacity, through a closure that can fail. If
    /// it fails or panics, nothing is appended.
    #[inline]
    pub(super) fn try_append_rows<E>(
        &mut self,
        additional: usize,
        write: impl FnOnce(&mut Vec<T>) -> Result<(), E>,
    ) -> Result<(), E> {
        let guard = DropGuard::new(&mut self.data);
        write(guard.elements)?;
        guard.keep();
        self.shape.set_rows(self.shape.rows() + additional);
        self.check();
        Ok(())
    }
}

/// A row without axes.
struct Single<T>(T);

impl<T> Row<T> for Single<T> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(&[])
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        out.push(self.0);
    }
}

/// Out of line, so that `push_row` is short enough to be inlined.
#[cold]
#[inline(never)]
fn refused(row: usize, error: RowError) -> Error {
    Error::Row { row, error }
}

/// Appends `element(index)` for each index below `extents`, in row-major order.
///
/// Lane by lane: extending a vector by a mapped range needs no capacity check per element.
#[inline]
pub(super) fn append_computed<T, const N: usize>(
    elements: &mut Vec<T>,
    extents: [usize; N],
    mut element: impl FnMut([usize; N]) -> T,
) {
    let (mut starts, lanes, len) = Indices::lanes(extents);
    for _ in 0..lanes {
        let mut index = starts.step();
        elements.extend((0..len).map(|position| {
            if let Some(last) = index.last_mut() {
                *last = position;
            }
            element(index)
        }));
    }
}
