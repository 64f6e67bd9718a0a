//! A soak: builders, appenders and readers under load, while allocations fail, disks are full and
//! processes are killed.
//!
//! `soak SECONDS [SEED]` runs all workers for this time, and ends with a report. If anything is
//! wrong, it fails and prints the error with the worker, the seed and the step. `soak repeat WORKER
//! SEED` repeats the episode of a worker; an error that depends on the moment of a kill may need
//! several attempts. With the word `lie` at the end, models and reports are wrong on purpose, and
//! the run must fail.

mod allocator;
mod appender;
mod builder;
mod calls;
mod child;
mod parser;
mod reader;
mod recorder;
mod recording;
mod rows;
mod tally;
mod world;

use crate::tally::Tally;
use crate::world::{DISK_BYTES, Episode, World, run};
use fastrand::Rng;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

/// Each worker runs in a thread.
const WORKERS: [(&str, Episode); 8] = [
    ("builder", builder::build_in_thread),
    ("builder-2", builder::build_in_thread),
    ("limited-builder", builder::build_in_process),
    ("recorder", recorder::record),
    ("recorder-2", recorder::record),
    ("small-disk", recorder::record_on_small_disk),
    ("reader", reader::read),
    ("parser", reader::parse),
];

/// Maximum time for an episode. An episode that takes longer is considered stuck.
const PATIENCE: Duration = Duration::from_secs(1200);

/// The task of the command line.
enum Task {
    /// Run all workers for some seconds.
    Run { seconds: u32, seed: u64 },
    /// Repeat one episode of a worker.
    Repeat { episode: Episode, seed: u64 },
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match &arguments[..] {
        [task, rest @ ..] if task == "append" => {
            appender::Task::from_arguments(rest).map_or(usage(), |task| task.run())
        }
        [task, seed, lies] if task == "build" => {
            number(seed).and_then(|seed| build_in_little_memory(seed, lies == "true"))
        }
        [task, path, seed] if task == "parse" => number(seed).and_then(|seed| parse_file(path, seed)),
        [task, folder, has_disk, rest @ ..] if task == "within" => {
            soak(rest, Path::new(folder), has_disk == "true")
        }
        _ => parse(&arguments).and_then(|_| in_folder(&arguments)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn usage<T>() -> Result<T, String> {
    let workers = WORKERS.map(|(name, _)| name).join(", ");
    Err(format!("usage: soak SECONDS [SEED] [lie], or soak repeat WORKER SEED [lie]; workers: {workers}"))
}

fn number<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().or_else(|_| usage())
}

/// Parses the arguments. Returns the task, and whether models and reports are wrong on purpose.
fn parse(arguments: &[String]) -> Result<(Task, bool), String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (words, lies) = match &words[..] {
        [words @ .., "lie"] => (words, true),
        words => (words, false),
    };
    let task = match *words {
        ["repeat", name, seed] => match WORKERS.iter().find(|(worker, _)| *worker == name) {
            Some(&(_, episode)) => Task::Repeat { episode, seed: number(seed)? },
            None => return usage(),
        },
        [seconds] => Task::Run { seconds: number(seconds)?, seed: fastrand::u64(..) },
        [seconds, seed] => Task::Run { seconds: number(seconds)?, seed: number(seed)? },
        _ => return usage(),
    };
    Ok((task, lies))
}

/// The work of a process of [`builder::build_in_process`].
fn build_in_little_memory(seed: u64, lies: bool) -> Result<(), String> {
    let world = World { lies, ..World::default() };
    run(builder::build_in_little_memory, &world, seed)?;
    world.tally.print();
    Ok(())
}

/// The work of a process of [`reader::parse`].
fn parse_file(path: &str, seed: u64) -> Result<(), String> {
    let tally = Tally::default();
    let file = fs::read(path).map_err(|error| error.to_string())?;
    parser::parse_damaged(&file, &mut Rng::with_seed(seed), &tally)?;
    tally.print();
    Ok(())
}

/// Replaces this process by the program in a new folder, on which a small disk is mounted if
/// possible. The system unmounts the disk whenever the program ends.
fn in_folder(arguments: &[String]) -> Result<(), String> {
    let folder = env::temp_dir().join(format!("soak-{}", process::id()));
    let disk = folder.join("disk");
    fs::create_dir_all(&disk).map_err(|error| error.to_string())?;
    let mount = format!("mount -t tmpfs -o size={DISK_BYTES} soak \"$0\" && exec \"$@\"");
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", &mount]).arg(&disk);
    let has_disk = command.arg("true").output().is_ok_and(|output| output.status.success());
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new("unshare");
    if has_disk {
        command.args(["--map-root-user", "--mount", "sh", "-c", &mount]).args([&disk, &program]);
    } else {
        println!("LEFT OUT: full disks, since no file system can be mounted here");
        command = Command::new(program);
    }
    // With failing allocations a backtrace would not be completed.
    command.env("RUST_BACKTRACE", "0").arg("within").arg(folder).arg(has_disk.to_string()).args(arguments);
    Err(command.exec().to_string())
}

fn soak(arguments: &[String], folder: &Path, has_disk: bool) -> Result<(), String> {
    let (task, lies) = parse(arguments)?;
    let disk = folder.join("disk");
    let disk_if_any = has_disk.then(|| disk.clone());
    let mut world = World { folder: folder.to_path_buf(), disk: disk_if_any, lies, ..World::default() };
    println!("files, and the last seed of each worker, are in {}", folder.display());
    match task {
        Task::Repeat { episode, seed } => {
            run(episode, &world, seed).map_err(|fault| format!("WRONG: {fault}"))?;
        }
        Task::Run { seconds, seed } => {
            println!("seed {seed}");
            let start = Instant::now();
            world.end = Some(start + Duration::from_secs(seconds.into()));
            let world = Arc::new(world);
            let result = run_workers(&world, seed);
            println!("{}\nseed {seed}, {} seconds", world.tally, start.elapsed().as_secs());
            result?;
        }
    }
    if has_disk {
        Command::new("umount").arg(disk).status().map_err(|error| error.to_string())?;
    }
    fs::remove_dir_all(folder).map_err(|error| error.to_string())
}

/// Runs episodes of all workers until the end, or until something is wrong.
fn run_workers(world: &Arc<World>, seed: u64) -> Result<(), String> {
    let (sender, results) = mpsc::channel();
    for ((name, episode), worker) in WORKERS.into_iter().zip(0..) {
        let (world, sender) = (world.clone(), sender.clone());
        thread::spawn(move || {
            let mut seeds = Rng::with_seed(seed.wrapping_add(worker));
            let result = loop {
                let seed = seeds.u64(..);
                // The seed of an aborted program, which cannot print it.
                let _ = fs::write(world.folder.join(format!("{name}.seed")), seed.to_string());
                let result = run(episode, &world, seed).map_err(|fault| {
                    format!("WRONG: {name}, seed {seed}, {fault}\nto repeat: soak repeat {name} {seed}")
                });
                if result.is_err() || world.is_over() {
                    break result;
                }
            };
            world.failed.fetch_or(result.is_err(), Ordering::Relaxed);
            let _ = sender.send(result);
        });
    }
    let mut faults = vec![];
    for _ in WORKERS {
        let time = world.end.map_or(Duration::ZERO, |end| end.saturating_duration_since(Instant::now()));
        match results.recv_timeout(time + PATIENCE) {
            Ok(result) => faults.extend(result.err()),
            Err(_) => faults.push("WRONG: a worker does not end".into()),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}
