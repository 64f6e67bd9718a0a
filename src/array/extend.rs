//! From a source of rows to an array, and from other containers.

use crate::array::GrowableNd;
use crate::array::error::{Error, FromVecError, SourceError};
use crate::array::row::{Row, RowShape, RowWriter, ShapedRow};
use crate::kernels::copy::append_clones;
use crate::layout::error::ShapeError;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::panicking::or_panic;
use crate::view::View;
use alloc::vec::Vec;

/// Bytes of a row, or of the reference to one, that is taken inside the iterator, which costs less for each row. A larger
/// one would be on the stack once for each closure that it passes through, where nothing is optimized.
const SMALL_ROW: usize = 1024;

/// From a source of rows, nobody knows how many.
///
/// What a source says of its length ([`Iterator::size_hint`]) is used and never trusted: where it is right
/// the array is allocated once, where it is wrong the array grows or keeps some room.
impl<T> GrowableNd<T> {
    /// An array of all rows that `rows` yields, each of the shape `inner`.
    ///
    /// Flat rows, such as `Vec<T>`, must have the right number of elements in row-major order; rows with a
    /// shape, such as `[[T; 3]; 2]`, must have the shape `inner`.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] for too many axes or extents that overflow; [`Error::Row`] for the first row that
    /// does not fit; [`Error::Reserve`] if there is no memory. To keep the rows before the one that failed,
    /// use [`extend_rows`](Self::extend_rows).
    ///
    /// # Cost
    ///
    /// O(*n m*) amortized with any factor above 1; one allocation where the size hint is exact.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// // Halve the step until it is small enough: who knows how often.
    /// let steps = std::iter::successors(Some(1.0), |step| Some(step / 2.0)).take_while(|step| *step > 1e-3);
    /// let array = GrowableNd::from_rows([2, 2], steps.map(|step| vec![step; 4]))?;
    /// assert_eq!(array.shape(), [10, 2, 2]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn from_rows<I>(inner: impl AsRef<[usize]>, rows: I) -> Result<Self, Error>
    where
        I: IntoIterator<Item: Row<T>>,
    {
        let rows = rows.into_iter();
        let mut array = Self::with_room_for_hint(inner, rows.size_hint().0)?;
        array.extend_rows(rows)?;
        Ok(array)
    }

    /// An array of all rows that `rows` yields, each of the shape `inner`, from a source that can fail.
    ///
    /// # Errors
    ///
    /// [`SourceError::Source`] with the first error of the source, [`SourceError::Array`] as
    /// [`from_rows`](Self::from_rows). To keep the rows before it, use
    /// [`try_extend_rows`](Self::try_extend_rows).
    ///
    /// # Cost
    ///
    /// As [`from_rows`](Self::from_rows).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, SourceError};
    /// use std::error::Error;
    /// use std::num::ParseFloatError;
    ///
    /// fn read(text: &str) -> Result<GrowableNd<f64>, SourceError<ParseFloatError>> {
    ///     let rows = text.lines().map(|line| line.split(',').map(str::parse).collect::<Result<Vec<f64>, _>>());
    ///     GrowableNd::try_from_rows([2], rows)
    /// }
    ///
    /// assert_eq!(read("1,2\n3,4")?.shape(), [2, 2]);
    /// let error = read("1,2\n3,four").unwrap_err();
    /// assert_eq!(error.to_string(), "the source of row 1 failed");
    /// assert_eq!(error.source().unwrap().to_string(), "invalid float literal");
    /// assert_eq!(read("1,2\n3").unwrap_err().to_string(), "row 1: expected 2 elements, found 1");
    /// # Ok::<(), SourceError<ParseFloatError>>(())
    /// ```
    pub fn try_from_rows<I, R, E>(inner: impl AsRef<[usize]>, rows: I) -> Result<Self, SourceError<E>>
    where
        I: IntoIterator<Item = Result<R, E>>,
        R: Row<T>,
    {
        let rows = rows.into_iter();
        let mut array = Self::with_room_for_hint(inner, rows.size_hint().0)?;
        array.try_extend_rows(rows)?;
        Ok(array)
    }

