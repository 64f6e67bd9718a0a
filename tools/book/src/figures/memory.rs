//! The effect of allocators and of several axes on a factor.

use super::chart::{At, Axis, BLUE, Chart, GREEN, GREY, INK, Margin, PINK, RED, Stroke, figure};
use super::{averages, bounds, factor};
use growable_nd::amortized::{Allocator, FirstFit, Model, Op, simulate};
use growable_nd::{Growth, Request};

/// The heap for each live row, against the factor.
pub fn sawtooth() -> String {
    // In steps of 1/200.
    let curve = (210..=600).map(|numerator| {
        let growth = factor(numerator, 200);
        (numerator as f64 / 200.0, heap_per_row(growth))
    });
    let curve: Vec<_> = curve.collect();
    let golden = (1.0 + 5_f64.sqrt()) / 2.0;
    let roots = [
        ("plastic number", largest_reusing(2)),
        ("supergolden ratio", largest_reusing(3)),
        ("golden ratio", golden),
    ];
    figure(
        "The size of a first-fit heap for each live row against factors from 1.05 to 3. The curve is a \
        saw: it falls to its minimum just below the plastic number. It jumps up at the plastic number, at \
        the supergolden ratio, and at ever closer places up to the golden ratio, where it has its \
        maximum. From there on nothing is reused, and it falls slowly to 2.72 at e.",
        "Reusing freed blocks brings the factors below the golden ratio back to about the heap size of \
        those above it; the worst factor shown is just above the golden ratio, and the best just below the \
        plastic number. (The vertical axis begins at 2.)",
        440,
        |area| {
            let x = Axis::linear("factor a", 1.0..3.0, 0.25);
            let y = Axis::linear("heap per live row, on average", 2.0..5.0, 0.5);
            let chart = Chart::new(area, x, y, Margin { top: 60, ..Margin::default() });
            for (index, (name, root)) in (0..).zip(roots) {
                chart.line([(root, 2.0), (root, 5.0)], Stroke::of(GREY).thin().dashed());
                let text = format!("{name} {root:.4}");
                chart.text((root, 5.0), (0, -46 + 18 * index), text, INK, At::Start);
            }
            // Without reuse the blocks up to the last add up to a/(a − 1) times the capacity.
            let without = (260..=600).step_by(10).map(|numerator| {
                let growth = factor(numerator, 200);
                let blocks = bounds(growth).copies_per_push().to_f64();
                (numerator as f64 / 200.0, blocks * averages(growth).capacity_per_row)
            });
            chart.line(without.collect::<Vec<_>>(), Stroke::of(INK).thin().dashed());
            chart.text((1.72, 3.5), (0, 0), "dashed: without reuse, a/ln a", INK, At::Start);
            chart.line(curve, Stroke::of(BLUE));
            for (growth, below) in [(Growth::THREE_HALVES, 26), (Growth::DOUBLE, -10)] {
                let place = (bounds(growth).capacity_per_row().to_f64(), heap_per_row(growth));
                chart.dot(place, 8, RED);
                let text = format!("{growth}: {:.2}", place.1);
                chart.text(place, (8, below), text, RED, At::Start);
            }
        },
    )
}

/// How large a heap is for each live row, on average over whole cycles of reuse, if there is
/// nothing else on it.
fn heap_per_row(growth: Growth) -> f64 {
    // A first block so large that rounding up makes no difference.
    let growth = growth.with_first(1_000_000);
    let mut heap = FirstFit::new();
    let mut capacity = growth.next_capacity(Request::new(0, 1));
    let mut block = heap.allocate(capacity);
    let (mut per_capacity, mut reuses) = (vec![], vec![]);
    while capacity < u64::MAX / 4 {
        capacity = growth.next_capacity(Request::new(capacity, capacity + 1));
        let new = heap.allocate(capacity);
        heap.free(block);
        if new.start < block.start {
            reuses.push(per_capacity.len());
        }
        block = new;
        per_capacity.push(heap.footprint() as f64 / capacity as f64);
    }
    // From a reuse long after the beginning to the last reuse.
    reuses.retain(|reuse| *reuse > per_capacity.len() / 3);
    let whole_cycles = match reuses[..] {
        [first, .., last] => &per_capacity[first..last],
        _ => &per_capacity[per_capacity.len() / 2..],
    };
    let mean = whole_cycles.iter().sum::<f64>() / whole_cycles.len() as f64;
    mean * averages(growth).capacity_per_row
}

/// The largest factor x with which reallocation k + 1 fits into the blocks freed before: xᵏ⁺¹ = 1 +
/// x + … + xᵏ⁻¹.
fn largest_reusing(k: i32) -> f64 {
    let (mut low, mut high) = (1.0_f64, 2.0_f64);
    for _ in 0..60 {
        let x = (low + high) / 2.0;
        let free: f64 = (0..k).map(|i| x.powi(i)).sum();
        if x.powi(k + 1) <= free { low = x } else { high = x }
    }
    low
}

