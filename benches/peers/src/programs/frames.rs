//! A spot that moves over grey frames: background, difference, mask, bounding box, crop, rotation,
//! halving, blur.

use ndarray::{Array2, Array3, Axis, s};

pub fn run() -> Vec<f64> {
    let mut clip = Array3::<u8>::zeros((0, 48, 64));
    for time in 0..30 {
        let frame = Array2::from_shape_fn((48, 64), |(y, x)| crate::programs::data::pixel(time, y, x));
        clip.push(Axis(0), frame.view()).unwrap();
    }
    let background = clip.mapv(f64::from).mean_axis(Axis(0)).unwrap();
    let last = clip.index_axis(Axis(0), 29).mapv(f64::from);
    let difference = (&last - &background).mapv(f64::abs);
    let mask = difference.mapv(|d| d > 60.0);
    let (mut top, mut bottom, mut left, mut right) = (48, 0, 64, 0);
    for ((y, x), &inside) in mask.indexed_iter() {
        if inside {
            (top, bottom) = (top.min(y), bottom.max(y + 1));
            (left, right) = (left.min(x), right.max(x + 1));
        }
    }
    let crop = last.slice(s![top..bottom, left..right]);
    let mut rotated = crop.t().to_owned();
    rotated.invert_axis(Axis(0));
    let half: Vec<f64> = last.exact_chunks((2, 2)).into_iter().map(|tile| tile.mean().unwrap()).collect();
    let half = Array2::from_shape_vec((24, 32), half).unwrap();
    let blurred: Vec<f64> = half.windows((3, 3)).into_iter().map(|window| window.mean().unwrap()).collect();
    let blurred = Array2::from_shape_vec((22, 30), blurred).unwrap();
    let box_ = [top, bottom, left, right].map(|edge| edge as f64);
    box_.into_iter().chain(rotated).chain(blurred.sum_axis(Axis(1))).collect()
}
