//! Particles in a well, by Heun's method with an adaptive step; their trajectories, centre of mass
//! and autocorrelation.

use growable_nd::{Axis, Error, GrowableNd};

fn acceleration(x: &GrowableNd<f64>) -> GrowableNd<f64> {
    let centre = x.mean_axis(Axis(0));
    -x + (&centre - x) * 0.3
}

/// One step of length `dt`, and an estimate of its error.
fn step(x: &GrowableNd<f64>, v: &GrowableNd<f64>, dt: f64) -> (GrowableNd<f64>, GrowableNd<f64>, f64) {
    let a = acceleration(x);
    let (x1, v1) = (x + v * dt, v + &a * dt);
    let x2 = x + (v + &v1) * (dt / 2.0);
    let v2 = v + (&a + acceleration(&x1)) * (dt / 2.0);
    let error = (&x2 - &x1).as_slice().iter().fold(0.0, |worst: f64, e| worst.max(e.abs()));
    (x2, v2, error)
}

pub fn run() -> Result<Vec<f64>, Error> {
    let mut x = GrowableNd::from_fn([5, 2], |[i, j]| (i as f64 + 1.0) * (j as f64 - 0.5));
    let mut v = GrowableNd::from_fn([5, 2], |[i, j]| 0.1 * (i as f64) - 0.2 * (j as f64));
    let mut trajectory = GrowableNd::stack([&x])?;
    let (mut time, mut dt) = (0.0, 0.1);
    while time < 10.0 {
        let (x_next, v_next, error) = step(&x, &v, dt);
        if error < 1e-2 {
            (x, v, time) = (x_next, v_next, time + dt);
            trajectory.push_row(&x)?;
        }
        dt *= if error < 5e-3 { 1.2 } else { 0.8 };
    }
    let centre = trajectory.mean_axis(Axis(1));
    let moved = &trajectory - &trajectory.mean_axis(Axis(0));
    let (moved, steps) = (moved.view::<3>(), trajectory.rows());
    let autocorrelation = (0..20).map(|lag| {
        let (early, late) = (moved.slice((..steps - lag, .., ..)), moved.slice((lag.., .., ..)));
        (early * late).mean().unwrap() / (moved * moved).mean().unwrap()
    });
    Ok(centre.into_vec().into_iter().chain(autocorrelation).collect())
}
