//! Reductions that skip NaN, of elements of which every fifth is NaN.

use super::axis_by_hand::by_hand;
use super::flat::fold;
use super::number::Number;
use super::run::Matrix;
use super::subject::{Elements, L2, Subject2, l2_shape};
use super::theirs::{fold_all_theirs, fold_theirs};
use growable_nd::{Axis, Floating};
use num_traits::Float;
use std::ops::Add;

pub fn run(matrix: &mut Matrix) {
    matrix.group("nan");
    for layout in ["contiguous", "transposed", "stepped"] {
        reductions::<f64>(matrix, layout, L2, l2_shape::<f64>());
    }
    reductions::<f32>(matrix, "contiguous", L2, l2_shape::<f32>());
    reductions::<f64>(matrix, "contiguous", "rows of 3", [43_690, 3]);
    reductions::<f64>(matrix, "contiguous", "3×3", [3, 3]);
}

fn reductions<T: Number + Float + Floating>(
    matrix: &mut Matrix,
    layout: &str,
    size: &str,
    shape: [usize; 2],
) {
    let mut elements = Elements::<T, 2>::new(size, shape);
    elements.flat.iter_mut().skip(4).step_by(5).for_each(|x| *x = T::nan());
    let subject = elements.layout(layout);
    let Subject2 { ours, theirs, dense, place, .. } = &subject;
    let numpy = if subject.numpy.is_empty() {
        String::new()
    } else {
        // The same layout of the same elements.
        let each_fifth = format!("np.arange({}).reshape({shape:?}) % 5 == 4", elements.flat.len());
        let (made, suffix) = subject.numpy.split_at(subject.numpy.find(')').map_or(0, |end| end + 1));
        format!("np.where({each_fifth}, np.nan, {made}).astype(\"{}\"){suffix}", T::DTYPE)
    };
    let or_zero = |x: T| if x.is_nan() { T::zero() } else { x };
    matrix
        .cell("nan_sum", *place)
        .ours(|| ours.nan_sum())
        .hand(|| fold(*dense, T::zero(), |sum, &x| sum + or_zero(x), Add::add))
        .ndarray(|| fold_all_theirs(theirs, T::zero(), |sum, &x| sum + or_zero(x), Add::add))
        .numpy(&numpy, "np.nansum(x)")
        .run();
    let count = |x: T| if x.is_nan() { T::zero() } else { T::one() };
    for axis in [0, 1] {
        matrix
            .cell(format!("nan_mean_axis({axis})"), *place)
            .ours(|| ours.nan_mean_axis(Axis(axis)))
            .hand(|| {
                let add = |sum: T, x| sum + or_zero(x);
                let sums = by_hand(&subject, axis, T::zero(), add, Add::add);
                let counts = by_hand(&subject, axis, T::zero(), |sum, x| sum + count(x), Add::add);
                sums.into_iter().zip(counts).map(|(sum, count)| sum / count).collect::<Vec<T>>()
            })
            .ndarray(|| {
                let add = |&sum: &T, &x: &T| sum + or_zero(x);
                let sums = fold_theirs(theirs, axis, T::zero(), add);
                sums / fold_theirs(theirs, axis, T::zero(), |&sum, &x| sum + count(x))
            })
            .numpy(&numpy, &format!("np.nanmean(x, {axis})"))
            .run();
    }
}
