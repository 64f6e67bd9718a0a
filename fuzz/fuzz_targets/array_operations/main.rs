//! Programs of operations on an array, compared after each step with vectors of rows.
//!
//! The input chooses the element type (bytes, 64 bits, without size, counted drops), the inner
//! shape, the growth policy (built-in, custom, by bytes, near 1, shrinking, too large for any
//! memory), and the operations with their arguments, valid and out of bounds. An element may panic
//! when it is cloned or made, and the allocator may refuse large blocks. Checked:
//!
//! - shape, rows and elements are those of the model,
//! - the capacity after a growth or a removal is what the policy returns,
//! - an operation that fails or panics leaves the array as its documentation says, of whole rows,
//! - every element is dropped once.

#![cfg_attr(fuzzing, no_main)]

use crate::elements::{ALIVE, CALLS_LEFT, Counted, Element};
use growable_nd::{Error, GrowableNd, GrowthStats, Request};
use growable_nd_fuzz::input::Input;
use growable_nd_fuzz::{memory, panics};

mod elements;
mod policies;
mod steps;

growable_nd_fuzz::target!(run);

/// Steps of a program.
const MAX_STEPS: usize = 80;

/// Maximum number of rows. A longer array is truncated, since it is compared after each step.
const MAX_ROWS: usize = 120;

fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    match input.below(4) {
        0 => Program::<u8>::run(&mut input),
        1 => Program::<u64>::run(&mut input),
        2 => Program::<()>::run(&mut input),
        _ => Program::<Counted>::run(&mut input),
    }
    assert_eq!(ALIVE.get(), 0);
}

/// The rows that an operation leaves in the array after it failed or user code in it panicked.
#[derive(Clone, Copy, PartialEq)]
enum Leaves {
    /// The rows before the operation.
    Before,
    /// The rows before the operation, and the first of the new rows.
    Beginning,
    /// Any whole rows.
    WholeRows,
}

/// An array, and its model.
struct Program<T> {
    array: GrowableNd<T>,
    inner: Vec<usize>,
    rows: Vec<Vec<u64>>,
    /// Number of elements made so far. Each gets its own number.
    made: u64,
}

impl<T: Element> Program<T> {
    fn run(input: &mut Input<'_>) {
        let inner: Vec<usize> = (0..input.below(4)).map(|_| input.pick(&[1, 2, 3, 0])).collect();
        let array = GrowableNd::<T>::with_growth(&inner, policies::policy(input));
        let mut program = Program { array, inner, rows: vec![], made: 0 };
        for _ in 0..MAX_STEPS {
            if input.is_empty() {
                break;
            }
            program.step(input);
            program.compare();
            if program.rows.len() > MAX_ROWS {
                program.array.truncate(MAX_ROWS / 2);
                program.rows.truncate(MAX_ROWS / 2);
            }
        }
    }

    fn row_len(&self) -> usize {
        self.inner.iter().product()
    }

    fn compare(&self) {
        let shape: Vec<usize> = [self.rows.len()].into_iter().chain(self.inner.iter().copied()).collect();
        assert_eq!(self.array.shape(), shape);
        assert_eq!(self.array.rows(), self.rows.len());
        assert_eq!(self.array.as_slice().len(), self.rows.len() * self.row_len());
        assert!(self.array.as_slice().iter().map(T::number).eq(self.rows.iter().flatten().copied()));
        assert!(self.array.iter_rows().map(<[T]>::len).eq(self.rows.iter().map(Vec::len)));
        assert!(self.array.capacity() >= self.array.rows());
        let stats = self.array.growth_stats();
        assert!(stats.moves <= stats.growths + stats.shrinks);
        if size_of::<T>() == size_of::<Counted>() {
            assert_eq!(ALIVE.get(), self.array.len());
        }
    }

    fn new_row(&mut self, len: usize) -> Vec<T> {
        (0..len)
            .map(|_| {
                self.made += 1;
                T::make(self.made)
            })
            .collect()
    }

    fn new_rows(&mut self, count: usize) -> Vec<Vec<T>> {
        let len = self.row_len();
        (0..count).map(|_| self.new_row(len)).collect()
    }

    /// Performs an operation on the array and, if it succeeds, on the model. The arguments may be
    /// invalid.
    ///
    /// User code in the operation may panic, and allocations may fail.
    fn attempt(
        &mut self,
        input: &mut Input<'_>,
        (leaves, is_valid): (Leaves, bool),
        real: impl FnOnce(&mut GrowableNd<T>) -> Result<(), Error>,
        model: impl FnOnce(&mut Vec<Vec<u64>>),
    ) {
        let faults = input.byte();
        let calls = (faults % 8 == 1).then(|| usize::from(faults / 8));
        let refuses = faults % 8 == 2;
        let largest = if refuses { 256 << (faults / 32) } else { 1 << 20 };
        let (capacity, stats) = (self.array.capacity(), self.array.growth_stats());
        CALLS_LEFT.set(calls);
        let done = memory::refusing_above(largest, || panics::caught(|| real(&mut self.array)));
        CALLS_LEFT.set(None);
        let succeeded = match done {
            Ok(result) => {
                match &result {
                    Ok(()) => assert!(is_valid),
                    Err(Error::Reserve(_)) => assert!(!is_valid || refuses, "{result:?}"),
                    Err(_) => assert!(!is_valid, "{result:?}"),
                }
                result.is_ok()
            }
            Err(message) => {
                let is_refusal = message.starts_with("allocation of ") && refuses;
                assert!(message == "told to panic" || is_refusal, "{message}");
                false
            }
        };
        let rows = self.rows.clone();
        model(&mut self.rows);
        if succeeded {
            return self.check_capacity(rows.len(), capacity, stats);
        }
        let wanted = std::mem::replace(&mut self.rows, rows);
        let (old, found) = (self.rows.len(), self.array.rows());
        match leaves {
            Leaves::Before => {}
            Leaves::Beginning => {
                assert!((old..=wanted.len()).contains(&found));
                self.rows.extend_from_slice(&wanted[old..found]);
            }
            Leaves::WholeRows => {
                let elements = |row: &[T]| row.iter().map(T::number).collect();
                self.rows = self.array.iter_rows().map(elements).collect();
            }
        }
    }

    /// After a successful operation the capacity is what the growth policy returns, unless so much
    /// memory cannot be allocated.
    fn check_capacity(&self, rows: usize, capacity: usize, before: GrowthStats) {
        let row_bytes = self.row_len() * size_of::<T>();
        if row_bytes == 0 {
            assert_eq!(self.array.growth_stats(), GrowthStats::default());
            return;
        }
        let request =
            |needed: usize| Request::new(capacity as u64, needed as u64).with_row_bytes(row_bytes as u64);
        let (growth, stats) = (self.array.growth(), self.array.growth_stats());
        if self.rows.len() < rows && stats.shrinks == before.shrinks + 1 {
            let shrunk = growth.shrunk_capacity(request(self.rows.len()));
            assert_eq!(Some(self.array.capacity() as u64), shrunk);
        } else if stats.growths == before.growths + 1 {
            assert!(self.rows.len() > capacity);
            let wanted = growth.next_capacity(request(self.rows.len()));
            if wanted <= 256 / row_bytes as u64 {
                assert_eq!(self.array.capacity() as u64, wanted);
            }
        } else {
            assert_eq!(stats, before);
            assert_eq!(self.array.capacity(), capacity);
            assert!(self.rows.len() <= capacity);
        }
    }
}
