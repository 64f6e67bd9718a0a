//! Uses the explorer as a reader does, without a browser.

use explorer::pictures::{Picture, Style};
use explorer::{Array, Explorer, Question, policy, workload};
use growable_nd::amortized::{Bounds, Ledger, Op, Recording};
use growable_nd::zoo;

/// A linear congruential generator, sufficient for these tests.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len() as u64) as usize]
    }

    fn op(&mut self) -> Op {
        let rows = self.below(40);
        let ops = [
            Op::Push,
            Op::Push,
            Op::Pop,
            Op::Extend(rows),
            Op::Reserve(rows),
            Op::ReserveExact(rows),
            Op::Truncate(3 * rows),
        ];
        ops[self.below(7) as usize]
    }

    /// A program that never pops from an empty array.
    fn program(&mut self, mut rows: u64) -> Recording {
        let mut program = Recording::new();
        for _ in 0..=self.below(12) {
            let (op, times) = (self.op(), 1 + self.below(3) * self.below(300));
            let times = if op == Op::Pop { times.min(rows) } else { times };
            rows = match op {
                Op::Push => rows + times,
                Op::Pop => rows - times,
                Op::Extend(more) => rows + more * times,
                Op::Truncate(to) => rows.min(to),
                _ => rows,
            };
            program.record_times(op, times);
        }
        if program.steps().next().is_none() {
            program.record(Op::Push);
        }
        program
    }
}

const POLICIES: [&str; 14] = [
    "2",
    "3/2",
    "3/2 from 4",
    "9/8",
    "2 shrink to 2 at 1/4",
    "9/8 shrink to 9/8 at 64/81",
    "3 from 7 shrink to 5/3 at 3/10",
    "+10",
    "exact",
    "2 at most 16",
    "cpython-list",
    "go-slice from 3",
    "redis-sds",
    policy::THRASHING,
];

fn opened(fragment: &str) -> Explorer {
    Explorer::open(fragment).unwrap_or_else(|error| panic!("{fragment}: {error}"))
}

fn first(explorer: &Explorer) -> &Array {
    explorer.array(0).unwrap()
}

fn lines(text: &str) -> Vec<(&str, &str)> {
    text.lines().map(|line| line.split_once('\t').unwrap()).collect()
}

fn value<'a>(summary: &'a str, label: &str) -> &'a str {
    lines(summary)
        .into_iter()
        .find(|(found, _)| *found == label)
        .unwrap_or_else(|| panic!("{label}\n{summary}"))
        .1
}

/// The numbers equal those of the crate's ledger after every operation.
#[test]
fn numbers_are_those_of_the_crate() {
    let mut random = Random(1);
    for _ in 0..300 {
        let policy = random.of(&POLICIES);
        let mut page = Explorer::default();
        page.set_policy(0, policy).unwrap();
        let growth = zoo::parse(policy).unwrap();
        let bounds = Bounds::of(&policy::priced_by(&growth, None).unwrap()).unwrap();
        let mut ledger = Ledger::new(growth, &bounds).unwrap();
        let (mut copied, mut entries, mut worst) = (0, vec![], 0);
        for _ in 0..3 {
            let program = random.program(ledger.model().rows());
            page.apply(&program.to_string()).unwrap();
            for op in program.steps().flat_map(|(op, times)| (0..times).map(move |_| op)) {
                let entry = ledger.record(op).unwrap();
                copied += entry.step.resize.map_or(0, |resize| u128::from(resize.rows));
                worst = worst.max(entry.actual);
                entries.push(entry);
            }
        }
        let array = first(&page);
        let last = entries.last().unwrap();
        assert_eq!(array.model(), ledger.model(), "{policy}");
        assert_eq!((array.bank(), array.potential()), (Some(last.bank), Some(last.potential)));
        assert_eq!((array.totals().charged, array.totals().worst_cost), (copied, worst));
        assert_eq!(array.totals().operations, entries.len() as u128);
        // The last operations are listed one by one.
        let listed = array.recent();
        assert_eq!(listed.len(), entries.len().min(Array::MOST_RECENT));
        let expected = &entries[entries.len() - listed.len()..];
        assert!(
            listed.iter().map(|operation| operation.entry.unwrap()).eq(expected.iter().copied()),
            "{policy}"
        );
        let events = entries.iter().filter(|entry| entry.step.resize.is_some()).map(|entry| entry.operation);
        assert!(array.events().iter().map(|event| event.operation).eq(events));
        assert_eq!(array.heap().block.map_or(0, |block| block.size), u128::from(last.capacity));
        assert_eq!(page.copies_pending(0), Ok(last.step.resize.map_or(0, |resize| resize.rows)));
    }
}

