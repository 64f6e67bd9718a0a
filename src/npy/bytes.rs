//! `bool` and `u8` as elements. Both read masks.

use crate::npy::dtype::NpyDType;
use crate::npy::element::{NpyElement, append_each, append_zeros, bytes_of};
use core::error::Error as StdError;
use core::fmt;

/// The error for a byte of a mask that is neither 0 nor 1.
#[derive(Debug)]
struct NotBool(u8);

impl fmt::Display for NotBool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} is not a bool, expected 0 or 1 (type u8 reads any byte)", self.0)
    }
}

impl StdError for NotBool {}

impl NpyElement for bool {
    fn dtype() -> Option<NpyDType> {
        Some(NpyDType::native('b', 1))
    }

    fn fits(dtype: &NpyDType) -> bool {
        dtype.kind() == 'b'
    }

    #[inline]
    fn decode(bytes: &[u8], _: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        match u8::from_ne_bytes(bytes.try_into()?) {
            0 => Ok(false),
            1 => Ok(true),
            byte => Err(NotBool(byte).into()),
        }
    }

    #[inline]
    fn encode(&self, bytes: &mut [u8], _: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
        bytes.fill(u8::from(*self));
        Ok(())
    }

    fn native_bytes<'a>(elements: &'a [Self], dtype: &NpyDType) -> Option<&'a [u8]> {
        bytes_of(elements, dtype)
    }

    fn append_decoded(elements: &mut Vec<Self>, bytes: &[u8], _: &NpyDType) -> bool {
        // Only bits above the lowest make a byte greater than 1.
        bytes.iter().fold(0, |bits, byte| bits | byte) <= 1
            && append_each(elements, bytes, |[byte]: [u8; 1]| byte != 0)
    }
}

/// Reads masks as bytes. Writes only 0 and 1 to masks.
impl NpyElement for u8 {
    fn dtype() -> Option<NpyDType> {
        Some(NpyDType::native('u', 1))
    }

    fn fits(dtype: &NpyDType) -> bool {
        matches!((dtype.kind(), dtype.size()), ('u' | 'b', 1))
    }

    #[inline]
    fn decode(bytes: &[u8], _: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(u8::from_ne_bytes(bytes.try_into()?))
    }

    #[inline]
    fn encode(&self, bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
        if dtype.kind() == 'b' && *self > 1 {
            return Err(format!("byte {self} is not a bool, expected 0 or 1").into());
        }
        bytes.fill(*self);
        Ok(())
    }

    fn native_bytes<'a>(elements: &'a [Self], dtype: &NpyDType) -> Option<&'a [u8]> {
        // Bytes for a mask are encoded, which checks them.
        if dtype.kind() == 'b' { None } else { bytes_of(elements, dtype) }
    }

    fn append_native<'a>(
        elements: &'a mut Vec<Self>,
        count: usize,
        dtype: &NpyDType,
    ) -> Option<&'a mut [u8]> {
        append_zeros(elements, count, dtype)
    }
}
