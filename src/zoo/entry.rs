//! The types of the zoo: an entry, how well its rule is known, and how large arrays grow.

use crate::growth::Growth;
use crate::growth::ratio::Ratio;
use crate::growth::request::Request;
use core::fmt;

/// The growth policy of an array of a language, a library or a program, and its source.
///
/// # Examples
///
/// ```
/// use growable_nd::{Request, zoo};
///
/// let entry = zoo::find("java-arraylist")?;
/// assert_eq!(entry.title, "OpenJDK ArrayList, made without a capacity");
/// assert_eq!(entry.rule, "10 first, then c + max(n - c, c/2)");
/// assert_eq!(entry.growth().next_capacity(Request::new(0, 1)), 10);
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The name, for [`zoo::find`](crate::zoo::find) and [`zoo::parse`](crate::zoo::parse). A
    /// version, as in `cpython-list-3.8`, is the last one with this rule.
    pub name: &'static str,
    /// The name in words, with the versions that have this rule.
    pub title: &'static str,
    /// The repository, on GitHub unless stated otherwise.
    pub repository: &'static str,
    /// The file in the repository.
    pub file: &'static str,
    /// The function or functions in the file.
    pub function: &'static str,
    /// The unit of capacity in the source.
    pub unit: &'static str,
    /// Bytes in one slot of the source: a common size where there are several.
    pub slot_bytes: u64,
    /// Whether the rule depends on the bytes in one slot, in an array the bytes in one row.
    pub depends_on_size: bool,
    /// The next capacity of a full array: *c* is the capacity, *n* the number of slots needed.
    /// Quotients are rounded down.
    pub rule: &'static str,
    /// When the array shrinks as elements are removed.
    pub removal: &'static str,
    /// How the rule is known.
    pub evidence: Evidence,
    /// How large arrays grow.
    pub tail: Tail,
    pub(crate) next: fn(Request) -> u64,
}

/// How a rule in the zoo is known.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo::{self, Evidence};
///
/// assert_eq!(zoo::find("rust-vec")?.evidence, Evidence::Replayed);
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// The source was read.
    Read,
    /// The capacities were also compared with those of the real program.
    Replayed,
    /// Only a text of its authors was read: a manual, an issue, a change.
    Documented,
    /// Only an old version of the source or a part of it was read.
    Older,
}

/// How a rule treats large arrays, of slots of its own [size](Entry::slot_bytes).
///
/// # Examples
///
/// ```
/// use growable_nd::Ratio;
/// use growable_nd::zoo::{self, Tail};
///
/// let cpython = zoo::find("cpython-list")?;
/// assert_eq!(cpython.tail, Tail::Factor(Ratio::new(9, 8)));
/// let redis = zoo::find("redis-sds")?;
/// assert_eq!(redis.tail, Tail::Step(1 << 20));
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tail {
    /// The capacity grows by this factor, except for rounding: a push is amortized O(1). The factor
    /// of `julia` approaches it slowly and still exceeds it by 3 % at 2^62.
    Factor(Ratio),
    /// The capacity grows by this number of slots, within a thousandth: *n* pushes take time
    /// proportional to *n*².
    Step(u64),
    /// The capacity grows by a factor that falls towards 1, in `d-array` so slowly that *n* pushes
    /// take time proportional to *n* log *n*.
    Falling,
}

impl Entry {
    /// Returns the growth policy, which has the [name](Self::name) of the entry.
    ///
    /// A rule that [depends on the size](Self::depends_on_size) of a slot takes the bytes in one
    /// row of the array. More than 2^32 bytes count as 2^32.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Request, zoo};
    ///
    /// let growth = zoo::find("rust-vec")?.growth();
    /// assert_eq!(growth.to_string(), "rust-vec");
    /// assert_eq!(growth.next_capacity(Request::new(0, 1).with_row_bytes(1)), 8);
    /// assert_eq!(growth.next_capacity(Request::new(0, 1).with_row_bytes(2000)), 1);
    ///
    /// let mut array = GrowableNd::<u8>::with_growth([2000], growth);
    /// array.push_row([0; 2000])?;
    /// assert_eq!(array.capacity(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn growth(&self) -> Growth {
        Growth::custom(self.name, self.next)
    }

    /// Returns whether a push is amortized O(1) for arrays of every size: the policy ends in a
    /// [factor](Tail::Factor).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::zoo;
    ///
    /// assert!(zoo::find("julia")?.is_amortized());
    /// assert!(!zoo::find("julia-1.6")?.is_amortized());
    /// # Ok::<(), zoo::UnknownName>(())
    /// ```
    #[must_use]
    pub const fn is_amortized(&self) -> bool {
        matches!(self.tail, Tail::Factor(_))
    }
}

/// The name.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}