    /// Puts all rows that `rows` yields behind the last row, one by one.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] for the first row that does not fit, [`Error::Reserve`] if there is no memory for it.
    /// The whole rows before it are kept: in [`Error::Row`], `row` is the number of rows that the array has
    /// then. The source is left where it was, if it is passed with [`Iterator::by_ref`].
    ///
    /// # Cost
    ///
    /// O(*m*) amortized for each row with any factor above 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Error, GrowableNd};
    ///
    /// let mut array = GrowableNd::new([2]);
    /// let mut rows = vec![vec![1, 2], vec![3, 4], vec![5], vec![6, 7]].into_iter();
    /// let error = array.extend_rows(rows.by_ref()).unwrap_err();
    /// assert!(matches!(error, Error::Row { row: 2, .. }));
    /// assert_eq!(error.to_string(), "row 2: expected 2 elements, found 1");
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// assert_eq!(rows.next(), Some(vec![6, 7]));
    /// ```
    pub fn extend_rows<I>(&mut self, rows: I) -> Result<(), Error>
    where
        I: IntoIterator<Item: Row<T>>,
    {
        let mut rows = rows.into_iter();
        self.make_room_for_hint(rows.size_hint().0);
        if size_of::<I::Item>() <= SMALL_ROW {
            return rows.try_for_each(|row| self.push_row(row));
        }
        for row in rows {
            self.push_row(row)?;
        }
        Ok(())
    }

    /// [`extend_rows`](Self::extend_rows) from a source that can fail.
    ///
    /// # Errors
    ///
    /// [`SourceError::Source`] with the first error of the source, [`SourceError::Array`] as
    /// [`extend_rows`](Self::extend_rows). The whole rows before it are kept.
    ///
    /// # Cost
    ///
    /// As [`extend_rows`](Self::extend_rows).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::new([2]);
    /// let readings = [Ok([1, 2]), Ok([3, 4]), Err("the sensor is gone")];
    /// assert!(array.try_extend_rows(readings).is_err());
    /// assert_eq!(array.rows(), 2);
    /// ```
    pub fn try_extend_rows<I, R, E>(&mut self, rows: I) -> Result<(), SourceError<E>>
    where
        I: IntoIterator<Item = Result<R, E>>,
        R: Row<T>,
    {
        let rows = rows.into_iter();
        self.make_room_for_hint(rows.size_hint().0);
        for row in rows {
            let row = row.map_err(|error| SourceError::Source { row: self.rows(), error })?;
            self.push_row(row)?;
        }
        Ok(())
    }

    /// An array of all rows that `rows` yields, each of the shape of the first: views, arrays, or flat rows,
    /// which make an array with two axes.
    ///
    /// # Errors
    ///
    /// [`Error::NoRows`] if there is no row from which to take the shape, otherwise as
    /// [`from_rows`](Self::from_rows).
    ///
    /// # Cost
    ///
    /// As [`from_rows`](Self::from_rows).
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
    pub fn stack<I>(rows: I) -> Result<Self, Error>
    where
        I: IntoIterator<Item: Row<T>>,
    {
        let mut rows = rows.into_iter();
        let hint = rows.size_hint().0;
        let first = rows.next().ok_or(Error::NoRows)?;
        let mut array = match first.row_shape() {
            RowShape::Flat(len) => Self::with_room_for_hint([len], hint)?,
            RowShape::Exactly(extents) => Self::with_room_for_hint(extents, hint)?,
        };
        array.push_row(first)?;
        array.extend_rows(rows)?;
        Ok(array)
    }

    /// An array of this shape, of which `write` puts all elements into an empty vector with room for them.
    ///
    /// # Panics
    ///
    /// If the shape has no axes.
    #[track_caller]
    pub(crate) fn written(shape: &[usize], write: impl FnOnce(&mut Vec<T>)) -> Result<Self, Error> {
        let (rows, inner) = rows_and_inner(shape);
        let mut array = Self::try_with_capacity(inner, rows)?;
        array.add_rows(rows, write)?;
        Ok(array)
    }

