//! What does access through a view cost, for reading and for writing?
//!
//! ```sh
//! cargo bench --bench views               # Criterion: absolute times with confidence intervals
//! cargo bench --bench views -- --ratios   # interleaved: the ratios of benches/README.md
//! ```
//!
//! The reference is a hand-written loop over the underlying slice, which checks the computed index.
//! `benches/peers` does the same work with ndarray.

mod interleaved;
mod two_ways;

use growable_nd::{Axis, AxisRange, GrowableNd, View, ViewMut};
use interleaved::shared;
use std::hint::black_box;
use std::ops::AddAssign;
use two_ways::Work;

fn main() {
    two_ways::time("views", "view", for_all);
}

/// Calls `run` with each piece of work, its subject, and the number of rounds.
fn for_all(run: &mut dyn FnMut(&str, usize, Work<'_>)) {
    for (side, rounds) in SIDES {
        let matrix = Matrix::new(side);
        matrix.work().into_iter().for_each(|work| run(&format!("{side}×{side} f64"), rounds, work));
    }
    let volume = Volume::new();
    volume.work().into_iter().for_each(|work| run("64×64×64×16 f32", 5, work));
}

/// Sides of square matrices of `f64`, one that fits into a near cache and one that does not, with
/// the number of rounds for each.
const SIDES: [(usize, usize); 2] = [(250, 60), (4096, 3)];

/// Makes a piece of work, and checks that both ways agree.
fn work<'a>(
    name: &'static str,
    mut by_hand: impl FnMut() -> f64 + 'a,
    mut by_view: impl FnMut() -> f64 + 'a,
) -> Work<'a> {
    assert_eq!(by_hand(), by_view(), "{name}");
    Work { name, by_hand: Box::new(by_hand), by_crate: Box::new(by_view) }
}

/// A square matrix as its elements in row-major order.
struct Matrix {
    side: usize,
    flat: Vec<f64>,
}

impl Matrix {
    fn new(side: usize) -> Self {
        // Opaque to the optimizer: the extents are known at run time only.
        let side = black_box(side);
        interleaved::touch_memory(4 * side * side * size_of::<f64>());
        Matrix { side, flat: (0..side * side).map(|i| (i % 1000) as f64).collect() }
    }

