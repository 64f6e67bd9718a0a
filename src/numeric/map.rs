//! Maps: applying a function to each element, into a new array or in place.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::map::append_mapped;
use crate::view::Strided;
use core::ops::Deref;

/// Maps into new arrays.
///
/// The function is called once for each element. The order of the calls is row-major for contiguous
/// elements and in [`try_map`](Strided::try_map), otherwise unspecified. The result is an array of
/// the same shape, whose rows are those of the outermost axis, with the default growth policy,
/// [`Growth::DOUBLE`](crate::Growth::DOUBLE).
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Applies `f` to each element and collects the results into an array of the same shape.
    ///
    /// # Panics
    ///
    /// If the view has no axes, if the capacity overflows, if the allocation fails, or if `f` panics.
    /// [`try_map`](Self::try_map) returns the error.
    ///
    /// # Cost
    ///
    /// One call of `f` per element, one allocation. If the axes are permuted, results may be
    /// buffered: at most 4 MiB, or an eighth of the result if that is more.
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

    /// Applies `f`, which can fail, to each element in row-major order and collects the results
    /// into an array of the same shape.
    ///
    /// # Errors
    ///
    /// The first error of `f`, after which `f` is not called again; the results until then are
    /// dropped. [`ShapeError::NoAxes`](crate::ShapeError::NoAxes) or [`Error::Reserve`], converted
    /// to `E`.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// See [`map`](Self::map).
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
}

/// # Maps
impl<T> GrowableNd<T> {
    /// Applies `f` to each element and collects the results into an array of the same shape, see
    /// [`Strided::map`]. Its growth policy is the default,
    /// [`Growth::DOUBLE`](crate::Growth::DOUBLE).
    ///
    /// # Panics
    ///
    /// If the capacity overflows, if the allocation fails, or if `f` panics.
    /// [`try_map`](Self::try_map) returns the error.
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
    /// dropped. [`Error::Reserve`] if the capacity overflows or the allocation fails, converted to `E`.
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
    /// // If `f` does not fail, only the allocation can.
    /// let lengths = texts.try_map(|text| Ok::<_, Error>(text.len()))?;
    /// assert_eq!(lengths.as_slice(), [1; 4]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn try_map<U, E: From<Error>>(&self, f: impl FnMut(&T) -> Result<U, E>) -> Result<GrowableNd<U>, E> {
        try_collect(self.shape(), self.as_slice().iter().map(f))
    }

    /// Replaces each element by `f(x)`, in row-major order.
    ///
    /// # Panics
    ///
    /// If `f` panics; some elements are then replaced and others are not.
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

    /// Replaces each element by a clone of `value`.
    ///
    /// # Panics
    ///
    /// If cloning panics; some elements are then replaced and others are not.
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

/// Collects elements into an array of this shape, or returns the first error.
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
