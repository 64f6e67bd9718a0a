//! Links: the fragment of an address, percent-encoded as in a form. A plus sign at the beginning of
//! a policy is itself: `a=+16`.
//!
//! | key | value |
//! |---|---|
//! | `a`, `b` | the policies, as the crate or its zoo reads them |
//! | `do` | operations: `100 x push; pop`; the sentences describe those after the last `/`: `100 x push; /; push` |
//! | `row` | bytes of a row |
//! | `prices` | the factor whose prices are charged to a policy without a factor |
//! | `n` | the end of axes over rows: `1e3` to `1e18` |
//! | `show` | pictures in order, separated by commas; `none` for none |
//! | `embed` | no value: the page is inside another page |
//! | `quiz` | a question: `capacity`, `cost`, `balance` |

use crate::numbers::{clipped, grouped};

/// Maximum length of a fragment that is read, in bytes.
const MOST_READ: usize = 100_000;
/// Maximum length of a fragment that is written: browsers and mail programs cut off longer ones.
const MOST_WRITTEN: usize = 4000;

const KEYS: [&str; 9] = ["a", "b", "do", "row", "prices", "n", "show", "embed", "quiz"];

/// Reads a fragment: keys with their values. A key without a value has an empty one.
pub fn read(fragment: &str) -> Result<Vec<(&'static str, String)>, String> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if fragment.len() > MOST_READ {
        return Err(format!(
            "link of {} bytes is too long, at most {} are read",
            grouped(fragment.len() as u128),
            grouped(MOST_READ as u128)
        ));
    }
    let mut pairs: Vec<(&'static str, String)> = Vec::new();
    for pair in fragment.split('&').filter(|pair| !pair.is_empty()) {
        let (key, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, mut value) = (decoded(key)?, decoded(raw)?);
        if matches!(&*key, "a" | "b") && raw.starts_with('+') {
            value.replace_range(..1, "+");
        }
        let Some(known) = KEYS.into_iter().find(|known| *known == key) else {
            return Err(format!(
                "unknown key {:?} in the link; example: a=3/2&do=9+x+push&show=boxes,bank",
                clipped(&key)
            ));
        };
        if known != "embed" && pairs.iter().any(|(key, _)| *key == known) {
            return Err(format!("key {known:?} is twice in the link; example: a=3/2&do=9+x+push"));
        }
        pairs.push((known, value));
    }
    Ok(pairs)
}

fn decoded(text: &str) -> Result<String, String> {
    let fault = || format!("invalid text {:?} in the link; a percent sign is written %25", clipped(text));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                let (high, low) = (digit().ok_or_else(fault)?, digit().ok_or_else(fault)?);
                u8::try_from(16 * high + low).map_err(|_| fault())?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| fault())
}

/// Writes keys and values as a fragment.
pub fn write(pairs: &[(&str, String)]) -> Result<String, String> {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={}", encoded(value))).collect();
    let fragment = pairs.join("&");
    if fragment.len() > MOST_WRITTEN {
        return Err(format!(
            "link of {} characters is too long, at most {} work everywhere; download the trace instead",
            grouped(fragment.len() as u128),
            grouped(MOST_WRITTEN as u128)
        ));
    }
    Ok(fragment)
}

/// Percent-encodes all characters but those that may be in a fragment and separate nothing here.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'-' | b'.' | b'_' | b'~' | b'/' | b',' | b';' | b':' => encoded.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => encoded.push(byte.into()),
            byte => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_round_trip() {
        for value in ["", "3/2 from 4", "+1024", "a&b=c%41#", "é→𝕏\n\0", "9xpush;pop"] {
            let fragment = write(&[("a", value.into()), ("do", value.into())]).unwrap();
            assert_eq!(read(&fragment), Ok(vec![("a", value.into()), ("do", value.into())]), "{fragment}");
        }
        assert_eq!(write(&[("a", "3/2 from 4".into())]).unwrap(), "a=3/2+from+4");
        assert_eq!(
            read("#embed&&a=%33%2f2&embed="),
            Ok(vec![("embed", String::new()), ("a", "3/2".into()), ("embed", String::new())])
        );
    }

    #[test]
    fn encoded_once() {
        assert_eq!(read("a=%2541"), Ok(vec![("a", "%41".into())]));
    }

    #[test]
    fn policies_begin_with_a_plus_sign() {
        assert_eq!(
            read("a=+16+from+3&b=+9&do=+pop"),
            Ok(vec![("a", "+16 from 3".into()), ("b", "+9".into()), ("do", " pop".into())])
        );
        assert_eq!(read("a=%20+3"), Ok(vec![("a", "  3".into())]));
    }

    #[test]
    fn faults() {
        for wrong in [
            "a=%",
            "a=%4",
            "a=%zz",
            "a=%+1",
            "a=%ff",
            "x=1",
            "A=2",
            "a=2&a=3",
            "%",
            "=",
            "=2",
            "javascript:x",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read(&"a".repeat(MOST_READ + 1)).is_err());
        assert!(read(&format!("{}=1", "k".repeat(50_000))).unwrap_err().len() < 300);
        let long = write(&[("do", "push;".repeat(1000))]).unwrap_err();
        assert!(long.contains("download the trace instead"), "{long}");
    }
}
