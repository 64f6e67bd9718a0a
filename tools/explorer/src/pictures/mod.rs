//! The pictures.

use crate::array::Array;

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
    /// In pixels: texts keep their size.
    pub width: u32,
    /// Of the rows that the last growth copies, those that are drawn as copied already. `None` after the operation.
    pub copied: Option<u64>,
    /// The end of axes over the number of rows.
    pub rows: u64,
    /// With the colours in it, for a file; otherwise they are those of the page.
    pub standalone: Option<Theme>,
}

/// The colours of a picture that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Picture {
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

    /// Draws it for one or two arrays, as SVG.
    pub fn draw(self, arrays: &[&Array], style: &Style) -> String {
        let _ = (arrays, style);
        String::new()
    }
}
