//! All pictures in many states.

use super::{Picture, Style, Theme};
use crate::array::Array;
use crate::svg::{Area, TEXT, text_width};
use growable_nd::amortized::{Allocator, Bounds, Model, Op, simulate};
use growable_nd::{Growth, zoo};
use std::ops::Range;

const QUINTILLION: u64 = 1_000_000_000_000_000_000;

/// An array after a program, charged the prices of factor 2 if it has no factor of its own.
fn array(policy: &str, program: &[(Op, u64)]) -> Array {
    let growth = zoo::parse(policy).expect("a policy");
    let prices = Bounds::of(&growth).or_else(|| Bounds::of(&Growth::DOUBLE));
    let mut array = Array::audited(Model::new(growth), prices);
    array.apply(program, 10_000_000).expect("a program");
    array
}

/// States that are at an edge, or that many readers will see.
fn states() -> Vec<Array> {
    let programs: [(&str, &[(Op, u64)]); 20] = [
        ("2", &[]),
        ("2", &[(Op::Push, 1)]),
        ("2", &[(Op::Push, 1), (Op::Pop, 1)]),
        ("2", &[(Op::Push, 9)]),
        ("3/2", &[(Op::Push, 14)]),
        ("2", &[(Op::Push, 1_000)]),
        ("3/2", &[(Op::Push, 1_000_000)]),
        ("9/8", &[(Op::Push, 300), (Op::Extend(1000), 2), (Op::Push, 20)]),
        ("2 shrink to 2 at 1/4", &[(Op::Push, 300), (Op::Pop, 270)]),
        ("2 shrink to 2 at 1/4", &[(Op::Push, 65), (Op::Truncate(16), 1)]),
        ("+10", &[(Op::Push, 300)]),
        ("+1", &[(Op::Push, 1_000)]),
        ("exact", &[(Op::Push, 40)]),
        ("9/8", &[(Op::Push, QUINTILLION)]),
        ("1000001/1000000", &[(Op::Push, 3_000)]),
        ("2", &[(Op::ReserveExact(u64::MAX), 1), (Op::Extend(u64::MAX), 1)]),
        ("2", &[(Op::Extend(u64::MAX - 1), 1), (Op::Push, 1)]),
        ("2 from 1000000000000", &[(Op::Push, 3)]),
        ("cpython-list", &[(Op::Push, 1_000)]),
        ("redis-sds", &[(Op::Extend(5000), 1_000), (Op::Truncate(7), 1)]),
    ];
    let mut states: Vec<_> = programs.iter().map(|(policy, program)| array(policy, program)).collect();
    // Without prices.
    states.push(Array::audited(Model::new(Growth::EXACT), None));
    states.extend((1..=16).map(random));
    states
}

/// An array after a program that looks random.
fn random(seed: u64) -> Array {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |range: Range<u64>| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        range.start + (state >> 33) % (range.end - range.start)
    };
    let entries = zoo::entries();
    let growth = match next(0..4) {
        0 => entries[next(0..entries.len() as u64) as usize].growth(),
        1 => Growth::additive(next(1..2000)),
        _ => {
            let denominator = next(1..1000);
            Growth::factor(denominator + next(1..2000), denominator).with_first(1 << next(0..40))
        }
    };
    let prices = Bounds::of(&growth).or_else(|| Bounds::of(&Growth::DOUBLE));
    let mut array = Array::audited(Model::new(growth), prices);
    for _ in 0..next(1..6) {
        let rows = array.model().rows();
        let (op, times) = match next(0..5) {
            0 => (Op::Push, 1 << next(0..12)),
            1 => (Op::Extend(1 << next(0..50)), next(1..4)),
            2 => (Op::Pop, next(0..rows.clamp(1, 1000))),
            3 => (Op::Truncate(next(0..rows.max(1))), 1),
            _ => (Op::Reserve(1 << next(0..20)), 1),
        };
        array.apply(&[(op, times)], 10_000_000).expect("possible operations");
    }
    array
}

fn styles(array: &Array) -> Vec<Style> {
    let pending = array.last().and_then(|last| last.step.resize).map(|resize| resize.rows / 2);
    let mut styles = Vec::new();
    for width in [0, 340, 900] {
        for (copied, rows, standalone) in [
            (None, QUINTILLION, None),
            (pending, 1_000, Some(Theme::Dark)),
            (Some(u64::MAX), u64::MAX, Some(Theme::Light)),
            (Some(0), 0, None),
        ] {
            styles.push(Style { width, copied, rows, standalone });
        }
    }
    styles
}

