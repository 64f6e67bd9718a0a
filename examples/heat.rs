//! A plate cools down: the heat equation u_t = κ (u_xx + u_yy), solved until nothing is left to see, with
//! every time slice kept.
//!
//! The solver chooses each time step as it goes, so nobody knows how many slices there will be. It is an
//! iterator over them; `GrowableNd::from_rows` makes it one contiguous array of the shape (steps, ny, nx).
//! The plate starts in a Fourier mode, for which the exact solution is known, and all of it is checked.
//!
//! Run with `cargo run --release --example heat`.

use growable_nd::GrowableNd;
use std::error::Error;
use std::f64::consts::{E, PI};

/// Thermal diffusivity κ of copper, m²/s.
const DIFFUSIVITY: f64 = 1.17e-4;

/// Grid spacing h in both directions, m.
const SPACING: f64 = 2.5e-3;

/// Grid points in each direction. The outermost are the edge of the plate, which stays at zero.
const NX: usize = 65;
const NY: usize = 49;

/// Sides of the plate, m.
const WIDTH: f64 = 64.0 * SPACING;
const HEIGHT: f64 = 48.0 * SPACING;

/// How fast the mode decays, 1/s.
const RATE: f64 = DIFFUSIVITY * PI * PI * (1.0 / (WIDTH * WIDTH) + 1.0 / (HEIGHT * HEIGHT));

/// Temperature at the centre in the beginning, and the largest that counts as steady, K above the edge.
const PEAK: f64 = 100.0;
const STEADY: f64 = 1e-3 * PEAK;

/// Largest error of one time step, K.
const STEP_TOLERANCE: f64 = 1e-7;

fn main() -> Result<(), Box<dyn Error>> {
    let initial = fourier_mode();
    let mut solver = Solver { time: 0.0, step: 1.0, rejected: 0, field: initial.clone() };

    let mut times = Vec::new();
    let slices = solver.by_ref().map(|(time, field)| {
        times.push(time);
        field
    });
    let history = GrowableNd::from_rows([NY, NX], slices)?;

    let stats = history.growth_stats();
    println!("shape    {:?}, {} steps rejected", history.shape(), solver.rejected);
    println!("growth   {} times, {} rows copied at most", stats.growths, stats.rows_copied);
    println!("slack    {} of {} rows", history.capacity() - history.rows(), history.capacity());
    println!("memory   {} bytes without the slack", size_of_val(history.as_slice()));
    println!();
    print_chart(&times, &history);
    println!();
    check(&times, &history, &initial)
}

/// The longest wave that is zero on the edge: sin(πx / width) sin(πy / height).
fn fourier_mode() -> Vec<f64> {
    let half_wave = |points: usize, side: f64| -> Vec<f64> {
        (0_u32..).take(points).map(|i| (PI * SPACING * f64::from(i) / side).sin()).collect()
    };
    let (x, y) = (half_wave(NX, WIDTH), half_wave(NY, HEIGHT));
    y.iter().flat_map(|y| x.iter().map(move |x| PEAK * y * x)).collect()
}

/// Yields the time and the temperatures after each accepted step, until the plate is steady.
struct Solver {
    time: f64,
    step: f64,
    rejected: usize,
    field: Vec<f64>,
}

impl Iterator for Solver {
    type Item = (f64, Vec<f64>);

    fn next(&mut self) -> Option<Self::Item> {
        if largest_magnitude(self.field.iter().copied()) <= STEADY {
            return None;
        }
        loop {
            let step = self.step;
            let whole = adi_step(&self.field, step);
            let halves = adi_step(&adi_step(&self.field, step / 2.0), step / 2.0);
            // The scheme is of second order: the halves are four times closer to the truth, and so differ
            // from the whole step by three times their own error.
            let error = largest_magnitude(halves.iter().zip(&whole).map(|(a, b)| a - b)) / 3.0;
            // The error of one step goes with the cube of its length; 0.9 keeps off the limit.
            self.step *= (0.9 * (STEP_TOLERANCE / error).cbrt()).clamp(0.2, 2.0);
            if error <= STEP_TOLERANCE {
                self.time += step;
                self.field = halves;
                return Some((self.time, self.field.clone()));
            }
            self.rejected += 1;
        }
    }
}

