//! Numbers as texts. None is rounded without the word "about".

use crate::numbers::{amount, raised};
pub use crate::numbers::{grouped, power_of_ten};
use growable_nd::Ratio;

/// A fraction, or its approximate value if it is too long to read.
pub fn fraction(ratio: Ratio) -> String {
    const LONGEST: usize = 32;
    let exact = amount(ratio);
    if exact.len() <= LONGEST { exact } else { about(ratio.to_f64()) }
}

/// A rounded number after the word "about".
pub fn about(number: f64) -> String {
    format!("about {}", rounded(number))
}

/// A number rounded to at most three digits after the point, or to three digits in all.
pub fn rounded(number: f64) -> String {
    let sign = if number < 0.0 { "−" } else { "" };
    let size = number.abs();
    if size < 1e6 {
        let digits = match size {
            ..10.0 => 3,
            ..100.0 => 2,
            _ => return format!("{sign}{}", grouped(size.round() as u64)),
        };
        let text = format!("{size:.digits$}");
        return format!("{sign}{}", text.trim_end_matches('0').trim_end_matches('.'));
    }
    let mut exponent = size.log10().floor();
    let mut mantissa = format!("{:.2}", size / 10_f64.powf(exponent));
    if mantissa == "10.00" {
        (mantissa, exponent) = ("1.00".into(), exponent + 1.0);
    }
    format!("{sign}{}·10{}", mantissa.trim_end_matches('0').trim_end_matches('.'), raised(exponent as i32))
}

/// The text at a tick, which is exact: `5`, `0.25`, `20,000`, `5·10⁶`.
pub fn tick(value: f64) -> String {
    if value.abs() >= 1e5 {
        let exponent = (value.abs().log10() + 1e-9).floor();
        let mantissa = trimmed(value / 10_f64.powf(exponent));
        let digits = value / 10_f64.powf(exponent) * 1000.0;
        if (digits - digits.round()).abs() > 1e-6 {
            return grouped(value.round() as u128);
        }
        return match mantissa.as_str() {
            "1" => power_of_ten(exponent as i32),
            mantissa => format!("{mantissa}·{}", power_of_ten(exponent as i32)),
        };
    }
    if value >= 1e3 {
        return grouped(value.round() as u64);
    }
    trimmed(value)
}

fn trimmed(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.replace('-', "−")
}

/// A nearby floating-point number, for places in a picture.
pub fn float(number: impl Into<u128>) -> f64 {
    number.into() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_numbers_have_commas_and_one_digit_before_the_point() {
        for (number, text) in [
            (0.0, "0"),
            (2.0 / 3.0, "0.667"),
            (99.5, "99.5"),
            (123.4, "123"),
            (-12_345.6, "−12,346"),
            (999_999.4, "999,999"),
            (1e6, "1·10⁶"),
            (9_994_999.0, "9.99·10⁶"),
            (9_999_999.0, "1·10⁷"),
        ] {
            assert_eq!(rounded(number), text);
        }
    }
}
