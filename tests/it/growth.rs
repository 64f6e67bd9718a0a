use crate::support::check;
use growable_nd::{GrowableNd, Growth, GrowthError};

/// The capacities of an array that is filled row by row from nothing, until there is room for `rows`.
fn capacities(growth: Growth, rows: usize) -> Vec<usize> {
    let mut capacities = vec![];
    let mut capacity = 0;
    while capacity < rows {
        let next = growth.next_capacity(capacity, capacity + 1);
        assert!(next > capacity, "{growth} is stuck at {capacity}");
        capacity = next;
        capacities.push(capacity);
    }
    capacities
}

#[test]
fn first_capacities_of_the_named_rules() {
    assert_eq!(Growth::default(), Growth::DOUBLE);
    assert_eq!(capacities(Growth::DOUBLE, 64), [1, 2, 4, 8, 16, 32, 64]);
    assert_eq!(capacities(Growth::THREE_HALVES, 41), [1, 2, 3, 5, 8, 12, 18, 27, 41]);
    assert_eq!(capacities(Growth::FIVE_QUARTERS, 12), [1, 2, 3, 4, 5, 7, 9, 12]);
    assert_eq!(capacities(Growth::NINE_EIGHTHS, 11), [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]);
    assert_eq!(capacities(Growth::EXACT, 5), [1, 2, 3, 4, 5]);
    assert_eq!(capacities(Growth::additive(10).unwrap(), 30), [10, 20, 30]);
    assert_eq!(capacities(Growth::DOUBLE.with_first(10), 40), [10, 20, 40]);
}

#[test]
fn the_array_grows_as_predicted() {
    for growth in [Growth::DOUBLE, Growth::THREE_HALVES, Growth::NINE_EIGHTHS, Growth::EXACT.with_first(7)] {
        let mut array = GrowableNd::<u8>::with_growth([2, 3], growth);
        let mut seen = vec![];
        for _ in 0..500 {
            array.push_row([[0; 3]; 2]).unwrap();
            if seen.last() != Some(&array.capacity()) {
                seen.push(array.capacity());
            }
        }
        assert_eq!(seen, capacities(growth, 500), "{growth}");
        let stats = array.growth_stats();
        assert_eq!(stats.growths, u64::try_from(seen.len()).unwrap());
        assert_eq!(stats.rows_copied, seen[..seen.len() - 1].iter().map(|&rows| rows as u64).sum());
        assert_eq!(stats.peak_rows, seen[seen.len() - 2..].iter().sum());
    }
}

#[test]
fn moves_are_the_changes_of_the_address() {
    for growth in [Growth::DOUBLE, Growth::NINE_EIGHTHS, Growth::EXACT] {
        let mut array = GrowableNd::with_growth([64], growth);
        let (mut address, mut moves) = (None, 0);
        for _ in 0..3000 {
            array.push_row([0_u64; 64]).unwrap();
            let now = array.as_slice().as_ptr();
            moves += u64::from(address.is_some_and(|before| before != now));
            address = Some(now);
        }
        assert_eq!(array.growth_stats().moves, moves, "{growth}");
    }
}

#[test]
fn the_first_block_is_that_of_an_array_without_one() {
    let growth = Growth::DOUBLE.with_first(16);
    assert_eq!(growth.next_capacity(0, 1), 16);
    assert_eq!(growth.next_capacity(0, 17), 17);
    assert_eq!(growth.next_capacity(2, 3), 4);
    let mut array = GrowableNd::from([[1, 2]]);
    array.set_growth(growth);
    array.push_row([3, 4]).unwrap();
    assert_eq!(array.capacity(), 2);
}

