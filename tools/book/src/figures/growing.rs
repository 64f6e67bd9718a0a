//! The costs of pushes while an array grows.

use super::chart::{At, Axis, BLUE, Chart, GREEN, GREY, INK, Margin, PINK, RED, Stroke, figure};
use super::{averages, bounds, growths};
use growable_nd::amortized::structures::{Structure, TwoBlocks};
use growable_nd::amortized::{Allocator, Event, Ledger, Model, Op, simulate_with};
use growable_nd::{Growth, zoo};
use std::cmp::Ordering;

/// The capacity against the rows: a step wherever the array is full.
pub fn staircase() -> String {
    const ROWS: f64 = 200.0;
    let stairs = |growth| {
        let steps = growths(growth, ROWS as u64).into_iter().flat_map(|Event { resize, .. }| {
            let (full, capacity) = (resize.from as f64, resize.to as f64);
            [(full, capacity), (capacity.min(ROWS), capacity)]
        });
        steps.collect::<Vec<_>>()
    };
    figure(
        "Three staircases of capacity above the diagonal of rows, those of the factors 2, 3/2 and 9/8. The \
        larger the factor, the higher and the fewer are the steps, and the larger the gap can be.",
        "A large factor leaves many slots unused: up to <i>a</i> − 1 times the rows (shaded for <i>a</i> \
        = 2), and none whenever the array is full.",
        420,
        |area| {
            let x = Axis::linear("rows", 0.0..ROWS, 50.0);
            let y = Axis::linear("capacity, rows", 0.0..285.0, 50.0);
            let chart = Chart::new(area, x, y, Margin::default());
            let double = stairs(Growth::DOUBLE);
            chart.shade([&double[..], &[(ROWS, ROWS), (0.0, 0.0)]].concat(), RED);
            chart.line([(0.0, 0.0), (ROWS, ROWS)], Stroke::of(GREY).thin());
            chart.line(stairs(Growth::NINE_EIGHTHS), Stroke::of(GREEN));
            chart.line(stairs(Growth::THREE_HALVES), Stroke::of(BLUE));
            chart.line(double, Stroke::of(RED));
            chart.text((164.0, 256.0), (0, -12), "factor 2", RED, At::Middle);
            chart.text((170.0, 210.0), (0, -12), "factor 3/2", BLUE, At::Middle);
            chart.text((158.0, 143.0), (0, 0), "factor 9/8", GREEN, At::Start);
            chart.text((110.0, 92.0), (0, 0), "capacity = rows", GREY, At::Start);
        },
    )
}

/// The first pushes with factor 2, slot by slot.
pub fn boxes() -> String {
    const PUSHES: usize = 9;
    let mut ledger = Ledger::new(Growth::DOUBLE, &bounds(Growth::DOUBLE)).expect("a small factor");
    let entries: Vec<_> = (0..PUSHES).map(|_| ledger.record(Op::Push).expect("a push")).collect();
    figure(
        "The blocks after each of nine pushes, of 1, 2, 4, 4, 8, 8, 8, 8 and 16 slots. If the block is \
        new, all rows but the last are copied: 1 at push 2, 2 at push 3, 4 at push 5, 8 at push 9. The \
        costs are 1, 2, 3, 1, 5, 1, 1, 1 and 9.",
        "Factor 2. A push writes one row (filled red). If the block was full, the rows before it have been copied \
        (blue); otherwise they stay where they are (grey). Empty boxes are free slots.",
        340,
        |area| {
            let x = Axis::linear("", 0.0..18.8, 1.0).with_ticks::<&str>([]);
            let y = Axis::linear("", PUSHES as f64 + 0.6..0.4, 1.0)
                .with_ticks((1..=PUSHES).map(|push| (push as f64, format!("push {push}"))));
            let chart = Chart::new(area, x, y, Margin { left: 62, ..Margin::default() });
            for (push, entry) in (1..).zip(&entries) {
                let height = f64::from(push);
                let copies = entry.step.resize.is_some();
                for slot in 1..=entry.capacity {
                    let color = match slot.cmp(&entry.rows) {
                        Ordering::Less if copies => Some(BLUE),
                        Ordering::Less => Some(GREY),
                        Ordering::Equal => Some(RED),
                        Ordering::Greater => None,
                    };
                    let (left, right) = (slot as f64 - 0.9, slot as f64 - 0.1);
                    let (top, bottom) = (height - 0.36, height + 0.36);
                    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
                    match color {
                        Some(color) => chart.bar((left, top), (right, bottom), color),
                        None => chart.line(corners, Stroke::of(GREY).thin()),
                    }
                }
                let cost =
                    if push == 1 { format!("cost {}", entry.actual) } else { entry.actual.to_string() };
                chart.text((entry.capacity as f64, height), (8, 0), cost, INK, At::Start);
            }
        },
    )
}

