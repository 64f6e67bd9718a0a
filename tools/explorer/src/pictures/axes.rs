//! Charts: two axes with ticks, and lines over them.

use super::numbers::{power_of_ten, tick};
use crate::color::Color;
use crate::svg::{Area, At, LINE, Px, Stroke, Svg, text_width};
use std::fmt::Write;

/// The values of an axis, from its start to its end.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    start: f64,
    end: f64,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Linear,
    /// A linear scale without ticks.
    Plain,
    /// A linear scale of integers: no ticks between them.
    Whole,
    Log,
    /// Logarithmic in the value plus 1, so that it can begin at 0.
    LogFromZero,
}

impl Scale {
    /// A scale of integers from zero to a round number.
    pub fn whole(end: f64) -> Scale {
        Scale { start: 0.0, end: round_up(end.max(1.0)), kind: Kind::Whole }
    }

    /// A scale of integers from zero to a little above a number.
    pub fn upward(end: f64) -> Scale {
        Scale { start: 0.0, end: end.max(1.0) * 1.04, kind: Kind::Whole }
    }

    /// A linear scale of integers.
    pub fn counting(start: f64, end: f64) -> Scale {
        Scale { start, end: end.max(start + 1.0), kind: Kind::Whole }
    }

    pub fn plain(start: f64, end: f64) -> Scale {
        Scale { start, end, kind: Kind::Plain }
    }

    pub fn linear(start: f64, end: f64) -> Scale {
        Scale { start, end, kind: Kind::Linear }
    }

    /// A logarithmic scale. Both ends are positive.
    pub fn log(start: f64, end: f64) -> Scale {
        Scale { start, end: end.max(start * 10.0), kind: Kind::Log }
    }

    pub fn log_from_zero(end: f64) -> Scale {
        Scale { start: 0.0, end, kind: Kind::LogFromZero }
    }

    pub fn end(&self) -> f64 {
        self.end
    }

    /// The place of a value: 0 at the start and 1 at the end. A value beyond an end is placed at
    /// that end.
    pub fn part(&self, value: f64) -> f64 {
        let scaled = |value: f64| match self.kind {
            Kind::Linear | Kind::Plain | Kind::Whole => value,
            Kind::Log => value.max(f64::MIN_POSITIVE).ln(),
            Kind::LogFromZero => value.max(0.0).ln_1p(),
        };
        let (start, end) = (scaled(self.start), scaled(self.end));
        let part = (scaled(value) - start) / (end - start);
        if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Values with their texts, at least `apart` pixels from each other on an axis of `pixels`.
    pub fn ticks(&self, pixels: f64, apart: f64) -> Vec<(f64, String)> {
        let most = (pixels / apart).floor().max(1.0);
        match self.kind {
            Kind::Plain => Vec::new(),
            Kind::Linear | Kind::Whole => {
                let mut step = round_up((self.end - self.start) / most);
                if self.kind == Kind::Whole {
                    step = step.max(1.0);
                }
                let (first, last) = ((self.start / step).ceil(), (self.end / step + 1e-9).floor());
                // Beyond 2^53 the next integer may be the same number.
                let count = (last - first).clamp(0.0, most.max(2.0));
                (0..=count as u32)
                    .map(|index| (first + f64::from(index)) * step)
                    .map(|value| (value, tick(value)))
                    .collect()
            }
            Kind::Log => self.powers_of_ten(most),
            Kind::LogFromZero => {
                let values = [0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0];
                let values = values.into_iter().filter(|&value| value <= self.end);
                values.map(|value| (value, tick(value))).collect()
            }
        }
    }

    fn powers_of_ten(&self, most: f64) -> Vec<(f64, String)> {
        let first = (self.start.log10() - 1e-9).ceil() as i32;
        let last = (self.end.log10() + 1e-9).floor() as i32;
        let step =
            [1_u8, 2, 3, 6, 9].into_iter().find(|step| f64::from(last - first) / f64::from(*step) < most);
        let powers = (first..=last).step_by(usize::from(step.unwrap_or(18)));
        let powers = powers.map(|exponent| (10_f64.powi(exponent), power_of_ten(exponent)));
        if last - first > 1 {
            return powers.collect();
        }
        // With two powers of ten or fewer, add 2 and 5 times each.
        let values = (first - 1..=last)
            .flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(exponent)));
        let inside = values.filter(|&value| value >= self.start * 0.999 && value <= self.end * 1.001);
        inside.map(|value| (value, tick(value))).collect()
    }
}

/// The next number of the series 1, 2, 5, 10, 20 and so on.
pub fn round_up(value: f64) -> f64 {
    if !value.is_finite() || value <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| digit * power >= value * (1.0 - 1e-12));
    digit.map_or(10.0 * power, |digit| digit * power)
}

/// The area between two axes.
#[derive(Clone, Copy, Debug)]
pub struct Plot {
    x: Scale,
    y: Scale,
    area: Area,
}

