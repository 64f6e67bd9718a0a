//! Arrays as arguments of methods that take an array or a view.
use crate::array::GrowableNd;
use crate::layout::Layout;
use crate::layout::shape::MAX_RANK;
use crate::view::source::{Source, SourceParts};

impl<T> Source for GrowableNd<T> {
    type Elem = T;
}

impl<T> SourceParts for GrowableNd<T> {
    type Item = T;
    const MAX_AXES: usize = MAX_RANK;

    #[inline]
    fn elements(&self) -> &[T] {
        &self.data
    }

    #[inline]
    fn extents(&self) -> &[usize] {
        self.shape()
    }

    #[inline]
    fn layout_padded<const N: usize>(&self) -> Layout<N> {
        Layout::row_major_padded(self.shape())
    }

    #[inline]
    fn contiguous(&self) -> Option<&[T]> {
        Some(&self.data)
    }
}
