//! Verdicts on pairs of contenders.

use crate::stats::binomial::{holm, median, median_interval, sign_test};

/// Maximum probability of any false difference on a page if the rounds are independent. It is a
/// fifth of the acceptable probability, since rounds on a real machine are not quite independent.
pub const ALPHA: f64 = 0.01;

/// The values of one contender, one per round; `None` for a round that failed.
pub type Values = [Option<f64>];

/// The comparison of one contender with another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Number of rounds in which both were measured.
    pub rounds: usize,
    /// Median of the ratios within a round: above 1 if the values of the first are larger.
    pub ratio: f64,
    /// Interval of the median, at the level at which it is compared with 1: corrected for the
    /// number of comparisons on the page.
    pub interval: [f64; 2],
    pub verdict: Verdict,
}

impl Comparison {
    /// Returns whether there were enough rounds for an interval.
    pub fn has_interval(self) -> bool {
        let [low, high] = self.interval;
        low > 0.0 && high.is_finite()
    }

    /// Returns the comparison of the second contender with the first.
    pub fn inverse(self) -> Comparison {
        let [low, high] = self.interval;
        Comparison { ratio: 1.0 / self.ratio, interval: [1.0 / high, 1.0 / low], ..self }
    }
}

/// The verdict on a pair of contenders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// The interval excludes 1, and the ratio is farther from 1 than the noise.
    Different,
    /// The interval is within 1 ± the bound of equivalence.
    Equivalent,
    /// Neither is shown. About this many rounds would show one of them, if the median stays the
    /// same; `None` if it is beyond the bound of equivalence but within the noise.
    Undecided { rounds_needed: Option<usize> },
}

/// Two contenders to compare.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    pub left: &'a Values,
    pub right: &'a Values,
    /// The apparent ratio between a contender and itself: smaller differences are not claimed.
    pub noise: f64,
}

