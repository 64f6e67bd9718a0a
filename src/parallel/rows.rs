//! Rows of arrays and parts of views on several threads.

use crate::array::GrowableNd;
use crate::layout::error::AccessError;
use crate::layout::rank::{Rank, RemoveAxis};
use crate::panicking::or_panic;
use crate::parallel::iter::{ParAxisIter, ParChunks, ParRows, ParRowsMut};
use crate::view::{Axis, View};
use rayon::prelude::*;

/// # Rows on several threads
///
/// Requires the feature `rayon`.
impl<T> GrowableNd<T> {
    /// Iterates over the rows as slices like [`iter_rows`](Self::iter_rows), on several threads.
    ///
    /// # Cost
    ///
    /// Constant per row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, rayon::prelude::*};
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let sums: Vec<i32> = array.par_iter_rows().map(|row| row.iter().sum()).collect();
    /// assert_eq!(sums, [3, 7]);
    /// ```
    #[doc(alias("par_iter", "par_rows", "par_bridge"))]
    pub fn par_iter_rows(&self) -> ParRows<'_, T>
    where
        T: Sync,
    {
        self.iter_rows().into_par_iter()
    }

    /// Iterates over the rows as mutable slices like [`iter_rows_mut`](Self::iter_rows_mut), on
    /// several threads.
    ///
    /// # Cost
    ///
    /// Constant per row.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, rayon::prelude::*};
    ///
    /// let mut array = GrowableNd::from([[2, 1], [4, 3]]);
    /// array.par_iter_rows_mut().for_each(|row| row.sort());
    /// assert_eq!(array.as_slice(), [1, 2, 3, 4]);
    /// ```
    #[doc(alias("par_iter_mut", "par_rows_mut", "par_chunks_mut"))]
    pub fn par_iter_rows_mut(&mut self) -> ParRowsMut<'_, T>
    where
        T: Send,
    {
        self.iter_rows_mut().into_par_iter()
    }
}

/// Parts of views on several threads. Requires the feature `rayon`. For a
/// [`ViewMut`](crate::ViewMut), call [`as_view`](crate::Strided::as_view) first.
impl<'a, T: Sync, const N: usize> View<'a, T, N> {
    /// Iterates over the indices of an axis like [`axis_iter`](Self::axis_iter), on several
    /// threads.
    ///
    /// # Panics
    ///
    /// If the axis does not exist; [`try_par_axis_iter`](Self::try_par_axis_iter) returns the
    /// error.
    ///
    /// # Cost
    ///
    /// O(`N`) for each view.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd, rayon::prelude::*};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let columns = array.view::<2>().par_axis_iter(Axis(1));
    /// let sums: Vec<i32> = columns.map(|column| column.sum()).collect();
    /// assert_eq!(sums, [5, 7, 9]);
    /// ```
    #[track_caller]
    #[doc(alias("par_iter", "par_outer_iter", "par_iter_rows"))]
    pub fn par_axis_iter<const M: usize>(&self, axis: Axis) -> ParAxisIter<'a, T, M>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        or_panic(self.try_par_axis_iter(axis))
    }

    /// Iterates over an axis on several threads like [`par_axis_iter`](Self::par_axis_iter), or
    /// returns an error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_par_axis_iter(Axis(2)).is_err());
    /// ```
    pub fn try_par_axis_iter<const M: usize>(&self, axis: Axis) -> Result<ParAxisIter<'a, T, M>, AccessError>
    where
        Rank<N>: RemoveAxis<Smaller = Rank<M>>,
    {
        Ok(self.try_axis_iter(axis)?.into_par_iter())
    }

    /// Iterates over chunks of `size` adjacent indices of an axis like [`chunks`](Self::chunks), on
    /// several threads. The last one may be shorter.
    ///
    /// # Panics
    ///
    /// If the axis does not exist, or if `size` is zero; [`try_par_chunks`](Self::try_par_chunks)
    /// returns the error.
    ///
    /// # Cost
    ///
    /// O(`N`) for each chunk.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd, rayon::prelude::*};
    ///
    /// let readings = GrowableNd::from_fn([1000, 3], |[i, j]| (i * 3 + j) as f64);
    /// let chunks = readings.view::<2>().par_chunks(Axis(0), 100);
    /// let means: Vec<_> = chunks.map(|chunk| chunk.mean()).collect();
    /// assert_eq!(means[..2], [Some(149.5), Some(449.5)]);
    /// ```
    #[track_caller]
    #[doc(alias("axis_chunks_iter", "par_axis_chunks_iter"))]
    pub fn par_chunks(&self, axis: Axis, size: usize) -> ParChunks<'a, T, N> {
        or_panic(self.try_par_chunks(axis, size))
    }

    /// Iterates over chunks on several threads like [`par_chunks`](Self::par_chunks), or returns an
    /// error instead of panicking.
    ///
    /// # Errors
    ///
    /// [`AccessError::Axis`] if the axis does not exist, [`AccessError::ZeroSize`] if `size` is
    /// zero.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// assert!(GrowableNd::from([[1, 2]]).view::<2>().try_par_chunks(Axis(0), 0).is_err());
    /// ```
    pub fn try_par_chunks(&self, axis: Axis, size: usize) -> Result<ParChunks<'a, T, N>, AccessError> {
        Ok(self.try_chunks(axis, size)?.into_par_iter())
    }
}
