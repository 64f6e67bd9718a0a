pub fn main() {
// cargo run --example chapter -- rounding-down
use growable_nd::amortized::{Allocator, Bounds, Ledger, Op, simulate};
use growable_nd::{Growth, zoo};

let java = zoo::find("java-arraylist-0").unwrap().growth();
let bounds = Bounds::of(&Growth::THREE_HALVES).expect("a factor");

let mut ledger = Ledger::new(java, &bounds).unwrap();
let broken = (1..).find(|_| ledger.record(Op::Push).is_ok_and(|entry| !entry.holds()));
assert_eq!(broken, Some(4)); // from 3 rows to 4, where 3/2 · 3 = 4.5

// The first push after which there have been more than 3 copies per push.
let above_limit = |growth| {
    let pushes = [(Op::Push, 1_000_000_000)];
    let trace = simulate(growth, Allocator::AlwaysMoves, pushes).unwrap();
    let above = trace.events.iter().find(|event| event.charged > 3 * event.operation);
    above.map(|event| event.operation)
};
assert_eq!(above_limit(java), Some(317));
assert_eq!(above_limit(Growth::THREE_HALVES), None);
}
