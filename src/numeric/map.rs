//! New arrays and new elements, by a function of each element or of each pair of them.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::copy::{append_mapped, append_zipped};
use crate::layout::error::ShapeError;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::layout::{Layout, moved};
use crate::panicking::or_panic;
use crate::view::{Strided, View, ViewMut};
use core::ops::Deref;

/// Arrays of what a function makes of the elements, in row-major order of their indices. The outermost axis becomes
/// that of the rows.
///
/// # Cost
///
/// One call of the function for each element, one allocation.
impl<T, const N: usize> View<'_, T, N> {
    /// An array of `f` of each element.
    ///
    /// # Panics
    ///
    /// If there is no memory; [`try_map`](Self::try_map) returns the error. If `f` does.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let halves = array.view::<2>().t().map(|&x| f64::from(x) / 2.0);
    /// assert_eq!(halves, GrowableNd::from([[0.5, 1.5], [1.0, 2.0]]));
    /// ```
    #[track_caller]
    pub fn map<U, const M: usize>(&self, f: impl FnMut(&T) -> U) -> GrowableNd<U>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_map(f))
    }

    /// [`map`](Self::map), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Reserve`] if there is no memory.
    ///
    /// # Panics
    ///
    /// Only if `f` does.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let numbers = View::from_slice([1], &[1.0])?.broadcast([1 << 40])?;
    /// assert!(numbers.try_map(|x| x + 1.0).is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn try_map<U, const M: usize>(&self, f: impl FnMut(&T) -> U) -> Result<GrowableNd<U>, Error>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        GrowableNd::from_shape_with(&self.shape(), |data| append_mapped(data, self.data, &self.layout, f))
    }

    /// An array of `f` of the two elements at each index of this view and another, which may have elements of another
    /// type; where the other is an array, pass `&array.view()`.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`], in [`Error::Shape`], if the other view has another shape;
    /// [`broadcast`](View::broadcast) it, if it should be repeated. [`Error::Reserve`] if there is no memory.
    ///
    /// # Panics
    ///
    /// Only if `f` does.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let weights = View::from_slice([3], &[0.5, 1.0, 2.0])?.broadcast([2, 3])?;
    /// let weighted = array.view().zip_with(&weights, |&x, weight| f64::from(x) * weight)?;
    /// assert_eq!(weighted, GrowableNd::from([[0.5, 2.0, 6.0], [2.0, 5.0, 12.0]]));
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn zip_with<U, R, S: Deref<Target = [U]>, const M: usize>(
        &self,
        other: &Strided<S, N>,
        f: impl FnMut(&T, &U) -> R,
    ) -> Result<GrowableNd<R>, Error>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        ShapeError::check_same(&self.shape(), &other.shape())?;
        GrowableNd::from_shape_with(&self.shape(), |data| {
            append_zipped(data, (self.data, &self.layout), (&other.data, &other.layout), f);
        })
    }
}

/// Combining with another view in place.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Replaces each element by `f` of it and of the one at the same index of another view, in the order in which they
    /// stand in memory.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other view has another shape; [`broadcast`](View::broadcast) it, if it should
    /// be repeated.
    ///
    /// # Panics
    ///
    /// Only if `f` does; then some elements have been replaced and others have not.
    ///
    /// # Cost
    ///
    /// One call of `f` for each element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let offsets = View::from_slice([2], &[10, 20])?.broadcast([2, 2])?;
    /// array.view_mut().zip_with_in_place(&offsets, |x, offset| x + offset)?;
    /// assert_eq!(array.as_slice(), [11, 22, 13, 24]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn zip_with_in_place<U, S: Deref<Target = [U]>>(
        &mut self,
        other: &Strided<S, N>,
        mut f: impl FnMut(&T, &U) -> T,
    ) -> Result<(), ShapeError> {
        ShapeError::check_same(&self.shape(), &other.shape())?;
        let [layout, other_layout] = Layout::merge(self.layout.memory_order_of([self.layout, other.layout]));
        let ((starts, lane), (other_starts, other_lane)) = (layout.lanes(), other_layout.lanes());
        for (start, other_start) in starts.offsets().zip(other_starts.offsets()) {
            if (lane.stride, other_lane.stride) == (1, 1) {
                let lane = &mut self.data[start..][..lane.len];
                let other = &other.data[other_start..][..other_lane.len];
                lane.iter_mut().zip(other).for_each(|(element, other)| *element = f(element, other));
                continue;
            }
            for k in 0..lane.len {
                let element = &mut self.data[moved(start, lane.stride, k)];
                *element = f(element, &other.data[moved(other_start, other_lane.stride, k)]);
            }
        }
        Ok(())
    }
}

