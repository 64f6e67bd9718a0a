//! The elements of arrays.

use super::cell::Outcome;
use num_complex::Complex;

/// Pseudorandom elements with exact sums, equal in each process and in NumPy.
pub trait Element: Outcome + Clone + Default + PartialEq + 'static {
    const NAME: &'static str;
    /// The dtype of NumPy, or empty if NumPy has none.
    const DTYPE: &'static str;
    /// Makes an element of a digit.
    fn of(digit: u8) -> Self;

    fn at(index: usize) -> Self {
        Self::of(digit(index))
    }

    fn many(count: usize) -> Vec<Self> {
        (0..count).map(Self::at).collect()
    }
}

/// The digit of one element of an array, larger than all others.
pub const LARGEST: u8 = 7;

/// Returns 0 to 5, and every 601st time 6, so that the maximum of most rows is anywhere in them;
/// `asked.py` has the same formula.
fn digit(index: usize) -> u8 {
    if index % 601 == 600 { 6 } else { ((index as u32).wrapping_mul(2_654_435_769) >> 16) as u8 % 6 }
}

impl Element for f64 {
    const NAME: &'static str = "f64";
    const DTYPE: &'static str = "f8";
    fn of(digit: u8) -> Self {
        f64::from(digit) - 3.0
    }
}

impl Element for f32 {
    const NAME: &'static str = "f32";
    const DTYPE: &'static str = "f4";
    fn of(digit: u8) -> Self {
        f32::from(digit) - 3.0
    }
}

impl Element for i32 {
    const NAME: &'static str = "i32";
    const DTYPE: &'static str = "i4";
    fn of(digit: u8) -> Self {
        i32::from(digit) - 3
    }
}

impl Element for u64 {
    const NAME: &'static str = "u64";
    const DTYPE: &'static str = "u8";
    fn of(digit: u8) -> Self {
        u64::from(digit)
    }
}

impl Element for u8 {
    const NAME: &'static str = "u8";
    const DTYPE: &'static str = "u1";
    fn of(digit: u8) -> Self {
        digit
    }
}

impl Element for Complex<f64> {
    const NAME: &'static str = "Complex<f64>";
    const DTYPE: &'static str = "";
    fn of(digit: u8) -> Self {
        Complex::new(f64::of(digit), f64::of(digit) / 2.0)
    }
}

impl Element for String {
    const NAME: &'static str = "String";
    const DTYPE: &'static str = "";
    fn of(digit: u8) -> Self {
        format!("element {digit}")
    }
}
