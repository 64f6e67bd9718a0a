//! The elements of arrays.

use super::cell::Outcome;
use num_complex::Complex;

/// Pseudorandom elements with exact sums, equal in each process and in NumPy.
pub trait Element: Outcome + Clone + Default + PartialEq + 'static {
    const NAME: &'static str;
    /// The dtype of NumPy, or empty if NumPy has none.
    const DTYPE: &'static str;
    fn at(index: usize) -> Self;

    fn many(count: usize) -> Vec<Self> {
        (0..count).map(Self::at).collect()
    }
}

/// Returns 0 to 6; `asked.py` has the same formula.
fn digit(index: usize) -> u8 {
    ((index as u32).wrapping_mul(2_654_435_769) >> 16) as u8 % 7
}

impl Element for f64 {
    const NAME: &'static str = "f64";
    const DTYPE: &'static str = "f8";
    fn at(index: usize) -> Self {
        f64::from(digit(index)) - 3.0
    }
}

impl Element for f32 {
    const NAME: &'static str = "f32";
    const DTYPE: &'static str = "f4";
    fn at(index: usize) -> Self {
        f32::from(digit(index)) - 3.0
    }
}

impl Element for i32 {
    const NAME: &'static str = "i32";
    const DTYPE: &'static str = "i4";
    fn at(index: usize) -> Self {
        i32::from(digit(index)) - 3
    }
}

impl Element for u64 {
    const NAME: &'static str = "u64";
    const DTYPE: &'static str = "u8";
    fn at(index: usize) -> Self {
        u64::from(digit(index))
    }
}

impl Element for u8 {
    const NAME: &'static str = "u8";
    const DTYPE: &'static str = "u1";
    fn at(index: usize) -> Self {
        digit(index)
    }
}

impl Element for Complex<f64> {
    const NAME: &'static str = "Complex<f64>";
    const DTYPE: &'static str = "";
    fn at(index: usize) -> Self {
        Complex::new(f64::at(index), f64::at(index + 1))
    }
}

impl Element for String {
    const NAME: &'static str = "String";
    const DTYPE: &'static str = "";
    fn at(index: usize) -> Self {
        format!("element {}", digit(index))
    }
}
