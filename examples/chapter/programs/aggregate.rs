pub fn main() {
// cargo run --example chapter -- aggregate
use growable_nd::Growth;
use growable_nd::amortized::{Bounds, Model, Op};

for (p, q) in [(17, 16), (9, 8), (5, 4), (7, 5), (3, 2), (8, 5), (2, 1), (7, 2)] {
    for first in [1, 2, 3, 10] {
        let growth = Growth::factor(p, q).with_first(first);
        let bounds = Bounds::of(&growth).expect("a factor");
        let mut model = Model::new(growth);
        let (mut copies, mut growths, mut peak) = (0, 0, 0);
        for n in 1..2000 {
            let step = model.apply(Op::Push).unwrap();
            if let Some(grown) = step.resize {
                copies += u128::from(grown.rows);
                growths += 1;
                peak = u128::from(grown.from + grown.to);
            }
            assert!(copies <= bounds.copies(n));
            assert!(growths <= bounds.growths(n));
            assert!(u128::from(model.capacity() - n) <= bounds.waste(n));
            assert!(peak <= bounds.peak(n));
            assert!(step.cost() <= bounds.worst_push(n));
        }
    }
}
}
