//! Reductions along one axis of views and arrays, against a loop over the elements.

use crate::any::Any;
use crate::chains::Chain;
use crate::copies::turned;
use crate::numeric::{Whole, at_places, wholes};
use crate::support::{assert_error, check, panic_of};
use growable_nd::{AccessError, Axis, AxisRange, Error, GrowableNd, ReserveError, ShapeError, View};
use std::fmt::Debug;
use std::num::Wrapping;

/// The second factor of the scalar product for this element.
fn partner(x: &Whole) -> Whole {
    x * Wrapping(3) + Wrapping(2)
}

/// A fold whose result depends on the order of the elements.
fn follow(path: Whole, x: Whole) -> Whole {
    path * Wrapping(31) + x
}

/// The results for one lane, computed by a loop.
#[derive(Clone, Default)]
struct Line {
    len: usize,
    sum: Whole,
    product: Whole,
    path: Whole,
    dot: Whole,
    least: Option<(Whole, usize)>,
    greatest: Option<(Whole, usize)>,
}

impl Line {
    fn add(&mut self, x: Whole) {
        self.sum += x;
        self.product *= x;
        self.path = follow(self.path, x);
        self.dot += x * partner(&x);
        if self.least.is_none_or(|(least, _)| x < least) {
            self.least = Some((x, self.len));
        }
        if self.greatest.is_none_or(|(greatest, _)| x > greatest) {
            self.greatest = Some((x, self.len));
        }
        self.len += 1;
    }
}

/// The results for all lanes along an axis, and the running sums.
struct Walk {
    /// The shape without the axis.
    shape: Vec<usize>,
    lines: Vec<Line>,
    sums: Vec<Whole>,
}

impl Walk {
    /// Computes the results from elements in row-major order.
    fn new(shape: &[usize], axis: usize, elements: impl IntoIterator<Item = Whole>) -> Walk {
        let mut without = shape.to_vec();
        let along = without.remove(axis);
        let inner: usize = shape[axis + 1..].iter().product();
        let mut lines = vec![Line { product: Wrapping(1), ..Line::default() }; without.iter().product()];
        let sums = elements.into_iter().enumerate().map(|(number, x)| {
            let line = &mut lines[number / (along * inner) * inner + number % inner];
            line.add(x);
            line.sum
        });
        Walk { sums: sums.collect(), shape: without, lines }
    }
}

/// Asserts that each element found is the one expected of its lane.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "results are made for this call only")]
fn expect<T: PartialEq + Debug>(
    found: GrowableNd<T>,
    Walk { shape, lines, .. }: &Walk,
    expected: impl Fn(&Line) -> T,
) {
    assert_eq!((found.shape(), found.as_slice().len()), (&shape[..], lines.len()));
    for (number, (found, line)) in found.as_slice().iter().zip(lines).enumerate() {
        assert_eq!(*found, expected(line), "line {number} of {shape:?}");
    }
}

/// Asserts that the axis has `found` elements where at least `expected` are needed.
#[track_caller]
fn assert_too_short<T: Debug>(result: Result<T, Error>, axis: Axis, expected: usize, found: usize) {
    assert_error!(
        result,
        Error::Access(AccessError::TooShort { .. }),
        format!("axis {} has length {found}, expected at least {expected}", axis.0)
    );
}

