//! Arrays from bytes and streams, and to them: elements in row-major order, in the byte order of this
//! machine.
//!
//! Imports `array` and `memory`. Read `bytes` first.

pub(crate) mod bytes;
#[cfg(feature = "std")]
pub(crate) mod error;
#[cfg(feature = "std")]
pub(crate) mod stream;
