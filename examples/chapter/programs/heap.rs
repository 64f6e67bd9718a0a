pub fn main() {
// cargo run --example chapter -- heap
use growable_nd::amortized::FirstFit;
use growable_nd::{Growth, Request};

/// With `arrays` arrays that grow in turn: the average size of the heap per live row, and
/// the share of reallocations that moved a block to a lower address, into a hole.
fn footprint(p: u64, q: u64, arrays: usize) -> (f64, f64) {
    let growth = Growth::factor(p, q).with_first(1_000_000);
    let mut heap = FirstFit::new();
    let mut capacity = growth.next_capacity(Request::new(0, 1));
    let mut blocks: Vec<_> = (0..arrays).map(|_| heap.allocate(capacity)).collect();
    let (mut reused, mut per_capacity) = (0, vec![]);
    while capacity < 1 << 55 && per_capacity.len() < 60 {
        capacity = growth.next_capacity(Request::new(capacity, capacity + 1));
        for block in &mut blocks {
            let new = heap.allocate(capacity);
            heap.free(*block);
            reused += usize::from(new.start < block.start);
            *block = new;
        }
        per_capacity.push(heap.footprint() as f64 / (arrays as f64 * capacity as f64));
    }
    let second_half = &per_capacity[per_capacity.len() / 2..];
    let mean = second_half.iter().sum::<f64>() / second_half.len() as f64;
    let a = p as f64 / q as f64;
    (mean * (a - 1.0) / a.ln(), reused as f64 / (arrays * per_capacity.len()) as f64)
}

let rows = |p, q| format!("{:.2}", footprint(p, q, 1).0);
assert_eq!(
    (rows(3, 2), rows(2, 1), rows(3, 1)),
    ("2.60".into(), "2.89".into(), "2.73".into())
);
// Of all fractions up to 5 with a denominator up to 10, these are the best and the worst.
assert_eq!((rows(13, 10), rows(13, 8)), ("2.27".into(), "3.35".into()));
for q in 1..=10 {
    for p in q + 1..=5 * q {
        let (rows, _) = footprint(p, q, 1);
        assert!(
            rows >= footprint(13, 10, 1).0 && rows <= footprint(13, 8, 1).0,
            "{p}/{q}: {rows}"
        );
    }
}

// Per row of capacity: two to three times.
let per_capacity = |p: u64, q: u64| {
    let a = p as f64 / q as f64;
    format!("{:.1}", footprint(p, q, 1).0 * a.ln() / (a - 1.0))
};
let factors = [(21, 20), (9, 8), (5, 4), (13, 10), (49, 37), (3, 2), (8, 5)];
let times = factors.map(|(p, q)| per_capacity(p, q));
assert_eq!(times, ["2.7", "2.4", "2.1", "2.0", "1.9", "2.1", "2.2"]);

// With two arrays that grow in turn, blocks move down into holes for factor 2 as well.
assert_eq!(format!("{:.2}", footprint(2, 1, 1).1), "0.00");
assert_eq!(format!("{:.2}", footprint(2, 1, 2).1), "0.25");
let two = [(3, 2), (8, 5), (13, 8), (2, 1), (9, 4), (5, 2), (3, 1)];
let two = two.map(|(p, q)| format!("{:.2}", footprint(p, q, 2).0));
assert_eq!(two, ["2.04", "2.13", "2.08", "2.16", "2.31", "2.73", "2.73"]);
}
