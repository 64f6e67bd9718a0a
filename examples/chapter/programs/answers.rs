pub fn main() {
// cargo run --example chapter -- answers
use growable_nd::amortized::structures::{Structure, TwoBlocks};
use growable_nd::amortized::{Allocator, Bounds, Model, Op, simulate_with, worst_sequence};
use growable_nd::{Growth, Ratio};

// 1 and 2.
let mut array = Model::new(Growth::factor(3, 1));
let costs: Vec<u128> = (0..20).map(|_| array.apply(Op::Push).unwrap().cost()).collect();
assert_eq!(costs[..10], [1, 2, 1, 4, 1, 1, 1, 1, 1, 10]);
assert_eq!(costs.iter().sum::<u128>(), 33);
let copies = |steps: &[(Op, u64)]| {
    let steps = steps.iter().copied();
    simulate_with(Growth::DOUBLE, Allocator::AlwaysMoves, steps, |_| {}).unwrap().charged
};
assert_eq!(copies(&[(Op::Push, 1_000_000)]), 1_048_575);
assert_eq!(copies(&[(Op::ReserveExact(1_000_000), 1), (Op::Push, 1_000_000)]), 0);

// 7.
let flips = |n: u32| (0..n).map(|count| (count ^ (count + 1)).count_ones()).sum::<u32>();
assert!((1..1000).all(|n| flips(n) == 2 * n - n.count_ones()));

// 13.
let pop = |policy: &str| {
    let growth: Growth = policy.parse().unwrap();
    Bounds::of(&growth).unwrap().amortized_pop()
};
assert_eq!(pop("2 shrink to 1 at 1/4"), Some(Ratio::from(3)));
assert_eq!(pop("2 shrink to 3/2 at 1/4"), Some(Ratio::new(5, 2)));

// 14. It moves only from one size to the next. Before the last move, at c > 2^i/a,
// it moved at most 2^(i-1) + 2^(i-2) + ... < 2^i < a c rows.
let powers_of_two = Allocator::SizeClasses { per_doubling: 1 };
for q in 1..20 {
    for p in q + 1..=2 * q {
        let growth = Growth::factor(p, q);
        let mut copied = 0.0;
        simulate_with(growth, powers_of_two, [(Op::Push, 1_000_000)], |event| {
            copied += if event.copied { event.resize.rows as f64 } else { 0.0 };
            assert!(copied < (1.0 + p as f64 / q as f64) * event.operation as f64);
        }).unwrap();
    }
}

// 16.
let mut array = TwoBlocks::new(Growth::FIVE_QUARTERS).unwrap();
let (mut moved, mut t, mut s) = (0, 0.0_f64, 0.0_f64);
for n in 1..300_000_u64 {
    moved += array.push().copied;
    if n > 10_000 {
        t = t.max(moved as f64 / n as f64);
        s = s.max(array.slots() as f64 / n as f64);
    }
}
assert_eq!(format!("{t:.2} {s:.2}"), "4.00 2.25");

// 19.
let attack = |policy: &str| {
    let attack = worst_sequence(policy.parse::<Growth>().unwrap(), 200).unwrap();
    format!("{:.2}", attack.cost_per_op())
};
let policies = ["2 shrink to 2 at 1/4", "2 shrink to 2 at 2/5", "2 shrink to 2 at 9/20"];
assert_eq!(policies.map(attack), ["2.98", "3.80", "5.78"]);
assert_eq!(policies.map(pop), [2, 5, 10].map(|price| Some(Ratio::from(price))));
}
