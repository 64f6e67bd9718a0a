pub fn main() {
// cargo run --example chapter -- three-methods
use growable_nd::Growth;
use growable_nd::amortized::{Model, Op};

let mut array = Model::new(Growth::DOUBLE);
let costs: Vec<u128> = (0..17).map(|_| array.apply(Op::Push).unwrap().cost()).collect();
assert_eq!(costs, [1, 2, 3, 1, 5, 1, 1, 1, 9, 1, 1, 1, 1, 1, 1, 1, 17]);
assert_eq!(costs.iter().sum::<u128>(), 48);

// The three methods, at every number of pushes up to a thousand.
let mut array = Model::new(Growth::DOUBLE);
let (mut total, mut coins, mut potential) = (0, vec![], 0);
for n in 1..=1000 {
    let step = array.apply(Op::Push).unwrap();
    let cost = i128::try_from(step.cost()).unwrap();
    total += cost;
    assert!(total < 3 * n); // added up
    if let Some(grown) = step.resize {
        assert!(coins.iter().sum::<u64>() >= grown.rows); // saved: a coin for each copy
        coins.fill(0);
    }
    coins.push(2);
    let (before, now) = (potential, 2 * n - i128::from(array.capacity()));
    potential = now;
    assert!(cost + now - before <= 3 && now >= 0); // stored
}
}
