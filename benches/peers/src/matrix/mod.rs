//! The matrix: every operation of arrays and views, next to a hand-written loop over the flat
//! slice, ndarray, and NumPy where it has the operation.
//!
//! A cell is an operation on one element type, one layout and one size. Its contenders do the same
//! work; each result is checked once against that of the first contender. All contenders run once
//! per round, in random order, and repeat the work in a sample until the fastest takes `SAMPLE`.
//! Ratios are taken within a round. Several processes, with different addresses of stack, heap and
//! code, repeat the rounds.
//!
//! The verdict of a cell is the largest of the median ratios to the other contenders: 1.15 means
//! that the fastest of them is 1.15 times as fast as ours.
//!
//! `cell.rs` defines contenders, `run.rs` measures, `report.rs` prints, with the reasons in
//! `exceptions.rs`. `element.rs` and `number.rs` have the elements, `subject.rs` the layouts,
//! `flat.rs` and `axis_by_hand.rs` the hand-written loops that groups share, `theirs.rs` those of
//! ndarray, `numpy.rs` the process of NumPy. Each other file is a group of operations.

mod append;
mod arrange;
mod axis_by_hand;
mod build;
mod cell;
mod compare;
mod copy;
mod create;
mod element;
mod exceptions;
mod flat;
mod formats;
mod index;
mod map;
mod nan;
mod number;
mod numpy;
mod operators;
mod reduce;
mod reduce_axis;
mod report;
mod rows;
mod run;
mod serde;
mod subject;
mod theirs;
mod walk;
mod walk_mut;
mod walk_parts;

use crate::interleaved::is_parent;
use run::Matrix;
use std::process::ExitCode;

/// Measures all groups. The parent process prints the report.
pub fn main() -> ExitCode {
    let options = match run::Options::from_arguments() {
        Ok(options) => options,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    if is_parent() {
        return report::report(&options);
    }
    let mut matrix = Matrix::new(options);
    let groups = [
        build::run,
        append::run,
        create::run,
        index::run,
        walk::run,
        walk_parts::run,
        walk_mut::run,
        reduce::run,
        reduce_axis::run,
        nan::run,
        map::run,
        operators::run,
        copy::run,
        compare::run,
        rows::run,
        arrange::run,
        formats::run,
        serde::run,
    ];
    groups.into_iter().for_each(|group| group(&mut matrix));
    matrix.finish()
}
