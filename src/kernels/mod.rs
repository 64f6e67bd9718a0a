//! Loops over the elements of a slice that a layout refers to. Private to the crate.
//!
//! Imports `memory` and `layout`. Read `copy` and `update` first. They show the cases of all
//! kernels: one contiguous slice, few elements, short lanes, lanes, and layouts that disagree on
//! the order of the axes.

pub(crate) mod best;
pub(crate) mod blocks;
pub(crate) mod combine;
pub(crate) mod compare;
pub(crate) mod copy;
pub(crate) mod each;
pub(crate) mod find;
pub(crate) mod fold_axis;
pub(crate) mod map;
pub(crate) mod operands;
pub(crate) mod plane;
pub(crate) mod reduce;
pub(crate) mod reduce_axis;
pub(crate) mod slabs;
pub(crate) mod strips;
pub(crate) mod transpose;
pub(crate) mod update;
