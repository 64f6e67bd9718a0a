//! Equality and hashes.

use super::element::Element;
use super::flat::{Flat, all_in_blocks, is_float};
use super::number::Number;
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2, LAYOUTS, Subject, Subject2, l2_shape};
use growable_nd::{Floating, View};
use ndarray::{ArrayView, Dimension, Zip};
use num_complex::Complex;
use num_traits::Float;
use std::hash::{DefaultHasher, Hash, Hasher};

pub fn run(matrix: &mut Matrix) {
    matrix.group("compare");
    equal_layouts::<f64>(matrix, &LAYOUTS);
    let types = ["contiguous", "transposed", "sliced"];
    equal_layouts::<f32>(matrix, &types);
    equal_layouts::<i32>(matrix, &types);
    equal_layouts::<u8>(matrix, &types);
    equal_layouts::<Complex<f64>>(matrix, &["contiguous"]);
    let (volume, other) =
        (Elements::<f64, 3>::new(L2, [64, 32, 64]), Elements::<f64, 3>::new(L2, [64, 32, 64]));
    for (subject, other) in volume.orders().iter().zip(&other.orders()) {
        equal(matrix, subject, other);
    }
    across(matrix, L2, 384);
    for layout in ["contiguous", "transposed", "stepped"] {
        differences::<f64>(matrix, layout, L2, l2_shape::<f64>());
    }
    differences::<f32>(matrix, "contiguous", L2, l2_shape::<f32>());
    differences::<f64>(matrix, "contiguous", "8×8", [8, 8]);
    for (size, shape) in [("3×3", [3, 3]), ("8×8", [8, 8]), ("1×3", [1, 3]), ("1×64", [1, 64])] {
        small::<f64>(matrix, size, shape);
        small::<u8>(matrix, size, shape);
    }
    small::<String>(matrix, "64×64", [64, 64]);
    arrays::<f64>(matrix, L2, l2_shape::<f64>());
    arrays::<u8>(matrix, L2, l2_shape::<u8>());
    hashes::<u8>(matrix, L2, l2_shape::<u8>());
    hashes::<i32>(matrix, L2, l2_shape::<i32>());
    hashes::<u64>(matrix, L2, l2_shape::<u64>());
    hashes::<u64>(matrix, "3×3", [3, 3]);
    hashes::<u8>(matrix, "8×8", [8, 8]);
    hashes::<String>(matrix, "64×64", [64, 64]);
    if matrix.has_memory() {
        arrays::<f64>(matrix, MEMORY, [2048, 4096]);
    }
}

fn equal_layouts<T: Element>(matrix: &mut Matrix, layouts: &[&str]) {
    let (a, b) = (Elements::<T, 2>::new(L2, l2_shape::<T>()), Elements::<T, 2>::new(L2, l2_shape::<T>()));
    for (subject, other) in a.layouts(layouts).iter().zip(&b.layouts(layouts)) {
        equal(matrix, subject, other);
    }
}

/// Compares two views of one layout whose elements are equal.
fn equal<T: Element, const N: usize, D: Dimension>(
    matrix: &mut Matrix,
    subject: &Subject<'_, T, N, D>,
    other: &Subject<'_, T, N, D>,
) {
    let setup = if subject.numpy.is_empty() { "" } else { &format!("({0}, {0})", subject.numpy) };
    matrix
        .cell("view == view", subject.place)
        .ours(|| subject.ours == other.ours)
        .hand(|| {
            subject.dense.lanes().zip(other.dense.lanes()).all(|(a, b)| match a.stride {
                1 => equal_slices(a.data, b.data),
                2 => {
                    let ((a, last), (b, other_last)) = (a.pairs(), b.pairs());
                    a.iter().zip(b).all(|(a, b)| a[0] == b[0]) && last == other_last
                }
                _ => a.stepped().zip(b.stepped()).all(|(a, b)| a == b),
            })
        })
        .ndarray(|| subject.theirs == other.theirs)
        .numpy(setup, "np.array_equal(*x)")
        .run();
}

