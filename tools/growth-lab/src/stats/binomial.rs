//! The binomial distribution of a fair coin; sign test and interval of a median.

/// Returns the probability of at most `heads` heads in `tosses` tosses of a fair coin.
pub fn at_most(heads: usize, tosses: usize) -> f64 {
    // In logarithms: for a thousand tosses probabilities underflow.
    let mut ln_term = -(tosses as f64) * std::f64::consts::LN_2;
    let mut sum = ln_term.exp();
    for k in 1..=heads.min(tosses) {
        ln_term += ((tosses + 1 - k) as f64 / k as f64).ln();
        sum += ln_term.exp();
    }
    sum.min(1.0)
}

/// Tests whether positive and negative differences are equally probable. Returns the two-sided
/// probability of signs at least as uneven. Zeros are not counted.
pub fn sign_test(differences: &[f64]) -> f64 {
    let positive = differences.iter().filter(|&&difference| difference > 0.0).count();
    let negative = differences.iter().filter(|&&difference| difference < 0.0).count();
    (2.0 * at_most(positive.min(negative), positive + negative)).min(1.0)
}

/// Returns the median of sorted values: the mean of the middle two if their number is even.
pub fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => f64::NAN,
        len if len % 2 == 1 => sorted[len / 2],
        len => f64::midpoint(sorted[len / 2 - 1], sorted[len / 2]),
    }
}

/// Returns an interval that contains the median with a probability of at least 1 − `alpha`: two of
/// the sorted values, or all numbers if the values are too few.
pub fn median_interval(sorted: &[f64], alpha: f64) -> [f64; 2] {
    let len = sorted.len();
    // One more than the number of values that may be cut off at each end; 0 without an interval.
    let (mut cut, mut end) = (0, len.div_ceil(2));
    // Bisected, since the probability increases with the number of values, and is a long sum.
    while cut < end {
        let middle = usize::midpoint(cut, end);
        if 2.0 * at_most(middle, len) <= alpha { cut = middle + 1 } else { end = middle }
    }
    match cut.checked_sub(1) {
        Some(first) => [sorted[first], sorted[len - 1 - first]],
        None => [f64::NEG_INFINITY, f64::INFINITY],
    }
}

/// Returns a level for each probability: a hypothesis is rejected if its probability is at most its
/// level. The probability of rejecting any true hypothesis is then at most `alpha`.
pub fn holm(probabilities: &[f64], alpha: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&i, &j| probabilities[i].total_cmp(&probabilities[j]));
    let mut levels = vec![alpha; probabilities.len()];
    let mut left = probabilities.len();
    for index in order {
        levels[index] = alpha / left as f64;
        // After the first that is not rejected, none is: the other probabilities are larger, and
        // have the same level.
        if probabilities[index] <= levels[index] && left > 1 {
            left -= 1;
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums binomial coefficients as integers.
    fn at_most_exactly(heads: usize, tosses: usize) -> f64 {
        let mut row = vec![1_u128];
        for _ in 0..tosses {
            let next: Vec<u128> = row.windows(2).map(|pair| pair[0] + pair[1]).collect();
            row = [&[1], &next[..], &[1]].concat();
        }
        row[..=heads.min(tosses)].iter().sum::<u128>() as f64 / 2_f64.powi(tosses as i32)
    }

    #[test]
    fn probabilities_are_those_of_pascals_triangle() {
        for tosses in 0..=100 {
            for heads in 0..=tosses + 1 {
                let (found, expected) = (at_most(heads, tosses), at_most_exactly(heads, tosses));
                assert!((found - expected).abs() < 1e-12, "{heads} of {tosses}: {found} {expected}");
            }
        }
        assert!((at_most(5000, 10_001) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn intervals_are_those_of_the_tables() {
        // Conover, table A3: of 15 values the interval of 95 % is from the 4th to the 12th.
        let values: Vec<f64> = (1..=15).map(f64::from).collect();
        assert_eq!(median_interval(&values, 0.05), [4.0, 12.0]);
        let values: Vec<f64> = (1..=25).map(f64::from).collect();
        assert_eq!(median_interval(&values, 0.05), [8.0, 18.0]);
        // Five values give no interval at 95 %; six give one, from the smallest to the largest.
        assert_eq!(median_interval(&values[..5], 0.05), [f64::NEG_INFINITY, f64::INFINITY]);
        assert_eq!(median_interval(&values[..6], 0.05), [1.0, 6.0]);
        assert_eq!(median_interval(&[], 0.05), [f64::NEG_INFINITY, f64::INFINITY]);
    }

    #[test]
    fn intervals_cut_off_as_much_as_the_level_allows() {
        for len in 0..=200 {
            let values: Vec<f64> = (0_u32..).map(f64::from).take(len).collect();
            for alpha in [0.5, 0.05, 0.01, 1e-4] {
                let is_enough = |cut: &usize| 2.0 * at_most(*cut, len) <= alpha;
                let cut = (0..len.div_ceil(2)).take_while(is_enough).count();
                let all = [f64::NEG_INFINITY, f64::INFINITY];
                let expected = cut.checked_sub(1).map_or(all, |cut| [values[cut], values[len - 1 - cut]]);
                assert_eq!(median_interval(&values, alpha), expected, "{len}, {alpha}");
            }
        }
    }

    /// A search of quadratic time would not end.
    #[test]
    fn intervals_of_a_million_values() {
        let values: Vec<f64> = (0..1_000_000).map(f64::from).collect();
        let [low, high] = median_interval(&values, 0.01);
        // The ends are 2.576 √n / 2 from the middle.
        assert!((low - (500_000.0 - 1288.0)).abs() < 3.0 && low + high == 999_999.0, "{low} {high}");
    }

    #[test]
    fn signs() {
        assert_eq!(sign_test(&[]), 1.0);
        assert_eq!(sign_test(&[0.0, 0.0]), 1.0);
        assert_eq!(sign_test(&[1.0, -1.0]), 1.0);
        let is = |differences: &[f64], expected: f64| (sign_test(differences) - expected).abs() < 1e-12;
        assert!(is(&[1.0; 6], 2.0 / 64.0));
        assert!(is(&[-1.0, 0.0, -2.0, 3.0, -4.0], 2.0 * 5.0 / 16.0));
    }

    #[test]
    fn levels_rise_as_long_as_hypotheses_are_rejected() {
        assert_eq!(holm(&[0.01, 0.04, 0.03], 0.06), [0.02, 0.06, 0.03]);
        assert_eq!(holm(&[0.01, 0.04, 0.05], 0.06), [0.02, 0.03, 0.03]);
        assert_eq!(holm(&[0.5, 0.9], 0.05), [0.025, 0.025]);
        assert_eq!(holm(&[], 0.05), [0.0; 0]);
    }

    #[test]
    fn medians() {
        assert_eq!(median(&[1.0, 2.0, 9.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), 3.0);
        assert!(median(&[]).is_nan());
    }
}
