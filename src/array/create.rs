//! Creating empty arrays and arrays of known size.

use crate::array::GrowableNd;
use crate::array::capacity::block_size;
use crate::array::error::Error;
use crate::array::push::append_computed;
use crate::growth::Growth;
use crate::layout::error::ShapeError;
use crate::layout::indices::Indices;
use crate::layout::shape::Shape;
use crate::memory::{ReserveError, vec_with_capacity};
use crate::panicking::or_panic;
use alloc::vec::Vec;
use bytemuck::allocation::try_zeroed_vec;
use core::any::{Any, TypeId};
use num_traits::{One, Zero};

/// # Creating empty arrays
///
/// The argument `inner` is the shape of a row.
impl<T> GrowableNd<T> {
    /// Creates an empty array whose rows have the shape `inner`. Does not allocate.
    ///
    /// If rows are nested arrays, name the element type, as in `GrowableNd::<f64>::new([2, 3])`: a
    /// `[[f64; 3]; 2]` could also be two elements `[f64; 3]`.
    ///
    /// # Panics
    ///
    /// If `inner` has more than [`MAX_RANK`](crate::MAX_RANK)` - 1` axes, or if the product of its
    /// nonzero extents exceeds `isize::MAX`. [`try_new`](Self::try_new) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let images = GrowableNd::<u8>::new([120, 160, 3]);
    /// assert_eq!(images.shape(), [0, 120, 160, 3]);
    ///
    /// // Without inner axes a row is one element, and the array a vector.
    /// let mut numbers = GrowableNd::new([]);
    /// numbers.push_row(5)?;
    /// assert_eq!(numbers[[0]], 5);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[track_caller]
    #[must_use]
    pub fn new(inner: impl AsRef<[usize]>) -> Self {
        let mut array = Self::EMPTY;
        or_panic(array.shape.set_inner(inner.as_ref()));
        array
    }

    /// Creates an empty array like [`new`](Self::new), or returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`ShapeError::TooManyAxes`] if `inner` has too many axes, [`ShapeError::Overflow`] if its
    /// extents overflow.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::<f64>::try_new([usize::MAX, 2]).is_err());
    /// ```
    pub fn try_new(inner: impl AsRef<[usize]>) -> Result<Self, ShapeError> {
        let mut array = Self::EMPTY;
        array.shape.set_inner(inner.as_ref())?;
        Ok(array)
    }

    /// Creates an empty array with a capacity of `rows` rows.
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new), and if the capacity overflows or the allocation fails;
    /// [`try_with_capacity`](Self::try_with_capacity) returns the error.
    ///
    /// # Cost
    ///
    /// One allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::with_capacity([3], 100);
    /// for _ in 0..100 {
    ///     array.push_row([0.0; 3])?;
    /// }
    /// assert_eq!(array.growth_stats().growths, 0);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[track_caller]
    #[must_use]
    pub fn with_capacity(inner: impl AsRef<[usize]>, rows: usize) -> Self {
        let mut array = Self::new(inner);
        or_panic(array.allocate(rows));
        array
    }

    /// Creates an array with a capacity like [`with_capacity`](Self::with_capacity), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] as [`try_new`](Self::try_new), [`Error::Reserve`] if the capacity overflows
    /// or the allocation fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::<f64>::try_with_capacity([3], usize::MAX / 3).is_err());
    /// ```
    pub fn try_with_capacity(inner: impl AsRef<[usize]>, rows: usize) -> Result<Self, Error> {
        let mut array = Self::try_new(inner)?;
        array.allocate(rows)?;
        Ok(array)
    }

    /// Creates an empty array that grows by the policy `growth`.
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new); [`try_with_growth`](Self::try_with_growth) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth};
    ///
    /// let array = GrowableNd::<f64>::with_growth([10, 10], Growth::THREE_HALVES);
    /// assert_eq!(array.growth(), Growth::THREE_HALVES);
    /// ```
    #[track_caller]
    #[must_use]
    pub fn with_growth(inner: impl AsRef<[usize]>, growth: Growth) -> Self {
        GrowableNd { growth, ..Self::new(inner) }
    }

    /// Creates an array with a growth policy like [`with_growth`](Self::with_growth), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_new`](Self::try_new).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Growth};
    ///
    /// assert!(GrowableNd::<f64>::try_with_growth([1; 8], Growth::DOUBLE).is_err());
    /// ```
    pub fn try_with_growth(inner: impl AsRef<[usize]>, growth: Growth) -> Result<Self, ShapeError> {
        Ok(GrowableNd { growth, ..Self::try_new(inner)? })
    }
}