/// A link opens the state from which it was made.
#[test]
fn links_round_trip() {
    let mut random = Random(2);
    for _ in 0..200 {
        let mut page = Explorer::default();
        page.set_policy(0, random.of(&POLICIES)).unwrap();
        if random.below(2) == 0 {
            page.set_policy(1, random.of(&POLICIES)).unwrap();
        }
        if random.below(2) == 0 {
            page.set_row_bytes(random.of(&["1", "24", "1000000"])).unwrap();
        }
        page.set_prices(random.of(&["", "2", "1.5", "17/16"])).unwrap();
        page.set_axis_end(random.of(&["1e3", "1e6", "10^18", "123456"])).unwrap();
        for _ in 0..random.below(4) {
            let rows = first(&page).model().rows();
            page.apply(&random.program(rows).to_string()).unwrap();
        }
        let link = page.link().unwrap();
        let again = opened(&link);
        assert_eq!(again.sentences(), page.sentences(), "{link}");
        assert_eq!(again.link().as_ref(), Ok(&link));
        assert_eq!(again.trace(), page.trace());
        assert_eq!(again.table(), page.table());
        assert_eq!(
            [again.row_bytes(), again.prices(), again.axis_end()],
            [page.row_bytes(), page.prices(), page.axis_end()]
        );
        for which in 0..page.arrays().count() {
            assert_eq!(again.summary(which), page.summary(which), "{link}");
        }
    }
}

#[test]
fn a_link_keeps_what_it_shows_and_asks() {
    let page = opened("embed&a=3/2&do=9+x+push&show=bank,boxes,bank&quiz=cost&prices=2&n=10%5E9");
    assert!(page.is_embedded());
    assert_eq!((page.show().as_str(), page.quiz()), ("bank,boxes", Some(Question::Cost)));
    assert_eq!(page.link().unwrap(), "a=3/2&do=9xpush&prices=2&n=1e9&show=bank,boxes&quiz=cost");
    assert_eq!(opened("").link().unwrap(), "a=2");
    assert_eq!(opened("do=").link().unwrap(), "a=2");
    let none = opened("show=none");
    assert_eq!((none.show().as_str(), none.link().unwrap().as_str()), ("", "a=2&show=none"));
    assert_eq!(opened("show=").show(), opened("").show());
    assert_eq!(opened("#b=").link().unwrap(), "a=2");
    assert_eq!(opened("a=%2B16&b=cpython-list").link().unwrap(), "a=%2B16&b=cpython-list");
    assert_eq!(opened("a=+16&b=+9+from+3").link().unwrap(), "a=%2B16&b=%2B9+from+3");
}

#[test]
fn a_link_that_would_be_too_long() {
    let mut page = Explorer::default();
    page.apply(&"push;pop;".repeat(500)).unwrap();
    assert!(page.link().unwrap_err().contains("download the trace instead"));
    assert_eq!(page.trace(), "push\npop\n".repeat(500));
}

#[test]
fn hostile_links_give_messages() {
    for (fragment, message) in [
        ("a=abc", "unknown growth policy \"abc\"; the presets have all names"),
        ("a=0.5", "not greater than 1"),
        ("a=", "invalid growth policy"),
        ("a=2%zz", "percent"),
        ("a=%25%32%66", "%2f"),
        ("do=pull", "examples: push"),
        ("do=pop", "operation 1: no row to pop"),
        ("do=extend+1e20", "greater than"),
        ("do=extend+18446744073709551615;push", "exceed the maximum"),
        ("do=99999999999999999999xpush", "greater than"),
        ("a=exact&do=1e7xpush", "more than 2,000,000 steps"),
        ("a=%2B1&do=1e18xpush", "more than 2,000,000 steps"),
        ("a=exact&do=18446744073709551615xpush", "more than 2,000,000 steps"),
        ("row=0", "must be 1 to"),
        ("row=1e18", "must be 1 to"),
        ("row=x", "examples"),
        ("prices=1", "not greater than 1"),
        ("prices=cpython-list", "examples: 2, 3/2, 9/8"),
        ("prices=2+from+3", "examples: 2, 3/2, 9/8"),
        ("n=5", "1e3 to 1e18"),
        ("n=1e19", "1e3 to 1e18"),
        ("show=boxes,moxes", "the pictures are boxes, costs, "),
        ("quiz=all", "capacity, cost and balance"),
        ("x=1", "unknown key"),
        ("a=2&a=3", "twice"),
        ("<script>=1", "unknown key"),
    ] {
        let error = Explorer::open(fragment).unwrap_err();
        assert!(error.contains(message) && error.len() < 400, "{fragment}: {error}");
    }
    let mut random = Random(3);
    let alphabet = b"abdo=&%+;,x0123456789eE^pushextnrvctz/-.#<\"'\xc3\xa9";
    for _ in 0..20_000 {
        let bytes: Vec<u8> =
            (0..random.below(60)).map(|_| alphabet[random.below(alphabet.len() as u64) as usize]).collect();
        let text = String::from_utf8_lossy(&bytes);
        for fragment in [
            text.to_string(),
            format!("do={text}"),
            format!("a={text}&b={text}"),
            format!("prices={text}&row={text}"),
        ] {
            if let Err(error) = Explorer::open(&fragment) {
                assert!(!error.is_empty() && error.len() < 1500, "{fragment}: {error}");
            }
        }
    }
}