/// Every rule of shrinking with small numbers: refused if and only if it thrashes, else it shrinks exactly when so
/// few rows are left, to the smallest block that is large enough.
#[test]
fn shrinking_is_what_it_says_or_refused() {
    let small = || (1..=5_u32).flat_map(|q| (0..=5).map(move |p| (p, q)));
    for (p, q) in [(2, 1), (3, 2), (5, 4)] {
        for at in small() {
            for to in small() {
                let rule = Growth::factor(p, q).unwrap().with_first(4).with_shrink(at, to);
                let ratio = |(p, q): (u32, u32)| f64::from(p) / f64::from(q);
                let room = ratio(to).max(p as f64 / q as f64);
                // All products are exact or far from 1 by more than rounding.
                let fine = ratio(to) >= 1.0 && ratio(at) * room < 1.0 - 1e-9;
                assert_eq!(rule.is_ok(), fine, "{p}/{q} {at:?} {to:?}");
                let Ok(rule) = rule else { continue };
                for capacity in 0..60_u32 {
                    for rows in 0..=capacity {
                        let expected = (0..60).find(|&room| room >= 4 && room * to.1 >= rows * to.0);
                        let wanted = rows * at.1 <= capacity * at.0;
                        let expected = expected.filter(|&room| wanted && room < capacity);
                        let found = rule.shrunk_capacity(capacity as usize, rows as usize);
                        assert_eq!(found, expected.map(|room| room as usize), "{rule}: {rows} of {capacity}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_array_at_a_boundary_does_not_thrash() {
    for (growth, at) in
        [(Growth::DOUBLE, (1, 4)), (Growth::THREE_HALVES, (4, 9)), (Growth::NINE_EIGHTHS, (64, 81))]
    {
        let (p, q) = growth.as_factor().unwrap();
        let to = (u32::try_from(p).unwrap(), u32::try_from(q).unwrap());
        let mut array = GrowableNd::with_growth([], growth.with_shrink(at, to).unwrap());
        array.resize(1000, 0);
        let full = array.capacity();
        array.resize(full, 0);
        let before = array.growth_stats();
        for _ in 0..100 {
            array.push_row(0).unwrap();
            array.truncate(full);
        }
        let stats = array.growth_stats();
        assert_eq!((stats.growths, stats.shrinks), (before.growths + 1, 0), "{growth}");
        // Down to where it shrinks, and to and fro there.
        while array.growth_stats().shrinks == 0 {
            array.truncate(array.rows() - 1);
        }
        for _ in 0..100 {
            array.push_row(0).unwrap();
            array.truncate(array.rows() - 1);
        }
        assert_eq!(
            (array.growth_stats().growths, array.growth_stats().shrinks),
            (stats.growths, 1),
            "{growth}"
        );
    }
}

/// All ways to remove rows give room back; those that remove none do not.
#[test]
fn every_verb_that_removes_rows_gives_room_back() {
    let growth = Growth::DOUBLE.with_shrink((1, 4), (2, 1)).unwrap();
    let array = || {
        let mut array = GrowableNd::with_growth([2], growth);
        array.reserve_exact(32);
        array.extend_rows((0..17).map(|i| [i; 2])).unwrap();
        assert_eq!((array.rows(), array.capacity()), (17, 32));
        array.truncate(9);
        array
    };
    let removing: [fn(&mut GrowableNd<i32>); 12] = [
        |array| drop(array.pop_row()),
        |array| drop(array.remove_row(0)),
        |array| drop(array.swap_remove_row(0)),
        |array| array.truncate(8),
        |array| array.retain_rows(|row| row[0] != 3),
        |array| drop(array.drain_rows(..1)),
        |array| drop(array.drain_rows(2..3).next()),
        |array| drop(array.drain_rows(8..).next_back()),
        |array| std::mem::forget(array.drain_rows(4..5)),
        |array| drop(array.split_off(8)),
        |array| array.resize(8, 0),
        |array| array.resize_with(8, || 0),
    ];
    for (index, removing) in removing.into_iter().enumerate() {
        let mut array = array();
        removing(&mut array);
        assert_eq!((array.rows(), array.capacity()), (8, 16), "{index}");
        assert_eq!(array.growth_stats().shrinks, 1, "{index}");
    }
    let mut cleared = array();
    cleared.clear();
    assert_eq!(cleared.capacity(), 1);
    let (mut source, mut target) = (array(), GrowableNd::new([2]));
    target.append(&mut source).unwrap();
    assert_eq!((target.rows(), source.capacity()), (9, 1));

    let keeping: [fn(&mut GrowableNd<i32>); 7] = [
        |array| array.truncate(2),
        |array| array.retain_rows(|_| true),
        |array| drop(array.drain_rows(1..1)),
        |array| drop(array.split_off(2)),
        |array| array.resize(2, 0),
        |array| array.append(&mut GrowableNd::new([2])).unwrap(),
        |array| array.clone_from(&GrowableNd::from([[1, 2]])),
    ];
    for (index, keeping) in keeping.into_iter().enumerate() {
        let mut array = GrowableNd::with_growth([2], growth);
        array.resize(2, 7);
        array.reserve_exact(98);
        keeping(&mut array);
        assert_eq!(array.capacity(), 100, "{index}");
    }
    // Nor does an array that had no rows to give away.
    let mut empty = GrowableNd::with_growth([2], growth);
    empty.reserve_exact(100);
    GrowableNd::from([[1, 2]]).append(&mut empty).unwrap();
    assert_eq!(empty.capacity(), 100);
}

/// An additive rule doubles its room at most, and so may not shrink at one half.
#[test]
fn additive_rules_do_not_thrash_either() {
    check(|(step, first, at, rows): (u8, u8, (u8, u8), u16)| {
        let growth = Growth::additive(usize::from(step) + 1).unwrap().with_first(first.into());
        let at = (u32::from(at.0), u32::from(at.0.max(at.1)) + 1);
        let Ok(growth) = growth.with_shrink(at, (1, 1)) else {
            assert!(2 * at.0 >= at.1);
            return;
        };
        let mut array = GrowableNd::with_growth([], growth);
        array.resize(rows.into(), 0);
        for _ in 0..20 {
            array.push_row(0).unwrap();
            array.truncate(rows.into());
        }
        assert!(array.growth_stats().shrinks <= 1, "{growth}: {:?}", array.growth_stats());
    });
}

#[test]
fn filling_to_capacity_does_not_grow() {
    let mut array = GrowableNd::with_capacity([3], 10);
    let address = array.as_slice().as_ptr();
    for _ in 0..10 {
        array.push_row([1.0; 3]).unwrap();
    }
    assert_eq!((array.capacity(), array.as_slice().as_ptr()), (10, address));
    assert_eq!(array.growth_stats().growths, 0);
    array.push_row([1.0; 3]).unwrap();
    assert_eq!(array.growth_stats().growths, 1);
}

#[test]
fn reserved_rows_are_pushed_without_growing() {
    let mut array = GrowableNd::<u16>::new([5]);
    array.push_row([0; 5]).unwrap();
    array.reserve(100);
    let (address, growths) = (array.as_slice().as_ptr(), array.growth_stats().growths);
    array.extend_rows([[0; 5]; 100]).unwrap();
    assert_eq!((array.as_slice().as_ptr(), array.growth_stats().growths), (address, growths));
}

#[test]
fn more_than_the_rule_wishes_is_granted_when_needed() {
    let mut array = GrowableNd::<u8>::new([1]);
    array.reserve(1000);
    assert_eq!(array.capacity(), 1000);
    array.resize(1000, 0);
    array.extend_from_slice(&[0; 5000]).unwrap();
    assert_eq!(array.capacity(), 6000);
}

#[test]
fn a_custom_rule_that_refuses_to_grow_is_overruled() {
    let mut array = GrowableNd::with_growth([1], Growth::custom(|_, _| 0));
    for _ in 0..10 {
        array.push_row([0]).unwrap();
    }
    assert_eq!(array.capacity(), 10);
}

#[test]
fn a_wish_beyond_all_numbers_falls_back_to_what_is_needed() {
    let greedy = Growth::custom(|_, _| usize::MAX);
    let mut array = GrowableNd::with_growth([3], greedy);
    array.push_row([1, 2, 3]).unwrap();
    assert_eq!(array.capacity(), 1);
    let steep = Growth::factor(u64::MAX, 1).unwrap();
    assert_eq!(steep.next_capacity(2, 3), 3);
    array.set_growth(steep);
    array.push_row([4, 5, 6]).unwrap();
    array.push_row([7, 8, 9]).unwrap();
    assert_eq!(array.rows(), 3);
    assert_eq!(Growth::additive(usize::MAX).unwrap().next_capacity(1, 2), 2);
}

/// The rule in the docs of `Growth::custom` overflows when it is asked for more than there can be.
#[test]
fn a_custom_rule_is_not_asked_for_what_no_block_can_have() {
    let powers_of_two =
        Growth::custom(|_, needed| needed.checked_next_power_of_two().expect("a power of two"));
    let mut array = GrowableNd::with_growth([3], powers_of_two);
    assert!(array.try_reserve(usize::MAX).is_err());
    assert!(array.try_resize(usize::MAX, 0).is_err());
    // The hint of an endless source is `usize::MAX`.
    let source = (0..).map(|i| if i < 5 { Ok([i; 3]) } else { Err(()) });
    assert!(array.extend_results(source).is_err());
    assert_eq!((array.rows(), array.capacity()), (5, 8));
}

/// Far beyond what a floating-point factor could do exactly.
#[test]
fn large_capacities_are_exact() {
    for shift in 50..62 {
        let capacity = (1_usize << shift) + 1;
        let expected = capacity + capacity.div_ceil(2);
        assert_eq!(Growth::THREE_HALVES.next_capacity(capacity, capacity + 1), expected);
        let slow = Growth::factor(1 << 32, (1 << 32) - 1).unwrap();
        let added = capacity.div_ceil((1 << 32) - 1);
        assert_eq!(slow.next_capacity(capacity, capacity + 1), capacity + added);
    }
    assert_eq!(Growth::factor(u64::MAX, u64::MAX - 1).unwrap().next_capacity(9, 10), 10);
}

#[test]
fn factors_in_lowest_terms_are_equal() {
    assert_eq!(Growth::factor(30, 20), Ok(Growth::THREE_HALVES));
    assert_eq!(Growth::factor(u64::MAX, u64::MAX / 3), Growth::factor(3, 1));
    assert_ne!(Growth::DOUBLE, Growth::DOUBLE.with_first(2));
    assert_ne!(Growth::EXACT, Growth::DOUBLE);
    let custom = Growth::custom(|_, needed| needed);
    assert_eq!(custom, custom);
    assert_ne!(custom, Growth::EXACT);
    assert_eq!(Growth::DOUBLE.with_first(0), Growth::DOUBLE);
}

#[test]
fn every_form_is_read() {
    for (text, growth) in [
        ("3/2", Growth::THREE_HALVES),
        ("6/4", Growth::THREE_HALVES),
        ("1.5", Growth::THREE_HALVES),
        ("1.50", Growth::THREE_HALVES),
        ("2", Growth::DOUBLE),
        ("2.0", Growth::DOUBLE),
        ("1.1", Growth::factor(11, 10).unwrap()),
        ("1.125", Growth::NINE_EIGHTHS),
        (" 5 / 4 ", Growth::FIVE_QUARTERS),
        ("+1024", Growth::additive(1024).unwrap()),
        ("exact", Growth::EXACT),
        ("3/2 from 16", Growth::THREE_HALVES.with_first(16)),
        ("exact from 4", Growth::EXACT.with_first(4)),
        ("+8 from 2", Growth::additive(8).unwrap().with_first(2)),
        ("4294967296/4294967295", Growth::factor(1 << 32, (1 << 32) - 1).unwrap()),
        ("2 shrink to 2 at 1/4", Growth::DOUBLE.with_shrink((1, 4), (2, 1)).unwrap()),
        ("2 shrink to 4/2 at 0.25", Growth::DOUBLE.with_shrink((2, 8), (6, 3)).unwrap()),
        ("2\tshrink  to 2 at\n5000000000/20000000000 ", Growth::DOUBLE.with_shrink((1, 4), (2, 1)).unwrap()),
        ("exact from 4 shrink to 1 at 0", Growth::EXACT.with_first(4).with_shrink((0, 9), (1, 1)).unwrap()),
    ] {
        assert_eq!(text.parse(), Ok(growth), "{text}");
    }
}

#[test]
fn what_cannot_grow_is_refused_and_says_why() {
    let kind = |text: &str| match text.parse::<Growth>().expect_err(text) {
        GrowthError::NotAboveOne { .. } => "not above one",
        GrowthError::NotFinite { .. } => "not finite",
        GrowthError::ZeroDenominator { .. } => "zero denominator",
        GrowthError::TooLarge { .. } => "too large",
        GrowthError::ZeroStep => "zero step",
        GrowthError::ZeroFirst => "zero first",
        GrowthError::ShrinkBelowRows { .. } => "shrink below rows",
        GrowthError::Thrashes { .. } => "thrashes",
        GrowthError::Syntax { .. } => "syntax",
        other => panic!("{other:?}"),
    };
    for text in [
        "0",
        "1",
        "1.0",
        "0.5",
        "2/3",
        "1/1",
        "0/7",
        "-2",
        "-0.5",
        "0.0",
        "-1.5",
        "0.00000000000000000000001",
        "0.99999999999999999999999",
    ] {
        assert_eq!(kind(text), "not above one", "{text}");
    }
    for text in ["NaN", "nan", "inf", "-inf", "Infinity"] {
        assert_eq!(kind(text), "not finite", "{text}");
    }
    for text in ["0/0", "2/0", "2 shrink to 2 at 1/0", "2 shrink to 2/0 at 1/4"] {
        assert_eq!(kind(text), "zero denominator", "{text}");
    }
    for text in [
        "+5 shrink to 1 at 1/2",
        "2 shrink to 2 at 1/2",
        "2 shrink to 1 at 1/2",
        "+5 shrink to 1 at 1",
        "3/2 shrink to 4 at 0.25",
    ] {
        assert_eq!(kind(text), "thrashes", "{text}");
    }
    assert_eq!(kind("2 shrink to 0.9 at 1/4"), "shrink below rows");
    assert_eq!(kind("2 shrink to 4294967296 at 1/4"), "too large");
    assert_eq!(kind("+0"), "zero step");
    assert_eq!(kind("2 from 0"), "zero first");
    let huge = "9".repeat(30);
    let huger = "9".repeat(400);
    for text in [&huge[..], &huger, &format!("+{huge}"), &format!("1.{huge}"), &format!("2 from {huge}")] {
        assert_eq!(kind(text), "too large", "{text}");
    }
    for text in [
        "",
        " ",
        "x",
        "3/",
        "/2",
        "3//2",
        "1.5.5",
        "2.",
        "x.5",
        "1,5",
        "+-5",
        "+0.5",
        "+inf",
        "2 from -1",
        "2 from nan",
        "1 from",
        "2 from 1 from 2",
        "++1",
        "+",
        "2 from",
        "exact 2",
        "2 shrink to 2",
        "2 shrink to -2 at 1/4",
        "2 shrink to 2 at 1/4 from 3",
        "2 shrink to 2 at 1/4 at 1/4",
        " shrink to 2 at 1/4",
        "1e3",
    ] {
        assert_eq!(kind(text), "syntax", "{text}");
    }
    let message = |text: &str| text.parse::<Growth>().unwrap_err().to_string();
    assert_eq!(message("1"), "a growth factor must be above 1 or the array never grows, found 1");
    assert_eq!(message("7/0"), "a ratio needs a denominator other than 0, found 7/0");
    assert_eq!(
        message("3/2 from x"),
        "expected a rule of growth like 3/2, 1.5, +1024 or exact, with or without a first block and a rule of \
         shrinking like 3/2 from 16 shrink to 2 at 1/4, found \"3/2 from x\""
    );
    assert_eq!(
        message("2 shrink to 1 at 1/2"),
        "an array that has room for 2 times its rows after it has grown or shrunk must not shrink at 1/2 of its room: \
         1/2 times 2 must be below 1, or it would grow and shrink in turn"
    );
    assert_eq!(
        message("2 shrink to 0.5 at 1/2"),
        "an array cannot shrink to less than 1 times its rows, found 1/2"
    );
    assert_eq!(message("NaN"), "a growth factor must be a finite number, found NaN");
    assert_eq!(message("+0"), "a step of growth must be at least 1 row or the array never grows, found 0");
    assert_eq!(Growth::additive(0), Err(GrowthError::ZeroStep));
    assert_eq!(Growth::factor(5, 0), Err(GrowthError::ZeroDenominator { numerator: 5 }));
    assert_eq!(Growth::factor(0, 5), Err(GrowthError::NotAboveOne { found: "0/5".into() }));
}

#[test]
fn floating_point_factors_are_taken_as_they_print() {
    assert_eq!(Growth::try_from(1.1), Growth::factor(11, 10));
    assert_eq!(Growth::try_from(2.0), Ok(Growth::DOUBLE));
    assert!(matches!(Growth::try_from(f64::NAN), Err(GrowthError::NotFinite { .. })));
    assert!(matches!(Growth::try_from(f64::INFINITY), Err(GrowthError::NotFinite { .. })));
    assert!(matches!(Growth::try_from(-3.0), Err(GrowthError::NotAboveOne { .. })));
    assert!(matches!(Growth::try_from(1e-20), Err(GrowthError::NotAboveOne { .. })));
    assert!(matches!(Growth::try_from(1e300), Err(GrowthError::TooLarge { .. })));
    let next_after_one = 1.0 + f64::EPSILON;
    assert_eq!(Growth::try_from(next_after_one).unwrap().next_capacity(1, 2), 2);
}

#[test]
fn what_is_printed_reads_back() {
    check(|(p, q, first, kind): (u64, u64, usize, u8)| {
        let growth = match kind % 3 {
            0 => Growth::factor(p.max(q).max(2), p.min(q).max(1)).unwrap_or(Growth::DOUBLE),
            1 => Growth::additive(first.max(1)).unwrap(),
            _ => Growth::EXACT,
        };
        let growth = growth.with_first(first);
        assert_eq!(growth.to_string().parse(), Ok(growth));
        let (at, to) = ((u32::from(kind), u32::MAX), (u32::from(kind) + 1, u32::from(kind / 2) + 1));
        if let Ok(growth) = growth.with_shrink(at, to) {
            assert_eq!(growth.to_string().parse(), Ok(growth));
        }
    });
    assert_eq!(format!("[{:>6}|{:<6}]", Growth::THREE_HALVES, Growth::DOUBLE), "[   3/2|2     ]");
    assert_eq!(format!("{:.1}", Growth::THREE_HALVES), "3/2");
    assert_eq!(format!("{:?}", Growth::DOUBLE.with_first(4)), "Growth(2 from 4)");
    assert!(Growth::custom(|_, needed| needed).to_string().parse::<Growth>().is_err());
}
