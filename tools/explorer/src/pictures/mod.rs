//! The pictures.
//!
//! Each picture is a file with two functions: one draws the picture, one writes its numbers as
//! comma-separated values. `axes` has charts, `saw` an array that is filled to 10^18 rows, `places`
//! the time and memory of policies and structures, and `numbers` has texts.

mod axes;
mod bank;
mod boxes;
mod copies;
mod costs;
mod heap;
mod numbers;
mod places;
mod plane;
mod potential;
mod saw;
mod slots;
mod staircase;
#[cfg(test)]
mod tests;

use crate::array::Array;
use crate::color::Color;
pub use crate::color::Theme;
use crate::svg::Svg;

/// A picture of the explorer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The block as boxes: written, copied and free slots, the old block beside the new one.
    Boxes,
    /// The cost of each operation as a bar, with the price.
    Costs,
    /// The bank balance, as coins and as a number.
    Bank,
    /// The potential as the level of a tank.
    Potential,
    /// Rows and capacity over the operations.
    Staircase,
    /// Copies per push over the number of rows, which has a logarithmic axis.
    Copies,
    /// Slots per row over the number of rows.
    Slots,
    /// The heap with its holes.
    Heap,
    /// Time against memory, with the hyperbola.
    Plane,
}

/// How a picture is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Width in pixels. Texts have the same size at every width.
    pub width: u32,
    /// How many of the rows that the last growth copies are drawn as already copied. `None` for
    /// all, after the operation.
    pub copied: Option<u64>,
    /// The end of axes over the number of rows.
    pub rows: u64,
    /// The theme whose colours are in the picture, for a file; `None` for the colours of the page.
    pub standalone: Option<Theme>,
}

impl Picture {
    /// All pictures, in the order of a page.
    pub const ALL: [Picture; 9] = [
        Picture::Boxes,
        Picture::Costs,
        Picture::Bank,
        Picture::Potential,
        Picture::Staircase,
        Picture::Copies,
        Picture::Slots,
        Picture::Heap,
        Picture::Plane,
    ];

    /// Its name in links: `boxes`, `costs`, …
    pub fn name(self) -> &'static str {
        match self {
            Picture::Boxes => "boxes",
            Picture::Costs => "costs",
            Picture::Bank => "bank",
            Picture::Potential => "potential",
            Picture::Staircase => "staircase",
            Picture::Copies => "copies",
            Picture::Slots => "slots",
            Picture::Heap => "heap",
            Picture::Plane => "plane",
        }
    }

    /// The picture with this name.
    pub fn from_name(name: &str) -> Option<Picture> {
        Picture::ALL.into_iter().find(|picture| picture.name() == name)
    }

    /// Its name in words.
    pub fn title(self) -> &'static str {
        match self {
            Picture::Boxes => "The block",
            Picture::Costs => "Cost of each operation",
            Picture::Bank => "Bank balance",
            Picture::Potential => "Potential",
            Picture::Staircase => "Rows and capacity",
            Picture::Copies => "Copies per push",
            Picture::Slots => "Slots per row",
            Picture::Heap => "The heap",
            Picture::Plane => "Time against memory",
        }
    }

    /// Whether two arrays are in one chart. In other pictures one is above the other.
    pub fn compares(self) -> bool {
        matches!(self, Picture::Staircase | Picture::Copies | Picture::Slots | Picture::Plane)
    }

    /// Draws it for one or two arrays, as SVG.
    pub fn draw(self, arrays: &[&Array], style: &Style) -> String {
        self.draw_beside(arrays, arrays, style)
    }

    /// Draws it for one or two arrays on scales for all arrays of the page, so that pictures beside
    /// each other can be compared.
    pub fn draw_beside(self, arrays: &[&Array], all: &[&Array], style: &Style) -> String {
        let mut svg = Svg::new(style.width, style.standalone);
        if style.standalone.is_some() {
            svg.heading(Color::Ink, self.title());
        }
        let description = if arrays.is_empty() {
            svg.paragraph(Color::Grey, "There is no array.");
            "There is no array.".to_owned()
        } else if self.compares() {
            self.draw_together(&mut svg, arrays, style)
        } else {
            self.draw_one_by_one(&mut svg, arrays, all, style)
        };
        svg.finish(self.title(), &description)
    }

    fn draw_together(self, svg: &mut Svg, arrays: &[&Array], style: &Style) -> String {
        match self {
            Picture::Staircase => staircase::draw(svg, arrays),
            Picture::Copies => copies::draw(svg, arrays, style),
            Picture::Slots => slots::draw(svg, arrays, style),
            _ => plane::draw(svg, arrays, style),
        }
    }

    fn draw_one_by_one(self, svg: &mut Svg, arrays: &[&Array], all: &[&Array], style: &Style) -> String {
        let mut descriptions = Vec::new();
        for (index, array) in arrays.iter().enumerate() {
            let policy = array.growth().to_string();
            if arrays.len() > 1 || style.standalone.is_some() {
                if index > 0 {
                    svg.bottom += 12.0;
                }
                svg.heading(Color::Ink, &policy);
            }
            let description = match self {
                Picture::Boxes => boxes::draw(svg, array, shared(array, all, boxes::largest), style),
                Picture::Costs => {
                    let highest = shared(array, all, |array| costs::highest(svg, array));
                    costs::draw(svg, array, highest)
                }
                Picture::Bank => bank::draw(svg, array),
                Picture::Potential => potential::draw(svg, array),
                _ => heap::draw(svg, array, shared(array, all, heap::end)),
            };
            descriptions.push(format!("Policy {policy}: {description}"));
        }
        descriptions.join(" ")
    }

    /// Its numbers as comma-separated values under a header.
    pub fn csv(self, arrays: &[&Array], style: &Style) -> String {
        match self {
            Picture::Boxes => boxes::csv(arrays, style),
            Picture::Costs => costs::csv(arrays),
            Picture::Bank => bank::csv(arrays),
            Picture::Potential => potential::csv(arrays),
            Picture::Staircase => staircase::csv(arrays),
            Picture::Copies => copies::csv(arrays, style),
            Picture::Slots => slots::csv(arrays, style),
            Picture::Heap => heap::csv(arrays),
            Picture::Plane => plane::csv(arrays, style),
        }
    }
}

/// The end of a scale for all arrays, or for this array alone if it would be too small to see.
fn shared(array: &Array, all: &[&Array], end: impl Fn(&Array) -> f64) -> f64 {
    const MOST: f64 = 16.0;
    let own = end(array);
    let highest = all.iter().map(|array| end(array)).fold(own, f64::max);
    if highest <= MOST * own { highest } else { own }
}

/// The colour of the first or the second array in a chart with both.
fn color_of(index: usize) -> Color {
    if index == 0 { Color::Blue } else { Color::Red }
}
