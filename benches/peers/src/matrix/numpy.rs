//! NumPy as a contender: a Python process that gets a request for each sample, and measures the
//! time itself.

use super::cell::{Digest, Task};
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

/// Names the interpreter instead of `python3`. If it is empty, NumPy is left out.
const INTERPRETER: &str = "GROWABLE_ND_PYTHON";

/// The measured expression of `x`, the value of `setup`.
pub struct Request {
    pub setup: String,
    pub expression: String,
}

/// A Python that has NumPy.
pub struct NumPy(Rc<RefCell<Running>>);

struct Running {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl NumPy {
    /// Starts Python. Returns `None` if there is no Python with NumPy.
    pub fn start() -> Option<NumPy> {
        let interpreter = std::env::var_os(INTERPRETER).unwrap_or_else(|| "python3".into());
        if interpreter.is_empty() {
            return None;
        }
        let mut command = Command::new(interpreter);
        command.args(["-c", include_str!("asked.py")]);
        // One thread, as for all other contenders.
        command.envs([("OMP_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "1")]);
        // Without huge pages, which only NumPy requests: the cells compare loops, not pages.
        command.env("NUMPY_MADVISE_HUGEPAGE", "0");
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = pipes.spawn().ok()?;
        let (questions, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut running = Running { child, questions, answers };
        (running.answer()? == "ready").then(|| NumPy(Rc::new(RefCell::new(running))))
    }

    pub fn task(&self, request: Request) -> impl Task + 'static {
        Asking { running: Rc::clone(&self.0), request }
    }
}

struct Asking {
    running: Rc<RefCell<Running>>,
    request: Request,
}

impl Task for Asking {
    fn run(&mut self, times: u64, look_at: u64) -> (Duration, Digest) {
        let Request { setup, expression } = &self.request;
        let mut running = self.running.borrow_mut();
        let looks = u8::from(look_at < times);
        writeln!(running.questions, "{setup}\t{expression}\t{times}\t{looks}").expect("Python listens");
        let answer = running.answer().unwrap_or_default();
        let numbers: Vec<f64> = answer.split(' ').filter_map(|number| number.parse().ok()).collect();
        let [nanoseconds, count, sum, scale] = numbers[..] else {
            panic!("NumPy failed: {setup}: {expression}: {answer}");
        };
        let digest = Digest { count: count as usize, sum, scale, is_coarse: false };
        (Duration::from_nanos(nanoseconds as u64), digest)
    }
}

impl Running {
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
