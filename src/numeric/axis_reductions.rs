//! Numbers out of views, along one axis: for all indices of the other axes at once.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::reduce::Reduction;
use crate::kernels::reduce_axis::{fold_axis, reduce_axis};
use crate::layout::error::{AccessError, ShapeError};
use crate::layout::rank::{Rank, RemoveAxis};
use crate::numeric::reductions::{greatest, is_nan, least};
use crate::view::{Axis, Strided, View};
use core::ops::{Add, Deref, Mul};
#[cfg(any(feature = "std", feature = "libm"))]
use num_traits::Float;
use num_traits::{One, Zero};

/// Along an axis. The result is an array without that axis, in row-major order; its first axis is that of the rows, so a
/// view must have two axes or more: of one axis there are the [sum](View::sum) and so on of all elements.
///
/// What is said of sums, overflow and NaN [of all elements](View::sum) is true here for the elements along the axis.
/// They are read in the order in which they stand in memory, whatever the strides.
///
/// # Errors
///
/// [`AccessError::Axis`], in [`Error::Access`], if there is no such axis, [`Error::Reserve`] if there
/// is no memory for the result. Where there must be elements, [`AccessError::TooShort`] if there are
/// none along the axis.
///
/// # Cost
///
/// O(1) for each element; one allocation for the result, and while it works two more: of at most 2048 log₂ *n* elements
/// of the type of the result, *n* being the extent of the axis, and of 256.
impl<T, const N: usize, const M: usize, const K: usize> View<'_, T, N>
where
    Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    Rank<M>: RemoveAxis<Smaller = Rank<K>>,
{
    /// The sums along an axis; zero where there are no elements.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().sum_axis(Axis(0))?.as_slice(), [5, 7, 9]);
    /// assert_eq!(array.view::<2>().sum_axis(Axis(1))?.as_slice(), [6, 15]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn sum_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero,
    {
        self.sum_axis_of(axis, T::clone)
    }

    /// The sums of `f` of the elements along an axis: of elements of which a sum would overflow, or of the squares.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[200_u8, 100], [200, 50]]);
    /// let sums = array.view::<2>().sum_axis_of(Axis(0), |&x| u32::from(x))?;
    /// assert_eq!(sums.as_slice(), [400, 150]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn sum_axis_of<A: Clone + Zero>(
        &self,
        axis: Axis,
        f: impl Fn(&T) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        self.reduce_axis(axis, A::zero(), f, A::add)
    }

    /// The products along an axis; one where there are no elements.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().product_axis(Axis(0))?.as_slice(), [4, 10, 18]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn product_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + One,
    {
        self.reduce_axis(axis, T::one(), T::clone, T::mul)
    }

    /// The least elements along an axis, or NaN where there is one.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::TooShort`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 5.0], [4.0, 2.0]]);
    /// assert_eq!(array.view::<2>().min_axis(Axis(0))?.as_slice(), [1.0, 2.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn min_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        self.pick_axis(axis, least)
    }

    /// The greatest elements along an axis, or NaN where there is one.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::TooShort`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 5.0], [4.0, 2.0]]);
    /// assert_eq!(array.view::<2>().max_axis(Axis(1))?.as_slice(), [5.0, 4.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn max_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + PartialOrd,
    {
        self.pick_axis(axis, greatest)
    }

    /// The indices along an axis of its least elements, or of NaN: of the first of them, if there are several.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::TooShort`] or [`Error::Reserve`].
    ///
    /// # Cost
    ///
    /// While it works, three words for each element of the result.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 5.0], [4.0, 2.0]]);
    /// assert_eq!(array.view::<2>().argmin_axis(Axis(0))?.as_slice(), [0, 1]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn argmin_axis(&self, axis: Axis) -> Result<GrowableNd<usize>, Error>
    where
        T: PartialOrd,
    {
        self.find_axis(axis, |element, best| element < best)
    }

    /// The indices along an axis of its greatest elements, or of NaN: of the first of them, if there are several.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::TooShort`] or [`Error::Reserve`].
    ///
    /// # Cost
    ///
    /// As [`argmin_axis`](Self::argmin_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 5.0], [4.0, 2.0]]);
    /// assert_eq!(array.view::<2>().argmax_axis(Axis(1))?.as_slice(), [1, 0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn argmax_axis(&self, axis: Axis) -> Result<GrowableNd<usize>, Error>
    where
        T: PartialOrd,
    {
        self.find_axis(axis, |element, best| element > best)
    }

    /// The sums along an axis of the products of the elements at the same index: the scalar products of the lines along
    /// the axis.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the other view has another shape, [`AccessError::Axis`] or [`Error::Reserve`].
    ///
    /// # Cost
    ///
    /// O(1) for each pair, and while it works a block for all products.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let a = GrowableNd::from([[1, 2], [3, 4]]);
    /// let b = GrowableNd::from([[5, 6], [7, 8]]);
    /// assert_eq!(a.view::<2>().dot_axis(&b.view(), Axis(1))?.as_slice(), [5 + 12, 21 + 32]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn dot_axis<S: Deref<Target = [T]>>(
        &self,
        other: &Strided<S, N>,
        axis: Axis,
    ) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        ShapeError::check_same(&self.shape(), &other.shape())?;
        self.layout.check_axis(axis.0)?;
        let products = self.zip_with(other, |x, y| x.clone() * y.clone())?;
        products.try_view::<N>()?.sum_axis(axis)
    }

    /// Folds the elements along an axis into one, from index 0 on: the first time `f` is called with `init` and the
    /// element there, then with what it returned and the next.
    ///
    /// Each line along the axis is folded in the order of its indices; calls for other lines may come between.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] or [`Error::Reserve`].
    ///
    /// # Panics
    ///
    /// Only if `f` does, or a clone of `init`.
    ///
    /// # Cost
    ///
    /// One call of `f` for each element.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let texts = array.view::<2>().fold_axis(Axis(0), String::new(), |text, x| format!("{text}{x}"))?;
    /// assert_eq!(texts.as_slice(), ["14", "25", "36"]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn fold_axis<A: Clone>(
        &self,
        axis: Axis,
        init: A,
        f: impl FnMut(&A, &T) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        let mut folded = self.full_without_axis(axis, init)?;
        fold_axis(self.data, &self.layout, axis.0, folded.as_mut_slice(), f);
        Ok(folded)
    }

    fn reduce_axis<A: Clone>(
        &self,
        axis: Axis,
        identity: A,
        map: impl Fn(&T) -> A,
        op: impl Fn(A, A) -> A,
    ) -> Result<GrowableNd<A>, Error> {
        let mut reduced = self.full_without_axis(axis, identity.clone())?;
        let reduction = Reduction { identity: Some(identity), map, op };
        reduce_axis(self.data, &self.layout, axis.0, &reduction, reduced.as_mut_slice())?;
        Ok(reduced)
    }

    /// One element of each line along an axis.
    fn pick_axis(&self, axis: Axis, op: impl Fn(T, T) -> T) -> Result<GrowableNd<T>, Error>
    where
        T: Clone,
    {
        self.check_extent(axis, 1)?;
        // The elements at index 0 are there already, and to be combined once more changes nothing.
        let mut picked = self.index_axis(axis, 0).try_to_owned_array()?;
        let reduction = Reduction { identity: None, map: T::clone, op };
        reduce_axis(self.data, &self.layout, axis.0, &reduction, picked.as_mut_slice())?;
        Ok(picked)
    }

    /// The index of the first element of each line along an axis to which no later one is preferred.
    fn find_axis(&self, axis: Axis, prefers: impl Fn(&T, &T) -> bool) -> Result<GrowableNd<usize>, Error>
    where
        T: PartialOrd,
    {
        self.check_extent(axis, 1)?;
        // The best element so far, its index, and the index of the next element.
        let mut found = self.full_without_axis(axis, (None::<&T>, 0, 0))?;
        fold_axis(self.data, &self.layout, axis.0, found.as_mut_slice(), |&(best, at, next), element| {
            match best {
                Some(best) if is_nan(best) || !(prefers(element, best) || is_nan(element)) => {
                    (Some(best), at, next + 1)
                }
                _ => (Some(element), next, next + 1),
            }
        });
        found.try_view::<M>()?.try_map(|&(_, at, _)| at)
    }

    /// An array of the shape without an axis, filled with a value.
    fn full_without_axis<A: Clone>(&self, axis: Axis, value: A) -> Result<GrowableNd<A>, Error> {
        self.layout.check_axis(axis.0)?;
        let without = self.layout.without::<M>(axis.0);
        GrowableNd::from_shape_with(without.shape(), |data| data.resize(without.len(), value))
    }

    fn check_extent(&self, axis: Axis, expected: usize) -> Result<(), AccessError> {
        self.layout.check_axis(axis.0)?;
        let (axis, found) = (axis.0, self.shape()[axis.0]);
        if found < expected { Err(AccessError::TooShort { axis, expected, found }) } else { Ok(()) }
    }
}

