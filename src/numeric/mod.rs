//! Numbers of views and arrays: reductions, reductions along an axis, scans and maps.

pub(crate) mod array_axes;
pub(crate) mod arrays;
pub(crate) mod axis_reductions;
pub(crate) mod map;
pub(crate) mod reductions;