    fn with_room_for_hint(inner: impl AsRef<[usize]>, rows: usize) -> Result<Self, Error> {
        let inner = inner.as_ref();
        match Self::try_with_capacity(inner, rows) {
            // A hint may lie; what cannot be had because of it is not missed.
            Err(Error::Reserve(_)) => Ok(Self::try_new(inner)?),
            result => result,
        }
    }

    pub(crate) fn make_room_for_hint(&mut self, rows: usize) {
        // A hint may lie; what cannot be had because of it is not missed.
        let _ = self.make_room(rows);
    }
}

/// The number of rows and the shape of a row, out of the shape of an array.
#[track_caller]
pub(crate) fn rows_and_inner(shape: &[usize]) -> (usize, &[usize]) {
    match shape.split_first() {
        Some((&rows, inner)) => (rows, inner),
        None => panic!("{}", ShapeError::NoAxes),
    }
}

/// Collects rows whose shape is known from their type: `[f64; 3]`, `[[u8; 4]; 2]`, or `f64` for an array
/// with one axis. Also from fallible sources: `collect::<Result<GrowableNd<f64>, _>>()`.
///
/// # Panics
///
/// If there is no memory, or if the shape that the type gives is none: its extents overflow, or the rows have
/// another.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array: GrowableNd<i32> = (0..).map(|i| [i, i * i]).take_while(|[_, square]| *square < 1000).collect();
/// assert_eq!(array.shape(), [32, 2]);
/// ```
impl<T, R: ShapedRow<T>> FromIterator<R> for GrowableNd<T> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        or_panic(Self::from_rows(R::SHAPE, rows))
    }
}

/// Adds rows one by one, as [`extend_rows`](GrowableNd::extend_rows), which returns the error.
///
/// # Panics
///
/// At the first row that does not fit, and if there is no memory.
impl<T, R: Row<T>> Extend<R> for GrowableNd<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = R>>(&mut self, rows: I) {
        or_panic(self.extend_rows(rows));
    }
}

/// From data that is there already.
impl<T> GrowableNd<T> {
    /// The elements of `vec`, in row-major order, as an array with rows of the shape `inner`. Nothing is
    /// copied, and the room that the vector has is kept.
    ///
    /// An empty vector makes an array without rows, also where rows have no elements.
    ///
    /// # Errors
    ///
    /// [`FromVecError`] with the vector inside: [`Error::Shape`] for too many axes or extents that overflow,
    /// [`Error::PartialRow`] if the elements are not a whole number of rows, [`Error::Reserve`] for more than
    /// `isize::MAX` elements, which only those without size can be.
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
    /// let array = GrowableNd::from_vec([3], vec![1, 2, 3, 4, 5, 6])?;
    /// assert_eq!(array.shape(), [2, 3]);
    ///
    /// let error = GrowableNd::from_vec([3], vec![1, 2, 3, 4]).unwrap_err();
    /// assert_eq!(error.to_string(), "4 elements are not a whole number of rows of 3");
    /// assert_eq!(error.vec, [1, 2, 3, 4]);
    /// # Ok::<(), growable_nd::FromVecError<i32>>(())
    /// ```
    pub fn from_vec(inner: impl AsRef<[usize]>, vec: Vec<T>) -> Result<Self, FromVecError<T>> {
        let empty = match Self::try_new(inner) {
            Ok(array) => array,
            Err(error) => return Err(FromVecError { error: error.into(), vec }),
        };
        match empty.whole_rows(vec.len()) {
            Ok(rows) => Ok(empty.with_rows(rows, vec)),
            Err(error) => Err(FromVecError { error, vec }),
        }
    }

    /// An array without rows gets `rows` rows, which are all the elements of `vec`.
    pub(crate) fn with_rows(mut self, rows: usize, vec: Vec<T>) -> Self {
        self.data = vec;
        self.shape.set_rows(rows);
        self.check();
        self
    }

    /// How many rows `elements` elements are, if they are a whole number.
    pub(crate) fn whole_rows(&self, elements: usize) -> Result<usize, Error> {
        let row_len = self.row_len();
        let rows = elements.checked_div(row_len).unwrap_or(0);
        if rows * row_len != elements {
            Err(Error::PartialRow { row_len, found: elements })
        } else if rows > self.shape.max_rows() {
            Err(self.overflow(rows).into())
        } else {
            Ok(rows)
        }
    }
}

