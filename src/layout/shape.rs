//! Array shapes and the sizes derived from them.

use crate::layout::error::{AccessError, ShapeError};
use crate::layout::indices::Place;
use core::fmt;
use core::ops::{Bound, Range, RangeBounds};

/// Maximum number of axes of an array, the axis of the rows included.
///
/// The extents are stored inline, where the compiler can keep them in registers. Eight extents fill
/// one cache line.
pub const MAX_RANK: usize = 8;

/// An extent for [`reshape`](crate::Strided::reshape) to compute from the number of elements and
/// the other extents, like `-1` in `NumPy`.
///
/// The value is `usize::MAX`, which is never the extent of an axis.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, INFER};
///
/// let array = GrowableNd::from([[1, 2, 3, 4], [5, 6, 7, 8]]);
/// assert_eq!(array.view::<2>().reshape([INFER, 2])?.shape(), [4, 2]);
///
/// let error = array.view::<2>().reshape([3, INFER]).unwrap_err();
/// assert_eq!(error.to_string(), "cannot reshape [2, 4] to [3, INFER]: 8 is not a multiple of 3");
/// # Ok::<(), growable_nd::ViewError>(())
/// ```
#[doc(alias = "-1")]
pub const INFER: usize = usize::MAX;

/// Maximum number of elements of an array: every offset then fits into an `isize`. Rust limits the
/// bytes of an allocation to the same number.
const MAX_ELEMENTS: usize = isize::MAX.unsigned_abs();

/// The shape of an array: the number of rows and the shape of a row.
///
/// Invariants:
/// 1. `1 <= rank <= MAX_RANK`, and the extents beyond `rank` are zero.
/// 2. `row_len` is the product of the inner extents `extents[1..rank]`.
/// 3. The product of all extents that are not zero is at most `isize::MAX` for every number of rows
///    up to `max_rows()`, and `rows <= max_rows()`. So no product of extents and no offset can
///    overflow.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    extents: [usize; MAX_RANK],
    rank: usize,
    row_len: usize,
}

/// Shows the extents.
impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.extents().fmt(f)
    }
}

impl Shape {
    /// No rows; each would have a single element.
    pub(crate) const EMPTY: Shape = Shape { extents: [0; MAX_RANK], rank: 1, row_len: 1 };

    /// Turns [`EMPTY`](Self::EMPTY) into the shape of no rows of shape `inner`.
    ///
    /// Writes in place, since returning a shape in a `Result` moves it, which takes longer than
    /// writing it.
    #[inline]
    pub(crate) fn set_inner(&mut self, inner: &[usize]) -> Result<(), ShapeError> {
        let rank = inner.len().saturating_add(1);
        if rank > MAX_RANK {
            return Err(ShapeError::TooManyAxes { limit: MAX_RANK, found: rank });
        }
        // A loop rather than a call of memcpy: shapes are short.
        let (mut span, mut has_zero) = (Some(1_usize), false);
        for (to, &extent) in self.extents[1..].iter_mut().zip(inner) {
            *to = extent;
            span = span.and_then(|span| span.checked_mul(extent.max(1)));
            has_zero |= extent == 0;
        }
        let span = span.filter(|&span| span <= MAX_ELEMENTS).ok_or_else(|| ShapeError::overflow(inner))?;
        (self.rank, self.row_len) = (rank, if has_zero { 0 } else { span });
        Ok(())
    }

    /// Turns [`EMPTY`](Self::EMPTY) into the shape of no rows, with the inner shape of an array of
    /// shape `shape`. Returns the number of rows of that array.
    #[inline]
    pub(crate) fn set_inner_of(&mut self, shape: &[usize]) -> Result<usize, ShapeError> {
        let (&rows, inner) = shape.split_first().ok_or(ShapeError::NoAxes)?;
        self.set_inner(inner)?;
        Ok(rows)
    }

    /// Turns [`EMPTY`](Self::EMPTY) into the shape of an array or a view without one of its axes.
    /// `extents` has all axes, at least two.
    #[inline]
    pub(crate) fn set_without(&mut self, extents: &[usize], axis: usize) {
        // The loop is unrolled, so each index is known at compile time. Other indices would keep
        // `extents` in memory instead of registers, and the shape would be copied once more.
        for to in 0..MAX_RANK {
            if let Some(&extent) = extents.get(to + usize::from(to >= axis)) {
                self.extents[to] = extent;
                // Cannot overflow: the product of all extents that are not zero does not.
                self.row_len *= if to > 0 { extent } else { 1 };
            }
        }
        self.rank = extents.len() - 1;
    }