/// # Arrays of known size
///
/// The argument `shape` is the shape of the whole array and starts with the number of rows:
/// `zeros([3])` has three rows of one element each, whereas [`new`](Self::new)`([3])` has no rows
/// yet, and three elements in each row to come.
///
/// The arrays have the default growth policy, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
impl<T> GrowableNd<T> {
    /// Creates an array of zeros. `T: 'static` holds for every type without borrowed data.
    ///
    /// # Panics
    ///
    /// If `shape` has no axes or too many, if the extents overflow, or if the allocation fails.
    /// [`try_zeros`](Self::try_zeros) returns the error.
    ///
    /// # Cost
    ///
    /// One allocation. For integers and floats the system may zero the memory on first access;
    /// zeros of other types are written.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::<f64>::zeros([2, 3]);
    /// assert_eq!(array.as_slice(), [0.0; 6]);
    /// array.push_row([1.0, 2.0, 3.0])?;
    /// assert_eq!(array.shape(), [3, 3]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[track_caller]
    #[must_use]
    pub fn zeros(shape: impl AsRef<[usize]>) -> Self
    where
        T: Clone + Zero + 'static,
    {
        let mut empty = Shape::EMPTY;
        let rows = or_panic(empty.set_inner_of(shape.as_ref()));
        let zeros = or_panic(zeros_of(&empty, rows));
        Self::of_rows(empty, rows, zeros)
    }

    /// Creates an array of zeros like [`zeros`](Self::zeros), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] if `shape` has no axes or too many, or if the extents of a row overflow,
    /// [`Error::Reserve`] if there are too many rows or the allocation fails.
    ///
    /// # Panics
    ///
    /// Only if the zero or its clone panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let error = GrowableNd::<f64>::try_zeros([]).unwrap_err();
    /// assert_eq!(error.to_string(), "expected at least 1 axis (that of the rows), found none");
    /// ```
    pub fn try_zeros(shape: impl AsRef<[usize]>) -> Result<Self, Error>
    where
        T: Clone + Zero + 'static,
    {
        let mut empty = Shape::EMPTY;
        let rows = empty.set_inner_of(shape.as_ref())?;
        let zeros = zeros_of(&empty, rows)?;
        Ok(Self::of_rows(empty, rows, zeros))
    }

    /// Creates an array of ones.
    ///
    /// # Panics
    ///
    /// As [`zeros`](Self::zeros); [`try_ones`](Self::try_ones) returns the error.
    ///
    /// # Cost
    ///
    /// One allocation, O(*n m*).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::<i32>::ones([2, 3]).sum(), 6);
    /// ```
    #[track_caller]
    #[must_use]
    pub fn ones(shape: impl AsRef<[usize]>) -> Self
    where
        T: Clone + One,
    {
        Self::full(shape, T::one())
    }

    /// Creates an array of ones like [`ones`](Self::ones), or returns an error instead of
    /// panicking.
    ///
    /// # Errors
    ///
    /// As [`try_zeros`](Self::try_zeros).
    ///
    /// # Panics
    ///
    /// Only if the one or its clone panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::<f64>::try_ones([usize::MAX, 2]).is_err());
    /// ```
    pub fn try_ones(shape: impl AsRef<[usize]>) -> Result<Self, Error>
    where
        T: Clone + One,
    {
        Self::try_full(shape, T::one())
    }

    /// Creates an array filled with clones of `value`.
    ///
    /// # Panics
    ///
    /// As [`zeros`](Self::zeros); [`try_full`](Self::try_full) returns the error. Also if the clone
    /// of `value` panics.
    ///
    /// # Cost
    ///
    /// One allocation, O(*n m*).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::full([2, 2], 'x').as_slice(), ['x'; 4]);
    /// ```
    #[track_caller]
    #[must_use]
    #[doc(alias = "from_elem")]
    pub fn full(shape: impl AsRef<[usize]>, value: T) -> Self
    where
        T: Clone,
    {
        let shape = shape.as_ref();
        Self::from_shape_or_panic(shape, |data| data.resize(shape.iter().product(), value))
    }

