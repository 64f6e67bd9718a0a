//! Creating arrays from sources of rows, whose number need not be known.

use crate::array::GrowableNd;
use crate::array::error::{Error, ResultsError};
use crate::array::row::{Row, RowShape, ShapedRow};
use crate::panicking::or_panic;

/// # From rows
///
/// The length that an iterator reports ([`Iterator::size_hint`]) is used but not trusted. If it is
/// right, the array is allocated once. If it is wrong, the array grows or keeps unused capacity.
///
/// The arrays have the default growth policy, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
impl<T> GrowableNd<T> {
    /// Creates an array of all rows that `rows` yields, each of the shape `inner`.
    ///
    /// Flat rows, such as `Vec<T>`, must have the right number of elements in row-major order. Rows
    /// with a shape, such as `[[T; 3]; 2]`, must have the shape `inner`.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] for too many axes or extents that overflow, [`Error::Row`] for the first
    /// row that does not fit, [`Error::Reserve`] if the array cannot grow. To keep the rows before
    /// the failed row, use [`extend_rows`](Self::extend_rows).
    ///
    /// # Panics
    ///
    /// Only if the iterator or a row panics.
    ///
    /// # Cost
    ///
    /// O(*n m*); one allocation if the size hint is exact.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // Halve the step until it is small enough.
    /// let halved = std::iter::successors(Some(1.0), |step| Some(step / 2.0));
    /// let steps = halved.take_while(|step| *step > 1e-3);
    /// let array = GrowableNd::from_rows([2, 2], steps.map(|step| vec![step; 4]))?;
    /// assert_eq!(array.shape(), [10, 2, 2]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn from_rows<I>(inner: impl AsRef<[usize]>, rows: I) -> Result<Self, Error>
    where
        I: IntoIterator<Item: Row<T>>,
    {
        let rows = rows.into_iter();
        let mut array = Self::with_hint(inner, rows.size_hint().0)?;
        array.extend_rows(rows)?;
        Ok(array)
    }

    /// Creates an array of all rows of a source whose items are `Result`s.
    ///
    /// # Errors
    ///
    /// [`ResultsError::Row`] with the first error of the source, [`ResultsError::Array`] for the
    /// errors of [`from_rows`](Self::from_rows). To keep the rows before the error use
    /// [`extend_results`](Self::extend_results).
    ///
    /// # Panics
    ///
    /// Only if the iterator or a row panics.
    ///
    /// # Cost
    ///
    /// As [`from_rows`](Self::from_rows).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, ResultsError};
    /// use std::num::ParseFloatError;
    ///
    /// fn parse(line: &str) -> Result<Vec<f64>, ParseFloatError> {
    ///     line.split(',').map(str::parse).collect()
    /// }
    /// fn read(text: &str) -> Result<GrowableNd<f64>, ResultsError<ParseFloatError>> {
    ///     GrowableNd::from_results([2], text.lines().map(parse))
    /// }
    ///
    /// assert_eq!(read("1,2\n3,4")?.shape(), [2, 2]);
    /// assert_eq!(read("1,2\n3,four").unwrap_err().to_string(), "row 1: the source failed");
    /// assert_eq!(read("1,2\n3").unwrap_err().to_string(), "row 1: expected 2 elements, found 1");
    /// # Ok::<(), ResultsError<ParseFloatError>>(())
    /// ```
    pub fn from_results<I, R, E>(inner: impl AsRef<[usize]>, rows: I) -> Result<Self, ResultsError<E>>
    where
        I: IntoIterator<Item = Result<R, E>>,
        R: Row<T>,
    {
        let rows = rows.into_iter();
        let mut array = Self::with_hint(inner, rows.size_hint().0)?;
        array.extend_results(rows)?;
        Ok(array)
    }

    /// Creates an array of all rows that `rows` yields, with the shape of the first row.
    ///
    /// Flat rows make an array with two axes, single elements an array with one. If rows are
    /// [`Elements`](crate::Elements), the first is read to its end, and its length becomes the row
    /// length. If they are [`Nested`](crate::Nested), the inner rows of the first are stacked to
    /// find its shape.
    ///
    /// # Errors
    ///
    /// [`Error::NoRows`] if there is no first row, or if it is a [`Nested`](crate::Nested) without
    /// inner rows. [`Error::Row`] with [`RowError::Unknown`](crate::RowError::Unknown) if the first
    /// row is of your own type, announces [`RowShape::Unknown`], and does not
    /// implement [`Row::into_array`]. Otherwise as [`from_rows`](Self::from_rows).
    ///
    /// # Panics
    ///
    /// Only if the iterator or a row panics.
    ///
    /// # Cost
    ///
    /// As [`from_rows`](Self::from_rows). A first row that is [`Elements`](crate::Elements) or
    /// [`Nested`](crate::Nested) is collected into an array of its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, Error, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let columns = array.view::<2>().axis_iter(Axis(1));
    /// let stacked = GrowableNd::stack(columns)?;
    /// assert_eq!(stacked, GrowableNd::from([[1, 4], [2, 5], [3, 6]]));
    ///
    /// let none: [Vec<i32>; 0] = [];
    /// assert_eq!(GrowableNd::stack(none), Err(Error::NoRows));
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias = "vstack")]
    pub fn stack<I>(rows: I) -> Result<Self, Error>
    where
        I: IntoIterator<Item: Row<T>>,
    {
        let mut rows = rows.into_iter();
        let hint = rows.size_hint().0;
        let first = rows.next().ok_or(Error::NoRows)?;
        let mut array = Self::of_first(first, hint)?;
        array.extend_rows(rows)?;
        Ok(array)
    }

    /// Creates an array of one row, with a capacity of `hint` rows.
    // Never inlined: `stack` then has only the `push_row` of its loop, which is inlined.
    #[inline(never)]
    fn of_first<R: Row<T>>(first: R, hint: usize) -> Result<Self, Error> {
        let mut array = match first.row_shape() {
            RowShape::Flat(len) => Self::with_hint([len], hint)?,
            RowShape::Exactly(extents) => Self::with_hint(extents, hint)?,
            RowShape::Unknown => {
                let first = first.into_array()?;
                let mut array = Self::with_hint(first.shape(), hint)?;
                array.push_row(first)?;
                return Ok(array);
            }
        };
        array.push_row(first)?;
        Ok(array)
    }

    /// Creates an empty array with the capacity that an iterator hints at. The hint may be wrong: a
    /// failed allocation is ignored.
    fn with_hint(inner: impl AsRef<[usize]>, rows: usize) -> Result<Self, Error> {
        let inner = inner.as_ref();
        match Self::try_with_capacity(inner, rows) {
            Err(Error::Reserve(_)) => Ok(Self::try_new(inner)?),
            result => result,
        }
    }
}

/// Collects rows whose type determines their shape: `[f64; 3]`, `[[u8; 4]; 2]`, or `f64` for an
/// array with one axis. An iterator over `Result`s collects into `Result<GrowableNd<f64>, _>`.
///
/// # Panics
///
/// If an allocation fails, if the type has too many axes or extents that overflow, or if a row does
/// not have the shape of its type; [`from_rows`](GrowableNd::from_rows) returns the error. Also if
/// the iterator or a row panics.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let squares = (0..).map(|i| [i, i * i]).take_while(|[_, square]| *square < 1000);
/// let array: GrowableNd<i32> = squares.collect();
/// assert_eq!(array.shape(), [32, 2]);
/// ```
impl<T, R: ShapedRow<T>> FromIterator<R> for GrowableNd<T> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        or_panic(Self::from_rows(R::SHAPE, rows))
    }
}