    fn view(&self) -> View<'_, f64, 2> {
        black_box(View::from_slice([self.side; 2], &self.flat).expect("a square matrix"))
    }

    fn work(&self) -> Vec<Work<'_>> {
        let mut all = self.reading();
        all.extend(self.parts());
        all.extend(self.writing());
        // The larger matrix would take minutes.
        if self.side < 1000 {
            all.extend(self.product());
        }
        all
    }

    /// Multiplies the matrix by itself, naively, and returns the sum of all elements.
    fn product(&self) -> Vec<Work<'_>> {
        let (side, flat, view) = (self.side, &self.flat[..], self.view());
        let array = GrowableNd::from_vec([side], self.flat.clone()).expect("a square matrix");
        vec![
            work(
                "matrix product by `view[[i, j]]`",
                move || product_by_hand(flat, side),
                move || product_by_view(view, side),
            ),
            work(
                "matrix product by `array[[i, j]]`",
                move || product_by_hand(flat, side),
                move || product_by_array(&array, side),
            ),
        ]
    }

    /// Sums all elements of a view, in row-major order of its indices.
    fn reading(&self) -> Vec<Work<'_>> {
        let (side, flat) = (self.side, &self.flat[..]);
        let view = self.view();
        let half = (..).step(2);
        let (every_other, other_rows) = (view.slice((half, half)), view.slice((half, ..)));
        vec![
            work(
                "fold",
                || flat.iter().fold(0.0, |sum, x| sum + x),
                move || view.iter().fold(0.0, |sum, x| sum + x),
            ),
            work("`for x in v`", || for_each(flat.iter()), move || for_each(view.iter())),
            work(
                "transposed, `iter().sum()`",
                move || sum(side, [1, 1], |i, j| flat[j * side + i]),
                move || view.t().iter().sum(),
            ),
            work(
                "transposed, `for x in v`",
                move || sum(side, [1, 1], |i, j| flat[j * side + i]),
                move || for_each(view.t().iter()),
            ),
            work(
                "`[..;2, ..;2]`, `iter().sum()`",
                move || sum(side, [2, 2], |i, j| flat[i * side + j]),
                move || every_other.iter().sum(),
            ),
            work(
                "`[..;2, ..]`, `iter().sum()`",
                move || sum(side, [2, 1], |i, j| flat[i * side + j]),
                move || other_rows.iter().sum(),
            ),
        ]
    }

    /// Reads one element of each part of a view.
    fn parts(&self) -> Vec<Work<'_>> {
        let (side, flat) = (self.side, &self.flat[..]);
        let view = self.view();
        let array = GrowableNd::from_vec([side], self.flat.clone()).expect("a square matrix");
        vec![
            work(
                "rows of the view",
                move || flat.chunks_exact(side).map(|row| row[1]).sum(),
                move || view.iter_rows().map(|row| row[[1]]).sum(),
            ),
            work(
                "rows of the array",
                move || flat.chunks_exact(side).map(|row| row[1]).sum(),
                move || array.iter_rows().map(|row| row[1]).sum(),
            ),
            work(
                "`axis_iter(Axis(1))`",
                move || (0..side).map(|j| flat[side + j]).sum(),
                move || view.axis_iter(Axis(1)).map(|column| column[[1]]).sum(),
            ),
            work(
                "windows of 3 rows",
                move || (0..side - 2).map(|i| flat[(i + 2) * side + 1]).sum(),
                move || view.windows(Axis(0), 3).map(|window| window[[2, 1]]).sum(),
            ),
        ]
    }

    /// Copies, and returns one element of the copy.
    fn writing(&self) -> Vec<Work<'_>> {
        let (side, flat) = (self.side, &self.flat[..]);
        let transposed = self.view().t();
        let row = self.view().index_axis(Axis(0), 0).broadcast([side, side]).expect("one row");
        let last = side * side - 2;
        let [by_hand, by_view] = shared(vec![0.0; side * side]);
        let [rows_by_hand, rows_by_view] = shared(vec![0.0; side * side]);
        vec![
            work(
                "`assign` of the transposed",
                move || {
                    let target = &mut by_hand.borrow_mut()[..];
                    for i in 0..side {
                        for j in 0..side {
                            target[i * side + j] = flat[j * side + i];
                        }
                    }
                    target[last]
                },
                move || {
                    let target = &mut by_view.borrow_mut()[..];
                    let mut view = ViewMut::from_slice([side; 2], target).expect("a square matrix");
                    view.assign(&transposed).expect("the same shape");
                    target[last]
                },
            ),
            work(
                "`assign` of a row to all rows",
                move || {
                    let target = &mut rows_by_hand.borrow_mut()[..];
                    target.chunks_exact_mut(side).for_each(|row| row.copy_from_slice(&flat[..side]));
                    target[last]
                },
                move || {
                    let target = &mut rows_by_view.borrow_mut()[..];
                    let mut view = ViewMut::from_slice([side; 2], target).expect("a square matrix");
                    view.assign(&row).expect("the same shape");
                    target[last]
                },
            ),
            work(
                "`to_owned_array` of the transposed",
                move || {
                    let mut copy = Vec::with_capacity(side * side);
                    (0..side).for_each(|i| copy.extend((0..side).map(|j| flat[j * side + i])));
                    copy[last]
                },
                move || transposed.to_owned_array().as_slice()[last],
            ),
        ]
    }
}

/// An array of four axes as its elements in row-major order.
struct Volume {
    shape: [usize; 4],
    flat: Vec<f32>,
}

impl Volume {
    fn new() -> Self {
        let shape = black_box([64, 64, 64, 16]);
        interleaved::touch_memory(4 * shape.iter().product::<usize>() * size_of::<f32>());
        Volume { shape, flat: (0..shape.iter().product()).map(|i| (i % 16) as f32).collect() }
    }

