//! Every way to read a view.

use crate::any::{Any, array, for_any};
use crate::naive::{Naive, indices};
use crate::steps::tiles;
use growable_nd::{Axis, Error, GrowableNd, View};
use growable_nd_fuzz::input::Input;
use std::fmt::Debug;

/// Methods along an axis.
macro_rules! axes {
    ($view:expr, $model:expr, $input:expr) => {{
        let (view, model, input): (View<'_, u32, _>, &Naive, &mut Input<'_>) = ($view, $model, $input);
        let axis = input.below(model.rank());
        let size = input.below(4) + 1;
        let along = Axis(axis);
        both_ends(view.axis_iter(along).map(Naive::from), model.axis_parts(axis), input);
        both_ends(view.lanes(along).map(Naive::from), model.lanes(axis), input);
        both_ends(view.windows(along, size).map(Naive::from), model.windows(axis, size), input);
        both_ends(view.chunks(along, size).map(Naive::from), model.chunks(axis, size), input);
        let sizes: Vec<usize> = (0..model.rank()).map(|_| input.below(3) + 1).collect();
        both_ends(view.tiles(array(&sizes)).map(Naive::from), tiles(model, &sizes), input);

        let owned = view.to_owned_array();
        assert_eq!((owned.shape(), owned.as_slice()), (&model.shape[..], &model.elements[..]));
        let lanes: Vec<Vec<u32>> = model.lanes(axis).into_iter().map(|lane| lane.elements).collect();
        let sums = view.try_cumulative_sum(along).unwrap();
        let scans = lanes.iter().map(|lane| {
            let scan = |sum: &mut u32, x: &u32| {
                *sum += x;
                Some(*sum)
            };
            lane.iter().scan(0, scan).collect::<Vec<_>>()
        });
        let scanned: Vec<Vec<u32>> = match sums.ndim() {
            1 => vec![sums.into_vec()],
            _ => owned_lanes(&sums, axis),
        };
        assert!(scanned.into_iter().eq(scans));
        let mut others = model.shape.clone();
        others.remove(axis);
        // An axis without elements is refused even if there are no lanes along it.
        let (no_element, no_index) = match model.shape[axis] {
            0 => (Some(None), Some(None)),
            _ => (None, None),
        };
        same(view.try_sum_axis(along), &others, lanes.iter().map(|lane| Some(lane.iter().sum())));
        same(
            view.try_min_axis(along),
            &others,
            lanes.iter().map(|lane| lane.iter().min().copied()).chain(no_element),
        );
        same(
            view.try_max_axis(along),
            &others,
            lanes.iter().map(|lane| lane.iter().max().copied()).chain(no_element),
        );
        let place = |lane: &Vec<u32>| {
            let best = lane.iter().max()?;
            lane.iter().position(|x| x == best)
        };
        same(view.try_argmax_axis(along), &others, lanes.iter().map(place).chain(no_index));
        let fold = view
            .try_fold_axis(along, 7, |hash: &u32, x| Ok::<_, Error>(hash.wrapping_mul(31).wrapping_add(*x)));
        let folded =
            |lane: &Vec<u32>| lane.iter().fold(7_u32, |hash, &x| hash.wrapping_mul(31).wrapping_add(x));
        same(fold, &others, lanes.iter().map(|lane| Some(folded(lane))));
    }};
}

impl Any<&[u32]> {
    /// Compares a view with the model.
    pub fn read(self, model: &Naive, input: &mut Input<'_>) {
        for_any!(self, view => elements(view, model, input));
        match self {
            Any::Of0(_) => {}
            Any::Of1(view) => axes!(view, model, input),
            Any::Of2(view) => axes!(view, model, input),
            Any::Of3(view) => axes!(view, model, input),
            Any::Of4(view) => axes!(view, model, input),
        }
    }
}

/// Takes items from both ends, and skips some, as the input chooses.
fn both_ends<I>(mut ours: I, expected: Vec<I::Item>, input: &mut Input<'_>)
where
    I: DoubleEndedIterator<Item: PartialEq + Debug> + ExactSizeIterator,
{
    let mut theirs = expected.into_iter();
    for _ in 0..6 {
        assert_eq!(ours.len(), theirs.len());
        assert_eq!(ours.size_hint(), theirs.size_hint());
        let n = input.below(4);
        match input.below(4) {
            0 => assert_eq!(ours.next(), theirs.next()),
            1 => assert_eq!(ours.next_back(), theirs.next_back()),
            2 => assert_eq!(ours.nth(n), theirs.nth(n)),
            _ => assert_eq!(ours.nth_back(n), theirs.nth_back(n)),
        }
    }
    match input.below(3) {
        0 => assert!(ours.eq(theirs)),
        1 => assert!(ours.rev().eq(theirs.rev())),
        _ => {
            let mut walked = vec![];
            ours.for_each(|item| walked.push(item));
            assert_eq!(walked, theirs.collect::<Vec<_>>());
        }
    }
}

/// Methods that need no axis.
fn elements<const N: usize>(view: View<'_, u32, N>, model: &Naive, input: &mut Input<'_>) {
    assert_eq!(Naive::from(view), *model);
    both_ends(view.iter(), model.elements.iter().collect(), input);
    let all = indices(&model.shape);
    let indexed = || all.iter().map(|index| array::<usize, N>(index)).zip(&model.elements);
    both_ends(view.indexed_iter(), indexed().collect(), input);

    assert_eq!(view.as_slice().is_some(), view.is_contiguous());
    assert!(view.as_slice().is_none_or(|slice| slice == model.elements));
    assert_eq!(view.sum(), model.elements.iter().sum());
    assert_eq!(view.min().as_ref(), model.elements.iter().min());
    assert_eq!(view.max().as_ref(), model.elements.iter().max());
    let found = |place: Option<[usize; N]>, best: Option<&u32>| {
        let first = indexed().find(|(_, element)| best == Some(element));
        assert_eq!(place, first.map(|(index, _)| index));
    };
    found(view.argmin(), model.elements.iter().min());
    found(view.argmax(), model.elements.iter().max());
    let squares: u32 = model.elements.iter().map(|x| x * x).sum();
    assert_eq!(view.sum_of(|x| x * x), squares);
    let same = View::from_slice(array::<usize, N>(&model.shape), &model.elements).unwrap();
    assert_eq!(view, same);
    if N > 0 {
        let doubled = view.zip_with(same, |a, b| a + b).unwrap();
        assert!(doubled.as_slice().iter().copied().eq(model.elements.iter().map(|x| 2 * x)));
        assert_eq!(doubled, view.map(|x| 2 * x));
    }
    let mut rows = GrowableNd::new(&model.shape);
    rows.push_row(view).unwrap();
    assert_eq!(rows.row(0), model.elements);
}

/// The lanes of an array of two to four axes.
fn owned_lanes(array: &GrowableNd<u32>, axis: usize) -> Vec<Vec<u32>> {
    let naive = Naive { shape: array.shape().to_vec(), elements: array.as_slice().to_vec() };
    naive.lanes(axis).into_iter().map(|lane| lane.elements).collect()
}

/// Checks a reduction: it has these elements, or fails along the only axis or without elements.
fn same<T: PartialEq + Debug>(
    result: Result<GrowableNd<T>, Error>,
    shape: &[usize],
    expected: impl Iterator<Item = Option<T>>,
) {
    let expected: Option<Vec<T>> = expected.collect();
    match result {
        Ok(array) => {
            assert_eq!(array.shape(), shape);
            assert_eq!(Some(array.into_vec()), expected);
        }
        Err(error) => assert!(shape.is_empty() || expected.is_none(), "{error}"),
    }
}
