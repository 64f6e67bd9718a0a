//! Errors of shapes and of views.

use alloc::boxed::Box;
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
pub(crate) fn range_fault(start: usize, end: usize, extent: usize) -> &'static str {
    if start <= extent && end < start { "ends before it starts" } else { "is out of bounds" }
}

impl StdError for ViewError {}

impl From<ShapeError> for ViewError {
    fn from(error: ShapeError) -> Self {
        ViewError::Shape(error)
    }
}
