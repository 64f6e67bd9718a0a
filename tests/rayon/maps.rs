//! Maps on several threads against those on one.

use crate::{caught, in_pools};
use growable_nd::rayon::ThreadPoolBuilder;
use growable_nd::{Axis, AxisRange, Error, GrowableNd, ShapeError, View, ViewMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A number of elements that one thread maps.
const FEW: usize = 1 << 12;

/// A number of elements for several tasks.
const MANY: usize = 1 << 15;

fn counting(len: usize) -> Vec<u32> {
    (0..len).map(|i| i as u32).collect()
}

/// Compares all maps of a view with those on one thread. Views have three axes, to compile this
/// function once.
#[track_caller]
fn assert_same(view: View<'_, u32, 3>) {
    let what = || format!("{:?} with strides {:?}", view.shape(), view.strides());
    let half = |&x: &u32| f64::from(x) / 2.0;
    assert_eq!(view.par_map(half), view.map(half), "{}", what());
    let text = |x: &u32| x.to_string();
    let texts = view.map(text);
    assert_eq!(view.par_map(text), texts, "{}", what());
    assert_eq!(view.try_par_map(|x| Ok::<_, Error>(text(x))).unwrap(), texts, "{}", what());
    // The other operand is contiguous, has the layout of the view, or neither.
    let pair = |x: &u32, y: &String| (*x, y.len());
    let pairs = view.zip_with(&texts, pair).unwrap();
    assert_eq!(view.par_zip_with(&texts, pair).unwrap(), pairs, "{}", what());
    let sums = view.zip_with(view, |x, y| x + y).unwrap();
    assert_eq!(view.par_zip_with(view, |x, y| x + y).unwrap(), sums, "{}", what());
    assert_eq!(texts.par_zip_with(view, |y, x| pair(x, y)).unwrap(), pairs, "{}", what());

    let mut numbers = view.to_owned_array();
    numbers.par_map_in_place(|x| x ^ 1);
    assert_eq!(numbers, view.map(|x| x ^ 1), "{}", what());
}

#[test]
fn lengths_at_the_seams() {
    let numbers = counting(3 * MANY);
    in_pools(|_| {
        for len in [0, 1, 31, 32, 33, FEW - 1, FEW, FEW + 1, 2 * FEW + 33, MANY - 1, MANY + 1, 3 * MANY / 2] {
            let line = View::from_slice([len], &numbers[..len]).unwrap();
            assert_eq!(line.par_map(|x| x + 1), line.map(|x| x + 1));
            let view = View::from_slice([1, 1, len], &numbers[..len]).unwrap();
            assert_same(view);
            assert_same(view.invert_axis(Axis(2)));
            let gaps = View::from_slice([1, 2 * len, 1], &numbers[..2 * len]).unwrap();
            assert_same(gaps.slice((.., (..).step(2), ..)));
        }
    });
}

#[test]
fn layouts() {
    let numbers = counting(210_000);
    in_pools(|threads| {
        for shape in [[30, 70, 100], [3, 70_000, 1], [70_000, 1, 3], [2, 2, 40_000], [1, 3, MANY + 1]] {
            let view = View::from_slice(shape, &numbers[..shape.iter().product()]).unwrap();
            assert_same(view);
            assert_same(view.t());
            if threads == 2 {
                assert_same(view.permute([1, 0, 2]));
                assert_same(view.permute([0, 2, 1]).invert_axis(Axis(2)));
                assert_same(view.slice((.., (..).step(2), ..)));
                assert_same(view.slice((.., .., shape[2].min(1)..)));
                assert_same(view.slice((0, .., ..)).broadcast([3, shape[1], shape[2]]).unwrap());
            }
        }
    });
}

/// Lanes across memory order, with enough elements that results are buffered.
#[test]
fn crowded_layouts() {
    let view = GrowableNd::from_vec([800], counting(700 * 800)).unwrap();
    let view = view.view::<2>();
    in_pools(|_| {
        let turned = view.t();
        let text = |x: &u32| x.to_string();
        let texts = turned.par_map(text);
        assert_eq!(texts, turned.map(text));
        assert_eq!(
            turned.invert_axis(Axis(0)).par_map(|x| x.count_ones()),
            turned.invert_axis(Axis(0)).map(|x| x.count_ones())
        );
        let zipped = |x: &u32, y: &String| x % 7 + y.len() as u32;
        assert_eq!(turned.par_zip_with(&texts, zipped).unwrap(), turned.zip_with(&texts, zipped).unwrap());
        assert_eq!(
            texts.par_zip_with(turned, |y, x| zipped(x, y)).unwrap(),
            texts.zip_with(turned, |y, x| zipped(x, y)).unwrap()
        );
        assert_same_zips(turned, view.slice((.., 3)));
        assert_same_zips(turned, view.slice((..1, ..)).t());
        let cube = view.reshape([7, 100, 800]).unwrap().permute([0, 2, 1]);
        assert_eq!(cube.par_map(|x| x + 1), cube.map(|x| x + 1));
        let alive = Arc::new(());
        let until = |&x: &u32| if x == 500_000 { panic!("at {x}") } else { alive.clone() };
        assert_eq!(caught(|| drop(turned.par_map(until))), "at 500000");
        assert_eq!(Arc::strong_count(&alive), 1);
    });
}

/// Compares zips in both orders of the arguments with those on one thread.
#[track_caller]
fn assert_same_zips<const N: usize, const M: usize>(left: View<'_, u32, N>, right: View<'_, u32, M>) {
    let what = || format!("{:?} and {:?}", left.shape(), right.shape());
    // One closure type for all numbers of axes.
    let text: &(dyn Fn(&u32, &u32) -> String + Sync) = &|x, y| format!("{x} {y}");
    assert_eq!(left.par_zip_with(right, text), left.zip_with(right, text), "{}", what());
    assert_eq!(right.par_zip_with(left, text), right.zip_with(left, text), "{}", what());
}

#[test]
fn shapes_that_broadcast() {
    let numbers = counting(4 * MANY);
    let of = |len: usize| &numbers[..len];
    in_pools(|_| {
        for (rows, columns) in [(70, 900), (900, 70), (MANY, 3), (3, MANY), (FEW, 1), (1, FEW + 1), (65, 65)]
        {
            let whole = View::from_slice([rows, columns], of(rows * columns)).unwrap();
            let (row, column) = (View::from_slice([columns], of(columns)).unwrap(), whole.slice((.., ..1)));
            assert_same_zips(whole, row);
            assert_same_zips(whole, column);
            assert_same_zips(whole.t().t(), row.invert_axis(Axis(0)));
            assert_same_zips(whole.t(), column.t());
            // Few elements in each operand, and many results.
            assert_same_zips(row, column);
            assert_same_zips(whole, View::from_slice([], &[7]).unwrap());
            assert_same_zips(whole.slice((0, ..)), View::from_slice([5, 1, 1], of(5)).unwrap());
        }
        let five = View::from_slice([3, 1, 20, 1, 10], of(600)).unwrap();
        assert_same_zips(five, View::from_slice([4, 1, 6, 1], of(24)).unwrap());
        assert_same_zips(five.t(), View::from_slice([6, 1, 4, 1], of(24)).unwrap());
        assert_same_zips(five, View::from_slice([0, 1, 6, 1], of(0)).unwrap());
        let empty = View::from_slice([5000, 0], of(0)).unwrap();
        assert_same_zips(empty, View::from_slice([1], of(1)).unwrap());
    });
}

#[test]
fn zero_extents_and_elements_without_size() {
    let none: [u32; 0] = [];
    in_pools(|_| {
        for shape in [[0, 3, 1], [1, 0, 3], [5000, 0, 2], [5000, 2, 0]] {
            let view = View::from_slice(shape, &none).unwrap();
            assert_same(view);
            assert_same(view.t());
            assert_eq!(view.par_map(u32::to_string).shape(), shape);
        }
        let array = GrowableNd::from_vec([7], vec![(); 7 * FEW]).unwrap();
        let calls = AtomicUsize::new(0);
        let counted = |&(): &()| _ = calls.fetch_add(1, Ordering::Relaxed);
        assert_eq!(array.par_map(counted), array);
        assert_eq!(array.view::<2>().t().par_map(counted).shape(), [7, FEW]);
        assert_eq!(calls.into_inner(), 14 * FEW);
    });
}

#[test]
fn large_results() {
    let array = GrowableNd::from_vec([3], counting(3 * FEW)).unwrap();
    in_pools(|_| {
        assert_eq!(array.par_map(|&x| [x; 100]), array.map(|&x| [x; 100]));
        let zipped = array.par_zip_with(&array, |&x, &y| [x + y; 17]).unwrap();
        assert_eq!(zipped, array.map(|&x| [2 * x; 17]));
    });
}

#[test]
fn parts_of_mutable_views() {
    in_pools(|_| {
        let mut numbers = counting(60 * 700);
        let mut expected = numbers.clone();
        let mut all = [&mut numbers, &mut expected].map(|data| ViewMut::from_slice([60, 700], data).unwrap());
        let [parallel, serial] = &mut all;
        let each = |view: &mut ViewMut<'_, u32, 2>, map: &dyn Fn(ViewMut<'_, u32, 2>)| {
            map(view.reborrow().slice((1.., (..).step(3))));
            map(view.reborrow().t());
            map(view.reborrow().invert_axis(Axis(0)).slice((.., 5..)));
            map(view.reborrow().t().invert_axis(Axis(0)).slice(((..).step(2), ..)));
        };
        each(parallel, &|mut view| view.par_map_in_place(|x| x.wrapping_mul(3) + 1));
        each(serial, &|mut view| view.map_in_place(|x| x.wrapping_mul(3) + 1));
        assert_eq!(numbers, expected);
    });
}

