//! Planes: lanes at a constant distance.

use crate::layout::{Lane, Layout, moved};

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

/// Calls `f` for each plane of several layouts of one shape, in row-major order. The lanes of a
/// plane are along `axis`. `f` also gets the part of `out` that has one element for each lane. The
/// layouts are not empty, and have at least two axes.
#[inline]
pub(crate) fn for_each_plane<A, E, const N: usize, const K: usize>(
    layouts: [&Layout<N>; K],
    axis: usize,
    out: &mut [A],
    mut f: impl FnMut([Plane; K], &mut [A]) -> Result<(), E>,
) -> Result<(), E> {
    let shape = layouts[0].shape();
    // The innermost other axis with more than one index, if there is one.
    let mut others = (0..N).rev().filter(|&other| other != axis);
    let has_lanes = |&other: &usize| shape[other] > 1;
    let across = others.clone().find(has_lanes).or_else(|| others.next()).unwrap_or(axis);
    let planes = |starts: [usize; K]| {
        let plane = |start: usize, layout: &Layout<N>| Plane {
            start,
            across: layout.lane_along(across),
            along: layout.lane_along(axis),
        };
        let mut planes = [plane(0, layouts[0]); K];
        for k in 0..K {
            planes[k] = plane(starts[k], layouts[k]);
        }
        planes
    };
    if N <= 2 || out.len() == shape[across] {
        return f(planes(layouts.map(Layout::offset)), out);
    }
    let starts = layouts.map(|layout| layout.with_extent(axis, 1).with_extent(across, 1));
    let mut parts = out.chunks_exact_mut(shape[across]);
    offsets(starts).zip(&mut parts).try_for_each(|(starts, out)| f(planes(starts), out))
}

/// Iterates over the planes of layouts of one shape, in row-major order. A plane is the two
/// innermost axes. Planes are not empty.
#[inline]
pub(crate) fn planes<const N: usize, const K: usize>(layouts: [Layout<N>; K]) -> Planes<N, K> {
    let (starts, along) = Layout::lanes_of(layouts);
    let (starts, across) = Layout::lanes_of(starts);
    let mut planes = [Plane { start: 0, across: across[0], along: along[0] }; K];
    for k in 0..K {
        (planes[k].across, planes[k].along) = (across[k], along[k]);
    }
    Planes { starts: offsets(starts), planes }
}

/// Iterates over the starts of the lanes of layouts of one shape. The lanes are not empty.
#[inline]
pub(crate) fn lane_starts<const N: usize, const K: usize>(layouts: [Layout<N>; K]) -> LaneStarts<N, K> {
    let planes = planes(layouts);
    LaneStarts { next: [0; K], left: 0, planes }
}

/// Iterates over the offsets at each index of layouts of one shape.
#[inline]
pub(crate) fn offsets<const N: usize, const K: usize>(layouts: [Layout<N>; K]) -> Offsets<N, K> {
    let mut next = [0; K];
    for k in 0..K {
        next[k] = layouts[k].offset();
    }
    Offsets { layouts, index: [0; N], next, left: layouts[0].len() }
}

/// An iterator over planes.
pub(crate) struct Planes<const N: usize, const K: usize> {
    starts: Offsets<N, K>,
    planes: [Plane; K],
}

impl<const N: usize, const K: usize> Iterator for Planes<N, K> {
    type Item = [Plane; K];

    #[inline]
    fn next(&mut self) -> Option<[Plane; K]> {
        let starts = self.starts.next()?;
        for k in 0..K {
            self.planes[k].start = starts[k];
        }
        Some(self.planes)
    }
}

/// An iterator over the starts of lanes.
pub(crate) struct LaneStarts<const N: usize, const K: usize> {
    planes: Planes<N, K>,
    /// Starts of the next lane, and the number of lanes left in the plane.
    next: [usize; K],
    left: usize,
}

impl<const N: usize, const K: usize> Iterator for LaneStarts<N, K> {
    type Item = [usize; K];

    #[inline]
    fn next(&mut self) -> Option<[usize; K]> {
        if self.left == 0 {
            let planes = self.planes.next()?;
            self.left = planes[0].across.len;
            for k in 0..K {
                self.next[k] = planes[k].start;
            }
        }
        self.left -= 1;
        let starts = self.next;
        for k in 0..K {
            self.next[k] = moved(starts[k], self.planes.planes[k].across.stride, 1);
        }
        Some(starts)
    }

    // Plane by plane: a call of `next` takes as long as a lane of few elements.
    #[inline]
    fn fold<A, F: FnMut(A, [usize; K]) -> A>(self, mut accumulator: A, mut f: F) -> A {
        let LaneStarts { mut planes, mut next, mut left } = self;
        loop {
            for _ in 0..left {
                let starts = next;
                for k in 0..K {
                    next[k] = moved(starts[k], planes.planes[k].across.stride, 1);
                }
                accumulator = f(accumulator, starts);
            }
            let Some(planes) = planes.next() else { return accumulator };
            left = planes[0].across.len;
            next = planes.map(|plane| plane.start);
        }
    }
}

/// An iterator over offsets.
pub(crate) struct Offsets<const N: usize, const K: usize> {
    layouts: [Layout<N>; K],
    /// The next index, its offsets, and the number of indices left.
    index: [usize; N],
    next: [usize; K],
    left: usize,
}

impl<const N: usize, const K: usize> Iterator for Offsets<N, K> {
    type Item = [usize; K];

    #[inline]
    fn next(&mut self) -> Option<[usize; K]> {
        self.left = self.left.checked_sub(1)?;
        let offsets = self.next;
        for axis in (0..N).rev() {
            let extent = self.layouts[0].shape()[axis];
            self.index[axis] += 1;
            let more = self.index[axis] < extent;
            for k in 0..K {
                let stride = self.layouts[k].strides()[axis];
                self.next[k] = if more {
                    moved(self.next[k], stride, 1)
                } else {
                    moved(self.next[k], stride.wrapping_neg(), extent - 1)
                };
            }
            if more {
                break;
            }
            self.index[axis] = 0;
        }
        Some(offsets)
    }
}
