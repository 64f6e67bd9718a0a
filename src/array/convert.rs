//! Conversions to and from vectors, nested arrays and views.

use crate::array::GrowableNd;
use crate::array::error::{Error, FromArrayError, FromVecError};
use crate::array::nested_array::{NestedArray, SingleElement};
use crate::array::row::ShapedRow;
use crate::kernels::copy::append_clones;
use crate::layout::error::ShapeError;
use crate::layout::shape::Shape;
use crate::memory::{vec_with_capacity, vecs_with_capacity};
use crate::panicking::or_panic;
use crate::view::Strided;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::array;
use core::ops::Deref;

/// # Conversion
impl<T> GrowableNd<T> {
    /// Creates an array with rows of the shape `inner` from all their elements in row-major order.
    /// Nothing is copied. The array has the capacity of the vector and the default growth policy.
    ///
    /// If the vector has no unused capacity, the first push makes the array grow, by default to
    /// twice its size. [`reserve_exact`](Self::reserve_exact) or [`set_growth`](Self::set_growth)
    /// avoid that.
    ///
    /// An empty vector makes an array without rows, even if rows have no elements.
    ///
    /// # Errors
    ///
    /// [`FromVecError`] with the vector inside: [`Error::Shape`] for too many axes or extents that
    /// overflow, [`Error::PartialRow`] if the elements are not a whole number of rows,
    /// [`Error::Reserve`] for more than `isize::MAX` elements, which is possible only for elements
    /// of size zero.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from_vec([3], vec![1, 2, 3, 4, 5, 6])?;
    /// assert_eq!(array.shape(), [2, 3]);
    ///
    /// let error = GrowableNd::from_vec([3], vec![1, 2, 3, 4]).unwrap_err();
    /// assert_eq!(error.to_string(), "4 elements are not a whole number of rows of 3");
    /// assert_eq!(error.vec, [1, 2, 3, 4]);
    /// # Ok::<(), growable_nd::FromVecError<i32>>(())
    /// ```
    #[doc(alias = "from_shape_vec")]
    pub fn from_vec(inner: impl AsRef<[usize]>, vec: Vec<T>) -> Result<Self, FromVecError<T>> {
        let mut array = Self::EMPTY;
        let rows = match array.shape.set_inner(inner.as_ref()) {
            Ok(()) => array.whole_rows(vec.len()),
            Err(error) => Err(error.into()),
        };
        match rows {
            Ok(rows) => Ok(Self::of_rows(array.shape, rows, vec)),
            Err(error) => Err(FromVecError { error, vec }),
        }
    }

    /// Converts the array into one with another inner shape and the same elements. Nothing is
    /// copied. The array keeps its block, its growth policy and its counters.
    ///
    /// If the row length stays the same, so does the number of rows. Otherwise the number of
    /// elements determines it: an array without elements becomes one without rows.
    ///
    /// # Errors
    ///
    /// [`FromArrayError`] with the array inside: [`Error::Shape`] for too many axes or extents that
    /// overflow, [`Error::PartialRow`] if the elements are not a whole number of rows,
    /// [`Error::Reserve`] for more rows without elements than an array of the new shape can have.
    ///
    /// # Cost
    ///
    /// Constant.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]);
    /// let array = array.into_inner_shape([2, 3])?;
    /// assert_eq!(array.shape(), [2, 2, 3]);
    /// let array = array.into_inner_shape([])?;
    /// assert_eq!(array.shape(), [12]);
    ///
    /// let error = array.into_inner_shape([5]).unwrap_err();
    /// assert_eq!(error.to_string(), "12 elements are not a whole number of rows of 5");
    /// assert_eq!(error.array.shape(), [12]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias = "reshape")]
    #[doc(alias = "into_shape")]
    #[doc(alias = "into_shape_with_order")]
    pub fn into_inner_shape(self, inner: impl AsRef<[usize]>) -> Result<Self, FromArrayError<T>> {
        match self.with_inner(inner.as_ref()) {
            Ok(shape) => Ok(GrowableNd { shape, ..self }),
            Err(error) => Err(FromArrayError { error, array: Box::new(self) }),
        }
    }

