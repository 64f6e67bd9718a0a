//! Runs processes that append to a file, one after the other, each with its fate, and checks the
//! file after each.

use crate::appender::{FLUSHED, NO_MEMORY, REFUSED, Task, WAYS, Way};
use crate::child;
use crate::recording::{Contents, KINDS, Recording};
use crate::tally::Count;
use crate::world::{DISK_BYTES, Steps, World, up_to_one_of};
use fastrand::Rng;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::Duration;

/// Size at which no further process appends to a file.
const MOST_BYTES: u64 = DISK_BYTES / 8;

/// Maximum that a process appends if nothing stops it.
const BYTES_OF_LIFE: u64 = DISK_BYTES / 8;
const ROWS_OF_LIFE: u64 = 20_000;

/// The signal of a kill.
const SIGKILL: i32 = 9;

/// The signal for a file that exceeds its limit.
const SIGXFSZ: i32 = 25;

/// How a process ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Finishes,
    IsKilled,
    DiskIsFull,
    /// By an error, or by a signal.
    FileIsTooLarge {
        signal: bool,
    },
}

/// Appends to a file on a disk with space.
pub fn record(world: &World, random: &mut Rng, steps: &Steps) -> Result<(), String> {
    let fates = [
        Fate::Finishes,
        Fate::IsKilled,
        Fate::FileIsTooLarge { signal: false },
        Fate::FileIsTooLarge { signal: true },
    ];
    record_in(&world.folder, &fates, world, random, steps)
}

/// Appends to a file on a small disk, if there is one.
pub fn record_on_small_disk(world: &World, random: &mut Rng, steps: &Steps) -> Result<(), String> {
    match &world.disk {
        Some(disk) => {
            record_in(disk, &[Fate::DiskIsFull, Fate::DiskIsFull, Fate::IsKilled], world, random, steps)
        }
        None => {
            sleep(Duration::from_millis(100));
            Ok(())
        }
    }
}

fn record_in(
    folder: &Path,
    fates: &[Fate],
    world: &World,
    random: &mut Rng,
    steps: &Steps,
) -> Result<(), String> {
    let kind = KINDS[random.usize(..KINDS.len())];
    let row_len = up_to_one_of(&[4, 300, 10_000], random);
    let path = folder.join(format!("{:x}.npy", random.u64(..)));
    let recording = Arc::new(Recording::create(path, kind, row_len, random.u64(..))?);
    world.recordings().push(recording.clone());
    let recorder = Recorder { world, recording: &recording };
    let mut contents = recording.check()?;
    for _ in 0..random.u8(1..8) {
        steps.count();
        let fate = fates[random.usize(..fates.len())];
        contents = recorder.life(fate, &contents, random).map_err(|fault| {
            format!("{kind:?} rows of {row_len} in {}, {fate:?}: {fault}", world.keep(&recording.path))
        })?;
        if contents.bytes > MOST_BYTES || world.is_over() {
            break;
        }
    }
    recording.is_over.store(true, Ordering::SeqCst);
    world.recordings().retain(|other| !Arc::ptr_eq(other, &recording));
    remove(&recording.path)
}

/// Empties a file and removes it. Without the first step it would take space until the last process
/// closes it: a reader, or a child that inherited it while it was being started.
fn remove(file: &Path) -> Result<(), String> {
    fs::write(file, "").and_then(|()| fs::remove_file(file)).map_err(|error| error.to_string())
}

/// Number of flushes after which a process is killed; `None` if no kill is planned, or after it.
struct KillPlan(Option<usize>);

impl KillPlan {
    fn count_flush(&mut self) {
        self.0 = self.0.map(|flushes| flushes.saturating_sub(1));
    }

    /// Returns whether the process is to be killed now: once at most.
    fn is_due(&mut self) -> bool {
        self.0.take_if(|flushes| *flushes == 0).is_some()
    }
}

struct Recorder<'a> {
    world: &'a World,
    recording: &'a Recording,
}

