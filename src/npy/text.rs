//! Texts of a fixed width: `S`, `U` and the raw data `V`.

use crate::npy::dtype::NpyDType;
use crate::npy::element::NpyElement;
use core::error::Error as StdError;
use core::fmt;

/// The error for a text or raw data whose length does not fit the dtype.
#[derive(Debug)]
struct Width {
    /// Number of characters for `U`, number of bytes otherwise.
    found: usize,
    dtype: NpyDType,
}

impl fmt::Display for Width {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Width { found, dtype } = self;
        match dtype.kind() {
            'U' => write!(f, "text of {found} characters does not fit into dtype '{dtype}'"),
            'V' => write!(f, "{found} bytes do not fit dtype '{dtype}', expected {}", dtype.size()),
            _ => write!(f, "text of {found} bytes does not fit into dtype '{dtype}'"),
        }
    }
}

impl StdError for Width {}

/// The error for a number that is not a character.
#[derive(Debug)]
struct NotChar(u32);

impl fmt::Display for NotChar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "code point U+{:04X} is not a character", self.0)
    }
}

impl StdError for NotChar {}

/// Copies a string of bytes. The zeros after it stay.
fn copy(text: &[u8], bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Width> {
    match bytes.get_mut(..text.len()) {
        Some(start) => start.copy_from_slice(text),
        None => return Err(Width { found: text.len(), dtype: dtype.clone() }),
    }
    Ok(())
}

/// Returns the bytes without the zeros at the end, which NumPy does not count.
fn without_zeros(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    &bytes[..end]
}

/// Strings of bytes without the zeros at their end, and raw data.
impl NpyElement for Vec<u8> {
    fn dtype() -> Option<NpyDType> {
        None
    }

    fn fits(dtype: &NpyDType) -> bool {
        matches!(dtype.kind(), 'S' | 'V')
    }

    fn decode(bytes: &[u8], dtype: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(if dtype.kind() == 'S' { without_zeros(bytes).into() } else { bytes.into() })
    }

    fn encode(&self, bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
        // Raw data cannot be padded with zeros.
        if dtype.kind() == 'V' && self.len() != bytes.len() {
            return Err(Width { found: self.len(), dtype: dtype.clone() }.into());
        }
        Ok(copy(self, bytes, dtype)?)
    }
}

/// Texts without the zeros at their end: of characters, or of bytes that are UTF-8.
impl NpyElement for String {
    fn dtype() -> Option<NpyDType> {
        None
    }

    fn fits(dtype: &NpyDType) -> bool {
        matches!(dtype.kind(), 'S' | 'U')
    }

    fn decode(bytes: &[u8], dtype: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        if dtype.kind() == 'S' {
            return Ok(String::from_utf8(without_zeros(bytes).into())?);
        }
        let mut text = String::new();
        for code in bytes.chunks_exact(size_of::<u32>()) {
            let code = u32::decode(code, dtype)?;
            text.push(char::from_u32(code).ok_or(NotChar(code))?);
        }
        text.truncate(text.trim_end_matches('\0').len());
        Ok(text)
    }

    fn encode(&self, bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
        if dtype.kind() == 'S' {
            return Ok(copy(self.as_bytes(), bytes, dtype)?);
        }
        let mut codes = bytes.chunks_exact_mut(size_of::<u32>());
        for character in self.chars() {
            let code =
                codes.next().ok_or_else(|| Width { found: self.chars().count(), dtype: dtype.clone() })?;
            u32::from(character).encode(code, dtype)?;
        }
        Ok(())
    }
}