/// Compares pairs of contenders on one page.
///
/// `equivalence` is a share: ratios from 1/(1 + `equivalence`) to 1 + `equivalence` count as equal.
pub fn compare(pairs: &[Pair<'_>], equivalence: f64) -> Vec<Comparison> {
    let differences: Vec<Vec<f64>> = pairs.iter().map(|pair| differences(pair.left, pair.right)).collect();
    let tests: Vec<f64> = differences.iter().map(|sorted| sign_test(sorted)).collect();
    let levels = holm(&tests, ALPHA);
    let alpha = ALPHA / pairs.len().max(1) as f64;
    let bound = equivalence.ln_1p();
    let of_pair = |((pair, sorted), level): ((&Pair<'_>, &Vec<f64>), f64)| {
        let (middle, interval) = (median(sorted), median_interval(sorted, level));
        // Equality is a claim about all pairs at once, whichever tests were rejected.
        let [low, high] = median_interval(sorted, alpha);
        let is_equivalent = -bound <= low && high <= bound;
        let is_beyond_noise = middle.abs() > pair.noise.ln().abs();
        let is_different = is_beyond_noise && (interval[0] > 0.0 || interval[1] < 0.0);
        let verdict = if is_equivalent {
            Verdict::Equivalent
        } else if is_different {
            Verdict::Different
        } else {
            let is_decidable = is_beyond_noise || middle.abs() <= bound;
            let rounds = || rounds_needed(sorted, alpha, bound, is_beyond_noise);
            Verdict::Undecided { rounds_needed: is_decidable.then(rounds) }
        };
        Comparison { rounds: sorted.len(), ratio: middle.exp(), interval: interval.map(f64::exp), verdict }
    };
    pairs.iter().zip(&differences).zip(levels).map(of_pair).collect()
}

/// Returns the minimum number of rounds that give each of `pairs` pairs an interval: that between
/// the extremes of all rounds.
pub fn rounds_for_intervals(pairs: usize) -> usize {
    // All rounds of a pair are on one side of the median: with one round always, with each further
    // round half as often.
    let (mut rounds, mut misses) = (1, pairs as f64);
    while misses > ALPHA {
        misses /= 2.0;
        rounds += 1;
    }
    rounds
}

/// Returns the differences of logarithms in rounds that have both values, sorted.
fn differences(left: &Values, right: &Values) -> Vec<f64> {
    let pairs = left.iter().zip(right).filter_map(|(left, right)| Some((left.as_ref()?, right.as_ref()?)));
    let mut differences: Vec<f64> = pairs
        .map(|(left, right)| left.ln() - right.ln())
        .filter(|difference| difference.is_finite())
        .collect();
    differences.sort_by(f64::total_cmp);
    differences
}

/// Estimates the number of rounds after which the interval probably excludes zero or is within the
/// bound. An interval shrinks with the square root of the number of rounds. Within the noise no
/// difference can be shown, only equality.
fn rounds_needed(sorted: &[f64], alpha: f64, bound: f64, is_beyond_noise: bool) -> usize {
    /// With fewer rounds the quartiles are too uncertain.
    const FEWEST: usize = 25;
    /// More rounds than anyone would run.
    const MOST: f64 = 1e6;
    /// In standard errors. The median itself varies: with this margin the end of the interval is on
    /// the right side of the limit nine times of ten.
    const MARGIN: f64 = 1.28;
    if sorted.len() < 4 {
        return FEWEST;
    }
    // From the quartiles, since the interval may be infinite: for a normal distribution the
    // standard error of the median is 1.253 σ / √n, and the quartiles are 1.349 σ apart.
    let quartile = |quarter: usize| sorted[(sorted.len() - 1) * quarter / 4];
    let deviation = (quartile(3) - quartile(1)) / 1.349;
    let middle = median(sorted).abs();
    let to_equal = bound - middle;
    let half_width = if is_beyond_noise { middle.max(to_equal) } else { to_equal };
    let errors = (normal_quantile(alpha) + MARGIN) * 1.253 * deviation / half_width;
    (errors * errors).min(MOST).ceil().max(FEWEST.max(sorted.len() + 1) as f64) as usize
}

/// Returns the two-sided quantile of the normal distribution, within a few per cent: M. Abramowitz
/// and I. A. Stegun, Handbook of Mathematical Functions, 26.2.22.
fn normal_quantile(alpha: f64) -> f64 {
    let t = (-2.0 * (alpha / 2.0).ln()).sqrt();
    t - (2.30753 + 0.27061 * t) / (1.0 + 0.99229 * t + 0.04481 * t * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::self_test::normal;

    fn values(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().map(|&value| Some(value)).collect()
    }

    fn one(left: &[f64], right: &[f64], equivalence: f64) -> Comparison {
        compare(&[Pair { left: &values(left), right: &values(right), noise: 1.0 }], equivalence)[0]
    }

    #[test]
    fn a_machine_that_slows_down_is_slower_for_both() {
        // The load rises by a factor of a thousand; the difference within each round is 5 %.
        let right: Vec<f64> = (0..20).map(|round| 1.4_f64.powi(round)).collect();
        let left: Vec<f64> = right.iter().map(|value| value * 1.05).collect();
        let comparison = one(&left, &right, 0.02);
        assert_eq!(comparison.verdict, Verdict::Different);
        assert!((comparison.ratio - 1.05).abs() < 1e-9);
    }

    #[test]
    fn equal_values_are_equivalent_and_few_are_undecided() {
        assert_eq!(one(&[2.0; 30], &[2.0; 30], 0.02).verdict, Verdict::Equivalent);
        let few = one(&[2.0, 3.0], &[1.0, 1.0], 0.02);
        assert!(matches!(few.verdict, Verdict::Undecided { rounds_needed: Some(25) }));
        assert_eq!(few.interval, [0.0, f64::INFINITY]);
        assert!(one(&[], &[], 0.02).ratio.is_nan());
    }

    #[test]
    fn no_difference_below_the_noise_is_claimed() {
        let (left, right) = (values(&[1.03; 40]), values(&[1.0; 40]));
        let claim = |noise| compare(&[Pair { left: &left, right: &right, noise }], 0.01)[0].verdict;
        assert_eq!(claim(1.02), Verdict::Different);
        // No number of rounds would change that.
        assert_eq!(claim(1.04), Verdict::Undecided { rounds_needed: None });
        assert_eq!(claim(1.0 / 1.04), Verdict::Undecided { rounds_needed: None });
    }

    /// Draws the logarithms of ratios: normal, with this mean, and a standard deviation of 5 %.
    fn logarithms(mean: f64, rounds: usize, random: &mut fastrand::Rng) -> Vec<f64> {
        (0..rounds).map(|_| mean + 0.05 * normal(random)).collect()
    }

    #[test]
    fn the_announced_rounds_would_probably_decide() {
        const PAGES: usize = 300;
        let mut random = fastrand::Rng::with_seed(3);
        let compared = |logarithms: &[f64]| {
            let ratios: Vec<f64> = logarithms.iter().map(|logarithm| logarithm.exp()).collect();
            one(&ratios, &vec![1.0; ratios.len()], 0.02).verdict
        };
        // Equality has two limits, so it is decided less often.
        for (mean, least) in [(0.03, 80), (0.05, 80), (0.0, 65)] {
            let mut sample = logarithms(mean, 100_000, &mut random);
            sample.sort_by(f64::total_cmp);
            // A hundred values that represent the distribution: their median and quartiles count.
            let hundred: Vec<f64> = sample.chunks(1000).map(|chunk| chunk[500]).collect();
            let rounds = rounds_needed(&hundred, ALPHA, 0.02_f64.ln_1p(), true);
            let decided = (0..PAGES).filter(|_| {
                let verdict = compared(&logarithms(mean, rounds, &mut random));
                !matches!(verdict, Verdict::Undecided { .. })
            });
            let percent = 100 * decided.count() / PAGES;
            assert!(percent >= least, "{mean}: {percent} % with {rounds} rounds");
        }
    }

    #[test]
    fn no_difference_within_the_noise_is_planned() {
        // The ratios are within the bound of equivalence, and near it.
        let left: Vec<f64> = (0..41).map(|round| 1.019 + 0.01 * f64::from(round - 20)).collect();
        let (left, right) = (values(&left), values(&[1.0; 41]));
        let needed = |noise| match compare(&[Pair { left: &left, right: &right, noise }], 0.02)[0].verdict {
            Verdict::Undecided { rounds_needed: Some(rounds) } => rounds,
            verdict => panic!("{verdict:?}"),
        };
        // A difference is shown sooner than equality, if one can be claimed.
        assert!(needed(1.03) > 100 * needed(1.0), "{} {}", needed(1.03), needed(1.0));
    }

    #[test]
    fn rounds_for_an_interval() {
        // Two policies on one heap, and fourteen on three heaps: the numbers of the README.
        for (pairs, fewest) in [(1, 8), (3 * 14 * 13 / 2, 16)] {
            assert_eq!(rounds_for_intervals(pairs), fewest);
            for (rounds, is_enough) in [(fewest - 1, false), (fewest, true)] {
                let (left, right) = (values(&vec![2.0; rounds]), values(&vec![1.0; rounds]));
                let pairs = vec![Pair { left: &left, right: &right, noise: 1.0 }; pairs];
                assert!(compare(&pairs, 0.02).iter().all(|found| found.has_interval() == is_enough));
            }
        }
    }

    #[test]
    fn an_interval_that_contains_1_claims_nothing() {
        // The sign test does not count ties: it alone would claim a difference.
        let left: Vec<f64> = (0..40).map(|round| if round < 13 { 1.0 } else { 1.5 }).collect();
        let comparison = one(&left, &[1.0; 40], 0.02);
        assert_eq!((comparison.interval, comparison.ratio), ([1.0, 1.5], 1.5));
        assert!(matches!(comparison.verdict, Verdict::Undecided { .. }), "{comparison:?}");
    }

    #[test]
    fn lost_rounds_are_left_out() {
        let mut left = values(&[2.0; 30]);
        left[3] = None;
        let right = values(&[1.0; 30]);
        let comparison = compare(&[Pair { left: &left, right: &right, noise: 1.0 }], 0.02)[0];
        assert_eq!((comparison.rounds, comparison.ratio), (29, 2.0));
    }

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (alpha, expected) in [(0.05, 1.960), (0.01, 2.576), (0.001, 3.291)] {
            assert!((normal_quantile(alpha) - expected).abs() < 0.01);
        }
    }
}
