//! Views after random chains of operations, each compared with the naive array, which copies its
//! elements at every step.

use crate::any::{Any, array, for_any};
use crate::naive::{Naive, indices};
use crate::support::check;
use growable_nd::{Axis, AxisRange, GrowableNd, NewAxis, View, ViewMut};
use quickcheck::{Arbitrary, Gen};

/// One step of a chain. Its numbers are reduced to valid values, so every chain runs.
#[derive(Clone, Debug)]
pub enum Op {
    Transpose,
    Permute(u8),
    Invert(u8),
    Slice(u8, u8, u8, u8),
    Index(u8, u8),
    Insert(u8),
    Reshape(u8, u8),
    Diagonal,
}

impl Arbitrary for Op {
    fn arbitrary(g: &mut Gen) -> Self {
        let [a, b, c, d] = [(); 4].map(|()| u8::arbitrary(g));
        match u8::arbitrary(g) % 14 {
            0 => Op::Transpose,
            1 | 2 => Op::Permute(a),
            3 | 4 => Op::Invert(a),
            5..8 => Op::Slice(a, b, c, d),
            8 => Op::Index(a, b),
            9 | 10 => Op::Insert(a),
            11 | 12 => Op::Reshape(a, b),
            _ => Op::Diagonal,
        }
    }
}

/// The shape before the first step, and the steps.
#[derive(Clone, Debug)]
pub struct Chain {
    pub shape: [usize; 3],
    pub ops: Vec<Op>,
}

impl Arbitrary for Chain {
    fn arbitrary(g: &mut Gen) -> Self {
        // Few zeros: most chains should have elements.
        let extent = |g: &mut Gen| [1, 2, 3, 4, 4, 5, 6, 0][usize::arbitrary(g) % 8];
        let mut ops = Vec::arbitrary(g);
        ops.truncate(12);
        Chain { shape: [extent(g), extent(g), extent(g)], ops }
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let shape = self.shape;
        Box::new(self.ops.shrink().map(move |ops| Chain { shape, ops }))
    }
}

impl Chain {
    /// The view of a slice after all steps, and its model, in which each element is its position in
    /// the slice.
    pub fn view<'a, T>(&self, slice: &'a [T]) -> (Any<&'a [T]>, Naive) {
        let any: Any<&[T]> = View::from_slice(self.shape, slice).unwrap().into();
        any.apply_all(Naive::counting(&self.shape), &self.ops)
    }

    /// As `view`, for a mutable view.
    pub fn view_mut<'a, T>(&self, slice: &'a mut [T]) -> (Any<&'a mut [T]>, Naive) {
        let any: Any<&mut [T]> = ViewMut::from_slice(self.shape, slice).unwrap().into();
        any.apply_all(Naive::counting(&self.shape), &self.ops)
    }

    /// The length that the slice must have.
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }
}

pub fn index(number: u8, count: usize) -> usize {
    usize::from(number) % count.max(1)
}

/// A permutation of `rank` axes.
fn permutation(seed: u8, rank: usize) -> Vec<usize> {
    let mut left: Vec<usize> = (0..rank).collect();
    let mut seed = usize::from(seed);
    (0..rank)
        .map(|_| {
            let axis = left.remove(seed % left.len());
            seed /= left.len() + 1;
            axis
        })
        .collect()
}

/// A shape of up to four axes with this number of elements.
fn shape_of(elements: usize, rank: u8, seed: u8) -> Vec<usize> {
    let mut shape = vec![elements];
    for turn in 0..usize::from(rank % 4) {
        let last = shape.pop().unwrap();
        let divisors: Vec<usize> = (1..=last.max(1)).filter(|divisor| last % divisor == 0).collect();
        let divisor = divisors[(usize::from(seed) >> turn) % divisors.len()];
        shape.extend([divisor, last / divisor]);
    }
    shape
}

impl<S> Any<S> {
    /// The view after all steps, and its model.
    fn apply_all(self, model: Naive, ops: &[Op]) -> (Self, Naive) {
        ops.iter().fold((self, model), |(view, model), op| view.apply(&model, op))
    }

