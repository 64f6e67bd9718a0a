//! One build in a process of its own, whose heap no other build has used.

use crate::allocator::{copy_from_now_on, counts, start_counting};
use crate::pushes::{Counter, PushTimes};
use crate::rules;
use crate::workload::Work;
use growable_nd::amortized::Op;
use growable_nd::{GrowableNd, Growth};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Approximate bytes in the ring of rows, which stays in a near cache.
const RING_BYTES: usize = 16 << 10;

/// Minimum number of builds of a warm process, and their minimum time: the median of fewer may be
/// one disturbed sample.
const ENOUGH: (usize, Duration) = (15, Duration::from_millis(5));

/// The minima for long builds, which a disturbance changes less.
const ENOUGH_OF_LONG: (usize, Duration) = (5, Duration::from_millis(100));

/// The state of the heap in which an array is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Heap {
    /// A process that has allocated almost nothing: memory comes from the system.
    Fresh,
    /// A process that has built such an array before: memory is reused.
    Warm,
    /// A fresh process whose allocator copies each block that grows.
    Copying,
}

impl Heap {
    pub const ALL: [Heap; 3] = [Heap::Fresh, Heap::Warm, Heap::Copying];

    pub fn name(self) -> &'static str {
        match self {
            Heap::Fresh => "fresh",
            Heap::Warm => "warm",
            Heap::Copying => "copying",
        }
    }
}

/// The task of a process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Task {
    /// The growth policy. `None` reserves the capacity in advance.
    pub rule: Option<String>,
    pub heap: Heap,
    pub work: Work,
    pub row_shape: Vec<usize>,
    pub element: String,
    /// The lengths of the arrays, which grow in turn.
    pub lengths: Vec<u64>,
    /// Share of the time of a build that is wasted after it: a test of the verdicts.
    pub planted: f64,
    /// Set to time each push: the process then prints the times instead of a sample.
    pub each_push: bool,
}

/// The measurements of a process.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Nanoseconds of the build, without the drop. In a warm process the median of several builds.
    pub wall_ns: f64,
    /// Nanoseconds of CPU time, likewise. `None` if the system does not report it.
    pub cpu_ns: Option<f64>,
    /// Pages mapped during the build.
    pub page_faults: Option<u64>,
    /// Maximum resident bytes of the process so far, minus those before the build. In a warm
    /// process earlier builds count.
    pub resident_peak: Option<u64>,
    /// Maximum bytes requested of the allocator: old and new block together if a block moved.
    pub requested_peak: u64,
    /// Number of blocks that moved, and their bytes.
    pub moves: u64,
    pub moved_bytes: u64,
    pub growths: u64,
    pub shrinks: u64,
    /// Rows that were kept when blocks were replaced: the copies that the analysis charges.
    pub rows_copied: u64,
    /// Rows and capacity at the end.
    pub rows: u64,
    pub capacity: u64,
    /// Nanoseconds of the slowest operation that made the array grow: of several builds in a
    /// process, the median.
    pub worst_ns: f64,
}

/// Runs a task in another process of this program, which returns a sample or the times of pushes.
pub fn run<T: DeserializeOwned>(task: &Task) -> Result<T, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let input = serde_json::to_vec(task).map_err(|error| error.to_string())?;
    let mut child = Command::new(program)
        .arg(ARGUMENT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start a process: {error}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // If the child has ended, its status tells more.
        let _ = std::io::Write::write_all(&mut stdin, &input);
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        let first = message.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        return Err(format!("{} ({})", first.trim_start_matches("error: "), output.status));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("a process printed no sample: {error}"))
}

/// The argument that makes a process a child.
pub const ARGUMENT: &str = "--measure-in-this-process";

/// Runs the task on standard input, and prints the measurements.
pub fn main() -> Result<(), String> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).map_err(|error| error.to_string())?;
    let task: Task = serde_json::from_str(&input).map_err(|error| error.to_string())?;
    let measured = match task.element.as_str() {
        "u8" => measure(1_u8, &task),
        "u16" => measure(1_u16, &task),
        "u32" => measure(1_u32, &task),
        "u64" => measure(1_u64, &task),
        "f32" => measure(1_f32, &task),
        _ => measure(1_f64, &task),
    }?;
    println!("{measured}");
    Ok(())
}

/// Measures, and returns the result as JSON.
fn measure<T: Copy>(element: T, task: &Task) -> Result<String, String> {
    let row_len = black_box(task.row_shape.iter().product::<usize>());
    let row_bytes = row_len * size_of::<T>();
    let ring = vec![element; row_len * (RING_BYTES / row_bytes).max(1)];
    let growth = task.rule.as_ref().map(|rule| rules::parse(rule, row_bytes as u64)).transpose()?;
    let builder = Builder {
        ring: &ring,
        row_len,
        task,
        growth: growth.map(|rule| rule.growth),
        steps: steps(task),
        clock_cost: clock_cost(),
    };
    if task.heap == Heap::Copying {
        copy_from_now_on();
    }
    if task.heap == Heap::Warm {
        drop(builder.measured()?);
    }
    let result = if task.each_push {
        serde_json::to_string(&builder.each_push()?)
    } else {
        serde_json::to_string(&sample(&builder)?)
    };
    result.map_err(|error| error.to_string())
}

