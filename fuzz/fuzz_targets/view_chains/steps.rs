//! The steps of a chain of views.

use crate::any::{Any, for_any};
use crate::naive::{Naive, indices};
use growable_nd::{Axis, AxisRange, Stepped};
use growable_nd_fuzz::input::Input;
use std::fmt::Debug;
use std::ops::Range;

/// Evaluates an expression for a view that has axes.
macro_rules! with_axes {
    ($any:expr, $view:pat => $result:expr) => {
        match $any {
            Any::Of0(_) => unreachable!("a view without axes"),
            Any::Of1($view) => $result,
            Any::Of2($view) => $result,
            Any::Of3($view) => $result,
            Any::Of4($view) => $result,
        }
    };
}

/// Indices or extents of a view of `N` axes.
pub fn array<T: Copy + Debug, const N: usize>(items: &[T]) -> [T; N] {
    items.try_into().unwrap()
}

/// Whether each axis has one stride, if each element is its position.
fn is_affine(model: &Naive) -> bool {
    if model.elements.is_empty() {
        return true;
    }
    let place = |index: &[usize]| i64::from(model.at(index));
    let origin = place(&vec![0; model.rank()]);
    let strides: Vec<i64> = (0..model.rank())
        .map(|axis| {
            let mut index = vec![0; model.rank()];
            index[axis] = usize::from(model.shape[axis] > 1);
            place(&index) - origin
        })
        .collect();
    indices(&model.shape).iter().all(|index| {
        let steps = index.iter().zip(&strides).map(|(&index, stride)| index as i64 * stride);
        place(index) == origin + steps.sum::<i64>()
    })
}

/// Steps for all views.
impl<S> Any<S> {
    /// Takes a step that the model supports.
    pub fn step(self, model: Naive, input: &mut Input<'_>) -> (Self, Naive) {
        let rank = model.rank();
        match input.below(9) {
            0 => {
                let axes: Vec<usize> = (0..rank).rev().collect();
                (for_any!(self, view => view.t().into()), model.permute(&axes))
            }
            1 => {
                let mut left: Vec<usize> = (0..rank).collect();
                let axes: Vec<usize> = (0..rank).map(|_| left.remove(input.below(left.len()))).collect();
                (for_any!(self, view => view.permute(array(&axes)).into()), model.permute(&axes))
            }
            2 if rank != 1 => (for_any!(self, view => view.diagonal().into()), model.diagonal()),
            3 if rank < 4 => {
                let axis = input.below(rank + 1);
                let inserted = match self {
                    Any::Of0(view) => view.insert_axis(Axis(axis)).into(),
                    Any::Of1(view) => view.insert_axis(Axis(axis)).into(),
                    Any::Of2(view) => view.insert_axis(Axis(axis)).into(),
                    Any::Of3(view) => view.insert_axis(Axis(axis)).into(),
                    Any::Of4(_) => unreachable!("four axes"),
                };
                (inserted, model.insert(axis))
            }
            4 if rank > 0 => {
                let axis = input.below(rank);
                (for_any!(self, view => view.invert_axis(Axis(axis)).into()), model.invert(axis))
            }
            5 if rank > 0 => {
                let axis = input.below(rank);
                let len = model.shape[axis];
                if len == 0 {
                    return (self, model);
                }
                let at = input.below(len);
                (with_axes!(self, view => view.index_axis(Axis(axis), at).into()), model.index(axis, at))
            }
            6 | 7 if rank > 0 => {
                let axis = input.below(rank);
                let (range, step) = (input.range(model.shape[axis]), input.pick(&[1, 2, 3, usize::MAX]));
                let picked: Vec<usize> = range.clone().step_by(step).collect();
                (self.slice_axis(axis, range.step(step)), model.pick(axis, &picked))
            }
            _ => {
                let mut shape = vec![model.elements.len()];
                for _ in 0..input.below(4) {
                    let last = shape.pop().unwrap();
                    let divisors: Vec<usize> =
                        (1..=last.max(1)).filter(|divisor| last % divisor == 0).collect();
                    let divisor = input.pick(&divisors);
                    shape.extend([divisor, last / divisor]);
                }
                let reshaped = model.reshape(&shape);
                if !is_affine(&reshaped) {
                    return (self, model);
                }
                let view = for_any!(self, view => match shape.len() {
                    1 => view.reshape::<1>(array(&shape)).unwrap().into(),
                    2 => view.reshape::<2>(array(&shape)).unwrap().into(),
                    3 => view.reshape::<3>(array(&shape)).unwrap().into(),
                    _ => view.reshape::<4>(array(&shape)).unwrap().into(),
                });
                (view, reshaped)
            }
        }
    }

    fn slice_axis(self, axis: usize, part: Stepped<Range<usize>>) -> Self {
        match (self, axis) {
            (Any::Of1(view), 0) => view.slice((part,)).into(),
            (Any::Of2(view), 0) => view.slice((part, ..)).into(),
            (Any::Of2(view), 1) => view.slice((.., part)).into(),
            (Any::Of3(view), 0) => view.slice((part, .., ..)).into(),
            (Any::Of3(view), 1) => view.slice((.., part, ..)).into(),
            (Any::Of3(view), 2) => view.slice((.., .., part)).into(),
            (Any::Of4(view), 0) => view.slice((part, .., .., ..)).into(),
            (Any::Of4(view), 1) => view.slice((.., part, .., ..)).into(),
            (Any::Of4(view), 2) => view.slice((.., .., part, ..)).into(),
            (Any::Of4(view), 3) => view.slice((.., .., .., part)).into(),
            _ => unreachable!("an axis of the view"),
        }
    }
}

