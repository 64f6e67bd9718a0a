use crate::support::check;
use growable_nd::amortized::{Bounds, Ledger, Model, Op, OpError};
use growable_nd::{GrowableNd, Growth, Ratio};
use quickcheck::{Arbitrary, Gen};

/// A policy whose factor is a ratio of small numbers; half of the policies shrink.
#[derive(Clone, Debug)]
pub struct Rule(pub Growth);

impl Arbitrary for Rule {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut small = |least: u32| u32::arbitrary(g) % 16 + least;
        let (q, over, first) = (small(1), small(1), small(1).into());
        let growth = Growth::factor((q + over).into(), q.into()).with_first(first);
        let mut ratio = |least| Ratio::new(small(least).into(), small(1).into());
        let shrinking = growth.try_with_shrink(ratio(0), ratio(1));
        if bool::arbitrary(g) {
            return Rule(growth);
        }
        // The inverse square of the factor, if the random ratio thrashes.
        let factor = growth.as_factor().unwrap();
        let (p, q) = (factor.numerator(), factor.denominator());
        Rule(shrinking.unwrap_or_else(|_| growth.with_shrink(Ratio::new(q * q, p * p), factor)))
    }
}

/// Random operations, with long runs of pops.
#[derive(Clone, Debug)]
pub struct Program(pub Vec<Op>);

impl Arbitrary for Program {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut ops = vec![];
        let mut rows = 0_u64;
        for _ in 0..usize::arbitrary(g) % 20 {
            let rows_at_once = u64::arbitrary(g) % 40;
            let op = match u8::arbitrary(g) % 10 {
                0 => Op::Extend(rows_at_once),
                1 => Op::Reserve(rows_at_once),
                2 => Op::ReserveExact(rows_at_once),
                3 => Op::Truncate(rows_at_once),
                4..7 => Op::Pop,
                _ => Op::Push,
            };
            let times = if matches!(op, Op::Push | Op::Pop) { usize::arbitrary(g) % 60 } else { 1 };
            for _ in 0..times {
                match op {
                    Op::Push => rows += 1,
                    Op::Extend(more) => rows += more,
                    Op::Pop if rows == 0 => break,
                    Op::Pop => rows -= 1,
                    Op::Truncate(to) => rows = rows.min(to),
                    _ => {}
                }
                ops.push(op);
            }
        }
        Program(ops)
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let ops = self.0.clone();
        Box::new((0..ops.len()).rev().map(move |end| Program(ops[..end].to_vec())))
    }
}

/// The model without elements takes the same steps as the array.
#[test]
fn the_model_is_the_array() {
    check(|(Rule(growth), Program(ops)): (Rule, Program)| {
        let mut array = GrowableNd::<u8>::with_growth([3], growth);
        let mut model = Model::new(growth);
        for op in ops {
            let before = array.growth_stats();
            let step = model.apply(op).unwrap();
            match op {
                Op::Push => array.push_row([1, 2, 3]).unwrap(),
                Op::Pop => drop(array.pop_row().unwrap()),
                Op::Extend(rows) => array.extend_from_slice(&vec![0; 3 * rows as usize]).unwrap(),
                Op::Reserve(rows) => array.reserve(rows as usize),
                Op::ReserveExact(rows) => array.reserve_exact(rows as usize),
                Op::Truncate(rows) => array.truncate(rows as usize),
                _ => unreachable!("{op}"),
            }
            assert_eq!((model.rows(), model.capacity()), (array.rows() as u64, array.capacity() as u64));
            let after = array.growth_stats();
            let grew = step.resize.is_some_and(|resize| resize.to > resize.from);
            let shrank = step.resize.is_some_and(|resize| resize.to < resize.from);
            assert_eq!(after.growths - before.growths, u64::from(grew), "{op}");
            assert_eq!(after.shrinks - before.shrinks, u64::from(shrank), "{op}");
            let copied = step.resize.map_or(0, |resize| resize.rows);
            assert_eq!(after.rows_copied - before.rows_copied, copied, "{op}");
            if let Some(resize) = step.resize {
                assert!(after.peak_rows as u64 >= resize.from + resize.to);
            }
        }
    });
}

