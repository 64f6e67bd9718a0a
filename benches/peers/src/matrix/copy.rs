//! Copies: clones, owned arrays of views, and assignment.

use super::cell::Target;
use super::element::Element;
use super::flat::zip_lane;
use super::number::Number;
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2, LAYOUTS, Subject, Subject3, l2_shape};
use growable_nd::ViewMut;
use ndarray::{Array2, ArrayViewMut2, ArrayViewMut3, Dimension};
use num_complex::Complex;

pub fn run(matrix: &mut Matrix) {
    matrix.group("copy");
    for subject in Elements::<f64, 2>::new(L2, l2_shape::<f64>()).layouts(&LAYOUTS) {
        owned(matrix, &subject);
    }
    let volume = Elements::<f64, 3>::new(L2, [64, 32, 64]);
    for subject in volume.orders() {
        owned(matrix, &subject);
        assign_3(matrix, &subject);
    }
    for subject in Elements::<f64, 2>::new("rows of 3", [40_000, 3]).layouts(&LAYOUTS) {
        owned(matrix, &subject);
    }
    types::<f32>(matrix);
    types::<i32>(matrix);
    types::<u8>(matrix);
    types::<Complex<f64>>(matrix);
    let texts = Elements::<String, 2>::new("64×64", [64, 64]);
    for subject in texts.layouts(&["contiguous", "transposed", "sliced"]) {
        owned(matrix, &subject);
    }
    for (size, shape) in [("3×3", [3, 3]), ("8×8", [8, 8])] {
        let elements = Elements::<f64, 2>::new(size, shape);
        elements.layouts(&LAYOUTS).iter().for_each(|subject| owned(matrix, subject));
        clones(matrix, &elements);
        assign(matrix, &elements);
    }
    clones(matrix, &Elements::<f64, 2>::new(L2, l2_shape::<f64>()));
    clones(matrix, &Elements::<u8, 2>::new(L2, l2_shape::<u8>()));
    clones(matrix, &texts);
    clones(matrix, &Elements::<f64, 2>::new("1×3", [1, 3]));
    clones(matrix, &Elements::<f64, 2>::new("1×64", [1, 64]));
    assign(matrix, &Elements::<f64, 2>::new(L2, l2_shape::<f64>()));
    assign(matrix, &Elements::<f64, 2>::new("rows of 3", [40_000, 3]));
    if matrix.has_memory() {
        let elements = Elements::<f64, 2>::new(MEMORY, [2048, 4096]);
        for subject in elements.layouts(&["contiguous", "transposed", "stepped"]) {
            owned(matrix, &subject);
        }
        assign(matrix, &elements);
        clones(matrix, &elements);
        for subject in Elements::<f64, 3>::new(MEMORY, [200, 200, 200]).orders() {
            owned(matrix, &subject);
            assign_3(matrix, &subject);
        }
    }
}

fn types<T: Number>(matrix: &mut Matrix) {
    for subject in Elements::<T, 2>::new(L2, l2_shape::<T>()).layouts(&["transposed", "stepped", "sliced"]) {
        owned(matrix, &subject);
    }
}

fn owned<T: Element, const N: usize, D: Dimension>(matrix: &mut Matrix, subject: &Subject<'_, T, N, D>) {
    let Subject { ours, theirs, flat, numpy, place, .. } = subject;
    matrix
        .cell("to_owned_array", *place)
        .ours(|| ours.to_owned_array())
        .hand(|| flat.map(T::clone))
        .ndarray(|| theirs.as_standard_layout().into_owned())
        .numpy(numpy, "x.copy(\"C\")")
        .run();
}

fn clones<T: Element>(matrix: &mut Matrix, elements: &Elements<T, 2>) {
    let subject = elements.contiguous();
    let array = subject.ours.to_owned_array();
    let theirs: Array2<T> = subject.theirs.to_owned();
    matrix
        .cell("clone", subject.place)
        .ours(|| array.clone())
        .hand(|| elements.flat.clone())
        .ndarray(|| theirs.clone())
        .run();
    matrix
        .cell("clone_from", subject.place)
        .ours_with(array.clone(), |target| target.clone_from(&array))
        .hand_with(elements.flat.clone(), |target| target.clone_from(&elements.flat))
        .ndarray_with(theirs.clone(), |target| target.clone_from(&theirs))
        .run();
}