#[test]
fn shapes_that_differ_and_views_without_axes() {
    let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    let other = GrowableNd::from([[1, 2], [3, 4]]);
    let error = array.par_zip_with(&other, |x, y| x + y).unwrap_err();
    assert_eq!(Err(error), array.zip_with(&other, |x, y| x + y));
    assert!(array.view::<2>().par_zip_with(&other, |x, y| x + y).is_err());
    assert!(other.par_zip_with(GrowableNd::from([1, 2, 3]), |x, y| x + y).is_err());
    let single = View::from_slice([], &[1]).unwrap();
    // Shapes that broadcast to more elements than an array can have.
    let many = 1 << (usize::BITS / 2 + 2);
    let wide = |shape: [usize; 3]| single.broadcast(shape).unwrap();
    for (left, right) in [([many, 1, 1], [1, many, 1]), ([1, many, 1], [1, 1, many])] {
        let error = wide(left).par_zip_with(wide(right), |x, y| x + y).unwrap_err();
        assert!(matches!(error, Error::Reserve(_) | Error::Shape(ShapeError::Overflow { .. })), "{error:?}");
        assert_eq!(Err(error), wide(left).zip_with(wide(right), |x, y| x + y));
    }
    assert_eq!(array.par_zip_with(single, |x, y| x - y), Ok(array.map(|x| x - 1)));
    let refused = single.par_zip_with(single, |x, y| x + y);
    assert_eq!(refused.unwrap_err(), Error::Shape(ShapeError::NoAxes));
    let refused = single.try_par_map(|x| Ok::<i32, Error>(*x));
    assert_eq!(refused.unwrap_err(), Error::Shape(ShapeError::NoAxes));
    assert_eq!(caught(|| drop(single.par_map(|x| x + 1))), ShapeError::NoAxes.to_string());
}

