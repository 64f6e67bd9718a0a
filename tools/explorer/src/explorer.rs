//! One or two arrays that do the same operations.

use crate::array::Array;
use growable_nd::Growth;

/// One or two arrays that do the same operations, and what is shown of them.
#[derive(Clone, Debug)]
pub struct Explorer {
    first: Array,
    second: Option<Array>,
}

impl Default for Explorer {
    fn default() -> Explorer {
        Explorer { first: Array::new(Growth::DOUBLE), second: None }
    }
}

impl Explorer {
    /// The array or arrays.
    pub fn arrays(&self) -> impl Iterator<Item = &Array> {
        [Some(&self.first), self.second.as_ref()].into_iter().flatten()
    }
}
