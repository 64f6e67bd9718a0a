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
            _ => 0,
        };
        let text = format!("{size:.digits$}");
        let text = if digits > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        return format!("{sign}{text}");
    }
    let exponent = size.log10().floor();
    let mantissa = format!("{:.2}", size / 10_f64.powf(exponent));
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
