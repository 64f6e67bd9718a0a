use crate::support::{Panic, check, panic_of};
use growable_nd::{GrowableNd, Growth, GrowthError, ParseGrowthError, Ratio, RatioError, Request, zoo};

/// The capacities of an array filled row by row from empty, until one is at least `rows`.
fn capacities(growth: Growth, rows: u64) -> Vec<u64> {
    let mut capacities = vec![];
    let mut capacity = 0;
    while capacity < rows {
        let next = growth.next_capacity(Request::new(capacity, capacity + 1));
        assert!(next > capacity, "{growth} is stuck at {capacity}");
        capacity = next;
        capacities.push(capacity);
    }
    capacities
}

#[test]
fn first_capacities_of_the_named_policies() {
    assert_eq!(Growth::default(), Growth::DOUBLE);
    assert_eq!(capacities(Growth::DOUBLE, 64), [1, 2, 4, 8, 16, 32, 64]);
    assert_eq!(capacities(Growth::THREE_HALVES, 41), [1, 2, 3, 5, 8, 12, 18, 27, 41]);
    assert_eq!(capacities(Growth::FIVE_QUARTERS, 12), [1, 2, 3, 4, 5, 7, 9, 12]);
    assert_eq!(capacities(Growth::NINE_EIGHTHS, 11), [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]);
    assert_eq!(capacities(Growth::EXACT, 5), [1, 2, 3, 4, 5]);
    assert_eq!(capacities(Growth::additive(10), 30), [10, 20, 30]);
    assert_eq!(capacities(Growth::DOUBLE.with_first(10), 40), [10, 20, 40]);
}

