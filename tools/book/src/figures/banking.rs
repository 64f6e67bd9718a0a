//! Balance and potential, with and without shrinking.

use super::bounds;
use super::chart::{At, Axis, BLUE, Chart, GREY, INK, Margin, PALE, PIXEL, RED, RGBColor, Stroke, figure};
use growable_nd::amortized::{Entry, Ledger, Op};
use growable_nd::{Growth, Ratio};

/// The ledger of some operations on an array with this growth policy.
fn ledger(growth: Growth, ops: impl IntoIterator<Item = Op>) -> Vec<Entry> {
    let mut ledger = Ledger::new(growth, &bounds(growth)).expect("a small factor");
    ops.into_iter().map(|op| ledger.record(op).expect("few operations")).collect()
}

/// A point for the empty array and for each line of a ledger.
fn curve(entries: &[Entry], value: impl Fn(&Entry) -> f64) -> Vec<(f64, f64)> {
    let points = entries.iter().map(|entry| (entry.operation as f64, value(entry)));
    [(0.0, 0.0)].into_iter().chain(points).collect()
}

/// Balance and potential over pushes, above a chart of the costs.
pub fn potential() -> String {
    const PUSHES: usize = 40;
    let entries = ledger(Growth::DOUBLE, [Op::Push; PUSHES]);
    figure(
        "The upper chart has the potential and the balance over 40 pushes: from the fourth push on both \
        rise by 2 with each push until the potential has reached the number of rows, and fall at the next push, \
        which grows the array. The \
        balance is never less than the potential. The lower chart has the cost of each push: 1, or the number \
        of rows if the array grows.",
        "Factor 2. Just before each growth the potential has risen to the number of rows, the cost of the copies. The balance \
        of the bank never falls below the potential, so the bank is never in debt.",
        480,
        |area| {
            let (above, below) = area.split_vertically(PIXEL * 310);
            let operations = || Axis::linear("number of the push", 0.0..PUSHES as f64 + 1.0, 5.0);
            let y = Axis::linear("balance, potential, rows", 0.0..42.0, 10.0);
            let chart = Chart::new(&above, operations().without_numbers(), y, Margin::default());
            chart.line([(0.0, 0.0), (PUSHES as f64, PUSHES as f64)], Stroke::of(GREY).thin().dashed());
            chart.line(curve(&entries, |entry| entry.bank.to_f64()), Stroke::of(RED));
            chart.line(curve(&entries, |entry| entry.potential.to_f64()), Stroke::of(BLUE));
            chart.text((38.0, 38.0), (-10, -6), "rows", GREY, At::End);
            chart.text((24.0, 17.0), (-10, -6), "balance", RED, At::End);
            chart.text((26.0, 20.0), (12, 6), "potential", BLUE, At::Start);
            let full: Vec<_> = entries.windows(2).filter(|pair| pair[1].step.resize.is_some()).collect();
            let places: Vec<_> =
                full.iter().map(|pair| (pair[0].rows as f64, pair[0].potential.to_f64())).collect();
            places.iter().for_each(|place| chart.dot(*place, 8, BLUE));
            chart.text(places[places.len() - 1], (-12, -12), "full: potential = rows", BLUE, At::End);

            let y = Axis::linear("cost, rows", 0.0..36.0, 10.0);
            let chart = Chart::new(&below, operations(), y, Margin::default());
            for entry in &entries {
                let (push, cost) = (entry.operation as f64, entry.actual as f64);
                chart.bar((push - 0.35, cost), (push + 0.35, 0.0), INK);
            }
        },
    )
}

/// Capacity and potential while rows are pushed and popped.
pub fn shrinking() -> String {
    const ROWS: usize = 80;
    let growth = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
    let entries = ledger(growth, [[Op::Push; ROWS], [Op::Pop; ROWS]].concat());
    figure(
        "Rows, capacity and potential over 80 pushes and then 80 pops with factor 2, halved at a quarter. \
        The capacity doubles whenever the array is full, up to 128, and halves at 32, 16, 8 rows and so \
        on. The potential rises in saw-teeth before each growth and each shrinking, and falls to almost \
        zero with it.",
        "Factor 2, halved at a quarter. The potential has two branches: one saves for the next growth, \
        2<i>n</i> − <i>c</i>, and one for the next shrinking, <i>c</i>/2 − <i>n</i>. After a growth or a \
        shrinking it starts again from almost zero.",
        420,
        |area| {
            let end = 2.0 * ROWS as f64;
            let x = Axis::linear("number of the operation", 0.0..end, 20.0);
            let y = Axis::linear("rows", 0.0..150.0, 32.0);
            let chart = Chart::new(area, x, y, Margin::default());
            let potential = curve(&entries, |entry| entry.potential.to_f64());
            chart.shade(potential.clone(), BLUE);
            chart.line(curve(&entries, |entry| entry.rows as f64), Stroke::of(GREY).thin());
            chart.line(curve(&entries, |entry| entry.capacity as f64), Stroke::of(RED));
            chart.line(potential, Stroke::of(BLUE));
            chart.text((100.0, 128.0), (0, -12), "capacity c", RED, At::Middle);
            chart.text((80.0, 80.0), (14, -2), "rows n", GREY, At::Start);
            chart.text((56.0, 10.0), (0, 0), "2n − c", BLUE, At::Middle);
            chart.text((118.0, 8.0), (0, 0), "c/2 − n", BLUE, At::Middle);
            chart.text((end / 4.0, 150.0), (0, 12), format!("{ROWS} pushes"), INK, At::Middle);
            chart.text((3.0 * end / 4.0, 150.0), (0, 12), format!("{ROWS} pops"), INK, At::Middle);
        },
    )
}

