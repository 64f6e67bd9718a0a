//! Numbers out of arrays: what views do, for all elements.

use crate::array::GrowableNd;
use crate::array::error::Error;
#[cfg(doc)]
use crate::layout::error::AccessError;
#[cfg(any(doc, feature = "std", feature = "libm"))]
use crate::layout::error::ShapeError;
#[cfg(doc)]
use crate::view::View;
use core::ops::Mul;
#[cfg(any(feature = "std", feature = "libm"))]
use num_traits::Float;
use num_traits::{One, Zero};

/// Of all elements. What is promised, and what it costs, is said at the methods of the same names of [`View`].
impl<T> GrowableNd<T> {
    /// The sum of all elements, see [`View::sum`]; zero if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.sum(), 21);
    /// ```
    pub fn sum(&self) -> T
    where
        T: Clone + Zero,
    {
        self.line().sum()
    }

    /// The sum of `f` of all elements, see [`View::sum_of`]; zero if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[200_u8, 200], [0, 1]]);
    /// assert_eq!(array.sum_of(|&x| u32::from(x)), 401);
    /// ```
    pub fn sum_of<A: Clone + Zero>(&self, f: impl Fn(&T) -> A) -> A {
        self.line().sum_of(f)
    }

    /// The product of all elements, see [`View::product`]; one if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.product(), 720);
    /// ```
    #[doc(alias = "prod")]
    pub fn product(&self) -> T
    where
        T: Clone + One,
    {
        self.line().product()
    }

    /// The scalar product with another array; both must have one axis. See [`View::dot`].
    ///
    /// # Errors
    ///
    /// [`AccessError::Rank`] if one of them has another number of axes, [`ShapeError::Mismatch`] if they have different
    /// extents.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let a = GrowableNd::<i32>::from([1, 2, 3]);
    /// let b = GrowableNd::from([4, 5, 6]);
    /// assert_eq!(a.dot(&b)?, 32);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn dot(&self, other: &Self) -> Result<T, Error>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        Ok(self.try_view::<1>()?.dot(&other.try_view::<1>()?)?)
    }

    /// The least element, or NaN if there is one, see [`View::min`]; `None` if there are no elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.min(), Some(1));
    /// ```
    pub fn min(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.line().min()
    }

    /// The greatest element, or NaN if there is one, see [`View::max`]; `None` if there are no elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.max(), Some(6));
    /// ```
    pub fn max(&self) -> Option<T>
    where
        T: Clone + PartialOrd,
    {
        self.line().max()
    }

    /// Where the least element is, see [`View::argmin`]; `N` must be the number of axes. `None` if there are no elements.
    ///
    /// # Panics
    ///
    /// If the array has another number of axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.argmin(), Some([0, 1]));
    /// println!("{:?}", array.argmin::<2>()); // where nothing else says how many axes
    /// ```
    #[track_caller]
    pub fn argmin<const N: usize>(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.view().argmin()
    }

    /// Where the greatest element is, see [`View::argmax`]; `N` must be the number of axes. `None` if there are no elements.
    ///
    /// # Panics
    ///
    /// If the array has another number of axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[4, 2], [2, 3]]);
    /// assert_eq!(array.argmax(), Some([0, 0]));
    /// ```
    #[track_caller]
    pub fn argmax<const N: usize>(&self) -> Option<[usize; N]>
    where
        T: Clone + PartialOrd,
    {
        self.view().argmax()
    }
}

/// Means and spreads of all elements, of floats: see [`View`].
#[cfg(any(feature = "std", feature = "libm"))]
impl<T> GrowableNd<T> {
    /// The mean of all elements, see [`View::mean`]; `None` if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.mean(), Some(3.0));
    /// ```
    pub fn mean(&self) -> Option<T>
    where
        T: Float,
    {
        self.line().mean()
    }

    /// The mean of `f` of all elements, see [`View::mean_of`]; `None` if there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let pixels = GrowableNd::from([[0_u8, 255], [255, 255]]);
    /// assert_eq!(pixels.mean_of(|&x| f64::from(x)), Some(191.25));
    /// ```
    pub fn mean_of<F: Float>(&self, f: impl Fn(&T) -> F) -> Option<F> {
        self.line().mean_of(f)
    }

    /// The variance of all elements, see [`View::var`]; `None` unless there are more than `ddof`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.var(0), Some(3.5));
    /// ```
    pub fn var(&self, ddof: usize) -> Option<T>
    where
        T: Float,
    {
        self.line().var(ddof)
    }

    /// The standard deviation of all elements, see [`View::std`]; `None` unless there are more than `ddof`.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.std(0), Some(3.5_f64.sqrt()));
    /// ```
    pub fn std(&self, ddof: usize) -> Option<T>
    where
        T: Float,
    {
        self.line().std(ddof)
    }

    /// Whether each element is close to that at the same index of another array, see [`View::all_close`].
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other array has another shape.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// let other = array.map(|x| x + 1e-9);
    /// assert!(array.all_close(&other, 1e-5, 1e-8)?);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias = "allclose")]
    pub fn all_close(&self, other: &Self, rtol: T, atol: T) -> Result<bool, ShapeError>
    where
        T: Float,
    {
        ShapeError::check_same(self.shape(), other.shape())?;
        self.line().all_close(&other.line(), rtol, atol)
    }
}
