//! NumPy as a contender, in a Python process that measures the time itself.

use crate::interleaved::{Contender, is_parent};
use crate::python::{INTERPRETER, Python, interpreter};
use crate::source::Source;
use std::cell::RefCell;
use std::process::Stdio;
use std::time::Duration;

/// The setting that tells a child process not to look for Python.
pub const NO_PYTHON: (&str, &str) = (INTERPRETER, "");

const WAYS: [(&str, &str); 4] = [
    ("preallocated", "NumPy `np.empty` of the right size, filled"),
    ("grown", "NumPy `np.empty`, 1.5 times as large when full, trimmed"),
    ("stacked", "NumPy `np.stack(list(rows))`"),
    ("fromiter", "NumPy `np.fromiter`"),
];

/// Lists the contenders of NumPy, if there is a Python with NumPy.
pub fn ways<'a>(numpy: Option<&'a NumPy>, source: &'a Source) -> Vec<Contender<'a>> {
    let Some(numpy) = numpy else { return vec![] };
    WAYS.map(|(way, name)| Contender::timed(name, move || numpy.time(way, source))).into()
}

/// A Python that has NumPy, started on first use.
#[derive(Default)]
pub struct NumPy(RefCell<Option<Python>>);

impl NumPy {
    /// Returns the name of the interpreter.
    pub fn interpreter() -> String {
        format!("{:?}", interpreter())
    }

    /// Finds Python. A measuring process does not search; its parent has searched.
    pub fn find() -> Option<Self> {
        let is_there = !interpreter().is_empty() && (!is_parent() || start(Stdio::null()).is_some());
        is_there.then(NumPy::default)
    }

    fn time(&self, way: &str, source: &Source) -> Duration {
        let mut python = self.0.borrow_mut();
        let python = python.get_or_insert_with(|| start(Stdio::inherit()).expect("a Python with NumPy"));
        let shape = source.row_shape().iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
        let answer = python.ask(&format!("{way} {} {shape}", source.count()));
        let nanoseconds = answer.and_then(|answer| answer.parse().ok());
        Duration::from_nanos(nanoseconds.unwrap_or_else(|| panic!("NumPy failed: {way}")))
    }
}

fn start(errors: Stdio) -> Option<Python> {
    Python::start(include_str!("ways.py"), &[], errors)
}
