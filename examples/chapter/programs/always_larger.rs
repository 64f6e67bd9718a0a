pub fn main() {
// cargo run --example chapter -- always-larger
use growable_nd::{Growth, Request};

for q in 1..16 {
    for p in q + 1..=16 {
        let growth = Growth::factor(p, q);
        for c in 1..1000 {
            // No row more is needed, so the factor alone decides.
            assert!(growth.next_capacity(Request::new(c, c)) > c);
        }
    }
}
}
