//! Reading numbers of one type from a file of another, with exact conversion.

use crate::array::GrowableNd;
use crate::npy::dtype::NpyDType;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use crate::npy::read::{array_of, read_array};
use core::any::type_name;
use core::error::Error as StdError;
use core::fmt;
use num_traits::NumCast;
use std::io::Read;

/// # From `.npy` files
///
/// With the feature `npy`.
impl<T: NumCast + Clone> GrowableNd<T> {
    /// Reads one array of integers, floats of up to 8 bytes, or bools, and converts each element
    /// exactly.
    ///
    /// For example, every file of `float32` or `int32` can be read as `f64`; a file of `int64` or
    /// `float64` can be read as `f32` if `f32` represents each element exactly. NaN is converted to
    /// NaN, and −0.0 to the integer 0. To round instead, read the type of the file and convert its
    /// elements: `GrowableNd::<i64>::read_npy(file)?.map(|&x| x as f64)`.
    ///
    /// # Errors
    ///
    /// - [`NpyError::Element`] for the first element that the type does not represent exactly
    /// - [`NpyError::Conversion`] for another dtype
    /// - otherwise as [`read_npy`](Self::read_npy)
    ///
    /// # Cost
    ///
    /// O(*n m*). Each element is converted and converted back. For a file of the same type,
    /// [`read_npy`](Self::read_npy) is faster.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut file = vec![];
    /// GrowableNd::from([[1_i64, 2], [3, 1 << 60]]).write_npy(&mut file)?;
    /// let array = GrowableNd::<f64>::read_npy_as(&file[..])?;
    /// assert_eq!(array[[1, 1]], 2.0_f64.powi(60));
    ///
    /// let error = GrowableNd::<u8>::read_npy_as(&file[..]).unwrap_err();
    /// assert_eq!(error.to_string(), "invalid element 3");
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[doc(alias = "astype")]
    pub fn read_npy_as(mut reader: impl Read) -> Result<Self, NpyError> {
        let (header, elements) = read_array::<Exactly<T>>(&mut reader).map_err(|error| match error {
            // Names the type of the caller.
            NpyError::DType { found, .. } => NpyError::Conversion { expected: type_name::<T>(), found },
            error => error,
        })?;
        array_of(&header, elements.into_iter().map(|element| element.0).collect())
    }
}

/// A number that was converted exactly.
#[derive(Clone)]
struct Exactly<T>(T);

impl<T: NumCast + Clone> Exactly<T> {
    /// Decodes a number of type `D`, and converts it from the wider type `S`, so that the
    /// conversion is compiled for few types.
    fn decode_by_way_of<D: NpyElement + Into<S>, S: NumCast + PartialOrd + Copy + fmt::Display>(
        bytes: &[u8],
        dtype: &NpyDType,
    ) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        let source: S = D::decode(bytes, dtype)?.into();
        let converted = || {
            let number: T = NumCast::from(source)?;
            let back: S = NumCast::from(number.clone())?;
            // NaN is not comparable to itself.
            let is_nan = |x: S| x.partial_cmp(&x).is_none();
            (back == source || is_nan(source) && is_nan(back)).then_some(Exactly(number))
        };
        converted()
            .ok_or_else(|| format!("{source} cannot be converted to {} exactly", type_name::<T>()).into())
    }
}

impl<T: NumCast + Clone> NpyElement for Exactly<T> {
    /// Converted numbers are only read, never written.
    fn dtype() -> Option<NpyDType> {
        None
    }

    fn fits(dtype: &NpyDType) -> bool {
        matches!((dtype.kind(), dtype.size()), ('b', 1) | ('i' | 'u', 1 | 2 | 4 | 8) | ('f', 2 | 4 | 8))
    }

    fn decode(bytes: &[u8], dtype: &NpyDType) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        match (dtype.kind(), dtype.size()) {
            ('b', _) => Self::decode_by_way_of::<bool, u64>(bytes, dtype),
            ('u', 1) => Self::decode_by_way_of::<u8, u64>(bytes, dtype),
            ('u', 2) => Self::decode_by_way_of::<u16, u64>(bytes, dtype),
            ('u', 4) => Self::decode_by_way_of::<u32, u64>(bytes, dtype),
            ('u', _) => Self::decode_by_way_of::<u64, u64>(bytes, dtype),
            ('i', 1) => Self::decode_by_way_of::<i8, i64>(bytes, dtype),
            ('i', 2) => Self::decode_by_way_of::<i16, i64>(bytes, dtype),
            ('i', 4) => Self::decode_by_way_of::<i32, i64>(bytes, dtype),
            ('i', _) => Self::decode_by_way_of::<i64, i64>(bytes, dtype),
            ('f', 8) => Self::decode_by_way_of::<f64, f64>(bytes, dtype),
            _ => Self::decode_by_way_of::<f32, f64>(bytes, dtype),
        }
    }

    fn encode(&self, _: &mut [u8], _: &NpyDType) -> Result<(), Box<dyn StdError + Send + Sync>> {
        Err("converted numbers are read only".into())
    }
}
