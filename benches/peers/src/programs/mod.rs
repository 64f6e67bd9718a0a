//! Programs that are written twice, with ndarray here and with the crate in `tests/programs`. Both
//! must compute the same numbers, and their lines of code are counted.

mod audio;
mod batches;
mod csv;
#[path = "../../../../tests/programs/data.rs"]
pub mod data;
mod frames;
mod particles;

/// The programs with the crate.
#[path = "../../../../tests/programs"]
mod ours {
    pub mod audio;
    pub mod batches;
    pub mod csv;
    pub mod frames;
    pub mod particles;
}

/// Programs by name: ours, the one with ndarray, and both sources.
macro_rules! programs {
    ($($name:ident)*) => {
        [$((
            stringify!($name),
            ours::$name::run(),
            $name::run(),
            include_str!(concat!("../../../../tests/programs/", stringify!($name), ".rs")),
            include_str!(concat!(stringify!($name), ".rs")),
        )),*]
    };
}

/// Maximum relative difference of two numbers that were computed in different orders.
const ROUNDING: f64 = 1e-9;

/// Compares all programs, and prints their lines of code.
pub fn compare() {
    println!("| program | lines | with ndarray |\n|---|---:|---:|");
    for (name, ours, theirs, our_source, their_source) in programs!(particles csv frames batches audio) {
        let ours = ours.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert!((ours - theirs).abs() <= ROUNDING * ours.abs().max(1.0), "{name}: {ours} and {theirs}");
        }
        let (lines, their_lines) = (lines(our_source), lines(their_source));
        assert!(lines <= their_lines, "{name}: {lines} and {their_lines} lines");
        println!("| {name} | {lines} | {their_lines} |");
    }
}

/// Counts the lines that are neither blank nor comments.
fn lines(source: &str) -> usize {
    source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}
