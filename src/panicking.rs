//! Panics with the message of an error, at the line of the caller.
//!
//! Index checks and `const fn` panic without this module: see `layout::shape`, `array::earlier` and
//! `growth::message`.

use core::fmt;

/// Returns the value, or panics with the message of the error.
#[inline]
#[track_caller]
pub(crate) fn or_panic<V, E: fmt::Display>(result: Result<V, E>) -> V {
    match result {
        Ok(value) => value,
        Err(error) => panic_with(&error),
    }
}

#[cold]
#[track_caller]
fn panic_with(error: &dyn fmt::Display) -> ! {
    panic!("{error}")
}
