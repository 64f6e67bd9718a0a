//! Planes: lanes at a constant distance.

use crate::layout::{Lane, Layout, each, moved};

/// Two axes of a layout: lanes, and the axis across them.
#[derive(Clone, Copy)]
pub(crate) struct Plane {
    pub(crate) start: usize,
    pub(crate) across: Lane,
    pub(crate) along: Lane,
}

impl Plane {
    /// Offset of the element `along` of lane `across`.
    #[inline]
    pub(crate) fn at(&self, across: usize, along: usize) -> usize {
        moved(moved(self.start, self.across.stride, across), self.along.stride, along)
    }
}

/// Calls `visit` with the planes of layouts of one shape, the two innermost axes, in row-major
/// order of the others. They are not empty.
#[inline]
pub(crate) fn for_each_plane<const N: usize, const K: usize>(
    layouts: [Layout<N>; K],
    mut visit: impl FnMut([Plane; K]),
) {
    let (starts, along) = Layout::lanes_of(layouts);
    let (starts, across) = Layout::lanes_of(starts);
    let mut planes = [Plane { start: 0, across: across[0], along: along[0] }; K];
    for k in 0..K {
        (planes[k].across, planes[k].along) = (across[k], along[k]);
    }
    for_each_offset(starts, |starts| {
        for k in 0..K {
            planes[k].start = starts[k];
        }
        visit(planes);
    });
}

/// Calls `visit` with the start of each lane of layouts of one shape. The lanes are not empty.
#[inline]
pub(crate) fn for_each_lane<const N: usize, const K: usize>(
    layouts: [Layout<N>; K],
    mut visit: impl FnMut([usize; K]),
) {
    for_each_plane(layouts, |planes| {
        for across in 0..planes[0].across.len {
            visit(each(planes, |plane| plane.at(across, 0)));
        }
    });
}

/// Calls `visit` with the offset at each index of layouts of one shape.
#[inline]
pub(crate) fn for_each_offset<const N: usize, const K: usize>(
    layouts: [Layout<N>; K],
    mut visit: impl FnMut([usize; K]),
) {
    if layouts[0].is_empty() {
        return;
    }
    let shape = layouts[0].shape();
    let mut offsets = each(layouts, |layout| layout.offset());
    let mut index = [0; N];
    loop {
        visit(offsets);
        let mut axis = N;
        loop {
            if axis == 0 {
                return;
            }
            axis -= 1;
            index[axis] += 1;
            let more = index[axis] < shape[axis];
            for (offset, layout) in offsets.iter_mut().zip(&layouts) {
                let stride = layout.strides()[axis];
                *offset = if more {
                    moved(*offset, stride, 1)
                } else {
                    moved(*offset, stride.wrapping_neg(), shape[axis] - 1)
                };
            }
            if more {
                break;
            }
            index[axis] = 0;
        }
    }
}
