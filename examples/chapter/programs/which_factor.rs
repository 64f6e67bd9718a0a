pub fn main() {
// cargo run --example chapter -- which-factor
use growable_nd::amortized::{Averages, Bounds};
use growable_nd::{Growth, Ratio};

let mut table = format!(
    "\n{:<7} {:>7} {:>6}  {:>7} {:>6}  {:>10} {:>8} {:>5} {:>4}",
    "factor", "copies", "mean", "unused", "mean", "old + new", "growths", "push", "pop"
);
for factor in ["9/8", "5/4", "3/2", "2", "3"] {
    let growth: Growth = factor.parse().unwrap();
    let a = growth.as_factor().unwrap();
    let square = |number: i128| number * number;
    let at = Ratio::new(square(a.denominator()), square(a.numerator()));
    let bounds = Bounds::of(&growth.with_shrink(at, a)).unwrap();
    let mean = Averages::of(&growth).unwrap();
    let (copies, push) = (bounds.copies_per_push(), bounds.amortized_push());
    let (unused, pop) = (a.to_f64() - 1.0, bounds.amortized_pop().unwrap());
    table += &format!("\n{factor:<7} {copies:>7.2} {:>6.2}", mean.copies_per_push);
    table += &format!("  {unused:>7.3} {:>6.3}", mean.capacity_per_row - 1.0);
    table += &format!("  {:>10.3} {:>8}", unused + 2.0, bounds.growths(1_000_000));
    table += &format!(" {push:>5} {pop:>4}");
}
assert_eq!(
    table,
    "
factor   copies   mean   unused   mean   old + new  growths  push  pop
9/8        9.00   8.49    0.125  0.061       2.125      119    10   15
5/4        5.00   4.48    0.250  0.120       2.250       63     6    7
3/2        3.00   2.47    0.500  0.233       2.500       36     4    3
2          2.00   1.44    1.000  0.443       3.000       21     3    2
3          1.50   0.91    2.000  0.820       4.000       14   5/2  3/2"
);
}
