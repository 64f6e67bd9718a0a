pub fn main() {
// cargo run --example chapter -- adversary
use growable_nd::Growth;
use growable_nd::amortized::{Bounds, worst_sequence};

let attack = |policy: &str| {
    let growth = policy.parse::<Growth>().expect("a policy");
    worst_sequence(growth, 100)
};

for policy in ["2", "3/2", "9/8", "2 shrink to 2 at 1/4", "3/2 shrink to 3/2 at 4/9"] {
    let attack = attack(policy).unwrap();
    let bounds = Bounds::of(&policy.parse().unwrap()).expect("a factor");
    assert!(attack.cost_per_op() < bounds.amortized_push(), "{policy}: {attack}");
    assert!(
        attack.cost_per_op().to_f64() > 0.85 * bounds.amortized_push().to_f64(),
        "{policy}: {attack}"
    );
}
assert_eq!(attack("2 shrink to 2 at 1/4").unwrap().to_string(), "65 push");

// Shrinking at almost one half: accepted, since 0.49 · 2 < 1, but the price of a pop is 50.
let eager = attack("2 shrink to 2 at 49/100").unwrap();
assert_eq!(eager.to_string(), "33 push, 8 pop, 26 push, 33 pop");
assert_eq!(format!("{:.1}", eager.cost_per_op()), "14.8");
let bounds = Bounds::of(&"2 shrink to 2 at 49/100".parse().unwrap()).unwrap();
assert_eq!(bounds.amortized_pop(), Some(50.into()));

// Without a factor there is no bound: the cost per operation rises with the length.
assert_eq!(attack("+10").unwrap().to_string(), "91 push");
let longer = worst_sequence(Growth::additive(10), 200).unwrap();
assert!(longer.cost_per_op() > attack("+10").unwrap().cost_per_op());
}
