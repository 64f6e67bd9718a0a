//! Numbers, sizes and shares in the notation of the command line.

/// Maximum count: the sum of a few does not overflow.
pub const MOST: u64 = 1_000_000_000_000_000_000;

/// Parses a count: `1000000`, `1_000_000`, `1,000,000`, `10^6`, `1e6`, `1.5e6`.
pub fn count(text: &str) -> Result<u64, String> {
    let fault = || format!("invalid count {text:?}; examples: 1000000, 1,000,000, 1e6, 10^6; at most 10^18");
    let found = match (text.split_once('^'), text.split_once(['e', 'E'])) {
        (Some((base, exponent)), _) => {
            let exponent = exponent.trim().parse().map_err(|_| fault())?;
            digits(base).and_then(|base| base.checked_pow(exponent))
        }
        (None, Some((mantissa, exponent))) => exponent.parse().ok().and_then(|shift| scaled(mantissa, shift)),
        (None, None) => digits(text),
    };
    found.filter(|&count| count <= MOST).ok_or_else(fault)
}

/// Parses digits with underscores anywhere between them, or with commas before every third.
fn digits(text: &str) -> Option<u64> {
    let text = text.trim();
    let groups: Vec<&str> = text.split(',').collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len());
    if groups.len() > 1 && !grouped {
        return None;
    }
    let joined: String = groups.concat().replace('_', "");
    let is_number = !joined.is_empty() && joined.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| joined.parse().ok()).flatten()
}

/// Multiplies a decimal number by a power of ten; `None` if the product is not an integer.
fn scaled(mantissa: &str, shift: u32) -> Option<u64> {
    let (whole, fraction) = mantissa.trim().split_once('.').unwrap_or((mantissa.trim(), ""));
    let shift = shift.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    digits(&format!("{whole}{fraction}"))?.checked_mul(10_u64.checked_pow(shift)?)
}

/// Units of sizes in bytes, and their bytes.
const UNITS: [(&str, u64); 8] = [
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
    ("kb", 1000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("tb", 1_000_000_000_000),
];

/// Parses a size with its unit, in either case: `64MiB`, `64 mib`, `1.5MB`. `None` if there is no
/// unit.
pub fn bytes(text: &str) -> Option<Result<u64, String>> {
    let lower = text.trim().to_lowercase();
    let (number, unit) = UNITS.iter().find_map(|(name, unit)| Some((lower.strip_suffix(name)?, *unit)))?;
    let bytes = number.trim().parse::<f64>().ok().map(|number| number * unit as f64);
    let in_range = bytes.filter(|bytes| (1.0..=MOST as f64).contains(bytes));
    let fault = || format!("invalid size {text:?}; examples: 64MiB, 1.5MB");
    Some(in_range.map(|bytes| bytes.round() as u64).ok_or_else(fault))
}

/// Parses a number of rows: a [count], or a size, which is divided by the bytes of a row.
pub fn rows(text: &str, row_bytes: u64) -> Result<u64, String> {
    let rows = match bytes(text) {
        Some(bytes) => bytes? / row_bytes,
        None => count(text)?,
    };
    match (rows, bytes(text)) {
        (0, Some(_)) => Err(format!("{text:?} is less than one row of {row_bytes} bytes")),
        (0, None) => Err("0 rows, expected at least 1".into()),
        (rows, _) => Ok(rows),
    }
}

/// Parses a positive share: `2%` or `0.02`.
pub fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = text.trim().strip_suffix('%').map_or((text.trim(), 1.0), |number| (number, 0.01));
    let share = number.trim().parse::<f64>().ok().map(|share| share * unit);
    let in_range = share.filter(|share| (1e-6..=1.0).contains(share));
    in_range.ok_or_else(|| "expected a share from 0.0001% to 100%, for example 2% or 0.02".into())
}

/// Parses a factor of at least 1, with or without an `x`: `1.3x`, `1.3`.
pub fn factor(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches(['x', 'X', '×']);
    let factor = number.trim().parse::<f64>().ok().filter(|factor| (1.0..=1e6).contains(factor));
    factor.ok_or_else(|| "expected a factor of at least 1, for example 1.3x".into())
}

