//! Reductions by ndarray, by the fastest of its ways that was found.

use super::number::{Number, argmax_of, beats};
use ndarray::{Array, Array1, ArrayView, ArrayView2, RemoveAxis, Zip};

/// Returns whether an axis has the smallest stride; a stride of 0 is none.
pub fn is_densest<T, D: RemoveAxis>(theirs: &ArrayView<'_, T, D>, axis: ndarray::Axis) -> bool {
    let strides = || theirs.strides().iter().filter(|&&stride| stride != 0);
    let own = theirs.strides()[axis.index()];
    own != 0 && strides().all(|other| own.abs() <= other.abs())
}

/// Folds along an axis with ndarray: its `fold_axis` steps across the lanes, which is slow along the
/// axis that is dense in memory.
pub fn fold_theirs<T, A: Clone, D: RemoveAxis>(
    theirs: &ArrayView<'_, T, D>,
    axis: usize,
    init: A,
    mut step: impl FnMut(&A, &T) -> A,
) -> Array<A, D::Smaller> {
    let axis = ndarray::Axis(axis);
    if is_densest(theirs, axis) {
        theirs.map_axis(axis, |lane| lane.fold(init.clone(), |folded, x| step(&folded, x)))
    } else {
        theirs.fold_axis(axis, init, step)
    }
}

/// Folds all elements with ndarray, first across the lanes: along a lane each step of floats waits
/// for the previous one.
pub fn fold_all_theirs<T, A: Copy, D: RemoveAxis>(
    theirs: &ArrayView<'_, T, D>,
    init: A,
    step: impl Fn(A, &T) -> A,
    join: impl Fn(A, A) -> A,
) -> A {
    if theirs.len() < 1000 {
        return theirs.fold(init, step);
    }
    let folded = theirs.fold_axis(theirs.max_stride_axis(), init, |&a, x| step(a, x));
    folded.fold(init, |a, &b| join(a, b))
}

/// Finds the maxima with ndarray: along the axis that is dense in memory lane by lane, otherwise
/// across the lanes.
pub fn argmax_theirs<T: Number + PartialOrd>(theirs: &ArrayView2<'_, T>, axis: usize) -> Array1<usize> {
    let axis = ndarray::Axis(axis);
    if is_densest(theirs, axis) {
        return theirs.map_axis(axis, |lane| argmax_of(lane.iter(), lane[0]));
    }
    let mut best = theirs.index_axis(axis, 0).to_owned();
    let mut places = Array::zeros(best.raw_dim());
    for (number, lane) in theirs.axis_iter(axis).enumerate().skip(1) {
        Zip::from(&mut best).and(&mut places).and(&lane).for_each(|best, place, &x| {
            let is_better = beats(x, *best);
            *place = if is_better { number } else { *place };
            *best = if is_better { x } else { *best };
        });
    }
    places
}
