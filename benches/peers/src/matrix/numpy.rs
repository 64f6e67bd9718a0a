//! NumPy as a contender: a Python process that gets a request for each sample, and measures the
//! time itself.

use super::cell::{Digest, Task};
use crate::python::Python;
use std::cell::RefCell;
use std::process::Stdio;
use std::rc::Rc;
use std::time::Duration;

/// The measured expression of `x`, the value of `setup`.
pub struct Request {
    pub setup: String,
    pub expression: String,
}

/// One thread, as for all other contenders, and without huge pages, which only NumPy requests: the
/// cells compare loops, not pages.
const ENVIRONMENT: [(&str, &str); 3] =
    [("OMP_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "1"), ("NUMPY_MADVISE_HUGEPAGE", "0")];

/// A Python that has NumPy.
pub struct NumPy(Rc<RefCell<Python>>);

impl NumPy {
    /// Starts Python. Returns `None` if there is no Python with NumPy.
    pub fn start() -> Option<NumPy> {
        let python = Python::start(include_str!("asked.py"), &ENVIRONMENT, Stdio::null())?;
        Some(NumPy(Rc::new(RefCell::new(python))))
    }

    pub fn task(&self, request: Request) -> impl Task + 'static {
        Asking { python: Rc::clone(&self.0), request }
    }
}

struct Asking {
    python: Rc<RefCell<Python>>,
    request: Request,
}

impl Task for Asking {
    fn run(&mut self, times: u64, look_at: u64) -> (Duration, Digest) {
        let Request { setup, expression } = &self.request;
        let looks = u8::from(look_at < times);
        let answer = self.python.borrow_mut().ask(&format!("{setup}\t{expression}\t{times}\t{looks}"));
        let answer = answer.unwrap_or_default();
        let numbers: Vec<f64> = answer.split(' ').filter_map(|number| number.parse().ok()).collect();
        let [nanoseconds, count, sum, scale] = numbers[..] else {
            panic!("NumPy failed: {setup}: {expression}: {answer}");
        };
        let digest = Digest { count: count as usize, sum, scale, is_coarse: false };
        (Duration::from_nanos(nanoseconds as u64), digest)
    }
}