/// Means and spreads along an axis, of floats.
#[cfg(any(feature = "std", feature = "libm"))]
impl<T, const N: usize, const M: usize, const K: usize> View<'_, T, N>
where
    Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    Rank<M>: RemoveAxis<Smaller = Rank<K>, Larger = Rank<N>>,
{
    /// The means along an axis.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::TooShort`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.view::<2>().mean_axis(Axis(0))?.as_slice(), [2.0, 4.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn mean_axis(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Float,
    {
        self.mean_axis_of(axis, T::clone)
    }

    /// The means of `f` of the elements along an axis: of elements that are no floats.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], [`AccessError::TooShort`] or [`Error::Reserve`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let pixels = GrowableNd::from([[0_u8, 255], [255, 255]]);
    /// let means = pixels.view::<2>().mean_axis_of(Axis(0), |&x| f64::from(x))?;
    /// assert_eq!(means.as_slice(), [127.5, 255.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn mean_axis_of<F: Float>(&self, axis: Axis, f: impl Fn(&T) -> F) -> Result<GrowableNd<F>, Error> {
        self.check_extent(axis, 1)?;
        let mut means = self.sum_axis_of(axis, f)?;
        divide(&mut means, self.shape()[axis.0]);
        Ok(means)
    }

    /// The [variances](View::var) along an axis.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`]; [`AccessError::TooShort`] unless the extent of the axis is above `ddof`; [`Error::Reserve`].
    ///
    /// # Cost
    ///
    /// O(1) for each element, and while it works a block for the squares of all distances from the mean.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.view::<2>().var_axis(Axis(0), 1)?.as_slice(), [2.0, 8.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn var_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error>
    where
        T: Float,
    {
        self.check_extent(axis, ddof.saturating_add(1))?;
        let means = self.mean_axis(axis)?;
        // The means are wanted at each index of the axis.
        let means = means.try_view::<M>()?.insert_axis(axis).broadcast(self.shape())?;
        let squares = self.zip_with(&means, |&x, &mean| (x - mean) * (x - mean))?;
        let mut variances = squares.try_view::<N>()?.sum_axis(axis)?;
        divide(&mut variances, self.shape()[axis.0] - ddof);
        Ok(variances)
    }

    /// The [standard deviations](View::std) along an axis.
    ///
    /// # Errors
    ///
    /// As [`var_axis`](Self::var_axis).
    ///
    /// # Cost
    ///
    /// As [`var_axis`](Self::var_axis).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1.0, 2.0], [3.0, 6.0]]);
    /// assert_eq!(array.view::<2>().std_axis(Axis(0), 0)?.as_slice(), [1.0, 2.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    pub fn std_axis(&self, axis: Axis, ddof: usize) -> Result<GrowableNd<T>, Error>
    where
        T: Float,
    {
        let mut deviations = self.var_axis(axis, ddof)?;
        deviations.as_mut_slice().iter_mut().for_each(|variance| *variance = variance.sqrt());
        Ok(deviations)
    }
}

