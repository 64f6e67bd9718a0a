//! Recomputes the tables of the slides.

use super::{Slide, all};
use explorer::grouped;
use growable_nd::amortized::structures::*;
use growable_nd::amortized::{
    Allocator, Averages, Bounds, FirstFit, Ledger, Model, Op, simulate, worst_sequence,
};
use growable_nd::zoo::{self, Tail};
use growable_nd::{GrowableNd, Growth, Ratio, Request};
use std::collections::HashSet;

fn slide(title: &str) -> Slide<'static> {
    all()
        .find(|slide| slide.title.starts_with(title))
        .unwrap_or_else(|| panic!("there is no slide {title:?}"))
}

/// Returns the cells of the tables of a slide, heads included, without emphasis.
fn table(title: &str) -> Vec<Vec<String>> {
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('*', "")).collect();
    slide(title)
        .text
        .lines()
        .filter(|line| line.starts_with('|') && !line.starts_with("|-"))
        .map(cells)
        .collect()
}

/// The lines below the head.
fn lines(title: &str) -> Vec<Vec<String>> {
    table(title).split_off(1)
}

fn row<const N: usize>(cells: [&dyn ToString; N]) -> Vec<String> {
    cells.iter().map(|cell| cell.to_string()).collect()
}

fn growth(text: &str) -> Growth {
    zoo::parse(text).unwrap()
}

fn bounds(text: &str) -> Bounds {
    Bounds::of(&growth(text)).unwrap()
}

fn ledger(policy: &str, prices: &str, pushes: u64) -> Ledger {
    let mut ledger = Ledger::new(growth(policy), &bounds(prices)).unwrap();
    for _ in 0..pushes {
        ledger.record(Op::Push).unwrap();
    }
    ledger
}

#[test]
fn costs_of_the_first_pushes() {
    let copies = |growth, pushes| {
        simulate(growth, Allocator::AlwaysMoves, [(Op::Push, pushes)]).unwrap().totals.charged
    };
    assert_eq!(copies(Growth::EXACT, 9) - copies(Growth::EXACT, 8), 8);
    assert_eq!((copies(Growth::DOUBLE, 17), copies(Growth::DOUBLE, 17) + 17), (31, 48));
    let mut array = Model::new(Growth::DOUBLE);
    let costs = [(); 17].map(|()| array.apply(Op::Push).unwrap().cost());
    assert_eq!(costs, [1, 2, 3, 1, 5, 1, 1, 1, 9, 1, 1, 1, 1, 1, 1, 1, 17]);
}

#[test]
fn coins_and_the_bank() {
    let mut coins = Vec::new();
    let mut array = Model::new(Growth::DOUBLE);
    for _ in 0..8 {
        if array.apply(Op::Push).unwrap().resize.is_some() {
            coins.fill(0);
        }
        coins.push(2);
    }
    let (old, new) = coins.split_at(4);
    let line = |name: &str, coins: &[u64]| row([&name, &coins[0], &coins.iter().sum::<u64>()]);
    let expected = [line("1 to 4, copied before", old), line("5 to 8, new", new)];
    assert_eq!(lines("When the block is full"), expected);

    let mut ledger = ledger("2", "2", 3);
    let entries = [(); 6].map(|()| ledger.record(Op::Push).unwrap());
    let expected = entries.map(|entry| {
        row([&entry.operation, &entry.capacity, &entry.actual, &entry.price.unwrap(), &entry.bank])
    });
    assert_eq!(lines("The bank is never in debt"), expected);
    // Two coins for a push are too few.
    let costs: u128 = entries[..2].iter().map(|entry| entry.actual).sum::<u128>() + 1 + 2 + 3;
    assert_eq!(2 * 5, costs - 2);
}

