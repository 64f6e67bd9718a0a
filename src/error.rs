//! What can go wrong, one type a layer; knows nothing of the rest of the crate.
//!
//! | type | what went wrong |
//! |---|---|
//! | [`ShapeError`] | the extents cannot be those of an array |
//! | [`GrowthError`] | the rule of growth cannot grow |
//! | [`ReserveError`] | there is no memory for so many rows |
//! | [`ViewError`] | there is no such view, or it cannot be written like this |
//! | [`RowError`] | one row does not fit |
//! | [`Error`] | an operation on an array was refused, for one of the reasons above or for an index |
//! | [`SourceError`] | the same, or the source of the rows failed |
//! | [`FromVecError`] | the same, with the rejected `Vec` inside |

use crate::growth_error::GrowthError;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error as StdError;
use core::fmt;

/// The extents cannot be those of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShapeError {
    /// There are more axes than [`MAX_RANK`](crate::MAX_RANK), the axis of the rows included.
    Rank {
        /// How many axes there may be.
        limit: usize,
        /// How many there are.
        found: usize,
    },
    /// The product of the extents that are not zero is above `isize::MAX`.
    Overflow {
        /// The extents, outermost first.
        shape: Box<[usize]>,
    },
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShapeError::Rank { limit, found } => {
                write!(f, "an array has at most {limit} axes, rows included, found {found}")
            }
            ShapeError::Overflow { shape } => {
                write!(f, "the extents {shape:?} multiply to more than isize::MAX elements")
            }
        }
    }
}

impl StdError for ShapeError {}

/// There is no memory for so many rows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReserveError {
    /// So many rows would take more than `isize::MAX` elements or bytes, more than any block can have.
    Overflow {
        /// How many rows were wanted; `usize::MAX` also stands for a number beyond it.
        rows: usize,
        /// Elements in one row.
        row_len: usize,
        /// Bytes in one element.
        element_bytes: usize,
    },
    /// The allocator refused a block of this size.
    Refused {
        /// The size in bytes.
        bytes: usize,
    },
}

impl fmt::Display for ReserveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReserveError::Overflow { rows, row_len, element_bytes } => write!(
                f,
                "{rows} rows of {row_len} elements of {element_bytes} bytes \
                 are more than one block of memory can hold"
            ),
            ReserveError::Refused { bytes } => {
                write!(f, "the allocator refused a block of {bytes} bytes")
            }
        }
    }
}

impl StdError for ReserveError {}