/// Assigns to a contiguous target from each layout, and to each layout from a contiguous source.
fn assign(matrix: &mut Matrix, elements: &Elements<f64, 2>) {
    for layout in LAYOUTS {
        let subject = elements.layout(layout);
        let (shape, place) = (subject.ours.shape(), [f64::NAME, layout, &elements.size]);
        let target = Target::new(vec![0.0; subject.ours.len()]);
        let columns = shape[1];
        matrix
            .cell("assign from this", place)
            .ours_on(&target, |target| {
                let mut view = ViewMut::from_slice(shape, target).expect("one shape");
                view.assign(subject.ours).expect("one shape");
            })
            .hand_on(&target, |target| {
                if subject.flat.strides[2].abs() > 2 {
                    transpose(subject.flat.data, target, columns);
                    return;
                }
                let flat = subject.flat.merged();
                if flat.shape[2] == 3 && flat.strides[2] == 1 {
                    // A constant length needs no call.
                    let rows = target.as_chunks_mut::<3>().0.iter_mut();
                    return rows.zip(flat.lanes()).for_each(|(row, lane)| row.copy_from_slice(lane.data));
                }
                for (row, lane) in target.chunks_exact_mut(flat.shape[2]).zip(flat.lanes()) {
                    match lane.stride {
                        1 => row.copy_from_slice(lane.data),
                        _ => zip_lane(row, lane, |a, b| *a = *b),
                    }
                }
            })
            .ndarray_on(&target, |target| {
                ArrayViewMut2::from_shape(shape, target).expect("one shape").assign(&subject.theirs);
            })
            .numpy(&into_zeros(&subject.numpy), "(np.copyto(x[0], x[1]), x[0])[1]")
            .run();
    }
    let [rows, columns] = elements.shape;
    let source = Elements::<f64, 2>::new(&elements.size, [columns, rows]);
    let source = source.contiguous();
    let target = Target::new(vec![0.0; rows * columns]);
    matrix
        .cell("assign to this", [f64::NAME, "transposed", &elements.size])
        .ours_on(&target, |target| {
            let view = ViewMut::from_slice([rows, columns], target).expect("one shape");
            view.t().assign(source.ours).expect("one shape");
        })
        .hand_on(&target, |target| transpose(source.flat.data, target, columns))
        .ndarray_on(&target, |target| {
            let view = ArrayViewMut2::from_shape([rows, columns], target).expect("one shape");
            view.reversed_axes().assign(&source.theirs);
        })
        .run();
}

/// Returns an expression of a target and this source for NumPy.
fn into_zeros(source: &str) -> String {
    if source.is_empty() { String::new() } else { format!("(np.zeros(({source}).shape), {source})") }
}

/// Transposes rows of any length to rows of `columns` elements, in tiles of 16×16.
fn transpose(from: &[f64], to: &mut [f64], columns: usize) {
    const SIDE: usize = 16;
    let rows = to.len() / columns;
    for row in (0..rows).step_by(SIDE) {
        for column in (0..columns).step_by(SIDE) {
            for i in row..(row + SIDE).min(rows) {
                let line = &mut to[i * columns..][..columns];
                for j in column..(column + SIDE).min(columns) {
                    line[j] = from[j * rows + i];
                }
            }
        }
    }
}

fn assign_3(matrix: &mut Matrix, subject: &Subject3<'_, f64>) {
    let shape = subject.ours.shape();
    let target = Target::new(vec![0.0; subject.ours.len()]);
    matrix
        .cell("assign from this", subject.place)
        .ours_on(&target, |target| {
            let mut view = ViewMut::from_slice(shape, target).expect("one shape");
            view.assign(subject.ours).expect("one shape");
        })
        .ndarray_on(&target, |target| {
            ArrayViewMut3::from_shape(shape, target).expect("one shape").assign(&subject.theirs);
        })
        .numpy(&into_zeros(&subject.numpy), "(np.copyto(x[0], x[1]), x[0])[1]")
        .run();
}
