//! The program of a target: libFuzzer's under `cargo fuzz`, otherwise one that runs files.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Makes the program of a target from its function of bytes.
#[macro_export]
macro_rules! target {
    ($run:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $run(bytes));

        #[cfg(not(fuzzing))]
        fn main() {
            $crate::program::run_files($run);
        }
    };
}

/// Runs a target with each file that the command line names, and with the files of each folder.
pub fn run_files(run: fn(&[u8])) {
    let mut files = Vec::new();
    env::args_os().skip(1).for_each(|path| collect(Path::new(&path), &mut files));
    files.sort();
    for file in &files {
        println!("{}", file.display());
        run(&fs::read(file).expect("a file that can be read"));
    }
    println!("files: {}", files.len());
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder that can be read");
        entries.for_each(|entry| collect(&entry.expect("an entry").path(), files));
    } else {
        files.push(path.to_owned());
    }
}