/// Compares the methods that arrays and views share.
macro_rules! compare_along {
    ($it:expr, $other:expr, $axis:expr, $walk:expr) => {{
        let (it, other, axis, walk): (_, _, Axis, &Walk) = ($it, $other, $axis, $walk);
        expect(it.sum_axis(axis), walk, |line| line.sum);
        expect(it.product_axis(axis), walk, |line| line.product);
        expect(it.dot_axis(other, axis).unwrap(), walk, |line| line.dot);
        let mut calls = 0;
        let paths = it.fold_axis(axis, Wrapping(0), |path, x| {
            calls += 1;
            follow(*path, *x)
        });
        expect(paths, walk, |line| line.path);
        assert_eq!(calls, walk.sums.len());
        let sums = it.cumulative_sum(axis);
        assert_eq!((sums.shape(), sums.as_slice()), (&it.shape()[..], &walk.sums[..]));
        if it.shape()[axis.0] > 0 {
            expect(it.min_axis(axis), walk, |line| line.least.unwrap().0);
            expect(it.max_axis(axis), walk, |line| line.greatest.unwrap().0);
            expect(it.argmin_axis(axis), walk, |line| line.least.unwrap().1);
            expect(it.argmax_axis(axis), walk, |line| line.greatest.unwrap().1);
        } else {
            for extrema in [it.try_min_axis(axis), it.try_max_axis(axis)] {
                assert_too_short(extrema, axis, 1, 0);
            }
            for places in [it.try_argmin_axis(axis), it.try_argmax_axis(axis)] {
                assert_too_short(places, axis, 1, 0);
            }
        }
    }};
}

/// Compares a view with its elements in row-major order.
fn compare_places<const N: usize>(view: View<'_, Whole, N>, elements: &[Whole]) {
    let others = View::from_slice(view.shape(), elements).unwrap().map(partner);
    for axis in 0..N {
        let walk = Walk::new(&view.shape(), axis, elements.iter().copied());
        compare_along!(view, &others, Axis(axis), &walk);
        // The array as receiver, and the other operand as a view.
        compare_along!(view.to_owned_array(), others.view::<N>(), Axis(axis), &walk);
    }
}

/// Compares a view with its own iterator, whose row-major order other tests check.
fn compare<const N: usize>(view: View<'_, Whole, N>) {
    // The other operand has the reverse memory order.
    let others = view.t().map(partner);
    for axis in 0..N {
        let walk = Walk::new(&view.shape(), axis, view.iter().copied());
        compare_along!(view, others.view::<N>().t(), Axis(axis), &walk);
    }
}

#[test]
fn views_after_chains_along_every_axis() {
    check(|(mut chain, salt, more, times): (Chain, u8, u8, u8)| {
        let slice = wholes(chain.len(), salt);
        let compare = |any: Any<&[Whole]>, places: &[u32]| match any {
            Any::Of0(_) => {}
            Any::Of1(view) => compare_sums(view, &at_places(&slice, places)),
            Any::Of2(view) => compare_places(view, &at_places(&slice, places)),
            Any::Of3(view) => compare_places(view, &at_places(&slice, places)),
            Any::Of4(view) => compare_places(view, &at_places(&slice, places)),
        };
        let (any, model) = chain.view(&slice);
        compare(any, &model.elements);
        // Strides of zero.
        chain.ops.truncate(4);
        let (any, model) = chain.view(&slice);
        let (any, model) = any.broadcast(&model, more, times);
        compare(any, &model.elements);
    });
}

/// Compares the running sums of a view of one axis.
fn compare_sums(view: View<'_, Whole, 1>, elements: &[Whole]) {
    let mut sum = Wrapping(0);
    let sums = elements.iter().map(|x| {
        sum += x;
        sum
    });
    let found = view.cumulative_sum(Axis(0));
    assert_eq!((found.shape(), found.as_slice()), (&[elements.len()][..], &sums.collect::<Vec<_>>()[..]));
    let array = view.to_owned_array();
    assert_eq!(array.cumulative_sum(Axis(0)), found);
}

