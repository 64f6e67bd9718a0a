pub fn main() {
// cargo run --example chapter -- zoo
use growable_nd::amortized::{Allocator, Op, simulate};
use growable_nd::zoo;

let mut on_the_curve = 0_u8;
for entry in zoo::entries() {
    let (mut t, mut s) = (0.0_f64, 0.0_f64);
    let pushes = [(Op::Push, 100_000_000)];
    let trace = simulate(entry.growth(), Allocator::AlwaysMoves, pushes).unwrap();
    for event in trace.events {
        let rows = (event.resize.rows + 1) as f64;
        if rows > 1e6 {
            t = t.max(event.charged as f64 / rows);
            s = s.max(event.resize.to as f64 / rows);
        }
    }
    let product = (t - 1.0) * (s - 1.0);
    assert!(product > 0.999, "{entry}: {product}");
    on_the_curve += u8::from(product < 1.02);
    if entry.name == "redis-sds" {
        assert!(product > 40.0);
    }
}
// More than three quarters of them.
assert!(4 * usize::from(on_the_curve) > 3 * zoo::entries().len());
}
