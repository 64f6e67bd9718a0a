#![doc = include_str!("../../../docs/other_crates.md")]
