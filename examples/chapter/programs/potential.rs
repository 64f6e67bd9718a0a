pub fn main() {
// cargo run --example chapter -- potential
use growable_nd::amortized::{Allocator, Bounds, Ledger, Op, simulate};
use growable_nd::{Growth, Ratio};

for (p, q) in [(9, 8), (5, 4), (3, 2), (2, 1), (7, 2)] {
    let growth = Growth::factor(p, q);
    let bounds = Bounds::of(&growth).expect("a factor");
    let mut ledger = Ledger::new(growth, &bounds).unwrap();
    let mut before = Ratio::from(0);
    for i in 0..500_u64 {
        let op = [
            Op::Push,
            Op::Extend(i % 7),
            Op::Reserve(i % 50),
            Op::Push,
            Op::Extend(3 * i),
        ][i as usize % 5];
        let entry = ledger.record(op).unwrap();
        assert!(entry.holds(), "{entry}");

        // The potential, from its definition.
        let (n, c) = (i128::from(entry.rows), i128::from(entry.capacity));
        let excess = i128::from(p) * n - i128::from(q) * c;
        assert_eq!(entry.potential, Ratio::new(excess.max(0), i128::from(p - q)));

        // If the array was full, its potential was n before the growth.
        if let Some(grown) = entry.step.resize.filter(|grown| grown.rows == grown.from) {
            assert_eq!(before, Ratio::from(grown.rows as i64));
        }
        before = entry.potential;
    }
}

let exact = [(Op::ReserveExact(1), 1), (Op::Push, 1)].repeat(1000);
let trace = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, exact).unwrap();
assert_eq!(trace.totals.charged, 1000 * 999 / 2);
}
