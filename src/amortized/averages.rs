//! Average costs of a growth factor, in closed form.

use crate::amortized::bounds::Bounds;
use crate::growth::Growth;

/// The average costs of a factor *a* over the length of the array; [`Bounds`] has the worst case.
///
/// The averages assume that the logarithm of the length is uniformly distributed over whole cycles
/// of growth, so lengths just before or after a growth are not favoured. The
/// [chapter](crate::amortized#averages) derives the formulas and compares them with simulations.
///
/// Requires the feature `std`, for the logarithm.
///
/// # Examples
///
/// ```
/// use growable_nd::Growth;
/// use growable_nd::amortized::Averages;
///
/// let double = Averages::of(&Growth::DOUBLE).expect("a factor");
/// assert_eq!(format!("{:.2}", double.copies_per_push), "1.44");
/// assert_eq!(format!("{:.2}", double.capacity_per_row), "1.44");
/// assert_eq!(format!("{:.2}", double.peak_per_row), "2.16");
/// assert_eq!(format!("{:.1}", double.price), "2.6");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Averages {
    /// Rows copied per row pushed: 1/ln *a*.
    pub copies_per_push: f64,
    /// Capacity per row: (*a* − 1)/ln *a*.
    pub capacity_per_row: f64,
    /// Capacity of the old and the new block of the last growth together, per row:
    /// (*a*² − 1)/(*a* ln *a*).
    pub peak_per_row: f64,
    /// The price of memory at which the factor is the best one on average. One slot per row then
    /// costs 1/(*a* ln *a* − *a* + 1) copies per push.
    pub price: f64,
}

impl Averages {
    /// Returns the averages of a policy that has [`Bounds`]; `None` for other policies.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::Growth;
    /// use growable_nd::amortized::Averages;
    ///
    /// assert!(Averages::of(&Growth::NINE_EIGHTHS).is_some());
    /// assert!(Averages::of(&Growth::EXACT).is_none());
    /// ```
    #[must_use]
    pub fn of(growth: &Growth) -> Option<Averages> {
        let bounds = Bounds::of(growth)?;
        let a = bounds.capacity_per_row().to_f64();
        // `a - 1` would lose its digits for a factor close to 1.
        let surplus = bounds.copies_per_push().to_f64().recip() * a;
        let ln = surplus.ln_1p();
        Some(Averages {
            copies_per_push: ln.recip(),
            capacity_per_row: surplus / ln,
            peak_per_row: surplus * (a + 1.0) / (a * ln),
            price: excess(surplus).recip(),
        })
    }
}

/// Returns *a* ln *a* − *a* + 1 for *a* = 1 + *s*. For small *s*, where the terms cancel, by its
/// series: the sum of (−*s*)ᵏ/(*k* (*k* − 1)) over *k* ≥ 2.
fn excess(s: f64) -> f64 {
    if s > 0.01 {
        return (1.0 + s) * s.ln_1p() - s;
    }
    let tail = 1.0 / 12.0 - s * (1.0 / 20.0 - s * (1.0 / 30.0 - s * (1.0 / 42.0 - s / 56.0)));
    s * s * (0.5 - s * (1.0 / 6.0 - s * tail))
}
