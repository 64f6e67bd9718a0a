//! Errors of shapes, of index-like arguments, and of views.
//!
//! Each fault has one variant, shared by rows, views and arrays. Axes are counted from 0, the
//! outermost.

use crate::layout::shape::{INFER, shapes_equal};
use alloc::boxed::Box;
use core::error::Error as StdError;
use core::fmt;

/// A shape that no array can have, or that differs from the expected one.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, ShapeError};
///
/// let error = GrowableNd::<f64>::try_new([1; 8]).unwrap_err();
/// assert!(matches!(error, ShapeError::TooManyAxes { limit: 8, found: 9, .. }));
/// assert_eq!(error.to_string(), "expected at most 8 axes (rows included), found 9");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShapeError {
    /// A shape without axes. An array has at least one: axis 0 counts the rows.
    NoAxes,
    /// There are more axes than [`MAX_RANK`](crate::MAX_RANK), the axis of the rows included.
    #[non_exhaustive]
    TooManyAxes {
        /// Maximum number of axes.
        limit: usize,
        /// Number of axes found.
        found: usize,
    },
    /// The product of the extents other than zero exceeds `isize::MAX`.
    #[non_exhaustive]
    Overflow {
        /// The extents, outermost first; of an array, those of a row.
        shape: Box<[usize]>,
    },
    /// Two shapes that must be equal differ, or the right operand of an in-place operation does not
    /// broadcast to the shape of the left one.
    #[non_exhaustive]
    Mismatch {
        /// The shape of the array or view that is written, or whose method was called.
        expected: Box<[usize]>,
        /// The shape of the other array, view or row.
        found: Box<[usize]>,
    },
    /// Two shapes do not broadcast: aligned at their last axes, two lengths differ and neither is
    /// 1.
    #[non_exhaustive]
    Broadcast {
        /// The shape of the left operand. For the third of three operands, the shape to which the
        /// first two broadcast.
        left: Box<[usize]>,
        /// The shape of the right operand.
        right: Box<[usize]>,
    },
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShapeError::NoAxes => {
                write!(f, "expected at least 1 axis (that of the rows), found none")
            }
            ShapeError::TooManyAxes { limit, found } => {
                write!(f, "expected at most {limit} axes (rows included), found {found}")
            }
            ShapeError::Overflow { shape } => {
                write!(f, "shape {shape:?} exceeds isize::MAX elements")?;
                if shape.contains(&0) { write!(f, ", not counting its extents of 0") } else { Ok(()) }
            }
            ShapeError::Mismatch { expected, found } => {
                write!(f, "expected shape {expected:?}, found {found:?}")
            }
            ShapeError::Broadcast { left, right } => {
                write!(f, "shapes {left:?} and {right:?} do not broadcast")
            }
        }
    }
}

impl StdError for ShapeError {}