    /// Returns the shape of the array with rows of shape `inner`.
    fn with_inner(&self, inner: &[usize]) -> Result<Shape, Error> {
        let mut other = GrowableNd::<T>::EMPTY;
        other.shape.set_inner(inner)?;
        let rows = if other.row_len() != self.row_len() {
            other.whole_rows(self.len())?
        } else if self.rows() > other.max_rows() {
            return Err(other.overflow(self.rows()).into());
        } else {
            self.rows()
        };
        other.shape.set_rows(rows);
        Ok(other.shape)
    }
}

/// # Copying
///
/// The arrays have the default growth policy, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
impl<S: Deref<Target = [T]>, T: Clone, const N: usize> Strided<S, N> {
    /// Clones the elements into an array of the same shape.
    ///
    /// # Panics
    ///
    /// If the view has no axes, since an array has at least one, if the capacity overflows, or if
    /// the allocation fails; [`try_to_owned_array`](Self::try_to_owned_array) returns the error.
    /// Also if the clone of an element panics.
    ///
    /// # Cost
    ///
    /// O(1) per element, one allocation. If the axes are permuted, clones of elements with a
    /// destructor may be buffered, as by [`map`](Self::map).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let transposed = array.view::<2>().t().to_owned_array();
    /// assert_eq!(transposed, [[1, 4], [2, 5], [3, 6]]);
    /// ```
    #[track_caller]
    #[must_use]
    #[doc(alias = "copy")]
    #[doc(alias = "to_owned")]
    #[doc(alias = "to_vec")]
    pub fn to_owned_array(&self) -> GrowableNd<T> {
        GrowableNd::from_shape_or_panic(&self.shape(), |data| {
            append_clones(data, &self.data, &self.layout);
        })
    }

    /// Clones the elements into an array like [`to_owned_array`](Self::to_owned_array), or returns
    /// an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] if the view has no axes, [`Error::Reserve`] if the capacity overflows or
    /// the allocation fails.
    ///
    /// # Panics
    ///
    /// Only if the clone of an element panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::View;
    ///
    /// let numbers = View::from_slice([1], &[1.0])?.broadcast([isize::MAX as usize])?;
    /// assert!(numbers.try_to_owned_array().is_err());
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    pub fn try_to_owned_array(&self) -> Result<GrowableNd<T>, Error> {
        GrowableNd::from_shape_with(&self.shape(), |data| {
            append_clones(data, &self.data, &self.layout);
        })
    }
}

/// Creates an array from a nested array. The inner shape is the shape of `R`.
///
/// # Panics
///
/// If the allocation fails, if the type has too many axes or extents that overflow, or if a row
/// does not have the shape of its type; [`from_rows`](GrowableNd::from_rows) returns the error.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
/// assert_eq!(array.shape(), [2, 3]);
/// ```
impl<T, R: ShapedRow<T>, const N: usize> From<[R; N]> for GrowableNd<T> {
    #[track_caller]
    fn from(rows: [R; N]) -> Self {
        let mut array = Self::with_capacity(R::SHAPE, N);
        rows.into_iter().for_each(|row| or_panic(array.push_row(row)));
        array
    }
}

/// Creates an array with one axis from a vector of numbers, `bool`, `char`, `()`, `String` or
/// `&str`. Nothing is copied.
///
/// For elements of another type, or of a type parameter, write
/// [`from_vec`](GrowableNd::from_vec)`([], vec)`: a `Vec<[f64; 3]>` could otherwise become an array
/// of numbers or an array of arrays.
///
/// # Panics
///
/// For more than `isize::MAX` elements, which is possible only for `()`;
/// [`from_vec`](GrowableNd::from_vec) returns the error.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let numbers = GrowableNd::from(vec![0.5, 1.5, 2.5]);
/// assert_eq!(numbers, [0.5, 1.5, 2.5]);
/// ```
impl<T: SingleElement> From<Vec<T>> for GrowableNd<T> {
    #[track_caller]
    fn from(elements: Vec<T>) -> Self {
        of_vec(elements)
    }
}

