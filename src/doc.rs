//! Pages of documentation without code of their own.

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/numpy.md")]
pub mod numpy {}
