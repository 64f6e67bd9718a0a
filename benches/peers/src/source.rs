//! Where the rows come from: a small ring of rows that stays in the nearest cache, so that reading them costs
//! next to nothing and writing them is what is timed.

use std::hint::black_box;

/// Bytes in the ring, if a row is not larger than that.
const RING_BYTES: usize = 16 << 10;

/// A source of rows, each a flat slice or an array of arrays.
pub struct Source {
    ring: Vec<f64>,
    row_len: usize,
    count: usize,
}

impl Source {
    /// As many rows of `row_len` elements as fit into `bytes`.
    pub fn new(row_len: usize, bytes: usize) -> Self {
        // Opaque to the optimizer: the length of a row is known at run time only.
        let row_len = black_box(row_len);
        let row_bytes = row_len * size_of::<f64>();
        let in_ring = (RING_BYTES / row_bytes).max(1);
        let ring = (0..in_ring * row_len).map(|i| i as f64).collect();
        Source { ring, row_len, count: bytes / row_bytes }
    }

    /// How many rows there will be: for those who may know it beforehand.
    pub fn count(&self) -> usize {
        self.count
    }

    pub fn row_len(&self) -> usize {
        self.row_len
    }

    /// The elements of the ring.
    pub fn ring(&self) -> &[f64] {
        &self.ring
    }

    /// The rows as flat slices.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        uncounted(self.ring.chunks_exact(self.row_len).cycle().take(self.count))
    }

    /// The rows as arrays, whose shape the compiler knows. `arrays` is the ring as such.
    pub fn arrays<'a, R>(&self, arrays: &'a [R]) -> impl Iterator<Item = &'a R> {
        uncounted(arrays.iter().cycle().take(self.count))
    }

    /// What the finished array must contain.
    pub fn elements(&self) -> impl Iterator<Item = &f64> {
        self.ring.iter().cycle().take(self.count * self.row_len)
    }
}

/// The same items, without a word on how many there are: nobody can reserve memory for them beforehand.
fn uncounted<T>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    std::iter::from_fn(move || items.next())
}

/// The ring as rows of the shape `(A,)`.
pub fn vectors<const A: usize>(ring: &[f64]) -> &[[f64; A]] {
    ring.as_chunks().0
}

/// The ring as rows of the shape `(A, B)`.
pub fn matrices<const A: usize, const B: usize>(ring: &[f64]) -> &[[[f64; B]; A]] {
    ring.as_chunks().0.as_chunks().0
}

/// A shape as NumPy writes it: `(3,)`, `(4, 4)`.
pub fn shape_name(extents: &[usize]) -> String {
    match extents {
        [extent] => format!("({extent},)"),
        _ => format!("({})", extents.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    }
}
