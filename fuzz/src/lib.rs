//! Code that the fuzz targets share: numbers from the input, an allocator that counts and refuses,
//! expected panics, and the program of each target.
//!
//! A target is a function of bytes in `fuzz_targets`. With `cargo fuzz` (`cargo install --locked
//! cargo-fuzz`, and a C++ compiler) libFuzzer searches for inputs that make it panic, or use too
//! much time or memory:
//!
//! ```sh
//! mkdir -p fuzz/corpus/texts
//! cargo +nightly fuzz run -s none texts fuzz/corpus/texts fuzz/seeds/texts -- \
//!     -max_total_time=600 -timeout=60 -rss_limit_mb=1024
//! ```
//!
//! `-s none` turns sanitizers off for speed: the library has no unsafe code that they could check.
//! Without `cargo fuzz` a target is a program that runs files, such as those that libFuzzer found,
//! on every toolchain:
//!
//! ```sh
//! cargo run --manifest-path fuzz/Cargo.toml --bin texts fuzz/artifacts/texts
//! cargo test --manifest-path fuzz/Cargo.toml # all targets with their seeds
//! ```
//!
//! A timeout counts real time: ignore it on a busy machine. Seeds are small inputs of each kind. To
//! add a target, write it, and name it in `Cargo.toml` and in `tests/seeds.rs`.

pub mod input;
pub mod memory;
pub mod panics;
pub mod program;
