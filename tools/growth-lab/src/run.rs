//! A run on disk: a folder with its setup and one line per build, written as it is measured.

use crate::child::{Heap, Sample};
use crate::lengths::Lengths;
use crate::machine::Machine;
use crate::pushes::PushTimes;
use crate::workload::Work;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Version of the files. A change that an old reader would misread raises it.
pub const FORMAT: u32 = 1;

const SETUP: &str = "run.json";
const BUILDS: &str = "builds.jsonl";
const TABLE: &str = "builds.csv";
const PUSHES: &str = "pushes.jsonl";

/// The setup of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    pub format: u32,
    /// The arguments of the command.
    pub command: Vec<String>,
    /// Version of this program.
    pub version: String,
    /// Local date and time, with the offset.
    pub date: String,
    pub machine: Machine,
    pub rules: Vec<String>,
    /// The contender that is measured twice, the second time as a hidden twin: an index into
    /// `rules`.
    pub twin: usize,
    pub row_shape: Vec<usize>,
    pub element: String,
    pub row_bytes: u64,
    pub lengths: Lengths,
    pub work: Work,
    /// Arrays that grow in turn in one build.
    pub arrays: u64,
    /// Builds of a contender in one round, each of another length: spread over the distribution of
    /// lengths, so that a round has all phases of the growth cycles.
    pub phases: usize,
    pub heaps: Vec<Heap>,
    pub rounds: usize,
    /// Seed of lengths and orders. Runs with one seed have the same lengths in each round.
    pub seed: u64,
    /// Ratios that differ from 1 by at most this share count as equal.
    pub equivalence: f64,
    /// Share by which the first policy was slowed down on purpose, as a test of the verdicts.
    pub planted: f64,
    /// Policies that were not measured, with the reason.
    pub left_out: Vec<(String, String)>,
}

/// The part of a setup that each format has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// A contender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contender {
    /// An array whose capacity was reserved in advance.
    Preallocated,
    /// A policy, by its index.
    Rule(usize),
    /// The twin.
    Twin,
}

/// One build.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Build {
    pub round: usize,
    /// Number of the length within the round.
    pub phase: usize,
    pub contender: Contender,
    pub heap: Heap,
    /// Requested rows of all arrays together.
    pub length: u64,
    /// Average number of processes ready to run over the last minute, when the build began.
    pub load: Option<f64>,
    /// The sample, or the reason why the build failed.
    pub outcome: Result<Sample, String>,
}

/// The times of all pushes of an extra build.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pushes {
    pub contender: Contender,
    pub heap: Heap,
    /// Requested rows of all arrays together.
    pub length: u64,
    /// The times, or the reason why the build failed.
    pub outcome: Result<PushTimes, String>,
}

/// A run with the rounds so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub setup: Setup,
    pub builds: Vec<Build>,
    /// Empty if the run was cut off earlier, or is of an earlier version.
    pub pushes: Vec<Pushes>,
}

/// The folder of a run in progress.
#[derive(Debug)]
pub struct Folder {
    pub path: PathBuf,
    builds: File,
    table: File,
}

