//! Chains of operations on views, compared with a model that copies its elements at each step.
//!
//! Each element is its position in the slice, which reveals an element at a wrong index. The input
//! chooses shape, strides and steps, including invalid ones, and whether the view is read or
//! written. Checked: shape, elements, iterators from both ends (elements, indices, rows, lanes,
//! windows, chunks, tiles), reductions of all elements and along an axis, and conversions; or that
//! a write changes the elements of the view and no others.

#![cfg_attr(fuzzing, no_main)]

use crate::any::Any;
use crate::naive::{Naive, indices};
use crate::write::write;
use growable_nd::{View, ViewMut};
use growable_nd_fuzz::input::Input;

/// Views of any number of axes, as in the tests.
#[path = "../../../tests/it/any.rs"]
mod any;
/// The naive model of the tests.
#[path = "../../../tests/it/naive.rs"]
mod naive;
mod read;
mod steps;
mod write;

growable_nd_fuzz::target!(run);

/// Steps of a chain.
const MAX_STEPS: usize = 16;

/// Maximum number of elements of a view, each of which is read in many ways.
const MAX_LEN: usize = 400;

fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let shape = [0; 3].map(|_| input.pick(&[1, 2, 3, 4, 5, 6, 0]));
    let mut base: Vec<u32> = (0..).take(shape.iter().product()).collect();
    let mut model = Naive::counting(&shape);
    match input.below(4) {
        0 => write(&mut base, shape, model, &mut input),
        1 => strided(&base, shape, &mut input),
        _ => {
            let mut any: Any<&[u32]> = View::from_slice(shape, &base).unwrap().into();
            for _ in 0..MAX_STEPS {
                if input.is_empty() || model.elements.len() > MAX_LEN {
                    break;
                }
                (any, model) = match input.below(3) {
                    0 => any.part(model, &mut input),
                    _ => any.step(model, &mut input),
                };
            }
            any.read(&model, &mut input);
        }
    }
}

/// Any strides are accepted if all elements are in the slice.
fn strided(base: &[u32], shape: [usize; 3], input: &mut Input<'_>) {
    let strides = [0; 3].map(|_| input.below(13) as isize - 6);
    let offset = input.below(base.len() + 2);
    let place = |index: &[usize]| {
        offset as isize + index.iter().zip(&strides).map(|(&i, stride)| i as isize * stride).sum::<isize>()
    };
    let mut places: Vec<isize> = indices(&shape).iter().map(|index| place(index)).collect();
    let is_inside = match places.is_empty() {
        true => offset <= base.len(),
        false => places.iter().all(|&place| (0..base.len() as isize).contains(&place)),
    };
    let view = View::from_strided(shape, strides, offset, base);
    assert_eq!(view.is_ok(), is_inside);
    if let Ok(view) = view {
        let model = Naive::build(&shape, |index| place(index) as u32);
        let (any, model) = Any::from(view).step(model, input);
        any.read(&model, input);
    }
    places.sort_unstable();
    let are_distinct = places.windows(2).all(|pair| pair[0] != pair[1]);
    if ViewMut::from_strided(shape, strides, offset, &mut base.to_vec()).is_ok() {
        assert!(is_inside && are_distinct);
    }
}
