//! Reading and writing the `.npy` files of NumPy, with the feature `npy`.
//!
//! Imports `memory`, `layout`, `view`, `array` and `io`. `header` reads and writes headers:
//! `dictionary` parses their text, and `dtype` the text of a dtype. `element` has the trait of
//! elements and implements it for numbers; `bytes`, `float16`, `half`, `complex` and `text`
//! implement it for other types. To read the source, begin with `read`, then `exact` and `mapped`;
//! then `write` and `save`; then `pending`, `appender` and `open`.

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

/// Maximum bytes read, or encoded and then written, at a time, unless one element or row is longer.
const BATCH: usize = 1 << 16;
