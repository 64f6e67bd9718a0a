//! Operators between arrays, views and scalars, and functions of several operands, against
//! broadcasting element by element.

// The tests use operands both by value and by reference, and `a = a + &b` besides `a += &b`.
#![allow(clippy::op_ref, clippy::assign_op_pattern, clippy::needless_pass_by_value)]

use crate::naive::indices;
use crate::support::{Tracked, assert_error, panic_of, with_panicking_clone};
use growable_nd::{
    Axis, AxisRange, Error, GrowableNd, Growth, Operand, Scalar, ShapeError, Strided, View, ViewMut,
};
use std::fmt::Debug;
use std::num::Wrapping;
use std::ops::{Add, AddAssign, Deref, Mul, Sub};
use std::time::Duration;

/// A shape and its elements in row-major order, combined index by index by the rules of NumPy.
#[derive(Clone, Debug, PartialEq)]
struct Model {
    shape: Vec<usize>,
    elements: Vec<i64>,
}

impl Model {
    /// All elements are different, and so are the differences between elements of two seeds.
    fn new(shape: &[usize], seed: i64) -> Model {
        let len = shape.iter().product();
        Model { shape: shape.to_vec(), elements: (0..).map(|k| k * seed + 1).take(len).collect() }
    }

    fn at(&self, index: &[usize]) -> i64 {
        let index = &index[index.len() - self.shape.len()..];
        let place = |place, (&extent, &i): (&usize, &usize)| place * extent + if extent == 1 { 0 } else { i };
        self.elements[self.shape.iter().zip(index).fold(0, place)]
    }

    fn shape_with(&self, other: &Model) -> Option<Vec<usize>> {
        let rank = self.shape.len().max(other.shape.len());
        let extent = |shape: &[usize], axis: usize| match (axis + shape.len()).checked_sub(rank) {
            Some(axis) => shape[axis],
            None => 1,
        };
        let pair = |axis| (extent(&self.shape, axis), extent(&other.shape, axis));
        (0..rank)
            .map(|axis| match pair(axis) {
                (left, right) if left == right || right == 1 => Some(left),
                (1, right) => Some(right),
                _ => None,
            })
            .collect()
    }

    fn combine(&self, other: &Model, f: impl Fn(i64, i64) -> i64) -> Option<Model> {
        let shape = self.shape_with(other)?;
        let elements = indices(&shape).iter().map(|index| f(self.at(index), other.at(index))).collect();
        Some(Model { shape, elements })
    }

    fn array(&self) -> GrowableNd<i64> {
        let mut array = GrowableNd::zeros(&self.shape);
        array.as_mut_slice().copy_from_slice(&self.elements);
        array
    }

    fn turned(&self) -> Model {
        let shape: Vec<usize> = self.shape.iter().rev().copied().collect();
        let elements = indices(&shape)
            .iter()
            .map(|index| self.at(&index.iter().rev().copied().collect::<Vec<_>>()))
            .collect();
        Model { shape, elements }
    }
}

#[track_caller]
fn assert_is(array: &GrowableNd<i64>, model: &Model) {
    assert_eq!((array.shape(), array.as_slice()), (&model.shape[..], &model.elements[..]));
}

/// The panic message of an operator.
#[track_caller]
fn panic_message<V>(work: impl FnOnce() -> V) -> String {
    panic_of(work).message
}

fn minus(x: i64, y: i64) -> i64 {
    x - y
}

// Functions instead of closures: in a function that is generic in the number of axes, each instance
// would have its own closure type.
fn less(x: &i64, y: &i64) -> i64 {
    x - y
}

fn less_and_more(x: &i64, y: &i64, z: &i64) -> i64 {
    x - y + z
}

