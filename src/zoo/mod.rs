//! Growth policies of languages, libraries and programs, for your own arrays.
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
//! An [`Entry`] has a rule, its [`Source`], and the [`Evidence`] for it. [`entries`] returns all
//! entries, [`find`] looks up an entry by its name, and [`parse`] parses a policy.
//!
// For readers of the source: this folder imports `growth` only. Read `entry` first (the types),
// then `scripting`, `compiled` and `libraries` (the entries, which `table` joins); `rules` has
// their arithmetic. To add a policy, write its rule in `rules`, its entry in one of the three
// files, its capacities in `tests/it/zoo.rs`, a program that prints them in `tests/zoo` if the
// original can be installed, and run `cargo run --release -p book`.
//! # How to read an entry
//!
//! A slot is the unit in which an array counts its capacity: an element in the original, a row in
//! an array of this crate. A rule that counts bytes in the original therefore counts rows here. A
//! rule that depends on the size of a slot, for example to fill a block of the allocator, gets the
//! bytes in one row from the array.
//!
//! A rule gets the capacity and the number of slots needed. If the original uses the length, the
//! rule uses the capacity. For a full array that grows by one slot the result is the same, and
//! tests compare these capacities.
//!
//! The rules leave out:
//!
//! - limits on the size of an array, like `Array.MaxLength` of .NET,
//! - the bytes that an allocator adds to its blocks, unless the source computes them,
//! - shrinking, which [`removal`](Entry::removal) describes in words; see
//!   [`Growth::with_shrink`](crate::Growth::with_shrink).
//!
//! Rules change from version to version. A rule holds for the version in its [source](Source) and
//! for the versions in the title, not for later ones. The [evidence](Evidence) is one of:
//!
//! - replayed: a test compares the rule with the capacities that the program of this version
//!   prints, if the program is installed,
//! - read: the source of this version was read,
//! - documented: a text about the source was read.
//!
//! # Amortized policies
//!
//! With most policies, large arrays grow by a factor, so that *n* pushes take time proportional to
//! *n*. The others are:
//!
//! ```
//! use growable_nd::zoo;
//!
//! let others = zoo::entries().iter().filter(|entry| !entry.is_amortized());
//! let names: Vec<&str> = others.map(|entry| entry.name).collect();
//! assert_eq!(
//!     names,
//!     [
//!         "numpy-loadtxt-4",
//!         "numpy-loadtxt-512",
//!         "julia-1.6",
//!         "d-array",
//!         "freepascal-tfplist",
//!         "redis-sds"
//!     ]
//! );
//! ```
//!
//! # All entries
//!
//! In the rules, *c* is the capacity of a full array and *n* the number of slots needed. Quotients
//! are rounded down; floor4 and ceil4 round down and up to a multiple of 4. The first capacities
//! are those of an array that is filled one slot at a time. An array whose rule does not mention
//! shrinking never shrinks by itself. The link leads to the version that was read, to the document,
//! or to the repository.
//!
#![doc = include_str!("../../docs/zoo.md")]

pub(crate) mod compiled;
pub(crate) mod entry;
pub(crate) mod libraries;
pub(crate) mod rules;
pub(crate) mod scripting;
pub(crate) mod table;

pub use crate::zoo::entry::{Entry, Evidence, Source, Tail, Unit};

use crate::growth::Growth;
use crate::growth::error::ParseGrowthError;
use crate::zoo::table::ENTRIES;
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

/// Letters of an unknown name that are compared with the names of the zoo.
const MAX_LETTERS: usize = 64;

/// Returns all entries: languages with a runtime, compiled languages, libraries and programs.
///
/// # Examples
///
/// ```
/// use growable_nd::Ratio;
/// use growable_nd::zoo::{self, Tail};
///
/// let double = Tail::Factor(Ratio::from(2));
/// let doubling = zoo::entries().iter().filter(|entry| entry.tail == double);
/// assert!(doubling.count() < zoo::entries().len() / 2);
/// ```
#[must_use]
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

/// Finds an entry by its name, ignoring case.
///
/// # Errors
///
/// [`UnknownName`], with similar names if there are any, if no entry has this name.
///
/// # Cost
///
/// O(*k*) for *k* entries, and O(*k l*) for a name of *l* letters that is not found.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo;
///
/// assert_eq!(zoo::find("Go-Slice")?.source.repository, "golang/go");
/// assert_eq!(zoo::find("rust-vek").unwrap_err().nearest[0], "rust-vec");
/// # Ok::<(), zoo::UnknownName>(())
/// ```
pub fn find(name: &str) -> Result<&'static Entry, UnknownName> {
    let entry = ENTRIES.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    entry.ok_or_else(|| UnknownName { found: name.into(), nearest: nearest(name) })
}