/// The cost of each push, and the average.
pub fn spikes() -> String {
    const PUSHES: i32 = 130;
    const BASE: f64 = 0.5;
    let growth = Growth::DOUBLE;
    let mut ledger = Ledger::new(growth, &bounds(growth)).expect("a small factor");
    let costs: Vec<f64> =
        (0..PUSHES).map(|_| ledger.record(Op::Push).expect("a push").actual as f64).collect();
    let bound = bounds(growth).amortized_push();
    figure(
        "The cost of each of 130 pushes on a logarithmic scale: 1, except spikes of 2, 3, 5, 9, 17, 33, 65 \
        and 129. The average so far rises at each spike and stays below 3.",
        "Factor 2. Each spike costs about twice as much as the one before (the scale is logarithmic), but is \
        also twice as far away: the average over all pushes so far stays below the bound.",
        360,
        |area| {
            let x = Axis::linear("number of the push", 0.0..f64::from(PUSHES), 20.0);
            let y = Axis::log("cost, rows written or copied", BASE..200.0)
                .with_ticks_at(&[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0]);
            let chart = Chart::new(area, x, y, Margin::default());
            for (push, &cost) in (1..).zip(&costs) {
                chart.dot((f64::from(push), cost), 6, BLUE);
            }
            let mut sum = 0.0;
            let average = (1..).zip(&costs).map(|(push, cost)| {
                sum += cost;
                (f64::from(push), sum / f64::from(push))
            });
            chart.line(average.collect::<Vec<_>>(), Stroke::of(RED));
            let height = bound.to_f64();
            chart.line([(0.0, height), (f64::from(PUSHES), height)], Stroke::of(INK).dashed());
            chart.text((97.0, height), (0, -12), format!("bound: {bound}"), INK, At::Middle);
            chart.text((97.0, 1.5), (0, 0), "average so far", RED, At::Middle);
            chart.text((65.0, 65.0), (8, 0), "cost of the push", BLUE, At::Start);
        },
    )
}

/// The cost of each push, with all copies at once and with copies that are spread.
pub fn deamortized() -> String {
    const PUSHES: i32 = 130;
    let mut plain = Model::new(Growth::DOUBLE);
    let mut spread = TwoBlocks::new(Growth::DOUBLE).expect("a factor");
    let costs: Vec<_> = (1..=PUSHES)
        .map(|push| (f64::from(push), Structure::push(&mut plain).total(), spread.push().total()))
        .collect();
    figure(
        "The cost of each of 130 pushes on a logarithmic scale. In one block: 1, except 2, 3, 5, 9, 17, 33, 65 and \
        129. Deamortized: 1, and then 2 each time.",
        "Factor 2. The deamortized array copies the same rows, one with each push: no push costs more than 2.",
        300,
        |area| {
            let x = Axis::linear("number of the push", 0.0..f64::from(PUSHES), 20.0);
            let y = Axis::log("cost, rows written or copied", 0.7..200.0)
                .with_ticks_at(&[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0]);
            let chart = Chart::new(area, x, y, Margin::default());
            for &(push, plain, _) in &costs {
                chart.dot((push, plain as f64), 6, BLUE);
            }
            let spread = costs.iter().map(|&(push, _, spread)| (push, spread as f64));
            chart.line(spread.collect::<Vec<_>>(), Stroke::of(GREEN));
            chart.text((65.0, 65.0), (8, 0), "one block", BLUE, At::Start);
            chart.text((97.0, 2.0), (0, -14), "deamortized", GREEN, At::Middle);
        },
    )
}

