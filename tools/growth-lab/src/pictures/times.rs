//! What was measured on this machine.

use super::super::measured::{Heap, Measurement, quartiles, size_name};
use super::{KEY, from_zero, log_axis};
use book::chart::{At, Axis, BLUE, Chart, GREY, INK, Margin, RED, RGBColor, Stroke, figure};

const COLORS: [(Heap, RGBColor); 2] = [(Heap::System, BLUE), (Heap::Copying, RED)];

/// Time, and where it can be told memory, for each size.
pub fn all(measurements: &[Measurement]) -> Vec<String> {
    let mut sizes: Vec<usize> = measurements.iter().map(|measurement| measurement.bytes).collect();
    sizes.dedup();
    let of_size =
        |bytes| measurements.iter().filter(|m| m.bytes == bytes && m.rule.is_some()).collect::<Vec<_>>();
    let pictures = sizes.iter().flat_map(|&bytes| {
        let measurements = of_size(bytes);
        let is_known = measurements.iter().all(|measurement| measurement.peak.is_some());
        let memory = is_known.then(|| memory(bytes, &measurements));
        [Some(times(bytes, &measurements)), memory]
    });
    pictures.flatten().collect()
}

/// How much longer a build takes than one whose room was there.
fn times(bytes: usize, measurements: &[&Measurement]) -> String {
    let copying: Vec<_> = measurements.iter().filter(|m| m.heap == Heap::Copying).collect();
    let price = price_of_a_copy(&copying);
    let value = |measurement: &Measurement| quartiles(&measurement.ratios);
    let size = size_name(bytes);
    let caption = format!(
        "{size}, to the build with exact room from the beginning: medians, and bars from quartile to quartile. Where the system extends \
         blocks or moves their pages (blue) the factor hardly matters; where they are copied (red) it does. The black marks are what \
         copies alone would cost, 1 + {price:.2} for each that is charged per row, fitted to all rules: a dot that is far from its mark pays \
         for something else, mostly for memory that the system hands out anew."
    );
    let label = format!("Build times at {size} for each rule under two allocators.");
    let mark = |measurement: &Measurement| {
        (measurement.heap == Heap::Copying).then_some(1.0 + price * measurement.charged)
    };
    panel(&label, &caption, "time, exact room = 1", measurements, value, mark)
}

/// What a copy of each row adds to the time, by least squares.
fn price_of_a_copy(measurements: &[&&Measurement]) -> f64 {
    let (mut products, mut squares) = (0.0, 0.0);
    for measurement in measurements {
        let [_, ratio, _] = quartiles(&measurement.ratios);
        products += measurement.charged * (ratio - 1.0);
        squares += measurement.charged * measurement.charged;
    }
    if squares > 0.0 { products / squares } else { 0.0 }
}

/// The most resident memory, in sizes of the finished array.
fn memory(bytes: usize, measurements: &[&Measurement]) -> String {
    let value = |measurement: &Measurement| [measurement.peak.unwrap_or(0.0) / bytes as f64; 3];
    let size = size_name(bytes);
    let caption = format!(
        "{size}: memory that was really used at the most, to the elements themselves. Room that no row has touched yet is no memory \
         to the system, so that spare capacity costs little; two blocks at once (red) cost what they hold."
    );
    let label = format!("Peak of resident memory at {size} for each rule under two allocators.");
    panel(&label, &caption, "peak of resident memory, elements = 1", measurements, value, |_| None)
}

/// Dots with bars for each rule, the system's allocator above the copying one, and a mark where there is one.
fn panel(
    label: &str,
    caption: &str,
    name: &str,
    measurements: &[&Measurement],
    value: impl Fn(&Measurement) -> [f64; 3],
    mark: impl Fn(&Measurement) -> Option<f64>,
) -> String {
    let shown = |measurement: &&Measurement| value(measurement)[2].max(mark(measurement).unwrap_or(0.0));
    let most = measurements.iter().map(shown).fold(1.0, f64::max);
    let rules: Vec<&str> = measurements
        .iter()
        .filter(|measurement| measurement.heap == Heap::System)
        .filter_map(|measurement| Some(measurement.rule.as_ref()?.name.as_str()))
        .collect();
    figure(label, caption, 110 + 40 * rules.len() as i32, |area| {
        let end = rules.len() as f64;
        // Ratios that are far apart are told apart by their logarithms.
        let x = if most > 8.0 { log_axis(name, (0.8, most)) } else { from_zero(name, most) };
        let y_ticks = (0_u32..).zip(&rules).map(|(line, name)| (f64::from(line), *name));
        let y = Axis::linear("", end - 0.4..-0.6, 1.0).with_ticks(y_ticks);
        let corner = (x.end(), y.end());
        let chart = Chart::new(area, x, y, Margin { right: KEY, left: 150, ..Margin::default() });
        chart.line([(1.0, end - 0.4), (1.0, -0.6)], Stroke::of(GREY));
        for (heap, color, shift) in [(COLORS[0].0, BLUE, -0.18), (COLORS[1].0, RED, 0.18)] {
            let of_heap = measurements.iter().filter(|measurement| measurement.heap == heap);
            for (line, measurement) in (0_u32..).zip(of_heap) {
                let line = f64::from(line) + shift;
                let [lower, median, upper] = value(measurement);
                chart.line([(lower, line), (upper, line)], Stroke::of(color));
                chart.dot((median, line), 9, color);
                if let Some(mark) = mark(measurement) {
                    chart.line([(mark, line - 0.14), (mark, line + 0.14)], Stroke::of(INK));
                }
            }
        }
        for (index, (heap, color)) in (0..).zip(COLORS) {
            chart.text(corner, (12, 8 + 20 * index), format!("{} allocator", heap.name()), color, At::Start);
        }
    })
}
