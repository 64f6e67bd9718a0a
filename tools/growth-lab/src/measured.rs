//! What building an array takes on this machine: time, memory, and blocks that got another address.
//!
//! Each build has a process of its own, so that no heap is what another left behind. In a round everyone takes a
//! turn, and only times of one round are compared: a machine that is slower in the next minute is slower for all.

use super::allocator::copy_from_now_on;
use super::options::Options;
use super::predicted::Prediction;
use super::rules::Rule;
use growable_nd::{GrowableNd, Growth, GrowthStats};
use indicatif::{ProgressBar, ProgressStyle};
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

/// Rules that copy each row more often than this would take too long, and are not measured.
const MOST_COPIES: f64 = 64.0;

/// Rows come from a ring of about so many bytes, which stays in a near cache.
const RING_BYTES: usize = 16 << 10;

/// glibc keeps what is freed of blocks that are not larger, if it is told to, and hands it out again: then copies are what
/// is timed, and not whether the heap has just been trimmed.
const KEPT: usize = 16 << 20;
const KEEP: &str = "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824";

/// Resident memory of smaller arrays is lost in that of the process.
const LARGE: usize = 16 << 20;

/// Short builds are repeated for so long, and their median is taken.
const LONG_ENOUGH: Duration = Duration::from_millis(30);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heap {
    /// The system's allocator, which may enlarge a block in place or move its pages.
    System,
    /// Always allocates, copies and frees.
    Copying,
}

impl Heap {
    pub const ALL: [Heap; 2] = [Heap::System, Heap::Copying];

    pub fn name(self) -> &'static str {
        match self {
            Heap::System => "system",
            Heap::Copying => "copying",
        }
    }
}

/// What was measured of one rule; without a rule the room was there from the beginning.
pub struct Measurement {
    pub rule: Option<Rule>,
    pub heap: Heap,
    pub bytes: usize,
    pub rows: usize,
    /// Nanoseconds of a build, one for each round.
    pub times: Vec<f64>,
    /// To the build of the same round whose room was there.
    pub ratios: Vec<f64>,
    pub growths: u64,
    /// Growths after which the block had another address.
    pub moves: u64,
    /// Bytes of resident memory at the most, beyond those before the build; only Linux says, and of large arrays only.
    pub peak: Option<f64>,
    /// Copies per row that are charged for so many rows.
    pub charged: f64,
}

/// Lower quartile, median and upper quartile.
pub fn quartiles(values: &[f64]) -> [f64; 3] {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[(values.len() - 1) * quarter / 4])
}

