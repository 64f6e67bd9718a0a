pub fn main() {
// cargo run --example chapter -- structures
use growable_nd::Growth;
use growable_nd::amortized::Model;
use growable_nd::amortized::structures::*;

let deamortized = |growth| TwoBlocks::new(growth).expect("a factor");
let structures: [(&str, Box<dyn Structure>); 9] = [
    ("one block, 2", Box::new(Model::new(Growth::DOUBLE))),
    ("deamortized, 2", Box::new(deamortized(Growth::DOUBLE))),
    ("deamortized, 3/2", Box::new(deamortized(Growth::THREE_HALVES))),
    ("hashed array tree", Box::new(HashedArrayTree::new())),
    ("tiered vector", Box::new(TieredVector::new())),
    ("singly resizable", Box::new(SinglyResizable::new())),
    ("rootish array stack", Box::new(RootishArrayStack::new())),
    ("Tarjan-Zwick, r = 2", Box::new(TarjanZwick::new(2))),
    ("Tarjan-Zwick, r = 3", Box::new(TarjanZwick::new(3))),
];
let mut table = format!(
    "\n{:<20} {:>5} {:>5} {:>7} {:>7} {:>7}",
    "", "T", "S", "after", "during", "worst"
);
for (name, mut structure) in structures {
    let (mut copied, mut worst) = (0, 0);
    let (mut t, mut s, mut after, mut during) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for n in 1..=(1_u64 << 18) + 1 {
        let cost = structure.push();
        copied += cost.copied;
        worst = worst.max(cost.total());
        let rows = n as f64;
        if n > 1 << 12 {
            after = after.max((structure.slots() - n) as f64 / rows.sqrt());
            during = during.max((cost.peak - n) as f64 / rows.sqrt());
            // At least √n slots without a row, as in Theorem 10.
            assert!(during >= 1.0);
        }
        if n > 1 << 16 {
            t = t.max(copied as f64 / rows);
            s = s.max(structure.slots() as f64 / rows);
        }
    }
    table +=
        &format!("\n{name:<20} {t:>5.2} {s:>5.2} {after:>7.1} {during:>7.1} {worst:>7}");
}
assert_eq!(
    table,
    "
                         T     S   after  during   worst
one block, 2          2.00  2.00   512.0  1024.0  262145
deamortized, 2        1.00  3.00  1024.0  1024.0       2
deamortized, 3/2      2.00  2.50   683.1   683.1       3
hashed array tree     1.33  1.02     4.0     5.0  262145
tiered vector         1.33  1.02     4.5     6.0  262145
singly resizable      0.00  1.02     5.0     7.0     513
rootish array stack   0.00  1.01     4.2     5.7     513
Tarjan-Zwick, r = 2   1.33  1.02     6.0     8.0  262145
Tarjan-Zwick, r = 3   2.10  1.00     2.5    33.5  262145"
);
}
