//! Indices in row-major order, and the places of their elements.

use core::mem;
use core::ops::Range;

/// The place of an element in row-major order: its innermost lane, and its position in the lane.
///
/// In a loop along a lane, the lane is constant. Then one check is left for each element, since
/// checking the position also checks the index. An offset among all elements would need a second
/// check, against their number.
#[derive(Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) lane: Range<usize>,
    pub(crate) position: usize,
}

impl Place {
    /// Place of an index of the next inner axis, which has this extent.
    #[inline]
    pub(crate) fn within(self, extent: usize, index: usize) -> Place {
        // Cannot overflow: the product of all extents is at most isize::MAX (invariant 3 of the
        // shape).
        let start = (self.lane.start + self.position) * extent;
        Place { lane: start..start + extent, position: index }
    }

    /// Number of the element in row-major order.
    #[inline]
    pub(crate) fn number(&self) -> usize {
        self.lane.start + self.position
    }
}

/// A cursor over all indices below `extents`, in row-major order. Their number fits into a `usize`.
///
/// Not an iterator: its users already count elements, and a second counter would cost as much as
/// the step.
#[derive(Clone, Debug)]
pub(crate) struct Indices<const N: usize> {
    extents: [usize; N],
    /// The first remaining index.
    front: [usize; N],
}

impl<const N: usize> Indices<N> {
    #[inline]
    pub(crate) fn new(extents: [usize; N]) -> Self {
        Indices { extents, front: [0; N] }
    }

    /// Divides the indices into lanes along the last axis: returns the first index of each lane,
    /// the number of lanes, and their length.
    #[inline]
    pub(crate) fn lanes(extents: [usize; N]) -> (Self, usize, usize) {
        let mut starts = extents;
        let len = starts.last_mut().map_or(1, |last| mem::replace(last, (*last).min(1)));
        (Indices::new(starts), starts.iter().product(), len)
    }

    /// Returns the first remaining index, which must exist, and moves on.
    #[inline]
    pub(crate) fn step(&mut self) -> [usize; N] {
        let index = self.front;
        for axis in (0..N).rev() {
            self.front[axis] += 1;
            // At the end of the outermost axis there is nothing to carry to.
            if axis == 0 || self.front[axis] < self.extents[axis] {
                break;
            }
            self.front[axis] = 0;
        }
        index
    }

    /// Skips `count` indices, which must exist.
    pub(crate) fn skip(&mut self, count: usize) {
        self.front = self.remaining(count);
    }

    /// Finds the index `count` steps after the first remaining one. It must exist, or be the end.
    pub(crate) fn remaining(&self, count: usize) -> [usize; N] {
        let number =
            self.extents.iter().zip(&self.front).fold(0, |number, (extent, at)| number * extent + at);
        self.numbered(number + count)
    }

    /// Finds the index with this number in row-major order, if there is one.
    pub(crate) fn nth(&self, number: usize) -> Option<[usize; N]> {
        (number < self.extents.iter().product()).then(|| self.numbered(number))
    }

    /// Finds the index with this number, which is at most the number of indices.
    fn numbered(&self, number: usize) -> [usize; N] {
        let mut index = [0; N];
        let mut rest = number;
        for axis in (0..N).rev() {
            let extent = if axis == 0 { usize::MAX } else { self.extents[axis].max(1) };
            index[axis] = rest % extent;
            rest /= extent;
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::shape::Shape;

    #[test]
    fn places_count_up_in_row_major_order() {
        let mut shape = Shape::EMPTY;
        shape.set_inner(&[2, 3]).unwrap();
        shape.set_rows(4);
        let mut indices = Indices::new([4, 2, 3]);
        let mut start = 0;
        for i in 0..4 {
            for j in 0..2 {
                for k in 0..3 {
                    let place = Place { lane: start..start + 3, position: k };
                    assert_eq!(shape.place(&[i, j, k]).as_ref(), Some(&place));
                    assert_eq!(shape.place_or_panic(&[i, j, k]), place);
                    assert_eq!(shape.find(&[i, j, k]).map(|place| place.number()), Ok(start + k));
                    assert_eq!(indices.nth(start + k), Some([i, j, k]));
                    assert_eq!(indices.remaining(0), [i, j, k]);
                    assert_eq!(indices.step(), [i, j, k]);
                }
                start += 3;
            }
        }
        assert_eq!(indices.nth(start), None);
        for index in [[4, 0, 0], [0, 2, 0], [0, 0, 3], [usize::MAX, 0, 0], [0, usize::MAX, 0]] {
            assert_eq!(shape.place(&index), None);
        }
        assert_eq!(Indices::new([4, 0, 3]).nth(0), None);
        assert_eq!((Indices::new([]).step(), Indices::new([]).nth(0)), ([], Some([])));
        assert_eq!(shape.place(&[0, 0]), None);
        assert_eq!(shape.place(&[0, 0, 0, 0]), None);
    }
}