/// There is no such view, or it cannot be written like this.
///
/// Axes are counted from 0, the outermost.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViewError {
    /// The extents cannot be those of a view.
    Shape(ShapeError),
    /// The view was to have another number of axes than the array.
    Rank {
        /// Axes of the array.
        expected: usize,
        /// Axes that the view was to have.
        found: usize,
    },
    /// There is no such axis, or none can be inserted there.
    Axis {
        /// The axis.
        axis: usize,
        /// How many axes the view has.
        rank: usize,
    },
    /// The index is not below the extent of its axis.
    Index {
        /// The axis.
        axis: usize,
        /// The index.
        index: usize,
        /// The extent of the axis.
        extent: usize,
    },
    /// The range ends before it starts, or beyond the extent of its axis.
    Range {
        /// The axis.
        axis: usize,
        /// First index of the range.
        start: usize,
        /// The index after its last.
        end: usize,
        /// The extent of the axis.
        extent: usize,
    },
    /// An axis was to be split beyond its extent.
    Split {
        /// The axis.
        axis: usize,
        /// The first index of the second part.
        at: usize,
        /// The extent of the axis.
        extent: usize,
    },
    /// A range was to be walked in steps of zero.
    ZeroStep {
        /// The axis.
        axis: usize,
    },
    /// Windows or chunks of no extent.
    ZeroSize {
        /// The axis.
        axis: usize,
    },
    /// Not every axis is named exactly once.
    Permutation {
        /// The axes as they were given.
        axes: Box<[usize]>,
    },
    /// An axis can be broadcast only from the extent 1, and no axis can be dropped.
    Broadcast {
        /// The shape of the view.
        from: Box<[usize]>,
        /// The shape that was wanted.
        to: Box<[usize]>,
    },
    /// The shape that was wanted has another number of elements.
    Reshape {
        /// The shape of the view.
        from: Box<[usize]>,
        /// The shape that was wanted.
        to: Box<[usize]>,
    },
    /// The elements do not stand in memory as the shape that was wanted needs them.
    NeedsCopy {
        /// The shape of the view.
        from: Box<[usize]>,
        /// Its strides, in elements.
        strides: Box<[isize]>,
        /// The shape that was wanted.
        to: Box<[usize]>,
    },
    /// Too few elements along an axis, for what needs some.
    TooFew {
        /// The axis.
        axis: usize,
        /// How many there must be, at least.
        expected: usize,
        /// The extent of the axis.
        found: usize,
    },
    /// The only axis of an array cannot go: an array has rows.
    OnlyAxis,
    /// Two views that should have one shape have not.
    Mismatch {
        /// The shape of the view that is written, or whose method was called.
        expected: Box<[usize]>,
        /// The shape of the other.
        found: Box<[usize]>,
    },
    /// A slice has another number of elements than its shape.
    Length {
        /// Elements of the shape.
        expected: usize,
        /// Elements in the slice.
        found: usize,
    },
    /// Shape, strides and offset lead outside of the slice.
    OutOfBounds {
        /// The extents, outermost first.
        shape: Box<[usize]>,
        /// The strides, in elements.
        strides: Box<[isize]>,
        /// Where the element at index 0 was said to be.
        offset: usize,
        /// Elements in the slice.
        len: usize,
    },
    /// Elements of a mutable view would stand in one place, or axes interleave so that nobody can tell.
    Overlap {
        /// The extents, outermost first.
        shape: Box<[usize]>,
        /// The strides, in elements.
        strides: Box<[isize]>,
    },
    /// A mutable view cannot be split along an axis that is not its outermost in memory.
    Interleaved {
        /// The axis.
        axis: usize,
        /// The strides, in elements.
        strides: Box<[isize]>,
    },
}

impl fmt::Display for ViewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ViewError::Shape(error) => error.fmt(f),
            ViewError::Rank { expected, found } => {
                write!(f, "the array has {expected} axes, {found} were asked for")
            }
            ViewError::Axis { axis, rank } => {
                write!(f, "axis {axis} is out of bounds, the number of axes is {rank}")
            }
            ViewError::Index { axis, index, extent } => {
                write!(f, "the index {index} is out of bounds of axis {axis}, which has the extent {extent}")
            }
            ViewError::Range { axis, start, end, extent } => {
                let fault = range_fault(*start, *end, *extent);
                write!(f, "the range {start}..{end} {fault}, axis {axis} has the extent {extent}")
            }
            ViewError::Split { axis, at, extent } => {
                write!(f, "axis {axis} cannot be split at {at}, it has the extent {extent}")
            }
            ViewError::ZeroStep { axis } => {
                write!(f, "expected a step of at least 1 on axis {axis}, found 0")
            }
            ViewError::ZeroSize { axis } => {
                write!(f, "expected windows or chunks of at least 1 along axis {axis}, found 0")
            }
            ViewError::Permutation { axes } => {
                write!(f, "expected each of {} axes once, found {axes:?}", axes.len())
            }
            ViewError::Broadcast { from, to } => {
                write!(f, "the shape {from:?} cannot be broadcast to {to:?}")
            }
            ViewError::Reshape { from, to } => {
                write!(f, "the shapes {from:?} and {to:?} have different numbers of elements")
            }
            ViewError::NeedsCopy { from, strides, to } => {
                write!(f, "the shape {from:?} with the strides {strides:?} becomes {to:?} only by a copy")
            }
            ViewError::TooFew { axis, expected, found } => {
                write!(f, "expected an extent of at least {expected} along axis {axis}, found {found}")
            }
            ViewError::OnlyAxis => {
                write!(
                    f,
                    "the only axis of an array cannot be removed (all elements are taken by the methods without `_axis`)"
                )
            }
            ViewError::Mismatch { expected, found } => {
                write!(f, "expected the shape {expected:?}, found {found:?}")
            }
            ViewError::Length { expected, found } => {
                write!(f, "expected a slice of {expected} elements, found {found}")
            }
            ViewError::OutOfBounds { shape, strides, offset, len } => write!(
                f,
                "the shape {shape:?} with the strides {strides:?} and the offset {offset} \
                 leads out of a slice of {len} elements"
            ),
            ViewError::Overlap { shape, strides } => write!(
                f,
                "elements of the shape {shape:?} with the strides {strides:?} overlap or interleave, \
                 so they cannot be mutable"
            ),
            ViewError::Interleaved { axis, strides } => write!(
                f,
                "axis {axis} is not the outermost in memory, the strides are {strides:?}, \
                 so its parts cannot be mutable at once other than as cells"
            ),
        }
    }
}

