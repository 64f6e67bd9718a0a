//! Where the elements of a view stand in a slice: shape, strides and offset. Arithmetic only; knows nothing
//! of elements.

pub(crate) mod error;
pub(crate) mod rank;
pub(crate) mod shape;
pub(crate) mod slice;

use crate::layout::error::{AccessError, ShapeError, ViewError};
use crate::layout::shape::{MAX_RANK, panic_index, row_major_strides, signed, span};
use core::array;
use core::cmp::Reverse;
use core::ops::Range;

/// The index `[i, j, …]` is at `offset + i * strides[0] + j * strides[1] + …`.
///
/// Invariants:
/// 1. The product of the extents that are not zero is at most `isize::MAX`.
/// 2. If no extent is zero, every index below the extents is within the slice that the layout was made for,
///    and the slice has at most `isize::MAX` elements that a layout can reach. So no sum of these products
///    overflows, whichever of its parts comes first.
/// 3. If an extent is zero, there are no elements and nothing follows the strides. The offset then stays where
///    it was, within the slice or at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(unnameable_types, reason = "the trait that seals `Source` returns it")]
pub struct Layout<const N: usize> {
    shape: [usize; N],
    /// In elements.
    strides: [isize; N],
    offset: usize,
}

/// Making layouts.
impl<const N: usize> Layout<N> {
    /// A slice from its first element on, in row-major order.
    pub(crate) fn row_major(shape: [usize; N]) -> Result<Self, ShapeError> {
        span_of_view(&shape)?;
        Ok(Self::row_major_within(shape))
    }

    /// The same for extents that are known to fulfil invariant 1.
    pub(crate) fn row_major_within(shape: [usize; N]) -> Self {
        Layout { shape, strides: row_major_strides(&shape), offset: 0 }
    }

    /// A slice from its first element on, in row-major order, with axes of extent 1 before the others if
    /// there are fewer than `N` extents. The extents fulfil invariant 1.
    #[inline]
    pub(crate) fn row_major_padded(extents: &[usize]) -> Self {
        let mut shape = [1; N];
        shape.iter_mut().rev().zip(extents.iter().rev()).for_each(|(to, &extent)| *to = extent);
        Self::row_major_within(shape)
    }

    /// Any strides, in a slice of `len` elements.
    pub(crate) fn strided(
        shape: [usize; N],
        strides: [isize; N],
        offset: usize,
        len: usize,
    ) -> Result<Self, ViewError> {
        span_of_view(&shape)?;
        let layout = Layout { shape, strides, offset };
        let inside = if layout.is_empty() { offset <= len } else { layout.reaches_within(len) };
        if inside {
            Ok(layout)
        } else {
            let (shape, strides) = (shape.into(), strides.into());
            Err(ViewError::OutOfBounds { shape, strides, offset, len })
        }
    }

    /// Whether the lowest and the highest offset are those of a slice of `len` elements.
    fn reaches_within(&self, len: usize) -> bool {
        let mut low = Some(self.offset);
        let mut high = Some(self.offset);
        for (&extent, &stride) in self.shape.iter().zip(&self.strides) {
            let reach = stride.unsigned_abs().checked_mul(extent - 1);
            let end = if stride < 0 { &mut low } else { &mut high };
            *end = match (*end, reach) {
                (Some(end), Some(reach)) if stride < 0 => end.checked_sub(reach),
                (Some(end), Some(reach)) => end.checked_add(reach),
                _ => None,
            };
        }
        // Beyond isize::MAX there are only elements without size.
        low.is_some() && high.is_some_and(|high| high < len && isize::try_from(high).is_ok())
    }
}

/// A lane by itself.
impl Layout<1> {
    pub(crate) fn of_lane(start: usize, lane: Lane) -> Self {
        Layout { shape: [lane.len], strides: [lane.stride], offset: start }
    }
}

/// Looking at a layout.
impl<const N: usize> Layout<N> {
    #[inline]
    pub(crate) fn shape(&self) -> &[usize; N] {
        &self.shape
    }

    #[inline]
    pub(crate) fn strides(&self) -> &[isize; N] {
        &self.strides
    }

