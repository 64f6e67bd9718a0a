pub fn main() {
// cargo run --example chapter -- extremes
use growable_nd::Growth;
use growable_nd::amortized::{Allocator, Op, simulate};

let copies = |pushes| {
    let trace = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, [(Op::Push, pushes)]);
    trace.unwrap().totals.charged
};
assert_eq!(copies(1 << 20), (1 << 20) - 1); // about 1 for each push
assert_eq!(copies((1 << 20) + 1), (1 << 21) - 1); // about 2
}
