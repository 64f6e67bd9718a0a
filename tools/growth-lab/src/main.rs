//! Compares growth factors and rules of growth: what they cost in time, memory and copies, predicted by the simulator and
//! measured on this machine, as tables and pictures.
//!
//! ```text
//! cargo run --release -p growth-lab                       # a representative set
//! cargo run --release -p growth-lab -- 3/2 2 cpython-list # these
//! cargo run --release -p growth-lab -- --help             # shape, elements, rows, sizes, ...
//! ```

mod allocator;
mod measured;
mod options;
mod pictures;
mod predicted;
mod report;
mod rules;

use options::Options;
use predicted::Prediction;
use report::Report;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let rules = rules::all(&options.rules, options.row_bytes())?;
    if let Some(task) = &options.task {
        return measured::in_this_process(task, options, &rules);
    }
    let predictions: Result<Vec<_>, _> =
        rules.iter().map(|rule| Prediction::of(rule, options.rows)).collect();
    let predictions = predictions?;
    // Before minutes are spent on what could not be written.
    let in_folder = |error: std::io::Error| format!("{}: {error}", options.folder.display());
    std::fs::create_dir_all(&options.folder).map_err(in_folder)?;
    let (measurements, left_out) = measured::all(options, &rules)?;
    let report =
        Report { options, predictions: &predictions, measurements: &measurements, left_out: &left_out };
    let page = report.write().map_err(in_folder)?;
    let text = format!("{}\nThe report, with pictures: {}\n", report.text(), page.display());
    match std::io::stdout().write_all(text.as_bytes()) {
        // Whoever reads it has seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}
