//! Arrays from rows that several threads compute.
//!
//! Each task pushes its rows into an array of its own. When all tasks have succeeded, the arrays
//! are appended in the order of the rows. So a row that does not fit, or a panic, changes nothing.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::row::{Row, ShapedRow};
use crate::panicking::or_panic;
use alloc::collections::LinkedList;
use rayon::prelude::*;

/// # Appending rows from several threads
///
/// Requires the feature `rayon`.
impl<T: Send> GrowableNd<T> {
    /// Appends all rows of a parallel iterator in order, or none if one does not fit. An iterator
    /// from `par_bridge` does not keep the order of its source.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] for the first row that does not fit, with the index that it would have had in
    /// the array. [`Error::Reserve`] if an allocation fails. The array is as it was. Rows after the
    /// row that does not fit may have been computed.
    ///
    /// # Panics
    ///
    /// Only if the iterator or a row panics; the array is as it was.
    ///
    /// # Cost
    ///
    /// Each task pushes its rows into an array of its own, at O(*m*) amortized per row. Then one
    /// thread moves all rows into this array, at O(*m*) per row. During that move the rows are in
    /// memory twice.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, rayon::prelude::*};
    ///
    /// let mut array = GrowableNd::new([2]);
    /// array.par_extend_rows((0..1000).into_par_iter().map(|i| vec![i, i * i]))?;
    /// assert_eq!(array.row(31), [31, 961]);
    ///
    /// let ragged = (0..100).into_par_iter().map(|i| vec![i; if i == 40 { 3 } else { 2 }]);
    /// let error = array.par_extend_rows(ragged).unwrap_err();
    /// assert_eq!(error.to_string(), "row 1040: expected 2 elements, found 3");
    /// assert_eq!(array.rows(), 1000);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("par_extend", "par_bridge"))]
    pub fn par_extend_rows<I>(&mut self, rows: I) -> Result<(), Error>
    where
        I: IntoParallelIterator<Item: Row<T>>,
    {
        let inner = self.inner_shape();
        let mut whole = rows_of_tasks(inner, rows).map_err(|error| after(self.rows(), error))?;
        let count = whole.iter().try_fold(0_usize, |count, part| count.checked_add(part.rows()));
        self.try_reserve(count.unwrap_or(usize::MAX))?;
        whole.iter_mut().try_for_each(|part| self.append(part))
    }

    /// Creates an array of all rows of a parallel iterator, in order. `inner` is the shape of a
    /// row. An iterator from `par_bridge` does not keep the order of its source.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] for too many axes or extents that overflow, [`Error::Row`] for the first
    /// row that does not fit, [`Error::Reserve`] if an allocation fails.
    ///
    /// # Panics
    ///
    /// Only if the iterator or a row panics.
    ///
    /// # Cost
    ///
    /// As [`par_extend_rows`](Self::par_extend_rows).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, rayon::prelude::*};
    ///
    /// let waves = (1..=100).into_par_iter().map(|k| {
    ///     (0..64).map(|i| f64::from(k * i).sin()).collect::<Vec<_>>()
    /// });
    /// let array = GrowableNd::from_par_rows([64], waves)?;
    /// assert_eq!(array.shape(), [100, 64]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("from_par_iter", "par_bridge"))]
    pub fn from_par_rows<I>(inner: impl AsRef<[usize]>, rows: I) -> Result<Self, Error>
    where
        I: IntoParallelIterator<Item: Row<T>>,
    {
        let mut array = Self::try_new(inner)?;
        array.par_extend_rows(rows)?;
        Ok(array)
    }
}

/// Returns the arrays of all tasks in the order of the rows, or the error of the first row that
/// does not fit. `inner` must be a valid inner shape.
fn rows_of_tasks<T: Send, I>(inner: &[usize], rows: I) -> Result<LinkedList<GrowableNd<T>>, Error>
where
    I: IntoParallelIterator<Item: Row<T>>,
{
    let empty = || GrowableNd::new(inner);
    let push = |mut array: GrowableNd<T>, row| {
        array.push_row(row)?;
        Ok(array)
    };
    // Errors are not collected to a `Result`: other tasks would stop, and the error of the first
    // row could be missed.
    let parts: LinkedList<Result<_, Error>> = rows.into_par_iter().try_fold(empty, push).collect();
    let mut before = 0;
    let whole = |part: Result<GrowableNd<T>, Error>| {
        let part = part.map_err(|error| after(before, error))?;
        before += part.rows();
        Ok(part)
    };
    parts.into_iter().map(whole).collect()
}

/// Adds `rows` to the row index of an error.
fn after(rows: usize, error: Error) -> Error {
    match error {
        Error::Row { row, error } => Error::Row { row: rows + row, error },
        other => other,
    }
}

/// Collects rows whose type determines their shape, in order. Requires the feature `rayon`.
///
/// # Panics
///
/// If an allocation fails, if the type has too many axes or extents that overflow, or if a row does
/// not have the shape of its type. [`from_par_rows`](GrowableNd::from_par_rows) returns the error.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, rayon::prelude::*};
///
/// let array: GrowableNd<u64> = (0..1000_u64).into_par_iter().map(|i| [i, i * i]).collect();
/// assert_eq!(array.shape(), [1000, 2]);
/// assert_eq!(array.row(31), [31, 961]);
///
/// // The first error that a thread meets ends the work.
/// let parse = |text: &str| text.parse::<u64>().map(|i| [i, i * i]);
/// let array = ["1", "2"].into_par_iter().map(parse).collect::<Result<GrowableNd<_>, _>>()?;
/// assert_eq!(array, [[1, 1], [2, 4]]);
/// # Ok::<(), std::num::ParseIntError>(())
/// ```
impl<T: Send, R: ShapedRow<T> + Send> FromParallelIterator<R> for GrowableNd<T> {
    fn from_par_iter<I: IntoParallelIterator<Item = R>>(rows: I) -> Self {
        or_panic(Self::from_par_rows(R::SHAPE, rows))
    }
}

/// Appends all rows in order, or none. Requires the feature `rayon`.
/// [`par_extend_rows`](GrowableNd::par_extend_rows) returns the error.
///
/// # Panics
///
/// If a row does not fit, or an allocation fails. The array is as it was.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, rayon::prelude::*};
///
/// let mut array = GrowableNd::new([2]);
/// array.par_extend((0..100).into_par_iter().map(|i| [i, -i]));
/// assert_eq!(array.row(99), [99, -99]);
/// ```
impl<T: Send, R: Row<T> + Send> ParallelExtend<R> for GrowableNd<T> {
    fn par_extend<I: IntoParallelIterator<Item = R>>(&mut self, rows: I) {
        or_panic(self.par_extend_rows(rows));
    }
}
