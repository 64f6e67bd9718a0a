//! Which factor: time against memory.

use super::chart::{At, Axis, BLUE, Chart, GREEN, GREY, INK, Margin, RED, Stroke, figure};
use super::{averages, bounds, factor, growths};
use growable_nd::Growth;
use growable_nd::amortized::structures::{
    HashedArrayTree, RootishArrayStack, Structure, TarjanZwick, TwoBlocks,
};
use growable_nd::amortized::{Allocator, Event, Model, Op, simulate_with};
use growable_nd::zoo::{self, Tail};

/// The factors from `from` to `to` hundredths, in steps of 1/100.
fn factors(from: u64, to: u64) -> impl Iterator<Item = (f64, Growth)> {
    (from..=to).map(|hundredths| (hundredths as f64 / 100.0, factor(hundredths, 100)))
}

/// The worst capacity per row and the worst copies per push of a policy between a million and a
/// hundred million rows.
pub fn measured(model: impl Into<Model>) -> (f64, f64) {
    let mut worst = (0.0_f64, 0.0_f64);
    let record = |Event { resize, charged, .. }| {
        let rows = resize.rows as f64 + 1.0;
        if rows > 1e6 {
            worst = (worst.0.max(resize.to as f64 / rows), worst.1.max(charged as f64 / rows));
        }
    };
    let done = simulate_with(model, Allocator::AlwaysMoves, [(Op::Push, 100_000_000)], record);
    done.expect("the rows of a figure can be counted");
    worst
}

/// The zoo between time and memory.
pub fn hyperbola() -> String {
    // Right of the dot and above it, or with other offsets.
    let labels = [
        ("r-vector", "R", (8, -10)),
        ("cpython-array", "CPython array", (8, -10)),
        ("cpython-list", "CPython list", (8, -10)),
        ("perl-array", "Perl", (8, -10)),
        ("go-slice", "Go slice", (8, -10)),
        ("java-arraylist", "Java ArrayList", (-8, 10)),
        ("rust-vec", "Rust Vec", (-8, 10)),
        ("julia", "Julia", (-10, 10)),
        ("redis-sds", "Redis string", (-8, -10)),
        ("numpy-loadtxt-4", "NumPy loadtxt", (-8, -10)),
        ("d-array", "D", (8, -10)),
        ("erlang-binary", "Erlang", (-8, -10)),
        ("spidermonkey-array", "SpiderMonkey", (-8, -10)),
    ];
    figure(
        "All policies of the zoo: their largest number of copies per push minus 1, against their largest \
        capacity per row minus 1, on logarithmic scales. Most are on the falling straight line where the \
        product is 1. Policies that change their factor are above it. Far above it are Redis and NumPy's \
        loadtxt, which have no factor in the end.",
        "All policies that keep one factor are on one hyperbola, (<i>T</i> − 1)(<i>S</i> − 1) = 1, which \
        is a straight line on logarithmic scales. Policies that change their factor between \
        10<sup>6</sup> and 10<sup>8</sup> rows are above it, and of the policies without a factor in \
        the end (red), those with a constant step leave it for good. Some seem to be slightly below it, \
        because <i>T</i> and <i>S</i> are limits and the window is finite.",
        460,
        |area| {
            let x = Axis::log("S − 1, where S is the largest capacity per row", 0.045..1.3).with_ticks([
                (0.05, "1/20"),
                (0.125, "1/8"),
                (0.2, "1/5"),
                (0.25, "1/4"),
                (0.5, "1/2"),
                (1.0, "1"),
            ]);
            let y = Axis::log("T − 1, where T is the most copies per push", 0.8..100.0)
                .with_ticks_at(&[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]);
            let chart = Chart::new(area, x, y, Margin { right: 20, ..Margin::default() });
            chart.line([(0.045, 1.0 / 0.045), (1.25, 0.8)], Stroke::of(GREY));
            for entry in zoo::entries() {
                let (capacity, copies) = measured(entry.growth());
                let place = (capacity - 1.0, copies - 1.0);
                let color = if matches!(entry.tail, Tail::Factor(_)) { BLUE } else { RED };
                chart.dot(place, 8, color);
                if let Some((_, label, offset)) = labels.iter().find(|(name, ..)| *name == entry.name) {
                    let at = if offset.0 < 0 { At::End } else { At::Start };
                    chart.text(place, *offset, *label, color, at);
                }
            }
        },
    )
}

