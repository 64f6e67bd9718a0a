use growable_nd::amortized::{Bounds, Ledger, Model, Op, OpError, ParseOpError, Ratio, Recording};
use growable_nd::{Growth, zoo};

/// A linear congruential generator, random enough for these tests.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn op(&mut self) -> Op {
        let rows = self.below(40);
        [
            Op::Push,
            Op::Pop,
            Op::Extend(rows),
            Op::Reserve(rows),
            Op::ReserveExact(rows),
            Op::Truncate(3 * rows),
        ][self.below(6) as usize]
    }
}

const RULES: [&str; 10] = [
    "2",
    "3/2 from 4",
    "9/8 shrink to 9/8 at 64/81",
    "2 shrink to 1 at 1/4",
    "3 from 7 shrink to 5/3 at 0.3",
    "+10",
    "+7 shrink to 1 at 1/3",
    "exact",
    "2 at most 16",
    "rust-vec shrink to 1 at 1/2",
];

/// A run equals the sum of its single operations.
#[test]
fn runs_are_their_single_operations() {
    let mut random = Random(1);
    for rule in RULES {
        let growth = zoo::parse(rule).unwrap();
        let bounds = Bounds::of(&growth).unwrap_or(Bounds::of(&Growth::THREE_HALVES).unwrap());
        for _ in 0..40 {
            let mut runs = Ledger::new(growth, &bounds).unwrap();
            let mut model = Model::new(growth);
            let mut singles = runs.clone();
            for _ in 0..30 {
                let (op, mut left) = (random.op(), random.below(60));
                while left > 0 {
                    let before = runs.model().capacity();
                    let Ok((done, run)) = runs.record_run(op, left) else {
                        assert!(matches!(singles.record(op), Err(OpError::Empty { .. })));
                        assert_eq!(model.apply_run(op, left), Err(singles.record(op).unwrap_err()));
                        break;
                    };
                    assert_eq!(model.apply_run(op, left), Ok((done, run.step)), "{rule}: {left} x {op}");
                    assert!(done == 1 || run.step.resize.is_none() && run.capacity == before);
                    left -= done;

                    let entries: Vec<_> = (0..done).map(|_| singles.record(op).unwrap()).collect();
                    let sum = |amount: &dyn Fn(usize) -> Ratio| {
                        // The denominators of one ledger divide that of its potential.
                        let scale = 1_000_000_i128;
                        let units = |ratio: Ratio| {
                            assert_eq!(scale * 1_679_616 % ratio.denominator(), 0, "{ratio}");
                            ratio.numerator() * (scale * 1_679_616 / ratio.denominator())
                        };
                        Ratio::new((0..entries.len()).map(|i| units(amount(i))).sum(), scale * 1_679_616)
                    };
                    let last = entries.last().unwrap();
                    assert_eq!((run.operation, run.op), (last.operation, op));
                    assert_eq!((run.rows, run.capacity), (last.rows, last.capacity));
                    assert_eq!(
                        (run.bank, run.potential),
                        (last.bank, last.potential),
                        "{rule}: {done} x {op}"
                    );
                    assert_eq!(run.actual, entries.iter().map(|entry| entry.actual).sum());
                    assert_eq!(run.amortized, sum(&|i| entries[i].amortized));
                    let price = entries[0].price.map(|_| sum(&|i| entries[i].price.unwrap()));
                    assert_eq!(run.price, price);
                    // All repetitions cost the same.
                    assert!(entries.iter().all(|entry| entry.actual == last.actual), "{rule}: {done} x {op}");
                    assert_eq!(runs.worst_cost(), singles.worst_cost());
                }
            }
        }
    }
}

#[test]
fn a_run_of_none_records_nothing() {
    let bounds = Bounds::of(&Growth::DOUBLE).unwrap();
    let mut ledger = Ledger::new(Growth::DOUBLE, &bounds).unwrap();
    assert_eq!(ledger.record_run(Op::Pop, 0).unwrap().0, 0);
    ledger.record(Op::Extend(5)).unwrap();
    for op in [Op::Push, Op::Pop, Op::Extend(9), Op::Reserve(9), Op::ReserveExact(9), Op::Truncate(0)] {
        let (done, entry) = ledger.record_run(op, 0).unwrap();
        assert_eq!((done, entry.operation, entry.rows, entry.actual), (0, 1, 5, 0));
        assert_eq!((entry.bank, entry.potential), (Ratio::from(10), Ratio::from(5)));
    }
}