/// The theorems on amortized costs, for every operation with a bound, with and without shrinking.
#[test]
fn no_operation_is_above_its_bound_and_the_bank_is_never_in_debt() {
    check(|(Rule(growth), Program(ops)): (Rule, Program)| {
        let bounds = Bounds::of(&growth).unwrap();
        let mut ledger = Ledger::new(growth, &bounds).unwrap();
        let mut before = Ratio::from(0);
        let mut worst = 0;
        for op in ops {
            let entry = ledger.record(op).unwrap();
            assert!(entry.holds(), "{growth}\n{}\n{entry}", Ledger::HEAD);
            assert!(entry.potential >= Ratio::from(0), "{growth}: {entry}");
            assert!(entry.bank >= entry.potential, "{growth}: {entry}");
            // The definition of the amortized cost, in floating point.
            let rise = entry.potential.to_f64() - before.to_f64();
            assert!(
                (entry.actual as f64 + rise - entry.amortized.to_f64()).abs() < 1e-6,
                "{growth}: {entry}"
            );
            if let (true, Some(most)) = (entry.step.removed > 0, bounds.capacity_after_pop(entry.rows)) {
                assert!(u128::from(entry.capacity) <= most, "{growth}: {entry}");
            }
            match op {
                Op::Push => assert_eq!(entry.price, Some(bounds.amortized_push())),
                Op::Pop => assert_eq!(entry.price, bounds.amortized_pop()),
                Op::ReserveExact(_) => assert_eq!(entry.price, None),
                _ => assert!(entry.price.is_some()),
            }
            before = entry.potential;
            worst = worst.max(entry.actual);
            assert_eq!(ledger.worst_cost(), worst);
        }
    });
}

/// The aggregate bounds of the chapter, for all small factors and first blocks and every number of
/// pushes.
#[test]
fn the_bounds_hold_at_every_number_of_pushes() {
    for q in 1..=15_u64 {
        for p in q + 1..=16 {
            for first in 1..=16 {
                let growth = Growth::factor(p, q).with_first(first);
                let bounds = Bounds::of(&growth).unwrap();
                let mut model = Model::new(growth);
                let (mut copies, mut growths, mut peak, mut worst) = (0, 0, 0, 0);
                for n in 1..=2000 {
                    let step = model.apply(Op::Push).unwrap();
                    if let Some(resize) = step.resize {
                        copies += resize.rows as u128;
                        growths += 1;
                        peak = peak.max((resize.from + resize.to) as u128);
                    }
                    worst = worst.max(step.cost());
                    assert!(copies <= bounds.copies(n), "{growth}: copies at {n}");
                    assert!(growths <= bounds.growths(n), "{growth}: growths at {n}");
                    assert!((model.capacity() - n) as u128 <= bounds.waste(n), "{growth}: waste at {n}");
                    assert!(peak <= bounds.peak(n), "{growth}: peak at {n}");
                    assert!(worst <= bounds.worst_push(n), "{growth}: worst push at {n}");
                }
            }
        }
    }
}

/// Integer factors meet the bounds of the formulas exactly.
#[test]
fn the_bounds_are_met_by_integer_factors() {
    for factor in 2..=5 {
        let growth = Growth::factor(factor, 1);
        let bounds = Bounds::of(&growth).unwrap();
        let mut model = Model::new(growth);
        let (mut copies, mut growths) = (0, 0);
        for n in 1..=5000 {
            let resize = model.apply(Op::Push).unwrap().resize;
            growths += u128::from(resize.is_some());
            assert_eq!(growths, bounds.growths(n), "{growth}: {n}");
            if let Some(resize) = resize {
                copies += resize.rows as u128;
                assert_eq!(copies, bounds.copies(n), "{growth}: {n}");
                assert_eq!((model.capacity() - n) as u128, bounds.waste(n), "{growth}: {n}");
                assert_eq!((resize.from + resize.to) as u128, bounds.peak(n), "{growth}: {n}");
                assert_eq!(resize.rows as u128 + 1, bounds.worst_push(n), "{growth}: {n}");
            }
        }
    }
}

