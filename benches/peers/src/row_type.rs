//! The shape of a row as a type, and the types that the libraries derive from it.

use ndarray::{Dimension, Ix1, Ix2, RemoveAxis};

/// A row whose shape is known at compile time.
pub trait RowType: Sized {
    const SHAPE: &[usize];
    /// The shape in ndarray, whose type has the number of axes, but not the extents.
    type Dim: Dimension<Larger: RemoveAxis<Smaller = Self::Dim>>;

    /// Casts elements to rows.
    fn rows(elements: &[f64]) -> &[Self];
}

impl<const A: usize> RowType for [f64; A] {
    const SHAPE: &[usize] = &[A];
    type Dim = Ix1;

    fn rows(elements: &[f64]) -> &[Self] {
        elements.as_chunks().0
    }
}

impl<const A: usize, const B: usize> RowType for [[f64; B]; A] {
    const SHAPE: &[usize] = &[A, B];
    type Dim = Ix2;

    fn rows(elements: &[f64]) -> &[Self] {
        elements.as_chunks().0.as_chunks().0
    }
}
