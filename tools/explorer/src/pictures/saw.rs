//! An array that is filled by pushes: its copies and its capacity at every number of rows up to
//! 10^18.

use super::numbers::float;
use growable_nd::amortized::{Model, Op};
use std::cell::RefCell;
use std::rc::Rc;

/// The growths of an array that is filled by pushes.
///
/// A policy without a factor may grow 10^18 times. Growths are computed one by one as long as a
/// picture can show them apart. Beyond [`Saw::exact_to`] the copies are an integral: there the
/// terms of the sum are many and similar, and the error is less than a thousandth.
#[derive(Clone, Debug)]
pub struct Saw {
    /// Exact, one for each growth.
    pub teeth: Vec<Tooth>,
    /// Estimated, at some capacities beyond.
    pub estimated: Vec<Estimate>,
    /// The largest number of rows for which everything is exact.
    pub exact_to: u64,
    /// The largest number of rows at all.
    pub end: u64,
}

/// The state from one growth to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tooth {
    /// The number of rows at its beginning: the number that did not fit before.
    pub from: u64,
    /// The capacity: the number of rows at its end.
    pub capacity: u64,
    /// Rows copied so far.
    pub charged: u128,
}

/// The copies of a full array.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub rows: f64,
    pub charged: f64,
    /// The capacity after the next push.
    pub capacity: f64,
}

impl Saw {
    /// Maximum number of growths that are computed one by one.
    const MOST: usize = 4096;
    /// Number of growths after which a small step ends the exact part.
    const SOME: usize = 512;
    /// A step is small if it is less than the capacity divided by this.
    const SMALL: u64 = 2000;
    /// Maximum number of rows.
    pub const MOST_ROWS: u64 = 1_000_000_000_000_000_000;

    /// [`Saw::new`] for an array that is drawn again and again.
    pub fn of(empty: &Model, end: u64) -> Rc<Saw> {
        /// Two arrays, each with two ends: that of the axis, and that up to which a policy is
        /// measured.
        const MOST: usize = 4;
        thread_local! {
            static LAST: RefCell<Vec<(Model, u64, Rc<Saw>)>> = const { RefCell::new(Vec::new()) };
        }
        LAST.with_borrow_mut(|last| {
            if let Some((.., saw)) = last.iter().find(|(model, to, _)| model == empty && *to == end) {
                return Rc::clone(saw);
            }
            let saw = Rc::new(Saw::new(*empty, end));
            last.truncate(MOST - 1);
            last.insert(0, (*empty, end, Rc::clone(&saw)));
            saw
        })
    }

    /// Fills `empty` until there are `end` rows.
    pub fn new(empty: Model, end: u64) -> Saw {
        let end = end.clamp(10, Saw::MOST_ROWS);
        let mut model = empty;
        let mut saw = Saw { teeth: Vec::new(), estimated: Vec::new(), exact_to: 0, end };
        let mut charged = 0;
        while model.capacity() < end || model.rows() == 0 {
            let Some(tooth) = next_tooth(&mut model, &mut charged) else { return saw };
            saw.exact_to = tooth.capacity;
            saw.teeth.push(tooth);
            let is_small = tooth.capacity - tooth.from < tooth.from / Saw::SMALL;
            if saw.teeth.len() >= Saw::MOST || (is_small && saw.teeth.len() >= Saw::SOME) {
                saw.estimate(model, charged);
                break;
            }
        }
        saw.exact_to = saw.exact_to.min(end);
        saw
    }

    /// The sum of the capacities of all growths from the present capacity on, as an integral over
    /// its logarithm.
    fn estimate(&mut self, model: Model, charged: u128) {
        const PER_DECADE: f64 = 24.0;
        let step_at = |capacity: f64| {
            let full = capacity as u64;
            Some(float(next_capacity(model, full)?.saturating_sub(full).max(1)))
        };
        let (mut rows, mut charged) = (float(model.capacity()), float(charged));
        let end = float(self.end);
        let density = |capacity: f64, step: f64| (capacity / step - 0.5) * capacity;
        while let Some(step) = step_at(rows) {
            self.estimated.push(Estimate { rows, charged, capacity: rows + step });
            if rows >= end {
                return;
            }
            let next = (rows * 10_f64.powf(1.0 / PER_DECADE)).min(end);
            let Some(step_after) = step_at(next) else { return };
            let middle = (rows * next).sqrt();
            let Some(step_between) = step_at(middle) else { return };
            // Simpson's rule.
            let sum = density(rows, step) + 4.0 * density(middle, step_between) + density(next, step_after);
            charged += sum / 6.0 * (next / rows).ln();
            rows = next;
        }
    }

    /// Copies per push at all numbers of rows, from left to right.
    pub fn copies_per_push(&self) -> Vec<(f64, f64)> {
        self.per_row(|tooth| float(tooth.charged), |estimate| estimate.charged)
    }

    /// Capacity per row at all numbers of rows, from left to right.
    pub fn slots_per_row(&self) -> Vec<(f64, f64)> {
        self.per_row(|tooth| float(tooth.capacity), |estimate| estimate.capacity.max(estimate.rows))
    }

    /// A number divided by the rows, in pieces that look like curves.
    fn per_row(&self, exact: impl Fn(&Tooth) -> f64, estimate: impl Fn(&Estimate) -> f64) -> Vec<(f64, f64)> {
        let end = float(self.end);
        let mut points = Vec::new();
        for tooth in &self.teeth {
            let (from, to) = (float(tooth.from), float(tooth.capacity).min(end));
            let pieces = ((to / from).ln() * 8.0).ceil().clamp(1.0, 64.0) as u32;
            for piece in 0..=pieces {
                let rows = from * (to / from).powf(f64::from(piece) / f64::from(pieces));
                points.push((rows, exact(tooth) / rows));
            }
        }
        points.extend(self.estimated.iter().map(|at| (at.rows, estimate(at) / at.rows)));
        points
    }
}

fn next_tooth(model: &mut Model, charged: &mut u128) -> Option<Tooth> {
    let free = model.capacity() - model.rows();
    if free > 0 {
        model.apply(Op::Extend(free)).ok()?;
    }
    let resize = model.apply(Op::Push).ok()?.resize?;
    *charged += u128::from(resize.rows);
    Some(Tooth { from: resize.rows + 1, capacity: resize.to, charged: *charged })
}

/// The capacity after an array with a capacity of `full` rows is full and grows by one push.
fn next_capacity(model: Model, full: u64) -> Option<u64> {
    let mut model = model;
    // Reserving exactly sets the capacity independently of the policy.
    model.apply(Op::Truncate(0)).ok()?;
    if full > model.capacity() {
        model.apply(Op::ReserveExact(full)).ok()?;
    }
    let free = full.checked_sub(model.rows())?;
    model.apply(Op::Extend(free)).ok()?;
    model.apply(Op::Push).ok()?;
    Some(model.capacity())
}