#[test]
fn amortized_costs_of_a_push() {
    let lines = lines("The amortized cost is");
    let mut ledger = ledger("2", "2", 0);
    let (mut before, mut kinds) = (Ratio::from(0), HashSet::new());
    for n in 0..1000_i64 {
        let entry = ledger.record(Op::Push).unwrap();
        let kind = if n == 0 { 2 } else { usize::from(entry.step.resize.is_some()) };
        let of = |cell: &str| match cell {
            "n + 1" => n + 1,
            "2 − n" => 2 - n,
            number => number.parse().unwrap(),
        };
        let change = [entry.potential, Ratio::from(of(&lines[kind][2])), before];
        assert_eq!(i64::try_from(entry.actual).unwrap(), of(&lines[kind][1]));
        assert_eq!(change[0].to_f64(), change[1].to_f64() + change[2].to_f64());
        assert_eq!(entry.amortized, Ratio::from(of(&lines[kind][3])));
        before = entry.potential;
        kinds.insert(kind);
    }
    assert_eq!(kinds.len(), 3);
}

#[test]
fn bounds_of_factors() {
    let factors = ["2", "3/2", "5/4", "9/8"];
    let expected = factors.map(|factor| {
        let unused = bounds(factor).copies_per_push().to_f64() - 1.0;
        let unused = if unused == 1.0 { "n".to_owned() } else { format!("n/{unused}") };
        row([&factor, &bounds(factor).copies_per_push(), &bounds(factor).amortized_push(), &unused])
    });
    assert_eq!(lines("Any factor works"), expected);
    let expected = factors.map(|factor| {
        let neighbours = bounds(factor).copies_per_push().to_f64() - 1.0;
        row([&factor, &bounds(factor).amortized_push(), &neighbours])
    });
    assert_eq!(lines("With 3/2 a new row"), expected);

    let expected = ["9/8", "5/4", "3/2", "2", "3"].map(|factor| {
        let a = growth(factor).as_factor().unwrap();
        let at = Ratio::new(a.denominator() * a.denominator(), a.numerator() * a.numerator());
        let bounds = Bounds::of(&growth(factor).with_shrink(at, a)).unwrap();
        let unused = a.to_f64() - 1.0;
        let (push, pop) = (bounds.amortized_push(), bounds.amortized_pop().unwrap());
        let copies = bounds.copies_per_push().to_f64();
        row([&factor, &copies, &format!("{unused:.3}"), &format!("{:.3}", unused + 2.0), &push, &pop])
    });
    assert_eq!(lines("Every factor is amortized"), expected);
}

#[test]
fn shrinking() {
    let mut array = GrowableNd::new([]);
    array.resize(8, 0_u8);
    array.shrink_to(8);
    let mut expected = Vec::new();
    for _ in 0..2 {
        array.push_row(0).unwrap();
        expected.push(row([&"push", &array.rows(), &array.capacity(), &8]));
        array.truncate(8);
        assert!(array.rows() <= array.capacity() / 2);
        array.shrink_to(array.rows());
        expected.push(row([&"pop", &array.rows(), &array.capacity(), &8]));
    }
    assert_eq!(array.growth_stats().rows_copied, 2 * 8);
    assert_eq!(lines("An array that shrinks too early"), expected);

    let mut array = Model::new(growth("2 shrink to 2 at 1/4"));
    for _ in 0..17 {
        array.apply(Op::Push).unwrap();
    }
    let copied = (0..17).filter_map(|_| array.apply(Op::Pop).unwrap().resize).map(|shrink| shrink.rows);
    assert_eq!(copied.sum::<u64>(), 15);
}

#[test]
fn averages_and_prices() {
    let mean = |factor: &str| Averages::of(&growth(factor)).unwrap();
    let table = table("On average doubling");
    for (at, factor) in table[0].iter().enumerate().skip(1) {
        assert_eq!(table[1][at], format!("{:.2}", mean(factor).copies_per_push));
        assert_eq!(table[2][at], format!("{:.3}", mean(factor).capacity_per_row));
    }
    let peaks = format!("{:.3} slots for 9/8, {:.3} for 2", mean("9/8").peak_per_row, mean("2").peak_per_row);
    assert!(slide("Where blocks move").text.contains(&peaks), "{peaks}");

    let table = self::table("A list in Python");
    for (at, factor) in table[0].iter().enumerate().skip(1) {
        let digits = table[2][at].split_once('.').map_or(0, |(_, digits)| digits.len());
        assert_eq!(table[1][at], bounds(factor).price().unwrap().to_string());
        assert_eq!(table[2][at], format!("{:.digits$}", mean(factor).price));
    }
    assert_eq!([bounds("2").price(), bounds("3/2").price()], [1, 4].map(|price| Some(Ratio::from(price))));
    let next = growth("cpython-list").next_capacity(Request::new(32, 33));
    assert!(slide("Predict it: which capacity").notes.contains(&format!("\n{next}: ")), "{next}");
}

