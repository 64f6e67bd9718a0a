//! Sums on several threads equal those on one thread in every bit.

use crate::{caught, in_pools, noise};
use growable_nd::rayon::ThreadPoolBuilder;
use growable_nd::{AccessError, Axis, AxisRange, Error, GrowableNd, View};

/// A number of `f64` elements that one thread sums; more are summed on several.
const SERIAL: usize = (4 << 20) / 8;

/// A number of elements that one thread sums by a function.
const SERIAL_OF: usize = 1 << 15;

/// Asserts that all sums of a view have the bits of those on one thread.
#[track_caller]
fn assert_same_bits<const N: usize>(view: View<'_, f64, N>) {
    let what = || format!("{:?} with strides {:?}", view.shape(), view.strides());
    assert_eq!(view.par_sum().to_bits(), view.sum().to_bits(), "{}", what());
    let mean = view.mean().map(f64::to_bits);
    assert!(mean.is_none_or(|mean| (view.par_sum() / view.len() as f64).to_bits() == mean), "{}", what());
    let of = |x: &f64| *x as f32;
    assert_eq!(view.par_sum_of(of).to_bits(), view.sum_of(of).to_bits(), "{}", what());
    let wide = |x: &f64| x * 3.0;
    assert_eq!(view.par_sum_of(wide).to_bits(), view.sum_of(wide).to_bits(), "{}", what());
    for axis in (0..N).map(Axis) {
        let bits = |array: GrowableNd<f64>| array.map(|x| x.to_bits());
        let sums = view.try_sum_axis_of(axis, wide).map(bits);
        assert_eq!(view.try_par_sum_axis_of(axis, wide).map(bits), sums, "along {axis:?} of {}", what());
        let bits = |array: GrowableNd<f32>| array.map(|x| x.to_bits());
        let sums = view.try_sum_axis_of(axis, of).map(bits);
        assert_eq!(view.try_par_sum_axis_of(axis, of).map(bits), sums, "along {axis:?} of {}", what());
    }
}

#[test]
fn slices_and_lanes_at_the_seams() {
    let block = 2048;
    let mut lengths = vec![0, 1, 7, 8, 9, 127, 128, 129, 2047, 2048, 2049];
    for blocks in [16, 17, 31, 32, 33, 48, 64] {
        lengths.extend([blocks * block - 1, blocks * block, blocks * block + 1]);
    }
    lengths.extend([SERIAL_OF - 1, SERIAL_OF + 1, 123_457, 300_001]);
    let numbers = noise(2 * 300_001);
    in_pools(|_| {
        for &len in &lengths {
            assert_same_bits(View::from_slice([len], &numbers[..len]).unwrap());
            let gaps = View::from_slice([2 * len], &numbers[..2 * len]).unwrap().slice(((..).step(2),));
            assert_same_bits(gaps);
            assert_same_bits(gaps.invert_axis(Axis(0)));
        }
    });
}

#[test]
fn sums_of_elements_above_their_size() {
    let numbers = noise(SERIAL + 5000);
    let small: Vec<f32> = numbers.iter().map(|&x| x as f32).collect();
    in_pools(|_| {
        for len in [SERIAL - 1, SERIAL, SERIAL + 1, SERIAL + 4999] {
            let array = GrowableNd::from_vec([], numbers[..len].to_vec()).unwrap();
            assert_eq!(array.par_sum().to_bits(), array.sum().to_bits(), "{len}");
        }
        let doubled = GrowableNd::from_vec([], [&small[..], &small[..]].concat()).unwrap();
        assert_eq!(doubled.par_sum().to_bits(), doubled.sum().to_bits());
        for inner in [[2], [3], [40], [1000]] {
            let whole = numbers.len() / inner[0] * inner[0];
            let array = GrowableNd::from_vec(inner, numbers[..whole].to_vec()).unwrap();
            for axis in [Axis(0), Axis(1)] {
                let bits = |array: GrowableNd<f64>| array.map(|x| x.to_bits());
                assert_eq!(bits(array.par_sum_axis(axis)), bits(array.sum_axis(axis)), "{inner:?} {axis:?}");
                let view = array.view::<2>();
                assert_eq!(bits(view.t().par_sum_axis(axis)), bits(view.t().sum_axis(axis)));
            }
        }
    });
}

