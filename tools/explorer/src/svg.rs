//! Writes SVG: shapes, and texts over them, in a column that grows downwards.
//!
//! Texts have the same size at every width of the picture. [`text_width`] estimates their widths,
//! so that no two overlap.

use crate::color::{Color, Theme};
use crate::escaped::Escaped;
use std::fmt::{self, Write};

/// The size of all texts, in pixels.
pub const TEXT: f64 = 13.0;
/// Distance from one line of text to the next, in pixels.
pub const LINE: f64 = 19.0;

/// Which point of a text is at the given place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Start,
    Middle,
    End,
}

/// A line or an outline.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    color: Color,
    width: f64,
    dashes: Option<&'static str>,
}

impl Stroke {
    pub const fn of(color: Color) -> Stroke {
        Stroke { color, width: 2.0, dashes: None }
    }

    pub const fn thin(self) -> Stroke {
        Stroke { width: 1.0, ..self }
    }

    pub const fn dashed(self) -> Stroke {
        Stroke { dashes: Some("6 4"), ..self }
    }

    pub const fn dotted(self) -> Stroke {
        Stroke { dashes: Some("1 3"), ..self }
    }
}

/// A rectangle: its left top corner, its width and its height.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn overlaps(&self, other: &Area) -> bool {
        let apart = |a: f64, a_size: f64, b: f64, b_size: f64| a + a_size <= b || b + b_size <= a;
        !apart(self.x, self.width, other.x, other.width) && !apart(self.y, self.height, other.y, other.height)
    }
}

/// A sign of a legend.
#[derive(Clone, Copy, Debug)]
pub enum Sign {
    /// A box with this fill.
    Filled(Color),
    /// A box with this outline.
    Outlined(Stroke),
    Line(Stroke),
}

/// A picture that is being drawn.
#[derive(Clone, Debug)]
pub struct Svg {
    width: f64,
    /// The lower end of the drawing so far.
    pub bottom: f64,
    theme: Option<Theme>,
    shapes: String,
    texts: String,
}

impl Svg {
    /// The margin at the left and at the right.
    pub const EDGE: f64 = 6.0;

    pub fn new(width: u32, theme: Option<Theme>) -> Svg {
        let width = f64::from(width.clamp(280, 4000));
        Svg { width, bottom: 4.0, theme, shapes: String::new(), texts: String::new() }
    }

    pub fn width(&self) -> f64 {
        self.width
    }

    /// The height of a chart in a picture of this width.
    pub fn chart_height(&self) -> f64 {
        (self.width * 0.3).clamp(190.0, 250.0)
    }

    /// The width between the edges.
    pub fn inner(&self) -> f64 {
        self.width - 2.0 * Svg::EDGE
    }

