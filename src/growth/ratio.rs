//! Exact fractions: what theorems are stated in.

use core::cmp::Ordering;
use core::fmt;

/// An exact fraction in lowest terms.
///
/// Fractions are compared exactly, whatever their size, and print as `7/2`, or `3` if they are whole; with a
/// precision they print as decimal numbers.
///
/// # Examples
///
/// ```
/// use growable_nd::amortized::Ratio;
///
/// let ratio = Ratio::new(14, 4).expect("a denominator other than zero");
/// assert_eq!(ratio.to_string(), "7/2");
/// assert_eq!(format!("{ratio:.2}"), "3.50");
/// assert!(ratio > Ratio::from(3));
/// ```
// Invariants: the denominator is positive, and the two have no common divisor.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// `numerator / denominator` in lowest terms, or `None` if the denominator is zero, or if one of the two is
    /// `i128::MIN`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Ratio;
    ///
    /// assert_eq!(Ratio::new(6, -4).map(|ratio| ratio.to_string()), Some("-3/2".to_owned()));
    /// assert_eq!(Ratio::new(1, 0), None);
    /// ```
    pub fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        let divisor =
            i128::try_from(greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()));
        let divisor = divisor.ok()? * denominator.signum();
        Some(Ratio { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// As [`new`](Self::new), of numbers that are not negative; `None` also if one of them has more than 127 bits.
    pub(crate) fn of_unsigned(numerator: u128, denominator: u128) -> Option<Ratio> {
        Ratio::new(i128::try_from(numerator).ok()?, i128::try_from(denominator).ok()?)
    }

    /// The numerator in lowest terms, which has the sign.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Ratio;
    ///
    /// assert_eq!(Ratio::new(6, -4).map(|ratio| ratio.numerator()), Some(-3));
    /// ```
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator in lowest terms, which is positive.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Ratio;
    ///
    /// assert_eq!(Ratio::new(6, -4).map(|ratio| ratio.denominator()), Some(2));
    /// ```
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// The nearest floating-point number, or one next to it.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::amortized::Ratio;
    ///
    /// assert_eq!(Ratio::new(7, 2).map(Ratio::to_f64), Some(3.5));
    /// ```
    pub fn to_f64(self) -> f64 {
        let size = float(self.numerator.unsigned_abs()) / float(self.denominator.unsigned_abs());
        if self.numerator < 0 { -size } else { size }
    }
}

/// An integer as a floating-point number.
fn float(integer: u128) -> f64 {
    const HALF: f64 = 4_294_967_296.0;
    let mut sum = 0.0;
    for shift in [96, 64, 32, 0] {
        let digits = u32::try_from((integer >> shift) & u128::from(u32::MAX)).unwrap_or(0);
        sum = sum * HALF + f64::from(digits);
    }
    sum
}

pub(crate) fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl From<i64> for Ratio {
    fn from(integer: i64) -> Self {
        Ratio { numerator: integer.into(), denominator: 1 }
    }
}

impl Ord for Ratio {
    /// By whole parts, and then by what is left over turned upside down: nothing can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let whole = (a.numerator.div_euclid(a.denominator), b.numerator.div_euclid(b.denominator));
            let rest = (a.numerator.rem_euclid(a.denominator), b.numerator.rem_euclid(b.denominator));
            let order = match whole.0.cmp(&whole.1) {
                Ordering::Equal if rest.0 == 0 || rest.1 == 0 => rest.0.cmp(&rest.1),
                Ordering::Equal => {
                    a = Ratio { numerator: a.denominator, denominator: rest.0 };
                    b = Ratio { numerator: b.denominator, denominator: rest.1 };
                    turned = !turned;
                    continue;
                }
                order => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.precision().is_some() {
            fmt::Display::fmt(&self.to_f64(), f)
        } else if self.denominator == 1 {
            fmt::Display::fmt(&self.numerator, f)
        } else {
            f.pad(&alloc::format!("{}/{}", self.numerator, self.denominator))
        }
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ratio({self})")
    }
}
