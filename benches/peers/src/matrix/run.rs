//! Measuring cells: options, filters, rounds.

use super::cell::{Consuming, Digest, Lasting, Outcome, Pure, State, Target, Task, Writing};
use super::numpy::{NumPy, Request};
use crate::interleaved::Order;
use std::cell::RefCell;
use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Minimum time of a sample of the fastest contender.
const SAMPLE: Duration = Duration::from_micros(150);
const QUICK_SAMPLE: Duration = Duration::from_micros(20);

/// Maximum time of a sample of the slowest contender, with its preparation, unless one run takes
/// longer.
const LONGEST_SAMPLE: Duration = Duration::from_millis(20);

/// The command line.
#[derive(Clone)]
pub struct Options {
    pub quick: bool,
    pub processes: usize,
    pub out: PathBuf,
    /// A cell is measured if its name contains all filters.
    pub filters: Vec<String>,
}

impl Options {
    pub fn from_arguments() -> Result<Options, String> {
        let mut options =
            Options { quick: false, processes: 3, out: "target/matrix".into(), filters: Vec::new() };
        let mut processes = None;
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--matrix" => {}
                "--quick" => options.quick = true,
                "--processes" => {
                    processes = Some(value()?.parse().map_err(|error| format!("--processes: {error}"))?)
                }
                "--out" => options.out = value()?.into(),
                own if own.starts_with("--measure-in-this-process=") => {}
                unknown if unknown.starts_with('-') => {
                    return Err(format!(
                        "unknown option {unknown}; usage: --matrix [--quick] [--processes N] [--out DIR] [PART OF A NAME]…"
                    ));
                }
                filter => options.filters.push(filter.to_owned()),
            }
        }
        options.processes = processes.unwrap_or(if options.quick { 1 } else { options.processes });
        Ok(options)
    }
}

/// The name of a cell: group, operation, element, layout and size.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub group: String,
    pub operation: String,
    pub element: String,
    pub layout: String,
    pub size: String,
}

impl Key {
    fn name(&self) -> String {
        let Key { group, operation, element, layout, size } = self;
        format!("{group}/{operation} {element} {layout} {size}")
    }
}

/// The size that is measured in few rounds, and not in a quick run.
pub const MEMORY: &str = "memory";

/// Measures the cells in one process, and prints them for the parent process.
pub struct Matrix {
    options: Options,
    order: Order,
    numpy: Option<NumPy>,
    group: &'static str,
    /// The cells so far: the report takes times of one name as those of one cell.
    keys: HashSet<Key>,
    failures: usize,
}

impl Matrix {
    pub fn new(options: Options) -> Self {
        // Touches memory once: a virtual machine may be slow to provide it the first time.
        crate::interleaved::touch_memory(if options.quick { 64 << 20 } else { 512 << 20 });
        let (order, numpy, keys) = (Order::drawn(), NumPy::start(), HashSet::new());
        Matrix { options, order, numpy, group: "", keys, failures: 0 }
    }

    /// Sets the group of the next cells.
    pub fn group(&mut self, group: &'static str) -> &mut Self {
        self.group = group;
        self
    }

    /// Returns whether the largest size is measured.
    pub fn has_memory(&self) -> bool {
        !self.options.quick
    }

    /// Makes a cell without contenders.
    pub fn cell<'m, 'a>(
        &'m mut self,
        operation: impl Into<String>,
        [element, layout, size]: [&str; 3],
    ) -> Cell<'m, 'a> {
        let key = Key {
            group: self.group.to_owned(),
            operation: operation.into(),
            element: element.to_owned(),
            layout: layout.to_owned(),
            size: size.to_owned(),
        };
        assert!(self.keys.insert(key.clone()), "two cells of one name: {}", key.name());
        Cell { matrix: self, key, contenders: Vec::new(), numpy: None }
    }