/// One step of Peaceman and Rachford's alternating directions: second order in time, stable at any length.
fn adi_step(field: &[f64], step: f64) -> Vec<f64> {
    let r = DIFFUSIVITY * step / (2.0 * SPACING * SPACING);
    half_step(&half_step(field, NX, r), NY, r)
}

/// Implicit along the lines of `width` points, explicit across them. The result is transposed, so that the
/// next half step takes the other direction, and two of them restore the order.
fn half_step(field: &[f64], width: usize, r: f64) -> Vec<f64> {
    let height = field.len() / width;
    let mut transposed = vec![0.0; field.len()];
    let (mut line, mut scratch) = (vec![0.0; width], vec![0.0; width]);
    for j in 1..height - 1 {
        for i in 1..width - 1 {
            let here = j * width + i;
            line[i] = field[here] + r * (field[here - width] - 2.0 * field[here] + field[here + width]);
        }
        solve_line(&mut line, &mut scratch, r);
        for i in 1..width - 1 {
            transposed[i * height + j] = line[i];
        }
    }
    transposed
}

/// Solves u[i] - r (u[i-1] - 2 u[i] + u[i+1]) = line[i] in place, with u = 0 at both ends (Thomas algorithm).
fn solve_line(line: &mut [f64], scratch: &mut [f64], r: f64) {
    let inner = 1..line.len() - 1;
    for i in inner.clone() {
        scratch[i] = r / (1.0 + 2.0 * r - r * scratch[i - 1]);
        line[i] = scratch[i] * (line[i] / r + line[i - 1]);
    }
    for i in inner.rev() {
        line[i] += scratch[i] * line[i + 1];
    }
}

/// NaN counts as the largest of all, so that no check lets it pass.
fn largest_magnitude(values: impl Iterator<Item = f64>) -> f64 {
    values.map(f64::abs).max_by(f64::total_cmp).unwrap_or(0.0)
}

/// The temperature at the centre over time.
fn print_chart(times: &[f64], history: &GrowableNd<f64>) {
    const COLUMNS: u32 = 60;
    const LEVELS: u32 = 10;
    let end = times.last().copied().unwrap_or(0.0);
    // Slices are not evenly spaced in time: a column shows the first slice that is not before it.
    let columns = (0..COLUMNS).map(|column| f64::from(column) / f64::from(COLUMNS) * end);
    let slices = columns.map(|start| times.partition_point(|time| *time < start));
    let levels = slices.map(|t| history[[t, NY / 2, NX / 2]] / PEAK * f64::from(LEVELS));
    let levels: Vec<f64> = levels.collect();

    println!("temperature at the centre, K above the edge");
    for level in (0..=LEVELS).rev().map(f64::from) {
        let mark = |at: &f64| if (at - level).abs() <= 0.5 { '*' } else { ' ' };
        let line: String = levels.iter().map(mark).collect();
        println!("{:>4.0} |{}", level / f64::from(LEVELS) * PEAK, line.trim_end());
    }
    println!("     +{}", "-".repeat(levels.len()));
    println!("      0{end:>58.1}\n{:>65}", "time, s");
}

/// Compares every temperature with the exact one.
fn check(times: &[f64], history: &GrowableNd<f64>, initial: &[f64]) -> Result<(), Box<dyn Error>> {
    let errors = times.iter().zip(history.iter_rows()).map(|(&time, field)| {
        let decay = (-RATE * time).exp();
        let error = largest_magnitude(field.iter().zip(initial).map(|(u, start)| u - start * decay));
        (error, time)
    });
    let (error, time) = errors.max_by(|(a, _), (b, _)| a.total_cmp(b)).ok_or("no time slice")?;

    // On the grid a mode decays too slowly, by a fraction of π²h²/12L² of its rate at most. This is seen
    // best at the time 1/rate, when 1/e of the peak is left. To it comes the error of all time steps, none
    // of which later steps make larger.
    let slower = PI * PI / 12.0 * (SPACING / WIDTH.min(HEIGHT)).powi(2);
    let tolerance = PEAK / E * slower + STEP_TOLERANCE * times.len() as f64;

    println!("largest error {error:.6} K, at {time:.2} s; tolerance {tolerance:.6} K");
    if error <= tolerance { Ok(()) } else { Err("the error is beyond the tolerance".into()) }
}
