pub fn main() {
// cargo run --example chapter -- persistence
use growable_nd::Growth;
use growable_nd::amortized::{Model, Op};

let mut full = Model::new(Growth::DOUBLE);
full.apply(Op::Extend(1024)).unwrap();
let mut cost = 0;
for _ in 0..100 {
    let mut version = full; // copying a model costs nothing
    cost += version.apply(Op::Push).unwrap().cost();
}
assert_eq!(cost, 100 * 1025);
}
