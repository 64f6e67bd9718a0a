//! Rewrites the figures and the table in `docs` that differ from what is drawn now: `cargo run --release -p book`. A test
//! compares them.

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let docs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs"));
    fs::create_dir_all(docs.join("figures"))?;
    for (name, text) in book::all() {
        let path = docs.join(name);
        if fs::read_to_string(&path).is_ok_and(|found| found == text) {
            continue;
        }
        fs::write(&path, &text)?;
        println!("docs/{name}: {} bytes", text.len());
    }
    Ok(())
}