macro_rules! vectors_of_arrays {
    ($($(#[$doc:meta])* $row:ty => $($axis:ident)*;)*) => {$(
        $(#[$doc])*
        impl<T, $(const $axis: usize),*> From<Vec<$row>> for GrowableNd<T> {
            #[track_caller]
            fn from(rows: Vec<$row>) -> Self {
                of_vec(rows)
            }
        }
    )*};
}

vectors_of_arrays! {
    /// Creates an array from a vector of arrays. Nothing is copied.
    ///
    /// # Panics
    ///
    /// For more elements or rows than an array can have, which is possible only if they have size
    /// zero; [`from_rows`](GrowableNd::from_rows) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from(vec![[1, 2], [3, 4]]);
    /// assert_eq!(array, [[1, 2], [3, 4]]);
    /// ```
    [T; A] => A;
    /// Creates an array, as from a vector of `[T; A]`.
    [[T; B]; A] => A B;
    /// Creates an array, as from a vector of `[T; A]`.
    [[[T; C]; B]; A] => A B C;
    /// Creates an array, as from a vector of `[T; A]`.
    [[[[T; D]; C]; B]; A] => A B C D;
    /// Creates an array, as from a vector of `[T; A]`.
    [[[[[T; E]; D]; C]; B]; A] => A B C D E;
    /// Creates an array, as from a vector of `[T; A]`.
    [[[[[[T; F]; E]; D]; C]; B]; A] => A B C D E F;
    /// Creates an array, as from a vector of `[T; A]`.
    [[[[[[[T; G]; F]; E]; D]; C]; B]; A] => A B C D E F G;
}

#[track_caller]
fn of_vec<T, R: NestedArray<T>>(rows: Vec<R>) -> GrowableNd<T> {
    // Counted before they are flattened: rows without elements could not be counted afterwards.
    let count = rows.len();
    or_panic(GrowableNd::from_parts(R::SHAPE, count, R::into_elements(rows)))
}

/// Creates an array from a boxed slice, as from a vector. Nothing is copied.
///
/// # Panics
///
/// As from a vector; [`from_vec`](GrowableNd::from_vec) and [`from_rows`](GrowableNd::from_rows)
/// return the error.
impl<T, R> From<Box<[R]>> for GrowableNd<T>
where
    GrowableNd<T>: From<Vec<R>>,
{
    #[track_caller]
    fn from(rows: Box<[R]>) -> Self {
        rows.into_vec().into()
    }
}

/// Creates an array from clones of the items of a slice, as from a vector.
///
/// # Panics
///
/// As from a vector, and if the allocation fails; [`from_rows`](GrowableNd::from_rows) returns the
/// error. Also if the clone of an element panics.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let points = [[0.0, 0.5], [1.0, 1.5], [2.0, 2.5]];
/// assert_eq!(GrowableNd::from(&points[1..]), [[1.0, 1.5], [2.0, 2.5]]);
/// ```
impl<T, R: Clone> From<&[R]> for GrowableNd<T>
where
    GrowableNd<T>: From<Vec<R>>,
{
    #[track_caller]
    fn from(rows: &[R]) -> Self {
        let mut vec = or_panic(vec_with_capacity(rows.len()));
        vec.extend_from_slice(rows);
        vec.into()
    }
}

/// Creates an array from a vector of vectors, which must all have the same length.
///
/// # Errors
///
/// [`Error::NoRows`] if the vector is empty, [`Error::Row`] for the first row of another length
/// than row 0, [`Error::Reserve`] if the array cannot grow, [`Error::Shape`] for rows of more than
/// `isize::MAX` elements, which is possible only for elements of size zero.
///
/// # Cost
///
/// O(*n m*).
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::try_from(vec![vec![1, 2], vec![3, 4]])?;
/// assert_eq!(array, [[1, 2], [3, 4]]);
///
/// let error = GrowableNd::try_from(vec![vec![1, 2], vec![3]]).unwrap_err();
/// assert_eq!(error.to_string(), "row 1: expected 2 elements, found 1");
/// # Ok::<(), growable_nd::Error>(())
/// ```
impl<T> TryFrom<Vec<Vec<T>>> for GrowableNd<T> {
    type Error = Error;

    fn try_from(rows: Vec<Vec<T>>) -> Result<Self, Error> {
        let row_len = rows.first().ok_or(Error::NoRows)?.len();
        Self::from_rows([row_len], rows)
    }
}

/// Converts the array into its elements in row-major order, as [`GrowableNd::into_vec`].
impl<T> From<GrowableNd<T>> for Vec<T> {
    fn from(array: GrowableNd<T>) -> Self {
        array.into_vec()
    }
}

/// Converts the array into its elements in row-major order. Unused capacity is released, as by
/// [`Vec::into_boxed_slice`].
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let boxed = Box::<[i32]>::from(GrowableNd::from([[1, 2], [3, 4]]));
/// assert_eq!(*boxed, [1, 2, 3, 4]);
/// ```
impl<T> From<GrowableNd<T>> for Box<[T]> {
    fn from(array: GrowableNd<T>) -> Self {
        array.into_vec().into_boxed_slice()
    }
}

/// Moves the elements into a nested array of the same shape, with up to eight axes.
///
/// # Errors
///
/// [`FromArrayError`] with the array inside: [`Error::Shape`] if the shapes differ.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from_vec([2], vec![1, 2, 3, 4])?;
/// assert_eq!(<[[i32; 2]; 2]>::try_from(array), Ok([[1, 2], [3, 4]]));
///
/// let array = GrowableNd::from_vec([2], vec![1, 2, 3, 4])?;
/// let error = <[[i32; 2]; 3]>::try_from(array).unwrap_err();
/// assert_eq!(error.to_string(), "expected shape [3, 2], found [2, 2]");
/// assert_eq!(*error.array, [[1, 2], [3, 4]]);
/// # Ok::<(), growable_nd::FromVecError<i32>>(())
/// ```
impl<T, R: NestedArray<T>, const N: usize> TryFrom<GrowableNd<T>> for [R; N] {
    type Error = FromArrayError<T>;

    fn try_from(array: GrowableNd<T>) -> Result<Self, FromArrayError<T>> {
        if array.rows() != N || array.inner_shape() != R::SHAPE {
            let expected = [&[N], R::SHAPE].concat().into();
            let error = ShapeError::Mismatch { expected, found: array.shape().into() };
            return Err(FromArrayError { error: error.into(), array: Box::new(array) });
        }
        let mut elements = array.into_vec().into_iter();
        Ok(array::from_fn(|_| R::take_from(&mut elements)))
    }
}

/// Moves the elements of an array with two axes into a vector of rows, each a vector.
///
/// # Errors
///
/// [`FromArrayError`] with the array inside: [`Error::Access`] for another number of axes,
/// [`Error::Reserve`] if an allocation fails.
///
/// # Cost
///
/// O(*n m*), and an allocation per row.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1, 2], [3, 4]]);
/// assert_eq!(Vec::<Vec<i32>>::try_from(array)?, [[1, 2], [3, 4]]);
/// # Ok::<(), growable_nd::FromArrayError<i32>>(())
/// ```
impl<T> TryFrom<GrowableNd<T>> for Vec<Vec<T>> {
    type Error = FromArrayError<T>;

    fn try_from(array: GrowableNd<T>) -> Result<Self, FromArrayError<T>> {
        match empty_rows(&array) {
            Ok(mut rows) => {
                let row_len = array.row_len();
                let mut elements = array.into_vec().into_iter();
                rows.iter_mut().for_each(|row| row.extend(elements.by_ref().take(row_len)));
                Ok(rows)
            }
            Err(error) => Err(FromArrayError { error, array: Box::new(array) }),
        }
    }
}

/// Allocates a vector per row of an array with two axes, so that nothing can fail afterwards.
fn empty_rows<T>(array: &GrowableNd<T>) -> Result<Vec<Vec<T>>, Error> {
    array.check_two_axes()?;
    Ok(vecs_with_capacity(array.rows(), array.row_len())?)
}
