//! The cheat sheet: the chapter on two sheets of paper, with computed tables.

use crate::figures::choosing::place_of;
use crate::records::records;
use growable_nd::amortized::structures::{
    HashedArrayTree, RootishArrayStack, SinglyResizable, Structure, TarjanZwick, TieredVector, TwoBlocks,
};
use growable_nd::amortized::{Averages, Bounds, FirstFit};
use growable_nd::{Growth, Ratio, Request};

/// The factors of the table. The third and the fourth fraction enclose the golden ratio.
const FACTORS: [(u64, u64, &str); 7] = [
    (9, 8, "9/8"),
    (5, 4, "5/4"),
    (3, 2, "3/2"),
    (8, 5, "8/5\u{a0}<\u{a0}φ"),
    (13, 8, "13/8\u{a0}>\u{a0}φ"),
    (2, 1, "2"),
    (3, 1, "3"),
];

/// The rules that most readers have met, by their names in the zoo, and their usual names.
const RULES: [(&str, &str); 15] = [
    ("cpython-list", "Python list"),
    ("numpy-loadtxt-4", "NumPy loadtxt"),
    ("go-slice-unrounded", "Go slice"),
    ("java-arraylist", "Java ArrayList"),
    ("dotnet-list", "C# List"),
    ("v8-array", "JavaScript, V8"),
    ("libstdcxx-vector", "C++, libstdc++"),
    ("msvc-vector", "C++, MSVC"),
    ("rust-vec", "Rust Vec"),
    ("swift-array", "Swift Array"),
    ("ruby-array", "Ruby Array"),
    ("perl-array", "Perl array"),
    ("r-vector", "R vector"),
    ("julia", "Julia Vector"),
    ("redis-sds", "Redis string"),
];

/// The body of a page of mdBook, in Markdown. Its style is `cheat-sheet.css`.
pub fn page() -> String {
    let averages = |growth| Averages::of(&growth).expect("a factor");
    let price = |growth| Bounds::of(&growth).and_then(|bounds| bounds.price()).expect("a small factor");
    let peak = |growth| format!("{:.2}", averages(growth).peak_per_row);
    include_str!("../../text/cheat-sheet.md")
        .replace("{factors}", &factors())
        .replace("{structures}", &structures())
        .replace("{rules}", &rules())
        .replace("{count}", &records().len().to_string())
        .replace("{peak_small}", &peak(Growth::NINE_EIGHTHS))
        .replace("{peak_double}", &peak(Growth::DOUBLE))
        .replace("{price_double}", &price(Growth::DOUBLE).to_string())
        .replace("{price_half}", &price(Growth::THREE_HALVES).to_string())
}

/// The computed values of a factor.
struct Computed {
    growth: Growth,
    /// With the natural policy for shrinking.
    bounds: Bounds,
    averages: Averages,
}

impl Computed {
    fn of(p: u64, q: u64) -> Computed {
        let growth = Growth::factor(p, q);
        let square = |part: u64| i128::from(part * part);
        let at = Ratio::new(square(q), square(p));
        let shrinking = growth.with_shrink(at, Ratio::new(p.into(), q.into()));
        let (bounds, averages) = (Bounds::of(&shrinking), Averages::of(&growth));
        Computed { growth, bounds: bounds.expect("a factor"), averages: averages.expect("a factor") }
    }
}

/// A row for each quantity, and a column for each factor.
fn factors() -> String {
    /// The quantity with its link, its formula, and its value.
    type Quantity = (&'static str, &'static str, fn(&Computed) -> String);
    let quantities: [Quantity; 12] = [
        ("[copies per push](the-aggregate-method.html#theorem-1), at most", "*a*/(*a* − 1)", |of| {
            ratio(of.bounds.copies_per_push())
        }),
        ("on average", "1/ln *a*", |of| decimal(of.averages.copies_per_push)),
        ("[price of a push](the-accounting-method.html#theorem-3)", "(2*a* − 1)/(*a* − 1)", |of| {
            ratio(of.bounds.amortized_push())
        }),
        ("[price of a pop](shrinking.html#theorem-6)", "(1 + ε) *a*/(*a* − 1)", |of| {
            of.bounds.amortized_pop().map_or("–".to_owned(), ratio)
        }),
        ("[capacity per row](the-aggregate-method.html#theorem-2), at most", "*a*", |of| {
            ratio(of.bounds.capacity_per_row())
        }),
        ("on average", "(*a* − 1)/ln *a*", |of| decimal(of.averages.capacity_per_row)),
        ("[old and new block](the-aggregate-method.html#theorem-2) per row, at most", "1 + *a*", |of| {
            decimal(1.0 + of.bounds.capacity_per_row().to_f64())
        }),
        ("on average", "(*a*² − 1)/(*a* ln *a*)", |of| decimal(of.averages.peak_per_row)),
        ("[price of a slot](the-price-of-memory.html), by the worst case", "1/(*a* − 1)²", |of| {
            of.bounds.price().map_or("–".to_owned(), ratio)
        }),
        ("by the average", "1/(*a* ln *a* − *a* + 1)", |of| decimal(of.averages.price)),
        (
            "[growths](the-aggregate-method.html#theorem-2) in 10⁶ pushes, at most",
            "1 + ⌈log*ₐ*(*n*/*c*₀)⌉",
            |of| of.bounds.growths(1_000_000).to_string(),
        ),
        (
            "[reallocations before a block is reused](the-golden-ratio.html#theorem-8)",
            "⌈log*ₐ*(1/(1 + *a* − *a*²))⌉",
            |of| first_reuse(of.growth).map_or("never".to_owned(), |reallocations| reallocations.to_string()),
        ),
    ];
    let head = FACTORS.map(|(.., name)| name).join(" | ");
    let computed = FACTORS.map(|(p, q, _)| Computed::of(p, q));
    let head = format!("| factor *a* | formula | {head} |\n|---|---|{}\n", "---:|".repeat(FACTORS.len()));
    let lines = quantities.map(|(name, formula, value)| {
        let values: Vec<String> = computed.iter().map(value).collect();
        format!("| {name} | {formula} | {} |\n", values.join(" | "))
    });
    head + lines.concat().trim_end()
}

