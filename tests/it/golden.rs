//! Results of NumPy for the same arrays and views. `tests/golden/make_numpy.py` writes the file,
//! and documents its format.
//!
//! Integers, extremes, indices and running sums are equal. Sums and results derived from them may
//! differ by rounding: each side is within the error bound of the crate, so they differ by at most
//! twice the bound.

use crate::any::{Any, for_any};
use crate::rounding::ADDITIONS;
use growable_nd::{Axis, AxisRange, Error, GrowableNd, View};
use num_traits::{One, Zero};
use std::fmt::Debug;
use std::ops::Mul;
use std::str::FromStr;

const FILE: &str = include_str!("../golden/numpy.txt");

/// The type of an element or a result.
trait Value: Copy + Debug + PartialOrd + FromStr<Err: Debug> {
    /// Half the distance from one to the next float; integers are exact.
    const UNIT: f64;

    fn to_f64(self) -> f64;
}

trait Number: Value + Zero + One + Mul<Output = Self> {
    /// The type of wide sums.
    type Wide: Value + Zero;
    /// The type of means.
    #[cfg(any(feature = "std", feature = "libm"))]
    type Mean: Number + num_traits::Float;

    fn wide(self) -> Self::Wide;

    #[cfg(any(feature = "std", feature = "libm"))]
    fn mean(self) -> Self::Mean;

    /// A quotient, rounded once.
    fn quotient(numerator: i32, denominator: i32) -> Self;
}

macro_rules! values {
    ($($type:ident: $unit:expr),*) => {$(
        impl Value for $type {
            const UNIT: f64 = $unit;

            fn to_f64(self) -> f64 {
                self as f64
            }
        }
    )*};
}

macro_rules! numbers {
    ($($type:ident, $wide:ident, $mean:ident, $quotient:expr;)*) => {$(
        impl Number for $type {
            type Wide = $wide;
            #[cfg(any(feature = "std", feature = "libm"))]
            type Mean = $mean;

            fn wide(self) -> $wide {
                self.into()
            }

            #[cfg(any(feature = "std", feature = "libm"))]
            fn mean(self) -> $mean {
                self as $mean
            }

            fn quotient(numerator: i32, denominator: i32) -> $type {
                let quotient: fn(i32, i32) -> $type = $quotient;
                quotient(numerator, denominator)
            }
        }
    )*};
}

values! { f64: f64::EPSILON / 2.0, f32: f32::EPSILON as f64 / 2.0, i64: 0.0, i32: 0.0, u8: 0.0, usize: 0.0 }
numbers! {
    f64, f64, f64, |numerator, denominator| f64::from(numerator) / f64::from(denominator);
    f32, f32, f32, |numerator, denominator| numerator as f32 / denominator as f32;
    i64, i64, f64, |numerator, denominator| (numerator / denominator).into();
    i32, i64, f64, |numerator, denominator| numerator / denominator;
    u8, i64, f64, |numerator, denominator| u8::try_from(numerator / denominator).unwrap();
}

fn parse<T: FromStr<Err: Debug>>(words: &str) -> Vec<T> {
    words.split_whitespace().map(|word| word.parse().unwrap()).collect()
}

/// A shape and its contents: all elements, or the four numbers of a formula.
#[derive(Clone, Copy)]
enum Content<'a> {
    Elements(&'a str, &'a str),
    Formula(&'a str, &'a str),
}

impl<'a> Content<'a> {
    fn new(text: &'a str) -> Self {
        match text.split_once(':') {
            Some((shape, elements)) => Content::Elements(shape, elements),
            None => text.split_once('=').map(|(shape, formula)| Content::Formula(shape, formula)).unwrap(),
        }
    }

    fn shape(self) -> Vec<usize> {
        let (Content::Elements(shape, _) | Content::Formula(shape, _)) = self;
        parse(shape)
    }

    fn elements<T: Number>(self) -> Vec<T> {
        let count = self.shape().iter().product();
        match self {
            Content::Elements(_, elements) => parse(elements),
            Content::Formula(_, formula) => {
                let formula: [i32; 4] = parse(formula).try_into().unwrap();
                let [factor, modulus, less, denominator] = formula;
                (0..).take(count).map(|i| T::quotient(i * factor % modulus - less, denominator)).collect()
            }
        }
    }
}

/// One line: an operation on the current array, view and operand, and its result.
struct Case<'a> {
    line: usize,
    operation: &'a str,
    axis: Option<usize>,
    ddof: usize,
    rtol: f64,
    atol: f64,
    /// The shape and the elements of the result; `None` for no result or an error.
    expected: Option<(Vec<usize>, Vec<&'a str>)>,
    array: Content<'a>,
    steps: &'a str,
    other: Option<Content<'a>>,
}