/// What is wrong with a range of so many indices. An open range that starts beyond them ends at their number.
fn range_fault(start: usize, end: usize, extent: usize) -> &'static str {
    if start <= extent && end < start { "ends before it starts" } else { "is out of bounds" }
}

impl StdError for ViewError {}

impl From<ShapeError> for ViewError {
    fn from(error: ShapeError) -> Self {
        ViewError::Shape(error)
    }
}

/// One row does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowError {
    /// A flat row has another number of elements.
    Length {
        /// Elements in a row of the array.
        expected: usize,
        /// Elements in the row that was offered.
        found: usize,
    },
    /// A row with a shape has another shape.
    Shape {
        /// The inner shape of the array.
        expected: Box<[usize]>,
        /// The shape of the row that was offered.
        found: Box<[usize]>,
    },
    /// A row of other elements has another number of bytes.
    Bytes {
        /// Bytes of a row of the array.
        expected: usize,
        /// Bytes of the row that was offered.
        found: usize,
    },
    /// A row announced the right size and then wrote another number of elements.
    Count {
        /// Elements announced, and wanted.
        expected: usize,
        /// Elements written; where there were too many, at least so many.
        found: usize,
    },
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowError::Length { expected, found } => {
                write!(f, "expected {expected} elements, found {found}")
            }
            RowError::Shape { expected, found } => {
                write!(f, "expected the shape {expected:?}, found {found:?}")
            }
            RowError::Bytes { expected, found } => {
                write!(f, "expected {expected} bytes, found {found}")
            }
            RowError::Count { expected, found } => {
                write!(f, "the row announced {expected} elements and wrote {found}")
            }
        }
    }
}

impl StdError for RowError {}

