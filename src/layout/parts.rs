//! Parts of a layout of equal size: windows, chunks, tiles.

use crate::layout::error::AccessError;
use crate::layout::{Layout, moved};

/// Parts of a layout.
///
/// The starts of parts are a layout, whose offsets are the offsets of the parts. If there are no
/// elements, its strides are zero, since other strides could lead out of the slice.
impl<const N: usize> Layout<N> {
    /// Starts of the parts at each index of an axis, and the layout of the first, without the axis.
    #[inline]
    pub(crate) fn parts_along<const M: usize>(
        &self,
        axis: usize,
    ) -> Result<(Layout<1>, Layout<M>), AccessError> {
        self.check_axis(axis)?;
        Ok((self.starts(self.axis(axis)), self.without(axis)))
    }

    /// Starts of the lanes along an axis, and the layout of the first.
    #[inline]
    pub(crate) fn lanes_along(&self, axis: usize) -> Result<(Self, Layout<1>), AccessError> {
        self.check_axis(axis)?;
        Ok((self.starts(self.starts_along(axis)), self.axis(axis)))
    }

    /// Starts of the windows along an axis, and the layout of the first.
    #[inline]
    pub(crate) fn windows_along(&self, axis: usize, size: usize) -> Result<(Layout<1>, Self), AccessError> {
        let extent = self.extent_for_parts(axis, size)?;
        let places = self.axis(axis).with_extent(0, windows_within(extent, size));
        Ok((self.starts(places), self.with_extent(axis, size)))
    }

    /// Starts of the windows of these sizes, one for each axis, and the layout of the first.
    #[inline]
    pub(crate) fn windows_nd(&self, sizes: [usize; N]) -> Result<(Self, Self), AccessError> {
        let mut places = *self;
        for axis in 0..N {
            places.shape[axis] = windows_within(self.extent_for_parts(axis, sizes[axis])?, sizes[axis]);
        }
        Ok((self.starts(places), Layout { shape: sizes, ..*self }))
    }

    /// Number of chunks along an axis. The last may be shorter.
    #[inline]
    pub(crate) fn chunks_along(&self, axis: usize, size: usize) -> Result<usize, AccessError> {
        Ok(self.extent_for_parts(axis, size)?.div_ceil(size))
    }

    /// The chunk with this number. It exists.
    #[inline]
    pub(crate) fn chunk(self, axis: usize, size: usize, number: usize) -> Self {
        // Cannot overflow: the chunk starts within the axis.
        let start = number * size;
        self.narrow(axis, start, size.min(self.shape[axis] - start))
    }

    /// Number of tiles of these sizes along each axis. The last of an axis may be shorter.
    #[inline]
    pub(crate) fn tiles(&self, sizes: [usize; N]) -> Result<[usize; N], AccessError> {
        let mut counts = [0; N];
        for axis in 0..N {
            counts[axis] = self.chunks_along(axis, sizes[axis])?;
        }
        Ok(counts)
    }

    /// The tile at this index among the tiles. It exists, so there are elements.
    #[inline]
    pub(crate) fn tile(mut self, sizes: [usize; N], at: [usize; N]) -> Self {
        for axis in 0..N {
            // Cannot overflow: the tile starts within the axis.
            let start = at[axis] * sizes[axis];
            self.offset = moved(self.offset, self.strides[axis], start);
            self.shape[axis] = sizes[axis].min(self.shape[axis] - start);
        }
        self
    }

    /// Extent of an axis that is divided into parts of `size` indices.
    #[inline]
    fn extent_for_parts(&self, axis: usize, size: usize) -> Result<usize, AccessError> {
        self.check_axis(axis)?;
        if size == 0 { Err(AccessError::ZeroSize { axis }) } else { Ok(self.shape[axis]) }
    }

    #[inline]
    fn starts<const K: usize>(&self, places: Layout<K>) -> Layout<K> {
        if self.is_empty() { places.with_zero_strides() } else { places }
    }
}

/// Number of windows of `size` adjacent indices.
#[inline]
fn windows_within(extent: usize, size: usize) -> usize {
    (extent + 1).saturating_sub(size)
}
