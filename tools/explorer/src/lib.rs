//! Growth policies at work, drawn and explained.
//!
//! An [`Array`] runs one policy. [`Explorer`] has one or two arrays, which perform the same
//! operations; `pictures` draws them. JavaScript calls `browser`, the only module that depends on
//! the browser.

mod array;
#[cfg(target_arch = "wasm32")]
mod browser;
pub mod color;
pub mod csv;
mod escaped;
mod explorer;
mod link;
mod numbers;
pub mod pictures;
pub mod policy;
mod program;
mod quiz;
mod sentence;
mod settings;
mod summary;
mod svg;
mod table;
pub mod workload;

pub use crate::array::{Array, Before, Event, Heap, Operation, RunError};
pub use crate::escaped::Escaped;
pub use crate::explorer::Explorer;
pub use crate::link::encoded;
pub use crate::numbers::{grouped, power_of_ten};
pub use crate::quiz::{Answer, Question};
