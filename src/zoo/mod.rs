//! How the growable arrays of languages, libraries and programs grow, as rules for your own.
//!
//! ```
//! use growable_nd::{GrowableNd, zoo};
//!
//! // An array that grows as a list of CPython does.
//! let growth = zoo::find("cpython-list")?.growth();
//! let mut array = GrowableNd::with_growth([3], growth);
//! let mut capacities = vec![];
//! for _ in 0..50 {
//!     array.push_row([0.0; 3])?;
//!     if capacities.last() != Some(&array.capacity()) {
//!         capacities.push(array.capacity());
//!     }
//! }
//! assert_eq!(capacities, [4, 8, 16, 24, 32, 40, 52]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An [`Entry`] says what the rule is, in which function of which file it is found, and how well it is known;
//! [`entries`] are all of them and [`find`] finds one by its name.
//!
//! # How to read it
//!
//! A slot is whatever the array counts: an element there, a row here. So a rule made for bytes is a rule for rows,
//! too. Where a rule depends on the size of a slot, to fill up a block of the allocator for example, give it the
//! bytes in one row with [`Entry::growth_for`].
//!
//! A rule is told the capacity and what is needed. Where the original looks at the length, the capacity stands for
//! it: a full array that grows by one has the same result, and these are the capacities that are tested.
//!
//! Left out are limits on the size of the whole array, like `Array.MaxLength` of .NET; what an allocator adds to
//! its blocks, unless the source computes it; and when the originals give room back, which
//! [`removal`](Entry::removal) tells in words. To shrink, see [`Growth::with_shrink`](crate::Growth::with_shrink).
//!
//! Rules change from version to version: each holds for those that the title or the [evidence](Evidence) names, not
//! for all that are to come.
//!
//! A rule prints as `custom`, so keep the name of the entry beside it. Where people may name a rule of the zoo or
//! write one of their own:
//!
//! ```
//! use growable_nd::{Growth, GrowthError, zoo};
//!
//! let growth = |text: &str| -> Result<Growth, GrowthError> {
//!     zoo::find(text).map(|entry| entry.growth()).or_else(|_| text.parse())
//! };
//! assert_eq!(growth("perl-array")?.next_capacity(100, 101), 120);
//! assert_eq!(growth("3/2")?, Growth::THREE_HALVES);
//! # Ok::<(), GrowthError>(())
//! ```
//!
//! # Which are amortized
//!
//! Most grow by a factor in the end, so that *n* pushes take time proportional to *n*. Those that do not are worth
//! knowing:
//!
//! ```
//! use growable_nd::zoo;
//!
//! let others = zoo::entries().iter().filter(|entry| !entry.is_amortized());
//! let names: Vec<&str> = others.map(|entry| entry.name).collect();
//! assert_eq!(
//!     names,
//!     ["julia-1.6", "numpy-loadtxt-4", "numpy-loadtxt-512", "d-array", "redis-sds"]
//! );
//! ```
//!
//! # All of them
//!
//! *c* is the capacity of a full array, *n* how much is needed; quotients are rounded down. The capacities are those of
//! an array that is filled one by one.
//!
#![doc = include_str!("../../docs/zoo.md")]

pub(crate) mod entry;
pub(crate) mod rules;

pub use crate::zoo::entry::{Entry, Evidence, Tail};

use crate::zoo::entry::ENTRIES;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

/// All entries; those of one language stand together.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo::{self, Tail};
///
/// let double = Tail::Factor { numerator: 2, denominator: 1 };
/// let doubling = zoo::entries().iter().filter(|entry| entry.tail == double);
/// assert!(doubling.count() < zoo::entries().len() / 2);
/// ```
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

/// The entry of this name, in letters of any case.
///
/// # Errors
///
/// [`UnknownName`], with the nearest names, if there is none.
///
/// # Cost
///
/// O(*k*) for *k* entries, and for a name that is not there O(*k*) times its length.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo;
///
/// assert_eq!(zoo::find("Go-Slice")?.repository, "golang/go");
/// assert_eq!(zoo::find("rust-vek").unwrap_err().nearest[0], "rust-vec");
/// # Ok::<(), zoo::UnknownName>(())
/// ```
pub fn find(name: &str) -> Result<&'static Entry, UnknownName> {
    let entry = ENTRIES.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    entry.ok_or_else(|| UnknownName { found: name.into(), nearest: nearest(name) })
}

/// There is no entry of this name in the zoo.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo;
///
/// let error = zoo::find("fbvector").unwrap_err();
/// assert_eq!(&*error.found, "fbvector");
/// assert_eq!(error.nearest[0], "folly-fbvector");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownName {
    /// The name as it was given.
    pub found: Box<str>,
    /// The three most similar names, the best first: those that contain it or that it contains come before those
    /// that are only spelled much like it.
    pub nearest: Box<[&'static str]>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected the name of a rule of growth in the zoo like ")?;
        for (index, name) in self.nearest.iter().enumerate() {
            let separator = match index {
                0 => "",
                _ if index + 1 == self.nearest.len() => " or ",
                _ => ", ",
            };
            write!(f, "{separator}{name}")?;
        }
        write!(f, ", found {:?}", self.found)
    }
}

impl Error for UnknownName {}

/// The three names most similar to a text.
fn nearest(text: &str) -> Box<[&'static str]> {
    let text = text.to_ascii_lowercase();
    let mut names: Vec<&str> = ENTRIES.iter().map(|entry| entry.name).collect();
    names.sort_by_cached_key(|name| {
        let related = name.contains(&text) || text.contains(name);
        (!related, edit_distance(&text, name))
    });
    names.into_iter().take(3).collect()
}

/// How many letters must be inserted, removed or replaced to make one text from the other.
fn edit_distance(text: &str, name: &str) -> usize {
    // The distances from what was read of the text to every beginning of the name, which is ASCII.
    let mut distances: Vec<usize> = (0..=name.len()).collect();
    // No name is nearly as long as this: what comes behind makes the text no more similar to one than to another.
    for letter in text.chars().take(64) {
        let mut before = distances[0];
        distances[0] += 1;
        for (index, other) in name.chars().enumerate() {
            let replaced = before + usize::from(letter != other);
            before = distances[index + 1];
            distances[index + 1] = replaced.min(before + 1).min(distances[index] + 1);
        }
    }
    distances[name.len()]
}