/// Compares floats in blocks, without a branch per element.
fn equal_slices<T: PartialEq + 'static>(a: &[T], b: &[T]) -> bool {
    if !is_float::<T>() {
        return a == b;
    }
    a.len() == b.len() && all_in_blocks(a, b, |x, y| x == y)
}

/// Compares a view with a transposed view of the same elements.
fn across(matrix: &mut Matrix, size: &str, side: usize) {
    let elements = Elements::<f64, 2>::new(size, [side, side]);
    let transposed = elements.layout("transposed").ours.to_owned_array();
    let ours = elements.contiguous();
    let other = transposed.view::<2>().t();
    let their_other = ArrayView::from_shape((side, side), transposed.as_slice()).expect("a square");
    let their_other = their_other.reversed_axes();
    let flat = transposed.as_slice();
    matrix
        .cell("view == transposed view", ours.place)
        .ours(|| ours.ours == other)
        .hand(|| {
            // In tiles of 16×16, which divide the side.
            let tiles = (0..side).step_by(16).flat_map(|i| (0..side).step_by(16).map(move |j| (i, j)));
            tiles.into_iter().all(|(first, column)| {
                (first..first + 16).all(|i| {
                    let row = &elements.flat[i * side + column..][..16];
                    let is_equal = |(j, x): (usize, &f64)| *x == flat[(column + j) * side + i];
                    row.iter().enumerate().fold(true, |all, pair| all & is_equal(pair))
                })
            })
        })
        .ndarray(|| ours.theirs == their_other)
        .run();
}

/// Compares two views of one layout whose last elements differ.
fn differences<T: Number + Float + Floating>(
    matrix: &mut Matrix,
    layout: &str,
    size: &str,
    shape: [usize; 2],
) {
    let (a, mut b) = (Elements::<T, 2>::new(size, shape), Elements::<T, 2>::new(size, shape));
    // The last element that is in all layouts.
    let last = (shape[0] - 2) * shape[1] + shape[1] - 2;
    b.flat[last] = b.flat[last] + T::one();
    let (subject, other) = (a.layout(layout), b.layout(layout));
    let (rtol, atol) = (T::epsilon(), T::epsilon());
    let is_far = move |x: T, y: T| (x - y).abs() > atol + rtol * y.abs();
    matrix
        .cell("first_difference", subject.place)
        .ours(|| {
            let found = subject.ours.first_difference(other.ours, rtol, atol).expect("one shape");
            found.map(|difference| [difference.index[0], difference.index[1]])
        })
        .hand(|| {
            for (i, (a, b)) in subject.flat.lanes().zip(other.flat.lanes()).enumerate() {
                let is_far = |(&x, &y): (&T, &T)| is_far(x, y);
                let found = match a.stride {
                    1 => a.data.iter().zip(b.data).position(is_far),
                    2 => {
                        let ((a, last), (b, other_last)) = (a.pairs(), b.pairs());
                        let found = a.iter().zip(b).position(|(x, y)| is_far((&x[0], &y[0])));
                        found.or_else(|| Some(a.len()).filter(|_| last.iter().zip(other_last).any(is_far)))
                    }
                    _ => a.stepped().zip(b.stepped()).position(is_far),
                };
                if let Some(j) = found {
                    return Some([i, j]);
                }
            }
            None
        })
        .ndarray(|| {
            let mut found = None;
            Zip::indexed(&subject.theirs).and(&other.theirs).for_each(|(i, j), &x, &y| {
                if is_far(x, y) && found.is_none_or(|first| [i, j] < first) {
                    found = Some([i, j]);
                }
            });
            found
        })
        .run();
}

