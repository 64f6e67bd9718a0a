pub fn main() {
// cargo run --example chapter -- realloc
use growable_nd::amortized::{Allocator, Op, simulate};
use growable_nd::{GrowableNd, Growth};

let million = [(Op::Push, 1_000_000)];
let totals =
    |growth, allocator| simulate(growth, allocator, million).unwrap().totals;
let charged = totals(Growth::THREE_HALVES, Allocator::AlwaysMoves).charged;
for (allocator, share) in [
    (Allocator::AlwaysMoves, "1.00"),
    (Allocator::TopOfHeap, "0.00"),
    (Allocator::FirstFit, "1.00"),
    (Allocator::SizeClasses { per_doubling: 4 }, "1.00"),
    // Rows of 8 bytes, pages of 4 KiB, and blocks of pages from 128 KiB on.
    (Allocator::Pages { page_rows: 512, from: 16384 }, "0.02"),
] {
    let totals = totals(Growth::THREE_HALVES, allocator);
    assert_eq!(totals.charged, charged);
    assert_eq!(
        format!("{:.2}", totals.copied as f64 / charged as f64),
        share,
        "{allocator:?}"
    );
}
// A size is a fourth to a seventh larger than the one before. That is more than an
// eighth, so some growths stay within their size.
let slow = totals(Growth::NINE_EIGHTHS, Allocator::SizeClasses { per_doubling: 4 });
assert_eq!((slow.growths, slow.moves), (105, 76));

let mut array = GrowableNd::new([]);
for i in 0..100_000 {
    array.push_row(i).unwrap();
}
let stats = array.growth_stats();
assert_eq!(stats.rows_copied, (1 << 17) - 1);
assert!(stats.moves < stats.growths); // how much less depends on the allocator
}
