//! Reductions along one axis, and cumulative sums.

use super::axis_by_hand::{
    argmax_by_hand, by_hand, cumulative_by_hand, dot_axis_by_hand, fold_in_order, variances, volume_by_hand,
};
use super::element::Element;
use super::flat::{Flat, fold_slice};
use super::number::{Number, larger, smaller};
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2, LAYOUTS, Subject2, Subject3, l2_shape};
use super::theirs::{argmax_theirs, fold_theirs, is_densest};
use growable_nd::{Axis, View};
use ndarray::{Array, ArrayView4, RemoveAxis, Zip};
use num_complex::Complex;
use std::hint::black_box;
use std::ops::Add;

pub fn run(matrix: &mut Matrix) {
    matrix.group("reduce_axis");
    let elements = Elements::<f64, 2>::new(L2, l2_shape::<f64>());
    let other = elements.other();
    for (subject, other) in elements.layouts(&LAYOUTS).iter().zip(&other.layouts(&LAYOUTS)) {
        sums(matrix, subject);
        extrema(matrix, subject);
        floats(matrix, subject, other);
    }
    for (size, shape) in [("rows of 3", [43_690, 3]), ("rows of 8", [16_384, 8]), ("rows of 33", [4_000, 33])]
    {
        let (elements, other) = (Elements::<f64, 2>::new(size, shape), Elements::<f64, 2>::new(size, shape));
        sums(matrix, &elements.contiguous());
        extrema(matrix, &elements.contiguous());
        floats(matrix, &elements.contiguous(), &other.contiguous());
    }
    for (size, shape) in [("3×3", [3, 3]), ("8×8", [8, 8])] {
        let (elements, other) = (Elements::<f64, 2>::new(size, shape), Elements::<f64, 2>::new(size, shape));
        for layout in ["contiguous", "transposed"] {
            sums(matrix, &elements.layout(layout));
            extrema(matrix, &elements.layout(layout));
            floats(matrix, &elements.layout(layout), &other.layout(layout));
        }
    }
    let types = ["contiguous", "stepped"];
    for subject in Elements::<f32, 2>::new(L2, l2_shape::<f32>()).layouts(&types) {
        sums(matrix, &subject);
        extrema(matrix, &subject);
    }
    for subject in Elements::<i32, 2>::new(L2, l2_shape::<i32>()).layouts(&types) {
        sums(matrix, &subject);
        extrema(matrix, &subject);
    }
    for subject in Elements::<u8, 2>::new(L2, l2_shape::<u8>()).layouts(&types) {
        sums(matrix, &subject);
        extrema(matrix, &subject);
        means_of_bytes(matrix, &subject);
    }
    let complex = Elements::<Complex<f64>, 2>::new(L2, l2_shape::<Complex<f64>>());
    sums(matrix, &complex.contiguous());
    for subject in Elements::<f64, 3>::new(L2, [64, 32, 64]).orders() {
        volume(matrix, &subject);
    }
    four_axes(matrix);
    for subject in Elements::<f64, 3>::new(L2, [64, 32, 64]).orders().iter().step_by(3) {
        several_axes(matrix, subject);
    }
    several_axes(matrix, &Elements::<f64, 3>::new("3×3×3", [3, 3, 3]).contiguous());
    several_axes(matrix, &Elements::<f32, 3>::new(L2, [64, 64, 64]).contiguous());
    if matrix.has_memory() {
        let elements = Elements::<f64, 2>::new(MEMORY, [4096, 2048]);
        let other = elements.other();
        sums(matrix, &elements.contiguous());
        extrema(matrix, &elements.contiguous());
        floats(matrix, &elements.contiguous(), &other.contiguous());
    }
}

/// The axes, and their names in cells.
const AXES: [usize; 2] = [0, 1];

