//! Maps: new arrays or new elements, by a function of each element or of each pair of elements.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::map::{append_mapped, append_zipped};
use crate::kernels::update::update;
use crate::layout::Layout;
use crate::layout::error::ShapeError;
use crate::layout::shape::MAX_RANK;
use crate::view::source::{Source, SourceParts};
use crate::view::{Strided, ViewMut};
use core::iter;
use core::ops::Deref;

/// New arrays by a function of each element.
///
/// The function is called once for each element: in row-major order if the elements are contiguous,
/// otherwise in any order, except by [`try_map`](Strided::try_map). The result is an array of the same shape, whose rows
/// are those of the outermost axis, with the default growth policy,
/// [`Growth::DOUBLE`](crate::Growth::DOUBLE).
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Applies `f` to each element and collects the results into an array of the same shape.
    ///
    /// # Panics
    ///
    /// If the view has no axes, if the allocation fails, or if `f` panics.
    /// [`try_map`](Self::try_map) returns the error.
    ///
    /// # Cost
    ///
    /// One call of `f` per element, one allocation. If the axes are permuted, results may be buffered:
    /// at most 4 MiB or an eighth of the array.
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
    #[must_use = "the elements of the view do not change; `map_in_place` changes those of a `ViewMut`"]
    #[track_caller]
    #[doc(alias("mapv", "vectorize"))]
    pub fn map<U>(&self, f: impl FnMut(&T) -> U) -> GrowableNd<U> {
        GrowableNd::from_shape_or_panic(self.layout.shape(), |data| match self.as_view().as_slice() {
            Some(elements) => data.extend(elements.iter().map(f)),
            None => append_mapped(data, &self.data, &self.layout, f),
        })
    }

    /// Applies `f`, which can fail, to each element in row-major order and collects the results into
    /// an array of the same shape.
    ///
    /// # Errors
    ///
    /// The first error of `f`, after which `f` is not called again; the results until then are
    /// dropped. [`ShapeError::NoAxes`] or [`Error::Reserve`], converted to `E`.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// As [`map`](Self::map).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// fn parse(texts: View<'_, &str, 2>) -> Result<GrowableNd<f64>, Box<dyn std::error::Error>> {
    ///     texts.try_map(|text| Ok(text.parse()?))
    /// }
    ///
    /// let texts = GrowableNd::from([["1", "2.5"], ["3", "x"]]);
    /// assert_eq!(parse(texts.view().slice((..1, ..)))?.as_slice(), [1.0, 2.5]);
    /// assert!(parse(texts.view()).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn try_map<U, E: From<Error>>(&self, f: impl FnMut(&T) -> Result<U, E>) -> Result<GrowableNd<U>, E> {
        match self.as_view().as_slice() {
            Some(elements) => try_collect(self.layout.shape(), elements.iter().map(f)),
            None => try_collect(self.layout.shape(), self.as_view().iter().map(f)),
        }
    }

    /// Applies `f` to the elements at each index of this view and of an array or a view, and
    /// collects the results into an array of the same shape.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other shape differs; [`broadcast`](crate::View::broadcast)
    /// repeats elements. [`ShapeError::NoAxes`] for views without axes, [`Error::Reserve`] if the
    /// allocation fails.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// One call of `f` per pair. Allocates as [`map`](Self::map).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let weights = View::from_slice([3], &[0.5, 1.0, 2.0])?.broadcast([2, 3])?;
    /// let weighted = array.view::<2>().zip_with(weights, |&x, weight| f64::from(x) * weight)?;
    /// assert_eq!(weighted, GrowableNd::from([[0.5, 2.0, 6.0], [2.0, 5.0, 12.0]]));
    ///
    /// let turned = GrowableNd::from([[1, 4], [2, 5], [3, 6]]);
    /// let differences = turned.view::<2>().t().zip_with(&array, |x, y| x - y)?;
    /// assert_eq!(differences.as_slice(), [0; 6]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("Zip", "zip", "zip_map"))]
    pub fn zip_with<U, R>(
        &self,
        other: impl Source<Elem = U>,
        f: impl FnMut(&T, &U) -> R,
    ) -> Result<GrowableNd<R>, Error> {
        let shape = self.layout.shape();
        let layout = other.layout_of_shape(shape)?;
        GrowableNd::from_shape_with(shape, |data| {
            append_zipped(data, (&self.data, &self.layout), (other.elements(), &layout), f);
        })
    }
}

/// Functions of pairs of elements, in place.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Replaces each element by `f` of the element and of the element at the same index of an array
    /// or a view. Calls `f` in any order.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other shape differs; [`broadcast`](crate::View::broadcast)
    /// repeats elements.
    ///
    /// # Panics
    ///
    /// Only if `f` panics. Then some elements have been replaced and others have not.
    ///
    /// # Cost
    ///
    /// One call of `f` per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let offsets = View::from_slice([2], &[10, 20])?.broadcast([2, 2])?;
    /// array.view_mut::<2>().zip_with_in_place(offsets, |x, offset| x + offset)?;
    /// assert_eq!(array.as_slice(), [11, 22, 13, 24]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias("zip_mut_with", "zip_apply"))]
    pub fn zip_with_in_place<U>(
        &mut self,
        other: impl Source<Elem = U>,
        mut f: impl FnMut(&T, &U) -> T,
    ) -> Result<(), ShapeError> {
        let layout = other.layout_of_shape(self.layout.shape())?;
        update(self.data, &self.layout, other.elements(), &layout, |to, from| *to = f(to, from));
        Ok(())
    }
}

