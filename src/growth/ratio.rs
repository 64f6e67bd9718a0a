//! Exact fractions: growth factors, thresholds, and the bounds of the theorems.

use crate::growth::message::Message;
use core::cmp::Ordering;
use core::error::Error;
use core::fmt;

/// An exact fraction in lowest terms.
///
/// Growth factors, shrinking thresholds and all bounds of [`amortized`](crate::amortized) are
/// `Ratio`s. Comparison is exact for all values. A ratio prints as `7/2`, an integer as `3`; with a
/// precision it prints as a decimal number.
///
/// # Examples
///
/// ```
/// use growable_nd::Ratio;
///
/// const QUARTER: Ratio = Ratio::new(1, 4);
///
/// let ratio = Ratio::new(14, 4);
/// assert_eq!(ratio.to_string(), "7/2");
/// assert_eq!(format!("{ratio:.2}"), "3.50");
/// assert!(ratio > Ratio::from(3) && QUARTER < ratio);
/// ```
// Invariants: the denominator is positive, and the fraction is in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    pub(crate) const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };

    /// Creates `numerator / denominator` in lowest terms.
    ///
    /// # Panics
    ///
    /// If the denominator is zero or either number is `i128::MIN`; [`try_new`](Self::try_new)
    /// returns the error. In a constant the panic is a compiler error.
    ///
    /// # Cost
    ///
    /// O(log *d*) for a denominator *d*.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Ratio;
    ///
    /// assert_eq!(Ratio::new(6, -4).to_string(), "-3/2");
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(numerator: i128, denominator: i128) -> Ratio {
        match Ratio::try_new(numerator, denominator) {
            Ok(ratio) => ratio,
            Err(error) => error.message().panic(),
        }
    }

    /// Creates a ratio like [`new`](Self::new), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`RatioError`] if the denominator is zero or either number is `i128::MIN`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Ratio;
    ///
    /// assert_eq!(Ratio::try_new(6, 4), Ok(Ratio::new(3, 2)));
    /// assert_eq!(Ratio::try_new(5, 0).unwrap_err().to_string(), "denominator of 5/0 is zero");
    /// ```
    pub const fn try_new(numerator: i128, denominator: i128) -> Result<Ratio, RatioError> {
        if denominator == 0 {
            return Err(RatioError::ZeroDenominator { numerator });
        }
        if numerator == i128::MIN || denominator == i128::MIN {
            return Err(RatioError::OutOfRange { numerator, denominator });
        }
        let (mut divisor, mut rest) = (numerator.abs(), denominator.abs());
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        let divisor = divisor * denominator.signum();
        Ok(Ratio { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// Creates a ratio that is in lowest terms already. The denominator is positive.
    pub(crate) const fn from_lowest_terms(numerator: i128, denominator: i128) -> Ratio {
        Ratio { numerator, denominator }
    }

    /// Creates a ratio of unsigned numbers. `None` if the denominator is zero or a number has more
    /// than 127 bits.
    pub(crate) fn of_unsigned(numerator: u128, denominator: u128) -> Option<Ratio> {
        Ratio::try_new(i128::try_from(numerator).ok()?, i128::try_from(denominator).ok()?).ok()
    }

    /// Returns the numerator in lowest terms. It carries the sign.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Ratio;
    ///
    /// assert_eq!(Ratio::new(6, -4).numerator(), -3);
    /// ```
    #[must_use]
    #[inline]
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// Returns the denominator in lowest terms. It is positive.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Ratio;
    ///
    /// assert_eq!(Ratio::new(6, -4).denominator(), 2);
    /// ```
    #[must_use]
    #[inline]
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// Converts to a floating-point number: the nearest one if numerator and denominator are at
    /// most 2⁵³, and otherwise one within 3 units in the last place.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Ratio;
    ///
    /// assert_eq!(Ratio::new(7, 2).to_f64(), 3.5);
    /// ```
    #[must_use]
    pub fn to_f64(self) -> f64 {
        let size = float(self.numerator.unsigned_abs()) / float(self.denominator.unsigned_abs());
        if self.numerator < 0 { -size } else { size }
    }
}

/// Converts an integer to a floating-point number.
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
    /// Compares integer parts, then the reciprocals of the remainders, so that no product can
    /// overflow.
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

/// The error of creating a [`Ratio`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RatioError {
    /// The denominator is zero.
    #[non_exhaustive]
    ZeroDenominator {
        /// The numerator.
        numerator: i128,
    },
    /// The numerator or the denominator is `i128::MIN`, whose negative is not an `i128`.
    #[non_exhaustive]
    OutOfRange {
        /// The numerator.
        numerator: i128,
        /// The denominator.
        denominator: i128,
    },
}

impl RatioError {
    pub(crate) const fn message(self) -> Message {
        match self {
            RatioError::ZeroDenominator { numerator } => {
                Message::new().text("denominator of ").integer(numerator).text("/0 is zero")
            }
            RatioError::OutOfRange { numerator, denominator } => {
                let found = Message::new().integer(numerator).text("/").integer(denominator);
                found.text(" is out of range: both numbers must be greater than -2^127")
            }
        }
    }
}

impl fmt::Display for RatioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().as_str())
    }
}

impl Error for RatioError {}
