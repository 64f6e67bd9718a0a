//! Lines that do not compile: the message of the compiler names what to write instead.
//!
//! All of them are functions of one generated package, which is checked once.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// A line, and what the message about it must contain.
const LINES: &[(&str, &str)] = &[
    ("let _ = a.slice((0, ..));", ""),
    ("let _ = a.iter();", ""),
    ("let _ = a[(0, 1)];", ""),
    ("let _ = a[0];", ""),
    ("let _ = v[0];", ""),
    ("let _ = v.slice((-1, ..));", ""),
    ("let _ = v.slice((0_u8, ..));", ""),
    ("let _ = v.slice(((..).step_by(2), ..));", ""),
    ("let _ = a.sum_axis(0);", ""),
    ("let _ = GrowableNd::<f64>::zeros((2, 3));", ""),
    ("let _ = GrowableNd::<f64>::new(3);", ""),
    ("let _ = a * 2;", ""),
    ("let _ = &a + &single;", ""),
    ("a.push_row((1.0, 2.0, 3.0)).unwrap();", ""),
    ("a.push_row([1, 2, 3]).unwrap();", ""),
    ("a.push_row(vec![vec![1.0]]).unwrap();", ""),
    ("a.push_row((0..3).map(f64::from)).unwrap();", ""),
    ("let _: GrowableNd<f64> = vec![vec![1.0]].into_iter().collect();", ""),
    ("let _ = a.zip_with(2.0, |x, y| x + y);", ""),
    ("let _ = v.t().t;", ""),
];

#[test]
fn messages_name_what_to_write() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused");
    fs::create_dir_all(folder.join("src")).unwrap();
    let crate_path = env!("CARGO_MANIFEST_DIR");
    fs::write(folder.join("Cargo.toml"), format!("[package]\nname = \"refused\"\nedition = \"2024\"\n[workspace]\n[dependencies]\ngrowable-nd = {{ path = {crate_path:?} }}\n")).unwrap();
    fs::copy(Path::new(crate_path).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut source = String::from("#![allow(unused)]\nuse growable_nd::*;\n");
    for (number, (line, _)) in LINES.iter().enumerate() {
        source += &format!(
            "fn line{number}(mut a: GrowableNd<f64>, single: GrowableNd<f32>, v: View<'_, f64, 2>) {{ {line} }}\n"
        );
    }
    fs::write(folder.join("src/lib.rs"), source).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    println!("{messages}");
}