    pub fn finish(self) -> ExitCode {
        if self.failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn wants(&self, key: &Key) -> bool {
        let name = key.name();
        (self.has_memory() || key.size != MEMORY)
            && self.options.filters.iter().all(|filter| name.contains(filter))
    }

    fn rounds(&self, key: &Key) -> usize {
        match (self.options.quick, key.size == MEMORY) {
            (true, _) => 3,
            (false, true) => 5,
            (false, false) => 21,
        }
    }

    /// Returns how many times a sample repeats the work.
    fn repeats(&self, contenders: &mut [Contender<'_>]) -> u64 {
        let sample = if self.options.quick { QUICK_SAMPLE } else { SAMPLE };
        let mut repeats = 1;
        loop {
            // The second time includes what a contender prepares without timing it.
            let times = contenders.iter_mut().map(|it| {
                let start = Instant::now();
                (it.1.run(repeats, u64::MAX).0, start.elapsed())
            });
            let (times, whole_times): (Vec<Duration>, Vec<Duration>) = times.unzip();
            let (fastest, slowest) = (times.iter().min(), whole_times.iter().max());
            if fastest.is_none_or(|&fastest| fastest >= sample)
                || slowest.is_none_or(|&slowest| slowest >= LONGEST_SAMPLE)
            {
                return repeats;
            }
            repeats *= 2;
        }
    }

    fn measure(&mut self, key: &Key, contenders: &mut [Contender<'_>]) {
        let digests: Vec<Digest> = contenders.iter_mut().map(|it| it.1.run(1, 0).1).collect();
        for (contender, digest) in contenders.iter().zip(&digests) {
            if !digests[0].agrees(digest) {
                self.failures += 1;
                eprintln!("differs: {}: {} {digest:?}, {:?}", key.name(), contender.0, digests[0]);
            }
        }
        let repeats = self.repeats(contenders);
        let mut times = vec![Vec::new(); contenders.len()];
        for _ in 0..self.rounds(key) {
            for index in self.order.of(contenders.len()) {
                let elapsed = contenders[index].1.run(repeats, u64::MAX).0;
                times[index].push(elapsed.as_secs_f64() * 1e9 / repeats as f64);
            }
        }
        let Key { group, operation, element, layout, size } = key;
        print!("{group}\t{operation}\t{element}\t{layout}\t{size}");
        for (contender, times) in contenders.iter().zip(times) {
            let times: Vec<String> = times.iter().map(f64::to_string).collect();
            print!("\t{}={}", contender.0, times.join(","));
        }
        println!();
    }
}

pub type Contender<'a> = (&'static str, Box<dyn Task + 'a>);

/// The names of contenders.
const OURS: &str = "ours";
const HAND: &str = "hand";
const NDARRAY: &str = "ndarray";
const NUMPY: &str = "NumPy";

/// A cell, to which contenders are added one by one.
#[must_use]
pub struct Cell<'m, 'a> {
    matrix: &'m mut Matrix,
    key: Key,
    contenders: Vec<Contender<'a>>,
    numpy: Option<Request>,
}

impl<'a> Cell<'_, 'a> {
    fn add(mut self, name: &'static str, task: impl Task + 'a) -> Self {
        assert!(self.contenders.iter().all(|other| other.0 != name), "{}: two of {name}", self.key.name());
        self.contenders.push((name, Box::new(task)));
        self
    }

    pub fn ours<R: Outcome>(self, work: impl FnMut() -> R + 'a) -> Self {
        self.add(OURS, Pure(work))
    }

    pub fn hand<R: Outcome>(self, work: impl FnMut() -> R + 'a) -> Self {
        self.add(HAND, Pure(work))
    }

    pub fn ndarray<R: Outcome>(self, work: impl FnMut() -> R + 'a) -> Self {
        self.add(NDARRAY, Pure(work))
    }

    /// Adds NumPy, with an expression of `x`, which is the value of `setup`; without a setup, does
    /// nothing.
    pub fn numpy(mut self, setup: &str, expression: &str) -> Self {
        self.numpy = Some(Request { setup: setup.to_owned(), expression: expression.to_owned() });
        self
    }

    pub fn ours_on<T: Outcome + Clone + 'a>(
        self,
        target: &Rc<RefCell<Target<T>>>,
        work: impl FnMut(&mut [T]) + 'a,
    ) -> Self {
        self.add(OURS, Writing { target: Rc::clone(target), work })
    }

    pub fn hand_on<T: Outcome + Clone + 'a>(
        self,
        target: &Rc<RefCell<Target<T>>>,
        work: impl FnMut(&mut [T]) + 'a,
    ) -> Self {
        self.add(HAND, Writing { target: Rc::clone(target), work })
    }

    pub fn ndarray_on<T: Outcome + Clone + 'a>(
        self,
        target: &Rc<RefCell<Target<T>>>,
        work: impl FnMut(&mut [T]) + 'a,
    ) -> Self {
        self.add(NDARRAY, Writing { target: Rc::clone(target), work })
    }

    pub fn ours_with<S: Outcome + 'a, R: Outcome>(
        self,
        state: S,
        work: impl FnMut(&mut S) -> R + 'a,
    ) -> Self {
        self.add(OURS, Lasting { state, work })
    }

    pub fn hand_with<S: Outcome + 'a, R: Outcome>(
        self,
        state: S,
        work: impl FnMut(&mut S) -> R + 'a,
    ) -> Self {
        self.add(HAND, Lasting { state, work })
    }

    pub fn ndarray_with<S: Outcome + 'a, R: Outcome>(
        self,
        state: S,
        work: impl FnMut(&mut S) -> R + 'a,
    ) -> Self {
        self.add(NDARRAY, Lasting { state, work })
    }

    pub fn ours_from<S: State + 'a, R: Outcome>(
        self,
        setup: impl FnMut() -> S + 'a,
        work: impl FnMut(S) -> R + 'a,
    ) -> Self {
        self.add(OURS, Consuming::new(setup, work))
    }

    pub fn hand_from<S: State + 'a, R: Outcome>(
        self,
        setup: impl FnMut() -> S + 'a,
        work: impl FnMut(S) -> R + 'a,
    ) -> Self {
        self.add(HAND, Consuming::new(setup, work))
    }

    pub fn ndarray_from<S: State + 'a, R: Outcome>(
        self,
        setup: impl FnMut() -> S + 'a,
        work: impl FnMut(S) -> R + 'a,
    ) -> Self {
        self.add(NDARRAY, Consuming::new(setup, work))
    }

    /// Measures the cell if its name passes the filters.
    pub fn run(mut self) {
        if !self.matrix.wants(&self.key) {
            return;
        }
        let request = self.numpy.take().filter(|request| !request.setup.is_empty());
        if let (Some(numpy), Some(request)) = (&self.matrix.numpy, request) {
            self.contenders.push((NUMPY, Box::new(numpy.task(request))));
        }
        self.matrix.measure(&self.key, &mut self.contenders);
    }
}
