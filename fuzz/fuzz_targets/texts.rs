//! Untrusted texts: growth policies, operations, traces, names of the zoo, and links of the
//! explorer.
//!
//! The first byte chooses the kind of text, and whether it is repeated to 256 KiB. At that length
//! quadratic time is 2^36 steps, more than the minute of `-timeout=60`. Checked: nothing panics,
//! memory is linear, and what is accepted prints as a text that is read back unchanged.

#![cfg_attr(fuzzing, no_main)]

use explorer::Explorer;
use growable_nd::amortized::{Op, Recording};
use growable_nd::{Growth, zoo};
use growable_nd_fuzz::input::Input;
use growable_nd_fuzz::memory::peak_of;
use std::fmt::{Debug, Display};
use std::str::FromStr;

growable_nd_fuzz::target!(run);

/// Length in bytes of a repeated text.
const LONG: usize = 256 << 10;

/// Bytes that a parser may use for any text.
const BASE: usize = 16 << 10;

/// Bytes that a parser may use per byte of the text: an operation of a trace takes 32, and its name
/// has 3 letters.
const PER_BYTE: usize = 64;

fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let kind = input.byte();
    let Ok(text) = std::str::from_utf8(input.rest()) else { return };
    let repeated = (kind >= 240 && !text.is_empty()).then(|| text.repeat(LONG.div_ceil(text.len())));
    let text = repeated.as_deref().unwrap_or(text);
    match kind % 5 {
        0 => {
            prints_back::<Growth>(text);
            if let Ok(growth) = text.trim().parse::<f64>().map(Growth::try_from) {
                growth.map_or_else(
                    |error| drop(error.to_string()),
                    |growth| prints_back::<Growth>(&growth.to_string()),
                );
            }
        }
        1 => prints_back::<Op>(text),
        2 => prints_back::<Recording>(text),
        3 => names(text),
        // A link is a program, and takes as long as its operations.
        _ => link(text),
    }
}

fn linear<R>(text: &str, read: impl FnOnce() -> R) -> R {
    let (result, peak) = peak_of(read);
    assert!(peak <= BASE + PER_BYTE * text.len(), "{peak} bytes for {} bytes", text.len());
    result
}

fn prints_back<T: FromStr<Err: Display> + Display + PartialEq + Debug>(text: &str) {
    match linear(text, || text.parse::<T>()) {
        Ok(value) => {
            let printed = value.to_string();
            let back = printed.parse::<T>();
            assert!(back.as_ref().is_ok_and(|back| *back == value), "{printed:?}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn names(text: &str) {
    match linear(text, || zoo::find(text)) {
        Ok(entry) => assert!(entry.name.eq_ignore_ascii_case(text)),
        Err(error) => assert!(error.nearest.len() <= 3 && *error.found == *text),
    }
    match linear(text, || zoo::parse(text)) {
        Ok(growth) => assert_eq!(zoo::parse(&growth.to_string()), Ok(growth)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn link(text: &str) {
    match Explorer::open(text) {
        Ok(explorer) => {
            // The printed form of the operations may be too long for a link.
            let Ok(link) = explorer.link() else { return };
            let again = Explorer::open(&link).unwrap_or_else(|error| panic!("{link}: {error}"));
            assert_eq!(again.link().as_ref(), Ok(&link));
        }
        Err(error) => assert!(!error.is_empty()),
    }
}
