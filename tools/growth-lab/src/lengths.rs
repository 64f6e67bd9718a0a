//! The lengths of the arrays: one number of rows, a range, or a histogram.

use crate::quantity;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs;

/// A distribution of numbers of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Lengths {
    /// One length: one phase of the cycle of a growth policy.
    Exactly(u64),
    /// The logarithm is uniform: each doubling is equally likely.
    LogUniform(u64, u64),
    Uniform(u64, u64),
    /// Numbers of rows, ascending, with their weights.
    Histogram(Vec<(u64, f64)>),
}

impl Lengths {
    /// Parses `1e6`, `1e4..1e6`, `uniform:10..10000`, `64KiB..64MiB`, or `@file` with a number of
    /// rows and a weight on each line.
    pub fn parse(text: &str, row_bytes: u64) -> Result<Lengths, String> {
        if let Some(path) = text.strip_prefix('@') {
            let lines = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
            return histogram(&lines).map_err(|fault| format!("{path}: {fault}"));
        }
        let (is_uniform, range) = text.strip_prefix("uniform:").map_or((false, text), |range| (true, range));
        let Some((from, to)) = range.split_once("..") else {
            return Ok(Lengths::Exactly(quantity::rows(range, row_bytes)?));
        };
        let (from, to) = (quantity::rows(from, row_bytes)?, quantity::rows(to, row_bytes)?);
        match from.cmp(&to) {
            std::cmp::Ordering::Greater => {
                Err(format!("range {text:?} descends; write the smaller number first"))
            }
            std::cmp::Ordering::Equal => Ok(Lengths::Exactly(from)),
            std::cmp::Ordering::Less if is_uniform => Ok(Lengths::Uniform(from, to)),
            std::cmp::Ordering::Less => Ok(Lengths::LogUniform(from, to)),
        }
    }

    /// Returns the quantile of the lengths for a share in `0.0..1.0`.
    pub fn at(&self, quantile: f64) -> u64 {
        match self {
            Lengths::Exactly(rows) => *rows,
            &Lengths::LogUniform(from, to) => {
                let (low, high) = ((from as f64).ln(), (to as f64).ln());
                ((low + quantile * (high - low)).exp().round() as u64).clamp(from, to)
            }
            &Lengths::Uniform(from, to) => (from + (quantile * (to - from + 1) as f64) as u64).min(to),
            Lengths::Histogram(bins) => {
                let total: f64 = bins.iter().map(|(_, weight)| weight).sum();
                let mut below = 0.0;
                let bin = bins.iter().find(|(_, weight)| {
                    below += weight;
                    quantile * total < below
                });
                bin.or(bins.last()).map_or(1, |(rows, _)| *rows)
            }
        }
    }

    /// Returns the shortest and the longest length.
    pub fn range(&self) -> (u64, u64) {
        match self {
            Lengths::Exactly(rows) => (*rows, *rows),
            Lengths::LogUniform(from, to) | Lengths::Uniform(from, to) => (*from, *to),
            Lengths::Histogram(bins) => {
                (bins.first().map_or(1, |bin| bin.0), bins.last().map_or(1, |bin| bin.0))
            }
        }
    }

    /// Returns whether arrays may have this length.
    pub fn contains(&self, length: u64) -> bool {
        let (from, to) = self.range();
        match self {
            Lengths::Histogram(bins) => bins.binary_search_by_key(&length, |bin| bin.0).is_ok(),
            _ => (from..=to).contains(&length),
        }
    }

    /// Samples the distribution at `count` lengths of equal weight.
    pub fn sample(&self, count: u32) -> impl Iterator<Item = u64> {
        (0..count).map(move |index| self.at((f64::from(index) + 0.5) / f64::from(count)))
    }
}