/// Functions of each element or of each pair of them.
impl<T> GrowableNd<T> {
    /// An array of the same shape with `f` of each element, in row-major order.
    ///
    /// # Panics
    ///
    /// If there is no memory; [`try_map`](Self::try_map) returns the error. If `f` does.
    ///
    /// # Cost
    ///
    /// One call of `f` for each element, one allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let halves = array.map(|&x| f64::from(x) / 2.0);
    /// assert_eq!(halves[[1, 0]], 2.0);
    /// ```
    #[track_caller]
    pub fn map<U>(&self, f: impl FnMut(&T) -> U) -> GrowableNd<U> {
        or_panic(self.try_map(f))
    }

    /// [`map`](Self::map), with an error instead of a panic.
    ///
    /// # Errors
    ///
    /// [`Error::Reserve`] if there is no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.try_map(|x| x % 2)?.sum(), 3);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn try_map<U>(&self, f: impl FnMut(&T) -> U) -> Result<GrowableNd<U>, Error> {
        GrowableNd::from_shape_with(self.shape(), |data| data.extend(self.as_slice().iter().map(f)))
    }

    /// Replaces each element by `f` of it, in row-major order.
    ///
    /// # Cost
    ///
    /// One call of `f` for each element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1.0, 4.0], [9.0, 16.0]]);
    /// array.map_in_place(|x: &f64| x.sqrt());
    /// assert_eq!(array.as_slice(), [1.0, 2.0, 3.0, 4.0]);
    /// ```
    pub fn map_in_place(&mut self, f: impl FnMut(&T) -> T) {
        self.line_mut().map_in_place(f);
    }

    /// An array of the same shape with `f` of the two elements at each index of this array and another, in row-major
    /// order.
    ///
    /// Where the other is a view, or is to be [broadcast](View::broadcast): `array.view().zip_with(&other, f)`, see
    /// [`View::zip_with`].
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`], in [`Error::Shape`], if the other array has another shape,
    /// [`Error::Reserve`] if there is no memory.
    ///
    /// # Cost
    ///
    /// One call of `f` for each pair, one allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let sums = array.zip_with(&array, |x, y| x + y)?;
    /// assert_eq!(sums.row(0), [2, 4, 6]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn zip_with<U, R>(
        &self,
        other: &GrowableNd<U>,
        f: impl FnMut(&T, &U) -> R,
    ) -> Result<GrowableNd<R>, Error> {
        ShapeError::check_same(self.shape(), other.shape())?;
        let zipped = self.line().zip_with(&other.line(), f)?;
        GrowableNd::from_parts(self.inner_shape(), self.rows(), zipped.into_vec())
    }

    /// Replaces each element by `f` of it and of the element at the same index of another array, in row-major order.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other array has another shape.
    ///
    /// # Cost
    ///
    /// One call of `f` for each pair.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let other = GrowableNd::from([[10, 20], [30, 40]]);
    /// array.zip_with_in_place(&other, |x, y| x + y)?;
    /// assert_eq!(array.as_slice(), [11, 22, 33, 44]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn zip_with_in_place<U>(
        &mut self,
        other: &GrowableNd<U>,
        f: impl FnMut(&T, &U) -> T,
    ) -> Result<(), ShapeError> {
        ShapeError::check_same(self.shape(), other.shape())?;
        self.line_mut().zip_with_in_place(&other.line(), f)
    }

    /// Replaces each element by a clone of `value`.
    ///
    /// # Cost
    ///
    /// One clone for each element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// array.fill(7);
    /// assert_eq!(array.as_slice(), [7, 7, 7, 7]);
    /// ```
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        self.as_mut_slice().fill(value);
    }
}

/// An array has no gaps: all its elements are one line.
impl<T> GrowableNd<T> {
    pub(crate) fn line(&self) -> View<'_, T, 1> {
        Strided { data: self.as_slice(), layout: Layout::row_major_within([self.len()]) }
    }

    pub(crate) fn line_mut(&mut self) -> ViewMut<'_, T, 1> {
        Strided { layout: Layout::row_major_within([self.len()]), data: self.as_mut_slice() }
    }
}
