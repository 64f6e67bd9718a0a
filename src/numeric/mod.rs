//! Numbers of views and arrays: reductions, axis reductions, scans, maps and operators.
//!
//! Imports `array`, `view` and `kernels`. Each file holds the methods of views and those of arrays.
//! Start with `reductions`, then read `axis_reductions`. `operators` lists the operators, `operand` has what
//! they do.
//!
//! - A *number* is a type with the traits that the method names: [`Zero`] and `+` for a sum, [`One`]
//!   and `*` for a product, [`PartialOrd`] for a minimum, [`Floating`] for a mean. So integers,
//!   floats, complex and fixed-point numbers are numbers.
//! - *Rounding*: sums of floats are pairwise; [`Strided::sum`] states the error bound.
//! - *Overflow* is that of `+` and `*`.
//! - *NaN* propagates, through minima and maxima as well; the reductions of `nan` skip it.
//! - *Empty* sums are zero and empty products one. Empty means, minima and maxima are `None`, or
//!   [`AccessError::TooShort`] along an axis.
//!
//! An array is contiguous, so its elements are one line, and three axes are enough to reduce it
//! along any axis: the axes before, that axis, and the axes after.
//!
//! [`Zero`]: num_traits::Zero
//! [`One`]: num_traits::One
//! [`Floating`]: means::Floating
//! [`Strided::sum`]: crate::Strided::sum
//! [`AccessError::TooShort`]: crate::AccessError::TooShort

// In the order of the groups of methods on the pages of arrays and views: rustdoc lists them so.
pub(crate) mod reductions;

pub(crate) mod means;

pub(crate) mod extrema;

pub(crate) mod axis_reductions;

pub(crate) mod several_axes;

pub(crate) mod nan;

pub(crate) mod scan;

pub(crate) mod map;

pub(crate) mod zip;

pub(crate) mod operand;

mod operators;

pub(crate) mod compare;

// Without methods on those pages.
mod along;

use crate::array::GrowableNd;
use crate::layout::Layout;
use crate::view::{Strided, View, ViewMut};

impl<T> GrowableNd<T> {
    /// All elements as one axis.
    fn line(&self) -> View<'_, T, 1> {
        let data = self.as_slice();
        Strided { data, layout: Layout::row_major_within([data.len()]) }
    }

    /// All elements as one axis, mutable.
    fn line_mut(&mut self) -> ViewMut<'_, T, 1> {
        let data = self.as_mut_slice();
        Strided { layout: Layout::row_major_within([data.len()]), data }
    }
}
