//! Reductions of all elements of views and arrays, against a loop over the elements.

use crate::any::{Any, array, for_any};
use crate::chains::Chain;
use crate::copies::turned;
use crate::naive::{Naive, indices};
use crate::support::{assert_error, check, panic_message};
use growable_nd::{AccessError, Axis, AxisRange, Error, GrowableNd, ShapeError, View};
use std::cell::Cell;
use std::num::Wrapping;

/// Numbers whose sums and products of any length do not depend on the order.
pub type Whole = Wrapping<i32>;

/// Many equal numbers, all odd: then no product becomes zero.
pub fn wholes(count: usize, salt: u8) -> Vec<Whole> {
    let mut number = u32::from(salt);
    let mut next = || {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Wrapping(i32::try_from((number >> 16) % 40).unwrap() * 2 - 39)
    };
    (0..count).map(|_| next()).collect()
}

/// The elements at these places of a slice.
pub fn at_places<T: Copy>(slice: &[T], places: &[u32]) -> Vec<T> {
    places.iter().map(|&place| slice[usize::try_from(place).unwrap()]).collect()
}

/// Lengths on both sides of each length at which another code path begins: 16 elements side by side
/// and half of them, blocks of 2048, 16 such blocks, and halves of all.
#[rustfmt::skip]
pub const LENGTHS: [usize; 34] = [
    0, 1, 2, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 1023, 1024, 1025, 2047, 2048, 2049, 2055, 2064, 2065, 4095, 4096,
    4097, 6145, 16_384, 16_385, 32_767, 32_768, 32_769, 34_817, 65_536, 65 * 1024 + 3,
];

/// The elements stored column by column, from the last to the first. [`from_backwards`] views them
/// in their original order.
pub fn backwards<T: Copy, const N: usize>(shape: [usize; N], elements: &[T]) -> Vec<T> {
    let axes: Vec<usize> = (0..N).rev().collect();
    let places = Naive::counting(&shape).permute(&axes).elements;
    at_places(elements, &places).into_iter().rev().collect()
}

pub fn from_backwards<T, const N: usize>(mut shape: [usize; N], stored: &[T]) -> View<'_, T, N> {
    shape.reverse();
    let view = View::from_slice(shape, stored).unwrap().t();
    (0..N).fold(view, |view, axis| view.invert_axis(Axis(axis)))
}

/// The position of an index in row-major order.
fn number<const N: usize>(shape: [usize; N], index: [usize; N]) -> usize {
    assert!(index.iter().zip(&shape).all(|(index, extent)| index < extent));
    index.iter().zip(&shape).fold(0, |number, (index, extent)| number * extent + index)
}

/// Compares the methods that views and arrays share. `$elements` are in row-major order.
macro_rules! compare_all {
    ($it:expr, $elements:expr) => {{
        let (it, elements) = ($it, $elements);
        assert_eq!(it.sum(), elements.iter().sum());
        assert_eq!(it.product(), elements.iter().product());
        assert_eq!(it.min(), elements.iter().min().copied());
        assert_eq!(it.max(), elements.iter().max().copied());
        let calls = Cell::new(0);
        let cube = |x: &Whole| i128::from(x.0).pow(3);
        let counted = |x: &Whole| {
            calls.set(calls.get() + 1);
            cube(x)
        };
        assert_eq!(it.sum_of(counted), elements.iter().map(cube).sum());
        assert_eq!(calls.get(), elements.len());
        compare_means!(it, elements);
    }};
}

/// The elements are exact in floats, so the order of additions does not matter.
macro_rules! compare_means {
    ($it:expr, $elements:expr) => {{
        let sum: f64 = $elements.iter().map(|x| f64::from(x.0)).sum();
        let mean = (!$elements.is_empty()).then(|| sum / $elements.len() as f64);
        assert_eq!($it.mean_of(|x| f64::from(x.0)), mean);
    }};
}

fn compare<const N: usize>(view: View<'_, Whole, N>, elements: &[Whole]) {
    compare_all!(view, elements);
    let place = |best: Option<&Whole>| elements.iter().position(|x| Some(x) == best);
    let shape = view.shape();
    assert_eq!(view.argmin().map(|index| number(shape, index)), place(elements.iter().min()));
    assert_eq!(view.argmax().map(|index| number(shape, index)), place(elements.iter().max()));
}

