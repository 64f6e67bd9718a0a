//! Iterating over the offsets of elements.

use crate::layout::{Layout, moved};
use core::ops::Range;

/// Offsets of elements.
impl<const N: usize> Layout<N> {
    /// Iterates over the offsets of all elements, in row-major order of their indices.
    #[inline]
    pub(crate) fn offsets(self) -> Offsets<N> {
        Offsets { left: 0..self.len(), index: [0; N], offset: self.offset, layout: self }
    }

    /// Iterates over the offsets of some elements, given by their numbers in row-major order. The
    /// elements exist.
    #[inline]
    pub(crate) fn offsets_of(self, numbers: Range<usize>) -> Offsets<N> {
        let mut offsets = self.offsets();
        if numbers.start > 0 {
            (offsets.index, offsets.offset) = offsets.locate(numbers.start);
        }
        offsets.left = numbers;
        offsets
    }
}

/// An iterator over offsets, in row-major order of the indices.
#[derive(Clone, Debug)]
pub(crate) struct Offsets<const N: usize> {
    layout: Layout<N>,
    /// Numbers of the remaining indices.
    left: Range<usize>,
    /// The first remaining index, and its offset.
    index: [usize; N],
    offset: usize,
}

impl<const N: usize> Offsets<N> {
    /// Finds the index with this number, and its offset.
    ///
    /// Divides once for each axis, except the outermost and axes of extent 1. Merged layouts have
    /// many such axes.
    fn locate(&self, number: usize) -> ([usize; N], usize) {
        let mut index = [0; N];
        let mut offset = self.layout.offset;
        let mut rest = number;
        for axis in (0..N).rev() {
            let extent = self.layout.shape[axis];
            if axis == 0 {
                index[axis] = rest;
            } else if extent > 1 {
                index[axis] = rest % extent;
                rest /= extent;
            }
            offset = moved(offset, self.layout.strides[axis], index[axis]);
        }
        (index, offset)
    }

    /// Moves `steps` steps along the innermost axis, at most to its end. From the end, moves to the
    /// next lane.
    #[inline]
    fn advance(&mut self, mut steps: usize) {
        for axis in (0..N).rev() {
            let (extent, stride) = (self.layout.shape[axis], self.layout.strides[axis]);
            self.index[axis] += steps;
            self.offset = moved(self.offset, stride, steps);
            // At the end of the outermost axis there is nothing to carry to.
            if axis == 0 || self.index[axis] < extent {
                return;
            }
            self.index[axis] = 0;
            self.offset = moved(self.offset, stride.wrapping_neg(), extent);
            steps = 1;
        }
    }
}

impl<const N: usize> Iterator for Offsets<N> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        self.left.next()?;
        let offset = self.offset;
        self.advance(1);
        Some(offset)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<usize> {
        self.left.start = self.left.end.min(self.left.start.saturating_add(n));
        (self.index, self.offset) = self.locate(self.left.start);
        self.next()
    }

    #[inline]
    fn fold<B, F: FnMut(B, usize) -> B>(mut self, init: B, mut f: F) -> B {
        let (extent, stride) = match (self.layout.shape.last(), self.layout.strides.last()) {
            (Some(&extent), Some(&stride)) => (extent, stride),
            _ => (1, 0),
        };
        let mut folded = init;
        while !self.left.is_empty() {
            let steps = (extent - self.index.last().copied().unwrap_or(0)).min(self.left.len());
            let mut offset = self.offset;
            for _ in 0..steps {
                folded = f(folded, offset);
                offset = moved(offset, stride, 1);
            }
            self.left.start += steps;
            self.advance(steps);
        }
        folded
    }
}

impl<const N: usize> DoubleEndedIterator for Offsets<N> {
    #[inline]
    fn next_back(&mut self) -> Option<usize> {
        self.left.next_back().map(|number| self.locate(number).1)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<usize> {
        self.left.nth_back(n).map(|number| self.locate(number).1)
    }
}

impl<const N: usize> ExactSizeIterator for Offsets<N> {}