/// # Maps
impl<T> GrowableNd<T> {
    /// Applies `f` to each element and collects the results into an array of the same shape, see
    /// [`Strided::map`]. Its growth policy is the default,
    /// [`Growth::DOUBLE`](crate::Growth::DOUBLE).
    ///
    /// # Panics
    ///
    /// If the allocation fails, or if `f` panics. [`try_map`](Self::try_map) returns the error.
    ///
    /// # Cost
    ///
    /// One call of `f` per element, one allocation.
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
    #[must_use = "the elements of the array do not change; `map_in_place` changes them"]
    #[track_caller]
    #[doc(alias("mapv", "vectorize"))]
    pub fn map<U>(&self, f: impl FnMut(&T) -> U) -> GrowableNd<U> {
        self.same_shape_or_panic(|data| data.extend(self.as_slice().iter().map(f)))
    }

    /// Applies `f`, which can fail, to each element and collects the results into an array of the
    /// same shape, see [`Strided::try_map`].
    ///
    /// # Errors
    ///
    /// The first error of `f`, after which `f` is not called again; the results until then are
    /// dropped. [`Error::Reserve`] if the allocation fails, converted to `E`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Error, GrowableNd};
    ///
    /// let texts = GrowableNd::from([["1", "2"], ["3", "x"]]);
    /// let parsed: Result<_, Box<dyn std::error::Error>> = texts.try_map(|text| {
    ///     let number: i32 = text.parse()?;
    ///     Ok(number)
    /// });
    /// assert_eq!(parsed.unwrap_err().to_string(), "invalid digit found in string");
    ///
    /// // With an `f` that does not fail, errors are those of allocation.
    /// let lengths = texts.try_map(|text| Ok::<_, Error>(text.len()))?;
    /// assert_eq!(lengths.as_slice(), [1; 4]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn try_map<U, E: From<Error>>(&self, f: impl FnMut(&T) -> Result<U, E>) -> Result<GrowableNd<U>, E> {
        try_collect(self.shape(), self.as_slice().iter().map(f))
    }

    /// Replaces each element by `f(x)`, in row-major order.
    ///
    /// # Cost
    ///
    /// One call of `f` per element. No allocation.
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
    #[doc(alias("mapv_inplace", "map_inplace"))]
    pub fn map_in_place(&mut self, f: impl FnMut(&T) -> T) {
        self.line_mut().map_in_place(f);
    }

    /// Applies `f` to the elements at each index of this array and of an array or a view, and
    /// collects the results into an array of the same shape, see [`Strided::zip_with`]. Its growth
    /// policy is the default, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other shape differs; [`broadcast`](crate::View::broadcast)
    /// repeats elements. [`Error::Reserve`] if the allocation fails.
    ///
    /// # Cost
    ///
    /// One call of `f` per pair, one allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [4, 5]]);
    /// assert_eq!(array.zip_with(&array, |x, y| x + y)?.as_slice(), [2, 4, 8, 10]);
    /// assert_eq!(array.zip_with(array.view::<2>().t(), |x, y| x - y)?.as_slice(), [0, -2, 2, 0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("Zip", "zip", "zip_map"))]
    pub fn zip_with<U, R>(
        &self,
        other: impl Source<Elem = U>,
        mut f: impl FnMut(&T, &U) -> R,
    ) -> Result<GrowableNd<R>, Error> {
        ShapeError::check_same(self.shape(), other.extents())?;
        Ok(GrowableNd::with_shape(self.shape_by_value(), |data| match other.contiguous() {
            Some(other) => data.extend(iter::zip(self.as_slice(), other).map(|(x, y)| f(x, y))),
            None => {
                let [left, right]: [Layout<MAX_RANK>; 2] = [self.layout_padded(), other.layout_padded()];
                append_zipped(data, (self.as_slice(), &left), (other.elements(), &right), f);
            }
        })?)
    }

    /// Replaces each element by `f` of the element and of the element at the same index of an array
    /// or a view. Calls `f` in row-major order if the elements of both are contiguous, otherwise in
    /// any order.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other shape differs; [`broadcast`](crate::View::broadcast)
    /// repeats elements.
    ///
    /// # Panics
    ///
    /// Only if `f` panics. Then some elements have been replaced and others have not.
    ///
    /// # Cost
    ///
    /// One call of `f` per element. No allocation.
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
    /// # Ok::<(), growable_nd::ShapeError>(())
    /// ```
    #[doc(alias("zip_mut_with", "zip_apply"))]
    pub fn zip_with_in_place<U>(
        &mut self,
        other: impl Source<Elem = U>,
        mut f: impl FnMut(&T, &U) -> T,
    ) -> Result<(), ShapeError> {
        ShapeError::check_same(self.shape(), other.extents())?;
        match other.contiguous() {
            Some(other) => {
                let pairs = iter::zip(self.as_mut_slice(), other);
                pairs.for_each(|(element, other)| *element = f(element, other));
            }
            None => {
                let [left, right]: [Layout<MAX_RANK>; 2] = [self.layout_padded(), other.layout_padded()];
                update(self.as_mut_slice(), &left, other.elements(), &right, |to, from| *to = f(to, from));
            }
        }
        Ok(())
    }

    /// Replaces each element by a clone of `value`.
    ///
    /// # Panics
    ///
    /// Only if a clone panics. Then some elements have been replaced and others have not.
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

/// An array of this shape, of as many elements as `elements` yields unless one of them is an error.
fn try_collect<U, E: From<Error>>(
    shape: &[usize],
    elements: impl Iterator<Item = Result<U, E>>,
) -> Result<GrowableNd<U>, E> {
    GrowableNd::try_from_shape_with(shape, |data| {
        for element in elements {
            data.push(element?);
        }
        Ok(())
    })
}