/// (T − 1)(S − 1) from 10,000 rows on, of an array that grows when x/y of it is full.
fn product(growth: Growth, (x, y): (u64, u64)) -> f64 {
    let mut model = Model::new(growth);
    let (mut copied, mut t, mut s) = (0, 0.0_f64, 0.0_f64);
    for n in 1..200_000_u64 {
        if y * model.rows() >= x * model.capacity() {
            let free = model.capacity() - model.rows();
            let step = model.apply(Op::Reserve(free + 1)).unwrap();
            copied += step.resize.map_or(0, |resize| resize.rows);
        }
        model.apply(Op::Push).unwrap();
        if n > 10_000 {
            t = t.max(copied as f64 / n as f64);
            s = s.max(model.capacity() as f64 / n as f64);
        }
    }
    (t - 1.0) * (s - 1.0)
}

/// The rows of a player who always takes as much as the budget allows, in hundredths.
fn greedy(budget: u64) -> u64 {
    let (mut rows, mut copies) = (0, 0);
    while rows < 1 << 50 {
        let largest = (budget * (rows + 1) / 100).saturating_sub(copies + rows);
        if largest <= rows {
            break;
        }
        copies += rows;
        rows = largest;
    }
    rows
}

#[test]
fn the_lower_bound() {
    let fills = [("1/2", (1, 2)), ("3/4", (3, 4)), ("9/10", (9, 10)), ("1", (1, 1))];
    let expected =
        fills.map(|(name, fill)| row([&name, &format!("{:.1}", product(Growth::THREE_HALVES, fill))]));
    assert_eq!(lines("An array that grows at"), expected);

    let table = table("The growth game");
    for (budget, rows) in table[0].iter().zip(&table[1]).skip(1) {
        let found = greedy((100.0 * budget.parse::<f64>().unwrap()).round() as u64);
        match rows.replace(',', "").parse::<u64>() {
            Ok(rows) => assert_eq!(found, rows),
            Err(_) => assert!(budget == "4" && found >= 1 << 50),
        }
    }
}

#[test]
fn real_rules() {
    let names: [&[&str]; 5] = [
        &["rust-vec", "libstdcxx-vector", "dotnet-list"],
        &["java-arraylist", "v8-array"],
        &["go-slice"],
        &["cpython-list"],
        &["r-vector"],
    ];
    for (line, names) in lines("Most real rules").iter().zip(names) {
        for name in names {
            assert_eq!(
                zoo::find(name).unwrap().tail,
                Tail::Factor(growth(&line[1]).as_factor().unwrap()),
                "{name}"
            );
        }
    }
    let entry = ledger("java-arraylist-0", "3/2", 3).record(Op::Push).unwrap();
    assert_eq!((entry.actual, entry.amortized, entry.price), (4, Ratio::from(5), Some(Ratio::from(4))));
    assert_eq!(entry.potential, Ratio::from(4));
}

/// The number of reallocations before a block is put where others have been.
fn first_reuse(growth: Growth) -> Option<usize> {
    let growth = growth.with_first(1_000_000);
    let mut heap = FirstFit::new();
    let mut capacity = growth.next_capacity(Request::new(0, 1));
    let mut block = heap.allocate(capacity);
    (0..30).find(|_| {
        capacity = growth.next_capacity(Request::new(capacity, capacity + 1));
        let old = block;
        block = heap.allocate(capacity);
        heap.free(old);
        block.start < old.start
    })
}

/// The root between 1 and 2 of xᵏ⁺¹ = 1 + x + … + xᵏ⁻¹, with xᵏ added if rows may slide.
fn threshold(k: i32, slides: bool) -> f64 {
    let (mut low, mut high) = (1.0_f64, 2.0_f64);
    for _ in 0..60 {
        let x = (low + high) / 2.0;
        let free: f64 = (0..k + i32::from(slides)).map(|i| x.powi(i)).sum();
        if x.powi(k + 1) <= free { low = x } else { high = x }
    }
    low
}