    /// All extents. The first is the number of rows.
    #[inline]
    pub(crate) fn extents(&self) -> &[usize] {
        &self.extents[..self.rank]
    }

    /// The extents of one row.
    #[inline]
    pub(crate) fn inner(&self) -> &[usize] {
        &self.extents[1..self.rank]
    }

    /// Returns whether the extents of a row are `extents`.
    #[inline]
    pub(crate) fn has_inner(&self, extents: &[usize]) -> bool {
        // Element by element: this comparison is inlined, and unrolled for extents known at compile
        // time. Comparing slices is a call.
        self.rank == extents.len() + 1 && self.extents[1..].iter().zip(extents).all(|(a, b)| a == b)
    }

    #[inline]
    pub(crate) fn rows(&self) -> usize {
        self.extents[0]
    }

    /// Number of elements of a row.
    #[inline]
    pub(crate) fn row_len(&self) -> usize {
        self.row_len
    }

    /// Maximum number of rows of this shape.
    pub(crate) fn max_rows(&self) -> usize {
        // The product without zeros is the span of a row.
        MAX_ELEMENTS / self.inner().iter().filter(|&&extent| extent > 0).product::<usize>()
    }

    #[inline]
    pub(crate) fn set_rows(&mut self, rows: usize) {
        debug_assert!(rows <= self.max_rows(), "invariant 3: {rows} rows, at most {}", self.max_rows());
        self.extents[0] = rows;
    }

    /// Place of the element at `index`, if there is one.
    #[inline]
    pub(crate) fn place(&self, index: &[usize]) -> Option<Place> {
        if index.len() != self.rank {
            return None;
        }
        let mut place = Place { lane: 0..1, position: 0 };
        for axis in 0..index.len() {
            if index[axis] >= self.extents[axis] {
                return None;
            }
            place = place.within(self.extents[axis], index[axis]);
        }
        Some(place)
    }

    /// Place of the element at `index`, or the error in the index.
    pub(crate) fn find(&self, index: &[usize]) -> Result<Place, AccessError> {
        self.place(index).ok_or_else(|| {
            let (expected, found) = (self.rank, index.len());
            let mut axes = index.iter().zip(self.extents()).enumerate();
            match axes.find(|(_, (index, extent))| index >= extent) {
                Some((axis, (&index, &len))) if found == expected => AccessError::Index { axis, index, len },
                _ => AccessError::Rank { expected, found },
            }
        })
    }

    /// Place of the element at `index`.
    ///
    /// Each check has a panic of its own. With one panic for all, the compiler merges the checks
    /// into one condition, and cannot move the constant ones out of a loop. The loops count axes
    /// for the same reason: loops over zipped iterators are unrolled too late.
    #[inline]
    #[track_caller]
    pub(crate) fn place_or_panic(&self, index: &[usize]) -> Place {
        if index.len() != self.rank {
            panic_rank(self.rank, index.len());
        }
        let mut place = Place { lane: 0..1, position: 0 };
        for axis in 0..index.len() {
            if index[axis] >= self.extents[axis] {
                panic_index(axis, index[axis], self.extents[axis]);
            }
            place = place.within(self.extents[axis], index[axis]);
        }
        place
    }
}

// Cold functions take numbers by value. A reference to the extents lets their address escape: the
// compiler must then assume that a store to an element changes them, and loads and checks them
// again for each element.
#[cold]
#[inline(never)]
#[track_caller]
fn panic_rank(expected: usize, found: usize) -> ! {
    panic!("{}", AccessError::Rank { expected, found })
}

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn panic_index(axis: usize, index: usize, len: usize) -> ! {
    panic!("{}", AccessError::Index { axis, index, len })
}

/// Returns whether two shapes are equal.
// Element by element: comparing slices is a call.
#[inline]
pub(crate) fn shapes_equal(left: &[usize], right: &[usize]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a == b)
}

