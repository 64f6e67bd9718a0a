//! What pushes cost.

use super::super::predicted::{Prediction, apart};
use super::{CORED, KEY, Lines, draw_dot, draw_key, from_zero, log_axis, said};
use book::chart::{At, Axis, BLUE, Chart, GREY, Margin, RED, Stroke, figure};
use growable_nd::amortized::{Allocator, Bounds, Ledger, Op, simulate_with};

/// The capacity against the rows.
pub fn staircases(predictions: &[Prediction]) -> String {
    const ROWS: f64 = 200.0;
    let lines = Lines::of(predictions, |prediction| {
        let stairs =
            prediction.first(ROWS).flat_map(|step| [(step.from, step.to), (step.to.min(ROWS), step.to)]);
        stairs.collect()
    });
    let (_, most) = lines.range();
    // A step of many rows would press all others to the ground.
    let most = most.min(2.0 * ROWS);
    let (lines, note) = lines.below(most);
    let axes = (Axis::linear("rows", 0.0..ROWS, 25.0), from_zero("capacity, rows", most));
    let caption = format!(
        "The capacity runs ahead of the rows, and meets them wherever the array is full: what lies between a staircase and the \
        grey line is room that is not used yet.{note}"
    );
    lines.figure(("Staircases of capacity above the diagonal of rows.", &caption), axes, |chart| {
        chart.line([(0.0, 0.0), (ROWS, ROWS)], Stroke::of(GREY).thin());
    })
}

/// What pushes cost on average so far.
pub fn averages(predictions: &[Prediction]) -> String {
    const ROWS: f64 = 1000.0;
    let lines = Lines::of(predictions, |prediction| {
        let mut line = vec![];
        for step in prediction.first(ROWS) {
            let before = line.last().map_or(0.0, |_| step.rows - 1.0);
            let charged_before = step.charged - if step.from > 0.0 { step.rows - 1.0 } else { 0.0 };
            if before > 0.0 {
                line.push((before, 1.0 + charged_before / before));
            }
            line.push((step.rows, 1.0 + step.charged / step.rows));
        }
        if let Some(last) = prediction.first(ROWS).last() {
            line.push((ROWS, 1.0 + last.charged / ROWS));
        }
        line
    });
    let (_, most) = lines.range();
    // Of a rule that grows a few times only.
    let shown =
        predictions.iter().find(|prediction| prediction.worst.capacity > 1.4).unwrap_or(&predictions[0]);
    let spikes: Vec<_> = shown.first(ROWS).map(|step| (step.rows, step.rows)).collect();
    let axes = (
        Axis::log("number of the push", 1.0..ROWS),
        Axis::log("cost, rows written or copied", 0.8..most.max(ROWS) * 1.2),
    );
    let caption = format!(
        "A push that grows the array copies all rows (thin spikes, for {}), and yet the average over all pushes so far \
         stays level wherever growths become rarer as fast as they become dearer. (A step of more rows than these has only begun.)",
        shown.rule.name
    );
    lines.figure(("Spikes of the cost of single pushes, and the averages so far.", &caption), axes, |chart| {
        for (push, cost) in spikes {
            chart.line([(push, 0.8), (push, cost)], Stroke::of(GREY).thin());
        }
    })
}

/// Copies for each push so far.
pub fn copies(predictions: &[Prediction]) -> String {
    let most_rows = most_rows(predictions);
    let lines = Lines::of(predictions, |prediction| {
        let mut line = vec![];
        for step in prediction.visible().filter(|step| step.rows >= 10.0) {
            let end = step.to.min(prediction.rows).max(step.rows);
            // The more pieces the longer it is: a few are enough for the eye.
            let pieces = ((end / step.rows).ln() * 8.0).ceil().clamp(1.0, 100.0);
            let rows = (0..=pieces as i32)
                .map(|piece| step.rows * (end / step.rows).powf(f64::from(piece) / pieces));
            line.extend(rows.map(|rows| (rows, step.charged / rows)));
        }
        line
    });
    let (least, most) = lines.range();
    let caption = "Copies per push go up and down between two bounds where a rule has a factor, however many rows there are; \
        a line that climbs for good belongs to a rule without one.";
    let label = format!(
        "Copies per push against rows. At worst in the last two decades: {}.",
        said(predictions, |p| p.worst.copies)
    );
    let axes =
        (Axis::log("rows", 10.0..most_rows), log_axis("copies per push so far", (least.max(0.1), most)));
    lines.figure((&label, caption), axes, |_| ())
}

