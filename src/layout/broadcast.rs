//! Broadcasting as in `NumPy`: shapes are aligned at their last axes, and axes of extent 1 are
//! repeated.

use crate::layout::Layout;
use crate::layout::error::ShapeError;

/// The shape to which several shapes of at most `N` axes broadcast.
#[derive(Clone, Copy)]
pub(crate) struct Broadcast<const N: usize> {
    /// The extents, padded to `N` with ones before them.
    padded: [usize; N],
    rank: usize,
}

impl<const N: usize> Broadcast<N> {
    /// Broadcasts two shapes.
    #[inline]
    pub(crate) fn of(left: &[usize], right: &[usize]) -> Result<Self, ShapeError> {
        let mut padded = [1; N];
        for axis in 0..N {
            padded[axis] = match (extent(left, axis, N), extent(right, axis, N)) {
                (left, right) if left == right => left,
                (1, right) => right,
                (left, 1) => left,
                _ => return Err(ShapeError::broadcast(left, right)),
            };
        }
        Ok(Broadcast { padded, rank: left.len().max(right.len()) })
    }

    /// The extents, outermost first.
    #[inline]
    pub(crate) fn extents(&self) -> &[usize] {
        &self.padded[N - self.rank..]
    }

    /// The extents, padded to `N` with ones before them.
    #[inline]
    pub(crate) fn padded(&self) -> &[usize; N] {
        &self.padded
    }
}

/// The extent of one of `n` axes, to which a shape is padded with ones before its extents.
// One extent at a time rather than a call of memcpy: shapes are short.
#[inline]
pub(crate) fn extent(shape: &[usize], axis: usize, n: usize) -> usize {
    let place = (axis + shape.len()).checked_sub(n);
    place.and_then(|place| shape.get(place)).copied().unwrap_or(1)
}

/// Returns whether a shape broadcasts to another.
#[inline]
pub(crate) fn broadcasts_to(from: &[usize], to: &[usize]) -> bool {
    let pairs = || from.iter().rev().zip(to.iter().rev());
    from.len() <= to.len() && pairs().all(|(&from, &to)| from == to || from == 1)
}

impl<const N: usize> Layout<N> {
    /// Repeats axes of extent 1 until the layout has this shape. All other extents are already
    /// equal to those of the shape.
    #[inline]
    pub(crate) fn stretched(mut self, shape: &[usize; N]) -> Self {
        for axis in 0..N {
            if self.shape[axis] != shape[axis] {
                debug_assert_eq!(self.shape[axis], 1, "only an extent of 1 is repeated");
                (self.shape[axis], self.strides[axis]) = (shape[axis], 0);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_meet_at_their_last_axes() {
        for (left, right, expected) in [
            (&[2, 3][..], &[3][..], Some(&[2, 3][..])),
            (&[3], &[2, 1], Some(&[2, 3])),
            (&[2, 1], &[1, 3], Some(&[2, 3])),
            (&[], &[], Some(&[])),
            (&[], &[2, 3], Some(&[2, 3])),
            (&[0, 3], &[1, 3], Some(&[0, 3])),
            (&[1], &[0], Some(&[0])),
            (&[1; 8], &[2; 8], Some(&[2; 8])),
            (&[2, 3], &[4], None),
            (&[0], &[2], None),
            (&[3, 2], &[3], None),
        ] {
            for (left, right) in [(left, right), (right, left)] {
                let found = Broadcast::<8>::of(left, right).ok();
                assert_eq!(found.as_ref().map(Broadcast::extents), expected, "{left:?} and {right:?}");
                let to_left = expected == Some(left);
                assert_eq!(broadcasts_to(right, left), to_left, "{right:?} to {left:?}");
            }
        }
    }
}
