//! The site: the chapter in pages, the zoo, slides, and the explorer.

pub mod cheat_sheet;
mod zoo_data;
pub mod zoo_page;
