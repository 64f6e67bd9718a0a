pub fn main() {
// cargo run --example chapter -- ledger
use growable_nd::Growth;
use growable_nd::amortized::{Bounds, Ledger, Op};

let bounds = Bounds::of(&Growth::DOUBLE).expect("a factor");
let mut ledger = Ledger::new(Growth::DOUBLE, &bounds).unwrap();
let mut table = format!("\n{}", Ledger::HEAD);
for _ in 0..9 {
    table += &format!("\n{}", ledger.record(Op::Push).unwrap());
}
assert_eq!(
    table,
    "
   no.  operation            rows  capacity    cost  amortized    price       bank  potential
     1  push                    1         1       1          2        3          2          1
     2  push                    2         2       2          3        3          3          2
     3  push                    3         4       3          3        3          3          2
     4  push                    4         4       1          3        3          5          4
     5  push                    5         8       5          3        3          3          2
     6  push                    6         8       1          3        3          5          4
     7  push                    7         8       1          3        3          7          6
     8  push                    8         8       1          3        3          9          8
     9  push                    9        16       9          3        3          3          2"
);
}
