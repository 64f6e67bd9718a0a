//! Documentation pages: errors, counterparts of NumPy's operations, other crates.

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/numpy.md")]
pub mod numpy {}

// The examples of this page need other crates: the package tests/other_crates runs them.
#[cfg_attr(not(doctest), doc = include_str!("../docs/other_crates.md"))]
pub mod other_crates {}