#[test]
fn the_first_error_is_that_of_the_first_element() {
    let numbers = GrowableNd::from_vec([3], counting(9 * MANY)).unwrap();
    let odd = |&x: &u32| match x as usize {
        x if x > 2 * MANY && x % 1000 == 1 => {
            Err(Box::<dyn std::error::Error + Send + Sync>::from(x.to_string()))
        }
        x => Ok(x),
    };
    in_pools(|_| {
        assert_eq!(numbers.try_par_map(odd).unwrap_err().to_string(), "66001");
        let turned = numbers.view::<2>().t();
        let first = turned.iter().find_map(|x| odd(x).err()).unwrap();
        assert_eq!(turned.try_par_map(odd).unwrap_err().to_string(), first.to_string());
    });
}

/// In a pool of two threads, the function waits at the first and at the last element until both
/// are reached.
#[test]
fn many_elements_are_for_several_threads() {
    let numbers = GrowableNd::from_vec([], counting(4 * MANY)).unwrap();
    let last = 4 * MANY as u32 - 1;
    let pool = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let reached = AtomicUsize::new(0);
    let wait = |&x: &u32| {
        if x == 0 || x == last {
            reached.fetch_add(1, Ordering::SeqCst);
            let start = Instant::now();
            while reached.load(Ordering::SeqCst) < 2 {
                // A way out of a wait without end.
                assert!(start.elapsed() < Duration::from_secs(60), "one thread has all elements");
                thread::yield_now();
            }
        }
        u64::from(x)
    };
    let mapped = pool.install(|| numbers.par_map(wait));
    assert!(mapped.as_slice().iter().copied().eq(0..=u64::from(last)));
    reached.store(0, Ordering::SeqCst);
    let sum = pool.install(|| numbers.view::<1>().par_sum_of(wait));
    assert_eq!(sum, mapped.sum());
}

