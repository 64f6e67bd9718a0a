use std::fs;
use std::path::Path;

/// The layers of `src` from the lowest to the highest: folders, and files beside `lib.rs`. A layer
/// imports only what its entry lists; `lib.rs` declares the layers in this order.
const LAYERS: &[(&str, &[&str])] = &[
    ("panicking", &[]),
    ("memory", &[]),
    ("growth", &[]),
    ("layout", &[]),
    ("kernels", &["memory", "layout"]),
    ("view", &["panicking", "layout", "kernels"]),
    ("array", &["panicking", "memory", "growth", "layout", "kernels", "view"]),
    ("numeric", &["panicking", "layout", "kernels", "view", "array"]),
    ("parallel", &["panicking", "memory", "layout", "kernels", "view", "array"]),
    ("io", &["memory", "array"]),
    ("npy", &["memory", "layout", "view", "array", "io"]),
    ("impls", &["panicking", "growth", "layout", "kernels", "view", "array"]),
    ("amortized", &["panicking", "growth"]),
    ("zoo", &["growth"]),
    ("doc", &[]),
];

/// Maximum number of lines of code in a file, without docs, comments, blank lines and unit tests.
const MAX_CODE_LINES: usize = 400;

/// Maximum number of lines of the crate page.
const MAX_CRATE_DOCS: usize = 100;

/// All files of a layer, with their sources.
fn files(layer: &str) -> Vec<(String, String)> {
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../src"));
    let folder = src.join(layer);
    let paths = match fs::read_dir(&folder) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        Err(_) => vec![src.join(format!("{layer}.rs"))],
    };
    let source = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.strip_prefix(src).unwrap().display().to_string(), text)
    };
    paths.into_iter().map(source).collect()
}

/// The lines other than docs, comments, blank lines and unit tests.
fn code(source: &str) -> impl Iterator<Item = &str> {
    let library = source.split("#[cfg(test)]").next().unwrap_or_default();
    library.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"))
}

/// The layers that a source names after `crate::`, except in imports for docs.
fn imports(source: &str) -> Vec<&str> {
    let mut for_docs = false;
    let mut found = vec![];
    for line in code(source) {
        if line == "#[cfg(doc)]" {
            for_docs = true;
            continue;
        }
        if !std::mem::take(&mut for_docs) {
            let names = line.split("crate::").skip(1);
            found.extend(
                names.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()),
            );
        }
    }
    found
}

#[test]
fn layers_import_only_those_above_them() {
    let mut count = 0;
    for &(layer, allowed) in LAYERS {
        for (file, source) in files(layer) {
            for other in imports(&source) {
                count += 1;
                assert!(other == layer || allowed.contains(&other), "{file} imports {other}");
            }
        }
    }
    assert!(count > 100, "only {count} imports were found");
}

#[test]
fn layers_are_in_order_and_complete() {
    let lib = &files("lib")[0].1;
    let modules: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let layers: Vec<&str> = LAYERS.iter().map(|&(layer, _)| layer).collect();
    assert_eq!(modules, layers);
    for (index, &(layer, allowed)) in LAYERS.iter().enumerate() {
        let above = |other: &&str| layers[..index].contains(other);
        assert!(allowed.iter().all(above), "{layer} may import a layer that is not above it");
    }
}

#[test]
fn folders_are_complete() {
    for &(layer, _) in LAYERS {
        let files = files(layer);
        let Some((_, entry)) = files.iter().find(|(file, _)| file.ends_with("mod.rs")) else { continue };
        let declared = entry.lines().filter(|line| {
            let line = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
            line.starts_with("mod ") && line.ends_with(';')
        });
        assert_eq!(declared.count(), files.len() - 1, "{layer}/mod.rs does not declare each of its files");
    }
}

#[test]
fn files_state_their_topic_and_stay_short() {
    for &(layer, _) in LAYERS {
        for (file, source) in files(layer) {
            assert!(source.starts_with("//! "), "{file} does not state its topic");
            let lines = code(&source).count();
            assert!(lines <= MAX_CODE_LINES, "{file} has {lines} lines of code");
        }
    }
}

/// The sources of the tools, whose folders are packages: cargo checks the direction of their imports.
fn tool_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tool_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn tools_state_their_topic_and_stay_short() {
    let mut found = vec![];
    for tool in ["book", "explorer", "growth-lab", "soak"] {
        let tools = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tools"));
        tool_files(&tools.join(tool).join("src"), &mut found);
    }
    assert!(found.len() > 50, "only {} files were found", found.len());
    for file in found {
        let source = fs::read_to_string(&file).unwrap();
        let (file, lines) = (file.display(), code(&source).count());
        assert!(source.starts_with("//! "), "{file} does not state its topic");
        assert!(lines <= MAX_CODE_LINES, "{file} has {lines} lines of code");
    }
}

#[test]
fn the_crate_page_is_short() {
    let lib = &files("lib")[0].1;
    let lines = lib.lines().filter(|line| line.starts_with("//!")).count();
    assert!(lines <= MAX_CRATE_DOCS, "{lines} lines");
}