    /// Where the element at index 0 is, if there is one.
    #[inline]
    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    /// How many elements there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.shape.iter().product()
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.shape.contains(&0)
    }

    /// Where the element at `index` is, if there is one.
    #[inline]
    pub(crate) fn offset_of(&self, index: [usize; N]) -> Option<usize> {
        let mut offset = self.offset;
        for axis in 0..N {
            if index[axis] >= self.shape[axis] {
                return None;
            }
            offset = moved(offset, self.strides[axis], index[axis]);
        }
        Some(offset)
    }

    /// Where the element at `index` is. Written as `Shape::place_or_panic` is, and for the same reasons.
    #[inline]
    #[track_caller]
    pub(crate) fn offset_or_panic(&self, index: [usize; N]) -> usize {
        let mut offset = self.offset;
        for axis in 0..N {
            if index[axis] >= self.shape[axis] {
                panic_index(axis, index[axis], self.shape[axis]);
            }
            offset = moved(offset, self.strides[axis], index[axis]);
        }
        offset
    }

    /// Whether the elements are one range of the slice, in row-major order.
    pub(crate) fn is_contiguous(&self) -> bool {
        let (_, lane) = self.merged().lanes();
        lane.stride == 1 && lane.len == self.len() || self.len() <= 1
    }

    /// Whether each stride reaches beyond all elements that the smaller strides lead to: then no two indices are
    /// at one place, and the axes are nested, not interleaved.
    pub(crate) fn is_nested(&self) -> bool {
        let ordered = self.memory_order();
        self.is_empty() || (0..N).all(|axis| ordered.reaches_beyond(axis, axis + 1..N))
    }

    /// Whether all elements before any index of this axis stand on one side of all elements from it on.
    pub(crate) fn is_outermost(&self, axis: usize) -> bool {
        self.is_empty() || self.reaches_beyond(axis, 0..N)
    }

    /// Whether one step along `axis` is longer than all steps along the others together. There are elements.
    fn reaches_beyond(&self, axis: usize, others: Range<usize>) -> bool {
        let others = others.filter(|&other| other != axis);
        let reach = |other: usize| self.strides[other].unsigned_abs() * (self.shape[other] - 1);
        self.shape[axis] == 1 || self.strides[axis].unsigned_abs() > others.map(reach).sum()
    }

    pub(crate) fn check_axis(&self, axis: usize) -> Result<(), AccessError> {
        if axis < N { Ok(()) } else { Err(AccessError::Axis { axis, rank: N }) }
    }
}

/// Layouts of the same elements or of a part of them.
impl<const N: usize> Layout<N> {
    /// The offset of what is `steps` steps further along an axis, if there is anything.
    fn offset_along(&self, axis: usize, steps: usize) -> usize {
        if self.is_empty() { self.offset } else { moved(self.offset, self.strides[axis], steps) }
    }

    /// Axis `axes[k]` becomes axis `k`.
    pub(crate) fn permute(&self, axes: [usize; N]) -> Result<Self, AccessError> {
        let mut seen = [false; N];
        for &axis in &axes {
            match seen.get_mut(axis) {
                Some(seen) if !*seen => *seen = true,
                _ => return Err(AccessError::Permutation { axes: axes.into() }),
            }
        }
        Ok(self.select(axes.map(Some)))
    }

    /// All axes in reverse order.
    pub(crate) fn transpose(mut self) -> Self {
        self.shape.reverse();
        self.strides.reverse();
        self
    }

    /// The same axis from its end to its beginning.
    pub(crate) fn invert(self, axis: usize) -> Result<Self, AccessError> {
        self.check_axis(axis)?;
        Ok(self.inverted(axis))
    }

    /// [`invert`](Self::invert), for an axis that is there.
    pub(crate) fn inverted(mut self, axis: usize) -> Self {
        self.offset = self.offset_along(axis, self.shape[axis].saturating_sub(1));
        // Wraps for isize::MIN only, which nothing follows: there is at most one element along the axis.
        self.strides[axis] = self.strides[axis].wrapping_neg();
        self
    }

