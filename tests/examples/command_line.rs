use crate::support::{Run, example, folder, run};
use growable_nd::GrowableNd;
use std::path::Path;

/// All programs that take arguments. `quickstart` takes none, to stay short.
const NAMES: [&str; 4] = ["heat", "frames", "shards", "chapter"];

#[test]
fn help_goes_to_standard_output() {
    for name in NAMES {
        for arguments in [&["--help"][..], &["-h"], &["3", "--help"]] {
            let Run { code, out, errors } = run(&mut example(name, arguments), &[]);
            assert_eq!((code, &*errors), (Some(0), ""), "{name}");
            assert!(out.starts_with(&format!("usage: {name}")) && out.lines().count() >= 2, "{out}");
        }
    }
}

#[test]
fn wrong_arguments_are_reported_with_the_usage() {
    let wrong: &[(&str, &[&str], &str)] = &[
        ("heat", &["x"], "no arguments are accepted"),
        ("frames", &[], "the arguments are the shape of a frame"),
        ("frames", &["3", "a.npy", "b.npy"], "the arguments are the shape of a frame"),
        ("frames", &["3,x"], "invalid extent \"\""),
        ("frames", &["3,-1"], "invalid extent \"-1\""),
        ("frames", &["3,0"], "has no bytes"),
        ("frames", &["--shape"], "invalid extent \"--shape\""),
        ("chapter", &[], "no program is named"),
        ("chapter", &["none"], "no program is called none"),
        ("chapter", &["game", "0"], "invalid budget 0"),
        ("shards", &[], "the arguments are a folder"),
        ("shards", &["--all"], "unknown option --all"),
        ("shards", &["walks", "1000000"], "invalid worker 1000000"),
        ("shards", &["walks", "first"], "invalid worker first"),
        ("shards", &["walks", "1", "2"], "the arguments are a folder"),
    ];
    let folder = folder("wrong");
    for &(name, arguments, message) in wrong {
        let Run { code, out, errors } = run(example(name, arguments).current_dir(&folder), &[]);
        assert_eq!((code, &*out), (Some(2), ""), "{name} {arguments:?}");
        let start = format!("{name}: ");
        assert!(errors.starts_with(&start) && errors.contains(message), "{errors}");
        assert!(errors.contains(&format!("\nusage: {name}")), "{errors}");
    }
    assert_eq!(folder.read_dir().unwrap().count(), 0);
}

/// All programs, run in this folder with arguments that make them print something.
#[cfg(unix)]
fn runs(folder: &Path) -> Vec<std::process::Command> {
    let runs: [(&str, &[&str]); 8] = [
        ("heat", &[]),
        ("frames", &["7"]),
        ("frames", &["7", "frames.npy"]),
        ("shards", &["walks"]),
        ("chapter", &["list"]),
        ("chapter", &["game"]),
        ("heat", &["--help"]),
        ("frames", &["--help"]),
    ];
    let command = |(name, arguments): (_, &[_])| {
        let mut command = example(name, arguments);
        command.current_dir(folder);
        command
    };
    runs.into_iter().map(command).collect()
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_them_quietly() {
    use std::fs::{self, File};
    use std::io::Read;
    use std::os::{fd::OwnedFd, unix::net::UnixStream};

    let folder = folder("quiet");
    let input = folder.join("input");
    // The input ends within a frame, which is reported.
    fs::write(&input, vec![9; 20_001]).unwrap();
    for bytes in [0, 1, 30, 100] {
        for mut command in runs(&folder) {
            let (reader, writer) = UnixStream::pair().unwrap();
            // The reader is closed before the program starts, or after it has read some bytes.
            let reader = (bytes > 0).then_some(reader);
            let writer = OwnedFd::from(writer);
            // The messages have no reader either.
            let messages = OwnedFd::from(UnixStream::pair().unwrap().0);
            command.stdin(File::open(&input).unwrap()).stdout(writer).stderr(messages);
            let mut child = command.spawn().unwrap();
            // The command holds a writer as well.
            let shown = format!("{command:?}");
            drop(command);
            if let Some(mut reader) = reader {
                let _ = reader.read_exact(&mut vec![0; bytes]);
            }
            let status = child.wait().unwrap();
            assert!(status.success(), "{shown} after {bytes} bytes: {status}");
        }
        for path in ["frames.npy", "walks/000000.npy", "walks/000003.npy"] {
            fs::remove_file(folder.join(path)).unwrap();
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_reported() {
    for mut command in runs(&folder("full")) {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let name = format!("{command:?}");
        let output = command.stdin(std::process::Stdio::null()).stdout(full).output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(errors.contains("No space left") || errors.contains("no whole frame"), "{name}: {errors}");
    }
}

/// The program of the README and its output.
#[test]
fn the_first_program_is_that_of_the_readme() {
    let readme = include_str!("../../README.md");
    let program = readme.split("```").nth(1).and_then(|block| block.strip_prefix("rust\n")).unwrap();
    let (_, quickstart) = include_str!("../../examples/quickstart.rs").split_once("\n\n").unwrap();
    assert_eq!(quickstart, program);

    let comments = program.lines().filter(|line| line.contains("println!"));
    let expected: String = comments.map(|line| format!("{}\n", line.split_once("// ").unwrap().1)).collect();
    assert_eq!(run(&mut example("quickstart", [""; 0]), &[]).out, expected);
}

/// The picture of the README: the block after each push, and the rows that the push copied.
#[test]
fn the_picture_of_the_readme() {
    let readme = include_str!("../../README.md");
    let picture = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut array = GrowableNd::<i32>::new([2, 3]);
    for line in picture.lines().skip(1) {
        let before = array.growth_stats().rows_copied;
        array.push_row([[0; 3]; 2]).unwrap();
        let (rows, copied) = (array.rows(), array.growth_stats().rows_copied - before);
        let block = "█".repeat(rows) + &"░".repeat(array.capacity() - rows);
        let copied = if copied > 0 { copied.to_string() } else { String::new() };
        assert_eq!(line, format!("{rows:>4}  {block:<35}  {copied:>11}").trim_end());
    }
    assert_eq!((array.rows(), array.growth_stats().rows_copied), (9, 15));
}

#[test]
fn the_plate_cools_down_as_it_should() {
    let Run { code, out, errors } = run(&mut example("heat", [""; 0]), &[]);
    assert_eq!((code, &*errors), (Some(0), ""));
    assert!(out.starts_with("shape    [561, 49, 65]") && out.contains("largest error 0.0"), "{out}");
}