#[test]
fn errors_keep_the_last_good_state() {
    let mut page = opened("a=3/2&do=9xpush");
    let before = (page.link(), page.table(), page.sentences());
    for error in [
        page.apply("3 x pop; 10 x pop"),
        page.apply(""),
        page.apply("push; extend 18446744073709551615"),
        page.set_policy(0, "2 shrink to 1 at 1/2"),
        page.set_policy(1, "abc"),
        page.set_policy(2, "2"),
        page.set_row_bytes("0"),
        page.set_prices("0.5"),
        page.set_axis_end("7"),
        page.replace(""),
        page.replace("push; pop; pop"),
        page.workload("push", "0"),
        page.workload("dance", "5"),
        page.workload("walk", "1e18"),
    ] {
        error.unwrap_err();
        assert_eq!((page.link(), page.table(), page.sentences()), before);
    }
    // The programs are still undone one by one.
    page.apply("2 x pop").unwrap();
    page.replace("pop").unwrap_err();
    assert!(page.undo());
    assert_eq!((page.link(), page.table(), page.sentences()), before);
    // Too many growths only for the second policy.
    page.apply("1e7 x push").unwrap();
    let before = page.table();
    assert!(page.set_policy(1, "exact").unwrap_err().contains("with the policy exact: stopped"));
    assert_eq!((page.table(), page.arrays().count()), (before, 1));
}

#[test]
fn undo_takes_back_what_was_done_together() {
    let mut random = Random(4);
    for policy in POLICIES {
        let mut page = opened("");
        page.set_policy(0, policy).unwrap();
        page.set_policy(1, "3/2").unwrap();
        let mut states = vec![];
        for _ in 0..6 {
            states.push((page.table(), page.summary(0), page.summary(1), page.sentences(), page.trace()));
            let rows = first(&page).model().rows();
            match random.below(3) {
                0 if !["exact", "+10", "2 at most 16"].contains(&policy) => page.to_next_growth().unwrap(),
                1 => page.workload("push-then-pop", "20").unwrap(),
                _ => page.apply(&random.program(rows).to_string()).unwrap(),
            }
        }
        while let Some(state) = states.pop() {
            assert!(page.undo());
            assert_eq!(
                (page.table(), page.summary(0), page.summary(1), page.sentences(), page.trace()),
                state
            );
        }
        assert!(!page.undo());
        page.apply("5 x push").unwrap();
        page.reset();
        assert!(!page.undo());
        assert_eq!(page.trace(), "");
    }
}

#[test]
fn a_billion_billion_rows_are_exact() {
    let mut page = opened("a=2&b=3/2");
    page.workload("push", "1e18").unwrap();
    let totals = first(&page).totals();
    assert_eq!((totals.rows, totals.charged), (1_000_000_000_000_000_000, (1 << 60) - 1));
    assert_eq!(value(&page.summary(0).unwrap(), "Rows"), "1,000,000,000,000,000,000");
    assert_eq!(value(&page.summary(0).unwrap(), "Rows copied"), "1,152,921,504,606,846,975");
    // Above 2^64 rows an array grows by less than its factor, so the sentence states no bound.
    assert!(page.sentences().contains("always less than 2."), "{}", page.sentences());
    let mut last = opened("a=13/9&do=16+x+extend+1e18");
    assert_eq!(value(&last.summary(0).unwrap(), "Copies per push"), "2.375");
    assert!(
        !first(&last).is_only_pushed() && !last.sentences().contains("less than"),
        "{}",
        last.sentences()
    );
    last.undo();
    last.apply("9 x extend 1e18").unwrap();
    assert!(
        first(&last).is_only_pushed() && last.sentences().contains("less than 13/4"),
        "{}",
        last.sentences()
    );

    page.set_policy(1, "").unwrap();
    page.apply("truncate 0; extend 18446744073709551615").unwrap();
    assert_eq!(value(&page.summary(0).unwrap(), "Rows"), "18,446,744,073,709,551,615");
    let before = page.table();
    assert!(page.apply("push").unwrap_err().contains("exceed the maximum"));
    assert!(page.ask("cost").unwrap_err().contains("not possible"));
    assert_eq!(page.table(), before);
}

