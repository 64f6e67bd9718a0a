//! Arrays, views, mutable views and references to them as receivers and as arguments, in all
//! combinations, against naive loops.

use crate::any::{Any, for_any};
use crate::chains::Chain;
use crate::naive::Naive;
use crate::numeric::{backwards, from_backwards};
use crate::support::{Tracked, assert_error, check, panic_message, panic_of};
use growable_nd::{AccessError, Axis, Error, Floating, GrowableNd, ShapeError, Source, View, ViewMut};

/// Passes the other operand in all its forms to `$call`.
macro_rules! for_every_operand {
    ($elements:expr, $shape:expr, $other:ident => $call:expr) => {{
        let (shape, elements): (_, &[_]) = ($shape, $elements);
        let mut array = GrowableNd::full(shape, elements.first().copied().unwrap_or_default());
        array.as_mut_slice().copy_from_slice(elements);
        let stored = backwards(shape, elements);
        let (view, turned) = (View::from_slice(shape, elements).unwrap(), from_backwards(shape, &stored));
        let mut copy = elements.to_vec();
        let $other = &array;
        $call;
        let $other = view;
        $call;
        let $other = &turned;
        $call;
        let $other = ViewMut::from_slice(shape, &mut copy).unwrap();
        $call;
        let $other = &ViewMut::from_slice(shape, &mut copy).unwrap();
        $call;
        let $other = array;
        $call;
    }};
}

/// Compares every combination. Operands of other strides may change the order of calls, but not the
/// element at an index.
fn combine<const N: usize>(view: View<'_, u32, N>, model: &Naive) {
    let others: Vec<u32> = (0..).map(|k| k * k % 101).take(model.elements.len()).collect();
    let pairs = || model.elements.iter().zip(&others);
    let zipped: Vec<u32> = pairs().map(|(x, y)| 3 * x + y).collect();
    let mix: fn(&u32, &u32) -> u32 = |x, y| 3 * x + y;
    let dot: u32 = pairs().map(|(x, y)| x * y).sum();
    let floats = view.map(|&x| f64::from(x));
    let mut array = view.to_owned_array();

    for_every_operand!(&others, view.shape(), other => {
        let found = view.zip_with(other, mix).unwrap();
        assert_eq!((found.shape(), found.as_slice()), (&model.shape[..], &zipped[..]));
    });
    for_every_operand!(&others, view.shape(), other => {
        let found = array.zip_with(other, mix).unwrap();
        assert_eq!((found.shape(), found.as_slice()), (&model.shape[..], &zipped[..]));
    });
    for_every_operand!(&others, view.shape(), other => {
        let found = array.view_mut::<N>().zip_with(other, mix).unwrap();
        assert_eq!((found.shape(), found.as_slice()), (&model.shape[..], &zipped[..]));
    });
    for_every_operand!(&others, view.shape(), other => {
        let mut target = view.to_owned_array();
        target.zip_with_in_place(other, mix).unwrap();
        assert_eq!(target.as_slice(), zipped);
    });
    for_every_operand!(&others, view.shape(), other => {
        let mut target = view.t().to_owned_array();
        target.view_mut::<N>().t().zip_with_in_place(other, mix).unwrap();
        assert_eq!(target.view::<N>().t(), GrowableNd::from_vec(view.shape().get(1..).unwrap(), zipped.clone())
            .unwrap().view::<N>());
    });
    let close: Vec<f64> = model.elements.iter().map(|&x| f64::from(x) + 0.25).collect();
    for_every_operand!(&close, view.shape(), other => {
        assert_eq!(floats.all_close(other, 0.0, 0.25), Ok(true));
    });
    for_every_operand!(&close, view.shape(), other => {
        assert_eq!(floats.view::<N>().all_close(other, 0.0, 0.2), Ok(model.elements.is_empty()));
    });
    if let [_] = model.shape[..] {
        for_every_operand!(&others, view.shape(), other => assert_eq!(array.dot(other), Ok(dot)));
        return;
    }
    for axis in 0..N {
        let expected = view
            .zip_with(View::from_slice(view.shape(), &others).unwrap(), |x, y| x * y)
            .unwrap()
            .sum_axis(Axis(axis));
        assert_eq!(expected.sum(), dot);
        for_every_operand!(&others, view.shape(), other => {
            assert_eq!(view.dot_axis(other, Axis(axis)), Ok(expected.clone()));
        });
        for_every_operand!(&others, view.shape(), other => {
            assert_eq!(array.dot_axis(other, Axis(axis)), Ok(expected.clone()));
        });
    }
}