/// Copies for each push so far, against the pushes.
pub fn copies() -> String {
    const PUSHES: u64 = 1_000_000;
    let factors = [(Growth::FIVE_QUARTERS, GREEN), (Growth::THREE_HALVES, BLUE), (Growth::DOUBLE, RED)];
    figure(
        "Copies per push so far for the factors 2, 3/2 and 5/4 while an array grows to a million rows: \
        saw-teeth around their means, for large arrays between 1 and 2, 2 and 3, 4 and 5.",
        "Bound and mean differ: in a large array <i>M</i>(<i>n</i>)/<i>n</i> jumps to just below \
        <i>a</i>/(<i>a</i> − 1) at each growth and falls to 1/(<i>a</i> − 1) until the next. On the logarithmic scale of the rows \
        its mean is 1/ln <i>a</i> (dashed).",
        400,
        |area| {
            let x = Axis::log("rows", 10.0..PUSHES as f64);
            let y = Axis::linear("copies per push so far", 0.0..5.5, 1.0);
            let chart = Chart::new(area, x, y, Margin::default());
            for (growth, color) in factors {
                let mean = averages(growth).copies_per_push;
                chart.line(teeth(growth, PUSHES), Stroke::of(color));
                chart.line([(10.0, mean), (PUSHES as f64, mean)], Stroke::of(INK).thin().dashed());
                let text = format!("factor {growth}, mean {mean:.2}");
                // Between the teeth of two factors, where nothing is.
                let (height, below) = if mean < 2.0 { (1.0, 14) } else { (mean.ceil(), -10) };
                chart.text((2e4, height), (0, below), text, color, At::Start);
            }
        },
    )
}

/// `M(n)/n` from ten pushes on: a jump at each growth, and a hyperbola to the next.
fn teeth(growth: Growth, pushes: u64) -> Vec<(f64, f64)> {
    let mut teeth = Vec::new();
    for Event { resize, charged, .. } in growths(growth, pushes) {
        let start = (resize.rows as f64 + 1.0).max(10.0);
        let end = (resize.to as f64).min(pushes as f64);
        if start > end {
            continue;
        }
        // More pieces make the file longer; a few look like a curve.
        let pieces = ((end / start).ln() * 8.0).ceil().max(1.0);
        let pushes = (0..=pieces as i32).map(|piece| start * (end / start).powf(f64::from(piece) / pieces));
        teeth.extend(pushes.map(|pushes| (pushes, charged as f64 / pushes)));
    }
    teeth
}

/// All copies against the pushes, for policies with a factor and without.
pub fn rates() -> String {
    const PUSHES: u64 = 1_000_000_000;
    let of_zoo = |name| zoo::find(name).expect("an entry of the zoo").growth();
    let step = Growth::additive(1000);
    let rules = [
        ("+1000 rows", step, INK),
        (
            "c + √c",
            Growth::custom("c + √c", |request| request.capacity + request.capacity.isqrt().max(1)),
            PINK,
        ),
        ("Redis string", of_zoo("redis-sds"), BLUE),
        ("Julia up to 1.6", of_zoo("julia-1.6"), GREEN),
        ("factor 2", Growth::DOUBLE, RED),
    ];
    figure(
        "Rows copied in all against pushes up to 10⁹, both on logarithmic scales. Factor 2 has slope 1 \
        throughout. Redis and Julia up to 1.6 follow it and then bend towards slope 2. A step of 1000 has slope \
        2, and c + √c has slope 3/2.",
        "Both scales are logarithmic. Only a factor keeps the total proportional to <i>n</i> (slope 1). A \
        constant step makes it quadratic (slope 2), and a factor with a cap does so once the cap is \
        reached; <i>c</i> + √<i>c</i> is halfway (slope 3/2).",
        480,
        |area| {
            let x = Axis::log("rows pushed", 1e3..PUSHES as f64);
            let y = Axis::log("rows copied in all", 1e2..1e15);
            let chart = Chart::new(area, x, y, Margin::default());
            for (line, (name, growth, color)) in (0..).zip(rules) {
                let totals = totals(growth, PUSHES);
                let last = *totals.last().expect("it grew");
                let decade_before =
                    totals.iter().rfind(|total| total.0 <= last.0 / 10.0).expect("many growths");
                let slope = (last.1 / decade_before.1).ln() / (last.0 / decade_before.0).ln();
                chart.line(totals, Stroke::of(color));
                // From the highest line to the lowest.
                let text = format!("{name}, slope {slope:.1}");
                chart.text((1e3, 1e15), (14, 12 + 20 * line), text, color, At::Start);
            }
            chart.text((1e3, 1e15), (14, 112), "(slope of the last decade)", GREY, At::Start);
        },
    )
}

