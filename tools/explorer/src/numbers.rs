//! Writes and reads numbers: exactly, with commas between groups of three digits.

use growable_nd::Ratio;
use growable_nd::amortized::Op;

/// `1,000,000`.
pub fn grouped(number: impl Into<u128>) -> String {
    let digits = number.into().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1,000`, `7/2`, `−3`.
pub fn amount(ratio: Ratio) -> String {
    let sign = if ratio.numerator() < 0 { "−" } else { "" };
    let numerator = grouped(ratio.numerator().unsigned_abs());
    match ratio.denominator() {
        1 => format!("{sign}{numerator}"),
        denominator => format!("{sign}{numerator}/{}", grouped(denominator.unsigned_abs())),
    }
}

/// The absolute value. A number without one in 128 bits is returned as it is.
pub fn without_sign(ratio: Ratio) -> Ratio {
    let numerator = ratio.numerator().checked_abs().unwrap_or(ratio.numerator());
    Ratio::try_new(numerator, ratio.denominator()).unwrap_or(ratio)
}

/// A quotient with at most three decimal places, and dots if it has more. It is never rounded up,
/// since it could then equal a bound that it does not reach. `None` if the denominator is zero.
pub fn decimal(numerator: u128, denominator: u128) -> Option<String> {
    let whole = grouped(numerator.checked_div(denominator)?);
    let mut rest = numerator % denominator;
    let mut digits = String::new();
    while rest > 0 && digits.len() < 3 {
        // Numbers of rows are far less than 2^124.
        let scaled = rest.checked_mul(10)?;
        digits += &(scaled / denominator).to_string();
        rest = scaled % denominator;
    }
    let dots = if rest > 0 { "…" } else { "" };
    let point = if digits.is_empty() { "" } else { "." };
    Some(format!("{whole}{point}{digits}{dots}"))
}

/// `1 row`, `2 rows`.
pub fn count(number: impl Into<u128>, one: &str, more: &str) -> String {
    let number = number.into();
    format!("{} {}", grouped(number), if number == 1 { one } else { more })
}

/// Reads a number of rows, written as in operations: `1000000`, `1,000,000`, `1e6`, `10^6`.
pub fn rows(text: &str) -> Result<u64, String> {
    match format!("extend {}", text.trim()).parse() {
        Ok(Op::Extend(rows)) => Ok(rows),
        _ => Err(format!(
            "invalid number {:?}; examples: 1000000, 1,000,000, 1e6, 10^18, at most {}",
            clipped(text),
            grouped(u64::MAX)
        )),
    }
}

/// Reads an amount: an integer, a fraction or a decimal number, possibly with commas and a sign.
pub fn ratio(text: &str) -> Result<Ratio, String> {
    read_ratio(text)
        .ok_or_else(|| format!("invalid number {:?}; examples: 12, 1,000, 7/2, 3.5, -3", clipped(text)))
}

fn read_ratio(text: &str) -> Option<Ratio> {
    let text: String =
        text.chars().filter(|letter| !matches!(letter, ',' | '_') && !letter.is_whitespace()).collect();
    let (is_negative, size) = match text.strip_prefix(['-', '−']) {
        Some(size) => (true, size),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let ratio = match size.split_once('/') {
        Some((numerator, denominator)) => Ratio::try_new(digits(numerator)?, digits(denominator)?).ok()?,
        None => {
            let (whole, fraction) = size.split_once('.').unwrap_or((size, "0"));
            let places = u32::try_from(fraction.len()).ok()?;
            let denominator = 10_i128.checked_pow(places)?;
            let whole = digits(whole)?.checked_mul(denominator)?;
            Ratio::try_new(whole.checked_add(digits(fraction)?)?, denominator).ok()?
        }
    };
    if is_negative { Ratio::try_new(-ratio.numerator(), ratio.denominator()).ok() } else { Some(ratio) }
}

fn digits(text: &str) -> Option<i128> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
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

/// The digits of an exponent.
pub fn raised(exponent: i32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |digit: char| digit.to_digit(10).map_or('⁻', |digit| RAISED[digit as usize]);
    exponent.to_string().chars().map(digit).collect()
}

/// A text for a message: only its beginning if it is long.
pub fn clipped(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_shown() {
        assert_eq!(grouped(0_u64), "0");
        assert_eq!(grouped(1_234_567_u64), "1,234,567");
        assert_eq!(amount(Ratio::new(-7000, 2)), "−3,500");
        assert_eq!(amount(Ratio::new(-7001, 2)), "−7,001/2");
        assert_eq!(amount(without_sign(Ratio::new(-7001, 2))), "7,001/2");
        assert_eq!(without_sign(Ratio::from(3)), Ratio::from(3));
        assert_eq!(decimal(5, 4).as_deref(), Some("1.25"));
        assert_eq!(decimal(3, 1).as_deref(), Some("3"));
        assert_eq!(decimal(2_999_999, 1_000_000).as_deref(), Some("2.999…"));
        assert_eq!(decimal(1, 3000).as_deref(), Some("0.000…"));
        assert_eq!(decimal(1, 0), None);
        assert_eq!(count(1_u64, "row", "rows"), "1 row");
    }

    #[test]
    fn numbers_as_they_are_read() {
        assert_eq!(rows(" 10^18 "), Ok(1_000_000_000_000_000_000));
        assert_eq!(rows("1,000"), Ok(1000));
        for wrong in ["", "-1", "1 000", "exact 5", "5 # x", "1e99"] {
            assert!(rows(wrong).is_err(), "{wrong}");
        }
        for (text, expected) in [
            ("1,000", Ratio::from(1000)),
            ("7/2", Ratio::new(7, 2)),
            (" 3.5 ", Ratio::new(7, 2)),
            ("−3", Ratio::from(-3)),
            ("- 14 / 4", Ratio::new(-7, 2)),
            ("+0", Ratio::from(0)),
        ] {
            assert_eq!(ratio(text), Ok(expected));
            assert_eq!(ratio(&amount(expected)), Ok(expected));
        }
        for wrong in [
            "",
            "-",
            "1/0",
            "1/2/3",
            ".5",
            "5.",
            "--1",
            "x",
            &"9".repeat(50),
            &format!("0.{}", "1".repeat(50)),
        ] {
            assert!(ratio(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn long_text_is_clipped() {
        assert_eq!(clipped(&"é".repeat(100)), "é".repeat(80) + "…");
    }
}