impl<'a> Case<'a> {
    fn new(
        line: usize,
        text: &'a str,
        array: Content<'a>,
        steps: &'a str,
        other: Option<Content<'a>>,
    ) -> Self {
        let (operation, outcome) = text.split_once("->").unwrap();
        let (operation, arguments) = operation.split_once(' ').unwrap();
        let expected = outcome
            .split_once(':')
            .map(|(shape, values)| (parse(shape), values.split_whitespace().collect()));
        assert!(expected.is_some() || ["none", "error"].contains(&outcome.trim()));
        let (axis, ddof, rtol, atol) = (None, 0, 0.0, 0.0);
        let mut case = Case { line, operation, axis, ddof, rtol, atol, expected, array, steps, other };
        for argument in arguments.split_whitespace() {
            match argument.split_once('=').unwrap() {
                ("axis", axis) => case.axis = Some(axis.parse().unwrap()),
                ("ddof", ddof) => case.ddof = ddof.parse().unwrap(),
                ("rtol", rtol) => case.rtol = rtol.parse().unwrap(),
                ("atol", atol) => case.atol = atol.parse().unwrap(),
                _ => panic!("line {line}: {argument}"),
            }
        }
        case
    }

    /// How far a result may be from the expected one, if it was computed from these elements.
    fn tolerance(&self, elements: &[f64], expected: f64, unit: f64) -> f64 {
        let count = elements.len().max(1) as f64;
        // No element takes part in more operations, including a product and a division.
        let share = (f64::from(ADDITIONS + 2) + count.log2()) * unit;
        let share = share / (1.0 - share);
        let sum_of = |of: &dyn Fn(f64) -> f64| elements.iter().map(|&x| of(x)).sum::<f64>();
        let size = sum_of(&f64::abs);
        let variance = || {
            let mean = sum_of(&|x| x) / count;
            // The error of the mean enters as its square; each square has three more roundings.
            let squares = sum_of(&|x| (x - mean).powi(2));
            (share * squares + 3.0 * unit * squares + count * (share * size / count).powi(2))
                / (count - self.ddof as f64)
        };
        let once = match self.operation {
            "sum" | "dot" | "vecdot" => share * size,
            "mean" => share * size / count,
            "product" => count * unit * expected.abs(),
            "var" => variance(),
            // The difference of two roots is that of the squares, divided by their sum.
            "std" if expected > 0.0 => variance() / expected + unit * expected,
            "std" => variance().sqrt(),
            _ => 0.0,
        };
        2.0 * once
    }

    /// `lines` has the elements from which each element of the result was computed.
    fn check<T: Value>(&self, found: Option<(&[usize], &[T])>, lines: &[Vec<f64>]) {
        let line = self.line;
        let (Some((shape, values)), Some((found_shape, found))) = (&self.expected, found) else {
            assert_eq!(found.is_some(), self.expected.is_some(), "line {line}: {found:?}");
            return;
        };
        assert_eq!((found_shape, found.len()), (&shape[..], values.len()), "line {line}");
        for (at, (&found, value)) in found.iter().zip(values).enumerate() {
            let expected: T = value.parse().unwrap();
            let (x, y) = (found.to_f64(), expected.to_f64());
            let tolerance = if T::UNIT > 0.0 { self.tolerance(&lines[at], y, T::UNIT) } else { 0.0 };
            let near = found == expected || x.is_nan() && y.is_nan() || (x - y).abs() <= tolerance;
            assert!(near, "line {line}: element {at} is {found:?}, expected {expected:?}");
        }
    }

    fn check_one<T: Value>(&self, found: Option<T>, lines: &[Vec<f64>]) {
        self.check(found.as_ref().map(|found| (&[][..], std::slice::from_ref(found))), lines);
    }

    fn check_array<T: Value>(&self, found: Result<GrowableNd<T>, Error>, lines: &[Vec<f64>]) {
        let found = found.ok();
        self.check(found.as_ref().map(|found| (found.shape(), found.as_slice())), lines);
    }

    fn is_of_floats(&self) -> bool {
        ["mean", "var", "std", "allclose"].contains(&self.operation)
    }
}

/// The elements of all lanes along an axis, or all elements as one lane.
fn lines<T: Number, const N: usize>(view: View<'_, T, N>, axis: Option<usize>) -> Vec<Vec<f64>> {
    let all = |line: &mut dyn Iterator<Item = &T>| line.map(|x| x.to_f64()).collect();
    match axis {
        Some(axis) => match view.try_lanes(Axis(axis)) {
            Ok(lanes) => lanes.map(|lane| all(&mut lane.iter())).collect(),
            Err(_) => vec![],
        },
        None => vec![all(&mut view.iter())],
    }
}

