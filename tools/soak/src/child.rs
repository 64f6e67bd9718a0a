//! Child processes: this program again, under limits of the system.

use crate::tally::Tally;
use std::env;
use std::io::Read;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Time for the work of a child that takes a second, on a machine that does much else. Longer is
/// without end.
const PATIENCE: Duration = Duration::from_secs(600);

/// Limits the addresses of a process to 32 MiB, as a command of the shell.
pub const MEMORY: &str = "ulimit -v 32768";

/// The command that runs this program with these arguments, after the commands that set limits.
pub fn command(limits: &str, arguments: &[&str]) -> Result<Command, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new("sh");
    // Processes are meant to die, and need leave no core behind. The shell becomes the program, so
    // that it is the program that is killed.
    command.arg("-c").arg(format!("ulimit -c 0 && {limits} && exec \"$0\" \"$@\""));
    command.arg(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    Ok(command)
}

/// Runs a child to its end, and adds what it has counted. A child that fails or does not end is an
/// error.
pub fn run(limits: &str, arguments: &[&str], tally: &Tally) -> Result<(), String> {
    let mut child = command(limits, arguments)?.spawn().map_err(|error| error.to_string())?;
    let start = Instant::now();
    // It prints less than a pipe holds.
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{arguments:?} does not end"));
            }
            None => sleep(Duration::from_millis(2)),
        }
    };
    let mut output = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_string(&mut output).map_err(|error| error.to_string())?;
    }
    tally.add_printed(&output);
    if status.success() { Ok(()) } else { Err(format!("{arguments:?}: {status}")) }
}