impl fmt::Display for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grouped = |rows: &u64| quantity::grouped(u128::from(*rows));
        match self {
            Lengths::Exactly(1) => f.write_str("exactly 1 row"),
            Lengths::Exactly(rows) => write!(f, "exactly {} rows", grouped(rows)),
            Lengths::LogUniform(from, to) => {
                write!(f, "{} to {} rows, their logarithm uniform", grouped(from), grouped(to))
            }
            Lengths::Uniform(from, to) => write!(f, "{} to {} rows, uniform", grouped(from), grouped(to)),
            Lengths::Histogram(bins) => write!(f, "a histogram of {} lengths", bins.len()),
        }
    }
}

/// Parses a number of rows and a weight from each line. `#` begins a comment; empty lines are
/// skipped.
fn histogram(text: &str) -> Result<Lengths, String> {
    let mut bins = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let fault = || format!("line {}: {line:?} is not a number of rows and a weight", number + 1);
        let mut fields = line.split([' ', '\t', ';']).filter(|field| !field.is_empty());
        let (Some(rows), Some(weight), None) = (fields.next(), fields.next(), fields.next()) else {
            return Err(fault());
        };
        let rows = quantity::count(rows).ok().filter(|&rows| rows > 0).ok_or_else(fault)?;
        let weight = weight.parse().ok().filter(|weight: &f64| weight.is_finite() && *weight > 0.0);
        bins.push((rows, weight.ok_or_else(fault)?));
    }
    bins.sort_by_key(|bin| bin.0);
    if !bins.iter().map(|bin| bin.1).sum::<f64>().is_finite() {
        return Err("the sum of the weights overflows; write smaller weights".into());
    }
    if bins.is_empty() {
        Err("no lengths; write a number of rows and a weight on each line".into())
    } else {
        Ok(Lengths::Histogram(bins))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let parse = |text| Lengths::parse(text, 24);
        assert_eq!(parse("1e6"), Ok(Lengths::Exactly(1_000_000)));
        assert_eq!(parse("10..10000"), Ok(Lengths::LogUniform(10, 10_000)));
        assert_eq!(parse("uniform:10..1,000"), Ok(Lengths::Uniform(10, 1000)));
        assert_eq!(parse("24KiB..48KiB"), Ok(Lengths::LogUniform(1024, 2048)));
        assert_eq!(parse("7..7"), Ok(Lengths::Exactly(7)));
        for wrong in ["", "..", "1..", "9..3", "uniform:", "0..5", "1..NaN", "@/no/such/file"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn quantiles_stay_in_the_range_and_ascend() {
        let distributions = [
            Lengths::Exactly(5),
            Lengths::LogUniform(10, 1000),
            Lengths::Uniform(3, 5),
            histogram("10 1\n1e3 2 # many\n\n20; 1").unwrap(),
        ];
        for lengths in distributions {
            let (from, to) = lengths.range();
            let all: Vec<u64> = lengths.sample(1000).collect();
            assert!(all.is_sorted() && all.iter().all(|rows| (from..=to).contains(rows)), "{lengths}");
            assert_eq!((lengths.at(0.0), lengths.at(1.0 - 1e-12)), (from, to));
        }
        let uniform = Lengths::Uniform(3, 5);
        assert_eq!(uniform.sample(3).collect::<Vec<_>>(), [3, 4, 5]);
        let bins = histogram("1 1\n2 3").unwrap();
        assert_eq!(bins.sample(4).collect::<Vec<_>>(), [1, 2, 2, 2]);
    }

    #[test]
    fn histograms_that_are_none() {
        for wrong in ["", "# nothing", "10", "10 x", "10 -1", "0 1", "10 1 1", "10 NaN"] {
            assert!(histogram(wrong).is_err(), "{wrong:?}");
        }
        let fault = histogram("10 1e308\n20 1e308").unwrap_err();
        assert!(fault.starts_with("the sum of the weights overflows"), "{fault}");
        assert!(histogram("10 1e307\n20 1e308").is_ok());
    }
}
