//! Maps on several threads: a function of each element, or of each pair of elements, makes a new
//! array or replaces the elements.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::map::append_each;
use crate::kernels::operands::Operands;
use crate::kernels::strips::crowded_axis;
use crate::layout::Layout;
use crate::layout::broadcast::Broadcast;
#[cfg(doc)]
use crate::layout::error::ShapeError;
use crate::layout::shape::{MAX_RANK, span};
use crate::panicking::or_panic;
use crate::parallel::pieces::{FEW, NEAR, PIECE, Pieces, SHORT, collect};
use crate::view::source::{Source, SourceParts};
use crate::view::{Axis, Strided, View, ViewMut};
use core::iter;
use core::ops::Deref;

/// # Maps on several threads
///
/// Requires the feature `rayon`.
///
/// The function is called once for each element, on any thread and in any order. The result is an
/// array of the same shape with the default growth policy,
/// [`Growth::DOUBLE`](crate::Growth::DOUBLE). If the function panics, so does the method, after the
/// other threads have finished their current tasks.
///
/// # Cost
///
/// One call of the function per element: work O(*k*), time O(*k* / *threads* + log *k*) for *k*
/// elements. 4096 elements or fewer are mapped on the calling thread. One allocation. If lanes are
/// short and not contiguous, or cross the order of memory as in a transposed view, results are
/// buffered: at most 2¹⁹ per thread, which one thread at a time appends.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Applies `f` to each element and collects the results like [`map`](Self::map), on several
    /// threads.
    ///
    /// # Panics
    ///
    /// If the view has no axes, if an allocation fails, or if `f` panics.
    /// [`try_par_map`](Self::try_par_map) returns the error.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let halves = array.view::<2>().t().par_map(|&x| f64::from(x) / 2.0);
    /// assert_eq!(halves, GrowableNd::from([[0.5, 1.5], [1.0, 2.0]]));
    /// ```
    #[must_use = "the elements of the view do not change; `par_map_in_place` changes those of a `ViewMut`"]
    #[track_caller]
    #[doc(alias("par_mapv", "par_iter"))]
    pub fn par_map<U: Send>(&self, f: impl Fn(&T) -> U + Sync) -> GrowableNd<U>
    where
        T: Sync,
    {
        if self.len() <= FEW {
            return self.map(f);
        }
        or_panic(collected(self.layout.shape(), &*self.data, [self.layout], f))
    }

    /// Applies `f`, which can fail, to each element and collects the results like
    /// [`try_map`](Self::try_map), on several threads.
    ///
    /// # Errors
    ///
    /// The error of `f` for the first element in row-major order for which it fails; `f` may have
    /// been called for later elements. [`ShapeError::NoAxes`] or [`Error::Reserve`], converted to
    /// `E`.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// As [`par_map`](Self::par_map), and the results of all layouts are buffered.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Error, GrowableNd};
    ///
    /// let texts = GrowableNd::from([["1", "2"], ["3", "x"]]);
    /// let lengths = texts.view::<2>().try_par_map(|text| Ok::<_, Error>(text.len()))?;
    /// assert_eq!(lengths.as_slice(), [1; 4]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn try_par_map<U: Send, E: From<Error> + Send>(
        &self,
        f: impl Fn(&T) -> Result<U, E> + Sync,
    ) -> Result<GrowableNd<U>, E>
    where
        T: Sync,
    {
        if self.len() <= FEW {
            self.try_map(f)
        } else {
            try_map(self.layout.shape(), &self.data, self.layout, &f)
        }
    }

    /// Applies `f` to the elements at each index of this view and of an array or a view, and
    /// collects the results like [`zip_with`](Self::zip_with), on several threads. The shapes
    /// broadcast.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Broadcast`] if the shapes do not broadcast, [`ShapeError::NoAxes`] if neither
    /// has an axis, [`ShapeError::Overflow`] or [`Error::Reserve`] if the result has too many
    /// elements, [`Error::Reserve`] if an allocation fails.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// As [`par_map`](Self::par_map), with one call of `f` per index of the result.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let array = GrowableNd::from([[1, 2], [4, 5]]);
    /// let differences = array.view::<2>().t().par_zip_with(&array, |x, y| x - y)?;
    /// assert_eq!(differences.as_slice(), [0, 2, -2, 0]);
    ///
    /// let weights = View::from_slice([2], &[0.5, 2.0])?;
    /// let weighted = array.view::<2>().par_zip_with(weights, |&x, weight| f64::from(x) * weight)?;
    /// assert_eq!(weighted.as_slice(), [0.5, 4.0, 2.0, 10.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("par_for_each", "Zip"))]
    pub fn par_zip_with<U: Sync, R: Send>(
        &self,
        other: impl Source<Elem = U>,
        f: impl Fn(&T, &U) -> R + Sync,
    ) -> Result<GrowableNd<R>, Error>
    where
        T: Sync,
    {
        par_zip(self, &other, f)
    }
}

