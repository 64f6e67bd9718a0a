//! Python processes that answer lines on their standard input.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Names the interpreter instead of `python3`. If it is empty, NumPy is left out.
pub const INTERPRETER: &str = "GROWABLE_ND_PYTHON";

pub fn interpreter() -> OsString {
    std::env::var_os(INTERPRETER).unwrap_or_else(|| "python3".into())
}

/// A running process. It is killed when it is dropped.
pub struct Python {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Python {
    /// Starts a program that prints "ready". Returns `None` if the interpreter is missing or the
    /// program fails, as one that imports NumPy does without NumPy. `errors` gets the messages.
    pub fn start(program: &str, environment: &[(&str, &str)], errors: Stdio) -> Option<Python> {
        let interpreter = interpreter();
        if interpreter.is_empty() {
            return None;
        }
        let mut command = Command::new(interpreter);
        command.args(["-c", program]).envs(environment.iter().copied());
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors);
        let mut child = pipes.spawn().ok()?;
        let (questions, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut python = Python { child, questions, answers };
        (python.line()? == "ready").then_some(python)
    }

    /// Returns the answer to a line, or `None` if the program has ended.
    pub fn ask(&mut self, question: &str) -> Option<String> {
        writeln!(self.questions, "{question}").ok()?;
        self.line()
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line).ok()?;
        Some(line.trim().to_owned())
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
