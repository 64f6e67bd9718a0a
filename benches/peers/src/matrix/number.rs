//! Numbers of all types, and their order.

use super::element::Element;
use ndarray::LinalgScalar;

/// Numbers of all types.
pub trait Number: Element + LinalgScalar + Default {}
impl<T: Element + LinalgScalar + Default> Number for T {}

/// Returns the larger of two elements, or the one that is NaN.
pub fn larger<T: PartialOrd + Copy>(a: T, x: T) -> T {
    #[expect(clippy::eq_op, reason = "only NaN differs from itself")]
    if x > a || x != x { x } else { a }
}

pub fn smaller<T: PartialOrd + Copy>(a: T, x: T) -> T {
    #[expect(clippy::eq_op, reason = "only NaN differs from itself")]
    if x < a || x != x { x } else { a }
}

/// Returns whether `x` replaces `max` as the maximum: it is larger, or the first NaN.
#[expect(clippy::eq_op, reason = "only NaN differs from itself")]
pub fn beats<T: PartialOrd + Copy>(x: T, max: T) -> bool {
    x > max || (x != x && max == max)
}

/// Returns the index of the maximum, or of the first NaN.
#[inline(always)]
pub fn argmax_of<'a, T: PartialOrd + Copy + 'a>(elements: impl Iterator<Item = &'a T>, first: T) -> usize {
    let larger_of = |best: (usize, T), (at, &x): (usize, &T)| if beats(x, best.1) { (at, x) } else { best };
    elements.enumerate().fold((0, first), larger_of).0
}
