//! Rows whose elements are computed from a number: any row can be checked without a copy of it.

use growable_nd::bytemuck::Pod;
use growable_nd::{GrowableNd, NpyElement};

/// An element computed from random bits.
pub trait Element: NpyElement + Pod + PartialEq + Send + Sync {
    fn of(bits: u64) -> Self;
}

impl Element for u8 {
    fn of(bits: u64) -> u8 {
        bits.to_be_bytes()[0]
    }
}

impl Element for u64 {
    fn of(bits: u64) -> u64 {
        bits
    }
}

impl Element for f32 {
    fn of(bits: u64) -> f32 {
        let [high, low, ..] = bits.to_be_bytes();
        f32::from(u16::from_be_bytes([high, low]))
    }
}

fn element<T: Element>(id: u64, column: u64) -> T {
    let bits = (id ^ column.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    T::of((bits ^ bits >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9))
}

/// Yields the elements of row number `id`.
pub fn row<T: Element>(id: u64, len: usize) -> impl Iterator<Item = T> {
    (0..).take(len).map(move |column| element(id, column))
}

/// Returns the index of the first row whose elements are not those of its number in `ids`.
pub fn first_wrong<T: Element>(array: &GrowableNd<T>, mut ids: impl Iterator<Item = u64>) -> Option<usize> {
    array.iter_rows().position(|found| {
        let id = ids.next();
        !id.is_some_and(|id| found.iter().copied().eq(row(id, found.len())))
    })
}