    /// The view after one step, and its model. Steps that are impossible for the rank or the
    /// strides of the view are left out.
    pub fn apply(self, model: &Naive, op: &Op) -> (Self, Naive) {
        let rank = model.rank();
        match *op {
            Op::Transpose => {
                let axes: Vec<usize> = (0..rank).rev().collect();
                (for_any!(self, view => view.t().into()), model.permute(&axes))
            }
            Op::Permute(seed) => {
                let axes = permutation(seed, rank);
                (for_any!(self, view => view.permute(array(&axes)).into()), model.permute(&axes))
            }
            Op::Diagonal if rank != 1 => (for_any!(self, view => view.diagonal().into()), model.diagonal()),
            Op::Reshape(rank, seed) => self.reshape(model, &shape_of(model.elements.len(), rank, seed)),
            Op::Insert(axis) if rank < 4 => {
                let axis = index(axis, rank + 1);
                let inserted = match self {
                    Any::Of0(view) => view.insert_axis(Axis(axis)).into(),
                    Any::Of1(view) => view.insert_axis(Axis(axis)).into(),
                    Any::Of2(view) => view.insert_axis(Axis(axis)).into(),
                    Any::Of3(view) => view.insert_axis(Axis(axis)).into(),
                    Any::Of4(_) => unreachable!(),
                };
                (inserted, model.insert(axis))
            }
            Op::Invert(axis) if rank > 0 => {
                let axis = index(axis, rank);
                (for_any!(self, view => view.invert_axis(Axis(axis)).into()), model.invert(axis))
            }
            Op::Index(axis, at) if rank > 0 && model.shape[index(axis, rank)] > 0 => {
                let axis = index(axis, rank);
                let at = index(at, model.shape[axis]);
                let indexed = match self {
                    Any::Of0(_) => unreachable!(),
                    Any::Of1(view) => view.index_axis(Axis(axis), at).into(),
                    Any::Of2(view) => view.index_axis(Axis(axis), at).into(),
                    Any::Of3(view) => view.index_axis(Axis(axis), at).into(),
                    Any::Of4(view) => view.index_axis(Axis(axis), at).into(),
                };
                (indexed, model.index(axis, at))
            }
            Op::Slice(axis, a, b, step) if rank > 0 => {
                let axis = index(axis, rank);
                let extent = model.shape[axis];
                let (a, b) = (index(a, extent + 1), index(b, extent + 1));
                let step = [1, 2, 3, usize::MAX][index(step, 4)];
                let range = a.min(b)..a.max(b);
                let pick: Vec<usize> = range.clone().step_by(step).collect();
                (self.slice_axis(axis, range.step(step)), model.pick(axis, &pick))
            }
            _ => (self, model.clone()),
        }
    }
}

/// Compares every way to read a view with the model.
fn compare<const N: usize>(view: View<'_, u32, N>, model: &Naive) {
    assert_eq!(view.shape().to_vec(), model.shape);
    assert_eq!((view.len(), view.is_empty()), (model.elements.len(), model.elements.is_empty()));
    assert_eq!(Naive::from(view), *model);
    assert!(view.iter().eq(&model.elements), "{view:?}\n{model:?}");
    assert!(view.iter().rev().eq(model.elements.iter().rev()));
    let mut walked = vec![];
    view.iter().for_each(|&element| walked.push(element));
    assert_eq!(walked, model.elements);
    let all = indices(&model.shape);
    let indexed = all.iter().map(|index| array(index)).zip(&model.elements);
    assert!(view.indexed_iter().eq(indexed.clone()));
    assert!(view.indexed_iter().rev().eq(indexed.rev()));
    let mut walked = vec![];
    view.indexed_iter().for_each(|(index, &element)| walked.push((index.to_vec(), element)));
    assert_eq!(walked, all.iter().cloned().zip(model.elements.iter().copied()).collect::<Vec<_>>());
    for axis in 0..N {
        let mut outside = [0; N];
        outside[axis] = model.shape[axis];
        assert_eq!(view.get(outside), None);
        outside[axis] = usize::MAX;
        assert_eq!(view.get(outside), None);
    }
    match view.as_slice() {
        Some(slice) => assert_eq!(slice, model.elements),
        None => assert!(!model.elements.windows(2).all(|pair| pair[0] + 1 == pair[1])),
    }
    assert_eq!(view.as_slice().is_some(), view.is_contiguous());
    let same = View::from_slice(array::<_, N>(&model.shape), &model.elements).unwrap();
    assert_eq!(view, same);
    let mut row = GrowableNd::new(&model.shape);
    if N < growable_nd::MAX_RANK {
        row.push_row(view).unwrap();
        row.push_row(&view).unwrap();
        assert_eq!(row.row(0), model.elements);
        assert_eq!(row.row(1), model.elements);
    }
    if let Some(&last) = model.elements.last() {
        let mut other = model.elements.clone();
        *other.last_mut().unwrap() = last + 1;
        assert_ne!(view, View::from_slice(array::<_, N>(&model.shape), &other).unwrap());
    }
}