    /// Every `step`-th index of a range of an axis, which has these indices.
    pub(crate) fn stepped(
        mut self,
        axis: usize,
        range: Range<usize>,
        step: usize,
    ) -> Result<Self, AccessError> {
        if step == 0 {
            return Err(AccessError::ZeroStep { axis });
        }
        self = self.part(axis, range.start, range.len().div_ceil(step));
        // Wraps only if there is at most one element along the axis.
        self.strides[axis] = self.strides[axis].wrapping_mul(signed(step));
        Ok(self)
    }

    /// One index of an axis, which is left with the extent 1.
    pub(crate) fn at(mut self, axis: usize, index: usize) -> Result<Self, AccessError> {
        self.check_axis(axis)?;
        let extent = self.shape[axis];
        if index >= extent {
            return Err(AccessError::Index { axis, index, len: extent });
        }
        self.offset = self.offset_along(axis, index);
        self.shape[axis] = 1;
        Ok(self)
    }

    /// Some of the axes, in any order, and new ones of extent 1. Those that are left out count at index 0.
    #[inline]
    pub(crate) fn select<const M: usize>(&self, axes: [Option<usize>; M]) -> Layout<M> {
        // A loop and not `map` of an array, which is not always inlined.
        let mut selected = Layout { shape: [1; M], strides: [0; M], offset: self.offset };
        for (new, axis) in axes.iter().enumerate() {
            if let &Some(axis) = axis {
                selected.shape[new] = self.shape[axis];
                selected.strides[new] = self.strides[axis];
            }
        }
        selected
    }

    /// All axes, and before them new ones of extent 1. `M` is at least `N`.
    #[inline]
    pub(crate) fn padded<const M: usize>(&self) -> Layout<M> {
        debug_assert!(M >= N);
        self.select(array::from_fn(|axis| (axis + N).checked_sub(M)))
    }

    /// All axes but one. `M` is `N - 1`.
    #[inline]
    pub(crate) fn without<const M: usize>(&self, axis: usize) -> Layout<M> {
        debug_assert!(M + 1 == N && axis < N);
        self.select(array::from_fn(|k| Some(if k < axis { k } else { k + 1 })))
    }

    /// A new axis of extent 1 before axis `axis`, or behind all. `M` is `N + 1`.
    pub(crate) fn insert<const M: usize>(&self, axis: usize) -> Result<Layout<M>, AccessError> {
        debug_assert!(M == N + 1);
        if axis > N {
            return Err(AccessError::Axis { axis, rank: N });
        }
        Ok(self.select(array::from_fn(
            |k| if k == axis { None } else { Some(if k < axis { k } else { k - 1 }) },
        )))
    }

    /// Another extent of an axis. What is beyond the old one must never be reached.
    pub(crate) fn resized(mut self, axis: usize, extent: usize) -> Self {
        self.shape[axis] = extent;
        self
    }

    /// `size` indices of an axis from `start` on, which are there.
    pub(crate) fn part(mut self, axis: usize, start: usize, size: usize) -> Self {
        if size > 0 {
            self.offset = self.offset_along(axis, start);
        }
        self.resized(axis, size)
    }

    /// The indices of an axis before `at`, and those from it on.
    pub(crate) fn split_at(self, axis: usize, at: usize) -> Result<(Self, Self), AccessError> {
        self.check_axis(axis)?;
        let extent = self.shape[axis];
        if at > extent {
            return Err(AccessError::Position { axis, at, len: extent });
        }
        Ok((self.resized(axis, at), self.part(axis, at, extent - at)))
    }

    /// One axis alone.
    pub(crate) fn axis(&self, axis: usize) -> Layout<1> {
        self.select([Some(axis)])
    }

    /// The same elsewhere in the slice.
    #[inline]
    pub(crate) fn moved_to(self, offset: usize) -> Self {
        Layout { offset, ..self }
    }

    /// The same with all strides zero.
    pub(crate) fn standing(self) -> Self {
        Layout { strides: [0; N], ..self }
    }

    /// The elements whose indices are the same on all axes.
    pub(crate) fn diagonal(&self) -> Layout<1> {
        Layout {
            shape: [self.shape.iter().copied().min().unwrap_or(1)],
            // Wraps only if there is at most one element.
            strides: [self.strides.iter().fold(0, |sum, &stride| sum.wrapping_add(stride))],
            offset: self.offset,
        }
    }

