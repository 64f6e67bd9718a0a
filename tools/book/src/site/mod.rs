//! The site: the chapter in pages, the zoo, slides, and the explorer.

pub mod slides;