/// Parses a growth policy, which may be the name of an entry with settings.
///
/// Accepts the forms of [`Growth`]'s `FromStr`, and names of the zoo.
///
/// # Errors
///
/// [`ParseError`] if the text is not a policy, or has an unknown name.
///
/// # Examples
///
/// ```
/// use growable_nd::{Growth, zoo};
///
/// let growth = zoo::parse("go-slice from 16")?;
/// assert_eq!(growth, zoo::find("go-slice")?.growth().with_first(16));
/// assert_eq!(zoo::parse(&growth.to_string())?, growth);
/// assert_eq!(zoo::parse("3/2")?, Growth::THREE_HALVES);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse(text: &str) -> Result<Growth, ParseError> {
    let mut unknown = None;
    let growth = Growth::parse_with(text, |name| match find(name) {
        Ok(entry) => Some(entry.growth()),
        Err(error) => {
            unknown = Some(error);
            None
        }
    });
    growth.map_err(|error| match unknown {
        Some(unknown) => ParseError::Name(unknown),
        None => ParseError::Policy(error),
    })
}

/// A text could not be parsed as a growth policy with names of the zoo.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo;
///
/// assert_eq!(
///     zoo::parse("cpython-lits from 3").unwrap_err().to_string(),
///     "unknown growth policy \"cpython-lits\"; similar names: cpython-list"
/// );
/// assert!(matches!(zoo::parse("0.5"), Err(zoo::ParseError::Policy(_))));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseError {
    /// No entry has the name in the text.
    Name(UnknownName),
    /// The text is not a policy.
    Policy(ParseGrowthError),
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseError::Name(error) => error.fmt(f),
            ParseError::Policy(error) => error.fmt(f),
        }
    }
}

impl Error for ParseError {}

/// No entry of the zoo has this name.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo;
///
/// let error = zoo::find("fbvector").unwrap_err();
/// assert_eq!(&*error.found, "fbvector");
/// assert_eq!(error.nearest[0], "folly-fbvector");
///
/// assert_eq!(
///     zoo::find("third").unwrap_err().to_string(),
///     "unknown growth policy \"third\"; `zoo::entries` returns all names"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownName {
    /// The name.
    pub found: Box<str>,
    /// At most three similar names, the most similar first. Names that contain the text or are
    /// contained in it come before names of similar spelling: a third of the letters of the text
    /// may differ.
    pub nearest: Box<[&'static str]>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown growth policy {:?}; ", self.found)?;
        if self.nearest.is_empty() {
            return write!(f, "`zoo::entries` returns all names");
        }
        write!(f, "similar names: ")?;
        for (index, name) in self.nearest.iter().enumerate() {
            let separator = match index {
                0 => "",
                _ if index + 1 == self.nearest.len() => " or ",
                _ => ", ",
            };
            write!(f, "{separator}{name}")?;
        }
        Ok(())
    }
}

impl Error for UnknownName {}

/// Returns up to three names similar to a text, the most similar first.
fn nearest(text: &str) -> Box<[&'static str]> {
    if text.is_empty() {
        return Box::default(); // contained in every name
    }
    let text = text.to_ascii_lowercase();
    let limit = text.chars().take(MAX_LETTERS).count() / 3;
    let mut names: Vec<(bool, usize, &str)> = vec![];
    for name in ENTRIES.iter().map(|entry| entry.name) {
        let is_related = name.contains(&text) || text.contains(name);
        let distance = edit_distance(&text, name);
        if is_related || distance <= limit {
            names.push((!is_related, distance, name));
        }
    }
    names.sort_by_key(|&(is_unrelated, distance, _)| (is_unrelated, distance));
    names.into_iter().take(3).map(|(.., name)| name).collect()
}

/// Returns the number of letters to insert, remove or replace to turn one text into the other.
fn edit_distance(text: &str, name: &str) -> usize {
    // The distances from the part of the text that was read to every prefix of the name, which is
    // ASCII.
    let mut distances: Vec<usize> = (0..=name.len()).collect();
    // All names are much shorter: the rest adds equally to all distances.
    for letter in text.chars().take(MAX_LETTERS) {
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