    /// Creates an array filled with clones of `value` like [`full`](Self::full), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// As [`try_zeros`](Self::try_zeros).
    ///
    /// # Panics
    ///
    /// Only if the clone of `value` panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert!(GrowableNd::try_full([usize::MAX, 2], 1.0).is_err());
    /// ```
    pub fn try_full(shape: impl AsRef<[usize]>, value: T) -> Result<Self, Error>
    where
        T: Clone,
    {
        let shape = shape.as_ref();
        Self::from_shape_with(shape, |data| data.resize(shape.iter().product(), value))
    }

    /// Creates an array by calling `element` with each index, in row-major order.
    ///
    /// If the number of axes is known at run time only, use [`from_vec`](Self::from_vec).
    ///
    /// # Panics
    ///
    /// As [`zeros`](Self::zeros); [`try_from_fn`](Self::try_from_fn) returns the error. Also if
    /// `element` panics.
    ///
    /// # Cost
    ///
    /// One allocation, and one call of `element` per element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from_fn([2, 3], |[i, j]| 10 * i + j);
    /// assert_eq!(array.as_slice(), [0, 1, 2, 10, 11, 12]);
    /// ```
    #[track_caller]
    #[must_use]
    #[doc(alias = "from_shape_fn")]
    #[doc(alias = "fromfunction")]
    pub fn from_fn<const N: usize>(shape: [usize; N], element: impl FnMut([usize; N]) -> T) -> Self {
        Self::from_shape_or_panic(&shape, |data| append_computed(data, shape, element))
    }

    /// Creates an array from a closure that can fail.
    ///
    /// # Errors
    ///
    /// The first error of `element`, or an error of [`try_zeros`](Self::try_zeros) converted to
    /// `E`.
    ///
    /// # Panics
    ///
    /// Only if `element` panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Error, GrowableNd};
    ///
    /// let texts = ["1", "2", "3", "four"];
    /// let parsed = GrowableNd::try_from_fn([2, 2], |[i, j]| {
    ///     Ok::<i32, Box<dyn std::error::Error>>(texts[2 * i + j].parse()?)
    /// });
    /// assert_eq!(parsed.unwrap_err().to_string(), "invalid digit found in string");
    ///
    /// assert!(GrowableNd::try_from_fn([usize::MAX, 2], |[_, _]| Ok::<_, Error>(0)).is_err());
    /// ```
    pub fn try_from_fn<const N: usize, E: From<Error>>(
        shape: [usize; N],
        mut element: impl FnMut([usize; N]) -> Result<T, E>,
    ) -> Result<Self, E> {
        Self::try_from_shape_with(&shape, |data| {
            let mut indices = Indices::new(shape);
            for _ in 0..shape.iter().product() {
                data.push(element(indices.step())?);
            }
            Ok(())
        })
    }
}

/// Returns zeros for `rows` rows, in memory zeroed by the allocator if the zero of `T` is known to
/// have only zero bits.
fn zeros_of<T: Clone + Zero + 'static>(shape: &Shape, rows: usize) -> Result<Vec<T>, ReserveError> {
    let (elements, bytes) = block_size::<T>(shape, rows)?;
    if let Some(zeros) = zeroed_vec(elements).map_err(|()| ReserveError::Allocation { bytes })? {
        return Ok(zeros);
    }
    let mut zeros = vec_with_capacity(elements)?;
    zeros.resize(elements, T::zero());
    Ok(zeros)
}

/// Allocates `len` zeros in zeroed memory. `None` unless `T` is one of the numbers below.
fn zeroed_vec<T: 'static>(len: usize) -> Result<Option<Vec<T>>, ()> {
    macro_rules! one_of {
        ($($number:ty)*) => {$(
            if TypeId::of::<T>() == TypeId::of::<$number>() {
                let mut zeros = Some(try_zeroed_vec::<$number>(len)?);
                // The types are equal, but only their ids show that: cast through `Any`.
                let zeros: &mut dyn Any = &mut zeros;
                return Ok(zeros.downcast_mut::<Option<Vec<T>>>().and_then(Option::take));
            }
        )*};
    }
    one_of! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
    Ok(None)
}