/// Each program lists its last operations one by one, but all programs together take few steps.
#[test]
fn many_programs_take_few_steps() {
    let mut page = opened("b=3/2");
    let programs = 2_000_000 / Array::MOST_RECENT + 10;
    for _ in 0..programs {
        page.apply("256 x push").unwrap();
    }
    page.to_next_growth().unwrap();
    let rows = first(&page).model().rows();
    assert!(rows > (programs * Array::MOST_RECENT) as u64, "{rows}");
    let before = (page.sentences(), page.table());
    assert!(page.apply("truncate 0; pop").unwrap_err().contains("no row to pop"));
    assert_eq!((page.sentences(), page.table()), before);
    assert_eq!(opened(&page.link().unwrap()).table(), page.table());
}

#[test]
fn to_the_next_growth() {
    let mut page = opened("a=3/2");
    let mut capacities = vec![];
    for _ in 0..6 {
        page.to_next_growth().unwrap();
        capacities.push(first(&page).model().capacity());
    }
    assert_eq!(capacities, [1, 2, 3, 5, 8, 12]);
    assert_eq!(first(&page).model().rows(), 9);
    // Of two arrays, the one that grows first decides.
    page.set_policy(1, "2").unwrap();
    let mut rows = vec![];
    for _ in 0..4 {
        page.to_next_growth().unwrap();
        rows.push(first(&page).model().rows());
    }
    assert_eq!(rows, [13, 17, 19, 28]);
    page.apply("reserve 2e18").unwrap();
    assert!(page.to_next_growth().unwrap_err().contains("at most 1,000,000,000,000,000,000"));
}

#[test]
fn workloads() {
    for (name, ..) in workload::ALL {
        for policy in POLICIES {
            let mut page = Explorer::default();
            page.set_policy(0, policy).unwrap();
            page.apply("5 x push").unwrap();
            page.workload(name, "100").unwrap_or_else(|error| panic!("{name} {policy}: {error}"));
            assert!(first(&page).totals().operations > 5);
        }
    }
    let mut page = Explorer::default();
    page.workload("boundary", "10").unwrap();
    assert_eq!(page.trace(), format!("17 x push\n{}pop\n", "pop\npush\n".repeat(7)));
}

/// The statements of a lecture of ten minutes.
#[test]
fn a_lecture() {
    let of = |fragment: &str| opened(fragment).summary(0).unwrap();
    // Why 1.5 costs three copies per push and 2 only two.
    let [two, half] = [of("a=2&do=1e6xpush"), of("a=3/2&do=1e6xpush")];
    assert_eq!(value(&two, "Copies per push, bound"), "less than 2 = a/(a − 1) with a = 2");
    assert_eq!(value(&half, "Copies per push, bound"), "less than 3 = a/(a − 1) with a = 3/2");
    assert_eq!(value(&two, "Credit of a row"), "2: one for its own first move, 1 for older rows");
    assert_eq!(value(&half, "Credit of a row"), "3: one for its own first move, 2 for older rows");
    assert_eq!(value(&half, "Price of a push"), "4 = 1 to write its row + 3 of credit");
    // The price of memory in Python.
    assert_eq!(value(&of("a=cpython-list"), "Price of a slot"), "64 copies = 1/(a − 1)² with a = 9/8");
    assert_eq!(value(&of("a=9/8"), "Price of a slot"), "64 copies = 1/(a − 1)² with a = 9/8");
    assert_eq!(value(&of("a=2"), "Price of a slot"), "1 copy = 1/(a − 1)² with a = 2");
    // Why popping at one half thrashes.
    let mut page = Explorer::default();
    assert!(page.set_policy(0, "2 shrink to 1 at 1/2").unwrap_err().contains(policy::THRASHING));
    page.set_policy(0, policy::THRASHING).unwrap();
    page.workload("boundary", "16").unwrap();
    let sentences = page.sentences();
    assert!(
        sentences.contains("The array thrashes: 8 of the last 8 operations copied all rows."),
        "{sentences}"
    );
    assert!(sentences.contains("The bank is in debt"), "{sentences}");
    page.set_policy(0, "2 shrink to 2 at 1/4").unwrap();
    assert!(!page.sentences().contains("thrashes"));
}

