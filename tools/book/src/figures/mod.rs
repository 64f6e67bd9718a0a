//! The figures of the chapter, drawn from what the library computes.

mod banking;
mod chart;
pub(crate) mod choosing;
mod growing;
mod memory;
mod svg;

use growable_nd::Growth;
use growable_nd::amortized::{Allocator, Averages, Bounds, Event, Op, simulate};

/// The name of each figure in the folder `docs`, and its drawing, in the order of the chapter.
pub fn all() -> Vec<(&'static str, String)> {
    let figures = [
        ("figures/boxes.svg", growing::boxes()),
        ("figures/spikes.svg", growing::spikes()),
        ("figures/staircase.svg", growing::staircase()),
        ("figures/copies.svg", growing::copies()),
        ("figures/potential.svg", banking::potential()),
        ("figures/shrinking.svg", banking::shrinking()),
        ("figures/hysteresis.svg", banking::hysteresis()),
        ("figures/peak.svg", choosing::peak()),
        ("figures/ages.svg", growing::ages()),
        ("figures/price.svg", choosing::price()),
        ("figures/hyperbola.svg", choosing::hyperbola()),
        ("figures/rates.svg", growing::rates()),
        ("figures/reallocation.svg", memory::reallocation()),
        ("figures/sawtooth.svg", memory::sawtooth()),
        ("figures/axes.svg", memory::axes()),
        ("figures/deamortized.svg", growing::deamortized()),
        ("figures/structures.svg", choosing::structures()),
    ];
    (1..).zip(figures).map(|(number, (name, figure))| (name, svg::numbered(&figure, number))).collect()
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