/// Builds once; in a warm process, often enough for a median.
fn sample<T: Copy>(builder: &Builder<'_, T>) -> Result<Sample, String> {
    let heap = builder.task.heap;
    let (mut walls, mut cpus, mut worsts) = (Vec::new(), Vec::new(), Vec::new());
    let mut sample = None;
    let start = Instant::now();
    let is_enough = |builds: usize| {
        [ENOUGH, ENOUGH_OF_LONG].iter().any(|&(count, time)| builds >= count && start.elapsed() >= time)
    };
    while sample.is_none() || heap == Heap::Warm && !is_enough(walls.len()) {
        let (measured, arrays) = builder.measured()?;
        walls.push(measured.wall_ns);
        cpus.extend(measured.cpu_ns);
        worsts.push(measured.worst_ns);
        // Counts are equal in all builds, except for the state of the heap.
        sample = Some(measured);
        drop(arrays);
    }
    let sample = sample.ok_or("nothing was built")?;
    let middle_or_nan = |values| middle(values).unwrap_or(f64::NAN);
    let (wall_ns, worst_ns) = (middle_or_nan(walls), middle_or_nan(worsts));
    Ok(Sample { wall_ns, cpu_ns: middle(cpus), worst_ns, ..sample })
}

/// Returns the CPU time of an empty build.
fn clock_cost() -> Duration {
    let once = || {
        let before = system::cpu_time();
        black_box(Instant::now().elapsed());
        before.zip(system::cpu_time()).map(|(before, after)| after.saturating_sub(before))
    };
    (0..32).filter_map(|_| once()).min().unwrap_or_default()
}

fn steps(task: &Task) -> Vec<Vec<(Op, u64)>> {
    task.lengths.iter().map(|&rows| task.work.steps(rows).collect()).collect()
}

fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

struct Builder<'a, T> {
    ring: &'a [T],
    row_len: usize,
    task: &'a Task,
    growth: Option<Growth>,
    /// The operations on each array.
    steps: Vec<Vec<(Op, u64)>>,
    /// CPU time of reading the clock, which each build includes.
    clock_cost: Duration,
}