#[cfg(any(feature = "std", feature = "libm"))]
fn divide<T: Float>(array: &mut GrowableNd<T>, count: usize) {
    // Every count is a float, if not exactly.
    if let Some(count) = T::from(count) {
        array.as_mut_slice().iter_mut().for_each(|element| *element = *element / count);
    }
}

/// Sums of all elements up to each.
impl<T, const N: usize, const M: usize> View<'_, T, N>
where
    Rank<N>: RemoveAxis<Smaller = Rank<M>>,
{
    /// The running sums along an axis: at each index the sum of the element there and all before it. The shape is that
    /// of the view.
    ///
    /// They are added one by one: the error of the *k*-th sum of floats is that of *k* − 1 additions.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`], in [`Error::Access`], or [`Error::Reserve`].
    ///
    /// # Cost
    ///
    /// O(1) for each element, one allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(array.view::<2>().cumulative_sum(Axis(0))?.as_slice(), [1, 2, 3, 5, 7, 9]);
    /// assert_eq!(array.view::<2>().cumulative_sum(Axis(1))?.as_slice(), [1, 3, 6, 4, 9, 15]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias = "cumsum")]
    pub fn cumulative_sum(&self, axis: Axis) -> Result<GrowableNd<T>, Error>
    where
        T: Clone + Add<Output = T>,
    {
        self.layout.check_axis(axis.0)?;
        let mut sums = self.try_to_owned_array()?;
        // Now the axis has a stride, and starts again at every so many elements.
        let stride = self.shape()[axis.0 + 1..].iter().product();
        let len = self.shape()[axis.0..].iter().product::<usize>();
        for lines in sums.as_mut_slice().chunks_exact_mut(len.max(1)) {
            for k in stride..len {
                lines[k] = lines[k - stride].clone() + lines[k].clone();
            }
        }
        Ok(sums)
    }
}
