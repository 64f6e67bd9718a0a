//! Work for several machines: each worker appends rows to its own file, and Dask opens all files as
//! one array.
//!
//! Here the workers are threads. Each follows a random walk from the origin until it leaves a
//! circle, after an unknown number of steps. On several machines, run this program with the number
//! of a worker as the second argument, and let all write to one file system.
//!
//! A file is named `.npy` when it is complete, and `.part` until then. If a worker is killed its
//! file remains a `.part`, whose whole rows `NpyAppender::recover` keeps.
//!
//! ```sh
//! cargo run --release --features npy --example shards -- walks
//! cargo run --release --features npy --example shards -- walks 17
//! ```

use growable_nd::{NpyAppender, NpyError};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

#[path = "support/command.rs"]
mod command;

const WORKERS: u64 = 4;
/// The numbers of workers have six digits, so the names of the files sort like the numbers.
const MOST_WORKERS: u64 = 1_000_000;
const RADIUS: f64 = 300.0;

const USAGE: &str = "usage: shards FOLDER [WORKER]\n\
    Follows random walks, and writes each to its own file of NumPy.\n\
    FOLDER is the folder of the files. WORKER is the number of the only worker to run.";

fn main() -> ExitCode {
    command::run(USAGE, parse, run)
}

/// Returns the folder, and the numbers of the workers.
fn parse(arguments: &[OsString]) -> command::Result<(PathBuf, RangeInclusive<u64>)> {
    let (folder, worker) = match arguments {
        [folder] => (folder, None),
        [folder, worker] => (folder, Some(worker.to_string_lossy())),
        _ => return Err("the arguments are a folder and, optionally, the number of a worker".into()),
    };
    if folder.to_string_lossy().starts_with('-') {
        return Err(format!("unknown option {}", folder.to_string_lossy()).into());
    }
    let Some(worker) = worker else { return Ok((folder.into(), 0..=WORKERS - 1)) };
    match worker.parse() {
        Ok(number) if number < MOST_WORKERS => Ok((folder.into(), number..=number)),
        _ => Err(format!("invalid worker {worker}; the number must be less than {MOST_WORKERS}").into()),
    }
}

fn run((folder, workers): (PathBuf, RangeInclusive<u64>), out: &mut dyn Write) -> command::Result<()> {
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folder = folder.as_path();
    let mut lines = vec![];
    let mut failed = 0;
    thread::scope(|scope| {
        let threads: Vec<_> = workers.map(|worker| scope.spawn(move || work(worker, folder))).collect();
        for thread in threads {
            match thread.join().unwrap_or_else(|_| Err("a worker panicked".into())) {
                Ok(line) => lines.push(line),
                Err(message) => {
                    failed += 1;
                    command::complain(&message);
                }
            }
        }
    });
    // Printed after all work is done: the reader may close the pipe.
    let printed = lines.iter().try_for_each(|line| writeln!(out, "{line}"));
    if failed > 0 {
        return Err(format!("{failed} of {} files are not written", lines.len() + failed).into());
    }
    Ok(printed?)
}

/// Does the work of one worker, independently of the others. Returns a line for the user.
fn work(worker: u64, folder: &Path) -> Result<String, String> {
    let path = folder.join(format!("{worker:06}.npy"));
    write(worker, &path)
        .map(|rows| format!("{}: shape {:?}", path.display(), [rows, 2]))
        .map_err(|error| format!("{} is not written: {}", path.display(), command::chain(&error)))
}

/// Writes a walk, under another name until it is complete. Returns the number of rows.
fn write(seed: u64, path: &Path) -> Result<usize, NpyError> {
    let (file, unfinished) = create_part(path)?;
    let result = walk(seed, file).and_then(|rows| {
        fs::rename(&unfinished, path)?;
        Ok(rows)
    });
    if result.is_err() {
        let _ = fs::remove_file(unfinished);
    }
    result
}

/// Creates a file that no other run uses: the worker may run twice, or an earlier one was killed.
fn create_part(path: &Path) -> io::Result<(File, PathBuf)> {
    let mut number = 0_u64;
    loop {
        let unfinished = path.with_extension(format!("{number}.part"));
        match File::create_new(&unfinished) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            file => return Ok((file?, unfinished)),
        }
    }
}

/// Writes the places of a walk, one per row, until it leaves the circle. The rows are not kept in
/// memory.
fn walk(seed: u64, file: File) -> Result<usize, NpyError> {
    let mut random = SplitMix(seed);
    let mut places = NpyAppender::create(file, [2])?;
    let (mut x, mut y) = (0.0_f64, 0.0_f64);
    while x.hypot(y) < RADIUS {
        places.push_row([x, y])?;
        x += random.step();
        y += random.step();
    }
    // The rows must reach the disk before the name does.
    places.sync()?;
    Ok(places.rows())
}

/// The generator of Steele, Lea and Flood (Fast splittable pseudorandom number generators, OOPSLA
/// 2014).
struct SplitMix(u64);

impl SplitMix {
    /// Returns a number from −1 to 1.
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
