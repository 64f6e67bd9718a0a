//! The programs of the chapter, in its order: copied from `docs/amortized` by `cargo run --release -p book`.

#[rustfmt::skip]
mod three_methods;
#[rustfmt::skip]
mod always_larger;
#[rustfmt::skip]
mod aggregate;
#[rustfmt::skip]
mod extremes;
#[rustfmt::skip]
mod accounting;
#[rustfmt::skip]
mod ledger;
#[rustfmt::skip]
mod potential;
#[rustfmt::skip]
mod rounding_down;
#[rustfmt::skip]
mod thrashing;
#[rustfmt::skip]
mod shrinking;
#[rustfmt::skip]
mod boundary;
#[rustfmt::skip]
mod in_debt;
#[rustfmt::skip]
mod chains;
#[rustfmt::skip]
mod averages;
#[rustfmt::skip]
mod price;
#[rustfmt::skip]
mod lower_bound;
#[rustfmt::skip]
mod budgets;
#[rustfmt::skip]
mod zoo;
#[rustfmt::skip]
mod slower;
#[rustfmt::skip]
mod realloc;
#[rustfmt::skip]
mod golden_ratio;
#[rustfmt::skip]
mod heap;
#[rustfmt::skip]
mod axes;
#[rustfmt::skip]
mod worst_push;
#[rustfmt::skip]
mod structures;
#[rustfmt::skip]
mod adversary;
#[rustfmt::skip]
mod persistence;
#[rustfmt::skip]
mod which_factor;
#[rustfmt::skip]
mod answers;
#[rustfmt::skip]
mod latency;

/// Name, section, and what to run.
#[rustfmt::skip]
pub const ALL: [(&str, &str, fn()); 30] = [
    ("three-methods", "The core, with factor 2", three_methods::main),
    ("always-larger", "The model", always_larger::main),
    ("aggregate", "The aggregate method", aggregate::main),
    ("extremes", "The aggregate method", extremes::main),
    ("accounting", "The accounting method", accounting::main),
    ("ledger", "The accounting method", ledger::main),
    ("potential", "The potential method", potential::main),
    ("rounding-down", "Why products are rounded up", rounding_down::main),
    ("thrashing", "Shrinking", thrashing::main),
    ("shrinking", "Shrinking", shrinking::main),
    ("boundary", "At the boundary", boundary::main),
    ("in-debt", "Rounding", in_debt::main),
    ("chains", "Rounding", chains::main),
    ("averages", "Averages", averages::main),
    ("price", "The price of memory", price::main),
    ("lower-bound", "No array in one block does better", lower_bound::main),
    ("budgets", "The growth game", budgets::main),
    ("zoo", "The zoo on the hyperbola", zoo::main),
    ("slower", "Slower than geometric", slower::main),
    ("realloc", "What `realloc` changes", realloc::main),
    ("golden-ratio", "The golden ratio", golden_ratio::main),
    ("heap", "The golden ratio", heap::main),
    ("axes", "Several growing axes", axes::main),
    ("worst-push", "The worst single push", worst_push::main),
    ("structures", "Structures of many blocks", structures::main),
    ("adversary", "The adversary", adversary::main),
    ("persistence", "Persistence", persistence::main),
    ("which-factor", "Which factor?", which_factor::main),
    ("answers", "Exercises", answers::main),
    ("latency", "Two experiments", latency::main),
];
