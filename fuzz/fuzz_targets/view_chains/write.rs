//! Writing through a view.

use crate::any::{Any, array, for_any};
use crate::naive::{Naive, indices};
use growable_nd::{Axis, View, ViewMut};
use growable_nd_fuzz::input::Input;

/// Maximum number of steps before the view is written.
const MAX_STEPS: usize = 16;

/// A mutable view.
pub fn write(base: &mut [u32], shape: [usize; 3], mut model: Naive, input: &mut Input<'_>) {
    let mut expected = base.to_vec();
    let mut any: Any<&mut [u32]> = ViewMut::from_slice(shape, base).unwrap().into();
    for _ in 0..input.below(MAX_STEPS) {
        (any, model) = any.step(model, input);
    }
    let how = input.below(14);
    let places = model.elements.clone();
    for_any!(any, view => write_elements(view, &model, how));
    // Pairs of a position and its new element.
    let written: Vec<u32> = match how {
        // In memory order.
        0 => {
            let mut sorted = places.clone();
            sorted.sort_unstable();
            places.iter().map(|place| sorted.binary_search(place).unwrap() as u32 + 1000).collect()
        }
        1 => places.iter().map(|place| place + 1000).collect(),
        2 => vec![1000; places.len()],
        3..9 => (1000..).take(places.len()).collect(),
        _ => places.iter().map(|place| place + 1).collect(),
    };
    for (&place, new) in places.iter().zip(written) {
        expected[place as usize] = new;
    }
    assert_eq!(base, expected);
}

/// Writes all elements in one of the ways; the result is what `write` expects.
fn write_elements<const N: usize>(mut view: ViewMut<'_, u32, N>, model: &Naive, how: usize) {
    let new: Vec<u32> = (1000..).take(model.elements.len()).collect();
    let shape = array::<usize, N>(&model.shape);
    let all = indices(&model.shape);
    assert_eq!(Naive::from(view.as_view()), *model);
    match how {
        0 => {
            let mut next = 1000..;
            view.for_each_mut(|element| *element = next.next().unwrap());
        }
        1 => view.map_in_place(|element| element + 1000),
        2 => view.fill(1000),
        3 => view.assign(View::from_slice(shape, &new).unwrap()).unwrap(),
        4 => {
            // From a view in another order.
            let axes: Vec<usize> = (0..N).rev().collect();
            let turned = Naive { shape: model.shape.clone(), elements: new }.permute(&axes);
            view.assign(View::from_slice(array::<usize, N>(&turned.shape), &turned.elements).unwrap().t())
                .unwrap();
        }
        5 => view.cells().iter().zip(new).for_each(|(cell, new)| cell.set(new)),
        6 => all.iter().zip(new).for_each(|(index, new)| view[array::<usize, N>(index)] = new),
        7 => {
            // In memory order, reversed along some axes.
            match view.try_iter_mut() {
                Ok(elements) => {
                    elements.rev().zip(new.iter().rev()).for_each(|(element, new)| *element = *new);
                }
                Err(_) => {
                    assert!(!model.elements.is_sorted());
                    view.assign(View::from_slice(shape, &new).unwrap()).unwrap();
                }
            }
        }
        8 => view.zip_with_in_place(View::from_slice(shape, &new).unwrap(), |_, new| *new).unwrap(),
        _ => {
            // Parts one after the other; each element is in one of them.
            let added = |part: &mut u32| *part += 1;
            let axis = Axis(how % N.max(1));
            match how {
                9 if N > 0 => view.for_each_lane_mut(axis, |mut lane| lane.for_each_mut(added)),
                10 if N > 0 => view.for_each_chunk_mut(axis, 2, |mut chunk| chunk.for_each_mut(added)),
                11 => view.for_each_tile_mut([2; N], |mut tile| tile.for_each_mut(added)),
                12 if N > 0 && shape[axis.0] > 0 => {
                    let at = shape[axis.0] / 2;
                    match view.reborrow().try_split_at_mut(axis, at) {
                        Ok((mut before, mut after)) => {
                            before.for_each_mut(added);
                            after.for_each_mut(added);
                        }
                        Err(_) => view.for_each_mut(added),
                    }
                }
                13 if N > 0 => view.for_each_window_mut(axis, shape[axis.0].max(1), |mut window| {
                    window.for_each_mut(added);
                }),
                _ => view.for_each_mut(added),
            }
        }
    }
}