#[test]
fn the_array_grows_as_predicted() {
    for growth in [Growth::DOUBLE, Growth::THREE_HALVES, Growth::NINE_EIGHTHS, Growth::EXACT.with_first(7)] {
        let mut array = GrowableNd::<u8>::with_growth([2, 3], growth);
        let mut seen = vec![];
        for _ in 0..500 {
            array.push_row([[0; 3]; 2]).unwrap();
            if seen.last() != Some(&(array.capacity() as u64)) {
                seen.push(array.capacity() as u64);
            }
        }
        assert_eq!(seen, capacities(growth, 500), "{growth}");
        let stats = array.growth_stats();
        assert_eq!(stats.growths, u64::try_from(seen.len()).unwrap());
        assert_eq!(stats.rows_copied, seen[..seen.len() - 1].iter().sum::<u64>());
        let (growths, copied) = (stats.growths, stats.rows_copied);
        let text = format!(
            "{growths} growths, {} shrinks, {copied} rows copied, {} moves, peak {} rows",
            stats.shrinks, stats.moves, stats.peak_rows
        );
        assert_eq!(stats.to_string(), text);
        assert_eq!(stats.peak_rows as u64, seen[seen.len() - 2..].iter().sum::<u64>());
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
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
    assert_eq!(growth.next_capacity(Request::new(0, 1)), 16);
    assert_eq!(growth.next_capacity(Request::new(0, 17)), 17);
    assert_eq!(growth.next_capacity(Request::new(2, 3)), 4);
    let mut array = GrowableNd::from([[1, 2]]);
    array.set_growth(growth);
    array.push_row([3, 4]).unwrap();
    assert_eq!(array.capacity(), 2);
}

/// Every shrinking policy of small numbers: refused if and only if it thrashes; otherwise it
/// shrinks at exactly the right number of rows, to the smallest block that is large enough.
#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn shrinking_is_what_it_says_or_refused() {
    let small = || (1..=5_u64).flat_map(|q| (0..=5_u64).map(move |p| (p, q)));
    for (p, q) in [(2, 1), (3, 2), (5, 4)] {
        for at in small() {
            for to in small() {
                let [exact_at, exact_to] = [at, to].map(|(p, q)| Ratio::new(p.into(), q.into()));
                let rule = Growth::factor(p, q).with_first(4).try_with_shrink(exact_at, exact_to);
                let ratio = |(p, q): (u64, u64)| p as f64 / q as f64;
                let per_row = ratio(to).max(p as f64 / q as f64);
                // Each product is exact, or further from 1 than rounding.
                let fine = ratio(to) >= 1.0 && ratio(at) * per_row < 1.0 - 1e-9;
                assert_eq!(rule.is_ok(), fine, "{p}/{q} {at:?} {to:?}");
                let Ok(rule) = rule else { continue };
                for capacity in 0..60_u64 {
                    for rows in 0..=capacity {
                        let expected = (0..60).find(|&kept| kept >= 4 && kept * to.1 >= rows * to.0);
                        let wanted = rows * at.1 <= capacity * at.0;
                        let expected = expected.filter(|&kept| wanted && kept < capacity);
                        let found = rule.shrunk_capacity(Request::new(capacity, rows));
                        assert_eq!(found, expected, "{rule}: {rows} of {capacity}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_array_at_a_boundary_does_not_thrash() {
    for (growth, at) in [
        (Growth::DOUBLE, Ratio::new(1, 4)),
        (Growth::THREE_HALVES, Ratio::new(4, 9)),
        (Growth::NINE_EIGHTHS, Ratio::new(64, 81)),
    ] {
        let to = growth.as_factor().unwrap();
        let mut array = GrowableNd::with_growth([], growth.with_shrink(at, to));
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
        // Down to the number of rows at which it shrinks, and back and forth at that number.
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

/// All methods that remove rows shrink the array; those that remove none do not.
#[test]
fn every_verb_that_removes_rows_shrinks() {
    let growth = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
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
        let stats = array.growth_stats();
        assert_eq!((stats.shrinks, stats.moves), (1, 1), "{index}");
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
    // An array without rows loses none when it is appended, so it does not shrink either.
    let mut empty = GrowableNd::with_growth([2], growth);
    empty.reserve_exact(100);
    GrowableNd::from([[1, 2]]).append(&mut empty).unwrap();
    assert_eq!(empty.capacity(), 100);
}

/// An additive policy may double the capacity, so it must not shrink at one half.
#[test]
fn additive_policies_do_not_thrash_either() {
    check(|(step, first, at, rows): (u8, u8, (u8, u8), u16)| {
        let growth = Growth::additive(u64::from(step) + 1).with_first(u64::from(first).max(1));
        let at = Ratio::new(at.0.into(), i128::from(at.0.max(at.1)) + 1);
        let Ok(growth) = growth.try_with_shrink(at, Ratio::from(1)) else {
            assert!(at >= Ratio::new(1, 2));
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
fn more_than_the_requested_capacity_is_granted_when_needed() {
    let mut array = GrowableNd::<u8>::new([1]);
    array.reserve(1000);
    assert_eq!(array.capacity(), 1000);
    array.resize(1000, 0);
    array.extend_from_slice(&[0; 5000]).unwrap();
    assert_eq!(array.capacity(), 6000);
}

#[test]
fn a_custom_policy_that_refuses_to_grow_is_overruled() {
    let mut array = GrowableNd::with_growth([1], Growth::custom("none", |_| 0));
    for _ in 0..10 {
        array.push_row([0]).unwrap();
    }
    assert_eq!(array.capacity(), 10);
}

#[test]
fn a_capacity_that_no_block_can_have_becomes_twice_what_is_needed() {
    let greedy = Growth::custom("all", |_| u64::MAX);
    let steep = Growth::factor(u64::MAX, 1);
    let long = Growth::additive(u64::MAX);
    // Beyond `isize::MAX` bytes, but not beyond `u64::MAX` rows.
    let large = Growth::factor(1 << 60, 1);
    for growth in [greedy, steep, long, large] {
        let mut array = GrowableNd::with_growth([3], growth);
        for row in 0..1000 {
            array.push_row([row; 3]).unwrap();
        }
        let stats = array.growth_stats();
        assert!(stats.growths <= 10 && stats.rows_copied < 2000, "{growth}: {stats}");
    }
    assert_eq!(steep.next_capacity(Request::new(2, 3)), u64::MAX);
    assert_eq!(long.next_capacity(Request::new(1, 2)), u64::MAX);
}

/// A policy that panics if there is no next power of two.
#[test]
fn a_custom_policy_is_not_asked_for_what_no_block_can_have() {
    let powers_of_two =
        Growth::custom("powers", |request| request.needed.checked_next_power_of_two().expect("a power"));
    let mut array = GrowableNd::with_growth([3], powers_of_two);
    assert!(array.try_reserve(usize::MAX).is_err());
    assert!(array.try_resize(usize::MAX, 0).is_err());
    // The hint of an endless source is `usize::MAX`.
    let source = (0..).map(|i| if i < 5 { Ok([i; 3]) } else { Err(()) });
    assert!(array.extend_results(source).is_err());
    assert_eq!((array.rows(), array.capacity()), (5, 8));
}

/// Capacities that a floating-point factor would round.
#[test]
fn large_capacities_are_exact() {
    for shift in 50..62 {
        let capacity = (1_u64 << shift) + 1;
        let expected = capacity + capacity.div_ceil(2);
        assert_eq!(Growth::THREE_HALVES.next_capacity(Request::new(capacity, capacity + 1)), expected);
        let slow = Growth::factor(1 << 32, (1 << 32) - 1);
        let added = capacity.div_ceil((1 << 32) - 1);
        assert_eq!(slow.next_capacity(Request::new(capacity, capacity + 1)), capacity + added);
    }
    assert_eq!(Growth::factor(u64::MAX, u64::MAX - 1).next_capacity(Request::new(9, 10)), 10);
}

#[test]
fn factors_in_lowest_terms_are_equal() {
    assert_eq!(Growth::factor(30, 20), Growth::THREE_HALVES);
    assert_eq!(Growth::factor(u64::MAX, u64::MAX / 3), Growth::factor(3, 1));
    assert_ne!(Growth::DOUBLE, Growth::DOUBLE.with_first(2));
    assert_ne!(Growth::EXACT, Growth::DOUBLE);
    assert_eq!(Growth::DOUBLE.try_with_first(0), Err(GrowthError::ZeroFirst));
    assert_eq!(panic_of(|| Growth::DOUBLE.with_first(0)).message, GrowthError::ZeroFirst.to_string());
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
        ("1.1", Growth::factor(11, 10)),
        ("1.125", Growth::NINE_EIGHTHS),
        (" 5 / 4 ", Growth::FIVE_QUARTERS),
        ("+1024", Growth::additive(1024)),
        ("exact", Growth::EXACT),
        ("3/2 from 16", Growth::THREE_HALVES.with_first(16)),
        ("exact from 4", Growth::EXACT.with_first(4)),
        ("3/2 at most 65536", Growth::THREE_HALVES.at_most(65_536)),
        (
            "+8  from 2 at  most 3 shrink to 1 at 1/4",
            Growth::additive(8).with_first(2).at_most(3).with_shrink(Ratio::new(1, 4), Ratio::from(1)),
        ),
        ("+8 from 2", Growth::additive(8).with_first(2)),
        ("4294967296/4294967295", Growth::factor(1 << 32, (1 << 32) - 1)),
        ("2 shrink to 2 at 1/4", Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2))),
        ("2 shrink to 4/2 at 0.25", Growth::DOUBLE.with_shrink(Ratio::new(2, 8), Ratio::new(6, 3))),
        (
            "2\tshrink  to 2 at\n5000000000/20000000000 ",
            Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2)),
        ),
        (
            "exact from 4 shrink to 1 at 0",
            Growth::EXACT.with_first(4).with_shrink(Ratio::new(0, 9), Ratio::from(1)),
        ),
    ] {
        assert_eq!(text.parse(), Ok(growth), "{text}");
    }
}

fn kind_of(error: GrowthError) -> &'static str {
    match error {
        GrowthError::NotAboveOne { .. } => "not above one",
        GrowthError::NotFinite => "not finite",
        GrowthError::Ratio(RatioError::ZeroDenominator { .. }) => "zero denominator",
        GrowthError::TooLarge => "too large",
        GrowthError::ZeroStep => "zero step",
        GrowthError::ZeroFirst => "zero first",
        GrowthError::ZeroLimit => "zero limit",
        GrowthError::ShrinkOutOfRange { .. } => "shrink out of range",
        GrowthError::ShrinkBelowRows { .. } => "shrink below rows",
        GrowthError::Thrashes { .. } => "thrashes",
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cannot_grow_is_refused_and_says_why() {
    let fault = |text: &str| match text.parse::<Growth>().expect_err(text) {
        ParseGrowthError::Syntax { found, .. } => {
            assert_eq!(&*found, text);
            None
        }
        ParseGrowthError::Policy { found, error, .. } => {
            assert_eq!(&*found, text);
            Some(error)
        }
        other => panic!("{other:?}"),
    };
    let kind = |text: &str| match fault(text) {
        None => "syntax",
        Some(error) => kind_of(error),
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
        "-3/2",
        &format!("0.{}1", "0".repeat(300)),
        &format!("0.{}", "9".repeat(300)),
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
    // Not read as 1/4, and not as zero.
    for (start, zeros) in [("0.25", 35), ("0.25", 36), ("0.25", 300), ("0.", 36), ("0.", 38), ("0.", 300)] {
        let kind = kind(&format!("2 shrink to 2 at {start}{}1", "0".repeat(zeros)));
        assert!(["too large", "shrink out of range"].contains(&kind), "{start}, {zeros}: {kind}");
    }
    assert_eq!(kind("2 shrink to 0.9 at 1/4"), "shrink below rows");
    assert_eq!(kind("2 shrink to 4294967296 at 1/4"), "shrink out of range");
    assert_eq!(kind("2 at most 0"), "zero limit");
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
        "3/",
        "/2",
        "3//2",
        "1.5.5",
        "2.",
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
        "2 at most",
        "2 at most 1 from 2",
        "2 at most 1 at most 1",
        "2 at most 1.5",
        "2 at  1",
        "2 shrink to 2 at 1/4 at most 5",
        "at most 5",
    ] {
        assert_eq!(kind(text), "syntax", "{text}");
    }
    for (text, name) in [
        ("x", "x"),
        (" x.5 ", "x.5"),
        ("go-slice from 16", "go-slice"),
        ("go-slice from x", "go-slice"),
        ("go-slice at most 9 shrink to 2 at 1/4", "go-slice"),
    ] {
        for error in [text.parse::<Growth>().unwrap_err(), Growth::parse_with(text, |_| None).unwrap_err()] {
            let examples = "3/2, 1.5, +1024, exact, 3/2 from 16 shrink to 2 at 1/4";
            let hint = "only `Growth::parse_with` and `zoo::parse` look up names";
            assert_eq!(
                error.to_string(),
                format!("unknown growth policy {name:?}; examples: {examples}; {hint}")
            );
            assert!(matches!(error, ParseGrowthError::UnknownName { found, .. } if &*found == name));
        }
    }
    const TOO_MANY_DIGITS: &str = "number has too many digits: integers, numerators and denominators \
                                   must fit in 64 bits, those of a shrink ratio in 32 bits";
    let message = |text: &str| text.parse::<Growth>().unwrap_err().to_string();
    let in_text = |error: &str, text: &str| format!("{error} (in {text:?})");
    for (text, error) in [
        ("1", "growth factor 1 is not greater than 1: the array would never grow"),
        ("-0.50", "growth factor -1/2 is not greater than 1: the array would never grow"),
        ("7/0", "denominator of 7/0 is zero"),
        (
            "2 shrink to 1 at 1/2",
            "shrinking at 1/2 full would thrash: capacity is 2 times the rows after a resize, \
             and 1/2 * 2 must be below 1",
        ),
        (
            "3/2 shrink to 5/3 at 2/3",
            "shrinking at 2/3 full would thrash: capacity is 5/3 times the rows after a resize, \
             and 2/3 * 5/3 must be below 1",
        ),
        ("2 shrink to 0.5 at 1/2", "cannot shrink to a capacity of 1/2 times the rows, must be at least 1"),
        (
            "2 shrink to 2 at 1/4294967296",
            "shrink ratio 1/4294967296 is out of range: \
             it must not be negative, and its numbers must fit in 32 bits",
        ),
        ("NaN", "growth factor is not a finite number"),
        ("+0", "growth step is 0 rows: the array would never grow"),
        ("2 from 0", "first block has 0 rows, must have at least 1"),
        ("2 at most 0", "limit of a growth step is 0 rows: the array would never grow"),
        ("+99999999999999999999", TOO_MANY_DIGITS),
        ("1.00000000000000000001", TOO_MANY_DIGITS),
        ("2 shrink to 2 at 0.00000000000000000000000000000000000000000001", TOO_MANY_DIGITS),
    ] {
        assert_eq!(message(text), in_text(error, text));
    }
    for text in ["3/2 from x", "third 16", "3rd", ""] {
        let examples = "3/2, 1.5, +1024, exact, 3/2 from 16 shrink to 2 at 1/4";
        assert_eq!(message(text), format!("invalid growth policy {text:?}; examples: {examples}"));
    }
    assert_eq!(
        Ratio::try_new(i128::MIN, 3).unwrap_err().to_string(),
        "-170141183460469231731687303715884105728/3 is out of range: both numbers must be greater than -2^127"
    );
    assert_eq!(
        kind_of(Growth::DOUBLE.try_with_shrink(Ratio::new(-1, 4), Ratio::from(2)).unwrap_err()),
        "shrink out of range"
    );
}

/// Every constructor that panics does so at the caller's line, with the message of the error of its
/// form that returns it.
#[test]
fn panics_have_the_messages_of_the_errors_at_the_line_of_the_caller() {
    let (thin, half, two) = (Ratio::new(1, 1 << 40), Ratio::new(1, 2), Ratio::from(2));
    type Case = (fn() -> Growth, Result<Growth, GrowthError>);
    let shrink = |at, to| Growth::DOUBLE.try_with_shrink(at, to);
    let line = line!();
    let cases: [Case; 11] = [
        (|| Growth::factor(2, 2), Growth::try_factor(2, 2)),
        (|| Growth::factor(0, 7), Growth::try_factor(0, 7)),
        (|| Growth::factor(7, 0), Growth::try_factor(7, 0)),
        (|| Growth::factor(1, u64::MAX), Growth::try_factor(1, u64::MAX)),
        (|| Growth::additive(0), Growth::try_additive(0)),
        (|| Growth::DOUBLE.at_most(0), Growth::DOUBLE.try_at_most(0)),
        (|| Growth::DOUBLE.with_shrink(Ratio::new(1, 2), Ratio::from(2)), shrink(half, two)),
        (|| Growth::DOUBLE.with_shrink(Ratio::new(1, 2), Ratio::new(1, 2)), shrink(half, half)),
        (|| Growth::DOUBLE.with_shrink(Ratio::new(1, 1 << 40), Ratio::from(2)), shrink(thin, two)),
        (|| Growth::try_from(Ratio::new(1, 0)).unwrap(), Growth::try_factor(1, 0)),
        (|| Growth::try_from(Ratio::new(0, 0)).unwrap(), Growth::try_factor(0, 0)),
    ];
    for ((panics, returns), line) in cases.into_iter().zip(line + 2..) {
        let expected = Panic { message: returns.unwrap_err().to_string(), file: file!().to_owned(), line };
        assert_eq!(panic_of(panics), expected);
    }
}

/// Policies can be constants.
#[test]
fn policies_can_be_constants() {
    const FACTOR: Growth = Growth::factor(8, 5).with_first(4).at_most(1 << 20);
    const SHRINKS: Growth = Growth::additive(3).with_shrink(Ratio::new(1, 4), Ratio::new(6, 4));
    const CUSTOM: Growth = Growth::custom("twice", |request| 2 * request.needed);
    const FACTOR_OF: Option<Ratio> = FACTOR.as_factor();
    const TWIN: Result<Growth, GrowthError> = Growth::try_factor(3, 3);
    static NAME: Option<&str> = CUSTOM.name();
    assert_eq!(FACTOR.to_string(), "8/5 from 4 at most 1048576");
    assert_eq!(SHRINKS.to_string(), "+3 shrink to 3/2 at 1/4");
    assert_eq!((FACTOR_OF, NAME), (Some(Ratio::new(8, 5)), Some("twice")));
    assert!(TWIN.is_err());
}

#[test]
fn floating_point_factors_are_taken_as_they_print() {
    assert_eq!(Growth::try_from(1.1), Ok(Growth::factor(11, 10)));
    assert_eq!(Growth::try_from(2.0), Ok(Growth::DOUBLE));
    assert!(matches!(Growth::try_from(f64::NAN), Err(GrowthError::NotFinite)));
    assert!(matches!(Growth::try_from(f64::INFINITY), Err(GrowthError::NotFinite)));
    assert!(matches!(Growth::try_from(-3.0), Err(GrowthError::NotAboveOne { .. })));
    for tiny in [1e-20, f64::MIN_POSITIVE, 5e-324, -5e-324, 0.0, -0.0] {
        assert!(matches!(Growth::try_from(tiny), Err(GrowthError::NotAboveOne { .. })), "{tiny}");
    }
    assert!(matches!(Growth::try_from(1e300), Err(GrowthError::TooLarge)));
    let next_after_one = 1.0 + f64::EPSILON;
    assert_eq!(Growth::try_from(next_after_one).unwrap().next_capacity(Request::new(1, 2)), 2);
}

#[test]
fn what_is_printed_reads_back() {
    check(|(p, q, first, cap, kind): (u64, u64, u64, u64, u8)| {
        let growth = match kind % 3 {
            0 => Growth::try_factor(p.max(q).max(2), p.min(q).max(1)).unwrap_or(Growth::DOUBLE),
            1 => Growth::additive(first.max(1)),
            _ => Growth::EXACT,
        };
        let growth = growth.with_first(first.max(1));
        assert_eq!(growth.to_string().parse(), Ok(growth));
        let growth = growth.try_at_most(cap).unwrap_or(growth);
        assert_eq!(growth.to_string().parse(), Ok(growth));
        let at = Ratio::new(kind.into(), u32::MAX.into());
        let to = Ratio::new(i128::from(kind) + 1, i128::from(kind / 2) + 1);
        if let Ok(growth) = growth.try_with_shrink(at, to) {
            assert_eq!(growth.to_string().parse(), Ok(growth));
        }
    });
    assert_eq!(format!("[{:>6}|{:<6}]", Growth::THREE_HALVES, Growth::DOUBLE), "[   3/2|2     ]");
    assert_eq!(format!("{:.1}", Growth::THREE_HALVES), "3/2");
    assert_eq!(format!("{:?}", Growth::DOUBLE.with_first(4)), "Growth(2 from 4)");
}

/// Names identify custom policies: in text, in comparisons and in hashes.
#[test]
fn custom_policies_are_known_by_their_names() {
    let hash = |growth: Growth| {
        use std::hash::{BuildHasher, RandomState};
        static STATE: std::sync::LazyLock<RandomState> = std::sync::LazyLock::new(RandomState::new);
        STATE.hash_one(growth)
    };
    let full = Growth::custom("full", |request| request.needed);
    let other = Growth::custom("full", |request| request.needed + 1);
    assert_eq!((full, hash(full)), (other, hash(other)));
    assert_ne!(full, Growth::custom("fuller", |request| request.needed));
    assert_ne!(full, Growth::EXACT);
    assert_ne!(full, full.with_first(2));
    assert_ne!(full, full.at_most(2));
    assert_eq!(full.to_string(), "full");
    assert_eq!(format!("{:?}", full.at_most(7)), "Growth(full at most 7)");

    let parse = |text: &str| Growth::parse_with(text, |name| (name == "full").then_some(full.at_most(9)));
    assert_eq!(parse(" full "), Ok(full.at_most(9)));
    assert_eq!(parse("full from 3 at most 5"), Ok(full.with_first(3).at_most(5)));
    assert_eq!(parse("2 from 3"), Ok(Growth::DOUBLE.with_first(3)));
    for text in ["full 3", "", "3full"] {
        assert!(matches!(parse(text), Err(ParseGrowthError::Syntax { .. })), "{text}");
    }
    for text in ["Full", "full+3", "exacter"] {
        assert!(matches!(parse(text), Err(ParseGrowthError::UnknownName { .. })), "{text}");
    }
    assert!(matches!(parse("full from 0"), Err(ParseGrowthError::Policy { .. })));
    // The function is called for names only.
    let asked = |text: &str| {
        let mut asked = None;
        let _ = Growth::parse_with(text, |name| {
            asked = Some(name.to_owned());
            None
        });
        asked
    };
    assert_eq!(asked("größer-2.1 from 3").as_deref(), Some("größer-2.1"));
    for text in ["", "3/2", "3x", "+x", "-x", "exact", "exact 2", "NaN", "inf", "from 3"] {
        assert_eq!(asked(text), None, "{text}");
    }
}

/// The array passes its rows and their bytes to the policy.
#[test]
fn requests_are_those_of_the_array() {
    fn requested<T: Clone>(element: T, inner: &[usize], rows: u64, row_bytes: u64) {
        use std::cell::Cell;
        thread_local!(static LAST: Cell<Option<Request>> = const { Cell::new(None) });
        let growth = Growth::custom("asks", |request| {
            LAST.set(Some(request));
            request.needed
        });
        let mut array = GrowableNd::with_growth(inner, growth);
        array.reserve_exact(3);
        array.resize(2, element);
        array.reserve(rows as usize);
        let expected = Request::new(3, 2 + rows).with_row_bytes(row_bytes);
        assert_eq!(LAST.get(), Some(expected));
        array.set_growth(growth.with_shrink(Ratio::new(1, 4), Ratio::from(2)));
        array.truncate(0);
        assert_eq!(LAST.get(), Some(Request::new(0, 1).with_row_bytes(row_bytes)));
    }
    requested(0_u8, &[], 5, 1);
    requested(0_u8, &[7], 2, 7);
    requested(0_f64, &[10, 10], 2, 800);
    requested([0_u16; 3], &[2, 1], 100, 12);
    requested(String::new(), &[2], 9, 2 * size_of::<String>() as u64);
    // A policy can divide by the bytes of a row without a check for zero.
    let by_bytes = Growth::custom("by bytes", |request| 4096 / request.row_bytes);
    assert_eq!(by_bytes.next_capacity(Request::new(0, 1).with_row_bytes(0)), 4096);
    let mut request = Request::new(0, 1);
    request.row_bytes = 0;
    assert_eq!(by_bytes.next_capacity(request), 4096);
    assert_eq!(by_bytes.with_shrink(Ratio::new(1, 4), Ratio::from(2)).shrunk_capacity(request), None);
}

/// 32 rows of 800 bytes take 25,600 bytes, for which Go has a block of 27,264: 34 rows. 68 rows
/// take 54,400 bytes, and 7 pages of 8192 bytes hold 71 rows.
#[test]
fn a_policy_that_counts_bytes_is_right_in_every_array() {
    let mut array = GrowableNd::<f64>::with_growth([100], zoo::find("go-slice").unwrap().growth());
    let mut seen = vec![];
    for _ in 0..200 {
        array.push_row([0.0; 100]).unwrap();
        if seen.last() != Some(&array.capacity()) {
            seen.push(array.capacity());
        }
    }
    assert_eq!(seen, [1, 2, 4, 8, 16, 34, 71, 143, 286]);
}

/// A step adds at most as many rows as the cap, unless more are needed; the first block has no cap.
#[test]
fn a_step_is_capped() {
    const POLICIES: [&str; 6] = ["2", "3/2 from 7", "9/8", "+9", "exact", "18446744073709551615"];
    check(|(index, cap, capacity, more): (usize, u64, u64, u16)| {
        let growth: Growth = POLICIES[index % POLICIES.len()].parse().unwrap();
        let (cap, capped) = (cap.max(1), growth.at_most(cap.max(1)));
        let needed = capacity.saturating_add(more.into());
        let request = Request::new(capacity, needed);
        // In 128 bits, without overflow.
        let uncapped = match (growth.as_factor(), index % POLICIES.len()) {
            (Some(a), _) => (u128::from(capacity) * a.numerator() as u128).div_ceil(a.denominator() as u128),
            (None, 3) => u128::from(capacity) + 9,
            _ => u128::from(needed),
        };
        let expected = if capacity == 0 {
            u128::from(growth.next_capacity(request))
        } else {
            let limited = uncapped.min(u128::from(capacity) + u128::from(cap));
            limited.min(u64::MAX.into()).max(needed.into())
        };
        assert_eq!(u128::from(capped.next_capacity(request)), expected, "{capped}: {request:?}");
    });
    let custom = Growth::custom("twice", |request| 2 * request.capacity).at_most(10);
    assert_eq!(capacities(custom.with_first(3), 60), [3, 6, 12, 22, 32, 42, 52, 62]);
    assert_eq!(capacities(Growth::DOUBLE.with_first(100).at_most(10), 130), [100, 110, 120, 130]);

    let mut array = GrowableNd::with_growth([3], Growth::DOUBLE.at_most(10));
    array.extend_from_slice(&[0; 3 * 40]).unwrap();
    array.push_row([0; 3]).unwrap();
    assert_eq!(array.capacity(), 50);
    array.extend_from_slice(&[0; 3 * 40]).unwrap();
    assert_eq!(array.capacity(), 81);
}
