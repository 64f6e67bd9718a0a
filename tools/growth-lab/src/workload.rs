//! The operations on an array: pushes, batches, pops, or a trace.

use crate::quantity;
use growable_nd::amortized::{Op, Workload};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs;

/// Operations on an array of a given length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// Rows pushed one by one.
    Push,
    /// Batches of this many rows.
    Batches(u64),
    /// Rows pushed one by one, then popped one by one.
    PushPop,
    /// Random pushes and pops, with this percentage of pushes.
    Walk(u8),
    /// The operations of a file with their repetitions, which determine the length of the array.
    Trace(Vec<(Step, u64)>),
}

/// One operation of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    Push,
    Pop,
    Extend(u64),
    Reserve(u64),
    ReserveExact(u64),
    Truncate(u64),
}

impl From<Step> for Op {
    fn from(step: Step) -> Op {
        match step {
            Step::Push => Op::Push,
            Step::Pop => Op::Pop,
            Step::Extend(rows) => Op::Extend(rows),
            Step::Reserve(rows) => Op::Reserve(rows),
            Step::ReserveExact(rows) => Op::ReserveExact(rows),
            Step::Truncate(rows) => Op::Truncate(rows),
        }
    }
}

/// Parses the number of rows in a batch.
fn batch(text: &str) -> Result<u64, String> {
    match quantity::count(text)? {
        0 => Err("batches of 0 rows, expected at least 1".into()),
        rows => Ok(rows),
    }
}

impl Work {
    /// Parses `push`, `batches:100`, `push-pop`, `walk:60`.
    pub fn parse(text: &str) -> Result<Work, String> {
        match text.split_once(':') {
            None if text == "push" => Ok(Work::Push),
            None if text == "push-pop" => Ok(Work::PushPop),
            Some(("batches", rows)) => batch(rows).map(Work::Batches),
            Some(("walk", percent)) => {
                let percent =
                    percent.trim_end_matches('%').parse().ok().filter(|percent| (51..=100).contains(percent));
                percent.map(Work::Walk).ok_or_else(|| {
                    "expected a percentage of pushes from 51 to 100, so that the array grows".into()
                })
            }
            _ => Err("expected push, batches:100, push-pop or walk:60".into()),
        }
    }

    /// Reads a trace: one operation per line, as [`Op`] prints it, preceded by its repetitions if
    /// there are several (`1000 x push`).
    pub fn read_trace(path: &str) -> Result<Work, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        parse_trace(&text).map_err(|fault| format!("{path}: {fault}"))
    }

    /// Returns the operations for an array of this length, each with its number of repetitions.
    pub fn steps(&self, rows: u64) -> Box<dyn Iterator<Item = (Op, u64)> + '_> {
        match self {
            Work::Push => Box::new(std::iter::once((Op::Push, rows))),
            &Work::Batches(size) => {
                let whole = (rows >= size).then_some((Op::Extend(size), rows / size));
                let rest = (!rows.is_multiple_of(size)).then_some((Op::Extend(rows % size), 1));
                Box::new(whole.into_iter().chain(rest))
            }
            Work::PushPop => Box::new([(Op::Push, rows), (Op::Pop, rows)].into_iter()),
            &Work::Walk(percent) => {
                let steps = walk_steps(rows, percent);
                let walk = Workload::RandomWalk { steps, push_percent: percent, seed: rows };
                let mut runs: Vec<(Op, u64)> = Vec::new();
                for (op, times) in walk.steps() {
                    match runs.last_mut() {
                        Some((last, run)) if *last == op => *run += times,
                        _ => runs.push((op, times)),
                    }
                }
                Box::new(runs.into_iter())
            }
            Work::Trace(steps) => Box::new(steps.iter().map(|&(step, times)| (step.into(), times))),
        }
    }

    /// Returns the number of operations that the simulator follows one by one: all except repeated
    /// pushes and pops.
    pub fn operations_one_by_one(&self, rows: u64) -> u64 {
        match self {
            Work::Push | Work::PushPop => 0,
            &Work::Batches(size) => rows / size,
            &Work::Walk(percent) => walk_steps(rows, percent),
            Work::Trace(steps) => {
                let one_by_one = steps.iter().map(|(step, times)| match step {
                    Step::Push | Step::Pop => 1,
                    _ => *times,
                });
                one_by_one.fold(0, u64::saturating_add)
            }
        }
    }

    /// Returns the maximum number of rows of a trace; `None` for other operations, which take any
    /// length.
    pub fn own_length(&self) -> Option<u64> {
        let Work::Trace(steps) = self else { return None };
        let (mut rows, mut largest) = (0_u64, 1_u64);
        for &(step, times) in steps {
            rows = match step {
                Step::Push => rows.saturating_add(times),
                Step::Pop => rows.saturating_sub(times),
                Step::Extend(more) => rows.saturating_add(more.saturating_mul(times)),
                Step::Truncate(to) => rows.min(to),
                Step::Reserve(_) | Step::ReserveExact(_) => rows,
            };
            largest = largest.max(rows);
        }
        Some(largest)
    }

    /// Returns whether rows are removed, so that a policy may shrink.
    pub fn removes(&self) -> bool {
        match self {
            Work::Push | Work::Batches(_) => false,
            Work::PushPop | Work::Walk(_) => true,
            Work::Trace(steps) => steps.iter().any(|(step, _)| matches!(step, Step::Pop | Step::Truncate(_))),
        }
    }
}

