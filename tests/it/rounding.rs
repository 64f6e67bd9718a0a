//! The documented bounds on the rounding of sums: the number of additions that an element takes
//! part in, and the distance of a float sum from the exact one.

use crate::copies::turned;
use crate::numeric::LENGTHS;
use growable_nd::{Axis, AxisRange, GrowableNd, View};
use num_traits::Zero;
use std::iter;
use std::ops::{Add, Mul};

/// No element takes part in more additions than this plus the logarithm of the number of elements.
pub const ADDITIONS: u32 = 150;

/// A sum that counts its elements, and the maximum number of additions that one of them took part
/// in, additions of zero included.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Counted {
    elements: usize,
    additions: u32,
}

const ONE: Counted = Counted { elements: 1, additions: 0 };

impl Add for Counted {
    type Output = Counted;

    fn add(self, other: Counted) -> Counted {
        let additions = self.additions.max(other.additions) + 1;
        Counted { elements: self.elements + other.elements, additions }
    }
}

impl Zero for Counted {
    fn zero() -> Counted {
        Counted { elements: 0, additions: 0 }
    }

    fn is_zero(&self) -> bool {
        *self == Counted::zero()
    }
}

impl Mul for Counted {
    type Output = Counted;

    fn mul(self, other: Counted) -> Counted {
        assert_eq!((self, other), (ONE, ONE));
        ONE
    }
}

/// Asserts that every element is in the sum, and that none took part in more additions than
/// documented.
#[track_caller]
fn assert_balanced(sum: Counted, elements: usize) {
    assert_eq!(sum.elements, elements);
    let most = ADDITIONS + elements.max(1).ilog2();
    assert!(sum.additions <= most, "{} additions for {elements} elements, {most} promised", sum.additions);
}

fn count<const N: usize>(view: View<'_, Counted, N>) {
    assert_balanced(view.sum(), view.len());
    assert_balanced(view.sum_of(|_| ONE), view.len());
}

fn count_along<const N: usize>(view: View<'_, Counted, N>) {
    count(view);
    for axis in 0..N {
        let [sums, dots] = [view.sum_axis(Axis(axis)), view.dot_axis(view, Axis(axis)).unwrap()];
        for sum in [sums, dots].iter().flat_map(|sums| sums.as_slice()) {
            assert_balanced(*sum, view.shape()[axis]);
        }
    }
}

#[test]
fn what_is_promised_is_what_is_tested() {
    let promise = format!("no element takes part in more than *d* = {ADDITIONS} + log₂ *n* additions");
    let page = include_str!("../../src/numeric/reductions.rs").replace("\n/// ", " ");
    assert!(page.contains(&promise), "{promise}");
}

#[test]
fn no_element_of_a_line_is_added_often() {
    let ones = vec![ONE; 3 * ((1 << 20) + 1)];
    for len in LENGTHS.into_iter().chain([100_000, 1 << 20, (1 << 20) + 1, 1_000_000]) {
        let line = View::from_slice([3 * len], &ones[..3 * len]).unwrap();
        for step in [1, 3] {
            let line = line.slice(((..).step(step),)).slice((..len,));
            count(line);
            count(line.invert_axis(Axis(0)));
            assert_balanced(line.dot(&line).unwrap(), len);
            assert_balanced(line.dot(line.invert_axis(Axis(0))).unwrap(), len);
        }
        count(View::from_slice([1], &ones[..1]).unwrap().broadcast([len]).unwrap());
    }
}

/// Counts additions in few bytes: sums of small elements have more accumulators.
#[derive(Clone, Copy)]
struct Narrow<const MORE: usize>(u8, [u8; MORE]);

impl<const MORE: usize> Add for Narrow<MORE> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Narrow(self.0.max(other.0).checked_add(1).unwrap(), self.1)
    }
}

impl<const MORE: usize> Zero for Narrow<MORE> {
    fn zero() -> Self {
        Narrow(0, [0; MORE])
    }

    fn is_zero(&self) -> bool {
        self.0 == 0
    }
}

