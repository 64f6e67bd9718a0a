//! Rows of `f64` that arrive one at a time, and who takes them does not know how many will come. Timed is the way from
//! the empty container to the finished array, without the drop.

use crate::contenders;
use crate::interleaved::{Race, touch_memory};
use crate::numpy::Python;
use crate::row_type::RowType;
use crate::source::Source;
use growable_nd::Row;
use std::cell::RefCell;
use std::rc::Rc;

/// How large the finished arrays are, and how often each is built in one process.
struct Size {
    name: &'static str,
    bytes: usize,
    rounds: usize,
}

/// In memory that was touched just before and that the allocator hands out again: what remains is the work
/// of pushing.
const WARM: Size = Size { name: "1 MiB, warm", bytes: 1 << 20, rounds: 15 };
/// In memory that is fresh from the operating system every time, whose page faults everyone pays.
const LARGE: Size = Size { name: "64 MiB", bytes: 64 << 20, rounds: 1 };

/// All races, passed on one by one.
pub fn run_all(run: &mut dyn FnMut(Race<'_>)) {
    let python = Python::start();
    if python.is_none() {
        eprintln!("No Python with NumPy: its ways are left out.");
    }
    for size in [WARM, LARGE] {
        race::<[f64; 3]>(&size, &python, run);
        race::<[[f64; 4]; 4]>(&size, &python, run);
        race::<[[f64; 10]; 10]>(&size, &python, run);
        race::<[[f64; 64]; 64]>(&size, &python, run);
    }
}

/// Times everyone with rows of the shape of `R`.
fn race<R: RowType>(size: &Size, python: &Option<Rc<RefCell<Python>>>, run: &mut dyn FnMut(Race<'_>))
where
    for<'a> &'a R: Row<f64>,
{
    let source = Source::new(R::SHAPE, size.bytes);
    let contenders = contenders::everyone::<R>(&source, python);
    // A virtual machine hands out memory slowly the first time; whoever came first would pay for all.
    touch_memory(512 << 20);
    run(Race {
        title: format!("{} `f64`, {}", source.row_name(), size.name),
        unit: "row",
        units: source.count(),
        rounds: size.rounds,
        contenders,
    });
}