/// The number of growths against logarithms in floating point, also for factors close to 1.
#[test]
fn the_bound_on_growths_is_a_logarithm() {
    check(|(p, q, first, n): (u32, u32, u16, u64)| {
        let (q, p) = (u64::from(q.min(p)) + 1, u64::from(q.max(p)) + 2);
        let first = u64::from(first) + 1;
        let bounds = Bounds::of(&Growth::factor(p, q).with_first(first)).unwrap();
        if n <= first {
            assert_eq!(bounds.growths(n), u128::from(n > 0));
            return;
        }
        let exponent = (n as f64 / first as f64).ln() / ((p - q) as f64 / q as f64).ln_1p();
        let expected = exponent.min((n - first) as f64).ceil() + 1.0;
        let found = bounds.growths(n) as f64;
        assert!(
            (found - expected).abs() <= 1.0 + expected * 1e-9,
            "{p}/{q} from {first}: {n}: {found}, {expected}"
        );
    });
}

/// With rounding down, the factor 3/2 exceeds both bounds, and an audit reports it.
#[test]
fn rounding_down_breaks_the_bounds() {
    let floor = Growth::custom("3/2, down", |request| request.capacity + request.capacity / 2);
    let bounds = Bounds::of(&Growth::THREE_HALVES).unwrap();
    let mut ledger = Ledger::new(floor, &bounds).unwrap();
    let (mut copies, mut first_above_bound, mut first_above_limit) = (0, None, None);
    for n in 1..100_000 {
        let entry = ledger.record(Op::Push).unwrap();
        copies += entry.step.resize.map_or(0, |resize| resize.rows as u128);
        if copies > bounds.copies(n) {
            first_above_bound.get_or_insert(n);
        }
        // More than 3 copies per push, which no number of pushes may reach.
        if copies > 3 * n as u128 {
            first_above_limit.get_or_insert(n);
        }
    }
    assert_eq!((first_above_bound, first_above_limit), (Some(14), Some(317)));
}

#[test]
fn what_has_no_factor_has_no_bounds() {
    let custom = Growth::custom("2", |request| 2 * request.capacity);
    for growth in [Growth::EXACT, Growth::additive(1000), custom, Growth::DOUBLE.at_most(1)] {
        assert_eq!(Bounds::of(&growth), None);
    }
}

