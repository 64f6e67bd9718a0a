//! The charts of all figures: two axes, and lines, areas, dots and texts in the same few colours.

use super::svg::{self, TEXT};
use explorer::power_of_ten;
use plotters::coord::Shift;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::prelude::*;
pub use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::ops::Range;

/// Drawings are in tenths of a pixel, since plotters rounds to whole numbers.
pub const PIXEL: i32 = 10;
/// The width of all figures, in pixels: small, so that the texts are legible on a page of 360
/// pixels.
const WIDTH: i32 = 480;

// The light values of `explorer::color`, by which `svg` finds the variable of each.
pub const BLUE: RGBColor = RGBColor(0, 114, 178);
pub const RED: RGBColor = RGBColor(194, 80, 0);
pub const GREEN: RGBColor = RGBColor(0, 128, 93);
pub const PINK: RGBColor = RGBColor(174, 84, 134);
pub const INK: RGBColor = RGBColor(34, 34, 34);
pub const GREY: RGBColor = RGBColor(112, 112, 112);
/// For areas that are empty on purpose.
pub const PALE: RGBColor = RGBColor(240, 240, 240);
const GRID: RGBColor = RGBColor(228, 228, 228);

pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Plane = Cartesian2d<Axis, Axis>;

/// Why drawing never fails.
const INFALLIBLE: &str = "drawing into a string cannot fail";