impl Recorder<'_> {
    /// Runs a process that appends to the file, and checks the file.
    fn life(&self, fate: Fate, before: &Contents, random: &mut Rng) -> Result<Contents, String> {
        let (recording, tally) = (self.recording, &self.world.tally);
        let acknowledged_before = recording.acknowledged();
        let way = if before.has_more { WAYS[random.usize(1..3)] } else { WAYS[random.usize(..3)] };
        let row_bytes = recording.row_bytes();
        let rows = ROWS_OF_LIFE.min(BYTES_OF_LIFE / row_bytes + 1);
        let bytes = rows * row_bytes;
        let kept = if way == Way::Truncate { before.counted } else { before.whole };
        let task = Task {
            path: recording.path.display().to_string(),
            kind: recording.kind,
            row_len: recording.row_len,
            first_id: recording.first_id,
            way,
            seed: random.u64(..),
            rows: kept + rows,
            lies: self.world.lies,
        };
        // The limit leaves space to overwrite the header.
        let blocks = before.bytes.div_ceil(512) + random.u64(..=bytes / 2 / 512);
        let limits = match fate {
            Fate::FileIsTooLarge { signal: true } => format!("ulimit -f {blocks}"),
            Fate::FileIsTooLarge { signal: false } => format!("trap '' XFSZ && ulimit -f {blocks}"),
            Fate::Finishes | Fate::IsKilled | Fate::DiskIsFull => "true".into(),
        };
        let ballast = recording.path.with_extension("ballast");
        if fate == Fate::DiskIsFull {
            let free = random.u64(..=bytes / 2);
            let bytes = DISK_BYTES.saturating_sub(before.bytes.next_multiple_of(4096) + free);
            // Directories and pages take space as well, so the disk may be full already.
            match fs::write(&ballast, vec![0; bytes as usize]) {
                Err(error) if error.kind() != ErrorKind::StorageFull => return Err(error.to_string()),
                _ => {}
            }
        }
        let arguments = task.to_arguments();
        let arguments: Vec<&str> =
            ["append"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
        let mut child = child::command(&limits, &arguments)?.spawn().map_err(|error| error.to_string())?;
        tally.add(Count::Lives, 1);
        let followed = self.follow(&mut child, fate, &ballast, random);
        if followed.is_err() {
            let _ = child.kill();
        }
        let status = child.wait().map_err(|error| error.to_string())?;
        // A process that ended before its kill was not killed.
        tally.add(Count::Kills, u64::from(status.signal() == Some(SIGKILL)));
        let is_killed = followed?;
        let is_limit = status.signal() == Some(SIGXFSZ) && fate == Fate::FileIsTooLarge { signal: true };
        tally.add(Count::SizeLimits, u64::from(is_limit));
        if !(status.success() || is_killed || is_limit) {
            return Err(format!("{task:?}: {status}"));
        }
        if fate == Fate::DiskIsFull {
            let _ = remove(&ballast);
        }
        let contents = recording.check()?;
        let acknowledged = recording.acknowledged();
        tally.add(Count::Acknowledged, acknowledged - acknowledged_before);
        tally.add(Count::Found, contents.counted.min(acknowledged).saturating_sub(acknowledged_before));
        if contents.counted < acknowledged {
            return Err(format!("{acknowledged} rows were acknowledged, {} are counted", contents.counted));
        }
        Ok(contents)
    }

    /// Reads the reports of the process until it ends, and makes its fate happen. Returns whether
    /// it was killed.
    fn follow(
        &self,
        child: &mut Child,
        fate: Fate,
        ballast: &Path,
        random: &mut Rng,
    ) -> Result<bool, String> {
        let (recording, tally) = (self.recording, &self.world.tally);
        let mut stdin = child.stdin.take();
        let stdout = child.stdout.take().ok_or("no pipe")?;
        let flushes = up_to_one_of(&[2, 100], random) - 1;
        let mut plan = KillPlan((fate == Fate::IsKilled).then_some(flushes));
        let mut is_killed = false;
        let mut kill = |child: &mut Child, random: &mut Rng| {
            sleep(Duration::from_micros(up_to_one_of(&[100, 3000], random) as u64));
            is_killed = true;
            child.kill().map_err(|error| error.to_string())
        };
        if plan.is_due() {
            kill(child, random)?;
        }
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|error| error.to_string())?;
            if line == NO_MEMORY {
                tally.add(Count::FailedCalls, 1);
                tally.add(Count::Refused, 1);
                continue;
            }
            let mut words = line.split(' ');
            let (word, rows) = (words.next(), words.next().and_then(|rows| rows.parse().ok()));
            let rows = rows.ok_or_else(|| format!("a process says {line:?}"))?;
            match word {
                Some(FLUSHED) => {
                    let before = recording.acknowledged.swap(rows, Ordering::SeqCst);
                    if rows < before {
                        return Err(format!("{rows} rows were acknowledged, and {before} before"));
                    }
                    tally.add(Count::Flushes, 1);
                    plan.count_flush();
                    if plan.is_due() {
                        kill(child, random)?;
                    }
                }
                Some(REFUSED) if matches!(fate, Fate::DiskIsFull | Fate::FileIsTooLarge { .. }) => {
                    let is_disk = fate == Fate::DiskIsFull;
                    tally.add(if is_disk { Count::FullDisks } else { Count::SizeLimits }, 1);
                    let Contents { counted, whole, .. } = recording.check()?;
                    if counted != whole {
                        return Err(format!("{line}: {whole} rows are whole, {counted} counted"));
                    }
                    match random.u8(..4) {
                        0 => kill(child, random)?,
                        1 | 2 if is_disk => {
                            remove(ballast)?;
                            let retried = stdin.as_mut().map(|stdin| stdin.write_all(b"retry\n"));
                            retried.transpose().map_err(|error| error.to_string())?;
                        }
                        _ => drop(stdin.take()),
                    }
                }
                _ => return Err(format!("a process says {line:?}")),
            }
        }
        Ok(is_killed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_killed_once() {
        for (flushes, expected) in [(None, None), (Some(0), Some(0)), (Some(1), Some(1)), (Some(3), Some(3))]
        {
            let mut plan = KillPlan(flushes);
            // Lines that were printed before the kill are read after it.
            let kills = (0..10).filter(|number| {
                if *number > 0 {
                    plan.count_flush();
                }
                plan.is_due()
            });
            assert_eq!(kills.collect::<Vec<_>>(), Vec::from_iter(expected), "{flushes:?}");
        }
    }
}
