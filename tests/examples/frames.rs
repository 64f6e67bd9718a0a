use crate::support::{Run, example, files, folder, python, run};
use growable_nd::GrowableNd;
use std::fs;
use std::path::Path;

fn frames(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    run(example("frames", arguments).current_dir(folder), input)
}

fn bytes(count: usize) -> Vec<u8> {
    (0..=250).cycle().take(count).collect()
}

fn saved(inner: [usize; 3], frames: &[u8]) -> Vec<u8> {
    let mut file = vec![];
    let frames = GrowableNd::<u8>::from_bytes(inner, frames).unwrap();
    frames.write_npy(&mut file).unwrap();
    file
}

#[test]
fn shapes_are_written_in_two_ways() {
    let folder = folder("shapes");
    let expected = frames(&folder, &["2,3,4"], &bytes(100));
    assert!(expected.out.starts_with("shape [4, 2, 3, 4]\nmean brightness, from 11.500"), "{}", expected.out);
    let message = "frames: the last 4 bytes are left out; a frame has 24\n";
    assert_eq!(expected.errors, message);
    for shape in ["2x3x4", "2, 3, 4", "2x3,4", "2 x 3 x 4"] {
        let Run { code, out, errors } = frames(&folder, &[shape], &bytes(100));
        assert_eq!((code, out, errors), (Some(0), expected.out.clone(), expected.errors.clone()));
    }
    let Run { code, out, errors } = frames(&folder, &["2x3x4"], &[]);
    assert_eq!((code, &*out, &*errors), (Some(0), "shape [0, 2, 3, 4]\n", ""));
}

#[test]
fn a_file_is_replaced_by_all_whole_frames() {
    let folder = folder("replaced");
    for count in [24, 1000, 24 * 5, 300_000] {
        let Run { code, .. } = frames(&folder, &["2x3x4", "clip.npy"], &bytes(count));
        assert_eq!(code, Some(0));
        let expected = saved([2, 3, 4], &bytes(count)[..count / 24 * 24]);
        assert!(files(&folder) == [("clip.npy".to_owned(), expected)].into(), "{count}");
    }
}

/// Runs that fail leave an existing file unchanged and no other file beside it, and report that the
/// file is not written.
#[test]
fn a_good_file_is_never_damaged() {
    let folder = folder("kept");
    let good = saved([2, 3, 4], &bytes(240));
    fs::write(folder.join("clip.npy"), &good).unwrap();
    fs::create_dir(folder.join("folder.npy")).unwrap();
    let check = |run: Run, name: &str, reason: &str| {
        assert_eq!(run.code, Some(1), "{}", run.errors);
        let message = format!("frames: {name} is not written: ");
        assert!(run.errors.contains(&message) && run.errors.contains(reason), "{}", run.errors);
        assert!(fs::read(folder.join("clip.npy")).unwrap() == good);
        assert_eq!(folder.read_dir().unwrap().count(), 2);
    };
    let arguments = ["2,3,4", "clip.npy"];
    for count in [0, 10, 23] {
        check(frames(&folder, &arguments, &bytes(count)), "clip.npy", "no whole frame");
    }
    // Detected before the stream, which never ends, is read.
    check(frames(&folder, &["2,3,4", "folder.npy"], &bytes(48)), "folder.npy", "not a regular file");
    let reason = if cfg!(unix) { "No such file" } else { "" };
    check(frames(&folder, &["2,3,4", "none/clip.npy"], &bytes(48)), "none/clip.npy", reason);

    #[cfg(unix)]
    {
        use crate::support::limited;
        use std::process::Command;

        let limited = |units| {
            let mut command = limited(&example("frames", arguments), units, true);
            run(command.current_dir(&folder), &bytes(100_000))
        };
        for units in [0, 1, 100] {
            check(limited(units), "clip.npy", "too large");
        }
        // A stream that fails: a folder can be opened, but not read.
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" \"$@\" < /"]).arg(example("frames", [""; 0]).get_program());
        check(run(command.args(arguments).current_dir(&folder), &[]), "clip.npy", "stream failed");
    }
}

#[test]
fn a_clip_is_opened_by_the_program_of_the_page() {
    let folder = folder("clip");
    frames(&folder, &["120x160x3", "clip.npy"], &bytes(3 * 57_600));
    if let Some(out) = python("numpy", "", &folder) {
        assert_eq!(out, "(3, 120, 160, 3) uint8\n");
    }
}
