//! Particles in a well, by Heun's method with an adaptive step; their trajectories, centre of mass
//! and autocorrelation.

use ndarray::{Array2, Array3, Axis};

fn acceleration(x: &Array2<f64>) -> Array2<f64> {
    let centre = x.mean_axis(Axis(0)).unwrap();
    -x + (&centre - x) * 0.3
}

/// One step of length `dt`, and an estimate of its error.
fn step(x: &Array2<f64>, v: &Array2<f64>, dt: f64) -> (Array2<f64>, Array2<f64>, f64) {
    let a = acceleration(x);
    let (x1, v1) = (x + v * dt, v + &a * dt);
    let x2 = x + (v + &v1) * (dt / 2.0);
    let v2 = v + (&a + acceleration(&x1)) * (dt / 2.0);
    let error = (&x2 - &x1).iter().fold(0.0, |worst: f64, e| worst.max(e.abs()));
    (x2, v2, error)
}

pub fn run() -> Vec<f64> {
    let mut x = Array2::from_shape_fn((5, 2), |(i, j)| (i as f64 + 1.0) * (j as f64 - 0.5));
    let mut v = Array2::from_shape_fn((5, 2), |(i, j)| 0.1 * (i as f64) - 0.2 * (j as f64));
    let mut trajectory = Array3::zeros((0, 5, 2));
    trajectory.push(Axis(0), x.view()).unwrap();
    let (mut time, mut dt) = (0.0, 0.1);
    while time < 10.0 {
        let (x_next, v_next, error) = step(&x, &v, dt);
        if error < 1e-2 {
            (x, v, time) = (x_next, v_next, time + dt);
            trajectory.push(Axis(0), x.view()).unwrap();
        }
        dt *= if error < 5e-3 { 1.2 } else { 0.8 };
    }
    let centre = trajectory.mean_axis(Axis(1)).unwrap();
    let moved = &trajectory - &trajectory.mean_axis(Axis(0)).unwrap();
    let steps = trajectory.len_of(Axis(0));
    let autocorrelation = (0..20).map(|lag| {
        let (early, late) =
            (moved.slice(ndarray::s![..steps - lag, .., ..]), moved.slice(ndarray::s![lag.., .., ..]));
        (&early * &late).mean().unwrap() / (&moved * &moved).mean().unwrap()
    });
    centre.iter().copied().chain(autocorrelation).collect()
}
