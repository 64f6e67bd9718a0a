//! `Source`: arrays and views as arguments.

use crate::layout::Layout;
use crate::layout::broadcast::broadcasts_to;
use crate::layout::error::ShapeError;
use crate::view::Strided;
use core::ops::Deref;

/// An array or a view, as an argument of a method.
///
/// The trait is implemented for [`GrowableNd`](crate::GrowableNd), [`View`](crate::View) and
/// [`ViewMut`](crate::ViewMut), and for shared references to them. It cannot be implemented for
/// other types.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, ShapeError, Source, ViewMut};
///
/// fn overwrite(
///     mut target: ViewMut<'_, i32, 2>,
///     other: impl Source<Elem = i32>,
/// ) -> Result<(), ShapeError> {
///     target.assign(other)
/// }
///
/// let array = GrowableNd::from([[1, 2], [3, 4]]);
/// let mut target = GrowableNd::zeros([2, 2]);
/// overwrite(target.view_mut(), &array)?;
/// assert_eq!(target, array);
/// overwrite(target.view_mut(), array.view::<2>().t())?;
/// assert_eq!(target.as_slice(), [1, 3, 2, 4]);
/// # Ok::<(), ShapeError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither an array nor a view",
    note = "make a view of a slice with `View::from_slice`, an array from nested arrays with `GrowableNd::from`"
)]
pub trait Source: SourceParts<Item = <Self as Source>::Elem> {
    /// Type of the elements.
    type Elem;
}

/// The parts of a [`Source`] that the crate reads.
///
/// The number of axes of an array is known only at run time. So its layout may have more axes than
/// the array: axes of extent 1 before the others.
#[diagnostic::on_unimplemented(message = "`{Self}` is neither an array nor a view")]
#[expect(unnameable_types, reason = "seals `Source`")]
pub trait SourceParts {
    /// Type of the elements.
    type Item;

    /// Maximum number of axes of a value of this type.
    const MAX_AXES: usize;

    /// The slice that layouts refer to.
    fn elements(&self) -> &[Self::Item];

    /// The extents, outermost first.
    fn extents(&self) -> &[usize];

    /// The layout, padded to `N` axes with axes of extent 1 before the others. There are at most
    /// `N` axes.
    fn layout_padded<const N: usize>(&self) -> Layout<N>;

    /// The elements as a slice, if they are contiguous and in row-major order.
    fn contiguous(&self) -> Option<&[Self::Item]>;

    /// The layout, if the source has this shape.
    #[inline]
    fn layout_of_shape<const N: usize>(&self, shape: &[usize; N]) -> Result<Layout<N>, ShapeError> {
        ShapeError::check_same(shape, self.extents())?;
        Ok(self.layout_padded())
    }

    /// The layout broadcast to this shape, if that is possible.
    #[inline]
    fn layout_broadcast<const N: usize>(&self, shape: &[usize; N]) -> Result<Layout<N>, ShapeError> {
        if broadcasts_to(self.extents(), shape) {
            Ok(self.layout_padded().stretched(shape))
        } else {
            Err(ShapeError::mismatch(shape, self.extents()))
        }
    }
}

impl<S: Deref<Target = [T]>, T, const N: usize> Source for Strided<S, N> {
    type Elem = T;
}

impl<S: Deref<Target = [T]>, T, const N: usize> SourceParts for Strided<S, N> {
    type Item = T;
    const MAX_AXES: usize = N;

    #[inline]
    fn elements(&self) -> &[T] {
        &self.data
    }

    #[inline]
    fn extents(&self) -> &[usize] {
        self.layout.shape()
    }

    #[inline]
    fn layout_padded<const M: usize>(&self) -> Layout<M> {
        self.layout.padded()
    }

    #[inline]
    fn contiguous(&self) -> Option<&[T]> {
        self.as_view().as_slice()
    }
}

impl<R: Source> Source for &R {
    type Elem = R::Elem;
}

impl<R: SourceParts> SourceParts for &R {
    type Item = R::Item;
    const MAX_AXES: usize = R::MAX_AXES;

    #[inline]
    fn elements(&self) -> &[R::Item] {
        (**self).elements()
    }

    #[inline]
    fn extents(&self) -> &[usize] {
        (**self).extents()
    }

    #[inline]
    fn layout_padded<const N: usize>(&self) -> Layout<N> {
        (**self).layout_padded()
    }

    #[inline]
    fn contiguous(&self) -> Option<&[R::Item]> {
        (**self).contiguous()
    }
}
