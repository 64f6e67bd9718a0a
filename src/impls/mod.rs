//! Traits of other crates for arrays and views: comparison, hashing, printing, serde.

pub(crate) mod cmp;
pub(crate) mod fmt;
#[cfg(feature = "serde")]
pub(crate) mod serde;
