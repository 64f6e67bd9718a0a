//! Rewrites what differs from what is made now: the figures and the table in `docs`, and the programs of the example
//! `chapter`. Run with `cargo run --release -p book`. Tests compare them.

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let docs = book::docs().into_iter().map(|(name, text)| (format!("docs/{name}"), text));
    for (name, text) in docs.chain(book::programs(root)?) {
        let path = root.join(&name);
        if fs::read_to_string(&path).is_ok_and(|found| found == text) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(&path, &text)?;
        println!("{name}: {} bytes", text.len());
    }
    Ok(())
}
