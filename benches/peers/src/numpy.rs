//! NumPy as a contender, in a Python process that measures the time itself.

use crate::interleaved::{Contender, is_parent};
use crate::source::Source;
use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Names the interpreter instead of `python3`. If it is empty, NumPy is left out.
const INTERPRETER: &str = "GROWABLE_ND_PYTHON";

/// The setting that tells a child process not to look for Python.
pub const NO_PYTHON: (&str, &str) = (INTERPRETER, "");

const WAYS: [(&str, &str); 4] = [
    ("preallocated", "NumPy `np.empty` of the right size, filled"),
    ("grown", "NumPy `np.empty`, 1.5 times as large when full, trimmed"),
    ("stacked", "NumPy `np.stack(list(rows))`"),
    ("fromiter", "NumPy `np.fromiter`"),
];

/// Lists the contenders of NumPy, if there is a Python with NumPy.
pub fn ways<'a>(python: Option<&'a Python>, source: &'a Source) -> Vec<Contender<'a>> {
    let Some(python) = python else { return vec![] };
    WAYS.map(|(way, name)| Contender::timed(name, move || python.time(way, source))).into()
}

fn interpreter() -> OsString {
    std::env::var_os(INTERPRETER).unwrap_or_else(|| "python3".into())
}

/// A Python that has NumPy, started on first use.
#[derive(Default)]
pub struct Python(RefCell<Option<Running>>);

impl Python {
    /// Returns the name of the interpreter.
    pub fn name() -> String {
        format!("{:?}", interpreter())
    }

    /// Finds Python. A measuring process does not search; its parent has searched.
    pub fn find() -> Option<Self> {
        let is_there = !interpreter().is_empty() && (!is_parent() || Running::start(Stdio::null()).is_some());
        is_there.then(Python::default)
    }

    fn time(&self, way: &str, source: &Source) -> Duration {
        let mut running = self.0.borrow_mut();
        let running =
            running.get_or_insert_with(|| Running::start(Stdio::inherit()).expect("a Python with NumPy"));
        let shape = source.row_shape().iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
        writeln!(running.questions, "{way} {} {shape}", source.count()).expect("Python listens");
        let nanoseconds = running.answer().and_then(|answer| answer.parse().ok());
        Duration::from_nanos(nanoseconds.unwrap_or_else(|| panic!("NumPy failed: {way}")))
    }
}

struct Running {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Running {
    /// Starts Python. Returns `None` if there is no Python with NumPy. `errors` gets the messages.
    fn start(errors: Stdio) -> Option<Running> {
        let mut command = Command::new(interpreter());
        command.args(["-c", include_str!("ways.py")]);
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors);
        let mut child = pipes.spawn().ok()?;
        let (questions, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut running = Running { child, questions, answers };
        (running.answer()? == "ready").then_some(running)
    }

    fn answer(&mut self) -> Option<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line).ok()?;
        Some(line.trim().to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
