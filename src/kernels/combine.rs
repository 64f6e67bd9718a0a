//! Operations that combine two values into one.

use core::ops::{Add, Mul};

/// An operation on two values: a closure, [`Plus`] or [`Times`]. It is `Copy`, since the compiler
/// would keep a reduction with a reference to its operation in memory.
pub(crate) trait Combine<A>: Copy {
    /// Combines two values.
    // A panic names the caller only if all functions in between have this attribute. Closures
    // cannot have it.
    #[track_caller]
    fn combine(&self, a: A, b: A) -> A;
}

impl<A, F: Fn(A, A) -> A + Copy> Combine<A> for F {
    #[inline(always)]
    fn combine(&self, a: A, b: A) -> A {
        self(a, b)
    }
}

/// Adds. A panic on overflow names the line of the caller.
#[derive(Clone, Copy)]
pub(crate) struct Plus;

impl<A: Add<Output = A>> Combine<A> for Plus {
    #[inline(always)]
    fn combine(&self, a: A, b: A) -> A {
        a + b
    }
}

/// Multiplies. A panic on overflow names the line of the caller.
#[derive(Clone, Copy)]
pub(crate) struct Times;

impl<A: Mul<Output = A>> Combine<A> for Times {
    #[inline(always)]
    fn combine(&self, a: A, b: A) -> A {
        a * b
    }
}
