//! Iteration lane by lane over a view that has gaps or is not in memory order.
//!
//! The next element of a lane costs one addition, and the start of the next lane needs no division.
//! `next`, `next_back`, `nth` and `search` are inlined: passing the iterator by reference would
//! make the compiler keep it in memory and store to it at every element.

use crate::kernels::map::FEW;
use crate::layout::offsets::Offsets;
use crate::layout::{Lane, Layout, moved};
use crate::view::View;
use core::mem;

/// The elements of a view, lane by lane.
pub(super) struct LaneByLane<'a, T, const N: usize> {
    data: &'a [T],
    /// Starts of the untouched lanes. `front` and `back` are the rests of the lanes before and
    /// after them. When no untouched lane is left, each end takes from the rest at the other end.
    lanes: Offsets<N>,
    lane: Lane,
    front: Run,
    back: Run,
}

/// Merges axes to make lanes as long as possible, unless there are so few elements that merging
/// takes longer than iterating.
#[inline]
pub(super) fn with_long_lanes<const N: usize>(layout: Layout<N>) -> Layout<N> {
    if layout.len() <= FEW { layout } else { merged(layout) }
}

// Out of line and by value, so that the code for few elements stays small enough to be inlined.
#[inline(never)]
fn merged<const N: usize>(layout: Layout<N>) -> Layout<N> {
    layout.merged()
}

/// The remaining elements of a lane.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    offset: usize,
    len: usize,
}

impl<'a, T, const N: usize> LaneByLane<'a, T, N> {
    #[inline]
    pub(super) fn new(view: &View<'a, T, N>) -> Self {
        let (starts, lane) = with_long_lanes(view.layout).lanes();
        LaneByLane {
            data: view.data,
            lanes: starts.offsets(),
            lane,
            front: Run::default(),
            back: Run::default(),
        }
    }

    /// Refills the front with the next lane, or with the rest at the back. The front is empty.
    #[inline]
    fn refill_front(&mut self) {
        self.front = match self.lanes.next() {
            Some(offset) => Run { offset, len: self.lane.len },
            None => mem::take(&mut self.back),
        };
    }

    /// Takes the first element of the front, if there is one.
    #[inline]
    fn take_front(&mut self) -> Option<&'a T> {
        self.front.len = self.front.len.checked_sub(1)?;
        let element = self.data.get(self.front.offset);
        self.front.offset = moved(self.front.offset, self.lane.stride, 1);
        element
    }

    /// Skips the front, then all lanes that end within the next `n` elements. Returns the number of
    /// elements still to skip.
    #[inline(never)]
    fn skip_lanes(mut self, n: usize) -> (Self, usize) {
        let mut n = n - self.front.len;
        // If there are lanes, their length is not zero.
        let lanes = n.checked_div(self.lane.len).unwrap_or(0).min(self.lanes.len());
        n -= lanes * self.lane.len;
        if let Some(last) = lanes.checked_sub(1) {
            self.lanes.nth(last);
        }
        self.refill_front();
        (self, n)
    }

    /// Calls `f` with elements from the front until it returns `Some`, and returns that result.
    #[inline]
    pub(super) fn search<B>(&mut self, mut f: impl FnMut(&'a T) -> Option<B>) -> Option<B> {
        loop {
            if self.front.len == 0 {
                self.refill_front();
            }
            let Run { offset, len } = self.front;
            let stride = self.lane.stride;
            if len == 0 {
                return None;
            }
            let (mut found, mut left) = (None, len);
            if stride == 1 {
                let mut lane = self.data[offset..][..len].iter();
                found = lane.find_map(&mut f);
                left = lane.len();
            } else {
                let mut offset = offset;
                while found.is_none() && left > 0 {
                    found = f(&self.data[offset]);
                    offset = moved(offset, stride, 1);
                    left -= 1;
                }
            }
            self.front = Run { offset: moved(offset, stride, len - left), len: left };
            if found.is_some() {
                return found;
            }
        }
    }

    /// Refills the back with the last lane, or with the rest at the front. The back is empty.
    #[inline]
    fn refill_back(&mut self) {
        self.back = match self.lanes.next_back() {
            Some(offset) => Run { offset, len: self.lane.len },
            None => mem::take(&mut self.front),
        };
    }
}

