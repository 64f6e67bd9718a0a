//! Maps and zips element by element, into new arrays and in place.

use super::cell::Target;
use super::element::Element;
use super::flat::{Flat, for_every_other};
use super::number::Number;
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2, LAYOUTS, Subject, Subject2, Subject3, l2_shape, tuple};
use growable_nd::{AxisRange, GrowableNd, View, ViewMut};
use ndarray::{Array, Array2, ArrayViewMut2, ArrayViewMut3, Dimension, Zip, s};
use num_complex::Complex;
use std::hint::black_box;
use std::iter::repeat_n;

pub fn run(matrix: &mut Matrix) {
    matrix.group("map");
    let elements = Elements::<f64, 2>::new(L2, l2_shape::<f64>());
    let other = elements.other();
    for (subject, other) in elements.layouts(&LAYOUTS).iter().zip(&other.layouts(&LAYOUTS)) {
        maps(matrix, subject);
        zips(matrix, subject, other);
    }
    let volume = Elements::<f64, 3>::new(L2, [64, 32, 64]);
    let other = volume.other();
    for (subject, other) in volume.orders().iter().zip(&other.orders()) {
        maps(matrix, subject);
        zips(matrix, subject, other);
        zip_across(matrix, subject);
    }
    mixed_order(matrix, L2, [384, 384]);
    types::<f32>(matrix);
    types::<i32>(matrix);
    types::<u8>(matrix);
    types::<Complex<f64>>(matrix);
    let crop = Elements::<f64, 2>::new("rows of 3", [40_000, 3]);
    let other = crop.other();
    for layout in ["contiguous", "sliced"] {
        maps(matrix, &crop.layout(layout));
        zips(matrix, &crop.layout(layout), &other.layout(layout));
    }
    for (size, shape) in [("3×3", [3, 3]), ("8×8", [8, 8])] {
        let (elements, other) = (Elements::<f64, 2>::new(size, shape), Elements::<f64, 2>::new(size, shape));
        for layout in ["contiguous", "transposed"] {
            maps(matrix, &elements.layout(layout));
            zips(matrix, &elements.layout(layout), &other.layout(layout));
        }
        arrays(matrix, &elements);
        in_place(matrix, &elements);
    }
    in_place(matrix, &elements);
    strings(matrix);
    if matrix.has_memory() {
        let elements = Elements::<f64, 2>::new(MEMORY, [2048, 4096]);
        let other = elements.other();
        for layout in ["contiguous", "transposed"] {
            maps(matrix, &elements.layout(layout));
            zips(matrix, &elements.layout(layout), &other.layout(layout));
        }
        in_place(matrix, &elements);
        mixed_order(matrix, MEMORY, [2048, 2048]);
    }
}

fn types<T: Number>(matrix: &mut Matrix) {
    let elements = Elements::<T, 2>::new(L2, l2_shape::<T>());
    let other = elements.other();
    for layout in ["contiguous", "transposed", "stepped"] {
        maps(matrix, &elements.layout(layout));
        zips(matrix, &elements.layout(layout), &other.layout(layout));
    }
    in_place(matrix, &elements);
}

fn maps<T: Number, const N: usize, D: Dimension>(matrix: &mut Matrix, subject: &Subject<'_, T, N, D>) {
    let Subject { ours, theirs, flat, numpy, place, .. } = subject;
    matrix
        .cell("map", *place)
        .ours(|| ours.map(|&x| x * x + x))
        .hand(|| flat.map(|&x| x * x + x))
        .ndarray(|| theirs.mapv(|x| x * x + x))
        .numpy(numpy, "x * x + x")
        .run();
    // A value that no element has.
    let bad = black_box((0..9).fold(T::one(), |x, _| x + T::one()));
    let square = move |&x: &T| if x == bad { Err(Error::Element) } else { Ok(x * x) };
    matrix
        .cell("try_map", *place)
        .ours(|| ours.try_map(square).expect("no error"))
        .hand(|| flat.map(|x| square(x).expect("no error")))
        .ndarray(|| {
            let mut squares = Vec::with_capacity(theirs.len());
            let pushed = theirs.iter().try_for_each(|x| square(x).map(|x| squares.push(x)));
            pushed.expect("no error");
            Array::from_shape_vec(theirs.raw_dim(), squares).expect("one shape")
        })
        .run();
}

/// The errors of `try_map`.
#[derive(Debug)]
enum Error {
    Element,
    Array,
}

impl From<growable_nd::Error> for Error {
    fn from(_: growable_nd::Error) -> Self {
        Error::Array
    }
}

fn zips<T: Number, const N: usize, D: Dimension>(
    matrix: &mut Matrix,
    subject: &Subject<'_, T, N, D>,
    other: &Subject<'_, T, N, D>,
) {
    let Subject { ours, theirs, flat, numpy, place, .. } = subject;
    matrix
        .cell("zip_with", *place)
        .ours(|| ours.zip_with(other.ours, |&x, &y| x * y + x).expect("one shape"))
        .hand(|| zip_by_hand(*flat, other.flat, |x, y| x * y + x))
        .ndarray(|| Zip::from(theirs).and(&other.theirs).map_collect(|&x, &y| x * y + x))
        .numpy(&tuple(&[numpy, &other.numpy]), "x[0] * x[1] + x[0]")
        .run();
}