#[test]
fn sums_of_singles() {
    let numbers: Vec<f32> = noise(2 * SERIAL + 5000).into_iter().map(|x| x as f32).collect();
    in_pools(|_| {
        for len in [2 * SERIAL - 1, 2 * SERIAL, 2 * SERIAL + 1, 2 * SERIAL + 4999] {
            let array = GrowableNd::from_vec([], numbers[..len].to_vec()).unwrap();
            assert_eq!(array.par_sum().to_bits(), array.sum().to_bits(), "{len}");
        }
        for inner in [[3], [64], [2049], [500_000]] {
            let whole = numbers.len() / inner[0] * inner[0];
            let array = GrowableNd::from_vec(inner, numbers[..whole].to_vec()).unwrap();
            let view = array.view::<2>();
            assert_eq!(view.t().par_sum().to_bits(), view.t().sum().to_bits());
            let gaps = view.slice((.., 1..));
            assert_eq!(gaps.par_sum().to_bits(), gaps.sum().to_bits());
            for axis in [Axis(0), Axis(1)] {
                let bits = |array: GrowableNd<f32>| array.map(|x| x.to_bits());
                assert_eq!(bits(array.par_sum_axis(axis)), bits(array.sum_axis(axis)), "{inner:?} {axis:?}");
                assert_eq!(bits(gaps.par_sum_axis(axis)), bits(gaps.sum_axis(axis)), "{inner:?} {axis:?}");
            }
        }
    });
}

#[test]
fn zeros_and_infinities() {
    let mut numbers = vec![-0.0; 3 * SERIAL_OF];
    in_pools(|_| {
        let view = View::from_slice([3, SERIAL_OF], &numbers).unwrap();
        assert_same_bits(view);
        assert_same_bits(view.t());
    });
    numbers[SERIAL_OF + 5] = f64::INFINITY;
    in_pools(|_| {
        let view = View::from_slice([3, SERIAL_OF], &numbers).unwrap();
        assert_same_bits(view);
        assert_eq!(view.par_sum(), f64::INFINITY);
    });
    numbers[2 * SERIAL_OF + 70] = f64::NEG_INFINITY;
    in_pools(|_| {
        let view = View::from_slice([3, SERIAL_OF], &numbers).unwrap();
        assert!(view.par_sum_of(|&x| x).is_nan());
        let sums = view.par_sum_axis(Axis(1));
        assert_eq!(sums.as_slice(), [0.0, f64::INFINITY, f64::NEG_INFINITY]);
    });
}

/// Shapes with few and many results along each axis, at the limits between code paths.
#[test]
fn layouts_of_two_axes() {
    let shapes = [
        [2, 100_000],
        [100_000, 2],
        [66_000, 1],
        [1, 66_000],
        [50_000, 3],
        [9000, 9],
        [7000, 15],
        [5000, 16],
        [3000, 63],
        [2100, 64],
        [2100, 65],
        [600, 257],
        [130, 2047],
        [64, 2048],
        [65, 2049],
        [129, 4097],
        [3, 50_001],
        [33_000, 5],
        [511, 70],
        [512, 70],
        [2, 40_961],
    ];
    let numbers = noise(600_000);
    in_pools(|threads| {
        for shape in shapes {
            let all = &numbers[..shape[0] * shape[1]];
            let view = View::from_slice(shape, all).unwrap();
            assert_same_bits(view);
            // Where sums are cut does not depend on the pool.
            if threads != 3 {
                continue;
            }
            assert_same_bits(view.t());
            assert_same_bits(view.invert_axis(Axis(0)));
            assert_same_bits(view.invert_axis(Axis(1)));
            assert_same_bits(view.slice(((..).step(2), ..)));
            assert_same_bits(view.slice((.., (..).step(2))));
            assert_same_bits(view.slice((1.., ..shape[1].max(2) - 1)));
            assert_same_bits(view.t().invert_axis(Axis(0)));
        }
    });
}