/// Arrays of several blocks between time and memory.
pub fn structures() -> String {
    let deamortized = |growth| TwoBlocks::new(growth).expect("a factor");
    let below = (8, 12);
    /// Its name, and where that stands beside the dot.
    type Labelled = (&'static str, Box<dyn Structure>, (i32, i32));
    let structures: [Labelled; 6] = [
        ("rootish, singly resizable", Box::new(RootishArrayStack::new()), (8, -10)),
        ("hashed array tree, tiered vector", Box::new(HashedArrayTree::new()), below),
        ("Tarjan–Zwick, r = 3", Box::new(TarjanZwick::new(3)), (8, 23)),
        ("deamortized, 2", Box::new(deamortized(Growth::DOUBLE)), below),
        ("deamortized, 3/2", Box::new(deamortized(Growth::THREE_HALVES)), (8, -10)),
        ("deamortized, 5/4", Box::new(deamortized(Growth::FIVE_QUARTERS)), below),
    ];
    figure(
        "Copies per push against capacity per row. The factors 5/4, 3/2, 2 and 3 are on a hyperbola. Structures \
        of many blocks are at the left edge, below it, with 0 to 2.1 copies. The deamortized array is above it \
        with 5/4 and 3/2, and below it with 2.",
        "Arrays in one block (blue) are on the hyperbola or above it. Structures of many blocks (red) tend to \
        <i>S</i> = 1, and the deamortized array (green) keeps two blocks most of the time. The red and green \
        dots are measured between 2<sup>16</sup> and 2<sup>18</sup> + 1 rows; the blue dots are the limits.",
        420,
        |area| {
            let x = Axis::linear("S, the largest capacity per row", 0.9..3.9, 0.5);
            let y = Axis::linear("T, the most copies per push", -0.25..6.0, 1.0);
            let chart = Chart::new(area, x, y, Margin::default());
            let curve = (120..=350).step_by(5).map(|s| f64::from(s) / 100.0);
            chart.line(curve.map(|s| (s, s / (s - 1.0))).collect::<Vec<_>>(), Stroke::of(GREY));
            for growth in [Growth::FIVE_QUARTERS, Growth::THREE_HALVES, Growth::DOUBLE, Growth::factor(3, 1)]
            {
                let bounds = bounds(growth);
                let place = (bounds.capacity_per_row().to_f64(), bounds.copies_per_push().to_f64());
                chart.dot(place, 8, BLUE);
                chart.text(place, (8, -10), format!("factor {growth}"), BLUE, At::Start);
            }
            for (name, mut structure, offset) in structures {
                let color = if name.starts_with("deamortized") { GREEN } else { RED };
                let place = place_of(structure.as_mut());
                chart.dot(place, 8, color);
                chart.text(place, offset, name, color, At::Start);
            }
        },
    )
}

/// The worst slots per row and the worst copies per push of a structure.
pub fn place_of(structure: &mut dyn Structure) -> (f64, f64) {
    let (mut copied, mut worst) = (0, (0.0_f64, 0.0_f64));
    for n in 1..=(1_u64 << 18) + 1 {
        copied += structure.push().copied;
        if n > 1 << 16 {
            let rows = n as f64;
            worst = (worst.0.max(structure.slots() as f64 / rows), worst.1.max(copied as f64 / rows));
        }
    }
    worst
}

/// The price of memory at which each factor is the best.
pub fn price() -> String {
    let marked = [Growth::NINE_EIGHTHS, Growth::FIVE_QUARTERS, Growth::THREE_HALVES, Growth::DOUBLE];
    let worst = |growth| bounds(growth).price().expect("small numbers").to_f64();
    figure(
        "The price of memory at which a factor is the best, against factors from 1.05 to 4, on a \
        logarithmic scale: two falling curves. The curve for the average is always above the curve for \
        the worst case.",
        "Every factor is the best one, at exactly one price of memory: 1/(<i>a</i> − 1)<sup>2</sup> copies \
        for a slot if the worst case counts, 1/(<i>a</i> ln <i>a</i> − <i>a</i> + 1) if the average does.",
        420,
        |area| {
            // In terms of a − 1 the worst case is a straight line.
            let named = [
                (0.05, "1.05"),
                (0.125, "9/8"),
                (0.25, "5/4"),
                (0.5, "3/2"),
                (1.0, "2"),
                (2.0, "3"),
                (3.0, "4"),
            ];
            let x = Axis::log("factor", 0.05..3.0).with_ticks(named);
            let y = Axis::log("price of a slot, copies per push", 0.1..1000.0);
            let chart = Chart::new(area, x, y, Margin::default());
            let curve = |price: &dyn Fn(Growth) -> f64| {
                factors(105, 400).step_by(5).map(|(a, growth)| (a - 1.0, price(growth))).collect::<Vec<_>>()
            };
            chart.line(curve(&|growth| averages(growth).price), Stroke::of(RED));
            chart.line(curve(&worst), Stroke::of(BLUE));
            for growth in marked {
                let surplus = bounds(growth).capacity_per_row().to_f64() - 1.0;
                let place = (surplus, worst(growth));
                chart.dot(place, 8, BLUE);
                chart.text(place, (-8, 10), place.1.to_string(), BLUE, At::End);
                let place = (surplus, averages(growth).price);
                chart.dot(place, 8, RED);
                let digits = usize::from(place.1 < 10.0);
                chart.text(place, (8, -10), format!("{:.digits$}", place.1), RED, At::Start);
            }
            chart.text(
                (0.175, averages(factor(1175, 1000)).price),
                (14, -10),
                "if the average counts",
                RED,
                At::Start,
            );
            chart.text((0.35, worst(factor(135, 100))), (-14, 10), "if the worst case counts", BLUE, At::End);
        },
    )
}

/// The peak of memory while a block is copied.
pub fn peak() -> String {
    let curve = |height: &dyn Fn(f64, Growth) -> f64| {
        factors(105, 400).step_by(5).map(|(a, growth)| (a, height(a, growth))).collect::<Vec<_>>()
    };
    figure(
        "Capacity per row against factors from 1.05 to 4. Old and new block together: at worst a straight line \
        from 2 to 5, on average a curve from 2 to 2.7. In place, on average: a curve from 1 to 2.2.",
        "Where blocks move, the old and the new block exist at the same time, so a small factor hardly \
        lowers the peak of memory. Where blocks grow in place, it does.",
        420,
        |area| {
            let x = Axis::linear("factor a", 1.0..4.0, 0.5);
            let y = Axis::linear("peak capacity per row", 0.0..5.2, 1.0);
            let chart = Chart::new(area, x, y, Margin::default());
            chart.line(curve(&|_, growth| 1.0 + bounds(growth).capacity_per_row().to_f64()), Stroke::of(RED));
            chart.line(curve(&|_, growth| averages(growth).peak_per_row), Stroke::of(BLUE));
            chart.line(curve(&|_, growth| averages(growth).capacity_per_row), Stroke::of(GREEN));
            for (a, growth) in factors(125, 400).step_by(25) {
                let (peak, capacity) = simulated_peak(growth);
                chart.dot((a, peak), 7, BLUE);
                chart.dot((a, capacity), 7, GREEN);
            }
            chart.text((2.6, 3.6), (-8, -8), "old and new block, at worst", RED, At::End);
            chart.text(
                (3.0, averages(factor(3, 1)).peak_per_row),
                (0, -24),
                "old and new block, on average",
                BLUE,
                At::Middle,
            );
            chart.text(
                (3.0, averages(factor(3, 1)).capacity_per_row),
                (0, 26),
                "in place, on average",
                GREEN,
                At::Middle,
            );
            chart.text((1.0, 0.4), (12, 0), "dots: simulated", INK, At::Start);
        },
    )
}

/// The averages of the last old and new block, and of the capacity, for each row: the integral over
/// the cycles of growth of a simulated array, from a million rows on.
fn simulated_peak(growth: Growth) -> (f64, f64) {
    let (mut peak, mut capacity, mut cycles) = (0.0, 0.0, 0.0);
    for Event { resize, .. } in growths(growth, 1 << 50) {
        if resize.from > 1_000_000 {
            let (from, to) = (resize.from as f64, resize.to as f64);
            peak += (from + to) * (1.0 / from - 1.0 / to);
            capacity += to * (1.0 / from - 1.0 / to);
            cycles += (to / from).ln();
        }
    }
    (peak / cycles, capacity / cycles)
}
