//! `NpyElement`, the trait of elements of `.npy` files, and its implementations for numbers.

use crate::npy::dtype::NpyDType;
use bytemuck::{NoUninit, Pod};
use core::error::Error as StdError;

/// An element of a `.npy` file.
///
/// | elements | dtype | feature |
/// |---|---|---|
/// | `bool` | `bool` | |
/// | `i8`, `i16`, `i32`, `i64` | `int8`, `int16`, `int32`, `int64` | |
/// | `i64` | `datetime64`, `timedelta64`, in any unit | |
/// | `u8`, `u16`, `u32`, `u64` | `uint8`, `uint16`, `uint32`, `uint64` | |
/// | `u8` | `bool`, as the bytes of the file | |
/// | `f32`, `f64` | `float32`, `float64` | |
/// | `f32` | `float16` | |
/// | `f16` of the crate half | `float16` | `half` |
/// | `Complex<f32>` of the crate num-complex | `complex64` | `num-complex` |
/// | `Complex<f64>` of the crate num-complex | `complex128` | `num-complex` |
/// | `Vec<u8>` | `S` (without its last zeros), `V`; no new files | |
/// | `String` | `U`, and `S` if it is UTF-8; no new files | |
///
/// *No new files*: such elements are read, and appended to an existing file, which has their width.
///
/// `usize` has no dtype: map it to `u64`. Structured dtypes and objects are not supported.
///
/// # Types of your own
///
/// Implement the four required functions. The others are faster for many elements, and optional.
///
/// ```
/// use growable_nd::{GrowableNd, NpyDType, NpyElement};
/// use std::error::Error;
///
/// #[derive(Clone, Debug, PartialEq)]
/// struct Rgb([u8; 3]);
///
/// impl NpyElement for Rgb {
///     fn dtype() -> Option<NpyDType> {
///         "V3".parse().ok()
///     }
///
///     fn fits(dtype: &NpyDType) -> bool {
///         (dtype.kind(), dtype.size()) == ('V', 3)
///     }
///
///     fn decode(bytes: &[u8], _: &NpyDType) -> Result<Self, Box<dyn Error + Send + Sync>> {
///         Ok(Rgb(bytes.try_into()?))
///     }
///
///     fn encode(&self, bytes: &mut [u8], _: &NpyDType) -> Result<(), Box<dyn Error + Send + Sync>> {
///         bytes.copy_from_slice(&self.0);
///         Ok(())
///     }
/// }
///
/// let pixels = GrowableNd::from_vec([], vec![Rgb([1, 2, 3]), Rgb([4, 5, 6])])?;
/// let mut file = vec![];
/// pixels.write_npy(&mut file)?;
/// assert!(file.ends_with(&[1, 2, 3, 4, 5, 6]));
/// assert_eq!(GrowableNd::<Rgb>::read_npy(&file[..])?, pixels);
/// # Ok::<(), growable_nd::NpyError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an element of `.npy` files",
    label = "no dtype of NumPy fits `{Self}`",
    note = "integers, floats, `bool`, `String` and `Vec<u8>` are; complex numbers with the feature \
        `num-complex`, `f16` with `half`; `usize` and `isize` have no dtype"
)]
pub trait NpyElement: Clone {
    /// Returns the dtype in which elements are written.
    ///
    /// `None` if it depends on the file, as the width of texts does. Such elements can only be
    /// appended to an existing file, with [`NpyAppender::open`](crate::NpyAppender::open).
    fn dtype() -> Option<NpyDType>;

    /// Returns whether elements of this dtype can be decoded and encoded.
    fn fits(dtype: &NpyDType) -> bool;

    /// Decodes an element from its bytes in a file.
    ///
    /// The dtype fits, and its [`size`](NpyDType::size) is the number of bytes.
    ///
    /// # Errors
    ///
    /// If the bytes are not a valid value of the type.
    fn decode(bytes: &[u8], dtype: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>>;

    /// Encodes the element into its bytes in a file, which are zero before.
    ///
    /// The dtype fits, and its [`size`](NpyDType::size) is the number of bytes.
    ///
    /// # Errors
    ///
    /// If the dtype cannot represent the value.
    fn encode(&self, bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>>;

    /// Returns the bytes of elements in memory, if a file of this dtype has the same bytes.
    ///
    /// Such elements are written without encoding. Returns `None` by default.
    #[must_use]
    fn native_bytes<'a>(elements: &'a [Self], dtype: &NpyDType) -> Option<&'a [u8]> {
        let _ = (elements, dtype);
        None
    }

