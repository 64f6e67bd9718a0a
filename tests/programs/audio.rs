//! Samples that arrive in chunks, cut into overlapping windows; their power spectra and loudest
//! frequencies.

use growable_nd::{Axis, Error, GrowableNd, RowBuffer};
use std::f64::consts::TAU;

pub fn run() -> Result<Vec<f64>, Error> {
    let mut frames = RowBuffer::new(GrowableNd::new([256]));
    for chunk in crate::data::sound() {
        frames.extend_from_slice(&chunk)?;
    }
    let (frames, pending) = frames.into_parts();
    let hann = GrowableNd::from_fn([256], |[i]| 0.5 - 0.5 * (TAU * i as f64 / 256.0).cos());
    let mut spectrogram = GrowableNd::new([64]);
    for window in frames.view::<2>().flatten()?.windows(Axis(0), 256).step_by(128) {
        let weighted = window * &hann;
        spectrogram.push_row_with(|[k]| crate::data::power(weighted.as_slice(), k))?;
    }
    let loudest = spectrogram.argmax_axis(Axis(1)).map(|&k| k as f64);
    let mean = spectrogram.mean_axis(Axis(0)).map(|power: &f64| power.sqrt());
    let quiet = spectrogram.view::<2>().slice((.., 32..)).sum();
    Ok([loudest.into_vec(), mean.into_vec(), vec![quiet, pending.len() as f64]].concat())
}
