#[cfg(feature = "half")]
use growable_nd::half::f16;
#[cfg(feature = "num-complex")]
use growable_nd::num_complex::Complex;
use growable_nd::{GrowableNd, NpyElement, NpyError};
use std::fmt::Debug;

/// An element of each type that the documentation names.
pub trait Element: NpyElement + PartialEq + Debug {
    /// The dtype without its byte order.
    const DTYPE: &'static str;

    fn make(seed: u8) -> Self;

    /// The bytes of a file, in this byte order.
    fn bytes(&self, big_endian: bool) -> Vec<u8>;
}

macro_rules! numbers {
    ($($number:ty: $dtype:literal, $make:expr;)*) => {$(
        impl Element for $number {
            const DTYPE: &'static str = $dtype;

            fn make(seed: u8) -> Self {
                let make: fn(u8) -> $number = $make;
                make(seed)
            }

            fn bytes(&self, big_endian: bool) -> Vec<u8> {
                if big_endian { self.to_be_bytes().into() } else { self.to_le_bytes().into() }
            }
        }
    )*};
}

numbers! {
    i8: "i1", |seed| i8::from_le_bytes([seed]);
    i16: "i2", |seed| i16::MIN + i16::from(seed);
    i32: "i4", |seed| i32::MAX - i32::from(seed);
    i64: "i8", |seed| i64::MIN / 3 + i64::from(seed);
    u8: "u1", |seed| seed;
    u16: "u2", |seed| u16::MAX - u16::from(seed);
    u32: "u4", |seed| 0x0102_0304 + u32::from(seed);
    u64: "u8", |seed| u64::MAX / 251 * u64::from(seed % 250);
    f32: "f4", |seed| f32::from(seed) / 3.0;
    f64: "f8", |seed| f64::from(seed) / -7.0;
}

impl Element for bool {
    const DTYPE: &'static str = "b1";

    fn make(seed: u8) -> Self {
        seed % 3 == 0
    }

    fn bytes(&self, _big_endian: bool) -> Vec<u8> {
        vec![u8::from(*self)]
    }
}

#[cfg(feature = "half")]
impl Element for f16 {
    const DTYPE: &'static str = "f2";

    fn make(seed: u8) -> Self {
        // Arbitrary bits except NaN.
        Self::from_bits(u16::from(seed) * 123)
    }

    fn bytes(&self, big_endian: bool) -> Vec<u8> {
        if big_endian { self.to_be_bytes().into() } else { self.to_le_bytes().into() }
    }
}

#[cfg(feature = "num-complex")]
macro_rules! complex_numbers {
    ($($part:ty: $dtype:literal)*) => {$(
        impl Element for Complex<$part> {
            const DTYPE: &'static str = $dtype;

            fn make(seed: u8) -> Self {
                Complex::new(<$part>::make(seed), -1.5 - <$part>::make(seed))
            }

            fn bytes(&self, big_endian: bool) -> Vec<u8> {
                [self.re.bytes(big_endian), self.im.bytes(big_endian)].concat()
            }
        }
    )*};
}

#[cfg(feature = "num-complex")]
complex_numbers! { f32: "c8" f64: "c16" }

/// Calls a function for each element type.
macro_rules! for_all_types {
    ($function:ident($($argument:expr),*)) => {
        $function::<bool>($($argument),*);
        $function::<i8>($($argument),*);
        $function::<i16>($($argument),*);
        $function::<i32>($($argument),*);
        $function::<i64>($($argument),*);
        $function::<u8>($($argument),*);
        $function::<u16>($($argument),*);
        $function::<u32>($($argument),*);
        $function::<u64>($($argument),*);
        $function::<f32>($($argument),*);
        $function::<f64>($($argument),*);
        #[cfg(feature = "half")]
        $function::<growable_nd::half::f16>($($argument),*);
        #[cfg(feature = "num-complex")]
        $function::<growable_nd::num_complex::Complex<f32>>($($argument),*);
        #[cfg(feature = "num-complex")]
        $function::<growable_nd::num_complex::Complex<f64>>($($argument),*);
    };
}

pub(crate) use for_all_types;

/// The native dtype, in quotes.
pub fn native<T: Element>() -> String {
    let order = if size_of_part::<T>() == 1 { '|' } else { native_order() };
    format!("'{order}{}'", T::DTYPE)
}

fn size_of_part<T: Element>() -> usize {
    if T::DTYPE.starts_with('c') { size_of::<T>() / 2 } else { size_of::<T>() }
}

fn native_order() -> char {
    if cfg!(target_endian = "big") { '>' } else { '<' }
}

/// This many elements, as different as possible.
pub fn elements<T: Element>(count: usize) -> Vec<T> {
    (0..=u8::MAX).cycle().take(count).map(T::make).collect()
}

/// A file of version 1.0 with this text as its header, without padding.
pub fn file(text: &str, data: &[u8]) -> Vec<u8> {
    let text: Vec<u8> = text.chars().map(|letter| u8::try_from(letter).expect("Latin-1")).collect();
    let [low, high] = u16::try_from(text.len()).expect("a short text").to_le_bytes();
    [b"\x93NUMPY\x01\x00", &[low, high][..], &text, data].concat()
}

/// A file of version 2.0 or 3.0.
pub fn later_file(version: u8, text: &str, data: &[u8]) -> Vec<u8> {
    let len = u32::try_from(text.len()).expect("a short text").to_le_bytes();
    [b"\x93NUMPY", &[version, 0][..], &len, text.as_bytes(), data].concat()
}

/// The text of a header as `NumPy` writes it, without padding. The dtype is in quotes.
pub fn text(dtype: &str, fortran_order: bool, shape: &str) -> String {
    let order = if fortran_order { "True" } else { "False" };
    format!("{{'descr': {dtype}, 'fortran_order': {order}, 'shape': {shape}, }}")
}

/// Pads the text of a header to this length.
pub fn padded(text: &str, len: usize) -> String {
    format!("{text:<width$}\n", width = len - 1)
}

pub fn written<T: Element>(array: &GrowableNd<T>) -> Vec<u8> {
    let mut file = vec![];
    array.write_npy(&mut file).expect("a vector takes all");
    file
}

pub fn read<T: Element>(file: &[u8]) -> Result<GrowableNd<T>, NpyError> {
    GrowableNd::read_npy(file)
}

/// The messages of an error and of its sources.
pub fn chain(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(Some(error), |error| error.source());
    sources.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
