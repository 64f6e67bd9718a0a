//! Layouts derived from a layout: axes permuted, inverted, indexed, sliced, split, inserted,
//! removed, broadcast.

use crate::layout::error::{AccessError, ViewError};
use crate::layout::shape::signed;
use crate::layout::{Layout, moved, span_of_view};
use core::array;
use core::ops::Range;

/// Layouts of some or all of the elements, with different axes.
impl<const N: usize> Layout<N> {
    /// Offset after `steps` steps along an axis, or the unchanged offset if there are no elements.
    #[inline]
    pub(crate) fn offset_along(&self, axis: usize, steps: usize) -> usize {
        if self.is_empty() { self.offset } else { moved(self.offset, self.strides[axis], steps) }
    }

    /// Permutes the axes: axis `axes[k]` becomes axis `k`.
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

    /// Reverses the order of the axes.
    pub(crate) fn transpose(mut self) -> Self {
        self.shape.reverse();
        self.strides.reverse();
        self
    }

    /// Reverses the order of the indices of an axis.
    pub(crate) fn invert(self, axis: usize) -> Result<Self, AccessError> {
        self.check_axis(axis)?;
        Ok(self.inverted(axis))
    }

    /// Inverts an axis that exists.
    pub(crate) fn inverted(mut self, axis: usize) -> Self {
        self.offset = self.offset_along(axis, self.shape[axis].saturating_sub(1));
        // Wraps for isize::MIN only, a stride along at most one element.
        self.strides[axis] = self.strides[axis].wrapping_neg();
        self
    }

    /// Keeps every `step`-th index of a range of an axis. The range is within the axis.
    pub(crate) fn stepped(
        mut self,
        axis: usize,
        range: Range<usize>,
        step: usize,
    ) -> Result<Self, AccessError> {
        if step == 0 {
            return Err(AccessError::ZeroStep { axis });
        }
        self = self.narrow(axis, range.start, range.len().div_ceil(step));
        // Wraps only if there is at most one element along the axis.
        self.strides[axis] = self.strides[axis].wrapping_mul(signed(step));
        Ok(self)
    }

    /// Keeps one index of an axis, whose extent becomes 1.
    pub(crate) fn index_axis(mut self, axis: usize, index: usize) -> Result<Self, AccessError> {
        self.check_axis(axis)?;
        let extent = self.shape[axis];
        if index >= extent {
            return Err(AccessError::Index { axis, index, len: extent });
        }
        self.offset = self.offset_along(axis, index);
        self.shape[axis] = 1;
        Ok(self)
    }

    /// Selects axes, in any order. `None` is a new axis of extent 1. Index 0 is kept of each
    /// omitted axis.
    #[inline]
    pub(crate) fn select<const M: usize>(&self, axes: [Option<usize>; M]) -> Layout<M> {
        // A loop rather than `map` of an array, which is not always inlined.
        let mut selected = Layout { shape: [1; M], strides: [0; M], offset: self.offset };
        for (new, axis) in axes.iter().enumerate() {
            if let &Some(axis) = axis {
                selected.shape[new] = self.shape[axis];
                selected.strides[new] = self.strides[axis];
            }
        }
        selected
    }

    /// Inserts axes of extent 1 before the others. `M` is at least `N`.
    #[inline]
    pub(crate) fn padded<const M: usize>(&self) -> Layout<M> {
        debug_assert!(M >= N);
        let mut axes = [None; M];
        for axis in 0..N {
            axes[axis + M - N] = Some(axis);
        }
        self.select(axes)
    }

    /// Keeps the `M` innermost axes of layouts of one shape, if all other axes have extent 1. `M`
    /// is at most `N`.
    #[inline]
    pub(crate) fn innermost<const M: usize, const K: usize>(layouts: [Self; K]) -> Option<[Layout<M>; K]> {
        if layouts.iter().any(|layout| layout.shape[..N - M].iter().any(|&extent| extent != 1)) {
            return None;
        }
        // Loops rather than `select`, with which few elements take 1.5 times as long.
        let mut kept = [Layout { shape: [1; M], strides: [0; M], offset: 0 }; K];
        for k in 0..K {
            kept[k].offset = layouts[k].offset;
            for axis in 0..M {
                kept[k].shape[axis] = layouts[k].shape[N - M + axis];
                kept[k].strides[axis] = layouts[k].strides[N - M + axis];
            }
        }
        Some(kept)
    }

    /// Removes an axis and keeps its index 0. `M` is `N - 1`.
    #[inline]
    pub(crate) fn without<const M: usize>(&self, axis: usize) -> Layout<M> {
        debug_assert!(M + 1 == N && axis < N);
        let mut axes = [None; M];
        for k in 0..M {
            axes[k] = Some(if k < axis { k } else { k + 1 });
        }
        self.select(axes)
    }

    /// Repeats the only index of an axis up to the given extent.
    pub(crate) fn repeated(mut self, axis: usize, extent: usize) -> Self {
        self.strides[axis] = 0;
        self.with_extent(axis, extent)
    }

    /// Inserts an axis of extent 1 before axis `axis`, or after the last one. `M` is `N + 1`.
    pub(crate) fn insert<const M: usize>(&self, axis: usize) -> Result<Layout<M>, AccessError> {
        debug_assert!(M == N + 1);
        if axis > N {
            return Err(AccessError::Axis { axis, rank: N });
        }
        Ok(self.select(array::from_fn(
            |k| if k == axis { None } else { Some(if k < axis { k } else { k - 1 }) },
        )))
    }

    /// Replaces the extent of an axis. With a larger extent, some offsets must not be read.
    pub(crate) fn with_extent(mut self, axis: usize, extent: usize) -> Self {
        self.shape[axis] = extent;
        self
    }

    /// Keeps `size` indices of an axis, starting at `start`. The indices exist.
    pub(crate) fn narrow(mut self, axis: usize, start: usize, size: usize) -> Self {
        if size > 0 {
            self.offset = self.offset_along(axis, start);
        }
        self.with_extent(axis, size)
    }

    /// Splits an axis into the indices before `at` and those from `at` on.
    pub(crate) fn split_at(self, axis: usize, at: usize) -> Result<(Self, Self), AccessError> {
        self.check_axis(axis)?;
        let extent = self.shape[axis];
        if at > extent {
            return Err(AccessError::Position { axis, at, len: extent });
        }
        Ok((self.with_extent(axis, at), self.narrow(axis, at, extent - at)))
    }

    /// Keeps one axis, at index 0 of the others.
    pub(crate) fn axis(&self, axis: usize) -> Layout<1> {
        self.select([Some(axis)])
    }

    /// Replaces the offset.
    #[inline]
    pub(crate) fn with_offset(self, offset: usize) -> Self {
        Layout { offset, ..self }
    }

    /// Sets all strides to zero.
    pub(crate) fn with_zero_strides(self) -> Self {
        Layout { strides: [0; N], ..self }
    }

    /// Keeps the elements whose indices are equal on all axes.
    pub(crate) fn diagonal(&self) -> Layout<1> {
        Layout {
            shape: [self.shape.iter().copied().min().unwrap_or(1)],
            // Wraps only if there is at most one element.
            strides: [self.strides.iter().fold(0, |sum, &stride| sum.wrapping_add(stride))],
            offset: self.offset,
        }
    }

    /// Repeats axes of extent 1 and inserts axes before the others, as `NumPy` does.
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
}