#[test]
fn sentences() {
    for (fragment, operation, sentence) in [
        ("", "", "The array has no rows and no block. The first push makes a block."),
        (
            "",
            "push",
            "Row 1 found no block: a first one of 1 slot was made, and nothing was copied. \
             Cost 1, price 3: the bank rises from 0 to 2.",
        ),
        ("do=5xpush", "push", "Row 6 fits into a free slot. Cost 1, price 3: the bank rises from 3 to 5."),
        (
            "do=8xpush",
            "push",
            "Row 9 did not fit: the capacity grew from 8 to 16 and 8 rows were copied, \
             paid by rows 5 to 8, 2 copies each. Cost 9, price 3: the bank falls from 9 to 3.",
        ),
        (
            "do=push",
            "push",
            "Row 2 did not fit: the capacity grew from 1 to 2 and 1 row was copied, paid by row 1. \
             Cost 2, price 3: the bank rises from 2 to 3.",
        ),
        (
            "do=8xpush;pop;push",
            "push",
            "Row 9 did not fit: the capacity grew from 8 to 16 and 8 rows were copied, paid by the bank. \
             Cost 9, price 3: the bank falls from 11 to 5.",
        ),
        (
            "do=8xpush",
            "extend 5",
            "Rows 9 to 13 did not fit: the capacity grew from 8 to 16 and 8 rows were copied, \
             paid by rows 5 to 8, 2 copies each. Cost 13, price 15: the bank rises from 9 to 11.",
        ),
        (
            "do=5xpush",
            "reserve 1",
            "1 more row fits into the free slots: nothing changed. Cost 0, price 1: the bank rises from 3 to 4.",
        ),
        (
            "do=5xpush",
            "extend 2",
            "Rows 6 to 7 fit into free slots. Cost 2, price 6: the bank rises from 3 to 7.",
        ),
        ("do=5xpush", "extend 0", "No row was added. Cost 0, price 0: the bank keeps 3."),
        ("do=5xpush", "pop", "Row 5 was removed; its slot stays free. Cost 1, price 1: the bank keeps 3."),
        (
            "a=2 shrink to 2 at 1/4&do=9xpush;4xpop",
            "pop",
            "Row 5 was removed. 4 rows are left, at most 1/4 of 16 slots: the capacity shrank from 16 to 8 \
             and 4 rows were copied. Cost 5, price 2: the bank falls from 7 to 4.",
        ),
        (
            "a=2 shrink to 2 at 1/4&do=2xpush;pop",
            "pop",
            "Row 1 was removed. No row is left, at most 1/4 of 2 slots: the capacity shrank from 2 to 1 \
             and nothing was copied. Cost 1, price 2: the bank rises from 4 to 5.",
        ),
        (
            "a=2 shrink to 2 at 1/4&do=5xpush;3xpop",
            "pop",
            "Row 2 was removed. 1 row is left, at most 1/4 of 4 slots: the capacity shrank from 4 to 2 \
             and 1 row was copied. Cost 2, price 2: the bank keeps 4.",
        ),
        (
            "a=2 shrink to 2 at 1/4&do=9xpush",
            "pop",
            "Row 9 was removed; its slot stays free, since more than 1/4 of 16 slots are in use. \
             Cost 1, price 2: the bank rises from 3 to 4.",
        ),
        (
            "do=5xpush",
            "truncate 2",
            "Rows 3 to 5 were removed; their slots stay free. Cost 3, price 3: the bank keeps 3.",
        ),
        (
            "do=5xpush",
            "truncate 9",
            "The array has no more rows than that: nothing changed. Cost 0, price 0: the bank keeps 3.",
        ),
        (
            "do=5xpush",
            "reserve 3",
            "3 more rows fit into the free slots: nothing changed. Cost 0, price 3: the bank rises from 3 to 6.",
        ),
        (
            "do=5xpush",
            "reserve 4",
            "Slots for 4 more rows were reserved: the capacity grew from 8 to 16 and 5 rows were copied. \
             Cost 5, price 4: the bank falls from 3 to 2.",
        ),
        (
            "do=8xpush",
            "reserve exact 1",
            "Slots for exactly 1 more row were reserved: the capacity grew from 8 to 9 and 8 rows were copied. \
             Cost 8, without a price, so it is charged its amortized cost: the bank falls from 9 to 8.",
        ),
        (
            "do=8xpush",
            "992 x push",
            "992 rows were pushed. The capacity grew 7 times, from 8 to 1,024, and 1,016 rows were \
             copied: 1.024… for each row added. So far 1.023 rows were copied per row added, always less than 2. \
             The bank had 9 and has 977.",
        ),
        (
            "do=5xpush",
            "4 x push",
            "4 rows were pushed. The capacity grew once, from 8 to 16, and 8 rows were copied: 2 for each row added. \
             So far 1.666… rows were copied per row added, always less than 2. The bank had 3 and has 3. At the end: \
             Row 9 did not fit: the capacity grew from 8 to 16 and 8 rows were copied, paid by rows 5 to 8, \
             2 copies each. Cost 9, price 3: the bank falls from 9 to 3.",
        ),
        (
            "a=3/2",
            "7 x push",
            "7 rows were pushed. The capacity grew 5 times, from 0 to 8, and 11 rows were copied: 1.571… for each row \
             added, always less than 3. The bank had 0 and has 10.",
        ),
        (
            "do=8xpush",
            "push; pop; push; reserve 0",
            "4 operations added 2 rows and removed 1. The capacity grew once, from 8 to 16, and 8 rows were copied: 2 for \
             each operation. The bank had 9 and has 5.",
        ),
        (
            "a=%2B4&do=100xpush",
            "push",
            "Row 101 did not fit: the capacity grew from 100 to 104 and 100 rows were copied. \
             Cost 101, price 3: the bank falls from −1,000 to −1,098. \
             The bank is in debt by 1,098: the prices of factor 2 are not sufficient for this policy.",
        ),
    ] {
        let mut page = opened(&fragment.replace(' ', "+"));
        if !operation.is_empty() {
            page.apply(operation).unwrap();
        }
        assert_eq!(page.sentences(), sentence, "{fragment} {operation}");
    }
    let page = opened("a=2&b=3/2&do=9xpush");
    assert_eq!(page.sentences().lines().count(), 2);
    assert!(page.sentences().lines().nth(1).unwrap().starts_with("3/2: 9 rows were pushed."));
    for (before, operations, sentence) in [
        ("9xpush", "6 x push", "So far 1 row was copied per row added, always less than 2."),
        ("9xpush", "3 x push", "3 rows were pushed."),
        ("9xpush", "3 x pop", "3 rows were removed."),
        ("9xpush", "extend 3; reserve 9; reserve 20", "3 operations added 3 rows."),
        ("9xpush", "truncate 7; reserve 9", "2 operations removed 2 rows."),
    ] {
        let mut page = opened(&format!("a=2&do={before}"));
        page.apply(operations).unwrap();
        assert!(page.sentences().contains(sentence), "{operations}: {}", page.sentences());
    }
}

