//! Files of NumPy: arrays from `.npy` files, and arrays and views to them. With the feature `npy`.
//!
//! Imports `array`, `view` and `io`. `dictionary` parses the text before the elements, `header` is what it
//! says, `dtype` the text of a dtype. `element` is the trait of elements, implemented there and in `bytes`,
//! `float16`, `half`, `complex` and `text`. Read `read` first, then `exact` and `mapped`; `write` and
//! `save`, then `pending`, `appender` and `open`.

pub(crate) mod appender;
pub(crate) mod bytes;
#[cfg(feature = "num-complex")]
pub(crate) mod complex;
pub(crate) mod dictionary;
pub(crate) mod dtype;
pub(crate) mod element;
pub(crate) mod error;
pub(crate) mod exact;
pub(crate) mod float16;
#[cfg(feature = "half")]
pub(crate) mod half;
pub(crate) mod header;
pub(crate) mod mapped;
pub(crate) mod open;
pub(crate) mod pending;
pub(crate) mod read;
pub(crate) mod save;
pub(crate) mod text;
pub(crate) mod write;

/// Maximum bytes read or written at a time; one element or row if it is longer.
const BATCH: usize = 1 << 16;
