//! Computing the next row from earlier rows.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::iter::Rows;
use crate::array::row_writer::DropGuard;
use crate::layout::Layout;
use crate::layout::error::AccessError;
use crate::layout::shape::Shape;
use crate::panicking::or_panic;
use crate::view::{Strided, View};
use alloc::vec::Vec;

/// # Computing a row from earlier rows
impl<T> GrowableNd<T> {
    /// Appends a row computed from the rows before it.
    ///
    /// Use it for the next state of a simulation or the next term of a recurrence. Earlier rows are
    /// read in place, without a copy.
    ///
    /// `write` gets the earlier rows and the new row. The new row starts as a clone of the last
    /// row, or with default elements if there is no row.
    ///
    /// # Errors
    ///
    /// [`Error::Reserve`] if the array is full and cannot grow.
    ///
    /// # Panics
    ///
    /// Only if `write`, or the clone or default of an element, panics; the array is as it was.
    ///
    /// # Cost
    ///
    /// O(*m*) amortized with any factor greater than 1, plus the cost of `write`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // A ball thrown upwards: position and velocity over time.
    /// let mut path = GrowableNd::from([[0.0, 8.0]]);
    /// while path[[path.rows() - 1, 0]] >= 0.0 {
    ///     path.push_row_from_earlier(|earlier, next| {
    ///         next[1] -= 8.0 * 0.25;
    ///         next[0] += (earlier.back(1)[1] + next[1]) / 2.0 * 0.25;
    ///     })?;
    /// }
    /// assert_eq!(path.row(4), [4.0, 0.0]);
    /// assert_eq!(path.rows(), 10);
    ///
    /// let mut fibonacci = GrowableNd::from([0, 1]);
    /// for _ in 0..10 {
    ///     fibonacci.push_row_from_earlier(|earlier, next| {
    ///         next[0] = earlier.back(1)[0] + earlier.back(2)[0];
    ///     })?;
    /// }
    /// assert_eq!(fibonacci[[11]], 89);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn push_row_from_earlier(
        &mut self,
        write: impl FnOnce(EarlierRows<'_, T>, &mut [T]),
    ) -> Result<(), Error>
    where
        T: Clone + Default,
    {
        self.try_push_row_from_earlier(|earlier, row| {
            write(earlier, row);
            Ok(())
        })
    }

    /// Appends a row computed from the rows before it by a closure that can fail.
    ///
    /// Otherwise like [`push_row_from_earlier`](Self::push_row_from_earlier).
    ///
    /// # Errors
    ///
    /// The error of `write`, or [`Error::Reserve`] converted to `E` if the array cannot grow. The
    /// array is as it was.
    ///
    /// # Panics
    ///
    /// Only if `write`, or the clone or default of an element, panics; the array is as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Error, GrowableNd};
    ///
    /// let mut halved = GrowableNd::from([8_u32]);
    /// let mut step = || {
    ///     halved.try_push_row_from_earlier::<Box<dyn std::error::Error>>(|earlier, next| {
    ///         let last = earlier.back(1)[0];
    ///         next[0] = if last % 2 == 0 { last / 2 } else { return Err("odd".into()) };
    ///         Ok(())
    ///     })
    /// };
    /// while step().is_ok() {}
    /// assert_eq!(halved.as_slice(), [8, 4, 2, 1]);
    /// ```
    #[inline]
    pub fn try_push_row_from_earlier<E: From<Error>>(
        &mut self,
        write: impl FnOnce(EarlierRows<'_, T>, &mut [T]) -> Result<(), E>,
    ) -> Result<(), E>
    where
        T: Clone + Default,
    {
        self.reserve_by_policy(1).map_err(Error::from)?;
        let guard = DropGuard::new(&mut self.data);
        append_last_row(guard.elements, self.shape.row_len());
        let (elements, row) = guard.elements.split_at_mut(self.shape.row_len() * self.shape.rows());
        write(EarlierRows { elements, shape: &self.shape }, row)?;
        guard.keep();
        self.shape.set_rows(self.shape.rows() + 1);
        self.check();
        Ok(())
    }
}

/// Appends clones of the last row, or defaults if there is none.
#[inline]
fn append_last_row<T: Clone + Default>(elements: &mut Vec<T>, row_len: usize) {
    match elements.len().checked_sub(row_len) {
        Some(last) => elements.extend_from_within(last..),
        None => elements.resize_with(row_len, T::default),
    }
}

/// The rows before the new row in [`push_row_from_earlier`](GrowableNd::push_row_from_earlier).
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// // Each row is the mean of all rows before it.
/// let mut array = GrowableNd::from([[4.0, 8.0], [6.0, 0.0]]);
/// array.push_row_from_earlier(|earlier, next| {
///     next.copy_from_slice(earlier.view::<2>().mean_axis(growable_nd::Axis(0)).as_slice());
/// })?;
/// assert_eq!(array.row(2), [5.0, 4.0]);
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[derive(Debug)]
pub struct EarlierRows<'a, T> {
    elements: &'a [T],
    shape: &'a Shape,
}

