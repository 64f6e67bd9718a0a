pub fn main() {
// cargo run --example chapter -- price
use growable_nd::amortized::{Averages, Bounds};
use growable_nd::{Growth, Ratio};

for (text, price, average) in [
    ("9/8", "64", "133"),
    ("6/5", "25", "53"),
    ("5/4", "16", "35"),
    ("3/2", "4", "9.2"),
    ("2", "1", "2.6"),
    ("3", "1/4", "0.77"),
] {
    let growth: Growth = text.parse().unwrap();
    let factor = growth.as_factor().expect("a factor");
    let worst =
        Bounds::of(&growth).and_then(|bounds| bounds.price()).expect("small numbers");
    assert_eq!(worst.to_string(), price);
    let mean = Averages::of(&growth).expect("a factor").price;
    let digits = average.split_once('.').map_or(0, |(_, digits)| digits.len());
    assert_eq!(format!("{mean:.digits$}"), average);

    // a/(a − 1) + λ a for a = p/q and λ = w/v, as a ratio: no a with p and q up to 40 costs less.
    let (w, v) = (worst.numerator(), worst.denominator());
    let cost =
        |p: i128, q: i128| Ratio::new(p * q * v + w * p * (p - q), v * q * (p - q));
    let best = cost(factor.numerator(), factor.denominator());
    for q in 1..40 {
        for p in q + 1..=40 {
            assert!(cost(p, q) >= best);
        }
    }
}

let by_new_size = |a: f64| (a * a / (a - 1.0), a / a.ln());
for a in (11..80).map(|tenths| f64::from(tenths) / 10.0) {
    assert!(by_new_size(a).0 >= by_new_size(2.0).0);
    assert!(by_new_size(a).1 >= by_new_size(std::f64::consts::E).1);
}
assert_eq!(format!("{:.3} {:.3}", by_new_size(2.0).1, by_new_size(4.0).1), "2.885 2.885");
}
