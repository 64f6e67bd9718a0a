//! The rules of growth that take part, and how they are told apart in the pictures.

use book::chart::{BLUE, GREEN, INK, PINK, RED, RGBColor, Stroke};
use growable_nd::amortized::Model;
use growable_nd::{Growth, zoo};

/// For the default: factors from small to large, a step, and rules of the zoo with a factor of their own, with a
/// factor that falls, and with none in the end.
pub const REPRESENTATIVE: [&str; 9] =
    ["9/8", "5/4", "3/2", "2", "4", "+65536", "cpython-list", "go-slice", "redis-sds"];

// The rest of the palette of Okabe and Ito, too pale for text.
const ORANGE: RGBColor = RGBColor(230, 159, 0);
const SKY: RGBColor = RGBColor(86, 180, 233);
const COLORS: [RGBColor; 7] = [GREEN, BLUE, RED, PINK, ORANGE, SKY, INK];

/// A rule, by the name that it was given on the command line.
#[derive(Clone)]
pub struct Rule {
    pub name: String,
    pub growth: Growth,
    /// Bytes in one row.
    pub row_bytes: u64,
    pub color: RGBColor,
    /// More rules than colours: from the eighth on lines are dashed.
    pub is_dashed: bool,
}

impl Rule {
    pub fn model(&self) -> Model {
        Model::new(self.growth).with_row_bytes(self.row_bytes)
    }

    pub fn stroke(&self) -> Stroke {
        if self.is_dashed { Stroke::of(self.color).dashed() } else { Stroke::of(self.color) }
    }
}

/// The rules of these names, for rows of so many bytes.
pub fn all(names: &[String], row_bytes: usize) -> Result<Vec<Rule>, String> {
    let rules = names.iter().enumerate().map(|(index, name)| {
        Ok(Rule {
            name: name.clone(),
            growth: zoo::parse(name).map_err(|error| error.to_string())?,
            row_bytes: row_bytes as u64,
            color: COLORS[index % COLORS.len()],
            is_dashed: index / COLORS.len() % 2 == 1,
        })
    });
    rules.collect()
}
