//! How fast rows are pushed into a `GrowableNd`, next to other containers and to NumPy; and how fast every operation is,
//! next to a loop by hand, ndarray and NumPy; and how fast several threads are. All in interleaved runs, in several
//! processes.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml             # pushing: the tables, as Markdown
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --matrix # every operation: see matrix/mod.rs
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --programs # what users write: the same numbers?
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --parallel # on several threads
//! ```
//!
//! With `--quick` in one process, which only shows that it runs.
//!
//! NumPy is measured where `python3`, or the interpreter that GROWABLE_ND_PYTHON names, has it. To add a peer, write its
//! contender in `containers.rs`.

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
mod row_type;
mod source;

// The programs of the tests name it so.
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
    // `--quick` and what a process is to measure are read where the races are run.
    let is_known = |argument: &str| argument == "--quick" || !interleaved::is_parent();
    if let Some(unknown) = std::env::args().skip(1).find(|argument| !is_known(argument)) {
        eprintln!("error: expected nothing, --quick, --matrix, --programs or --parallel, found {unknown}");
        return ExitCode::from(2);
    }
    if interleaved::is_parent() {
        machine::describe();
    }
    pushes::report();
    ExitCode::SUCCESS
}
