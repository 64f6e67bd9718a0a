pub fn main() {
// cargo run --example chapter -- in-debt
use growable_nd::amortized::{Bounds, Model, Op};
use growable_nd::{Growth, Ratio};

let growth: Growth = "3/2 from 10 shrink to 3/2 at 25/38".parse().unwrap();
let bounds = Bounds::of(&growth).expect("a factor");
assert_eq!(bounds.amortized_push(), Ratio::from(4));
assert_eq!(bounds.amortized_pop(), Some(Ratio::from(101)));

let (mut model, mut balance) = (Model::new(growth), 0);
for (op, price, until) in [(Op::Push, 4, 181), (Op::Pop, 76, 151)] {
    while model.rows() != until {
        balance += price - i128::try_from(model.apply(op).unwrap().cost()).unwrap();
    }
}
assert_eq!(balance, -19);
}
