//! Element types: numbers, a type without size, and elements that count their drops. User code that
//! panics.

use std::cell::Cell;
use std::fmt::Debug;

thread_local! {
    /// Elements that count their drops.
    pub static ALIVE: Cell<usize> = const { Cell::new(0) };
    /// Calls of user code left before one panics.
    pub static CALLS_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Panics if this call of user code is the one to panic.
pub fn user_code() {
    if let Some(calls) = CALLS_LEFT.get() {
        CALLS_LEFT.set(calls.checked_sub(1));
        assert!(calls > 0, "told to panic");
    }
}

pub trait Element: Clone + PartialEq + Debug + Default + 'static {
    fn make(number: u64) -> Self;

    /// The number as this type stores it.
    fn number(&self) -> u64;
}

impl Element for u8 {
    fn make(number: u64) -> Self {
        number.to_le_bytes()[0]
    }

    fn number(&self) -> u64 {
        (*self).into()
    }
}

impl Element for u64 {
    fn make(number: u64) -> Self {
        number
    }

    fn number(&self) -> u64 {
        *self
    }
}

impl Element for () {
    fn make(_: u64) -> Self {}

    fn number(&self) -> u64 {
        0
    }
}

/// Counts its live instances, and panics on demand.
#[derive(Debug, PartialEq)]
pub struct Counted {
    number: u64,
    is_dropped: bool,
}

impl Element for Counted {
    fn make(number: u64) -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Counted { number, is_dropped: false }
    }

    fn number(&self) -> u64 {
        self.number
    }
}

impl Default for Counted {
    fn default() -> Self {
        Counted::make(0)
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        user_code();
        Counted::make(self.number)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        assert!(!self.is_dropped, "dropped twice");
        self.is_dropped = true;
        ALIVE.set(ALIVE.get() - 1);
    }
}

pub fn numbers<T: Element>(elements: &[T]) -> Vec<u64> {
    elements.iter().map(T::number).collect()
}

/// Elements of an iterator that may panic.
pub fn observed<T>(elements: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
    elements.into_iter().inspect(|_| user_code())
}