/// Sentences mention prices and the bank only while the picture of the bank is shown.
#[test]
fn the_bank_is_shown_or_not_mentioned() {
    for (fragment, sentence) in [
        (
            "do=8xpush;/;push&show=boxes",
            "Row 9 did not fit: the capacity grew from 8 to 16 and 8 rows were copied. Cost 9.",
        ),
        (
            "a=%2B4&do=100xpush;/;4xpush&show=costs,boxes",
            "4 rows were pushed. The capacity grew once, from 100 to 104, and 100 rows were copied: \
             25 for each row added.",
        ),
        (
            "do=5xpush;/;push&show=costs,bank",
            "Row 6 fits into a free slot. Cost 1, price 3: the bank rises from 3 to 5.",
        ),
    ] {
        assert_eq!(opened(fragment).sentences(), sentence, "{fragment}");
    }
    let mut page = opened("do=5xpush;/;push");
    assert!(page.sentences().contains("bank"));
    page.set_show("boxes").unwrap();
    assert!(!page.sentences().contains("bank"));
    page.set_show("none").unwrap();
    assert!(!page.sentences().contains("bank"));
    page.set_show("").unwrap();
    assert!(page.sentences().contains("bank"));
}

#[test]
fn play_does_what_was_prepared() {
    let mut page = opened("do=3xpush");
    assert_eq!(page.play(5), Ok(false));
    assert!(page.prepare("").unwrap_err().contains("examples"));
    page.prepare("4 x push; pop; 2 x push").unwrap();
    let played: Vec<_> = (0..4).map(|_| (page.play(2).unwrap(), first(&page).model().rows())).collect();
    assert_eq!(played, [(true, 5), (true, 7), (true, 7), (false, 8)]);
    page.undo();
    assert_eq!(first(&page).model().rows(), 7);
    page.reset();
    page.prepare_workload("push-then-pop", "10").unwrap();
    assert_eq!(page.play(u64::MAX), Ok(false));
    assert_eq!(page.trace(), "10 x push\n10 x pop\n");
    assert!(page.prepare_workload("dance", "10").is_err());
}

/// The right answer is the effect of the push; all other answers are wrong.
#[test]
fn answers_are_what_happens() {
    let mut random = Random(5);
    for _ in 0..300 {
        let mut page = Explorer::default();
        page.set_policy(0, random.of(&POLICIES)).unwrap();
        let program = random.program(0);
        page.apply(&program.to_string()).unwrap();
        let questions = Question::ALL.map(Question::name);
        for kind in questions {
            assert!(page.ask(kind).unwrap().ends_with(['?', '.']));
        }
        let mut after = page.clone();
        after.apply("push").unwrap();
        let last = after.array(0).unwrap().last().unwrap();
        let right =
            [last.capacity.to_string(), last.step.cost().to_string(), last.entry.unwrap().bank.to_string()];
        for (kind, right) in questions.into_iter().zip(right) {
            let answer = page.answer(kind, &right).unwrap();
            assert!(answer.is_right && answer.explanation.starts_with("Right: "), "{answer:?}");
            let wrong = page.answer(kind, &format!("{right}1")).unwrap();
            assert!(!wrong.is_right, "{wrong:?}");
            assert!(page.answer(kind, "many").unwrap_err().contains("examples"));
        }
    }
    let page = opened("do=8xpush");
    assert_eq!(
        page.answer("balance", "+3").unwrap().explanation,
        "Right: no slot is free, so 8 rows are copied into the new block, and one is written: 8 + 1 = 9. \
         The bank had 9, gets the price 3 and pays 9: 9 + 3 − 9 = 3."
    );
    assert_eq!(
        opened("a=3/2&do=3xpush").answer("capacity", "4").unwrap().explanation,
        "Not 4 but 5: all 3 slots are in use, so row 4 does not fit. 3/2 · 3 is 5, rounded up: that is the new capacity."
    );
    for (fragment, question, answer, explanation) in [
        (
            "do=push",
            "capacity",
            "2",
            "Right: the only slot is in use, so row 2 does not fit. 2 · 1 is 2: that is the new capacity.",
        ),
        (
            "do=push;pop",
            "capacity",
            "1",
            "Right: no slot is in use, so row 1 fits, and the capacity stays 1.",
        ),
        (
            "do=2xpush;pop",
            "capacity",
            "2",
            "Right: 1 of 2 slots is in use, so row 2 fits, and the capacity stays 2.",
        ),
        (
            "do=3xpush",
            "capacity",
            "4",
            "Right: 3 of 4 slots are in use, so row 4 fits, and the capacity stays 4.",
        ),
    ] {
        assert_eq!(opened(fragment).answer(question, answer).unwrap().explanation, explanation);
    }
    assert!(page.ask("all").is_err());
}