macro_rules! compare_parts {
    ($view:expr, $model:expr) => {{
        let (view, model) = ($view, $model);
        let owned = view.to_owned_array();
        assert_eq!((owned.shape(), owned.as_slice()), (&model.shape[..], &model.elements[..]));
        assert_eq!(view, owned);
        assert_eq!(owned, view);
        assert!(view.iter_rows().map(Naive::from).eq(model.axis_parts(0)));
        for axis in 0..model.rank() {
            let parts = view.axis_iter(Axis(axis));
            assert_eq!(parts.len(), model.shape[axis]);
            parts.zip(model.axis_parts(axis)).for_each(|(part, model)| compare(part, &model));
            let lanes = view.lanes(Axis(axis));
            assert_eq!(lanes.len(), model.lanes(axis).len());
            assert!(lanes.clone().map(Naive::from).eq(model.lanes(axis)));
            lanes.zip(model.lanes(axis)).for_each(|(lane, model)| compare(lane, &model));
            for size in [1, 2, 3, 7] {
                assert!(view.windows(Axis(axis), size).map(Naive::from).eq(model.windows(axis, size)));
                assert!(view.chunks(Axis(axis), size).map(Naive::from).eq(model.chunks(axis, size)));
            }
            for window in view.windows(Axis(axis), 2) {
                compare(window, &Naive::from(window));
            }
            for at in 0..=model.shape[axis] {
                let (before, after) = view.split_at(Axis(axis), at);
                compare(before, &model.pick(axis, &(0..at).collect::<Vec<_>>()));
                compare(after, &model.pick(axis, &(at..model.shape[axis]).collect::<Vec<_>>()));
            }
        }
    }};
}

#[test]
fn views_are_what_the_naive_array_is_after_every_step() {
    check(|chain: Chain| {
        let mut model = Naive::counting(&chain.shape);
        let base = model.elements.clone();
        let mut any: Any<&[u32]> = View::from_slice(chain.shape, &base).unwrap().into();
        for op in &chain.ops {
            (any, model) = any.apply(&model, op);
            for_any!(&any, view => compare(*view, &model));
            match any {
                Any::Of0(_) => {}
                Any::Of1(view) => compare_parts!(view, &model),
                Any::Of2(view) => compare_parts!(view, &model),
                Any::Of3(view) => compare_parts!(view, &model),
                Any::Of4(view) => compare_parts!(view, &model),
            }
        }
    });
}

#[test]
fn a_shape_is_refused_only_if_it_needs_a_copy() {
    check(|(chain, rank, seed): (Chain, u8, u8)| {
        let base = Naive::counting(&chain.shape).elements;
        let (any, model) = chain.view(&base);
        let shape = shape_of(model.elements.len(), rank, seed);
        let reshaped = for_any!(&any, view => match shape.len() {
            1 => view.reshape::<1>(array(&shape)).is_ok(),
            2 => view.reshape::<2>(array(&shape)).is_ok(),
            3 => view.reshape::<3>(array(&shape)).is_ok(),
            _ => view.reshape::<4>(array(&shape)).is_ok(),
        });
        assert_eq!(reshaped, model.reshape(&shape).is_affine(), "{model:?} to {shape:?}");
    });
}

#[test]
fn broadcast_views_repeat_their_elements() {
    check(|(mut chain, more, times): (Chain, u8, u8)| {
        chain.ops.truncate(4);
        let base = Naive::counting(&chain.shape).elements;
        let (any, model) = chain.view(&base);
        let (broadcast, model) = any.broadcast(&model, more, times);
        for_any!(broadcast, view => {
            assert_eq!(Naive::from(view), model);
            assert!(view.iter().eq(&model.elements));
            assert!(view.iter().rev().eq(model.elements.iter().rev()));
            assert_eq!(view.iter().sum::<u32>(), model.elements.iter().sum());
            if view.shape().len() < 8 {
                let mut row = GrowableNd::new(&model.shape);
                row.push_row(view).unwrap();
                assert_eq!(row.row(0), model.elements);
            }
        });
    });
}

