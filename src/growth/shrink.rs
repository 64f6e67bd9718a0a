//! The shrinking half of a policy: when an array releases memory, and how much it keeps.

use crate::growth::convert::{i128_of, u32_from, u64_of, u128_of};
use crate::growth::error::GrowthError;
use crate::growth::ratio::Ratio;
use crate::growth::request::Request;
use crate::growth::{Growth, Policy, scaled_up};

/// When to release memory, and how much to keep. Both ratios are in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Shrink {
    /// The part of the capacity in use at which the array shrinks.
    pub(crate) at: (u32, u32),
    /// The capacity per row after shrinking, at least 1.
    pub(crate) to: (u32, u32),
}

impl Shrink {
    pub(crate) const fn at(&self) -> Ratio {
        ratio(u64_of(self.at.0), u64_of(self.at.1))
    }

    pub(crate) const fn to(&self) -> Ratio {
        ratio(u64_of(self.to.0), u64_of(self.to.1))
    }
}

/// Creates a ratio that is in lowest terms already.
const fn ratio(numerator: u64, denominator: u64) -> Ratio {
    Ratio::from_lowest_terms(i128_of(numerator), i128_of(denominator))
}

/// Returns numerator and denominator, which must fit in 32 bits.
const fn parts(ratio: Ratio) -> Result<(u32, u32), GrowthError> {
    match (u32_from(ratio.numerator()), u32_from(ratio.denominator())) {
        (Some(numerator), Some(denominator)) => Ok((numerator, denominator)),
        _ => Err(GrowthError::ShrinkOutOfRange { ratio }),
    }
}

