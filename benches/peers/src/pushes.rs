//! Rows of `f64` that arrive one at a time; the container does not know their number. Timed from
//! the empty container to the finished array, without the drop.

use crate::contenders;
use crate::interleaved::{KEEP_MEMORY, Race, is_parent, report_alone};
use crate::numpy::{NO_PYTHON, NumPy};
use crate::row_type::RowType;
use crate::source::Source;
use growable_nd::Row;

/// Prints the tables of both settings.
pub fn report() {
    let numpy = NumPy::find();
    let mut environment = vec![];
    if numpy.is_none() && is_parent() {
        eprintln!("{} is not a Python with NumPy: the ways of NumPy are left out.", NumPy::interpreter());
        environment.push(NO_PYTHON);
    }
    let warm = Setting {
        table: "1 MiB, in memory that the allocator keeps: above 1 the first is faster",
        bytes: 1 << 20,
        rounds: 15,
    };
    let new = Setting {
        table: "64 MiB, in memory that is new from the system: above 1 the first is faster",
        bytes: 64 << 20,
        rounds: 0,
    };
    report_alone("warm", &[&environment[..], &[KEEP_MEMORY]].concat(), |run| {
        warm.run_all(numpy.as_ref(), run)
    });
    report_alone("new", &environment, |run| new.run_all(numpy.as_ref(), run));
}

/// The size of the finished arrays, and the memory in which they are built.
struct Setting {
    table: &'static str,
    bytes: usize,
    /// Number of timed builds in one process after a first one, which warms the memory up. Zero
    /// times the first build.
    rounds: usize,
}

impl Setting {
    fn run_all(&self, numpy: Option<&NumPy>, run: &mut dyn FnMut(Race<'_>)) {
        self.race::<[f64; 3]>(numpy, run);
        self.race::<[[f64; 4]; 4]>(numpy, run);
        self.race::<[[f64; 10]; 10]>(numpy, run);
        self.race::<[[f64; 64]; 64]>(numpy, run);
    }

    /// Times all contenders with rows of the shape of `R`.
    fn race<R: RowType>(&self, numpy: Option<&NumPy>, run: &mut dyn FnMut(Race<'_>))
    where
        for<'a> &'a R: Row<f64>,
    {
        let source = Source::new(R::SHAPE, self.bytes);
        run(Race {
            table: self.table.to_owned(),
            column: source.row_name(),
            unit: "row",
            units: source.count(),
            rounds: self.rounds,
            contenders: contenders::everyone::<R>(&source, numpy),
        });
    }
}