impl<T> Copy for EarlierRows<'_, T> {}

impl<T> Clone for EarlierRows<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// Each method takes constant time, and copies nothing.
impl<'a, T> EarlierRows<'a, T> {
    /// Returns the number of earlier rows, which is the index of the new row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.push_row_from_earlier(|earlier, next| {
    ///     next[0] = earlier.rows();
    ///     assert_eq!(next, [2, 4]);
    /// })?;
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn rows(&self) -> usize {
        self.shape.rows()
    }

    /// Returns the row `steps` rows before the new row: 1 is the last row, 2 the row before it.
    ///
    /// # Panics
    ///
    /// If there are fewer than `steps` rows, or if `steps` is zero; [`get_back`](Self::get_back)
    /// returns `None`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.push_row_from_earlier(|earlier, next| {
    ///     next[0] = earlier.back(1)[0] + earlier.back(2)[0];
    ///     assert_eq!(next, [4, 4]);
    /// })?;
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    #[track_caller]
    pub fn back(&self, steps: usize) -> &'a [T] {
        match self.get_back(steps) {
            Some(row) => row,
            None => panic_steps(steps, self.rows()),
        }
    }

    /// Returns the row `steps` rows before the new row, or `None` if there are fewer than `steps`
    /// rows, or if `steps` is zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.push_row_from_earlier(|earlier, next| {
    ///     assert_eq!(earlier.get_back(2), Some(&[1, 2][..]));
    ///     assert_eq!(earlier.get_back(3), None);
    ///     assert_eq!(next, [3, 4]);
    /// })?;
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn get_back(&self, steps: usize) -> Option<&'a [T]> {
        let row = self.rows().checked_sub(steps)?;
        // Cannot overflow: the array has that many elements.
        let row_len = self.shape.row_len();
        if steps > 0 { self.elements.get(row * row_len..)?.get(..row_len) } else { None }
    }

    /// Returns all elements in row-major order.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.push_row_from_earlier(|earlier, next| {
    ///     next[1] = earlier.as_slice().iter().sum();
    ///     assert_eq!(next, [3, 10]);
    /// })?;
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &'a [T] {
        self.elements
    }

    /// Iterates over the rows, from the first to the last.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.push_row_from_earlier(|earlier, next| {
    ///     next[1] = earlier.iter_rows().map(|row| row[0]).sum();
    ///     assert_eq!(next, [3, 4]);
    /// })?;
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn iter_rows(&self) -> Rows<'a, T> {
        Rows::new(self.elements, self.shape.row_len(), self.rows())
    }

    /// Returns a view of all elements. `N` is the number of axes of the array.
    ///
    /// # Panics
    ///
    /// If the array has another number of axes; [`try_view`](Self::try_view) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.push_row_from_earlier(|earlier, next| {
    ///     next[0] = earlier.view::<2>().diagonal().sum();
    ///     assert_eq!(next, [5, 4]);
    /// })?;
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    #[track_caller]
    pub fn view<const N: usize>(&self) -> View<'a, T, N> {
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
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.push_row_from_earlier(|earlier, _| assert!(earlier.try_view::<3>().is_err()))?;
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn try_view<const N: usize>(&self) -> Result<View<'a, T, N>, AccessError> {
        match <[usize; N]>::try_from(self.shape.extents()) {
            Ok(shape) => Ok(Strided { layout: Layout::row_major_within(shape), data: self.elements }),
            Err(_) => Err(AccessError::Rank { expected: self.shape.extents().len(), found: N }),
        }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn panic_steps(steps: usize, rows: usize) -> ! {
    panic!("no row {steps} steps back: there are {rows} earlier rows, and the last is 1 step back")
}
