//! Work that outgrows one machine: each worker grows an array of its own and writes it to a file of its own, and Dask
//! opens all files as one array.
//!
//! Here the workers are threads, and each follows a random walk from the origin until it leaves a circle: nobody knows
//! after how many steps. On several machines run this program on each, with the number of its worker as the second
//! argument, and let all write to one file system.
//!
//! ```sh
//! cargo run --release --features npy --example shards -- walks
//! cargo run --release --features npy --example shards -- walks 17
//! ```

use growable_nd::{Axis, GrowableNd, NpyError};
use std::error::Error;
use std::fs::{self, File};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, thread};

const WORKERS: u64 = 4;
/// The numbers of workers have six digits, so that the order of the files is theirs.
const MOST_WORKERS: u64 = 1_000_000;
const RADIUS: f64 = 300.0;

const USAGE: &str = "usage: shards FOLDER [WORKER]\n\
    FOLDER is where the files go, WORKER a number if there is to be one worker only";

fn main() -> ExitCode {
    let (folder, workers) = match arguments() {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("shards: {error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&folder, workers) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("shards: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The folder, and the numbers of the workers.
fn arguments() -> Result<(PathBuf, RangeInclusive<u64>), String> {
    let mut arguments = env::args_os().skip(1);
    let (Some(folder), worker, None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("expected a folder, and perhaps the number of a worker".into());
    };
    if folder.to_string_lossy().starts_with('-') {
        return Err(format!("expected a folder, found {}", folder.to_string_lossy()));
    }
    let Some(worker) = worker else { return Ok((folder.into(), 0..=WORKERS - 1)) };
    let number = worker.to_string_lossy().parse().ok().filter(|&number| number < MOST_WORKERS);
    let number: u64 = number.ok_or_else(|| {
        format!("expected the number of a worker below {MOST_WORKERS}, found {}", worker.to_string_lossy())
    })?;
    Ok((folder.into(), number..=number))
}

fn run(folder: &Path, workers: RangeInclusive<u64>) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    thread::scope(|scope| {
        let threads: Vec<_> = workers.map(|worker| scope.spawn(move || work(worker, folder))).collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(result) => result,
            Err(_) => Err("a worker panicked".into()),
        })
    })
}

/// What one worker does. Nothing of it is known to the others.
fn work(worker: u64, folder: &Path) -> Result<(), String> {
    let walk = walk(worker).map_err(|error| error.to_string())?;
    let path = folder.join(format!("{worker:06}.npy"));
    let farthest = walk.try_max_axis(Axis(0)).map_err(|error| error.to_string())?;
    println!("{}: shape {:?}, at most {:?}", path.display(), walk.shape(), farthest.as_slice());
    // Under another name until it is whole: a worker may be killed at any time.
    let unfinished = path.with_extension("part");
    let write = || {
        walk.write_npy(File::create(&unfinished)?)?;
        Ok(fs::rename(&unfinished, &path)?)
    };
    write().map_err(|error: NpyError| format!("{}: {}", path.display(), chain(&error)))
}

/// The messages of an error and of its sources: what a file reports is a source.
fn chain(error: &dyn Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", chain(source)),
        None => error.to_string(),
    }
}

/// All places of a walk, one in a row, until it leaves the circle.
fn walk(seed: u64) -> Result<GrowableNd<f64>, growable_nd::Error> {
    let mut random = SplitMix(seed);
    let mut steps = GrowableNd::new([2]);
    let (mut x, mut y) = (0.0_f64, 0.0_f64);
    while x.hypot(y) < RADIUS {
        steps.push_row([x, y])?;
        x += random.step();
        y += random.step();
    }
    Ok(steps)
}

/// The generator of Steele, Lea and Flood (Fast splittable pseudorandom number generators, OOPSLA 2014).
struct SplitMix(u64);

impl SplitMix {
    /// From −1 to 1.
    fn step(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        // The upper 53 bits, which a float holds exactly.
        (z >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}