/// All operators on two arrays, including those that assign.
fn arrays(left: &Model, right: &Model) {
    let (a, b) = (left.array(), right.array());
    let expected = left.combine(right, minus);
    let says = format!("shapes {:?} and {:?} do not broadcast", left.shape, right.shape);
    match &expected {
        Some(expected) => {
            assert_is(&(&a - &b), expected);
            assert_is(&(a.clone() - &b), expected);
            assert_is(&(&a - b.clone()), expected);
            assert_is(&(a.clone() - b.clone()), expected);
            assert_is(&a.zip_with(&b, less).unwrap(), expected);
            let negative = right.combine(left, |x, y| x - y + x - y).unwrap();
            assert_is(&b.zip2_with(&a, &b - &a, less_and_more).unwrap(), &negative);
        }
        None => {
            assert_eq!(panic_message(|| &a - &b), says);
            assert_eq!(panic_message(|| a.clone() - &b), says);
            assert_eq!(panic_message(|| &a - b.clone()), says);
            assert_eq!(panic_message(|| a.clone() - b.clone()), says);
            let refused = a.zip_with(&b, less);
            assert_error!(refused, Error::Shape(ShapeError::Broadcast { .. }), says);
            let refused = a.zip2_with(&a, &b, less_and_more);
            assert_error!(refused, Error::Shape(ShapeError::Broadcast { .. }), says);
        }
    }
    let mut target = a.clone();
    match expected.filter(|expected| expected.shape == left.shape) {
        Some(expected) => {
            target -= &b;
            assert_is(&target, &expected);
            target = a.clone();
            target -= b.clone();
            assert_is(&target, &expected);
            target = a;
            target.zip_with_in_place(&b, less).unwrap();
            assert_is(&target, &expected);
        }
        None => {
            let says = format!("expected shape {:?}, found {:?}", left.shape, right.shape);
            assert_eq!(panic_message(|| target -= &b), says);
            let refused = target.zip_with_in_place(&b, less);
            assert_error!(refused, ShapeError::Mismatch { .. }, says);
            assert_is(&target, left);
        }
    }
}

/// Views with their axes in reverse order, as left and right operands.
fn turned_view<const N: usize>(turned: &Model, other: &Model) {
    let (array, other_array) = (turned.turned().array(), other.array());
    let view = array.view::<N>().t();
    let Some(expected) = turned.combine(other, minus) else {
        let says = format!("shapes {:?} and {:?} do not broadcast", turned.shape, other.shape);
        assert_eq!(panic_message(|| view - &other_array), says);
        assert_eq!(panic_message(|| view - other_array.clone()), says);
        assert_error!(view.zip_with(&other_array, less), Error::Shape(ShapeError::Broadcast { .. }), says);
        return;
    };
    assert_is(&(view - &other_array), &expected);
    assert_is(&(&view - other_array.clone()), &expected);
    assert_is(&view.zip_with(&other_array, less).unwrap(), &expected);
    let negative = Model { elements: expected.elements.iter().map(|x| -x).collect(), ..expected.clone() };
    assert_is(&(&other_array - view), &negative);
    assert_is(&(other_array.clone() - &view), &negative);
    let doubled = Model { elements: expected.elements.iter().map(|x| 2 * x).collect(), ..expected.clone() };
    let sums = view.zip2_with(&other_array, view - &other_array, less_and_more).unwrap();
    assert_is(&sums, &doubled);
    if expected.shape == turned.shape {
        let mut array = array.clone();
        let mut target = array.view_mut::<N>().t();
        target -= &other_array;
        assert!(target.iter().eq(&expected.elements));
    }
}

/// Views of all ranks as left and right operands.
fn two_views<const N: usize>(turned: &Model, other: &Model) {
    let array = turned.turned().array();
    let view = array.view::<N>().t();
    let expected = turned.combine(other, minus);
    fn with<const N: usize, const M: usize>(view: View<'_, i64, N>, other: &Model, expected: Option<&Model>) {
        let (straight, turned) = (other.array(), other.turned().array());
        for other in [straight.view::<M>(), turned.view::<M>().t()] {
            match expected {
                Some(expected) => assert_is(&(view - other), expected),
                None => assert!(view.zip_with(other, less).is_err()),
            }
            let mut copy = view.to_owned_array();
            let mut target = copy.view_mut::<N>();
            match expected.filter(|expected| expected.shape == view.shape()) {
                Some(expected) => {
                    target -= other;
                    assert_is(&copy, expected);
                }
                None => assert!(target.zip_with_in_place(other, less).is_err()),
            }
        }
    }
    match other.shape.len() {
        1 => with::<N, 1>(view, other, expected.as_ref()),
        2 => with::<N, 2>(view, other, expected.as_ref()),
        3 => with::<N, 3>(view, other, expected.as_ref()),
        _ => {}
    }
}