/// A figure of `height` pixels; `draw` draws it. See [`svg::figure`] for the texts.
pub fn figure(label: &str, caption: &str, height: i32, draw: impl FnOnce(&Area<'_>)) -> String {
    let mut drawing = String::new();
    {
        let size = ((WIDTH * PIXEL) as u32, (height * PIXEL) as u32);
        let area = SVGBackend::with_string(&mut drawing, size).into_drawing_area();
        draw(&area);
        area.present().expect(INFALLIBLE);
    }
    svg::figure(&drawing, PIXEL, label, caption)
}

/// An axis with its name and its ticks.
#[derive(Clone, Debug)]
pub struct Axis {
    name: String,
    range: Range<f64>,
    is_log: bool,
    ticks: Vec<(f64, String)>,
}

impl Axis {
    /// A linear axis with a tick at each multiple of `step`.
    pub fn linear(name: &str, range: Range<f64>, step: f64) -> Axis {
        let first = (range.start / step).ceil() as i32;
        let last = (range.end / step).floor() as i32;
        let ticks = (first..=last).map(|multiple| step * f64::from(multiple));
        let ticks = ticks.map(|value| (value, decimal(value))).collect();
        Axis { name: name.to_owned(), range, is_log: false, ticks }
    }

    /// A logarithmic axis with a tick at each power of ten, or at every third power if there are
    /// many.
    pub fn log(name: &str, range: Range<f64>) -> Axis {
        let (first, last) = (range.start.log10().ceil() as i32, range.end.log10().floor() as i32);
        let step = if last - first > 14 { 3 } else { 1 };
        let ticks = (first..=last).step_by(step);
        let ticks = ticks.map(|exponent| (10_f64.powi(exponent), power_of_ten(exponent))).collect();
        Axis { name: name.to_owned(), range, is_log: true, ticks }
    }

    /// The value at the end of the axis, at the right or at the top.
    pub fn end(&self) -> f64 {
        self.range.end
    }

    /// The same axis with other ticks.
    pub fn with_ticks<T: Into<String>>(self, ticks: impl IntoIterator<Item = (f64, T)>) -> Axis {
        Axis { ticks: ticks.into_iter().map(|(value, text)| (value, text.into())).collect(), ..self }
    }

    /// The same axis without the name and the numbers at the ticks, for a chart above another.
    pub fn without_numbers(mut self) -> Axis {
        self.name.clear();
        self.ticks.iter_mut().for_each(|(_, text)| text.clear());
        self
    }

    /// The same axis with ticks at these values.
    pub fn with_ticks_at(self, values: &[f64]) -> Axis {
        self.with_ticks(values.iter().map(|&value| (value, decimal(value))))
    }
}

/// A number without trailing zeros.
fn decimal(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, pixels: (i32, i32)) -> i32 {
        let scaled = |value: f64| if self.is_log { value.ln() } else { value };
        let (start, end) = (scaled(self.range.start), scaled(self.range.end));
        let part = (scaled(*value) - start) / (end - start);
        let place = f64::from(pixels.0) + part * f64::from(pixels.1 - pixels.0);
        // Slightly more than one half: otherwise the last digit of a logarithm decides how exact
        // halves are rounded.
        (place + 0.500_01).floor() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        // No light grid between the ticks.
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.ticks.iter().map(|(value, _)| *value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.range.clone()
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        self.ticks.iter().find(|(tick, _)| tick == value).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

/// The style of a line.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    color: RGBColor,
    /// Width in tenths of a pixel.
    width: u32,
    is_dashed: bool,
}

impl Stroke {
    pub const fn of(color: RGBColor) -> Stroke {
        Stroke { color, width: 20, is_dashed: false }
    }

    pub const fn thin(self) -> Stroke {
        Stroke { width: 10, ..self }
    }

    pub const fn dashed(self) -> Stroke {
        Stroke { is_dashed: true, ..self }
    }
}

/// Which point of a text is at the given place.
#[derive(Clone, Copy, Debug)]
pub enum At {
    Start,
    Middle,
    End,
}

/// The space around the plane of a chart in pixels, for texts.
#[derive(Clone, Copy, Debug)]
pub struct Margin {
    pub top: i32,
    pub right: i32,
    pub left: i32,
}

impl Default for Margin {
    fn default() -> Self {
        Margin { top: 12, right: 16, left: 48 }
    }
}

pub struct Chart<'a> {
    context: ChartContext<'a, SVGBackend<'a>, Plane>,
}

impl<'a> Chart<'a> {
    /// The axes, and a light grid.
    pub fn new(area: &Area<'a>, x: Axis, y: Axis, margin: Margin) -> Chart<'a> {
        let names = (x.name.clone(), y.name.clone());
        let mut context = ChartBuilder::on(area)
            .margin_top(PIXEL * margin.top)
            .margin_right(PIXEL * margin.right)
            .margin_bottom(PIXEL * 6)
            .margin_left(PIXEL * 6)
            .set_label_area_size(LabelAreaPosition::Bottom, PIXEL * if names.0.is_empty() { 8 } else { 44 })
            .set_label_area_size(LabelAreaPosition::Left, PIXEL * margin.left)
            .build_cartesian_2d(x, y)
            .expect(INFALLIBLE);
        context
            .configure_mesh()
            .bold_line_style(ShapeStyle { color: GRID.into(), filled: false, stroke_width: PIXEL as u32 })
            .axis_style(ShapeStyle { color: GREY.into(), filled: false, stroke_width: PIXEL as u32 })
            .label_style(text_style(INK))
            .axis_desc_style(text_style(INK))
            .set_all_tick_mark_size(PIXEL * 4)
            .x_desc(names.0)
            .y_desc(names.1)
            .draw()
            .expect(INFALLIBLE);
        Chart { context }
    }

    fn draw<'e, E>(&self, element: &'e E)
    where
        E: plotters::element::Drawable<SVGBackend<'a>>,
        &'e E: plotters::element::PointCollection<'e, (f64, f64)>,
    {
        self.context.plotting_area().draw(element).expect(INFALLIBLE);
    }

    /// A line through the points.
    pub fn line(&self, points: impl Into<Vec<(f64, f64)>>, stroke: Stroke) {
        let Stroke { color, width, is_dashed } = stroke;
        let style = ShapeStyle { color: color.into(), filled: false, stroke_width: width };
        let points: Vec<_> = points.into();
        if is_dashed {
            let line = plotters::element::DashedPathElement::new(points, PIXEL * 7, PIXEL * 5, style);
            self.context.plotting_area().draw(&line).expect(INFALLIBLE);
        } else {
            self.draw(&PathElement::new(points, style));
        }
    }

    /// A translucent area within the outline.
    pub fn shade(&self, outline: impl Into<Vec<(f64, f64)>>, color: RGBColor) {
        self.draw(&Polygon::new(outline, color.mix(0.2)));
    }

    /// An opaque area within the outline.
    pub fn fill(&self, outline: impl Into<Vec<(f64, f64)>>, color: RGBColor) {
        self.draw(&Polygon::new(outline, color));
    }

    /// A filled rectangle between two corners.
    pub fn bar(&self, corner: (f64, f64), opposite: (f64, f64), color: RGBColor) {
        self.draw(&Rectangle::new([corner, opposite], color.filled()));
    }

    /// A dot with a diameter in pixels.
    pub fn dot(&self, place: (f64, f64), diameter: i32, color: RGBColor) {
        self.draw(&Circle::new(place, PIXEL * diameter / 2, color.filled()));
    }

    /// A patch of colour for a key, at an offset in pixels to the right and down from a place.
    pub fn patch(&self, place: (f64, f64), offset: (i32, i32), color: RGBColor) {
        let (x, y) = (PIXEL * offset.0, PIXEL * offset.1);
        let patch = Rectangle::new([(x, y - PIXEL * 8), (x + PIXEL * 20, y + PIXEL * 8)], color.filled());
        self.draw(&(EmptyElement::at(place) + patch));
    }

    /// A text at an offset in pixels to the right and down from a place.
    pub fn text(
        &self,
        place: (f64, f64),
        offset: (i32, i32),
        text: impl Into<String>,
        color: RGBColor,
        at: At,
    ) {
        let horizontal = match at {
            At::Start => HPos::Left,
            At::Middle => HPos::Center,
            At::End => HPos::Right,
        };
        let style = text_style(color).pos(Pos::new(horizontal, VPos::Center));
        let offset = (PIXEL * offset.0, PIXEL * offset.1);
        self.draw(&(EmptyElement::at(place) + Text::new(text.into(), offset, style)));
    }
}

fn text_style(color: RGBColor) -> TextStyle<'static> {
    // `svg` writes the size; here it is for the layout only.
    TextStyle { color: color.to_backend_color(), ..TextStyle::from(("sans-serif", TEXT * PIXEL)) }
}
