use std::fs;
use std::path::Path;

/// The modules in the order of their `mod` lines, each with its source.
fn modules() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(src.join("lib.rs")).unwrap();
    let names = lib
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    let modules: Vec<_> = names
        .map(|name| (name.to_owned(), fs::read_to_string(src.join(format!("{name}.rs"))).unwrap()))
        .collect();
    let files = fs::read_dir(&src).unwrap().count();
    assert_eq!(files, modules.len() + 1, "every file is a module of `lib.rs`");
    modules
}

/// The modules that a source names after `crate::`, in its code: docs may point anywhere.
fn used(source: &str) -> impl Iterator<Item = &str> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
}

#[test]
fn files_use_only_those_before_them() {
    let modules = modules();
    let position = |name: &str| modules.iter().position(|(module, _)| module == name);
    for (index, (name, source)) in modules.iter().enumerate() {
        for other in used(source) {
            let found =
                position(other).unwrap_or_else(|| panic!("{name} uses crate::{other}, no such module"));
            assert!(found < index, "{name} uses {other}, which comes later");
        }
    }
    assert!(used(&modules.last().unwrap().1).count() > 0, "nothing was read");
}

#[test]
fn files_say_what_they_are_and_stay_readable() {
    for (name, source) in modules() {
        assert!(source.starts_with("//! "), "{name} does not say what it is");
        assert!(source.lines().count() <= 620, "{name} is too long to be one idea");
    }
}