fn all_forms(left: &Model, right: &Model) {
    arrays(left, right);
    match left.shape.len() {
        1 => (turned_view::<1>(left, right), two_views::<1>(left, right)),
        2 => (turned_view::<2>(left, right), two_views::<2>(left, right)),
        3 => (turned_view::<3>(left, right), two_views::<3>(left, right)),
        4 => (turned_view::<4>(left, right), ()),
        5 => (turned_view::<5>(left, right), ()),
        8 => (turned_view::<8>(left, right), ()),
        _ => ((), ()),
    };
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn all_small_shapes_with_all_small_shapes() {
    let mut shapes: Vec<Vec<usize>> = vec![];
    for a in [0, 1, 2, 3] {
        shapes.push(vec![a]);
        for b in [0, 1, 2, 3] {
            shapes.push(vec![a, b]);
            shapes.extend([0, 1, 3].map(|c| vec![a, b, c]));
        }
    }
    for left in &shapes {
        for right in &shapes {
            all_forms(&Model::new(left, 10), &Model::new(right, 7_001));
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn large_shapes_and_many_axes() {
    // On both sides of 128 elements, with lanes of 2, 3, 4 and more elements, and with three axes.
    let pairs: [(&[usize], &[usize]); 33] = [
        (&[43, 3], &[3]),
        (&[42, 3], &[3]),
        (&[65, 2], &[65, 1]),
        (&[33, 4], &[4]),
        (&[33, 4], &[1, 4]),
        (&[30, 5], &[30, 1]),
        (&[30, 5], &[5]),
        (&[40, 30], &[30]),
        (&[40, 30], &[40, 1]),
        (&[40, 30], &[1]),
        (&[40, 1], &[30]),
        (&[40, 30], &[40, 30]),
        (&[200], &[1]),
        (&[200], &[200, 1]),
        (&[7, 8, 9], &[9]),
        (&[7, 8, 9], &[8, 9]),
        (&[7, 8, 9], &[8, 1]),
        (&[7, 8, 9], &[7, 1, 1]),
        (&[7, 8, 9], &[7, 1, 9]),
        (&[7, 1, 9], &[8, 1]),
        (&[7, 1, 9], &[1, 8, 1]),
        (&[5, 0, 9], &[5, 1, 1]),
        (&[2, 3, 4, 5], &[5]),
        (&[2, 3, 4, 5], &[4, 5]),
        (&[4, 3, 4, 5], &[4, 1, 4, 1]),
        (&[4, 1, 4, 1], &[3, 1, 5]),
        (&[4, 3, 4, 5], &[4, 3, 4, 5]),
        (&[3, 2, 3, 2, 5], &[3, 1, 3, 1, 5]),
        (&[3, 1, 3, 1, 5], &[2, 1, 2, 1]),
        (&[2, 1, 2, 1, 2, 1, 2, 3], &[3, 1, 2, 1, 2, 1, 1]),
        (&[2, 1, 2, 1, 2, 1, 2, 3], &[2, 1, 2, 1, 2, 1, 2, 3]),
        (&[2; 8], &[2]),
        (&[20, 30], &[20]),
    ];
    for (left, right) in pairs {
        let (left, right) = (Model::new(left, 10), Model::new(right, 7_001));
        all_forms(&left, &right);
        all_forms(&right, &left);
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn results_in_strips() {
    // Large enough that a transposed operand is read in strips.
    let side = 600;
    let array = GrowableNd::from_fn([side, side], |[i, j]| i * 1000 + j);
    let row = GrowableNd::from_fn([side], |[j]| j);
    let column = GrowableNd::from_fn([side, 1], |[i, _]| i);
    let turned = array.view::<2>().t();
    assert_eq!(turned - &row, GrowableNd::from_fn([side, side], |[i, j]| j * 1000 + i - j));
    assert_eq!(turned - &column, GrowableNd::from_fn([side, side], |[i, j]| j * 1000 + i - i));
    assert_eq!(&array + turned, GrowableNd::from_fn([side, side], |[i, j]| 1001 * (i + j)));
    assert_eq!(turned * 2, GrowableNd::from_fn([side, side], |[i, j]| 2 * (j * 1000 + i)));
    let mut target = array.clone();
    target += turned;
    assert_eq!(target, &array + turned);
    let mut target = array.clone();
    let mut turned_target = target.view_mut::<2>().t();
    turned_target += &row;
    assert_eq!(target.view::<2>().t(), turned + &row);
}

#[test]
fn scalars_on_both_sides() {
    let a = GrowableNd::from([[7_i32, 8, 9], [10, 11, 12]]);
    let (v, t) = (a.view::<2>(), a.view::<2>().t());
    assert_eq!((&a + 1).as_slice(), [8, 9, 10, 11, 12, 13]);
    assert_eq!((a.clone() - 1).as_slice(), [6, 7, 8, 9, 10, 11]);
    assert_eq!((v * 2).as_slice(), [14, 16, 18, 20, 22, 24]);
    assert_eq!((&t / 2).as_slice(), [3, 5, 4, 5, 4, 6]);
    assert_eq!((&a % 4).as_slice(), [3, 0, 1, 2, 3, 0]);
    assert_eq!((1 + &a).as_slice(), [8, 9, 10, 11, 12, 13]);
    assert_eq!((20 - a.clone()).as_slice(), [13, 12, 11, 10, 9, 8]);
    assert_eq!((2 * v).as_slice(), [14, 16, 18, 20, 22, 24]);
    assert_eq!((100 / &t).as_slice(), [14, 10, 12, 9, 11, 8]);
    assert_eq!((100 % t).as_slice(), [2, 0, 4, 1, 1, 4]);
    assert_eq!((-&a).as_slice(), [-7, -8, -9, -10, -11, -12]);
    assert_eq!(-a.clone(), -v);
    assert_eq!((-&t).view::<2>().t(), -&v);
    assert_eq!((!&a).as_slice(), [-8, -9, -10, -11, -12, -13]);

    let mask = GrowableNd::from([[true, false], [true, true]]);
    assert_eq!((!&mask & true).as_slice(), [false, true, false, false]);
    assert_eq!((&mask ^ mask.view::<2>().t()).as_slice(), [false, true, true, false]);
    assert_eq!(!(mask | GrowableNd::from([false])), GrowableNd::from([[false, true], [false, false]]));
    let bytes = GrowableNd::from([0x0f_u8, 0x81]);
    assert_eq!((&bytes >> 1).as_slice(), [0x07, 0x40]);
    assert_eq!((&bytes << GrowableNd::from([[1], [4]])).as_slice(), [0x1e, 0x02, 0xf0, 0x10]);
    assert_eq!((0xf0 & &bytes).as_slice(), [0, 0x80]);

    let mut target = a.clone();
    target += 3;
    target -= 1;
    target *= 10;
    target /= 3;
    target %= 7;
    assert_eq!(target.as_slice(), [2, 5, 1, 5, 1, 4]);
    let mut column = target.view_mut::<2>().slice((.., 1));
    column <<= 2;
    column |= 1;
    column ^= 2;
    column &= !4;
    column >>= 1;
    assert_eq!(target.as_slice(), [2, 9, 1, 5, 1, 4]);
}

#[test]
fn what_users_type_infers() {
    let x = GrowableNd::from([[1.0, 2.0], [3.0, 6.0], [8.0, 4.0]]);
    assert_eq!((&x - &x.mean_axis(Axis(0))).as_slice(), [-3.0, -2.0, -1.0, 2.0, 4.0, 0.0]);
    assert_eq!((&x - x.mean_axis(Axis(0))).shape(), [3, 2]);
    #[cfg(any(feature = "std", feature = "libm"))]
    {
        let z = (&x - &x.mean_axis(Axis(0))) / &x.std_axis(Axis(0), 0);
        assert!(z.mean_axis(Axis(0)).all_close(&GrowableNd::zeros([2]), 0.0, 1e-12).unwrap());
        assert!(z.var_axis(Axis(0), 0).all_close(&GrowableNd::ones([2]), 0.0, 1e-12).unwrap());
    }
    let counts = GrowableNd::from([[1.0, 3.0], [2.0, 2.0]]);
    assert_eq!((&counts / counts.sum()).as_slice(), [0.125, 0.375, 0.25, 0.25]);
    let totals = counts.sum_axis(Axis(1));
    assert_eq!((&counts / totals.view::<1>().insert_axis(Axis(1))).as_slice(), [0.25, 0.75, 0.5, 0.5]);

    let singles = GrowableNd::from([1.0_f32, 2.0]);
    assert_eq!((2.0 * &singles).as_slice(), [2.0, 4.0]);
    assert_eq!((&singles * 2.0).as_slice(), [2.0, 4.0]);
    let k = 3.0;
    assert_eq!((&singles * k).as_slice(), [3.0, 6.0]);
    let bytes = GrowableNd::from([1_u8, 2]);
    assert_eq!((2 * &bytes + 1).as_slice(), [3, 5]);
    let s = [2.0, 4.0];
    assert_eq!((&x * s[0]).sum(), 48.0);
    assert_eq!((&x / s.iter().sum::<f64>())[[1, 1]], 1.0);
    let scale: f64 = "2".parse().unwrap();
    assert_eq!((&x * scale).sum(), 48.0);

    let arrays = [x.clone(), x.clone(), x.clone()];
    let sum = arrays.iter().fold(GrowableNd::zeros([3, 2]), |sum, x| sum + x);
    assert_eq!(sum, 3.0 * &x);
    let mut total = GrowableNd::zeros([2]);
    for row in x.view::<2>().axis_iter(Axis(0)) {
        total += row;
    }
    assert_eq!(total.as_slice(), [12.0, 12.0]);

    let square = GrowableNd::from([[1, 2], [3, 4]]);
    let view = square.view::<2>();
    assert_eq!((view - view.t()).as_slice(), [0, -1, 1, 0]);
    assert_eq!((&view + &square).sum(), 20);
    let mut a = square.clone();
    a += view;
    a += &view;
    a *= &square;
    a -= &GrowableNd::from([1, 2]);
    let mut target = a.view_mut::<2>();
    target += &square;
    target += 1;
    target *= square.view::<2>().t();
    // A mutable view can be read as an operand.
    let mut other = square.clone();
    let read = other.view_mut::<2>();
    assert_eq!((&read + &read).sum(), 20);
    assert_eq!((&a * &read).shape(), [2, 2]);
    assert_eq!((read * 2).sum(), 20);
    let mut rows = GrowableNd::from([[1.0, 2.0], [3.0, 4.0]]);
    rows.view_mut::<2>().for_each_axis_mut::<1>(Axis(1), |mut column| column /= column.sum());
    assert_eq!(rows.as_slice(), [0.25, 1.0 / 3.0, 0.75, 2.0 / 3.0]);
}

/// Callers that are generic in their operands.
mod generic {
    use super::*;

    pub(super) fn scale<T: Scalar + Mul<Output = T>>(array: &GrowableNd<T>, factor: T) -> GrowableNd<T> {
        array * factor
    }

    pub(super) fn squares<T: Clone + Mul<Output = T>>(array: &GrowableNd<T>) -> GrowableNd<T> {
        array * array
    }

    pub(super) fn spread<S, T, const N: usize>(view: &Strided<S, N>, means: &GrowableNd<T>) -> GrowableNd<T>
    where
        S: Deref<Target = [T]>,
        T: Clone + Sub<Output = T>,
    {
        view - means
    }

    pub(super) fn add_to<T: Clone + AddAssign>(mut target: ViewMut<'_, T, 2>, right: impl Operand<T>) {
        target += right;
    }

    pub(super) fn plus<'a, T>(left: &'a GrowableNd<T>, right: T) -> GrowableNd<T>
    where
        T: Scalar,
        &'a GrowableNd<T>: Add<T, Output = GrowableNd<T>>,
    {
        left + right
    }
}

#[test]
fn generic_callers() {
    let a = GrowableNd::from([[1.5, 2.0], [3.0, 4.0]]);
    assert_eq!(generic::scale(&a, 2.0).as_slice(), [3.0, 4.0, 6.0, 8.0]);
    assert_eq!(generic::squares(&a), &a * &a);
    assert_eq!(
        generic::spread(&a.view::<2>(), &GrowableNd::from([1.0, 2.0])).as_slice(),
        [0.5, 0.0, 2.0, 2.0]
    );
    assert_eq!(generic::plus(&a, 1.0), &a + 1.0);
    let mut target = a.clone();
    generic::add_to(target.view_mut(), 1.0);
    generic::add_to(target.view_mut(), &a);
    generic::add_to(target.view_mut(), a.view::<2>().t());
    assert_eq!(target.as_slice(), [5.5, 8.0, 9.0, 13.0]);
}

/// A number type of the user.
#[derive(Clone, Debug, PartialEq)]
struct Money(String);

impl Add for Money {
    type Output = Money;

    fn add(self, other: Money) -> Money {
        Money(self.0 + &other.0)
    }
}

impl Scalar for Money {}

#[test]
fn other_number_types() {
    let money = GrowableNd::from([["a", "b"], ["c", "d"]]).map(|text| Money(text.to_string()));
    let texts =
        |array: GrowableNd<Money>| array.into_vec().into_iter().map(|money| money.0).collect::<String>();
    assert_eq!(texts(&money + Money("x".into())), "axbxcxdx");
    assert_eq!(texts(money.clone() + Money("x".into())), "axbxcxdx");
    assert_eq!(texts(&money + money.view::<2>().t()), "aabccbdd");
    let row = GrowableNd::from([["x", "y"]]).map(|text| Money(text.to_string()));
    assert_eq!(texts(&row + money.clone()), "xaybxcyd");
    assert_eq!(texts(money + &row), "axbycxdy");
    let wrapping = GrowableNd::from([[Wrapping(200_u8), Wrapping(1)]]);
    assert_eq!((&wrapping + Wrapping(100)).as_slice(), [Wrapping(44), Wrapping(101)]);
    let times = GrowableNd::from([[1, 2].map(Duration::from_secs)]);
    assert_eq!((&times + Duration::from_secs(1)).as_slice(), [2, 3].map(Duration::from_secs));
    // Types of other crates are not scalars, but an array of one element broadcasts.
    let ratios = GrowableNd::from([[2]]);
    assert_eq!((&ratios * &GrowableNd::from([5])).as_slice(), [10]);
}

#[test]
fn memory_by_value_is_used_again() {
    let with_capacity = |shape: [usize; 2]| {
        let mut array = GrowableNd::with_growth([shape[1]], Growth::THREE_HALVES);
        array.reserve_exact(10);
        array.resize(shape[0], 2.0);
        array
    };
    let small = || GrowableNd::<f64>::ones([3]);
    fn kept(before: &GrowableNd<f64>, operate: impl FnOnce(GrowableNd<f64>) -> GrowableNd<f64>) -> bool {
        let array = before.clone();
        let (block, growth) = (array.as_slice().as_ptr(), array.growth());
        let result = operate(array);
        let same = result.as_slice().as_ptr() == block;
        assert_eq!(result.growth(), if same { growth } else { Growth::DOUBLE });
        same
    }
    let large = with_capacity([4, 3]);
    for operate in [
        |a: GrowableNd<f64>| a + 1.0,
        |a| 1.0 - a,
        |a: GrowableNd<f64>| -a,
        |a| a * &GrowableNd::ones([3]),
        |a| a * GrowableNd::ones([4, 3]),
        |a| &GrowableNd::ones([3]) * a,
        |a| GrowableNd::ones([3]) - a,
        |a| GrowableNd::<f64>::ones([4, 1]).view::<2>() - a,
        |a| GrowableNd::<f64>::ones([3, 4]).view::<2>().t() - a,
        |a| (1.0 + a * 2.0) / 3.0 - GrowableNd::ones([1]),
    ] {
        assert!(kept(&large, operate));
    }
    for operate in
        [|a: GrowableNd<f64>| a + GrowableNd::ones([4, 3]), |a| &GrowableNd::ones([4, 3]) - a, |a| &a + &a]
    {
        assert!(!kept(&small(), operate));
    }
    // The capacity is kept as well, and the reused array can still grow.
    let capacity = large.clone();
    let mut reserved = with_capacity([4, 3]);
    assert!(reserved.capacity() >= 10);
    reserved = reserved + &capacity;
    assert!(reserved.capacity() >= 10);
    reserved.push_row([7.0; 3]).unwrap();
    assert_eq!(reserved.shape(), [5, 3]);
}

#[test]
fn shapes_that_do_not_broadcast_panic_at_the_operator() {
    let (a, b) = (GrowableNd::from([[1, 2, 3], [4, 5, 6]]), GrowableNd::from([1, 2, 3, 4]));
    let (v, mut target) = (a.view::<2>(), a.clone());
    let says = "shapes [2, 3] and [4] do not broadcast";
    let first = line!() + 2;
    let panics = [
        panic_of(|| &a + &b),
        panic_of(|| a.clone() + &b),
        panic_of(|| v + &b),
        panic_of(|| &v + b.clone()),
        panic_of(|| a.clone() - b.view::<1>()),
    ];
    for (panic, line) in panics.iter().zip(first..) {
        assert_eq!((&panic.message[..], &panic.file[..], panic.line), (says, file!(), line));
    }
    let panic = panic_of(|| &b * v);
    assert_eq!((&panic.message[..], &panic.file[..]), ("shapes [4] and [2, 3] do not broadcast", file!()));
    let says = "expected shape [2, 3], found [4]";
    let line = line!() + 1;
    for panic in [panic_of(|| target += &b), panic_of(|| target.view_mut::<2>().add_assign(&b))] {
        assert_eq!((&panic.message[..], &panic.file[..], panic.line), (says, file!(), line));
    }
    // The target of an assignment keeps its shape.
    let mut row = GrowableNd::from([1, 2, 3]);
    assert_eq!(panic_message(|| row += &a), "expected shape [3], found [2, 3]");
    let refused = row.view_mut::<1>().zip_with_in_place(&a, |x, y| x + y);
    assert_error!(refused, ShapeError::Mismatch { .. }, "expected shape [3], found [2, 3]");
    assert_eq!(row.as_slice(), [1, 2, 3]);
    let (first, second, third) = (GrowableNd::from([[1], [2]]), GrowableNd::from([1, 2, 3]), b);
    let refused = first.zip2_with(&second, &third, |x, y, z| x + y + z);
    let says = "shapes [2, 3] and [4] do not broadcast";
    assert_error!(refused, Error::Shape(ShapeError::Broadcast { .. }), says);
}

#[test]
fn no_axes_and_no_memory() {
    let one = [5];
    let point = View::from_slice([], &one).unwrap();
    let array = GrowableNd::from([[1, 2], [3, 4]]);
    assert_eq!((&array * point).as_slice(), [5, 10, 15, 20]);
    assert_eq!((point - &array).as_slice(), [4, 3, 2, 1]);
    let says = "expected at least 1 axis (that of the rows), found none";
    assert_eq!(panic_message(|| point + point), says);
    assert_eq!(panic_message(|| point + 1), says);
    assert_eq!(panic_message(|| 1 + point), says);
    assert_eq!(panic_message(|| -point), says);
    let mut element = [5];
    let mut target = ViewMut::from_slice([], &mut element).unwrap();
    target += 1;
    target *= point;
    assert_eq!(element, [30]);

    // No allocation can hold the result.
    let half = 1 << (usize::BITS / 2);
    let units = || vec![(); half];
    let column = GrowableNd::from_vec([1], units()).unwrap();
    let row = GrowableNd::from_vec([], units()).unwrap();
    let error = column.zip_with(&row, |(), ()| 1).unwrap_err();
    assert_eq!(error.to_string(), format!("capacity overflow: {half} rows of {half} elements of 4 bytes"));
}

#[test]
fn overflow_and_division_by_zero_leave_arrays_whole() {
    let mut a = GrowableNd::from([1_u8, 2, 3, 200]);
    if cfg!(debug_assertions) {
        assert_eq!(panic_message(|| &a + 100), "attempt to add with overflow");
        assert_eq!(panic_message(|| a += 100), "attempt to add with overflow");
        assert_eq!(a.as_slice(), [101, 102, 103, 200]);
        a.as_mut_slice()[..3].copy_from_slice(&[1, 2, 3]);
    }
    let zeros = GrowableNd::from([1, 1, 0, 1]);
    assert_eq!(panic_message(|| &a / &zeros), "attempt to divide by zero");
    assert_eq!(panic_message(|| &a % 0), "attempt to calculate the remainder with a divisor of zero");
    assert_eq!(panic_message(|| a /= &zeros), "attempt to divide by zero");
    assert_eq!(a.as_slice(), [1, 2, 3, 200]);
    let floats = GrowableNd::from([1.0, -1.0]) / 0.0;
    assert_eq!(floats.as_slice(), [f64::INFINITY, f64::NEG_INFINITY]);
}

impl Scalar for Tracked {}

impl AddAssign for Tracked {
    fn add_assign(&mut self, other: Tracked) {
        self.value += other.value;
    }
}

#[test]
fn clones_that_panic_leave_everything_whole() {
    let tracked = |shape: &[usize]| GrowableNd::full(shape, Tracked::new(1));
    type Work = fn(&mut GrowableNd<Tracked>, &GrowableNd<Tracked>);
    let works: [Work; 10] = [
        |a, b| drop(&*a + b),
        |a, b| drop(b + &*a),
        |a, b| drop(a.view::<2>() + b),
        |a, _| drop(a.view::<2>().t() + a.view::<2>().t()),
        |a, b| drop(a.clone() + b),
        |a, b| drop(b.view::<1>() + a.clone()),
        |a, _| drop(&*a * Tracked::new(5)),
        |a, b| *a += b,
        |a, _| *a += Tracked::new(1),
        |a, b| {
            let mut view = a.view_mut::<2>();
            view += b;
        },
    ];
    for work in works {
        for clones in 0.. {
            let live = Tracked::live();
            let (mut a, b) = (tracked(&[4, 3]), tracked(&[3]));
            let panicked = with_panicking_clone(clones, || work(&mut a, &b));
            assert_eq!((a.shape(), b.as_slice()), (&[4, 3][..], &tracked(&[3]).into_vec()[..]));
            assert!(a.as_slice().iter().all(|element| [1, 2].contains(&element.value)));
            assert_eq!(a.len(), 12);
            drop((a, b));
            assert_eq!(Tracked::live(), live);
            if !panicked {
                assert!(clones >= 12);
                break;
            }
        }
    }
}

#[test]
fn elements_of_size_zero() {
    #[derive(Clone, Debug, PartialEq)]
    struct Nothing;
    impl Add for Nothing {
        type Output = Nothing;

        fn add(self, _: Nothing) -> Nothing {
            Nothing
        }
    }
    impl Scalar for Nothing {}
    fn shape_of(array: &GrowableNd<Nothing>) -> (&[usize], usize) {
        (array.shape(), array.as_slice().len())
    }
    let (a, b) = (GrowableNd::full([200, 3], Nothing), GrowableNd::full([4, 1, 1], Nothing));
    assert_eq!(shape_of(&(&a + &b)), (&[4, 200, 3][..], 2400));
    assert_eq!(shape_of(&(&a + Nothing)), (&[200, 3][..], 600));
    assert_eq!(shape_of(&(a.view::<2>().t() + b)), (&[4, 3, 200][..], 2400));
    assert_eq!(shape_of(&(a.clone() + &a)), (&[200, 3][..], 600));
}

#[test]
fn three_operands_of_different_types() {
    fn same<T: PartialEq + Debug>(found: Result<GrowableNd<T>, Error>, expected: GrowableNd<T>) {
        assert_eq!(found.unwrap(), expected);
    }
    let (x, y) = (GrowableNd::from([[1, 2], [3, 4]]), GrowableNd::from([["a", "b"]]));
    let z = [0.5, 1.5];
    let z = View::from_slice([2, 1], &z).unwrap();
    let text = |x: &i32, y: &&str, z: &f64| format!("{x}{y}{z}");
    let expected =
        GrowableNd::from([["1a0.5", "2b0.5"], ["3a1.5", "4b1.5"]].map(|row| row.map(String::from)));
    same(x.zip2_with(&y, z, text), expected.clone());
    same(x.view::<2>().zip2_with(y.view::<2>(), &z, text), expected.clone());
    same(z.zip2_with(&x, &y, |z, x, y| text(x, y, z)), expected.clone());
    same(y.zip2_with(z, x.view::<2>(), |y, z, x| text(x, y, z)), expected);
    // Many axes, few elements, many elements; contiguous and not.
    let a =
        GrowableNd::from_fn([2, 3, 4, 5, 2], |[i, j, k, l, m]| i + 10 * j + 100 * k + 1000 * l + 10_000 * m);
    let (b, c) =
        (GrowableNd::from_fn([4, 1, 2], |[k, _, m]| k * m), GrowableNd::from([[[[[1]]]], [[[[2]]]]]));
    let found = a.zip2_with(&b, &c, |a, b, c| a + b + c).unwrap();
    assert_eq!(found, &(&a + &b) + &c);
    let cropped = a.view::<5>().slice((.., .., 1.., .., (..).step(2)));
    assert_eq!(
        cropped
            .zip2_with(cropped, &a.view::<5>().slice((.., .., 1.., .., 0..1)), |a, b, c| a + b + c)
            .unwrap(),
        &cropped * 3
    );
}

#[test]
fn slices_vectors_and_arrays_have_one_axis() {
    let x = GrowableNd::from_fn([4, 3], |[i, j]| (10 * i + j) as i64);
    let row = [3, 5, 7];
    let of_view = &x - View::from(&row[..]);
    for result in [&x - &row[..], &x - row, &x - &row, &x - vec![3, 5, 7], &x - &vec![3, 5, 7]] {
        assert_eq!(result, of_view);
    }
    assert_eq!(x.clone() - row, of_view);
    assert_eq!(x.view::<2>() - &row[..], of_view);
    let (mut by_array, mut by_view) = (x.clone(), x.clone());
    by_array -= &row[..];
    let mut view = by_view.view_mut::<2>();
    view -= row;
    assert_eq!((by_array, by_view), (of_view.clone(), of_view));
    let column = GrowableNd::from([[1], [2]]);
    assert_eq!(&column * [1, 10], [[1, 10], [2, 20]]);
    assert_eq!(&GrowableNd::<i64>::new([3]) + row, GrowableNd::new([3]));
    let panic = panic_of(|| &x - [1, 2]);
    assert_eq!(panic.message, "shapes [4, 3] and [2] do not broadcast");
}
