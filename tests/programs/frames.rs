//! A spot that moves over grey frames: background, difference, mask, bounding box, crop, rotation,
//! half size, blur.

use growable_nd::{Axis, Error, GrowableNd};

pub fn run() -> Result<Vec<f64>, Error> {
    let mut clip = GrowableNd::<u8>::new([48, 64]);
    for time in 0..30 {
        clip.push_row_with(|[y, x]| crate::data::pixel(time, y, x))?;
    }
    let background = clip.mean_axis_of(Axis(0), |&pixel| f64::from(pixel));
    let last = clip.view::<3>().index_axis(Axis(0), 29).map(|&pixel| f64::from(pixel));
    let difference = (&last - &background).map(|d: &f64| d.abs());
    let (mut top, mut bottom, mut left, mut right) = (48, 0, 64, 0);
    for ([y, x], &d) in difference.view::<2>().indexed_iter() {
        if d > 60.0 {
            (top, bottom) = (top.min(y), bottom.max(y + 1));
            (left, right) = (left.min(x), right.max(x + 1));
        }
    }
    let last = last.view::<2>();
    let rotated = last.slice((top..bottom, left..right)).t().invert_axis(Axis(0));
    let half = last.tiles([2, 2]).map(|tile| tile.mean().unwrap());
    let half = GrowableNd::from_vec([32], half.collect())?;
    let blurred = half.view::<2>().windows_nd([3, 3]).map(|window| window.mean().unwrap());
    let blurred = GrowableNd::from_vec([30], blurred.collect())?;
    let box_ = [top, bottom, left, right].map(|edge| edge as f64);
    Ok(box_.into_iter().chain(rotated.iter().copied()).chain(blurred.sum_axis(Axis(1)).into_vec()).collect())
}