/// Returns the number of operations after which the array reaches its length, on average.
fn walk_steps(rows: u64, percent: u8) -> u64 {
    rows.saturating_mul(100) / (2 * u64::from(percent) - 100)
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Work::Push => f.write_str("rows pushed one by one"),
            Work::Batches(rows) => write!(f, "batches of {} rows", quantity::grouped(u128::from(*rows))),
            Work::PushPop => f.write_str("rows pushed one by one, then popped one by one"),
            Work::Walk(percent) => write!(f, "random pushes ({percent} %) and pops"),
            Work::Trace(steps) => write!(f, "a trace of {} lines", steps.len()),
        }
    }
}

/// Maximum number of rows of a trace: a larger number is a mistake.
const MOST_ROWS: u64 = 1_000_000_000_000;

fn parse_trace(text: &str) -> Result<Work, String> {
    let mut steps = Vec::new();
    let mut rows = 0_u64;
    for (number, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let fault = |found: &str| {
            format!(
                "line {}: {found}; examples: push, 1000 x push, pop, extend 5, reserve 8, reserve exact 8, \
                 truncate 3",
                number + 1
            )
        };
        let (times, operation) = match line.split_once(" x ") {
            Some((times, operation)) => {
                (quantity::count(times).map_err(|found| fault(&found))?, operation.trim())
            }
            None => (1, line),
        };
        let step = step(operation).map_err(|found| fault(&found))?;
        if let Step::Extend(rows) | Step::Reserve(rows) | Step::ReserveExact(rows) | Step::Truncate(rows) =
            step
            && rows > MOST_ROWS
        {
            return Err(format!("line {}: number too large; at most 10^12 rows", number + 1));
        }
        if step == Step::Pop && times > rows {
            return Err(format!("line {}: {times} pops of {rows} rows", number + 1));
        }
        steps.push((step, times));
        let total = Work::Trace(vec![(Step::Extend(rows), 1), (step, times)]).own_length();
        if total.is_none_or(|rows| rows > MOST_ROWS) {
            return Err(format!("line {}: more than 10^12 rows", number + 1));
        }
        rows = match step {
            Step::Push => rows + times,
            Step::Pop => rows - times,
            Step::Extend(more) => rows + more * times,
            Step::Truncate(to) => rows.min(to),
            Step::Reserve(_) | Step::ReserveExact(_) => rows,
        };
    }
    if steps.is_empty() {
        Err("no operations; write one on each line".into())
    } else {
        Ok(Work::Trace(steps))
    }
}