/// The copies so far just after some of the growths, and after the last one.
fn totals(growth: Growth, pushes: u64) -> Vec<(f64, f64)> {
    let mut totals: Vec<(f64, f64)> = Vec::new();
    let mut last = (0.0, 0.0);
    let record = |event: Event| {
        last = (event.resize.rows as f64 + 1.0, event.charged as f64);
        // Only points that the eye can tell apart.
        if last.0 > 1e3 && totals.last().is_none_or(|total| last.0 / total.0 > 1.3) {
            totals.push(last);
        }
    };
    let done = simulate_with(growth, Allocator::AlwaysMoves, [(Op::Push, pushes)], record);
    done.expect("the rows of a figure can be counted");
    totals.push(last);
    totals
}

/// How often each row was moved.
pub fn ages() -> String {
    const PUSHES: u64 = 10_000;
    let factors = [(Growth::FIVE_QUARTERS, GREEN), (Growth::THREE_HALVES, BLUE), (Growth::DOUBLE, RED)];
    figure(
        "How often each of 10,000 rows was moved, against its position on a logarithmic scale: staircases \
        for the factors 2, 3/2 and 5/4 that fall along the straight lines of the logarithm to the base of \
        the factor.",
        "Old rows move often, new ones hardly ever: the row at position <i>i</i> of <i>n</i> = 10,000 has been \
        moved about log<i>ₐ</i>(<i>n</i>/<i>i</i>) times (dashed).",
        400,
        |area| {
            let x = Axis::log("position of the row", 1.0..PUSHES as f64);
            let y = Axis::linear("moves", 0.0..45.0, 10.0);
            let chart = Chart::new(area, x, y, Margin::default());
            for (growth, color) in factors {
                let first = (PUSHES as f64).ln() * averages(growth).copies_per_push;
                chart.line([(1.0, first), (PUSHES as f64, 0.0)], Stroke::of(INK).thin().dashed());
                chart.line(moves(growth, PUSHES), Stroke::of(color));
                let place = 40.0;
                let height = first * (1.0 - f64::ln(place) / (PUSHES as f64).ln());
                chart.text((place, height), (28, -18), format!("factor {growth}"), color, At::Start);
            }
        },
    )
}

/// How often the row at each position was moved: once by each growth after it was pushed.
fn moves(growth: Growth, pushes: u64) -> Vec<(f64, f64)> {
    let growths = growths(growth, pushes);
    // The first block moves nothing.
    let found = growths.iter().map(|event| event.resize.rows as f64).filter(|rows| *rows > 0.0);
    // A step is halfway between the last row that the growth moved and the next row.
    let mut edges: Vec<f64> = found.map(|rows| rows + 0.5).collect();
    edges.insert(0, 1.0);
    edges.push(pushes as f64);
    let steps = edges.windows(2).enumerate().flat_map(|(index, pair)| {
        let growths = (edges.len() - 2 - index) as f64;
        [(pair[0], growths), (pair[1], growths)]
    });
    steps.collect()
}
