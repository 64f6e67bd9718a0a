//! Samples that arrive in chunks, cut into overlapping windows; their power spectra and loudest
//! frequencies.

use ndarray::{Array1, Array2, Axis, s};
use std::f64::consts::TAU;

pub fn run() -> Vec<f64> {
    let mut pending = vec![];
    let mut frames = Array2::zeros((0, 256));
    for chunk in crate::programs::data::sound() {
        pending.extend(chunk);
        while pending.len() >= 256 {
            let frame: Vec<f64> = pending.drain(..256).collect();
            frames.push_row(ndarray::aview1(&frame)).unwrap();
        }
    }
    let samples = Array1::from(frames.into_raw_vec_and_offset().0);
    let hann = Array1::from_shape_fn(256, |i| 0.5 - 0.5 * (TAU * i as f64 / 256.0).cos());
    let mut spectrogram = Array2::zeros((0, 64));
    for window in samples.windows(256).into_iter().step_by(128) {
        let weighted = &window * &hann;
        let power =
            Array1::from_shape_fn(64, |k| crate::programs::data::power(weighted.as_slice().unwrap(), k));
        spectrogram.push_row(power.view()).unwrap();
    }
    let loudest = spectrogram
        .rows()
        .into_iter()
        .map(|row| (0..64).max_by(|&i, &j| row[i].total_cmp(&row[j])).unwrap() as f64);
    let mean = spectrogram.mean_axis(Axis(0)).unwrap();
    let quiet = spectrogram.slice(s![.., 32..]).sum();
    loudest.chain(mean.iter().map(|power| power.sqrt())).chain([quiet, pending.len() as f64]).collect()
}