fn step(text: &str) -> Result<Step, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        ["push"] => Ok(Step::Push),
        ["pop"] => Ok(Step::Pop),
        ["extend", rows] => quantity::count(rows).map(Step::Extend),
        ["reserve", rows] => quantity::count(rows).map(Step::Reserve),
        ["reserve", "exact", rows] => quantity::count(rows).map(Step::ReserveExact),
        ["truncate", rows] => quantity::count(rows).map(Step::Truncate),
        _ => Err(format!("unknown operation {text:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use growable_nd::amortized::{Allocator, Recording, simulate};

    #[test]
    fn texts() {
        assert_eq!(Work::parse("push"), Ok(Work::Push));
        assert_eq!(Work::parse("batches:1e3"), Ok(Work::Batches(1000)));
        assert_eq!(Work::parse("walk:60%"), Ok(Work::Walk(60)));
        for wrong in [
            "",
            "pushes",
            "batches",
            "batches:0",
            "walk:50",
            "walk:101",
            "walk:x",
            "batches:1MiB",
            "batches:0",
        ] {
            assert!(Work::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn operations_of_a_trace_are_those_that_print() {
        let ops = [Op::Push, Op::Pop, Op::Extend(5), Op::Reserve(8), Op::ReserveExact(9), Op::Truncate(3)];
        let text: Vec<String> = ops.iter().map(ToString::to_string).collect();
        let work = parse_trace(&text.join("\n")).unwrap();
        assert_eq!(work.steps(0).collect::<Vec<_>>(), ops.map(|op| (op, 1)));
        let work = parse_trace("# a log\n1,000 x push\n\n10 x pop # and more\nextend 5").unwrap();
        assert_eq!(work.steps(0).collect::<Vec<_>>(), [(Op::Push, 1000), (Op::Pop, 10), (Op::Extend(5), 1)]);
        assert_eq!(work.own_length(), Some(1000));
    }

    #[test]
    fn the_recording_of_an_array_is_a_trace() {
        let mut array = growable_nd::GrowableNd::new([2]);
        let mut recording = Recording::new();
        for i in 0..3000_u64 {
            array.push_row([i, i]).unwrap();
            recording.record(Op::Push);
            if i % 7 == 0 {
                array.pop_row();
                recording.record(Op::Pop);
            }
            if i % 500 == 0 {
                array.reserve(40);
                recording.record(Op::Reserve(40));
            }
            if i % 1000 == 0 {
                array.truncate(100);
                recording.record(Op::Truncate(100));
            }
        }
        let work = parse_trace(&recording.to_string()).unwrap();
        assert!(work.steps(0).eq(recording.steps()));
        // The simulator repeats what the array has done.
        let totals = simulate(array.growth(), Allocator::AlwaysMoves, work.steps(0)).unwrap().totals;
        let stats = array.growth_stats();
        assert_eq!((totals.growths, totals.charged), (stats.growths.into(), stats.rows_copied.into()));
        assert_eq!((totals.rows, totals.capacity), (array.rows() as u64, array.capacity() as u64));
    }

    #[test]
    fn traces_that_are_none() {
        for wrong in [
            "",
            "pop",
            "push\n2 x pop",
            "extend",
            "extend -1",
            "10^13 x push",
            "x push",
            "push 5",
            "1e12 x extend 1e12",
        ] {
            assert!(parse_trace(wrong).is_err(), "{wrong:?}");
        }
        let fault = parse_trace("push\npull").unwrap_err();
        assert!(fault.starts_with("line 2: unknown operation \"pull\""), "{fault}");
        assert!(fault.contains("reserve exact 8"), "{fault}");
        for operation in ["extend", "reserve", "reserve exact", "truncate"] {
            let fault = parse_trace(&format!("{operation} 2000000000000")).unwrap_err();
            assert_eq!(fault, "line 1: number too large; at most 10^12 rows");
            let fault = parse_trace(&format!("{operation} 1e19")).unwrap_err();
            assert!(fault.starts_with("line 1: invalid count \"1e19\""), "{fault}");
        }
        assert!(parse_trace("reserve 1000000000000").is_ok());
    }

    #[test]
    fn every_workload_reaches_its_length() {
        for rows in [1, 7, 100, 1001] {
            for work in [Work::Push, Work::Batches(10), Work::PushPop] {
                let (mut now, mut largest) = (0, 0);
                for (op, times) in work.steps(rows) {
                    now = match op {
                        Op::Push => now + times,
                        Op::Extend(more) => now + more * times,
                        _ => now - times,
                    };
                    largest = largest.max(now);
                }
                assert_eq!(largest, rows, "{work}");
            }
        }
    }
}
