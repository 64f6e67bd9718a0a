//! Time against memory: the most copies per push over the most slots per row.

use super::axes::{Plot, Scale};
use super::places::{self, Place};
use super::{Style, color_of};
use crate::array::Array;
use crate::color::Color;
use crate::csv::Csv;
use crate::svg::{Area, At, LINE, Sign, Stroke, Svg, text_width};

/// The ends of the axes: places beyond are at the edge.
const MOST_SLOTS: f64 = 3.2;
const MOST_COPIES: f64 = 60.0;

/// Names of the zoo that readers know. The first ones have priority if not all fit.
const KNOWN: [(&str, &str); 13] = [
    ("cpython-list", "CPython list"),
    ("java-arraylist", "Java ArrayList"),
    ("go-slice", "Go slice"),
    ("rust-vec", "Rust Vec"),
    ("r-vector", "R"),
    ("redis-sds", "Redis string"),
    ("numpy-loadtxt-4", "NumPy loadtxt"),
    ("spidermonkey-array", "SpiderMonkey"),
    ("erlang-binary", "Erlang"),
    ("cpython-array", "CPython array"),
    ("perl-array", "Perl"),
    ("julia", "Julia"),
    ("d-array", "D"),
];

/// Draws the plane. Returns a description in words.
pub fn draw(svg: &mut Svg, arrays: &[&Array], style: &Style) -> String {
    let own: Vec<_> = arrays.iter().map(|array| places::of_policy(array.start(), style.rows)).collect();
    let mut legend: Vec<_> = own
        .iter()
        .enumerate()
        .map(|(index, place)| (Sign::Filled(color_of(index)), in_words(place)))
        .collect();
    legend.extend([
        (Sign::Filled(Color::Grey), "policies of the zoo".to_owned()),
        (Sign::Filled(Color::Green), "structures of many blocks".to_owned()),
        (Sign::Line(Stroke::of(Color::Grey)), "(T − 1)(S − 1) = 1".to_owned()),
    ]);
    svg.legend(&legend);

    let x = (Scale::linear(1.0, MOST_SLOTS), "S: the most slots per row");
    let y = (Scale::log_from_zero(MOST_COPIES), "T: the most copies per push");
    let plot = Plot::new(svg, x, y, 1.3 * svg.chart_height());
    plot.line(svg, hyperbola(), Stroke::of(Color::Grey));

    draw_dots(svg, &plot, places::zoo(), 3.5, Color::Grey);
    draw_dots(svg, &plot, places::structures(), 4.5, Color::Green);
    for (index, place) in own.iter().enumerate() {
        // The second is smaller, so that both are visible at the same place.
        let radius = if index == 0 { 8.0 } else { 6.0 };
        svg.dot(at(&plot, place), radius, color_of(index), &hint(place));
    }
    draw_labels(svg, &plot, &own);
    describe(&own)
}

/// Points of (T − 1)(S − 1) = 1, in equal steps of S − 1 on a logarithmic scale.
fn hyperbola() -> impl Iterator<Item = (f64, f64)> {
    const STEPS: u32 = 120;
    let least = 1.0 / (MOST_COPIES - 1.0);
    (0..=STEPS).map(move |step| {
        let surplus = least * ((MOST_SLOTS - 1.0) / least).powf(f64::from(step) / f64::from(STEPS));
        (1.0 + surplus, 1.0 + 1.0 / surplus)
    })
}

fn at(plot: &Plot, place: &Place) -> (f64, f64) {
    plot.at(place.slots, place.copies)
}

/// Draws one dot for all places that the eye cannot tell apart.
fn draw_dots(svg: &mut Svg, plot: &Plot, places: &[Place], radius: f64, color: Color) {
    let mut dots: Vec<((f64, f64), String)> = Vec::new();
    for place in places {
        let (x, y) = at(plot, place);
        match dots.iter_mut().find(|((dot_x, dot_y), _)| (dot_x - x).abs() < 1.0 && (dot_y - y).abs() < 1.0) {
            Some((_, hints)) => {
                hints.push_str("; ");
                hints.push_str(&hint(place));
            }
            None => dots.push(((x, y), hint(place))),
        }
    }
    for (dot, hints) in dots {
        svg.dot(dot, radius, color, &hints);
    }
}

fn hint(place: &Place) -> String {
    let Place { name, texts: (slots, copies), .. } = place;
    format!("{name}: S = {slots}, T = {copies}")
}

