pub fn main() {
// cargo run --example chapter -- latency
use growable_nd::GrowableNd;
use std::time::Instant;

let mut array = GrowableNd::new([]);
let mut longest = 0;
for n in 1..=1_u64 << 24 {
    let start = Instant::now();
    array.push_row(n).unwrap();
    let nanoseconds = start.elapsed().as_nanos();
    if nanoseconds > longest {
        longest = nanoseconds;
        println!("push {n}: {nanoseconds} ns, capacity {}", array.capacity());
    }
}
}
