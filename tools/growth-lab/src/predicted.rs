//! What the simulator says of a rule.

use super::rules::Rule;
use growable_nd::amortized::{Allocator, Event, Model, Op, Totals, simulate_with};
use std::cell::Cell;

/// A rule that grows more often is not followed further: one with a factor never does, however many rows there are.
const MOST_GROWTHS: u64 = 200_000;

/// One growth while rows are pushed.
#[derive(Clone, Copy)]
pub struct Step {
    /// Rows behind it, the one included that it was for.
    pub rows: f64,
    pub from: f64,
    pub to: f64,
    /// Rows charged as copied so far.
    pub charged: f64,
}

/// What pushing rows costs with one rule.
pub struct Prediction {
    pub rule: Rule,
    /// All growths, in their order.
    pub steps: Vec<Step>,
    /// The rows and the size of a first-fit heap after each growth.
    pub heap: Vec<(f64, f64)>,
    /// As many rows as it was followed to.
    pub rows: f64,
    pub totals: Totals,
    pub worst: PerRow,
    pub mean: PerRow,
}

/// For each row, at worst or on average, over the last two decades of rows: whole cycles of growth, when the first
/// blocks no longer matter.
#[derive(Clone, Copy, Default)]
pub struct PerRow {
    pub copies: f64,
    pub capacity: f64,
    /// The last old and new block together.
    pub peak: f64,
    pub heap: f64,
}

impl Prediction {
    pub fn of(rule: &Rule, rows: u64) -> Result<Prediction, String> {
        let fault = |error| format!("{}: {error}", rule.name);
        let mut steps = Vec::new();
        let totals = push(rule.model(), Allocator::AlwaysMoves, rows, |event| {
            steps.push(Step {
                rows: event.resize.rows as f64 + 1.0,
                from: event.resize.from as f64,
                to: event.resize.to as f64,
                charged: event.charged as f64,
            });
        });
        let totals = totals.map_err(fault)?;
        let mut heap = Vec::new();
        push(rule.model(), Allocator::FirstFit, totals.rows, |event| {
            heap.push((event.resize.rows as f64 + 1.0, event.footprint as f64));
        })
        .map_err(fault)?;
        let rows = totals.rows as f64;
        let (worst, mean) = per_row(&steps, &heap, rows);
        Ok(Prediction { rule: rule.clone(), steps, heap, rows, totals, worst, mean })
    }

    /// The growths of the first so many rows.
    pub fn first(&self, rows: f64) -> impl Iterator<Item = &Step> {
        self.steps.iter().take_while(move |step| step.rows <= rows)
    }

    /// The growths, without those that no eye could tell apart on a logarithmic scale.
    pub fn visible(&self) -> impl Iterator<Item = &Step> {
        apart(self.steps.iter(), 1.01, |step| step.rows)
    }
}

/// Of items whose places rise, those that are so many times farther than the one before.
pub fn apart<T>(
    items: impl Iterator<Item = T>,
    times: f64,
    place: impl Fn(&T) -> f64,
) -> impl Iterator<Item = T> {
    let mut last = 0.0;
    items.filter(move |item| {
        let is_apart = place(item) > times * last;
        last = if is_apart { place(item) } else { last };
        is_apart
    })
}

/// Pushes rows, up to this number or until there were too many growths.
fn push(
    model: Model,
    allocator: Allocator,
    rows: u64,
    mut on_event: impl FnMut(Event),
) -> Result<Totals, growable_nd::amortized::OpError> {
    let (growths, mut done) = (Cell::new(0), 0);
    // A few at a time, since only between two of these it can end.
    let steps = std::iter::from_fn(|| {
        let next = (done / 8).max(1000).min(rows - done);
        done += next;
        (next > 0 && growths.get() < MOST_GROWTHS).then_some((Op::Push, next))
    });
    simulate_with(model, allocator, steps, |event| {
        growths.set(growths.get() + 1);
        on_event(event);
    })
}

fn per_row(steps: &[Step], heap: &[(f64, f64)], rows: f64) -> (PerRow, PerRow) {
    let (mut worst, mut mean, mut weights) = (PerRow::default(), PerRow::default(), 0.0);
    for (index, step) in steps.iter().enumerate() {
        let end = steps.get(index + 1).map_or(rows + 1.0, |next| next.rows);
        let (_, footprint) = heap[index];
        if end < rows / 100.0 {
            continue;
        }
        let start = step.rows.max(rows / 100.0);
        let most = PerRow {
            copies: step.charged / start,
            capacity: step.to / start,
            peak: (step.from + step.to) / start,
            heap: footprint / start,
        };
        // The logarithm of the length is taken for uniform: the integral of dn/n² from `start` to `end`.
        let weight = 1.0 / start - 1.0 / end;
        weights += (end / start).ln();
        for (worst, mean, most) in [
            (&mut worst.copies, &mut mean.copies, most.copies),
            (&mut worst.capacity, &mut mean.capacity, most.capacity),
            (&mut worst.peak, &mut mean.peak, most.peak),
            (&mut worst.heap, &mut mean.heap, most.heap),
        ] {
            *worst = worst.max(most);
            *mean += most * start * weight;
        }
    }
    for value in [&mut mean.copies, &mut mean.capacity, &mut mean.peak, &mut mean.heap] {
        *value /= weights;
    }
    (worst, mean)
}
