//! The programs of the example `chapter` equal those in the chapter, line by line.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn programs_are_the_code_of_the_chapter() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let programs = book::programs(root).unwrap();
    for (path, made) in &programs {
        let found = fs::read_to_string(root.join(path)).unwrap_or_default();
        assert!(found == *made, "{path} is out of date: run `cargo run --release -p book`");
    }
    let paths: BTreeSet<&str> = programs.iter().map(|(path, _)| &**path).collect();
    assert_eq!(paths.len(), programs.len(), "two programs have one name");
    for file in fs::read_dir(root.join("examples/chapter/programs")).unwrap() {
        let path = format!("examples/chapter/programs/{}", file.unwrap().file_name().to_string_lossy());
        assert!(paths.contains(&*path), "{path} is no program of the chapter: delete it");
    }
}