#[test]
fn parts_of_a_slice_stand_for_one_axis_each() {
    check(|(shape, numbers, steps): ([u8; 3], [u8; 6], [u8; 2])| {
        let shape = shape.map(|extent| usize::from(extent % 5));
        let model = Naive::counting(&shape);
        let view = View::from_slice(shape, &model.elements).unwrap();
        let range = |axis: usize| {
            let ends = [numbers[2 * axis], numbers[2 * axis + 1]].map(|end| index(end, shape[axis] + 1));
            ends[0].min(ends[1])..ends[0].max(ends[1])
        };
        let steps = steps.map(|step| usize::from(step % 4) + 1);
        let at = index(numbers[0], shape[0]);
        let pick = |model: &Naive, axis: usize, step: usize| {
            model.pick(axis, &range(axis).step_by(step).collect::<Vec<_>>())
        };

        let stepped = pick(&pick(&pick(&model, 0, steps[0]), 1, 1), 2, steps[1]);
        let sliced = view.slice((range(0).step(steps[0]), range(1), range(2).step(steps[1])));
        compare(sliced, &stepped);
        compare(view.slice((NewAxis, range(0), .., NewAxis, ..)), &{
            let mut model = pick(&model, 0, 1);
            model.shape.insert(2, 1);
            model.shape.insert(0, 1);
            model
        });
        let from_to = pick(&model, 1, 1);
        compare(view.slice((.., range(1).start.., ..)).slice((.., ..range(1).len(), ..)), &from_to);
        if !range(1).is_empty() {
            compare(view.slice((.., range(1).start..=range(1).end - 1, ..)), &from_to);
            compare(
                view.slice((.., ..=range(1).end - 1, ..)),
                &model.pick(1, &(0..range(1).end).collect::<Vec<_>>()),
            );
        }
        if shape[0] > 0 {
            compare(view.slice((at, range(1), ..)), &pick(&model, 1, 1).index(0, at));
            compare(view.slice((at, .., NewAxis, range(2))), &{
                let mut model = pick(&model, 2, 1).index(0, at);
                model.shape.insert(1, 1);
                model
            });
        }
        if shape.iter().all(|&extent| extent > 0) {
            let last = shape.map(|extent| extent - 1);
            assert_eq!(view.slice((last[0], last[1], last[2]))[[]], model.at(&last));
            compare(view.slice((.., last[1], last[2])), &model.index(2, last[2]).index(1, last[1]));
        }
    });
}

/// Each element is its position, which finds a written element in the underlying slice.
fn write<const N: usize>(mut view: ViewMut<'_, u32, N>, how: u8, model: &Naive) -> Vec<(u32, u32)> {
    assert_eq!(Naive::from(view.reborrow()), *model);
    assert!(view.as_view().iter().eq(&model.elements));
    let counted = || model.elements.iter().copied().zip(1000..);
    match how % 9 {
        0 => {
            let mut next = 1000..;
            view.for_each_mut(|element| *element = next.next().unwrap());
            // In memory order.
            let mut sorted = model.elements.clone();
            sorted.sort();
            return sorted.into_iter().zip(1000..).collect();
        }
        1 => {
            view.map_in_place(|element| element + 1000);
            return model.elements.iter().map(|&element| (element, element + 1000)).collect();
        }
        2 => {
            view.fill(1000);
            return model.elements.iter().map(|&element| (element, 1000)).collect();
        }
        3 => {
            let other: Vec<u32> = (1000..).take(model.elements.len()).collect();
            view.assign(&View::from_slice(array::<_, N>(&model.shape), &other).unwrap()).unwrap();
        }
        4 => {
            // The same elements from a transposed view.
            let axes: Vec<usize> = (0..N).rev().collect();
            let other =
                Naive { elements: counted().map(|(_, new)| new).collect(), ..model.clone() }.permute(&axes);
            let other = View::from_slice(array::<_, N>(&other.shape), &other.elements).unwrap();
            view.assign(&other.t()).unwrap();
        }
        5 => view.cells().iter().zip(1000..).for_each(|(cell, new)| cell.set(new)),
        6 => {
            for (index, (_, new)) in indices(&model.shape).iter().zip(counted()) {
                view[array::<_, N>(index)] = new;
            }
        }
        7 => {
            for (index, (_, new)) in indices(&model.shape).iter().zip(counted()) {
                *view.get_mut(array(index)).unwrap() = new;
            }
        }
        _ => match view.reborrow().into_slice() {
            Some(slice) => slice.iter_mut().zip(1000..).for_each(|(element, new)| *element = new),
            None => return vec![],
        },
    }
    counted().collect()
}

#[test]
fn writing_changes_what_the_view_shows_and_nothing_else() {
    check(|(chain, how): (Chain, u8)| {
        let mut base = Naive::counting(&chain.shape).elements;
        let mut expected = base.clone();
        let (any, model) = chain.view_mut(&mut base);
        let written = for_any!(any, view => write(view, how, &model));
        written.into_iter().for_each(|(place, new)| expected[usize::try_from(place).unwrap()] = new);
        assert_eq!(base, expected);
    });
}