fn most_rows(predictions: &[Prediction]) -> f64 {
    predictions.iter().map(|prediction| prediction.rows).fold(100.0, f64::max)
}

/// A line that stays at the height of each point until the next, and of the last until `end`.
fn stairs(points: impl Iterator<Item = (f64, f64)>, end: f64) -> Vec<(f64, f64)> {
    let mut line: Vec<(f64, f64)> = vec![];
    for (place, height) in points {
        line.extend(line.last().map(|&(_, before)| (place, before)));
        line.push((place, height));
    }
    line.extend(line.last().map(|&(_, last)| (end, last)));
    line
}

/// All copies against the pushes.
pub fn totals(predictions: &[Prediction]) -> String {
    let lines = Lines::of(predictions, |prediction| {
        let copied = prediction.visible().filter(|step| step.charged > 0.0);
        stairs(copied.map(|step| (step.rows, step.charged)), prediction.rows)
    });
    let axes = (
        Axis::log("rows pushed", 1.0..most_rows(predictions)),
        log_axis("rows copied in all", lines.range()),
    );
    let caption = "Both scales are logarithmic: a slope of 1 is a total proportional to the rows, which only a factor gives; \
        a step, or a factor that is capped, ends at the slope 2 of quadratic growth. (A rule is followed until it has grown \
        some 200,000 times.)";
    lines.figure(("Rows copied in all against rows pushed, on logarithmic scales.", caption), axes, |_| ())
}

/// How often the array grew.
pub fn growths(predictions: &[Prediction]) -> String {
    let lines = Lines::of(predictions, |prediction| {
        let numbered = (1..).zip(&prediction.steps);
        let growths = apart(numbered, 1.01, |(_, step)| step.rows);
        stairs(growths.map(|(number, step)| (step.rows, f64::from(number))), prediction.rows)
    });
    let label = format!("Growths against rows. In all: {}.", said(predictions, |p| p.totals.growths as f64));
    let axes =
        (Axis::log("rows pushed", 1.0..most_rows(predictions)), log_axis("growths so far", lines.range()));
    let caption = "Slow pushes are rare where there is a factor: the number of growths rises as the logarithm of the rows, and \
        as the rows themselves, in the end, where there is none.";
    lines.figure((&label, caption), axes, |_| ())
}

/// How often each row was moved.
pub fn ages(predictions: &[Prediction]) -> String {
    const ROWS: f64 = 10_000.0;
    let lines = Lines::of(predictions, |prediction| {
        let found: Vec<f64> =
            prediction.first(ROWS).filter(|step| step.from > 0.0).map(|step| step.rows - 0.5).collect();
        let mut edges = vec![1.0];
        // A step is halfway between the last row that was there and the first that was not.
        edges.extend(&found);
        let steps = edges.windows(2).enumerate().flat_map(|(index, pair)| {
            let moves = (found.len() - index) as f64;
            [(pair[0], moves), (pair[1], moves)]
        });
        let mut last = (0.0, 0.0);
        let visible = steps.filter(|point| {
            let is_visible = point.0 > 1.002 * last.0 || point.1 < 0.998 * last.1;
            last = if is_visible { *point } else { last };
            is_visible
        });
        visible.collect()
    });
    let axes = (Axis::log("position of the row", 1.0..ROWS), log_axis("moves", lines.range()));
    let caption = "Of 10,000 rows the oldest were moved most: with a factor <i>a</i> the row at position <i>i</i> about \
        log<i>ₐ</i>(10,000/<i>i</i>) times, and most rows hardly ever.";
    lines.figure(("How often each of 10,000 rows was moved, against its position.", caption), axes, |_| ())
}

