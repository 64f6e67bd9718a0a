//! `Nested`, a row that consists of rows.

use crate::array::GrowableNd;
use crate::array::error::{Error, RowError};
use crate::array::row::{Row, RowShape};
use crate::array::row_writer::RowWriter;
use crate::layout::error::ShapeError;
use crate::layout::shape::Shape;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// A row that consists of rows, with one axis more: a `Vec<Vec<T>>`, a `Vec<[T; N]>`, a
/// `&[[T; N]]`, or any iterator over [rows](Row).
///
/// The number of inner rows must be the first extent of the inner shape, and each inner row must
/// fit the other extents. A ragged row is rejected; the error names the inner row. At most one extra
/// inner row is taken; the error then has the length that the iterator reports, or a lower bound.
///
/// A row type of your own that writes a `Nested` should do so in
/// [`try_write_row`](Row::try_write_row): `write_row` can report a misfit only as a row that is too
/// long.
///
/// For deeper nesting, nest again: `Nested(planes.iter().map(Nested))`.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, Nested};
///
/// let mut array = GrowableNd::new([2, 3]);
/// array.push_row(Nested(vec![vec![1, 2, 3], vec![4, 5, 6]]))?;
/// let points: &[[i32; 3]] = &[[7, 8, 9], [10, 11, 12]];
/// array.push_row(Nested(points))?;
/// assert_eq!(array.as_slice(), (1..=12).collect::<Vec<_>>());
///
/// let error = array.push_row(Nested(vec![vec![1, 2, 3], vec![4, 5]])).unwrap_err();
/// assert_eq!(error.to_string(), "row 2: inner row 1: expected 3 elements, found 2");
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nested<I>(
    /// The inner rows.
    pub I,
);

impl<T, I: IntoIterator<Item: Row<T>>> Row<T> for Nested<I> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Unknown
    }

    fn write_row(self, out: &mut RowWriter<'_, T>) {
        if self.try_write_row(out).is_err() {
            out.refuse();
        }
    }

    /// Returns the error of the first inner row that does not fit.
    fn try_write_row(self, out: &mut RowWriter<'_, T>) -> Result<(), RowError> {
        out.try_write_whole(|elements, shape| append_inner_rows(elements, shape, self.0.into_iter()))
    }

    /// Stacks the inner rows.
    fn into_array(self) -> Result<GrowableNd<T>, Error> {
        GrowableNd::stack(self.0).map_err(|error| match error {
            Error::Row { row, error } => Error::Row { row: 0, error: inner(row, error) },
            error => error,
        })
    }
}

fn inner(index: usize, error: RowError) -> RowError {
    RowError::Inner { index, error: Box::new(error) }
}

/// Appends the inner rows of one row of an array of shape `shape`.
fn append_inner_rows<T, I>(elements: &mut Vec<T>, shape: &Shape, mut rows: I) -> Result<(), RowError>
where
    I: Iterator<Item: Row<T>>,
{
    let Some((&expected, extents)) = shape.inner().split_first() else {
        return Err(wrong_number(shape, count(&mut rows, 0)));
    };
    let mut inner_shape = Shape::EMPTY;
    inner_shape.set_inner(extents).map_err(RowError::Shape)?;
    for index in 0..expected {
        let Some(row) = rows.next() else { return Err(wrong_number(shape, index)) };
        append_inner_row(elements, &inner_shape, row).map_err(|error| inner(index, error))?;
    }
    match count(&mut rows, expected) {
        found if found == expected => Ok(()),
        found => Err(wrong_number(shape, found)),
    }
}

fn append_inner_row<T, R: Row<T>>(elements: &mut Vec<T>, shape: &Shape, row: R) -> Result<(), RowError> {
    let announced = row.row_shape();
    match announced.len_if_fits(shape) {
        Some(len) => RowWriter::append_row(elements, shape, len, row),
        None => Err(announced.misfit(shape)),
    }
}

/// Returns the total number of rows after `taken` rows were taken. If there are more rows, it is a
/// lower bound, or the length that the iterator reports, which is trusted only after one more row.
fn count<R>(rows: &mut impl Iterator<Item = R>, taken: usize) -> usize {
    if rows.next().is_none() {
        return taken;
    }
    match rows.size_hint() {
        (lower, Some(upper)) if lower == upper => (taken + 1).saturating_add(lower),
        _ => taken + 1,
    }
}

/// Returns the error of a row with the wrong number of inner rows, `found`.
#[cold]
fn wrong_number(shape: &Shape, found: usize) -> RowError {
    let expected = shape.inner();
    let inner = expected.get(1..).unwrap_or_default();
    RowError::Shape(ShapeError::mismatch(expected, &[&[found], inner].concat()))
}
