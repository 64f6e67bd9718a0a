//! Hashes of shape and elements, whatever the strides, capacity, growth policy and counters.
//!
//! [`hash_slice`](Hash::hash_slice) of a slice and `hash` of its elements may call the hasher
//! differently: with all bytes at once, or with a few bytes at a time. Some hashers tell these
//! calls apart. But an array and an equal view with gaps must have equal hashes, at the speed of
//! slices. So their bytes pass through a buffer that makes the same calls for the same bytes.

use crate::array::GrowableNd;
use crate::view::Strided;
use core::hash::{Hash, Hasher};
use core::ops::Deref;

/// Bytes of the buffer. A smaller buffer needs more calls of the hasher, a larger one takes longer
/// to clear.
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
/// Elements must meet one condition: [`Hash::hash_slice`] writes the bytes that [`Hash::hash`]
/// writes for one element after the other. All types of std and all derived implementations
/// meet it.
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

/// Hashes the extents without their number: that saves a call of the hasher and causes few
/// collisions.
fn hash_shape(shape: &[usize], state: &mut impl Hasher) {
    shape.iter().for_each(|&extent| state.write_usize(extent));
}

/// Collects the bytes written to it and passes them to the hasher in pieces of fixed size.
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

    /// Passes the remaining bytes to the hasher.
    #[inline]
    fn flush(&mut self) {
        if self.len > 0 {
            self.state.write(&self.bytes[..self.len]);
        }
    }

    /// Fills the buffer and passes it to the hasher, then passes all pieces that `bytes` still
    /// fills.
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
