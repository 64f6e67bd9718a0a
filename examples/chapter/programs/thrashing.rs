pub fn main() {
// cargo run --example chapter -- thrashing
use growable_nd::GrowableNd;

let mut array = GrowableNd::new([]);
array.resize(1024, 0_u8);
for _ in 0..100 {
    array.push_row(0).unwrap();
    array.truncate(1024);
    if array.rows() <= array.capacity() / 2 {
        array.shrink_to(array.rows());
    }
}
assert_eq!(array.growth_stats().rows_copied, 100 * 1024); // and the same number by shrinking
}