fn in_words(place: &Place) -> String {
    let Place { name, texts: (slots, copies), is_amortized, .. } = place;
    if *is_amortized {
        format!("{name}: T = {copies}, S = {slots}")
    } else {
        format!("{name}: T without a bound, here {copies}; S = {slots}")
    }
}

/// Writes names beside the dots as far as they fit, those of the arrays first.
fn draw_labels(svg: &mut Svg, plot: &Plot, own: &[Place]) {
    let square = |(x, y): (f64, f64), radius: f64| Area {
        x: x - radius,
        y: y - radius,
        width: 2.0 * radius,
        height: 2.0 * radius,
    };
    let mut taken: Vec<Area> = own.iter().map(|place| square(at(plot, place), 8.0)).collect();
    taken.extend(places::structures().iter().map(|place| square(at(plot, place), 4.0)));
    taken.extend(places::zoo().iter().map(|place| square(at(plot, place), 3.0)));

    let curve: Vec<Area> = hyperbola().map(|(x, y)| square(plot.at(x, y), 2.0)).collect();
    let names: Vec<_> = own.iter().map(name_with_arrow).collect();
    let own = own.iter().zip(&names).enumerate();
    let own = own.map(|(index, (place, name))| (place, name.as_str(), color_of(index), 10.0));
    let structures = places::structures().iter().map(|place| (place, place.name.as_str(), Color::Green, 7.0));
    let known = KNOWN.iter().filter_map(|&(name, label)| {
        let place = places::zoo().iter().find(|place| place.name == name)?;
        Some((place, label, Color::Grey, 6.0))
    });
    for (place, text, color, distance) in own.chain(structures).chain(known) {
        let (x, y) = at(plot, place);
        let width = text_width(text);
        let spots = [
            (x + distance, y),
            (x - distance - width, y),
            (x + distance, y - 12.0),
            (x + distance, y + 12.0),
            (x - distance - width, y + 12.0),
            (x - distance - width, y - 12.0),
            (x - width / 2.0, y - 16.0),
            (x - width / 2.0, y + 16.0),
        ];
        let fits = |&(left, middle): &(f64, f64), avoided: &[Area]| {
            let area = Area { x: left, y: middle - LINE / 2.0 + 2.0, width, height: LINE - 4.0 };
            let inside = area.x >= plot.area().x + 2.0
                && area.x + width <= svg.width() - 2.0
                && area.y >= plot.area().y - 8.0
                && area.y + area.height <= plot.area().y + plot.area().height;
            let free = taken.iter().chain(avoided).all(|other| !other.overlaps(&area));
            (inside && free).then_some((area, (left, middle)))
        };
        // On the curve only if there is no other place.
        let spot = spots.iter().find_map(|spot| fits(spot, &curve));
        if let Some((area, spot)) = spot.or_else(|| spots.iter().find_map(|spot| fits(spot, &[]))) {
            svg.text(spot, At::Start, color, text);
            taken.push(area);
        }
    }
}

/// A place beyond the axes is drawn at their end: the arrow points to where it is.
fn name_with_arrow(place: &Place) -> String {
    let up = if place.copies > MOST_COPIES { " ↑" } else { "" };
    let right = if place.slots > MOST_SLOTS { " →" } else { "" };
    format!("{}{up}{right}", place.name)
}

fn describe(own: &[Place]) -> String {
    let texts: Vec<_> = own.iter().map(in_words).collect();
    format!(
        "{}. T is the most copies per push, S the most slots per row. Policies that keep one factor are on the \
        hyperbola (T − 1)(S − 1) = 1; policies that change it are above. Structures of many blocks have S near 1; a \
        deamortized array, with two blocks at once, has more.",
        texts.join(". ")
    )
}

pub fn csv(arrays: &[&Array], style: &Style) -> String {
    let mut csv = Csv::new("name,kind,slots_per_row_rounded,copies_per_push_rounded,amortized");
    let mut add = |kind: &str, place: &Place| {
        let amortized = if place.is_amortized { "yes" } else { "no" };
        csv.line(&[&place.name, &kind, &place.slots, &place.copies, &amortized]);
    };
    for array in arrays {
        add("array", &places::of_policy(array.start(), style.rows));
    }
    places::zoo().iter().for_each(|place| add("zoo", place));
    places::structures().iter().for_each(|place| add("structure", place));
    csv.finish()
}