/// Combines two slices of one layout, in row-major order.
#[inline(always)]
fn zip_by_hand<T: Number>(a: Flat<'_, T>, b: Flat<'_, T>, f: impl Fn(T, T) -> T) -> Vec<T> {
    if a.lies_across() {
        return a.map_in_tiles(|at| f(a.data[at], b.data[at]));
    }
    let mut zipped = Vec::with_capacity(a.len());
    for (a, b) in a.merged().lanes().zip(b.merged().lanes()) {
        match a.stride {
            1 => zipped.extend(a.data.iter().zip(b.data).map(|(&x, &y)| f(x, y))),
            -1 => zipped.extend(a.data.iter().zip(b.data).rev().map(|(&x, &y)| f(x, y))),
            0 => zipped.extend(repeat_n(f(a.data[0], b.data[0]), a.len)),
            2 => {
                let ((a, last), (b, other_last)) = (a.pairs(), b.pairs());
                zipped.extend(a.iter().zip(b).map(|(a, b)| f(a[0], b[0])));
                zipped.extend(last.iter().zip(other_last).map(|(&x, &y)| f(x, y)));
            }
            _ => zipped.extend(a.stepped().zip(b.stepped()).map(|(&x, &y)| f(x, y))),
        }
    }
    zipped
}

/// Combines a contiguous target with elements in another order.
fn zip_across(matrix: &mut Matrix, subject: &Subject3<'_, f64>) {
    let Subject3 { ours, theirs, flat, place, .. } = subject;
    let shape = ours.shape();
    let target = Target::new(f64::many(ours.len()));
    matrix
        .cell("zip_with_in_place, contiguous with this", *place)
        .ours_on(&target, |target| {
            let mut view = ViewMut::from_slice(shape, target).expect("one shape");
            view.zip_with_in_place(ours, |&x, &y| (x + y) * 0.5).expect("one shape");
        })
        .hand_on(&target, |target| {
            if !flat.lies_across() {
                return target.iter_mut().zip(flat.data).for_each(|(x, y)| *x = (*x + y) * 0.5);
            }
            let across = flat.map(|&x| x);
            target.iter_mut().zip(across).for_each(|(x, y)| *x = (*x + y) * 0.5);
        })
        .ndarray_on(&target, |target| {
            let mut view = ArrayViewMut3::from_shape(shape, target).expect("one shape");
            view.zip_mut_with(theirs, |x, &y| *x = (*x + y) * 0.5);
        })
        .run();
}

/// Combines a contiguous and a transposed operand.
fn mixed_order(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let elements = Elements::<f64, 2>::new(size, shape);
    let other = elements.other();
    let (subject, across) = (elements.contiguous(), other.layout("transposed"));
    matrix
        .cell("zip_with, contiguous with this", across.place)
        .ours(|| subject.ours.zip_with(across.ours, |x, y| x + y).expect("one shape"))
        .hand(|| {
            let mut sums = across.flat.map(|&y| y);
            sums.iter_mut().zip(&elements.flat).for_each(|(sum, x)| *sum += x);
            sums
        })
        .ndarray(|| Zip::from(&subject.theirs).and(&across.theirs).map_collect(|x, y| x + y))
        .run();
}

/// Maps arrays, not views.
fn arrays(matrix: &mut Matrix, elements: &Elements<f64, 2>) {
    let array: GrowableNd<f64> = elements.contiguous().ours.to_owned_array();
    let other = array.map(|x| x + 1.0);
    let theirs = elements.contiguous().theirs.to_owned();
    let their_other = theirs.mapv(|x| x + 1.0);
    let (flat, flat_other) = (array.as_slice(), other.as_slice());
    let place = [f64::NAME, "contiguous", &elements.size];
    matrix
        .cell("map of an array", place)
        .ours(|| array.map(|x| x * 2.0))
        .hand(|| flat.iter().map(|x| x * 2.0).collect::<Vec<f64>>())
        .ndarray(|| theirs.mapv(|x| x * 2.0))
        .run();
    matrix
        .cell("zip_with of arrays", place)
        .ours(|| array.zip_with(&other, |x, y| x * y).expect("one shape"))
        .hand(|| flat.iter().zip(flat_other).map(|(x, y)| x * y).collect::<Vec<f64>>())
        .ndarray(|| &theirs * &their_other)
        .run();
}

fn view<T>(shape: [usize; 2], target: &mut [T]) -> ViewMut<'_, T, 2> {
    ViewMut::from_slice(shape, target).expect("one shape")
}

fn theirs<T>(shape: [usize; 2], target: &mut [T]) -> ArrayViewMut2<'_, T> {
    ArrayViewMut2::from_shape(shape, target).expect("one shape")
}

