//! Hashes. Shape and elements count; strides, capacity, growth policy and counters do not.
//!
//! [`hash_slice`](Hash::hash_slice) of a slice and `hash` of its elements one after the other may
//! call the hasher in different ways: a byte at a time, or all at once. Hashers may tell such calls
//! apart. So that an array and a view with gaps hash equal at the speed of slices, their bytes pass
//! through a buffer that makes the same calls for the same bytes.

use crate::array::GrowableNd;
use crate::view::Strided;
use core::hash::{Hash, Hasher};
use core::ops::Deref;

/// Bytes of the buffer: a call of the hasher takes as long as some of them, as does clearing them.
const BUFFER: usize = 128;

/// Equal arrays have equal hashes, whatever their capacity.
impl<T: Hash> Hash for GrowableNd<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_shape(self.shape(), state);
        let mut buffer = Buffer::new(state);
        T::hash_slice(self.as_slice(), &mut buffer);
        buffer.flush();
    }
}

/// Equal views have equal hashes, whatever their strides. An equal array has the same hash.
///
/// One condition holds for the elements: [`Hash::hash_slice`] must write the bytes that
/// [`Hash::hash`] writes for one element after the other. This is true of all types of std and of
/// derived implementations.
impl<S: Deref<Target = [T]>, T: Hash, const N: usize> Hash for Strided<S, N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_shape(&self.shape(), state);
        let mut buffer = Buffer::new(state);
        match self.as_view().as_slice() {
            Some(elements) => T::hash_slice(elements, &mut buffer),
            None => self.into_iter().for_each(|element| element.hash(&mut buffer)),
        }
        buffer.flush();
    }
}

/// Hashes the extents. Their number is left out: a call of the hasher for few collisions.
fn hash_shape(shape: &[usize], state: &mut impl Hasher) {
    shape.iter().for_each(|&extent| state.write_usize(extent));
}

/// Collects the bytes that are written to it, and passes them on cut at fixed places.
struct Buffer<'a, H> {
    state: &'a mut H,
    bytes: [u8; BUFFER],
    len: usize,
}

impl<'a, H: Hasher> Buffer<'a, H> {
    #[inline]
    fn new(state: &'a mut H) -> Self {
        Buffer { state, bytes: [0; BUFFER], len: 0 }
    }

    /// Passes the rest on.
    #[inline]
    fn flush(&mut self) {
        if self.len > 0 {
            self.state.write(&self.bytes[..self.len]);
        }
    }

    /// Fills the buffer and passes it on, and all of `bytes` that would fill it again.
    #[cold]
    fn overflow(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        if self.len > 0 {
            let (front, back) = bytes.split_at(BUFFER - self.len);
            self.bytes[self.len..].copy_from_slice(front);
            self.state.write(&self.bytes);
            bytes = back;
        }
        let chunks = bytes.chunks_exact(BUFFER);
        let rest = chunks.remainder();
        chunks.for_each(|chunk| self.state.write(chunk));
        self.bytes[..rest.len()].copy_from_slice(rest);
        self.len = rest.len();
    }
}

impl<H: Hasher> Hasher for Buffer<'_, H> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        if end < BUFFER {
            self.bytes[self.len..end].copy_from_slice(bytes);
            self.len = end;
        } else {
            self.overflow(bytes);
        }
    }

    fn finish(&self) -> u64 {
        self.state.finish()
    }
}
