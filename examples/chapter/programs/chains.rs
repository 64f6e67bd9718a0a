pub fn main() {
// cargo run --example chapter -- chains
/// The losses of five shrinks in a row, from `n` rows on. For these policies 1/(1 − s b) = h,
/// so the losses are integers.
fn losses(mut n: i128, b: (i128, i128), s: (i128, i128), sb: (i128, i128)) -> Vec<i128> {
    let loss = |_| {
        let capacity = (b.0 * n + b.1 - 1) / b.1;
        let next = s.0 * capacity / s.1;
        let loss = sb.1 * next - sb.0 * n;
        n = next;
        loss
    };
    (0..5).map(loss).collect()
}

assert_eq!(losses(25 + 76_i128.pow(5), (3, 2), (25, 38), (75, 76)), [25; 5]);
assert_eq!(losses(3 + 8 * 9_i128.pow(5), (9, 8), (64, 81), (8, 9)), [3; 5]);
// With 3/2 at 4/9 nothing is lost.
for n in 1..1000 {
    assert!(losses(n, (3, 2), (4, 9), (2, 3)).into_iter().all(|loss| loss <= 0));
}
}
