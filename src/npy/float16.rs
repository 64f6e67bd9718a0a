//! Floats of two and four bytes. `f32` reads both, so that `float16` needs no other crate.

use crate::npy::dtype::NpyDType;
use crate::npy::element::{NpyElement, append_each, append_zeros, bytes_of};
use core::error::Error as StdError;
use core::fmt;
use num_traits::ToPrimitive;

/// The error for a number that `float16` does not represent exactly.
#[derive(Debug)]
struct NotHalf(f32);

impl fmt::Display for NotHalf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be converted to float16 exactly", self.0)
    }
}

impl StdError for NotHalf {}

/// Reads `float16` as well, and writes to it the numbers that it represents exactly.
impl NpyElement for f32 {
    fn dtype() -> Option<NpyDType> {
        Some(NpyDType::native('f', 4))
    }

    fn fits(dtype: &NpyDType) -> bool {
        matches!((dtype.kind(), dtype.size()), ('f', 2 | 4))
    }

    #[inline]
    fn decode(bytes: &[u8], dtype: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        if dtype.size() == 2 {
            return Ok(from_half(u16::decode(bytes, dtype)?));
        }
        Ok(f32::from_bits(u32::decode(bytes, dtype)?))
    }

    #[inline]
    fn encode(&self, bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
        if dtype.size() == 2 {
            return to_half(*self).ok_or(NotHalf(*self))?.encode(bytes, dtype);
        }
        self.to_bits().encode(bytes, dtype)
    }

    fn native_bytes<'a>(elements: &'a [Self], dtype: &NpyDType) -> Option<&'a [u8]> {
        bytes_of(elements, dtype)
    }

    fn append_native<'a>(
        elements: &'a mut Vec<Self>,
        count: usize,
        dtype: &NpyDType,
    ) -> Option<&'a mut [u8]> {
        append_zeros(elements, count, dtype)
    }

    fn append_decoded(elements: &mut Vec<Self>, bytes: &[u8], dtype: &NpyDType) -> bool {
        match (dtype.size(), dtype.is_big_endian()) {
            (2, true) => append_each(elements, bytes, |half| from_half(u16::from_be_bytes(half))),
            (2, false) => append_each(elements, bytes, |half| from_half(u16::from_le_bytes(half))),
            (_, true) => append_each(elements, bytes, Self::from_be_bytes),
            (_, false) => append_each(elements, bytes, Self::from_le_bytes),
        }
    }
}

/// Bits by which the fraction of `f32` is longer than that of `float16`.
const EXTRA: u32 = 23 - 10;
/// Difference of the exponent biases.
const BIAS: u32 = 127 - 15;
/// The factor from the fraction of a subnormal number, read as an integer, to its value.
const SUBNORMAL: f32 = 1.0 / 16_777_216.0;

/// Converts the bits of a 16-bit float. Exact.
fn from_half(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(half >> 10) & 0x1F, half & 0x3FF);
    // Computed for all numbers, so that a loop has no branches.
    let subnormal = (f32::from(fraction) * SUBNORMAL).to_bits();
    let wide_exponent = if exponent == 0x1F { 0xFF } else { exponent + BIAS };
    let normal = (wide_exponent << 23) | (u32::from(fraction) << EXTRA);
    let magnitude = if exponent == 0 { subnormal } else { normal };
    f32::from_bits(sign | magnitude)
}

/// Returns the bits of the 16-bit float that is equal to `number`.
fn to_half(number: f32) -> Option<u16> {
    let magnitude = number.abs().to_bits();
    let half = if number.is_nan() {
        0x7E00 | ((magnitude >> EXTRA) & 0x3FF)
    } else if number.is_infinite() {
        0x7C00
    } else if magnitude < (BIAS + 1) << 23 {
        (number.abs() / SUBNORMAL).to_u32()?
    } else {
        (magnitude >> EXTRA) - (BIAS << 10)
    };
    let sign = if number.is_sign_negative() { 0x8000 } else { 0 };
    let half = u16::try_from(half).ok()? | sign;
    // If converting back does not give the number, bits were lost: it is too precise or too large.
    (number.is_nan() || from_half(half).to_bits() == number.to_bits()).then_some(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_halves_and_the_numbers_between_them() {
        // Miri takes a millisecond for each.
        for half in (0..=u16::MAX).step_by(if cfg!(miri) { 97 } else { 1 }) {
            let number = from_half(half);
            if number.is_nan() {
                assert_eq!(to_half(number).map(|half| half | 0x200), Some(half | 0x200));
                continue;
            }
            assert_eq!(to_half(number), Some(half));
            if number.is_finite() {
                let next = f32::from_bits(number.to_bits() + 1);
                assert_eq!(to_half(next), None, "{next}");
            }
        }
        assert_eq!(
            [0x3C00, 0xC000, 0x0001, 0x03FF, 0x7BFF].map(from_half),
            [1.0, -2.0, SUBNORMAL, 1023.0 * SUBNORMAL, 65504.0]
        );
        assert_eq!([65505.0, 65536.0, 1e30, f32::MAX, -131_072.0, 0.1].map(to_half), [None; 6]);
    }
}
