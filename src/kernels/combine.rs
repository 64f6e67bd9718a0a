//! Operations that combine two values into one.

use core::ops::{Add, Mul};

/// An operation of two values: a closure, [`Plus`] or [`Times`]. It is copied: the compiler keeps a
/// reduction with a reference to its operation in memory.
pub(crate) trait Combine<A>: Copy {
    /// Combines two values.
    // The caller is known as long as it is called by functions with this attribute: closures, which
    // cannot have it, end the chain.
    #[track_caller]
    fn combine(&self, a: A, b: A) -> A;
}

impl<A, F: Fn(A, A) -> A + Copy> Combine<A> for F {
    #[inline(always)]
    fn combine(&self, a: A, b: A) -> A {
        self(a, b)
    }
}

/// Adds. If the sum overflows, the panic names the caller.
#[derive(Clone, Copy)]
pub(crate) struct Plus;

impl<A: Add<Output = A>> Combine<A> for Plus {
    #[inline(always)]
    fn combine(&self, a: A, b: A) -> A {
        a + b
    }
}

/// Multiplies. If the product overflows, the panic names the caller.
#[derive(Clone, Copy)]
pub(crate) struct Times;

impl<A: Mul<Output = A>> Combine<A> for Times {
    #[inline(always)]
    fn combine(&self, a: A, b: A) -> A {
        a * b
    }
}