/// Factors and capacities at the limits of their types: an exact result, or an error with the
/// number of the operation.
#[test]
fn numbers_at_the_edge_are_exact_or_refused() {
    let slow = Growth::factor(1 << 32, (1 << 32) - 1);
    let bounds = Bounds::of(&slow).unwrap();
    assert_eq!(bounds.copies_per_push(), Ratio::from(1 << 32));
    assert_eq!(bounds.amortized_push(), Ratio::from((1 << 32) + 1));
    let mut ledger = Ledger::new(slow, &bounds).unwrap();
    for n in 1..=1000 {
        let entry = ledger.record(Op::Push).unwrap();
        assert!(entry.holds() && entry.capacity == n, "{entry}");
    }
    let entry = ledger.record(Op::Extend(u64::MAX - 1000)).unwrap();
    assert!(entry.holds() && entry.rows == u64::MAX, "{entry}");
    let full = ledger.record(Op::Push).unwrap_err();
    let OpError::TooManyRows { operation: 1002, rows: u64::MAX, additional: 1, .. } = full else {
        panic!("{full:?}")
    };
    assert_eq!(
        ledger.record(Op::Reserve(1)).unwrap_err().to_string(),
        format!("operation 1002: {} rows and 1 more exceed the maximum of {0}", u64::MAX)
    );
    assert_eq!(ledger.record(Op::Truncate(0)).unwrap().operation, 1002);
    assert!(matches!(ledger.record(Op::Pop), Err(OpError::Empty { operation: 1003, .. })));

    // Here the potential has more than 127 bits.
    let steep = Growth::factor(u64::MAX, u64::MAX - 1);
    let mut ledger = Ledger::new(steep, &Bounds::of(&steep).unwrap()).unwrap();
    let too_large = ledger.record(Op::Extend(u64::MAX));
    assert!(matches!(too_large, Err(OpError::TooLarge { operation: 1, .. })), "{too_large:?}");
    assert_eq!(ledger.record(Op::Extend(1000)).unwrap().rows, 1000);
    let steep = Growth::factor((1 << 63) + 1, 1 << 32);
    let steep =
        steep.with_shrink(Ratio::new(1, u32::MAX.into()), Ratio::new(u32::MAX.into(), u32::MAX as i128 - 1));
    assert_eq!(Bounds::of(&steep).unwrap().amortized_pop(), None);
    let text = Bounds::of(&steep).unwrap().to_string();
    assert!(text.contains("price of a push ") && !text.contains("pop"), "{text}");
    assert_eq!(
        Ledger::new(steep, &Bounds::of(&steep).unwrap()).unwrap_err().to_string(),
        "operation 0: the result has more than 127 bits"
    );
    assert_eq!(Bounds::of(&Growth::factor(u64::MAX, u64::MAX - 1)).unwrap().price(), None);
    // The price at which the factor is the best of a few: copies and capacity for it cost the least.
    let factors: Vec<Bounds> = (2..12).map(|q| Bounds::of(&Growth::factor(q + 1, q)).unwrap()).collect();
    let cost = |bounds: &Bounds, price: f64| {
        bounds.copies_per_push().to_f64() + price * bounds.capacity_per_row().to_f64()
    };
    for bounds in &factors {
        let price = bounds.price().unwrap().to_f64();
        let others = factors.iter().filter(|&other| other != bounds);
        assert!(others.map(|other| cost(other, price)).all(|other| other > cost(bounds, price)));
    }
    for n in [0, 1, 2, u64::MAX - 1, u64::MAX] {
        for (p, q) in [(u64::MAX, 1), (u64::MAX, u64::MAX - 1), (2, 1)] {
            let bounds = Bounds::of(&Growth::factor(p, q)).unwrap();
            assert!(bounds.copies(n) <= bounds.peak(n).saturating_mul(p.into()), "{p}/{q} {n}");
            assert!(bounds.growths(n) <= n as u128 && bounds.worst_push(n) <= n as u128);
        }
    }
}

/// Fractions against floating-point numbers, and cases in which floating point is wrong.
#[test]
fn fractions_are_exact() {
    check(|(a, b, c, d): (i32, i32, i32, i32)| {
        let (Ok(x), Ok(y)) = (Ratio::try_new(a.into(), b.into()), Ratio::try_new(c.into(), d.into())) else {
            assert!(b == 0 || d == 0);
            return;
        };
        assert_eq!(i128::from(a) * x.denominator(), x.numerator() * i128::from(b));
        let exact = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
        let negative = i64::from(b).signum() * i64::from(d).signum() < 0;
        assert_eq!(x.cmp(&y), if negative { exact.reverse() } else { exact });
        assert_eq!(x.to_f64(), f64::from(a) / f64::from(b));
    });
    check(|(a, b): (i128, i128)| {
        let Ok(x) = Ratio::try_new(a, b) else { return };
        let expected = a as f64 / b as f64;
        assert!((x.to_f64() - expected).abs() <= 4.0 * f64::EPSILON * expected.abs(), "{a}/{b}");
    });
    let large = |n: i128| Ratio::new(n, i128::MAX - 3);
    assert!(large(i128::MAX) > large(i128::MAX - 1) && large(1) < large(2) && large(-1) > large(-2));
    assert!(Ratio::try_new(i128::MIN, 1).is_err() && Ratio::try_new(1, i128::MIN).is_err());
    let text = Ratio::new;
    assert_eq!(
        format!("[{:>6}|{:<4}|{:.3}|{:?}]", text(7, 2), text(4, 2), text(-1, 3), text(0, 5)),
        "[   7/2|2   |-0.333|Ratio(0)]"
    );
}

