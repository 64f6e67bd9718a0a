//! The types of the zoo: an entry, its source, the evidence for its rule, and how large arrays
//! grow.

use crate::growth::Growth;
use crate::growth::ratio::Ratio;
use crate::growth::request::Request;
use alloc::format;
use alloc::string::String;
use core::fmt;

/// The growth policy of an array of a language, a library or a program, and its source.
///
/// # Examples
///
/// ```
/// use growable_nd::{Request, zoo};
///
/// let entry = zoo::find("java-arraylist")?;
/// assert_eq!(entry.title, "OpenJDK ArrayList, created without a capacity");
/// assert_eq!(entry.rule, "10 first, then c + max(n - c, c/2)");
/// assert_eq!(entry.growth().next_capacity(Request::new(0, 1)), 10);
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The name, for [`zoo::find`](crate::zoo::find) and [`zoo::parse`](crate::zoo::parse). A
    /// version in the name, as in `cpython-list-3.8`, is the last version with this rule.
    pub name: &'static str,
    /// The name in words, with the versions that have this rule.
    pub title: &'static str,
    /// Where the rule is written.
    pub source: Source,
    /// How the rule is known.
    pub evidence: Evidence,
    /// The day of the last comparison with the source or the program, as in `2026-11-29`.
    pub checked: &'static str,
    /// The unit that the rule counts.
    pub unit: Unit,
    /// Bytes in one slot of the source, or a common size if sizes differ.
    pub slot_bytes: u64,
    /// Whether the rule depends on the bytes in one slot, which are the bytes in one row of an
    /// array.
    pub depends_on_size: bool,
    /// The next capacity of a full array: *c* is the capacity, *n* the number of slots needed.
    /// Quotients are rounded down.
    pub rule: &'static str,
    /// When the array shrinks as elements are removed.
    pub removal: &'static str,
    /// How large arrays grow.
    pub tail: Tail,
    pub(crate) next: fn(Request) -> u64,
}

/// The place of a rule in source code.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo;
///
/// let source = zoo::find("git-alloc-grow")?.source;
/// assert_eq!(
///     source.to_string(),
///     "git/git v2.55.0, git-compat-util.h: ALLOC_GROW, alloc_nr"
/// );
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Source {
    /// The repository: its owner and name on GitHub, its address elsewhere, or a remark that it is
    /// not public.
    pub repository: &'static str,
    /// The file in the repository.
    pub file: &'static str,
    /// The function or functions in the file.
    pub function: &'static str,
    /// The tag or the commit that was read, or another name of the version.
    pub version: &'static str,
}

/// Prints the repository and version, the file, and the function.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Source { repository, file, function, version } = self;
        write!(f, "{repository} {version}, {file}: {function}")
    }
}

/// The evidence for a rule in the zoo: how it is known.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo::{self, Evidence};
///
/// assert_eq!(zoo::find("ruby-array")?.evidence, Evidence::Replayed("Ruby 3.1.2"));
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// The capacities were compared with those of the real program, of this name and version.
    Replayed(&'static str),
    /// The source was read.
    Read,
    /// A text about the source was read, at this address: an issue, a change or an experiment.
    Documented(&'static str),
}

/// The unit that a rule of the zoo counts.
///
/// # Examples
///
/// ```
/// use growable_nd::zoo::{self, Unit};
///
/// assert_eq!(zoo::find("go-slice")?.unit, Unit::Slots);
/// assert_eq!(zoo::find("redis-sds")?.unit, Unit::Bytes);
/// # Ok::<(), zoo::UnknownName>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Elements, which may be values, references or pointers.
    Slots,
    /// Rows of a table or an array.
    Rows,
    /// Bytes of a text or a buffer.
    Bytes,
}

/// Prints the unit in lower case.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Unit::Slots => "slots",
            Unit::Rows => "rows",
            Unit::Bytes => "bytes",
        })
    }
}

/// How large arrays grow, for slots of the [size](Entry::slot_bytes) in the entry.
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
    /// The capacity grows by this factor, except for rounding: a push is amortized O(1). The
    /// factors of `julia` and `julia-1.12` approach it slowly and exceed it by 2 % and 3 % at 2^62.
    Factor(Ratio),
    /// The capacity grows by this number of slots, within a thousandth: *n* pushes take time
    /// proportional to *n*².
    Step(u64),
    /// The capacity grows by a factor that falls towards 1. In `d-array` it falls so slowly that
    /// *n* pushes take time proportional to *n* log *n*.
    Falling,
}

impl Entry {
    /// Returns the growth policy, which has the [name](Self::name) of the entry.
    ///
    /// A rule that [depends on the size](Self::depends_on_size) of a slot uses the bytes in one row
    /// of the array. More than 2^32 bytes count as 2^32.
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

    /// Returns the address of the text that was read.
    ///
    /// This is the file of this version on GitHub, the document, or a repository elsewhere.
    ///
    /// `None` if the source is not public and no document was read.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::zoo;
    ///
    /// assert_eq!(
    ///     zoo::find("git-alloc-grow")?.url().as_deref(),
    ///     Some("https://github.com/git/git/blob/v2.55.0/git-compat-util.h")
    /// );
    /// assert_eq!(zoo::find("delphi-tlist-older")?.url(), None);
    /// # Ok::<(), zoo::UnknownName>(())
    /// ```
    #[must_use]
    pub fn url(&self) -> Option<String> {
        let Source { repository, file, version, .. } = self.source;
        if let Evidence::Documented(address) = self.evidence {
            return Some(address.into());
        }
        if repository.contains(' ') {
            return None;
        }
        if repository.contains(':') {
            return Some(repository.into());
        }
        Some(format!("https://github.com/{repository}/blob/{version}/{file}"))
    }

    /// Returns whether a push is amortized O(1) for arrays of every size.
    ///
    /// This is so if large arrays grow by a [factor](Tail::Factor).
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

/// Prints the name.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}