/// The price of a pop for all shrinking policies with factor 2.
pub fn hysteresis() -> String {
    // Cells of 1/50 by 1/8. The middle of a cell decides its shade.
    const COLUMNS: u32 = 30;
    const LINES: u32 = 24;
    let corner = |column: u32, line: u32| (f64::from(column) / 50.0, 1.0 + f64::from(line) / 8.0);
    let shade = |column: u32, line: u32| {
        let (s, b) = corner(column, line);
        let price = price_without_rounding(s + 0.01, b + 0.0625)?;
        SHADES.iter().position(|(most, _)| price <= *most)
    };
    let classic = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
    let classic_cost = bounds(classic).amortized_pop().expect("small numbers");
    figure(
        "A map of the shrinking policies for factor 2: s from 0 to 0.6 to the right, b from 1 to 4 \
        upwards. The price of a pop rises from 1 at the left to more than 10 at a line that is vertical \
        at s = 1/2 up to b = 2 and bends to the left above b = 2. Policies on the line and beyond it are \
        refused. The classic policy, to twice the rows at a quarter, is far from the line.",
        "Factor 2. For each <i>b</i>, the price of a pop rises as <i>s</i> · max(<i>a</i>, <i>b</i>) \
        approaches 1. At 1 an array that was just resized could already be about to shrink, so policies at \
        this limit and beyond it are refused. The classic policy is far from it. (The shades are the price \
        without the term for rounding, which depends on the denominators of <i>s</i> and <i>b</i> and is \
        zero at the dot.)",
        440,
        |area| {
            let x = Axis::linear("s: shrink when rows ≤ s · capacity", 0.0..0.6, 0.1);
            let y = Axis::linear("b: capacity b · rows afterwards", 1.0..4.0, 0.5);
            let key = (x.end(), y.end());
            let chart = Chart::new(area, x, y, Margin { right: 84, ..Margin::default() });
            let (right_bottom, right_top) = (corner(COLUMNS, 0), corner(COLUMNS, LINES));
            // From light to dark, each from the first cell of its shade in every line to the right.
            for (index, (_, color)) in SHADES.iter().enumerate() {
                let left = (0..LINES).flat_map(|line| {
                    let first =
                        (0..COLUMNS).find(|column| shade(*column, line).is_none_or(|shade| shade >= index));
                    let first = first.unwrap_or(COLUMNS);
                    [corner(first, line), corner(first, line + 1)]
                });
                chart.fill(left.chain([right_top, right_bottom]).collect::<Vec<_>>(), *color);
            }
            // The limit of s, at which the price has grown beyond all shades.
            let limit = (0..=30).map(|step| 4.0 - f64::from(step) / 10.0).map(|b| (1.0 / b.max(2.0), b));
            let limit: Vec<_> = limit.collect();
            chart.fill([&limit[..], &[right_bottom, right_top]].concat(), PALE);
            chart.line(limit, Stroke::of(RED));
            chart.text((0.55, 2.6), (0, 0), "refused", RED, At::Middle);
            chart.dot((0.25, 2.0), 10, INK);
            let text = format!("halve at a quarter: {classic_cost}");
            chart.text((0.25, 2.0), (0, -16), text, INK, At::Middle);
            draw_key(&chart, key);
        },
    )
}

/// The price of a pop by Theorem 6 for factor 2, without the term for rounding; `None` for a
/// refused policy.
fn price_without_rounding(s: f64, b: f64) -> Option<f64> {
    let (y, credit) = (b.max(2.0), (2.0 - b).max(0.0));
    (s * y < 1.0).then(|| 1.0 + (1.0 + credit) * s * y / (1.0 - s * y))
}

/// Maximum prices of a pop, from light to dark.
const SHADES: [(f64, RGBColor); 6] = [
    (1.5, RGBColor(239, 243, 255)),
    (2.0, RGBColor(198, 219, 239)),
    (3.0, RGBColor(158, 202, 225)),
    (5.0, RGBColor(107, 174, 214)),
    (10.0, RGBColor(49, 130, 189)),
    (f64::INFINITY, RGBColor(8, 81, 156)),
];

/// The meaning of the shades, beside the map.
fn draw_key(chart: &Chart<'_>, corner: (f64, f64)) {
    chart.text(corner, (10, 8), "pop price", INK, At::Start);
    for (line, (most, color)) in (0..).zip(SHADES) {
        let below = 32 + 22 * line;
        let text = if most.is_finite() { format!("≤ {most}") } else { "more".to_owned() };
        chart.patch(corner, (10, below), color);
        chart.text(corner, (36, below), text, INK, At::Start);
    }
}