#[test]
fn arrays_of_one_to_eight_axes_along_each() {
    check(|(extents, rank, salt): ([u8; 8], u8, u8)| {
        let extents = extents.map(|extent| [2, 1, 3, 2, 1, 3, 0, 2][usize::from(extent % 8)]);
        let shape = &extents[..usize::from(rank % 8) + 1];
        let elements = wholes(shape.iter().product(), salt);
        let mut numbers = GrowableNd::full(shape, Wrapping(0));
        numbers.as_mut_slice().copy_from_slice(&elements);
        if let [_] = shape {
            return compare_sums(numbers.view(), &elements);
        }
        let others = numbers.map(partner);
        for axis in 0..shape.len() {
            let walk = Walk::new(shape, axis, elements.iter().copied());
            compare_along!(&numbers, &others, Axis(axis), &walk);
        }
        match shape.len() {
            4 => compare_places(numbers.view::<4>(), &elements),
            8 => compare_places(numbers.view::<8>(), &elements),
            _ => {}
        }
    });
}

/// Small planes in every direction, large planes in two directions that differ on all axes.
fn turns(elements: usize) -> &'static [u8] {
    if elements <= 10_000 { &[0, 1, 2, 3, 4, 5, 6, 7] } else { &[0, 7] }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn slabs_of_every_number_and_width() {
    let slice = wholes(1_100_000, 11);
    // A transposed plane has contiguous lanes along the axis.
    for len in [1, 3, 4, 5, 8, 63, 64, 65, 127, 128, 129, 192, 193, 257, 1000] {
        for width in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 63, 64, 65] {
            for &turn in turns(len * width) {
                compare(turned(&slice[..len * width], [len, width], turn, [1, 1]));
            }
            for step in [[1, 2], [2, 1], [3, 3]] {
                compare(turned(&slice[..len * width], [len, width], 0, step));
                compare(turned(&slice[..len * width], [len, width], 7, step));
            }
        }
    }
    // Narrow enough that many slabs are combined as one, and just too wide for it.
    for len in [511, 512, 513, 640, 1100] {
        for width in [2, 3, 5, 7, 33, 63, 64, 65, 127, 128] {
            for &turn in turns(len * width) {
                compare(turned(&slice[..len * width], [len, width], turn, [1, 1]));
            }
            // The same planes with gaps.
            let plane = turned(&slice[..2 * len * width], [2 * len, width], 0, [1, 1]);
            compare(plane.slice(((..).step(2), ..)));
            compare(plane.slice((..len, ..width.div_ceil(2))));
        }
    }
    // Wider than the part that is combined at once.
    let wide = [
        [4, 1025],
        [5, 3000],
        [65, 3000],
        [129, 1025],
        [64, 1000],
        [63, 1024],
        [1000, 255],
        [129, 256],
        [130, 257],
        [5000, 3],
        [5000, 7],
        [66, 2049],
        [1000, 1025],
    ];
    for shape in wide {
        let slice = &slice[..shape.iter().product()];
        for &turn in turns(slice.len()) {
            compare(turned(slice, shape, turn, [1, 1]));
        }
        if slice.len() < 500_000 {
            compare(turned(slice, shape, 0, [1, 2]));
            compare(turned(slice, shape, 7, [2, 1]));
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn axes_in_the_middle_and_in_every_order() {
    let slice = wholes(200_000, 13);
    for shape in
        [[5, 129, 7], [3, 65, 1025], [2, 5000, 3], [20, 64, 33], [70, 66, 2], [1, 200, 1], [130, 1, 130]]
    {
        for axes in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let view = View::from_slice(shape, &slice[..shape.iter().product()]).unwrap().permute(axes);
            compare(view);
            // Gaps and reversals on all axes.
            let stepped = view.slice(((..).step(2), (1..).step(3), (..).step(2)));
            compare(stepped.invert_axis(Axis(0)).invert_axis(Axis(2)));
            compare(stepped.invert_axis(Axis(1)));
        }
    }
}

/// Compares folds with this accumulator, and with a function that fails halfway.
fn compare_folds<A: Clone + PartialEq + Debug, const N: usize>(
    view: View<'_, Whole, N>,
    init: &A,
    f: impl Fn(&A, &Whole) -> A,
) {
    for axis in (0..N).map(Axis) {
        let lines: Vec<A> =
            view.lanes(axis).map(|line| line.iter().fold(init.clone(), |a, x| f(&a, x))).collect();
        assert_eq!(view.fold_axis(axis, init.clone(), &f).as_slice(), lines);
        let (half, mut calls) = (view.len() / 2, 0);
        let failed = view.try_fold_axis(axis, init.clone(), |a, x| {
            calls += 1;
            if calls > half { Err(Error::from(AccessError::OnlyAxis)) } else { Ok(f(a, x)) }
        });
        assert_eq!((failed.is_err(), calls), (!view.is_empty(), half + usize::from(!view.is_empty())));
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn folds_with_accumulators_of_every_kind() {
    let slice = wholes(20_000, 23);
    let compare = |view: View<'_, Whole, 3>| {
        compare_folds(view, &Wrapping(1), |a, x| *a * Wrapping(3) + x);
        compare_folds(view, &(), |&(), _| ());
        compare_folds(view, &[Wrapping(0); 5], |a, x| [*x, a[0], a[1], a[2], a[3]]);
        compare_folds(view, &String::new(), |text, x| format!("{x}{}", text.get(..2).unwrap_or(text)));
    };
    for shape in [[3, 2, 4], [1, 7, 65], [5, 3, 130], [66, 4, 9], [6, 0, 2], [64, 2, 63], [1, 129, 1]] {
        for axes in [[0, 1, 2], [0, 2, 1], [1, 2, 0], [2, 1, 0]] {
            let view = View::from_slice(shape, &slice[..shape.iter().product()]).unwrap().permute(axes);
            compare(view);
            compare(view.invert_axis(Axis(2)));
            compare(view.slice(((..).step(2), .., (..).step(2))));
        }
    }
    compare(View::from_slice([3], &slice[..3]).unwrap().broadcast([70, 5, 3]).unwrap());
    compare(View::from_slice([70, 1, 1], &slice[..70]).unwrap().broadcast([70, 5, 3]).unwrap());
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn elements_that_stand_at_many_indices() {
    let slice = wholes(5000, 17);
    // Windows: both axes have the same stride.
    for window in [1, 16, 65, 130, 1030] {
        let view = View::from_strided([2000 - window, window], [1, 1], 0, &slice).unwrap();
        compare(view);
        compare(view.invert_axis(Axis(0)));
        compare(view.t().invert_axis(Axis(1)));
    }
    let line = View::from_slice([300], &slice[..300]).unwrap();
    for wide in [line.broadcast([200, 300]).unwrap(), line.invert_axis(Axis(0)).broadcast([65, 300]).unwrap()]
    {
        compare(wide);
        compare(wide.t());
    }
    compare(View::from_slice([1, 1], &slice[..1]).unwrap().broadcast([130, 70]).unwrap());
    compare(line.slice((..3,)).broadcast([70, 70, 3]).unwrap().permute([1, 2, 0]));
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn the_extreme_is_found_wherever_it_is_along_an_axis() {
    let (len, width) = (70, 5);
    for place in 0..len * width {
        let mut numbers = vec![0_i8; len * width];
        numbers[place] = 1;
        let plane = View::from_slice([len, width], &numbers).unwrap();
        let hit = |at: usize| {
            move |(number, found): (usize, &usize)| {
                *found == if number == at % width { at / width } else { 0 }
            }
        };
        for view in [plane, plane.t().to_owned_array().view().t()] {
            assert!(view.argmax_axis(Axis(0)).as_slice().iter().enumerate().all(hit(place)));
            let greatest = view.max_axis(Axis(0));
            assert!(
                greatest.as_slice().iter().enumerate().all(|(at, x)| *x == i8::from(at == place % width))
            );
        }
        let negative = plane.map(|x| -x);
        assert_eq!(negative.argmin_axis(Axis(0)), plane.argmax_axis(Axis(0)));
        assert_eq!(negative.min_axis(Axis(1)).map(|x| -x), plane.max_axis(Axis(1)));
    }
}

/// Errors along an axis: those that methods return, and the messages of those that panic.
struct Refusals {
    errors: Vec<Error>,
    messages: Vec<String>,
}

impl Refusals {
    fn add<T: Debug>(&mut self, tried: Result<T, Error>, method: impl FnOnce() -> T) {
        self.errors.push(tried.unwrap_err());
        let panic = panic_of(|| drop(method()));
        // The file of the caller, not one of the library.
        assert_eq!(panic.file, file!());
        self.messages.push(panic.message);
    }

    /// Asserts that all messages are equal.
    #[track_caller]
    fn expect(&self, says: &str, matches: fn(&Error) -> bool) {
        for error in &self.errors {
            assert_eq!(error.to_string(), says);
            assert!(matches(error), "{error:?}");
        }
        assert!(self.messages.iter().all(|message| message == says), "{:?}", self.messages);
    }
}

// Functions instead of closures: each closure would have its own copy of the loops.
const ZERO: fn(&f64) -> f64 = |_| 0.0;
const KEEP: fn(&f64, &f64) -> f64 = |kept, _| *kept;
const TRY_KEEP: fn(&f64, &f64) -> Result<f64, Error> = |kept, _| Ok(*kept);

/// All methods that panic, and their forms that return errors.
macro_rules! all_along {
    ($it:expr, $other:expr, $axis:expr) => {{
        let (it, other, axis) = ($it, $other, $axis);
        let mut refusals = Refusals { errors: vec![it.dot_axis(other, axis).unwrap_err()], messages: vec![] };
        refusals.add(it.try_sum_axis(axis), || it.sum_axis(axis));
        refusals.add(it.try_product_axis(axis), || it.product_axis(axis));
        refusals.add(it.try_min_axis(axis), || it.min_axis(axis));
        refusals.add(it.try_max_axis(axis), || it.max_axis(axis));
        refusals.add(it.try_argmin_axis(axis), || it.argmin_axis(axis));
        refusals.add(it.try_argmax_axis(axis), || it.argmax_axis(axis));
        refusals.add(it.try_sum_axis_of(axis, ZERO), || it.sum_axis_of(axis, ZERO));
        refusals.add(it.try_fold_axis(axis, 0.0, TRY_KEEP), || it.fold_axis(axis, 0.0, KEEP));
        refusals.add(it.try_mean_axis(axis), || it.mean_axis(axis));
        refusals.add(it.try_mean_axis_of(axis, ZERO), || it.mean_axis_of(axis, ZERO));
        refusals.add(it.try_var_axis(axis, 0), || it.var_axis(axis, 0));
        #[cfg(any(feature = "std", feature = "libm"))]
        refusals.add(it.try_std_axis(axis, usize::MAX), || it.std_axis(axis, usize::MAX));
        refusals
    }};
}

#[test]
fn what_is_made_of_elements_is_summed_as_it_would_be_by_itself() {
    let bytes = GrowableNd::<u8>::from_fn([300, 5, 3], |[i, j, k]| (i * 7 + j * 31 + k * 101) as u8);
    let numbers = bytes.map(|&x| u64::from(x));
    for axis in [0, 1, 2].map(Axis) {
        let expected = numbers.sum_axis(axis);
        assert_eq!(bytes.sum_axis_of(axis, |&x| u64::from(x)), expected);
        let turned = bytes.view::<3>().permute([2, 0, 1]);
        let at = Axis([2, 0, 1].iter().position(|&old| old == axis.0).unwrap());
        let sums = turned.sum_axis_of(at, |&x| u64::from(x));
        assert_eq!(sums, numbers.view::<3>().permute([2, 0, 1]).sum_axis(at));
        let len = bytes.shape()[axis.0] as f64;
        let means = bytes.mean_axis_of(axis, |&x| f64::from(x));
        assert_eq!(means, expected.map(|&sum| sum as f64 / len));
    }
}

#[test]
fn axes_that_are_not_there() {
    let is_axis = |error: &Error| matches!(error, Error::Access(AccessError::Axis { .. }));
    let mut floats = GrowableNd::<f64>::ones([2, 3, 4]);
    for axis in [3, 4, usize::MAX] {
        let says = format!("axis {axis} is out of bounds for 3 axes");
        let axis = Axis(axis);
        all_along!(&floats, &floats, axis).expect(&says, is_axis);
        let view = floats.view::<3>();
        let mut of_views = all_along!(view, &floats, axis);
        of_views.add(view.try_cumulative_sum(axis), || view.cumulative_sum(axis));
        of_views.add(floats.try_cumulative_sum(axis), || floats.cumulative_sum(axis));
        of_views.expect(&says, is_axis);
        let other = floats.clone();
        all_along!(floats.view_mut::<3>(), &other, axis).expect(&says, is_axis);
    }
    let line = GrowableNd::<f64>::ones([2]);
    let view = line.view::<1>();
    let mut refusals = all_along!(&line, &line, Axis(1));
    refusals.add(view.try_cumulative_sum(Axis(1)), || view.cumulative_sum(Axis(1)));
    refusals.add(line.try_cumulative_sum(Axis(1)), || line.cumulative_sum(Axis(1)));
    refusals.expect("axis 1 is out of bounds for 1 axes", is_axis);
    all_along!(view, view, Axis(1)).expect("axis 1 is out of bounds for 1 axes", is_axis);
    // A single element has no axis at all.
    let one = View::from_slice([], &[1.0]).unwrap();
    let mut refusals = all_along!(one, one, Axis(0));
    refusals.add(one.try_cumulative_sum(Axis(0)), || one.cumulative_sum(Axis(0)));
    refusals.expect("axis 0 is out of bounds for 0 axes", is_axis);
}

#[test]
fn the_only_axis() {
    for len in [0, 2] {
        let mut line = GrowableNd::<f64>::ones([len]);
        let says = "cannot reduce a 1-d array along its only axis; use the method without `_axis`, or `fold` of an iterator";
        let is_only = |error: &Error| matches!(error, Error::Access(AccessError::OnlyAxis));
        all_along!(&line, &line, Axis(0)).expect(says, is_only);
        all_along!(line.view::<1>(), line.view::<1>(), Axis(0)).expect(says, is_only);
        assert_eq!(line.cumulative_sum(Axis(0)), line.view::<1>().cumulative_sum(Axis(0)));
        let other = line.clone();
        all_along!(line.view_mut::<1>(), &other, Axis(0)).expect(says, is_only);
    }
}

#[test]
fn scalar_products_of_what_has_another_shape() {
    let [wide, high] = [GrowableNd::<i32>::ones([2, 3]), GrowableNd::ones([3, 2])];
    let says = "expected shape [2, 3], found [3, 2]";
    for axis in [0, 1, 2] {
        let refused = wide.view::<2>().dot_axis(&high.view::<2>(), Axis(axis));
        assert_error!(refused, Error::Shape(ShapeError::Mismatch { .. }), says);
        let refused = wide.dot_axis(&high, Axis(axis));
        assert_error!(refused, Error::Shape(ShapeError::Mismatch { .. }), says);
    }
    let flat = GrowableNd::<i32>::ones([6]);
    let says = "expected shape [2, 3], found [6]";
    assert_error!(wide.dot_axis(&flat, Axis(0)), Error::Shape(ShapeError::Mismatch { .. }), says);
}

#[test]
fn axes_without_elements() {
    let empty = GrowableNd::<i32>::zeros([2, 0, 3]);
    let view = empty.view::<3>();
    assert_eq!(view.sum_axis(Axis(1)), GrowableNd::zeros([2, 3]));
    assert_eq!(view.product_axis(Axis(1)), GrowableNd::ones([2, 3]));
    assert_eq!(empty.product_axis(Axis(1)), GrowableNd::ones([2, 3]));
    for (axis, shape) in [(0, [0, 3]), (2, [2, 0])] {
        let none = GrowableNd::<i32>::zeros(shape);
        assert_eq!([view.sum_axis(Axis(axis)), view.min_axis(Axis(axis))], [none.clone(), none.clone()]);
        assert_eq!([empty.sum_axis(Axis(axis)), empty.max_axis(Axis(axis))], [none.clone(), none]);
    }
    assert_eq!(view.cumulative_sum(Axis(0)).shape(), [2, 0, 3]);
    // The maximum number of rows without elements.
    let mut rows = GrowableNd::<i32>::new([0, 7]);
    rows.resize(isize::MAX as usize / 7, 0);
    assert_eq!(rows.sum_axis(Axis(2)).shape(), [isize::MAX as usize / 7, 0]);
    assert_eq!(rows.sum_axis(Axis(0)), GrowableNd::zeros([0, 7]));
    assert_eq!(rows.max_axis(Axis(0)).shape(), [0, 7]);
    assert_eq!(rows.cumulative_sum(Axis(1)).shape(), rows.shape());
    // The result would take more bytes than a block can have.
    let side = 1 << (usize::BITS / 2 - 2);
    let huge = GrowableNd::<u64>::zeros([0, side, side]);
    assert!(matches!(huge.try_sum_axis(Axis(0)), Err(Error::Reserve(_))));
    assert_eq!(huge.view::<3>().try_sum_axis(Axis(0)), huge.try_sum_axis(Axis(0)));
    assert!(matches!(
        huge.try_fold_axis(Axis(0), String::new(), |text, _| Ok(text.clone())),
        Err(Error::Reserve(_))
    ));
    // Errors name the shape of the result.
    let huge = GrowableNd::<u64>::zeros([side, 0, side >> 10, 1 << 10]);
    assert_error!(
        huge.try_sum_axis(Axis(1)),
        Error::Reserve(ReserveError::Overflow { .. }),
        format!("capacity overflow: {side} rows of {side} elements of 8 bytes")
    );
    assert_eq!(huge.view::<4>().try_sum_axis(Axis(1)), huge.try_sum_axis(Axis(1)));
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn nan_is_found_along_an_axis() {
    // Both ways to combine slabs, and single lanes.
    for (len, width) in [(3, 4), (9, 70), (70, 3), (130, 5)] {
        for place in (0..len * width).step_by(7) {
            let mut floats = GrowableNd::from_fn([len, width], |[i, j]| (i * j % 5) as f64);
            floats.as_mut_slice()[place] = f64::NAN;
            // A second NaN after it.
            floats[[len - 1, place % width]] = f64::NAN;
            let turned = floats.view::<2>().t().to_owned_array();
            for view in [floats.view::<2>(), turned.view().t()] {
                let [least, greatest] = [view.min_axis(Axis(0)), view.max_axis(Axis(0))];
                let [first, same] = [view.argmin_axis(Axis(0)), view.argmax_axis(Axis(0))];
                for column in 0..width {
                    let spoilt = column == place % width;
                    assert_eq!([least[[column]].is_nan(), greatest[[column]].is_nan()], [spoilt; 2]);
                    if spoilt {
                        assert_eq!([first[[column]], same[[column]]], [place / width; 2]);
                    }
                }
                let sums = view.sum_axis(Axis(0));
                assert!(
                    sums.as_slice().iter().enumerate().all(|(j, sum)| sum.is_nan() == (j == place % width))
                );
            }
        }
    }
}

/// Means and variances.
#[cfg(any(feature = "std", feature = "libm"))]
mod floats {
    use super::*;
    use crate::naive::indices;

    /// Sums of few small numbers are exact; variances are compared within a few roundings.
    fn compare_spreads<const N: usize>(view: View<'_, f64, N>, elements: &[f64]) {
        let array = view.to_owned_array();
        let every = indices(&view.shape());
        for axis in 0..N {
            let len = view.shape()[axis];
            let mut lines = std::collections::BTreeMap::<Vec<usize>, Vec<f64>>::new();
            for (index, x) in every.iter().zip(elements) {
                let mut index = index.clone();
                index.remove(axis);
                lines.entry(index).or_default().push(*x);
            }
            let mean = |line: &[f64]| line.iter().sum::<f64>() / len as f64;
            let squares = |line: &[f64]| line.iter().map(|x| (x - mean(line)).powi(2)).sum::<f64>();
            let axis = Axis(axis);
            if len == 0 {
                for means in [view.try_mean_axis(axis), array.try_mean_axis(axis)] {
                    assert_too_short(means, axis, 1, 0);
                }
            } else {
                let means: Vec<f64> = lines.values().map(|line| mean(line)).collect();
                for found in [view.mean_axis(axis), array.mean_axis(axis)] {
                    assert_eq!(found.as_slice(), means);
                    assert_eq!(found.shape().len(), N - 1);
                }
            }
            for ddof in 0..4 {
                let results = [
                    (view.try_var_axis(axis, ddof), view.try_std_axis(axis, ddof)),
                    (array.try_var_axis(axis, ddof), array.try_std_axis(axis, ddof)),
                ];
                for (var, std) in results {
                    if len <= ddof {
                        for spread in [var, std] {
                            assert_too_short(spread, axis, ddof + 1, len);
                        }
                        continue;
                    }
                    let (var, std) = (var.unwrap(), std.unwrap());
                    assert_eq!([var.shape(), std.shape()], [view.sum_axis(axis).shape(); 2]);
                    assert_eq!(var.as_slice().len(), lines.len());
                    for ((line, var), std) in lines.values().zip(var.as_slice()).zip(std.as_slice()) {
                        let expected = squares(line) / (len - ddof) as f64;
                        assert!((var - expected).abs() <= 1e-14 * expected, "{var} {expected}");
                        assert_eq!(*std, var.sqrt());
                    }
                }
            }
        }
    }

    #[test]
    fn means_and_spreads_of_views_after_chains() {
        check(|(mut chain, salt, more, times): (Chain, u8, u8, u8)| {
            let slice: Vec<f64> = wholes(chain.len(), salt).iter().map(|x| f64::from(x.0)).collect();
            let (any, model) = chain.view(&slice);
            chain.ops.truncate(4);
            let (short, short_model) = chain.view(&slice);
            for (any, model) in [(any, model), short.broadcast(&short_model, more, times)] {
                let elements = at_places(&slice, &model.elements);
                match any {
                    Any::Of0(_) | Any::Of1(_) => {}
                    Any::Of2(view) => compare_spreads(view, &elements),
                    Any::Of3(view) => compare_spreads(view, &elements),
                    Any::Of4(view) => compare_spreads(view, &elements),
                }
            }
        });
    }

    #[test]
    fn no_number_of_elements_is_enough() {
        let array = GrowableNd::<f64>::ones([2, 3]);
        for spread in
            [array.view::<2>().try_var_axis(Axis(1), usize::MAX), array.try_std_axis(Axis(1), usize::MAX)]
        {
            assert_too_short(spread, Axis(1), usize::MAX, 3);
        }
    }

    #[test]
    fn a_large_offset_spoils_no_spread() {
        let plane = GrowableNd::from_fn([200, 3], |[i, j]| 1e9 * j as f64 + [-1.0, 1.0][i % 2]);
        assert_eq!(plane.var_axis(Axis(0), 0).as_slice(), [1.0; 3]);
        assert_eq!(plane.view::<2>().t().std_axis(Axis(1), 0).as_slice(), [1.0; 3]);
        assert_eq!(plane.mean_axis(Axis(0)).as_slice(), [0.0, 1e9, 2e9]);
    }
}
