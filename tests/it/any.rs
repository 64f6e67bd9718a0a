//! Views of any number of axes. Fuzz targets use this file as well.

use crate::naive::Naive;
use growable_nd::{Stepped, Strided};
use std::fmt::Debug;
use std::ops::Range;

/// A view of up to four axes.
pub enum Any<S> {
    Of0(Strided<S, 0>),
    Of1(Strided<S, 1>),
    Of2(Strided<S, 2>),
    Of3(Strided<S, 3>),
    Of4(Strided<S, 4>),
}

/// Evaluates an expression for a view of any number of axes.
macro_rules! for_any {
    ($any:expr, $view:pat => $result:expr) => {
        match $any {
            Any::Of0($view) => $result,
            Any::Of1($view) => $result,
            Any::Of2($view) => $result,
            Any::Of3($view) => $result,
            Any::Of4($view) => $result,
        }
    };
}

pub(crate) use for_any;

macro_rules! from_views {
    ($($rank:literal $any:ident),*) => {$(
        impl<S> From<Strided<S, $rank>> for Any<S> {
            fn from(view: Strided<S, $rank>) -> Self {
                Any::$any(view)
            }
        }
    )*};
}

from_views! { 0 Of0, 1 Of1, 2 Of2, 3 Of3, 4 Of4 }

/// Indices or extents of a view of `N` axes.
pub fn array<T: Copy + Debug, const N: usize>(items: &[T]) -> [T; N] {
    items.try_into().unwrap()
}

impl<S> Any<S> {
    /// Slices one axis, and takes all of the others.
    pub fn slice_axis(self, axis: usize, part: Stepped<Range<usize>>) -> Self {
        match (self, axis) {
            (Any::Of1(view), 0) => view.slice((part,)).into(),
            (Any::Of2(view), 0) => view.slice((part, ..)).into(),
            (Any::Of2(view), 1) => view.slice((.., part)).into(),
            (Any::Of3(view), 0) => view.slice((part, .., ..)).into(),
            (Any::Of3(view), 1) => view.slice((.., part, ..)).into(),
            (Any::Of3(view), 2) => view.slice((.., .., part)).into(),
            (Any::Of4(view), 0) => view.slice((part, .., .., ..)).into(),
            (Any::Of4(view), 1) => view.slice((.., part, .., ..)).into(),
            (Any::Of4(view), 2) => view.slice((.., .., part, ..)).into(),
            (Any::Of4(view), 3) => view.slice((.., .., .., part)).into(),
            _ => unreachable!("an axis of the view"),
        }
    }

    /// Reshapes the view if the strides allow it. Its elements are their positions.
    pub fn reshape(self, model: &Naive, shape: &[usize]) -> (Self, Naive) {
        let reshaped = model.reshape(shape);
        if !reshaped.is_affine() {
            return (self, model.clone());
        }
        let view = for_any!(self, view => match shape.len() {
            1 => view.reshape::<1>(array(shape)).unwrap().into(),
            2 => view.reshape::<2>(array(shape)).unwrap().into(),
            3 => view.reshape::<3>(array(shape)).unwrap().into(),
            _ => view.reshape::<4>(array(shape)).unwrap().into(),
        });
        (view, reshaped)
    }
}

impl<'a, T> Any<&'a [T]> {
    /// Repeats all axes of extent 1, and adds some axes in front: strides of zero.
    pub fn broadcast(self, model: &Naive, more: u8, times: u8) -> (Self, Naive) {
        let times = usize::from(times % 4);
        let mut wide = model.shape.clone();
        wide.iter_mut().filter(|extent| **extent == 1).for_each(|extent| *extent = times);
        (0..usize::from(more) % (5 - wide.len())).for_each(|_| wide.insert(0, times));
        let view: Any<&'a [T]> = for_any!(self, view => match wide.len() {
            0 => view.broadcast::<0>(array(&wide)).unwrap().into(),
            1 => view.broadcast::<1>(array(&wide)).unwrap().into(),
            2 => view.broadcast::<2>(array(&wide)).unwrap().into(),
            3 => view.broadcast::<3>(array(&wide)).unwrap().into(),
            _ => view.broadcast::<4>(array(&wide)).unwrap().into(),
        });
        (view, model.broadcast(&wide))
    }
}