fn count_narrow<const MORE: usize>() {
    let most = |len: usize| ADDITIONS + len.max(1).ilog2();
    // On the heap: too large for the stack.
    let zeros: Box<[_]> = (0..3 << 20).map(|_| Narrow::<MORE>::zero()).collect();
    let many = [127, 128, 129, 255, 262_143, 262_144, 262_145, 524_289, 1 << 20, (1 << 20) + 1, 1_111_111];
    for len in LENGTHS.into_iter().chain(many) {
        let line = View::from_slice([len], &zeros[..len]).unwrap();
        assert!(u32::from(line.sum().0) <= most(len), "{} additions for {len}", line.sum().0);
        let line = View::from_slice([2 * len], &zeros[..2 * len]).unwrap().slice(((..).step(2),));
        assert!(u32::from(line.sum().0) <= most(len), "{} additions for {len}", line.sum().0);
    }
}

#[test]
fn no_narrow_element_is_added_often() {
    count_narrow::<0>();
    count_narrow::<1>();
    count_narrow::<3>();
}

#[test]
fn no_element_of_a_plane_is_added_often() {
    let ones = vec![ONE; 400_000];
    let shapes = [
        [5, 65],
        [63, 64],
        [64, 65],
        [65, 16],
        [65, 17],
        [129, 1],
        [127, 31],
        [257, 33],
        [1000, 100],
        [1025, 300],
        [65, 3000],
        [4097, 15],
        [5000, 7],
        [33_000, 3],
        [65_537, 2],
        [100_001, 1],
        [3, 1279],
        [3, 2047],
        [3, 2049],
        [3, 2559],
    ];
    for shape in shapes {
        for turn in 0..8 {
            for step in [[1, 1], [1, 2], [2, 1]] {
                count_along(turned(&ones[..shape.iter().product()], shape, turn, step));
            }
        }
    }
    let line = View::from_slice([300], &ones[..300]).unwrap();
    count_along(line.broadcast([700, 300]).unwrap());
    count_along(line.broadcast([300, 300]).unwrap().t());
    count_along(View::from_slice([1, 1], &ones[..1]).unwrap().broadcast([5000, 70]).unwrap());
}

/// The worst case for halving: extents just above powers of two, on axes that cannot be merged.
#[test]
fn no_element_among_many_axes_is_added_often() {
    let ones = [ONE; 300];
    let standing_apart = |extents: [usize; 8]| {
        count_along(View::from_strided(extents, [1; 8], 0, &ones).unwrap());
        let mut strides = [-1; 8];
        strides[3] = 1;
        count(View::from_strided(extents, strides, 200, &ones).unwrap());
    };
    standing_apart([3; 8]);
    standing_apart([5, 5, 5, 5, 5, 5, 5, 1]);
    standing_apart([3, 3, 3, 3, 3, 3, 3, 17]);
    standing_apart([5, 3, 3, 5, 3, 3, 5, 33]);
    standing_apart([9, 9, 9, 1, 1, 9, 9, 2]);
    standing_apart([2, 17, 1, 17, 1, 17, 1, 17]);
    let ones = vec![ONE; 9 * 129 * 130];
    for shape in [[9, 129, 130], [130, 9, 129], [65, 65, 33], [2, 5000, 3], [3, 65, 700]] {
        for axes in [[0, 1, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let cube = View::from_slice(shape, &ones[..shape.iter().product()]).unwrap().permute(axes);
            count_along(cube);
            count_along(cube.slice(((..).step(2), 1.., (..).step(2))));
        }
    }
}

#[test]
fn running_sums_are_added_one_by_one() {
    let plane = GrowableNd::full([7, 5], ONE);
    for (sums, along) in [(plane.cumulative_sum(Axis(0)), 0), (plane.cumulative_sum(Axis(1)), 1)] {
        for (index, sum) in sums.view::<2>().indexed_iter() {
            let before = index[along];
            assert_eq!(*sum, Counted { elements: before + 1, additions: u32::try_from(before).unwrap() });
        }
    }
}

/// Floats as exact multiples of 2⁻²⁰.
trait Exact: Copy + PartialEq + Zero + Mul<Output = Self> + 'static {
    /// Half the distance from one to the next float.
    const UNIT: f64;
    /// Integers of this many bits are exact as floats.
    const BITS: u32;

    fn from_f64(x: f64) -> Self;
    fn to_f64(self) -> f64;

    fn exact(self) -> i128 {
        let units = self.to_f64() * f64::from(1 << 20);
        assert_eq!(units, units.trunc());
        units as i128
    }
}

