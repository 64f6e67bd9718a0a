//! The ways of NumPy, in a Python of their own that takes the time itself.

use crate::interleaved::Contender;
use crate::source::Source;
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

/// Names the interpreter; without it `python3` is tried.
const PYTHON: &str = "GROWABLE_ND_PYTHON";

const WAYS: [(&str, &str); 4] = [
    ("preallocated", "NumPy `np.empty` of the right size, filled"),
    ("grown", "NumPy `np.empty`, 1.5 times as large when full, trimmed"),
    ("stacked", "NumPy `np.stack(list(rows))`"),
    ("fromiter", "NumPy `np.fromiter`"),
];

/// A Python that has NumPy.
pub struct Python {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Python {
    /// None where there is none, or none with NumPy.
    pub fn start() -> Option<Rc<RefCell<Python>>> {
        let program = std::env::var_os(PYTHON).unwrap_or_else(|| "python3".into());
        let mut command = Command::new(program);
        command.args(["-c", include_str!("ways.py")]);
        // Some systems name a kernel for linear algebra, which plays no part here.
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let (questions, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut python = Python { child, questions, answers };
        (python.answer()? == "ready").then(|| Rc::new(RefCell::new(python)))
    }

    fn answer(&mut self) -> Option<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line).ok()?;
        Some(line.trim().to_owned())
    }

    fn time(&mut self, way: &str, source: &Source) -> Duration {
        let shape = source.row_shape().iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
        writeln!(self.questions, "{way} {} {shape}", source.count()).expect("Python listens");
        let nanoseconds = self.answer().and_then(|answer| answer.parse().ok());
        Duration::from_nanos(nanoseconds.unwrap_or_else(|| panic!("NumPy failed: {way}")))
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All ways, if there is a Python for them.
pub fn ways<'a>(python: &Option<Rc<RefCell<Python>>>, source: &'a Source) -> Vec<Contender<'a>> {
    let Some(python) = python else { return vec![] };
    let contenders = WAYS.map(|(way, name)| {
        let python = Rc::clone(python);
        Contender::timed(name, move || python.borrow_mut().time(way, source))
    });
    contenders.into()
}
