//! Pages of documentation without code of their own.

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/numpy.md")]
pub mod numpy {}

// Its programs need other crates: the package tests/other_crates runs them.
#[cfg_attr(not(doctest), doc = include_str!("../docs/other_crates.md"))]
pub mod other_crates {}
