//! Counters of operations and injected faults, shared by all workers, and their report.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Count {
    Calls,
    RowsChecked,
    Lives,
    Flushes,
    Acknowledged,
    Reads,
    Repeated,
    Parses,
    Refused,
    OutOfMemory,
    FailedCalls,
    Kills,
    FullDisks,
    SizeLimits,
    Damaged,
    Found,
}

use Count::*;

const OPERATIONS: &[(Count, &str)] = &[
    (Calls, "calls that build and change arrays"),
    (RowsChecked, "rows compared with the model"),
    (Lives, "processes that appended to a file"),
    (Flushes, "flushes that were acknowledged"),
    (Reads, "files read while they were written"),
    (Repeated, "reads repeated because the header was being written"),
    (Parses, "parses of damaged files, with at most 32 MiB of memory"),
];

const FAULTS: &[(Count, &str)] = &[
    (Refused, "allocations refused at random, at least"),
    (FailedCalls, "calls and appended rows that failed for want of memory"),
    (OutOfMemory, "of these, under a memory limit of 32 MiB"),
    (Kills, "processes killed"),
    (FullDisks, "full disks"),
    (SizeLimits, "limits of a file's size"),
    (Damaged, "files damaged"),
];

/// First word of the line in which a child process prints its counters.
const WORD: &str = "counted";

#[derive(Default)]
pub struct Tally([AtomicU64; Found as usize + 1]);

impl Tally {
    pub fn add(&self, count: Count, number: u64) {
        self.0[count as usize].fetch_add(number, Ordering::Relaxed);
    }

    pub fn get(&self, count: Count) -> u64 {
        self.0[count as usize].load(Ordering::Relaxed)
    }

    /// Prints the counters of a child process.
    pub fn print(&self) {
        let numbers: Vec<String> =
            self.0.iter().map(|number| number.load(Ordering::Relaxed).to_string()).collect();
        println!("{WORD} {}", numbers.join(" "));
    }

    /// Adds the counters that a child process has printed.
    pub fn add_printed(&self, output: &str) {
        for line in output.lines().filter_map(|line| line.strip_prefix(WORD)) {
            for (sum, number) in self.0.iter().zip(line.split_whitespace()) {
                sum.fetch_add(number.parse().unwrap_or(0), Ordering::Relaxed);
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (title, counts) in [("operations", OPERATIONS), ("faults injected", FAULTS)] {
            writeln!(f, "\n{title}")?;
            for &(count, name) in counts {
                writeln!(f, "{:>16}  {name}", grouped(self.get(count)))?;
            }
        }
        let (acknowledged, found) = (self.get(Acknowledged), self.get(Found));
        writeln!(f, "\nrows in files")?;
        for (number, name) in [
            (acknowledged, "acknowledged by a flush"),
            (found, "found afterwards, and right"),
            // The counters of a running worker may be between two additions.
            (acknowledged.saturating_sub(found), "lost"),
        ] {
            writeln!(f, "{:>16}  {name}", grouped(number))?;
        }
        Ok(())
    }
}

/// Groups the digits of a number by spaces.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let (head, tail) = digits.split_at(digits.len() % 3);
    let groups = tail.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let groups: Vec<_> = (!head.is_empty()).then(|| head.into()).into_iter().chain(groups).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_between_two_additions() {
        let tally = Tally::default();
        tally.add(Found, 1000);
        assert!(
            tally
                .to_string()
                .ends_with("           1 000  found afterwards, and right\n               0  lost\n")
        );
    }
}
