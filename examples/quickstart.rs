//! The first program of the README: rows of one shape, their number not known.

use growable_nd::{Axis, GrowableNd};
use std::io::Write;
use std::process::ExitCode;

#[path = "support/command.rs"]
mod command;

const USAGE: &str = "usage: quickstart\n\
    Pushes rows of the shape [2, 3], and prints what they have become.";

fn main() -> ExitCode {
    let parse =
        |arguments: &[_]| if arguments.is_empty() { Ok(()) } else { Err("expected no arguments".into()) };
    command::run(USAGE, parse, |(), out| run(out))
}

fn run(out: &mut dyn Write) -> command::Result<()> {
    // A generator of 2×3 arrays; how many depends on the data.
    let steps = (1..).map(|i| [[i, i * i, i * i * i]; 2]);
    let steps = steps.take_while(|step| step[0][2] < 1000);

    let mut array = GrowableNd::<i32>::new([2, 3]);
    for step in steps {
        array.push_row(step)?;
    }
    writeln!(out, "{:?}", array.shape())?;
    writeln!(out, "{}", array[[8, 1, 2]])?;
    writeln!(out, "{:.1}", array.mean_axis_of(Axis(0), |&x| f64::from(x))[[0, 1]])?;
    assert_eq!(array.as_slice().len(), 54);
    Ok(())
}
