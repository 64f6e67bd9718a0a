pub fn main() {
// cargo run --example chapter -- axes
use growable_nd::Growth;
use growable_nd::amortized::{Bounds, Model, Op};

/// Axes that grow by one in turn: the largest numbers of copies and of slots per element.
fn in_turn(growth: Growth, axes: usize, elements: u64) -> (f64, f64) {
    let mut lengths = vec![Model::new(growth); axes];
    for length in &mut lengths {
        length.apply(Op::Push).expect("one row");
    }
    let (mut copied, mut copies, mut slots) = (0, 0.0_f64, 0.0_f64);
    let mut volume = 1;
    for axis in (0..axes).cycle() {
        let grew = lengths[axis].apply(Op::Push).expect("few rows").resize.is_some();
        copied += if grew { volume } else { 0 };
        volume = lengths.iter().map(Model::rows).product();
        if volume > elements {
            break;
        }
        // Large enough that a row more or less does not matter.
        if volume > 10_000 {
            copies = copies.max(copied as f64 / volume as f64);
            let capacity = lengths.iter().map(Model::capacity).product::<u64>();
            slots = slots.max(capacity as f64 / volume as f64);
        }
    }
    (copies, slots)
}

/// Rows are pushed along each axis until it is full, one after the other, and then one more along each:
/// copies per element at the end.
fn one_after_the_other(growth: Growth, axes: usize, at_least: u64) -> f64 {
    let mut lengths = vec![Model::new(growth); axes];
    for length in &mut lengths {
        length.apply(Op::Push).expect("one row");
    }
    let mut copied = 0;
    let mut push = |lengths: &mut Vec<Model>, axis: usize| {
        let volume = lengths.iter().map(Model::rows).product::<u64>();
        let grew = lengths[axis].apply(Op::Push).expect("few rows").resize.is_some();
        copied += if grew { u128::from(volume) } else { 0 };
    };
    for axis in 0..axes {
        while lengths[axis].rows() < at_least
            || lengths[axis].rows() < lengths[axis].capacity()
        {
            push(&mut lengths, axis);
        }
    }
    for axis in 0..axes {
        push(&mut lengths, axis);
    }
    copied as f64 / lengths.iter().map(Model::rows).product::<u64>() as f64
}

for growth in [Growth::FIVE_QUARTERS, Growth::THREE_HALVES, Growth::DOUBLE] {
    let bounds = Bounds::of(&growth).expect("a factor");
    let (a, one_axis) =
        (bounds.capacity_per_row().to_f64(), bounds.copies_per_push().to_f64());
    for axes in 1..=3 {
        let (copies, slots) = in_turn(growth, axes, 10_u64.pow(5 + axes as u32));
        let n = axes as f64;
        let limit = n + one_axis - 1.0;
        assert!(copies < limit);
        let in_turn = n / (1.0 - a.powf(-n));
        assert!((copies / in_turn - 1.0).abs() < 0.12, "{growth}, {axes}: {copies}");
        let most = a.powf(n);
        assert!(slots < most && slots > 0.8 * most, "{growth}, {axes}: {slots}");

        let worst = one_after_the_other(growth, axes, 500);
        assert!(worst < limit && worst > 0.9 * limit, "{growth}, {axes}: {worst}");
    }
}
}
