//! Rows of `f64` that arrive one at a time, and who takes them does not know how many will come. Timed is the way from
//! the empty container to the finished array, without the drop.

use crate::contenders;
use crate::interleaved::{Race, is_parent, report_in, touch_memory};
use crate::numpy::Python;
use crate::row_type::RowType;
use crate::source::Source;
use growable_nd::Row;
use std::cell::RefCell;
use std::rc::Rc;

/// Bytes of the finished arrays.
const BYTES: usize = 1 << 20;

/// How often each is built in one process.
const ROUNDS: usize = 7;

/// The allocator keeps what is freed and hands it out again: what remains is the work of pushing. By itself glibc gives
/// memory back to the system or keeps it, depending on what was freed before, so that luck would decide who pays.
const WARM: (&str, &str) =
    ("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824");

/// Prints all tables.
pub fn report() {
    // What a process that measures says would not be seen.
    if is_parent() && Python::start().is_none() {
        eprintln!("No Python with NumPy: its ways are left out.");
    }
    report_in(&[WARM], |run| {
        let python = Python::start();
        race::<[f64; 3]>(&python, run);
        race::<[[f64; 4]; 4]>(&python, run);
        race::<[[f64; 10]; 10]>(&python, run);
        race::<[[f64; 64]; 64]>(&python, run);
    });
}

/// Times everyone with rows of the shape of `R`.
fn race<R: RowType>(python: &Option<Rc<RefCell<Python>>>, run: &mut dyn FnMut(Race<'_>))
where
    for<'a> &'a R: Row<f64>,
{
    let source = Source::new(R::SHAPE, BYTES);
    let contenders = contenders::everyone::<R>(&source, python);
    // A virtual machine hands out memory slowly the first time; whoever came first would pay for all.
    touch_memory(512 << 20);
    run(Race {
        title: format!("{} `f64`, 1 MiB, warm", source.row_name()),
        unit: "row",
        units: source.count(),
        rounds: ROUNDS,
        contenders,
    });
}