impl Folder {
    /// Creates a new folder in `parent`, named after the date, and writes the setup.
    pub fn create(parent: &Path, name: &str, setup: &Setup) -> Result<Folder, String> {
        let in_parent = |error: std::io::Error| format!("cannot write to {}: {error}", parent.display());
        if parent.symlink_metadata().is_ok() && !parent.is_dir() {
            return Err(format!("cannot write to {}: it is not a folder", parent.display()));
        }
        fs::create_dir_all(parent).map_err(in_parent)?;
        let names = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}-{number}")));
        for name in names {
            let path = parent.join(name);
            match fs::create_dir(&path) {
                Ok(()) => return Folder::begin(path, setup),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(in_parent(error)),
            }
        }
        Err("no free name for the folder of the run".into())
    }

    fn begin(path: PathBuf, setup: &Setup) -> Result<Folder, String> {
        let text = serde_json::to_string_pretty(setup).map_err(|error| error.to_string())?;
        let in_folder = |error: std::io::Error| format!("cannot write to {}: {error}", path.display());
        fs::write(path.join(SETUP), text + "\n").map_err(in_folder)?;
        let builds = File::create(path.join(BUILDS)).map_err(in_folder)?;
        let mut table = File::create(path.join(TABLE)).map_err(in_folder)?;
        table.write_all(HEADER.as_bytes()).map_err(in_folder)?;
        Ok(Folder { builds, table, path })
    }

    /// Appends the builds of one round.
    pub fn append(&mut self, setup: &Setup, builds: &[Build]) -> Result<(), String> {
        let (mut lines, mut rows) = (String::new(), String::new());
        for build in builds {
            lines += &serde_json::to_string(build).map_err(|error| error.to_string())?;
            lines.push('\n');
            rows += &row(setup, build);
        }
        let in_folder = |error: std::io::Error| format!("cannot write to {}: {error}", self.path.display());
        self.builds.write_all(lines.as_bytes()).map_err(in_folder)?;
        self.table.write_all(rows.as_bytes()).map_err(in_folder)
    }

    /// Writes the times of all pushes, one build per line.
    pub fn write_pushes(&self, pushes: &[Pushes]) -> Result<(), String> {
        let mut lines = String::new();
        for build in pushes {
            lines += &serde_json::to_string(build).map_err(|error| error.to_string())?;
            lines.push('\n');
        }
        let in_folder = |error: std::io::Error| format!("cannot write to {}: {error}", self.path.display());
        fs::write(self.path.join(PUSHES), lines).map_err(in_folder)
    }
}

/// Reads JSON values, one per line. An incomplete last line is ignored.
fn lines_of<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, String> {
    let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let reader = BufReader::new(File::open(file).map_err(|error| fault(&error))?);
    let mut values = Vec::new();
    let mut lines = reader.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let line = line.map_err(|error| fault(&error))?;
        match serde_json::from_str(&line) {
            Ok(value) => values.push(value),
            Err(_) if lines.peek().is_none() => break,
            Err(error) => return Err(fault(&format!("line {}: {error}", number + 1))),
        }
    }
    Ok(values)
}

impl Run {
    /// Reads the folder of a run. An incomplete last line, which a kill or a full disk leaves, is
    /// ignored.
    pub fn read(folder: &Path) -> Result<Run, String> {
        let fault =
            |name: &str, error: &dyn std::fmt::Display| format!("{}: {error}", folder.join(name).display());
        let text = fs::read_to_string(folder.join(SETUP)).map_err(|error| fault(SETUP, &error))?;
        // The number comes first: the fields of another format may be others.
        let Format { format } = serde_json::from_str(&text).map_err(|error| fault(SETUP, &error))?;
        if format != FORMAT {
            return Err(fault(
                SETUP,
                &format!("unknown format {format}; this program reads format {FORMAT}"),
            ));
        }
        let setup: Setup = serde_json::from_str(&text).map_err(|error| fault(SETUP, &error))?;
        let pushes = if folder.join(PUSHES).exists() { lines_of(&folder.join(PUSHES))? } else { vec![] };
        Ok(Run { setup, builds: lines_of(&folder.join(BUILDS))?, pushes })
    }

    /// Returns the times of all pushes of a contender on a heap, over its builds.
    pub fn push_times(&self, contender: Contender, heap: Heap) -> PushTimes {
        let mut all = PushTimes::default();
        let builds = self.pushes.iter().filter(|build| build.contender == contender && build.heap == heap);
        builds.filter_map(|build| build.outcome.as_ref().ok()).for_each(|times| all.add(times));
        all
    }

    /// Returns the name of a contender.
    pub fn name(&self, contender: Contender) -> &str {
        name(&self.setup, contender)
    }

    /// Returns the number of measured rounds: fewer than requested if the run was cut off.
    pub fn rounds(&self) -> usize {
        self.builds.iter().map(|build| build.round + 1).max().unwrap_or(0)
    }

