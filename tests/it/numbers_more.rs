//! Sums and means along several axes, reductions that skip NaN, and means of types other than
//! `Float`.

use crate::support::{Tracked, assert_error, panic_of, panics, with_panicking_clone};
use growable_nd::*;
use num_traits::{Num, One, ToPrimitive, Zero};
use std::collections::BTreeMap;
use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

/// All subsets of the axes, in two orders.
fn subsets(rank: usize) -> impl Iterator<Item = Vec<Axis>> {
    (0..1_u32 << rank).flat_map(move |set| {
        let axes: Vec<Axis> = (0..rank).filter(|axis| set >> axis & 1 == 1).map(Axis).collect();
        let reversed = axes.iter().rev().copied().collect();
        [axes, reversed]
    })
}

/// The shape and the sums, computed element by element.
fn naive_sums<const N: usize>(view: View<'_, i64, N>, axes: &[Axis]) -> (Vec<usize>, Vec<i64>) {
    let left = |axis: &usize| !axes.contains(&Axis(*axis));
    let shape: Vec<usize> = (0..N).filter(left).map(|axis| view.shape()[axis]).collect();
    let mut sums: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    for (index, x) in view.indexed_iter() {
        *sums.entry((0..N).filter(left).map(|axis| index[axis]).collect()).or_default() += x;
    }
    let mut sums: Vec<i64> = sums.into_values().collect();
    if sums.is_empty() {
        sums.resize(shape.iter().product(), 0);
    }
    (shape, sums)
}

fn check_view<const N: usize>(view: View<'_, i64, N>) {
    let copy = view.to_owned_array();
    for axes in subsets(N) {
        if axes.len() == N {
            let says = format!("cannot reduce along all {N} axes; use the method without `_axes`");
            assert_error!(
                view.try_sum_axes(&axes),
                Error::Access(AccessError::AllAxes { rank: _, .. }),
                says
            );
            continue;
        }
        let (shape, sums) = naive_sums(view, &axes);
        for array in [
            view.sum_axes(&axes),
            copy.sum_axes(&axes),
            view.sum_axes_of(&axes, |&x| x),
            copy.sum_axes_of(&axes, |&x| x),
            view.try_sum_axes_of(&axes, |&x| x).unwrap(),
            copy.try_sum_axes_of(&axes, |&x| x).unwrap(),
        ] {
            assert_eq!((array.shape(), array.as_slice()), (&shape[..], &sums[..]), "{axes:?} of {view:?}");
        }
        let count: usize = axes.iter().map(|axis| view.shape()[axis.0]).product();
        if count == 0 {
            let tried = view.try_mean_axes_of(&axes, |&x| x as f64);
            assert!(matches!(tried, Err(Error::Access(AccessError::TooShort { expected: 1, found: 0, .. }))));
            continue;
        }
        let means: Vec<f64> = sums.iter().map(|&sum| sum as f64 / count as f64).collect();
        for array in [
            view.mean_axes_of(&axes, |&x| x as f64),
            copy.mean_axes_of(&axes, |&x| x as f64),
            copy.map(|&x| x as f64).mean_axes(&axes),
        ] {
            assert_eq!((array.shape(), array.as_slice()), (&shape[..], &means[..]));
        }
    }
}

