pub fn main() {
// cargo run --example chapter -- golden-ratio
use growable_nd::amortized::FirstFit;
use growable_nd::{Growth, Request};

/// The number of reallocations before a block is put where others have been.
fn first_reuse(p: u64, q: u64) -> Option<usize> {
    let growth = Growth::factor(p, q).with_first(1_000_000);
    let mut heap = FirstFit::new();
    let mut capacity = growth.next_capacity(Request::new(0, 1));
    let mut block = heap.allocate(capacity);
    for reallocations in 0..30 {
        capacity = growth.next_capacity(Request::new(capacity, capacity + 1));
        let old = block;
        block = heap.allocate(capacity);
        heap.free(old);
        if block.start < old.start {
            return Some(reallocations);
        }
    }
    None
}

assert_eq!(first_reuse(3, 2), Some(4));
assert_eq!(first_reuse(29, 20), Some(3));
assert_eq!(first_reuse(13, 10), Some(2));
assert_eq!(first_reuse(8, 5), Some(7)); // just below the golden ratio
assert_eq!(first_reuse(13, 8), None); // just above
assert_eq!(first_reuse(2, 1), None);

/// The root between 1 and 2 of xᵏ⁺¹ = 1 + x + … + xᵏ⁻¹, with xᵏ added if rows may slide.
fn threshold(k: i32, slides: bool) -> f64 {
    let (mut low, mut high) = (1.0_f64, 2.0_f64);
    for _ in 0..60 {
        let x = (low + high) / 2.0;
        let free: f64 = (0..k + i32::from(slides)).map(|i| x.powi(i)).sum();
        if x.powi(k + 1) <= free { low = x } else { high = x }
    }
    low
}
let digits = |k, slides| format!("{:.4}", threshold(k, slides));
assert_eq!(
    [2, 3, 4, 5, 6].map(|k| digits(k, false)),
    ["1.3247", "1.4656", "1.5342", "1.5701", "1.5900"]
);
assert_eq!([1, 2, 3].map(|k| digits(k, true)), ["1.6180", "1.8393", "1.9276"]);
}
