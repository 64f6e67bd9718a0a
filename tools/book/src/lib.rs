//! Draws the figures of the chapter `growable_nd::amortized` and the table of `growable_nd::zoo` from what the library
//! computes. `chart` is also what the growth lab draws with.

mod banking;
pub mod chart;
mod choosing;
mod growing;
mod memory;
mod svg;
mod zoo_table;

use growable_nd::Growth;
use growable_nd::amortized::{Allocator, Averages, Bounds, Event, Op, simulate};

/// The name of each file in the folder `docs`, and what is in it.
pub fn all() -> Vec<(&'static str, String)> {
    vec![
        ("figures/boxes.svg", growing::boxes()),
        ("figures/staircase.svg", growing::staircase()),
        ("figures/spikes.svg", growing::spikes()),
        ("figures/copies.svg", growing::copies()),
        ("figures/rates.svg", growing::rates()),
        ("figures/ages.svg", growing::ages()),
        ("figures/potential.svg", banking::potential()),
        ("figures/shrinking.svg", banking::shrinking()),
        ("figures/hysteresis.svg", banking::hysteresis()),
        ("figures/hyperbola.svg", choosing::hyperbola()),
        ("figures/price.svg", choosing::price()),
        ("figures/peak.svg", choosing::peak()),
        ("figures/sawtooth.svg", memory::sawtooth()),
        ("figures/reallocation.svg", memory::reallocation()),
        ("figures/axes.svg", memory::axes()),
        ("zoo.md", zoo_table::table()),
    ]
}

/// The growths of an array that is filled by `rows` pushes.
fn growths(growth: Growth, rows: u64) -> Vec<Event> {
    let trace = simulate(growth, Allocator::AlwaysMoves, [(Op::Push, rows)]);
    trace.expect("the rows of a figure can be counted").events
}

fn factor(numerator: u64, denominator: u64) -> Growth {
    Growth::factor(numerator, denominator)
}

fn bounds(growth: Growth) -> Bounds {
    Bounds::of(&growth).expect("a policy with a factor")
}

fn averages(growth: Growth) -> Averages {
    Averages::of(&growth).expect("a policy with a factor")
}