impl ShapeError {
    /// Checks that two shapes are equal.
    #[inline]
    pub(crate) fn check_same(expected: &[usize], found: &[usize]) -> Result<(), ShapeError> {
        if shapes_equal(expected, found) { Ok(()) } else { Err(ShapeError::mismatch(expected, found)) }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn overflow(shape: &[usize]) -> ShapeError {
        ShapeError::Overflow { shape: shape.into() }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn broadcast(left: &[usize], right: &[usize]) -> ShapeError {
        ShapeError::Broadcast { left: left.into(), right: right.into() }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn mismatch(expected: &[usize], found: &[usize]) -> ShapeError {
        ShapeError::Mismatch { expected: expected.into(), found: found.into() }
    }
}

/// An index, an axis, a range or a size that the shape does not allow.
///
/// Methods that take only such arguments panic with the message of this error; their forms named
/// `try_…` return it. Where indexing and `row` panic, [`get`](crate::GrowableNd::get) and
/// [`get_row`](crate::GrowableNd::get_row) return `None`.
///
/// # Examples
///
/// ```
/// use growable_nd::{AccessError, GrowableNd};
///
/// let array = GrowableNd::from([[1, 2], [3, 4]]);
/// let error = array.view::<2>().try_slice((.., 5)).unwrap_err();
/// assert!(matches!(error, AccessError::Index { axis: 1, index: 5, len: 2, .. }));
/// assert_eq!(error.to_string(), "index 5 is out of bounds for axis 1 of length 2");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccessError {
    /// The number of axes of a view or an index differs from that of the array or the row.
    #[non_exhaustive]
    Rank {
        /// Number of axes of the array or the row. For an array in a file: of the requested view.
        /// For a method that works with one number of axes, such as `column`: that number.
        expected: usize,
        /// Number of axes of the view or the index. For an array in a file, and for a method that
        /// works with one number of axes: of the array.
        found: usize,
    },
    /// The axis does not exist, or an axis cannot be inserted at this position.
    #[non_exhaustive]
    Axis {
        /// The axis.
        axis: usize,
        /// Number of axes.
        rank: usize,
    },
    /// The index is not less than the length of its axis.
    #[non_exhaustive]
    Index {
        /// The axis.
        axis: usize,
        /// The index.
        index: usize,
        /// Length of the axis.
        len: usize,
    },
    /// An entry of a list of indices is not less than the length of the axis.
    #[non_exhaustive]
    Entry {
        /// Position of the entry in the list, counted from 0.
        entry: usize,
        /// The axis.
        axis: usize,
        /// The index.
        index: usize,
        /// Length of the axis.
        len: usize,
    },
    /// A position to split, insert or rotate at exceeds the length of its axis.
    #[non_exhaustive]
    Position {
        /// The axis.
        axis: usize,
        /// The position: the index before which to split or insert, or the steps of a rotation.
        at: usize,
        /// Length of the axis.
        len: usize,
    },
    /// The range ends before it starts, or beyond the length of its axis.
    #[non_exhaustive]
    Range {
        /// The axis.
        axis: usize,
        /// First index of the range.
        start: usize,
        /// One more than the last index of the range.
        end: usize,
        /// Length of the axis.
        len: usize,
    },
    /// The step of a range is zero.
    #[non_exhaustive]
    ZeroStep {
        /// The axis.
        axis: usize,
    },
    /// The size of windows or chunks is zero.
    #[non_exhaustive]
    ZeroSize {
        /// The axis.
        axis: usize,
    },
    /// The axes are not a permutation: one is missing or given twice.
    #[non_exhaustive]
    Permutation {
        /// The axes as given.
        axes: Box<[usize]>,
    },
    /// The axis is too short for the operation, for example for a mean.
    #[non_exhaustive]
    TooShort {
        /// The axis.
        axis: usize,
        /// Minimum length: 1, or `ddof` + 1 for variances and standard deviations.
        expected: usize,
        /// Length of the axis.
        found: usize,
    },
    /// A reduction along the only axis. The result would have no axes, but an array has at least
    /// one.
    OnlyAxis,
    /// A reduction along all axes. The result would have no axes, but an array has at least one.
    #[non_exhaustive]
    AllAxes {
        /// Number of axes.
        rank: usize,
    },
    /// An axis is given twice.
    #[non_exhaustive]
    RepeatedAxis {
        /// The axis.
        axis: usize,
    },
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccessError::Rank { expected, found } => {
                write!(f, "expected {expected} axes, found {found}")
            }
            AccessError::Axis { axis, rank } => {
                write!(f, "axis {axis} is out of bounds for {rank} axes")
            }
            AccessError::Index { axis, index, len } => {
                write!(f, "index {index} is out of bounds for axis {axis} of length {len}")
            }
            AccessError::Entry { entry, axis, index, len } => {
                write!(f, "index {index} (entry {entry}) is out of bounds for axis {axis} of length {len}")
            }
            AccessError::Position { axis, at, len } => {
                write!(f, "position {at} is out of bounds for axis {axis} of length {len}")
            }
            AccessError::Range { axis, start, end, len } => {
                let fault =
                    if start <= len && end < start { "ends before it starts" } else { "is out of bounds" };
                write!(f, "range {start}..{end} {fault} for axis {axis} of length {len}")
            }
            AccessError::ZeroStep { axis } => {
                write!(f, "step 0 for axis {axis}, expected at least 1")
            }
            AccessError::ZeroSize { axis } => {
                write!(f, "size 0 for axis {axis}, expected at least 1")
            }
            AccessError::Permutation { axes } => {
                write!(f, "{axes:?} is not a permutation of {} axes", axes.len())
            }
            AccessError::TooShort { axis, expected, found } => {
                write!(f, "axis {axis} has length {found}, expected at least {expected}")
            }
            AccessError::OnlyAxis => {
                let advice = "use the method without `_axis`, or `fold` of an iterator";
                write!(f, "cannot reduce a 1-d array along its only axis; {advice}")
            }
            AccessError::AllAxes { rank } => {
                write!(f, "cannot reduce along all {rank} axes; use the method without `_axes`")
            }
            AccessError::RepeatedAxis { axis } => {
                write!(f, "axis {axis} is given twice")
            }
        }
    }
}

impl StdError for AccessError {}

impl AccessError {
    /// Checks that `axis` is one of `rank` axes.
    #[inline]
    pub(crate) fn check_axis(axis: usize, rank: usize) -> Result<(), AccessError> {
        if axis < rank { Ok(()) } else { Err(AccessError::Axis { axis, rank }) }
    }

    /// Checks that `axis` is one of `rank` axes, but not the only one.
    #[inline]
    pub(crate) fn check_other_axes(axis: usize, rank: usize) -> Result<(), AccessError> {
        AccessError::check_axis(axis, rank)?;
        if rank == 1 { Err(AccessError::OnlyAxis) } else { Ok(()) }
    }
}

