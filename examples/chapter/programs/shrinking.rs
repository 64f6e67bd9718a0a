pub fn main() {
// cargo run --example chapter -- shrinking
use growable_nd::amortized::{Bounds, Ledger, Op, Workload};
use growable_nd::{Growth, Ratio};

// The table.
for (a, s, push, pop) in [
    ("2", "1/4", 3, 2),
    ("3/2", "4/9", 4, 3),
    ("4/3", "9/16", 5, 5),
    ("5/4", "16/25", 6, 7),
    ("9/8", "64/81", 10, 15),
] {
    let growth: Growth = format!("{a} shrink to {a} at {s}").parse().unwrap();
    let bounds = Bounds::of(&growth).expect("a factor");
    assert_eq!(bounds.amortized_push(), Ratio::from(push));
    assert_eq!(bounds.amortized_pop(), Some(Ratio::from(pop)));
}

for policy in [
    "2 shrink to 2 at 1/4",
    "3/2 shrink to 3/2 at 4/9",
    "9/8 shrink to 9/8 at 64/81",
    "9/8 shrink to 9/8 at 1/2", // like a list in CPython
    "3/2 shrink to 2 at 1/3",   // like an array in Ruby
    "2 shrink to 1 at 1/4",     // to the exact size: b < a
    "3 from 7 shrink to 5/3 at 0.3",
] {
    let growth: Growth = policy.parse().unwrap();
    let bounds = Bounds::of(&growth).expect("a factor");
    for push_percent in [70, 50, 30] {
        let mut ledger = Ledger::new(growth, &bounds).unwrap();
        let walk = Workload::RandomWalk { steps: 500, push_percent, seed: 4 };
        let there_and_back = [(Op::Push, 300), (Op::Pop, 300)];
        let at_once = [(Op::Extend(99), 3), (Op::Reserve(500), 2), (Op::Truncate(40), 1)];
        let steps = there_and_back.into_iter().chain(at_once).chain(walk.steps());
        for (op, times) in steps {
            for _ in 0..times {
                let entry = ledger.record(op).unwrap();
                assert!(entry.holds(), "{policy}\n{}\n{entry}", Ledger::HEAD);
                assert!(entry.bank >= entry.potential);
                if entry.step.removed > 0 {
                    let most = bounds.capacity_after_pop(entry.rows).expect("it shrinks");
                    assert!(u128::from(entry.capacity) <= most, "{policy}\n{entry}");
                }
            }
        }
    }
}
}