fn sums<T: Number>(matrix: &mut Matrix, subject: &Subject2<'_, T>) {
    let Subject2 { ours, theirs, numpy, place, .. } = subject;
    for axis in AXES {
        matrix
            .cell(format!("sum_axis({axis})"), *place)
            .ours(|| ours.sum_axis(Axis(axis)))
            .hand(|| by_hand(subject, axis, T::zero(), |sum, x| sum + x, |a, b| a + b))
            .ndarray(|| theirs.sum_axis(ndarray::Axis(axis)))
            .numpy(numpy, &format!("x.sum({axis}, dtype=x.dtype)"))
            .run();
        matrix
            .cell(format!("sum_axis_of squares({axis})"), *place)
            .ours(|| ours.sum_axis_of(Axis(axis), |&x| x * x))
            .hand(|| by_hand(subject, axis, T::zero(), |sum, x| sum + x * x, |a, b| a + b))
            .ndarray(|| fold_theirs(theirs, axis, T::zero(), |&sum, &x| sum + x * x))
            .run();
        matrix
            .cell(format!("product_axis({axis})"), *place)
            .ours(|| ours.product_axis(Axis(axis)))
            .hand(|| by_hand(subject, axis, T::one(), |product, x| product * x, |a, b| a * b))
            .ndarray(|| theirs.product_axis(ndarray::Axis(axis)))
            .numpy(numpy, &format!("x.prod({axis}, dtype=x.dtype)"))
            .run();
        matrix
            .cell(format!("fold_axis({axis})"), *place)
            .ours(|| ours.fold_axis(Axis(axis), T::zero(), |&sum, &x| sum + x))
            .ndarray(|| fold_theirs(theirs, axis, T::zero(), |&sum, &x| sum + x))
            .hand(|| fold_in_order(subject, axis))
            .run();
        matrix
            .cell(format!("cumulative_sum({axis})"), *place)
            .ours(|| ours.cumulative_sum(Axis(axis)))
            .hand(|| cumulative_by_hand(subject, axis))
            .ndarray(|| {
                // In row-major order, as the other contenders: `to_owned` would keep the order of a
                // transposed view.
                let mut sums = theirs.as_standard_layout().into_owned();
                sums.accumulate_axis_inplace(ndarray::Axis(axis), |&before, x| *x = before + *x);
                sums
            })
            .numpy(numpy, &format!("x.cumsum({axis}, dtype=x.dtype)"))
            .run();
    }
}

fn extrema<T: Number + PartialOrd>(matrix: &mut Matrix, subject: &Subject2<'_, T>) {
    let Subject2 { ours, theirs, numpy, place, .. } = subject;
    for axis in AXES {
        matrix
            .cell(format!("max_axis({axis})"), *place)
            .ours(|| ours.max_axis(Axis(axis)))
            .hand(|| by_hand(subject, axis, lowest(), larger, larger))
            .ndarray(|| fold_theirs(theirs, axis, lowest(), |&max, &x| larger(max, x)))
            .numpy(numpy, &format!("x.max({axis})"))
            .run();
        matrix
            .cell(format!("min_axis({axis})"), *place)
            .ours(|| ours.min_axis(Axis(axis)))
            .hand(|| by_hand(subject, axis, highest(), smaller, smaller))
            .ndarray(|| fold_theirs(theirs, axis, highest(), |&min, &x| smaller(min, x)))
            .numpy(numpy, &format!("x.min({axis})"))
            .run();
        matrix
            .cell(format!("argmax_axis({axis})"), *place)
            .ours(|| ours.argmax_axis(Axis(axis)))
            .hand(|| argmax_by_hand(subject, axis))
            .ndarray(|| argmax_theirs(theirs, axis))
            .numpy(numpy, &format!("x.argmax({axis})"))
            .run();
    }
}

/// Returns a lower bound of all elements.
fn lowest<T: Number>() -> T {
    // 0 - 3 would wrap around for bytes.
    if size_of::<T>() == 1 { T::zero() } else { T::zero() - T::one() - T::one() - T::one() }
}

/// Returns an upper bound of all elements.
fn highest<T: Number>() -> T {
    (0..7).fold(T::zero(), |sum, _| sum + T::one())
}