/// If the number of rows is exactly a power of the factor, rounding must not add a growth.
#[test]
fn the_bound_on_growths_is_exact_at_powers() {
    for (p, q) in [(5_u64, 3_u64), (11, 5), (11, 7), (13, 10), (9, 8), (2, 1)] {
        for exponent in 0..8 {
            for multiple in 1..4 {
                let (first, rows) = (multiple * q.pow(exponent), multiple * p.pow(exponent));
                let growth = Growth::factor(p, q).with_first(first);
                let bounds = Bounds::of(&growth).unwrap();
                assert_eq!(bounds.growths(rows), u128::from(exponent) + 1, "{growth}: {rows}");
                assert_eq!(bounds.growths(rows + 1), u128::from(exponent) + 2, "{growth}: {rows} + 1");
            }
        }
    }
}

/// The price of reserving k rows: k/(a - 1), and with shrinking w y k more.
#[test]
fn the_bound_of_reserving_is_that_of_theorems_5_and_6() {
    for (rule, rows, expected) in [
        ("2", 20, (20, 1)),
        ("3/2", 20, (40, 1)),
        ("2 shrink to 2 at 1/4", 20, (20 + 20, 1)),
        // a = 3/2, b = 3, s = 1/6: w = 1/3, y = 3.
        ("3/2 shrink to 3 at 1/6", 10, (20 + 10, 1)),
        // a = 2, b = 1, s = 1/4: κ = 1, w = 1, y = 2.
        ("2 shrink to 1 at 1/4", 10, (10 + 20, 1)),
    ] {
        let growth: Growth = rule.parse().unwrap();
        let mut ledger = Ledger::new(growth, &Bounds::of(&growth).unwrap()).unwrap();
        let entry = ledger.record(Op::Reserve(rows)).unwrap();
        assert_eq!(entry.price, Some(Ratio::new(expected.0, expected.1)), "{rule}");
        assert!(entry.holds(), "{rule}: {entry}");
    }
}

/// A factor so close to 1 that the difference is lost in floating point.
#[cfg(feature = "std")]
#[test]
fn averages_of_a_factor_close_to_one() {
    let growth = Growth::factor((1 << 60) + 1, 1 << 60);
    let averages = growable_nd::amortized::Averages::of(&growth).unwrap();
    assert!((averages.copies_per_push / (1_u64 << 60) as f64 - 1.0).abs() < 1e-9, "{averages:?}");
    assert!((averages.capacity_per_row - 1.0).abs() < 1e-9 && (averages.peak_per_row - 2.0).abs() < 1e-9);
    // The price is 2/s² for a small s, up to terms of order 1/s.
    for bits in [10, 20, 30, 40, 52, 60] {
        let one = 1_u64 << bits;
        let averages = growable_nd::amortized::Averages::of(&Growth::factor(one + 1, one)).unwrap();
        let s = 1.0 / one as f64;
        let expected = 2.0 / (s * s) / (1.0 - s / 3.0);
        assert!((averages.price / expected - 1.0).abs() < 1e-6, "2^{bits}: {averages:?}");
    }
}

