//! The time of every single push, from extra builds: a clock around each push would disturb the
//! rounds.

use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Builds per policy and heap whose pushes are timed one by one, each in its own process and at its
/// own length.
pub const BUILDS: usize = 5;

/// Buckets per doubling: the ends of a bucket are at most 6 % apart.
const BUCKETS: u64 = 16;

/// Number of buckets for all times of 64 bits.
const ALL_BUCKETS: usize = 61 * BUCKETS as usize;

/// Readings of the clock; their median is its cost.
const READINGS: usize = 1001;

/// A histogram of the times of pushes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushTimes {
    /// Numbers of the buckets that are not empty, ascending, with their counts. Bucket `b` holds
    /// `b` nanoseconds up to 31; from 16 on it holds the times whose quotient by 2^(b / 16 - 1) is
    /// b % 16 + 16.
    pub counts: Vec<(u64, u64)>,
    /// The slowest push, exactly.
    pub worst_ns: u64,
    /// The cost of the clock, which each time includes.
    pub clock_ns: u64,
}

impl PushTimes {
    /// Returns the number of pushes.
    pub fn pushes(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// Adds the times of another build.
    pub fn add(&mut self, other: &PushTimes) {
        for &(bucket, count) in &other.counts {
            match self.counts.binary_search_by_key(&bucket, |&(bucket, _)| bucket) {
                Ok(place) => self.counts[place].1 += count,
                Err(place) => self.counts.insert(place, (bucket, count)),
            }
        }
        self.worst_ns = self.worst_ns.max(other.worst_ns);
        self.clock_ns = self.clock_ns.max(other.clock_ns);
    }

    /// Returns the time within which this share of the pushes was done, at most 1/16 too large.
    /// `None` if less than one push took longer.
    pub fn percentile(&self, share: f64) -> Option<u64> {
        let pushes = self.pushes() as f64;
        // The share is rounded: one in ten thousand is not quite 1 - 0.9999.
        if pushes * (1.0 - share) < 1.0 - 1e-9 {
            return None;
        }
        let mut done = 0;
        let bucket = self.counts.iter().find_map(|&(bucket, count)| {
            done += count;
            (done as f64 >= share * pushes).then_some(bucket)
        });
        Some(last_of(bucket?).min(self.worst_ns))
    }
}

/// Counts times in buckets that exist from the beginning: counting allocates nothing.
#[derive(Debug)]
pub struct Counter {
    counts: Vec<u64>,
    worst_ns: u64,
    clock_ns: u64,
}

impl Counter {
    pub fn empty() -> Counter {
        // Filled with ones first: pages of zeros would be mapped while the clock runs.
        let mut counts = black_box(vec![1; ALL_BUCKETS]);
        counts.fill(0);
        Counter { counts, worst_ns: 0, clock_ns: clock_cost() }
    }

    pub fn count(&mut self, time: Duration) {
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        let place = usize::try_from(bucket_of(nanoseconds)).unwrap_or(usize::MAX);
        if let Some(count) = self.counts.get_mut(place) {
            *count += 1;
        }
        self.worst_ns = self.worst_ns.max(nanoseconds);
    }

    pub fn times(&self) -> PushTimes {
        let counts = (0_u64..).zip(self.counts.iter().copied()).filter(|&(_, count)| count > 0).collect();
        PushTimes { counts, worst_ns: self.worst_ns, clock_ns: self.clock_ns }
    }
}

fn clock_cost() -> u64 {
    let once = || u64::try_from(black_box(Instant::now()).elapsed().as_nanos()).unwrap_or(u64::MAX);
    let mut readings: Vec<u64> = (0..READINGS).map(|_| once()).collect();
    readings.sort_unstable();
    readings[READINGS / 2]
}

fn bucket_of(nanoseconds: u64) -> u64 {
    let shift = u64::from(nanoseconds.max(1).ilog2().saturating_sub(BUCKETS.ilog2()));
    BUCKETS * shift + (nanoseconds >> shift)
}

/// Returns the largest time of a bucket.
fn last_of(bucket: u64) -> u64 {
    if bucket < 2 * BUCKETS {
        return bucket;
    }
    let (shift, first) = (bucket / BUCKETS - 1, bucket % BUCKETS + BUCKETS);
    (first << shift) + ((1 << shift) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_is_in_the_bucket_that_ends_after_it() {
        let powers = (0..64).map(|shift| 1_u64 << shift);
        let times = powers.flat_map(|power| [power - 1, power, power + power / 3, power + (power - 1)]);
        for time in (0..5000).chain(times).chain([u64::MAX]) {
            let bucket = bucket_of(time);
            assert!(bucket < ALL_BUCKETS as u64 && time <= last_of(bucket), "{time}");
            assert!(last_of(bucket) - time <= time / BUCKETS, "{time} is far from {}", last_of(bucket));
            assert!(bucket == 0 || last_of(bucket - 1) < time, "{time}");
        }
    }

    #[test]
    fn percentiles_of_builds_together() {
        let times = |all: std::ops::Range<u64>| {
            let mut counter = Counter::empty();
            all.for_each(|time| counter.count(Duration::from_nanos(time)));
            counter.times()
        };
        let mut merged = times(0..500);
        merged.add(&times(500..1000));
        let all = times(0..1000);
        assert_eq!((&merged.counts, merged.worst_ns, merged.pushes()), (&all.counts, 999, 1000));
        let near = |share, wanted: u64| {
            all.percentile(share).is_some_and(|found| (wanted..=wanted + wanted / 16).contains(&found))
        };
        assert!(near(0.5, 499) && near(0.9, 899) && near(0.99, 989), "{all:?}");
        // Of a thousand pushes none is in the slowest ten-thousandth.
        assert_eq!(all.percentile(0.9999), None);
        assert_eq!(PushTimes::default().percentile(0.5), None);
    }
}
