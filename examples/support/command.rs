//! Command lines of the programs in this folder: help, messages, exit codes, closed pipes.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

const NAME: &str = env!("CARGO_BIN_NAME");

/// Parses the arguments and does the work, which prints to `out`; with `--help`, prints `usage`
/// instead.
///
/// The exit code is 2 for wrong arguments and 1 for work that failed. A reader that closes the
/// pipe, as `head` does, is not a failure.
pub fn run<A>(
    usage: &str,
    parse: impl FnOnce(&[OsString]) -> Result<A>,
    work: impl FnOnce(A, &mut dyn Write) -> Result<()>,
) -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let mut out = io::stdout().lock();
    let result = if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        writeln!(out, "{usage}").map_err(Box::from)
    } else {
        match parse(&arguments) {
            Ok(arguments) => work(arguments, &mut out),
            Err(error) => {
                complain(&format!("{}\n{usage}", chain(&*error)));
                return ExitCode::from(2);
            }
        }
    };
    match result {
        Err(error) if !is_broken_pipe(&*error) => {
            complain(&chain(&*error));
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Prints a message to standard error; ignores a closed one.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "{NAME}: {message}");
}

/// Joins the messages of an error and of its sources, such as the error of a reader or a file.
pub fn chain(error: &dyn Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", chain(source)),
        None => error.to_string(),
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
