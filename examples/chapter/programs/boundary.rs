pub fn main() {
// cargo run --example chapter -- boundary
use growable_nd::amortized::{Allocator, Workload, simulate};
use growable_nd::{Growth, Ratio};

let growth = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
let boundary = Workload::boundary(&growth, 50_000, 1000).expect("it gets there");
assert_eq!(boundary, Workload::Alternate { rows: 65536, turns: 1000 });
let totals = simulate(growth, Allocator::AlwaysMoves, boundary.steps()).unwrap().totals;
assert_eq!((totals.growths, totals.shrinks), (18, 0));
}