#[test]
fn layouts_of_three_and_more_axes() {
    let numbers = noise(400_000);
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    in_pools(|threads| {
        for shape in [[40, 50, 60], [3, 300, 70], [300, 70, 3], [2, 3, 30_000], [9, 1, 20_000], [5000, 3, 9]]
        {
            let all = &numbers[..shape.iter().product()];
            let view = View::from_slice(shape, all).unwrap();
            if threads != 2 {
                assert_same_bits(view.t());
                continue;
            }
            for order in orders {
                let view = view.permute(order);
                assert_same_bits(view);
                assert_same_bits(view.invert_axis(Axis(0)));
                assert_same_bits(view.invert_axis(Axis(1)).invert_axis(Axis(2)));
                assert_same_bits(view.slice(((..).step(2), .., 1..)));
                assert_same_bits(view.slice((1.., .., (..).step(2))));
                assert_same_bits(view.slice((.., 1.., ..)));
            }
        }
        let four = View::from_slice([6, 20, 30, 50], &numbers[..180_000]).unwrap().permute([2, 0, 3, 1]);
        let half = |x: &f64| x / 2.0;
        assert_eq!(four.par_sum_of(half).to_bits(), four.sum_of(half).to_bits());
        for axis in (0..4).map(Axis) {
            assert_eq!(four.par_sum_axis_of(axis, half), four.sum_axis_of(axis, half));
        }
    });
}

#[test]
fn elements_that_repeat_or_overlap() {
    let numbers = noise(200_000);
    in_pools(|_| {
        let line = View::from_slice([1000], &numbers[..1000]).unwrap();
        assert_same_bits(line.broadcast([70, 1000]).unwrap());
        assert_same_bits(line.insert_axis(Axis(1)).broadcast([1000, 70]).unwrap());
        assert_same_bits(View::from_strided([100_000, 3], [1, 1], 0, &numbers).unwrap());
        assert_same_bits(View::from_strided([3, 100_000], [1, 1], 0, &numbers).unwrap());
        // Overlapping slabs, longer than their stride; the last part of each slab would be narrow
        // by itself.
        assert_same_bits(View::from_strided([1000, 2051], [3, 1], 0, &numbers).unwrap());
    });
}

#[test]
fn empty_views_and_zero_extents() {
    let none: &[f64] = &[];
    for shape in [[0, 5], [5, 0], [0, 0]] {
        let view = View::from_slice(shape, none).unwrap();
        assert_same_bits(view);
        assert_same_bits(view.t());
    }
    let array = GrowableNd::<f64>::zeros([3, 0, 2]);
    assert_eq!(array.par_sum_axis(Axis(1)), GrowableNd::zeros([3, 2]));
    assert_eq!(array.par_sum(), 0.0);
}

#[test]
fn integers_of_all_sizes() {
    let count = (4 << 20) + 77;
    let bytes = GrowableNd::from_vec([7], (0..count / 7 * 7).map(|i| (i % 3 == 0) as u8).collect()).unwrap();
    in_pools(|_| {
        assert_eq!(bytes.par_sum_of(|&x| u64::from(x)), bytes.sum_of(|&x| u64::from(x)));
        let wide = |&x: &u8| u128::from(x);
        assert_eq!(bytes.par_sum_axis_of(Axis(0), wide), bytes.sum_axis_of(Axis(0), wide));
        assert_eq!(bytes.par_sum_axis_of(Axis(1), wide), bytes.sum_axis_of(Axis(1), wide));
        let zeros = GrowableNd::from_vec([], vec![0_u8; count]).unwrap();
        assert_eq!(zeros.par_sum(), 0);
        let pairs = |&x: &u8| std::num::Wrapping(u16::from(x) * 257);
        assert_eq!(bytes.par_sum_of(pairs), bytes.sum_of(pairs));
    });
}