#[test]
fn views_after_chains_are_added_and_compared() {
    check(|(mut chain, salt, more, times): (Chain, u8, u8, u8)| {
        let slice = wholes(chain.len(), salt);
        let (any, model) = chain.view(&slice);
        for_any!(any, view => compare(view, &at_places(&slice, &model.elements)));
        // Strides of zero.
        chain.ops.truncate(4);
        let (any, model) = chain.view(&slice);
        let (any, model) = any.broadcast(&model, more, times);
        for_any!(any, view => compare(view, &at_places(&slice, &model.elements)));
    });
}

#[test]
fn lines_after_chains_are_multiplied() {
    check(|(chain, salt): (Chain, u8)| {
        let slice = wholes(chain.len(), salt);
        let (any, model) = chain.view(&slice);
        let elements = at_places(&slice, &model.elements);
        let Any::Of1(view) = any else { return };
        compare_dots(view, &elements);
    });
}

/// The scalar product with views of other strides.
fn compare_dots(view: View<'_, Whole, 1>, elements: &[Whole]) {
    let others = wholes(elements.len(), 77);
    let expected: Whole = elements.iter().zip(&others).map(|(x, y)| x * y).sum();
    let stepped: Vec<Whole> = others.iter().flat_map(|&other| [other, Wrapping(99)]).collect();
    let backwards = backwards([others.len()], &others);
    for other in [
        View::from_slice([others.len()], &others).unwrap(),
        View::from_slice([stepped.len()], &stepped).unwrap().slice(((..).step(2),)),
        from_backwards([others.len()], &backwards),
    ] {
        assert_eq!(view.dot(&other), Ok(expected));
        assert_eq!(other.dot(&view), Ok(expected));
        let [left, right] = [view, other].map(|view| view.to_owned_array());
        assert_eq!(left.dot(&right), Ok(expected));
    }
    assert_eq!(view.dot(&view), Ok(elements.iter().map(|x| x * x).sum()));
    let three = [Wrapping(3)];
    let same = View::from_slice([1], &three).unwrap().broadcast([elements.len()]).unwrap();
    assert_eq!(view.dot(&same), Ok(elements.iter().sum::<Whole>() * three[0]));
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn lines_of_every_length() {
    for len in LENGTHS {
        let slice = wholes(3 * len, 5);
        let line = View::from_slice([3 * len], &slice).unwrap();
        for step in 1..=3 {
            for line in [line, line.invert_axis(Axis(0))] {
                let line = line.slice(((..).step(step),)).slice((..len,));
                let elements: Vec<Whole> = line.iter().copied().collect();
                compare(line, &elements);
                compare_dots(line, &elements);
            }
        }
        let same = View::from_slice([1], &slice[..1.min(slice.len())]);
        if let Ok(same) = same {
            compare(same.broadcast([len]).unwrap(), &vec![slice[0]; len]);
        }
    }
}

/// More elements of narrow types are combined side by side.
#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn lines_of_narrow_numbers() {
    macro_rules! check {
        ($($number:ty)*) => {$(
            for len in LENGTHS.into_iter().chain([63, 64, 65, 127, 128, 129, 191, 262_145, 600_001]) {
                let digits = (0..len as u64).map(|k| ((k * k + k / 7) % 11) as $number);
                let elements: Vec<Wrapping<$number>> = digits.map(Wrapping).collect();
                let line = View::from_slice([len], &elements).unwrap();
                let sum = elements.iter().fold(Wrapping(0), |sum, x| sum + x);
                assert_eq!(line.sum(), sum);
                assert_eq!(line.invert_axis(Axis(0)).sum(), sum);
                let squares = elements.iter().fold(Wrapping(0), |sum, x| sum + x * x);
                assert_eq!((line.sum_of(|x| x * x), line.dot(line)), (squares, Ok(squares)));
                let odd = |x: &Wrapping<$number>| x * Wrapping(2) + Wrapping(1);
                let product = elements.iter().fold(Wrapping(1), |product, x| product * odd(x));
                assert_eq!(line.map(odd).product(), product);
                for line in [line, line.invert_axis(Axis(0))] {
                    assert_eq!((line.min(), line.max()), (line.iter().min().copied(), line.iter().max().copied()));
                    let first = |best: Option<Wrapping<$number>>| line.iter().position(|x| Some(*x) == best);
                    assert_eq!(line.argmin(), first(line.min()).map(|at| [at]));
                    assert_eq!(line.argmax(), first(line.max()).map(|at| [at]));
                }
            }
        )*};
    }
    check!(u8 i8 u16 i32);
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn minima_of_elements_that_own_memory() {
    for len in [1, 8, 9, 127, 128, 300] {
        let words: Vec<String> = (0..len).map(|k| format!("{}", k * 37 % 101)).collect();
        let line = View::from_slice([len], &words).unwrap();
        for line in [line, line.invert_axis(Axis(0)), line.slice(((..).step(2),))] {
            assert_eq!(line.min().as_ref(), line.iter().min());
            assert_eq!(line.max().as_ref(), line.iter().max());
            assert_eq!(
                line.argmax(),
                line.iter().position(|x| Some(x) == line.max().as_ref()).map(|at| [at])
            );
        }
    }
    let units = [(); 300];
    assert_eq!(View::from_slice([300], &units).unwrap().max(), Some(()));
    assert_eq!(View::from_slice([300], &units).unwrap().argmin(), Some([0]));
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn planes_of_every_size() {
    let shapes = [
        [1, 1025],
        [2, 1023],
        [3, 1024],
        [5, 17],
        [63, 16],
        [64, 16],
        [65, 16],
        [64, 17],
        [65, 15],
        [129, 1],
        [130, 31],
        [200, 7],
        [200, 8],
        [201, 9],
        [127, 16],
        [128, 16],
        [129, 16],
        [129, 17],
        [257, 5],
        [33, 512],
        [3, 32_769],
        [7, 4097],
        [300, 300],
    ];
    for shape in shapes {
        let slice = wholes(shape.iter().product(), 9);
        for turn in 0..8 {
            for step in [[1, 1], [1, 2], [2, 1], [3, 2]] {
                let view = turned(&slice, shape, turn, step);
                compare(view, &view.iter().copied().collect::<Vec<_>>());
            }
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn boxes_in_every_order() {
    let shape = [9, 33, 20];
    let slice = wholes(shape.iter().product(), 3);
    let counting = Naive::counting(&shape);
    for axes in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let view = View::from_slice(shape, &slice).unwrap().permute(axes);
        let elements = at_places(&slice, &counting.permute(&axes).elements);
        compare(view, &elements);
        // Every axis has gaps, so no two axes can be merged.
        let view = view.slice(((1..).step(2), (..).step(2), (..).step(3)));
        compare(view, &view.iter().copied().collect::<Vec<_>>());
    }
    // One element at many indices: overlapping windows of all lengths.
    let line: Vec<Whole> = wholes(3000, 1);
    for window in [1, 15, 16, 17, 100, 1025] {
        let view = View::from_strided([3000 - window, window], [1, 1], 0, &line).unwrap();
        compare(view, &view.iter().copied().collect::<Vec<_>>());
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn the_extreme_is_found_wherever_it_is() {
    let far = vec![0, 15, 16, 2047, 2048, 4095, 4096, 4991, 4992, 4999];
    for (len, places) in [(41, (0..41).collect()), (5000, far)] {
        for step in [1, 2] {
            for &place in &places {
                let mut numbers = vec![0; len * step];
                numbers[place * step] = 1;
                let view = View::from_slice([len * step], &numbers).unwrap().slice(((..).step(step),));
                assert_eq!((view.max(), view.argmax()), (Some(1), Some([place])));
                assert_eq!((view.invert_axis(Axis(0)).argmax()), Some([len - 1 - place]));
                numbers[place * step] = -1;
                let view = View::from_slice([len * step], &numbers).unwrap().slice(((..).step(step),));
                assert_eq!((view.min(), view.argmin()), (Some(-1), Some([place])));
                assert_eq!(view.sum(), -1);
            }
        }
    }
}

#[test]
fn arrays_of_one_to_eight_axes() {
    check(|(extents, rank, salt): ([u8; 8], u8, u8)| {
        let shape: Vec<usize> = extents[..usize::from(rank % 8) + 1]
            .iter()
            .map(|extent| [2, 1, 3, 2, 1, 3, 0, 2][usize::from(extent % 8)])
            .collect();
        let elements = wholes(shape.iter().product(), salt);
        let mut numbers = GrowableNd::full(&shape, Wrapping(0));
        numbers.as_mut_slice().copy_from_slice(&elements);
        compare_all!(&numbers, &elements);
        match shape.len() {
            1 => compare_array::<1>(&numbers, &elements),
            2 => compare_array::<2>(&numbers, &elements),
            3 => compare_array::<3>(&numbers, &elements),
            8 => compare_array::<8>(&numbers, &elements),
            _ => {}
        }
    });
}

fn compare_array<const N: usize>(numbers: &GrowableNd<Whole>, elements: &[Whole]) {
    let view = numbers.view::<N>();
    compare(view, elements);
    assert_eq!((numbers.argmin(), numbers.argmax()), (view.argmin(), view.argmax()));
    let every = indices(numbers.shape());
    assert_eq!(numbers.argmin::<N>().is_none(), every.is_empty());
    if let Some(found) = numbers.argmin() {
        let first = elements.iter().position(|x| Some(x) == elements.iter().min()).unwrap();
        assert_eq!(found, array::<_, N>(&every[first]));
    }
}

#[test]
fn integers_of_every_kind() {
    let bytes = GrowableNd::from([[200_u8, 100], [255, 0]]);
    assert_eq!(bytes.sum_of(|&x| u64::from(x)), 555);
    assert_eq!(
        (bytes.min(), bytes.max(), bytes.argmin(), bytes.argmax()),
        (Some(0), Some(255), Some([1, 1]), Some([1, 0]))
    );
    assert_eq!(GrowableNd::from_vec([], vec![-1_i8; 127]).unwrap().sum(), -127);
    assert_eq!(GrowableNd::from_vec([], (1..=8_u16).collect()).unwrap().product(), 40320);
    let large: Vec<Wrapping<u64>> = (1..=40).map(Wrapping).collect();
    let array = GrowableNd::from_vec([4], large.clone()).unwrap();
    assert_eq!((array.sum(), array.product()), (large.iter().sum(), large.iter().product()));
    // `min` and `max` need an order only, not a number type.
    let words =
        GrowableNd::from_vec([], ["pear", "apple", "quince", "apple"].map(String::from).to_vec()).unwrap();
    assert_eq!((words.min().as_deref(), words.max().as_deref()), (Some("apple"), Some("quince")));
    assert_eq!((words.argmin(), words.argmax()), (Some([1]), Some([2])));
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "overflow is silent")]
fn overflow_is_that_of_the_operators() {
    let numbers = GrowableNd::from([200_u8, 100]);
    assert_eq!(panic_message(|| assert_eq!(numbers.sum(), 0)), "attempt to add with overflow");
    assert_eq!(panic_message(|| assert_eq!(numbers.product(), 0)), "attempt to multiply with overflow");
}

#[test]
fn no_elements() {
    let empty = GrowableNd::<i32>::zeros([3, 0]);
    for view in [empty.view::<2>(), empty.view().t(), empty.view().slice((1..1, ..))] {
        assert_eq!((view.sum(), view.product(), view.sum_of(|_| 1)), (0, 1, 0));
        assert_eq!((view.min(), view.max()), (None, None));
        assert_eq!((view.argmin(), view.argmax()), (None, None));
    }
    assert_eq!((empty.sum(), empty.product(), empty.min(), empty.max()), (0, 1, None, None));
    assert_eq!((empty.argmin::<2>(), empty.argmax::<2>()), (None, None));
    let none = View::<i32, 1>::from_slice([0], &[]).unwrap();
    assert_eq!(none.dot(&none), Ok(0));
}

#[test]
fn one_element_without_axes() {
    let five = [5];
    let view = View::from_slice([], &five).unwrap();
    assert_eq!((view.sum(), view.product(), view.min(), view.max()), (5, 5, Some(5), Some(5)));
    assert_eq!((view.argmin(), view.argmax()), (Some([]), Some([])));
}

#[test]
fn scalar_products_of_what_does_not_match() {
    let [three, four] = [GrowableNd::from([1, 2, 3]), GrowableNd::from([1, 2, 3, 4])];
    let says = "expected shape [3], found [4]";
    assert_error!(three.view::<1>().dot(&four.view::<1>()), ShapeError::Mismatch { .. }, says);
    assert_error!(three.dot(&four), Error::Shape(ShapeError::Mismatch { .. }), says);
    let plane = GrowableNd::<i32>::from([[1, 2, 3]]);
    let says = "expected shape [3], found [1, 3]";
    assert_error!(three.dot(&plane), Error::Shape(ShapeError::Mismatch { .. }), says);
    assert_error!(three.view::<1>().dot(&plane), ShapeError::Mismatch { .. }, says);
    let rank = plane.dot(&three);
    assert_error!(
        rank,
        Error::Access(AccessError::Rank { expected: 1, found: 2, .. }),
        "expected 1 axes, found 2"
    );
}

#[test]
fn places_in_an_array_with_other_axes() {
    let plane = GrowableNd::from([[1, 2, 3]]);
    let says = "expected 2 axes, found 1";
    assert_eq!(panic_message(|| assert_eq!(plane.argmin::<1>(), None)), says);
    assert_eq!(panic_message(|| assert_eq!(plane.argmax::<1>(), None)), says);
}

/// NaN and infinite elements.
mod special {
    use super::*;

    const NAN: f64 = f64::NAN;
    const INF: f64 = f64::INFINITY;

    fn line(elements: &[f64]) -> View<'_, f64, 1> {
        View::from_slice([elements.len()], elements).unwrap()
    }

    /// Asserts that minimum and maximum are NaN, and that `index` is that of the first NaN.
    #[track_caller]
    fn assert_nan<const N: usize>(view: View<'_, f64, N>, index: [usize; N]) {
        assert!(view.min().unwrap().is_nan() && view.max().unwrap().is_nan());
        assert_eq!((view.argmin(), view.argmax()), (Some(index), Some(index)));
        assert!(view.sum().is_nan() && view.product().is_nan());
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes")]
    fn nan_is_found_wherever_it_is() {
        for len in [1, 2, 16, 17, 41, 127, 128, 133, 1100] {
            for place in (0..len.min(41)).chain([len - 1]) {
                for step in [1, 3] {
                    let mut numbers: Vec<f64> =
                        (0..u32::try_from(len * step).unwrap()).map(f64::from).collect();
                    numbers[place * step] = NAN;
                    let view = line(&numbers).slice(((..).step(step),));
                    assert_nan(view, [place]);
                    assert_nan(view.invert_axis(Axis(0)), [len - 1 - place]);
                    // A second NaN after it changes nothing.
                    numbers[(len - 1) * step] = NAN;
                    assert_nan(line(&numbers).slice(((..).step(step),)), [place]);
                    let plane = line(&numbers).reshape([1, len * step]).unwrap();
                    assert_nan(plane.slice((.., (..).step(step))).t(), [place, 0]);
                }
            }
        }
    }

    #[test]
    fn the_first_nan_is_that_in_row_major_order() {
        let plane = [1.0, NAN, 2.0, NAN, 3.0, 4.0];
        let plane = View::from_slice([2, 3], &plane).unwrap();
        assert_nan(plane, [0, 1]);
        assert_nan(plane.t(), [0, 1]);
        assert_nan(plane.invert_axis(Axis(0)), [0, 0]);
        assert_nan(plane.invert_axis(Axis(1)), [0, 1]);
    }

    #[test]
    fn infinities_are_numbers() {
        assert_eq!((line(&[1.0, INF]).sum(), line(&[1.0, -INF]).sum()), (INF, -INF));
        assert!(line(&[INF, -INF]).sum().is_nan());
        assert!(line(&[INF, 0.0]).product().is_nan());
        let both = [0.0, INF, 1.0, -INF];
        let both = line(&both);
        assert_eq!((both.min(), both.max()), (Some(-INF), Some(INF)));
        assert_eq!((both.argmin(), both.argmax()), (Some([3]), Some([1])));
        assert_eq!(line(&[INF; 40]).argmin(), Some([0]));
        assert_eq!(line(&[f64::MAX, f64::MAX]).sum(), INF);
    }

    #[test]
    fn zeros_are_equal_whatever_their_sign() {
        for zeros in [[0.0, -0.0], [-0.0, 0.0], [-0.0, -0.0]] {
            let zeros = line(&zeros);
            assert_eq!((zeros.sum(), zeros.min(), zeros.max()), (0.0, Some(0.0), Some(0.0)));
            assert_eq!((zeros.argmin(), zeros.argmax()), (Some([0]), Some([0])));
        }
        assert!(line(&[-0.0, 1.0]).product().is_sign_negative());
    }

    #[cfg(any(feature = "std", feature = "libm"))]
    #[test]
    fn nan_spoils_means_and_spreads() {
        for numbers in [[1.0, NAN], [INF, -INF]] {
            let numbers = line(&numbers);
            assert!([numbers.mean(), numbers.var(0), numbers.std(1)].iter().all(|x| x.unwrap().is_nan()));
        }
        assert_eq!(line(&[INF, 1.0]).mean(), Some(INF));
        assert!(line(&[INF, 1.0]).var(0).unwrap().is_nan());
    }

    /// Pairs, and whether they are close with `rtol` 10⁻⁵ and `atol` 10⁻⁸.
    #[test]
    #[cfg_attr(miri, ignore = "takes minutes")]
    fn close_is_what_it_is_in_numpy() {
        let table = [
            (1.0, 1.0, true),
            (1.0, 1.000_009, true),
            (1.0, 1.000_02, false),
            (0.0, 1e-8, true),
            (0.0, 1.1e-8, false),
            (0.0, -0.0, true),
            (1e300, 1.000_001e300, true),
            (1e300, -1e300, false),
            (f64::MAX, -f64::MAX, false),
            (INF, INF, true),
            (-INF, -INF, true),
            (INF, -INF, false),
            (INF, f64::MAX, false),
            (f64::MAX, INF, false),
            (NAN, NAN, false),
            (NAN, 1.0, false),
            (1.0, NAN, false),
            (INF, NAN, false),
            (NAN, INF, false),
        ];
        for (a, b, close) in table {
            // At every position of the pair, with different strides.
            for len in [1, 16, 17, 40] {
                for place in 0..len {
                    let mut left = vec![1.0; 2 * len];
                    let mut right = left.clone();
                    (left[2 * place], right[len - 1 - place]) = (a, b);
                    let left = line(&left).slice(((..).step(2),));
                    let right = line(&right).slice((..len,)).invert_axis(Axis(0));
                    assert_eq!(left.all_close(right, 1e-5, 1e-8), Ok(close), "{a} and {b}");
                    assert_eq!(left.to_owned_array().all_close(right, 1e-5, 1e-8), Ok(close));
                    let [left, right] = [left, right].map(|view| view.to_owned_array());
                    assert_eq!(left.all_close(&right, 1e-5, 1e-8), Ok(close), "{a} and {b}");
                }
            }
        }
        // The tolerance is relative to the second operand.
        assert_eq!(line(&[100.0]).all_close(&line(&[110.0]), 0.095, 0.0), Ok(true));
        assert_eq!(line(&[110.0]).all_close(&line(&[100.0]), 0.095, 0.0), Ok(false));
        assert_eq!(line(&[]).all_close(&line(&[]), 0.0, 0.0), Ok(true));
        assert_eq!(line(&[1.0]).all_close(&line(&[1.0]), 0.0, 0.0), Ok(true));
        assert_eq!(line(&[1.0]).all_close(&line(&[2.0]), 0.0, 1.0), Ok(true));
    }

    #[test]
    fn what_has_another_shape_is_not_compared() {
        let (wide, high) = (GrowableNd::<f64>::zeros([2, 3]), GrowableNd::<f64>::zeros([3, 2]));
        let says = "expected shape [2, 3], found [3, 2]";
        let refused = wide.view::<2>().all_close(&high.view::<2>(), 1.0, 1.0);
        assert_error!(refused, ShapeError::Mismatch { .. }, says);
        assert_error!(wide.all_close(&high, 1.0, 1.0), ShapeError::Mismatch { .. }, says);
        let flat = GrowableNd::<f64>::zeros([6]);
        let says = "expected shape [2, 3], found [6]";
        assert_error!(wide.all_close(&flat, 1.0, 1.0), ShapeError::Mismatch { .. }, says);
    }

    #[cfg(any(feature = "std", feature = "libm"))]
    #[test]
    fn means_and_spreads_of_few_elements() {
        let numbers = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        let numbers = line(&numbers);
        assert_eq!((numbers.mean(), numbers.var(0), numbers.std(0)), (Some(5.0), Some(4.0), Some(2.0)));
        assert_eq!((numbers.var(1), numbers.var(7)), (Some(32.0 / 7.0), Some(32.0)));
        for ddof in [8, 9, usize::MAX] {
            assert_eq!((numbers.var(ddof), numbers.std(ddof)), (None, None));
        }
        let none = line(&[]);
        assert_eq!((none.mean(), none.var(0), none.std(0), none.mean_of(|x| *x)), (None, None, None, None));
        assert_eq!(
            (line(&[3.0]).mean(), line(&[3.0]).var(0), line(&[3.0]).var(1)),
            (Some(3.0), Some(0.0), None)
        );
        let array = numbers.to_owned_array();
        assert_eq!((array.mean(), array.var(1), array.std(0)), (Some(5.0), Some(32.0 / 7.0), Some(2.0)));
        assert_eq!((array.var(8), array.std(8)), (None, None));
        // The mean of the squares would lose all digits of the variance.
        let far = numbers.map(|x| x + 1e9);
        assert_eq!((far.mean(), far.var(0)), (Some(5.0 + 1e9), Some(4.0)));
    }
}
