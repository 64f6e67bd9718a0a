pub fn main() {
// cargo run --example chapter -- slower
use growable_nd::Growth;
use growable_nd::amortized::{Allocator, Op, simulate_with};

let copies = |growth, n| {
    let totals = simulate_with(growth, Allocator::AlwaysMoves, [(Op::Push, n)], |_| {});
    totals.map(|totals| totals.charged as f64)
};

for n in [1_u64, 10, 999, 1000, 5000] {
    assert_eq!(copies(Growth::EXACT, n).unwrap(), (n * (n - 1) / 2) as f64);
    for d in [1, 7, 100] {
        let k = n.div_ceil(d);
        assert_eq!(
            copies(Growth::additive(d), n).unwrap(),
            (d * k * (k - 1) / 2) as f64
        );
    }
}

let n = 100_000_000_u64;
let root =
    Growth::custom("c + √c", |request| request.capacity + request.capacity.isqrt());
let ratio = copies(root, n).unwrap() / (2.0 / 3.0 * (n as f64).powf(1.5));
assert!((ratio - 1.0).abs() < 0.01, "{ratio}");

for factor in [Growth::NINE_EIGHTHS, Growth::DOUBLE] {
    let limit = 1 << 16;
    let estimate = (n as f64).powi(2) / 2.0 / limit as f64;
    let ratio = copies(factor.at_most(limit), n).unwrap() / estimate;
    assert!((ratio - 1.0).abs() < 0.01, "{ratio}");
}
}
