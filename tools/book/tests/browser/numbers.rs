//! The numbers on the page equal those of the native crate, for random policies and operations.

use crate::explorer::Explorer;
use crate::site::{From, with_tab};
use fastrand::Rng;
use growable_nd::amortized::{Bounds, Entry, Ledger, Op};
use growable_nd::{Growth, Ratio, zoo};
use serde_json::Value;
use std::collections::BTreeMap;

/// Each case has a policy and a program.
const CASES: u64 = 100;
/// One in this many cases types the policy and the operations into the inputs of the page.
const BY_HAND: u64 = 4;
/// Maximum number of rows that a program adds at once.
const MOST_ROWS: u64 = 1_000_000_000_000_000_000;
/// Number of lines in the table of the last operations.
const LISTED: usize = 12;

/// A ledger of a policy with its own prices; a policy of the zoo has the prices of its factor, or
/// those of 2.
pub fn ledger(policy: &str) -> Ledger {
    let growth = zoo::parse(policy).unwrap();
    let tail = growth.name().and_then(|name| match zoo::find(name).ok()?.tail {
        zoo::Tail::Factor(factor) => Growth::try_from(factor).ok(),
        _ => None,
    });
    let bounds = Bounds::of(&growth).or_else(|| Bounds::of(&tail?)).or_else(|| Bounds::of(&Growth::DOUBLE));
    Ledger::new(growth, &bounds.unwrap()).unwrap()
}

/// One or two policies, and a program.
struct Case {
    policy: String,
    second: Option<String>,
    program: Vec<(Op, u64)>,
}

impl Case {
    fn random(random: &mut Rng) -> Case {
        let policy = policy(random);
        let mut program: Vec<(Op, u64)> = Vec::new();
        let mut ledger = ledger(&policy);
        // Additive policies replace the block many times, so their programs are short.
        let slow = ledger.model().growth().as_factor().is_none();
        for _ in 0..random.usize(1..12) {
            let rows = ledger.model().rows();
            let most = if slow { 200 } else { 10_u64.pow(random.u32(0..15)) };
            let times = random.u64(1..=most);
            let large = if random.bool() { random.u64(0..=20) } else { random.u64(0..=MOST_ROWS) };
            let step = match random.u32(0..10) {
                0..=3 => (Op::Push, times),
                4 | 5 if rows > 0 => (Op::Pop, random.u64(1..=rows.min(most))),
                6 => (Op::Extend(large), 1),
                7 => (Op::Reserve(random.u64(0..=100)), 1),
                8 => (Op::Truncate(random.u64(0..=rows)), 1),
                _ => (Op::Push, random.u64(1..=5)),
            };
            // Other tests have programs with numbers that are too large.
            if let Some((after, _)) = run(&ledger, &[step]) {
                ledger = after;
                program.push(step);
            }
        }
        // With a factor, since the program may be too long for a policy without one.
        let second =
            policy_with_factor(random).filter(|second| run(&self::ledger(second), &program).is_some());
        Case { policy, second, program }
    }

    fn text(&self, separator: &str) -> String {
        let steps = self.program.iter().map(|(op, times)| format!("{times} x {op}"));
        steps.collect::<Vec<_>>().join(separator)
    }
}

fn policy(random: &mut Rng) -> String {
    match random.u32(0..10) {
        0 => format!("+{}", random.u32(1..100)),
        1 | 2 => random.choice(zoo::entries()).unwrap().name.to_owned(),
        3 => "2 shrink to 2 at 1/4".to_owned(),
        4 => "3/2 from 4 shrink to 3/2 at 4/9".to_owned(),
        _ => {
            let denominator = random.u32(1..=16);
            let numerator = denominator + random.u32(1..=2 * denominator);
            let first = if random.bool() { format!(" from {}", random.u32(1..=64)) } else { String::new() };
            format!("{numerator}/{denominator}{first}")
        }
    }
}

/// Returns a policy in about half of the calls.
fn policy_with_factor(random: &mut Rng) -> Option<String> {
    let policy = policy(random);
    zoo::parse(&policy).unwrap().as_factor().and(Some(policy)).filter(|_| random.bool())
}

