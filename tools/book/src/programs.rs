//! Copies the programs of the chapter from its pages, as modules of the example `chapter`.

use fs_err as fs;
use std::fmt::Write;
use std::io;
use std::path::Path;

/// The first line of a program, before its name.
const RUN: &str = "// cargo run --example chapter -- ";

/// A code block of the chapter.
struct Program {
    name: String,
    section: String,
    code: String,
}

impl Program {
    fn module(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The path of each file below the root of the repository, and its content.
///
/// # Errors
///
/// If a page cannot be read, or has Rust code without a name.
pub fn programs(root: &Path) -> io::Result<Vec<(String, String)>> {
    let mut pages = Vec::new();
    for page in fs::read_dir(root.join("docs/amortized"))? {
        pages.push(page?.path());
    }
    pages.sort();
    let mut text = String::new();
    for page in pages {
        text += &fs::read_to_string(page)?;
    }
    let programs = blocks(&text)?;
    let mut files = vec![("examples/chapter/programs.rs".to_owned(), list(&programs))];
    files.extend(programs.iter().map(|program| {
        let path = format!("examples/chapter/programs/{}.rs", program.module());
        (path, format!("pub fn main() {{\n{}}}\n", program.code))
    }));
    Ok(files)
}

/// All Rust code of the chapter, in its order.
fn blocks(text: &str) -> io::Result<Vec<Program>> {
    let mut programs = Vec::new();
    let mut section = "";
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some((_, heading)) = line.split_once("# ").filter(|_| line.starts_with('#')) {
            section = heading;
        }
        let Some(language) = line.strip_prefix("```") else { continue };
        let code: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if ["", "no_run"].contains(&language) {
            let name = code.first().and_then(|line| line.strip_prefix(RUN));
            let name =
                name.ok_or_else(|| io::Error::other(format!("a program of {section:?} has no name")))?;
            let code = code.iter().flat_map(|line| [line, "\n"]).collect();
            programs.push(Program { name: name.to_owned(), section: section.to_owned(), code });
        }
    }
    Ok(programs)
}

/// The module that lists all programs.
fn list(programs: &[Program]) -> String {
    let mut text = String::from(
        "//! The programs of the chapter, in its order: copied from `docs/amortized` by `cargo run --release -p book`.\n\n",
    );
    for program in programs {
        let _ = writeln!(text, "#[rustfmt::skip]\nmod {};", program.module());
    }
    text += "\n/// Name, section, and what to run.\n#[rustfmt::skip]\n";
    let _ = writeln!(text, "pub const ALL: [(&str, &str, fn()); {}] = [", programs.len());
    for program in programs {
        let _ =
            writeln!(text, "    ({:?}, {:?}, {}::main),", program.name, program.section, program.module());
    }
    text + "];\n"
}
