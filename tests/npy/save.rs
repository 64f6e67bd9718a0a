use crate::support::{chain, written};
use growable_nd::{GrowableNd, NpyDType, NpyElement, NpyError};
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;

/// A new folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("save").join(name);
    // Remove the files of an earlier run.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[track_caller]
fn io_error(result: Result<(), NpyError>) -> io::Error {
    match result {
        Err(NpyError::Io(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_are_made_and_replaced() {
    let folder = folder("replaced");
    let path = folder.join("array.npy");
    for rows in [3_u8, 1, 0, 200] {
        let array: GrowableNd<u8> = GrowableNd::from_rows([2], (0..rows).map(|row| [row, row + 1])).unwrap();
        array.save_npy(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), written(&array));
        assert_eq!(GrowableNd::<u8>::load_npy(&path).unwrap(), array);
        array.view::<2>().t().save_npy(&path).unwrap();
        assert_eq!(GrowableNd::<u8>::load_npy(&path).unwrap().shape()[0], 2);
        assert_eq!(names(&folder), ["array.npy"]);
    }
}

#[test]
fn what_cannot_be_replaced_is_refused() {
    let folder = folder("refused");
    let array = GrowableNd::from([[1, 2], [3, 4]]);
    assert_eq!(io_error(array.save_npy(folder.join("none/array.npy"))).kind(), ErrorKind::NotFound);
    assert_eq!(io_error(array.save_npy("")).kind(), ErrorKind::InvalidInput);
    let loaded = GrowableNd::<i32>::load_npy(folder.join("none/array.npy"));
    assert_eq!(io_error(loaded.map(drop)).kind(), ErrorKind::NotFound);
    let error = array.save_npy(&folder).unwrap_err();
    assert_eq!(chain(&error), "I/O error in a .npy file: not a regular file");
    assert_eq!(names(&folder), [""; 0]);

    let path = folder.join("array.npy");
    fs::write(&path, "kept").unwrap();
    let writable = path.metadata().unwrap().permissions();
    let mut permissions = writable.clone();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions.clone()).unwrap();
    // Some users may write to any file.
    let may_write = File::options().append(true).open(&path).is_ok();
    match array.save_npy(&path) {
        Ok(()) => assert!(may_write),
        Err(error) => {
            assert!(!may_write, "{error}");
            assert_eq!(fs::read(&path).unwrap(), b"kept");
        }
    }
    assert_eq!(path.metadata().unwrap().permissions(), permissions);
    assert_eq!(names(&folder), ["array.npy"]);
    fs::set_permissions(&path, writable).unwrap();
}

/// A program that runs cannot be written to, by any user.
#[cfg(target_os = "linux")]
#[test]
#[cfg_attr(miri, ignore = "starts a program")]
fn a_program_that_runs_is_not_replaced() {
    use std::process::Command;

    let folder = folder("busy");
    let path = folder.join("array.npy");
    fs::copy("/bin/sleep", &path).unwrap();
    let program = fs::read(&path).unwrap();
    // While another test starts a program, that one has the copy open as well.
    let spawned = (0..100).find_map(|_| match Command::new(&path).arg("60").spawn() {
        Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
            thread::yield_now();
            None
        }
        spawned => Some(spawned),
    });
    let mut running = spawned.expect("a file that no process writes").unwrap();
    let is_refused = File::options().append(true).open(&path).is_err();
    let result = GrowableNd::from([[1, 2], [3, 4]]).save_npy(&path);
    running.kill().unwrap();
    running.wait().unwrap();
    if !is_refused {
        eprintln!("not tested: this system writes to programs that run");
        return;
    }
    assert_eq!(io_error(result).kind(), ErrorKind::ExecutableFileBusy);
    assert!(fs::read(&path).unwrap() == program);
    assert_eq!(names(&folder), ["array.npy"]);
}

/// An element that fails, or panics, when it is written.
#[derive(Clone, Debug)]
enum Bad {
    Fails,
    Panics,
    /// Fails with the files of this folder.
    Lists(PathBuf),
}

impl NpyElement for Bad {
    fn dtype() -> Option<NpyDType> {
        u8::dtype()
    }

    fn fits(_: &NpyDType) -> bool {
        true
    }

    fn decode(_: &[u8], _: &NpyDType) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Bad::Fails)
    }

    fn encode(&self, _: &mut [u8], _: &NpyDType) -> Result<(), Box<dyn Error + Send + Sync>> {
        match self {
            Bad::Fails => Err("bad".into()),
            Bad::Panics => panic!("an element panics"),
            Bad::Lists(folder) => Err(names(folder).join(" ").into()),
        }
    }
}