/// Fills the two halves with different numbers; or they interleave, which is an error.
macro_rules! write_parts {
    ($view:expr, $model:expr, $axis:expr, $at:expr) => {{
        let (mut view, model) = ($view, $model);
        let axis = index($axis, model.rank());
        let at = index($at, model.shape[axis] + 1);
        let halves = [(0..at).collect::<Vec<_>>(), (at..model.shape[axis]).collect()]
            .map(|pick| model.pick(axis, &pick));
        let outermost = match view.reborrow().try_split_at_mut(Axis(axis), at) {
            Ok((mut before, mut after)) => {
                assert_eq!([Naive::from(before.reborrow()), Naive::from(after.reborrow())], halves);
                before.fill(1000);
                after.map_in_place(|element| element + 2000);
                true
            }
            Err(growable_nd::ViewError::Interleaved { axis: refused, .. }) => {
                assert_eq!(refused, axis);
                false
            }
            Err(error) => panic!("{error}"),
        };
        assert_eq!(view.try_axis_iter_mut(Axis(axis)).is_ok(), outermost);
        let [before, after] = halves.map(|half| half.elements);
        (outermost, axis, before, after)
    }};
}

#[test]
fn a_mutable_view_is_split_along_its_outermost_axis() {
    check(|(chain, axis, at): (Chain, u8, u8)| {
        let mut base = Naive::counting(&chain.shape).elements;
        let mut expected = base.clone();
        let (any, model) = chain.view_mut(&mut base);
        let (split, axis, before, after) = match any {
            Any::Of0(_) => return,
            Any::Of1(view) => write_parts!(view, &model, axis, at),
            Any::Of2(view) => write_parts!(view, &model, axis, at),
            Any::Of3(view) => write_parts!(view, &model, axis, at),
            Any::Of4(view) => write_parts!(view, &model, axis, at),
        };
        // Whether the part at each index has a range of memory of its own.
        let mut ranges: Vec<_> = (model.axis_parts(axis).iter())
            .filter_map(|part| Some((*part.elements.iter().min()?, *part.elements.iter().max()?)))
            .collect();
        ranges.sort();
        assert_eq!(split, ranges.windows(2).all(|pair| pair[0].1 < pair[1].0), "axis {axis} of {model:?}");
        if split {
            before.into_iter().for_each(|place| expected[place as usize] = 1000);
            after.into_iter().for_each(|place| expected[place as usize] = place + 2000);
        }
        assert_eq!(base, expected);
    });
}

/// Arbitrary strides.
#[test]
fn strides_are_accepted_exactly_if_they_stay_within_the_slice() {
    check(|(shape, strides, offset, len): ([u8; 3], [i8; 3], u8, u8)| {
        let shape = shape.map(|extent| usize::from(extent % 4));
        let strides = strides.map(|stride| isize::from(stride % 13));
        let (offset, len) = (usize::from(offset % 60), usize::from(len % 80));
        let place = |index: &[usize]| {
            let steps = index.iter().zip(&strides).map(|(&i, stride)| isize::try_from(i).unwrap() * stride);
            isize::try_from(offset).unwrap() + steps.sum::<isize>()
        };
        let mut places: Vec<isize> = indices(&shape).iter().map(|index| place(index)).collect();
        let inside = match places.is_empty() {
            true => offset <= len,
            false => places.iter().all(|&place| (0..isize::try_from(len).unwrap()).contains(&place)),
        };
        let mut slice: Vec<u32> = (0..).take(len).collect();
        let view = View::from_strided(shape, strides, offset, &slice);
        assert_eq!(view.is_ok(), inside, "{view:?}");
        if let Ok(view) = view {
            let model = Naive::build(&shape, |index| u32::try_from(place(index)).unwrap());
            compare_strided(view, &model);
        }
        places.sort();
        let distinct = places.windows(2).all(|pair| pair[0] != pair[1]);
        if ViewMut::from_strided(shape, strides, offset, &mut slice).is_ok() {
            assert!(inside && distinct);
        }
    });
}

/// As `compare`, for elements that may be at several indices.
fn compare_strided(view: View<'_, u32, 3>, model: &Naive) {
    assert_eq!(Naive::from(view), *model);
    assert!(view.iter().eq(&model.elements));
    assert!(view.iter().rev().eq(model.elements.iter().rev()));
    assert_eq!(view.to_owned_array().as_slice(), model.elements);
    assert_eq!(view.as_slice().map_or(&model.elements[..], |slice| slice), model.elements);
    assert!(view.lanes(Axis(1)).map(Naive::from).eq(model.lanes(1)));
    let mut target = vec![0; model.elements.len()];
    ViewMut::from_slice(view.shape(), &mut target).unwrap().assign(&view).unwrap();
    assert_eq!(target, model.elements);
}
