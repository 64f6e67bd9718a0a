//! Indices in row-major order, and the places of their elements.

use core::ops::Range;

/// The place of an element in row-major order: its innermost lane, and its position in the lane.
///
/// In a loop along a lane the lane is constant, and one check is left for each element: the check
/// of the position is that of the index. An offset among all elements would need a second check,
/// against their number.
#[derive(Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) lane: Range<usize>,
    pub(crate) position: usize,
}

impl Place {
    /// Place of an index of the next axis inwards, which has this extent.
    #[inline]
    pub(crate) fn within(self, extent: usize, index: usize) -> Place {
        // Cannot overflow: the product of all extents is at most isize::MAX (invariant 3 of the
        // shape).
        let start = (self.lane.start + self.position) * extent;
        Place { lane: start..start + extent, position: index }
    }
}

/// An iterator over all indices below `extents`, in row-major order. Their number fits into a
/// `usize`.
#[derive(Clone, Debug)]
pub(crate) struct Indices<const N: usize> {
    extents: [usize; N],
    /// The first remaining index.
    front: [usize; N],
    /// Numbers of the remaining indices.
    left: Range<usize>,
}

impl<const N: usize> Indices<N> {
    pub(crate) fn new(extents: [usize; N]) -> Self {
        Indices { extents, front: [0; N], left: 0..extents.iter().product() }
    }

    /// Finds the index with this number.
    fn numbered(&self, number: usize) -> [usize; N] {
        let mut index = [0; N];
        let mut rest = number;
        for (place, &extent) in index.iter_mut().zip(&self.extents).rev() {
            *place = rest % extent.max(1);
            rest /= extent.max(1);
        }
        index
    }
}

impl<const N: usize> Iterator for Indices<N> {
    type Item = [usize; N];

    #[inline]
    fn next(&mut self) -> Option<[usize; N]> {
        self.left.next()?;
        let index = self.front;
        for (place, &extent) in self.front.iter_mut().zip(&self.extents).rev() {
            *place += 1;
            if *place < extent {
                break;
            }
            *place = 0;
        }
        Some(index)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<[usize; N]> {
        let number = self.left.nth(n)?;
        self.front = self.numbered(number + 1);
        Some(self.numbered(number))
    }
}

impl<const N: usize> DoubleEndedIterator for Indices<N> {
    fn next_back(&mut self) -> Option<[usize; N]> {
        self.left.next_back().map(|number| self.numbered(number))
    }

    fn nth_back(&mut self, n: usize) -> Option<[usize; N]> {
        self.left.nth_back(n).map(|number| self.numbered(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::shape::Shape;

    #[test]
    fn places_count_up_in_row_major_order() {
        let mut shape = Shape::empty(&[2, 3]).unwrap();
        shape.set_rows(4);
        let mut indices = Indices::new([4, 2, 3]);
        let mut start = 0;
        for i in 0..4 {
            for j in 0..2 {
                for k in 0..3 {
                    let place = Place { lane: start..start + 3, position: k };
                    assert_eq!(shape.place([i, j, k]).as_ref(), Some(&place));
                    assert_eq!(shape.place_or_panic([i, j, k]), place);
                    assert_eq!(indices.next(), Some([i, j, k]));
                }
                start += 3;
            }
        }
        assert_eq!(indices.next(), None);
        for index in [[4, 0, 0], [0, 2, 0], [0, 0, 3], [usize::MAX, 0, 0], [0, usize::MAX, 0]] {
            assert_eq!(shape.place(index), None);
        }
        assert_eq!(Indices::new([4, 0, 3]).next(), None);
        assert!(Indices::new([]).eq([[]]));
        assert_eq!(shape.place([0, 0]), None);
        assert_eq!(shape.place([0, 0, 0, 0]), None);
    }
}