/// Copies of views.
impl<T: Clone, const N: usize> View<'_, T, N> {
    /// An array of clones of all elements, in row-major order of their indices: a compact copy. The outermost
    /// axis becomes that of the rows. (`to_owned`, which every type with a `Clone` has, copies the view only.)
    ///
    /// # Panics
    ///
    /// If there is no memory; [`try_to_owned_array`](Self::try_to_owned_array) returns the error.
    ///
    /// # Cost
    ///
    /// O(1) for each element, one allocation. Large transposed views of elements that need no drop are copied by
    /// blocks, so that no cache line is read more than once; those elements are cloned once more to make room.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let transposed = array.view::<2>().t().to_owned_array();
    /// assert_eq!(transposed.as_slice(), [1, 4, 2, 5, 3, 6]);
    /// ```
    #[track_caller]
    pub fn to_owned_array<const M: usize>(&self) -> GrowableNd<T>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_to_owned_array())
    }

    /// [`to_owned_array`](Self::to_owned_array), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Reserve`] if there is no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let numbers = View::from_slice([1], &[1.0])?.broadcast([1 << 40])?;
    /// assert!(numbers.try_to_owned_array().is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn try_to_owned_array<const M: usize>(&self) -> Result<GrowableNd<T>, Error>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        GrowableNd::written(&self.shape(), |data| append_clones(data, self.data, &self.layout))
    }
}

/// The rows of an array of arrays, whose inner shape is that of a row.
///
/// # Panics
///
/// As `collect`.
impl<T, R: ShapedRow<T>, const N: usize> From<[R; N]> for GrowableNd<T> {
    #[track_caller]
    fn from(rows: [R; N]) -> Self {
        rows.into_iter().collect()
    }
}

/// The rows of a vector of arrays. Nothing is copied.
///
/// # Panics
///
/// For more than `isize::MAX` elements, which only those without size can be.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from(vec![[1, 2], [3, 4]]);
/// assert_eq!(array.shape(), [2, 2]);
/// ```
impl<T, const N: usize> From<Vec<[T; N]>> for GrowableNd<T> {
    #[track_caller]
    fn from(rows: Vec<[T; N]>) -> Self {
        let array = Self::new([N]);
        // Counted before they are flattened: rows without elements could not be counted after.
        let count = rows.len();
        if count > array.shape.max_rows() {
            or_panic::<(), _>(Err(array.overflow(count)));
        }
        array.with_rows(count, rows.into_flattened())
    }
}

/// The rows of a vector of vectors, which must all have the length of the first.
///
/// # Errors
///
/// [`Error::NoRows`] if there is no row from which to take the length, [`Error::Row`] for the first row of
/// another length, [`Error::Reserve`] if there is no memory, [`Error::Shape`] for more than `isize::MAX` elements
/// in a row, which only those without size can be.
impl<T> TryFrom<Vec<Vec<T>>> for GrowableNd<T> {
    type Error = Error;

    fn try_from(rows: Vec<Vec<T>>) -> Result<Self, Error> {
        let row_len = rows.first().ok_or(Error::NoRows)?.len();
        Self::from_rows([row_len], rows)
    }
}

/// The elements in row-major order: [`GrowableNd::into_vec`].
impl<T> From<GrowableNd<T>> for Vec<T> {
    fn from(array: GrowableNd<T>) -> Self {
        array.into_vec()
    }
}

/// An array is a row of an array with one axis more.
impl<T> Row<T> for GrowableNd<T> {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(self.shape())
    }

    fn write_row(mut self, out: &mut RowWriter<'_, T>) {
        out.append(&mut self.data);
    }
}

/// An array is a row of an array with one axis more.
impl<T: Clone> Row<T> for &GrowableNd<T> {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(self.shape())
    }

    fn write_row(self, out: &mut RowWriter<'_, T>) {
        out.extend_from_slice(&self.data);
    }
}
