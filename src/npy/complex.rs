//! Complex numbers of the crate num-complex, with the feature `num-complex`.

use crate::npy::dtype::NpyDType;
use crate::npy::element::{NpyElement, append_each, append_zeros, bytes_of};
use core::error::Error as StdError;
use num_complex::Complex;

/// Implements `NpyElement` for complex numbers, given the types of their parts.
macro_rules! complex_numbers {
    ($($part:ty)*) => {$(
        impl NpyElement for Complex<$part> {
            fn dtype() -> Option<NpyDType> {
                Some(NpyDType::native('c', size_of::<Self>()))
            }

            fn fits(dtype: &NpyDType) -> bool {
                dtype.kind() == 'c' && dtype.size() == size_of::<Self>()
            }

            #[inline]
            fn decode(bytes: &[u8], dtype: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
                let (re, im) = bytes.split_at(size_of::<$part>());
                Ok(Complex::new(<$part>::decode(re, dtype)?, <$part>::decode(im, dtype)?))
            }

            #[inline]
            fn encode(&self, bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
                let (re, im) = bytes.split_at_mut(size_of::<$part>());
                self.re.encode(re, dtype)?;
                self.im.encode(im, dtype)
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
                    append_each(elements, bytes, |[re, im]: [[u8; size_of::<$part>()]; 2]| {
                        Complex::new(<$part>::from_be_bytes(re), <$part>::from_be_bytes(im))
                    })
                } else {
                    append_each(elements, bytes, |[re, im]: [[u8; size_of::<$part>()]; 2]| {
                        Complex::new(<$part>::from_le_bytes(re), <$part>::from_le_bytes(im))
                    })
                }
            }
        }
    )*};
}

complex_numbers! { f32 f64 }
