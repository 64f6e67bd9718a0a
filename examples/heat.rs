//! A copper plate cools down: solves the heat equation until the plate is cold, and keeps all time
//! slices.
//!
//! The solver chooses the length of each time step, so the number of slices is unknown in advance.
//! Each slice is computed from the previous one, in place at the end of one contiguous array of
//! shape (slices, ny, nx). The plate starts in a Fourier mode, whose exact solution is known: the
//! program compares every temperature with it.
//!
//! Run with `cargo run --release --example heat`.

use growable_nd::{GrowableNd, View};
use std::f64::consts::{E, PI};
use std::io::{self, Write};
use std::process::ExitCode;

#[path = "support/command.rs"]
mod command;

const USAGE: &str = "usage: heat\n\
    Solves the heat equation on a plate, prints the temperature over time, and checks it.";

/// Thermal diffusivity κ in `u_t = κ (u_xx + u_yy)`, m²/s.
const DIFFUSIVITY: f64 = 1.17e-4;
/// Grid spacing in both directions, m.
const SPACING: f64 = 2.5e-3;
/// Number of grid points. The outermost are the edge of the plate, which stays at zero.
const NX: usize = 65;
const NY: usize = 49;
/// Sides of the plate, m.
const WIDTH: f64 = 64.0 * SPACING;
const HEIGHT: f64 = 48.0 * SPACING;
/// Decay rate of the mode, 1/s.
const RATE: f64 = DIFFUSIVITY * PI * PI * (1.0 / (WIDTH * WIDTH) + 1.0 / (HEIGHT * HEIGHT));
/// Initial temperature at the centre, and the largest that counts as cold, K above the edge.
const PEAK: f64 = 100.0;
const COLD: f64 = 1e-3 * PEAK;
/// Maximum error of one time step, K.
const STEP_TOLERANCE: f64 = 1e-7;

fn main() -> ExitCode {
    let parse =
        |arguments: &[_]| if arguments.is_empty() { Ok(()) } else { Err("no arguments are accepted".into()) };
    command::run(USAGE, parse, |(), out| run(out))
}

fn run(out: &mut dyn Write) -> command::Result<()> {
    let mut history = GrowableNd::from_rows([NY, NX], [fourier_mode()])?;
    let mut times = vec![0.0];
    // The first step is a guess; the solver rejects it if it is too long.
    let mut solver = Solver { step: 1.0, rejected: 0 };
    let mut time = 0.0;
    while largest_magnitude(history.row(times.len() - 1).iter().copied()) > COLD {
        history.push_row_from_earlier(|earlier, next| time += solver.advance(earlier.back(1), next))?;
        times.push(time);
    }

    writeln!(out, "shape    {:?}, {} bytes", history.shape(), size_of_val(history.as_slice()))?;
    if let [_, first, .., before, last] = times[..] {
        writeln!(out, "steps    {first:.3} s to {:.3} s long, {} rejected", last - before, solver.rejected)?;
    }
    let stats = history.growth_stats();
    writeln!(out, "growth   {} times, at most {} rows copied", stats.growths, stats.rows_copied)?;
    writeln!(out, "slack    {} of {} rows\n", history.capacity() - history.rows(), history.capacity())?;
    // The middle line of the plate at all times: a strided view without a copy.
    print_section(&times, history.view().slice((.., NY / 2, ..)), out)?;
    check(&times, &history, out)
}

/// Returns the longest wave that is zero on the edge: sin(πx / width) sin(πy / height).
fn fourier_mode() -> Vec<f64> {
    let half_wave = |points: usize, side: f64| -> Vec<f64> {
        (0_u32..).take(points).map(|i| (PI * SPACING * f64::from(i) / side).sin()).collect()
    };
    let (x, y) = (half_wave(NX, WIDTH), half_wave(NY, HEIGHT));
    y.iter().flat_map(|y| x.iter().map(move |x| PEAK * y * x)).collect()
}

/// Advances the temperatures by the longest steps that the tolerance allows.
struct Solver {
    step: f64,
    rejected: usize,
}

impl Solver {
    /// Writes the temperatures after the next step to `next`, and returns the length of the step.
    fn advance(&mut self, field: &[f64], next: &mut [f64]) -> f64 {
        let (mut whole, mut half) = (vec![0.0; field.len()], vec![0.0; field.len()]);
        loop {
            let step = self.step;
            assert!(step > 1e-9, "no step is short enough for the tolerance, not even {step} s");
            adi_step(field, step, &mut whole);
            adi_step(field, step / 2.0, &mut half);
            adi_step(&half, step / 2.0, next);
            // The scheme is of second order: two half steps have a quarter of the error of the
            // whole step, so the results differ by three times the error of the half steps.
            let error = largest_magnitude(next.iter().zip(&whole).map(|(a, b)| a - b)) / 3.0;
            // The error of a step is proportional to the cube of its length; 0.9 keeps a margin.
            self.step *= (0.9 * (STEP_TOLERANCE / error).cbrt()).clamp(0.2, 2.0);
            if error <= STEP_TOLERANCE {
                return step;
            }
            self.rejected += 1;
        }
    }
}