/// Prints a count with a comma before every third digit.
pub fn grouped(count: u128) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Prints bytes in the largest unit that leaves a number of at least one.
pub fn size(bytes: f64) -> String {
    let units = [("EiB", 60), ("PiB", 50), ("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let bytes_of = |shift| (1_u64 << shift) as f64;
    let unit = units.into_iter().find(|&(_, shift)| bytes >= bytes_of(shift));
    unit.map_or(format!("{bytes:.0} bytes"), |(unit, shift)| {
        three_digits(bytes / bytes_of(shift)) + " " + unit
    })
}

/// Prints nanoseconds in a unit that leaves a number of at least one.
pub fn duration(nanoseconds: f64) -> String {
    let units = [("s", 1e9), ("ms", 1e6), ("µs", 1e3)];
    let unit = units.into_iter().find(|(_, length)| nanoseconds >= *length);
    unit.map_or(three_digits(nanoseconds) + " ns", |(unit, length)| {
        three_digits(nanoseconds / length) + " " + unit
    })
}

/// Prints three significant digits without an exponent; NaN and infinities as a dash.
pub fn three_digits(number: f64) -> String {
    match number.abs() {
        size if !size.is_finite() => "–".to_owned(),
        0.0 => "0".to_owned(),
        size if size >= 100.0 => format!("{number:.0}"),
        size if size >= 10.0 => format!("{number:.1}"),
        size if size >= 1.0 => format!("{number:.2}"),
        _ => format!("{number:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        for text in
            ["1000000", "1_000_000", "1,000,000", "10^6", "1e6", "1E6", "1.0e6", " 1000000 ", "100_0000"]
        {
            assert_eq!(count(text), Ok(1_000_000), "{text}");
        }
        assert_eq!(count("1.5e3"), Ok(1500));
        assert_eq!(count("10^18"), Ok(MOST));
        let wrong = [
            "", "NaN", "inf", "-1", "1,00", "1,0000", ",100", "1e", "e6", "10^19", "2e18", "1.55e1", "0x10",
            "1e99", "^",
        ];
        for text in wrong {
            assert!(count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes() {
        for text in ["64MiB", "64mib", "64 MiB", "65536KiB", "0.0625GiB"] {
            assert_eq!(bytes(text), Some(Ok(64 << 20)), "{text}");
        }
        assert_eq!(bytes("1.5MB"), Some(Ok(1_500_000)));
        assert_eq!(bytes("64"), None);
        for text in ["MiB", "NaNMiB", "-1MiB", "0MiB", "1e30MiB", "infkb"] {
            assert!(bytes(text).is_some_and(|size| size.is_err()), "{text}");
        }
        assert_eq!(rows("24KiB", 24), Ok(1024));
        assert_eq!(rows("1e6", 24), Ok(1_000_000));
        assert!(rows("1KiB", 4096).is_err());
        assert!(rows("0", 1).is_err());
    }

    #[test]
    fn shares_and_factors() {
        assert_eq!(share("2%"), Ok(0.02));
        assert_eq!(share("0.02"), Ok(0.02));
        assert!(["0", "-1%", "NaN", "", "200%"].into_iter().all(|text| share(text).is_err()));
        assert!(share("0").is_err_and(|fault| fault.starts_with("expected a share from 0.0001% to 100%")));
        assert!(share("0.0001%").is_ok() && share("0.00009%").is_err());
        assert_eq!(factor("1.3x"), Ok(1.3));
        assert_eq!(factor("2"), Ok(2.0));
        assert!(["0.5x", "NaN", "x", "inf"].into_iter().all(|text| factor(text).is_err()));
    }

    #[test]
    fn printed() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(size(1536.0), "1.50 KiB");
        assert_eq!(size(12.0), "12 bytes");
        assert_eq!(size(24e18), "20.8 EiB");
        assert_eq!(duration(0.5), "0.500 ns");
        assert_eq!(duration(1_250_000.0), "1.25 ms");
    }
}