/// The counters of the native crate.
#[derive(Default)]
struct Counted {
    written: u128,
    copied: u128,
    worst: u128,
    resizes: [u128; 2],
}

/// Returns the ledger after a program and its counters; `None` if a number is too large.
fn run(before: &Ledger, program: &[(Op, u64)]) -> Option<(Ledger, Counted)> {
    let (mut ledger, mut counted) = (before.clone(), Counted::default());
    for &(op, mut times) in program {
        while times > 0 {
            let (done, entry) = ledger.record_run(op, times).ok()?;
            counted.written += u128::from(entry.step.written);
            counted.worst = counted.worst.max(entry.actual / u128::from(done));
            if let Some(resize) = entry.step.resize {
                counted.copied += u128::from(resize.rows);
                counted.resizes[usize::from(resize.to < resize.from)] += 1;
            }
            times -= done;
        }
    }
    Some((ledger, counted))
}

/// Returns the last operations, one by one.
fn last(policy: &str, program: &[(Op, u64)]) -> Vec<Entry> {
    let mut left: u64 = program.iter().map(|(_, times)| times).sum();
    let (mut ledger, mut entries) = (ledger(policy), Vec::new());
    for &(op, mut times) in program {
        while times > 0 {
            let many = left.saturating_sub(LISTED as u64).clamp(1, times);
            let (done, entry) = ledger.record_run(op, many).unwrap();
            if left <= LISTED as u64 {
                entries.push(entry);
            }
            (times, left) = (times - done, left - done);
        }
    }
    entries
}

#[test]
fn numbers_are_those_of_the_native_crate() {
    with_tab(|site, tab| {
        let seed = std::env::var("GROWABLE_ND_SEED")
            .map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
        let mut random = Rng::with_seed(seed);
        let explorer = Explorer::open(site, tab, "");
        for number in 0..CASES {
            let case = Case::random(&mut random);
            let what = format!(
                "case {number} of seed {seed} (repeat with GROWABLE_ND_SEED): {} and {:?} with {}",
                case.policy,
                case.second,
                case.text("; ")
            );
            if number % BY_HAND == 0 {
                explorer.go("");
                tab.value("document.querySelector('#programs').open = true");
                explorer.write("#text-a", &case.policy);
                explorer.write("#trace", &case.text("\n"));
                if !case.program.is_empty() {
                    explorer.click("#apply-trace");
                }
                if let Some(second) = &case.second {
                    explorer.click("#compare-b");
                    explorer.write("#text-b", second);
                }
            } else {
                let text = case.text(";").replace("; ", ";").replace(" x ", "x");
                let second = case.second.as_ref().map(|second| format!("&b={second}")).unwrap_or_default();
                let fragment =
                    format!("a={}{second}&do={text}", case.policy).replace('+', "%2B").replace(' ', "+");
                if number % BY_HAND == 1 {
                    explorer.reopen(From::Host, &fragment);
                } else {
                    explorer.go(&fragment);
                }
            }
            assert_eq!(explorer.alerts(), [""; 0], "{what}");
            compare(&explorer, &case, &what);
        }
    });
}

fn compare(explorer: &Explorer, case: &Case, what: &str) {
    let policies: Vec<&String> = [Some(&case.policy), case.second.as_ref()].into_iter().flatten().collect();
    assert_eq!(explorer.module("arrays()"), policies.len(), "{what}");
    for (which, policy) in policies.iter().enumerate() {
        numbers(&explorer.numbers(which), policy, &case.program, what);
    }
    table(explorer, &policies.iter().map(|policy| last(policy, &case.program)).collect::<Vec<_>>(), what);
}