/// The number of reallocations before a block reuses freed memory, on a heap of one array.
fn first_reuse(growth: Growth) -> Option<usize> {
    // A first block so large that rounding up makes no difference.
    let growth = growth.with_first(1_000_000);
    let mut heap = FirstFit::new();
    let mut capacity = growth.next_capacity(Request::new(0, 1));
    let mut block = heap.allocate(capacity);
    for reallocations in 0.. {
        // Beyond this limit the next capacity may not fit into 64 bits.
        if capacity > u64::MAX / 4 {
            break;
        }
        capacity = growth.next_capacity(Request::new(capacity, capacity + 1));
        let new = heap.allocate(capacity);
        heap.free(block);
        if new.start < block.start {
            return Some(reallocations);
        }
        block = new;
    }
    None
}

/// The structures of many blocks, with their places between time and memory.
fn structures() -> String {
    /// The name, the slots without a row, the time of a push, and the model.
    type Row = (&'static str, &'static str, &'static str, Box<dyn Structure>);
    let deamortized = TwoBlocks::new(Growth::DOUBLE).expect("a factor");
    let structures: [Row; 6] = [
        ("deamortized, 2", "up to *a n*", "O(1) worst case", Box::new(deamortized)),
        ("hashed array tree", "O(√*n*)", "O(1) amortized", Box::new(HashedArrayTree::new())),
        ("tiered vector", "O(√*n*)", "O(1) amortized", Box::new(TieredVector::new())),
        (
            "singly resizable array",
            "O(√*n*)",
            "O(1) amortized, no row is copied",
            Box::new(SinglyResizable::new()),
        ),
        (
            "rootish array stack",
            "O(√*n*)",
            "O(1) amortized, no row is copied",
            Box::new(RootishArrayStack::new()),
        ),
        (
            "Tarjan and Zwick, *r* = 3",
            "O(*r n*<sup>1/*r*</sup>) between pushes",
            "O(*r*) amortized",
            Box::new(TarjanZwick::new(3)),
        ),
    ];
    let head = "| structure | slots without a row | a push | *T* | *S* |\n|---|---|---|---:|---:|\n";
    let lines = structures.map(|(name, slots, push, mut structure)| {
        let (s, t) = place_of(structure.as_mut());
        format!("| {name} | {slots} | {push} | {t:.2} | {s:.2} |\n")
    });
    head.to_owned() + lines.concat().trim_end()
}

/// A line for each of the rules that most readers have met.
fn rules() -> String {
    let head = "| rule of | next capacity | in the end | copies per push | price of a slot |\n\
        |---|---|---|---:|---:|\n";
    let lines = RULES.map(|(name, title)| {
        let record = records().iter().find(|record| record.name == name).expect("a name in the zoo");
        let end = record.end();
        let end =
            if record.amortized { format!("factor {end}") } else { format!("{end}, **not amortized**") };
        let (copies, price) = (record.copies(), record.price());
        format!("| [{title}](zoo.html#zoo-{name}) | `{}` | {end} | {copies} | {price} |\n", record.rule)
    });
    head.to_owned() + lines.concat().trim_end()
}

fn ratio(ratio: Ratio) -> String {
    decimal(ratio.to_f64())
}

/// Rounds to three digits after the point or four in total, without trailing zeros.
fn decimal(number: f64) -> String {
    let digits = if number < 10.0 { 3 } else { 1 };
    let decimal = format!("{number:.digits$}");
    decimal.trim_end_matches('0').trim_end_matches('.').to_owned()
}