fn in_place<T: Number>(matrix: &mut Matrix, elements: &Elements<T, 2>) {
    let shape = elements.shape;
    let target = Target::new(elements.flat.clone());
    let added = elements.other();
    let added: Subject2<'_, T> = added.contiguous();
    let place = [T::NAME, "contiguous", &elements.size];
    let value = black_box(T::one());
    matrix
        .cell("map_in_place", place)
        .ours_on(&target, move |target| view(shape, target).map_in_place(|&x| value - x))
        .hand_on(&target, move |target| target.iter_mut().for_each(|x| *x = value - *x))
        .ndarray_on(&target, move |target| theirs(shape, target).mapv_inplace(|x| value - x))
        .run();
    matrix
        .cell("for_each_mut", place)
        .ours_on(&target, move |target| view(shape, target).for_each_mut(|x| *x = value - *x))
        .hand_on(&target, move |target| target.iter_mut().for_each(|x| *x = value - *x))
        .ndarray_on(&target, move |target| {
            theirs(shape, target).iter_mut().for_each(|x| *x = value - *x);
        })
        .run();
    matrix
        .cell("zip_with_in_place", place)
        .ours_on(&target, |target| {
            view(shape, target).zip_with_in_place(added.ours, |&x, &y| y - x).expect("one shape");
        })
        .hand_on(&target, |target| {
            target.iter_mut().zip(added.flat.data).for_each(|(x, &y)| *x = y - *x);
        })
        .ndarray_on(&target, |target| theirs(shape, target).zip_mut_with(&added.theirs, |x, &y| *x = y - *x))
        .run();
    matrix
        .cell("fill", place)
        .ours_on(&target, move |target| view(shape, target).fill(value))
        .hand_on(&target, move |target| target.fill(value))
        .ndarray_on(&target, move |target| theirs(shape, target).fill(value))
        .run();
    let columns = shape[1];
    let half = (..).step(2);
    let place = [T::NAME, "stepped", &elements.size];
    matrix
        .cell("map_in_place", place)
        .ours_on(&target, move |target| view(shape, target).slice((half, half)).map_in_place(|&x| value - x))
        .hand_on(&target, move |target| {
            for row in target.chunks_exact_mut(columns).step_by(2) {
                for_every_other(row, |x| *x = value - *x);
            }
        })
        .ndarray_on(&target, move |target| {
            theirs(shape, target).slice_mut(s![..;2, ..;2]).mapv_inplace(|x| value - x);
        })
        .run();
    let added_part = added.ours.slice((half, half));
    matrix
        .cell("zip_with_in_place", place)
        .ours_on(&target, |target| {
            let mut part = view(shape, target).slice((half, half));
            part.zip_with_in_place(added_part, |&x, &y| y - x).expect("one shape");
        })
        .hand_on(&target, |target| {
            let rows = target.chunks_exact_mut(columns).zip(added.flat.data.chunks_exact(columns));
            for (row, added) in rows.step_by(2) {
                let ((pairs, last), (added, other_last)) = (row.as_chunks_mut::<2>(), added.as_chunks::<2>());
                pairs.iter_mut().zip(added).for_each(|(pair, added)| pair[0] = added[0] - pair[0]);
                last.iter_mut().zip(other_last).for_each(|(x, &y)| *x = y - *x);
            }
        })
        .ndarray_on(&target, |target| {
            let mut whole = theirs(shape, target);
            let mut part = whole.slice_mut(s![..;2, ..;2]);
            part.zip_mut_with(&added.theirs.slice(s![..;2, ..;2]), |x, &y| *x = y - *x);
        })
        .run();
    matrix
        .cell("fill", place)
        .ours_on(&target, move |target| view(shape, target).slice((half, half)).fill(value))
        .hand_on(&target, move |target| {
            for row in target.chunks_exact_mut(columns).step_by(2) {
                for_every_other(row, |x| *x = value);
            }
        })
        .ndarray_on(&target, move |target| theirs(shape, target).slice_mut(s![..;2, ..;2]).fill(value))
        .run();
}

fn strings(matrix: &mut Matrix) {
    let elements = Elements::<String, 2>::new("8×8", [8, 8]);
    let view: View<'_, String, 2> = elements.contiguous().ours;
    let theirs: Array2<String> = elements.contiguous().theirs.to_owned();
    let array = view.to_owned_array();
    for (layout, size) in [("contiguous", "8×8"), ("transposed", "8×8")] {
        let (ours, theirs) =
            if layout == "contiguous" { (view, theirs.view()) } else { (view.t(), theirs.t()) };
        let flat = Flat::new(&elements.flat, &ours);
        matrix
            .cell("map to the length", [String::NAME, layout, size])
            .ours(|| ours.map(String::len))
            .hand(|| flat.map(String::len))
            .ndarray(|| theirs.map(String::len))
            .run();
    }
    matrix
        .cell("map of an array to text", [String::NAME, "contiguous", "8×8"])
        .ours(|| array.map(|text| format!("{text}.")))
        .hand(|| elements.flat.iter().map(|text| format!("{text}.")).collect::<Vec<String>>())
        .ndarray(|| theirs.map(|text| format!("{text}.")))
        .run();
}
