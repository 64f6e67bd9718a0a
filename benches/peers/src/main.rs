//! How fast rows are pushed into a `GrowableNd`, next to other containers and to NumPy; and how fast views are read and
//! written, and numbers summed and mapped, next to ndarray. All in interleaved runs, in 15 processes or 15 for each contender.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml              # pushing: the tables, as Markdown
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --views   # views: the same
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --numeric # sums and maps: the same
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --quick   # one process: only shows that it runs
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --matrix  # every operation: see matrix/mod.rs
//! ```
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
mod numeric;
mod numpy;
mod pushes;
mod row_type;
mod source;
mod views;

use std::process::ExitCode;

fn main() -> ExitCode {
    let wanted = |option: &str| std::env::args().any(|argument| argument == option);
    if wanted("--matrix") {
        return matrix::main();
    }
    // `--quick` and what a process is to measure are read where the races are run.
    let options = ["--views", "--numeric", "--quick"];
    let is_known = |argument: &str| options.contains(&argument) || !interleaved::is_parent();
    if let Some(unknown) = std::env::args().skip(1).find(|argument| !is_known(argument)) {
        eprintln!("error: expected nothing or some of {}, found {unknown}", options.join(" "));
        return ExitCode::from(2);
    }
    if interleaved::is_parent() {
        machine::describe();
    }
    if wanted("--views") {
        interleaved::report(views::run_all);
    } else if wanted("--numeric") {
        interleaved::report(numeric::run_all);
    } else {
        pushes::report();
    }
    ExitCode::SUCCESS
}