/// This thread is in no pool.
#[test]
fn few_elements_are_for_the_calling_thread() {
    let numbers = GrowableNd::from_vec([2], counting(FEW)).unwrap();
    let caller = thread::current().id();
    let threads = [
        numbers.par_map(|_| thread::current().id()),
        numbers.view::<2>().t().par_map(|_| thread::current().id()),
        numbers.try_par_map(|_| Ok::<_, Error>(thread::current().id())).unwrap(),
        numbers.par_zip_with(&numbers, |_, _| thread::current().id()).unwrap(),
    ];
    assert!(threads.iter().all(|array| array.as_slice().iter().all(|id| *id == caller)));
    let elsewhere = numbers.par_sum_of(|_| u32::from(thread::current().id() != caller));
    assert_eq!(elsewhere, 0);
}

#[test]
fn panics_drop_all_results() {
    let array = GrowableNd::from_vec([5], counting(5 * FEW)).unwrap();
    in_pools(|_| {
        for last in [0, 17, 4096, 9999, 5 * FEW as u32 - 1] {
            let alive = Arc::new(());
            let clone_until = |&x: &u32| if x == last { panic!("at {x}") } else { alive.clone() };
            assert_eq!(caught(|| drop(array.par_map(clone_until))), format!("at {last}"));
            assert_eq!(caught(|| drop(array.view::<2>().t().par_map(clone_until))), format!("at {last}"));
            let both = |x: &u32, _: &u32| clone_until(x);
            assert_eq!(caught(|| drop(array.par_zip_with(&array, both))), format!("at {last}"));
            assert_eq!(Arc::strong_count(&alive), 1);

            let mut owned = array.map(|x| x.to_string());
            let until = |x: &String| if *x == last.to_string() { panic!("at {x}") } else { format!("{x}!") };
            assert_eq!(caught(|| owned.par_map_in_place(until)), format!("at {last}"));
            // Each element was replaced or not; none is missing.
            let all = owned.as_slice().iter().zip(array.as_slice());
            assert!(all.into_iter().all(|(text, x)| text.trim_end_matches('!') == x.to_string()));
        }
    });
}