    pub fn rect(&mut self, area: Area, fill: Color) {
        let Area { x, y, width, height } = area;
        let (x, y, width, height) = (Px(x), Px(y), Px(width.max(0.0)), Px(height.max(0.0)));
        let fill = fill.value(self.theme);
        put(
            &mut self.shapes,
            format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>\n"
            ),
        );
    }

    /// The outline of a rectangle, drawn inside it.
    pub fn frame(&mut self, area: Area, stroke: Stroke) {
        let half = stroke.width / 2.0;
        let (x, y) = (Px(area.x + half), Px(area.y + half));
        let (right, down) =
            (Px((area.width - stroke.width).max(0.0)), Px((area.height - stroke.width).max(0.0)));
        let left = Px(-right.0);
        self.path(&format!("M{x},{y}h{right}v{down}h{left}z"), stroke);
    }

    /// A line along a path.
    pub fn path(&mut self, path: &str, stroke: Stroke) {
        let Stroke { color, width, dashes } = stroke;
        let (color, width) = (color.value(self.theme), Px(width));
        put(
            &mut self.shapes,
            format_args!("<path fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\" d=\"{path}\""),
        );
        if let Some(dashes) = dashes {
            put(&mut self.shapes, format_args!(" stroke-dasharray=\"{dashes}\""));
        }
        self.shapes.push_str(" stroke-linejoin=\"round\"/>\n");
    }

    /// A line through points.
    pub fn line(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        let mut path = String::new();
        for (index, &(x, y)) in points.iter().enumerate() {
            let command = if index == 0 { 'M' } else { 'L' };
            put(&mut path, format_args!("{command}{},{}", Px(x), Px(y)));
        }
        if points.len() > 1 {
            self.path(&path, stroke);
        }
    }

    /// An area within a path, in a translucent colour.
    pub fn fill(&mut self, path: &str, color: Color, opacity: f64) {
        let (color, opacity) = (color.value(self.theme), Px(opacity));
        put(
            &mut self.shapes,
            format_args!("<path fill=\"{color}\" fill-opacity=\"{opacity}\" d=\"{path}\"/>\n"),
        );
    }

    /// A dot, with a text that appears under the pointer.
    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64, color: Color, hint: &str) {
        let (x, y, r) = (Px(x), Px(y), Px(radius));
        let (color, page) = (color.value(self.theme), Color::Page.value(self.theme));
        put(
            &mut self.shapes,
            format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{color}\" stroke=\"{page}\""),
        );
        if hint.is_empty() {
            self.shapes.push_str("/>\n");
        } else {
            put(&mut self.shapes, format_args!("><title>{}</title></circle>\n", Escaped(hint)));
        }
    }

    /// A text; `y` is the middle of its line.
    pub fn text(&mut self, (x, y): (f64, f64), at: At, color: Color, text: &str) {
        self.write_text((x, y), at, color, text, "");
    }

    /// A text in bold letters.
    pub fn bold(&mut self, (x, y): (f64, f64), at: At, color: Color, text: &str) {
        self.write_text((x, y), at, color, text, " font-weight=\"bold\"");
    }

    fn write_text(&mut self, (x, y): (f64, f64), at: At, color: Color, text: &str, more: &str) {
        let anchor = match at {
            At::Start => "",
            At::Middle => " text-anchor=\"middle\"",
            At::End => " text-anchor=\"end\"",
        };
        let (x, y) = (Px(x), Px(y + 0.36 * TEXT));
        put(&mut self.texts, format_args!("<text x=\"{x}\" y=\"{y}\"{anchor}{more}"));
        if color != Color::Ink {
            put(&mut self.texts, format_args!(" fill=\"{}\"", color.value(self.theme)));
        }
        put(&mut self.texts, format_args!(">{}</text>\n", Escaped(text)));
    }

    /// A text in as many lines as it needs, below the drawing so far.
    pub fn paragraph(&mut self, color: Color, text: &str) {
        for line in wrapped(text, self.inner()) {
            self.text((Svg::EDGE, self.bottom + LINE / 2.0), At::Start, color, &line);
            self.bottom += LINE;
        }
    }

    /// A line in bold letters, below the drawing so far.
    pub fn heading(&mut self, color: Color, text: &str) {
        // Bold letters are wider by a tenth.
        for line in wrapped(text, self.inner() / 1.1) {
            self.bold((Svg::EDGE, self.bottom + LINE / 2.0), At::Start, color, &line);
            self.bottom += LINE;
        }
    }

    /// Signs with their meanings, in as many lines as they need, below the drawing so far.
    pub fn legend(&mut self, signs: &[(Sign, String)]) {
        const SIGN: f64 = 18.0;
        const GAP: f64 = 14.0;
        let mut x = Svg::EDGE;
        for (index, (sign, text)) in signs.iter().enumerate() {
            let lines = wrapped(text, self.inner() - SIGN);
            let width = SIGN + lines.iter().map(|line| text_width(line)).fold(0.0, f64::max);
            if index > 0 && x + width > self.width - Svg::EDGE {
                x = Svg::EDGE;
                self.bottom += LINE;
            }
            let middle = self.bottom + LINE / 2.0;
            self.sign(*sign, (x, middle));
            for (index, line) in lines.iter().enumerate() {
                if index > 0 {
                    self.bottom += LINE;
                }
                self.text((x + SIGN, self.bottom + LINE / 2.0), At::Start, Color::Ink, line);
            }
            x += width + GAP;
        }
        if !signs.is_empty() {
            self.bottom += LINE;
        }
    }

    fn sign(&mut self, sign: Sign, (x, middle): (f64, f64)) {
        let area = Area { x: x + 1.0, y: middle - 5.0, width: 12.0, height: 10.0 };
        match sign {
            Sign::Filled(color) => self.rect(area, color),
            Sign::Outlined(stroke) => self.frame(area, stroke),
            Sign::Line(stroke) => self.line(&[(x, middle), (x + 14.0, middle)], stroke),
        }
    }

    /// Finishes the picture. `title` is its name, and `description` describes it in words.
    pub fn finish(self, title: &str, description: &str) -> String {
        let (width, height) = (Px(self.width), Px((self.bottom + 4.0).ceil()));
        let (title, description) = (Escaped(title), Escaped(description));
        let (ink, page) = (Color::Ink.value(self.theme), Color::Page.value(self.theme));
        let Svg { shapes, texts, theme, .. } = self;
        let ground = match theme {
            None => String::new(),
            Some(_) => format!("<rect width=\"{width}\" height=\"{height}\" fill=\"{page}\"/>\n"),
        };
        // An edge in the colour of the page keeps the texts off the lines below them.
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" \
            viewBox=\"0 0 {width} {height}\">\n\
            <title>{title}</title>\n<desc>{description}</desc>\n{ground}{shapes}\
            <g font-family=\"Arial,Helvetica,sans-serif\" font-size=\"{TEXT}\" fill=\"{ink}\" stroke=\"{page}\" \
            stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">\n{texts}</g>\n</svg>\n"
        )
    }
}

/// A length in pixels, to the tenth.
#[derive(Clone, Copy)]
pub struct Px(pub f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round();
        // A number that is not finite, or far outside the picture, would not be visible.
        let tenths = if tenths.is_finite() { tenths.clamp(-1e6, 1e6) as i64 } else { 0 };
        let (sign, tenths) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
        match tenths % 10 {
            0 => write!(f, "{sign}{}", tenths / 10),
            rest => write!(f, "{sign}{}.{rest}", tenths / 10),
        }
    }
}

fn put(text: &mut String, arguments: fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a string takes every text");
}

/// The width of a text in pixels, a little more than in Arial: other fonts are wider.
pub fn text_width(text: &str) -> f64 {
    let thousandths: u32 = text.chars().map(letter_width).sum();
    f64::from(thousandths) / 1000.0 * TEXT * 1.04
}

/// The width of a letter in thousandths of the text size.
fn letter_width(letter: char) -> u32 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 240,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'f' | 't' | 'I' | '[' | ']' | '·' | '\u{a0}' => 280,
        '(' | ')' | '-' | 'r' | '"' | '⁰'..='⁹' | '¹' | '²' | '³' => 360,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500,
        'm' | 'w' => 830,
        'a'..='z' | '0'..='9' | 'L' | '?' | '–' => 560,
        '+' | '<' | '=' | '>' | '~' | '−' | '×' | '≤' | '≥' | '≈' => 590,
        'F' | 'T' | 'Z' => 620,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' => 670,
        'M' | '%' | 'W' | '@' | '…' | '→' | '←' | '↑' => 1000,
        _ => 780,
    }
}

/// Breaks a text at spaces into lines of at most this width. A wider word has a line of its own.
pub fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && text_width(&line) + text_width(" ") + text_width(word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