/// Product of the extents without zeros: no row-major stride or offset exceeds it.
///
/// Zeros are left out because `[usize::MAX, 2, 0]` has no elements but still has empty lanes, whose
/// number must fit too.
pub(crate) fn span(extents: &[usize]) -> Result<usize, ShapeError> {
    extents
        .iter()
        .filter(|&&extent| extent != 0)
        .try_fold(1_usize, |product, &extent| product.checked_mul(extent))
        .filter(|&span| span <= MAX_ELEMENTS)
        .ok_or_else(|| ShapeError::overflow(extents))
}

/// Row-major strides, in elements. There are at most `N` extents, and their [`span`] is valid.
#[inline]
pub(crate) fn row_major_strides<const N: usize>(extents: &[usize]) -> [isize; N] {
    let mut strides = [0; N];
    let mut stride = 1;
    for (place, &extent) in strides.iter_mut().zip(extents).rev() {
        *place = signed(stride);
        // An axis of extent 0 counts as 1: its stride is never used.
        stride *= extent.max(1);
    }
    strides
}

/// Converts a range of indices to `start..end`, and checks it against the extent of the axis.
pub(crate) fn range_within(
    range: &impl RangeBounds<usize>,
    axis: usize,
    extent: usize,
) -> Result<Range<usize>, AccessError> {
    let start = match range.start_bound() {
        Bound::Included(&start) => Some(start),
        Bound::Excluded(&before) => before.checked_add(1),
        Bound::Unbounded => Some(0),
    };
    let end = match range.end_bound() {
        Bound::Included(&last) => last.checked_add(1),
        Bound::Excluded(&end) => Some(end),
        Bound::Unbounded => Some(extent),
    };
    match (start, end) {
        (Some(start), Some(end)) if start <= end && end <= extent => Ok(start..end),
        // A bound that overflowed is reported as usize::MAX.
        _ => {
            let (start, end) = (start.unwrap_or(usize::MAX), end.unwrap_or(usize::MAX));
            Err(AccessError::Range { axis, start, end, len: extent })
        }
    }
}

/// Converts a count to a signed number. Exact for counts of elements, which are at most
/// `isize::MAX`.
#[inline]
pub(crate) const fn signed(count: usize) -> isize {
    0_isize.wrapping_add_unsigned(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn empty(inner: &[usize]) -> Result<Shape, ShapeError> {
        let mut shape = Shape::EMPTY;
        shape.set_inner(inner).map(|()| shape)
    }

    #[test]
    fn row_len_and_limit_of_shapes_with_and_without_zeros() {
        for (inner, row_len, span) in [
            (vec![], 1, 1),
            (vec![3], 3, 3),
            (vec![2, 3, 4], 24, 24),
            (vec![0], 0, 1),
            (vec![2, 0, 4], 0, 8),
            (vec![MAX_ELEMENTS], MAX_ELEMENTS, MAX_ELEMENTS),
        ] {
            let shape = empty(&inner).unwrap();
            assert_eq!(shape.inner(), inner);
            assert_eq!(shape.row_len(), row_len, "{inner:?}");
            assert_eq!(shape.max_rows(), MAX_ELEMENTS / span, "{inner:?}");
        }
    }

    #[test]
    fn extents_that_overflow_are_refused_even_beside_a_zero() {
        // 2^64 + 5 = 3 * 7 * 29 * 36760123 * 823996703 wraps to 5 on 64-bit machines.
        #[cfg(target_pointer_width = "64")]
        assert!(empty(&[3, 7, 29, 36_760_123, 823_996_703]).is_err());
        for inner in [
            vec![usize::MAX],
            vec![MAX_ELEMENTS + 1],
            vec![usize::MAX, 2],
            vec![1 << (usize::BITS / 2), 1 << (usize::BITS / 2)],
            vec![usize::MAX, 2, 0],
        ] {
            let error = empty(&inner).unwrap_err();
            assert_eq!(error, ShapeError::Overflow { shape: inner.into() });
        }
    }

    #[test]
    fn the_rank_is_limited() {
        assert!(empty(&[1; MAX_RANK - 1]).is_ok());
        assert_eq!(
            empty(&[1; MAX_RANK]).unwrap_err(),
            ShapeError::TooManyAxes { limit: MAX_RANK, found: MAX_RANK + 1 }
        );
    }
}
