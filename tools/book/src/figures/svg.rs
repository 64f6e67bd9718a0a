//! Turns the drawings of plotters into figures of a page: smaller, and as wide as the page allows.

use crate::html::with_whole_formulas;
use explorer::Escaped;
use explorer::color::{Color, Theme, dark_variables};
use std::fmt::Write;

/// The size of all text, in pixels.
pub const TEXT: i32 = 14;

/// A `<figure>` with a drawing of plotters, in which a pixel has `pixel` units.
///
/// `label` describes the drawing in plain text, for screen readers; `caption` is HTML.
pub fn figure(drawing: &str, pixel: i32, label: &str, caption: &str) -> String {
    let (head, body) = drawing.split_once('\n').expect("plotters opens the drawing on a line of its own");
    let view = attribute(head, "viewBox").expect("plotters says how large the drawing is");
    let (shapes, texts) = elements(body);
    let (label, caption) = (Escaped(label), with_whole_formulas(caption));
    let (size, edge, dark) = (TEXT * pixel, 3 * pixel, dark_variables());
    let (shapes, texts) = (themed(&shapes), themed(&texts));
    // An edge in the colour of the page keeps the texts off the lines below them.
    format!(
        "<figure style=\"margin:1em 0\">\n\
        <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\" role=\"img\" aria-label=\"{label}\" \
        style=\"width:100%;max-width:640px;height:auto\">\n\
        <style>[data-theme=dark],[data-theme=ayu]{{{dark}}}</style>\n\
        {shapes}\
        <g font-family=\"Arial,Helvetica,sans-serif\" font-size=\"{size}\" fill=\"currentColor\" \
        stroke=\"{PAGE}\" stroke-width=\"{edge}\" stroke-linejoin=\"round\" paint-order=\"stroke\">\n\
        {texts}\
        </g>\n\
        </svg>\n\
        <figcaption>{caption}</figcaption>\n\
        </figure>\n"
    )
}

/// A [`figure`] with a number and an anchor, `#figure-3`.
pub fn numbered(figure: &str, number: u32) -> String {
    let figure = figure.replacen("<figure ", &format!("<figure id=\"figure-{number}\" "), 1);
    figure.replacen("<figcaption>", &format!("<figcaption><b>Figure {number}.</b> "), 1)
}

/// The colour of the page: that of rustdoc, otherwise white.
const PAGE: &str = "var(--main-background-color,#fff)";

/// Replaces the colours that dark pages change by variables.
fn themed(elements: &str) -> String {
    let elements = elements.replace("\"#222222\"", "\"currentColor\"");
    Color::VARIABLES.into_iter().fold(elements, |elements, color| {
        let [light, variable] = [Some(Theme::Light), None].map(|theme| format!("\"{}\"", color.value(theme)));
        elements.replace(&light, &variable)
    })
}

/// The shapes, and the texts that are drawn over them. Neighbouring shapes of one style become one
/// path.
fn elements(body: &str) -> (String, String) {
    // plotters puts the tags and the content of a text on three lines.
    let body = body.replace("\">\n", "\">").replace("\n</text>", "</text>");
    let (mut shapes, mut texts) = (String::new(), String::new());
    let mut last_style = String::new();
    for element in body.lines().filter(|line| *line != "</svg>") {
        if element.starts_with("<text") {
            // A tick without a number has an empty text.
            if !element.contains("\"></text>") {
                texts += &shorter(element);
                texts.push('\n');
            }
            continue;
        }
        let Some((style, path)) = shape(element) else {
            shapes += &shorter(element);
            shapes.push('\n');
            last_style.clear();
            continue;
        };
        if style == last_style {
            let end = shapes.len() - PATH_END.len();
            shapes.insert_str(end, &path);
        } else {
            shapes += &format!("<path {style} d=\"{path}{PATH_END}");
            last_style = style;
        }
    }
    (shapes, texts)
}

const PATH_END: &str = "\"/>\n";

/// The style and the path of an element that can be a path.
fn shape(element: &str) -> Option<(String, String)> {
    let of = |name| attribute(element, name);
    let number = |name| of(name)?.parse::<i32>().ok();
    let opacity = match of("opacity")? {
        "1" => String::new(),
        opacity => format!(" opacity=\"{opacity}\""),
    };
    let line_style = || {
        Some(format!("fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"", of("stroke")?, of("stroke-width")?))
    };
    let fill_style = || Some(format!("fill=\"{}\"", of("fill")?));
    let (style, path) = match element.split(' ').next()? {
        "<line" => {
            let ends = [(number("x1")?, number("y1")?), (number("x2")?, number("y2")?)];
            (line_style()?, path(&ends))
        }
        "<polyline" => (line_style()?, path(&points(of("points")?))),
        "<polygon" => (fill_style()?, path(&points(of("points")?)) + "z"),
        "<rect" => {
            let (x, y, width, height) = (number("x")?, number("y")?, number("width")?, number("height")?);
            (fill_style()?, format!("M{x},{y}h{width}v{height}h{}z", -width))
        }
        _ => return None,
    };
    Some((style + &opacity, path))
}

fn points(text: &str) -> Vec<(i32, i32)> {
    let point = |pair: &str| {
        let (x, y) = pair.split_once(',')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    text.split_whitespace().map(|pair| point(pair).expect("plotters writes points as x,y")).collect()
}

/// The first point, and the offset from each point to the next one.
fn path(points: &[(i32, i32)]) -> String {
    let mut path = String::new();
    let Some((first, _)) = points.split_first() else { return path };
    write!(path, "M{},{}", first.0, first.1).expect("a string never fails");
    for pair in points.windows(2) {
        let (right, down) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        match (right, down) {
            (0, 0) => Ok(()),
            (_, 0) => write!(path, "h{right}"),
            (0, _) => write!(path, "v{down}"),
            _ => write!(path, "l{right},{down}"),
        }
        .expect("a string never fails");
    }
    path
}

/// Removes attributes that have their default value or the value of the whole drawing.
fn shorter(element: &str) -> String {
    let mut element = element.to_owned();
    for name in ["font-family", "font-size"] {
        if let Some(value) = attribute(&element, name) {
            element = element.replace(&format!(" {name}=\"{value}\""), "");
        }
    }
    let defaults = [
        " opacity=\"1\"",
        " text-anchor=\"start\"",
        " fill=\"#222222\"",
        " stroke=\"none\" stroke-width=\"1\"",
    ];
    defaults.into_iter().fold(element, |element, default| element.replace(default, ""))
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0)
}
