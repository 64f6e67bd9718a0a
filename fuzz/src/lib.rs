//! What the fuzz targets share: numbers from the input, memory that is counted and refused, panics
//! that are expected, and the program of each target.
//!
//! A target is a function of bytes in `fuzz_targets`. With `cargo fuzz` (`cargo install --locked
//! cargo-fuzz`, and a C++ compiler) libFuzzer looks for bytes with which it panics, takes too long
//! or too much memory:
//!
//! ```sh
//! mkdir -p fuzz/corpus/texts
//! cargo +nightly fuzz run -s none texts fuzz/corpus/texts fuzz/seeds/texts -- \
//!     -max_total_time=600 -timeout=60 -rss_limit_mb=1024
//! ```
//!
//! `-s none` is for speed: the library has no unsafe code in which a sanitizer could find
//! something. Without `cargo fuzz` a target is a program that runs files, such as one that
//! libFuzzer has found, on every toolchain:
//!
//! ```sh
//! cargo run --manifest-path fuzz/Cargo.toml --bin texts fuzz/artifacts/texts
//! cargo test --manifest-path fuzz/Cargo.toml # all targets with their seeds
//! ```
//!
//! A timeout counts real time: on a machine that does much else it says nothing. Seeds are small
//! inputs of each kind. To add a target, write it, name it in `Cargo.toml` and in
//! `tests/seeds.rs`.

pub mod input;
pub mod memory;
pub mod panics;
pub mod program;
