//! Rows from iterators of elements.

use crate::array::GrowableNd;
use crate::array::error::{Error, ResultsError};
use crate::array::row::{Row, RowShape};
use crate::array::row_writer::RowWriter;

/// A row of the elements that an iterator yields. Allocates nothing.
///
/// Fits every inner shape with as many elements. If the iterator yields fewer or more, the row is
/// rejected. At most one extra element is taken, so an endless iterator is rejected as well.
///
/// Pass it to [`push_row`](GrowableNd::push_row) or [`insert_row`](GrowableNd::insert_row), or pass
/// an iterator of such rows to [`from_rows`](GrowableNd::from_rows),
/// [`extend_rows`](GrowableNd::extend_rows) or [`stack`](GrowableNd::stack), which collects the
/// first row to its end to find the row length.
///
/// # Examples
///
/// ```
/// use growable_nd::{Elements, GrowableNd};
///
/// let lines = ["red 3", "green 5"];
/// let rows = lines.map(|line| Elements(line.split(' ').map(str::len)));
/// let lengths = GrowableNd::from_rows([2], rows)?;
/// assert_eq!(lengths.as_slice(), [3, 1, 5, 1]);
///
/// let mut array = GrowableNd::new([2, 2]);
/// let error = array.push_row(Elements(0..3)).unwrap_err();
/// assert_eq!(error.to_string(), "row 0: expected 4 elements, found 3");
/// let error = array.push_row(Elements(0..)).unwrap_err();
/// assert_eq!(error.to_string(), "row 0: expected 4 elements, found at least 5");
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Elements<I>(
    /// The elements in row-major order.
    pub I,
);

impl<T, I: IntoIterator<Item = T>> Row<T> for Elements<I> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Unknown
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        out.extend(self.0);
    }

    /// Returns an array with one axis.
    fn into_array(self) -> Result<GrowableNd<T>, Error> {
        let mut elements = self.0.into_iter();
        let mut array = GrowableNd::EMPTY;
        array.reserve_hint(elements.size_hint().0);
        elements.try_for_each(|element| array.push(element))?;
        Ok(array)
    }
}

/// # Appending a row from an iterator
impl<T> GrowableNd<T> {
    /// Appends a row of the elements that `elements` yields, in row-major order.
    ///
    /// Short for `push_row(`[`Elements`]`(elements))`.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] if the iterator yields fewer or more elements than a row has; at most one
    /// extra element is taken. [`Error::Reserve`] if the array is full and cannot grow. The array
    /// is as it was.
    ///
    /// # Panics
    ///
    /// Only if the iterator panics; the array is as it was.
    ///
    /// # Cost
    ///
    /// As [`push_row`](Self::push_row). Nothing is allocated for the row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut squares = GrowableNd::new([3]);
    /// squares.push_row_from([1, 2, 3].iter().map(|x| x * x))?;
    /// assert_eq!(squares.row(0), [1, 4, 9]);
    ///
    /// let error = squares.push_row_from(0..2).unwrap_err();
    /// assert_eq!(error.to_string(), "row 1: expected 3 elements, found 2");
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[doc(alias = "extend")]
    #[doc(alias = "fromiter")]
    pub fn push_row_from<I: IntoIterator<Item = T>>(&mut self, elements: I) -> Result<(), Error> {
        self.push_row(Elements(elements))
    }

    /// Appends a row of elements that are `Result`s, for example from parsing.
    ///
    /// # Errors
    ///
    /// [`ResultsError::Element`] with the first error, its row, and its position in the row.
    /// [`ResultsError::Array`] for the errors of [`push_row_from`](Self::push_row_from). The array
    /// is as it was.
    ///
    /// # Panics
    ///
    /// Only if the iterator panics; the array is as it was.
    ///
    /// # Cost
    ///
    /// As [`push_row_from`](Self::push_row_from).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, ResultsError};
    ///
    /// let mut array = GrowableNd::<f64>::new([2]);
    /// let mut faults = vec![];
    /// for (index, line) in "1,2\n3,four\n5\n6,7".lines().enumerate() {
    ///     let line_number = index + 1;
    ///     match array.push_row_from_results(line.split(',').map(str::parse)) {
    ///         Ok(()) => {}
    ///         Err(ResultsError::Element { element, error, .. }) => {
    ///             faults.push(format!("line {line_number}, column {}: {error}", element + 1));
    ///         }
    ///         Err(error) => faults.push(format!("line {line_number}: {error}")),
    ///     }
    /// }
    /// assert_eq!(array.as_slice(), [1.0, 2.0, 6.0, 7.0]);
    /// assert_eq!(faults[0], "line 2, column 2: invalid float literal");
    /// assert_eq!(faults[1], "line 3: row 1: expected 2 elements, found 1");
    ///
    /// let error = array.push_row_from_results("8,nine".split(',').map(str::parse)).unwrap_err();
    /// assert_eq!(error.to_string(), "row 2, element 1: the source failed");
    /// ```
    pub fn push_row_from_results<I, E>(&mut self, elements: I) -> Result<(), ResultsError<E>>
    where
        I: IntoIterator<Item = Result<T, E>>,
    {
        let row = self.rows();
        let mut failure = None;
        let pushed = self.push_row(Results { elements, failure: &mut failure });
        match failure {
            Some((element, error)) => Err(ResultsError::Element { row, element, error }),
            None => Ok(pushed?),
        }
    }
}

/// Elements up to the first error, which is kept with its position.
struct Results<'a, I, E> {
    elements: I,
    failure: &'a mut Option<(usize, E)>,
}

impl<T, E, I: IntoIterator<Item = Result<T, E>>> Row<T> for Results<'_, I, E> {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Unknown
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        let Results { elements, failure } = self;
        let mut position = 0;
        out.extend(elements.into_iter().map_while(|element| match element {
            Ok(element) => {
                position += 1;
                Some(element)
            }
            Err(error) => {
                *failure = Some((position, error));
                None
            }
        }));
        // Even if the row is whole: an extra element may have failed.
        if failure.is_some() {
            out.refuse();
        }
    }
}