/// Reductions of all elements that views and arrays share.
macro_rules! check_whole {
    ($case:expr, $it:expr, $lines:expr, $rank:expr) => {{
        let (case, it, lines) = ($case, $it, $lines);
        let number = |index: [usize; $rank]| {
            index.iter().zip(&it.shape()[..]).fold(0, |number, (i, len)| number * len + i)
        };
        match case.operation {
            "sum" => {
                case.check_one(Some(it.sum_of(|x| x.wide())), lines);
                // If the element type can hold the sum.
                if case.expected.as_ref().is_some_and(|(_, values)| values[0].parse::<T>().is_ok()) {
                    case.check_one(Some(it.sum()), lines);
                }
            }
            "product" => case.check_one(Some(it.product()), lines),
            "min" => case.check_one(it.min(), lines),
            "max" => case.check_one(it.max(), lines),
            "argmin" => case.check_one(it.argmin().map(number), lines),
            "argmax" => case.check_one(it.argmax().map(number), lines),
            operation => panic!("line {}: {operation}", case.line),
        }
    }};
}

/// The same reductions along an axis.
macro_rules! check_along {
    ($case:expr, $it:expr, $lines:expr, $axis:expr) => {{
        let (case, it, lines, axis) = ($case, $it, $lines, Axis($axis));
        match case.operation {
            "sum" => case.check_array(it.try_sum_axis(axis), lines),
            "product" => case.check_array(it.try_product_axis(axis), lines),
            "min" => case.check_array(it.try_min_axis(axis), lines),
            "max" => case.check_array(it.try_max_axis(axis), lines),
            "argmin" => case.check_array(it.try_argmin_axis(axis), lines),
            "argmax" => case.check_array(it.try_argmax_axis(axis), lines),
            operation => panic!("line {}: {operation}", case.line),
        }
    }};
}

fn check_view<T: Number, const N: usize>(case: &Case<'_>, view: View<'_, T, N>) {
    let array = view.to_owned_array();
    if let ("cumsum", Some(axis)) = (case.operation, case.axis) {
        let none = vec![vec![]; view.len()];
        case.check_array(view.try_cumulative_sum(Axis(axis)), &none);
        case.check_array(array.try_cumulative_sum(Axis(axis)), &none);
        return;
    }
    let lines = lines(view, None);
    check_whole!(case, view, &lines, N);
    check_whole!(case, &array, &lines, N);
}

fn check_view_along<T: Number, const N: usize>(case: &Case<'_>, view: View<'_, T, N>, axis: usize) {
    let array = view.to_owned_array();
    let lines = lines(view, Some(axis));
    if case.operation != "vecdot" {
        check_along!(case, view, &lines, axis);
        check_along!(case, &array, &lines, axis);
        return;
    }
    let content = case.other.unwrap();
    let elements = content.elements::<T>();
    let other = View::<_, N>::from_slice(content.shape().try_into().unwrap(), &elements).unwrap();
    let lines = match view.zip_with(&other, |&x, &y| x * y) {
        Ok(products) => self::lines(products.view::<N>(), Some(axis)),
        Err(_) => vec![],
    };
    case.check_array(view.dot_axis(&other, Axis(axis)), &lines);
    case.check_array(array.dot_axis(&other.to_owned_array(), Axis(axis)), &lines);
}

fn check_dot<T: Number>(case: &Case<'_>, view: View<'_, T, 1>) {
    let content = case.other.unwrap();
    let elements = content.elements::<T>();
    let other = View::from_slice([elements.len()], &elements).unwrap();
    let products = view.iter().zip(other.iter()).map(|(&x, &y)| (x * y).to_f64()).collect();
    let lines = [products];
    case.check_one(view.dot(&other).ok(), &lines);
    case.check_one(view.to_owned_array().dot(&other.to_owned_array()).ok(), &lines);
}

/// Means, variances, and whether arrays are close.
#[cfg(any(feature = "std", feature = "libm"))]
mod floats {
    use super::*;
    use num_traits::Float;

    pub(super) fn check_view<T: Number + Float, const N: usize>(case: &Case<'_>, view: View<'_, T, N>) {
        let (array, lines) = (view.to_owned_array(), lines(view, None));
        let found = match case.operation {
            "mean" => [view.mean(), array.mean()],
            "var" => [view.var(case.ddof), array.var(case.ddof)],
            "std" => [view.std(case.ddof), array.std(case.ddof)],
            "allclose" => {
                let content = case.other.unwrap();
                let elements = content.elements::<T>();
                let other = View::<_, N>::from_slice(content.shape().try_into().unwrap(), &elements).unwrap();
                let [rtol, atol] = [case.rtol, case.atol].map(|tolerance| T::from(tolerance).unwrap());
                let close = view.all_close(&other, rtol, atol).ok();
                let values = case.expected.as_ref().map(|(_, values)| values[0].parse().unwrap());
                assert_eq!(close, values, "line {}", case.line);
                let same = array.all_close(&other.to_owned_array(), rtol, atol).ok();
                assert_eq!(same, values, "line {}", case.line);
                return;
            }
            operation => panic!("line {}: {operation}", case.line),
        };
        found.into_iter().for_each(|found| case.check_one(found, &lines));
    }

