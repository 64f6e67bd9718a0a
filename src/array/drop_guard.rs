//! Elements at the end of a vector that are not whole rows yet. This is what keeps an array whole when a
//! clone, an iterator or a closure of the user panics; knows nothing of shapes.

use alloc::vec::Vec;

/// A vector whose elements from `kept` on are provisional: dropped with the guard, unless they were kept.
pub(crate) struct Tail<'a, T> {
    pub(crate) elements: &'a mut Vec<T>,
    kept: usize,
}

impl<'a, T> Tail<'a, T> {
    /// All that is in the vector now is there to stay; what comes later is provisional.
    #[inline]
    pub(crate) fn new(elements: &'a mut Vec<T>) -> Self {
        let kept = elements.len();
        Tail { elements, kept }
    }

    /// How many elements are provisional.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.elements.len() - self.kept
    }

    /// Keeps the provisional elements.
    #[inline]
    pub(crate) fn keep(mut self) {
        self.kept = self.elements.len();
    }
}

impl<T> Drop for Tail<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.elements.truncate(self.kept);
    }
}