/// Balance and potential, of the first rule that has them.
pub fn potential(predictions: &[Prediction]) -> Option<String> {
    const PUSHES: i32 = 60;
    let (rule, mut ledger) = predictions.iter().find_map(|prediction| {
        let growth = prediction.rule.growth;
        // Of a factor close to 2 it is seen best.
        let bounds = Bounds::of(&growth).filter(|bounds| bounds.capacity_per_row().to_f64() > 1.4)?;
        Some((&prediction.rule, Ledger::new(growth, &bounds).ok()?))
    })?;
    let entries: Option<Vec<_>> = (0..PUSHES).map(|_| ledger.record(Op::Push).ok()).collect();
    let entries = entries?;
    let curve = |value: &dyn Fn(&growable_nd::amortized::Entry) -> f64| {
        let points = entries.iter().map(|entry| (entry.operation as f64, value(entry)));
        [(0.0, 0.0)].into_iter().chain(points).collect::<Vec<_>>()
    };
    let (bank, potential) = (curve(&|entry| entry.bank.to_f64()), curve(&|entry| entry.potential.to_f64()));
    let most = bank.iter().chain(&potential).fold(f64::from(PUSHES), |most, point| most.max(point.1));
    let caption = format!(
        "The rule {}: each push pays {} coins, and the potential saves what it does not need until, just before a growth, it \
         is the number of rows to be copied; the balance is never below it, so the bank is never in debt.",
        rule.name,
        Bounds::of(&rule.growth)?.amortized_push(),
    );
    Some(figure("Balance and potential over 60 pushes.", &caption, 360, |area| {
        let x = Axis::linear("number of the push", 0.0..f64::from(PUSHES), 10.0);
        let y = from_zero("coins, rows", most);
        let corner = (x.end(), y.end());
        let chart = Chart::new(area, x, y, Margin { right: 130, ..Margin::default() });
        chart.line([(0.0, 0.0), (f64::from(PUSHES), f64::from(PUSHES))], Stroke::of(GREY).thin().dashed());
        chart.line(bank, Stroke::of(RED));
        chart.line(potential, Stroke::of(BLUE));
        for (line, (name, color)) in
            (0..).zip([("balance", RED), ("potential", BLUE), ("rows (dashed)", GREY)])
        {
            chart.text(corner, (8, 8 + 20 * line), name, color, At::Start);
        }
    }))
}

/// Rows copied for each push under each model of an allocator.
pub fn allocators(predictions: &[Prediction], row_bytes: usize) -> String {
    // Pages of 4 KiB, and blocks of pages from 128 KiB on.
    let rows_of = |bytes: usize| (bytes / row_bytes).max(1) as u64;
    let models = [
        ("always moves", Allocator::AlwaysMoves),
        ("first hole that fits", Allocator::FirstFit),
        ("4 sizes per doubling", Allocator::SizeClasses { per_doubling: 4 }),
        ("pages are remapped", Allocator::Pages { page_rows: rows_of(4 << 10), from: rows_of(128 << 10) }),
        ("top of the heap", Allocator::TopOfHeap),
    ];
    const PUSHES: u64 = 100_000;
    let copied = |prediction: &Prediction, allocator| {
        let totals = simulate_with(prediction.rule.model(), allocator, [(Op::Push, PUSHES)], |_| ());
        totals.map_or(0.0, |totals| totals.copied as f64 / PUSHES as f64)
    };
    let rows: Vec<Vec<f64>> =
        models.iter().map(|(_, model)| predictions.iter().map(|p| copied(p, *model)).collect()).collect();
    let most = rows.iter().flatten().copied().fold(1.0, f64::max);
    let caption = "100,000 pushes. The copies that the analysis charges are what an allocator copies that always moves; one that \
        extends blocks in place copies nothing, and then a small factor is as fast as a large one; one that moves pages copies \
        only while blocks are smaller than 128 KiB. (Dots at 0.001: nothing is copied.)";
    const LEAST: f64 = 0.001;
    figure(
        "Rows copied per push under five models of an allocator, a dot for each rule.",
        caption,
        330,
        |area| {
            let x = log_axis("rows copied per push", (LEAST, most));
            let y_ticks = (0_u8..).zip(models).map(|(line, (name, _))| (f64::from(line), name));
            let y = Axis::linear("", 4.6..-0.6, 1.0).with_ticks(y_ticks);
            let corner = (x.end(), y.end());
            let chart = Chart::new(area, x, y, Margin { right: KEY, left: 160, ..Margin::default() });
            for (line, copied) in (0_u8..).zip(&rows) {
                for (index, (prediction, copied)) in (0_u8..).zip(predictions.iter().zip(copied)) {
                    // Dots of one value stand below each other.
                    let shift = (f64::from(index) + 0.5) / predictions.len() as f64 - 0.5;
                    let place = (copied.max(LEAST), f64::from(line) + 0.8 * shift);
                    draw_dot(&chart, place, 9, &prediction.rule);
                }
            }
            draw_key(&chart, corner, CORED, predictions.iter().map(|prediction| &prediction.rule));
        },
    )
}