fn small<T: Element>(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let (a, b) = (Elements::<T, 2>::new(size, shape), Elements::<T, 2>::new(size, shape));
    for layout in ["contiguous", "transposed"] {
        equal(matrix, &a.layout(layout), &b.layout(layout));
    }
    arrays::<T>(matrix, size, shape);
}

fn arrays<T: Element>(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let elements = Elements::<T, 2>::new(size, shape);
    let subject = elements.contiguous();
    let [a, b] = [(), ()].map(|()| subject.ours.to_owned_array());
    let [their_a, their_b] = [(), ()].map(|()| subject.theirs.to_owned());
    let other: View<'_, T, 2> = b.view();
    // Equality includes the shapes.
    matrix
        .cell("array == array", subject.place)
        .ours(|| a == b)
        .hand(|| a.shape() == b.shape() && equal_slices(a.as_slice(), b.as_slice()))
        .ndarray(|| their_a == their_b)
        .run();
    matrix
        .cell("array == view", subject.place)
        .ours(|| a == other)
        .hand(|| a.shape() == b.shape() && equal_slices(a.as_slice(), b.as_slice()))
        .ndarray(|| their_a == their_b.view())
        .run();
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Hashes extents and elements, as this crate and ndarray do.
fn hash_by_hand<T: Hash>(elements: &Elements<T, 2>) -> u64 {
    let mut hasher = DefaultHasher::new();
    elements.shape.iter().for_each(|&extent| hasher.write_usize(extent));
    T::hash_slice(&elements.flat, &mut hasher);
    hasher.finish()
}

/// Hashes extents and elements of any layout of a matrix.
fn layout_hash_by_hand<T: Hash>(flat: Flat<'_, T>) -> u64 {
    let mut hasher = DefaultHasher::new();
    flat.shape[1..].iter().for_each(|&extent| hasher.write_usize(extent));
    flat.for_each(|element| element.hash(&mut hasher));
    hasher.finish()
}

/// The hashes of ways to hash one matrix need not be equal. The digest is whether a matrix of the
/// same elements has the same hash. That other elements have another hash is checked in advance.
fn hashes<T: Element + Hash>(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let elements = Elements::<T, 2>::new(size, shape);
    let all_hashes = |of: &Elements<T, 2>| {
        let (matrix, transposed) = (of.contiguous(), of.layout("transposed"));
        [
            hash_of(&matrix.ours.to_owned_array()),
            hash_of(&matrix.ours),
            hash_of(&transposed.ours),
            hash_by_hand(of),
            layout_hash_by_hand(transposed.flat),
            hash_of(&matrix.theirs),
            hash_of(&transposed.theirs),
        ]
    };
    let (hashes, others) = (all_hashes(&Elements::new(size, shape)), all_hashes(&elements.other()));
    assert!(hashes.iter().zip(others).all(|(hash, other)| *hash != other), "a hash is constant");
    let [of_array, of_view, of_transposed, of_slice, of_columns, of_theirs, of_their_transposed] = hashes;
    let subject: Subject2<'_, T> = elements.contiguous();
    let (array, theirs) = (subject.ours.to_owned_array(), subject.theirs.to_owned());
    matrix
        .cell("hash of an array", subject.place)
        .ours(|| hash_of(&array) == of_array)
        .hand(|| hash_by_hand(&elements) == of_slice)
        .ndarray(|| hash_of(&theirs) == of_theirs)
        .run();
    matrix
        .cell("hash of a view", subject.place)
        .ours(|| hash_of(&subject.ours) == of_view)
        .hand(|| hash_by_hand(&elements) == of_slice)
        .ndarray(|| hash_of(&subject.theirs) == of_theirs)
        .run();
    let transposed = elements.layout("transposed");
    matrix
        .cell("hash of a view", transposed.place)
        .ours(|| hash_of(&transposed.ours) == of_transposed)
        .hand(|| layout_hash_by_hand(transposed.flat) == of_columns)
        .ndarray(|| hash_of(&transposed.theirs) == of_their_transposed)
        .run();
}