/// Calls `check` with every picture of every state, alone and beside another array.
fn for_all(check: impl Fn(Picture, &[&Array], &Style)) {
    let states = states();
    for (index, array) in states.iter().enumerate() {
        let second = &states[(index + 7) % states.len()];
        for style in styles(array) {
            for picture in Picture::ALL {
                check(picture, &[array], &style);
                check(picture, &[array, second], &style);
            }
        }
    }
}

#[test]
fn pictures_are_xml_with_a_title_and_a_description() {
    for_all(|picture, arrays, style| {
        let drawing = picture.draw(arrays, style);
        check_xml(&drawing).unwrap_or_else(|error| panic!("{}: {error}\n{drawing}", picture.name()));
        assert!(drawing.contains("role=\"img\""), "{drawing}");
        assert!(drawing.contains(&format!("<title>{}</title>", picture.title())), "{drawing}");
        let (_, description) = drawing.split_once("<desc>").expect("a description");
        let (description, _) = description.split_once("</desc>").expect("its end");
        assert!(description.len() > 10 && description.ends_with('.'), "{description}");
        for wrong in ["NaN", "\"inf", ",inf", " id=", "\"-0\"", ".."] {
            assert!(!drawing.contains(wrong), "{wrong} in {drawing}");
        }
        let is_themed = style.standalone.is_none();
        assert_eq!(drawing.contains("var(--"), is_themed, "{drawing}");
        assert!(drawing.matches("<text").count() > 0, "{drawing}");
    });
}

/// Checks that elements are closed in order, that attributes are in quotes, and that nothing is
/// left unescaped.
fn check_xml(xml: &str) -> Result<(), String> {
    let mut open = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        check_text(&rest[..start])?;
        let end = rest[start..].find('>').ok_or("a tag without an end")? + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let is_empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut names = Vec::new();
        while !attributes.trim().is_empty() {
            let (name, value) = attributes.split_once("=\"").ok_or(format!("an attribute in <{tag}>"))?;
            let (value, after) = value.split_once('"').ok_or(format!("a quote in <{tag}>"))?;
            check_text(value)?;
            if names.contains(&name.trim()) {
                return Err(format!("{name} twice in <{tag}>"));
            }
            names.push(name.trim());
            attributes = after;
        }
        if !is_empty {
            open.push(name);
        }
    }
    if open.is_empty() && rest.trim().is_empty() { Ok(()) } else { Err(format!("{open:?} not closed")) }
}

fn check_text(text: &str) -> Result<(), String> {
    let entities = ["&amp;", "&lt;", "&gt;", "&quot;"];
    let without = entities.into_iter().fold(text.to_owned(), |text, entity| text.replace(entity, ""));
    if without.contains(['&', '<', '"']) { Err(format!("not escaped: {text}")) } else { Ok(()) }
}

#[test]
fn texts_are_inside_and_apart() {
    for_all(|picture, arrays, style| {
        let drawing = picture.draw(arrays, style);
        let number = |text: &str| text.parse::<f64>().expect("a number");
        let (width, height) = (number(attribute(&drawing, "width")), number(attribute(&drawing, "height")));
        let mut texts: Vec<(Area, &str)> = Vec::new();
        for element in drawing.split("<text").skip(1) {
            let (tag, rest) = element.split_once('>').expect("a tag");
            let (text, _) = rest.split_once('<').expect("its end");
            let text_width = text_width(text) / 1.04 * if tag.contains("bold") { 1.05 } else { 1.0 };
            let x = number(attribute(tag, "x"));
            let x = match tag {
                _ if tag.contains("anchor=\"middle\"") => x - text_width / 2.0,
                _ if tag.contains("anchor=\"end\"") => x - text_width,
                _ => x,
            };
            let y = number(attribute(tag, "y")) - 0.72 * TEXT;
            let area = Area { x, y, width: text_width, height: 0.8 * TEXT };
            let context = || format!("{} at {}: {text}\n{drawing}", picture.name(), style.width);
            assert!(x >= 0.0 && x + text_width <= width, "beside: {}", context());
            assert!(y >= 0.0 && y + area.height <= height, "above or below: {}", context());
            if let Some((_, other)) = texts.iter().find(|(other, _)| other.overlaps(&area)) {
                panic!("on {other}: {}", context());
            }
            texts.push((area, text));
        }
    });
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let (_, value) = tag.split_once(&format!(" {name}=\"")).expect("the attribute");
    value.split_once('"').expect("its end").0
}

