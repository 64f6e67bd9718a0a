//! The settings that a link has besides the operations.

use crate::array::Array;
use crate::numbers::{self, grouped};
use crate::pictures::Picture;
use crate::policy;
use crate::quiz::Question;
use growable_nd::amortized::{Model, Ratio};
use growable_nd::{Growth, Request};

/// The smallest and the largest end of axes over rows.
const AXIS_ENDS: [u64; 2] = [1000, 1_000_000_000_000_000_000];
/// Maximum number of bytes of a row: rules of the zoo multiply it by the number of rows.
const MOST_ROW_BYTES: u64 = 1_000_000_000;
/// The text of a link that shows no picture.
const NO_PICTURE: &str = "none";

/// The settings that a link has besides the operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub first: Growth,
    pub second: Option<Growth>,
    pub row_bytes: u64,
    /// The factor whose prices are charged to a policy without a factor; `None` for a suitable one.
    pub prices: Option<Ratio>,
    pub axis_end: u64,
    /// The pictures to show; `None`, in a link an empty text, for all.
    pub show: Option<Vec<Picture>>,
    pub is_embedded: bool,
    pub quiz: Option<Question>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            first: Growth::DOUBLE,
            second: None,
            row_bytes: Request::new(0, 0).row_bytes,
            prices: None,
            axis_end: 1_000_000,
            show: None,
            is_embedded: false,
            quiz: None,
        }
    }
}

impl Settings {
    /// Whether a picture is shown.
    pub fn shows(&self, picture: Picture) -> bool {
        self.show.as_ref().is_none_or(|shown| shown.contains(&picture))
    }

    /// An array without rows.
    pub fn array(&self, growth: Growth) -> Array {
        let model = Model::new(growth).with_row_bytes(self.row_bytes);
        Array::priced_by(model, policy::priced_by(&growth, self.prices))
    }

    /// Changes the setting of a key of a link.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "a" => self.first = policy::read(value)?,
            "b" => self.second = second_policy(value)?,
            "row" => self.row_bytes = row_bytes(value)?,
            "prices" => self.prices = prices(value)?,
            "n" => self.axis_end = axis_end(value)?,
            "show" => self.show = pictures(value)?,
            "embed" => self.is_embedded = true,
            _ => self.quiz = question(value)?,
        }
        Ok(())
    }

    /// The keys and values of a link, with the operations `done`. The link is to a page that is not
    /// embedded.
    pub fn pairs(&self, done: Option<String>) -> Vec<(&'static str, String)> {
        let default = Settings::default();
        let mut pairs = vec![("a", self.first.to_string())];
        pairs.extend(self.second.map(|growth| ("b", growth.to_string())));
        pairs.extend(done.map(|done| ("do", done)));
        pairs.extend((self.row_bytes != default.row_bytes).then(|| ("row", self.row_bytes.to_string())));
        pairs.extend(self.prices.map(|prices| ("prices", prices.to_string())));
        pairs.extend((self.axis_end != default.axis_end).then(|| ("n", power_or_digits(self.axis_end))));
        pairs.extend(self.show.as_ref().map(|pictures| ("show", shown(pictures))));
        pairs.extend(self.quiz.map(|question| ("quiz", question.name().into())));
        pairs
    }
}

fn second_policy(text: &str) -> Result<Option<Growth>, String> {
    if text.trim().is_empty() { Ok(None) } else { policy::read(text).map(Some) }
}

fn row_bytes(text: &str) -> Result<u64, String> {
    let bytes = numbers::rows(text)?;
    if (1..=MOST_ROW_BYTES).contains(&bytes) {
        Ok(bytes)
    } else {
        Err(format!(
            "invalid size of a row: {} bytes; must be 1 to {}",
            grouped(bytes),
            grouped(MOST_ROW_BYTES)
        ))
    }
}

fn prices(text: &str) -> Result<Option<Ratio>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let growth = policy::read(text)?;
    match growth.as_factor() {
        Some(factor) if Growth::try_from(factor) == Ok(growth) => Ok(Some(factor)),
        _ => Err(format!("invalid factor {:?} for the prices; examples: 2, 3/2, 9/8", text.trim())),
    }
}

fn axis_end(text: &str) -> Result<u64, String> {
    let [least, most] = AXIS_ENDS;
    let rows = numbers::rows(text)?;
    if (least..=most).contains(&rows) {
        Ok(rows)
    } else {
        Err(format!("invalid end of the axis: {} rows; must be 1e3 to 1e18", grouped(rows)))
    }
}

/// `1e6`, or the digits of a number that is not a power of ten.
pub fn power_or_digits(number: u64) -> String {
    let power = number.checked_ilog10().filter(|&power| 10_u64.pow(power) == number && power > 2);
    power.map_or(number.to_string(), |power| format!("1e{power}"))
}

pub fn picture(name: &str) -> Result<Picture, String> {
    Picture::from_name(name).ok_or_else(|| {
        format!(
            "unknown picture {:?}; the pictures are {}",
            numbers::clipped(name),
            names(&Picture::ALL).replace(',', ", ")
        )
    })
}

fn pictures(text: &str) -> Result<Option<Vec<Picture>>, String> {
    if text.trim() == NO_PICTURE {
        return Ok(Some(Vec::new()));
    }
    let mut pictures = Vec::new();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let picture = picture(name)?;
        if !pictures.contains(&picture) {
            pictures.push(picture);
        }
    }
    Ok(Some(pictures).filter(|pictures| !pictures.is_empty()))
}

/// Pictures as a link has them: an empty text would show all.
fn shown(pictures: &[Picture]) -> String {
    if pictures.is_empty() { NO_PICTURE.into() } else { names(pictures) }
}

pub fn names(pictures: &[Picture]) -> String {
    pictures.iter().map(|picture| picture.name()).collect::<Vec<_>>().join(",")
}

fn question(text: &str) -> Result<Option<Question>, String> {
    if text.trim().is_empty() { Ok(None) } else { Question::named(text.trim()).map(Some) }
}
