pub fn main() {
// cargo run --example chapter -- accounting
use growable_nd::amortized::{Bounds, Ledger, Op};
use growable_nd::{Growth, Ratio};

for growth in ["9/8", "5/4", "3/2", "2", "7/3", "3 from 5"] {
    let growth: Growth = growth.parse().unwrap();
    let bounds = Bounds::of(&growth).expect("a factor");
    let mut ledger = Ledger::new(growth, &bounds).unwrap();
    let mut balance = Ratio::from(0);
    for _ in 0..3000 {
        let entry = ledger.record(Op::Push).unwrap();
        assert_eq!(entry.price, Some(bounds.amortized_push()));
        assert!(entry.bank >= Ratio::from(0));
        if let Some(growth) = entry.step.resize {
            // Before the growth, the balance was enough to copy all rows.
            assert!(balance >= Ratio::from(growth.rows as i64));
        }
        balance = entry.bank;
    }
}
}
