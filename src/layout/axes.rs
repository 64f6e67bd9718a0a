//! Layouts of the same elements or of a part of them.

use crate::layout::error::{AccessError, ViewError};
use crate::layout::shape::signed;
use crate::layout::{Layout, moved, span_of_view};
use core::array;
use core::ops::Range;

/// Layouts of the same elements or of a part of them.
impl<const N: usize> Layout<N> {
    /// The offset of what is `steps` steps further along an axis, if there is anything.
    #[inline]
    pub(crate) fn offset_along(&self, axis: usize, steps: usize) -> usize {
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
        self = self.narrow(axis, range.start, range.len().div_ceil(step));
        // Wraps only if there is at most one element along the axis.
        self.strides[axis] = self.strides[axis].wrapping_mul(signed(step));
        Ok(self)
    }

    /// One index of an axis, which is left with the extent 1.
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
    pub(crate) fn with_extent(mut self, axis: usize, extent: usize) -> Self {
        self.shape[axis] = extent;
        self
    }

    /// `size` indices of an axis from `start` on, which are there.
    pub(crate) fn narrow(mut self, axis: usize, start: usize, size: usize) -> Self {
        if size > 0 {
            self.offset = self.offset_along(axis, start);
        }
        self.with_extent(axis, size)
    }

    /// The indices of an axis before `at`, and those from it on.
    pub(crate) fn split_at(self, axis: usize, at: usize) -> Result<(Self, Self), AccessError> {
        self.check_axis(axis)?;
        let extent = self.shape[axis];
        if at > extent {
            return Err(AccessError::Position { axis, at, len: extent });
        }
        Ok((self.with_extent(axis, at), self.narrow(axis, at, extent - at)))
    }

    /// One axis alone.
    pub(crate) fn axis(&self, axis: usize) -> Layout<1> {
        self.select([Some(axis)])
    }

    /// The same elsewhere in the slice.
    #[inline]
    pub(crate) fn with_offset(self, offset: usize) -> Self {
        Layout { offset, ..self }
    }

    /// The same with all strides zero.
    pub(crate) fn with_zero_strides(self) -> Self {
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
}
