//! What growing costs in memory, and what time it buys.

use super::super::predicted::{Prediction, apart};
use super::{CORED, KEY, Lines, draw_dot, draw_key, log_axis, said};
use book::chart::{At, Axis, BLUE, Chart, GREEN, GREY, INK, Margin, RED, Stroke, figure};
use growable_nd::amortized::Bounds;
use growable_nd::zoo;

/// Time against memory: the rules among all of the zoo.
pub fn plane(predictions: &[Prediction]) -> String {
    const ROWS: u64 = 100_000_000;
    let of = |prediction: &Prediction| (prediction.worst.capacity - 1.0, prediction.worst.copies - 1.0);
    let within = |place: (f64, f64)| (place.0.clamp(0.01, 8.0), place.1.clamp(0.1, 1e6));
    let zoo = zoo::entries().iter().filter_map(|entry| {
        let rule = super::super::rules::Rule {
            name: entry.name.to_owned(),
            growth: entry.growth(),
            row_bytes: entry.slot_bytes,
            color: GREY,
            is_dashed: false,
        };
        Some(within(of(&Prediction::of(&rule, ROWS).ok()?)))
    });
    let zoo: Vec<_> = zoo.collect();
    let places: Vec<_> = predictions.iter().map(|prediction| within(of(prediction))).collect();
    let most = places.iter().chain(&zoo).map(|place| place.1).fold(10.0, f64::max);
    let least = places.iter().chain(&zoo).map(|place| place.1).fold(0.5, f64::min);
    let widest = places.iter().map(|place| place.0).fold(1.4, f64::max);
    let narrowest = places.iter().map(|place| place.0).fold(0.1, f64::min);
    let label = format!(
        "Copies per push against capacity per row, both at worst and less one, on logarithmic scales. Capacity: {}. Copies: {}.",
        said(predictions, |p| p.worst.capacity),
        said(predictions, |p| p.worst.copies),
    );
    let caption = "Rules with one factor are all on the line (<i>T</i> − 1)(<i>S</i> − 1) = 1: time is bought with memory at this \
        price, and none can be below it; above it are rules that change their factor or have none. (Small grey dots: those of the zoo that are within the frame. Last \
        two decades of rows. What is below 0.01, or below 0.1 upwards, is drawn there.)";
    figure(&label, caption, 440, |area| {
        let range = narrowest / 1.3..widest * 1.3;
        let ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0];
        let ticks: Vec<f64> = ticks.into_iter().filter(|tick| range.contains(tick)).collect();
        let x = Axis::log("S − 1, where S is the largest capacity per row", range).with_ticks_at(&ticks);
        let y = log_axis("T − 1, where T is the most copies per push", (least, most));
        let corner = (x.end(), y.end());
        let chart = Chart::new(area, x, y, Margin { right: KEY, ..Margin::default() });
        let (left, right) = ((narrowest / 1.3).max(1.0 / (most * 1.2)), (widest * 1.3).min(1.2 / least));
        chart.line([(left, 1.0 / left), (right, 1.0 / right)], Stroke::of(GREY));
        zoo.iter().for_each(|place| chart.dot(*place, 5, GREY));
        for (place, prediction) in places.iter().zip(predictions) {
            draw_dot(&chart, *place, 11, &prediction.rule);
        }
        draw_key(&chart, corner, CORED, predictions.iter().map(|prediction| &prediction.rule));
    })
}

/// At which price of memory a factor is the best.
pub fn prices(predictions: &[Prediction]) -> Option<String> {
    let surplus = |bounds: &Bounds| bounds.capacity_per_row().to_f64() - 1.0;
    let price = |surplus: f64| surplus.powi(-2);
    let marked: Vec<_> = predictions
        .iter()
        .filter_map(|prediction| Some((&prediction.rule, surplus(&Bounds::of(&prediction.rule.growth)?))))
        .collect();
    let (&(_, first), others) = marked.split_first()?;
    let (least, most) =
        others.iter().fold((first, first), |(least, most), (_, next)| (next.min(least), next.max(most)));
    let (least, most) = (least / 1.5, most * 1.5);
    let mean = |surplus: f64| {
        let a = 1.0 + surplus;
        (a * surplus.ln_1p() - surplus).recip()
    };
    let caption = "The smaller the factor, the more a slot, which is room for one row, must be worth for it to be the best: so many copies per push \
        against one spare slot per row, at worst (solid) and on average (dashed).";
    Some(figure("The price of a slot against the factor less one: a falling line.", caption, 380, |area| {
        let x = log_axis("a − 1, where a is the factor", (least, most));
        let y = log_axis("price of a slot, copies per push", (price(most), mean(least)));
        let corner = (x.end(), y.end());
        let chart = Chart::new(area, x, y, Margin { right: KEY, ..Margin::default() });
        let curve = |price: &dyn Fn(f64) -> f64| {
            let places = (0..=40).map(|step| least * (most / least).powf(f64::from(step) / 40.0));
            places.map(|surplus| (surplus, price(surplus))).collect::<Vec<_>>()
        };
        chart.line(curve(&price), Stroke::of(INK));
        chart.line(curve(&mean), Stroke::of(INK).thin().dashed());
        for (rule, surplus) in &marked {
            draw_dot(&chart, (*surplus, price(*surplus)), 11, rule);
        }
        draw_key(&chart, corner, CORED, marked.iter().map(|(rule, _)| *rule));
    }))
}