/// The fields of the lines below the header, all of which are as many.
fn lines(csv: &str) -> Vec<Vec<&str>> {
    let mut lines = csv.lines().map(|line| {
        let mut is_quoted = false;
        let fields = line.split(|letter| {
            is_quoted ^= letter == '"';
            letter == ',' && !is_quoted
        });
        fields.collect::<Vec<_>>()
    });
    let header = lines.next().expect("a header");
    let lines: Vec<_> = lines.collect();
    lines.iter().for_each(|line| assert_eq!(line.len(), header.len(), "{line:?}"));
    lines
}

fn number(field: &str) -> u128 {
    field.parse().expect("an integer")
}

#[test]
fn every_csv_has_lines_of_one_length() {
    for_all(|picture, arrays, style| {
        let csv = picture.csv(arrays, style);
        lines(&csv);
        assert!(!csv.contains("NaN") && !csv.contains(",inf"), "{csv}");
    });
}

#[test]
fn csv_agrees_with_the_model() {
    let style = Style { width: 600, copied: None, rows: QUINTILLION, standalone: None };
    for array in states() {
        let model = array.model();
        let boxes = Picture::Boxes.csv(&[&array], &style);
        let (mut slots, mut rows) = (0, 0);
        for line in lines(&boxes).iter().filter(|line| line[1] != "Old block") {
            slots += number(line[5]);
            rows += if line[2] == "free" { 0 } else { number(line[5]) };
        }
        assert_eq!((rows, slots), (model.rows().into(), model.capacity().into()), "{boxes}");

        let costs = Picture::Costs.csv(&[&array], &style);
        for (line, operation) in lines(&costs).iter().zip(array.recent()) {
            assert_eq!(number(line[6]), operation.step.cost());
            assert_eq!(number(line[3]) + number(line[4]) + number(line[5]), operation.step.cost());
        }
        let bank = Picture::Bank.csv(&[&array], &style);
        if let (Some(line), Some(bank)) = (lines(&bank).last(), array.bank()) {
            assert_eq!(line[5], bank.to_string());
        }
        let staircase = Picture::Staircase.csv(&[&array], &style);
        let last = lines(&staircase).pop().expect("a line");
        assert_eq!((number(last[2]), number(last[3])), (model.rows().into(), model.capacity().into()));
        let operations = lines(&staircase).iter().map(|line| number(line[1])).collect::<Vec<_>>();
        assert!(operations.is_sorted_by(|one, other| one < other), "{staircase}");
        if model.operations() <= Array::MOST_RECENT as u128 {
            assert_eq!(operations.len() as u128, model.operations() + 1, "{staircase}");
        }
    }
}

#[test]
fn saw_teeth_are_those_of_the_simulator() {
    let style = Style { width: 600, copied: None, rows: QUINTILLION, standalone: None };
    for policy in ["2", "3/2", "9/8", "7/3 from 5", "cpython-list", "go-slice", "2 from 1000"] {
        let array = array(policy, &[]);
        let trace = simulate(*array.start(), Allocator::AlwaysMoves, [(Op::Push, QUINTILLION)]);
        let events = trace.expect("few events").events;
        let (copies, slots) = (Picture::Copies.csv(&[&array], &style), Picture::Slots.csv(&[&array], &style));
        let (copies, slots) = (lines(&copies), lines(&slots));
        assert_eq!((copies.len(), slots.len()), (events.len(), 2 * events.len()), "{policy}");
        for ((line, slots), event) in copies.iter().zip(slots.chunks(2)).zip(events) {
            assert_eq!(number(line[1]), u128::from(event.resize.rows) + 1);
            assert_eq!(number(line[2]), event.charged);
            assert_eq!(number(slots[0][2]), event.resize.to.into());
        }
    }
}

/// The dot is the array itself, also if it reserved more than the curve has, or removed rows.
#[test]
fn the_dot_is_the_array() {
    let mut array = Array::new(Growth::DOUBLE);
    let style = Style { width: 700, copied: None, rows: 1000, standalone: None };
    let dots = |array: &Array| {
        [Picture::Copies, Picture::Slots].map(|picture| {
            let drawing = picture.draw(&[array], &style);
            let dot = drawing.split("<circle").find(|dot| dot.contains("<title>now</title>"));
            dot.map(|dot| dot.split(" r=").next().unwrap_or_default().to_owned())
        })
    };
    assert_eq!(dots(&array), [None, None]);
    array.apply(&[(Op::Push, 100)], u64::MAX).unwrap();
    let pushed = dots(&array);
    // Reserved slots take memory and save copies.
    let mut reserved = Array::new(Growth::DOUBLE);
    reserved.apply(&[(Op::ReserveExact(200), 1), (Op::Push, 100)], u64::MAX).unwrap();
    let [copies, slots] = dots(&reserved);
    assert!(copies != pushed[0] && slots != pushed[1], "{copies:?} {slots:?} {pushed:?}");
    // Removed rows were pushed: the copies per push stay.
    array.apply(&[(Op::Pop, 10)], u64::MAX).unwrap();
    let [copies, slots] = dots(&array);
    assert!(copies == pushed[0] && slots != pushed[1], "{copies:?} {slots:?} {pushed:?}");
}