#[test]
fn elements_that_fail_leave_the_file_as_it_was() {
    let folder = folder("elements");
    let path = folder.join("array.npy");
    for there in [false, true] {
        if there {
            fs::write(&path, "kept").unwrap();
        }
        let error = GrowableNd::from_vec([], vec![Bad::Fails]).unwrap().save_npy(&path).unwrap_err();
        assert!(matches!(error, NpyError::Element { index: 0, .. }), "{error}");
        let panics = GrowableNd::from_vec([], vec![Bad::Panics]).unwrap();
        thread::scope(|scope| scope.spawn(|| panics.save_npy(&path)).join().unwrap_err());
        assert_eq!(fs::read(&path).ok().as_deref(), there.then_some(&b"kept"[..]));
        assert_eq!(names(&folder).len(), usize::from(there));
    }
}

#[test]
fn names_of_unfinished_files() {
    let folder = folder("names");
    let [ascii, greek] = ["n".repeat(255), "ν".repeat(127)];
    for (name, unfinished) in [
        ("array.npy", "array.npy.0.part array.npy.1.part"),
        (&ascii, &format!("{}.0.part", &ascii[..248])),
        (&greek, &format!("{}.0.part", &greek[..248])),
        // Its 248th byte is the first of two of a character.
        (&format!("n{greek}"), &format!("n{}.0.part", &greek[..246])),
    ] {
        let killed = folder.join("array.npy.0.part");
        if name == "array.npy" {
            fs::write(&killed, "by a program that was killed").unwrap();
        }
        let array = GrowableNd::from_vec([], vec![Bad::Lists(folder.clone())]).unwrap();
        let error = array.save_npy(folder.join(name)).unwrap_err();
        assert_eq!(chain(&error), format!("invalid element 0: {unfinished}"));
        let _ = fs::remove_file(&killed);
        assert_eq!(names(&folder), [""; 0]);
    }
}

/// Several threads save one file: in the end it is one of their arrays, whole, and no other file is
/// left.
#[test]
fn threads_do_not_meet() {
    let folder = folder("threads");
    let path = folder.join("array.npy");
    // The file of a program that was killed.
    fs::write(folder.join("array.npy.0.part"), "old").unwrap();
    let arrays: Vec<GrowableNd<u8>> = (0..6).map(|byte| GrowableNd::full([1000], byte)).collect();
    for _ in 0..20 {
        thread::scope(|scope| {
            for array in &arrays {
                scope.spawn(|| array.save_npy(&path).unwrap());
            }
        });
        let found = GrowableNd::<u8>::read_npy(File::open(&path).unwrap()).unwrap();
        assert!(arrays.contains(&found));
        assert_eq!(names(&folder), ["array.npy", "array.npy.0.part"]);
    }
}

#[cfg(unix)]
#[test]
fn links_stay_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder("links");
    let (path, link) = (folder.join("array.npy"), folder.join("link.npy"));
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("array.npy", &link).unwrap();
    let array = GrowableNd::from([1.5, 2.5]);
    array.save_npy(&link).unwrap();
    assert_eq!(fs::read(&path).unwrap(), written(&array));
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(names(&folder), ["array.npy", "link.npy"]);
}