/// Maps in place on several threads. Requires the feature `rayon`.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Replaces each element by `f(x)` like [`map_in_place`](Self::map_in_place), on several
    /// threads and in any order.
    ///
    /// # Panics
    ///
    /// If `f` panics; then some elements are replaced and others are not.
    ///
    /// # Cost
    ///
    /// One call of `f` per element: work O(*k*), time O(*k* / *threads* + log *k*) for *k*
    /// elements. 4096 elements or fewer are replaced on the calling thread. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// array.view_mut::<2>().index_axis(Axis(1), 1).par_map_in_place(|x| x * 10);
    /// assert_eq!(array.as_slice(), [1, 20, 3, 4, 50, 6]);
    /// ```
    #[doc(alias("par_mapv_inplace", "par_map_inplace", "par_iter_mut"))]
    pub fn par_map_in_place(&mut self, f: impl Fn(&T) -> T + Sync)
    where
        T: Send,
    {
        map_part(self.reborrow(), &f);
    }
}

/// # Maps on several threads
///
/// Requires the feature `rayon`.
///
/// The function is called once for each element, on any thread and in any order. If it panics, so
/// does the method, after the other threads have finished their current tasks.
impl<T> GrowableNd<T> {
    /// Applies `f` to each element and collects the results into an array of the same shape, see
    /// [`Strided::par_map`]. Its growth policy is the default,
    /// [`Growth::DOUBLE`](crate::Growth::DOUBLE).
    ///
    /// # Panics
    ///
    /// If an allocation fails, or if `f` panics. [`try_par_map`](Self::try_par_map) returns the
    /// error.
    ///
    /// # Cost
    ///
    /// One call of `f` per element, one allocation: work O(*n m*), time O(*n m* / *threads* +
    /// log *n m*). 4096 elements or fewer are mapped on the calling thread.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let halves = array.par_map(|&x| f64::from(x) / 2.0);
    /// assert_eq!(halves[[1, 0]], 2.0);
    /// ```
    #[must_use = "the elements of the array do not change; `par_map_in_place` changes them"]
    #[track_caller]
    #[doc(alias("par_mapv", "par_iter"))]
    pub fn par_map<U: Send>(&self, f: impl Fn(&T) -> U + Sync) -> GrowableNd<U>
    where
        T: Sync,
    {
        if self.len() <= FEW {
            return self.map(f);
        }
        let line = Layout::row_major_within([self.len()]);
        or_panic(collected(self.shape(), self.as_slice(), [line], f))
    }

    /// Applies `f`, which can fail, to each element and collects the results into an array of the
    /// same shape, see [`Strided::try_par_map`].
    ///
    /// # Errors
    ///
    /// The error of `f` for the first element in row-major order for which it fails; `f` may have
    /// been called for later elements. [`Error::Reserve`] if an allocation fails, converted to `E`.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// As [`Strided::try_par_map`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let texts = GrowableNd::from([["1", "2"], ["3", "x"]]);
    /// let parsed: Result<_, Box<dyn std::error::Error + Send + Sync>> = texts.try_par_map(|text| {
    ///     let number: i32 = text.parse()?;
    ///     Ok(number)
    /// });
    /// assert_eq!(parsed.unwrap_err().to_string(), "invalid digit found in string");
    /// ```
    pub fn try_par_map<U: Send, E: From<Error> + Send>(
        &self,
        f: impl Fn(&T) -> Result<U, E> + Sync,
    ) -> Result<GrowableNd<U>, E>
    where
        T: Sync,
    {
        if self.len() <= FEW {
            return self.try_map(f);
        }
        try_map(self.shape(), self.as_slice(), Layout::row_major_within([self.len()]), &f)
    }

    /// Replaces each element by `f(x)`, on several threads and in any order.
    ///
    /// # Panics
    ///
    /// If `f` panics; then some elements are replaced and others are not.
    ///
    /// # Cost
    ///
    /// As for a [view](ViewMut::par_map_in_place).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1.0, 4.0], [9.0, 16.0]]);
    /// array.par_map_in_place(|x: &f64| x.sqrt());
    /// assert_eq!(array.as_slice(), [1.0, 2.0, 3.0, 4.0]);
    /// ```
    #[doc(alias("par_mapv_inplace", "par_map_inplace", "par_iter_mut"))]
    pub fn par_map_in_place(&mut self, f: impl Fn(&T) -> T + Sync)
    where
        T: Send,
    {
        let data = self.as_mut_slice();
        map_part(Strided { layout: Layout::row_major_within([data.len()]), data }, &f);
    }

