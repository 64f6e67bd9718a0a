//! Rows of `f64` that arrive one at a time, and who takes them does not know how many will come. Timed is the way from
//! the empty container to the finished array, without the drop.

use crate::contenders;
use crate::interleaved::{Race, is_parent, report_new, report_warm};
use crate::numpy::{self, Python};
use crate::row_type::RowType;
use crate::source::Source;
use growable_nd::Row;

const MIB: usize = 1 << 20;

/// Prints all tables: for arrays of one size in memory that the allocator keeps, and of another in memory that is new.
pub fn report() {
    // What a process that measures says would not be seen.
    let environment = if is_parent() && !Python::is_there() {
        eprintln!("No Python with NumPy: its ways are left out.");
        &[numpy::NO_PYTHON][..]
    } else {
        &[]
    };
    report_warm(environment, |run| run_all(MIB, "in memory that the allocator keeps", run));
    report_new(environment, |run| run_all(64 * MIB, "in memory that is new from the system", run));
}

fn run_all(bytes: usize, memory: &str, run: &mut dyn FnMut(Race<'_>)) {
    let (table, python) = (format!("{} MiB, {memory}", bytes / MIB), Python::default());
    race::<[f64; 3]>(&table, bytes, &python, run);
    race::<[[f64; 4]; 4]>(&table, bytes, &python, run);
    race::<[[f64; 10]; 10]>(&table, bytes, &python, run);
    race::<[[f64; 64]; 64]>(&table, bytes, &python, run);
}

/// Times everyone with rows of the shape of `R`.
fn race<R: RowType>(table: &str, bytes: usize, python: &Python, run: &mut dyn FnMut(Race<'_>))
where
    for<'a> &'a R: Row<f64>,
{
    let source = Source::new(R::SHAPE, bytes);
    run(Race {
        table: table.to_owned(),
        column: source.row_name(),
        unit: "row",
        units: source.count(),
        rounds: 7,
        contenders: contenders::everyone::<R>(&source, python),
    });
}