/// The most memory for each row.
pub fn peaks(predictions: &[Prediction]) -> String {
    let kinds = [("extended in place", GREEN), ("old and new block", BLUE), ("first-fit heap", RED)];
    let values = |prediction: &Prediction| {
        let worst = prediction.worst;
        [worst.capacity, worst.peak, worst.heap]
    };
    let most = predictions.iter().flat_map(values).fold(2.0, f64::max);
    let label =
        format!("The most memory per row. Old and new block: {}.", said(predictions, |p| p.worst.peak));
    let caption = "Where blocks are copied, the old and the new one are there together, and a small factor saves little of that; it \
        does where they are extended in place. Holes that earlier blocks left are part of a heap, too. (At worst, last two \
        decades of rows.)";
    let height = 110 + 34 * predictions.len() as i32;
    figure(&label, caption, height, |area| {
        let end = predictions.len() as f64;
        let x = super::from_zero("room per row, rows", most);
        let y_ticks = (0_u32..).zip(predictions).map(|(line, p)| (f64::from(line), p.rule.name.clone()));
        let y = Axis::linear("", end - 0.4..-0.6, 1.0).with_ticks(y_ticks);
        let corner = (x.end(), y.end());
        let chart = Chart::new(area, x, y, Margin { right: KEY, left: 150, ..Margin::default() });
        for (line, prediction) in (0_u32..).zip(predictions) {
            let values = values(prediction);
            chart.line([(values[0], f64::from(line)), (values[2], f64::from(line))], Stroke::of(GREY).thin());
            for ((_, color), value) in kinds.into_iter().zip(values) {
                chart.dot((value, f64::from(line)), 10, color);
            }
        }
        for (index, (name, color)) in (0..).zip(kinds) {
            chart.text(corner, (12, 8 + 20 * index), name, color, At::Start);
        }
    })
}

/// The size of a first-fit heap for each row while the array grows.
pub fn heaps(predictions: &[Prediction]) -> String {
    const ROWS: f64 = 1e5;
    let lines = Lines::of(predictions, |prediction| {
        let steps = prediction.heap.iter().zip(&prediction.steps).take_while(|(heap, _)| heap.0 <= ROWS);
        let visible = apart(steps.filter(|(heap, _)| heap.0 >= 100.0), 1.005, |(heap, _)| heap.0);
        let teeth = visible.flat_map(|((rows, heap), step)| {
            let end = step.to.min(ROWS).max(*rows);
            (0..=6).map(move |piece| {
                let rows = rows * (end / rows).powf(f64::from(piece) / 6.0);
                (rows, heap / rows)
            })
        });
        teeth.collect()
    });
    let (_, most) = lines.range();
    let axes = (Axis::log("rows", 100.0..ROWS), super::from_zero("heap per row, rows", most.min(8.0)));
    let (lines, note) = lines.below(8.0);
    let caption = format!(
        "A heap that takes the first hole that fits must hold the old and the new block, and the holes between; only factors \
        below the golden ratio 1.618 can ever use these again.{note}"
    );
    lines.figure(
        ("The size of a first-fit heap per row, while an array grows to 100,000 rows.", &caption),
        axes,
        |_| (),
    )
}

/// The most room for each element where several axes grow.
pub fn axes(predictions: &[Prediction]) -> String {
    let lines = Lines::of(predictions, |prediction| {
        (1..=4).map(|axes| (f64::from(axes), prediction.worst.capacity.powi(axes))).collect()
    });
    let (_, most) = lines.range();
    let caption = "Slack multiplies: with <i>k</i> growing axes there is room for the <i>k</i>-th power of what one axis has. This is why \
        a <code>GrowableNd</code> grows along one.";
    let axes =
        (Axis::linear("growing axes k", 1.0..4.0, 1.0), log_axis("largest room per element", (1.2, most)));
    lines.figure(("The largest room per element against the number of growing axes.", caption), axes, |_| ())
}