/// A view that cannot be created, or cannot be written as requested.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1, 2], [3, 4]]);
/// let error = array.view::<2>().t().reshape([4]).unwrap_err();
/// assert_eq!(error.to_string(), "cannot reshape [2, 2] (strides [1, 2]) to [4] without a copy");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViewError {
    /// A shape is invalid or does not fit.
    Shape(ShapeError),
    /// An index, an axis, a range or a size is invalid.
    Access(AccessError),
    /// An axis has neither length 1 nor the requested length, or the requested shape has fewer axes
    /// than the view.
    #[non_exhaustive]
    Broadcast {
        /// The shape of the view.
        from: Box<[usize]>,
        /// The requested shape.
        to: Box<[usize]>,
    },
    /// The requested shape has a different number of elements, or its extent [`INFER`] cannot be
    /// inferred.
    #[non_exhaustive]
    Reshape {
        /// The shape of the view.
        from: Box<[usize]>,
        /// The requested shape.
        to: Box<[usize]>,
    },
    /// The strides of the view do not allow the requested shape without a copy.
    #[non_exhaustive]
    NeedsCopy {
        /// The shape of the view.
        from: Box<[usize]>,
        /// Its strides, in elements.
        strides: Box<[isize]>,
        /// The requested shape.
        to: Box<[usize]>,
    },
    /// The number of elements of a slice differs from that of the shape.
    #[non_exhaustive]
    Length {
        /// Number of elements of the shape.
        expected: usize,
        /// Number of elements of the slice.
        found: usize,
    },
    /// An element of the view would be outside of the slice.
    #[non_exhaustive]
    OutOfBounds {
        /// The extents, outermost first.
        shape: Box<[usize]>,
        /// The strides, in elements.
        strides: Box<[isize]>,
        /// Position of the element at index `[0, 0, …]` in the slice.
        offset: usize,
        /// Number of elements of the slice.
        len: usize,
    },
    /// Two indices of a mutable view may refer to the same element.
    #[non_exhaustive]
    Overlap {
        /// The extents, outermost first.
        shape: Box<[usize]>,
        /// The strides, in elements.
        strides: Box<[isize]>,
    },
    /// The parts of a mutable view along an axis interleave in memory.
    #[non_exhaustive]
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
            ViewError::Access(error) => error.fmt(f),
            ViewError::Broadcast { from, to } => write!(f, "cannot broadcast {from:?} to {to:?}"),
            ViewError::Reshape { from, to } => fmt_reshape(f, from, to),
            ViewError::NeedsCopy { from, strides, to } => {
                write!(f, "cannot reshape {from:?} (strides {strides:?}) to {to:?} without a copy")
            }
            ViewError::Length { expected, found } => {
                write!(f, "expected a slice of {expected} elements, found {found}")
            }
            ViewError::OutOfBounds { shape, strides, offset, len } => write!(
                f,
                "shape {shape:?} (strides {strides:?}, offset {offset}) exceeds a slice of {len} elements"
            ),
            ViewError::Overlap { shape, strides } => write!(
                f,
                "shape {shape:?} (strides {strides:?}) may contain an element twice; a mutable view must not"
            ),
            ViewError::Interleaved { axis, strides } => write!(
                f,
                "parts along axis {axis} interleave in memory (strides {strides:?}); \
                 use `for_each_axis_mut`, `for_each_mut` or `cells`"
            ),
        }
    }
}

/// Writes why the shape `from` cannot become `to`: the numbers of elements differ, or an extent
/// cannot be inferred.
fn fmt_reshape(f: &mut fmt::Formatter<'_>, from: &[usize], to: &[usize]) -> fmt::Result {
    write!(f, "cannot reshape {from:?} to ")?;
    f.debug_list().entries(to.iter().map(|&extent| Requested(extent))).finish()?;
    if to.iter().filter(|&&extent| extent == INFER).count() > 1 {
        return f.write_str(": only one extent can be inferred");
    }
    let elements: usize = from.iter().product();
    match to.iter().position(|&extent| extent == INFER) {
        None => f.write_str(": the numbers of elements differ"),
        Some(_) if elements == 0 => f.write_str(": INFER could be any extent"),
        Some(axis) => {
            let others: usize = to[..axis].iter().chain(&to[axis + 1..]).product();
            write!(f, ": {elements} is not a multiple of {others}")
        }
    }
}

/// An extent of a requested shape, printed as `INFER` if it is to be inferred.
struct Requested(usize);

impl fmt::Debug for Requested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == INFER { f.write_str("INFER") } else { self.0.fmt(f) }
    }
}

impl StdError for ViewError {}

impl From<ShapeError> for ViewError {
    fn from(error: ShapeError) -> Self {
        ViewError::Shape(error)
    }
}

impl From<AccessError> for ViewError {
    fn from(error: AccessError) -> Self {
        ViewError::Access(error)
    }
}