/// Steps for read-only views, and arguments that must be refused.
impl Any<&[u32]> {
    /// Takes a part, repeats elements, or tries arguments that must be refused.
    pub fn part(self, model: Naive, input: &mut Input<'_>) -> (Self, Naive) {
        let rank = model.rank();
        let how = input.below(8);
        if how == 0 {
            return self.broadcast(model, input);
        }
        if rank == 0 {
            return (self, model);
        }
        let (axis, size, nth) = (input.below(rank), input.below(4) + 1, input.below(8));
        let len = model.shape[axis];
        match how {
            1 => {
                let part = with_axes!(&self, view => view.windows(Axis(axis), size).nth(nth).map(Any::from));
                let picked =
                    (0..len).collect::<Vec<_>>().windows(size).nth(nth).map(|pick| model.pick(axis, pick));
                or_whole(part.zip(picked), self, model)
            }
            2 => {
                let part = with_axes!(&self, view => view.chunks(Axis(axis), size).nth(nth).map(Any::from));
                let picked =
                    (0..len).collect::<Vec<_>>().chunks(size).nth(nth).map(|pick| model.pick(axis, pick));
                or_whole(part.zip(picked), self, model)
            }
            3 => {
                let part = with_axes!(&self, view => view.lanes(Axis(axis)).nth(nth).map(Any::from));
                let lane = model.lanes(axis).into_iter().nth(nth);
                or_whole(part.zip(lane), self, model)
            }
            4 => {
                let at = input.below(len + 1);
                let second = input.below(2) == 1;
                let picked: Vec<usize> = if second { (at..len).collect() } else { (0..at).collect() };
                let half = with_axes!(self, view => {
                    let halves = view.split_at(Axis(axis), at);
                    if second { halves.1.into() } else { halves.0.into() }
                });
                (half, model.pick(axis, &picked))
            }
            5 => {
                let sizes: Vec<usize> = (0..rank).map(|_| input.below(3) + 1).collect();
                let tile = with_axes!(&self, view => view.tiles(array(&sizes)).nth(nth).map(Any::from));
                let model_of = tiles(&model, &sizes).into_iter().nth(nth);
                or_whole(tile.zip(model_of), self, model)
            }
            6 if axis + 1 < rank => {
                let mut shape = model.shape.clone();
                shape[axis] *= shape.remove(axis + 1);
                let merged = model.reshape(&shape);
                let part = match &self {
                    Any::Of0(_) | Any::Of1(_) => unreachable!("two axes"),
                    Any::Of2(view) => view.merge_axes(Axis(axis)).map(Any::from),
                    Any::Of3(view) => view.merge_axes(Axis(axis)).map(Any::from),
                    Any::Of4(view) => view.merge_axes(Axis(axis)).map(Any::from),
                };
                assert_eq!(part.is_ok(), is_affine(&merged));
                or_whole(part.ok().zip(Some(merged)), self, model)
            }
            _ => {
                let past = len + 1 + nth;
                with_axes!(&self, view => {
                    assert!(view.try_split_at(Axis(axis), past).is_err());
                    assert!(view.try_index_axis(Axis(axis), past - 1).is_err());
                    assert!(view.try_windows(Axis(rank), 1).is_err() && view.try_chunks(Axis(axis), 0).is_err());
                    let mut axes: Vec<usize> = (0..rank).collect();
                    axes[axis] = (axis + 1) % (rank + 1);
                    assert!(view.try_permute(array(&axes)).is_err());
                    assert!(view.try_sum_axis(Axis(rank)).is_err());
                });
                (self, model)
            }
        }
    }

    /// Repeats axes of extent 1, and adds some axes in front.
    fn broadcast(self, model: Naive, input: &mut Input<'_>) -> (Self, Naive) {
        let times = input.below(4);
        let mut wide = model.shape.clone();
        wide.iter_mut().filter(|extent| **extent == 1).for_each(|extent| *extent = times);
        (0..input.below(5 - wide.len())).for_each(|_| wide.insert(0, times));
        let view = for_any!(self, view => match wide.len() {
            0 => view.broadcast::<0>(array(&wide)).unwrap().into(),
            1 => view.broadcast::<1>(array(&wide)).unwrap().into(),
            2 => view.broadcast::<2>(array(&wide)).unwrap().into(),
            3 => view.broadcast::<3>(array(&wide)).unwrap().into(),
            _ => view.broadcast::<4>(array(&wide)).unwrap().into(),
        });
        (view, model.broadcast(&wide))
    }
}

fn or_whole<V>(part: Option<(V, Naive)>, view: V, model: Naive) -> (V, Naive) {
    part.unwrap_or((view, model))
}

/// The tiles of these sizes, smaller at the end of an axis, in row-major order.
pub fn tiles(model: &Naive, sizes: &[usize]) -> Vec<Naive> {
    let parts = |tiles: Vec<Naive>, (axis, &size): (usize, &usize)| {
        tiles.iter().flat_map(|tile| tile.chunks(axis, size)).collect()
    };
    sizes.iter().enumerate().fold(vec![model.clone()], parts)
}
