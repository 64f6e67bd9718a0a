pub fn main() {
// cargo run --example chapter -- averages
use growable_nd::Growth;
use growable_nd::amortized::{Allocator, Averages, Op, simulate};

let table = [
    ("9/8", [8.49, 1.061, 2.005]),
    ("5/4", [4.48, 1.120, 2.017]),
    ("3/2", [2.47, 1.233, 2.055]),
    ("2", [1.44, 1.443, 2.164]),
    ("3", [0.91, 1.820, 2.427]),
];
for (factor, in_table) in table {
    let growth: Growth = factor.parse().unwrap();
    let formulas = Averages::of(&growth).expect("a factor");
    let formulas =
        [formulas.copies_per_push, formulas.capacity_per_row, formulas.peak_per_row];

    // The exact integrals over the cycles of a simulated array, from a million rows on.
    let trace = simulate(growth, Allocator::AlwaysMoves, [(Op::Push, 1 << 50)]).unwrap();
    let cycles: Vec<_> =
        trace.events.iter().filter(|event| event.resize.from > 1_000_000).collect();
    let mut sums = [0.0; 3];
    let mut logarithms = 0.0;
    for cycle in cycles {
        let (from, to) = (cycle.resize.from as f64, cycle.resize.to as f64);
        for (sum, value) in sums.iter_mut().zip([cycle.charged as f64, to, from + to]) {
            *sum += value * (1.0 / from - 1.0 / to);
        }
        logarithms += (to / from).ln();
    }
    for (sum, formula) in sums.into_iter().zip(formulas) {
        assert!((sum / logarithms - formula).abs() < 1e-3);
    }
    // The digits of the table.
    for ((formula, number), digits) in formulas.into_iter().zip(in_table).zip([2, 3, 3]) {
        assert_eq!(format!("{formula:.digits$}"), format!("{number:.digits$}"));
    }
}
}