#[test]
fn estimates_are_close_where_the_sum_is_known() {
    let style = Style { width: 600, copied: None, rows: QUINTILLION, standalone: None };
    // Copies of an array of n rows: n (n - step) / (2 step), about.
    for (policy, step) in [("exact", 1.0), ("+1", 1.0), ("+1000", 1000.0), ("+1000000", 1e6)] {
        let csv = Picture::Copies.csv(&[&array(policy, &[])], &style);
        let estimates: Vec<_> = lines(&csv).into_iter().filter(|line| line[4] == "no").collect();
        assert!(estimates.len() > 100, "{policy}: {csv}");
        for line in estimates {
            let [rows, copies] = [line[1], line[2]].map(|field| field.parse::<f64>().expect("a number"));
            let sum = rows * (rows - step) / (2.0 * step);
            assert!((copies / sum - 1.0).abs() < 1e-3, "{policy}: {copies} and not {sum} at {rows}");
        }
    }
    // A factor so small that most growths are estimated.
    let csv = Picture::Copies.csv(&[&array("100001/100000", &[])], &style);
    let last = lines(&csv).pop().expect("a line");
    let per_push = last[3].parse::<f64>().expect("a number");
    assert!((99_000.0..101_000.0).contains(&per_push), "{per_push}");
}

#[test]
fn scales_are_shared_unless_they_are_far_apart() {
    let style = Style { width: 600, copied: None, rows: 1_000, standalone: None };
    let (small, large) = (array("2", &[(Op::Push, 3)]), array("9/8", &[(Op::Push, 20)]));
    let huge = array("2", &[(Op::Push, 1_000_000)]);
    for picture in [Picture::Boxes, Picture::Costs, Picture::Heap] {
        let alone = picture.draw(&[&small], &style);
        assert_eq!(picture.draw_beside(&[&small], &[&small, &huge], &style), alone);
        let beside = picture.draw_beside(&[&small], &[&small, &large], &style);
        assert_eq!(beside == alone, picture == Picture::Boxes, "{}", picture.name());
    }
}

#[test]
fn names_are_found() {
    for picture in Picture::ALL {
        assert_eq!(Picture::from_name(picture.name()), Some(picture));
    }
    assert_eq!(Picture::from_name("Boxes"), None);
    assert!(Picture::Boxes.draw(&[], &styles(&array("2", &[]))[0]).contains("There is no array."));
}

/// The plane has the same places as the figures of the chapter.
#[test]
fn places_are_on_the_hyperbola() {
    let style = Style { width: 600, copied: None, rows: QUINTILLION, standalone: None };
    let csv = Picture::Plane.csv(&[&array("3/2", &[])], &style);
    let lines = lines(&csv);
    assert!(lines.len() > zoo::entries().len());
    let product = |name: &str| {
        let line = lines.iter().find(|line| line[0] == name).expect("a place");
        let [slots, copies] = [line[2], line[3]].map(|field| field.parse::<f64>().expect("a number"));
        (slots - 1.0) * (copies - 1.0)
    };
    for name in ["3/2", "cpython-list", "rust-vec", "java-arraylist", "r-vector"] {
        assert!((product(name) - 1.0).abs() < 1e-2, "{name}: {}", product(name));
    }
    assert!(product("redis-sds") > 10.0);
}

#[test]
fn rounded_numbers_are_called_so() {
    let style = Style { width: 600, copied: None, rows: QUINTILLION, standalone: None };
    let [python, two] = ["cpython-list", "2"].map(|policy| array(policy, &[]));
    let plane = Picture::Plane.draw(&[&python, &two], &style);
    assert!(plane.contains("cpython-list: T = about 9, S = about 1.125"), "{plane}");
    assert!(plane.contains("2: T = 2, S = 2"), "{plane}");
    for (picture, columns) in [
        (Picture::Copies, "copies_per_push_rounded"),
        (Picture::Slots, "slots_per_row_rounded"),
        (Picture::Plane, "slots_per_row_rounded,copies_per_push_rounded"),
    ] {
        let csv = picture.csv(&[&python], &style);
        assert!(csv.lines().next().is_some_and(|header| header.contains(columns)), "{csv:.200}");
    }
}