#[test]
fn runs_reach_every_number_of_rows() {
    let mut model = Model::new(Growth::DOUBLE);
    assert_eq!(model.apply_run(Op::Extend(0), u64::MAX).unwrap().0, u64::MAX);
    model.apply(Op::Extend(u64::MAX - 1)).unwrap();
    assert_eq!(model.apply_run(Op::Push, u64::MAX).unwrap().0, 1);
    let error = model.apply_run(Op::Push, u64::MAX).unwrap_err();
    assert!(matches!(error, OpError::TooManyRows { rows: u64::MAX, additional: 1, .. }), "{error}");
    assert_eq!(model.rows(), u64::MAX);
}

/// The printed text is read back.
#[test]
fn recordings_read_as_they_print() {
    let mut random = Random(2);
    for _ in 0..200 {
        let mut recording = Recording::new();
        for _ in 0..random.below(20) {
            recording.record_times(random.op(), random.below(3) * random.below(1 << 30));
        }
        let text = recording.to_string();
        assert_eq!(text.parse(), Ok(recording.clone()), "{text}");
        // In another spelling: spaces, comments, line ends, capitals.
        let text = text.replace(" x ", "x").replace('\n', "  # done\r\n\n").to_uppercase();
        assert_eq!(text.parse(), Ok(recording), "{text}");
    }
    for rows in [0, 1, u64::MAX] {
        for op in [Op::Extend(rows), Op::Reserve(rows), Op::ReserveExact(rows), Op::Truncate(rows)] {
            assert_eq!(op.to_string().parse(), Ok(op));
        }
    }
}

#[test]
fn numbers_of_operations() {
    for (text, rows) in [
        ("0", 0),
        ("007", 7),
        ("1,000", 1000),
        ("12,345,678", 12_345_678),
        ("1_0_00", 1000),
        ("1e6", 1_000_000),
        ("25E3", 25_000),
        ("10^18", 1_000_000_000_000_000_000),
        ("2^63", 1 << 63),
        ("0e99", 0),
        ("0^99999999999", 0),
        ("1^99999999999", 1),
        ("18446744073709551615", u64::MAX),
    ] {
        assert_eq!(format!("extend {text}").parse(), Ok(Op::Extend(rows)));
        let recording: Recording = format!("{text} x push").parse().unwrap();
        assert!(recording.steps().eq((rows > 0).then_some((Op::Push, rows))));
    }
    for text in [
        "", "-1", "+1", "1.5", "1,00", "1,0000", ",100", "1e", "e6", "xe6", "1e-3", "^3", "2^", "0x10", "１",
        "1,0_0", "1_0,000", "_1",
    ] {
        let error = format!("extend {text}").parse::<Op>().unwrap_err();
        assert!(matches!(error, ParseOpError::Syntax { .. }), "{text}: {error}");
        assert!(
            error.to_string().starts_with(&format!("invalid operation {:?}; ", format!("extend {text}")))
        );
    }
    for text in ["18446744073709551616", "1e20", "2^64", "10^99999999999", &"9".repeat(10_000)] {
        let error = format!("extend {text}").parse::<Op>().unwrap_err();
        assert!(matches!(error, ParseOpError::TooLarge { .. }), "{text}: {error}");
        assert!(error.to_string().ends_with("is greater than the maximum of 18446744073709551615"));
    }
}

#[test]
fn texts_that_are_not_operations() {
    for text in [
        "",
        " ",
        "pull",
        "push 5",
        "pop x",
        "extend",
        "extend 5 6",
        "reserve exact",
        "x push",
        "2 x",
        "2 push",
    ] {
        assert!(text.parse::<Op>().is_err(), "{text:?}");
        let line = format!("push\n\n{text}x");
        assert_eq!(line.parse::<Recording>().unwrap_err().line, 3, "{line:?}");
    }
    assert_eq!("\n# nothing\n".parse(), Ok(Recording::new()));
}
