//! The explorer: compiled to WebAssembly, and its page beside the others.

use crate::records;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fs_err as fs;
use miniz_oxide::deflate::compress_to_vec;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
/// The folder of the page of the explorer.
const WEB: &str = "tools/explorer/web";
const PAGE: &str = "explorer.html";
/// The highest level of compression.
const MOST_EFFORT: u8 = 10;
/// Maximum number of bytes that the page loads, without fonts.
pub const MOST_BYTES: u64 = 400_000;

/// A file of the explorer and its length.
pub type Sizes = Vec<(String, u64)>;

/// Compiles the explorer and writes its files. `docs` is the address of the documentation of the
/// crate.
///
/// Returns the reason as an inner `Err` if the compiler does not have the target.
///
/// # Errors
///
/// If a file cannot be read or written, or the source has an error: a site without the explorer
/// would hide the error.
pub fn build(root: &Path, out: &Path, docs: &str) -> io::Result<Result<Sizes, String>> {
    if let Err(reason) = target() {
        return Ok(Err(reason));
    }
    let module = compile(root)?;
    let mut bindgen = Bindgen::new();
    let mut made = bindgen
        .input_path(&module)
        .no_modules(true)
        .and_then(|bindgen| {
            let bindgen = bindgen.typescript(false).demangle(false);
            bindgen.remove_name_section(true).remove_producers_section(true).generate_output()
        })
        .map_err(|error| io::Error::other(format!("{}: {error:#}", module.display())))?;
    let mut sizes = Vec::new();
    let mut write = |name: &str, content: &[u8]| {
        fs::write(out.join(name), content)?;
        sizes.push((name.to_owned(), content.len() as u64));
        io::Result::Ok(())
    };
    write("explorer-bindings.js", made.js().as_bytes())?;
    // Text in a classic script: a page that is opened from a folder may load nothing else. Text is
    // a third longer than the bytes, but compression reduces them to a third.
    let bytes = BASE64_STANDARD.encode(compress_to_vec(&made.wasm_mut().emit_wasm(), MOST_EFFORT));
    write("explorer.wasm.js", format!("\"use strict\";\nconst EXPLORER_WASM = \"{bytes}\";\n").as_bytes())?;
    for file in files(&root.join(WEB))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let mut content = fs::read(&file)?;
        if name == PAGE {
            content = with_footer(&fs::read_to_string(&file)?, docs).into_bytes();
        }
        write(&name, &content)?;
    }
    Ok(Ok(sizes))
}

/// The page with the version, the licence and the address of the documentation in its footer.
fn with_footer(page: &str, docs: &str) -> String {
    page.replace("{version}", records::version())
        .replace("{license}", &records::LICENSE.replace(" OR ", " or "))
        .replace("{docs}", docs.trim_end_matches('/'))
}

/// The page in place of an explorer that could not be compiled.
pub fn without(out: &Path, reason: &str) -> io::Result<()> {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>No explorer</title>\n\
        <link rel=\"stylesheet\" href=\"book.css\">\n<h1>No explorer</h1>\n\
        <p>This copy of the site was built without the explorer: {reason}.</p>\n\
        <p>After <code>rustup target add {TARGET}</code>, <code>cargo run --release -p book</code> builds it as well.</p>\n\
        <p><a href=\"index.html\">Back to the book</a></p>\n"
    );
    fs::write(out.join(PAGE), page)
}

/// Makes sure that the compiler has the target.
fn target() -> Result<(), String> {
    if has_target() {
        return Ok(());
    }
    println!("rustup target add {TARGET}");
    let status = Command::new("rustup").args(["target", "add", TARGET]).status();
    if status.is_ok_and(|status| status.success()) && has_target() {
        return Ok(());
    }
    Err(format!("the target {TARGET} is not installed and cannot be"))
}

fn has_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let sysroot = Command::new(rustc).args(["--print", "sysroot"]).output();
    sysroot.is_ok_and(|output| {
        let sysroot = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir()
    })
}

/// The compiled module, before it has its JavaScript.
fn compile(root: &Path) -> io::Result<PathBuf> {
    // A folder of its own, so that the build that runs this program does not lock it.
    let folder = root.join("target/explorer");
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
        .current_dir(root)
        .args([
            "build",
            "--quiet",
            "--locked",
            "--profile",
            "web",
            "--package",
            "explorer",
            "--target",
            TARGET,
        ])
        .arg("--target-dir")
        .arg(&folder)
        .status()?;
    if !status.success() {
        return Err(io::Error::other("the explorer does not compile"));
    }
    Ok(folder.join(TARGET).join("web/explorer.wasm"))
}

/// The files of a folder, in their order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
