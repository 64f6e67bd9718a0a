//! Tests of the verdicts: pages of simulated noise, with and without a planted difference.

use crate::stats::compare::{Pair, Verdict, compare};

/// A setting of simulated pages.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub contenders: usize,
    pub rounds: usize,
    /// Standard deviation of the logarithm of a value within a round.
    pub noise: f64,
    /// The share by which the first contender is slower.
    pub planted: f64,
}

/// The claims of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub pages: usize,
    /// Pages with any false claim: a difference between equal contenders, a difference in the wrong
    /// direction, or equality of contenders that differ by more than the bound.
    pub with_false_claims: usize,
    /// Pages that claim the planted difference against every other contender.
    pub found: usize,
}

impl Outcome {
    /// Returns whether clearly more than one page in a hundred has a false claim: by three standard
    /// errors of a share of 1 %.
    pub fn has_too_many_false_claims(self) -> bool {
        let pages = self.pages as f64;
        100.0 * self.with_false_claims as f64 / pages > 1.0 + 3.0 * (99.0 / pages).sqrt()
    }
}

/// Equivalence in the simulation, as a share.
const EQUIVALENCE: f64 = 0.02;

/// Simulates pages with one value per contender and round.
///
/// The machine is slower in some rounds, for all contenders. One value in twenty is interrupted.
pub fn simulate(setting: Setting, pages: usize, random: &mut fastrand::Rng) -> Outcome {
    let mut outcome = Outcome { pages, ..Outcome::default() };
    for _ in 0..pages {
        let page = page(setting, random);
        outcome.with_false_claims += usize::from(page.is_false);
        outcome.found += usize::from(page.is_found);
    }
    outcome
}

struct Page {
    is_false: bool,
    is_found: bool,
}

fn page(setting: Setting, random: &mut fastrand::Rng) -> Page {
    let Setting { contenders, rounds, noise, planted } = setting;
    let mut values = vec![Vec::with_capacity(rounds); contenders];
    let mut twin = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let load = (0.3 * normal(random)).exp();
        let mut value = |slower: f64| {
            let preempted = if random.u8(..) < 13 { 1.0 + random.f64() } else { 1.0 };
            Some(load * slower * (noise * normal(random)).exp() * preempted)
        };
        for (index, values) in values.iter_mut().enumerate() {
            values.push(value(if index == 0 { 1.0 + planted } else { 1.0 }));
        }
        twin.push(value(1.0));
    }
    let last = &values[contenders - 1][..];
    let noise = compare(&[Pair { left: &twin, right: last, noise: 1.0 }], EQUIVALENCE)[0].ratio;
    let pairs: Vec<(usize, usize)> =
        (0..contenders).flat_map(|i| (i + 1..contenders).map(move |j| (i, j))).collect();
    let compared: Vec<_> =
        pairs.iter().map(|&(i, j)| Pair { left: &values[i], right: &values[j], noise }).collect();
    let comparisons = compare(&compared, EQUIVALENCE);
    let (mut is_false, mut is_found) = (false, true);
    for (&(i, _), comparison) in pairs.iter().zip(&comparisons) {
        let truly = if i == 0 { planted } else { 0.0 };
        let claims_slower = comparison.verdict == Verdict::Different && comparison.ratio > 1.0;
        is_false |= match comparison.verdict {
            Verdict::Different => truly == 0.0 || comparison.ratio < 1.0,
            Verdict::Equivalent => truly > EQUIVALENCE,
            Verdict::Undecided { .. } => false,
        };
        is_found &= i > 0 || claims_slower;
    }
    Page { is_false, is_found: is_found && planted > 0.0 }
}

/// Draws from the standard normal distribution: G. E. P. Box and M. E. Muller, A note on the
/// generation of random normal deviates, Annals of Mathematical Statistics 29, 1958.
pub(super) fn normal(random: &mut fastrand::Rng) -> f64 {
    let radius = (-2.0 * (1.0 - random.f64()).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.f64()).cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: usize = 400;

    fn outcome(contenders: usize, rounds: usize, noise: f64, planted: f64) -> Outcome {
        simulate(Setting { contenders, rounds, noise, planted }, PAGES, &mut fastrand::Rng::with_seed(7))
    }

    #[test]
    fn more_than_one_page_in_a_hundred_is_too_many() {
        // The standard error of a share of 1 % is 0.57 % with 300 pages.
        for (pages, with_false_claims, expected) in
            [(300, 8, false), (300, 9, true), (10_000, 129, false), (10_000, 130, true)]
        {
            let outcome = Outcome { pages, with_false_claims, found: 0 };
            assert_eq!(outcome.has_too_many_false_claims(), expected, "{outcome:?}");
        }
    }

    #[test]
    fn at_most_one_page_in_a_hundred_claims_something_false() {
        for (contenders, rounds) in [(2, 5), (2, 25), (9, 9), (9, 25), (9, 101), (14, 51)] {
            for noise in [0.005, 0.02, 0.05, 0.2] {
                let outcome = outcome(contenders, rounds, noise, 0.0);
                assert!(
                    !outcome.has_too_many_false_claims(),
                    "{contenders} of {rounds} rounds, {noise}: {outcome:?}"
                );
            }
        }
    }

    #[test]
    fn a_planted_difference_is_found_with_enough_rounds() {
        // A difference of 5 % with noise of 5 % takes a hundred rounds among nine contenders; with
        // less noise few.
        assert!(outcome(9, 201, 0.05, 0.05).found > PAGES * 9 / 10);
        assert!(outcome(9, 31, 0.01, 0.05).found > PAGES * 9 / 10);
        assert!(outcome(2, 75, 0.05, 0.05).found > PAGES * 8 / 10);
        assert!(!outcome(9, 151, 0.05, 0.05).has_too_many_false_claims());
    }

    #[test]
    fn more_rounds_find_more() {
        let found = [25, 51, 101, 201].map(|rounds| outcome(9, rounds, 0.05, 0.03).found);
        assert!(found.is_sorted(), "{found:?}");
    }
}