#[test]
fn the_table_is_escaped_and_short() {
    let page = opened("a=2&b=cpython-list&do=1e6xpush");
    let table = page.table();
    assert_eq!(table.matches("<tr").count(), 2 + 12);
    assert!(table.contains("<caption>The last 12 of 1,000,000 operations</caption>"));
    assert!(table.contains("<td>1,000,000</td>"));
    assert_eq!(table.matches("scope=\"row\"").count(), 12);
}

/// Of two arrays, the cells of the one that grew are marked.
#[test]
fn the_table_marks_the_array_that_grew() {
    // Capacities 1, 2, 4, 8 and 1, 2, 3, 5: with row 4 only the second grows, with row 5 only the first.
    let page = opened("a=2&b=3/2&do=5xpush");
    let table = page.table();
    let rows: Vec<&str> = table.split("<tr>").skip(1).collect();
    let marked = |row: &str| {
        let cells: Vec<&str> = row.split("<td").skip(2).collect();
        [&cells[..8], &cells[8..]].map(|cells| cells.iter().all(|cell| cell.starts_with(" class=\"resize\"")))
    };
    let last: Vec<_> = rows[rows.len() - 3..].iter().map(|row| marked(row)).collect();
    assert_eq!(last, [[true, true], [false, true], [true, false]]);
}

#[test]
fn all_operations_are_replaced() {
    let mut page = opened("a=3/2&b=2&do=9xpush");
    page.replace("2 x push\npop").unwrap();
    assert_eq!(page.trace(), "2 x push\npop\n");
    assert!(page.arrays().all(|array| array.model().rows() == 1));
    // A recording of the most different operations is read back.
    page.reset();
    page.workload("walk", "100000").unwrap();
    page.workload("reserve-exact", "100000").unwrap();
    let (trace, table) = (page.trace(), page.table());
    page.replace(&trace).unwrap();
    assert_eq!((page.trace(), page.table()), (trace, table));
}

/// Legends and descriptions name the unit and the place of each number.
#[test]
fn pictures_say_what_their_numbers_are() {
    for (fragment, picture, texts) in [
        ("a=%2B10&do=41xpush", "bank", &["Debt: 18", "Each coin pays for writing or copying one row."][..]),
        ("do=100xpush", "bank", &["Balance: 73"]),
        ("a=%2B10&do=300xpush", "bank", &["Debt: 3,750", "writing or copying 100 rows."]),
        ("do=5xpush", "heap", &["The next block, 16 slots, ", "to 15, in slots; the heap has 15 slots"]),
        (
            "a=3/2 from 1000000&do=extend 1000000;2xpush",
            "heap",
            &["does not fit below: the hole there has only 1,000,000 slots."],
        ),
        ("do=9xpush", "staircase", &["Operations 1 to 9."]),
        ("a=cpython-list", "copies", &["cpython-list: factor 9/8 in the end, then at most about 9 (dashed)"]),
        ("a=cpython-list", "slots", &["cpython-list: at most about 9/8 in the end (dashed)"]),
        ("a=exact&n=1e3", "copies", &["copies per push at 1,000 rows."]),
        ("a=%2B10&n=1e3", "slots", &["at the end of the axis", "it is about 1 at the end of the axis."]),
    ] {
        let page = opened(&fragment.replace(' ', "+"));
        let style = Style { width: 640, copied: None, rows: 0, standalone: None };
        let drawing = page.draw(picture, 0, &style).unwrap();
        for text in texts {
            assert!(drawing.contains(text), "{fragment} {picture}: {text}\n{drawing}");
        }
    }
}

