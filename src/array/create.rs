//! Arrays of known size, filled with one value or by a formula.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::array::extend::rows_and_inner;
use crate::layout::shape::Indices;
use crate::memory::ReserveError;
use crate::panicking::or_panic;
use alloc::vec::Vec;
use bytemuck::allocation::try_zeroed_vec;
use core::any::{Any, TypeId};
use num_traits::{One, Zero};

/// Arrays whose size is known, of the shape `shape`, which begins with the number of rows: `zeros([3])` has three rows
/// of one element each, where [`new`](Self::new)`([3])` has rows of three, and none of them yet.
///
/// # Panics
///
/// All of these panic for a shape without axes or with too many, for extents that overflow, and if there is no memory.
/// Where that must be an error: `GrowableNd::try_new([3, 4])?` and then [`try_resize`](Self::try_resize)`(2, 0.0)?` make
/// an array of the shape (2, 3, 4).
///
/// # Cost
///
/// O(1) for each element, one allocation.
impl<T> GrowableNd<T> {
    /// An array of zeros. `T: 'static` holds for every type that borrows nothing.
    ///
    /// # Panics
    ///
    /// If the shape cannot be that of an array, or there is no memory.
    ///
    /// # Cost
    ///
    /// One allocation. The system may hand out the zeros of integers and floats when they are first touched; elements of
    /// other types are written.
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
    pub fn zeros(shape: impl AsRef<[usize]>) -> Self
    where
        T: Clone + Zero + 'static,
    {
        let shape = shape.as_ref();
        or_panic(Self::try_zeros(shape)).unwrap_or_else(|| Self::full(shape, T::zero()))
    }

    /// An array of ones.
    ///
    /// # Panics
    ///
    /// As [`zeros`](Self::zeros).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::<i32>::ones([2, 3]).sum(), 6);
    /// ```
    #[track_caller]
    pub fn ones(shape: impl AsRef<[usize]>) -> Self
    where
        T: Clone + One,
    {
        Self::full(shape, T::one())
    }

    /// An array filled with clones of `value`.
    ///
    /// # Panics
    ///
    /// As [`zeros`](Self::zeros).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// assert_eq!(GrowableNd::full([2, 2], 'x').as_slice(), ['x'; 4]);
    /// ```
    #[track_caller]
    pub fn full(shape: impl AsRef<[usize]>, value: T) -> Self
    where
        T: Clone,
    {
        let shape = shape.as_ref();
        or_panic(Self::written(shape, |data| data.resize(shape.iter().product(), value)))
    }

    /// An array whose element at each index is `element(index)`, called in row-major order.
    ///
    /// # Panics
    ///
    /// As [`zeros`](Self::zeros), and if `element` does.
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
    pub fn from_fn<const N: usize>(shape: [usize; N], element: impl FnMut([usize; N]) -> T) -> Self {
        or_panic(Self::written(&shape, |data| data.extend(Indices::new(shape).map(element))))
    }
}

impl<T: 'static> GrowableNd<T> {
    /// An array of zeros that the allocator hands out; `None` if the zero of `T` is not known to be all bits zero.
    #[track_caller]
    fn try_zeros(shape: &[usize]) -> Result<Option<Self>, Error> {
        let (rows, inner) = rows_and_inner(shape);
        let empty = Self::try_new(inner)?;
        let (elements, bytes) = empty.block_of(rows)?;
        let zeros = zeroed(elements).map_err(|()| ReserveError::Allocation { bytes })?;
        Ok(zeros.map(|zeros| empty.with_rows(rows, zeros)))
    }
}

/// So many zeros out of memory that is zero already, or `None` if `T` is none of these numbers.
fn zeroed<T: 'static>(len: usize) -> Result<Option<Vec<T>>, ()> {
    macro_rules! one_of {
        ($($number:ty)*) => {$(
            if TypeId::of::<T>() == TypeId::of::<$number>() {
                let mut zeros = Some(try_zeroed_vec::<$number>(len)?);
                // The types are one, but only their ids tell.
                let zeros: &mut dyn Any = &mut zeros;
                return Ok(zeros.downcast_mut::<Option<Vec<T>>>().and_then(Option::take));
            }
        )*};
    }
    one_of! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
    Ok(None)
}
