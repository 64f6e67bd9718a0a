//! The policies of the zoo against the original programs, if these are installed.
//!
//! Each program in this folder fills an array one element at a time. It prints `=` with its name
//! and version, and then a line for each entry of the zoo: the name and the capacities. A program
//! that is missing, too old or too new is skipped; `cargo test --test zoo_replays -- --nocapture`
//! reports that.

use growable_nd::Request;
use growable_nd::zoo::{self, Entry, Evidence};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The capacities of an array filled one element at a time, with the slot size of the original.
fn capacities(entry: &Entry) -> impl Iterator<Item = u64> {
    let mut capacity = 0;
    std::iter::repeat_with(move || {
        let request = Request::new(capacity, capacity + 1).with_row_bytes(entry.slot_bytes);
        capacity = entry.growth().next_capacity(request);
        capacity
    })
}

fn program(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("zoo").join(file)
}

/// A folder for the files that a compiler makes of a program.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("zoo").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a command, and returns its output or the reason why there is none.
fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ran = command.stdin(Stdio::null()).output();
    let Output { status, stdout, stderr } = ran.map_err(|error| format!("{name}: {error}"))?;
    if !status.success() {
        let errors = String::from_utf8_lossy(&stderr).into_owned();
        return Err(format!("{name}: {}", errors.lines().next().unwrap_or("failed")));
    }
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}

/// Compares what a program printed with the zoo.
fn compare(printed: &str) {
    for line in printed.lines() {
        if let Some(runtime) = line.strip_prefix("= ") {
            eprintln!("{runtime}:");
            continue;
        }
        let mut words = line.split_whitespace();
        let name = words.next().unwrap();
        let original: Vec<u64> = words.map(|word| word.parse().unwrap()).collect();
        assert!(original.len() > 6, "{name} printed {line:?}");
        let entry = zoo::find(name).unwrap();
        let expected: Vec<u64> = capacities(entry).take(original.len()).collect();
        assert_eq!(original, expected, "{name}");
        assert!(matches!(entry.evidence, Evidence::Replayed(_)), "{name}");
        eprintln!("    {name}: {} capacities up to {}", original.len(), original.last().unwrap());
    }
}

/// Compares what a command prints with the zoo, if it can be run.
fn replay(command: &mut Command) {
    match output(command) {
        Ok(printed) => {
            assert!(printed.starts_with("= "), "no name and version: {printed:?}");
            compare(&printed);
        }
        Err(error) => eprintln!("not replayed: {error}"),
    }
}

/// Compiles a program, and compares what it prints with the zoo.
fn replay_compiled(compiler: &mut Command, program: &Path) {
    match output(compiler) {
        Ok(_) => replay(&mut Command::new(program)),
        Err(error) => eprintln!("not replayed: {error}"),
    }
}

/// Compiles a C++ program with these additional options.
fn replay_cpp(file: &str, name: &str, options: &[&str]) {
    let out = folder(name).join(name);
    let mut compiler = Command::new("g++");
    compiler.args(["-std=c++17", "-fPIC", "-I"]).arg(program("")).arg(program(file)).args(options);
    replay_compiled(compiler.arg("-o").arg(&out), &out);
}

#[test]
fn cpython() {
    replay(Command::new("python3").arg(program("cpython.py")));
    // pyenv, if it is installed, has several versions under this name.
    let mut older = Command::new("python3.8");
    replay(older.env("PYENV_VERSION", "3.8.18").arg(program("cpython.py")));
}

#[test]
fn glib() {
    replay(Command::new("python3").arg(program("glib.py")));
}

#[test]
fn ruby() {
    replay(Command::new("ruby").arg(program("ruby.rb")));
}

#[test]
fn lua() {
    replay(Command::new("lua5.4").arg(program("lua.lua")));
}

#[test]
fn php() {
    replay(Command::new("php").arg(program("php.php")));
}

#[test]
fn perl() {
    replay(Command::new("perl").arg(program("perl.pl")));
}

#[test]
fn node() {
    replay(Command::new("node").arg(program("node.js")));
}

#[test]
fn r() {
    replay(Command::new("Rscript").arg(program("r.R")));
}