fn numbers(shape: &[usize]) -> GrowableNd<i64> {
    let count: i64 = shape.iter().product::<usize>() as i64;
    let rows = shape[0];
    let mut array = GrowableNd::new(&shape[1..]);
    let elements: Vec<i64> = (0..count).map(|x| x * 7919 % 1009 - 500).collect();
    match elements.len() {
        0 => array.extend_rows((0..rows).map(|_| &[][..])).unwrap(),
        len => array.extend_rows(elements.chunks(len / rows)).unwrap(),
    }
    array
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn sums_along_several_axes_of_any_layout() {
    for shape in
        [[2, 3, 4], [1, 5, 1], [5, 1, 6], [40, 3, 20], [3, 200, 3], [2, 0, 3], [0, 3, 0], [700, 2, 3]]
    {
        let array = numbers(&shape);
        let view = array.view::<3>();
        check_view(view);
        check_view(view.t());
        check_view(view.permute([1, 0, 2]));
        check_view(view.invert_axis(Axis(2)).invert_axis(Axis(0)));
        check_view(view.slice((.., ..shape[1].min(2), (..).step(2))));
    }
    let array = numbers(&[3, 4, 2, 5, 2]);
    check_view(array.view::<5>());
    check_view(array.view::<5>().permute([3, 0, 4, 1, 2]));
    check_view(array.view::<5>().slice((1.., .., 0, .., ..)));
    check_view(numbers(&[70]).view::<1>());
    check_view(
        View::from_slice([2, 1, 2, 1, 2, 1, 2, 1], &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7])
            .unwrap(),
    );
    check_view(View::from_slice([1, 1, 1], &[5]).unwrap());
}

#[test]
fn axes_may_be_an_array_a_slice_or_a_vector() {
    let array = numbers(&[2, 3, 4]);
    let sums = array.sum_axes([Axis(2), Axis(0)]);
    assert_eq!(array.sum_axes(&[Axis(0), Axis(2)]), sums);
    assert_eq!(array.sum_axes(&[Axis(0), Axis(2)][..]), sums);
    assert_eq!(array.view::<3>().sum_axes(vec![Axis(0), Axis(2)]), sums);
    assert_eq!(array.sum_axes([]), array);
    assert_eq!(array.sum_axis(Axis(2)).sum_axis(Axis(0)), sums);
}

#[test]
fn axes_that_cannot_be_reduced_are_refused() {
    let array = numbers(&[2, 3, 4]);
    let floats = array.map(|&x| x as f64);
    let view = array.view::<3>();
    let twice = "axis 1 is given twice";
    assert_error!(
        array.try_sum_axes([Axis(1), Axis(1)]),
        Error::Access(AccessError::RepeatedAxis { axis: 1, .. }),
        twice
    );
    assert_error!(view.try_sum_axes([Axis(1), Axis(0), Axis(1)]), Error::Access(_), twice);
    let absent = "axis 3 is out of bounds for 3 axes";
    assert_error!(floats.try_mean_axes([Axis(1), Axis(3)]), Error::Access(AccessError::Axis { .. }), absent);
    let calls: [(u32, &str, Box<dyn Fn()>); 6] = [
        (line!(), twice, Box::new(|| drop(array.sum_axes([Axis(1), Axis(1)])))),
        (line!(), twice, Box::new(|| drop(view.sum_axes([Axis(1), Axis(1)])))),
        (line!(), absent, Box::new(|| drop(array.sum_axes_of([Axis(3)], |&x| x)))),
        (line!(), absent, Box::new(|| drop(floats.mean_axes([Axis(3)])))),
        (line!(), absent, Box::new(|| drop(floats.view::<3>().mean_axes([Axis(3)])))),
        (line!(), absent, Box::new(|| drop(view.mean_axes_of([Axis(3)], |&x| x as f64)))),
    ];
    for (line, says, call) in calls {
        let panic = panic_of(call);
        assert_eq!((&panic.message[..], &panic.file[..], panic.line), (says, file!(), line));
    }
    let scalar = view.slice((0, 0, 0));
    assert_error!(
        scalar.try_sum_axes([]),
        Error::Shape(ShapeError::NoAxes),
        "expected at least 1 axis (that of the rows), found none"
    );
}

/// The number of elements in a sum, and the maximum number of additions that one of them took part
/// in.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Counted(usize, u32);

impl Add for Counted {
    type Output = Counted;

    fn add(self, other: Counted) -> Counted {
        Counted(self.0 + other.0, self.1.max(other.1) + 1)
    }
}