/// Shrinking.
impl Growth {
    /// Makes the policy release memory when rows are removed.
    ///
    /// If the remaining *n* rows take at most `at` of the capacity, the capacity becomes ⌈`to` ·
    /// *n*⌉ if that is less, but at least that of the [first block](Self::with_first).
    ///
    /// - Every method that removes rows shrinks the array, including
    ///   [`resize`](crate::GrowableNd::resize) to fewer rows. Setting the policy does not.
    /// - Reserved capacity is released as well.
    /// - If the smaller block cannot be allocated, the array keeps its block.
    ///
    /// Removing a row is amortized O(*m*) with every factor, additive or exact policy that this
    /// method accepts: see [`amortized`](crate::amortized#shrinking). The usual choice for a factor
    /// *a* is `to` = *a* and `at` = 1/*a*². With factor 2, this halves the capacity when a quarter
    /// is in use.
    ///
    /// The growth of custom policies is not checked, including those of the [`zoo`](crate::zoo):
    /// they count as factor 1, like the exact policy. Choose `at` for them so that `at` times the
    /// capacity per row after a growth is less than 1.
    /// [`worst_sequence`](crate::amortized::worst_sequence) searches for sequences that thrash.
    ///
    /// # Panics
    ///
    /// If [`try_with_shrink`](Self::try_with_shrink) would return an error. In a constant the panic
    /// is a compiler error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth, Ratio};
    ///
    /// const HALVE: Growth = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::new(2, 1));
    /// assert_eq!(HALVE.to_string(), "2 shrink to 2 at 1/4");
    ///
    /// let mut array = GrowableNd::with_growth([3], HALVE);
    /// array.resize(64, 0.0);
    /// array.truncate(17);
    /// assert_eq!(array.capacity(), 64);
    /// array.truncate(16);
    /// assert_eq!(array.capacity(), 32);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn with_shrink(self, at: Ratio, to: Ratio) -> Growth {
        match self.try_with_shrink(at, to) {
            Ok(growth) => growth,
            Err(error) => error.message().panic(),
        }
    }

    /// Makes the policy shrink like [`with_shrink`](Self::with_shrink), or returns an error instead
    /// of panicking.
    ///
    /// # Errors
    ///
    /// - [`GrowthError::ShrinkOutOfRange`] if a ratio is negative or does not fit in 32-bit
    ///   numbers,
    /// - [`GrowthError::ShrinkBelowRows`] if `to` is less than 1,
    /// - [`GrowthError::Thrashes`] if `at` times `to`, or `at` times the factor, is 1 or more: when
    ///   rows are added and removed at a boundary, the array would grow and shrink alternately. An
    ///   additive policy counts as factor 2, since its first step can double the capacity; exact
    ///   and custom policies count as factor 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, GrowthError, Ratio};
    ///
    /// let error = Growth::DOUBLE.try_with_shrink(Ratio::new(1, 2), Ratio::from(1)).unwrap_err();
    /// assert!(matches!(error, GrowthError::Thrashes { .. }));
    /// ```
    pub const fn try_with_shrink(self, at: Ratio, to: Ratio) -> Result<Growth, GrowthError> {
        let (at, to) = match (parts(at), parts(to)) {
            (Ok(at), Ok(to)) => (at, to),
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let shrink = Shrink { at, to };
        if to.0 < to.1 {
            return Err(GrowthError::ShrinkBelowRows { to: shrink.to() });
        }
        let grown = match self.policy {
            Policy::Factor { numerator, denominator } => (numerator, denominator),
            // A block that the policy chose is never smaller than its step.
            Policy::Additive(_) => (2, 1),
            Policy::Exact | Policy::Custom(_) => (1, 1),
        };
        let shrunk = (u64_of(to.0), u64_of(to.1));
        let (at_parts, mut resized) = ((u64_of(at.0), u64_of(at.1)), grown);
        // The larger of the two, exactly: products of 64-bit numbers fit in 128 bits.
        if u128_of(shrunk.0) * u128_of(grown.1) > u128_of(grown.0) * u128_of(shrunk.1) {
            resized = shrunk;
        }
        if u128_of(at_parts.0) * u128_of(resized.0) >= u128_of(at_parts.1) * u128_of(resized.1) {
            let capacity_per_row = ratio(resized.0, resized.1);
            return Err(GrowthError::Thrashes { at: shrink.at(), capacity_per_row });
        }
        Ok(Growth { shrink: Some(shrink), ..self })
    }

    /// Returns whether the policy shrinks.
    #[inline]
    pub(crate) const fn shrinks(&self) -> bool {
        self.shrink.is_some()
    }

    /// Returns the maximum number of rows at which an array with the capacity of the request
    /// shrinks; `None` if it never does. Ignores `needed`.
    pub(crate) fn shrinks_at(&self, request: Request) -> Option<u64> {
        let Shrink { at, .. } = self.shrink?;
        if request.capacity <= self.first_block(request) {
            return None;
        }
        u64::try_from(u128::from(request.capacity) * u128::from(at.0) / u128::from(at.1)).ok()
    }

    /// Returns the next capacity after rows were removed and `needed` rows remain. `None` if the
    /// array keeps its block.
    ///
    /// # Panics
    ///
    /// Only if the function of a [custom](Growth::custom) policy panics. It is called for the size
    /// of the first block.
    ///
    /// # Cost
    ///
    /// Constant, plus at most two calls of a custom function.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Growth, Ratio, Request};
    ///
    /// let growth = Growth::DOUBLE.with_first(8).with_shrink(Ratio::new(1, 4), Ratio::from(2));
    /// assert_eq!(growth.shrunk_capacity(Request::new(64, 17)), None);
    /// assert_eq!(growth.shrunk_capacity(Request::new(64, 16)), Some(32));
    /// assert_eq!(growth.shrunk_capacity(Request::new(64, 0)), Some(8));
    /// assert_eq!(growth.shrunk_capacity(Request::new(8, 0)), None);
    /// assert_eq!(Growth::DOUBLE.shrunk_capacity(Request::new(64, 0)), None);
    /// ```
    #[must_use]
    pub fn shrunk_capacity(&self, request: Request) -> Option<u64> {
        let Shrink { to, .. } = self.shrink?;
        if request.needed > self.shrinks_at(request)? {
            return None;
        }
        let kept = scaled_up(request.needed, to.0.into(), to.1.into())?;
        let kept = kept.max(self.first_block(request));
        // Rounded up, the capacity may be as large as before.
        (kept < request.capacity).then_some(kept)
    }

    /// The capacity of the first block, for rows of the size in the request.
    fn first_block(&self, request: Request) -> u64 {
        self.next_capacity(Request { capacity: 0, needed: 1, ..request })
    }
}
