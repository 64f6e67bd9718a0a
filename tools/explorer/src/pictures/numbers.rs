//! Numbers as texts. None is rounded without the word "about".

use crate::numbers::amount;
pub use crate::numbers::grouped;
use growable_nd::Ratio;

/// A number and a noun: `1 row`, `2 rows`.
pub fn counted(number: impl Into<u128>, noun: &str) -> String {
    let number = number.into();
    let plural = match noun {
        "copy" => "copies",
        "push" => "pushes",
        noun => return format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" }),
    };
    format!("{} {}", grouped(number), if number == 1 { noun } else { plural })
}

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

/// `0.1`, `1`, `10`, `100`, `10³` and so on.
pub fn power_of_ten(exponent: i32) -> String {
    match exponent {
        -1 => "0.1".to_owned(),
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        2 => "100".to_owned(),
        _ => format!("10{}", raised(exponent)),
    }
}

fn raised(exponent: i32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |digit: char| digit.to_digit(10).map_or('⁻', |digit| RAISED[digit as usize]);
    exponent.to_string().chars().map(digit).collect()
}

/// A nearby floating-point number, for places in a picture.
pub fn float(number: impl Into<u128>) -> f64 {
    number.into() as f64
}
