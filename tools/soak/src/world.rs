//! The state that all workers share, and how an episode is run.

use crate::recording::Recording;
use crate::tally::Tally;
use fastrand::Rng;
use std::cell::Cell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Size of the small disk.
pub const DISK_BYTES: u64 = 4 << 20;

#[derive(Default)]
pub struct World {
    pub tally: Tally,
    /// The files that are being written.
    pub recordings: Mutex<Vec<Arc<Recording>>>,
    /// The folder for files on a disk with space.
    pub folder: PathBuf,
    /// A file system of `DISK_BYTES` bytes, if one could be mounted.
    pub disk: Option<PathBuf>,
    /// Whether models and reports are sometimes wrong on purpose: each worker must detect that.
    pub lies: bool,
    pub end: Option<Instant>,
    pub failed: AtomicBool,
}

impl World {
    pub fn recordings(&self) -> MutexGuard<'_, Vec<Arc<Recording>>> {
        self.recordings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Copies a file for inspection, and returns where the copy is. The file itself may not remain:
    /// the small disk is unmounted when the program ends, and workers remove their files.
    pub fn keep(&self, file: &Path) -> String {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let copy = self.folder.join(format!("kept-{name}"));
        match fs::copy(file, &copy) {
            Ok(_) => copy.display().to_string(),
            Err(error) => format!("{}, which cannot be kept: {error}", file.display()),
        }
    }

    /// Returns whether no further episode may begin.
    pub fn is_over(&self) -> bool {
        self.failed.load(Ordering::Relaxed) || self.end.is_some_and(|end| Instant::now() >= end)
    }
}

/// Returns a random number from 1 to one of the limits, which makes small numbers frequent as well.
pub fn up_to_one_of(limits: &[usize], random: &mut Rng) -> usize {
    let limit = limits[random.usize(..limits.len())];
    random.usize(1..=limit)
}

/// Counts the steps of an episode.
#[derive(Default)]
pub struct Steps(Cell<u64>);

impl Steps {
    pub fn count(&self) {
        self.0.set(self.0.get() + 1);
    }
}

/// A short part of a worker's work. It depends only on its seed and on the timing of processes. An
/// error describes what is wrong.
pub type Episode = fn(&World, &mut Rng, &Steps) -> Result<(), String>;

/// Runs an episode. The error names the step; a panic is an error as well.
pub fn run(episode: Episode, world: &World, seed: u64) -> Result<(), String> {
    let steps = Steps::default();
    let work = || episode(world, &mut Rng::with_seed(seed), &steps);
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("a panic, see above".into()));
    result.map_err(|fault| format!("step {}: {fault}", steps.0.get()))
}