impl Zero for Counted {
    fn zero() -> Counted {
        Counted(0, 0)
    }

    fn is_zero(&self) -> bool {
        *self == Counted::zero()
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn additions_along_several_axes_are_few() {
    const { assert!(MAX_RANK == 8) };
    for shape in [[3, 50_000, 2], [50_000, 2, 3], [300, 2, 300], [2, 3, 50_000]] {
        let elements = vec![Counted(1, 0); shape.iter().product()];
        let view = View::from_slice(shape, &elements).unwrap();
        for view in [view, view.permute([2, 0, 1]), view.permute([1, 0, 2])] {
            for axes in subsets(3).filter(|axes| (1..3).contains(&axes.len())) {
                let elements: usize = axes.iter().map(|axis| view.shape()[axis.0]).product();
                let most = 150 * u32::try_from(axes.len()).unwrap() + elements.ilog2();
                for sum in view.sum_axes(&axes).as_slice() {
                    assert_eq!(sum.0, elements);
                    assert!(sum.1 <= most, "{} additions for {elements} elements along {axes:?}", sum.1);
                }
            }
        }
    }
}

#[test]
fn elements_are_dropped_whatever_panics() {
    let live = Tracked::live();
    let rows = (0..6_u32).map(|row| (0..12).map(|k| Tracked::new(row + k)).collect::<Vec<_>>());
    let array = GrowableNd::from_rows([3, 4], rows).unwrap();
    let sums = array.sum_axes([Axis(0), Axis(2)]);
    assert_eq!(
        sums.as_slice().iter().map(|sum| sum.value).sum::<u32>(),
        array.as_slice().iter().map(|x| x.value).sum()
    );
    drop(sums);
    let mut clones = 0;
    while with_panicking_clone(clones, || drop(array.sum_axes([Axis(0), Axis(2)]))) {
        clones += 1;
    }
    assert!(clones >= 72);
    assert!(panics(|| drop(array.sum_axes_of([Axis(1)], |x| if x.value == 9 {
        panic!()
    } else {
        x.clone()
    }))));
    drop(array);
    assert_eq!(Tracked::live(), live);
}

/// Elements of which every `every`-th and the first `nans` are NaN.
fn with_nans(len: usize, every: usize, nans: usize) -> Vec<f64> {
    let element =
        |k: usize| if k < nans || k % every == every - 1 { f64::NAN } else { (k * 37 % 101) as f64 - 50.0 };
    (0..len).map(element).collect()
}

/// The sum, mean, minimum and maximum of the elements that are not NaN.
fn naive_nan(elements: impl Iterator<Item = f64>) -> (f64, Option<f64>, Option<f64>, Option<f64>) {
    let numbers: Vec<f64> = elements.filter(|x| !x.is_nan()).collect();
    let sum = numbers.iter().sum::<f64>();
    let mean = (!numbers.is_empty()).then(|| sum / numbers.len() as f64);
    (sum, mean, numbers.iter().copied().reduce(f64::min), numbers.iter().copied().reduce(f64::max))
}

fn check_nan<const N: usize>(view: View<'_, f64, N>) {
    let expected = naive_nan(view.iter().copied());
    assert_eq!((view.nan_sum(), view.nan_mean(), view.nan_min(), view.nan_max()), expected);
    let small = view.map(|&x| x as f32);
    let single = |x: f32| f64::from(x);
    let found = (single(small.nan_sum()), small.nan_min().map(single), small.nan_max().map(single));
    assert_eq!(found, (expected.0, expected.2, expected.3));
    let copy = view.to_owned_array();
    assert_eq!((copy.nan_sum(), copy.nan_mean(), copy.nan_min(), copy.nan_max()), expected);
    for axis in (0..N).filter(|_| N > 1) {
        let (along, axis) = (view.shape()[axis], Axis(axis));
        let lanes: Vec<_> = view.lanes(axis).map(|lane| naive_nan(lane.iter().copied())).collect();
        let same = |found: &GrowableNd<f64>, expected: &dyn Fn(usize) -> Option<f64>| {
            assert_eq!(found.len(), lanes.len());
            for (k, x) in found.as_slice().iter().enumerate() {
                assert!(expected(k).map_or(x.is_nan(), |e| e == *x), "{x} at {k} along {axis:?} of {view:?}");
            }
        };
        let tried = [view.try_nan_sum_axis(axis).unwrap(), copy.try_nan_sum_axis(axis).unwrap()];
        for sums in [view.nan_sum_axis(axis), copy.nan_sum_axis(axis)].iter().chain(&tried) {
            same(sums, &|k| Some(lanes[k].0));
        }
        if along == 0 {
            let says = format!("axis {} has length 0, expected at least 1", axis.0);
            for tried in
                [view.try_nan_mean_axis(axis), view.try_nan_min_axis(axis), copy.try_nan_max_axis(axis)]
            {
                assert_error!(tried, Error::Access(AccessError::TooShort { .. }), says);
            }
            continue;
        }
        for means in [view.nan_mean_axis(axis), copy.nan_mean_axis(axis)] {
            same(&means, &|k| lanes[k].1);
        }
        for minima in [view.nan_min_axis(axis), copy.nan_min_axis(axis)] {
            same(&minima, &|k| lanes[k].2);
        }
        for maxima in [view.nan_max_axis(axis), copy.nan_max_axis(axis)] {
            same(&maxima, &|k| lanes[k].3);
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn nan_is_skipped_at_every_length() {
    for len in (0..70).chain([127, 128, 129, 255, 256, 257, 2047, 2048, 2049, 4097, 10_000]) {
        for (every, nans) in
            [(1, 0), (2, 0), (7, 0), (7, 20), (usize::MAX, 0), (usize::MAX, len), (3, len / 2)]
        {
            let elements = with_nans(len, every, nans);
            check_nan(View::from_slice([len], &elements).unwrap());
            check_nan(View::from_slice([len], &elements).unwrap().invert_axis(Axis(0)));
            check_nan(View::from_slice([len], &elements).unwrap().slice(((..).step(3),)));
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn nan_is_skipped_along_every_axis() {
    for shape in [[2, 3, 4], [0, 3, 2], [3, 0, 2], [30, 3, 20], [3, 300, 2], [600, 1, 3], [1, 5, 70]] {
        let len = shape.iter().product();
        for (every, nans) in [(1, 0), (2, 0), (7, 0), (7, len / 3), (usize::MAX, 0), (usize::MAX, len / 2)] {
            let elements = with_nans(len, every, nans);
            let view = View::from_slice(shape, &elements).unwrap();
            check_nan(view);
            check_nan(view.t());
            check_nan(view.permute([1, 2, 0]).invert_axis(Axis(1)));
            check_nan(view.slice((.., (..).step(2), ..)));
        }
    }
}

#[test]
fn skipping_needs_no_floats() {
    let array = GrowableNd::from([[3, 1], [2, 5]]);
    assert_eq!((array.nan_sum(), array.nan_min(), array.nan_max()), (11, Some(1), Some(5)));
    assert_eq!(array.nan_min_axis(Axis(0)).as_slice(), [2, 1]);
    let words = GrowableNd::from_vec([], ["pear", "fig", "plum"].map(String::from).into()).unwrap();
    assert_eq!((words.nan_min(), words.nan_max()), (Some("fig".into()), Some("plum".into())));
    let infinite = GrowableNd::from([f64::INFINITY, f64::NAN]);
    assert_eq!((infinite.nan_min(), infinite.nan_sum()), (Some(f64::INFINITY), f64::INFINITY));
}

#[test]
fn skipping_names_the_line_of_the_caller() {
    let array = GrowableNd::from([[1.0, 2.0], [3.0, 4.0]]);
    let view = array.view::<2>();
    let calls: [(u32, Box<dyn Fn()>); 8] = [
        (line!(), Box::new(|| drop(array.nan_sum_axis(Axis(2))))),
        (line!(), Box::new(|| drop(array.nan_mean_axis(Axis(2))))),
        (line!(), Box::new(|| drop(array.nan_min_axis(Axis(2))))),
        (line!(), Box::new(|| drop(array.nan_max_axis(Axis(2))))),
        (line!(), Box::new(|| drop(view.nan_sum_axis(Axis(2))))),
        (line!(), Box::new(|| drop(view.nan_mean_axis(Axis(2))))),
        (line!(), Box::new(|| drop(view.nan_min_axis(Axis(2))))),
        (line!(), Box::new(|| drop(view.nan_max_axis(Axis(2))))),
    ];
    for (line, call) in calls {
        let panic = panic_of(call);
        assert_eq!((&panic.file[..], panic.line), (file!(), line));
        assert_eq!(panic.message, "axis 2 is out of bounds for 2 axes");
    }
    let line = GrowableNd::from([1.0, 2.0]);
    assert_error!(
        line.try_nan_max_axis(Axis(0)),
        Error::Access(AccessError::OnlyAxis),
        "cannot reduce a 1-d array along its only axis; use the method without `_axis`, or `fold` of an iterator"
    );
}

/// Hundredths: a type of fractions that is not a `Float`. Only integers up to 1000 are converted.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Hundredths(i64);

macro_rules! operators {
    ($($Op:ident $op:ident |$a:ident, $b:ident| $result:expr;)*) => {$(
        impl $Op for Hundredths {
            type Output = Hundredths;

            fn $op(self, other: Hundredths) -> Hundredths {
                let ($a, $b) = (self.0, other.0);
                Hundredths($result)
            }
        }
    )*};
}
operators! {
    Add add |a, b| a + b;
    Sub sub |a, b| a - b;
    Mul mul |a, b| a * b / 100;
    Div div |a, b| a * 100 / b;
    Rem rem |a, b| a % b;
}

impl Neg for Hundredths {
    type Output = Hundredths;

    fn neg(self) -> Hundredths {
        Hundredths(-self.0)
    }
}

impl Zero for Hundredths {
    fn zero() -> Self {
        Hundredths(0)
    }

    fn is_zero(&self) -> bool {
        self.0 == 0
    }
}

impl One for Hundredths {
    fn one() -> Self {
        Hundredths(100)
    }
}

impl Num for Hundredths {
    type FromStrRadixErr = ();

    fn from_str_radix(_: &str, _: u32) -> Result<Self, ()> {
        Err(())
    }
}

impl ToPrimitive for Hundredths {
    fn to_i64(&self) -> Option<i64> {
        Some(self.0 / 100)
    }

    fn to_u64(&self) -> Option<u64> {
        u64::try_from(self.0 / 100).ok()
    }
}

impl num_traits::NumCast for Hundredths {
    fn from<N: ToPrimitive>(number: N) -> Option<Self> {
        number.to_i64().filter(|&integer| integer <= 1000).map(|integer| Hundredths(100 * integer))
    }
}

impl Floating for Hundredths {}

#[test]
fn means_of_numbers_that_are_no_float() {
    let array = GrowableNd::from([[100, 250], [300, 350]]).map(|&x| Hundredths(x));
    assert_eq!(array.mean(), Some(Hundredths(250)));
    assert_eq!(array.mean_axis(Axis(0)).as_slice(), [Hundredths(200), Hundredths(300)]);
    assert_eq!(array.view::<2>().mean_axes([Axis(1)]).as_slice(), [Hundredths(175), Hundredths(325)]);
    assert_eq!(array.nan_mean(), Some(Hundredths(250)));
    assert_eq!(array.var(0), Some(Hundredths((225 + 25 + 100) / 4)));
    let near = array.map(|x| *x - Hundredths(2));
    assert!(array.all_close(&near, Hundredths(0), Hundredths(2)).unwrap());
    assert!(!array.all_close(&near, Hundredths(0), Hundredths(1)).unwrap());
}

/// Not sums that look like means.
#[test]
fn means_of_more_elements_than_the_type_can_count() {
    let most = GrowableNd::full([1000, 1], Hundredths(200));
    assert_eq!(most.mean(), Some(Hundredths(200)));
    assert_eq!(most.mean_axis(Axis(0)).as_slice(), [Hundredths(200)]);
    let many = GrowableNd::full([1001, 1], Hundredths(200));
    let calls: [fn(&GrowableNd<Hundredths>); 5] = [
        |many| assert!(many.mean().is_none()),
        |many| assert!(many.var(0).is_none()),
        |many| drop(many.mean_axis(Axis(0))),
        |many| drop(many.var_axis(Axis(0), 0)),
        |many| drop(many.mean_axes([Axis(0)])),
    ];
    for call in calls {
        let panic = panic_of(|| call(&many));
        assert!(panic.message.starts_with("the number of elements, 1001, cannot be"), "{panic:?}");
    }
}

#[test]
fn means_need_no_root() {
    fn mean<T: Floating>(array: &GrowableNd<T>) -> (Option<T>, GrowableNd<T>, bool) {
        let close = array.all_close(array, T::zero(), T::zero()).unwrap();
        (array.mean(), array.mean_axis(Axis(0)), close)
    }
    let (all, rows, close) = mean(&GrowableNd::from([[1.0_f32, 2.0], [3.0, -6.0]]));
    assert_eq!((all, rows.as_slice(), close), (Some(0.0), &[2.0, -2.0][..], true));
    let (all, rows, close) = mean(&GrowableNd::from([[1.0, f64::INFINITY], [-0.0, 1.0]]));
    assert_eq!((all, rows.as_slice(), close), (Some(f64::INFINITY), &[0.5, f64::INFINITY][..], true));
    let bytes = GrowableNd::from([[0_u8, 255], [255, 255]]);
    assert_eq!(bytes.mean_of(|&x| f64::from(x)), Some(191.25));
    assert_eq!(bytes.mean_axis_of(Axis(0), |&x| f64::from(x)).as_slice(), [127.5, 255.0]);
    let special = GrowableNd::from([f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -3.0]);
    let other = GrowableNd::from([f64::NEG_INFINITY, f64::NEG_INFINITY, 0.0, -3.5]);
    let close = |k: usize| {
        let [a, b] = [&special, &other].map(|array| array.view::<1>().slice((k..k + 1,)).to_owned_array());
        a.all_close(&b, 0.0, 0.5).unwrap()
    };
    assert_eq!([0, 1, 2, 3].map(close), [false, true, false, true]);
}

#[test]
fn an_overflow_names_the_line_of_the_caller() {
    if !cfg!(debug_assertions) {
        return;
    }
    for len in [3, 20, 100, 5000, 100_000] {
        let bytes = vec![200_u8; len];
        let view = View::from_slice([len], &bytes).unwrap();
        let array = GrowableNd::from_vec([], bytes.clone()).unwrap();
        let calls: [(u32, Box<dyn Fn() -> u8 + '_>); 6] = [
            (line!(), Box::new(|| view.sum())),
            (line!(), Box::new(|| view.sum_of(|x| *x))),
            (line!(), Box::new(|| view.product())),
            (line!(), Box::new(|| array.sum())),
            (line!(), Box::new(|| array.sum_of(|x| *x))),
            (line!(), Box::new(|| array.product())),
        ];
        for (line, call) in calls {
            let panic = panic_of(call);
            assert_eq!((&panic.file[..], panic.line), (file!(), line), "{len} elements: {}", panic.message);
        }
    }
}
