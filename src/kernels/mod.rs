//! Loops over elements of a layout. Private to the crate.

pub(crate) mod copy;
pub(crate) mod reduce;
pub(crate) mod reduce_axis;