#[test]
fn every_operand_with_every_receiver() {
    check(|chain: Chain| {
        let slice: Vec<u32> = Naive::counting(&chain.shape).elements.iter().map(|x| x % 97).collect();
        let (any, model) = chain.view(&slice);
        let elements = model.elements.iter().map(|&place| slice[usize::try_from(place).unwrap()]).collect();
        let model = Naive { elements, ..model };
        // Arrays without rows take their row count from the shape, not from a vector.
        if model.elements.is_empty() {
            return;
        }
        match any {
            Any::Of0(_) => {}
            Any::Of1(view) => combine(view, &model),
            Any::Of2(view) => combine(view, &model),
            Any::Of3(view) => combine(view, &model),
            // Like three axes.
            Any::Of4(_) => {}
        }
    });
}

/// A mutable view reads what a shared view reads.
fn read<const N: usize>(view: &ViewMut<'_, u32, N>) {
    let seen = view.as_view();
    assert_eq!((view.sum(), view.product(), view.min()), (seen.sum(), seen.product(), seen.min()));
    assert_eq!((view.max(), view.argmin(), view.argmax()), (seen.max(), seen.argmin(), seen.argmax()));
    assert_eq!(view.sum_of(|&x| u64::from(x)), seen.sum_of(|&x| u64::from(x)));
    assert_eq!(view.mean_of(|&x| f64::from(x)), seen.mean_of(|&x| f64::from(x)));
    assert_eq!(view.try_map(|x| Ok::<_, Error>(x + 1)), seen.try_map(|x| Ok(x + 1)));
    assert_eq!(view.zip_with(seen, |x, y| x + y), seen.zip_with(view, |x, y| x + y));
    for axis in (0..=N).map(Axis) {
        assert_eq!(view.try_sum_axis(axis), seen.try_sum_axis(axis));
        assert_eq!(view.try_product_axis(axis), seen.try_product_axis(axis));
        assert_eq!(view.try_min_axis(axis), seen.try_min_axis(axis));
        assert_eq!(view.try_argmax_axis(axis), seen.try_argmax_axis(axis));
        assert_eq!(
            view.try_mean_axis_of(axis, |&x| f64::from(x)),
            seen.try_mean_axis_of(axis, |&x| f64::from(x))
        );
        assert_eq!(view.try_cumulative_sum(axis), seen.try_cumulative_sum(axis));
        assert_eq!(view.dot_axis(seen, axis), seen.dot_axis(view, axis));
        let path = |path: &u32, x: &u32| Ok::<_, Error>(path.wrapping_mul(31) ^ x);
        assert_eq!(view.try_fold_axis(axis, 7, path), seen.try_fold_axis(axis, 7, path));
    }
}

#[test]
fn mutable_views_are_reduced_as_views_are() {
    check(|chain: Chain| {
        // Few elements exceed 1, so no product overflows in any order.
        let element = |x: &u32| if *x < 16 { x % 4 } else { x % 2 };
        let mut slice: Vec<u32> = Naive::counting(&chain.shape).elements.iter().map(element).collect();
        let (any, _) = chain.view_mut(&mut slice);
        for_any!(any, view => read(&view));
    });
}

/// Functions for any number of axes, which need no bound on it.
mod of_any_rank {
    use super::*;

    pub(super) fn demean<const N: usize>(view: View<'_, f64, N>) -> GrowableNd<f64> {
        let [len] = [view.shape()[0]];
        let means = view.mean_axis(Axis(0));
        let mut repeated = GrowableNd::new(means.shape());
        (0..len).for_each(|_| repeated.push_row(&means).unwrap());
        view.zip_with(&repeated, |x, mean| x - mean).unwrap()
    }

    pub(super) fn spread<T: Floating, const N: usize>(view: View<'_, T, N>) -> GrowableNd<T> {
        view.var_axis(Axis(0), 0)
    }

    #[cfg(any(feature = "std", feature = "libm"))]
    pub(super) fn of_floats<F: num_traits::Float, const N: usize>(view: View<'_, F, N>) -> Option<F> {
        view.sum_axis(Axis(0)).map(|&x| x + x).mean()
    }

    pub(super) fn largest<const N: usize>(view: View<'_, f64, N>) -> (GrowableNd<f64>, GrowableNd<usize>) {
        (view.max_axis(Axis(0)), view.argmax_axis(Axis(0)))
    }

