use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// A line, and parts of the compiler's message. `a` is an array of `f64`, `single` one of `f32`,
/// and `v` a view of two axes.
const LINES: &[(&str, &[&str])] = &[
    ("a[(0, 1)]", &["expected one `usize` per axis, as in `[i, j]`"]),
    ("a[0]", &["`a[[i]]` for one axis", "`a.row(i)` is a row, `a.column(j)` a column"]),
    ("a[[0_u32, 1]]", &["an index is an array of `usize`"]),
    ("a[-1]", &["counts from the beginning"]),
    ("v[0]", &["expected `[usize; 2]`"]),
    ("v.slice((0_u8, ..))", &["`usize::from(i)`"]),
    ("v.slice((-1_isize, ..))", &["write `extent - k` for the `k`-th from the end"]),
    ("v.slice(((0..2).step_by(2), ..))", &["a step is written `(0..9).step(2)`"]),
    ("a.sum_axis(0)", &["expected `Axis`", "Axis(0)"]),
    ("a * 2", &["cannot combine an array of `f64`", "`2` is not a float, `2.0` is"]),
    ("&a + &single", &["cannot combine an array of `f64` with `&growable_nd::GrowableNd<f32>`"]),
    ("&a + Money(1.0)", &["needs `impl growable_nd::Scalar for X {}`"]),
    ("a.zip_with(2.0, |x, y| x + y)", &["is neither an array nor a view"]),
    ("a.push_row((1.0, 2.0, 3.0))", &["is not a row of `f64`", "a row is a slice, a `Vec`, an array"]),
    ("a.push_row([1, 2, 3])", &["`[{integer}; 3]` is not a row of `f64`", "with elements of the same type"]),
    ("a.push_row(vec![vec![1.0]])", &["write `Nested(rows)`"]),
    ("a.push_row((0..3).map(f64::from))", &["write `Elements(iter)` or call `push_row_from`"]),
    (
        "a.push_row(Money(1.0))",
        &["for a single element call `push`", "implement `Row<f64>` for a type of your own"],
    ),
    (
        "vec![vec![1.0]].into_iter().collect::<GrowableNd<f64>>()",
        &["does not determine the shape of a row of `f64`", "`GrowableNd::from_rows([2, 4], rows)`"],
    ),
    ("GrowableNd::<Money>::from(vec![Money(1.0)])", &["from_vec([], vec)"]),
];

/// Checks a package with each line in its own function, and returns the messages of the compiler.
fn messages() -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused");
    fs::create_dir_all(folder.join("src")).unwrap();
    let library = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let manifest = format!(
        "[package]\nname = \"refused\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\ngrowable-nd = {{ path = {library:?} }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    // With the versions of the library: nothing is downloaded.
    fs::copy(Path::new(library).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut source = String::from("use growable_nd::*; pub struct Money(pub f64);\n");
    for (number, (line, _)) in LINES.iter().enumerate() {
        source += &format!(
            "pub fn line{number}(mut a: GrowableNd<f64>, single: GrowableNd<f32>, v: View<'_, f64, 2>) {{ let _ = {line}; }}\n"
        );
    }
    fs::write(folder.join("src/lib.rs"), source).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--quiet", "--offline"]).current_dir(&folder);
    let output = cargo.env("CARGO_TARGET_DIR", folder.join("target")).output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn messages_say_what_to_write() {
    let messages = messages();
    for (number, (line, expected)) in LINES.iter().enumerate() {
        let place = format!("src/lib.rs:{}:", number + 2);
        let of_line: Vec<&str> =
            messages.split("\nerror").filter(|message| message.contains(&place)).collect();
        assert!(!of_line.is_empty(), "no message about `{line}`:\n{messages}");
        for part in *expected {
            let found = of_line.iter().any(|message| message.contains(part));
            assert!(found, "`{line}`: no {part:?} in\n{}", of_line.join("\n"));
        }
    }
}
