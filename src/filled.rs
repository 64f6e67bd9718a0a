//! Arrays of known size, filled with one value or by a formula.

use crate::error::or_panic;
use crate::growable::GrowableNd;
use crate::shape::Indices;
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
    /// An array of zeros.
    ///
    /// # Panics
    ///
    /// If the shape cannot be that of an array, or there is no memory.
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
        T: Clone + Zero,
    {
        Self::full(shape, T::zero())
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