/// Every picture can be drawn in random states, and copies can be animated.
#[test]
fn pictures_of_every_state() {
    let mut random = Random(6);
    for policy in POLICIES {
        let mut page = opened("b=3/2");
        page.set_policy(0, policy).unwrap();
        for _ in 0..2 {
            for picture in Picture::ALL {
                for which in 0..3 {
                    for copied in [None, Some(0), Some(3), Some(u64::MAX)] {
                        let style = Style { width: 400, copied, rows: 0, standalone: None };
                        let svg = page.draw(picture.name(), which, &style).unwrap();
                        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
                        assert!(!page.csv(picture.name(), which, &style).unwrap().is_empty());
                    }
                }
            }
            let rows = first(&page).model().rows();
            page.apply(&random.program(rows).to_string()).unwrap();
        }
        let style = Style { width: 0, copied: None, rows: 0, standalone: None };
        assert!(page.draw("boxes", 3, &style).is_err());
        assert!(page.draw("box", 0, &style).unwrap_err().contains("the pictures are"));
    }
}

/// Policies of the zoo with rows of every size, and large numbers.
#[test]
fn every_rule_takes_large_arrays() {
    for (policy, _) in policy::presets() {
        for bytes in ["1", "7", "1e9"] {
            let mut page = Explorer::default();
            page.set_row_bytes(bytes).unwrap();
            page.set_policy(0, &policy).unwrap();
            for operations in
                ["1000 x push", "extend 1e18; push", "truncate 0; 100 x push", "extend 18e18; 3 x push"]
            {
                page.apply(operations).unwrap_or_else(|error| panic!("{policy} {bytes}: {error}"));
            }
            assert_eq!(first(&page).model().rows(), 18_000_000_000_000_000_103);
        }
    }
}

/// Policies with the largest possible numbers: results are exact, or an error is returned.
#[test]
fn extreme_policies() {
    for policy in [
        "18446744073709551615",
        "18446744073709551615/18446744073709551614",
        "18446744073709551615/2 from 18446744073709551615",
        "2 from 18446744073709551615",
        "+18446744073709551615",
        "2 at most 1",
        "4294967295/4294967294 shrink to 4294967295/4294967294 at 1/4294967295",
        "2 shrink to 4294967295 at 1/4294967296",
        "3/2 shrink to 1 at 0",
        "exact shrink to 1 at 0.999",
        "redis-sds from 1000000 at most 3 shrink to 7/3 at 1/3",
    ] {
        let Ok(mut page) = Explorer::open(&format!("a={}", policy.replace('+', "%2B"))) else { continue };
        for operations in [
            "push",
            "50 x push",
            "extend 1e18",
            "pop",
            "reserve 1e18",
            "truncate 5",
            "3 x pop",
            "9e18 x push",
        ] {
            let before = page.table();
            if let Err(error) = page.apply(operations) {
                assert!(!error.is_empty());
                assert_eq!(page.table(), before);
            }
            let _ = page.to_next_growth();
            assert_eq!(page.sentences().lines().count(), 1);
            assert!(page.summary(0).unwrap().lines().all(|line| line.contains('\t')));
            for kind in Question::ALL.map(Question::name) {
                // A policy may have no prices, or no row may fit.
                let (asked, answered) = (page.ask(kind), page.answer(kind, "1"));
                assert_eq!(asked.is_ok(), answered.is_ok(), "{policy} {operations}: {asked:?} {answered:?}");
            }
            assert_eq!(opened(&page.link().unwrap()).summary(0), page.summary(0));
        }
        assert!(!policy::parts(&first(&page).growth()).rule.is_empty());
    }
}

/// Theorem 1, for every factor and every program of pushes.
#[test]
fn copies_stay_below_the_bound_that_is_named() {
    let mut random = Random(7);
    for policy in ["2", "3/2", "3/2 from 4", "9/8", "17/16", "7/3", "5", "3 from 7 shrink to 5/3 at 3/10"] {
        for _ in 0..20 {
            let mut page = Explorer::default();
            page.set_policy(0, policy).unwrap();
            for _ in 0..6 {
                page.apply(&format!("{} x push; extend {}", 1 + random.below(50), 1 + random.below(500)))
                    .unwrap();
                let (bounds, totals) = (Bounds::of(&first(&page).growth()).unwrap(), first(&page).totals());
                let most = bounds.copies_per_push();
                let copied = totals.charged as i128 * most.denominator();
                assert!(copied < totals.written as i128 * most.numerator(), "{policy}: {}", page.trace());
            }
            assert!(page.sentences().contains(", always less than "), "{}", page.sentences());
            page.apply("2 x reserve exact 0").unwrap();
            assert!(!page.sentences().contains("always less than"), "{}", page.sentences());
        }
    }
}
