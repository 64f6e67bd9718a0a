//! Reductions, axis reductions, scans, maps, zips, operators and comparisons of views and arrays.
//!
//! Imports `array`, `view` and `kernels`. Each file has the methods of views and of arrays. Read
//! `reductions` first, then `axis_reductions`. `operators` lists the operators, `operand`
//! implements them.
//!
//! - A *number* is a type with the traits that a method requires: [`Zero`] and `+` for a sum,
//!   [`One`] and `*` for a product, [`PartialOrd`] for a minimum, [`Floating`] for a mean. So
//!   integers, floats, complex and fixed-point numbers are numbers.
//! - *Rounding*: sums of floats are pairwise; [`Strided::sum`] states the error bound.
//! - *Overflow* has the effect that it has for `+` and `*`.
//! - *NaN* propagates, also through minima and maxima; the reductions of `nan` skip it.
//! - *Empty* sums are zero and empty products one. Empty means, minima and maxima are `None`, or
//!   [`AccessError::TooShort`] along an axis.
//!
//! An array is contiguous, so its elements are one line, and three axes are enough to reduce it
//! along any axis: the axes before it, the axis, and the axes after it.
//!
//! [`Zero`]: num_traits::Zero
//! [`One`]: num_traits::One
//! [`Floating`]: means::Floating
//! [`Strided::sum`]: crate::Strided::sum
//! [`AccessError::TooShort`]: crate::AccessError::TooShort

// In the order in which rustdoc lists the groups of methods on the pages of arrays and views.
mod reductions;

pub(crate) mod means;

mod extrema;

mod axis_reductions;

mod several_axes;

mod nan;

mod scan;

mod map;

mod zip;

pub(crate) mod operand;

mod operators;

pub(crate) mod compare;

// Without public methods.
mod along;

use crate::array::GrowableNd;
use crate::layout::Layout;
use crate::view::{Strided, View, ViewMut};

impl<T> GrowableNd<T> {
    /// Views all elements as one axis.
    fn line(&self) -> View<'_, T, 1> {
        let data = self.as_slice();
        Strided { data, layout: Layout::row_major_within([data.len()]) }
    }

    /// Views all elements as one axis, mutably.
    fn line_mut(&mut self) -> ViewMut<'_, T, 1> {
        let data = self.as_mut_slice();
        Strided { layout: Layout::row_major_within([data.len()]), data }
    }
}
