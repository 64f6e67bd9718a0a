//! One, two or three operands of a function: reading their elements, and appending results by
//! lanes.

use crate::kernels::plane::{lane_starts, planes};
use crate::layout::{Lane, Layout, moved};
use alloc::vec::Vec;
use core::{array, iter};

/// `K` slices that are read at the same indices of `K` layouts of one shape.
///
/// Functions take `f` by value: behind a reference, its captured values would be loaded again after
/// each store of a result.
pub(crate) trait Operands<const K: usize>: Copy {
    /// References to the elements at one index.
    type Item;

    /// Bytes per element of each slice.
    const SIZES: [usize; K];

    /// The item at these offsets.
    fn at(self, offsets: [usize; K]) -> Self::Item;

    /// `len` elements of each slice, starting at these offsets.
    fn part(self, starts: [usize; K], len: usize) -> Self;

    /// Appends the results of `f` for each item.
    fn append<U, const N: usize>(
        self,
        to: &mut Vec<U>,
        layouts: [Layout<N>; K],
        f: impl FnMut(Self::Item) -> U,
    );

    /// Appends results like [`append`](Self::append), for any strides.
    #[inline]
    fn append_any<U, const N: usize>(
        self,
        to: &mut Vec<U>,
        layouts: [Layout<N>; K],
        mut f: impl FnMut(Self::Item) -> U,
    ) {
        let (_, lanes) = Layout::lanes_of(layouts);
        for mut offsets in lane_starts(layouts) {
            let f = &mut f;
            to.extend((0..lanes[0].len).map(move |_| {
                let item = self.at(offsets);
                for k in 0..K {
                    offsets[k] = moved(offsets[k], lanes[k].stride, 1);
                }
                f(item)
            }));
        }
    }

    /// Appends results like [`append`](Self::append), for lanes of `L` elements.
    #[inline]
    fn append_short<U, const N: usize, const L: usize>(
        self,
        to: &mut Vec<U>,
        layouts: [Layout<N>; K],
        mut f: impl FnMut(Self::Item) -> U,
    ) {
        for planes in planes(layouts) {
            let f = &mut f;
            to.extend((0..planes[0].across.len).flat_map(move |across| {
                array::from_fn::<_, L, _>(|along| {
                    let mut offsets = [0; K];
                    for k in 0..K {
                        offsets[k] = planes[k].at(across, along);
                    }
                    f(self.at(offsets))
                })
            }));
        }
    }
}

impl<'a, T> Operands<1> for &'a [T] {
    type Item = &'a T;
    const SIZES: [usize; 1] = [size_of::<T>()];

    #[inline]
    fn at(self, [offset]: [usize; 1]) -> &'a T {
        &self[offset]
    }

    #[inline]
    fn part(self, [start]: [usize; 1], len: usize) -> Self {
        &self[start..][..len]
    }

    #[inline]
    fn append<U, const N: usize>(
        self,
        to: &mut Vec<U>,
        layouts: [Layout<N>; 1],
        mut f: impl FnMut(&'a T) -> U,
    ) {
        let (_, [Lane { len, stride }]) = Layout::lanes_of(layouts);
        let step = stride.unsigned_abs();
        match stride {
            1 => {
                for [start] in lane_starts(layouts) {
                    to.extend(self[start..][..len].iter().map(&mut f));
                }
            }
            -1 => {
                for [start] in lane_starts(layouts) {
                    to.extend(self[start + 1 - len..=start].iter().rev().map(&mut f));
                }
            }
            2.. => {
                for [start] in lane_starts(layouts) {
                    let reach = (len - 1) * step;
                    let chunks = self[start..][..reach].chunks_exact(step);
                    to.extend(iter::zip(chunks, 1..len).map(|(chunk, _)| f(&chunk[0])));
                    to.push(f(&self[start + reach]));
                }
            }
            _ => self.append_any(to, layouts, f),
        }
    }
}

impl<'a, T, U> Operands<2> for (&'a [T], &'a [U]) {
    type Item = (&'a T, &'a U);
    const SIZES: [usize; 2] = [size_of::<T>(), size_of::<U>()];

    #[inline]
    fn at(self, [left, right]: [usize; 2]) -> (&'a T, &'a U) {
        (&self.0[left], &self.1[right])
    }

    #[inline]
    fn part(self, [left, right]: [usize; 2], len: usize) -> Self {
        (&self.0[left..][..len], &self.1[right..][..len])
    }

    #[inline]
    fn append<R, const N: usize>(
        self,
        to: &mut Vec<R>,
        layouts: [Layout<N>; 2],
        mut f: impl FnMut((&'a T, &'a U)) -> R,
    ) {
        let (_, [Lane { len, stride: left }, Lane { stride: right, .. }]) = Layout::lanes_of(layouts);
        match (left, right) {
            (1, 1) => lane_starts(layouts).for_each(|starts| {
                let (left, right) = self.part(starts, len);
                to.extend(iter::zip(left, right).map(&mut f));
            }),
            // An operand that broadcasts along the lanes.
            (1, 0) => lane_starts(layouts).for_each(|[left, right]| {
                append_with(to, &self.0[left..][..len], &self.1[right], |left, right| f((left, right)));
            }),
            (0, 1) => lane_starts(layouts).for_each(|[left, right]| {
                append_with(to, &self.1[right..][..len], &self.0[left], |right, left| f((left, right)));
            }),
            _ => self.append_any(to, layouts, f),
        }
    }
}

/// Appends `f(x, other)` for each element `x`.
#[inline]
fn append_with<'a, T, U, R>(
    to: &mut Vec<R>,
    elements: &'a [T],
    other: &'a U,
    mut f: impl FnMut(&'a T, &'a U) -> R,
) {
    to.extend(elements.iter().map(|element| f(element, other)));
}

impl<'a, T, U, V> Operands<3> for (&'a [T], &'a [U], &'a [V]) {
    type Item = (&'a T, &'a U, &'a V);
    const SIZES: [usize; 3] = [size_of::<T>(), size_of::<U>(), size_of::<V>()];

    #[inline]
    fn at(self, [first, second, third]: [usize; 3]) -> Self::Item {
        (&self.0[first], &self.1[second], &self.2[third])
    }

    #[inline]
    fn part(self, [first, second, third]: [usize; 3], len: usize) -> Self {
        (&self.0[first..][..len], &self.1[second..][..len], &self.2[third..][..len])
    }

    #[inline]
    fn append<R, const N: usize>(
        self,
        to: &mut Vec<R>,
        layouts: [Layout<N>; 3],
        mut f: impl FnMut(Self::Item) -> R,
    ) {
        let (_, lanes) = Layout::lanes_of(layouts);
        if lanes.map(|lane| lane.stride) == [1; 3] {
            for starts in lane_starts(layouts) {
                let (first, second, third) = self.part(starts, lanes[0].len);
                let pairs = iter::zip(first, second);
                to.extend(iter::zip(pairs, third).map(|((first, second), third)| f((first, second, third))));
            }
        } else {
            self.append_any(to, layouts, f);
        }
    }

    // With three offsets the calls for each element would no longer be inlined.
    #[inline]
    fn append_short<R, const N: usize, const L: usize>(
        self,
        to: &mut Vec<R>,
        layouts: [Layout<N>; 3],
        f: impl FnMut(Self::Item) -> R,
    ) {
        self.append(to, layouts, f);
    }
}