impl<'a, T, const N: usize> Iterator for LaneByLane<'a, T, N> {
    type Item = &'a T;

    #[inline]
    fn next(&mut self) -> Option<&'a T> {
        if self.front.len == 0 {
            self.refill_front();
        }
        self.take_front()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.front.len + self.lanes.len() * self.lane.len + self.back.len;
        (len, Some(len))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a T> {
        let mut n = n;
        if n >= self.front.len {
            // Called on a copy: a call by reference would keep the iterator in memory.
            (*self, n) = self.clone().skip_lanes(n);
        }
        let skipped = n.min(self.front.len);
        self.front.offset = moved(self.front.offset, self.lane.stride, skipped);
        self.front.len -= skipped;
        self.take_front()
    }

    #[inline]
    fn fold<B, F: FnMut(B, &'a T) -> B>(self, init: B, mut f: F) -> B {
        let LaneByLane { data, lanes, lane, front, back } = self;
        let folded = fold_rest(data, front, lane.stride, init, &mut f);
        let folded = lanes.fold(folded, |folded, start| fold_lane(data, start, lane, folded, &mut f));
        fold_rest(data, back, lane.stride, folded, &mut f)
    }
}

/// Folds the rest of a lane.
///
/// Takes one element at a time instead of calling `fold_lane`, which is inlined only while it has a
/// single caller.
#[inline]
fn fold_rest<'a, T, B>(
    data: &'a [T],
    rest: Run,
    stride: isize,
    init: B,
    f: &mut impl FnMut(B, &'a T) -> B,
) -> B {
    let mut folded = init;
    for position in 0..rest.len {
        folded = f(folded, &data[moved(rest.offset, stride, position)]);
    }
    folded
}

/// Folds a lane, which is not empty.
#[inline]
fn fold_lane<'a, T, B>(
    data: &'a [T],
    start: usize,
    Lane { len, stride }: Lane,
    init: B,
    f: &mut impl FnMut(B, &'a T) -> B,
) -> B {
    let mut offset = start;
    if stride == 1 {
        return data[offset..][..len].iter().fold(init, f);
    }
    let mut folded = init;
    let mut left = len;
    if stride > 1 {
        // Four at a time: one bounds check of the chunk then covers all four.
        let step = stride.unsigned_abs();
        while left > 4 {
            let chunk = &data[offset..][..4 * step];
            for k in 0..4 {
                folded = f(folded, &chunk[k * step]);
            }
            offset += 4 * step;
            left -= 4;
        }
    }
    for _ in 0..left {
        folded = f(folded, &data[offset]);
        offset = moved(offset, stride, 1);
    }
    folded
}

impl<T, const N: usize> DoubleEndedIterator for LaneByLane<'_, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.back.len == 0 {
            self.refill_back();
        }
        self.back.len = self.back.len.checked_sub(1)?;
        self.data.get(moved(self.back.offset, self.lane.stride, self.back.len))
    }

    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        let mut n = n;
        if n >= self.back.len {
            n -= self.back.len;
            let lanes = n.checked_div(self.lane.len).unwrap_or(0).min(self.lanes.len());
            n -= lanes * self.lane.len;
            if let Some(last) = lanes.checked_sub(1) {
                self.lanes.nth_back(last);
            }
            self.refill_back();
        }
        self.back.len -= n.min(self.back.len);
        self.next_back()
    }
}

impl<T, const N: usize> ExactSizeIterator for LaneByLane<'_, T, N> {}

impl<T, const N: usize> Clone for LaneByLane<'_, T, N> {
    fn clone(&self) -> Self {
        LaneByLane { lanes: self.lanes.clone(), ..*self }
    }
}