    pub(super) fn check_view_along<T: Number + Float, const N: usize>(
        case: &Case<'_>,
        view: View<'_, T, N>,
        at: usize,
    ) {
        let (array, lines, axis) = (view.to_owned_array(), lines(view, Some(at)), Axis(at));
        let found = match case.operation {
            "mean" => [view.try_mean_axis(axis), array.try_mean_axis(axis)],
            "var" => [view.try_var_axis(axis, case.ddof), array.try_var_axis(axis, case.ddof)],
            "std" => [view.try_std_axis(axis, case.ddof), array.try_std_axis(axis, case.ddof)],
            operation => panic!("line {}: {operation}", case.line),
        };
        found.into_iter().for_each(|found| case.check_array(found, &lines));
    }
}

/// Applies the steps to an array.
fn view<'a, T>(case: &Case<'_>, elements: &'a [T]) -> Any<&'a [T]> {
    let mut shape = case.array.shape();
    let mut any: Any<&[T]> = match shape[..] {
        [a] => View::from_slice([a], elements).unwrap().into(),
        [a, b] => View::from_slice([a, b], elements).unwrap().into(),
        [a, b, c] => View::from_slice([a, b, c], elements).unwrap().into(),
        _ => panic!("line {}", case.line),
    };
    for step in case.steps.split_whitespace() {
        let words: Vec<&str> = step.split(':').collect();
        let number = |at: usize| words[at].parse::<usize>().unwrap();
        any = match words[0] {
            "transpose" => for_any!(any, view => view.t().into()),
            "invert" => for_any!(any, view => view.invert_axis(Axis(number(1))).into()),
            "step" => any.slice_axis(number(1), (0..shape[number(1)]).step(number(2))),
            _ => panic!("line {}: {step}", case.line),
        };
        shape = for_any!(&any, view => view.shape().to_vec());
    }
    any
}

fn check_case<T: Number>(case: &Case<'_>) {
    let elements = case.array.elements::<T>();
    #[cfg(any(feature = "std", feature = "libm"))]
    if case.is_of_floats() {
        let elements: Vec<T::Mean> = elements.iter().map(|x| x.mean()).collect();
        return match (view(case, &elements), case.axis) {
            (Any::Of1(view), None) => floats::check_view(case, view),
            (Any::Of2(view), None) => floats::check_view(case, view),
            (Any::Of3(view), None) => floats::check_view(case, view),
            (Any::Of2(view), Some(axis)) => floats::check_view_along(case, view, axis),
            (Any::Of3(view), Some(axis)) => floats::check_view_along(case, view, axis),
            _ => panic!("line {}", case.line),
        };
    }
    if case.is_of_floats() {
        return;
    }
    match (view(case, &elements), case.axis, case.operation) {
        (Any::Of1(view), None, "dot") => check_dot(case, view),
        (Any::Of1(view), _, "cumsum") | (Any::Of1(view), None, _) => check_view(case, view),
        (Any::Of2(view), _, "cumsum") | (Any::Of2(view), None, _) => check_view(case, view),
        (Any::Of3(view), _, "cumsum") | (Any::Of3(view), None, _) => check_view(case, view),
        (Any::Of2(view), Some(axis), _) => check_view_along(case, view, axis),
        (Any::Of3(view), Some(axis), _) => check_view_along(case, view, axis),
        _ => panic!("line {}", case.line),
    }
}

#[test]
fn numpy_makes_the_same_numbers() {
    let (mut dtype, mut array, mut steps, mut other) = ("", None, "", None);
    let mut cases = 0;
    for (number, text) in FILE.lines().enumerate() {
        let text = text.split('#').next().unwrap().trim_end();
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        match first {
            "" => {}
            "array" => {
                let [_, kind, content]: [&str; 3] =
                    rest.splitn(3, ' ').collect::<Vec<_>>().try_into().unwrap();
                (dtype, array, steps, other) = (kind, Some(Content::new(content)), "", None);
            }
            "view" => steps = rest,
            "other" => other = Some(Content::new(rest)),
            _ => {
                let case = Case::new(number + 1, text, array.unwrap(), steps, other);
                match dtype {
                    "f64" => check_case::<f64>(&case),
                    "f32" => check_case::<f32>(&case),
                    "i64" => check_case::<i64>(&case),
                    "i32" => check_case::<i32>(&case),
                    "u8" => check_case::<u8>(&case),
                    _ => panic!("line {}: {dtype}", case.line),
                }
                cases += 1;
            }
        }
    }
    assert!(cases > 1000, "only {cases} cases were found");
}