    /// Returns the lengths of all builds of one contender; they are the same for all. Empty if a
    /// build had several arrays.
    pub fn lengths(&self) -> Vec<u64> {
        let first = self.builds.first().map(|build| (build.contender, build.heap));
        let of_first =
            |build: &&Build| self.setup.arrays == 1 && Some((build.contender, build.heap)) == first;
        self.builds.iter().filter(of_first).map(|build| build.length).collect()
    }

    /// Returns a value per round, in order, of one contender on one heap: the average per row over
    /// the lengths of the round. `None` if a build failed.
    pub fn values(
        &self,
        contender: Contender,
        heap: Heap,
        value: impl Fn(&Sample) -> Option<f64>,
    ) -> Vec<Option<f64>> {
        let mut sums = vec![(0, 0.0); self.rounds()];
        for (build, sample) in self.samples(contender, heap) {
            if let (Some(value), Some((count, sum))) = (value(sample), sums.get_mut(build.round)) {
                *count += 1;
                *sum += value / build.length.max(1) as f64;
            }
        }
        let phases = self.setup.phases;
        sums.into_iter().map(|(count, sum)| (count == phases).then(|| sum / phases as f64)).collect()
    }

    /// Returns the number of failed builds on a heap, and the reason of the first.
    pub fn lost(&self, heap: Heap) -> Option<(usize, &str)> {
        let mut faults = self
            .builds
            .iter()
            .filter(|build| build.heap == heap)
            .filter_map(|build| build.outcome.as_ref().err());
        faults.next().map(|first| (1 + faults.count(), first.as_str()))
    }

    /// Returns whether a contender was built on a heap, even if the builds failed.
    pub fn has_built(&self, contender: Contender, heap: Heap) -> bool {
        self.builds.iter().any(|build| build.contender == contender && build.heap == heap)
    }

    /// Iterates over the builds of one contender on one heap that succeeded.
    pub fn samples(&self, contender: Contender, heap: Heap) -> impl Iterator<Item = (&Build, &Sample)> {
        let builds =
            self.builds.iter().filter(move |build| build.contender == contender && build.heap == heap);
        builds.filter_map(|build| Some((build, build.outcome.as_ref().ok()?)))
    }
}

pub fn name(setup: &Setup, contender: Contender) -> &str {
    match contender {
        Contender::Preallocated => "preallocated",
        Contender::Rule(index) => setup.rules.get(index).map_or("?", String::as_str),
        Contender::Twin => "twin",
    }
}

const HEADER: &str = "round,phase,policy,heap,length,load,wall_ns,cpu_ns,page_faults,resident_peak_bytes,\
                      requested_peak_bytes,moves,moved_bytes,growths,shrinks,rows_copied,rows,capacity,worst_ns,fault\n";

/// Writes a line of the table. Integers are exact.
fn row(setup: &Setup, build: &Build) -> String {
    let name = name(setup, build.contender).replace('"', "\"\"");
    let float = |number: Option<f64>| number.map_or(String::new(), |number| number.to_string());
    let integer = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
    let (round, phase, heap, load) = (build.round, build.phase, build.heap.name(), float(build.load));
    let start = format!("{round},{phase},\"{name}\",{heap},{},{load}", build.length);
    match &build.outcome {
        Ok(sample) => format!(
            "{start},{},{},{},{},{},{},{},{},{},{},{},{},{},\n",
            sample.wall_ns,
            float(sample.cpu_ns),
            integer(sample.page_faults),
            integer(sample.resident_peak),
            sample.requested_peak,
            sample.moves,
            sample.moved_bytes,
            sample.growths,
            sample.shrinks,
            sample.rows_copied,
            sample.rows,
            sample.capacity,
            sample.worst_ns,
        ),
        Err(fault) => format!("{start},,,,,,,,,,,,,,\"{}\"\n", fault.replace('"', "\"\"")),
    }
}