    fn work(&self) -> Vec<Work<'_>> {
        let (flat, shape) = (&self.flat[..], self.shape);
        let [ni, nj, nk, nl] = shape;
        let at = move |i, j, k, l| flat[((i * nj + j) * nk + k) * nl + l];
        let view = black_box(View::from_slice(shape, flat).expect("as many elements"));
        let half = (..).step(2);
        let (every_other, transposed) = (view.slice((half, half, half, half)), view.t());
        let last = flat.len() - 2;
        let [by_hand, by_view] = shared(vec![0.0; flat.len()]);
        vec![
            work(
                "fold",
                move || f64::from(flat.iter().fold(0.0, |sum, x| sum + x)),
                move || f64::from(view.iter().fold(0.0, |sum, x| sum + x)),
            ),
            work(
                "every other on all axes, `iter().sum()`",
                move || sum_of_four(shape, 2, at),
                move || f64::from(every_other.iter().sum::<f32>()),
            ),
            work(
                "every other on all axes, `for x in v`",
                move || sum_of_four(shape, 2, at),
                move || f64::from(for_each(every_other.iter())),
            ),
            work(
                "transposed, `for x in v`",
                move || sum_of_four([nl, nk, nj, ni], 1, |l, k, j, i| at(i, j, k, l)),
                move || f64::from(for_each(transposed.iter())),
            ),
            work(
                "`assign` of the transposed",
                move || {
                    let (mut to, target) = (0, &mut by_hand.borrow_mut()[..]);
                    sum_of_four([nl, nk, nj, ni], 1, |l, k, j, i| {
                        target[to] = at(i, j, k, l);
                        to += 1;
                        0.0
                    });
                    f64::from(target[last])
                },
                move || {
                    let target = &mut by_view.borrow_mut()[..];
                    let mut view = ViewMut::from_slice([nl, nk, nj, ni], target).expect("as many elements");
                    view.assign(&transposed).expect("the same shape");
                    f64::from(target[last])
                },
            ),
        ]
    }
}

/// Sums element by element, without the shortcuts of `fold`.
fn for_each<'a, T: Copy + Default + AddAssign + 'a>(elements: impl Iterator<Item = &'a T>) -> T {
    let mut sum = T::default();
    for &x in elements {
        sum += x;
    }
    sum
}

/// Sums `element(i, j)` for every `step[0]`-th row and every `step[1]`-th column; inlined into
/// every hand-written loop.
#[inline(always)]
fn sum(side: usize, step: [usize; 2], element: impl Fn(usize, usize) -> f64) -> f64 {
    let mut sum = 0.0;
    for i in (0..side).step_by(step[0]) {
        for j in (0..side).step_by(step[1]) {
            sum += element(i, j);
        }
    }
    sum
}

/// Sums over four axes, with one step for all.
#[inline(always)]
fn sum_of_four(
    [ni, nj, nk, nl]: [usize; 4],
    step: usize,
    mut element: impl FnMut(usize, usize, usize, usize) -> f32,
) -> f64 {
    let mut sum = 0.0;
    for i in (0..ni).step_by(step) {
        for j in (0..nj).step_by(step) {
            for k in (0..nk).step_by(step) {
                for l in (0..nl).step_by(step) {
                    sum += element(i, j, k, l);
                }
            }
        }
    }
    f64::from(sum)
}

// Functions of their own, as in a program: the compiler sees less of what a closure captures.

#[inline(never)]
fn product_by_hand(flat: &[f64], side: usize) -> f64 {
    product(side, |i, j| flat[i * side + j])
}

#[inline(never)]
fn product_by_view(view: View<'_, f64, 2>, side: usize) -> f64 {
    product(side, |i, j| view[[i, j]])
}

#[inline(never)]
fn product_by_array(array: &GrowableNd<f64>, side: usize) -> f64 {
    product(side, |i, j| array[[i, j]])
}

/// Sums all elements of a matrix times itself.
#[inline(always)]
fn product(side: usize, element: impl Fn(usize, usize) -> f64) -> f64 {
    sum(side, [1, 1], |i, j| (0..side).map(|k| element(i, k) * element(k, j)).sum())
}