    /// Axes of extent 1 repeated, and new ones before them, as `NumPy` does.
    pub(crate) fn broadcast<const M: usize>(&self, shape: [usize; M]) -> Result<Layout<M>, ViewError> {
        span_of_view(&shape)?;
        let refuse = || ViewError::Broadcast { from: self.shape.into(), to: shape.into() };
        let added = M.checked_sub(N).ok_or_else(refuse)?;
        let mut strides = [0; M];
        for axis in 0..N {
            match (self.shape[axis], shape[added + axis]) {
                (from, to) if from == to => strides[added + axis] = self.strides[axis],
                (1, _) => {}
                _ => return Err(refuse()),
            }
        }
        Ok(Layout { shape, strides, offset: self.offset })
    }

    /// Another shape of the same elements in the same order.
    pub(crate) fn reshape<const M: usize>(&self, shape: [usize; M]) -> Result<Layout<M>, ViewError> {
        let reshaped = Layout::row_major(shape)?;
        if reshaped.len() != self.len() {
            return Err(ViewError::Reshape { from: self.shape.into(), to: shape.into() });
        }
        if self.is_empty() {
            return Ok(Layout { offset: self.offset, ..reshaped });
        }
        // Each merged axis becomes some of the new axes, from the innermost to the outermost. What a merged
        // axis cannot be divided into reaches across a gap in memory.
        let merged = self.merged();
        let mut strides = [0; M];
        let mut new = M;
        for axis in (0..N).rev() {
            let (mut extent, mut stride) = (merged.shape[axis], merged.strides[axis]);
            while extent > 1 {
                new -= 1;
                if extent % shape[new] != 0 {
                    let (from, strides) = (self.shape.into(), self.strides.into());
                    return Err(ViewError::NeedsCopy { from, strides, to: shape.into() });
                }
                strides[new] = stride;
                stride = stride.wrapping_mul(signed(shape[new]));
                extent /= shape[new];
            }
        }
        Ok(Layout { shape, strides, offset: self.offset })
    }

    /// The same elements in the same order, in as few axes as can be, so that the innermost is as long as can
    /// be. The axes in front are left with the extent 1.
    #[inline]
    pub(crate) fn merged(&self) -> Self {
        let [merged] = Layout::merge([*self]);
        merged
    }

    /// [`merged`](Self::merged), for layouts of one shape at once: they have one shape again.
    #[inline]
    pub(crate) fn merge<const K: usize>(layouts: [Self; K]) -> [Self; K] {
        let mut merged = layouts;
        merged.iter_mut().for_each(|merged| (merged.shape, merged.strides) = ([1; N], [0; N]));
        let mut inner = N;
        for axis in (0..N).rev() {
            if layouts.iter().all(|layout| layout.shape[axis] == 1) {
                continue;
            }
            // Wraps only if there are no elements.
            let continues = |(layout, merged): (&Self, &Self)| {
                layout.strides[axis] == merged.strides[inner].wrapping_mul(signed(merged.shape[inner]))
            };
            if inner < N && layouts.iter().zip(&merged).all(continues) {
                merged
                    .iter_mut()
                    .zip(&layouts)
                    .for_each(|(merged, layout)| merged.shape[inner] *= layout.shape[axis]);
            } else {
                inner -= 1;
                for (merged, layout) in merged.iter_mut().zip(&layouts) {
                    merged.shape[inner] = layout.shape[axis];
                    merged.strides[inner] = layout.strides[axis];
                }
            }
        }
        merged
    }

    /// The same elements in an order in which no stride is negative and those further out are not smaller: as
    /// they stand in memory, if they do not interleave.
    pub(crate) fn memory_order(&self) -> Self {
        let [ordered] = self.memory_order_of([*self]);
        ordered
    }

