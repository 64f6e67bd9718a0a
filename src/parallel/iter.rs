//! `ParIter`: the items of an iterator over rows or views, on several threads.

use crate::array::iter::{Rows, RowsMut};
use crate::view::axis_iter::{AxisIter, Chunks, ViewIter};
use crate::view::axis_iter_mut::AxisIterMut;
use crate::view::{View, ViewMut};
use rayon::iter::plumbing::{Consumer, Producer, ProducerCallback, UnindexedConsumer, bridge};
use rayon::prelude::*;

/// A parallel iterator over rows or views. Requires the feature `rayon`.
///
/// It yields the items of the iterator `I` in order: [`collect`](ParallelIterator::collect) and
/// [`enumerate`](IndexedParallelIterator::enumerate) return the same as on one thread.
///
/// The methods `par_…` of arrays and views return one. `into_par_iter` converts the iterators of
/// `iter_rows`, `iter_rows_mut`, `axis_iter`, `axis_iter_mut`, `lanes`, `windows`, `windows_nd` and
/// `chunks`:
///
/// ```
/// use growable_nd::{Axis, GrowableNd, rayon::prelude::*};
///
/// let array = GrowableNd::from([[3, 1, 2], [5, 9, 7]]);
/// let view = array.view::<2>();
/// let maxima: Vec<_> = view.lanes(Axis(0)).into_par_iter().map(|lane| lane.max()).collect();
/// assert_eq!(maxima, [Some(5), Some(9), Some(7)]);
/// ```
///
/// It converts iterators over mutable views as well:
///
/// ```
/// use growable_nd::{Axis, GrowableNd, rayon::prelude::*};
///
/// let mut frames = GrowableNd::<f64>::zeros([8, 64, 64]);
/// let all = frames.view_mut::<3>().axis_iter_mut(Axis(0)).into_par_iter();
/// all.enumerate().for_each(|(time, mut frame)| frame.fill(time as f64));
/// assert_eq!(frames[[7, 0, 0]], 7.0);
/// ```
///
/// # Cost
///
/// The cost of `I` per item. Rayon chooses the number of items per task. If items are small,
/// [`with_min_len`](IndexedParallelIterator::with_min_len) sets a minimum.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct ParIter<I>(I);

/// A parallel iterator over rows, from
/// [`GrowableNd::par_iter_rows`](crate::GrowableNd::par_iter_rows).
pub type ParRows<'a, T> = ParIter<Rows<'a, T>>;

/// A parallel iterator over rows as mutable slices, from
/// [`GrowableNd::par_iter_rows_mut`](crate::GrowableNd::par_iter_rows_mut).
pub type ParRowsMut<'a, T> = ParIter<RowsMut<'a, T>>;

/// A parallel iterator over an axis, from [`View::par_axis_iter`]. The items have `M` axes.
pub type ParAxisIter<'a, T, const M: usize> = ParIter<AxisIter<'a, T, M>>;

/// A parallel iterator over chunks, from [`View::par_chunks`].
pub type ParChunks<'a, T, const N: usize> = ParIter<Chunks<'a, T, N>>;

mod sealed {
    /// An iterator that can be split.
    #[expect(unnameable_types, reason = "seals the items of `ParIter`")]
    pub trait Split: DoubleEndedIterator<Item: Send> + ExactSizeIterator + Send {
        /// Splits the items before item `index`, which is at most their number.
        fn split_at(self, index: usize) -> (Self, Self)
        where
            Self: Sized;
    }
}

use sealed::Split;

/// Splits an iterator by its methods `nth` and `nth_back`, which take constant time.
fn split_clone<I: Clone + DoubleEndedIterator + ExactSizeIterator>(items: I, index: usize) -> (I, I) {
    let (mut front, mut back) = (items.clone(), items);
    if let Some(last) = (front.len() - index).checked_sub(1) {
        front.nth_back(last);
    }
    if let Some(last) = index.checked_sub(1) {
        back.nth(last);
    }
    (front, back)
}

impl<T: Sync> Split for Rows<'_, T> {
    fn split_at(self, index: usize) -> (Self, Self) {
        split_clone(self, index)
    }
}

impl<T: Send> Split for RowsMut<'_, T> {
    fn split_at(self, index: usize) -> (Self, Self) {
        self.split(index)
    }
}

impl<T: Sync, const K: usize, const M: usize> Split for ViewIter<'_, T, K, M> {
    fn split_at(self, index: usize) -> (Self, Self) {
        split_clone(self, index)
    }
}

impl<T: Sync, const N: usize> Split for Chunks<'_, T, N> {
    fn split_at(self, index: usize) -> (Self, Self) {
        split_clone(self, index)
    }
}

impl<T: Send, const M: usize> Split for AxisIterMut<'_, T, M> {
    fn split_at(self, index: usize) -> (Self, Self) {
        self.split(index)
    }
}

impl<I: Split> ParallelIterator for ParIter<I> {
    type Item = I::Item;

    fn drive_unindexed<C: UnindexedConsumer<I::Item>>(self, consumer: C) -> C::Result {
        bridge(self, consumer)
    }

    fn opt_len(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

impl<I: Split> IndexedParallelIterator for ParIter<I> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn drive<C: Consumer<I::Item>>(self, consumer: C) -> C::Result {
        bridge(self, consumer)
    }

    fn with_producer<P: ProducerCallback<I::Item>>(self, callback: P) -> P::Output {
        callback.callback(Parts(self.0))
    }
}

/// The items of a task.
struct Parts<I>(I);

impl<I: Split> Producer for Parts<I> {
    type Item = I::Item;
    type IntoIter = I;

    fn into_iter(self) -> I {
        self.0
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let (front, back) = self.0.split_at(index);
        (Parts(front), Parts(back))
    }
}

impl<'a, T: Sync> IntoParallelIterator for Rows<'a, T> {
    type Item = &'a [T];
    type Iter = ParIter<Self>;

    fn into_par_iter(self) -> ParIter<Self> {
        ParIter(self)
    }
}

impl<'a, T: Send> IntoParallelIterator for RowsMut<'a, T> {
    type Item = &'a mut [T];
    type Iter = ParIter<Self>;

    fn into_par_iter(self) -> ParIter<Self> {
        ParIter(self)
    }
}

impl<'a, T: Sync, const K: usize, const M: usize> IntoParallelIterator for ViewIter<'a, T, K, M> {
    type Item = View<'a, T, M>;
    type Iter = ParIter<Self>;

    fn into_par_iter(self) -> ParIter<Self> {
        ParIter(self)
    }
}

impl<'a, T: Sync, const N: usize> IntoParallelIterator for Chunks<'a, T, N> {
    type Item = View<'a, T, N>;
    type Iter = ParIter<Self>;

    fn into_par_iter(self) -> ParIter<Self> {
        ParIter(self)
    }
}

impl<'a, T: Send, const M: usize> IntoParallelIterator for AxisIterMut<'a, T, M> {
    type Item = ViewMut<'a, T, M>;
    type Iter = ParIter<Self>;

    fn into_par_iter(self) -> ParIter<Self> {
        ParIter(self)
    }
}