#[test]
fn sbcl() {
    replay(Command::new("sbcl").arg("--script").arg(program("sbcl.lisp")));
}

#[test]
fn go() {
    let cache = folder("go");
    replay(Command::new("go").env("GOCACHE", cache).arg("run").arg(program("go.go")));
}

#[test]
fn erlang() {
    let folder = folder("erlang");
    let compiled = output(Command::new("erlc").arg("-o").arg(&folder).arg(program("erlang_capacities.erl")));
    match compiled {
        Ok(_) => replay(Command::new("erl").arg("-pa").arg(&folder).args([
            "-noshell",
            "-s",
            "erlang_capacities",
            "main",
        ])),
        Err(error) => eprintln!("not replayed: {error}"),
    }
}

#[test]
fn freepascal() {
    let out = folder("freepascal").join("capacities");
    let mut compiler = Command::new("fpc");
    compiler.arg("-v0").arg(format!("-o{}", out.display())).arg(program("freepascal.pas"));
    replay_compiled(&mut compiler, &out);
}

#[test]
fn java() {
    let options = ["-Xmx256m", "--add-opens", "java.base/java.util=ALL-UNNAMED"];
    replay(Command::new("java").args(options).arg(program("Java.java")));
}

#[test]
fn libstdcxx() {
    replay_cpp("std.cc", "libstdcxx", &[]);
}

/// With `g++`, since `clang` is ten times as large.
#[test]
fn libcxx() {
    let headers = "/usr/lib/llvm-14/include/c++/v1";
    let options = ["-nostdinc++", "-isystem", headers, "-nodefaultlibs", "-L/usr/lib/llvm-14/lib"];
    let libraries = ["-lc++", "-lc++abi", "-lm", "-lc", "-lgcc_s", "-lgcc"];
    let found = "-Wl,-rpath,/usr/lib/llvm-14/lib";
    replay_cpp("std.cc", "libcxx", &[&options[..], &libraries, &[found]].concat());
}

#[test]
fn boost() {
    replay_cpp("boost.cc", "boost", &[]);
}

#[test]
fn abseil() {
    let libraries = ["-labsl_throw_delegate", "-labsl_raw_logging_internal"];
    replay_cpp("abseil.cc", "abseil", &libraries);
}

#[test]
fn llvm() {
    replay_cpp("llvm.cc", "llvm", &["-I/usr/include/llvm-14", "-L/usr/lib/llvm-14/lib", "-lLLVM-14"]);
}

#[test]
fn qt() {
    let headers = "-I/usr/include/x86_64-linux-gnu/qt6";
    replay_cpp("qt.cc", "qt", &[headers, &format!("{headers}/QtCore"), "-lQt6Core"]);
}

fn assert_vec_replayed<T: Clone>(element: T, pushes: usize) {
    let mut vec = Vec::new();
    let mut capacity = 0;
    while capacity <= pushes {
        let request =
            Request::new(capacity as u64, capacity as u64 + 1).with_row_bytes(size_of::<T>() as u64);
        let next = zoo::find("rust-vec").unwrap().growth().next_capacity(request);
        vec.push(element.clone());
        assert_eq!(vec.capacity() as u64, next, "elements of {} bytes", size_of::<T>());
        capacity = vec.capacity();
        vec.resize(capacity, element.clone());
    }
}

#[test]
fn rust() {
    assert_vec_replayed(0_u8, 1_000_000);
    assert_vec_replayed(0_u16, 1_000_000);
    assert_vec_replayed(0_u64, 1_000_000);
    assert_vec_replayed([0_u8; 1024], 5000);
    assert_vec_replayed([0_u8; 1025], 5000);
    assert_vec_replayed([0_u8; 2000], 5000);
}

#[test]
fn replayed_entries_have_a_program() {
    let mut programs = include_str!("main.rs").to_owned();
    for file in fs::read_dir(program("")).unwrap() {
        programs += &fs::read_to_string(file.unwrap().path()).unwrap();
    }
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '.';
    let words: BTreeSet<&str> = programs.split(|letter| !is_part(letter)).collect();
    for entry in zoo::entries() {
        if matches!(entry.evidence, Evidence::Replayed(_)) {
            assert!(words.contains(entry.name), "{entry}");
        }
    }
}