/// The average size of the heap per live row.
fn footprint(growth: Growth) -> f64 {
    let a = growth.as_factor().unwrap().to_f64();
    let growth = growth.with_first(1_000_000);
    let mut heap = FirstFit::new();
    let mut capacity = growth.next_capacity(Request::new(0, 1));
    let mut block = heap.allocate(capacity);
    let mut per_capacity = Vec::new();
    while capacity < 1 << 55 && per_capacity.len() < 60 {
        capacity = growth.next_capacity(Request::new(capacity, capacity + 1));
        let new = heap.allocate(capacity);
        heap.free(block);
        block = new;
        per_capacity.push(heap.footprint() as f64 / capacity as f64);
    }
    let second_half = &per_capacity[per_capacity.len() / 2..];
    second_half.iter().sum::<f64>() / second_half.len() as f64 * (a - 1.0) / a.ln()
}

#[test]
fn the_heap() {
    for line in lines("If the old block must stay") {
        let found = first_reuse(growth(&line[0])).map_or("never".to_owned(), |after| after.to_string());
        assert_eq!(line[1].trim_end_matches(" reallocations"), found, "{}", line[0]);
    }
    assert_eq!(first_reuse(Growth::DOUBLE), None);

    let table = table("If the rows may slide");
    for (first, slides) in [(0, true), (2, false)] {
        for (k, root) in table[first].iter().zip(&table[first + 1]).skip(1).take(3) {
            assert_eq!(*root, format!("{:.4}", threshold(k.parse().unwrap(), slides)));
        }
    }
    let table = self::table("In this model");
    for (factor, rows) in table[0].iter().zip(&table[1]).skip(1) {
        assert_eq!(*rows, format!("{:.2}", footprint(growth(factor))), "{factor}");
    }
}

#[test]
fn structures_of_many_blocks() {
    let structures: [(&str, Box<dyn Structure>); 5] = [
        ("one block, 2", Box::new(Model::new(Growth::DOUBLE))),
        ("deamortized, 2", Box::new(TwoBlocks::new(Growth::DOUBLE).unwrap())),
        ("hashed array tree", Box::new(HashedArrayTree::new())),
        ("singly resizable", Box::new(SinglyResizable::new())),
        ("Tarjan-Zwick, r = 3", Box::new(TarjanZwick::new(3))),
    ];
    let expected = structures.map(|(name, mut structure)| {
        let (mut copied, mut worst, mut t, mut s) = (0, 0, 0.0_f64, 0.0_f64);
        for n in 1..=(1_u64 << 18) + 1 {
            let cost = structure.push();
            copied += cost.copied;
            worst = worst.max(cost.total());
            if n > 1 << 16 {
                t = t.max(copied as f64 / n as f64);
                s = s.max(structure.slots() as f64 / n as f64);
            }
        }
        row([&name, &format!("{t:.2}"), &format!("{s:.2}"), &grouped(worst)])
    });
    assert_eq!(lines("Many blocks"), expected);
}

#[test]
fn the_adversary() {
    let attack = worst_sequence(growth("2 shrink to 2 at 49/100"), 100).unwrap();
    assert_eq!(attack.to_string(), "33 push, 8 pop, 26 push, 33 pop");
    let Slide { text, notes, .. } = slide("An adversary finds");
    assert!(text.contains(&format!("cost {:.1} each", attack.cost_per_op())));
    // The live array is in the state before the last push.
    assert!(text.contains("do=33xpush;8xpop;24xpush;/;push&"));
    let mut array = Model::new(growth("2 shrink to 2 at 49/100"));
    for (op, times) in [(Op::Push, 33), (Op::Pop, 8), (Op::Push, 25)] {
        for _ in 0..times {
            array.apply(op).unwrap();
        }
    }
    let copied = array.apply(Op::Push).unwrap().resize.unwrap().rows;
    assert!(notes.contains(&format!("copies {copied} rows")), "{copied}");
    let pop = bounds("2 shrink to 2 at 49/100").amortized_pop().unwrap();
    assert!(notes.contains(&format!("Price of a pop: {pop}")), "{pop}");
}
