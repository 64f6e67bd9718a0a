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
    fs::remove_dir_all(&folder).unwrap();
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output, text)
}

/// The number before a name in the report.
fn count(report: &str, name: &str) -> u64 {
    let line = report.lines().find(|line| line.ends_with(name));
    let number =
        line.and_then(|line| line.strip_suffix(name)).unwrap_or_else(|| panic!("no {name:?}: {report}"));
    number.replace(' ', "").parse().unwrap()
}

#[test]
fn two_seconds() {
    let (output, report) = soak(&["2", "2"]);
    assert!(output.status.success(), "{report}");
    assert_eq!(count(&report, "  lost"), 0);
    for name in [
        "calls that build and change arrays",
        "rows compared with the model",
        "processes that appended to a file",
        "flushes that were acknowledged",
        "files read while they were written",
        "parses of damaged files, with at most 32 MiB of memory",
        "allocations refused at random",
        "allocations refused by a memory limit",
        "calls that failed for want of memory",
        "processes killed",
        "full disks",
        "limits of a file's size",
        "files damaged",
    ] {
        let is_left_out = name == "full disks" && report.contains("LEFT OUT: full disks");
        assert_eq!(count(&report, &format!("  {name}")) == 0, is_left_out, "{name}: {report}");
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
    for arguments in
        [&[][..], &["x"], &["2", "x"], &["repeat", "nobody", "1"], &["lie"], &["build"], &["append", "x"]]
    {
        let (output, report) = soak(arguments);
        assert!(
            !output.status.success() && report.starts_with("usage: soak SECONDS"),
            "{arguments:?}: {report}"
        );
    }
}
