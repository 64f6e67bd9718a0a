//! Traits of std and serde for arrays and views: comparison, hashing, cloning, printing, data formats.
//!
//! Imports `array`, `view` and `growth`. The files are independent of each other.

pub(crate) mod cmp;
pub(crate) mod convert;
pub(crate) mod fmt;
pub(crate) mod hash;
#[cfg(feature = "serde")]
pub(crate) mod serde;