/// An operation on an array was refused; the array is as it was, but for the room it may have made.
///
/// The one exception are operations that take many rows one by one: they keep the whole rows that came
/// before the one that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The extents cannot be those of an array.
    Shape(ShapeError),
    /// The rule of growth cannot grow. No array says so; it is here so that `?` serves for both.
    Growth(GrowthError),
    /// There is no memory for so many rows.
    Reserve(ReserveError),
    /// There is no such view, or it cannot be written like this.
    View(ViewError),
    /// A row does not fit.
    Row {
        /// The index at which the row would have stood in the array.
        row: usize,
        /// Why it does not fit.
        error: RowError,
    },
    /// No row has this index, or none can be put there.
    Index {
        /// The index.
        index: usize,
        /// How many rows there are.
        rows: usize,
    },
    /// The range of rows ends before it starts, or beyond the last row.
    Range {
        /// First row of the range.
        start: usize,
        /// The row after its last.
        end: usize,
        /// How many rows there are.
        rows: usize,
    },
    /// Another array has rows of another shape.
    InnerShape {
        /// The inner shape of this array.
        expected: Box<[usize]>,
        /// The inner shape of the other.
        found: Box<[usize]>,
    },
    /// Flat data is not a whole number of rows.
    PartialRow {
        /// Elements in one row.
        row_len: usize,
        /// Elements in the data.
        found: usize,
    },
    /// Bytes are not a whole number of rows.
    PartialRowBytes {
        /// Bytes of one row.
        row_bytes: usize,
        /// How many bytes there are.
        found: usize,
    },
    /// A row is not a whole number of elements of another type.
    CastSize {
        /// Bytes of one row.
        row_bytes: usize,
        /// Bytes of one element of the other type.
        element_bytes: usize,
    },
    /// A row does not stand where elements of another type can.
    CastAlignment {
        /// A multiple of so many bytes is where they can.
        expected: usize,
    },
    /// An index into a row has another number of axes than a row.
    Rank {
        /// Axes of a row.
        expected: usize,
        /// Axes of the index.
        found: usize,
    },
    /// The shape of a row was to be taken from the first row, and there was none.
    NoRows,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Shape(error) => error.fmt(f),
            Error::Growth(error) => error.fmt(f),
            Error::Reserve(error) => error.fmt(f),
            Error::View(error) => error.fmt(f),
            Error::Row { row, error } => write!(f, "row {row}: {error}"),
            Error::Index { index, rows } => {
                write!(f, "the row index {index} is out of bounds, the array has {rows} rows")
            }
            Error::Range { start, end, rows } => {
                let fault = range_fault(*start, *end, *rows);
                write!(f, "the range of rows {start}..{end} {fault}, the array has {rows} rows")
            }
            Error::InnerShape { expected, found } => {
                write!(f, "expected an array with rows of the shape {expected:?}, found {found:?}")
            }
            Error::PartialRow { row_len, found } => {
                write!(f, "expected a whole number of rows of {row_len} elements, found {found} elements")
            }
            Error::PartialRowBytes { row_bytes, found } => {
                write!(f, "expected a whole number of rows of {row_bytes} bytes, found {found} bytes")
            }
            Error::CastSize { row_bytes, element_bytes } => write!(
                f,
                "expected rows of a whole number of elements of {element_bytes} bytes, \
                 found rows of {row_bytes} bytes"
            ),
            Error::CastAlignment { expected } => {
                write!(f, "expected a row at a multiple of {expected} bytes, found it elsewhere")
            }
            Error::Rank { expected, found } => {
                write!(f, "expected an index into a row with {expected} axes, found {found}")
            }
            Error::NoRows => {
                write!(f, "there is no first row from which to take the shape of a row")
            }
        }
    }
}

// No sources here and below: the message holds that of the error inside, and a chain would say it twice.
impl StdError for Error {}

impl From<ShapeError> for Error {
    fn from(error: ShapeError) -> Self {
        Error::Shape(error)
    }
}

impl From<GrowthError> for Error {
    fn from(error: GrowthError) -> Self {
        Error::Growth(error)
    }
}

impl From<ReserveError> for Error {
    fn from(error: ReserveError) -> Self {
        Error::Reserve(error)
    }
}

impl From<ViewError> for Error {
    fn from(error: ViewError) -> Self {
        Error::View(error)
    }
}

/// Rows came from a source that can fail: either it failed, or the array refused a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError<E> {
    /// The source gave an error instead of a row.
    Source {
        /// The index at which the row would have stood in the array.
        row: usize,
        /// What the source said.
        error: E,
    },
    /// The array refused a row.
    Array(Error),
}

impl<E: fmt::Display> fmt::Display for SourceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceError::Source { row, error } => write!(f, "the source of row {row} failed: {error}"),
            SourceError::Array(error) => error.fmt(f),
        }
    }
}

impl<E: StdError> StdError for SourceError<E> {}

impl<E> From<Error> for SourceError<E> {
    fn from(error: Error) -> Self {
        SourceError::Array(error)
    }
}

/// A `Vec` could not become an array; it is given back.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FromVecError<T> {
    /// Why not.
    pub error: Error,
    /// The rejected elements, untouched.
    pub vec: Vec<T>,
}

// By hand, so that it needs nothing of `T`: the elements may be many and say nothing about the error.
impl<T> fmt::Debug for FromVecError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromVecError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for FromVecError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T> StdError for FromVecError<T> {}

impl<T> From<FromVecError<T>> for Error {
    fn from(error: FromVecError<T>) -> Self {
        error.error
    }
}

/// The panicking form of an operation: the same result, with the error as the message.
#[inline]
#[track_caller]
pub(crate) fn or_panic<V, E: fmt::Display>(result: Result<V, E>) -> V {
    match result {
        Ok(value) => value,
        Err(error) => panic_with(&error),
    }
}

#[cold]
#[track_caller]
fn panic_with(error: &dyn fmt::Display) -> ! {
    panic!("{error}")
}
