//! 16-bit floats of the crate half, with the feature `half`.

use crate::npy::dtype::NpyDType;
use crate::npy::element::{NpyElement, append_each, append_zeros, bytes_of};
use core::error::Error as StdError;
use half::f16;

impl NpyElement for f16 {
    fn dtype() -> Option<NpyDType> {
        Some(NpyDType::native('f', 2))
    }

    fn fits(dtype: &NpyDType) -> bool {
        (dtype.kind(), dtype.size()) == ('f', 2)
    }

    #[inline]
    fn decode(bytes: &[u8], dtype: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(f16::from_bits(u16::decode(bytes, dtype)?))
    }

    #[inline]
    fn encode(&self, bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
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
        if dtype.is_big_endian() {
            append_each(elements, bytes, |bits| f16::from_bits(u16::from_be_bytes(bits)))
        } else {
            append_each(elements, bytes, |bits| f16::from_bits(u16::from_le_bytes(bits)))
        }
    }
}