    pub(super) fn running<const N: usize>(view: &ViewMut<'_, f64, N>) -> GrowableNd<f64> {
        view.cumulative_sum(Axis(0))
    }

    pub(super) fn distance<const N: usize>(
        view: View<'_, f64, N>,
        other: impl Source<Elem = f64>,
    ) -> Result<f64, Error> {
        Ok(view.zip_with(other, |x, y| (x - y).abs())?.sum())
    }
}

#[test]
fn functions_of_any_rank_need_no_bound() {
    let mut cube = GrowableNd::from_fn([4, 3, 2], |[i, j, k]| (i * i + j + 7 * k) as f64);
    let centred = of_any_rank::demean(cube.view::<3>());
    assert_eq!(centred.sum_axis(Axis(0)), GrowableNd::zeros([3, 2]));
    assert_eq!(of_any_rank::demean(cube.view::<3>().reshape([4, 6]).unwrap()).as_slice(), centred.as_slice());
    assert_eq!(of_any_rank::spread(cube.view::<3>()), GrowableNd::full([3, 2], 12.25));
    #[cfg(any(feature = "std", feature = "libm"))]
    assert_eq!(of_any_rank::of_floats(cube.view::<3>()), Some(64.0));
    let (largest, places) = of_any_rank::largest(cube.view::<3>().t());
    assert_eq!((largest.shape(), places.as_slice()), (&[3, 4][..], &[1; 12][..]));
    let last = of_any_rank::running(&cube.view_mut::<3>());
    assert_eq!(last.row(3), cube.sum_axis(Axis(0)).as_slice());
    assert_eq!(of_any_rank::distance(cube.view::<3>(), &cube), Ok(0.0));
    let refused = of_any_rank::distance(cube.view::<3>().t(), &cube);
    assert_error!(
        refused,
        Error::Shape(ShapeError::Broadcast { .. }),
        "shapes [2, 3, 4] and [4, 3, 2] do not broadcast"
    );
}

#[test]
fn closures_need_no_types() {
    let array = GrowableNd::from([[1.5, 2.0], [3.0, 4.0]]);
    let counts = GrowableNd::from([[1_u8, 2], [3, 4]]);
    assert_eq!(array.zip_with(&array, |x, y| x + y).unwrap().sum(), 21.0);
    assert_eq!(array.zip_with(counts.view::<2>().t(), |x, &y| x * f64::from(y)).unwrap().sum(), 29.5);
    assert_eq!(array.view::<2>().zip_with(&counts, |x, &y| x.powi(y.into())).unwrap()[[1, 1]], 256.0);
    let row = View::from_slice([2], &[1.0, 10.0]).unwrap();
    assert_eq!(row.dot(array.view::<2>().t().slice((1, ..))), Ok(42.0));
    assert_eq!(GrowableNd::from([1.0, 10.0]).dot(row), Ok(101.0));
}

#[test]
fn views_without_axes_become_no_array() {
    let five = [5];
    let one = View::from_slice([], &five).unwrap();
    let says = "expected at least 1 axis (that of the rows), found none";
    let panic = panic_of(|| drop(one.map(|x| x + 1)));
    assert_eq!((&panic.message[..], &panic.file[..]), (says, file!()));
    let refused = one.try_map(|x| -> Result<_, Error> { Ok(x + 1) });
    assert_error!(refused, Error::Shape(ShapeError::NoAxes), says);
    assert_error!(one.zip_with(one, |x, y| x + y), Error::Shape(ShapeError::NoAxes), says);
    let mut element = five;
    let mut target = ViewMut::from_slice([], &mut element).unwrap();
    assert_eq!(panic_message(|| drop(target.map(|x| x + 1))), says);
    target.zip_with_in_place(one, |x, y| x + y).unwrap();
    assert_eq!((target.sum(), target.argmax()), (10, Some([])));
    // Shapes are compared first.
    let line = View::from_slice([1], &five).unwrap();
    assert_eq!(one.zip_with(line, |x, y| x + y).unwrap().as_slice(), [10]);
    let refused = one.dot_axis(line, Axis(0));
    assert_error!(refused, Error::Shape(ShapeError::Mismatch { .. }), "expected shape [], found [1]");
}

/// The error of a closure, or of the crate.
#[derive(Debug, PartialEq)]
enum Failed {
    Told(usize),
    Crate(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Crate(error)
    }
}

