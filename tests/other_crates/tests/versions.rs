//! The page names the versions of the manifest.

#[test]
fn the_page_has_the_versions_of_the_manifest() {
    let (_, manifest) = include_str!("../Cargo.toml").split_once("[dependencies]\n").unwrap();
    let (dependencies, _) = manifest.split_once("\n\n").unwrap();
    let crates = dependencies.lines().filter(|line| !line.starts_with('#') && !line.contains("path = "));
    let versions = crates.map(|line| {
        let (name, rest) = line.split_once(" = ").unwrap();
        // The version is a key of a table, or the whole value.
        let version = rest.split_once("version = ").map_or(rest, |(_, version)| version);
        format!("`{name}` {}", version.split('"').nth(1).unwrap())
    });
    let sentence = format!("Their versions: {}.", versions.collect::<Vec<_>>().join(", "));
    let page = include_str!("../../../docs/other_crates.md");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(page).contains(&sentence), "the page has not: {sentence}");
}