/// A ledger can start from the state of any model; its bank is not in debt.
#[test]
fn a_ledger_can_be_continued() {
    check(|(Rule(growth), Program(ops), split): (Rule, Program, usize)| {
        let bounds = Bounds::of(&growth).unwrap();
        let mut all = Ledger::new(growth, &bounds).unwrap();
        let (before, after) = ops.split_at(split % (ops.len() + 1));
        for &op in before {
            all.record(op).unwrap();
        }
        let mut rest = Ledger::new(*all.model(), &bounds).unwrap();
        for &op in after {
            let (expected, found) = (all.record(op).unwrap(), rest.record(op).unwrap());
            assert_eq!((found.operation, found.step), (expected.operation, expected.step));
            assert_eq!((found.amortized, found.potential), (expected.amortized, expected.potential));
            assert!(found.bank >= found.potential && found.bank <= expected.bank);
        }
    });
}

/// The price of a pop by Theorem 6, with the rounding term if the policy needs it.
#[test]
fn the_price_of_a_pop_is_that_of_theorem_6() {
    for (rule, numerator, denominator) in [
        ("2 shrink to 2 at 1/4", 2, 1),
        ("3/2 shrink to 3/2 at 4/9", 3, 1),
        ("4/3 shrink to 4/3 at 9/16", 5, 1),
        ("5/4 shrink to 5/4 at 16/25", 7, 1),
        ("9/8 shrink to 9/8 at 64/81", 15, 1),
        ("3/2 shrink to 3/2 at 25/38", 101, 1),
        ("2 shrink to 1 at 1/4", 3, 1),
        ("2 shrink to 3/2 at 1/4", 5, 2),
        ("2 shrink to 2 at 0", 1, 1),
    ] {
        let growth: Growth = rule.parse().unwrap();
        let price = Bounds::of(&growth).unwrap().amortized_pop();
        assert_eq!(price, Some(Ratio::new(numerator, denominator)), "{rule}");
    }
}

/// The minimum balance over all sequences of pushes and pops that keep at most `most` rows.
fn worst_balance(growth: Growth, most: u64, push: i128, pop: i128) -> i128 {
    let mut states = vec![Model::new(growth)];
    let mut places = std::collections::HashMap::from([((0, 0), 0)]);
    let mut steps = vec![];
    let mut from = 0;
    while from < states.len() {
        for (op, price) in [(Op::Push, push), (Op::Pop, pop)] {
            let mut model = states[from];
            let Ok(step) = model.apply(op) else { continue };
            if model.rows() <= most {
                let to = *places.entry((model.rows(), model.capacity())).or_insert(states.len());
                if to == states.len() {
                    states.push(model);
                }
                steps.push((from, to, price - i128::try_from(step.cost()).unwrap()));
            }
        }
        from += 1;
    }
    // Repeats until no sequence leads to a smaller balance.
    let mut balances = vec![i128::MAX / 2; states.len()];
    balances[0] = 0;
    let mut changed = true;
    while std::mem::take(&mut changed) {
        for &(from, to, change) in &steps {
            if balances[from] + change < balances[to] {
                balances[to] = balances[from] + change;
                changed = true;
            }
        }
    }
    balances[1..].iter().copied().min().unwrap()
}

/// Without the rounding term the bank can go into debt, but not for factors that shrink at their
/// inverse square, up to 900 rows.
#[test]
fn the_term_for_rounding_is_needed_by_some_policies_only() {
    let balance = |rule: &str, rows, push, pop| worst_balance(rule.parse().unwrap(), rows, push, pop);
    let witness = "3/2 from 10 shrink to 3/2 at 25/38";
    assert_eq!(balance(witness, 300, 4, 76), -19);
    assert!(balance(witness, 300, 4, 101) > 0);
    for (rule, push, pop) in [
        ("3/2 shrink to 3/2 at 4/9", 4, 3),
        ("4/3 shrink to 4/3 at 9/16", 5, 4),
        ("5/4 shrink to 5/4 at 16/25", 6, 5),
        ("9/8 shrink to 9/8 at 64/81", 10, 9),
    ] {
        assert_eq!(balance(rule, 900, push, pop), push - 1, "{rule}");
    }
}
