//! All pictures in many states.

use super::{Picture, Style, Theme};
use crate::array::Array;
use growable_nd::Ratio;
use growable_nd::amortized::{Bounds, Model, Op};
use growable_nd::{Growth, zoo};

/// An array after a program, audited by factor 2 if it has no factor of its own.
fn array(policy: &str, program: &[(Op, u64)]) -> Array {
    let growth = zoo::parse(policy).expect("a policy");
    let prices = Bounds::of(&growth).or_else(|| Bounds::of(&Growth::DOUBLE));
    let mut array = Array::audited(Model::new(growth), prices);
    array.apply(program, &mut 10_000_000).expect("a program");
    array
}

fn style(width: u32) -> Style {
    Style { width, copied: None, rows: 1_000_000_000_000_000_000, standalone: None }
}

/// States that are at an edge, or that a reader will see.
fn states() -> Vec<(String, Array)> {
    let million = 1_000_000;
    let huge = 1_000_000_000_000_000_000;
    let programs: [(&str, &[(Op, u64)]); 14] = [
        ("2", &[]),
        ("2", &[(Op::Push, 1)]),
        ("2", &[(Op::Push, 9)]),
        ("3/2", &[(Op::Push, 14)]),
        ("2", &[(Op::Push, 1_000)]),
        ("3/2", &[(Op::Push, million)]),
        ("2 shrink to 2 at 1/4", &[(Op::Push, 300), (Op::Pop, 270)]),
        ("+10", &[(Op::Push, 300)]),
        ("exact", &[(Op::Push, 40)]),
        ("9/8", &[(Op::Push, huge)]),
        ("2", &[(Op::ReserveExact(u64::MAX), 1), (Op::Extend(u64::MAX), 1)]),
        ("2 from 1000000000000", &[(Op::Push, 3)]),
        ("cpython-list", &[(Op::Push, 1_000)]),
        ("redis-sds", &[(Op::Extend(5000), 1_000), (Op::Truncate(7), 1)]),
    ];
    let states = programs.iter().map(|(policy, program)| {
        let program_text: Vec<_> = program.iter().map(|(op, times)| format!("{times} {op}")).collect();
        (format!("{policy}: {}", program_text.join(", ")), array(policy, program))
    });
    states.collect()
}

/// Writes pages to look at, into the folder in the variable `PICTURES`.
#[test]
#[ignore = "writes pages to look at"]
fn pages() {
    let folder = std::env::var("PICTURES").expect("a folder");
    for (number, (name, array)) in states().into_iter().enumerate() {
        let second = array_like(&array);
        for width in [340, 600, 900] {
            let mut page = format!("<style>body{{margin:8px;font:14px Arial}}svg{{border:1px solid #8883;margin:3px;vertical-align:top}}@media(prefers-color-scheme:dark){{body{{background:#1d1f21;color:#ddd;--main-background-color:#1d1f21;--fig-blue:#56b4e9;--fig-red:#ff9646;--fig-green:#3cc896;--fig-pink:#e6a0c8;--fig-grey:#aaa;--fig-grid:#4a4a4a;--fig-pale:#444}}}}</style><meta charset=utf-8><p>{name}</p>");
            for picture in Picture::ALL {
                page += &picture.draw(&[&array], &style(width));
            }
            std::fs::write(format!("{folder}/{number}-{width}.html"), &page).expect("a page");
            let mut page = page.split("<svg").next().unwrap_or("").to_owned();
            for picture in Picture::ALL {
                let arrays: Vec<&Array> = second.iter().collect();
                let both: Vec<&Array> = [&array].into_iter().chain(arrays).collect();
                let copied = array.last().and_then(|last| last.step.resize).map(|resize| resize.rows / 2);
                let style = Style { copied, standalone: Some(Theme::Light), ..style(width) };
                page += &picture.draw(&both, &style);
            }
            std::fs::write(format!("{folder}/{number}-{width}-two.html"), page).expect("a page");
        }
    }
}

fn array_like(other: &Array) -> Option<Array> {
    let growth = Growth::THREE_HALVES.with_shrink(Ratio::new(1, 4), Ratio::from(2));
    let mut array = Array::audited(Model::new(growth), Bounds::of(&growth));
    let rows = other.model().rows();
    array.apply(&[(Op::Push, rows)], &mut 10_000_000).ok()?;
    Some(array)
}

/// All nine pictures take less than two milliseconds, where it is not a debug build.
#[test]
#[ignore = "measures time"]
fn time() {
    for (name, array) in states() {
        for picture in Picture::ALL {
            let _ = picture.draw(&[&array], &style(900));
        }
        for picture in Picture::ALL {
            let start = std::time::Instant::now();
            let mut size = 0;
            for _ in 0..20 {
                size = picture.draw(&[&array], &style(900)).len();
            }
            println!("{name:<40} {:<10} {:>8.1?} {size}", picture.name(), start.elapsed() / 20);
        }
    }
}