    /// Applies `f` to the elements at each index of this array and of an array or a view, and
    /// collects the results, see [`Strided::par_zip_with`]. The shapes broadcast. The growth policy
    /// of the result is the default, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
    ///
    /// # Errors
    ///
    /// [`ShapeError::Broadcast`] if the shapes do not broadcast, [`ShapeError::Overflow`] or
    /// [`Error::Reserve`] if the result has too many elements, [`Error::Reserve`] if an allocation
    /// fails.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// As [`Strided::par_zip_with`].
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [4, 5]]);
    /// assert_eq!(array.par_zip_with(&array, |x, y| x + y)?.as_slice(), [2, 4, 8, 10]);
    /// let sums = array.par_sum_axis(Axis(0));
    /// assert_eq!(array.par_zip_with(&sums, |x, y| x - y)?.as_slice(), [-4, -5, -1, -2]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("par_for_each", "Zip"))]
    pub fn par_zip_with<U: Sync, R: Send>(
        &self,
        other: impl Source<Elem = U>,
        f: impl Fn(&T, &U) -> R + Sync,
    ) -> Result<GrowableNd<R>, Error>
    where
        T: Sync,
    {
        par_zip(self, &other, f)
    }
}

/// Applies `f` at each index of the shape to which two operands broadcast.
fn par_zip<T: Sync, U: Sync, R: Send>(
    left: &impl SourceParts<Item = T>,
    right: &impl SourceParts<Item = U>,
    f: impl Fn(&T, &U) -> R + Sync,
) -> Result<GrowableNd<R>, Error> {
    // With the maximum rank, so that the loops are compiled once: merged axes cost almost nothing.
    let shape = Broadcast::<MAX_RANK>::of(left.extents(), right.extents())?;
    let layouts =
        [left.layout_padded(), right.layout_padded()].map(|layout| layout.stretched(shape.padded()));
    let (data, of_pair) = ((left.elements(), right.elements()), |(x, y)| f(x, y));
    // A shape of too many elements is an error there.
    if span(shape.extents()).is_err() || layouts[0].len() <= FEW {
        return GrowableNd::from_shape_with(shape.extents(), |to| append_each(to, data, layouts, &of_pair));
    }
    collected(shape.extents(), data, layouts, of_pair)
}

/// Returns an array of this shape with `f` of each item of the operands, for many items.
fn collected<D: Operands<L> + Sync, U: Send, const N: usize, const L: usize>(
    shape: &[usize],
    data: D,
    layouts: [Layout<N>; L],
    f: impl Fn(D::Item) -> U + Sync,
) -> Result<GrowableNd<U>, Error> {
    let Some(piece) = piece_of::<D, N, L>(layouts) else {
        return GrowableNd::from_shape_and_vec(shape, || collect(data, layouts, &f));
    };
    GrowableNd::try_from_shape_with(shape, |to| {
        Pieces::new(layouts, piece).append_each(to, |to, piece| {
            append_each(to, data, piece, &f);
            Ok(())
        })
    })
}

/// Returns the maximum elements of a piece if results are collected in pieces: if lanes are short,
/// or if lanes of an operand cross the order of memory and are too many for near caches.
fn piece_of<D: Operands<L>, const N: usize, const L: usize>(layouts: [Layout<N>; L]) -> Option<usize> {
    let merged = Layout::merge(layouts);
    let (starts, lane) = merged[0].lanes();
    let is_crowded = |(layout, size): (&Layout<N>, usize)| crowded_axis(layout, size).is_some();
    if merged[0].len() >= 4 * PIECE && iter::zip(&merged, D::SIZES).any(is_crowded) {
        return Some(PIECE);
    }
    (starts.len() > 1 && lane.len < SHORT).then_some(NEAR)
}

fn try_map<T: Sync, U: Send, E: From<Error> + Send, const N: usize>(
    shape: &[usize],
    data: &[T],
    layout: Layout<N>,
    f: &(impl Fn(&T) -> Result<U, E> + Sync),
) -> Result<GrowableNd<U>, E> {
    let pieces = Pieces::new([layout], PIECE);
    GrowableNd::try_from_shape_with(shape, |to| {
        pieces.append_each(to, |to, [layout]| {
            for element in (View { data, layout }).iter() {
                to.push(f(element)?);
            }
            Ok(())
        })
    })
}

/// Maps a view in halves along its outermost axis in memory.
fn map_part<T: Send, const N: usize>(mut view: ViewMut<'_, T, N>, f: &(impl Fn(&T) -> T + Sync)) {
    if view.len() > FEW {
        let (shape, strides) = (view.shape(), view.strides());
        let axes = (0..N).filter(|&axis| shape[axis] > 1);
        let outermost = axes.max_by_key(|&axis| strides[axis].unsigned_abs());
        let halves = outermost.map(|axis| view.reborrow().try_split_at_mut(Axis(axis), shape[axis] / 2));
        if let Some(Ok((front, back))) = halves {
            rayon::join(|| map_part(front, f), || map_part(back, f));
            return;
        }
    }
    view.map_in_place(f);
}