impl<T: Copy> Builder<'_, T> {
    fn measured(&self) -> Result<(Sample, Vec<GrowableNd<T>>), String> {
        // Everything else is allocated before counting starts.
        let mut arrays = Vec::with_capacity(self.steps.len());
        let mut operations = self.operations();
        let resident = system::status("VmRSS:");
        let requested = start_counting();
        let (faults, cpu) = (system::page_faults(), system::cpu_time());
        let start = Instant::now();
        let mut slowest = Slowest { time: Duration::ZERO, all: None };
        self.build(&mut arrays, &mut operations, &mut slowest)?;
        waste(cpu, start, self.task.planted);
        let wall_ns = start.elapsed().as_secs_f64() * 1e9;
        let cpu_time = cpu.zip(system::cpu_time()).map(|(before, after)| after.saturating_sub(before));
        let cpu_ns = cpu_time.map(|time| time.saturating_sub(self.clock_cost).as_secs_f64() * 1e9);
        let page_faults =
            faults.zip(system::page_faults()).map(|(before, after)| after.saturating_sub(before));
        let counts = counts(requested);
        let peak = resident.zip(system::status("VmHWM:"));
        let sum = |of: fn(&GrowableNd<T>) -> u64| arrays.iter().map(of).sum();
        let sample = Sample {
            wall_ns,
            cpu_ns,
            page_faults,
            resident_peak: peak.map(|(before, peak)| peak.saturating_sub(before)),
            requested_peak: counts.peak as u64,
            moves: counts.moves as u64,
            moved_bytes: counts.moved_bytes as u64,
            growths: sum(|array| array.growth_stats().growths),
            shrinks: sum(|array| array.growth_stats().shrinks),
            rows_copied: sum(|array| array.growth_stats().rows_copied),
            rows: sum(|array| array.rows() as u64),
            capacity: sum(|array| array.capacity() as u64),
            worst_ns: slowest.time.as_secs_f64() * 1e9,
        };
        Ok((sample, arrays))
    }

    /// Builds once, with the clock around each push.
    fn each_push(&self) -> Result<PushTimes, String> {
        let mut slowest = Slowest { time: Duration::ZERO, all: Some(Counter::empty()) };
        let mut arrays = Vec::with_capacity(self.steps.len());
        self.build(&mut arrays, &mut self.operations(), &mut slowest)?;
        Ok(slowest.all.map(|counter| counter.times()).unwrap_or_default())
    }

    /// Returns the operations on each array, one by one.
    fn operations(&self) -> Vec<impl Iterator<Item = Op>> {
        let one_by_one = |&(op, times): &(Op, u64)| (0..times).map(move |_| op);
        self.steps.iter().map(|steps| steps.iter().flat_map(one_by_one)).collect()
    }

    /// Builds the arrays.
    fn build(
        &self,
        arrays: &mut Vec<GrowableNd<T>>,
        operations: &mut [impl Iterator<Item = Op>],
        slowest: &mut Slowest,
    ) -> Result<(), String> {
        let fault = |error: growable_nd::Error| error.to_string();
        let shape = &self.task.row_shape;
        for &rows in &self.task.lengths {
            let array = match self.growth {
                Some(growth) => GrowableNd::try_with_growth(shape, growth).map_err(growable_nd::Error::from),
                None => {
                    let rows = usize::try_from(rows).map_err(|error| error.to_string())?;
                    GrowableNd::try_with_capacity(shape, rows)
                }
            };
            arrays.push(array.map_err(fault)?);
        }
        match (&mut arrays[..], &self.steps[..]) {
            ([array], [steps]) => {
                for &(op, times) in steps {
                    self.apply(array, op, times, slowest).map_err(fault)?;
                }
            }
            (arrays, _) => self.in_turn(arrays, operations, slowest).map_err(fault)?,
        }
        Ok(())
    }

    /// Applies one operation to each array that has any left, until none has: the arrays share a
    /// heap, and their blocks alternate.
    fn in_turn(
        &self,
        arrays: &mut [GrowableNd<T>],
        operations: &mut [impl Iterator<Item = Op>],
        slowest: &mut Slowest,
    ) -> Result<(), growable_nd::Error> {
        let mut any = true;
        while any {
            any = false;
            for (array, operations) in arrays.iter_mut().zip(&mut *operations) {
                if let Some(op) = operations.next() {
                    self.apply(array, op, 1, slowest)?;
                    any = true;
                }
            }
        }
        Ok(())
    }

    fn apply(
        &self,
        array: &mut GrowableNd<T>,
        op: Op,
        times: u64,
        slowest: &mut Slowest,
    ) -> Result<(), growable_nd::Error> {
        let in_usize = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
        match op {
            Op::Push if slowest.all.is_some() => {
                let rows = self.ring.chunks_exact(self.row_len).cycle();
                for row in rows.take(in_usize(times)) {
                    let start = Instant::now();
                    array.push_row(row)?;
                    slowest.see(start.elapsed());
                }
            }
            Op::Push => {
                let rows = self.ring.chunks_exact(self.row_len).cycle();
                for row in rows.take(in_usize(times)) {
                    if array.rows() == array.capacity() {
                        let start = Instant::now();
                        array.push_row(row)?;
                        slowest.see(start.elapsed());
                    } else {
                        array.push_row(row)?;
                    }
                }
            }
            Op::Extend(rows) => {
                for _ in 0..times {
                    let grows = array.capacity() - array.rows() < in_usize(rows);
                    let start = Instant::now();
                    let batch = self.ring.chunks_exact(self.row_len).cycle();
                    array.extend_rows(batch.take(in_usize(rows)))?;
                    if grows {
                        slowest.see(start.elapsed());
                    }
                }
            }
            Op::Pop => {
                for _ in 0..times {
                    array.truncate(array.rows().saturating_sub(1));
                }
            }
            Op::Reserve(rows) => array.try_reserve(in_usize(rows))?,
            Op::ReserveExact(rows) => array.try_reserve_exact(in_usize(rows))?,
            Op::Truncate(rows) => array.truncate(in_usize(rows)),
            // An operation of a later version of the crate.
            _ => {}
        }
        Ok(())
    }
}

/// The slowest operation that adds rows, and the times of all of them if they are counted.
struct Slowest {
    time: Duration,
    all: Option<Counter>,
}

impl Slowest {
    fn see(&mut self, time: Duration) {
        self.time = self.time.max(time);
        if let Some(counter) = &mut self.all {
            counter.count(time);
        }
    }
}

/// Wastes this share of the CPU time since the build began, or of the elapsed time.
fn waste(cpu: Option<Duration>, start: Instant, share: f64) {
    if share > 0.0 {
        let spent = || match cpu.zip(system::cpu_time()) {
            Some((before, now)) => now.saturating_sub(before),
            None => start.elapsed(),
        };
        let end = spent().mul_f64(1.0 + share);
        while spent() < end {
            black_box(());
        }
    }
}

/// The state of this process as the system reports it.
mod system {
    use std::time::Duration;

    /// Returns the bytes that Linux counts under this name.
    pub(super) fn status(name: &str) -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(1024 * kibibytes)
    }

    #[cfg(unix)]
    pub(super) fn page_faults() -> Option<u64> {
        use nix::sys::resource::{UsageWho, getrusage};
        u64::try_from(getrusage(UsageWho::RUSAGE_SELF).ok()?.minor_page_faults()).ok()
    }

    #[cfg(unix)]
    pub(super) fn cpu_time() -> Option<Duration> {
        use nix::time::{ClockId, clock_gettime};
        clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).ok().map(Duration::from)
    }

    #[cfg(not(unix))]
    pub(super) fn page_faults() -> Option<u64> {
        None
    }

    #[cfg(not(unix))]
    pub(super) fn cpu_time() -> Option<Duration> {
        None
    }
}