/// A number that owns memory and is `Send` but not `Sync`.
#[derive(Clone, Debug, PartialEq)]
struct Boxed(Box<std::cell::Cell<i64>>);

impl std::ops::Add for Boxed {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Boxed(Box::new(std::cell::Cell::new(self.0.get() + other.0.get())))
    }
}

impl num_traits::Zero for Boxed {
    fn zero() -> Self {
        Boxed(Box::default())
    }

    fn is_zero(&self) -> bool {
        self.0.get() == 0
    }
}

#[test]
fn results_need_not_be_shared() {
    let array = GrowableNd::from_fn([300, 400], |[i, j]| (i * j) as i64);
    let boxed = |&x: &i64| Boxed(Box::new(std::cell::Cell::new(x)));
    in_pools(|_| {
        assert_eq!(array.par_sum_of(boxed).0.get(), array.sum());
        for axis in [Axis(0), Axis(1)] {
            let sums = array.par_sum_axis_of(axis, boxed);
            assert!(sums.as_slice().iter().map(|sum| sum.0.get()).eq(array.sum_axis(axis).into_vec()));
        }
    });
}

/// Elements so large that a task has few of them.
#[derive(Clone, Debug, PartialEq)]
struct Wide(Vec<f32>, [u64; 5120]);

impl std::ops::Add for Wide {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        if self.0.is_empty() {
            return other;
        }
        let sums = self.0.iter().zip(&other.0).map(|(x, y)| x + y);
        Wide(if other.0.is_empty() { self.0.clone() } else { sums.collect() }, self.1)
    }
}

impl num_traits::Zero for Wide {
    fn zero() -> Self {
        Wide(vec![], [0; 5120])
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }
}

#[test]
fn elements_larger_than_a_task() {
    let pool = ThreadPoolBuilder::new().num_threads(2).stack_size(64 << 20).build().unwrap();
    pool.install(|| {
        let wide = |[i, j]: [usize; 2]| Wide(vec![1.0 / (2 * i + j + 1) as f32], [0; 5120]);
        let array = GrowableNd::from_fn([120, 2], wide);
        for step in [1, 2] {
            let view = array.view::<2>().slice(((..).step(step), 0));
            assert_eq!(view.par_sum(), view.sum());
        }
        for axis in [Axis(0), Axis(1)] {
            assert_eq!(array.par_sum_axis(axis), array.sum_axis(axis));
        }
    });
}

#[test]
fn faults_and_panics() {
    let array = GrowableNd::from([[1, 2], [3, 4]]);
    for axis in [Axis(2), Axis(usize::MAX)] {
        assert_eq!(array.try_par_sum_axis(axis), array.try_sum_axis(axis));
        assert_eq!(array.view::<2>().try_par_sum_axis(axis), array.try_sum_axis(axis));
        assert!(array.try_par_sum_axis(axis).is_err());
    }
    let line = GrowableNd::<i32>::from([1, 2]);
    assert_eq!(line.try_par_sum_axis(Axis(0)), Err(Error::Access(AccessError::OnlyAxis)));

    let long = GrowableNd::from_vec([3], (0..300_000).collect()).unwrap();
    in_pools(|_| {
        let odd = |&x: &i32| if x == 200_001 { panic!("{x} is odd") } else { 0_i64 };
        assert_eq!(caught(|| _ = long.par_sum_of(odd)), "200001 is odd");
        assert_eq!(caught(|| drop(long.par_sum_axis_of(Axis(0), odd))), "200001 is odd");
    });
}
