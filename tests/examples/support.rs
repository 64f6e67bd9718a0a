use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Names the interpreter, as for the tests with `NumPy`.
const PYTHON: &str = "GROWABLE_ND_PYTHON";

/// The path of a program of `examples`, in a folder beside that of the test.
pub fn path(name: &str) -> PathBuf {
    let test = env::current_exe().unwrap();
    let target = test.ancestors().nth(2).unwrap();
    let path = target.join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    let hint = "cargo build --profile test --examples --features npy";
    assert!(path.exists(), "{} does not exist, run `{hint}` first", path.display());
    path
}

pub fn example<A: AsRef<OsStr>>(name: &str, arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(path(name));
    command.args(arguments);
    command
}

/// The same program with a limit on the length of files, in units of 512 bytes. A longer write
/// fails as on a full disk, or ends the program.
#[cfg(unix)]
pub fn limited(command: &Command, units: u64, refused: bool) -> Command {
    let trap = if refused { "trap '' XFSZ; " } else { "" };
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{trap}ulimit -c 0; ulimit -f {units}; exec \"$0\" \"$@\""));
    shell.arg(command.get_program()).args(command.get_args());
    shell
}

/// The result of a program.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub errors: String,
}

pub fn run(command: &mut Command, input: &[u8]) -> Run {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program need not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: status.code(), out: text(stdout), errors: text(stderr) }
}

/// A new folder.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples").join(name);
    // Remove the files of an earlier run.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// All files of a folder by their names.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// Runs the Python program of the page about `NumPy` that imports `module`, followed by some lines.
/// Returns its output, or nothing if no Python has the module.
pub fn python(module: &str, more: &str, folder: &Path) -> Option<String> {
    let page = include_str!("../../docs/numpy.md");
    let mut programs = page.split("```python\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let import = format!("import {module} as ");
    let program = programs.find(|program| program.contains(&import)).unwrap();
    let interpreter = env::var_os(PYTHON).unwrap_or("python3".into());
    let command = |program: &str| {
        let mut command = Command::new(&interpreter);
        command.arg("-c").arg(program).current_dir(folder);
        command
    };
    if !command(&format!("import numpy, {module}")).output().is_ok_and(|output| output.status.success()) {
        eprintln!("{} has no {module}: skipped", interpreter.to_string_lossy());
        return None;
    }
    let run = run(&mut command(&format!("{program}{more}")), &[]);
    assert_eq!(run.code, Some(0), "{}", run.errors);
    Some(run.out)
}
