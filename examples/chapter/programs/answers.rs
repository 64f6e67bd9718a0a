pub fn main() {
// cargo run --example chapter -- answers
use growable_nd::amortized::structures::{Structure, TwoBlocks};
use growable_nd::amortized::{Allocator, Bounds, Model, Op, simulate_with, worst_sequence};
use growable_nd::{Growth, Ratio, Request};
use std::collections::BTreeSet;

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

// 3.
let full = Growth::FIVE_QUARTERS.next_capacity(Request::new(512, 513));
assert_eq!((full, 5 * (full - 512)), (640, 640));

// 7.
let flips = |n: u32| (0..n).map(|count| (count ^ (count + 1)).count_ones()).sum::<u32>();
assert!((1..1000).all(|n| flips(n) == 2 * n - n.count_ones()));

// 8.
let mut array = Model::new("2 shrink to 2 at 1/4".parse::<Growth>().unwrap());
let pushed = (0..17).map(|_| array.apply(Op::Push).unwrap().cost()).sum::<u128>();
assert_eq!(pushed, 48);
let shrinks: Vec<_> = (0..17).filter_map(|_| array.apply(Op::Pop).unwrap().resize).collect();
let shrinks: Vec<_> = shrinks.iter().map(|shrink| (shrink.rows, shrink.to)).collect();
assert_eq!(shrinks, [(8, 16), (4, 8), (2, 4), (1, 2), (0, 1)]);

// 13. From one growth to the next.
let mean = |pushes: std::ops::Range<u64>| {
    let count = (pushes.end - pushes.start) as f64;
    pushes.map(|n| copies(&[(Op::Push, n)]) as f64 / n as f64).sum::<f64>() / count
};
assert_eq!(format!("{:.2}", mean((1 << 12) + 1..(1 << 13) + 1)), "1.39");

// 14.
let pop = |policy: &str| {
    let growth: Growth = policy.parse().unwrap();
    Bounds::of(&growth).unwrap().amortized_pop()
};
assert_eq!(pop("2 shrink to 1 at 1/4"), Some(Ratio::from(3)));
assert_eq!(pop("2 shrink to 3/2 at 1/4"), Some(Ratio::new(5, 2)));

// 15. It moves only from one size to the next. Before the last move, at c > 2^i/a,
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

// 18.
assert_eq!(pop("3/2 shrink to 3/2 at 1/2"), Some(Ratio::from(5)));

// 19.
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

// 22.
let attack = |policy: &str| {
    let attack = worst_sequence(policy.parse::<Growth>().unwrap(), 200).unwrap();
    format!("{:.2}", attack.cost_per_op())
};
let policies = ["2 shrink to 2 at 1/4", "2 shrink to 2 at 2/5", "2 shrink to 2 at 9/20"];
assert_eq!(policies.map(attack), ["2.98", "3.80", "5.78"]);
assert_eq!(policies.map(pop), [2, 5, 10].map(|price| Some(Ratio::from(price))));

// 24. All plays, in the order of their numbers of rows. The budget is in halves.
let most_rows = |budget: u64| {
    let (mut plays, mut most) = (BTreeSet::from([(0, 0)]), 0);
    while let Some((rows, copies)) = plays.pop_first() {
        most = rows;
        let largest = (budget * (rows + 1) / 2).saturating_sub(copies + rows);
        plays.extend((rows + 1..=largest).map(|next| (next, copies + rows)));
    }
    most
};
assert_eq!([6, 7].map(most_rows), [27, 231]);

// 25. `blocks` has the largest number of copies of a row for each block.
fn most_pushes(blocks: &[u32], l: usize, k: u32) -> u32 {
    let mut most = 0;
    for merged in 0..1_u32 << blocks.len() {
        let is_merged = |index: usize| merged >> index & 1 == 1;
        let of = |wanted: bool| {
            let chosen = blocks.iter().enumerate().filter(move |(index, _)| is_merged(*index) == wanted);
            chosen.map(|(_, &copies)| copies)
        };
        let new = of(true).max().map_or(0, |copies| copies + 1);
        let next: Vec<u32> = of(false).chain([new]).collect();
        if new <= k && next.len() <= l {
            most = most.max(1 + most_pushes(&next, l, k));
        }
    }
    most
}
let rows = [(1, 3), (2, 1), (2, 2), (3, 1)].map(|(l, k)| most_pushes(&[], l, k));
assert_eq!(rows, [4, 5, 9, 9]); // C(5, 4), C(4, 2), C(5, 3), C(5, 2), less 1
}