    /// Appends `count` elements and returns their bytes in memory, to be overwritten.
    ///
    /// Override this if every byte pattern of this dtype is a valid value with the same bytes in
    /// memory. The elements are then read without decoding, and [`View::from_npy`](crate::View)
    /// can view them in place. By default, appends nothing and returns `None`.
    #[must_use]
    fn append_native<'a>(
        elements: &'a mut Vec<Self>,
        count: usize,
        dtype: &NpyDType,
    ) -> Option<&'a mut [u8]> {
        let _ = (elements, count, dtype);
        None
    }

    /// Decodes and appends elements whose bytes are contiguous. Returns whether that succeeded.
    ///
    /// If not, the elements are decoded one by one, which finds the invalid element; those that were
    /// appended before are removed. Returns `false` by default. Checking all bytes first and then converting without checks is many
    /// times as fast as checking and converting each element.
    #[must_use]
    fn append_decoded(elements: &mut Vec<Self>, bytes: &[u8], dtype: &NpyDType) -> bool {
        let _ = (elements, bytes, dtype);
        false
    }
}

/// Returns the bytes of elements, if the dtype has the byte order of the machine.
pub(crate) fn bytes_of<'a, T: NoUninit>(elements: &'a [T], dtype: &NpyDType) -> Option<&'a [u8]> {
    (dtype.is_native() && dtype.size() == size_of::<T>()).then(|| bytemuck::cast_slice(elements))
}

/// Appends zeros and returns their bytes, if the dtype has the byte order of the machine.
pub(crate) fn append_zeros<'a, T: Pod>(
    elements: &'a mut Vec<T>,
    count: usize,
    dtype: &NpyDType,
) -> Option<&'a mut [u8]> {
    if !dtype.is_native() || dtype.size() != size_of::<T>() {
        return None;
    }
    let start = elements.len();
    elements.resize(start + count, T::zeroed());
    Some(bytemuck::cast_slice_mut(&mut elements[start..]))
}

/// Decodes and appends all elements. Returns `true`. The loop has no early exit, so that it is as
/// fast as a copy.
#[inline]
pub(crate) fn append_each<T, S: Pod>(elements: &mut Vec<T>, bytes: &[u8], decode: impl Fn(S) -> T) -> bool {
    elements
        .extend(bytes.chunks_exact(size_of::<S>()).map(|slot| decode(bytemuck::pod_read_unaligned(slot))));
    true
}

/// Implements `NpyElement` for numbers, in either byte order.
macro_rules! numbers {
    ($($number:ty: $kind:literal $($other:literal)*;)*) => {$(
        impl NpyElement for $number {
            fn dtype() -> Option<NpyDType> {
                Some(NpyDType::native($kind, size_of::<Self>()))
            }

            fn fits(dtype: &NpyDType) -> bool {
                matches!(dtype.kind(), $kind $(| $other)*) && dtype.size() == size_of::<Self>()
            }

            #[inline]
            fn decode(bytes: &[u8], dtype: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
                let bytes = bytes.try_into()?;
                Ok(if dtype.is_big_endian() { Self::from_be_bytes(bytes) } else { Self::from_le_bytes(bytes) })
            }

            #[inline]
            fn encode(&self, bytes: &mut [u8], dtype: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
                let big_endian = dtype.is_big_endian();
                bytes.copy_from_slice(&if big_endian { self.to_be_bytes() } else { self.to_le_bytes() });
                Ok(())
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
                    append_each(elements, bytes, Self::from_be_bytes)
                } else {
                    append_each(elements, bytes, Self::from_le_bytes)
                }
            }
        }
    )*};
}

numbers! {
    i8: 'i';
    i16: 'i';
    i32: 'i';
    i64: 'i' 'M' 'm';
    u16: 'u';
    u32: 'u';
    u64: 'u';
    f64: 'f';
}