impl Exact for f64 {
    const UNIT: f64 = f64::EPSILON / 2.0;
    const BITS: u32 = 53;

    fn from_f64(x: f64) -> f64 {
        x
    }

    fn to_f64(self) -> f64 {
        self
    }
}

impl Exact for f32 {
    const UNIT: f64 = f32::EPSILON as f64 / 2.0;
    const BITS: u32 = 24;

    fn from_f64(x: f64) -> f32 {
        assert_eq!(f64::from(x as f32), x);
        x as f32
    }

    fn to_f64(self) -> f64 {
        self.into()
    }
}

/// Numbers of `bits` bits times powers of two from 2^-`reach` to 2^`reach`, negative where `signs`
/// is true. All are multiples of 2⁻²⁰, and so are their sums, even after rounding.
fn floats<F: Exact>(count: usize, bits: u32, reach: i32, signs: fn(usize) -> bool) -> Vec<F> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut number = |at| {
        let mantissa = (random() >> (64 - bits)) as f64;
        let powers = u64::try_from(2 * reach + 1).unwrap();
        let number = mantissa * 2_f64.powi(i32::try_from(random() % powers).unwrap() - reach);
        F::from_f64(if signs(at) { -number } else { number })
    };
    (0..count).map(&mut number).collect()
}

/// Asserts that the sum is within the documented bound of the exact sum of the terms.
#[track_caller]
fn assert_near<F: Exact>(sum: F, terms: impl Iterator<Item = i128>) {
    let (count, exact, size) =
        terms.fold((0_u32, 0, 0), |(count, exact, size), term| (count + 1, exact + term, size + term.abs()));
    let units = (f64::from(ADDITIONS) + f64::from(count.max(1)).log2()) * F::UNIT;
    let error = (sum.exact() - exact).abs();
    assert!(error as f64 <= units / (1.0 - units) * size as f64, "{} for {exact}, of {count}", sum.exact());
}

fn near<F: Exact, const N: usize>(view: View<'_, F, N>) {
    assert_near(view.sum(), view.iter().map(|x| x.exact()));
}

fn near_along<F: Exact>(view: View<'_, F, 2>) {
    near(view);
    for axis in 0..2 {
        let sums = view.sum_axis(Axis(axis));
        assert_eq!(sums.rows(), view.lanes(Axis(axis)).len());
        for (sum, lane) in sums.as_slice().iter().zip(view.lanes(Axis(axis))) {
            assert_near(*sum, lane.iter().map(|x| x.exact()));
        }
    }
}

fn sums_are_near<F: Exact>() {
    // Positive; alternating signs; pseudorandom signs; a second half with the opposite sign.
    let signs: [fn(usize) -> bool; 4] =
        [|_| false, |at| at % 2 == 1, |at| (at % 7) * (at % 7) % 7 < 3, |at| at >= 50_000];
    for sign in signs {
        let numbers = floats::<F>(100_000, F::BITS, 20, sign);
        for len in [0, 1, 17, 1000, 1025, 5000, 100_000] {
            let line = View::from_slice([len], &numbers[..len]).unwrap();
            near(line);
            near(line.invert_axis(Axis(0)).slice(((..).step(3),)));
        }
        for shape in [[300, 333], [66, 1500], [5000, 3]] {
            let numbers = &numbers[..shape.iter().product()];
            for turn in [0, 1, 3, 6] {
                near_along(turned(numbers, shape, turn, [1, 1]));
                near_along(turned(numbers, shape, turn, [3, 2]));
            }
        }
        let line = View::from_slice([300], &numbers[..300]).unwrap();
        near_along(line.broadcast([300, 300]).unwrap());
        near_along(line.broadcast([300, 300]).unwrap().t());
        // The same numbers with the opposite sign: only the rounding errors are left.
        let opposite = numbers.iter().map(|x| F::from_f64(-x.to_f64())).rev();
        let both: Vec<F> = numbers.iter().copied().chain(opposite).collect();
        near_along(View::from_slice([2, 100_000], &both).unwrap());
        near_along(View::from_slice([1000, 200], &both).unwrap());
    }
}