/// Copies charged and rows copied under each model of an allocator.
pub fn reallocation() -> String {
    const PUSHES: u64 = 1_000_000;
    let factors = [
        (Growth::NINE_EIGHTHS, PINK),
        (Growth::FIVE_QUARTERS, GREEN),
        (Growth::THREE_HALVES, BLUE),
        (Growth::DOUBLE, RED),
    ];
    // Rows of 8 bytes: pages of 4 KiB, and blocks of pages from 128 KiB on.
    let pages = Allocator::Pages { page_rows: 512, from: 16384 };
    let allocators = [
        ("always moves", Allocator::AlwaysMoves),
        ("first fit", Allocator::FirstFit),
        ("size classes", Allocator::SizeClasses { per_doubling: 4 }),
        ("pages", pages),
        ("heap top", Allocator::TopOfHeap),
    ];
    // A panel for each factor, side by side on one axis.
    const PANEL: f64 = 15.0;
    figure(
        "Bars of the rows copied per push by five models of an allocator, for the factors 9/8, 5/4, 3/2 and \
        2. An allocator that always moves and one that takes the first hole copy all that is charged; size \
        classes copy a quarter less with 9/8; remapped pages copy hardly anything, and the top of the heap \
        nothing.",
        "A million pushes, with four size classes per doubling. The copies charged (thin lines) are an \
        upper bound, and the allocator decides how tight it is: where blocks are remapped or extended in \
        place, hardly anything is copied, and a small factor costs almost nothing.",
        330,
        |area| {
            let ticks = [0.0, 4.0, 8.0];
            let x_ticks = (0..4)
                .flat_map(|panel| ticks.map(|tick| (PANEL * f64::from(panel) + tick, tick.to_string())));
            let x = Axis::linear("rows copied per push", 0.0..4.0 * PANEL - 2.0, 1.0).with_ticks(x_ticks);
            let y_ticks = (0_u8..).zip(allocators).map(|(line, (name, _))| (f64::from(line), name));
            let y = Axis::linear("", 4.6..-0.6, 1.0).with_ticks(y_ticks);
            let chart = Chart::new(area, x, y, Margin { top: 34, left: 112, right: 16 });
            for (panel, (growth, color)) in (0_u8..).zip(factors) {
                let start = PANEL * f64::from(panel);
                let per_push = |rows: u128| rows as f64 / PUSHES as f64;
                chart.text((start, -0.6), (0, -14), format!("factor {growth}"), color, At::Start);
                for (line, (_, allocator)) in (0_u8..).zip(allocators) {
                    let totals = simulate(growth, allocator, [(Op::Push, PUSHES)]).expect("few rows").totals;
                    let (copied, height) = (per_push(totals.copied), f64::from(line));
                    chart.bar((start, height + 0.3), (start + copied, height - 0.3), color);
                    let charged = start + per_push(totals.charged);
                    chart.text((charged, height), (4, 0), format!("{copied:.2}"), INK, At::Start);
                    chart.line([(charged, height + 0.5), (charged, height - 0.5)], Stroke::of(INK).thin());
                }
            }
        },
    )
}

/// The capacity per element of an array with several growing axes.
pub fn axes() -> String {
    let factors = [(Growth::FIVE_QUARTERS, GREEN), (Growth::THREE_HALVES, BLUE), (Growth::DOUBLE, RED)];
    figure(
        "The largest capacity per element against the number of growing axes from 1 to 4, on a logarithmic scale: \
        straight lines of the powers of 5/4, 3/2 and 2, with simulated dots on them.",
        "The capacities multiply (the vertical scale is logarithmic): with <i>N</i> growing axes the capacity \
        is up to <i>a<sup>N</sup></i> times the elements. So keep the free slots along one axis, or use a \
        smaller factor for each axis.",
        400,
        |area| {
            let x = Axis::linear("growing axes N", 0.8..4.2, 1.0);
            let y = Axis::log("largest capacity per element", 1.0..20.0)
                .with_ticks_at(&[1.0, 2.0, 5.0, 10.0, 20.0]);
            let chart = Chart::new(area, x, y, Margin::default());
            for (growth, color) in factors {
                let a = bounds(growth).capacity_per_row().to_f64();
                chart.line([(1.0, a), (4.0, a.powi(4))], Stroke::of(color));
                for axes in 1..=4 {
                    chart.dot((axes as f64, capacity_per_element(growth, axes)), 9, color);
                }
                chart.text((3.0, a.powi(3)), (-8, -12), format!("factor {growth}"), color, At::End);
            }
        },
    )
}

/// The largest capacity per element while all axes grow by one in turn, each with a capacity of its
/// own.
fn capacity_per_element(growth: Growth, axes: usize) -> f64 {
    let mut axes = vec![Model::new(growth); axes];
    let mut most = 0.0_f64;
    for _ in 0..1000 {
        for axis in 0..axes.len() {
            axes[axis].apply(Op::Push).expect("few rows");
            let per_row = |axis: &Model| axis.capacity() as f64 / axis.rows() as f64;
            if axes.iter().all(|axis| axis.rows() > 0) {
                most = most.max(axes.iter().map(per_row).product());
            }
        }
    }
    most
}
