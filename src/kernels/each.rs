//! Elements changed one by one, in memory order.

use crate::kernels::plane::for_each_lane;
use crate::layout::{Lane, Layout};

/// Calls `f` with each element, in memory order. No two of them are at one place.
pub(crate) fn for_each_mut<T, const N: usize>(data: &mut [T], layout: &Layout<N>, mut f: impl FnMut(&mut T)) {
    let (layout, len, step) = lanes_in_memory_order(layout);
    if step == 1 {
        return for_each_lane([layout], move |[start]| data[start..][..len].iter_mut().for_each(&mut f));
    }
    for_each_lane([layout], move |[start]| {
        let reach = (len - 1) * step;
        data[start..][..reach].chunks_exact_mut(step).for_each(|chunk| f(&mut chunk[0]));
        f(&mut data[start + reach]);
    });
}

/// Replaces each element by a clone of `value`. No two of them are at one place.
pub(crate) fn fill<T: Clone, const N: usize>(data: &mut [T], layout: &Layout<N>, value: &T) {
    let (lanes, len, step) = lanes_in_memory_order(layout);
    if step == 1 {
        for_each_lane([lanes], |[start]| data[start..][..len].fill(value.clone()));
    } else {
        for_each_mut(data, layout, |element| element.clone_from(value));
    }
}

/// The layout in memory order, and the length and the step of its lanes, which are as long as
/// possible.
fn lanes_in_memory_order<const N: usize>(layout: &Layout<N>) -> (Layout<N>, usize, usize) {
    let ordered = if layout.is_contiguous() { *layout } else { layout.memory_order() };
    let merged = ordered.merged();
    let (_, Lane { len, stride }) = merged.lanes();
    // Zero only along a single element.
    (merged, len, stride.unsigned_abs().max(1))
}