/// Checks the numbers beside the pictures.
fn numbers(shown: &BTreeMap<String, String>, policy: &str, program: &[(Op, u64)], what: &str) {
    let (ledger, counted) = run(&ledger(policy), program).unwrap();
    let (rows, capacity) = (ledger.model().rows(), ledger.model().capacity());
    let has = |label: &str, expected: String| {
        assert_eq!(shown.get(label), Some(&expected), "{label} of {policy}: {what}")
    };
    has("Rows", grouped(rows.into()));
    has("Capacity", grouped(capacity.into()));
    has("Free slots", grouped((capacity - rows).into()));
    has("Operations", grouped(ledger.model().operations()));
    has("Rows copied", grouped(counted.copied));
    has("Most expensive operation", grouped(counted.worst));
    let [growths, shrinks] = counted.resizes;
    has("Growths and shrinks", format!("{} and {}", grouped(growths), grouped(shrinks)));
    let (_, state) = ledger.clone().record_run(Op::Reserve(0), 0).unwrap();
    has("Potential", amount(state.potential));
    let debt = if state.bank < Ratio::from(0) { ", in debt" } else { "" };
    has("Bank", amount(state.bank) + debt);
    // Decimal places are cut off, which the page marks with dots.
    let per_push = &shown["Copies per push"];
    if counted.written > 0 {
        let digits = per_push.trim_end_matches('…').replace(',', "");
        let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
        let scale = 10_u128.pow(u32::try_from(places).unwrap());
        let units: u128 = digits.replace('.', "").parse().unwrap();
        let exact = counted.copied * scale % counted.written == 0;
        assert_eq!(units, counted.copied * scale / counted.written, "{per_push}: {what}");
        assert_eq!(per_push.ends_with('…'), !exact, "{per_push}: {what}");
    }
}

/// Checks the table of the last operations: number and name of the operation, and the columns of
/// each array.
fn table(explorer: &Explorer, arrays: &[Vec<Entry>], what: &str) {
    let found = explorer.tab.value(
        "[...document.querySelectorAll('#table tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))",
    );
    let found: Vec<Vec<String>> = serde_json::from_value(found).unwrap();
    let line = |at: usize| {
        let entries = arrays.iter().map(|entries| &entries[at]);
        let columns = entries.flat_map(columns);
        let first = &arrays[0][at];
        [grouped(first.operation), first.op.to_string()].into_iter().chain(columns).collect()
    };
    let expected: Vec<Vec<String>> = (0..arrays[0].len()).map(line).collect();
    assert_eq!(found, expected, "{what}");
}

fn columns(entry: &Entry) -> [String; 8] {
    [
        grouped(entry.rows.into()),
        grouped(entry.capacity.into()),
        grouped(entry.step.resize.map_or(0, |resize| resize.rows.into())),
        grouped(entry.actual),
        amount(entry.amortized),
        entry.price.map_or("–".to_owned(), amount),
        amount(entry.bank),
        amount(entry.potential),
    ]
}

/// Formats a number as `1,000,000`.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut groups: Vec<&str> =
        digits.as_bytes().rchunks(3).map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.reverse();
    groups.join(",")
}

fn amount(ratio: Ratio) -> String {
    let sign = if ratio.numerator() < 0 { "−" } else { "" };
    let whole = grouped(ratio.numerator().unsigned_abs());
    match ratio.denominator() {
        1 => format!("{sign}{whole}"),
        denominator => format!("{sign}{whole}/{}", grouped(denominator.unsigned_abs())),
    }
}

/// A number that cannot be exact is refused, never rounded.
#[test]
fn numbers_that_are_too_large_are_refused() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "a=2&do=extend+1000000000000000000");
        assert_eq!(explorer.size(), (MOST_ROWS, MOST_ROWS));
        explorer.click("#push");
        assert_eq!(explorer.size(), (MOST_ROWS + 1, 2 * MOST_ROWS));
        assert_eq!(explorer.number(0, "Rows copied"), "1,000,000,000,000,000,000");
        let state = explorer.state();
        tab.value("document.querySelector('#programs').open = true");
        for trace in [
            "extend 18446744073709551615",
            "18446744073709551615 x push\npush",
            "reserve 18446744073709551615",
        ] {
            explorer.write("#trace", trace);
            explorer.click("#apply-trace");
            assert!(!explorer.alerts().is_empty(), "{trace}");
            Explorer::assert_same(trace, &state, &explorer.state());
        }
        // Numbers of rows beyond those exact in a double: each digit counts.
        explorer.go("a=exact&do=extend+9007199254740993");
        assert_eq!(explorer.number(0, "Rows"), "9,007,199,254,740,993");
        let picture = explorer.module("csv('staircase', 0)");
        assert!(picture.as_str().unwrap().contains("9007199254740993"), "{picture}");
        assert_eq!(explorer.module("copies_pending(0)"), Value::from(0));
    });
}
