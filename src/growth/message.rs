//! Error messages that are built in constants, where `format!` is not available.
//!
//! [`Display`](core::fmt::Display) and the panics of `const fn` use the same text.

use crate::growth::ratio::Ratio;

/// Maximum bytes of a message: four ratios of 64-bit numbers and 100 letters fit.
const CAPACITY: usize = 320;

/// A text in a buffer of fixed size.
pub(crate) struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Message {
    pub(crate) const fn new() -> Message {
        Message { bytes: [0; CAPACITY], len: 0 }
    }

    /// Appends a text.
    pub(crate) const fn text(mut self, text: &str) -> Message {
        let text = text.as_bytes();
        let mut index = 0;
        while index < text.len() {
            self.bytes[self.len] = text[index];
            self.len += 1;
            index += 1;
        }
        self
    }

    /// Appends an integer in decimal.
    pub(crate) const fn integer(mut self, integer: i128) -> Message {
        if integer < 0 {
            self = self.text("-");
        }
        let mut rest = integer.unsigned_abs();
        let mut digits = 1;
        while rest >= 10 {
            rest /= 10;
            digits += 1;
        }
        let end = self.len + digits;
        let mut place = end;
        rest = integer.unsigned_abs();
        while place > self.len {
            place -= 1;
            let [digit, ..] = (rest % 10).to_le_bytes();
            self.bytes[place] = b'0' + digit;
            rest /= 10;
        }
        self.len = end;
        self
    }

    /// Appends a fraction in the form that its `Display` prints.
    pub(crate) const fn ratio(self, ratio: Ratio) -> Message {
        let message = self.integer(ratio.numerator());
        if ratio.denominator() == 1 {
            return message;
        }
        message.text("/").integer(ratio.denominator())
    }

    pub(crate) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            // Unreachable: only whole strings and digits are appended.
            Err(_) => "",
        }
    }

    #[cold]
    #[track_caller]
    pub(crate) const fn panic(&self) -> ! {
        panic!("{}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn integers_are_those_of_format() {
        for integer in [0, 1, 9, 10, -1, -10, 12_345_678_901, i128::MAX, i128::MIN] {
            assert_eq!(Message::new().text("<").integer(integer).as_str(), format!("<{integer}"));
        }
    }

    #[test]
    fn the_longest_message_fits() {
        use crate::growth::error::GrowthError;
        let longest = Ratio::new(i128::MIN + 1, i128::MAX - 2);
        let message = Message::new().ratio(longest).ratio(longest);
        assert_eq!(message.as_str(), format!("{longest}{longest}"));
        let wide = Ratio::new(i128::from(u64::MAX), i128::from(u64::MAX - 1));
        let error = GrowthError::Thrashes { at: wide, capacity_per_row: wide };
        assert!(error.message().as_str().ends_with("must be below 1"));
    }
}
