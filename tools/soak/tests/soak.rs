//! A short soak reports no error; with wrong models and reports it does.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn soak(arguments: &[&str]) -> (Output, String) {
    // A run that reports an error keeps its files.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("soak-{}", arguments.join("-")));
    fs::create_dir_all(&folder).unwrap();
    let program = env!("CARGO_BIN_EXE_soak");
    let output = Command::new(program).args(arguments).env("TMPDIR", &folder).output().unwrap();
    let left = fs::read_dir(&folder).unwrap().count();
    assert!(left == 0 || !output.status.success(), "files are left");
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let files = text.split([' ', ',', '\n']).filter(|word| word.ends_with(".npy"));
    files.for_each(|file| assert!(Path::new(file).exists(), "{file} was not kept: {text}"));
    fs::remove_dir_all(&folder).unwrap();
    (output, text)
}

/// The names and numbers in a section of the report, in lines of number, two spaces and name.
fn section<'a>(report: &'a str, title: &str) -> Vec<(&'a str, u64)> {
    let lines = report.lines().skip_while(|line| *line != title).skip(1);
    let counts = lines.map_while(|line| line.trim_start().split_once("  "));
    counts.map(|(number, name)| (name, number.replace(' ', "").parse().unwrap())).collect()
}

#[test]
fn two_seconds() {
    let (output, report) = soak(&["2", "2"]);
    assert!(output.status.success(), "{report}");
    let count = |title, name| section(&report, title).into_iter().find(|count| count.0 == name);
    let processes = count("operations", "processes that appended to a file");
    let kills = count("faults injected", "processes killed");
    assert!(kills.map(|kills| kills.1) <= processes.map(|processes| processes.1), "{report}");
    let lost = section(&report, "rows in files").into_iter().find(|count| count.0 == "lost");
    assert_eq!(lost, Some(("lost", 0)), "{report}");
    for title in ["operations", "faults injected"] {
        let counts = section(&report, title);
        assert!(!counts.is_empty(), "no {title}: {report}");
        for (name, number) in counts {
            match name {
                // This depends on the moment of a read.
                name if name.starts_with("reads repeated") => {}
                "full disks" if report.contains("LEFT OUT: full disks") => assert_eq!(number, 0, "{report}"),
                _ => assert_ne!(number, 0, "{name}: {report}"),
            }
        }
    }
}

#[test]
fn lies_are_found() {
    for (worker, fault) in [
        ("builder", "is wrong"),
        ("limited-builder", "is wrong"),
        ("recorder", "were acknowledged"),
        ("small-disk", "were acknowledged"),
    ] {
        let (output, report) = soak(&["repeat", worker, "1", "lie"]);
        let is_left_out = worker == "small-disk" && report.contains("LEFT OUT: full disks");
        assert_eq!(output.status.success(), is_left_out, "{worker}: {report}");
        assert!(
            is_left_out || report.contains("WRONG: step") && report.contains(fault),
            "{worker}: {report}"
        );
    }
}

#[test]
fn arguments() {
    for arguments in [
        &[][..],
        &["x"],
        &["2", "x"],
        &["18446744073709551615"],
        &["repeat", "nobody", "1"],
        &["lie"],
        &["build"],
        &["append", "x"],
    ] {
        let (output, report) = soak(arguments);
        assert!(
            !output.status.success() && report.starts_with("usage: soak SECONDS"),
            "{arguments:?}: {report}"
        );
    }
}
