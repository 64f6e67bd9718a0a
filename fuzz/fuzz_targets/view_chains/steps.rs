//! The steps of a chain of views.

use crate::any::{Any, array, for_any};
use crate::naive::Naive;
use growable_nd::{Axis, AxisRange};
use growable_nd_fuzz::input::Input;

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
                self.reshape(&model, &shape)
            }
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
            let (times, more) = (input.byte(), input.byte());
            return self.broadcast(&model, more, times);
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
                assert_eq!(part.is_ok(), merged.is_affine());
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
