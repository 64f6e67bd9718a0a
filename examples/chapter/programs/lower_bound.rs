pub fn main() {
// cargo run --example chapter -- lower-bound
use growable_nd::Growth;
use growable_nd::amortized::{Model, Op};

/// (T − 1)(S − 1) from 10,000 rows on, of an array that grows when x/y of it is full.
fn product(growth: Growth, (x, y): (u64, u64)) -> f64 {
    let mut model = Model::new(growth);
    let (mut copied, mut t, mut s) = (0, 0.0_f64, 0.0_f64);
    for n in 1..200_000_u64 {
        if y * model.rows() >= x * model.capacity() {
            let free = model.capacity() - model.rows();
            let step = model.apply(Op::Reserve(free + 1)).expect("few rows");
            copied += step.resize.map_or(0, |resize| resize.rows);
        }
        model.apply(Op::Push).expect("few rows");
        if n > 10_000 {
            t = t.max(copied as f64 / n as f64);
            s = s.max(model.capacity() as f64 / n as f64);
        }
    }
    (t - 1.0) * (s - 1.0)
}

let digits = |fill| format!("{:.1}", product(Growth::THREE_HALVES, fill));
assert_eq!([(1, 2), (3, 4), (9, 10), (1, 1)].map(digits), ["4.0", "2.0", "1.3", "1.0"]);
}
