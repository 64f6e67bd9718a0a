//! From an error to a panic: with the message of the error, at the line of the caller.
//!
//! Index checks and `const fn` have panics of their own: see `layout::shape` and `growth::message`.

use core::fmt;

/// The panicking form of an operation: the same result, with the error as the message.
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