/// Takes one step of the alternating directions (ADI) of Peaceman and Rachford, which is stable for
/// any length. The edge of `next` must be zero before the call: only zeros are written to a part of
/// it. The previous slice, as a copy of which a row begins, has such an edge.
fn adi_step(field: &[f64], step: f64, next: &mut [f64]) {
    let r = DIFFUSIVITY * step / (2.0 * SPACING * SPACING);
    let mut transposed = vec![0.0; field.len()];
    half_step(field, NX, r, &mut transposed);
    half_step(&transposed, NY, r, next);
}

/// Takes a half step: implicit along the lines of `width` points, explicit across them. The result
/// is transposed, so the next half step takes the other direction, and two half steps restore the
/// order.
fn half_step(field: &[f64], width: usize, r: f64, transposed: &mut [f64]) {
    let height = field.len() / width;
    let (mut line, mut scratch) = (vec![0.0; width], vec![0.0; width]);
    for j in 1..height - 1 {
        let start = j * width;
        for i in start + 1..start + width - 1 {
            line[i - start] = field[i] + r * (field[i - width] - 2.0 * field[i] + field[i + width]);
        }
        solve_line(&mut line, &mut scratch, r);
        let column = transposed[j..].iter_mut().step_by(height);
        column.zip(&line).for_each(|(to, from)| *to = *from);
    }
}

/// Solves `u[i] - r (u[i-1] - 2 u[i] + u[i+1]) = line[i]` in place, zero at both ends (Thomas
/// algorithm).
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

/// Returns the largest magnitude. NaN is the largest of all, so it fails every tolerance.
fn largest_magnitude(values: impl Iterator<Item = f64>) -> f64 {
    values.map(f64::abs).max_by(f64::total_cmp).unwrap_or(0.0)
}

/// Prints the temperature along the middle of the plate over time. The section has shape (steps,
/// nx).
fn print_section(times: &[f64], section: View<'_, f64, 2>, out: &mut dyn Write) -> io::Result<()> {
    let end = times.last().copied().unwrap_or(0.0);
    // Slices are unevenly spaced in time: each column shows the first slice at or after its time.
    let columns = (0..60).map(|column| times.partition_point(|time| *time < end * f64::from(column) / 60.0));
    let columns: Vec<usize> = columns.collect();
    let shades = [' ', '.', ':', '-', '=', '+', '*', '#', '%', '@'];
    let shade = |temperature: f64| shades[(temperature / PEAK * 10.0).clamp(0.0, 9.0) as usize];

    writeln!(
        out,
        "temperature along the middle of the plate, a shade for each {} K above the edge:",
        PEAK / 10.0
    )?;
    writeln!(out, "\"{}\"\n", String::from_iter(shades))?;
    writeln!(out, "x, mm")?;
    for (i, line) in section.t().iter_rows().enumerate().step_by(4) {
        let text: String = columns.iter().map(|&step| shade(line[[step]])).collect();
        writeln!(out, "{:>4.0} |{}", 1e3 * SPACING * i as f64, text.trim_end())?;
    }
    writeln!(out, "     +{:->60}\n     0{end:>60.1}\n{:>66}\n", "", "time, s")
}

/// Compares every temperature with the exact solution.
fn check(times: &[f64], history: &GrowableNd<f64>, out: &mut dyn Write) -> command::Result<()> {
    let initial = history.row(0);
    let errors = times.iter().zip(history.iter_rows()).map(|(&time, field)| {
        let decay = (-RATE * time).exp();
        (largest_magnitude(field.iter().zip(initial).map(|(u, start)| u - start * decay)), time)
    });
    let (error, time) = errors.max_by(|(a, _), (b, _)| a.total_cmp(b)).ok_or("no time slice")?;

    // On the grid the mode decays too slowly, by a fraction of at most π²h²/12L² (from the Taylor
    // series of the second difference). The error is largest at the time 1/RATE, when 1/e of the
    // peak is left. The errors of the time steps are added; no later step makes them larger.
    let slower = PI * PI / 12.0 * (SPACING / WIDTH.min(HEIGHT)).powi(2);
    let tolerance = PEAK / E * slower + STEP_TOLERANCE * times.len() as f64;
    writeln!(out, "largest error {error:.6} K, at {time:.2} s; tolerance {tolerance:.6} K")?;
    if error <= tolerance { Ok(()) } else { Err("the error exceeds the tolerance".into()) }
}
