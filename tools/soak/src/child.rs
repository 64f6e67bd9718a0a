//! Child processes: this program, run under limits of the system.

use crate::tally::Tally;
use std::env;
use std::io::Read;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Maximum time for the work of a child, which takes a second on an idle machine. A child that
/// takes longer is considered stuck.
const PATIENCE: Duration = Duration::from_secs(600);

/// The shell command that limits the address space of a process to 32 MiB.
pub const MEMORY: &str = "ulimit -v 32768";

/// Makes the command that sets the limits and runs this program with these arguments.
pub fn command(limits: &str, arguments: &[&str]) -> Result<Command, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new("sh");
    // Killed processes should leave no core dump. `exec` replaces the shell by the program, so a
    // kill reaches the program.
    command.arg("-c").arg(format!("ulimit -c 0 && {limits} && exec \"$0\" \"$@\""));
    command.arg(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    Ok(command)
}

/// Runs a child to its end, and adds its counters. A child that fails or gets stuck is an error.
pub fn run(limits: &str, arguments: &[&str], tally: &Tally) -> Result<(), String> {
    let mut child = command(limits, arguments)?.spawn().map_err(|error| error.to_string())?;
    let start = Instant::now();
    // The output of the child fits into a pipe.
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
