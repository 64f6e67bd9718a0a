//! Equality, hash and clone: shape and values count; layout, capacity, rule of growth and counters do not.

use crate::array::GrowableNd;
use crate::growth::stats::GrowthStats;
use crate::memory::ReserveError;
use crate::panicking::or_panic;
use crate::view::Strided;
use core::hash::{Hash, Hasher};
use core::ops::Deref;

/// Equal if shape and elements are.
impl<T: PartialEq<U>, U> PartialEq<GrowableNd<U>> for GrowableNd<T> {
    fn eq(&self, other: &GrowableNd<U>) -> bool {
        self.shape() == other.shape() && self.as_slice() == other.as_slice()
    }
}

impl<T: Eq> Eq for GrowableNd<T> {}

/// Equal arrays have equal hashes, whatever their capacity.
impl<T: Hash> Hash for GrowableNd<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The shape with its length, then element by element and not as a slice, which some hashers feel: as the
        // view of the same elements does, which need not be a slice.
        self.shape().hash(state);
        self.as_slice().iter().for_each(|element| element.hash(state));
    }
}

/// Equal if shape and elements are, whatever the strides.
impl<S, R, T: PartialEq<U>, U, const N: usize> PartialEq<Strided<R, N>> for Strided<S, N>
where
    S: Deref<Target = [T]>,
    R: Deref<Target = [U]>,
{
    fn eq(&self, other: &Strided<R, N>) -> bool {
        if self.shape() != other.shape() {
            return false;
        }
        // Slices of bytes and other plain elements are compared many at a time.
        match (self.as_view().as_slice(), other.as_view().as_slice()) {
            (Some(a), Some(b)) => a == b,
            _ => self.into_iter().zip(other).all(|(a, b)| a == b),
        }
    }
}

impl<S: Deref<Target = [T]>, T: Eq, const N: usize> Eq for Strided<S, N> {}

/// Equal if shape and elements are, whatever the strides.
impl<S, T: PartialEq<U>, U, const N: usize> PartialEq<GrowableNd<U>> for Strided<S, N>
where
    S: Deref<Target = [T]>,
{
    fn eq(&self, other: &GrowableNd<U>) -> bool {
        other.try_view().is_ok_and(|other| *self == other)
    }
}

/// Equal if shape and elements are, whatever the strides.
impl<S, T: PartialEq<U>, U, const N: usize> PartialEq<Strided<S, N>> for GrowableNd<T>
where
    S: Deref<Target = [U]>,
{
    fn eq(&self, other: &Strided<S, N>) -> bool {
        self.try_view().is_ok_and(|view| view == *other)
    }
}

/// Equal views have equal hashes, whatever their strides; and the same as an array that is equal.
impl<S: Deref<Target = [T]>, T: Hash, const N: usize> Hash for Strided<S, N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shape()[..].hash(state);
        self.into_iter().for_each(|element| element.hash(state));
    }
}

/// A clone has the same rows and the same rule of growth, room for exactly its rows, and counters at zero.
///
/// # Panics
///
/// If there is no memory, or if the clone of an element panics.
impl<T: Clone> Clone for GrowableNd<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        let mut clone = or_panic(Self::try_with_capacity(self.inner_shape(), self.rows()));
        clone.growth = self.growth;
        or_panic(clone.extend_rows_of(self));
        clone
    }

    /// Becomes a clone of `source`, in the block that is there already if it is large enough.
    ///
    /// If there is no memory for a larger one, or if the clone of an element for it panics, the array is as it
    /// was. If the clone of an element for the block that is there panics, the array is left without rows.
    #[track_caller]
    fn clone_from(&mut self, source: &Self) {
        if self.data.capacity() < source.data.len() {
            *self = source.clone();
            return;
        }
        // Not `clear`, which may give room back. The shape first, as there.
        self.shape = source.shape;
        self.shape.set_rows(0);
        self.data.clear();
        self.growth = source.growth;
        self.stats = GrowthStats::default();
        or_panic(self.extend_rows_of(source));
    }
}

impl<T: Clone> GrowableNd<T> {
    /// All rows of an array of the same inner shape, also where rows have no elements to count them by.
    fn extend_rows_of(&mut self, source: &Self) -> Result<(), ReserveError> {
        self.add_rows(source.rows(), |data| data.extend_from_slice(&source.data))
    }
}