fn floats(matrix: &mut Matrix, subject: &Subject2<'_, f64>, other: &Subject2<'_, f64>) {
    let Subject2 { ours, theirs, numpy, place, .. } = subject;
    for axis in AXES {
        let len = ours.shape()[axis] as f64;
        let mean = move || by_hand(subject, axis, 0.0, |sum, x| sum + x, |a, b| a + b);
        matrix
            .cell(format!("mean_axis({axis})"), *place)
            .ours(|| ours.mean_axis(Axis(axis)))
            .hand(|| mean().into_iter().map(|sum| sum / len).collect::<Vec<f64>>())
            .ndarray(|| theirs.mean_axis(ndarray::Axis(axis)))
            .numpy(numpy, &format!("x.mean({axis})"))
            .run();
        matrix
            .cell(format!("var_axis({axis})"), *place)
            .ours(|| ours.var_axis(Axis(axis), 0))
            .hand(|| {
                // Computing both sums in one pass per line would be less exact.
                let means: Vec<f64> = mean().into_iter().map(|sum| sum / len).collect();
                variances(subject, axis, &means)
            })
            .ndarray(|| {
                // Its own `var_axis` divides for each element.
                let means = theirs.mean_axis(ndarray::Axis(axis)).expect("elements");
                let square = |x: f64, mean: f64| (x - mean) * (x - mean);
                if is_densest(theirs, ndarray::Axis(axis)) {
                    let lanes = Zip::from(theirs.lanes(ndarray::Axis(axis))).and(&means);
                    return lanes
                        .map_collect(|lane, &mean| lane.fold(0.0, |sum, &x| sum + square(x, mean)) / len);
                }
                let mut sums = Array::zeros(means.raw_dim());
                for lane in theirs.axis_iter(ndarray::Axis(axis)) {
                    Zip::from(&mut sums)
                        .and(&lane)
                        .and(&means)
                        .for_each(|sum, &x, &mean| *sum += square(x, mean));
                }
                sums / len
            })
            .numpy(numpy, &format!("x.var({axis})"))
            .run();
        matrix
            .cell(format!("dot_axis({axis})"), *place)
            .ours(|| ours.dot_axis(other.ours, Axis(axis)).expect("one shape"))
            .hand(|| dot_axis_by_hand(subject, other, axis))
            .ndarray(|| {
                let axis = ndarray::Axis(axis);
                if is_densest(theirs, axis) {
                    let lanes = Zip::from(theirs.lanes(axis)).and(other.theirs.lanes(axis));
                    return lanes.map_collect(|a, b| a.dot(&b));
                }
                let mut sums = Array::zeros(theirs.raw_dim().remove_axis(axis));
                for (a, b) in theirs.axis_iter(axis).zip(other.theirs.axis_iter(axis)) {
                    Zip::from(&mut sums).and(&a).and(&b).for_each(|sum, x, y| *sum += x * y);
                }
                sums
            })
            .run();
    }
}

fn product(extents: &[usize]) -> usize {
    extents.iter().product()
}

fn means_of_bytes(matrix: &mut Matrix, subject: &Subject2<'_, u8>) {
    let Subject2 { ours, theirs, numpy, place, .. } = subject;
    for axis in AXES {
        let len = ours.shape()[axis] as f64;
        matrix
            .cell(format!("mean_axis_of as f64({axis})"), *place)
            .ours(|| ours.mean_axis_of(Axis(axis), |&x| f64::from(x)))
            .hand(|| {
                let sums = by_hand(subject, axis, 0_u32, |sum, x| sum + u32::from(x), |a, b| a + b);
                sums.into_iter().map(|sum| f64::from(sum) / len).collect::<Vec<f64>>()
            })
            .ndarray(|| {
                let add = |&sum: &f64, &x: &u8| sum + f64::from(x);
                fold_theirs(theirs, axis, 0.0, add) / len
            })
            .numpy(numpy, &format!("x.mean({axis})"))
            .run();
    }
}

