//! Arrays from bytes and streams, and to them.

pub(crate) mod bytes;
#[cfg(feature = "std")]
pub(crate) mod error;
#[cfg(feature = "std")]
pub(crate) mod stream;
