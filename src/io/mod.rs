//! Arrays to and from bytes and streams. Elements are in row-major order, their bytes in native
//! order.
//!
//! Imports `array` and `memory`. Read `bytes` first.

pub(crate) mod bytes;
#[cfg(feature = "std")]
pub(crate) mod error;
#[cfg(feature = "std")]
pub(crate) mod stream;