#[test]
fn closures_that_fail_drop_what_was_made() {
    let array = GrowableNd::from_fn([4, 3], |[i, j]| Tracked::new(u32::try_from(10 * i + j).unwrap()));
    let live = Tracked::live();
    let view = array.view::<2>();
    type Work<'a> = &'a dyn Fn(&mut dyn FnMut() -> Result<(), Failed>) -> Result<GrowableNd<Tracked>, Failed>;
    let works: [(Work<'_>, usize); 7] = [
        (&|call| array.try_map(|x| call().map(|()| x.clone())), 12),
        (&|call| view.try_map(|x| call().map(|()| x.clone())), 12),
        (&|call| view.t().try_map(|x| call().map(|()| x.clone())), 12),
        (&|call| view.slice((.., 1..)).try_map(|x| call().map(|()| x.clone())), 8),
        (&|call| array.try_fold_axis(Axis(0), Tracked::new(0), |_, x| call().map(|()| x.clone())), 12),
        (&|call| view.try_fold_axis(Axis(1), Tracked::new(0), |_, x| call().map(|()| x.clone())), 12),
        (&|call| view.t().try_fold_axis(Axis(1), Tracked::new(0), |_, x| call().map(|()| x.clone())), 12),
    ];
    for (number, (work, calls)) in works.into_iter().enumerate() {
        for last in 0..=calls {
            let mut called = 0;
            let result = work(&mut || {
                called += 1;
                if called > last { Err(Failed::Told(last)) } else { Ok(()) }
            });
            // No call follows the one that failed, and all results are dropped.
            assert_eq!(called, calls.min(last + 1), "{number}");
            match result {
                Ok(made) => assert_eq!((last, Tracked::live() - live), (calls, made.len() as isize)),
                Err(error) => assert_eq!((error, Tracked::live()), (Failed::Told(last), live), "{number}"),
            }
            assert_eq!(Tracked::live(), live, "{number}");
        }
    }
    // Errors of the crate take the same way.
    let refused = view.try_fold_axis(Axis(2), 0, |_, _| Err(Failed::Told(0)));
    assert!(matches!(refused, Err(Failed::Crate(Error::Access(AccessError::Axis { axis: 2, rank: 2, .. })))));
    let many = View::from_slice([], &[1_u8]).unwrap().broadcast([1 << (usize::BITS - 2)]).unwrap();
    let refused = many.try_map(|_| -> Result<u32, Failed> { unreachable!("there is no memory") });
    assert!(matches!(refused, Err(Failed::Crate(Error::Reserve(_)))));
}

#[test]
fn maps_keep_rows_without_elements() {
    let rows = GrowableNd::<u8>::zeros([5, 0, 2]);
    let shape = [5, 0, 2];
    assert_eq!(rows.map(|x| x + 1).shape(), shape);
    assert_eq!(rows.try_map(|x| Ok::<_, Error>(x + 1)).unwrap().shape(), shape);
    assert_eq!(rows.view::<3>().try_map(|x| Ok::<_, Error>(x + 1)).unwrap().shape(), shape);
    assert_eq!(rows.view::<3>().t().try_map(|x| Ok::<_, Error>(x + 1)).unwrap().shape(), [2, 0, 5]);
    assert_eq!(rows.zip_with(rows.view::<3>(), |x, y| x + y).unwrap().shape(), shape);
    assert_eq!(rows.view::<3>().zip_with(&rows, |x, y| x + y).unwrap().shape(), shape);
    assert_eq!(rows.dot_axis(rows.view::<3>(), Axis(1)).unwrap(), GrowableNd::zeros([5, 2]));
}

#[test]
fn results_grow_as_new_arrays_do() {
    let array = GrowableNd::<f64>::from_rows([2], [[1.0, 2.0], [3.0, 4.0]]).unwrap();
    let mut exact = array.clone();
    exact.set_growth(growable_nd::Growth::EXACT);
    for result in [
        exact.map(|x| x + 1.0),
        exact.try_map(|x| Ok::<_, Error>(x + 1.0)).unwrap(),
        exact.zip_with(&exact, |x, y| x + y).unwrap(),
        exact.cumulative_sum(Axis(0)),
        exact.sum_axis(Axis(0)),
        exact.max_axis(Axis(1)),
        exact.mean_axis(Axis(0)),
        exact.fold_axis(Axis(0), 0.0, |_, x| *x),
    ] {
        assert_eq!(
            (result.growth(), result.growth_stats()),
            (growable_nd::Growth::DOUBLE, Default::default())
        );
        assert_eq!(result.capacity(), result.rows());
    }
}
