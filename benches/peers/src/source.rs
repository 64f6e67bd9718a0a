//! The source of rows: a small ring that stays in the L1 cache. Reading costs little, so the time
//! is that of writing.

use crate::row_type::RowType;
use std::hint::black_box;

/// Bytes in the ring, unless one row is larger.
const RING_BYTES: usize = 16 << 10;

/// A source of rows, as slices or as arrays.
pub struct Source {
    ring: Vec<f64>,
    row_shape: Vec<usize>,
    row_len: usize,
    count: usize,
}

impl Source {
    /// Makes a ring of as many rows of shape `row_shape` as fit into `bytes`.
    pub fn new(row_shape: &[usize], bytes: usize) -> Self {
        // Opaque to the optimizer: here the shape is known at run time only.
        let row_shape = black_box(row_shape).to_vec();
        let row_len: usize = row_shape.iter().product();
        let row_bytes = row_len * size_of::<f64>();
        let rows_in_ring = (RING_BYTES / row_bytes).max(1);
        let ring = (0..rows_in_ring * row_len).map(|i| i as f64).collect();
        Source { ring, row_shape, row_len, count: bytes / row_bytes }
    }

    pub fn row_shape(&self) -> &[usize] {
        &self.row_shape
    }

    /// Returns the shape of a row in the notation of NumPy: `(3,)`, `(4, 4)`.
    pub fn row_name(&self) -> String {
        let extents: Vec<_> = self.row_shape.iter().map(usize::to_string).collect();
        format!("({}{})", extents.join(", "), if extents.len() == 1 { "," } else { "" })
    }

    pub fn row_len(&self) -> usize {
        self.row_len
    }

    /// Returns the number of rows, for contenders that know it in advance.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Iterates over the rows as slices.
    pub fn slices(&self) -> impl Iterator<Item = &[f64]> {
        uncounted(self.ring.chunks_exact(self.row_len).cycle().take(self.count))
    }

    /// Iterates over the rows as arrays, whose shape the compiler knows.
    pub fn arrays<'a, R: RowType + 'a>(&'a self) -> impl Iterator<Item = &'a R> {
        uncounted(R::rows(&self.ring).iter().cycle().take(self.count))
    }

    /// Iterates over the elements that the finished array must have.
    pub fn elements(&self) -> impl Iterator<Item = &f64> {
        self.ring.iter().cycle().take(self.count * self.row_len)
    }
}

/// Hides the size hint of an iterator: no contender can reserve memory in advance.
fn uncounted<T>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    std::iter::from_fn(move || items.next())
}
