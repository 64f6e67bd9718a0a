//! Compares `GrowableNd` with alternatives, in interleaved runs in several processes: pushes with
//! other containers and NumPy; every operation with a hand-written loop, ndarray and NumPy; several
//! threads.
//!
//! ```text
//! peers='cargo run --release --manifest-path benches/peers/Cargo.toml --'
//! $peers               # pushes: the tables, as Markdown
//! $peers --matrix      # every operation: see matrix/mod.rs
//! $peers --programs    # five programs: the same numbers as with ndarray?
//! $peers --parallel    # several threads
//! ```
//!
//! `--quick` uses one process, and only shows that the program runs.
//!
//! NumPy is measured if `python3`, or the interpreter named by GROWABLE_ND_PYTHON, has it. To add a
//! container, write its contender in `containers.rs`.

mod containers;
mod contenders;
#[path = "../../interleaved/mod.rs"]
mod interleaved;
mod machine;
mod matrix;
mod ndarrays;
mod numpy;
mod parallel;
mod programs;
mod pushes;
mod python;
mod row_type;
mod source;

// The programs in `tests/programs` import this name.
use programs::data;
use std::process::ExitCode;

fn main() -> ExitCode {
    let wanted = |option: &str| std::env::args().any(|argument| argument == option);
    if wanted("--matrix") {
        return matrix::main();
    }
    if wanted("--programs") {
        programs::compare();
        return ExitCode::SUCCESS;
    }
    if wanted("--parallel") {
        parallel::print_tables();
        return ExitCode::SUCCESS;
    }
    // Other modules read `--quick` and the option of measuring processes.
    let is_known = |argument: &str| argument == "--quick" || !interleaved::is_parent();
    if let Some(unknown) = std::env::args().skip(1).find(|argument| !is_known(argument)) {
        eprintln!(
            "error: unknown argument {unknown}; use --quick, --matrix, --programs, --parallel, or none"
        );
        return ExitCode::from(2);
    }
    if interleaved::is_parent() {
        machine::describe();
    }
    pushes::report();
    ExitCode::SUCCESS
}
