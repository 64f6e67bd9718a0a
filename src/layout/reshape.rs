//! Reshaping, merging and reordering axes: layouts of the same elements.

use crate::layout::Layout;
use crate::layout::error::{ShapeError, ViewError};
use crate::layout::shape::{INFER, signed};

/// Reshaping, merging and reordering axes.
impl<const N: usize> Layout<N> {
    /// Changes the shape, in which one extent may be [`INFER`]. The row-major order of the elements
    /// does not change.
    pub(crate) fn reshape<const M: usize>(&self, shape: [usize; M]) -> Result<Layout<M>, ViewError> {
        let refuse = || ViewError::Reshape { from: self.shape.into(), to: shape.into() };
        let reshaped = match shape.iter().filter(|&&extent| extent == INFER).count() {
            0 => Layout::row_major(shape)?,
            1 => self.inferred(shape)?.ok_or_else(refuse)?,
            _ => return Err(refuse()),
        };
        let shape = reshaped.shape;
        if reshaped.len() != self.len() {
            return Err(refuse());
        }
        if self.is_empty() {
            return Ok(Layout { offset: self.offset, ..reshaped });
        }
        // Each merged axis is divided into new axes, from the innermost to the outermost. A new
        // axis whose extent does not divide the merged axis would reach across a gap in memory.
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

    /// Lays out a shape after replacing its extent [`INFER`] by the one that keeps the number of
    /// elements. `None` if no extent does, or every extent.
    fn inferred<const M: usize>(&self, shape: [usize; M]) -> Result<Option<Layout<M>>, ShapeError> {
        let with = |extent| shape.map(|given| if given == INFER { extent } else { given });
        let others = Layout::row_major(with(1))?.len();
        if others == 0 || self.len() % others != 0 {
            return Ok(None);
        }
        Layout::row_major(with(self.len() / others)).map(Some)
    }

    /// Merges an axis and the next one. `M` is `N - 1`.
    pub(crate) fn merge_axes<const M: usize>(&self, axis: usize) -> Result<Layout<M>, ViewError> {
        self.check_axis(axis)?;
        self.check_axis(axis + 1)?;
        let (outer, inner) = (self.lane_along(axis), self.lane_along(axis + 1));
        // If the product wraps, no outer axis of two or more elements has that stride: together they
        // would reach too far.
        let adjacent = outer.stride == inner.stride.wrapping_mul(signed(inner.len));
        let mut merged = self.without(axis);
        merged.shape[axis] = outer.len * inner.len;
        if inner.len == 1 {
            merged.strides[axis] = outer.stride;
        } else if !(adjacent || outer.len == 1 || self.is_empty()) {
            let (from, strides) = (self.shape.into(), self.strides.into());
            return Err(ViewError::NeedsCopy { from, strides, to: merged.shape.into() });
        }
        Ok(merged)
    }

    /// Merges adjacent axes that have no gap between them, which makes the innermost as long as
    /// possible. The row-major order does not change. The number of axes stays: the first get
    /// extent 1.
    #[inline]
    pub(crate) fn merged(&self) -> Self {
        let [merged] = Layout::merge([*self]);
        merged
    }

    /// Merges axes like [`merged`](Self::merged), in several layouts of one shape. The results have
    /// one shape again.
    #[inline]
    pub(crate) fn merge<const K: usize>(layouts: [Self; K]) -> [Self; K] {
        let mut merged = layouts;
        merged.iter_mut().for_each(|merged| (merged.shape, merged.strides) = ([1; N], [0; N]));
        let mut inner = N;
        for axis in (0..N).rev() {
            if layouts.iter().all(|layout| layout.shape[axis] == 1) {
                continue;
            }
            // If the product wraps, it equals no stride, as in `merge_axes`.
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

    /// Returns whether no stride is negative, and none is smaller than the stride after it.
    #[inline]
    pub(crate) fn is_ordered(&self) -> bool {
        self.strides.iter().all(|&stride| stride >= 0) && self.strides.is_sorted_by(|a, b| a >= b)
    }

    /// Inverts and sorts the axes until they [are ordered](Self::is_ordered), except those of
    /// stride zero. The result is in memory order unless axes interleave.
    pub(crate) fn memory_order(&self) -> Self {
        let [ordered] = self.memory_order_of([*self]);
        ordered
    }

    /// Inverts and sorts the axes of several layouts alike. They have the shape of this layout,
    /// whose [memory order](Self::memory_order) decides.
    #[inline]
    pub(crate) fn memory_order_of<const K: usize>(&self, layouts: [Self; K]) -> [Self; K] {
        let mut axes = [0; N];
        for axis in 0..N {
            axes[axis] = axis;
        }
        // Wraps for stride 0, so that axis becomes the outermost: repeated elements are read again
        // only after all others.
        let distance = |axis: usize| self.strides[axis].unsigned_abs().wrapping_sub(1);
        // Insertion sort: axes are few, and mostly sorted.
        for end in 1..N {
            let mut at = end;
            while at > 0 && distance(axes[at - 1]) < distance(axes[at]) {
                axes.swap(at - 1, at);
                at -= 1;
            }
        }
        let mut ordered_layouts = layouts;
        for ordered in &mut ordered_layouts {
            let layout = *ordered;
            for (to, &axis) in axes.iter().enumerate() {
                let forwards = if self.strides[axis] < 0 { layout.inverted(axis) } else { layout };
                (ordered.shape[to], ordered.strides[to]) = (forwards.shape[axis], forwards.strides[axis]);
                // Inverting an axis moves the offset to the other end of the axis.
                ordered.offset = ordered.offset.wrapping_add(forwards.offset).wrapping_sub(layout.offset);
            }
        }
        ordered_layouts
    }

    /// Orders the axes: swaps the longest and the innermost if the innermost is shorter than `len`.
    pub(crate) fn longest_axis_last(&self, len: usize) -> [Option<usize>; N] {
        let longest = (0..N).max_by_key(|&axis| self.shape[axis]).unwrap_or(0);
        let mut axes = [None; N];
        for axis in 0..N {
            axes[axis] = Some(axis);
        }
        match N.checked_sub(1) {
            Some(last) if self.shape[last] < len => axes.swap(longest, last),
            _ => {}
        }
        axes
    }
}