/// All measurements, and the rules that were left out with the reason.
pub fn all(options: &Options, rules: &[Rule]) -> Result<(Vec<Measurement>, Vec<String>), String> {
    let (mut measurements, mut left_out) = (Vec::new(), Vec::new());
    for &bytes in &options.sizes {
        let rows = bytes / options.row_bytes();
        let mut takes_part = vec![(None, 0.0)];
        for rule in rules {
            let prediction = Prediction::of(rule, rows as u64)?;
            let charged = prediction.totals.charged as f64 / prediction.rows;
            if prediction.rows < rows as f64 || charged > MOST_COPIES {
                let name = &rule.name;
                left_out.push(format!(
                    "{name} at {}: more than {MOST_COPIES} copies of each row",
                    size_name(bytes)
                ));
            } else {
                takes_part.push((Some(rule.clone()), charged));
            }
        }
        for heap in Heap::ALL {
            measurements.extend(takes_part.iter().map(|(rule, charged)| Measurement {
                rule: rule.clone(),
                heap,
                bytes,
                rows,
                times: vec![],
                ratios: vec![],
                growths: 0,
                moves: 0,
                peak: None,
                charged: *charged,
            }));
        }
    }
    let progress = ProgressBar::new((options.rounds * measurements.len()) as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len}, {eta} left: {msg}");
    progress.set_style(style.map_err(|error| error.to_string())?);
    let largest = options.sizes.iter().max().copied().unwrap_or(0);
    for round in 0..options.rounds {
        // A virtual machine may hand out memory slowly the first time; whoever came first would pay for all.
        touch_memory(3 * largest)?;
        for turn in 0..measurements.len() {
            let index = (round + turn) % measurements.len();
            let measurement = &mut measurements[index];
            progress.set_message(measurement.name());
            measurement.add(&in_child(measurement, &measurement.task(rules))?)?;
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    set_ratios(&mut measurements);
    Ok((measurements, left_out))
}

fn touch_memory(bytes: usize) -> Result<(), String> {
    let mut memory = Vec::new();
    let no_room = |_| format!("there is no memory for arrays of {}", size_name(bytes / 3));
    memory.try_reserve_exact(bytes).map_err(no_room)?;
    memory.resize(bytes, 1_u8);
    black_box(memory);
    Ok(())
}

impl Measurement {
    pub fn rule_name(&self) -> &str {
        self.rule.as_ref().map_or("exact room", |rule| &rule.name)
    }

    /// The rule, the allocator and the size.
    fn name(&self) -> String {
        let rule = self.rule_name();
        format!("{rule}, {} allocator, {}", self.heap.name(), size_name(self.bytes))
    }

    fn task(&self, rules: &[Rule]) -> String {
        let rule = self.rule.as_ref().and_then(|own| rules.iter().position(|rule| rule.name == own.name));
        let rule = rule.map_or(NO_RULE.to_owned(), |index| index.to_string());
        format!("{rule} {} {}", self.heap.name(), self.rows)
    }

    /// Takes over what a process has printed.
    fn add(&mut self, printed: &str) -> Result<(), String> {
        let fields: Vec<&str> = printed.split_whitespace().collect();
        let [time, growths, moves, peak] = fields[..] else {
            return Err(format!("a process that measures printed {printed:?}"));
        };
        let fault = |error| format!("a process that measures printed {printed:?}: {error}");
        self.times.push(time.parse().map_err(|error: std::num::ParseFloatError| fault(error.to_string()))?);
        let number = |text: &str| text.parse::<u64>().map_err(|error| fault(error.to_string()));
        (self.growths, self.moves) = (number(growths)?, number(moves)?);
        let is_unknown = peak == UNKNOWN || self.bytes < LARGE;
        let peak = if is_unknown { None } else { Some(number(peak)? as f64) };
        self.peak = peak.map(|peak| self.peak.unwrap_or(0.0).max(peak));
        Ok(())
    }
}

fn set_ratios(measurements: &mut [Measurement]) {
    let mut exact = Vec::new();
    for measurement in measurements {
        // The build with exact room comes before the rules that are compared with it.
        if measurement.rule.is_none() {
            exact.clone_from(&measurement.times);
        }
        measurement.ratios = measurement.times.iter().zip(&exact).map(|(time, exact)| time / exact).collect();
    }
}

pub fn size_name(bytes: usize) -> String {
    let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let unit = units.into_iter().find(|(_, shift)| bytes.is_multiple_of(1 << shift));
    unit.map_or(format!("{bytes} bytes"), |(unit, shift)| format!("{} {unit}", bytes >> shift))
}

const NO_RULE: &str = "none";
const UNKNOWN: &str = "unknown";

/// What another process of this program prints that does this task.
fn in_child(measurement: &Measurement, task: &str) -> Result<String, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    // Before all others: behind `--` it would be taken for a rule.
    command.arg(format!("--measure-in-this-process={task}")).args(std::env::args_os().skip(1));
    if measurement.heap == Heap::Copying && measurement.bytes <= KEPT {
        // Behind what is set already, if anything is.
        let tunables = std::env::var("GLIBC_TUNABLES").map_or(String::new(), |set| set + ":");
        command.env("GLIBC_TUNABLES", tunables + KEEP);
    }
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("a process that measures failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Does a task and prints what came of it.
pub fn in_this_process(task: &str, options: &Options, rules: &[Rule]) -> Result<(), String> {
    let fields: Vec<&str> = task.split(' ').collect();
    let fault = || format!("no task: {task}");
    let [rule, heap, rows] = fields[..] else { return Err(fault()) };
    let rows = rows.parse().map_err(|_| fault())?;
    if heap == Heap::Copying.name() {
        copy_from_now_on();
    }
    let growth = match rule {
        NO_RULE => None,
        index => Some(rules.get(index.parse::<usize>().map_err(|_| fault())?).ok_or_else(fault)?.growth),
    };
    match options.element {
        "u8" => build_and_print(1_u8, options, growth, rows),
        "u16" => build_and_print(1_u16, options, growth, rows),
        "u32" => build_and_print(1_u32, options, growth, rows),
        "u64" => build_and_print(1_u64, options, growth, rows),
        "f32" => build_and_print(1_f32, options, growth, rows),
        _ => build_and_print(1_f64, options, growth, rows),
    }
    Ok(())
}

fn build_and_print<T: Copy>(element: T, options: &Options, growth: Option<Growth>, rows: usize) {
    let row_len = black_box(options.row_len());
    let ring = vec![element; row_len * (RING_BYTES / options.row_bytes()).max(1)];
    let build = || build(&ring, &options.row_shape, row_len, growth, rows);
    let before = resident("VmRSS:");
    // The first one touches the memory, and is not timed.
    let GrowthStats { growths, moves, .. } = build().growth_stats();
    let peak = before.zip(resident("VmHWM:")).map(|(before, peak)| peak.saturating_sub(before));
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.is_empty() || start.elapsed() < LONG_ENOUGH {
        let start = Instant::now();
        let array = black_box(build());
        times.push(start.elapsed().as_secs_f64() * 1e9);
        drop(array);
    }
    let [_, time, _] = quartiles(&times);
    let peak = peak.map_or(UNKNOWN.to_owned(), |peak| peak.to_string());
    println!("{time} {growths} {moves} {peak}");
}

/// An array of so many rows, pushed one by one.
fn build<T: Copy>(
    ring: &[T],
    row_shape: &[usize],
    row_len: usize,
    growth: Option<Growth>,
    rows: usize,
) -> GrowableNd<T> {
    let mut array = match growth {
        Some(growth) => GrowableNd::with_growth(row_shape, growth),
        None => GrowableNd::with_capacity(row_shape, rows),
    };
    for row in ring.chunks_exact(row_len).cycle().take(rows) {
        array.push_row(row).expect("a row of the right length");
    }
    array
}

/// Bytes of memory as Linux counts them under this name.
fn resident(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(1024 * kibibytes)
}
