//! The book of growable-nd.
//!
//! `figures` draws the figures of the chapter `growable_nd::amortized`, [`docs`] adds the table of
//! `growable_nd::zoo`: both are files of the folder `docs`, which rustdoc shows. [`programs()`] makes an example of the
//! programs of the chapter. [`site`] makes the site from all of these, with the explorer in it.

mod figures;
mod html;
mod programs;
mod records;
pub mod site;
mod zoo_table;

pub use crate::programs::programs;

/// The name of each file in the folder `docs` that is made, and what is in it.
pub fn docs() -> Vec<(&'static str, String)> {
    let mut docs = vec![("zoo.md", zoo_table::table())];
    docs.extend(figures::all());
    docs
}
