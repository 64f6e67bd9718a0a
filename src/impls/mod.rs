//! Traits of std and serde for arrays and views: comparison, hashes, clones, printing, data
//! formats.
//!
//! Imports `growth`, `layout`, `kernels`, `view` and `array`. The files are independent of each
//! other, except that `fmt` prints through `table` (columns of texts) and `floats` (how many digits
//! floats have). Read `cmp` first.

pub(crate) mod cmp;
pub(crate) mod convert;
mod floats;
pub(crate) mod fmt;
pub(crate) mod hash;
#[cfg(feature = "serde")]
pub(crate) mod serde;
mod table;
