//! The book of growable-nd.
//!
//! `figures` draws the figures of the chapter `growable_nd::amortized`, and [`docs`] adds the table
//! of `growable_nd::zoo`. Both are files of the folder `docs`, which rustdoc shows. [`programs()`]
//! makes an example of the programs of the chapter. [`site`] makes the site from all of them, with
//! the explorer.

mod figures;
mod html;
mod programs;
mod records;
pub mod site;
mod zoo_table;

pub use crate::programs::programs;

/// The name and the content of each generated file in the folder `docs`.
pub fn docs() -> Vec<(&'static str, String)> {
    let mut docs = vec![("zoo.md", zoo_table::table())];
    docs.extend(figures::all());
    docs
}