impl Plot {
    /// Draws axes with their names below the drawing so far. The name of the vertical axis is above
    /// it, so that it is horizontal.
    pub fn new(svg: &mut Svg, (x, x_name): (Scale, &str), (y, y_name): (Scale, &str), height: f64) -> Plot {
        const TICK: f64 = 4.0;
        let y_ticks = y.ticks(height, 34.0);
        let widest = y_ticks.iter().map(|(_, text)| text_width(text)).fold(0.0, f64::max);
        svg.text((Svg::EDGE, svg.bottom + LINE / 2.0), At::Start, Color::Ink, y_name);
        let left = Svg::EDGE + widest + TICK + 3.0;
        let area = Area {
            x: left,
            y: svg.bottom + LINE + 8.0,
            width: (svg.width() - left - 20.0).max(50.0),
            height,
        };
        let plot = Plot { x, y, area };
        let (right, bottom) = (area.x + area.width, area.y + area.height);
        let mut last = f64::INFINITY;
        for (value, text) in &y_ticks {
            let height = plot.at(0.0, *value).1;
            svg.line(&[(left, height), (right, height)], Stroke::of(Color::Grid).thin());
            // Ticks of a logarithmic scale may be too close.
            if last - height >= LINE - 3.0 {
                svg.text((left - TICK - 3.0, height), At::End, Color::Ink, text);
                last = height;
            }
        }
        let x_ticks = x.ticks(area.width, 58.0);
        let mut free_from = 0.0;
        for (value, text) in &x_ticks {
            let place = plot.at(*value, 0.0).0;
            svg.line(&[(place, area.y), (place, bottom + TICK)], Stroke::of(Color::Grid).thin());
            let half = text_width(text) / 2.0;
            if place - half > free_from && place + half < svg.width() {
                svg.text((place, bottom + TICK + LINE / 2.0), At::Middle, Color::Ink, text);
                free_from = place + half + 6.0;
            }
        }
        svg.line(&[(left, area.y), (left, bottom), (right, bottom)], Stroke::of(Color::Grey).thin());
        let names = bottom + TICK + if x_ticks.is_empty() { 0.0 } else { LINE - 2.0 };
        svg.bottom = names;
        for line in crate::svg::wrapped(x_name, right - Svg::EDGE) {
            svg.text((right, svg.bottom + LINE / 2.0), At::End, Color::Ink, &line);
            svg.bottom += LINE;
        }
        plot
    }

    pub fn area(&self) -> Area {
        self.area
    }

    pub fn y(&self) -> &Scale {
        &self.y
    }

    /// The place of two values in pixels.
    pub fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let Area { x: left, y: top, width, height } = self.area;
        (left + width * self.x.part(x), top + height * (1.0 - self.y.part(y)))
    }

    /// Draws a line through points that go from left to right.
    pub fn line(&self, svg: &mut Svg, points: impl IntoIterator<Item = (f64, f64)>, stroke: Stroke) {
        let path = self.path_through(points);
        if !path.is_empty() {
            svg.path(&path, stroke);
        }
    }

    /// Draws a line at a value of the vertical axis, if it is within the chart.
    pub fn level(&self, svg: &mut Svg, y: f64, stroke: Stroke) {
        if y <= self.y.end {
            let height = self.at(self.x.start, y).1;
            svg.line(&[(self.area.x, height), (self.area.x + self.area.width, height)], stroke);
        }
    }

    /// The path through points. Of the points in a column of pixels it keeps the first, highest,
    /// lowest and last.
    pub fn path_through(&self, points: impl IntoIterator<Item = (f64, f64)>) -> String {
        let mut path = String::new();
        let mut column: Option<Column> = None;
        for (x, y) in points {
            let (x, y) = self.at(x, y);
            match &mut column {
                Some(column) if column.number == x.floor() => column.add(x, y),
                _ => {
                    if let Some(column) = column.take() {
                        column.write(&mut path);
                    }
                    column = Some(Column::new(x, y));
                }
            }
        }
        if let Some(column) = column {
            column.write(&mut path);
        }
        path
    }
}

/// The points of a line in one column of pixels.
struct Column {
    number: f64,
    first: (f64, f64),
    last: (f64, f64),
    highest: f64,
    lowest: f64,
}

impl Column {
    fn new(x: f64, y: f64) -> Column {
        Column { number: x.floor(), first: (x, y), last: (x, y), highest: y, lowest: y }
    }

    fn add(&mut self, x: f64, y: f64) {
        self.last = (x, y);
        self.highest = self.highest.min(y);
        self.lowest = self.lowest.max(y);
    }

    fn write(self, path: &mut String) {
        let Column { first, last, highest, lowest, .. } = self;
        let mut add = |(x, y): (f64, f64)| {
            let command = if path.is_empty() { 'M' } else { 'L' };
            write!(path, "{command}{},{}", Px(x), Px(y)).expect("a string takes every text");
        };
        add(first);
        if highest < first.1.min(last.1) {
            add((first.0, highest));
        }
        if lowest > first.1.max(last.1) {
            add((last.0, lowest));
        }
        if last != first {
            add(last);
        }
    }
}