fn volume(matrix: &mut Matrix, subject: &Subject3<'_, f64>) {
    let Subject3 { ours, theirs, flat, numpy, place, .. } = subject;
    for axis in 0..3 {
        matrix
            .cell(format!("sum_axis({axis}) of 3"), *place)
            .ours(|| ours.sum_axis(Axis(axis)))
            .hand(|| volume_by_hand(*flat, axis, 0.0, Add::add, Add::add))
            .ndarray(|| theirs.sum_axis(ndarray::Axis(axis)))
            .numpy(numpy, &format!("x.sum({axis}, dtype=x.dtype)"))
            .run();
        matrix
            .cell(format!("max_axis({axis}) of 3"), *place)
            .ours(|| ours.max_axis(Axis(axis)))
            .hand(|| volume_by_hand(*flat, axis, -3.0, larger, larger))
            .ndarray(|| fold_theirs(theirs, axis, -3.0, |&max, &x| larger(max, x)))
            .numpy(numpy, &format!("x.max({axis})"))
            .run();
        matrix
            .cell(format!("fold_axis({axis}) of 3"), *place)
            .ours(|| ours.fold_axis(Axis(axis), 0.0, |sum, x| sum + x))
            .ndarray(|| fold_theirs(theirs, axis, 0.0, |sum, x| sum + x))
            .run();
    }
}

/// Sums along two of three axes.
fn several_axes<T: Number>(matrix: &mut Matrix, subject: &Subject3<'_, T>) {
    let Subject3 { ours, theirs, flat, numpy, place, .. } = subject;
    for [first, second] in [[0, 1], [0, 2], [1, 2]] {
        let left = 3 - first - second;
        matrix
            .cell(format!("sum_axes([{first}, {second}])"), *place)
            .ours(|| ours.sum_axes([Axis(first), Axis(second)]))
            .hand(|| sum_axes_by_hand(*flat, left))
            .ndarray(|| theirs.sum_axis(ndarray::Axis(second)).sum_axis(ndarray::Axis(first)))
            .numpy(numpy, &format!("x.sum(({first}, {second}))"))
            .run();
    }
}

/// Sums along all axes except one, in the order of memory.
fn sum_axes_by_hand<T: Number>(mut flat: Flat<'_, T>, mut left: usize) -> Vec<T> {
    if flat.strides[0] < flat.strides[2] {
        (flat.shape, flat.strides) = (reversed(flat.shape), reversed(flat.strides));
        left = 2 - left;
    }
    if left == 0 {
        let planes = flat.data.chunks_exact(flat.shape[1] * flat.shape[2]);
        return planes.map(|plane| fold_slice(plane, T::zero(), |sum, &x| sum + x, |a, b| a + b)).collect();
    }
    let mut sums = vec![T::zero(); flat.shape[left]];
    for (line, lane) in flat.lanes().enumerate() {
        let (i, j) = (line / flat.shape[1], line % flat.shape[1]);
        if left == 2 {
            sums.iter_mut().zip(lane.data).for_each(|(sum, &x)| *sum = *sum + x);
        } else {
            let sum = &mut sums[if left == 0 { i } else { j }];
            *sum = *sum + fold_slice(lane.data, T::zero(), |sum, &x| sum + x, |a, b| a + b);
        }
    }
    sums
}

fn reversed<V: Copy>([a, b, c]: [V; 3]) -> [V; 3] {
    [c, b, a]
}

fn four_axes(matrix: &mut Matrix) {
    let shape = black_box([32, 16, 32, 16]);
    let flat = f32::many(shape.iter().product());
    let ours = black_box(View::from_slice(shape, &flat).expect("elements of this shape"));
    let theirs = ArrayView4::from_shape(shape, &flat).expect("elements of this shape");
    for axis in 0..4 {
        // The axes before and after it lie together.
        let [before, len, after] = [&shape[..axis], &shape[axis..=axis], &shape[axis + 1..]].map(product);
        let merged = [before, len, after];
        let together = View::from_slice(merged, &flat).expect("elements of this shape");
        let together = Flat::new(&flat, &black_box(together));
        matrix
            .cell(format!("sum_axis({axis}) of 4"), [f32::NAME, "contiguous", L2])
            .ours(|| ours.sum_axis(Axis(axis)))
            .hand(|| volume_by_hand(together, 1, 0.0, Add::add, Add::add))
            .ndarray(|| theirs.sum_axis(ndarray::Axis(axis)))
            .run();
        matrix
            .cell(format!("max_axis({axis}) of 4"), [f32::NAME, "contiguous", L2])
            .ours(|| ours.max_axis(Axis(axis)))
            .hand(|| volume_by_hand(together, 1, -3.0, larger, larger))
            .ndarray(|| fold_theirs(&theirs, axis, -3.0, |&max, &x| larger(max, x)))
            .run();
    }
}
