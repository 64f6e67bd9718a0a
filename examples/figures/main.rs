//! Draws the figures of the chapter `growable_nd::amortized`, and the table of `growable_nd::zoo`, from what the
//! library computes.
//!
//! They stand in `docs`, and a test compares them with what is drawn now. Run with
//! `cargo run --release --example figures` to rewrite those that differ.

// By its path, so that its modules stand beside it, as they do for the test.
#[path = "draw.rs"]
mod draw;

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    fs::create_dir_all(docs.join("figures"))?;
    for (name, text) in draw::all() {
        let path = docs.join(name);
        if fs::read_to_string(&path).is_ok_and(|found| found == text) {
            continue;
        }
        fs::write(&path, &text)?;
        println!("docs/{name}: {} bytes", text.len());
    }
    Ok(())
}
