//! Rows of `f64` that arrive one at a time, and who takes them does not know how many will come. Timed is the way from
//! the empty container to the finished array, without the drop.

use crate::contenders;
use crate::interleaved::{Race, Setting, report_in, touch_memory};
use crate::numpy::Python;
use crate::row_type::RowType;
use crate::source::Source;
use growable_nd::Row;
use std::cell::RefCell;
use std::rc::Rc;

/// How large the finished arrays are, how often each is built in one process, and where memory comes from there.
struct Size {
    name: &'static str,
    bytes: usize,
    rounds: usize,
    setting: Setting,
}

/// In memory that the allocator keeps and hands out again: what remains is the work of pushing. By itself glibc gives
/// memory back to the system or keeps it, depending on what was freed before, so that luck would decide who pays.
const WARM: Size = Size {
    name: "1 MiB, warm",
    bytes: 1 << 20,
    rounds: 7,
    setting: Setting {
        option: "--warm",
        environment: &[(
            "GLIBC_TUNABLES",
            "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824",
        )],
    },
};

/// Prints all tables.
pub fn report() {
    let size = WARM;
    report_in(size.setting, |run| {
        let python = Python::start();
        if python.is_none() {
            eprintln!("No Python with NumPy: its ways are left out.");
        }
        race::<[f64; 3]>(&size, &python, run);
        race::<[[f64; 4]; 4]>(&size, &python, run);
        race::<[[f64; 10]; 10]>(&size, &python, run);
        race::<[[f64; 64]; 64]>(&size, &python, run);
    });
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
