//! Compares growth policies: their cost in time, memory and copies, predicted by the simulator of
//! [`growable_nd::amortized`] and measured on this machine.
//!
//! From the command line to the page: `options`, `rules`, `lengths` and `workload` parse the
//! question; `predict` simulates it; `measure` runs rounds of `child` processes, then times single
//! `pushes`, and writes a `run` folder; `answer` analyses the run with `stats`; `advice` recommends
//! a policy; `text` and `page` present the answer. `compare_runs` compares two folders.

pub mod advice;
pub mod allocator;
pub mod answer;
pub mod child;
pub mod compare_runs;
pub mod lengths;
pub mod machine;
pub mod measure;
pub mod notes;
pub mod options;
pub mod page;
pub mod predict;
pub mod pushes;
pub mod quantity;
pub mod rules;
pub mod run;
pub mod stats;
pub mod text;
pub mod workload;
