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
use std::path::{Path, PathBuf};
use std::{env, thread};

const WORKERS: u64 = 4;
const RADIUS: f64 = 300.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(folder), worker, None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: shards FOLDER [WORKER]".into());
    };
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    let workers = match worker {
        Some(number) => {
            let number: u64 = number.to_string_lossy().parse()?;
            number..number + 1
        }
        None => 0..WORKERS,
    };
    thread::scope(|scope| {
        let folder = &folder;
        let threads: Vec<_> = workers.map(|worker| scope.spawn(move || work(worker, folder))).collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(result) => result,
            Err(_) => Err("a worker panicked".into()),
        })
    })
    .map_err(|error: String| error.into())
}

/// What one worker does. Nothing of it is known to the others.
fn work(worker: u64, folder: &Path) -> Result<(), String> {
    let walk = walk(worker).map_err(|error| error.to_string())?;
    let path = folder.join(format!("{worker:06}.npy"));
    let farthest = walk.max_axis(Axis(0)).map_err(|error| error.to_string())?;
    println!("{}: shape {:?}, at most {:?}", path.display(), walk.shape(), farthest.as_slice());
    let written = File::create(&path).map_err(NpyError::from).and_then(|file| walk.write_npy(file));
    written.map_err(|error| format!("{}: {error}", path.display()))
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