    /// Layouts of this shape, with their axes turned and sorted as those of this one must be, to be in the order
    /// of memory.
    pub(crate) fn memory_order_of<const K: usize>(&self, layouts: [Self; K]) -> [Self; K] {
        let mut axes = array::from_fn(|axis| axis);
        let distance = |axis: usize| self.strides[axis].unsigned_abs();
        axes.sort_by_key(|&axis| Reverse(distance(axis)));
        layouts.map(|mut layout| {
            for axis in 0..N {
                if self.strides[axis] < 0 {
                    layout = layout.inverted(axis);
                }
            }
            layout.select(axes.map(Some))
        })
    }

    /// The same elements with the longest axis innermost, if the innermost has fewer than `len`.
    pub(crate) fn with_lanes_of(&self, len: usize) -> Self {
        let longest = (0..N).max_by_key(|&axis| self.shape[axis]).unwrap_or(0);
        let mut axes = array::from_fn(Some);
        match N.checked_sub(1) {
            Some(last) if self.shape[last] < len => axes.swap(longest, last),
            _ => {}
        }
        self.select(axes)
    }

    /// The lowest and the highest place of an element, if there are any.
    pub(crate) fn bounds(&self) -> Option<(usize, usize)> {
        if self.is_empty() {
            return None;
        }
        let mut bounds = (self.offset, self.offset);
        for (&extent, &stride) in self.shape.iter().zip(&self.strides) {
            let end = if stride < 0 { &mut bounds.0 } else { &mut bounds.1 };
            *end = moved(*end, stride, extent - 1);
        }
        Some(bounds)
    }
}

/// Walking: the innermost axis is a lane, the others say where lanes start.
impl<const N: usize> Layout<N> {
    /// The starts of all lanes, as a layout of the other axes behind one of extent 1, and what the lanes have in
    /// common. A layout without axes is one lane of one element; lanes of no elements are none.
    #[inline]
    pub(crate) fn lanes(&self) -> (Self, Lane) {
        match N.checked_sub(1) {
            Some(last) => {
                let mut starts = self.select(array::from_fn(|axis| axis.checked_sub(1)));
                starts.shape[0] = self.shape[last].min(1);
                (starts, self.lane_along(last))
            }
            None => (*self, Lane { len: 1, stride: 1 }),
        }
    }

    /// What the lanes along any axis have in common.
    pub(crate) fn lane_along(&self, axis: usize) -> Lane {
        Lane { len: self.shape[axis], stride: self.strides[axis] }
    }

    /// Where all indices are, in row-major order.
    #[inline]
    pub(crate) fn offsets(self) -> Offsets<N> {
        Offsets { left: 0..self.len(), index: [0; N], offset: self.offset, layout: self }
    }

    /// Where the indices with these numbers are, which are there.
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

/// [`span`], for the extents of a view. Those of too many axes do not compile.
fn span_of_view<const N: usize>(shape: &[usize; N]) -> Result<usize, ShapeError> {
    const { assert!(N <= MAX_RANK, "a view has at most 8 axes") };
    span(shape)
}

/// `steps` strides further. Cannot overflow between elements of a slice (invariant 2); a negative stride is
/// added as its two's complement.
#[inline]
pub(crate) fn moved(offset: usize, stride: isize, steps: usize) -> usize {
    offset.wrapping_add_signed(stride.wrapping_mul(signed(steps)))
}

/// Length and stride of a lane, in elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lane {
    pub(crate) len: usize,
    pub(crate) stride: isize,
}

/// Where elements are, one after the other in row-major order of their indices.
#[derive(Clone, Debug)]
pub(crate) struct Offsets<const N: usize> {
    layout: Layout<N>,
    /// The numbers of the indices that are left.
    left: Range<usize>,
    /// The first of these indices, and where it is.
    index: [usize; N],
    offset: usize,
}

impl<const N: usize> Offsets<N> {
    /// The index with this number, and where it is. A division for each axis but those of extent 1, which merged
    /// layouts have many of, and the outermost, which takes what is left.
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

    /// Steps to the next index, after `steps` steps along the innermost axis, which end there or before.
    #[inline]
    fn advance(&mut self, steps: usize) {
        let mut steps = steps;
        for axis in (0..N).rev() {
            let (extent, stride) = (self.layout.shape[axis], self.layout.strides[axis]);
            self.index[axis] += steps;
            self.offset = moved(self.offset, stride, steps);
            if self.index[axis] < extent {
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
