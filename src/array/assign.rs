//! Writing all elements of an array.

use crate::array::GrowableNd;
use crate::kernels::copy::copy_elements;
use crate::layout::Layout;
use crate::layout::error::ShapeError;
use crate::layout::shape::MAX_RANK;
use crate::view::source::{Source, SourceParts};

/// # Writing all elements
impl<T> GrowableNd<T> {
    /// Replaces each element by a result of `element`, called in row-major order.
    ///
    /// # Panics
    ///
    /// Only if `element` panics; then some elements are replaced and others are not.
    ///
    /// # Cost
    ///
    /// One call of `element` per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::zeros([2, 2]);
    /// let mut count = 0;
    /// array.fill_with(|| {
    ///     count += 1;
    ///     count
    /// });
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// ```
    pub fn fill_with(&mut self, element: impl FnMut() -> T) {
        self.data.fill_with(element);
    }

    /// Replaces each element by a clone of the element at the same index of an array or a view.
    ///
    /// [`clone_from`](Clone::clone_from) copies the shape of the other array as well.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shapes differ. To repeat elements,
    /// [`broadcast`](crate::View::broadcast) a view of `other` first.
    ///
    /// # Panics
    ///
    /// Only if a clone panics; then some elements are replaced and others are not.
    ///
    /// # Cost
    ///
    /// One clone per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::zeros([2, 2]);
    /// let other = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.assign(&other)?;
    /// assert_eq!(array, other);
    /// array.assign(other.view::<2>().t())?;
    /// assert_eq!(array.as_slice(), [1, 3, 2, 4]);
    /// # Ok::<(), growable_nd::ShapeError>(())
    /// ```
    #[doc(alias = "copyto")]
    #[doc(alias = "copy_from")]
    #[doc(alias = "clone_from_slice")]
    pub fn assign(&mut self, other: impl Source<Elem = T>) -> Result<(), ShapeError>
    where
        T: Clone,
    {
        ShapeError::check_same(self.shape(), other.extents())?;
        match other.contiguous() {
            Some(other) => self.data.clone_from_slice(other),
            None => {
                let [to, from]: [Layout<MAX_RANK>; 2] = [self.layout_padded(), other.layout_padded()];
                copy_elements(&mut self.data, &to, other.elements(), &from);
            }
        }
        Ok(())
    }
}
