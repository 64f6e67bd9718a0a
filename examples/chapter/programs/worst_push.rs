pub fn main() {
// cargo run --example chapter -- worst-push
use growable_nd::{Growth, Request};

for (p, q) in [(9, 8), (5, 4), (3, 2), (2, 1), (3, 1)] {
    let growth = Growth::factor(p, q);
    let moves_per_push = q.div_ceil(p - q);
    let (mut capacity, mut in_old_block) = (1, 0_u64);
    for n in 1..100_000 {
        if n > capacity {
            assert_eq!(in_old_block, 0, "the old block is still in use");
            in_old_block = capacity;
            capacity = growth.next_capacity(Request::new(capacity, n));
        }
        in_old_block = in_old_block.saturating_sub(moves_per_push);
    }
}
}
