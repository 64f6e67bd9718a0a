//! Reads files while processes append to them, and runs a process with little memory that parses
//! damaged copies.

use crate::child;
use crate::parser;
use crate::recording::Recording;
use crate::tally::Count;
use crate::world::{Steps, World};
use fastrand::Rng;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::Duration;

const READS: usize = 100;

/// Maximum attempts until a header that is being overwritten is whole again.
const ATTEMPTS: u32 = 100;

/// Maximum bytes of a file that is damaged and parsed.
const MOST_BYTES: usize = 1 << 16;

/// Returns one of the files that are being written.
fn any_recording(world: &World, random: &mut Rng) -> Option<Arc<Recording>> {
    random.choice(&*world.recordings()).cloned()
}

/// Reads growing files.
pub fn read(world: &World, random: &mut Rng, steps: &Steps) -> Result<(), String> {
    (0..READS).try_for_each(|_| read_one(world, random, steps))
}

/// Checks that the file has at least the rows acknowledged before, and that all its rows are right.
fn read_one(world: &World, random: &mut Rng, steps: &Steps) -> Result<(), String> {
    let Some(recording) = any_recording(world, random) else {
        sleep(Duration::from_millis(1));
        return Ok(());
    };
    steps.count();
    let acknowledged = recording.acknowledged();
    let mut fault = String::new();
    let error = |fault| format!("{recording:?}, copy in {}: {fault}", world.keep(&recording.path));
    for attempt in 0..ATTEMPTS {
        fault = match recording.check_growing().map_err(error)? {
            Ok(rows) if rows >= acknowledged => {
                world.tally.add(Count::Reads, 1);
                return Ok(());
            }
            Ok(rows) => format!("{rows} rows were found, {acknowledged} acknowledged before"),
            Err(fault) => fault,
        };
        if recording.is_over.load(Ordering::SeqCst) {
            return Ok(());
        }
        world.tally.add(Count::Repeated, 1);
        sleep(Duration::from_micros(attempt.into()));
    }
    Err(error(fault))
}

/// Damages a growing file or a new file in many ways, in a process with little memory.
pub fn parse(world: &World, random: &mut Rng, steps: &Steps) -> Result<(), String> {
    steps.count();
    let copy = any_recording(world, random).and_then(|recording| fs::read(&recording.path).ok());
    let mut bytes = copy.unwrap_or_else(|| parser::file(random));
    bytes.truncate(MOST_BYTES);
    let path = world.folder.join(format!("{:x}.damaged", random.u64(..)));
    fs::write(&path, bytes).map_err(|error| error.to_string())?;
    child::run(
        child::MEMORY,
        &["parse", &path.display().to_string(), &random.u64(..).to_string()],
        &world.tally,
    )?;
    fs::remove_file(&path).map_err(|error| error.to_string())
}