#[test]
fn sums_of_f64_are_near_the_exact_ones() {
    sums_are_near::<f64>();
}

#[test]
fn sums_of_f32_are_near_the_exact_ones() {
    sums_are_near::<f32>();
}

/// Numbers of half the bits and half the range have exact products.
fn products_are_near<F: Exact>() {
    let signs: [fn(usize) -> bool; 2] = [|at| at % 3 == 0, |at| at % 5 < 2];
    let [left, right] = signs.map(|sign| floats::<F>(30_000, F::BITS / 2, 10, sign));
    let exact = |x: &F, y: &F| (x.exact() * y.exact()) >> 20;
    let [long, other] = [&left, &right].map(|numbers| View::from_slice([30_000], numbers).unwrap());
    for other in [other, other.invert_axis(Axis(0))] {
        assert_near(long.dot(&other).unwrap(), long.iter().zip(other.iter()).map(|(x, y)| exact(x, y)));
    }
    for turn in 0..2 {
        let [left, right] = [&left, &right].map(|numbers| turned(numbers, [200, 150], turn, [1, 1]));
        for axis in [Axis(0), Axis(1)] {
            let dots = left.dot_axis(&right, axis).unwrap();
            for (dot, (left, right)) in dots.as_slice().iter().zip(left.lanes(axis).zip(right.lanes(axis))) {
                assert_near(*dot, left.iter().zip(right.iter()).map(|(x, y)| exact(x, y)));
            }
        }
    }
}

#[test]
fn scalar_products_are_near_the_exact_ones() {
    products_are_near::<f64>();
    products_are_near::<f32>();
}

/// Ten million tenths: a plain loop ends up rounding each of them to a multiple of 1/16.
#[test]
fn a_plain_loop_is_far_off_where_a_sum_is_not() {
    const LEN: usize = 10_000_000;
    let tenths = vec![0.1_f32; LEN];
    let error = |sum: f32, count: usize| {
        let exact = f64::from(0.1_f32) * count as f64;
        (f64::from(sum) - exact).abs() / exact
    };
    let one_by_one = |count| error(iter::repeat_n(0.1, count).fold(0.0, |sum, x: f32| sum + x), count);
    let line = View::from_slice([LEN], &tenths).unwrap();
    let ones = View::from_slice([], &[1.0]).unwrap().broadcast([LEN]).unwrap();
    assert!(one_by_one(LEN) > 0.08);
    assert!(error(line.sum(), LEN) < 1e-5);
    assert!(error(line.dot(&ones).unwrap(), LEN) < 1e-5);
    assert!(error(line.slice(((..).step(2),)).sum(), LEN / 2) < 1e-5);
    // Along an axis: as lanes, and as slabs.
    assert!(one_by_one(2_000_000) > 0.01);
    for plane in [
        line.reshape([2_000_000, 5]).unwrap(),
        line.reshape([2_000_000, 5]).unwrap().slice((.., ..3)),
        line.reshape([5, 2_000_000]).unwrap().t(),
    ] {
        let sums = plane.sum_axis(Axis(0));
        assert!(sums.as_slice().iter().all(|sum| error(*sum, 2_000_000) < 1e-5));
    }
}

#[cfg(any(feature = "std", feature = "libm"))]
#[test]
fn means_and_spreads_of_many_elements_are_near() {
    // Ten million equal floats: the mean is their value and the deviation zero, up to the same
    // small errors.
    let tenths = vec![0.1_f32; 10_000_000];
    let line = View::from_slice([10_000_000], &tenths).unwrap();
    assert!((line.mean().unwrap() - 0.1).abs() < 1e-6);
    assert!(line.std(0).unwrap() < 2e-6);
    let plane = line.reshape([2_000_000, 5]).unwrap();
    assert!(plane.mean_axis(Axis(0)).as_slice().iter().all(|mean| (mean - 0.1).abs() < 1e-6));
    assert!(plane.std_axis(Axis(0), 1).as_slice().iter().all(|std| *std < 2e-6));
}
